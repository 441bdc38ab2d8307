//! Files of other versions: a newer one is left as it is and said to be newer, and what this version doesn't
//! know is kept, up to a bound.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Home, Output, visavis};
use visavis::session::FORMAT;
use visavis::storage::kept;

const FILE: &str = "2026-11-22-purchasing-meets-sales.ron";

fn sample() -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/samples");
    fs::read_to_string(samples.join("purchasing-meets-sales.ron")).unwrap()
}

fn home(text: &str) -> Home {
    let home = Home::new();
    fs::create_dir_all(home.library()).unwrap();
    fs::write(home.library().join(FILE), text).unwrap();
    home
}

/// A home with a file of the next format, and what it says: it still looks like one of this version, and must not be
/// taken for one.
fn newer() -> (Home, PathBuf, String) {
    let text = sample().replacen("format: 1,", "format: 2,", 1);
    let home = home(&text);
    let file = home.library().join(FILE);
    (home, file, text)
}

/// What is said on standard error, with the home folder left out.
#[track_caller]
fn told(home: &Home, output: &Output) -> String {
    assert!(!output.stdout.contains("Purchasing"), "{}", output.stdout);
    output.stderr.replace(&home.path().display().to_string(), "~")
}

#[test]
fn a_newer_file_is_said_to_be_newer_and_left_as_it_is() {
    let (home, file, text) = newer();
    let listed = visavis(&["list"]).home(&home).run();
    assert_eq!(listed.status, Some(0));
    insta::assert_snapshot!(told(&home, &listed), @r#"
    left out: couldn't read "~/data/visavis/sessions/2026-11-22-purchasing-meets-sales.ron": its format is 2, and this visavis knows up to 1
    "#);
    let shown = visavis(&["show", file.to_str().unwrap()]).home(&home).run();
    assert_eq!(shown.status, Some(3));
    insta::assert_snapshot!(told(&home, &shown), @r#"
    error: "~/data/visavis/sessions/2026-11-22-purchasing-meets-sales.ron" was written by a newer visavis (format 2)
    help: open it with that visavis, or a newer one
    "#);
    let added = visavis(&["add", file.to_str().unwrap()]).home(&home).stdin("a note").run();
    assert_eq!((added.status, told(&home, &added)), (Some(3), told(&home, &shown)));
    let checked = visavis(&["doctor", "--repair"]).home(&home).run();
    assert!(checked.status == Some(1) && checked.stdout.contains("newer visavis (format 2)"), "{checked:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[cfg(unix)]
#[test]
fn a_newer_file_is_not_gone_on_with() {
    use crate::harness::Terminal;
    let (home, file, text) = newer();
    let args = ["run", "--continue", file.to_str().unwrap()];
    let mut terminal = Terminal::builder().home(&home).args(&args).spawn();
    assert_eq!(terminal.wait_exit().exit_code(), 3);
    let shown = crate::play::unbroken(&terminal.screen());
    assert!(shown.contains("newervisavis(format2)"), "{shown}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn more_unknown_names_than_are_kept_are_told() {
    let with = |names: usize| {
        let fields: String = (0..names).map(|name| format!("    later{name}: {name},\n")).collect();
        home(&sample().replacen("    format: 1,\n", &format!("    format: 1,\n{fields}"), 1))
    };
    let (most, too_many) = (with(kept::UNKNOWN_NAMES), with(kept::UNKNOWN_NAMES + 1));
    let show = |home: &Home| visavis(&["show", "last"]).home(home).run().status;
    assert_eq!((show(&most), show(&too_many)), (Some(0), Some(1)));
    let listed = visavis(&["list"]).home(&too_many).run().stderr;
    assert!(listed.contains("more than 100 names of fields that this visavis doesn't know"), "{listed}");
}

/// One file at least of each format that was ever released; `samples` reads them all.
#[test]
fn there_is_a_sample_of_each_format() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/samples");
    let files = fs::read_dir(samples).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let mut formats: Vec<u32> = files.map(|bytes| kept::format_of(&bytes).unwrap().unwrap()).collect();
    formats.sort_unstable();
    formats.dedup();
    assert_eq!(formats, (1..=FORMAT).collect::<Vec<u32>>());
}
