//! A confidential note is kept, can be taken back, and is in nothing that others read.

use super::storm_script;
use crate::session::testing::Room;
use crate::session::{Carried, Dots, Draft, Gap, NoteDraft, Request, Saying, Shown, TopicDraft, Voter};

fn collected() -> Room {
    Room::of(storm_script())
        .go("practices")
        .next()
        .note("sales", "open one")
        .note("sales", "secret two")
        .note("purchasing", "open three")
        .confidential("secret two")
}

fn texts(shown: Shown<'_>) -> Vec<&str> {
    shown.all_notes().map(|note| note.text.as_str()).collect()
}

#[test]
fn who_took_part_sees_it_and_others_do_not() {
    let room = collected();
    assert_eq!(texts(room.shown()), ["open one", "secret two", "open three"]);
    assert_eq!(room.shown().confidential_notes(), 1);
    assert_eq!(&room.shown().to_file(), room.session(), "the file keeps it");
    let others = room.shown().without_confidential();
    let shown = Shown::from(&*others);
    assert_eq!(texts(shown), ["open one", "open three"]);
    assert_eq!((shown.notes(others.present.unwrap()).count(), shown.to_file().notes.len()), (2, 2));
    let by_side = shown.notes_by_side(others.present.unwrap());
    assert_eq!(by_side.iter().map(|of| of.seen.len() + of.hidden).sum::<usize>(), 2);
    assert!(!ron::to_string(&others).unwrap().contains("secret"));
    let note = Carried::Note(room.note_id("secret two"));
    assert_eq!(shown.told(note).unwrap().text, "(confidential)", "where something names it");
}

#[test]
fn it_is_taken_back_by_undo_or_by_saying_so() {
    let mut room = collected();
    room.ask(Request::Undo).unwrap();
    assert_eq!(room.shown().confidential_notes(), 0);
    assert_eq!(&*room.shown().without_confidential(), room.session(), "nothing is left out");
}

#[test]
fn what_was_worded_from_it_goes_with_it() {
    let room = collected().go("mirror");
    let from = vec![Carried::Note(room.note_id("secret two"))];
    let room = room
        .add(Draft::Topic(TopicDraft { text: "secret two, for both".to_owned(), from }))
        .at_topic("secret two, for both")
        .entry("secret two, for both", "sales", Saying::Ours, "secret entry")
        .reveal()
        .judge("secret two, for both", "sales", Gap::Missing)
        .learn("secret two, for both", "sales");
    let gap = room.session().judgements.iter().next_back().unwrap().id;
    let text = "secret again".to_owned();
    let room = room.add(Draft::Topic(TopicDraft { text, from: vec![Carried::Gap(gap)] }));
    let others = room.shown().without_confidential();
    assert!(!ron::to_string(&others).unwrap().contains("secret"));
    let shown = Shown::from(&*others);
    let topics: Vec<&str> = others.topics.iter().map(|topic| topic.text.as_str()).collect();
    assert_eq!(topics.iter().filter(|text| **text == "(confidential)").count(), 2);
    assert_eq!(shown.possibilities().iter().next_back().unwrap().sentence, "(confidential)");
    assert_eq!(others.sound(), Ok(()));
}

#[test]
fn groups_and_dots_stay_as_they_were() {
    let room = collected();
    let note = |text| Carried::Note(room.note_id(text));
    let (secret, open) = (note("secret two"), note("open three"));
    let room = collected().go("pick");
    let dots = |what, dots| Dots { what, by: Voter::Together, dots };
    let room = room.does(Request::GiveDots(vec![dots(secret, 2), dots(open, 1)])).reveal();
    let pass = room.session().present.unwrap();
    let totals = |shown: Shown<'_>| -> Vec<(Carried, u32, crate::session::Cut)> {
        let mut tally = shown.tally(pass).unwrap();
        tally.retain(|counted| counted.total > 0);
        tally.sort_by_key(|counted| std::cmp::Reverse(counted.total));
        tally.into_iter().map(|counted| (counted.what, counted.total, counted.cut)).collect()
    };
    let others = room.shown().without_confidential();
    assert_eq!(totals(Shown::from(&*others)), totals(room.shown()));
    assert_eq!(totals(room.shown())[0].0, secret);
    assert!(!ron::to_string(&others).unwrap().contains("secret"));
}

#[test]
fn a_changed_note_stays_confidential() {
    let mut room = collected();
    let id = room.note_id("secret two");
    let note = room.session().notes.get(id).unwrap().clone();
    let text = "secret three".to_owned();
    let draft = Draft::Note(NoteDraft { text, ..crate::session::Item::draft(&note) });
    room.ask(Request::Change { id: crate::session::ItemId::Note(id), draft }).unwrap();
    assert_eq!(room.shown().confidential_notes(), 1);
}
