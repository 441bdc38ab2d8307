//! Whatever a session is called and however its files are named, everything stays in its folder, for its owner alone.

use crate::harness::{Home, Terminal, visavis};
use crate::play::{go_on, saved};
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};

/// Everything below a folder with its mode: files, folders, pipes.
fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let meta = fs::symlink_metadata(&path).unwrap();
        found.push((path.clone(), meta.mode() & 0o7777));
        if meta.is_dir() {
            found.extend(modes(&path));
        }
    }
    found
}

/// A session in a program with this umask, with a note, a draft, something handed in, and a file that was written.
fn run_under(umask: &str) -> (Home, Vec<(PathBuf, u32)>) {
    let program = env!("CARGO_BIN_EXE_visavis");
    let start = format!("umask {umask}; exec \"$0\" \"$@\"");
    let args =
        ["-c", &start, program, "run", "taste", "--title", "../../out\u{1b}:CON", "--with", "Ann:North"];
    let mut terminal = Terminal::builder().program("sh").args(&args).spawn();
    terminal.expect("What works well with us?");
    terminal.type_text("a note").keys("Enter");
    saved(&terminal, "North  1 hidden");
    terminal.type_text("a draft");
    terminal.expect_on_disk(&terminal.home().state(), "a draft");
    let home = terminal.home().clone();
    let added = visavis(&["add", "last", "--side", "South"]).stdin("by phone\n").home(&home).run();
    assert_eq!(added.status, Some(0), "{}", added.stderr);
    terminal.expect("South  1 hidden");
    let mut all = modes(&home.path().join("data"));
    all.extend(modes(&home.path().join("state")));
    terminal.keys("C-q").expect("is saved in");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    all.extend(modes(&home.path().join("data")));
    (home, all)
}

#[test]
fn everything_is_its_owners_alone_under_any_umask() {
    for umask in ["000", "022", "777"] {
        let (home, all) = run_under(umask);
        assert!(all.len() > 15, "{all:?}");
        for (path, mode) in &all {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(*mode, wanted, "{umask}: {} is {mode:o}", path.display());
        }
        let session = home.session();
        let name = session.file_name().unwrap().to_str().unwrap();
        assert!(name.ends_with("-out-con.ron"), "{name}");
        let mut left: Vec<_> =
            fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["data", "state", "work"], "nothing lies outside");
    }
}

/// A file outside, and links to it wherever the program is going to write.
#[test]
fn links_are_not_followed_on_writing() {
    let home = Home::new();
    let victim = home.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    let mut terminal = Terminal::builder().home(&home).args(&["run", "taste", "--title", "Linked"]).spawn();
    saved(&terminal, "Round 1 of 2");
    terminal.type_text("one").keys("Enter");
    saved(&terminal, "North  1 hidden");
    terminal.kill9();
    terminal.wait_exit();
    let file = home.session();
    let journal = fs::read_dir(home.state().join("journals")).unwrap().next().unwrap().unwrap().path();
    let beside = |path: &Path, ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    let remembered = home.state().join("remembered.ron");
    let planted = [
        beside(&file, ".new"),
        beside(&file, ".previous"),
        beside(&file, ".previous.new"),
        beside(&journal, ".new"),
        beside(&remembered, ".new"),
        remembered,
    ];
    for link in &planted {
        let _ = fs::remove_file(link);
        symlink(&victim, link).unwrap();
    }
    let mut terminal = go_on(&home);
    saved(&terminal, "North  1 hidden");
    terminal.type_text("two").keys("Enter");
    saved(&terminal, "North  2 hidden");
    terminal.keys("C-s C-q").expect("is saved in");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert!(fs::symlink_metadata(&file).unwrap().is_file());
    assert!(fs::symlink_metadata(beside(&file, ".previous")).unwrap().is_file());
}

/// A copy of a script, and pages of the manual, where somebody has put a link.
#[test]
fn commands_that_write_files_follow_no_links() {
    let home = Home::new();
    let victim = home.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    symlink(&victim, home.work().join("mine.ron")).unwrap();
    symlink(&victim, home.work().join("visavis.1")).unwrap();
    let new = visavis(&["script", "new", "mine.ron"]).home(&home).run();
    assert_ne!(new.status, Some(0), "{}", new.stdout);
    assert_eq!(visavis(&["man", "--dir", "."]).home(&home).run().status, Some(0));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert!(fs::symlink_metadata(home.work().join("visavis.1")).unwrap().is_file());
}
