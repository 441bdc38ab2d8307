//! An anonymous session in the real program: whoever is named in what is typed is in no file afterwards.

use crate::harness::{Home, Terminal, visavis};
use crate::play::{enter, go_on, saved};

const SCRIPT: &str = r#"Script(
    format: 1,
    title: "What nobody says",
    sides: [(key: "buy", name: "Purchasing"), (key: "sell", name: "Sales")],
    confidential: true,
    anonymous: true,
    steps: [
        Brainstorm(key: "ideas", title: "What do we fear?", time: "5m"),
        CheckOut(key: "leave", title: "Was it worth the time?", time: "1m", rating: 5),
    ],
)
"#;

#[track_caller]
fn nowhere(home: &Home) {
    let files = crate::harness::files(home.path());
    assert!(!files.is_empty());
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).to_lowercase();
        assert!(!text.contains("zebedee"), "{} names who wrote", file.display());
    }
}

#[test]
fn who_wrote_is_in_no_byte() {
    let home = Home::new();
    std::fs::write(home.work().join("my.ron"), SCRIPT).unwrap();
    let mut terminal = Terminal::builder().home(&home).args(&["run", "my.ron"]).spawn();
    let screen = terminal.expect("Begin");
    assert!(!screen.contains("People") && screen.contains("confidential and anonymous"));
    terminal.keys("Enter").expect("Anonymous: nothing says who wrote what.");
    terminal.type_text("@Zebedee fears the budget").keys("Enter").expect("This session is anonymous");
    terminal.keys("C-u");
    enter(&mut terminal, "The budget", "The budget");
    let added = visavis(&["add", "last"]).home(&home).stdin("More work @Zebedee\n").run();
    assert_eq!(added.status, Some(1));
    assert!(added.stderr.contains("this session is anonymous"), "{}", added.stderr);
    terminal.keys("C-o").expect("it keeps no names");
    // What is being typed is kept too, but no further than the sign.
    terminal.type_text("half @Zebedee").expect("half @Zebedee");
    terminal.keys("C-t");
    saved(&terminal, "half @Zebedee");
    nowhere(&home);
    terminal.kill9();
    terminal.wait_exit();
    nowhere(&home);
    let mut terminal = go_on(&home);
    saved(&terminal, "The budget");
    terminal.keys("C-u PageDown").expect("1 to 5 and a word");
    terminal.type_text("4 said Zed @Zebedee").keys("Enter").expect("This session is anonymous");
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    nowhere(&home);
    for format in ["text", "json"] {
        let shown = visavis(&["show", "last", "--format", format]).home(&home).run();
        assert!(shown.stdout.contains("The budget") && !shown.stdout.contains("Zebedee"), "{}", shown.stdout);
    }
}

/// People do not vote where no names are kept: the dots are counted on paper, for a side or for all together.
#[test]
fn dots_say_nothing_of_who_gave_them() {
    let home = Home::new();
    let vote = r#"Vote(key: "pick", title: "Which one?", from: ["ideas"], dots: 3, keep: 1, time: "2m"),"#;
    let script = SCRIPT.replace("        CheckOut(", &format!("        {vote}\n        CheckOut("));
    std::fs::write(home.work().join("my.ron"), script).unwrap();
    let mut terminal = Terminal::builder().home(&home).args(&["run", "my.ron"]).spawn();
    terminal.expect("Begin");
    terminal.keys("Enter").expect("Anonymous: nothing says who wrote what.");
    enter(&mut terminal, "The budget", "The budget");
    enter(&mut terminal, "More work", "More work");
    terminal.keys("PageDown").expect("Which one?");
    terminal.type_text("1 2").keys("Enter").expect("This session keeps no names");
    terminal.keys("C-u");
    terminal.type_text("@Zebedee 1").keys("Enter").expect("Nothing here says");
    terminal.keys("C-u");
    let ballots = || {
        let shown = visavis(&["show", "last", "--format", "json"]).home(&home).run();
        let value: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
        let ballots = value["ballots"].as_array().cloned().unwrap_or_default();
        ballots.iter().map(|ballot| ballot["by"].to_string()).collect::<Vec<_>>()
    };
    terminal.paste("1: 4 5 1\n2: 1 0 2\n");
    terminal.expect("Take the counts of these 2?");
    terminal.keys("Enter");
    saved(&terminal, "13 dots are placed, hidden");
    assert_eq!(ballots(), [] as [&str; 0], "what is hidden is in no file yet");
    terminal.keys("C-r").expect("P4  S5");
    terminal.keys("C-s");
    terminal.expect_on_disk(&home.session(), "ballots");
    assert_eq!(ballots(), [r#"{"Side":"buy"}"#, r#"{"Side":"sell"}"#, r#""Together""#]);
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    nowhere(&home);
}

#[test]
fn a_confidential_session_is_listed_where_it_is_asked_for() {
    let home = Home::new();
    std::fs::write(home.work().join("my.ron"), SCRIPT).unwrap();
    let named = visavis(&["run", "my.ron", "--with", "Zebedee:Sales"]).home(&home).run();
    assert_eq!(named.status, Some(2));
    insta::assert_snapshot!(named.stderr, @r"
    error: --with names people, and this session is anonymous: it keeps no names
    help: leave --with out
    ");
    let mut terminal = Terminal::builder().home(&home).args(&["run", "my.ron", "--title", "Fears"]).spawn();
    saved(&terminal, "What do we fear?");
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    for format in ["text", "json"] {
        let listed = |flags: &[&str]| {
            let args = [&["list", "--format", format], flags].concat();
            visavis(&args).home(&home).run()
        };
        let left_out = listed(&[]);
        assert!(!left_out.stdout.contains("Fears"), "{}", left_out.stdout);
        assert_eq!(left_out.stderr, "left out: a confidential session; --confidential lists it too\n");
        let all = listed(&["--confidential"]);
        assert!(all.stdout.contains("Fears") && all.stderr.is_empty(), "{}", all.stdout);
    }
}
