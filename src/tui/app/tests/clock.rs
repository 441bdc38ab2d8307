//! Clocks that leap, go back, or change their offset: what is left of a step is right to the second, and what was
//! written stays in its order.

use chrono::{FixedOffset, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::clock::{Clock, ManualClock};
use crate::timer::Left;

/// How long the round is that runs.
const ROUND: i64 = 300;

/// Somebody at the program, and the clocks of the machine.
struct Watched {
    desk: Desk,
    clock: ManualClock,
    begun: Timestamp,
    /// How often the bell rang.
    rings: usize,
}

/// What may happen to the clocks while a session runs.
#[derive(Debug, Clone)]
enum Happens {
    /// The program runs for so many seconds.
    Runs(i64),
    /// The machine sleeps, or the program is stopped, for so many seconds.
    Sleeps(i64),
    /// Somebody puts the wall clock forth or back by so many seconds.
    Set(i64),
    /// The place's offset from UTC is so many hours now: summer time, or its end.
    Offset(i32),
    /// Somebody writes a note.
    Note,
}

impl Watched {
    fn begun() -> Self {
        let desk = Desk::begun();
        let (clock, begun) = (ManualClock::at(desk.now.local()), desk.now);
        Self { desk, clock, begun, rings: 0 }
    }

    fn moment(&self) -> Moment {
        Moment { now: Timestamp::new(self.clock.now()), wall: Timestamp::new(self.clock.wall()) }
    }

    fn tell(&mut self, message: Message<Work>) {
        let moment = self.moment();
        self.desk.now = moment.now;
        let turn = self.desk.app.handle(message, &moment);
        self.rings += usize::from(turn.ring);
        // As the loop does before it waits.
        let _ = self.desk.app.next_moment(&moment);
    }

    fn keys(&mut self, keys: &str) {
        parse(keys).into_iter().for_each(|key| self.tell(Message::Input(Input::Key(key))));
    }

    /// As the loop does: from one moment that the program asked for to the next.
    fn runs(&mut self, secs: i64) {
        let end = self.clock.now() + TimeDelta::seconds(secs);
        while self.clock.now() < end {
            let left = (end - self.clock.now()).to_std().unwrap();
            let next = self.desk.app.next_moment(&self.moment()).unwrap_or(left);
            self.clock.advance(Duration::from_millis(millis(next)).min(left));
            self.tell(Message::Moment);
        }
    }

    /// Nothing runs for so long; then the loop wakes, and what it asks is left unanswered: the time counts.
    fn sleeps(&mut self, secs: i64) {
        self.clock.advance(Duration::from_secs(secs.unsigned_abs()));
        self.tell(Message::Moment);
        if self.desk.screen().contains("Nothing went on") {
            self.keys("<Esc>");
        }
    }

    fn happens(&mut self, what: &Happens, notes: &mut Vec<String>) {
        match what {
            Happens::Runs(secs) => self.runs(*secs),
            Happens::Sleeps(secs) => self.sleeps(*secs),
            Happens::Set(secs) => self.clock.set_wall(self.clock.wall() + TimeDelta::seconds(*secs)),
            Happens::Offset(hours) => self.clock.set_offset(FixedOffset::east_opt(hours * 3600).unwrap()),
            Happens::Note => {
                let text = format!("note {}", notes.len());
                self.keys(&format!("{text}<Enter>"));
                notes.push(text);
            }
        }
    }

    fn left(&self) -> Left {
        self.desk.session().current().unwrap().current().countdown.left(self.moment().now)
    }

    /// What must be left of the round: all time has counted.
    fn wanted(&self) -> Left {
        let left = ROUND - self.moment().now.millis_since(self.begun) / 1000;
        u32::try_from(left).map_or_else(
            |_| Left::Over(u32::try_from(-left).unwrap()),
            |secs| match secs {
                0 => Left::Over(0),
                secs => Left::Time(secs),
            },
        )
    }

    /// What the screen shows of the wall's time, in its corner.
    fn corner(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| self.desk.app.draw(frame, &self.moment())).unwrap();
        plain(terminal.backend().buffer())
            .lines()
            .next()
            .unwrap()
            .split_whitespace()
            .last()
            .unwrap()
            .to_owned()
    }

    fn check(&self, notes: &[String]) {
        assert_eq!(self.left(), self.wanted());
        let kept: Vec<&str> = self.desk.session().notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(kept, notes);
        let made: Vec<Timestamp> = self.desk.session().notes.iter().map(|note| note.made.at).collect();
        assert!(made.is_sorted(), "{made:?}");
        assert_eq!(self.rings, 0, "nothing here is worth a bell");
    }
}

#[test]
fn a_wall_clock_put_forth_or_back_moves_nothing_but_itself() {
    let mut watched = Watched::begun();
    assert_eq!(watched.corner(), "14:00");
    watched.runs(60);
    for (hours, corner) in [(1, "15:01"), (-2, "13:01"), (25, "14:01")] {
        watched.clock.set_wall(watched.clock.wall() + TimeDelta::hours(hours));
        watched.tell(Message::Moment);
        assert_eq!((watched.left(), watched.corner().as_str()), (Left::Time(240), corner));
        assert!(watched.desk.session().interruptions.is_empty(), "nothing stood still");
    }
}

#[test]
fn summer_time_moves_the_hands_and_not_the_countdown() {
    let mut watched = Watched::begun();
    watched.runs(30);
    watched.keys("before<Enter>");
    watched.clock.set_offset(FixedOffset::east_opt(2 * 3600).unwrap());
    watched.runs(30);
    watched.keys("after<Enter>");
    assert_eq!((watched.left(), watched.corner().as_str()), (Left::Time(240), "15:01"));
    watched.check(&["before".to_owned(), "after".to_owned()]);
}

#[test]
fn a_minute_stopped_has_passed_and_ten_minutes_asleep_are_asked_about() {
    let mut watched = Watched::begun();
    watched.runs(10);
    watched.sleeps(60);
    assert_eq!(watched.left(), Left::Time(230));
    watched.clock.advance(Duration::from_secs(600));
    watched.tell(Message::Moment);
    assert_eq!(watched.left(), Left::Over(370));
    watched.desk.shows("Nothing went on for 10 min");
    watched.keys("<Enter>");
    assert_eq!(watched.left(), Left::Time(230), "left out");
    assert_eq!(watched.rings, 0);
}

#[test]
fn a_stop_while_a_frame_is_drawn_is_noticed_too() {
    let mut watched = Watched::begun();
    watched.runs(10);
    let before = watched.moment();
    let _ = watched.desk.app.handle(Message::Moment, &before);
    watched.clock.advance(Duration::from_secs(61));
    let _ = watched.desk.app.next_moment(&watched.moment());
    watched.tell(Message::Moment);
    watched.desk.shows("Nothing went on for 1 min");
}

fn happening() -> impl Strategy<Value = Happens> {
    prop_oneof![
        (1i64..90).prop_map(Happens::Runs),
        prop_oneof![1i64..60, 61i64..4000].prop_map(Happens::Sleeps),
        (-7200i64..7200).prop_map(Happens::Set),
        (-11i32..12).prop_map(Happens::Offset),
        Just(Happens::Note),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_the_clocks_do_the_time_left_is_right(happens in proptest::collection::vec(happening(), 1..12)) {
        let (mut watched, mut notes) = (Watched::begun(), Vec::new());
        for what in &happens {
            watched.happens(what, &mut notes);
            watched.check(&notes);
        }
    }
}
