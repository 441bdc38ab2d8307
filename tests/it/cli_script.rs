//! `visavis script`, `paths`, `man` and `completions` from outside: what they print, where, and how they leave.

use crate::harness::{Home, starting, visavis};
use std::process::{Command, Stdio};

/// Runs `visavis` in a folder with `script` as `my.ron`: standard output, standard error, exit status.
#[track_caller]
fn with_script(script: impl AsRef<[u8]>, args: &[&str]) -> (String, String, Option<i32>) {
    let home = Home::new();
    std::fs::write(home.work().join("my.ron"), script).unwrap();
    let output = visavis(args).home(&home).run();
    (output.stdout, output.stderr, output.status)
}

/// What `script check` says of a script that is wrong.
#[track_caller]
fn refused(script: impl AsRef<[u8]>) -> String {
    let (stdout, stderr, status) = with_script(script, &["script", "check", "my.ron"]);
    assert_eq!((stdout.as_str(), status), ("", Some(3)), "{stderr}");
    stderr
}

/// What a command says that could not be done.
#[track_caller]
fn could_not(args: &[&str]) -> String {
    let output = visavis(args).run();
    assert_eq!((output.stdout.as_str(), output.status), ("", Some(1)), "{}", output.stderr);
    output.stderr
}

const FRAME: &str = r#"Script(
    format: 1,
    title: "Two sides",
    sides: [(key: "a", name: "A"), (key: "b", name: "B")],
    steps: [
STEPS    ],
)
"#;

fn steps(steps: &str) -> String {
    FRAME.replace("STEPS", steps)
}

#[test]
fn an_unknown_step_is_told_with_its_place_and_what_was_meant() {
    let script = steps(
        r#"        Brainstrom(key: "ideas", title: "Ideas", time: "5m"),
        Decide(key: "decide", title: "What now?", time: "5m"),
"#,
    );
    insta::assert_snapshot!(refused(script), @r#"
    error: there is no step kind `Brainstrom`
     --> my.ron:6:9
      |
    6 |         Brainstrom(key: "ideas", title: "Ideas", time: "5m"),
      |         ^^^^^^^^^^
      |
      = help: did you mean `Brainstorm`?

    my.ron: 1 mistake
    "#);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let script = steps(
        r#"        Brainstorm(key: "ideas", title: "", time: "5 min", dots: 3),
        Mirror(key: "Mirror", title: "How?", time: "5m", from: ["idea"], lens: "value"),
        Silence(key: "ideas", title: "Quiet", time: "0s"),
"#,
    );
    insta::assert_snapshot!(refused(script), @r#"
    error: `title` is empty
     --> my.ron:6:41
      |
    6 |         Brainstorm(key: "ideas", title: "", time: "5 min", dots: 3),
      |                                         ^^
      |
      = help: say it in a few words

    error: `time` must be a length of time
     --> my.ron:6:51
      |
    6 |         Brainstorm(key: "ideas", title: "", time: "5 min", dots: 3),
      |                                                   ^^^^^^^
      |
      = help: write it like "90s", "5m" or "1h30m"

    error: Brainstorm has no field `dots`
     --> my.ron:6:60
      |
    6 |         Brainstorm(key: "ideas", title: "", time: "5 min", dots: 3),
      |                                                            ^^^^
      |
      = help: `dots` belongs to `Vote`

    error: a key has lower case letters a to z, digits and `-` inside
     --> my.ron:7:21
      |
    7 |         Mirror(key: "Mirror", title: "How?", time: "5m", from: ["idea"], lens: "value"),
      |                     ^^^^^^^^
      |
      = help: write it like "mirror"

    error: there is no step `idea`
     --> my.ron:7:65
      |
    7 |         Mirror(key: "Mirror", title: "How?", time: "5m", from: ["idea"], lens: "value"),
      |                                                                 ^^^^^^
      |
      = help: did you mean `ideas`?

    error: there is no lens `value`
     --> my.ron:7:80
      |
    7 |         Mirror(key: "Mirror", title: "How?", time: "5m", from: ["idea"], lens: "value"),
      |                                                                                ^^^^^^^
      |
      = help: add `lenses: [(key: "value", aspects: ["…", "…"])]` to the script

    error: another step has this key already
     --> my.ron:8:22
      |
    8 |         Silence(key: "ideas", title: "Quiet", time: "0s"),
      |                      ^^^^^^^
      |
     ::: my.ron:6:25
      |
    6 |         Brainstorm(key: "ideas", title: "", time: "5 min", dots: 3),
      |                         ------- here
      |
      = help: give each step its own

    error: `time` is no time at all
     --> my.ron:8:53
      |
    8 |         Silence(key: "ideas", title: "Quiet", time: "0s"),
      |                                                     ^^^^
      |
      = help: write it like "90s", "5m" or "1h30m"

    my.ron: 8 mistakes
    "#);
}

#[test]
fn a_syntax_error_stands_alone() {
    insta::assert_snapshot!(refused("Script(\n    format: 1\n    titel: \"x\",\n)\n"), @r#"
    error: a comma is missing before this
     --> my.ron:3:5
      |
    3 |     titel: "x",
      |     ^
      |
      = help: or a field's `:`, or the end of a text or list that stands before it

    my.ron: 1 mistake
    "#);
    insta::assert_snapshot!(refused("Script(format: 1, title: \"x"), @r#"
    error: this text has no closing quote
     --> my.ron:1:26
      |
    1 | Script(format: 1, title: "x
      |                          ^
      |
      = help: end it with `"`; a `"` inside a text is written `\"`

    my.ron: 1 mistake
    "#);
    insta::assert_snapshot!(refused(""), @r#"
    error: there is nothing in this script
     --> my.ron:1:1
      |
    1 |
      | ^
      |
      = help: it begins with `Script(`

    my.ron: 1 mistake
    "#);
}

#[test]
fn a_newer_format_is_one_clear_word() {
    insta::assert_snapshot!(refused("Script(format: 7, what: \"ever\")\n"), @r#"
    error: this script has format 7, and this visavis knows formats up to 1
     --> my.ron:1:16
      |
    1 | Script(format: 7, what: "ever")
      |                ^
      |
      = help: a newer visavis can read it

    my.ron: 1 mistake
    "#);
}

#[test]
fn no_control_character_is_sent() {
    let script = steps(
        "        Brainstrom(key: \"\u{1b}]0;x\u{7}\", title: \"\u{1b}[2J\u{202e}\", time: \"5m\"), // \u{9b}1m\r\n",
    );
    let told = refused(script);
    assert!(told.chars().all(|letter| letter == '\n' || !letter.is_control()), "{told:?}");
    assert!(!told.contains('\u{202e}'), "{told:?}");
    insta::assert_snapshot!(told, @r#"
    error: there is no step kind `Brainstrom`
     --> my.ron:6:9
      |
    6 |         Brainstrom(key: "␛]0;x␇", title: "␛[2J�", time: "5m"), // �1m
      |         ^^^^^^^^^^
      |
      = help: did you mean `Brainstorm`?

    error: a key has lower case letters a to z, digits and `-` inside
     --> my.ron:6:25
      |
    6 |         Brainstrom(key: "␛]0;x␇", title: "␛[2J�", time: "5m"), // �1m
      |                         ^^^^^^^^
      |
      = help: write it like "0-x"

    my.ron: 2 mistakes
    "#);
}

#[test]
fn hostile_files_are_refused_in_words() {
    insta::assert_snapshot!(refused("[".repeat(100_000)), @r#"
    error: brackets are nested too deeply here
     --> my.ron:1:66
      |
    1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                                  ^
      |
      = help: a script needs no more than six levels

    my.ron: 1 mistake
    "#);
    insta::assert_snapshot!(refused(b"Script(\n\xff\xfe"), @r#"
    error: my.ron, line 2, column 1: this is no text in UTF-8
    help: save the file as UTF-8 text
    "#);
    insta::assert_snapshot!(refused(" ".repeat(2 << 20)), @r#"
    error: my.ron is too large for a script
    help: allow more, in MiB, as in VISAVIS_READ_LIMIT=256
    "#);
    insta::assert_snapshot!(refused("\u{0}\u{0}"), @r#"
    error: this cannot be read: unexpected char '\0'
     --> my.ron:1:1
      |
    1 | ␀␀
      | ^

    my.ron: 1 mistake
    "#);
}

#[test]
fn a_file_that_cannot_be_read_is_no_wrong_script() {
    insta::assert_snapshot!(could_not(&["script", "check", "nope.ron"]), @r#"error: couldn't read "nope.ron": it is not there"#);
    insta::assert_snapshot!(could_not(&["script", "check", "."]), @r#"error: couldn't read ".": it is not an ordinary file"#);
    insta::assert_snapshot!(could_not(&["script", "plan", "tasta"]), @r#"
    error: there is no script `tasta`
    help: did you mean `taste`?
    "#);
    insta::assert_snapshot!(could_not(&["script", "show", "mentoring"]), @r#"
    error: there is no script `mentoring`
    help: `visavis script list` tells the names; a file's name ends with .ron
    "#);
}

#[test]
fn several_files_are_all_checked_and_the_worst_counts() {
    let home = Home::new();
    std::fs::write(home.work().join("wrong.ron"), "Script()").unwrap();
    assert_eq!(visavis(&["script", "new", "good"]).home(&home).run().status, Some(0));
    let output = visavis(&["script", "check", "wrong.ron", "nope.ron", "good.ron"]).home(&home).run();
    assert_eq!(output.stdout, "good.ron: can be run, 5 steps, 20m\n");
    assert!(output.stderr.contains("wrong.ron:1:1") && output.stderr.contains(r#"couldn't read "nope.ron""#));
    assert_eq!(output.status, Some(3));
}

#[test]
fn a_warning_does_not_stop_anything() {
    let script = steps(
        r#"        Vote(key: "vote", title: "Which?", time: "5m"),
        CheckOut(key: "leave", title: "What now?", time: "5m"),
"#,
    );
    let (stdout, stderr, status) = with_script(&script, &["script", "check", "my.ron"]);
    assert_eq!((stdout.as_str(), status), ("my.ron: can be run, 2 steps, 10m\n", Some(0)));
    insta::assert_snapshot!(stderr, @r#"
    warning: no step decides anything
     --> my.ron:5:12
      |
    5 |     steps: [
      |            ^
      |
      = help: a Decide near the end lets the session leave something behind

    my.ron: 1 warning
    "#);
    let (stdout, stderr, status) = with_script(&script, &["script", "plan", "my.ron"]);
    assert_eq!((stderr.as_str(), status), ("", Some(0)));
    insta::assert_snapshot!(stdout, @r#"
    Two sides, 10m

    0:00  5m  Vote      Which?
    0:05  5m  CheckOut  What now?
    0:10  end
    "#);
}

#[test]
fn nothing_is_planned_from_a_wrong_script() {
    let (stdout, stderr, status) = with_script(steps("        Yoga(),\n"), &["script", "plan", "my.ron"]);
    assert_eq!((stdout.as_str(), status), ("", Some(3)));
    insta::assert_snapshot!(stderr, @r#"
    error: there is no step kind `Yoga`
     --> my.ron:6:9
      |
    6 |         Yoga(),
      |         ^^^^
      |
      = help: the kinds are `CheckIn`, `Brainstorm`, `Cluster`, `Vote`, `Mirror`, `Silence`, `Discuss`, `Decide`, `FollowUp`, `Break` and `CheckOut`

    my.ron: 1 mistake
    "#);
}

#[test]
fn shipped_scripts_are_listed_shown_and_planned() {
    let list = visavis(&["script", "list"]).run();
    insta::assert_snapshot!(list.stdout, @r#"
    taste                            20m  a first try for any two sides
    mentoring-regular-meeting        45m  a mentor and a mentee who meet every other week
    shared-customer-retrospective     1h  all who work for one and the same customer
    purchasing-meets-sales         1h30m  those who manage suppliers and those who manage customers
    "#);
    let list = visavis(&["script", "list", "--format", "json"]).run();
    let names: serde_json::Value = serde_json::from_str(&list.stdout).unwrap();
    assert_eq!(names[0]["name"], "taste");
    let shown = visavis(&["script", "show", "taste"]).run();
    assert_eq!(shown.stdout, include_str!("../../sessions/scripts/taste.ron"));
    let plan = visavis(&["script", "plan", "taste", "--at", "23:45"]).run();
    insta::assert_snapshot!(plan.stdout, @r#"
    A taste of cross-learning, 20m

        23:45  5m  Brainstorm  What works well with us?
               3m              Write: alone, hidden
               2m              Look together: all together
        23:50  6m  Mirror      How does the other side do it?
        23:56  4m  Silence     Two minutes
               2m              silence
               2m              insights
    00:00 +1d  4m  Decide      Which one thing do we try?
    00:04 +1d  1m  CheckOut    Was it worth twenty minutes?
    00:05 +1d  end
    "#);
    let plan = visavis(&["script", "plan", "purchasing-meets-sales", "--format", "json"]).run();
    let plan: serde_json::Value = serde_json::from_str(&plan.stdout).unwrap();
    assert_eq!(plan["ends"], "1:30");
    assert_eq!(plan["steps"][1]["parts"][1]["begins"], "0:10");
}

#[test]
fn a_copy_can_be_made_once() {
    let home = Home::new();
    let made = visavis(&["script", "new", "ours", "--from", "purchasing-meets-sales"]).home(&home).run();
    insta::assert_snapshot!(made.stdout, @r#"
    Wrote ours.ron. Change what you like, then:
      visavis script check ours.ron
      visavis run ours.ron
    "#);
    let copy = std::fs::read_to_string(home.work().join("ours.ron")).unwrap();
    assert!(copy.ends_with(include_str!("../../sessions/scripts/purchasing-meets-sales.ron")));
    let checked = visavis(&["script", "check", "ours.ron"]).home(&home).run();
    assert_eq!((checked.stderr.as_str(), checked.status), ("", Some(0)));
    let again = visavis(&["script", "new", "ours.ron"]).home(&home).run();
    assert_eq!((again.stdout.as_str(), again.status), ("", Some(1)));
    insta::assert_snapshot!(again.stderr, @r#"
    error: couldn't create "ours.ron": there is one already
    help: choose another name: `visavis script new NAME`
    "#);
    assert_eq!(std::fs::read_to_string(home.work().join("ours.ron")).unwrap(), copy);
    insta::assert_snapshot!(could_not(&["script", "new", "nowhere/x"]), @r#"
    error: couldn't create "nowhere/x.ron": it is not there
    help: its folder must be there first
    "#);
    insta::assert_snapshot!(could_not(&["script", "new", "--from", "nothing"]), @r#"
    error: there is no script `nothing`
    help: `visavis script list` tells the names; a file's name ends with .ron
    "#);
}

#[test]
fn a_wrong_command_line_is_told_apart() {
    for args in [
        &["script"][..],
        &["scrip"],
        &["script", "plan", "taste", "--at", "25:00"],
        &["paths", "--format", "xml"],
    ] {
        let output = visavis(args).run();
        assert_eq!((output.stdout.as_str(), output.status), ("", Some(2)), "{args:?}");
    }
    let output = visavis(&["\u{1b}]0;x\u{7}"]).run();
    assert!(output.stderr.starts_with("error: unrecognized subcommand '␛]0;x␇'\n"), "{}", output.stderr);
    let output = visavis(&["--version"]).run();
    assert_eq!(
        (output.stdout.as_str(), output.status),
        (concat!("visavis ", env!("CARGO_PKG_VERSION"), "\n"), Some(0))
    );
}

#[test]
fn paths_tell_where_everything_lies() {
    let home = Home::new();
    let output = visavis(&["paths", "--library", "/mine"]).env("VISAVIS_LIBRARY", "/other").home(&home).run();
    assert!(output.stdout.starts_with("library  /mine\n"), "{}", output.stdout);
    let output = visavis(&["paths", "--format", "json"]).env("VISAVIS_LIBRARY", "/other").home(&home).run();
    let paths: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(paths["library"], "/other");
    let output = visavis(&["paths"]).home(&home).run();
    insta::assert_snapshot!(output.stdout.replace(home.path().to_str().unwrap(), "…"), @r"
    library  …/data/visavis/sessions
    state    …/state/visavis
    config   …/config/visavis
    ");
    let output = visavis(&["paths", "--format", "json"]).env("VISAVIS_LIBRARY", "").home(&home).run();
    let paths: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    for name in ["library", "state", "config"] {
        assert!(paths[name].as_str().unwrap().starts_with(home.path().to_str().unwrap()), "{name}");
    }
}

#[test]
fn manual_and_completions_are_written() {
    let home = Home::new();
    let manual = visavis(&["man"]).home(&home).run();
    for page in ["visavis", "visavis-run", "visavis-add", "visavis-script-plan"] {
        assert!(manual.stdout.contains(&format!(".TH {page} 1")), "{page}");
    }
    assert_eq!(visavis(&["man", "--dir", "man/man1"]).home(&home).run().status, Some(0));
    assert!(home.work().join("man/man1/visavis-script-check.1").exists());
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = visavis(&["completions", shell]).run();
        assert_eq!((output.stderr.as_str(), output.status), ("", Some(0)), "{shell}");
        for word in ["visavis", "run", "add", "continue", "step"] {
            assert!(output.stdout.contains(word), "{word} in {shell}");
        }
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let child = {
        let _one = starting();
        Command::new(env!("CARGO_BIN_EXE_visavis")).arg("man").stdout(writer).stderr(Stdio::piped()).spawn()
    };
    let output = child.unwrap().wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
