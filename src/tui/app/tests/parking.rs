//! The parking lot: thoughts are set aside in any step, settled with one key each, and asked about before the end.

use super::*;
use crate::session::Fate;

/// What is parked, as `text: fate`.
fn parked(desk: &Desk) -> Vec<String> {
    let told = desk.session().parked.iter().map(|one| format!("{}: {}", one.text, one.fate.words()));
    told.collect()
}

/// In the last step, with two thoughts that wait.
fn at_the_end() -> Desk {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+F>who pays<Enter>whose portal<Enter><Esc><F3><End><Enter>");
    assert_eq!(desk.step(), "leave");
    desk
}

#[test]
fn a_thought_is_parked_and_the_line_below_stays_as_it_was() {
    let mut desk = Desk::begun();
    desk.keys("half a note<Ctrl+F>")
        .shows("Parking lot")
        .keys("who pays?<Enter>")
        .shows("One thought waits.");
    desk.keys("<Ctrl+F>").hides("Parking lot");
    assert_eq!((desk.line(), desk.notes().as_str()), ("half a note", ""));
    assert_eq!(parked(&desk), ["who pays?: waiting"]);
    desk.keys("<Ctrl+Z>");
    assert!(parked(&desk).is_empty());
}

#[test]
fn what_is_typed_waits_until_it_is_parked() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+F>half a <Esc>").hides("half a").keys("note<Ctrl+F>").shows("half a").keys("thought");
    desk.keys("<Ctrl+Q><Esc><Ctrl+F>").shows("half a thought").keys("<Enter>");
    assert_eq!(parked(&desk), ["half a thought: waiting"]);
    assert_eq!(desk.line(), "note");
    desk.keys("  <Enter>").shows("One thought waits.");
}

#[test]
fn a_pasted_list_parks_each_line_as_one_change_and_loses_nothing() {
    let mut desk = Desk::begun();
    let long = "x".repeat(100_001);
    desk.keys("<Ctrl+F>").pastes(&format!("- one\n- two\n{long}\n3. three\n")).keys("<Enter>");
    assert_eq!(parked(&desk), ["one: waiting", "two: waiting", "three: waiting"]);
    desk.shows("What stays in the line: too long for one.").shows("xxxxx");
    desk.keys("<Ctrl+Z>");
    assert!(parked(&desk).is_empty());
}

#[test]
fn one_key_says_what_becomes_of_a_thought_and_takes_it_back() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+F>").pastes("one\ntwo\nthree").keys("<Enter><Down>y<Down>g<Down>x");
    assert_eq!(parked(&desk), ["one: discussed", "two: for the next session", "three: dropped"]);
    desk.shows("Nothing waits any more.").keys("x");
    assert_eq!(parked(&desk)[2], "three: waiting");
    desk.keys("<Ctrl+Z><Ctrl+Z>");
    assert_eq!(parked(&desk)[2], "three: waiting");
    desk.keys("<Esc>y").shows("Park ▸ y").keys("<Down><Ctrl+P>").shows("What can be done here").keys("<Esc>");
    desk.hides("What can be done here").shows("Park ▸ y").shows("one");
    desk.keys("<Ctrl+P><Ctrl+P>").shows("Park ▸ y").keys("<Esc><Esc>").hides("Parking lot");
}

#[test]
fn all_actions_are_found_from_the_list_of_people_and_it_comes_back() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+O>Ann").shows("Ann").keys("<Ctrl+P>").shows("What can be done here");
    desk.keys("<Esc>").hides("What can be done here").keys("a Berg:Sales<Enter>").shows("Anna Berg");
    assert_eq!(desk.session().people.len(), 1);
    desk.keys("<Ctrl+P>agenda<Enter>").shows("Agenda").keys("<Esc>").hides("Anna Berg");
}

#[test]
fn words_are_changed_and_a_thought_is_removed() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+F>who pais<Enter><Down>e").shows("Change ▸ who pais");
    desk.keys("<Backspace><Backspace>ys?<Enter>");
    assert_eq!(parked(&desk), ["who pays?: waiting"]);
    desk.keys("<Enter> now<Esc>").hides(" now");
    desk.keys("<Enter><Ctrl+U><Enter>").shows("Change");
    assert_eq!(parked(&desk), ["who pays?: waiting"]);
    desk.keys("<Esc><Delete>");
    assert!(parked(&desk).is_empty());
    desk.keys("<Ctrl+Z>");
    assert_eq!(parked(&desk), ["who pays?: waiting"]);
}

#[test]
fn going_on_from_the_last_step_asks_what_becomes_of_what_waits() {
    for (answer, fates) in [
        ("<Down><Enter>", [Fate::NextSession; 2]),
        ("<Down><Down><Enter>", [Fate::Dropped; 2]),
        ("<Down><Down><Down><Enter>", [Fate::Waiting; 2]),
    ] {
        let mut desk = at_the_end();
        desk.keys("<PageDown>").shows("2 thoughts wait in the parking lot").shows("who pays").keys(answer);
        desk.shows("Close the session");
        assert_eq!(desk.session().parked.iter().map(|one| one.fate).collect::<Vec<_>>(), fates);
        desk.keys("<Down><Enter>");
        assert!(desk.last.leave && !desk.session().status.is_open(), "it is asked once");
    }
}

#[test]
fn all_that_is_carried_on_at_once_is_taken_back_at_once() {
    let mut desk = at_the_end();
    desk.keys("<PageDown><Down><Enter><Esc><Ctrl+Z>");
    assert_eq!(parked(&desk), ["who pays: waiting", "whose portal: waiting"]);
}

#[test]
fn who_looks_before_the_end_is_asked_about_what_waits_after_that() {
    let mut desk = at_the_end();
    desk.keys("<PageDown><Enter>").shows("Parking lot").keys("y<Esc><Esc>").hides("Parking lot");
    assert_eq!(parked(&desk), ["who pays: discussed", "whose portal: waiting"]);
    desk.keys("<PageDown>")
        .shows("One thought waits in the parking lot")
        .keys("<Enter>x<Esc><Esc><PageDown>");
    desk.shows("Close the session");
}

#[test]
fn closing_asks_too_and_leaving_does_not() {
    let mut desk = at_the_end();
    desk.keys("<Ctrl+Q>").shows("Leave; the session stays open").keys("<Down><Enter>");
    desk.shows("2 thoughts wait in the parking lot").keys("<Down><Enter>");
    assert!(desk.last.leave && !desk.session().status.is_open());
    assert!(desk.session().parked.iter().all(|one| one.fate == Fate::NextSession));
}

#[test]
fn the_parking_lot_does_not_open_in_a_silence() {
    let mut desk = Desk::begun();
    desk.keys("<F3><Down><Down><Down><Enter>").shows("Enter begins").keys("<Ctrl+F>").shows("Parking lot");
    desk.keys("<Esc><Enter>").keys("<Ctrl+F>").hides("Parking lot");
}
