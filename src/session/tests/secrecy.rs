//! What is hidden is counted and nowhere to be read until it is revealed.

use crate::session::testing::{Room, side};
use crate::session::{Gap, Request, Saying, Shown};

fn written(room: &Room) -> String {
    ron::to_string(&room.shown().to_file()).unwrap()
}

#[test]
fn hidden_notes_are_counted_and_not_shown() {
    let room = Room::new()
        .go("practices")
        .note("sales", "secret one")
        .note("sales", "secret two")
        .note("purchasing", "secret three")
        .note("", "secret four")
        .next()
        .note("sales", "open five");
    let pass = room.session().present.unwrap();
    let shown = room.shown();
    let texts = |shown: Shown<'_>| shown.notes(pass).map(|note| note.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(shown), ["open five"]);
    assert_eq!(shown.hidden_notes(pass, Some(&side("sales"))), 2);
    assert_eq!(shown.hidden_notes(pass, Some(&side("purchasing"))), 1);
    assert_eq!(shown.hidden_notes(pass, None), 1);
    assert_eq!(shown.hidden_rounds(pass).collect::<Vec<_>>(), [1]);
    assert!(shown.note(room.note_id("secret one")).is_none());
    assert!(shown.note(room.note_id("open five")).is_some());
    assert!(shown.has_hidden());
    assert!(!written(&room).contains("secret") && written(&room).contains("open five"));
    let room = room.reveal();
    assert_eq!(texts(room.shown()), ["secret one", "secret two", "secret three", "secret four", "open five"]);
    assert_eq!(room.shown().hidden_notes(pass, Some(&side("sales"))), 0);
    assert_eq!(room.shown().hidden_rounds(pass).count(), 0);
    assert!(!room.shown().has_hidden());
    assert_eq!(&room.shown().to_file(), room.session());
}

#[test]
fn an_empty_hidden_round_hides_nothing() {
    let room = Room::new().go("practices");
    let pass = room.session().present.unwrap();
    assert_eq!(room.shown().hidden_rounds(pass).count(), 0);
    assert!(!room.shown().has_hidden());
}

#[test]
fn what_is_hidden_does_not_carry_on() {
    let room = Room::new().go("practices").note("sales", "secret").go("mirror");
    let mirror = room.session().present.unwrap().step;
    assert_eq!(room.shown().sources(mirror).count(), 1);
    assert_eq!(room.shown().incoming(mirror).len(), 0);
    let room = room.go("practices").reveal().go("mirror");
    assert_eq!(room.shown().incoming(mirror).len(), 1);
}

#[test]
fn accounts_are_counted_until_their_topic_is_revealed() {
    let room = Room::new()
        .go("mirror")
        .topic("Reviews")
        .entry("Segmentation", "sales", Saying::Ours, "secret one")
        .entry("Segmentation", "sales", Saying::Ours, "secret two")
        .entry("Segmentation", "purchasing", Saying::Theirs(side("sales")), "secret three")
        .entry("Reviews", "sales", Saying::Guess, "secret four");
    let topic = room.topic_id("Segmentation");
    let shown = room.shown();
    assert_eq!(shown.entries(topic).count(), 0);
    assert_eq!(shown.entry_count(topic, &side("sales"), &Saying::Ours, None), 2);
    assert_eq!(shown.entry_count(topic, &side("sales"), &Saying::Ours, Some("Process")), 0);
    assert_eq!(shown.entry_count(topic, &side("purchasing"), &Saying::Theirs(side("sales")), None), 1);
    assert_eq!(shown.entries_by(topic, &side("sales")), 2);
    assert!(!shown.is_revealed(topic));
    assert!(!written(&room).contains("secret"));
    let room = room.reveal();
    assert_eq!(room.shown().entries(topic).count(), 3);
    let abouts: Vec<_> = room.shown().entries(topic).map(|entry| entry.about().0.clone()).collect();
    assert_eq!(abouts, ["sales"; 3], "a side's own account and the others' of it belong together");
    assert!(written(&room).contains("secret three") && !written(&room).contains("secret four"));
    assert!(room.shown().has_hidden(), "the other topic");
    let room = room.at_topic("Reviews").reveal().judge("Reviews", "sales", Gap::WrongGuess);
    assert!(!room.shown().has_hidden());
}

#[test]
fn all_that_is_hidden_is_revealed_or_dropped_at_once() {
    let room = || {
        Room::new()
            .go("practices")
            .note("sales", "secret one")
            .next()
            .note("sales", "open two")
            .go("mirror")
            .entry("Segmentation", "sales", Saying::Ours, "secret three")
            .entry("Segmentation", "purchasing", Saying::Ours, "secret four")
    };
    assert_eq!(room().shown().all_hidden(), (1, 2, 0));
    let mut revealed = room();
    revealed.ask(Request::RevealAll).unwrap();
    assert!(!revealed.shown().has_hidden() && written(&revealed).contains("secret one"));
    assert!(revealed.ask(Request::RevealAll).is_err() && revealed.ask(Request::DropHidden).is_err());
    let mut dropped = room();
    dropped.ask(Request::DropHidden).unwrap();
    assert!(!dropped.shown().has_hidden() && !written(&dropped).contains("secret"));
    assert!(written(&dropped).contains("open two"));
    dropped.ask(Request::Undo).unwrap();
    assert_eq!(dropped.shown().all_hidden(), (1, 2, 0));
}
