//! A confidential note in the real program: its words are in the session's file, and in nothing that is shown
//! elsewhere unless it is asked for.

use crate::harness::{Home, Output, Terminal, visavis};
use crate::play::{enter, saved};

const SCRIPT: &str = r#"Script(
    format: 1,
    title: "What holds us up",
    sides: [(key: "buy", name: "Purchasing"), (key: "sell", name: "Sales")],
    steps: [
        Brainstorm(key: "ideas", title: "What holds us up?", time: "5m"),
        Mirror(key: "mirror", title: "How do we do it?", time: "5m", from: ["ideas"], views: [Ours]),
    ],
)
"#;

fn run(home: &Home, args: &[&str]) -> Output {
    visavis(args).home(home).run()
}

#[test]
fn its_words_are_shown_elsewhere_only_where_that_is_asked_for() {
    let home = Home::new();
    std::fs::write(home.work().join("my.ron"), SCRIPT).unwrap();
    let args = ["run", "my.ron", "--with", "Anna:Sales", "--title", "Slow days"];
    let mut terminal = Terminal::builder().home(&home).args(&args).spawn();
    saved(&terminal, "What holds us up?");
    enter(&mut terminal, "Slow answers", "Slow answers");
    enter(&mut terminal, "Zebedee decides alone", "Zebedee decides alone");
    terminal.keys("Esc").expect("edit");
    terminal.keys("c");
    saved(&terminal, "left out wherever this session is shown");
    // A topic that is made from it.
    terminal.keys("PageDown").expect("Brought along");
    terminal.keys("Esc End Enter").expect("Topic from a note");
    terminal.keys("Enter");
    saved(&terminal, "Topics  1");
    terminal.terminate();
    assert!(terminal.wait_exit().success());

    for format in ["text", "json"] {
        let shown = run(&home, &["show", "last", "--format", format]);
        assert!(!shown.stdout.contains("Zebedee"), "{}", shown.stdout);
        assert_eq!(shown.stderr, "left out: a confidential note; --confidential shows it too\n");
        let all = run(&home, &["show", "last", "--format", format, "--confidential"]);
        assert!(all.stdout.matches("Zebedee decides alone").count() >= 2, "{}", all.stdout);
        assert!(all.stderr.is_empty(), "{}", all.stderr);
        for args in [["list", "--format", format], ["decisions", "--format", format]] {
            let told = run(&home, &args);
            assert!(!told.stdout.contains("Zebedee") && !told.stderr.contains("Zebedee"), "{}", told.stdout);
        }
    }
}

#[test]
fn the_command_line_says_what_a_session_keeps_to_itself() {
    let home = Home::new();
    std::fs::write(home.work().join("my.ron"), SCRIPT).unwrap();
    let both = ["run", "my.ron", "--confidential", "--anonymous"];
    let mut terminal = Terminal::builder().home(&home).args(&both).spawn();
    terminal.expect("confidential and anonymous");
    terminal.keys("Enter").expect("Confidential: what is said here stays with those who take part.");
    saved(&terminal, "conf., anon.");
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    let at_once = ["run", "my.ron", "--confidential", "--title", "At once", "--with", "Anna:Sales"];
    let mut terminal = Terminal::builder().home(&home).args(&at_once).spawn();
    terminal.expect("Confidential: what is said here stays with those who take part.");
    saved(&terminal, "What holds us up?");
    terminal.terminate();
    assert!(terminal.wait_exit().success());
    let listed = run(&home, &["list"]);
    assert_eq!(listed.stderr, "left out: 2 confidential sessions; --confidential lists them too\n");

    let named = run(&home, &["run", "my.ron", "--anonymous", "--with", "Zebedee:Sales"]);
    assert_eq!(named.status, Some(2));
    assert!(named.stderr.contains("this session is anonymous"), "{}", named.stderr);
    let alone = run(&home, &["run", "--confidential"]);
    assert_eq!(alone.status, Some(2));
    insta::assert_snapshot!(alone.stderr, @r"
    error: --title, --with, --at, --confidential and --anonymous need a script
    help: name one, as in `visavis run taste`; `visavis script list` tells which there are
    ");
}
