//! A real disk that is full, can only be read, or is gone: the screen says NOT SAVED and why, a copy is saved
//! elsewhere, and saving goes on by itself when the disk does.
//!
//! A disk of its own is given to a program where the system lets anybody do that; elsewhere that is printed.

use crate::harness::{
    Builder, Home, Screen, Terminal, files, has_prlimit, sessions, starting, visavis_limited,
};
use crate::play::{RUN_LONG, go_on, leave, put_long_script, read, saved, texts, unbroken};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use visavis::storage::{Disk, Places, Store};

const VISAVIS: &str = env!("CARGO_BIN_EXE_visavis");

/// The smallest piece of a disk in memory.
const PAGE: usize = 4096;

/// A program in which notes are taken, and what was taken.
struct Writing {
    terminal: Terminal,
    places: Places,
    notes: Vec<String>,
    copies: usize,
}

impl Writing {
    /// A session that is begun by the program that was prepared, whose folders this test finds there.
    fn begun(prepared: Builder, home: &Home, places: impl FnOnce(&Terminal) -> Places) -> Self {
        put_long_script(home);
        let terminal = prepared.home(home).args(&RUN_LONG).spawn();
        saved(&terminal, "North  0 ");
        let places = places(&terminal);
        Self { terminal, places, notes: Vec::new(), copies: 0 }
    }

    /// Enters a note and has the session's file written.
    fn write(&mut self) {
        let text = format!("{}: {}", self.notes.len() + 1, "what is long ".repeat(40).trim_end());
        self.terminal.type_text(&text).keys("Enter");
        self.notes.push(text);
        self.terminal.expect(&format!("North  {} ", self.notes.len()));
        self.terminal.keys("C-s");
    }

    /// How long its journal is.
    fn journal(&self) -> u64 {
        let journals = files(&self.places.journals()).into_iter();
        journals.map(|file| file.metadata().unwrap().len()).max().unwrap()
    }

    /// The same where nothing is amiss yet; answers whether both were saved.
    fn writes(&mut self) -> bool {
        self.write();
        let newest = self.notes.last().expect("a note");
        let failed = |screen: &Screen| screen.contains("NOT SAVED");
        self.terminal.expect_on_disk_unless(&self.places.library, newest, failed)
    }

    /// The screen says why nothing is saved, and a copy of all can be saved elsewhere.
    fn is_not_saved(&mut self, why: &str) {
        self.terminal.wait_for(|screen| screen.contains("NOT SAVED") && screen.contains(why));
        self.copies += 1;
        let copy = self.terminal.home().path().join(format!("copy-{}.ron", self.copies));
        self.terminal.keys("C-p").expect("type a word of it");
        self.terminal.type_text("copy").expect("Save a copy in another place");
        self.terminal.keys("Enter").expect("Save a copy to this folder or file");
        self.terminal.type_text(copy.to_str().unwrap()).keys("Enter").expect("A copy is saved");
        assert_eq!(texts(&read(&copy)), self.notes);
    }

    /// All is shown as saved, and is on the disk: what stands in the journal, and in the file.
    fn is_saved(&self) {
        saved(&self.terminal, &format!("North  {} ", self.notes.len()));
        let open = Store::new(Arc::new(Disk), self.places.clone()).open_sessions().unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(texts(&open[0].session), self.notes);
        let files = sessions(&self.places.library);
        assert_eq!(files.len(), 1, "{files:?}");
        self.terminal.expect_on_disk(&files[0], self.notes.last().map_or("A long round", String::as_str));
        assert_eq!(texts(&read(&files[0])), self.notes);
    }
}

fn done(program: &str, args: &[&str]) -> bool {
    let _one = starting();
    Command::new(program).args(args).output().is_ok_and(|output| output.status.success())
}

/// Whether programs can be given a disk of their own here; told where they can't.
fn can_mount() -> bool {
    let home = Home::new();
    let can = done("unshare", &["-Urm", "mount", "-t", "tmpfs", "none", home.path().to_str().unwrap()]);
    if !can {
        println!("skipped: nobody may mount a disk of their own here");
    }
    can
}

/// A program that has a disk of its own in this folder, which goes with it.
fn with_disk(folder: &Path, then: &str) -> Builder {
    fs::create_dir_all(folder).unwrap();
    let mount = format!("mount -t tmpfs -o size=1m,mode=700 none \"$0\" && {then} exec \"$@\"");
    Terminal::builder().program("unshare").args(&[
        "-Urm",
        "sh",
        "-c",
        &mount,
        folder.to_str().unwrap(),
        VISAVIS,
    ])
}

/// Where this test finds a folder of a program that has a disk of its own.
fn seen(terminal: &Terminal, folder: &Path) -> PathBuf {
    PathBuf::from(format!("/proc/{}/root", terminal.process())).join(folder.strip_prefix("/").unwrap())
}

/// Fills a disk but for so many pages; answers the file that does.
fn fill(disk: &Path, free: usize) -> PathBuf {
    let filler = disk.join("filler");
    let mut file = File::create(&filler).unwrap();
    while file.write_all(&[0; PAGE]).is_ok() {}
    let full = file.metadata().unwrap().len();
    file.set_len(full.saturating_sub((free * PAGE) as u64)).unwrap();
    filler
}

#[test]
fn a_disk_that_is_full_at_each_stage_of_saving() {
    if !can_mount() {
        return;
    }
    let home = Home::new();
    let disk = home.path().join("disk");
    let (library, state) = (disk.join("library"), disk.join("state"));
    let prepared = with_disk(&disk, "").library(&library).env("XDG_STATE_HOME", &state);
    let mut writing = Writing::begun(prepared, &home, |terminal| Places {
        library: seen(terminal, &library),
        state: seen(terminal, &state.join("visavis")),
    });
    let disk = seen(&writing.terminal, &disk);
    for free in [0, 1, 2, 3, 5, 8] {
        let filler = fill(&disk, free);
        while writing.writes() {}
        writing.is_not_saved("The disk is full: couldn't");
        fs::remove_file(filler).unwrap();
        // After the first time nothing is done but waiting; otherwise the next change tries it at once.
        if free > 0 {
            writing.write();
        }
        writing.is_saved();
    }
    leave(&mut writing.terminal);
}

/// The soft limit of a running program's files: byte for byte, where a disk is filled page by page.
fn limit(terminal: &Terminal, bytes: &str) {
    let (process, limit) = (format!("--pid={}", terminal.process()), format!("--fsize={bytes}:unlimited"));
    assert!(done("prlimit", &[&process, &limit]));
}

#[test]
fn a_command_whose_files_may_grow_no_further_says_so() {
    if !has_prlimit() {
        return;
    }
    let home = Home::new();
    let mut writing = Writing::begun(Terminal::builder(), &home, |_| home.places());
    assert!(writing.writes());
    leave(&mut writing.terminal);
    for limit in [100, writing.journal() + 100] {
        let limited = visavis_limited(&format!("--fsize={limit}"), &["add", "last"]);
        let output = limited.home(&home).stdin("z".repeat(9000)).run();
        assert_eq!(output.status, Some(1), "{output:?}");
        assert!(output.stderr.contains("it is too large"), "{output:?}");
    }
    let open = Store::new(Arc::new(Disk), writing.places).open_sessions().unwrap();
    assert_eq!(texts(&open[0].session), writing.notes);
}

#[test]
fn a_file_that_may_grow_no_further_at_each_stage_of_saving() {
    if !has_prlimit() {
        return;
    }
    let home = Home::new();
    let mut writing = Writing::begun(Terminal::builder(), &home, |_| home.places());
    assert!(writing.writes());
    let mut failed = 0;
    for more in [0, 1, 11, 12, 100, 400, 600, 700, 800, 900, 1200, 1600] {
        limit(&writing.terminal, &(writing.journal() / 2 + more).to_string());
        if !writing.writes() {
            failed += 1;
            writing.terminal.expect("It is too large: couldn't");
        }
        limit(&writing.terminal, "unlimited");
        writing.write();
        writing.is_saved();
    }
    assert!(failed > 5, "{failed} times only");
    limit(&writing.terminal, "100");
    assert!(!writing.writes());
    limit(&writing.terminal, "unlimited");
    writing.is_saved();
    leave(&mut writing.terminal);
}

#[test]
fn a_library_that_can_only_be_read() {
    if !can_mount() {
        return;
    }
    let home = Home::new();
    let library = home.path().join("library");
    let prepared = with_disk(&library, "").library(&library);
    let mut writing = Writing::begun(prepared, &home, |terminal| Places {
        library: seen(terminal, &library),
        state: home.state(),
    });
    let process = format!("--target={}", writing.terminal.process());
    let inside = ["--preserve-credentials", "--user", "--mount", &process, "mount", "-o"];
    let mount = |how| assert!(done("nsenter", &[&inside[..], &[how, library.to_str().unwrap()]].concat()));
    assert!(writing.writes());
    mount("remount,ro");
    assert!(!writing.writes());
    writing.is_not_saved("The disk can only be read: couldn't");
    mount("remount,rw");
    writing.is_saved();
    leave(&mut writing.terminal);
}

/// It is said before anything happens in a session.
#[test]
fn a_library_that_could_never_be_written() {
    if !can_mount() {
        return;
    }
    let home = Home::new();
    put_long_script(&home);
    let library = home.path().join("library");
    let prepared = with_disk(&library, "mount -o remount,ro \"$0\" &&").library(&library);
    let mut terminal = prepared.home(&home).args(&RUN_LONG).spawn();
    assert_eq!(terminal.wait_exit().exit_code(), 1);
    let said = unbroken(&terminal.screen());
    assert!(said.contains("thediskcanonlyberead") && said.contains("chooseanotherfolder"), "{said}");
}

#[test]
fn a_library_that_goes_and_comes_back() {
    let home = Home::new();
    let mut writing = Writing::begun(Terminal::builder(), &home, |_| home.places());
    assert!(writing.writes());
    let (library, away) = (home.library(), home.path().join("away"));
    fs::rename(&library, &away).unwrap();
    assert!(!writing.writes());
    writing.is_not_saved("It is not there: couldn't");
    fs::rename(&away, &library).unwrap();
    writing.is_saved();
    fs::rename(&library, &away).unwrap();
    assert!(!writing.writes());
    writing.terminal.kill9();
    writing.terminal.wait_exit();
    fs::rename(&away, &library).unwrap();
    writing.terminal = go_on(&home);
    writing.is_saved();
    leave(&mut writing.terminal);
}

/// Whatever is removed of what the session is kept in: it is noticed with the next note, told, and kept anew.
#[test]
fn what_the_session_is_kept_in_is_removed_while_it_runs() {
    let home = Home::new();
    let mut writing = Writing::begun(Terminal::builder(), &home, |_| home.places());
    assert!(writing.writes());
    let journals = writing.places.journals();
    for _ in 0..2 {
        let is_journal = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "journal");
        let mut found = files(&journals).into_iter().filter(is_journal);
        fs::remove_file(found.next().unwrap()).unwrap();
        writing.write();
        writing.is_saved();
        for folder in [&journals, &home.state()] {
            fs::remove_dir_all(folder).unwrap();
            writing.write();
            writing.is_saved();
        }
    }
    fs::remove_dir_all(home.state()).unwrap();
    writing.terminal.type_text("One more").keys("Enter");
    writing.notes.push("One more".to_owned());
    let screen = saved(&writing.terminal, "North  8 ");
    assert!(screen.contains("Somebody removed this session's journal"), "{:?}", screen.rows());
    writing.terminal.kill9();
    writing.terminal.wait_exit();
    writing.terminal = go_on(&home);
    writing.terminal.keys("C-s");
    writing.is_saved();
    leave(&mut writing.terminal);
}
