//! Files of other versions: a newer one can be looked at and is never changed, and what this version doesn't
//! know is kept, up to a bound.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Home, Output, visavis};
use visavis::session::FORMAT;
use visavis::storage::kept;

const FILE: &str = "2026-11-22-purchasing-meets-sales.ron";

/// What stands in the sample's first note.
const NOTE: &str = "should-cost model";

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

/// What a visavis of the next format would write: a note of another kind, a person with a role that isn't known,
/// and a step of a new kind in the script, which nobody has come to.
fn text() -> String {
    let sketch = "    notes: [\n        Sketch(\n            id: \"zzzzzzzzzzzz\",\n            lines: [(0, 1), (2, 3)],\n        ),\n";
    let walk = "        steps: [\n            Walk(\n                key: \"walk\",\n                title: \"Outside\",\n            ),\n";
    sample()
        .replacen("format: 1,", "format: 2,", 1)
        .replacen("    notes: [\n", sketch, 1)
        .replacen("        steps: [\n", walk, 1)
        .replacen("role: DecisionMaker,", "role: Sponsor(of: \"Sales\"),", 1)
}

/// A home with such a file.
fn newer() -> (Home, PathBuf, String) {
    let text = text();
    let home = home(&text);
    let file = home.library().join(FILE);
    (home, file, text)
}

/// What is said on standard error, with the home folder left out.
fn told(home: &Home, output: &Output) -> String {
    output.stderr.replace(&home.path().display().to_string(), "~")
}

/// Everything in a folder, at any depth, but for what is remembered between sessions.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_newer_file_is_shown_as_far_as_it_is_understood() {
    let (home, file, _) = newer();
    let listed = visavis(&["list"]).home(&home).run();
    assert_eq!(listed.status, Some(0));
    assert!(listed.stdout.contains("closed, read-only") && listed.stdout.contains("Purchasing meets sales"));
    insta::assert_snapshot!(told(&home, &listed), @"“Purchasing meets sales” was written by a newer visavis (format 2), so it is read-only; 3 things in it aren't understood and are left out. Open it with that visavis, or a newer one, to see all of it.");
    let in_json = visavis(&["list", "--format", "json"]).home(&home).run();
    assert!(
        in_json.stdout.contains("\"left_out\": 3") && in_json.stderr == listed.stderr,
        "{}",
        in_json.stdout
    );
    let plain = visavis(&["show", "last"]).home(&self::home(&sample())).run();
    let shown = visavis(&["show", file.to_str().unwrap()]).home(&home).run();
    assert_eq!((shown.status, &shown.stderr), (Some(0), &listed.stderr));
    assert!(shown.stdout.contains(NOTE));
    assert_eq!(shown.stdout.lines().count(), plain.stdout.lines().count(), "{}", shown.stdout);
    let in_json = visavis(&["show", "last", "--format", "json"]).home(&home).run();
    assert!(in_json.stdout.contains(NOTE) && in_json.stdout.contains("\"format\": 2"));
    assert_eq!(in_json.stderr, listed.stderr);
    let agreed = visavis(&["decisions"]).home(&home).run();
    assert_eq!((agreed.status, &agreed.stderr), (Some(0), &listed.stderr));
    assert!(agreed.stdout.contains("Tom (accepted)"), "{}", agreed.stdout);
}

#[test]
fn a_newer_file_is_refused_in_words_where_it_would_be_changed() {
    let (home, file, text) = newer();
    let added = visavis(&["add", file.to_str().unwrap()]).home(&home).stdin("a note").run();
    assert_eq!(added.status, Some(3));
    insta::assert_snapshot!(told(&home, &added), @r#"
    error: "~/data/visavis/sessions/2026-11-22-purchasing-meets-sales.ron" was written by a newer visavis (format 2)
    help: open it with that visavis, or a newer one
    "#);
    let checked = visavis(&["doctor", "--repair"]).home(&home).run();
    assert_eq!(checked.status, Some(0), "nothing is wrong with it");
    insta::assert_snapshot!(checked.stdout.replace(&home.path().display().to_string(), "~"), @r#"
    told: "~/data/visavis/sessions/2026-11-22-purchasing-meets-sales.ron" was written by a newer visavis (format 2), so it is read-only; 3 things in it aren't understood and are left out
      open it with that visavis, or a newer one, to see all of it
    1 session and 0 journals looked at: all is well
    "#);
    assert_eq!(contents(&home.library()), [(file, text.into_bytes())]);
}

#[test]
fn what_is_damaged_or_strange_through_and_through_is_refused() {
    let refused = |text: &str| {
        let home = home(text);
        let shown = visavis(&["show", home.library().join(FILE).to_str().unwrap()]).home(&home).run();
        assert_eq!(shown.status, Some(3), "{}", shown.stdout);
        let checked = visavis(&["doctor", "--repair"]).home(&home).run();
        assert_eq!(checked.status, Some(1), "{}", checked.stdout);
        assert_eq!(contents(&home.library()), [(home.library().join(FILE), text.as_bytes().to_vec())]);
        told(&home, &shown)
    };
    insta::assert_snapshot!(refused(&text().replacen("    notes: [", "    notes: ]", 1)), @r#"
    error: couldn't read "~/data/visavis/sessions/2026-11-22-purchasing-meets-sales.ron", line 228, column 12: Unexpected char ']'
    help: mend it in an editor, or use its previous version, where one lies beside it
    "#);
    for no_version in ["0", "-1", "4294967296", "\"1\"", "[1]"] {
        let told = refused(&sample().replacen("format: 1", &format!("format: {no_version}"), 1));
        assert!(told.contains("its `format` should be the number of a version, like 1"), "{told}");
    }
    insta::assert_snapshot!(refused("Meeting(format: 2, sails: [Jib])"), @r#"
    error: "~/data/visavis/sessions/2026-11-22-purchasing-meets-sales.ron" was written by a newer visavis (format 2)
    help: open it with that visavis, or a newer one
    "#);
}

#[cfg(unix)]
mod on_screen {
    use super::*;
    use crate::harness::{Screen, Terminal};
    use crate::play::unbroken;

    fn terminal(home: &Home, args: &[&str]) -> Terminal {
        Terminal::builder().home(home).args(args).spawn()
    }

    #[track_caller]
    fn leave(mut terminal: Terminal) {
        terminal.keys("C-q");
        assert!(terminal.wait_exit().success());
    }

    /// What a refusal says, wherever it is broken over lines.
    fn says_why(screen: &Screen) -> bool {
        unbroken(screen).contains("writtenbyanewervisavis(format2),soitisread-only;3things")
    }

    #[test]
    fn a_newer_session_is_gone_on_with_by_reading_it() {
        let (home, file, text) = newer();
        let closed: Vec<&str> = text.lines().skip_while(|line| !line.contains("status: ")).take(3).collect();
        let open = text.replacen(&closed.join("\n"), "    status: Open,", 1);
        assert_ne!(open, text);
        for (text, meant) in [(text.clone(), file.to_str().unwrap()), (open, "last")] {
            let args = ["run", "--continue", meant];
            fs::write(&file, &text).unwrap();
            let mut terminal = terminal(&home, &args);
            let screen = terminal.expect("Newer format: read-only");
            assert!(says_why(&screen));
            terminal.keys("PageDown").wait_for(|screen| !says_why(screen));
            terminal.keys("o").wait_for(says_why);
            terminal.keys("Esc").expect("1 session");
            terminal.keys("o").wait_for(says_why);
            leave(terminal);
            assert_eq!(contents(&home.library()), [(file.clone(), text.into_bytes())]);
        }
    }

    #[test]
    fn the_next_of_a_newer_session_runs_a_script_that_is_wholly_understood() {
        let (home, file, text) = newer();
        let mut refused = terminal(&home, &["run", "--next-of", "last"]);
        assert_eq!(refused.wait_exit().exit_code(), 3);
        let said = unbroken(&refused.screen());
        assert!(said.contains("newervisavis(format2)") && said.contains("namethescripttorun"), "{said}");
        let terminal = terminal(&home, &["run", "taste", "--next-of", "last"]);
        terminal.expect("Marta");
        leave(terminal);
        assert_eq!(contents(&home.library()), [(file, text.into_bytes())]);
    }

    #[test]
    fn look_back_reads_a_newer_session_and_offers_nothing_that_would_change_it() {
        let (home, file, text) = newer();
        let mut terminal = terminal(&home, &[]);
        terminal.expect("1 session");
        let screen = terminal.keys("End Enter").expect("reads the minutes");
        assert!(screen.contains("newer"));
        terminal.keys("Enter").expect("Newer format: read-only");
        terminal.keys("C-s C-z C-p").expect("Search");
        terminal.keys("Esc o").wait_for(says_why);
        terminal.keys("Esc Esc").expect("Start");
        leave(terminal);
        assert_eq!(contents(&home.library()), [(file, text.into_bytes())]);
    }
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
