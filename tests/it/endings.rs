//! However the terminal and the system treat the program: it ends at once where it should, gives the terminal back
//! as it was, loses nothing, and leaves nothing behind that runs.

use crate::harness::{Builder, Home, Screen, Terminal, TestClock};
use crate::play::{self, GO_ON, RUN_LONG, enter, go_on, put_long_script, read, saved, texts};
use chrono::TimeDelta;
use nix::sys::signal::Signal;
use std::time::{Duration, Instant};
use visavis::mistake::Thread;
use visavis::tui::terminal;

const VISAVIS: &str = env!("CARGO_BIN_EXE_visavis");
const BEGIN: [&str; 4] = ["run", "taste", "--with", "Ann:North, Bo:South"];

/// What the program may use of the processors where it has next to nothing to do: hundredths of a second. One that
/// spins uses that many in half a second.
const MOST_TICKS: u64 = 50;

/// A program that this prepared, with a note, and a line that nobody has entered.
fn begun(prepared: Builder) -> Terminal {
    let mut terminal = prepared.args(&BEGIN).spawn();
    saved(&terminal, "Round 1 of 2");
    enter(&mut terminal, "a note", "North  1 hidden");
    terminal.type_text("a draft").expect("▸ a draft");
    terminal
}

fn plain() -> Builder {
    Terminal::builder()
}

/// It is to ignore that its terminal goes, as after `nohup`.
fn deaf() -> Builder {
    Terminal::builder().program("sh").args(&["-c", "trap '' HUP; exec \"$0\" \"$@\"", VISAVIS])
}

/// The terminal is as it was, and nothing runs any more.
fn is_given_back(terminal: &Terminal) {
    let screen = terminal.screen();
    assert!(terminal.is_as_it_was(), "its settings are others");
    assert!(!screen.is_alternate() && !screen.takes_pastes() && screen.cursor().is_some());
    assert_eq!(terminal.left_behind(), [""; 0]);
}

/// Ends the program in this way, which takes less than a second and next to nothing of the processors' time, and
/// nothing is lost: neither the note nor the line, however fast it all went.
fn ends(prepared: fn() -> Builder, end: impl Fn(&mut Terminal)) {
    let once = |_| {
        let home = Home::new();
        let mut terminal = begun(prepared().home(&home));
        let (asked, before) = (Instant::now(), terminal.ticks());
        end(&mut terminal);
        let used = terminal.ticks_at_exit().saturating_sub(before);
        terminal.wait_exit();
        let took = asked.elapsed();
        assert!(used < MOST_TICKS, "{used} hundredths of a second of work to end");
        if terminal.is_showing() {
            is_given_back(&terminal);
        }
        assert!(!terminal.is_open() || terminal.is_as_it_was(), "its settings are others");
        assert_eq!(terminal.left_behind(), [""; 0]);
        let after = go_on(&home);
        saved(&after, "North  1 hidden");
        after.expect("▸ a draft");
        took
    };
    // A busy machine may keep a program waiting, but not each time.
    assert!((0..5).map(once).any(|took| took < Duration::from_secs(1)), "it takes longer than a second");
}

#[test]
fn a_closed_terminal_ends_the_program() {
    ends(plain, Terminal::hang_up);
}

#[test]
fn a_closed_terminal_ends_a_program_that_ignores_it() {
    ends(deaf, Terminal::hang_up);
}

#[test]
fn a_closed_terminal_ends_a_program_that_is_stopped() {
    ends(plain, |terminal| {
        terminal.signal(Signal::SIGTSTP);
        terminal.wait_stopped(true);
        terminal.hang_up();
    });
}

#[test]
fn a_closed_terminal_ends_a_program_that_is_stopped_and_ignores_it() {
    ends(deaf, |terminal| {
        terminal.signal(Signal::SIGTSTP);
        terminal.wait_stopped(true);
        terminal.hang_up();
    });
}

#[test]
fn a_closed_terminal_ends_the_home_screen() {
    let mut terminal = Terminal::builder().spawn();
    terminal.expect("A taste of cross-learning");
    terminal.hang_up();
    terminal.wait_exit();
    assert_eq!(terminal.left_behind(), [""; 0]);
}

#[test]
fn a_signal_ends_the_program_and_gives_the_terminal_back() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT] {
        ends(plain, |terminal| {
            terminal.signal(signal);
        });
    }
}

/// The screen stands still, as with a window that hangs, while the program has something to draw.
#[test]
fn a_signal_ends_the_program_where_the_terminal_takes_nothing() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP] {
        ends(plain, |terminal| {
            terminal.stop_output();
            // It goes to the board, which cannot be drawn.
            terminal.keys("Esc").let_escape_be_read();
            terminal.signal(signal);
        });
    }
}

/// Until the first screen is there, too.
#[test]
fn a_signal_at_any_moment_of_the_start_gives_the_terminal_back() {
    for bytes in (0..600).step_by(40) {
        let mut terminal = Terminal::builder().args(&BEGIN).spawn();
        terminal.wait_until_written(bytes);
        terminal.terminate();
        terminal.wait_exit();
        is_given_back(&terminal);
    }
}

#[test]
fn stopped_and_continued_a_hundred_times() {
    let home = Home::new();
    let mut terminal = begun(plain().home(&home));
    for _ in 0..100 {
        terminal.signal(Signal::SIGTSTP);
        terminal.wait_stopped(true);
        terminal.wait_for(|screen| !screen.is_alternate() && !screen.takes_pastes());
        assert!(terminal.is_as_it_was());
        terminal.signal(Signal::SIGCONT);
        terminal.wait_for(|screen| screen.is_alternate() && screen.contains("▸ a draft"));
    }
    terminal.keys("Enter");
    saved(&terminal, "North  2 hidden");
    rests(&mut terminal);
    leave(terminal);
}

#[test]
fn a_storm_of_sizes_loses_nothing() {
    let mut terminal = begun(plain());
    terminal.keys("C-u");
    for round in 0..10_u32 {
        for turn in 0..1000 {
            let number = round * 1000 + turn;
            let below = |most: u32| u16::try_from(number * 31 % most + 1).expect("a small number");
            terminal.resize(below(199), below(61));
        }
        // Lines that come at once would be taken for a paste.
        let text = format!("typed in the storm {round}");
        terminal.type_text(&text).keys("Enter");
        terminal.expect_on_disk(&terminal.home().state(), &text);
    }
    terminal.resize(80, 24);
    saved(&terminal, "North  11 hidden");
    rests(&mut terminal);
    leave(terminal);
}

/// While the countdown goes on by two seconds the program uses next to nothing of them.
fn rests(terminal: &mut Terminal) {
    let picture = |screen: &Screen| screen.rows();
    let mut last = picture(&terminal.screen());
    let before = terminal.ticks();
    for _ in 0..2 {
        last = picture(&terminal.wait_for(|screen| picture(screen) != last));
    }
    let used = terminal.ticks() - before;
    assert!(used < MOST_TICKS, "{used} hundredths of a second for two seconds of rest");
}

fn leave(mut terminal: Terminal) {
    terminal.keys("C-q").expect("Something is still hidden.");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    is_given_back(&terminal);
}

/// The program panics as it next asks for the time: there is nothing in it that could be told to.
#[test]
fn a_panic_gives_the_terminal_back_and_loses_nothing() {
    let home = Home::new();
    let clock = TestClock::at(&home, "2031-03-03T09:00:00Z");
    let mut terminal = begun(plain().home(&home).clock(&clock));
    terminal.expect_on_disk(&home.state(), "a draft");
    clock.stop();
    terminal.keys("Enter");
    assert!(!terminal.wait_exit().success());
    let screen = terminal.screen();
    assert!(screen.contains("visavis has failed: the clock can be read"), "{:?}", screen.rows());
    assert!(screen.contains("What was shown as saved is kept."), "{:?}", screen.rows());
    is_given_back(&terminal);
    clock.set("2031-03-03T09:00:20Z");
    let after = Terminal::builder().home(&home).clock(&clock).args(&GO_ON).spawn();
    saved(&after, "North  1 hidden");
    after.expect("▸ a draft");
}

const FAILS: &str = "VISAVIS_TEST_FAILS";

/// The words wait until the screen is left: before that nobody could read them, and they would tear it.
#[test]
fn the_panic_of_another_thread_is_told_once_the_terminal_is_given_back() {
    let program = std::env::current_exe().expect("this program has a place");
    let test = concat!(module_path!(), "::the_failing_program");
    let (_, test) = test.split_once("::").expect("the name of the crate stands first");
    let mut terminal = Terminal::builder()
        .program(program.to_str().expect("a path of letters"))
        .args(&["--ignored", "--exact", test, "--nocapture"])
        .env(FAILS, "yes")
        .spawn();
    assert!(terminal.wait_exit().success());
    let screen = terminal.screen();
    assert!(screen.contains("visavis has failed: on purpose: "), "{:?}", screen.rows());
    assert!(screen.contains("What was shown as saved is kept."), "{:?}", screen.rows());
    let output = terminal.raw_output();
    let at = |words: &[u8]| output.windows(words.len()).position(|part| part == words);
    assert!(at(b"\x1b[?1049h") < at(b"\x1b[?1049l") && at(b"\x1b[?1049l") < at(b"has failed"));
    assert_eq!(at(b"\x1b[8mgone"), None, "nothing of it acts");
    is_given_back(&terminal);
}

#[test]
#[ignore = "no test, but the program of which another thread fails"]
fn the_failing_program() {
    if std::env::var_os(FAILS).is_none() {
        return;
    }
    let (taken, _screen) = terminal::take().expect("a terminal");
    let thread = Thread { name: "failing", stack: 64 * 1024 };
    let failing = thread.start(|| panic!("on purpose: \u{1b}[8mgone"), drop).expect("a thread");
    failing.join().expect("it ends as any other");
    drop(taken);
}

/// A minute passes while the program is stopped, and no signal tells it of that before.
#[test]
fn a_minute_of_sigstop_counts_and_moves_nothing_else() {
    let home = Home::new();
    let clock = TestClock::at(&home, "2031-03-03T09:00:00Z");
    // Without signs of its own the countdown is written in plain digits.
    put_long_script(&home);
    let mut terminal = plain().home(&home).clock(&clock).env("LANG", "C").args(&RUN_LONG).spawn();
    saved(&terminal, "What do you know?");
    let asked = Instant::now();
    enter(&mut terminal, "before", "1 before");
    let before = left(&terminal.screen());
    terminal.signal(Signal::SIGSTOP);
    terminal.wait_stopped(true);
    clock.advance(TimeDelta::seconds(61));
    terminal.signal(Signal::SIGCONT);
    terminal.expect("Nothing went on for 1 min. Does that time count?");
    terminal.keys("Esc").expect_gone("Does that time count?");
    let after = left(&terminal.screen());
    let passed = before - after;
    // What is on the screen may be a second old, or older on a busy machine.
    let most = i64::try_from(62 + asked.elapsed().as_secs()).expect("not so long");
    assert!((60..=most).contains(&passed), "{before} s were left, then {after}");
    enter(&mut terminal, "after", "2 after");
    assert_eq!(terminal.bells(), 0);
    play::leave(&mut terminal);
    assert_eq!(texts(&read(&home.session())), ["before", "after"]);
}

/// The seconds that the screen shows as left.
fn left(screen: &Screen) -> i64 {
    let of = |word: &str| {
        let parts = word.contains(':').then(|| word.split(':'))?;
        parts.map(str::parse::<i64>).try_fold(0, |sum, part| part.ok().map(|part| sum * 60 + part))
    };
    // The first row has the time of the day.
    let times: Vec<i64> =
        screen.rows()[1..].iter().flat_map(|row| row.split_whitespace().filter_map(of)).collect();
    let [left] = times[..] else { panic!("{times:?} in {:?}", screen.rows()) };
    left
}
