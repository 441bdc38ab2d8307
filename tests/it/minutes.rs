//! `visavis show` and `list`: exact output and exit status, over a folder of two sessions.

use crate::harness::visavis;
use std::path::{Path, PathBuf};

fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/library")
}

#[track_caller]
fn done(args: &[&str]) -> String {
    let output = visavis(args).library(&library()).run();
    assert_eq!((output.status, output.stderr.as_str()), (Some(0), ""), "{args:?}");
    output.stdout
}

#[test]
fn the_minutes_are_fit_to_be_mailed() {
    insta::assert_snapshot!(done(&["show", "purchasing"]), @r"
    Purchasing meets sales
    ======================
    Sunday 22 November 2026, 14:00 to 14:30

    Each side leaves with one decision that lasts.

    Purchasing (SRM): Anna Berg (decision-maker)
    Sales (CRM): Bo

    Decided
    -------

    1. We go through lost deals together
       Decided by consent. Owner: Bo (accepted).
       To be reviewed on 20 December 2026.
       It rests on:
       - Lost deals talked through ␛[2J within a week (note, Sales)

    Who does what
    -------------

    - Bo (accepted), by 5 December 2026, for decision 1:
      When a deal is lost, I will invite purchasing within a week

    Step by step
    ------------

    1. What do we do well?
       brainstorm, 14:00 to 14:14, took 14 min, planned 12 min
       One practice a note.

       Purchasing
       - Should-cost model before each negotiation #price (Anna Berg)

       Sales
       - Lost deals talked through ␛[2J within a week

    2. What do we commit to?
       decisions, 14:14 to 14:30, took 16 min, planned 20 min
       Led to: decision 1; one action (above).
    ");
}

#[test]
fn the_newest_session_is_meant_where_none_is_named() {
    let newest = done(&["show"]);
    assert_eq!(newest, done(&["show", "last"]));
    insta::assert_snapshot!(newest, @r"
    Mentoring
    =========
    Tuesday 24 November 2026 (not begun)
    Confidential: for those who took part.

    Mentor and Mentee

    Decided
    -------

    Nothing was decided.

    Who does what
    -------------

    Nobody has taken anything on yet.

    Not reached
    -----------

    - How are you?
    ");
}

#[test]
fn a_file_outside_the_library_can_be_shown() {
    let file = library().join("2026-11-24-mentoring.ron");
    let output = visavis(&["show", file.to_str().unwrap()]).run();
    assert_eq!((output.status, output.stdout), (Some(0), done(&["show", "mentoring"])));
}

#[test]
fn json_reads_back() {
    let value: serde_json::Value =
        serde_json::from_str(&done(&["show", "purchasing", "--format", "json"])).unwrap();
    assert_eq!(value["notes"][0]["tags"][0], "price");
    assert_eq!(value["notes"][1]["text"], "Lost deals talked through \u{1b}[2J within a week");
    assert_eq!(value["script"]["steps"][0]["Brainstorm"]["time"], "12m");
    let list: serde_json::Value =
        serde_json::from_str(&done(&["list", "--confidential", "--format", "json"])).unwrap();
    assert_eq!(list[1]["title"], "Purchasing meets sales");
    assert_eq!(list[1]["open_actions"], 1);
    assert_eq!(list[1]["status"]["Closed"]["at"], "2026-11-22T14:30:00.000+01:00");
}

/// Whose dots they are, and how many each thing got.
#[test]
fn json_tells_the_ballots() {
    let sample = "sessions/samples/shared-customer-retrospective.ron";
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
    let told = done(&["show", sample.to_str().unwrap(), "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&told).unwrap();
    let called = |list: &str, id: &serde_json::Value| {
        let found = value[list].as_array().unwrap().iter().find(|item| item["id"] == *id).unwrap();
        found["name"].as_str().unwrap().to_owned()
    };
    let ballots = value["ballots"].as_array().unwrap().iter().map(|ballot| {
        let dots = ballot["dots"].as_array().unwrap().iter();
        let dots =
            dots.map(|given| format!("{}: {}", called("clusters", &given["what"]["Cluster"]), given["dots"]));
        format!("{} gave {}", called("people", &ballot["by"]["Person"]), dots.collect::<Vec<_>>().join(", "))
    });
    insta::assert_snapshot!(ballots.collect::<Vec<_>>().join("\n"), @r"
    Nadia gave Two voices to one customer: 1, What one side knows: 2
    Erik gave Two voices to one customer: 1, What one side knows: 1, Seeing it together: 1
    Jun gave What one side knows: 2, Seeing it together: 1
    Lotte gave Two voices to one customer: 1, What one side knows: 2
    Amir gave Two voices to one customer: 2, What one side knows: 1
    Sanne gave What one side knows: 2, Seeing it together: 1
    ");
}

#[test]
fn the_list_is_a_table_newest_first() {
    insta::assert_snapshot!(done(&["list", "--confidential"]), @r"
    Date        Status  Step    People  Decided  To do  Title                   File
    2026-11-24  open    0 of 1       0        0      0  Mentoring               2026-11-24-mentoring
    2026-11-22  closed  2 of 2       2        1      1  Purchasing meets sales  2026-11-22-purchasing-meets-sales
    ");
}

#[test]
fn what_is_not_there_is_said_with_the_way_out() {
    let output = visavis(&["show", "board"]).library(&library()).run();
    assert_eq!((output.status, output.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(output.stderr, @r#"
    error: no session is called "board"
    help: `visavis list` shows them all
    "#);
    let output = visavis(&["show", "2026"]).library(&library()).run();
    assert_eq!(output.status, Some(1));
    insta::assert_snapshot!(output.stderr, @r#"
    error: "2026" fits 2 sessions
    help: name one by its file: 2026-11-24-mentoring, 2026-11-22-purchasing-meets-sales
    "#);
}

#[test]
fn one_bad_file_does_not_spoil_the_list() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["2026-11-24-mentoring.ron", "2026-11-22-purchasing-meets-sales.ron"] {
        std::fs::copy(library().join(name), folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("bad.ron"), "Session(\n  format: \"\u{1b}]\",\n").unwrap();
    let output = visavis(&["list", "--confidential"]).library(folder.path()).run();
    assert_eq!((output.status, output.stdout), (Some(0), done(&["list", "--confidential"])));
    let place = folder.path().to_str().unwrap();
    insta::assert_snapshot!(output.stderr.replace(place, "…"), @r#"left out: couldn't read "…/bad.ron", line 2, column 16: Unexpected end of RON"#);
    let output = visavis(&["show", "bad"]).library(folder.path()).run();
    assert_eq!((output.status, output.stdout.as_str()), (Some(3), ""));
    insta::assert_snapshot!(output.stderr.replace(place, "…"), @r#"
    error: couldn't read "…/bad.ron", line 2, column 16: Unexpected end of RON
    help: put it right in an editor, or take an earlier version of it
    "#);
}

#[test]
fn an_empty_library_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let list = visavis(&["list"]).library(folder.path()).run();
    assert_eq!(
        (list.status, list.stdout.as_str()),
        (Some(0), "No sessions yet. `visavis run` begins one.\n")
    );
    let json = visavis(&["list", "--format", "json"]).library(folder.path()).run();
    assert_eq!((json.status, json.stdout.as_str()), (Some(0), "[]\n"));
    let show = visavis(&["show"]).library(folder.path()).run();
    assert_eq!(show.status, Some(1));
    insta::assert_snapshot!(show.stderr, @r"
    error: there is no session yet
    help: `visavis run` begins one
    ");
}
