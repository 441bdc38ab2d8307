//! Somebody who has read nothing: only what the screen says is pressed.

use crate::harness::Terminal;
use crate::play::{enter, read, saved, unbroken};
use visavis::session::{Item, Items, Outcome, Ownership, Session};

/// Through every step with `PgDn`, as each footer says; out of the silence by the palette that it names too.
#[test]
fn a_newcomer_runs_a_whole_session_by_the_hints_alone() {
    let mut terminal = Terminal::builder().spawn();
    terminal.expect("New here? Enter starts a first try");
    terminal.keys("Enter").expect("Enter adds");
    saved(&terminal, "Round 1 of 2: Write (hidden)");
    enter(&mut terminal, "We answer within a day", "North  1 hidden");
    assert!(terminal.screen().contains("Tab side") && terminal.screen().contains("PgDn next"));
    terminal.keys("Tab");
    enter(&mut terminal, "We ask before we promise", "South  1 hidden");
    terminal.keys("PageDown").expect("▸ Reveal, and go on");
    terminal.keys("Enter").expect("We ask before we promise");
    terminal.keys("PageDown").expect("Enter adds a topic");
    enter(&mut terminal, "How we keep promises", "Topics  1");
    terminal.keys("PageDown").expect("topic 1 of 1");
    enter(&mut terminal, "We write them down", "1 written, hidden");
    terminal.keys("Tab");
    enter(&mut terminal, "By heart", "S 1 written, hidden");
    terminal.keys("PageDown").expect("▸ Reveal, and look");
    terminal.keys("Enter").expect("By heart");
    terminal.keys("3").expect("blind spot");
    terminal.keys("PageDown").expect("Enter begins the silence");
    silence(&mut terminal);
    enter(&mut terminal, "A promise is a note", "A promise is a note");
    terminal.keys("PageDown").expect("Decision ▸");
    enter(&mut terminal, "Promises are written down", "How ▸");
    terminal.keys("PageDown").expect("1 to 5 and a word");
    enter(&mut terminal, "5 short", "1 rating");
    terminal.keys("PageDown").expect("Promises are written down");
    terminal.expect("Leave; the session stays open");
    let file = terminal.home().session();
    let path = file.to_str().unwrap();
    terminal.keys("C-q");
    assert!(terminal.wait_exit().success());
    assert!(unbroken(&terminal.screen()).ends_with(path), "the last line names the file");
    holds_all(&read(&file));
}

fn silence(terminal: &mut Terminal) {
    terminal.keys("PageDown").expect("Begin it with Enter");
    terminal.keys("Enter").expect_gone("Enter begins");
    terminal.keys("C-p").expect("Make the silence shorter, or end it");
    terminal.type_text("end").keys("Enter").expect("▸ Keep the silence");
    terminal.keys("Down Down Down").expect("▸ End it now");
    terminal.keys("Enter").expect("One sentence each");
}

fn texts<T: Item>(items: &Items<T>, text: impl Fn(&T) -> &str) -> Vec<String> {
    items.iter().map(|item| text(item).to_owned()).collect()
}

fn holds_all(session: &Session) {
    assert_eq!(session.title, "A taste of cross-learning");
    assert_eq!(session.passes.len(), 5, "every step was entered");
    assert_eq!(
        texts(&session.notes, |note| &note.text),
        ["We answer within a day", "We ask before we promise"]
    );
    assert_eq!(texts(&session.topics, |topic| &topic.text), ["How we keep promises"]);
    assert_eq!(texts(&session.entries, |entry| &entry.text), ["We write them down", "By heart"]);
    assert_eq!(session.judgements.len(), 1);
    assert_eq!(texts(&session.insights, |insight| &insight.text), ["A promise is a note"]);
    assert_eq!(texts(&session.ratings, |rating| &rating.word), ["short"]);
    assert_eq!(texts(&session.decisions, |decision| &decision.statement), ["Promises are written down"]);
    let open = Outcome::Decided(Ownership::default());
    assert!(session.decisions.iter().all(|decision| decision.outcome == open), "nobody owns it yet");
}
