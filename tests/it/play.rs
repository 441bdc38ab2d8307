//! What the tests of the running program share: the words they wait for, and the reading of what it saved.

use crate::harness::{Home, Screen, Terminal};
use std::path::Path;
use visavis::session::{Participant, PersonId, Session};
use visavis::storage::{Disk, session_file};

/// The arguments that go on with the newest session.
pub(crate) const GO_ON: [&str; 3] = ["run", "--continue", "last"];

/// The arguments that run what [`put_long_script`] puts.
pub(crate) const RUN_LONG: [&str; 4] = ["run", "long.ron", "--with", "Ann:North, Bo:South"];

/// Puts a script of one step, in which notes are seen by all and no time runs out.
pub(crate) fn put_long_script(home: &Home) {
    const SCRIPT: &str = r#"
Script(
    format: 1,
    title: "A long round",
    sides: [(key: "north", name: "North"), (key: "south", name: "South")],
    steps: [Brainstorm(key: "notes", title: "What do you know?", time: "2h")],
)
"#;
    std::fs::write(home.work().join("long.ron"), SCRIPT).expect("a script");
}

/// Waits until this text is on the screen and all that is on the screen is on the disk.
#[track_caller]
pub(crate) fn saved(terminal: &Terminal, text: &str) -> Screen {
    terminal.wait_for(|screen| screen.contains(text) && screen.contains("all saved"))
}

/// Types a line, enters it, and waits until this is on the screen and on the disk.
#[track_caller]
pub(crate) fn enter(terminal: &mut Terminal, line: &str, shown: &str) -> Screen {
    terminal.type_text(line).keys("Enter");
    saved(terminal, shown)
}

/// Leaves a session in which nothing is hidden; it stays open.
#[track_caller]
pub(crate) fn leave(terminal: &mut Terminal) {
    terminal.keys("C-q").expect("All of it is saved in");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
}

/// Goes on with the newest session of this home.
pub(crate) fn go_on(home: &Home) -> Terminal {
    Terminal::builder().home(home).args(&GO_ON).spawn()
}

/// How often a text stands on the screen.
pub(crate) fn count(screen: &Screen, text: &str) -> usize {
    screen.rows().iter().map(|row| row.matches(text).count()).sum()
}

/// The screen's rows as one text without any blanks: what was broken over lines is whole again.
pub(crate) fn unbroken(screen: &Screen) -> String {
    screen.rows().concat().split_whitespace().collect()
}

/// A session's file, read as the program reads it.
#[track_caller]
pub(crate) fn read(path: &Path) -> Session {
    session_file::load(&Disk, path).unwrap_or_else(|error| panic!("{error}")).0
}

/// What its notes say.
pub(crate) fn texts(session: &Session) -> Vec<String> {
    session.notes.iter().map(|note| note.text.clone()).collect()
}

/// The person of this name.
#[track_caller]
pub(crate) fn person(session: &Session, name: &str) -> PersonId {
    let named = |person: &&Participant| person.name == name;
    session.people.iter().find(named).unwrap_or_else(|| panic!("{name} is not there")).id
}
