//! `visavis add` from outside: notes that come into a session from standard input, whether it runs or not.

use std::path::{Path, PathBuf};

use crate::harness::{Home, Terminal, visavis};
use crate::play::go_on;

const SCRIPT: &str = r#"Script(
    format: 1,
    title: "Two sides",
    sides: [(key: "buy", name: "Purchasing"), (key: "sell", name: "Sales")],
    steps: [
        Brainstorm(key: "ideas", title: "What do we do well?", time: "5m"),
        Brainstorm(key: "secret", title: "What do we fear?", time: "5m",
            rounds: [(title: "Write", time: "3m", hidden: true), (title: "Look", time: "2m")]),
        CheckOut(key: "leave", title: "Was it worth the time?", time: "1m", rating: 5),
    ],
)
"#;

/// A home with a session of the script that runs on the screen, in its first step.
fn running() -> Terminal {
    let home = Home::new();
    std::fs::write(home.work().join("my.ron"), SCRIPT).unwrap();
    let args = ["run", "my.ron", "--with", "Anna Berg:Purchasing, Bo:Sales"];
    let terminal = Terminal::builder().home(&home).args(&args).spawn();
    terminal.expect("all saved");
    terminal
}

/// The home of such a session that was left, in its first step or, with `PageDown`, a later one.
fn left(keys: &str) -> Home {
    let mut terminal = running();
    if !keys.is_empty() {
        terminal.keys(keys).expect("What do we fear?");
        terminal.expect("all saved");
    }
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    terminal.home().clone()
}

/// What `add` says and how it leaves.
#[track_caller]
fn add(home: &Home, args: &[&str], notes: impl Into<Vec<u8>>) -> (String, String, Option<i32>) {
    let args: Vec<&str> = ["add"].iter().chain(args).copied().collect();
    let output = visavis(&args).home(home).stdin(notes).run();
    (output.stdout, output.stderr, output.status)
}

#[track_caller]
fn added(home: &Home, args: &[&str], notes: &str) -> String {
    let (stdout, stderr, status) = add(home, args, notes);
    assert_eq!((stderr.as_str(), status), ("", Some(0)), "{args:?}");
    stdout
}

/// Each note as `text [tags] side`.
#[track_caller]
fn notes(home: &Home) -> Vec<String> {
    let shown = visavis(&["show", "last", "--format", "json"]).home(home).run();
    assert_eq!((shown.stderr.as_str(), shown.status), ("", Some(0)));
    let session: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    let Some(notes) = session["notes"].as_array() else { return Vec::new() };
    let told = |note: &serde_json::Value| {
        let part = |part: &str| note.get(part).map_or_else(String::new, |value| format!(" {value}"));
        format!("{}{}{}", note["text"].as_str().unwrap(), part("tags"), part("side"))
    };
    notes.iter().map(told).collect()
}

/// Everything below a folder: paths and bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_session_that_was_left_gets_its_notes_and_is_left_again() {
    let home = left("");
    let list = "- Two people at every visit #people\n2. @bo Lost deals are talked through\r\n\n• plain\n";
    insta::assert_snapshot!(
        added(&home, &["last"], list),
        @"Added 3 notes to “What do we do well?” (1 of Sales, 2 without a side)."
    );
    insta::assert_snapshot!(
        added(&home, &["two sides", "--step", "ideas", "--side", "purchasing"], "One contract\n"),
        @"Added 1 note to “What do we do well?” (1 of Purchasing)."
    );
    assert_eq!(
        notes(&home),
        [
            r#"Two people at every visit ["people"]"#,
            r#"Lost deals are talked through "sell""#,
            "plain",
            r#"One contract "buy""#
        ]
    );
    let mut terminal = go_on(&home);
    let screen = terminal.expect("One contract");
    assert!(screen.contains("Two people at every visit") && screen.contains("plain"));
    terminal.terminate();
    assert!(terminal.wait_exit().success());
}

#[test]
fn notes_for_a_hidden_round_stay_hidden() {
    let home = left("PageDown");
    insta::assert_snapshot!(
        added(&home, &["last", "--side", "P"], "Nobody asks us\n"),
        @"Added 1 note to “What do we fear?” (1 of Purchasing). They stay hidden until they are revealed."
    );
    assert!(notes(&home).is_empty());
    insta::assert_snapshot!(
        added(&home, &["last", "--step", "ideas"], "Late\n"),
        @"Added 1 note to “What do we do well?” (1 without a side)."
    );
    assert_eq!(notes(&home), ["Late"]);
    let mut terminal = go_on(&home);
    let screen = terminal.expect("1 hidden");
    assert!(!screen.contains("Nobody asks us"));
    terminal.keys("C-r Down Enter").expect("Nobody asks us");
}

#[test]
fn what_cannot_be_added_is_told_with_the_way_out_and_changes_nothing() {
    let home = left("");
    let sessions = home.path().join("data/visavis/sessions");
    for name in ["2026-11-24-mentoring.ron", "2026-11-22-purchasing-meets-sales.ron"] {
        let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/library");
        std::fs::copy(library.join(name), sessions.join(name)).unwrap();
    }
    std::fs::write(sessions.join("bad.ron"), "Session(\n  format: 1,\n  title: 7,\n)").unwrap();
    let before = files(home.path());
    let too_much = "x\n".repeat(5 * 1024 * 1024);
    let too_many = "x\n".repeat(20_000);
    let cases: [(&[&str], &[u8]); 13] = [
        (&[], b"one"),
        (&["two sides", "--step", "ideas"], b" \n\r\n"),
        (&["two sides"], b""),
        (&["two sides"], b"one\ntwo \xff"),
        (&["two sides"], too_much.as_bytes()),
        (&["two sides"], too_many.as_bytes()),
        (&["two sides", "--step", "idea"], b"one"),
        (&["two sides", "--step", "secret"], b"one"),
        (&["two sides", "--side", "\x1b[2Jbuyers"], b"one"),
        (&["mentoring"], b"one"),
        (&["purchasing", "--step", "practices"], b"one"),
        (&["bad"], b"one"),
        (&["board"], b"one"),
    ];
    let place = home.path().to_str().unwrap();
    let said = cases.map(|(args, notes)| {
        let (stdout, stderr, status) = add(&home, args, notes);
        assert_eq!(stdout, "", "{args:?}");
        format!("{args:?} leaves with {}\n{}", status.unwrap(), stderr.replace(place, "…"))
    });
    insta::assert_snapshot!(said.join("\n"), @r#"
    [] leaves with 2
    error: the following required arguments were not provided:
      <SESSION>

    Usage: visavis add <SESSION>

    For more information, try '--help'.

    ["two sides", "--step", "ideas"] leaves with 3
    error: standard input held no notes
    help: write one a line, like this: `visavis add last < notes.txt`

    ["two sides"] leaves with 3
    error: standard input held no notes
    help: write one a line, like this: `visavis add last < notes.txt`

    ["two sides"] leaves with 3
    error: standard input, line 2: this is no text in UTF-8
    help: save it as UTF-8 text, then add it again

    ["two sides"] leaves with 3
    error: that is more than 8 MiB of notes at once
    help: add them in parts

    ["two sides"] leaves with 1
    error: that is 20000 at once; 10000 is the most
    help: add them in parts

    ["two sides", "--step", "idea"] leaves with 2
    error: this session has no step `idea`
    help: its steps are: ideas, secret, leave

    ["two sides", "--step", "secret"] leaves with 1
    error: the step “What do we fear?” has not begun yet
    help: go to the step once, then add to it

    ["two sides", "--side", "\u{1b}[2Jbuyers"] leaves with 2
    error: this session has no side `␛[2Jbuyers`
    help: its sides are: Purchasing, Sales

    ["mentoring"] leaves with 1
    error: this session has not begun, so there is no step to add to
    help: go to the first step, then add the notes

    ["purchasing", "--step", "practices"] leaves with 1
    error: this session is closed
    help: reopen it first to change anything

    ["bad"] leaves with 3
    error: couldn't read "…/data/visavis/sessions/bad.ron", line 3, column 9: Expected string
    help: put it right in an editor, or take an earlier version of it

    ["board"] leaves with 1
    error: no session is called "board"
    help: `visavis list` shows them all
    "#);
    assert_eq!(files(home.path()), before);
}

#[test]
fn a_running_session_shows_the_notes_at_once_and_keeps_them_through_a_crash() {
    let mut terminal = running();
    let home = terminal.home().clone();
    insta::assert_snapshot!(
        added(&home, &["last"], "@Bo Lost deals are talked through #learning\nTwo people at every visit\n"),
        @"Added 2 notes to “What do we do well?” (1 of Sales, 1 without a side). “Two sides” is running, and has them."
    );
    terminal.expect("Lost deals are talked through");
    terminal.expect("From outside: 2 added.");
    terminal.kill9();
    terminal.wait_exit();

    let mut terminal = go_on(&home);
    let screen = terminal.expect("Lost deals are talked through");
    let rows = |text: &str| screen.rows().iter().filter(|row| row.contains(text)).count();
    assert_eq!((rows("Lost deals are talked through"), rows("Two people at every visit")), (1, 1));
    terminal.type_text("typed half");
    insta::assert_snapshot!(
        added(&home, &["last", "--side", "sell"], "One more\n"),
        @"Added 1 note to “What do we do well?” (1 of Sales). “Two sides” is running, and has them."
    );
    terminal.expect("One more");
    // What somebody was typing is still there.
    terminal.type_text(" and whole").keys("Enter").expect("typed half and whole");
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    assert_eq!(
        notes(&home),
        [
            r#"Lost deals are talked through ["learning"] "sell""#,
            "Two people at every visit",
            r#"One more "sell""#,
            r#"typed half and whole "buy""#
        ]
    );
}

#[test]
fn a_program_that_dies_meanwhile_neither_loses_nor_doubles_a_note() {
    for _ in 0..3 {
        let mut terminal = running();
        let home = terminal.home().clone();
        let told = std::thread::scope(|scope| {
            let adding = scope.spawn(|| added(&home, &["last"], "From paper\n"));
            terminal.kill9();
            adding.join().unwrap()
        });
        assert!(told.starts_with("Added 1 note to “What do we do well?” (1 without a side)."), "{told}");
        terminal.wait_exit();
        added(&home, &["last"], "One more\n");
        assert_eq!(notes(&home), ["From paper", "One more"]);
    }
}

#[test]
fn several_programs_can_add_at_once() {
    let home = left("");
    let all: Vec<String> = (0..6).map(|n| format!("From paper {n}")).collect();
    std::thread::scope(|scope| {
        for note in &all {
            scope.spawn(|| added(&home, &["last"], note));
        }
    });
    added(&home, &["last"], "The last one\n");
    let mut there = notes(&home);
    there.sort();
    assert_eq!(there, [all, vec!["The last one".to_owned()]].concat());
}
