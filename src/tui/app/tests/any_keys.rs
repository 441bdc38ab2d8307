//! Whatever keys are pressed: nothing panics, everything can be drawn, what is on the disk is the session,
//! and nobody is ever stuck: `Esc` and `Ctrl+P` lead out of everything.

use std::collections::BTreeSet;

use super::*;
use crate::script::{self, Script};
use crate::session::Fate;
use crate::session::testing::Room as Meeting;
use crate::session::{Following, TypedIn, Unfinished};
use crate::storage::sim::Cut;
use crate::tui::action::TABLE;
use crate::tui::app::shelf::Next;

/// Pressed more often than the rest of the table: what leads on, what leads out, what moves the mark.
const OFTEN: &[&str] = &[
    "<Enter>",
    "<Enter>",
    "<Enter>",
    "<Enter>",
    "<Esc>",
    "<Esc>",
    "<Tab>",
    "<PageDown>",
    "<Down>",
    "<Down>",
    "<Up>",
    "<Right>",
    "<Ctrl+Z>",
    "<Ctrl+R>",
];

/// Keys that type, or that nothing was made for.
const LETTERS: &[&str] = &[
    " ",
    "a",
    "B",
    "0",
    "3",
    "5",
    "9",
    "#",
    "@",
    ":",
    ",",
    "\u{1b}",
    "\u{e9}",
    "\u{5b57}",
    "<Backspace>",
    "<Ctrl+U>",
    "<Ctrl+W>",
    "<Alt+Left>",
    "<F5>",
    "<Shift+F12>",
];

/// What is typed in one go.
const WORDS: &[&str] = &[
    "Should-cost #price @Anna",
    "when a tender comes up",
    "by friday",
    "5 4 4 3",
    "Bo: fine",
    "14:05",
    "Cleo:Plants, Dan",
    "/copies",
];

/// What is pasted: lists of all kinds, and things that are none.
const PASTES: &[&str] = &[
    "one\ntwo\nthree\n",
    "Sales:\n- first\n- second #price\n\nPurchasing:\n1. third @Anna\n",
    "Anna: a good day\nBo: tired\n",
    "5\n4 good\n3\nnothing\n",
    "when A, then B, by friday (Anna)\nnobody knows\n",
    "one line",
    "\n\n \n",
    "\u{202e}\u{7}\t\u{1b}[2J",
];

/// A step of each kind there is.
fn every_kind() -> Script {
    script::read(include_str!("any_keys/every_kind.ron")).unwrap().script
}

/// What a hand does next.
enum Hand {
    Presses(Vec<Key>),
    Pastes(&'static str),
    Rests(i64),
}

impl Hand {
    /// Anything: keys that do something, words, actions that have no key, a step far away, a paste.
    fn any(random: &mut SeededRandom) -> Self {
        let mut one_of = |from: &[&'static str]| from[random.below(from.len())];
        let [often, letter, words, paste] = [OFTEN, LETTERS, WORDS, PASTES].map(&mut one_of);
        let row = &TABLE[random.below(TABLE.len())];
        match random.below(40) {
            0 => Self::Pastes(paste),
            1 => Self::Rests(i64::try_from(random.below(300)).unwrap()),
            2 => Self::Presses(parse(&format!("<Ctrl+P>{}<Enter>", row.name))),
            3 => Self::Presses(parse(&format!("<F3>{}<Enter>", "<Down>".repeat(random.below(11))))),
            4 => Self::Presses(parse(words)),
            5..=16 => Self::Presses(parse(often)),
            17..=20 => Self::Presses(parse(letter)),
            _ => Self::Presses(
                row.keys.iter().take(1 + random.below(2)).next_back().copied().into_iter().collect(),
            ),
        }
    }

    /// How many keys that were.
    const fn keys(&self) -> usize {
        match self {
            Self::Presses(keys) => keys.len(),
            Self::Pastes(_) | Self::Rests(_) => 0,
        }
    }
}

/// What was done, as the tests write it.
fn told(run: u64, hands: &[Hand]) -> String {
    let told = hands.iter().map(|hand| match hand {
        Hand::Presses(keys) => keys.iter().map(|key| format!("<{key}>")).collect(),
        Hand::Pastes(text) => format!("\n  pasted {text:?}\n"),
        Hand::Rests(secs) => format!("\n  {secs} s\n"),
    });
    format!("run {run}: {}", told.collect::<String>())
}

impl Desk {
    fn place(&self) -> Place {
        self.app.place(self.now)
    }

    /// Whether the keys go to a session's line or board, or to home: everything can be begun from there.
    fn is_at_rest(&self) -> bool {
        use Place::{Board, Compose, Groups, List, Ready, Silence};
        let room = self.app.room.as_ref();
        // An interrupted session waits for any key, and that key does nothing else.
        let interrupted = room.is_some_and(|room| room.session().interrupted().is_some());
        // The parking lot's list is a board, too, but lies over the session.
        let over = room.is_some_and(|room| room.run.overlay.is_some());
        !interrupted && !over && [Compose, Board, Groups, Ready, Silence, List].contains(&self.place())
    }

    fn does(&mut self, hand: &Hand) {
        match hand {
            Hand::Presses(keys) => keys.iter().for_each(|key| self.tell(Message::Input(Input::Key(*key)))),
            Hand::Pastes(text) => drop(self.pastes(text)),
            Hand::Rests(secs) => drop(self.wait(*secs)),
        }
        // Leaving is for the loop; here it only begins another look at the same session.
        if self.last.leave && self.app.room.is_some() {
            self.app.view = View::Session;
        }
    }

    /// Whether `Esc` leads out of where we are, and `Ctrl+P` and `Esc` out of where that leads.
    fn leads_out(&mut self) -> Result<(), String> {
        for _ in 0..6 {
            if self.is_at_rest() {
                break;
            }
            self.keys("<Esc>");
        }
        if !self.is_at_rest() {
            return Err(format!("Esc does not lead out of {:?}:\n{}", self.place(), self.screen()));
        }
        let before = self.place();
        self.keys("<Ctrl+P>");
        if self.place() != Place::Palette {
            return Err(format!("Ctrl+P does not lead out of {before:?}:\n{}", self.screen()));
        }
        self.keys("s<Esc>");
        if self.place() != before {
            return Err(format!("Esc does not lead back to {before:?}:\n{}", self.screen()));
        }
        self.app.room.as_ref().map_or(Ok(()), |room| room.session().sound())
    }
}

/// A session with people in it that follows another one; every fifth is left for home at once,
/// every tenth for a set-up.
pub(super) fn begun(run: u64) -> Desk {
    let mut last = Meeting::new().person("Anna", "purchasing").go("decide");
    last = last.decision("Joint visits", "Anna").action("it is Monday", "I call", "Anna", 1);
    let last = last.park("Payment terms", Fate::Waiting).next();
    let session = last.session();
    let following = Following {
        series: session.series_or_own(),
        follows: session.id,
        open_items: session.matters().collect(),
    };
    assert_eq!(following.open_items.len(), 3);
    let choice = Choice { name: "every kind".to_owned(), script: every_kind() };
    let next = Next::of(session, choice, following);
    let mut desk = Desk::on(SimDisk::new(), moment(i64::try_from(run).unwrap()));
    let moment = desk.moment();
    desk.app.begin_next(&next, &at_once(), moment).unwrap();
    desk.keys("<Ctrl+O>Anna Berg:Purchasing, Bo:Sales, Cleo<Enter><Esc>");
    if run.is_multiple_of(5) {
        desk.keys("<PageDown>one<Enter>").until_saved();
        desk = desk.left();
        desk.until_read();
    }
    if run.is_multiple_of(10) {
        desk.keys("<Down><Tab>");
    }
    desk
}

/// How many keys are pressed in one session before the next begins: short runs reach more than long ones.
const RUN: usize = 200;

/// Where the keys went: what had the focus, and the step.
type Reached = (BTreeSet<Place>, BTreeSet<String>);

/// Presses keys in one session, in each run others.
fn pressed((places, steps): &mut Reached, run: u64) {
    let mut desk = begun(run);
    let mut random = SeededRandom::new(run);
    let mut hands = Vec::new();
    let mut keys = 0;
    while keys < RUN {
        let hand = Hand::any(&mut random);
        keys += hand.keys();
        hands.push(hand);
        desk.does(&hands[hands.len() - 1]);
        places.insert(desk.place());
        if random.below(8) == 0 {
            let (columns, rows) = [(80, 24), (120, 40), (60, 16), (20, 5)][random.below(4)];
            desk.buffer(columns, rows);
        }
        if hands.len().is_multiple_of(10) {
            desk.leads_out().unwrap_or_else(|stuck| panic!("{stuck}\n{}", told(run, &hands)));
        }
    }
    let Some(room) = &desk.app.room else { return };
    let passes = room.session().passes.iter();
    steps.extend(passes.filter_map(|pass| Some(room.session().step(pass.step)?.head.key.0.clone())));
    let path = room.path();
    // What is typed is kept within a second; the frame after it is on the disk no sooner.
    desk.wait(1);
    let (now, room) = (desk.now, desk.app.room.as_mut().unwrap());
    let more = room.ask(&mut random, now, Request::ExtendTimer(60), Then::Nothing);
    let (session, typed) = (room.session().clone(), waiting(room));
    desk.until_saved();
    let mut again = Desk::on(desk.disk.power_cut(Cut::Lose), desk.now.plus_millis(60_000));
    again.app.go_on(&path, again.moment()).unwrap();
    let mut found = again.session().clone();
    // The time away may have become an interruption: that alone is new.
    found.interruptions.truncate(session.interruptions.len());
    assert_eq!(found, session, "{}", told(run, &hands));
    if more {
        assert_eq!(waiting(again.room()), typed, "{}", told(run, &hands));
    }
}

/// The words that wait in lines, wherever they are typed, as going on finds them.
fn waiting(room: &Room) -> BTreeSet<(TypedIn, Vec<String>)> {
    let waiting = room.run.unfinished().map(|(place, Unfinished { text, change, .. })| {
        let words: Vec<String> = match change {
            // The words of what was being changed, and is gone, wait in the line.
            Some(change) if room.shown().draft(change.of).is_none() => {
                let words = [change.text, text].into_iter().filter(|words| !words.is_empty());
                vec![words.collect::<Vec<String>>().join("\n")]
            }
            Some(change) => vec![text, change.text],
            None => vec![text],
        };
        (place, words)
    });
    waiting.filter(|(_, words)| words.iter().any(|words| !words.is_empty())).collect()
}

#[test]
fn any_keys_do_no_harm_and_lead_out_again() {
    let mut reached = Reached::default();
    (0..40).for_each(|run| pressed(&mut reached, run));
    let (places, steps) = reached;
    assert!(Place::FOCUS.iter().all(|place| places.contains(place)), "only {places:?}");
    assert!(every_kind().steps.iter().all(|step| steps.contains(&step.head.key.0)), "only {steps:?}");
}

#[test]
#[ignore = "it takes a minute; tests/README.md says how it is run"]
fn deep_any_keys() {
    const RUNS: u64 = 500;
    (0..RUNS).for_each(|run| pressed(&mut Reached::default(), run));
    println!("any keys: {RUNS} sessions of at least {RUN} keys each, and the way out after every tenth");
}
