//! `visavis decisions`: exact output and exit status, over a folder of a series, a confidential session and a
//! broken file.

use crate::harness::{Output, visavis};
use std::path::{Path, PathBuf};

fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/series")
}

fn asked(args: &[&str]) -> Output {
    let args: Vec<&str> = ["decisions", "--on", "2026-11-10"].iter().chain(args).copied().collect();
    visavis(&args).library(&library()).run()
}

#[track_caller]
fn done(args: &[&str]) -> String {
    let output = asked(args);
    assert_eq!(output.status, Some(0), "{}", output.stderr);
    output.stdout
}

#[test]
fn all_that_was_agreed_stands_with_what_became_of_it() {
    insta::assert_snapshot!(done(&[]), @r"
    Overdue
    -------

    - A shared price list
      Nobody's yet; Dora will be asked by 20 October 2026
      Open question from Joint board, 1 October 2026
    - =book the room, both of them
      Bo (not yet asked), due 1 November 2026
      Action from Joint board, 1 October 2026

    Open
    ----

    - When the plan is drafted, I will send it round
      Anna Berg (accepted), due 1 December 2026
      5 November 2026: going on (the figures ␛[2J come late)
      Action from Joint board, 1 October 2026
    - Purchasing and sales read one customer plan
      Anna Berg (accepted), due 15 January 2027
      Decision from Joint board, 1 October 2026

    Dropped
    -------

    - invite delivery
      Erik (absent)
      5 November 2026: dropped
      Action from Joint board, 1 October 2026
    ");
}

#[test]
fn what_is_left_out_is_told_beside_it() {
    let told = asked(&[]).stderr;
    let folder = library().display().to_string();
    insta::assert_snapshot!(told.replace(&folder, "/library"), @r#"
    left out: couldn't read "/library/2026-11-07-broken.ron", line 3, column 8: Expected string
    left out: a confidential session; name it to see what it agreed on
    "#);
}

#[test]
fn it_can_be_narrowed_down() {
    insta::assert_snapshot!(done(&["--overdue"]), @r"
    Overdue
    -------

    - A shared price list
      Nobody's yet; Dora will be asked by 20 October 2026
      Open question from Joint board, 1 October 2026
    - =book the room, both of them
      Bo (not yet asked), due 1 November 2026
      Action from Joint board, 1 October 2026
    ");
    insta::assert_snapshot!(done(&["--open", "--owner", "anna"]), @r"
    Open
    ----

    - When the plan is drafted, I will send it round
      Anna Berg (accepted), due 1 December 2026
      5 November 2026: going on (the figures ␛[2J come late)
      Action from Joint board, 1 October 2026
    - Purchasing and sales read one customer plan
      Anna Berg (accepted), due 15 January 2027
      Decision from Joint board, 1 October 2026
    ");
    insta::assert_snapshot!(done(&["--owner", "nobody"]), @r"
    Overdue
    -------

    - A shared price list
      Nobody's yet; Dora will be asked by 20 October 2026
      Open question from Joint board, 1 October 2026
    ");
    insta::assert_snapshot!(done(&["--owner", "Zoe"]), @"Nothing of that kind was agreed.");
}

#[test]
fn a_confidential_session_is_read_where_it_is_named() {
    insta::assert_snapshot!(done(&["cleo"]), @r"
    Open
    ----

    - speak up in the board
      Cleo (accepted), due 20 November 2026
      Action from Anna and Cleo, 6 November 2026
    ");
    assert!(!asked(&["cleo"]).stderr.contains("confidential"));
}

#[test]
fn a_spreadsheet_takes_it_and_nothing_in_it_acts() {
    insta::assert_snapshot!(done(&["--format", "csv", "--open"]).replace('\r', ""), @r#"
    kind,text,owner,accepted,due,status,why,told,session,opened,id
    open question,A shared price list,,nobody's yet,2026-10-20,overdue,,,Joint board,2026-10-01,0000000000d2
    action,"'=book the room, both of them",Bo,not yet asked,2026-11-01,overdue,,,Joint board,2026-10-01,0000000000e2
    action,"When the plan is drafted, I will send it round",Anna Berg,accepted,2026-12-01,going on,the figures ␛[2J come late,2026-11-05,Joint board,2026-10-01,0000000000e1
    decision,Purchasing and sales read one customer plan,Anna Berg,accepted,2027-01-15,open,,,Joint board,2026-10-01,0000000000d1
    "#);
}

#[test]
fn json_has_the_names_of_the_file() {
    let told: serde_json::Value =
        serde_json::from_str(&done(&["--format", "json", "--owner", "anna"])).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&told[0]).unwrap(), @r#"
    {
      "confidential": false,
      "due": "2026-12-01",
      "of": {
        "session": "0000000b0ard",
        "what": {
          "Action": "0000000000e1"
        }
      },
      "open": true,
      "overdue": false,
      "owner": {
        "Owned": {
          "acceptance": "Accepted",
          "by": {
            "Named": "Anna Berg"
          }
        }
      },
      "series": "0000000b0ard",
      "session": "Joint board",
      "since": "2026-10-01T14:00:00.000+01:00",
      "standing": {
        "GoingOn": {
          "by": "2026-12-01"
        }
      },
      "text": "When the plan is drafted, I will send it round",
      "told": "2026-11-05T14:20:00.000+01:00",
      "why": "the figures \u001b[2J come late"
    }
    "#);
}

#[test]
fn what_cannot_be_told_is_told_by_the_status() {
    assert_eq!(asked(&["nothing-like-it"]).status, Some(1));
    assert_eq!(visavis(&["decisions", "--on", "soon"]).run().status, Some(2));
    assert_eq!(asked(&["2026-11-07-broken"]).status, Some(3));
}
