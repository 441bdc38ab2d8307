//! Taking back and bringing back.

use super::{refusal, refused};
use crate::session::id::Id;
use crate::session::testing::{Room, entry, moment, note, script, session_of};
use crate::session::{
    Appended, Audience, Author, Cause, Course, Event, Frame, FrameId, Gap, ItemId, Log, Part, Progress,
    Refused, Request, Saying, TopicId, UNDO_DEPTH,
};

fn texts(room: &Room) -> Vec<&str> {
    room.session().notes.iter().map(|note| note.text.as_str()).collect()
}

fn change(room: &Room, from: &str, to: &str) -> Request {
    Request::Change { id: ItemId::Note(room.note_id(from)), draft: note("sales", to) }
}

#[test]
fn the_newest_is_taken_back_first_and_brought_back_last() {
    let mut room = Room::new();
    assert_eq!(refused(&mut room, Request::Undo), "There is nothing to undo.");
    assert_eq!(refused(&mut room, Request::Redo), "There is nothing to redo.");
    let mut room = room.go("practices").note("sales", "a").note("sales", "b").note("sales", "c");
    for left in [vec!["a", "b"], vec!["a"], vec![]] {
        room = room.does(Request::Undo);
        assert_eq!(texts(&room), left);
    }
    assert_eq!(refused(&mut room, Request::Undo), "There is nothing to undo.");
    for left in [vec!["a"], vec!["a", "b"]] {
        room = room.does(Request::Redo);
        assert_eq!(texts(&room), left);
    }
    let mut room = room.note("sales", "d");
    assert_eq!(refused(&mut room, Request::Redo), "There is nothing to redo.", "something new was done");
    assert_eq!(texts(&room), ["a", "b", "d"]);
}

#[test]
fn going_on_is_never_taken_back() {
    let room = Room::new().go("practices").note("sales", "a").next().reveal().go("mirror");
    let place = room.session().present;
    let mut room = room.does(Request::Undo);
    assert_eq!(room.session().present, place);
    assert!(texts(&room).is_empty());
    assert_eq!(refused(&mut room, Request::Undo), "There is nothing to undo.", "the mirror's topic stays");
    let room = room.does(Request::Redo);
    assert_eq!(texts(&room), ["a"]);
}

#[test]
fn one_author_takes_back_only_their_own() {
    let mut room = Room::new().go("practices").note("sales", "mine");
    assert_eq!(refusal(room.ask_by(Author::Outside, Request::Undo)), "There is nothing to undo.");
    let theirs = Request::Add { to: None, drafts: vec![note("sales", "theirs")] };
    let room = room.does_by(Author::Outside, theirs).does(Request::Undo);
    assert_eq!(texts(&room), ["theirs"]);
    let room = room.does(Request::Redo);
    assert_eq!(texts(&room), ["mine", "theirs"], "back in its old place");
}

#[test]
fn what_was_changed_later_is_left_alone() {
    let room = Room::new().go("practices").note("sales", "mine");
    let what = change(&room, "mine", "theirs");
    let mut room = room.does_by(Author::Outside, what);
    assert_eq!(
        refused(&mut room, Request::Undo),
        "A later change touched the same thing, so it stays as it is."
    );
    let room = room.does_by(Author::Outside, Request::Undo).does(Request::Undo);
    assert!(texts(&room).is_empty());
}

#[test]
fn what_was_taken_out_by_another_is_not_brought_back() {
    let room = Room::new().go("practices").note("sales", "one");
    let what = change(&room, "one", "two");
    let room = room.does(what);
    let id = ItemId::Note(room.note_id("two"));
    let mut room = room.does_by(Author::Outside, Request::Remove(id));
    assert!(refused(&mut room, Request::Undo).starts_with("A later change"));
    assert!(texts(&room).is_empty());
}

#[test]
fn a_topic_on_which_others_wrote_stays() {
    let room = Room::new().go("mirror").topic("Reviews").at_topic("Reviews");
    let topic = room.topic_id("Reviews");
    let theirs = Request::Add { to: None, drafts: vec![entry(topic, "sales", Saying::Ours, "we do")] };
    let mut room = room.does_by(Author::Outside, theirs);
    assert_eq!(refused(&mut room, Request::Undo), "Something was written of this topic since.");
    let room = room.does_by(Author::Outside, Request::Undo).does(Request::Undo);
    assert_eq!(room.session().topics.len(), 1);
    let progress = room.session().current().map(|pass| pass.progress.clone());
    assert_eq!(progress, Some(Progress::Mirror { topic: None, revealed: Vec::new() }), "it left the screen");
}

#[test]
fn an_entry_does_not_come_back_to_a_topic_that_is_gone() {
    let room = Room::new().go("mirror").entry("Segmentation", "sales", Saying::Ours, "we do");
    let entry = ItemId::Entry(room.session().entries.iter().next().unwrap().id);
    let topic = ItemId::Topic(room.topic_id("Segmentation"));
    let mut room = room.does(Request::Remove(entry)).does_by(Author::Outside, Request::Remove(topic));
    assert_eq!(refused(&mut room, Request::Undo), "That topic is gone.");
    assert!(!room.session().has_hidden());
}

#[test]
fn a_judgement_does_not_come_back_beside_another() {
    let room = Room::new().go("mirror").reveal().judge("Segmentation", "sales", Gap::Missing);
    let topic = room.topic_id("Segmentation");
    let about = crate::session::testing::side("sales");
    let judge = |gap| Request::Judge { topic, about: about.clone(), gap };
    let mut room = room.does(judge(None)).does_by(Author::Outside, judge(Some(Gap::BlindSpot)));
    assert_eq!(refused(&mut room, Request::Undo), "This account is judged already.");
}

#[test]
fn somebody_who_was_named_since_stays() {
    let room = Room::new().person("Anna", "sales").go("practices");
    let crate::session::Draft::Note(mut draft) = note("sales", "x") else { panic!("it is a note") };
    draft.author = Some(room.person_id("Anna"));
    let theirs = Request::Add { to: None, drafts: vec![crate::session::Draft::Note(draft)] };
    let mut room = room.does_by(Author::Outside, theirs);
    assert_eq!(refused(&mut room, Request::Undo), "What was written here names Anna.");
}

#[test]
fn a_pasted_list_is_one_undo() {
    let drafts = ["a", "b", "c"].map(|text| note("sales", text)).to_vec();
    let room = Room::new().go("practices").does(Request::Add { to: None, drafts }).does(Request::Undo);
    assert!(texts(&room).is_empty());
    assert_eq!(texts(&room.does(Request::Redo)), ["a", "b", "c"]);
}

#[test]
fn undo_reaches_so_far_and_no_further() {
    let mut room = Room::new().go("practices");
    for n in 0..=UNDO_DEPTH {
        room = room.note("sales", &format!("note {n}"));
    }
    let mut undone = 0;
    while room.ask(Request::Undo).is_ok() {
        undone += 1;
    }
    assert_eq!(undone, UNDO_DEPTH);
    assert_eq!(texts(&room), ["note 0"]);
}

#[test]
fn undo_ends_at_the_last_opening() {
    let room = Room::new().go("practices").note("sales", "a");
    let mut log = Log::new(room.session().clone(), room.log().seq());
    let command = crate::session::Command {
        id: FrameId(Id::new(3)),
        by: Author::Facilitator,
        at: moment(0),
        what: Request::Undo,
    };
    assert_eq!(refusal(log.take(&command)), "There is nothing to undo.");
}

#[test]
fn frames_say_what_they_answer_and_who_may_see_them() {
    let room =
        Room::new().go("practices").note("sales", "hidden").note("", "nobody's").next().note("sales", "open");
    let hidden = ItemId::Note(room.note_id("hidden"));
    let moved = Request::Change { id: hidden, draft: note("purchasing", "hidden") };
    let room = room.does(moved).does(Request::Undo).does(Request::Redo);
    let last = |n: usize| &room.frames()[room.frames().len() - n];
    let sales = Audience::Side(crate::session::testing::side("sales"));
    let audiences: Vec<&Audience> = room.frames()[1..].iter().map(|frame| &frame.audience).collect();
    let expected = [
        &sales,
        &Audience::Facilitator,
        &Audience::All,
        &Audience::All,
        &Audience::Facilitator,
        &Audience::Facilitator,
        &Audience::Facilitator,
    ];
    assert_eq!(audiences, expected, "a note that changes sides was two sides' secret");
    assert_eq!(last(3).cause, Cause::Command);
    assert_eq!(last(2).cause, Cause::Undo(last(3).id));
    assert_eq!(last(1).cause, Cause::Redo(last(3).id));
    let seqs: Vec<u64> = room.frames().iter().map(|frame| frame.seq).collect();
    assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<_>>());
}

#[test]
fn damaged_frames_change_nothing() {
    let room = Room::new().go("mirror").entry("Segmentation", "sales", Saying::Ours, "x").go("practices");
    let frames = room.frames();
    let sound = |n: usize| frames[n].clone();
    let mut log = Log::new(session_of(script()), 0);
    let with = |events: Vec<Event>| Frame { events, ..sound(0) };
    let pass = room.session().passes[0].reference();
    let topic = TopicId(Id::new(9));
    let mut halfway = sound(0).events;
    halfway.push(Event::Course(Course::TopicRevealed { pass, topic }));
    for frame in [
        with(Vec::new()),
        with(sound(1).events),
        with(halfway),
        with(sound(0).events.into_iter().rev().collect()),
        with(vec![Event::Course(Course::Reopened)]),
        with(vec![Event::Course(Course::StepEntered { pass, at: moment(0) })]),
        Frame { seq: u64::MAX, ..sound(0) },
    ] {
        assert_eq!(log.append(&frame), Err(Refused::Damaged), "{frame:?}");
        assert_eq!(log.session(), &session_of(script()));
        assert_eq!(log.seq(), 0);
    }
    assert_eq!(log.append(&Frame { seq: 10, ..sound(0) }), Ok(Appended::New), "gaps are allowed");
    assert_eq!(log.append(&sound(1)), Err(Refused::MovedOn));
    assert_eq!(log.append(&Frame { seq: 11, ..sound(1) }), Ok(Appended::New));
    assert_eq!(log.append(&sound(1)), Ok(Appended::Known), "known by its id, wherever it stands");
    assert_eq!(log.session().next_part(), Some(Part::Step(log.session().agenda[2].id)));
}
