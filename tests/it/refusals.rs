//! What cannot be done is said in words, with what to do, before anything has begun.

use crate::harness::{Home, Terminal, files, visavis};
use crate::play::unbroken;
use std::fs;

/// Two mistakes of meaning: a step that does not exist, and one that takes from a step that is not there.
const MISTAKEN: &str = r#"Script(
    format: 1,
    title: "Wrong",
    sides: [(key: "a", name: "A"), (key: "b", name: "B")],
    steps: [
        Brainstrom(key: "ideas", title: "Ideas", time: "5m"),
        CheckOut(key: "out", title: "Out", time: "5 parsecs"),
    ],
)
"#;

/// What a program has left in a home folder.
fn left_in(home: &Home) -> Vec<String> {
    let all = files(&home.library()).into_iter().chain(files(&home.state()));
    all.map(|path| path.display().to_string()).collect()
}

#[test]
fn without_a_terminal_nothing_runs() {
    for args in [vec![], vec!["run", "taste"], vec!["run", "taste", "--with", "Ann:North"]] {
        let home = Home::new();
        let output = visavis(&args).home(&home).run();
        assert_eq!((output.status, output.stdout.as_str()), (Some(1), ""), "{args:?}");
        insta::allow_duplicates!(insta::assert_snapshot!(output.stderr, @r"
        error: visavis needs a terminal to run a session on, and there is none here
        help: start it in a terminal window; `visavis show` and `visavis list` work without one
        "));
        assert_eq!(left_in(&home), [""; 0]);
    }
}

#[test]
fn a_script_with_mistakes_starts_nothing() {
    let home = Home::new();
    fs::write(home.work().join("wrong.ron"), MISTAKEN).unwrap();
    let mut terminal = Terminal::builder().home(&home).size(120, 40).args(&["run", "wrong.ron"]).spawn();
    assert_eq!(terminal.wait_exit().exit_code(), 3);
    let screen = terminal.screen();
    assert!(!screen.is_alternate());
    for text in ["wrong.ron:6:9", "Brainstrom(key:", "did you mean `Brainstorm`", "wrong.ron:7:", "5 parsecs"]
    {
        assert!(screen.contains(text), "{text} is not in {:#?}", screen.rows());
    }
    assert_eq!(left_in(&home), [""; 0]);
}

#[test]
fn a_library_that_cannot_be_written_is_told_before_the_session() {
    let begun = ["run", "taste", "--title", "Begun at once"];
    for args in [["run", "taste"].as_slice(), begun.as_slice()] {
        let home = Home::new();
        let library = home.path().join("a-file");
        fs::write(&library, "not a folder").unwrap();
        let mut terminal = Terminal::builder().home(&home).library(&library).args(args).spawn();
        assert_eq!(terminal.wait_exit().exit_code(), 1);
        let told = unbroken(&terminal.screen());
        assert!(!terminal.screen().is_alternate() && told.starts_with("error:couldn't"), "{told}");
        assert!(told.contains("a-file") && told.contains("chooseanotherfolderwith--library"), "{told}");
        assert_eq!(left_in(&home), [""; 0]);
        assert_eq!(fs::read_to_string(&library).unwrap(), "not a folder");
    }
}

#[test]
fn a_state_folder_that_cannot_be_written_is_told_too() {
    let home = Home::new();
    fs::write(home.path().join("state"), "not a folder").unwrap();
    let mut terminal = Terminal::builder().home(&home).args(&["run", "taste"]).spawn();
    assert_eq!(terminal.wait_exit().exit_code(), 1);
    let told = unbroken(&terminal.screen());
    assert!(told.contains("opensessionsarekeptsafeinthatfolder"), "{told}");
    assert_eq!(left_in(&home), [""; 0]);
}

/// From home too: it is said on the screen, and the program stays.
#[test]
fn home_says_what_stands_in_the_way() {
    let home = Home::new();
    let library = home.path().join("a-file");
    fs::write(&library, "not a folder").unwrap();
    let mut terminal = Terminal::builder().home(&home).library(&library).spawn();
    terminal.expect("▸ A taste of cross-learning");
    terminal.keys("Enter").expect("Couldn't");
    let told = unbroken(&terminal.screen());
    assert!(told.contains("chooseanotherfolderwith--library"), "{told}");
    terminal.keys("Tab").expect("Set up: A taste of cross-learning");
    terminal.keys("Enter").expect("Couldn't");
    terminal.keys("C-q");
    assert!(terminal.wait_exit().success());
    assert_eq!(left_in(&home), [""; 0]);
}

#[test]
fn a_broken_session_is_not_gone_on_with() {
    let home = Home::new();
    fs::create_dir_all(home.library()).unwrap();
    let file = home.library().join("2026-11-22-broken.ron");
    fs::write(&file, "Session(\n    format: 1,\n    id: \u{1b},\n)").unwrap();
    let path = file.to_str().unwrap();
    let mut terminal = Terminal::builder().home(&home).args(&["run", "--continue", path]).spawn();
    assert_eq!(terminal.wait_exit().exit_code(), 3);
    let told = unbroken(&terminal.screen());
    assert!(told.contains("line3,column9"), "{told}");
    assert!(files(&home.state()).is_empty());
    assert!(fs::read_to_string(&file).unwrap().contains('\u{1b}'), "it stays as it was");
}
