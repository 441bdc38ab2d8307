//! One real day in the running program, and the day four weeks later: people who come and go, a fire alarm, paper, a
//! clicker in the wrong hand, a decision that nobody owns, and what is written up in the evening.

mod saved;

use crate::harness::{Home, Terminal, TestClock, visavis};
use crate::play::{enter, leave, read, saved};
use chrono::TimeDelta;
use std::path::{Path, PathBuf};

const DAY: &str = r#"
Script(
    format: 1,
    title: "Claims, both ways",
    sides: [(key: "purchasing", name: "Purchasing"), (key: "sales", name: "Sales")],
    steps: [
        FollowUp(key: "before", title: "What became of it?", time: "5m"),
        Brainstorm(
            key: "practices", title: "What do we do well?", time: "20m",
            rounds: [
                (title: "Write", group: Alone, time: "10m", hidden: true),
                (title: "Look together", time: "10m"),
            ],
        ),
        Vote(key: "pick", title: "Which three?", time: "5m", from: ["practices"], dots: 3, keep: 3),
        Mirror(key: "mirror", title: "How do they do it?", time: "5m", topics: ["How we hear of a claim"]),
        Silence(
            key: "quiet", title: "Quiet", time: "45s", prompt: "What will I do differently?",
            then: Insight(time: "5m", prompt: "What do I see now?"),
        ),
        Decide(key: "decide", title: "What do we do?", time: "15m", method: Consent),
    ],
)
"#;

/// One of them, the director, sits on no side.
const WITH: &str = "Anna Berg:Purchasing, Bo Lind:Purchasing, Cleo Marsh:Purchasing, Dan Ek:Purchasing, \
                    Eve Stone:Sales, Finn Holm:Sales, Gil Ray:Sales, Hanna Roos";
const ENTRY: &str = "a call from the site";
const QUESTION: &str = "Who pays for returned parts?";
const CORRECTED: &str = "They ring before they write, always";
const LATER: &str = "Nobody reads the second page";

#[test]
fn a_real_day_and_the_next_of_its_series() {
    let home = Home::new();
    // So long before the full minute that no time shown depends on how fast this machine is.
    let clock = TestClock::at(&home, "2031-03-03T08:59:20Z");
    let script = home.path().join("claims.ron");
    std::fs::write(&script, DAY).unwrap();
    let args = ["run", script.to_str().unwrap(), "--with", WITH];
    let mut terminal = Terminal::builder().home(&home).clock(&clock).size(120, 40).args(&args).spawn();
    people_come_and_go(&mut terminal, &clock);
    paste_forty(&mut terminal);
    fire_alarm(&mut terminal, &clock);
    count_paper(&mut terminal);
    leave_something_hidden(&mut terminal);
    clicker_in_the_silence(&mut terminal, &clock);
    decide_without_an_owner(&mut terminal);
    let first = close(&mut terminal);
    let day = read(&first);
    saved::day_is_all_there(&day);
    clock.advance(TimeDelta::hours(4));
    write_up(&home, &clock);
    saved::evening_is_marked(&read(&first), &day);
    minutes_tell_it(&home);
    clock.advance(TimeDelta::days(28));
    let next = next_of_the_series(&home, &clock, &first);
    saved::next_follows(&read(&next), &read(&first));
}

/// Ida comes when the others have begun; Finn leaves.
fn people_come_and_go(terminal: &mut Terminal, clock: &TestClock) {
    terminal.expect("What do we do well?");
    clock.advance(TimeDelta::seconds(50));
    terminal.keys("C-o").expect("Hanna Roos");
    terminal.type_text("Ida Falk:Sales").keys("Enter").wait_for(|screen| screen.contains("S Ida Falk"));
    terminal.type_text("Finn").keys("Down Enter").expect("Finn Holm, Sales");
    terminal.keys("Down").expect("▸ Has left");
    terminal.keys("Enter").expect("Finn Holm left at ▸");
    terminal.keys("Enter").expect("left 09:0");
    terminal.keys("Esc Esc").expect_gone("Hanna Roos");
}

/// A flip chart of forty lines: looked at, added at once, taken back at once.
fn paste_forty(terminal: &mut Terminal) {
    let side = |name: &str| {
        let lines = (1..=20).map(|line| format!("- {name} way {line}\n"));
        format!("{name}:\n{}", lines.collect::<String>())
    };
    terminal.paste(&format!("{}{}", side("Purchasing"), side("Sales")));
    let screen = terminal.expect("Add these 40");
    assert!(screen.contains("20, hidden"), "what is hidden is only counted");
    terminal.keys("Enter");
    saved(terminal, "Purchasing  20 hidden");
    terminal.keys("C-z").expect_gone("20 hidden");
    terminal.keys("C-y").expect("Sales  20 hidden");
    terminal.keys("PageDown").expect("Reveal the notes of all sides now?");
    terminal.keys("Enter").expect("Round 2 of 2: Look together");
}

/// Twenty-two minutes outside, which move the end.
fn fire_alarm(terminal: &mut Terminal, clock: &TestClock) {
    terminal.keys("C-g").expect_gone("Purchasing way");
    clock.advance(TimeDelta::minutes(22));
    terminal.keys("Enter").expect("Nothing went on for 22 min. Does that time count?");
    terminal.expect("▸ Leave it out: the end moves from 09:55 to 10:17");
    terminal.keys("Enter").expect_gone("Does that time count?");
    saved(terminal, "Look together");
    let screen = terminal.keys("F2").expect("Not heard yet");
    assert!(screen.contains("10:17") && screen.contains("Ida Falk") && !screen.contains("Finn"));
    terminal.keys("F2").expect_gone("Not heard yet");
    terminal.keys("PageDown");
}

/// Dots stuck on paper, as each side and those without one gave them; hidden until all are seen at once.
fn count_paper(terminal: &mut Terminal) {
    terminal.expect("Which three?");
    terminal.paste("1: 4 5\n21: 5 4\n22: 3 2 2\n40: 0 1 1\n");
    terminal.expect("Take the counts of these 4?");
    terminal.keys("Enter");
    let screen = saved(terminal, "All 27 dots are placed.");
    assert!(!screen.contains("P4  S5"), "hidden means hidden");
    terminal.keys("C-z").expect_gone("All 27 dots");
    terminal.keys("C-y").expect("All 27 dots are placed.");
    terminal.keys("C-r").expect("3 carry on.");
    terminal.expect("9 P4  S5");
    terminal.keys("PageDown");
}

/// One side has written; nobody has seen it.
fn leave_something_hidden(terminal: &mut Terminal) {
    terminal.expect("P Purchasing · how we do it");
    enter(terminal, ENTRY, "1 written, hidden");
    terminal.keys("PageDown").expect("Keep it hidden, and go on");
    terminal.keys("Down Down").expect("▸ Keep it hidden, and go on");
    terminal.keys("Enter").expect("Enter begins the silence");
}

/// The director has a clicker, and would like to go on.
fn clicker_in_the_silence(terminal: &mut Terminal, clock: &TestClock) {
    terminal.keys("Enter").expect_gone("Enter begins the silence");
    terminal.keys("PageDown PageUp Esc F5 . PageDown");
    // A key that does something in a silence tells that the others were read.
    terminal.keys("C-p").expect("type a word of it");
    terminal.keys("Esc").expect("What will I do differently?");
    clock.advance(TimeDelta::seconds(45));
    terminal.expect("What do I see now?");
    enter(terminal, "They ring before they write @Hanna", "They ring before they write");
    terminal.keys("PageDown").expect("Decision ▸");
}

fn decide_without_an_owner(terminal: &mut Terminal) {
    enter(terminal, QUESTION, "How ▸");
    terminal.keys("Enter").expect("Objection ▸");
    terminal.keys("Enter").expect("Owner ▸");
    enter(terminal, "nobody", "Who will be asked ▸");
    enter(terminal, "Hanna", "Asked by when ▸");
    enter(terminal, "2w", "Review on ▸");
    terminal.keys("Enter").expect("Action: when ▸");
}

/// What is still hidden is asked about.
fn close(terminal: &mut Terminal) -> PathBuf {
    let file = terminal.home().session();
    terminal.keys("PageDown").expect("Something is still hidden.");
    terminal.keys("Down").expect("▸ Close the session");
    terminal.keys("Enter").expect("Nobody has seen 1 mirror entry yet.");
    terminal.expect("▸ Reveal it, and close");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    file
}

/// In the evening a word is corrected.
fn write_up(home: &Home, clock: &TestClock) {
    let mut terminal = Terminal::builder().home(home).clock(clock).size(120, 40).spawn();
    terminal.expect("Next of");
    terminal.keys("End Enter").expect("reads the minutes");
    terminal.keys("o").expect("▸ Reopen it for the write-up");
    terminal.keys("Enter").expect("Decision ▸");
    terminal.keys("PageUp").expect("They ring before they write");
    terminal.keys("Esc Home e").expect("Change ▸ @Hanna Roos They ring before they write");
    terminal.keys("C-u").expect_gone("Change ▸ @Hanna");
    terminal.type_text(CORRECTED).type_text(" @Hanna").keys("Enter");
    saved(&terminal, CORRECTED);
    terminal.keys("n").expect("Ida Falk’s insight ▸");
    enter(&mut terminal, LATER, LATER);
    terminal.keys("C-q").expect("write-up, still open");
    terminal.keys("Down Enter");
    assert!(terminal.wait_exit().success());
}

fn minutes_tell_it(home: &Home) {
    let show = visavis(&["show"]).home(home).run();
    assert_eq!((show.status, show.stderr.as_str()), (Some(0), ""));
    let page = show.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Interrupted 09:00 to 09:22 (not counted)",
        "- Purchasing way 1 (9 dots: Purchasing 4, Sales 5)",
        "They ring before they write, always (Hanna Roos) [write-up]",
        "Nobody reads the second page (Ida Falk, Sales) [write-up]",
        "Nobody owns it yet. Hanna Roos will be asked by 17 March 2031.",
    ] {
        assert!(page.contains(said), "`{said}` is not told:\n{}", show.stdout);
    }
}

fn next_of_the_series(home: &Home, clock: &TestClock, first: &Path) -> PathBuf {
    let args = ["run", "--next-of", "last"];
    let mut terminal = Terminal::builder().home(home).clock(clock).size(120, 40).args(&args).spawn();
    assert!(terminal.expect("Hanna Roos").contains("Ida Falk"), "all are asked again");
    terminal.keys("Enter").expect("What became of it?");
    terminal.expect(QUESTION);
    terminal.keys("g").expect("By when now ▸");
    terminal.type_text("2w").keys("Enter").expect("Going on: why ▸");
    enter(&mut terminal, "the board has not met", "the board has not met");
    leave(&mut terminal);
    home.session_after(first)
}
