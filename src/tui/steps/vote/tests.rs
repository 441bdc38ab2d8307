//! Dots person by person, from paper, hidden, revealed, tied.

use super::*;
use crate::script::{Kind, Script};
use crate::session::testing::{Room, script_and, step};
use crate::tui::steps::testing::{Desk, NOTES, ascii};
use crate::tui::testing::{dark, light, picture};

fn vote_script(vote: script::Vote) -> Script {
    script_and(step("pick", "Which two?", 4, &["practices"], Kind::Vote(vote)))
}

fn desk_of(notes: &[(&str, &str)], people: &[(&str, &str)], hidden: bool) -> Desk<Vote> {
    let vote = script::Vote { dots: 3, cap: Some(2), keep: 2, hidden, ..script::Vote::default() };
    let room = Room::of(vote_script(vote));
    let room = people.iter().fold(room, |room, (name, side)| room.person(name, side)).go("practices").next();
    let room = notes.iter().fold(room, |room, (side, text)| room.note(side, text));
    Desk::new(room.go("pick"))
}

const PEOPLE: [(&str, &str); 3] = [("Anna Berg", "purchasing"), ("Bo", "sales"), ("Cy", "sales")];

fn desk() -> Desk<Vote> {
    desk_of(&NOTES, &PEOPLE, true)
}

fn placed(desk: &Desk<Vote>) -> u64 {
    let here = desk.here();
    here.shown.dots_placed(here.pass.reference())
}

#[test]
fn numbers_give_dots_and_the_next_person_comes() {
    let mut desk = desk();
    assert_eq!(desk.label(), "Anna Berg, 3 left");
    desk.enter("3 1");
    assert_eq!((placed(&desk), desk.label().as_str()), (2, "Anna Berg, 1 left"));
    desk.enter("3");
    assert_eq!((placed(&desk), desk.label().as_str()), (3, "Bo, 3 left"));
    desk.enter("");
    assert_eq!(desk.label(), "Cy, 3 left");
    desk.enter("9");
    assert!(desk.said.contains("There is no number 9: they go from 1 to 6."), "{}", desk.said);
    desk.line.clear();
    desk.enter("1 1 1");
    assert!(desk.said.contains("2 dots of one person is the most"), "{}", desk.said);
}

#[test]
fn keys_give_and_take_on_the_board() {
    let mut desk = desk();
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Down));
    desk.act(StepAction::GiveDot);
    desk.act(StepAction::GiveDot);
    assert_eq!(placed(&desk), 2);
    desk.act(StepAction::TakeDot);
    desk.act(StepAction::Digit(0));
    assert_eq!(placed(&desk), 0);
    desk.act(StepAction::TakeDot);
    assert_eq!(desk.said, "Anna Berg has no dot there.");
    desk.act(StepAction::Move(Direction::Right));
    desk.act(StepAction::Digit(2));
    assert_eq!((placed(&desk), desk.label().as_str()), (2, "Bo, 1 left"));
}

#[test]
fn paper_is_counted_line_by_line_or_in_one_paste() {
    let mut desk = desk();
    desk.enter("3: 2 4");
    assert_eq!(placed(&desk), 6);
    let question = desk.screen.pasted_counts(&desk.here(), "1: 1 0\n2: 0 2\n\n").unwrap();
    assert!(question.lines[0].starts_with("1 Should-cost model"), "{:?}", question.lines);
    desk.carry_out(question.choices[0].effects.clone());
    assert_eq!(placed(&desk), 9);
    desk.carry_out(vec![Effect::ask(Request::Undo)]);
    assert_eq!(placed(&desk), 6, "one undo for all");
    assert_eq!(desk.screen.pasted_counts(&desk.here(), "1: 1 0\nwords\n"), None);
    let wrong = desk.screen.pasted_counts(&desk.here(), "1: 1 0\n77: 0 2\n").unwrap();
    assert!(wrong.lines[0].contains("There is no number 77"), "{:?}", wrong.lines);
    desk.enter("4: 9 9");
    assert!(desk.said.starts_with("2 dots of one person") || desk.said.contains("can give"), "{}", desk.said);
}

#[test]
fn words_lead_to_what_says_them() {
    let mut desk = desk();
    desk.enter("SUPPLIER");
    assert_eq!(desk.screen.marked_here(&order(&desk.here())), Some(order(&desk.here())[1]));
    desk.focus = Focus::Line;
    desk.enter("supplier");
    assert_eq!(desk.screen.marked_here(&order(&desk.here())), Some(order(&desk.here())[4]));
    desk.enter("nowhere");
    assert_eq!(desk.said, "Nothing here says “nowhere”.");
}

#[test]
fn hidden_dots_are_seen_by_nobody() {
    let mut desk = desk();
    let before = desk.plain(78, 13, &ascii());
    desk.enter("3 3 5");
    let after = desk.plain(78, 13, &ascii());
    let differ: Vec<_> = before.lines().zip(after.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!(differ.len(), 1, "only how many are placed: {differ:?}");
    assert!(after.contains("3 of 9 dots are placed, hidden until all are revealed."), "{after}");
    let covered = desk.screen.covered(&desk.here()).unwrap();
    assert_eq!(covered.unfinished.as_deref(), Some("2 people have dots left."));
    desk.carry_out(covered.requests.into_iter().map(Effect::ask).collect());
    assert_eq!(desk.screen.covered(&desk.here()), None);
}

fn reveal(desk: &mut Desk<Vote>) {
    let reveal = desk.screen.covered(&desk.here()).unwrap().requests;
    desk.carry_out(reveal.into_iter().map(Effect::ask).collect());
}

fn counted_desk() -> Desk<Vote> {
    let mut desk = desk();
    desk.enter("2 2 3").enter("3 3 5").enter("5 4 2");
    reveal(&mut desk);
    desk
}

#[test]
fn a_tie_is_settled_with_a_key() {
    let mut desk = desk();
    desk.enter("2 2 1").enter("3 3 5").enter("5 4");
    reveal(&mut desk);
    assert!(
        desk.plain(78, 13, &ascii()).contains("0 carry on; 3 tie at the cut"),
        "{}",
        desk.plain(78, 13, &ascii())
    );
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Down));
    desk.act(StepAction::Keep);
    assert!(desk.plain(78, 13, &ascii()).contains("1 carry on; 2 tie at the cut"));
    desk.act(StepAction::Move(Direction::Down));
    desk.act(StepAction::Keep);
    assert!(desk.plain(78, 13, &ascii()).contains("2 carry on."));
}

#[test]
fn whoever_types_may_look_at_the_ballot_in_hand() {
    let mut desk = desk();
    desk.enter("3 3");
    desk.focus = Focus::Board;
    let covered = desk.plain(78, 13, &ascii());
    desk.act(StepAction::Peek);
    let peeked = desk.plain(78, 13, &ascii());
    assert!(peeked.lines().nth(3).unwrap().ends_with("  2"), "{peeked}");
    desk.act(StepAction::Move(Direction::Right));
    assert_eq!(desk.plain(78, 13, &ascii()), covered, "Bo has given none");
    desk.act(StepAction::Move(Direction::Left));
    desk.act(StepAction::Peek);
    assert_eq!(desk.plain(78, 13, &ascii()), covered);
}

#[test]
fn it_says_when_all_dots_are_placed() {
    let mut desk = desk();
    desk.enter("2 2 3").enter("3 3 5").enter("5 4 2");
    assert!(desk.plain(78, 13, &ascii()).contains("All 9 dots are placed. Reveal them."));
    assert_eq!(desk.screen.hints(&desk.here(), Focus::Line)[0].0, Action::Reveal);
    let empty = desk_of(&[], &PEOPLE, true);
    assert!(empty.plain(78, 13, &ascii()).contains("Nothing came in that could get dots."));
}

#[test]
fn it_looks_right() {
    let mut hidden = desk();
    hidden.enter("3 1");
    hidden.focus = Focus::Board;
    hidden.act(StepAction::Move(Direction::Down));
    insta::assert_snapshot!("vote_hidden_80", picture(&hidden.drawn(78, 13, &dark())));
    let mut counted = counted_desk();
    insta::assert_snapshot!("vote_revealed_80", picture(&counted.drawn(78, 13, &dark())));
    insta::assert_snapshot!("vote_revealed_80_light", picture(&counted.drawn(78, 13, &light())));
    counted.focus = Focus::Board;
    counted.act(StepAction::Move(Direction::Down));
    insta::assert_snapshot!("vote_revealed_120", picture(&counted.drawn(118, 28, &dark())));
    insta::assert_snapshot!("vote_revealed_120_light", picture(&counted.drawn(118, 28, &light())));
}

#[test]
fn many_take_one_screen() {
    let texts: Vec<String> = (1..=500).map(|n| format!("Note number {n}")).collect();
    let notes: Vec<(&str, &str)> = texts.iter().map(|text| ("sales", text.as_str())).collect();
    let mut desk = desk_of(&notes, &[], false);
    assert_eq!(desk.label(), "Counts");
    desk.enter("1");
    assert!(desk.said.starts_with("Nobody is in the list"), "{}", desk.said);
    desk.line.clear();
    desk.enter("480: 3 1").enter("number 477");
    let shown = desk.plain(78, 13, &ascii());
    for words in ["Note number 477", "more"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
}

#[test]
fn it_draws_at_every_size() {
    counted_desk().draws_at_every_size(&dark());
    let mut desk = desk();
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Down));
    desk.draws_at_every_size(&ascii());
    desk_of(&[], &[], true).draws_at_every_size(&ascii());
}
