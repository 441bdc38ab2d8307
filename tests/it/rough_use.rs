//! Windows of every size, pastes of every length, typing faster than anybody reads.

use crate::harness::Terminal;
use crate::play::{leave, read, saved, texts};

fn begin() -> Terminal {
    let terminal = Terminal::builder().args(&["run", "taste", "--title", "Rough"]).spawn();
    saved(&terminal, "Round 1 of 2");
    terminal
}

/// Reveals the notes of the north, leaves, and answers their texts from the file.
fn notes(mut terminal: Terminal) -> Vec<String> {
    terminal.keys("C-r").expect("Nothing yet from South");
    terminal.keys("Down Enter").expect_gone("hidden");
    leave(&mut terminal);
    texts(&read(&terminal.home().session()))
}

#[test]
fn a_window_of_any_size_loses_nothing() {
    let mut terminal = begin();
    let sizes = [(1, 1), (20, 5), (59, 15), (60, 16), (200, 60), (2, 60), (200, 1), (80, 24)];
    let mut expected = Vec::new();
    for (cols, rows) in sizes {
        terminal.resize(cols, rows);
        let text = format!("typed at {cols} by {rows}");
        terminal.type_text(&text).keys("Enter");
        terminal.expect_on_disk(&terminal.home().state(), &text);
        expected.push(text);
    }
    saved(&terminal, "North  8 hidden");
    for (cols, rows) in sizes {
        terminal.resize(cols, rows).keys("C-p Esc F1 Esc F3 Esc F2 F2");
    }
    // Small and back before the program looks: what the window cut off is drawn again.
    terminal.resize(1, 1).resize(80, 24).expect("Rough");
    terminal.keys("Esc").expect("Esc line");
    terminal.keys("n").expect("Enter adds");
    assert_eq!(notes(terminal), expected);
}

#[test]
fn ten_megabytes_in_one_line_are_refused_and_the_line_stays() {
    let mut terminal = begin();
    terminal.type_text("short ").paste(&"a long story ".repeat(800_000)).expect("kB is the most for one");
    terminal.type_text("and sweet").keys("Enter");
    saved(&terminal, "North  1 hidden");
    assert_eq!(notes(terminal), ["short and sweet"]);
}

/// The longest text that is taken is taken whole.
#[test]
fn a_hundred_kilobytes_in_one_line_are_stored_whole() {
    let mut terminal = begin();
    let text = "a long story, ".repeat(7_000);
    terminal.paste(&text).expect("a long story");
    terminal.keys("Enter");
    saved(&terminal, "North  1 hidden");
    assert_eq!(notes(terminal), [text.trim_end()]);
}

#[test]
fn a_megabyte_of_lines_is_stored_whole() {
    let mut terminal = begin();
    let lines: Vec<String> =
        (0..10_000).map(|n| format!("note {n} {}", "of a long list ".repeat(6))).collect();
    let text = lines.join("\n");
    assert!(text.len() > 900_000);
    terminal.paste(&text).expect("Add 10000 lines, each as one?");
    terminal.keys("Enter");
    saved(&terminal, "North  10000 hidden");
    let kept = notes(terminal);
    assert_eq!(kept.len(), lines.len());
    assert!(kept.iter().zip(&lines).all(|(kept, line)| kept == line.trim()));
}

/// Lines of text as the keys that type them.
fn keys(lines: &[String]) -> String {
    let key = |letter| if letter == ' ' { "Space".to_owned() } else { String::from(letter) };
    lines
        .iter()
        .flat_map(|line| line.chars().map(key).chain(["Enter".to_owned()]))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A paste that the terminal does not mark, one that it does, and then, from a terminal that marks pastes, keys.
#[test]
fn bursts_of_notes_are_all_there() {
    let mut terminal = begin();
    let lines = |what: &str| -> Vec<String> { (1..=200).map(|n| format!("{what} {n}")).collect() };
    let (unmarked, pasted, typed) = (lines("unmarked"), lines("pasted"), lines("typed"));
    terminal.keys(&keys(&unmarked)).expect("Add 200 lines, each as one?");
    terminal.keys("Enter");
    saved(&terminal, "North  200 hidden");
    terminal.paste(&pasted.join("\n")).expect("Add 200 lines, each as one?");
    terminal.keys("Enter");
    saved(&terminal, "North  400 hidden");
    terminal.keys(&keys(&typed));
    saved(&terminal, "North  600 hidden");
    assert_eq!(notes(terminal), [unmarked, pasted, typed].concat());
}
