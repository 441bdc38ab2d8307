//! Pastes as large as anybody makes them by mistake: the screen stays alive, and what is not taken is refused in words.

use crate::harness::{Home, Terminal};
use crate::play::{RUN_LONG, enter, leave, put_long_script, read, saved, texts};

const BEGIN: &[u8] = b"\x1b[200~";
const END: &[u8] = b"\x1b[201~";
/// What a paste may have at the most, and all that is taken of one that has more.
const TEN_MEGABYTES: usize = 10_000_000;
const SIXTEEN_MEBIBYTES: usize = 16 << 20;

fn begun(home: &Home) -> Terminal {
    put_long_script(home);
    let terminal = Terminal::builder().home(home).args(&RUN_LONG).spawn();
    saved(&terminal, "What do you know?");
    terminal
}

/// So many bytes of this over and over, as a terminal sends them.
fn pasted(piece: &[u8], bytes: usize, end: &[u8]) -> Vec<u8> {
    let text: Vec<u8> = piece.iter().copied().cycle().take(bytes / piece.len() * piece.len()).collect();
    [BEGIN, &text, end].concat()
}

/// A note that is typed afterwards is taken, is saved, and is the only one.
fn goes_on(home: &Home, mut terminal: Terminal) {
    enter(&mut terminal, "a note", "a note");
    leave(&mut terminal);
    assert_eq!(texts(&read(&home.session())), ["a note"]);
}

#[test]
fn ten_megabytes_in_one_line_are_refused_in_words() {
    let home = Home::new();
    let mut terminal = begun(&home);
    terminal.paste_bytes(pasted(b"words ", TEN_MEGABYTES, END));
    terminal.expect("kB is the most for one. Split it");
    goes_on(&home, terminal);
}

#[test]
fn ten_megabytes_in_many_lines_are_asked_about_and_refused_in_words() {
    let home = Home::new();
    let mut terminal = begun(&home);
    terminal.paste_bytes(pasted(b"a line with some words in it\r", TEN_MEGABYTES, END));
    terminal.expect("Add 344827 lines, each as one?");
    terminal.keys("Enter").expect("kB");
    goes_on(&home, terminal);
}

/// Ctrl+Q, Ctrl+C, Ctrl+Z, an arrow, a lone escape and F10 are no keys where they stand in a paste, also where so
/// much of it comes that its end is cut off.
#[test]
fn until_a_paste_is_drained_every_key_is_text() {
    const KEYS: &[u8] = b"x\x11\x03\x1a\x1b[B\x1b\x1b[21~";
    let home = Home::new();
    let mut terminal = begun(&home);
    terminal.paste_bytes(pasted(KEYS, SIXTEEN_MEBIBYTES + 1_000_000, END));
    terminal.expect("That was too long to paste at once");
    goes_on(&home, terminal);
}

/// What follows may be keys or the rest: it is text, until an end comes after all.
#[test]
fn a_paste_that_does_not_end_is_one_until_it_does() {
    let home = Home::new();
    let mut terminal = begun(&home);
    terminal.paste_bytes(pasted(b"words ", TEN_MEGABYTES, b"\r\x11\r"));
    // The countdown goes on.
    for _ in 0..2 {
        let last = terminal.screen().rows();
        terminal.wait_for(|screen| screen.rows() != last);
    }
    terminal.paste_bytes(END.to_vec()).expect("kB");
    goes_on(&home, terminal);
}
