//! An anonymous session in the real program: whoever is named in what is typed is in no file afterwards.

use crate::harness::{Home, Terminal, visavis};
use crate::play::{enter, saved};

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
    let mut terminal = Terminal::builder().home(&home).args(&["run", "--continue", "last"]).spawn();
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
