//! Interruptions: time that does not count, such as a fire alarm or a closed lid.
//!
//! Owns what an interruption is, and what follows from what was said of it: which time is left out and
//! which steps are cut. Never: notices one by itself.

use serde::{Deserialize, Serialize};

use super::agenda::Pass;
use super::event::{Course, Event};
use super::id::StepId;
use super::record::PassRef;
use super::state::{Session, Status};
use crate::timer::{Countdown, Timestamp};

/// What is longer than this is asked about; in milliseconds.
pub const LONG: i64 = 60_000;

/// A stretch of time in which nothing went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// What was said of it; none where nobody has said anything, and then it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
}

/// What an interruption is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// It does not count, and the end moves.
    LeftOut,
    /// It does not count, and what is left is cut so that the end stays where it was.
    Fitted,
    /// It counts as time that passed.
    Counted,
}

impl Interruption {
    /// One of which nobody has said anything.
    pub(super) const fn new(from: Timestamp, to: Option<Timestamp>) -> Self {
        Self { from, to, taken: None }
    }

    /// How long it lasted, in milliseconds; nothing while it lasts.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.to.map_or(0, |to| to.millis_since(self.from).max(0))
    }

    /// Whether it counts as time that passed.
    #[must_use]
    pub const fn counts(&self) -> bool {
        match self.taken {
            Some(Taken::LeftOut | Taken::Fitted) => false,
            Some(Taken::Counted) | None => true,
        }
    }

    /// How much of the time between two moments it takes away, in milliseconds.
    fn takes_of(&self, from: Timestamp, to: Timestamp) -> i64 {
        let end = self.to.unwrap_or(self.from);
        if self.counts() { 0 } else { end.min(to).millis_since(self.from.max(from)).max(0) }
    }
}

/// Something that has time left, and how many seconds of it.
#[derive(Debug, Clone, Copy)]
enum Rest {
    Round { pass: PassRef, round: u32, secs: i64 },
    Step { step: StepId, secs: i64 },
}

impl Rest {
    const fn secs(self) -> i64 {
        match self {
            Self::Round { secs, .. } | Self::Step { secs, .. } => secs,
        }
    }
}

impl Session {
    /// The interruption that lasts now.
    #[must_use]
    pub fn interrupted(&self) -> Option<&Interruption> {
        self.interruptions.last().filter(|last| last.to.is_none() && self.status.is_open())
    }

    /// The newest interruption, where it is over, was long, and nobody has said what it was.
    #[must_use]
    pub fn unexplained(&self) -> Option<&Interruption> {
        self.interruptions.last().filter(|last| last.taken.is_none() && last.millis() > LONG)
    }

    /// How much of the time between two moments does not count, in milliseconds.
    #[must_use]
    pub fn left_out(&self, from: Timestamp, to: Timestamp) -> i64 {
        self.interruptions.iter().map(|one| one.takes_of(from, to)).fold(0, i64::saturating_add)
    }

    /// By how much interruptions have moved the end, in milliseconds.
    pub(super) fn end_moved(&self) -> i64 {
        let moves = |one: &&Interruption| one.taken == Some(Taken::LeftOut);
        self.interruptions.iter().filter(moves).map(Interruption::millis).fold(0, i64::saturating_add)
    }

    /// Whether an interruption may begin at this moment: the session goes on, and none lasts.
    pub(super) fn may_be_interrupted(&self, from: Timestamp) -> bool {
        let after = |last: &Interruption| last.to.is_some_and(|to| to <= from);
        self.status == Status::Open && self.present.is_some() && self.interruptions.last().is_none_or(after)
    }

    /// The events that follow from what an interruption is taken for.
    pub(super) fn taking(&self, gap: &Interruption, taken: Taken) -> Vec<Event> {
        let mut events = match taken {
            Taken::LeftOut => self.stopped(gap).into_iter().collect(),
            Taken::Fitted => self.stopped(gap).into_iter().chain(self.cuts(gap)).collect(),
            Taken::Counted => Vec::new(),
        };
        events.push(Course::InterruptionTaken { from: gap.from, taken });
        events.into_iter().map(Event::Course).collect()
    }

    /// The present countdown did not run during the gap.
    fn stopped(&self, gap: &Interruption) -> Option<Course> {
        let pass = self.current()?;
        let since = pass.current().countdown.since?;
        let millis = gap.to?.millis_since(gap.from.max(since));
        (millis > 0).then(|| Course::TimeLeftOut { pass: pass.reference(), round: pass.round, millis })
    }

    /// How many seconds are left at the end of a gap once it is left out.
    #[must_use]
    pub fn left_after(&self, gap: &Interruption) -> i64 {
        self.rests(gap).into_iter().map(Rest::secs).sum()
    }

    /// All that is left is cut in proportion, so that together it is shorter by the gap.
    fn cuts(&self, gap: &Interruption) -> Vec<Course> {
        let rests = self.rests(gap);
        let whole: i64 = rests.iter().map(|rest| rest.secs()).sum();
        let cut = (gap.millis() / 1000).min(whole);
        // What was cut so far is counted along, so that no rounding adds up.
        let (mut seen, mut done) = (0, 0);
        let mut cuts = Vec::new();
        for rest in rests {
            seen += rest.secs();
            let secs = cut * seen / whole.max(1) - done;
            done += secs;
            match rest {
                Rest::Round { pass, round, .. } if secs > 0 => {
                    cuts.push(Course::TimerExtended { pass, round, secs: -secs });
                }
                Rest::Step { step, secs: planned } if secs > 0 => {
                    cuts.push(Course::StepFitted { step, secs: u32::try_from(planned - secs).unwrap_or(0) });
                }
                Rest::Round { .. } | Rest::Step { .. } => {}
            }
        }
        cuts
    }

    /// What has time left after a gap that is left out: rounds of steps that have begun, and whole steps.
    fn rests(&self, gap: &Interruption) -> Vec<Rest> {
        let place = self.current().and_then(|pass| self.place_in_agenda(pass.step));
        let mut rests = Vec::new();
        for entry in self.agenda.iter().skip(place.unwrap_or(0)) {
            match self.last_pass(entry.id) {
                Some(pass) => rests.extend(rounds_left(pass, gap)),
                None => rests.push(Rest::Step { step: entry.id, secs: self.planned_for(entry.id) }),
            }
        }
        rests.retain(|rest| rest.secs() > 0);
        rests
    }
}

fn rounds_left(pass: &Pass, gap: &Interruption) -> impl Iterator<Item = Rest> {
    let reference = pass.reference();
    let left = |countdown: Countdown| i64::from(countdown.left(gap.from).secs());
    let rounds = pass.rounds.iter().zip(1..).filter(|(_, round)| *round >= pass.round);
    rounds.map(move |(run, round)| Rest::Round { pass: reference, round, secs: left(run.countdown) })
}
