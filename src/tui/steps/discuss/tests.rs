//! A topic at a time, with what is kept of it and what is to come.

use super::*;
use crate::session::testing::{Room, with_talk};
use crate::tui::steps::Direction;
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, light, picture};

fn desk() -> Desk<Discuss> {
    let room = Room::of(with_talk())
        .person("Anna", "sales")
        .go("practices")
        .note("purchasing", "Should-cost model before each negotiation")
        .note("sales", "Lost deals talked through within a week");
    Desk::new(room.reveal().go("talk"))
}

fn rounds(desk: &Desk<Discuss>) -> Vec<u32> {
    talk(&desk.here()).unwrap().order.clone()
}

#[test]
fn the_line_keeps_a_note_of_the_present_topic() {
    let mut desk = desk();
    desk.enter("One list for both #price").enter("@Anna rules first");
    let told: Vec<_> =
        notes(&desk.here()).map(|note| (note.text.clone(), note.side.clone().map(|key| key.0))).collect();
    let sales = Some("sales".to_owned());
    assert_eq!(told, [("One list for both".to_owned(), None), ("rules first".to_owned(), sales)]);
    desk.room = desk.room.wait(100).next();
    assert_eq!(notes(&desk.here()).count(), 0, "they are of the topic before");
    desk.act(StepAction::NextField);
    desk.enter("ask them");
    let last = desk.room.session().notes.iter().next_back().unwrap();
    assert_eq!((last.made.round, last.side.as_ref().unwrap().0.as_str()), (2, "purchasing"));
    for (name, theme) in [("dark", dark()), ("light", light())] {
        insta::assert_snapshot!(format!("discuss_80x17_{name}"), picture(&desk.drawn(78, 17, &theme)));
        insta::assert_snapshot!(format!("discuss_120x40_{name}"), picture(&desk.drawn(118, 33, &theme)));
    }
    desk.draws_at_every_size(&ascii());
}

#[test]
fn two_numbers_are_hands() {
    let mut desk = desk();
    let before = desk.here().pass.current().countdown.extra;
    desk.enter("7 2");
    assert_eq!(desk.said, "7 for a minute more, 2 against it: a minute more.");
    assert_eq!((desk.here().pass.current().countdown.extra - before, desk.line.as_str()), (60, ""));
    desk.enter("2 7");
    assert_eq!(desk.said, "2 for a minute more, 7 against it: enough of it.");
    desk.enter("0 0");
    assert_eq!(desk.line, "0 0", "what is refused stays");
    desk.line.clear();
    desk.enter("7 of 9 said so");
    assert_eq!(notes(&desk.here()).count(), 1);
}

#[test]
fn what_is_to_come_is_sorted_and_taken_up_on_the_board() {
    let mut desk = desk();
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Last));
    assert_eq!(desk.screen.marked, Some(Mark::Topic(1)), "it begins at the present one");
    desk.act(StepAction::MoveLater);
    assert_eq!(desk.said, "Only what is to come can be sorted.");
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::MoveEarlier);
    assert_eq!(rounds(&desk), [1, 3, 2]);
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Confirm);
    assert_eq!((desk.here().pass.round, rounds(&desk)), (2, vec![1, 2, 3]));
    assert_eq!(desk.screen.question(&desk.here()).unwrap().0, "Should-cost model before each negotiation");
    assert_eq!(desk.screen.marked(&desk.here()), None, "a topic is not removed here");
}

#[test]
fn without_topics_it_takes_notes() {
    let mut script = with_talk();
    script.steps[6].kind = crate::script::Kind::Discuss(crate::script::Discuss::default());
    let mut desk = Desk::<Discuss>::new(Room::of(script).go("talk"));
    desk.enter("said");
    assert_eq!(desk.screen.question(&desk.here()), None);
    assert!(desk.plain(78, 17, &dark()).contains("said"));
    desk.act(StepAction::NextField);
    desk.draws_at_every_size(&ascii());
}
