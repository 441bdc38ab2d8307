//! Collecting: what is typed and pasted, and what is done with it on the board.

use super::*;

/// In the second round, where everybody sees the notes of both sides.
fn seen() -> Desk {
    let mut desk = Desk::begun();
    desk.keys("Should-cost model<Enter>Two at every visit<Enter><Tab>Lost deals talked through<Enter>");
    desk.keys("<PageDown><Enter>");
    assert_eq!(desk.round(), 2);
    desk
}

const NOTES: &str = "\
purchasing: Should-cost model
purchasing: Two at every visit
sales: Lost deals talked through
";

#[test]
fn notes_are_typed_for_one_side_and_the_other() {
    let mut desk = Desk::begun();
    desk.shows("P Purchasing \u{25b8}").keys("Should-cost model<Enter>Two at every visit<Enter>");
    desk.keys("<Tab>").shows("S Sales \u{25b8}").keys("Lost deals talked through<Enter>");
    assert_eq!(desk.notes(), NOTES);
    assert_eq!(desk.line(), "");
    desk.shows("2 hidden").shows("1 hidden").hides("Should-cost");
    desk.until_saved().shows("all saved");
}

#[test]
fn every_letter_types_while_the_line_has_the_keys() {
    let mut desk = Desk::begun();
    desk.keys("qdeal nq123? <Space>x<Enter>");
    assert_eq!(desk.notes(), "purchasing: qdeal nq123?  x\n");
}

#[test]
fn an_empty_line_adds_nothing() {
    let mut desk = Desk::begun();
    desk.keys("<Enter>  <Enter>");
    assert_eq!(desk.notes(), "");
}

#[test]
fn tags_and_names_are_completed() {
    let mut desk = seen();
    desk.keys("<Ctrl+O>Anna Berg:Sales, Bo<Enter>");
    assert_eq!(desk.session().people.iter().count(), 2);
    desk.keys("<Esc><Esc>numbers first #price<Enter>").keys("call them #pr<Tab> @an<Tab><Enter>");
    let note = desk.session().notes.iter().next_back().unwrap();
    assert_eq!((note.text.as_str(), &note.tags[..]), ("call them", &["price".to_owned()][..]));
    assert_eq!(note.side.as_ref().unwrap().0, "sales", "it is the author's side");
    assert!(note.author.is_some());
}

#[test]
fn people_that_cannot_be_understood_can_be_put_right() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+O>Anna:Nobody<Enter>").shows("Anna:Nobody").keys("<Esc>x");
    assert_eq!(desk.session().people.iter().count(), 0);
    assert_eq!(desk.line(), "x");
}

#[test]
fn a_pasted_list_becomes_notes_after_one_question() {
    let mut desk = Desk::begun();
    desk.pastes("- one\n- two\r\n\n- three\n").shows("Add 3 lines, each as one?");
    assert_eq!(desk.notes(), "");
    desk.keys("<Enter>");
    assert_eq!(desk.notes(), "purchasing: one\npurchasing: two\npurchasing: three\n");
    desk.keys("<Ctrl+Z>");
    assert_eq!(desk.notes(), "", "it is one change");
}

#[test]
fn a_pasted_list_can_be_one_note() {
    for keys in ["<Down><Enter>", "<Esc>"] {
        let mut desk = Desk::begun();
        desk.keys("before: ").pastes("one\ntwo\n").keys(keys);
        assert_eq!(desk.line(), "before: one\ntwo");
        desk.keys("<Enter>");
        assert_eq!(desk.notes(), "purchasing: before: one\ntwo\n");
    }
}

#[test]
fn a_pasted_line_stays_in_the_line() {
    let mut desk = Desk::begun();
    desk.pastes("one\n");
    assert_eq!((desk.line(), desk.notes().as_str()), ("one", ""));
}

#[test]
fn a_note_is_changed_on_the_board_and_the_line_waits() {
    let mut desk = seen();
    desk.keys("half a tho").keys("<Esc>").shows("e edit");
    desk.keys("<Right>e").shows("Change").keys("!<Enter>");
    assert_eq!(desk.notes(), NOTES.replace("through", "through!"));
    desk.keys("<Esc>");
    assert_eq!(desk.line(), "half a tho");
    desk.keys("ught<Enter>");
    assert!(desk.notes().ends_with("half a thought\n"));
}

#[test]
fn a_change_can_be_left() {
    let mut desk = seen();
    desk.keys("<Esc>ezzz<Esc>");
    assert_eq!(desk.notes(), NOTES);
    desk.shows("e edit").keys("<Esc>");
    assert_eq!(desk.line(), "");
}

#[test]
fn only_delete_removes_and_undo_brings_it_back() {
    let mut desk = seen();
    desk.keys("<Esc>").keys("deal");
    // `e` began a change and `al` went into it: nothing was removed.
    desk.keys("<Esc>");
    assert_eq!(desk.notes(), NOTES);
    desk.keys("<Delete>").shows("Ctrl+Z brings it back");
    assert_eq!(desk.notes(), NOTES.replace("purchasing: Two at every visit\n", ""));
    desk.keys("<Ctrl+Z>");
    assert_eq!(desk.notes(), NOTES);
    desk.keys("<Ctrl+Y>");
    assert_eq!(desk.session().notes.iter().count(), 2);
}

#[test]
fn the_mark_follows_the_arrows_and_goes_to_the_other_side() {
    let mut desk = seen();
    desk.keys("<Esc><Up>m");
    assert_eq!(desk.notes(), NOTES.replace("purchasing: Should", "sales: Should"));
}

#[test]
fn what_was_never_shown_cannot_be_marked() {
    let mut desk = Desk::begun();
    desk.keys("secret<Enter><Esc><Delete>").shows("Mark something");
    assert_eq!(desk.session().notes.iter().count(), 1);
    desk.keys("e").hides("secret").keys("<Esc>");
    assert_eq!(desk.line(), "");
}

#[test]
fn undo_is_refused_in_words_where_there_is_nothing() {
    let mut desk = Desk::begun();
    desk.keys("typed<Ctrl+Z>");
    assert_eq!(desk.line(), "typed");
    assert!(desk.room().run.notice.is_some());
}

#[test]
fn a_refused_note_stays_in_the_line() {
    let mut desk = Desk::begun();
    let half = "x".repeat(60_000);
    desk.pastes(&half).pastes(&half).keys("<Enter>").shows("is the most for one");
    assert_eq!(desk.notes(), "");
    assert_eq!(desk.line().len(), 2 * half.len());
    desk.keys("<Ctrl+U>kept").pastes(&"x".repeat(100_001)).shows("is the most for one");
    assert_eq!(desk.line(), "kept", "what no note could hold does not come into the line");
    desk.keys("<Ctrl+U>short<Enter>");
    assert_eq!(desk.notes(), "purchasing: short\n");
}

#[test]
fn what_acts_on_a_terminal_is_stored_and_shown_as_symbols() {
    let mut desk = seen();
    desk.pastes("red\u{1b}[31m \u{9b}2J\u{7}").keys("<Enter>").shows("red\u{241b}[31m");
    assert_eq!(desk.session().notes.iter().next_back().unwrap().text, "red\u{1b}[31m \u{9b}2J\u{7}");
}

#[test]
fn what_is_typed_can_be_covered() {
    let mut desk = Desk::begun();
    desk.keys("secret").shows("secret").keys("<Ctrl+P>cover typed<Enter>").hides("secret");
    desk.keys("s<Enter>");
    assert_eq!(desk.notes(), "purchasing: secrets\n");
}

#[test]
fn a_note_of_several_lines_is_typed() {
    let mut desk = Desk::begun();
    desk.keys("one<Ctrl+J>two<Alt+Enter>six<Up>!<Enter>");
    assert_eq!(desk.notes(), "purchasing: one\ntwo!\nsix\n");
}

#[test]
fn a_note_is_kept_confidential_and_no_longer() {
    let mut desk = seen();
    desk.keys("<Esc><Right>c")
        .shows("\u{25c6} confidential")
        .shows("left out wherever this session is shown");
    let confidential = |desk: &Desk| -> Vec<String> {
        let notes = desk.session().notes.iter().filter(|note| note.confidential);
        notes.map(|note| note.text.clone()).collect()
    };
    assert_eq!(confidential(&desk), ["Lost deals talked through"]);
    desk.keys("c").shows("No longer confidential.").hides("\u{25c6}");
    assert_eq!(confidential(&desk), [""; 0]);
    desk.keys("<Ctrl+Z>").shows("\u{25c6} confidential").keys("<Ctrl+Z>").hides("\u{25c6}");
}
