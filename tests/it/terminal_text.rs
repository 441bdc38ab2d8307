//! Nothing that a person wrote acts on a terminal: it is kept as it is, and shown as signs.

use crate::harness::{Terminal, visavis};
use crate::play::{read, saved};

/// A clipboard written, a screen cleared, a colour by one byte, text turned round: what a paste may hold.
const HOSTILE: &str = "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{9b}31m\u{202e}evil\u{2066}\u{8}\u{7f}end";
const NAME: &str = "Zo\u{1b}[8me\u{202e}";
const TITLE: &str = "Mine\u{1b}]0;yours\u{7}\u{200f}";

/// What the program sends has none of it, and no sequence of its own looks like it.
#[track_caller]
fn is_harmless(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("all that is written is UTF-8");
    for sequence in ["\u{1b}]52", "\u{1b}]0", "\u{1b}[8m"] {
        assert!(!text.contains(sequence), "{sequence:?} was sent");
    }
    assert_eq!(text.find(acts), None, "{text:?}");
}

/// Control characters that no terminal needs here, and what turns the order of letters round.
fn acts(letter: char) -> bool {
    matches!(letter,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn hostile_text_is_kept_and_shown_and_never_sent() {
    let with = format!("{NAME}:North, Bo:South");
    let args = ["run", "taste", "--title", TITLE, "--with", &with];
    let mut terminal = Terminal::builder().size(120, 40).args(&args).spawn();
    saved(&terminal, "Mine␛]0;yours␇");
    terminal.paste(HOSTILE).expect("␛]52;c;aGk=␇␛[2J");
    terminal.expect("evil");
    terminal.keys("Enter");
    saved(&terminal, "North  1 hidden");
    terminal.type_text("named @Zo").expect("␛[8me");
    terminal.keys("Tab Enter");
    saved(&terminal, "North  2 hidden");
    terminal.paste(&format!("- {HOSTILE}\n- second\n")).expect("Add 2 lines, each as one?");
    terminal.keys("Enter");
    saved(&terminal, "North  4 hidden");
    terminal.keys("C-r").expect("Nothing yet from South");
    terminal.keys("Down Enter").expect("1 ␛]52;c;aGk=␇␛[2J");
    terminal.expect("@Zo␛[8me");
    terminal.keys("Esc Home e").expect("Change ▸ ␛]52");
    terminal.keys("Esc C-p").expect("What can be done here");
    terminal.paste(HOSTILE).expect("␛]52;c;");
    terminal.keys("Esc C-q").expect("All of it is saved in");
    terminal.expect("Mine␛]0;yours␇");
    let file = terminal.home().session();
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    is_harmless(&terminal.raw_output());
    let session = read(&file);
    let notes: Vec<&str> = session.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, [HOSTILE, "named", HOSTILE, "second"], "they are kept as they are");
    assert_eq!(session.people.iter().next().unwrap().name, NAME);
    assert_eq!(session.title, TITLE);
    commands_print_it_harmlessly(&terminal);
}

fn commands_print_it_harmlessly(terminal: &Terminal) {
    let file = terminal.home().session();
    assert!(!std::fs::read_to_string(file).unwrap().contains(acts), "not even in the file's text");
    for args in [
        ["show", "last"].as_slice(),
        &["list"],
        &["show", "last", "--format", "json"],
        &["list", "--format", "json"],
        &["show", HOSTILE],
        &["run", HOSTILE],
    ] {
        let output = visavis(args).home(terminal.home()).run();
        is_harmless(output.stdout.as_bytes());
        is_harmless(output.stderr.as_bytes());
        assert!(!output.stdout.contains('\u{1b}') && !output.stderr.contains('\u{1b}'), "{args:?}");
    }
    let show = visavis(&["show", "last"]).home(terminal.home()).run().stdout;
    assert!(show.contains("␛]52;c;aGk=␇␛[2J") && show.contains("Mine␛]0;yours␇"), "{show}");
}

#[test]
fn keys_in_a_paste_are_text() {
    let mut terminal = Terminal::builder().args(&["run", "taste", "--title", "Pasted"]).spawn();
    saved(&terminal, "Round 1 of 2");
    terminal.paste("\u{1b}[6~\u{11}\u{3}\u{1b}quit").expect("␛[6~␑␃␛quit");
    terminal.keys("Enter");
    saved(&terminal, "North  1 hidden");
}
