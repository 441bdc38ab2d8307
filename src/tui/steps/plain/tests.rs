//! A prompt, a countdown and notes beside what was brought along.

use super::*;
use crate::script::{FollowUp, Head, Span, Step, StepKey};
use crate::session::testing::{Room, script, side};
use crate::session::{Gap, Saying};
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, light, picture};

fn with_discussion() -> Room {
    let mut script = script();
    let head = Head {
        key: StepKey("talk".to_owned()),
        title: "What do we make of it?".to_owned(),
        time: Span::from_mins(10),
        from: vec![StepKey("practices".to_owned()), StepKey("mirror".to_owned())],
        ..Head::default()
    };
    script.steps.push(Step { head, kind: Kind::FollowUp(FollowUp) });
    Room::of(script)
        .person("Anna", "sales")
        .go("practices")
        .note("purchasing", "Two people at every supplier visit, never one")
        .note("sales", "Lost deals talked through within a week")
        .reveal()
        .go("mirror")
        .entry("Segmentation", "sales", Saying::Ours, "everyone knows their A customers")
        .reveal()
        .judge("Segmentation", "sales", Gap::Missing)
        .learn("Segmentation", "sales")
}

fn talk() -> Desk<Plain> {
    Desk::new(with_discussion().go("talk"))
}

fn pause(secs: i64) -> Desk<Plain> {
    Desk::new(Room::new().go("pause").wait(secs))
}

#[test]
fn a_break_says_when_to_be_back() {
    assert_eq!(back_at(&pause(0).here()).as_deref(), Some("14:05"));
    assert_eq!(back_at(&pause(299).here()).as_deref(), Some("14:05"));
    assert_eq!(back_at(&pause(300).here()), None);
    let desk = pause(20);
    assert!(!desk.screen.has_line(&desk.here()));
    insta::assert_snapshot!("break_80x17", picture(&desk.drawn(78, 17, &dark())));
    assert!(pause(301).plain(78, 17, &dark()).contains("We go on."));
    assert!(pause(0).plain(78, 17, &ascii()).contains("14:05"));
}

#[test]
fn notes_are_taken_beside_what_was_brought_along() {
    let mut desk = talk();
    desk.enter("Segment by who decides #segments").enter("@Anna a common list of A customers");
    let texts: Vec<_> = desk
        .room
        .session()
        .notes
        .iter()
        .skip(2)
        .map(|note| (note.text.as_str(), note.side.clone()))
        .collect();
    assert_eq!(
        texts,
        [
            ("Segment by who decides", Some(side("purchasing"))),
            ("a common list of A customers", Some(side("sales")))
        ]
    );
    insta::assert_snapshot!("discuss_80x17", picture(&desk.drawn(78, 17, &dark())));
    insta::assert_snapshot!("discuss_120x40", picture(&desk.drawn(118, 33, &light())));
}

#[test]
fn everything_on_the_board_can_be_marked() {
    let mut desk = talk();
    desk.enter("one");
    desk.focus = Focus::Board;
    let mut kinds = Vec::new();
    for direction in [Direction::First, Direction::Up, Direction::Last, Direction::Right] {
        assert!(desk.act(StepAction::Move(direction)));
        kinds.push(desk.screen.marked(&desk.here()));
    }
    let note = desk.room.note_id("one");
    assert!(matches!(kinds[2], Some(ItemId::Possibility(_))), "{kinds:?}");
    assert_eq!(kinds[3], Some(ItemId::Note(note)));
}

#[test]
fn it_draws_at_every_size() {
    pause(3).draws_at_every_size(&dark());
    let mut desk = talk();
    desk.draws_at_every_size(&dark());
    desk.enter("one").enter("two");
    desk.focus = Focus::Board;
    desk.draws_at_every_size(&ascii());
}
