//! Turns that are taken, put off and passed.

use super::*;
use crate::script::{self, Kind};
use crate::session::testing::{Room, script};
use crate::session::{Item, Request};
use crate::tui::steps::Direction;
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::dark;

fn desk(names: &[&str]) -> Desk<CheckIn> {
    let mut script = script();
    script.steps[0].kind = Kind::CheckIn(script::CheckIn);
    script.steps[0].head.rounds.clear();
    let room = names.iter().fold(Room::of(script), |room, name| room.person(name, "sales"));
    Desk::new(room.go("practices"))
}

fn told(desk: &Desk<CheckIn>) -> Vec<String> {
    let name = |voice: &Voice| voice.who.map_or("-", |who| desk.room.shown().name(who)).to_owned();
    let all = desk.room.session().voices.iter();
    all.map(|voice| format!("{}: {:?}", name(voice), voice.said)).collect()
}

fn after(desk: &Desk<CheckIn>) -> String {
    let names = desk.screen.after(&desk.here());
    names.into_iter().map(|who| desk.room.shown().name(who)).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_is_heard_once_with_or_without_a_word() {
    let mut desk = desk(&["Anna", "Bo", "Cy", "Dora"]);
    assert_eq!((desk.label(), after(&desk)), ("Anna".to_owned(), "Bo Cy".to_owned()));
    desk.enter("").enter("curious #calm");
    assert_eq!((desk.label(), after(&desk)), ("Cy".to_owned(), "Dora".to_owned()));
    desk.act(StepAction::PassTurn);
    desk.enter("@Anna and tired").enter("");
    assert_eq!(
        told(&desk),
        [
            "Anna: Spoke",
            "Bo: Word(\"curious #calm\")",
            "Cy: Passed",
            "Anna: Word(\"and tired\")",
            "Dora: Spoke"
        ]
    );
    assert_eq!(desk.label(), "A word");
    desk.enter("");
    assert_eq!(desk.said, "Everybody here has had their turn.");
}

#[test]
fn a_turn_can_be_put_off_and_taken_back() {
    let mut desk = desk(&["Anna", "Bo", "Cy"]);
    desk.act(StepAction::NextField);
    assert_eq!(desk.label(), "Bo");
    desk.enter("").enter("");
    assert_eq!(desk.label(), "Anna", "who was put off comes round again");
    desk.carry_out(vec![Effect::ask(Request::Undo)]);
    assert_eq!(desk.label(), "Cy");
}

#[test]
fn who_comes_later_joins_and_who_has_left_is_not_waited_for() {
    let mut desk = desk(&["Anna", "Bo"]);
    let anna = desk.room.person_id("Anna");
    let gone = desk.room.session().person(anna).unwrap().draft().gone(desk.room.now());
    desk.carry_out(vec![Effect::ask(Request::Change {
        id: ItemId::Person(anna),
        draft: Draft::Person(gone),
    })]);
    assert_eq!(desk.label(), "Bo");
    desk.enter("");
    desk.room = desk.room.clone().person("Cy", "");
    assert_eq!(desk.label(), "Cy");
}

#[test]
fn without_names_words_are_kept_all_the_same() {
    let mut desk = desk(&[]);
    desk.enter("");
    assert_eq!(desk.said, "Type a word of what is said, or add people with Ctrl+O.");
    desk.enter("curious");
    assert_eq!(told(&desk), ["-: Word(\"curious\")"]);
    let sheet = desk.screen.sheet(&desk.here(), "good\ntired").unwrap();
    assert_eq!(sheet.drafts().count(), 2);
}

#[test]
fn the_board_holds_every_turn() {
    let mut desk = desk(&["Anna", "Bo"]);
    desk.enter("").enter("curious");
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Move(Direction::First));
    let first = desk.room.session().voices.iter().next().map(|voice| ItemId::Voice(voice.id));
    assert_eq!(desk.screen.marked(&desk.here()), first);
    let shown = desk.plain(60, 12, &ascii());
    assert!(shown.contains("has spoken") && shown.contains("curious"), "{shown}");
}

#[test]
fn names_stand_alone_and_whoever_is_still_to_speak_is_not_listed() {
    let desk = desk(&["Anna Berg", "Bo", "Cy", "Dora", "Emil"]);
    let shown = desk.plain(78, 12, &ascii());
    assert!(shown.contains("Anna Berg") && shown.contains("then Bo, then Cy"), "{shown}");
    assert!(!shown.contains("Dora") && !shown.contains("Emil"), "{shown}");
}

#[test]
fn it_draws_at_every_size() {
    let mut desk = desk(&["Анна", "Bo", "A name that is much too long to be big on any wall at all"]);
    for _ in 0..4 {
        desk.draws_at_every_size(&dark());
        desk.enter("a word");
    }
    desk.focus = Focus::Board;
    desk.draws_at_every_size(&dark());
}
