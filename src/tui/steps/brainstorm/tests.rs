//! Whose note is typed where each is wanted with its author.

use super::Brainstorm;
use crate::script::{Kind, Script};
use crate::session::testing::{Room, script};
use crate::session::{Draft, Item, ItemId, ParticipantDraft, Request};
use crate::tui::steps::testing::Desk;
use crate::tui::steps::{StepAction, StepScreen};

fn with_authors(anonymous: bool) -> Room {
    let mut script = Script { anonymous, ..script() };
    for step in &mut script.steps {
        if let Kind::Brainstorm(brainstorm) = &mut step.kind {
            brainstorm.authors = true;
        }
    }
    Room::of(script)
}

fn desk() -> Desk<Brainstorm> {
    let room = with_authors(false).person("Anna Berg", "purchasing").person("Bo", "sales").person("Cleo", "");
    Desk::new(room.go("practices"))
}

/// `sales Bo: text`, a line a note.
fn told(desk: &Desk<Brainstorm>) -> Vec<String> {
    let session = desk.room.session();
    let note = |note: &crate::session::Note| {
        let side = note.side.as_ref().map_or("-", |side| side.0.as_str());
        let author = note.author.and_then(|id| session.person(id)).map_or("-", |person| &person.name);
        format!("{side} {author}: {}", note.text)
    };
    session.notes.iter().map(note).collect()
}

#[test]
fn one_person_is_written_for_until_tab_goes_to_the_next() {
    let mut desk = desk();
    assert_eq!(desk.label(), "Anna Berg");
    desk.enter("one").enter("two");
    desk.act(StepAction::NextField);
    assert_eq!(desk.label(), "Bo");
    desk.enter("three");
    desk.act(StepAction::NextField);
    desk.enter("four");
    desk.act(StepAction::NextField);
    assert_eq!(desk.label(), "Anna Berg");
    desk.act(StepAction::PreviousField);
    assert_eq!((desk.label().as_str(), desk.screen.label(&desk.here()).side), ("Cleo", None));
    let notes = ["purchasing Anna Berg: one", "purchasing Anna Berg: two", "sales Bo: three", "- Cleo: four"];
    assert_eq!(told(&desk), notes);
}

#[test]
fn who_is_named_is_meant_and_stays() {
    let mut desk = desk();
    desk.enter("one @bo").enter("two").enter("three @cleo");
    assert_eq!(told(&desk), ["sales Bo: one", "sales Bo: two", "- Cleo: three"]);
    assert_eq!(desk.label(), "Cleo");
}

#[test]
fn a_list_is_theirs_who_are_written_for() {
    let desk = desk();
    let sheet = desk.screen.sheet(&desk.here(), "one\ntwo @bo\nSales:\nthree").unwrap();
    let authors: Vec<bool> =
        sheet.drafts().map(|draft| matches!(draft, Draft::Note(note) if note.author.is_some())).collect();
    assert_eq!(authors, [true, true, false]);
}

#[test]
fn who_has_left_is_not_written_for() {
    let mut desk = desk();
    desk.enter("one");
    let anna = desk.room.person_id("Anna Berg");
    let now = desk.room.now();
    let gone: ParticipantDraft = desk.room.session().person(anna).unwrap().draft().gone(now);
    let request = Request::Change { id: ItemId::Person(anna), draft: Draft::Person(gone) };
    desk.room = desk.room.does(request);
    assert_eq!(desk.label(), "Bo");
}

#[test]
fn where_nobody_is_listed_notes_are_taken_and_the_way_is_told() {
    let mut desk: Desk<Brainstorm> = Desk::new(with_authors(false).go("practices"));
    desk.enter("one");
    assert!(desk.said.contains("Ctrl+O adds people"), "{}", desk.said);
    assert_eq!(told(&desk), ["purchasing -: one"]);
    desk.act(StepAction::NextField);
    desk.enter("two");
    assert_eq!(told(&desk)[1], "sales -: two");
}

#[test]
fn an_anonymous_session_asks_for_no_author() {
    let mut desk: Desk<Brainstorm> = Desk::new(with_authors(true).go("practices"));
    assert_eq!(desk.label(), "");
    desk.enter("one");
    assert_eq!((told(&desk), desk.said.as_str()), (vec!["purchasing -: one".to_owned()], ""));
}
