//! Lists and sheets: typed or pasted, looked at, and added as one change.

use super::*;

/// In the second round, where everybody sees the notes of both sides.
fn open() -> Desk {
    let mut desk = Desk::begun();
    desk.keys("first<Enter><PageDown><Enter>");
    assert_eq!(desk.round(), 2);
    desk
}

#[test]
fn a_list_with_headings_goes_to_the_sides_it_names() {
    let mut desk = open();
    desk.pastes("Purchasing:\n- one #x\n- two\nLegal:\nSales:\nthree\n");
    desk.shows("Add these 3? One line is not understood; it stays in the line.");
    desk.shows("Legal: (no side and nobody here is called so)").shows("P Purchasing").shows("S Sales");
    desk.keys("<Enter>");
    assert_eq!(desk.notes(), "purchasing: first\npurchasing: one\npurchasing: two\nsales: three\n");
    assert_eq!(desk.line(), "Legal:", "nothing is dropped");
    desk.keys("<Ctrl+Z>");
    assert_eq!(desk.notes(), "purchasing: first\n", "it is one change");
}

#[test]
fn while_notes_are_hidden_only_counts_are_shown() {
    let mut desk = Desk::begun();
    desk.pastes("P: secret one\nP: secret two\nS: secret three\nsecret heading:");
    desk.shows("P Purchasing    2, hidden")
        .shows("S Sales         1, hidden")
        .shows("line 4: no side")
        .hides("secret");
    desk.keys("<Enter>");
    assert_eq!(desk.session().notes.iter().count(), 3);
}

#[test]
fn a_list_is_typed_without_a_clipboard() {
    let mut desk = open();
    desk.keys("<Ctrl+P>type in a list<Enter>").shows("a list").keys("one<Enter>Sales:<Enter>two<Enter>");
    assert_eq!(desk.line(), "one\nSales:\ntwo\n");
    desk.keys("<Enter>")
        .shows("Add these 2?")
        .keys("<Esc>")
        .shows("a list")
        .keys("three<Enter><Enter><Enter>");
    assert_eq!(desk.notes(), "purchasing: first\npurchasing: one\nsales: two\nsales: three\n");
    assert_eq!(desk.line(), "");
    desk.hides("a list").keys("four<Enter>");
    assert!(desk.notes().ends_with("purchasing: four\n"), "the line takes one note again");
}

#[test]
fn a_list_can_be_left_and_its_words_stay() {
    let mut desk = open();
    desk.keys("<F4>one<Enter>two<Esc>").hides("a list");
    assert_eq!((desk.line(), desk.round()), ("one\ntwo", 2));
    desk.keys("<F4><Enter>").shows("Add 2 lines").keys("<Down><Enter>").shows("a list");
    desk.keys("<F4><Enter>");
    assert_eq!(desk.notes(), "purchasing: first\npurchasing: one\ntwo\n", "without a list it is one text");
    desk.keys("<F4><Enter>").hides("a list");
}

#[test]
fn a_paste_into_a_list_is_part_of_it() {
    let mut desk = open();
    desk.keys("<F4>").pastes("one\ntwo\n").keys("<Enter>three<Enter><Enter><Enter>");
    assert_eq!(desk.notes(), "purchasing: first\npurchasing: one\npurchasing: two\npurchasing: three\n");
}

#[test]
fn a_refused_list_comes_back_to_the_line() {
    let mut desk = open();
    let many = "x\n".repeat(10_001);
    desk.pastes(&many).shows("Add 10001 lines").keys("<Enter>").shows("Add them in parts");
    assert_eq!(desk.line(), many.trim_end());
    assert_eq!(desk.notes(), "purchasing: first\n");
}

#[test]
fn a_long_list_can_be_looked_through() {
    let mut desk = open();
    let many: String = (1..=40).map(|n| format!("note {n}\n")).collect();
    desk.pastes(&many).shows("note 1").hides("note 40").keys("<PageDown><PageDown><PageDown><PageDown>");
    desk.shows("note 40").keys("<PageUp>").hides("note 40").keys("<Enter>");
    assert_eq!(desk.session().notes.iter().count(), 41);
}

#[test]
fn a_whole_sheet_of_a_mirror_is_one_change() {
    let mut desk = Desk::begun();
    desk.keys("<PageDown><PageDown>");
    desk.pastes("ours:\nfour segments\ntheirs:\nthey chase revenue\nSales guess:\nno system\nwho knows:\n?");
    desk.shows("P ours").shows("P of Sales").shows("S guess").shows("1, hidden").hides("four segments");
    desk.keys("<Enter>");
    assert_eq!(desk.session().entries.iter().count(), 3);
    assert_eq!(desk.line(), "who knows:\n?");
    desk.keys("<Ctrl+Z>");
    assert!(desk.session().entries.is_empty());
}
