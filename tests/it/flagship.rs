//! The main job from end to end: the shipped ninety minutes, from the set-up to the file and the minutes.

mod saved;

use crate::harness::{Terminal, visavis};
use crate::play::{count, enter, read, saved, unbroken};
use std::path::PathBuf;

#[test]
fn purchasing_meets_sales_on_the_wall() {
    run_the_script(80, 24);
}

#[test]
fn purchasing_meets_sales_on_a_laptop() {
    run_the_script(120, 40);
}

fn run_the_script(cols: u16, rows: u16) {
    let mut terminal = Terminal::builder().size(cols, rows).args(&["run", "purchasing-meets-sales"]).spawn();
    set_up(&mut terminal);
    collect(&mut terminal);
    word_topics(&mut terminal);
    compare(&mut terminal);
    compare_half(&mut terminal);
    keep_silent(&mut terminal);
    decide(&mut terminal);
    leave_a_question_open(&mut terminal);
    name_the_grounds(&mut terminal);
    check_out(&mut terminal);
    let file = leave(&mut terminal);
    saved::is_all_there(&read(&file));
    minutes_tell_it(&terminal);
}

fn set_up(terminal: &mut Terminal) {
    terminal.expect("Begin");
    terminal.keys("Tab").type_text("Lifts: buying and selling").keys("Tab Tab");
    terminal.type_text("Anna Berg, Bo Lind").keys("Tab Tab").type_text("Cleo Marsh, Dan Ek");
    terminal.keys("Tab").type_text("Eve Stone").expect("Eve Stone");
    terminal.keys("Enter");
    terminal.wait_for(|screen| screen.contains("now; or a time") && screen.contains("Enter next"));
    terminal.keys("Enter").expect("Enter begins");
    terminal.keys("Enter");
    saved(terminal, "Round 1 of 3: Write (hidden)");
}

/// Hidden notes of both sides in two rounds, seen together in the third.
fn collect(terminal: &mut Terminal) {
    enter(terminal, "Should-cost model before each negotiation #price @Anna", "Purchasing  1 hidden");
    terminal.type_text("Two people at every visit #pe").expect("#people");
    terminal.keys("Tab").type_text("@B").expect("@Bo Lind");
    terminal.keys("Tab Enter");
    saved(terminal, "Purchasing  2 hidden");
    terminal.keys("Tab").expect("S Sales ▸");
    let screen = enter(terminal, "Lost deals talked through within a week @Cleo", "Sales  1 hidden");
    assert!(!screen.contains("Should-cost") && !screen.contains("Lost deals"), "hidden means hidden");
    terminal.keys("PageDown").expect("Round 2 of 3: Within your side (hidden)");
    terminal.paste("- One page of who decides #people\n- We ask to be rated after each project\n");
    terminal.expect("Add 2 lines, each as one?");
    terminal.keys("Enter");
    saved(terminal, "Sales  3 hidden");
    terminal.keys("PageDown").expect("Reveal the notes of all sides now?");
    terminal.keys("Enter").expect("Round 3 of 3: Look together");
    let screen = saved(terminal, "Should-cost model before each");
    for text in
        ["Two people at every visit", "Lost deals talked", "One page of who decides", "We ask to be rated"]
    {
        assert!(screen.contains(text), "{text} is not seen");
    }
    enter(terminal, "@Eve Nobody knows the other's calendar", "Nobody knows the other's");
    terminal.keys("F2").expect("Both lists, at the same moment");
    terminal.keys("F2").expect_gone("Both lists, at the same moment");
    terminal.keys("PageDown");
    saved(terminal, "Topics  0");
}

/// Two topics, each worded from a note that was carried over.
fn word_topics(terminal: &mut Terminal) {
    terminal.expect("Brought along  6");
    for (note, topic, topics) in [
        ("Topic from a note ▸ Should-cost model", "How we prepare a negotiation", "Topics  1"),
        ("Topic from a note ▸ Two people at every", "Who knows the other side", "Topics  2"),
    ] {
        terminal.keys("Esc Home");
        for _ in terminal.screen().rows().iter().filter(|row| row.contains(" 1 How we prepare")) {
            terminal.keys("Down");
        }
        terminal.keys("Enter").expect(note);
        terminal.keys("C-u").expect_gone(note);
        enter(terminal, topic, topics);
    }
    terminal.expect("Brought along  4");
    terminal.keys("PageDown").expect("topic 1 of 2");
}

/// Both sides, all three views; revealed; a gap on each account; a possibility, worded anew.
fn compare(terminal: &mut Terminal) {
    for (number, (label, text)) in (1..).zip([
        ("P Purchasing · how we do it", "a cost model first"),
        ("P Purchasing · how Sales do it", "they name a number"),
        ("P Purchasing · what they will say o", "only the price counts"),
        ("S Sales · how we do it", "we ask what hurts"),
        ("S Sales · how Purchasing do it", "they have models"),
        ("S Sales · what they will say o", "no preparation"),
    ]) {
        terminal.expect(label);
        terminal.type_text(text).keys("Enter");
        terminal.wait_for(|screen| count(screen, "1 written, hidden") == number);
        terminal.keys("Enter");
    }
    let screen = terminal.expect("P Purchasing · how we do it");
    assert!(!screen.contains("cost model first") && !screen.contains("we ask what hurts"));
    terminal.keys("C-r").expect("a cost model first");
    terminal.expect("“no preparation”");
    terminal.keys("3");
    saved(terminal, "◐ blind spot");
    terminal.keys("p").expect("Change ▸ Purchasing can learn from Sales: How we");
    terminal.keys("C-u").expect_gone("Change ▸ Purchasing");
    enter(terminal, "Purchasing can learn to ask what hurts", "to learn");
    terminal.expect("Purchasing can learn to ask what hurts");
    terminal.keys("Right 1");
    saved(terminal, "seen alike");
    terminal.keys("PageDown").expect("topic 2 of 2");
}

/// A topic that is revealed before all is written: asked about first.
fn compare_half(terminal: &mut Terminal) {
    terminal.expect("P Purchasing · how we do it");
    terminal.type_text("through two contacts").keys("Enter");
    terminal.wait_for(|screen| count(screen, "1 written, hidden") == 1);
    terminal.keys("C-r").expect("Not everything is written yet: Purchasing and Sales.");
    terminal.keys("Down Enter").expect("through two contacts");
    terminal.keys("Left e").expect("Change ▸ through two contacts");
    terminal.keys("Esc").expect_gone("Change ▸");
    saved(terminal, "topic 2 of 2");
    terminal.keys("PageDown").expect("Enter begins the silence");
}

/// Nothing disturbs it; only the palette ends it, and offers a shorter silence first.
fn keep_silent(terminal: &mut Terminal) {
    assert!(terminal.screen().contains("What will I do differently?"));
    terminal.keys("Enter").expect_gone("Enter begins the silence");
    terminal.keys("PageDown PageUp Esc . F5 Enter n F3 C-r");
    terminal.keys("C-p").expect("type a word of it");
    terminal.type_text("end silence").expect("Make the silence shorter, or end it");
    terminal.keys("Enter").expect("A shorter silence is still a silence.");
    let screen = terminal.screen();
    let place = |text| screen.find(text).unwrap_or_else(|| panic!("{text} is not offered")).0;
    assert!(place("▸ Keep the silence") < place("Make it shorter: half of what is left"));
    assert!(place("Make it shorter: half of what is left") < place("End it now"));
    terminal.keys("Down Down Enter").expect_gone("A shorter silence");
    assert!(terminal.screen().contains("What will I do differently?"), "it goes on, only shorter");
    terminal.keys("C-p").type_text("end silence").keys("Enter").expect("End it now");
    terminal.keys("Down Down Down").expect("▸ End it now");
    terminal.keys("Enter");
    saved(terminal, "One sentence each: what do I see now");
    enter(terminal, "They plan their week; I will ask for it @Dan", "They plan their week");
    terminal.expect("@Dan Ek");
    enter(terminal, "We ask too late", "We ask too late");
    terminal.keys("PageDown").expect("Decision ▸");
}

fn decide(terminal: &mut Terminal) {
    enter(terminal, "We go through lost deals together", "How ▸");
    enter(terminal, "2", "by consensus");
    enter(terminal, "It takes an hour a week", "objections  It takes an hour a week");
    terminal.keys("Enter").expect("Owner ▸");
    enter(terminal, "Cleo", "Has Cleo Marsh accepted? ▸");
    enter(terminal, "yes", "Cleo Marsh, accepted");
    enter(terminal, "2031-03-03", "Mon 3 Mar 2031");
    terminal.expect("Action: when ▸");
    terminal.type_text("a deal is lost").keys("Enter").expect("Action ▸ when a deal is lost, I will");
    enter(terminal, "invite purchasing within a week", "Who does it ▸");
    enter(terminal, "dan", "Has Dan Ek accepted? ▸");
    enter(terminal, "not yet", "By when ▸");
    enter(terminal, "1.2.2031", "by Sat 1 Feb 2031");
    terminal.keys("C-e");
    terminal.expect("Action: when ▸");
    terminal.keys("Enter").expect("Decision ▸");
}

fn leave_a_question_open(terminal: &mut Terminal) {
    enter(terminal, "Who pays for joint visits?", "How ▸");
    terminal.keys("Enter").expect("Objection ▸");
    terminal.keys("Enter").expect("Owner ▸");
    enter(terminal, "nobody", "Who will be asked ▸");
    enter(terminal, "Frida Olsen", "Asked by when ▸");
    enter(terminal, "2031-01-07", "Review on ▸");
    terminal.expect("Tue 7 Jan 2031");
    terminal.keys("Enter").expect("Action: when ▸");
}

/// The first decision rests on a gap, a possibility and an insight.
fn name_the_grounds(terminal: &mut Terminal) {
    terminal.keys("Esc Home l").expect("Enter links or unlinks");
    terminal.keys("Down Enter").expect("✓ How we prepare a negotiation: blind spot");
    terminal.keys("Down Down Enter").expect("✓ Purchasing can learn to ask what hurts");
    terminal.keys("End Up Enter");
    saved(terminal, "✓ They plan their week");
    terminal.keys("Esc").expect_gone("Enter links or unlinks");
    terminal.expect("rests on");
    terminal.keys("PageDown").expect("1 to 5 and a word");
}

fn check_out(terminal: &mut Terminal) {
    enter(terminal, "4 clearer now @Anna", "clearer now");
    enter(terminal, "5 4 4 3", "5 ratings");
    terminal.keys("PageDown");
}

/// The summary names the file, and so does the last line.
fn leave(terminal: &mut Terminal) -> PathBuf {
    let file = terminal.home().session();
    let screen = saved(terminal, "All of it is saved in");
    let path: String = file.to_str().unwrap().split_whitespace().collect();
    assert!(unbroken(&screen).contains(&path), "the summary names the file");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    let screen = terminal.screen();
    assert!(!screen.is_alternate());
    assert!(unbroken(&screen).ends_with(&format!("Thesessionisin{path}")), "the last line names the file");
    file
}

fn minutes_tell_it(terminal: &Terminal) {
    let show = visavis(&["show"]).home(terminal.home()).run();
    assert_eq!((show.status, show.stderr.as_str()), (Some(0), ""));
    let (_, rest) = show.stdout.split_once("\n\nDecided\n-------\n").expect("what was decided");
    let (first, _) = rest.split_once("\nStep by step").expect("the steps");
    insta::allow_duplicates!(insta::assert_snapshot!(first, @r"
    1. We go through lost deals together
       Decided by consensus. Owner: Cleo Marsh (accepted).
       To be reviewed on 3 March 2031.
       Objection: It takes an hour a week
       It rests on:
       - How we prepare a negotiation, about Purchasing: blind spot (gap)
       - Purchasing can learn to ask what hurts (to learn)
       - They plan their week; I will ask for it (insight)

    Who does what
    -------------

    - Dan Ek (not yet asked), by 1 February 2031, for decision 1:
      When a deal is lost, I will invite purchasing within a week

    Open questions
    --------------

    - Who pays for joint visits?
      Nobody owns it yet. Frida Olsen will be asked by 7 January 2031.

    What we can learn from each other
    ---------------------------------

    - Purchasing can learn to ask what hurts
      Purchasing from Sales, driver: mirror image, level: purchasing and
      sales
    "));
}
