//! Two sessions of a series in the running program: what the first leaves open, the second asks about.

use crate::harness::{Home, Terminal, visavis};
use crate::play::{enter, leave, person, read};
use std::path::{Path, PathBuf};
use visavis::session::{Fate, Session, Standing};

/// A follow-up first, and decisions at the end.
const BOARD: &str = r#"
Script(
    format: 1,
    title: "Joint board",
    sides: [(key: "plants", name: "Plants"), (key: "buyers", name: "Buyers")],
    steps: [
        FollowUp(key: "before", title: "What became of it?", time: "5m"),
        Brainstorm(key: "news", title: "What is new?", time: "5m"),
        Decide(key: "decide", title: "What do we do?", time: "10m", method: Consent),
    ],
)
"#;

const ACTION: &str = "send round the shared plan";
const PARKED: &str = "Who pays for the joint visits?";

fn home_with_script() -> (Home, PathBuf) {
    let home = Home::new();
    let script = home.path().join("board.ron");
    std::fs::write(&script, BOARD).unwrap();
    (home, script)
}

/// Decides something, parks two thoughts, carries them on and closes.
fn first_session(home: &Home, script: &Path) -> PathBuf {
    let args = ["run", script.to_str().unwrap(), "--with", "Anna Berg:Plants, Bo Lind:Buyers"];
    let mut terminal = Terminal::builder().home(home).args(&args).spawn();
    // Nothing is open yet, so that the follow-up is passed over.
    terminal.expect("What is new?");
    terminal.keys("C-f").expect("Parking lot");
    enter(&mut terminal, PARKED, "One thought waits.");
    enter(&mut terminal, "The portal is slow", "2 thoughts wait.");
    terminal.keys("Down Down y").expect("discussed The portal is slow");
    terminal.keys("C-f").expect_gone("Parking lot");
    terminal.keys("PageDown").expect("Decision ▸");
    enter(&mut terminal, "Plants and buyers read one plan", "How ▸");
    terminal.keys("Enter").expect("Objection ▸");
    terminal.keys("Enter").expect("Owner ▸");
    enter(&mut terminal, "Bo", "Has Bo Lind accepted? ▸");
    enter(&mut terminal, "yes", "Review on ▸");
    terminal.keys("Enter").expect("Action: when ▸");
    terminal.type_text("it is drafted").keys("Enter").expect("Action ▸ when it is drafted, I will");
    enter(&mut terminal, ACTION, "Who does it ▸");
    enter(&mut terminal, "anna", "Has Anna Berg accepted? ▸");
    enter(&mut terminal, "yes", "By when ▸");
    terminal.keys("Enter").expect("Action: when ▸");
    terminal.keys("PageDown").expect("One thought waits in the parking lot");
    terminal.keys("Down").expect("▸ Carry it to the next session");
    terminal.keys("Enter").expect("Close the session");
    let file = home.session();
    terminal.keys("Down").expect("▸ Close the session");
    terminal.keys("Enter");
    assert!(terminal.wait_exit().success());
    file
}

fn second_session(terminal: &mut Terminal) {
    terminal.expect("What became of it?");
    let screen = terminal.expect(PARKED);
    assert!(screen.contains(ACTION) && screen.contains("parked") && !screen.contains("The portal is slow"));
    terminal.keys("Home Down").wait_for(|screen| screen.contains("y done"));
    terminal.keys("y").expect("Done: how did it go");
    enter(terminal, "well", "shared plan: well");
    leave(terminal);
}

fn open(home: &Home) -> String {
    let told = visavis(&["decisions", "--open"]).home(home).run();
    assert_eq!(told.status, Some(0), "{}", told.stderr);
    told.stdout
}

fn holds(second: &Session, first: &Session) {
    assert_eq!(second.follows, Some(first.id));
    let side = |session: &Session, name: &str| {
        let id = person(session, name);
        session.people.get(id).and_then(|person| person.side.clone())
    };
    for name in ["Anna Berg", "Bo Lind"] {
        assert_eq!(side(second, name), side(first, name), "{name}");
    }
    assert_eq!(
        first.parked.iter().map(|one| one.fate).collect::<Vec<_>>(),
        [Fate::NextSession, Fate::Discussed]
    );
    let said: Vec<_> = second.updates.iter().map(|update| (update.standing, update.why.as_str())).collect();
    assert_eq!(said, [(Standing::Done, "well")]);
}

#[test]
fn what_one_session_leaves_open_the_next_asks_about() {
    let (home, script) = home_with_script();
    let first = first_session(&home, &script);
    assert!(open(&home).contains(ACTION));
    let mut terminal = Terminal::builder().home(&home).args(&["run", "--next-of", "last"]).spawn();
    assert!(terminal.expect("Anna Berg").contains("Bo Lind"));
    terminal.keys("Enter");
    second_session(&mut terminal);
    assert!(!open(&home).contains(ACTION) && open(&home).contains("read one plan"));
    holds(&read(&home.session_after(&first)), &read(&first));
}

#[test]
fn home_offers_the_next_of_a_series() {
    let (home, script) = home_with_script();
    first_session(&home, &script);
    let terminal = Terminal::builder().home(&home).spawn();
    let screen = terminal.expect("Next of");
    assert!(screen.contains("Joint board") && screen.contains("3 open items"));
}
