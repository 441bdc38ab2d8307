//! The harness against programs that exist everywhere.

use super::command::Run;
use super::screen::Color;
use super::terminal::Builder;
use super::{Home, Terminal, visavis};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

fn shell(script: &str) -> Builder {
    Terminal::builder().program("sh").args(&["-c", script])
}

/// Unbuffered keys, unchanged, not echoed.
const RAW: &str = "stty -icanon -echo -icrnl -ixon -isig -iexten;";

fn failure(act: impl FnOnce()) -> String {
    *catch_unwind(AssertUnwindSafe(act)).unwrap_err().downcast::<String>().unwrap()
}

#[test]
fn a_programs_last_words_and_status_are_seen() {
    let mut terminal = shell("printf 'hello\\n'; printf 'bye'; exit 3").spawn();
    let status = terminal.wait_exit();
    assert_eq!((status.exit_code(), status.signal()), (3, None));
    let screen = terminal.screen();
    assert_eq!((screen.row(0).as_str(), screen.row(1).as_str()), ("hello", "bye"));
    assert_eq!(screen.rows().len(), 24);
    assert_eq!(terminal.raw_output(), b"hello\r\nbye");
}

#[test]
fn the_program_under_test_is_visavis() {
    assert!(Terminal::builder().args(&["--version"]).spawn().wait_exit().success());
    assert_eq!(visavis(&["--version"]).run().status, Some(0));
}

#[test]
fn typed_text_arrives() {
    let mut terminal = Terminal::builder().program("cat").spawn();
    terminal.type_text("Grüße, 日本").keys("Enter").wait_for(|screen| screen.row(1) == "Grüße, 日本");
    terminal.keys("C-d");
    assert!(terminal.wait_exit().success());
}

#[test]
fn keys_arrive_as_their_bytes() {
    let script = format!("{RAW} echo ready; dd bs=1 count=13 2>/dev/null | od -An -tx1");
    let mut terminal = shell(&script).spawn();
    terminal.expect("ready");
    terminal.keys("Enter C-p A-x PageDown Tab q F2").expect("0d 10 1b 78 1b 5b 36 7e 09 71 1b 4f 51");
    terminal.wait_exit();
}

#[test]
fn escape_is_read_alone_before_the_next_key() {
    let one_read = "dd bs=64 count=1 2>/dev/null | od -An -tx1;";
    let mut terminal = shell(&format!("{RAW} echo ready; {one_read} {one_read}")).spawn();
    terminal.expect("ready");
    terminal.keys("a Esc PageDown");
    terminal.expect("61 1b");
    terminal.wait_for(|screen| screen.rows().iter().any(|row| row == " 1b 5b 36 7e"));
}

#[test]
fn a_paste_waits_for_the_program_to_ask_and_is_bracketed() {
    let script = format!("{RAW} printf '\\033[?2004hready\\n'; dd bs=1 count=15 2>/dev/null | od -An -c");
    let mut terminal = shell(&script).spawn();
    terminal.paste("a\nb").wait_exit();
    assert_eq!(terminal.screen().row(1), " 033   [   2   0   0   ~   a  \\r   b 033   [   2   0   1   ~");
}

#[test]
fn the_window_can_be_resized() {
    let mut terminal = shell("while stty size; read line; do :; done").size(120, 40).spawn();
    assert_eq!(terminal.expect("40 120").size(), (120, 40));
    terminal.resize(80, 24).keys("Enter");
    assert_eq!(terminal.expect("24 80").size(), (80, 24));
}

#[test]
fn places_and_styles_can_be_read() {
    let script = "printf 'x\\n日本 \\033[1;31;48;2;1;2;3mred\\033[0m end'; read line";
    let terminal = shell(script).spawn();
    let screen = terminal.expect("end");
    assert_eq!(screen.find("red"), Some((1, 5)));
    assert_eq!(screen.cursor(), Some((1, 12)));
    assert_eq!(screen.find("blue"), None);
    let style = screen.style_of("red");
    assert_eq!((style.foreground, style.background), (Color::Idx(1), Color::Rgb(1, 2, 3)));
    assert!(style.bold && !(style.dim || style.italic || style.underline || style.inverse));
    assert_eq!(screen.style_at(1, 9).foreground, Color::Default);
    assert!(!screen.is_alternate());
}

#[test]
fn a_frame_is_seen_whole_or_not_at_all() {
    let script = "echo ready; read line; printf '\\033[?2026hhalf'; read line; printf 'whole\\033[?2026l'";
    let mut terminal = shell(script).spawn();
    terminal.expect("ready");
    terminal.keys("Enter Enter");
    assert!(terminal.expect("half").contains("whole"));
}

#[test]
fn a_terminals_questions_are_answered() {
    let ask = format!(
        "{RAW} printf 'ab\\033[6n\\033[c\\033]11;?\\033\\\\\\a'; dd bs=1 count=40 2>/dev/null | od -An -c"
    );
    let mut terminal = shell(&ask).spawn();
    terminal.wait_exit();
    let shown: String = terminal.screen().rows().concat().split_whitespace().collect();
    assert_eq!(shown, "ab033[1;3R033[?62;22c033]11;rgb:1e1e/1e1e/1e1e033\\");
    assert_eq!(terminal.bells(), 1);
}

#[test]
fn a_kill_and_a_termination_end_the_program() {
    let started = || Terminal::builder().program("cat").spawn();
    let (mut killed, mut terminated) = (started(), started());
    killed.kill9();
    assert_eq!(killed.wait_exit().signal(), Some("Killed"));
    terminated.terminate();
    assert_eq!(terminated.wait_exit().signal(), Some("Terminated"));
}

#[test]
fn a_hang_up_ends_the_terminal_and_types_nothing() {
    let mut terminal = shell("trap '' HUP; echo ready; cat > typed; exit 5").spawn();
    terminal.expect("ready");
    terminal.hang_up();
    assert_eq!(terminal.wait_exit().exit_code(), 5);
    assert_eq!(std::fs::read(terminal.home().work().join("typed")).unwrap(), b"");
}

#[test]
fn a_failure_shows_the_screen_and_the_keys() {
    let mut terminal = Terminal::builder().program("cat").size(20, 3).spawn();
    terminal.type_text("hello").keys("Tab").expect("hello");
    terminal.set_deadline(Duration::from_millis(30));
    let report = failure(|| drop(terminal.expect("goodbye")));
    for part in ["for `goodbye` to appear", "keys: \"hello\" · Tab", "  0 |hello   ", "cursor: Some((0, "] {
        assert!(report.contains(part), "{part} is not in {report}");
    }
    let report = failure(|| drop(terminal.expect_gone("hello")));
    assert!(report.contains("for `hello` to go"), "{report}");
    let report = failure(|| drop(terminal.wait_exit()));
    assert!(report.contains("for the program to end"), "{report}");
}

#[test]
fn waiting_for_an_ended_program_fails_at_once() {
    let mut terminal = shell("printf oops; exit 4").spawn();
    let report = failure(|| drop(terminal.expect("fine")));
    assert!(
        report.contains("the program ended, while waiting for `fine`") && report.contains("|oops "),
        "{report}"
    );
    terminal.wait_exit();
    let report = failure(|| _ = terminal.keys("q"));
    assert!(
        report.contains("nobody reads keys") && report.contains("program: Exited with code 4"),
        "{report}"
    );
}

#[test]
fn every_run_has_its_own_home_unless_it_shares_one() {
    let print = "echo \"$HOME|$XDG_STATE_HOME|$TZ|$TERM|$NO_COLOR|$VISAVIS_LIBRARY\"; pwd; cat";
    let home = Home::new();
    let run = |run: Run| run.stdin("input\n").run();
    let first = run(Run::new("sh", &["-c", print]).home(&home).library(&home.path().join("library")));
    let path = home.path().display();
    let expected = format!("{path}/|{path}/state|UTC|xterm-256color||{path}/library\n{path}/work\ninput\n");
    assert_eq!(
        (first.status, first.stdout.as_str(), first.stderr.as_str()),
        (Some(0), expected.as_str(), "")
    );
    assert_eq!(
        run(Run::new("sh", &["-c", print]).home(&home).env("VISAVIS_LIBRARY", format!("{path}/library")))
            .stdout,
        expected
    );
    assert_ne!(run(Run::new("sh", &["-c", print])).stdout, expected);
    let shared = shell("pwd").home(&home).library(home.path()).env("A", "b").spawn();
    assert_eq!(shared.home().path(), home.path());
    shared.expect("work");
}

#[test]
fn a_commands_two_outputs_and_a_signal_are_told_apart() {
    let output = Run::new("sh", &["-c", "echo out; echo err >&2; kill -9 $$"]).run();
    assert_eq!((output.status, output.stdout.as_str(), output.stderr.as_str()), (None, "out\n", "err\n"));
}

#[test]
fn a_command_that_never_ends_fails_the_test() {
    let run = Run::new("sleep", &["60"]).deadline(Duration::from_millis(50));
    let report = failure(|| drop(run.run()));
    assert_eq!(report, r#""sleep" ["60"] was still running after 50ms"#);
}
