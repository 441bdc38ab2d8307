//! What people write acts on no terminal, wherever it is shown: on the screen, in what commands print, in errors, in
//! the words after a panic.

use std::path::{Path, PathBuf};

use ratatui::layout::Size;

use super::*;
use crate::cli::{Context, Environment, Failure, scripts};
use crate::export;
use crate::library::{Fault, Library, NotFound, Unreadable};
use crate::mistake;
use crate::random::SeededRandom;
use crate::session::Shown;
use crate::storage::{Act, Failed, Trouble, kept};
use crate::text::unseen;
use crate::tui::output::Output;

/// What acts on a terminal or deceives a reader, and plain letters between.
const PIECES: [&str; 48] = [
    "\u{1b}[2J",
    "\u{1b}[8m",
    "\u{1b}[31;1m",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}]0;yours\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}_G\u{1b}\\",
    "\u{1b}c",
    "\u{1b}[6n",
    "\u{1b}",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}",
    "\u{0}",
    "\u{7}",
    "\u{8}\u{8}",
    "\u{b}\u{c}",
    "\u{e}\u{f}",
    "\u{7f}",
    "\u{85}",
    "\r",
    "\t",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{200f}",
    "\u{61c}",
    "\u{200b}",
    "\u{200d}",
    "\u{2060}",
    "\u{feff}",
    "\u{ad}",
    "\u{e0041}\u{e007f}",
    "\u{e0100}",
    "\u{fe0f}",
    "\u{115f}",
    "\u{3164}",
    "\u{2028}",
    "\u{fff9}",
    "\u{301}",
    "a\u{301}",
    "\u{1f469}\u{200d}\u{1f527}",
    "\u{5b57}",
    "#tag",
    "@Anna",
    " word ",
    "plain",
];

/// A text of one line that somebody may write; never empty.
fn text(random: &mut SeededRandom) -> String {
    let mut text = String::from("x");
    for _ in 0..=random.below(8) {
        match random.below(12) {
            0 => text.push_str(&"\u{301}".repeat(50)),
            1 => text.extend(char::from_u32(u32::try_from(random.below(0x11_0000)).unwrap())),
            2 => text.extend(char::from_u32(u32::try_from(random.below(0x100)).unwrap())),
            _ => text.push_str(PIECES[random.below(PIECES.len())]),
        }
    }
    text.replace('\n', " ")
}

/// Fails where something in what was printed could act.
#[track_caller]
fn printed(what: &str, seed: u64) {
    let acting = what.chars().find(|letter| unseen(*letter) && *letter != '\n');
    assert_eq!(acting, None, "seed {seed}: {:?}", around(what, acting));
}

/// The text around the first of these letters.
fn around(what: &str, letter: Option<char>) -> String {
    let (before, after) = letter.and_then(|letter| what.split_once(letter)).unwrap_or((what, ""));
    let before: String = before.chars().rev().take(60).collect();
    before.chars().rev().chain("<HERE>".chars()).chain(after.chars().take(60)).collect()
}

/// Fails where a file's text, which people look at in a terminal too, holds what acts there.
#[track_caller]
fn filed(text: &str, seed: u64) {
    let turns = |letter| matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let acting = text.chars().find(|letter| letter.is_control() && *letter != '\n' || turns(*letter));
    assert_eq!(acting, None, "seed {seed}: {:?}", around(text, acting));
}

/// Fails where there is anything else to act than the sequences that draw.
#[track_caller]
fn drawn(bytes: &[u8], seed: u64) {
    let mut rest = str::from_utf8(bytes).unwrap();
    while let Some((plain, sequence)) = rest.split_once('\u{1b}') {
        printed(plain, seed);
        let body =
            sequence.strip_prefix('[').unwrap_or_else(|| panic!("seed {seed}: ESC before {sequence:?}"));
        let end = body.find(|letter: char| !letter.is_ascii_digit() && !";?".contains(letter)).unwrap();
        let (arguments, after) = (&body[..end], &body[end..]);
        let last = after.chars().next().unwrap();
        let ours = "CDHKJm".contains(last) || ["?25", "?2026"].contains(&arguments) && "hl".contains(last);
        assert!(ours, "seed {seed}: ESC [ {arguments} {last}");
        rest = &after[last.len_utf8()..];
    }
    printed(rest, seed);
}

impl Desk {
    /// The bytes that a terminal of this size is sent for the whole picture.
    fn sent(&self, columns: u16, rows: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut terminal =
            Terminal::new(Output::new(&mut bytes, move || Ok(Size::new(columns, rows)))).unwrap();
        terminal.draw(|frame| self.app.draw(frame, &self.moment())).unwrap();
        drop(terminal);
        bytes
    }
}

/// One session full of hostile texts, drawn in all its forms; answers how many texts it held.
fn on_screen(seed: u64) -> usize {
    let mut random = SeededRandom::new(seed);
    let mut some = || text(&mut random);
    let mut desk = Desk::on(SimDisk::new(), moment(0));
    let beginning = Beginning {
        title: some(),
        side_names: vec![some(), some()],
        people: vec![(some(), None), (some(), None)],
        ..at_once()
    };
    // What is too alike to tell apart is refused; then the usual names are as good.
    if desk.app.begin_first(&beginning, desk.moment()).is_err() {
        desk.begin(&Beginning { title: beginning.title, ..at_once() });
    }
    let look = |desk: &Desk| drawn(&desk.sent(100, 30), seed);
    let lines: Vec<String> = (0..20).map(|_| some()).collect();
    desk.pastes(&lines.join("\n"));
    look(&desk);
    desk.keys("<Enter>").pastes(&some());
    look(&desk);
    desk.keys("<Enter><Ctrl+R><Down><Enter>");
    look(&desk);
    desk.keys("<Esc>");
    for keys in ["<Ctrl+O>", "<F3>", "<Ctrl+P>", "<F2>", "<F1>"] {
        desk.keys(keys).pastes(&some());
        look(&desk);
        desk.keys("<Esc><Esc>");
    }
    commands(desk.session(), seed);
    // Beside the lines: title, sides, people, the line, and what was pasted over the screen.
    lines.len() + 1 + 2 + 2 + 1 + 5
}

/// What commands print of a session.
fn commands(session: &Session, seed: u64) {
    let shown = Shown::from(session);
    printed(&export::text::minutes(shown), seed);
    printed(&export::json::session(shown).unwrap(), seed);
    let summary = crate::library::Summary::new(PathBuf::from(&session.title), shown, session.id);
    printed(&export::list::table(std::slice::from_ref(&summary)), seed);
    printed(&export::json::to_string(&[summary]).unwrap(), seed);
    let file = crate::storage::session_file::text(session, &kept::Unknowns::default()).unwrap();
    filed(&file, seed);
}

/// What is said where a text stands in the way.
fn told(text: &str, context: &Context, seed: u64) {
    let path = Path::new(text);
    let place = kept::Unreadable { line: 1, column: 1, what: text.to_owned() };
    let unsound = Trouble::Unsound { path: path.to_owned(), what: text.to_owned() };
    let unreadable = Unreadable { path: path.to_owned(), fault: Fault::Content, message: String::new() };
    let missing = Library { unreadable: vec![unreadable], ..Library::default() }.find(text).unwrap_err();
    let many = NotFound::Several { what: text.to_owned(), candidates: vec![text.to_owned(); 2] };
    let failures: [Failure; 7] = [
        Trouble::Unreadable { path: path.to_owned(), place }.into(),
        unsound.into(),
        Trouble::Newer { path: path.to_owned(), format: 9 }.into(),
        Failed::new(Act::Read, path, std::io::Error::other(text.to_owned())).into(),
        Failure::could_not(missing.to_string()).help(missing.help()),
        Failure::usage(many.to_string()).help(many.help()),
        Failure::input(text).help(text),
    ];
    for failure in failures {
        printed(&failure.words(false), seed);
    }
    let source =
        scripts::Source { name: text.to_owned(), text: format!("Script(title: \"{text}\", {text}: 1)") };
    if let Err(mistakes) = scripts::usable(&source, context) {
        printed(&mistakes.words(false), seed);
    }
    if let Err(problems) = Keymap::with_overrides(&format!("{{\"{text}\": [\"{text}\"]}}")) {
        problems.iter().for_each(|problem| printed(&crate::text::visible(&problem.to_string()), seed));
    }
    printed(&mistake::told(text, " (a.rs:1)"), seed);
}

/// So many sessions and so many errors, each with other texts; answers how many texts there were.
fn tried(sessions: u64, errors: u64) -> usize {
    let context = Context::new(Environment { color: false, ..Environment::of_process() }, None);
    let on_screen: usize = (0..sessions).map(on_screen).sum();
    for seed in 0..errors {
        told(&text(&mut SeededRandom::new(seed)), &context, seed);
    }
    on_screen + usize::try_from(errors).unwrap()
}

#[test]
fn no_text_acts_on_a_terminal() {
    assert!(tried(20, 2_000) > 2_500);
}

#[test]
#[ignore = "it takes minutes; tests/README.md says how it is run"]
fn deep_texts() {
    println!("texts: {} hostile ones shown, printed and told; acting bytes sent: 0", tried(16_200, 500_000));
}

/// A megabyte in one line, as somebody may write it into a file: every screen with it is drawn.
#[test]
fn a_megabyte_in_one_line_of_a_file_is_drawn() {
    let mut desk = Desk::begun();
    desk.keys("note<Enter><Ctrl+R><Down><Enter><Ctrl+F>thought<Enter><Esc>").until_saved();
    assert!(!desk.session().has_hidden());
    let (path, disk, now) = (desk.room().path(), desk.disk.clone(), desk.now);
    let mut session = desk.session().clone();
    assert_eq!(desk.farewell().trouble, None);
    session.title = "title ".repeat(180_000);
    let edited =
        crate::storage::session_file::text(&Shown::from(&session).to_file(), &kept::Unknowns::default());
    let long = format!("\"{}\"", "a long story ".repeat(80_000));
    let long = edited.unwrap().replace("\"note\"", &long).replace("\"thought\"", &long);
    assert!(long.len() > 2_000_000);
    let journals = crate::storage::Medium::list(&disk, Path::new("/state/journals")).unwrap();
    for name in journals {
        crate::storage::Medium::remove(&disk, &Path::new("/state/journals").join(name)).unwrap();
    }
    disk.tamper(&path, |bytes| *bytes = long.into_bytes());
    let mut desk = Desk::on(disk, now.plus_millis(1000));
    desk.app.go_on(&path, desk.moment()).unwrap();
    for keys in ["", "<Esc><Home>", "<Ctrl+P>", "<Esc><F3>", "<Esc><Ctrl+O>", "<Esc><F2>"] {
        drawn(&desk.keys(keys).sent(80, 24), 0);
    }
    drawn(&desk.sent(1, 1), 0);
    // No key is slow in the line, because nothing is taken into it that is too long to be kept.
    for keys in ["<Esc><Esc><Home>e", "<Ctrl+F><Down>e", "<Enter>"] {
        desk.keys(keys).shows("1040 kB of text; 100 kB is the most");
        desk.keys("<Right>").hides("kB of text");
    }
}
