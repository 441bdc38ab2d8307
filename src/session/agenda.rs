//! The agenda as it runs: which steps, each run of a step, its rounds and their countdowns.
//!
//! Owns: passes and what comes next. Never: what was said in a step.

use serde::{Deserialize, Serialize};

use super::event::{Course, Event};
use super::id::StepId;
use super::insight::Hush;
use super::mirror::{Cover, TopicId};
use super::record::PassRef;
use super::state::Session;
use super::talk::Talk;
use crate::script::{Kind, Start, Step, StepKey};
use crate::timer::{Countdown, Left, Timestamp};

/// The most runs of steps that a session has: one every three seconds of a long day.
pub const MOST_PASSES: usize = 10_000;
/// The most rounds of a pass, such as the topics of a discussion.
pub const MOST_ROUNDS: usize = 10_000;

/// An entry of the agenda: a step of the session's script, which may stand in it more than once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaStep {
    /// Its identity.
    pub id: StepId,
    /// The step of the script.
    pub key: StepKey,
    /// Its time in seconds, where it was fitted to the session's end; else what the script says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted: Option<u32>,
}

/// One run of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The entry of the agenda.
    pub step: StepId,
    /// Which run of it, from 1.
    pub pass: u32,
    /// When it was entered and left; the last has no end while it is the present step.
    pub visits: Vec<Visit>,
    /// Its rounds, at least one: a step without rounds is one round.
    pub rounds: Vec<RoundRun>,
    /// The present round, from 1.
    pub round: u32,
    /// What only some kinds of steps have.
    #[serde(default, skip_serializing_if = "Progress::is_plain")]
    pub progress: Progress,
}

/// A stretch of time in which a pass was the present step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// When it was entered.
    pub from: Timestamp,
    /// When it was left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
}

/// One round as it ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRun {
    /// Its countdown.
    pub countdown: Countdown,
    /// Whether what was written in it can be seen.
    #[serde(default, skip_serializing_if = "is_open")]
    pub cover: Cover,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_open(cover: &Cover) -> bool {
    cover.is_open()
}

/// How far a step of a certain kind has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Progress {
    /// Nothing but its rounds.
    #[default]
    Plain,
    /// The topic on the screen, and the topics whose accounts were revealed.
    Mirror {
        /// The present topic; none while topics are being worded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        topic: Option<TopicId>,
        /// The topics whose accounts everybody has seen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        revealed: Vec<TopicId>,
    },
    /// How far the silence has come.
    Silence(Hush),
    /// The topics of a discussion.
    Discuss(Talk),
}

impl Progress {
    fn is_plain(&self) -> bool {
        match self {
            Self::Plain => true,
            Self::Mirror { .. } | Self::Silence(_) | Self::Discuss(_) => false,
        }
    }
}

impl Pass {
    /// A pass of `step` that nobody has entered yet.
    #[must_use]
    pub fn new(id: StepId, pass: u32, step: &Step) -> Self {
        let mut rounds: Vec<RoundRun> = step
            .head
            .rounds
            .iter()
            .map(|round| RoundRun {
                countdown: Countdown::new(round.time.as_secs()),
                cover: if round.hidden { Cover::Hidden } else { Cover::Open },
            })
            .collect();
        if rounds.is_empty() {
            rounds.push(RoundRun { countdown: Countdown::new(step.head.time.as_secs()), cover: Cover::Open });
        }
        let progress = match &step.kind {
            Kind::Mirror(_) => Progress::Mirror { topic: None, revealed: Vec::new() },
            Kind::Discuss(_) => {
                rounds = vec![RoundRun {
                    countdown: Countdown::new(step.head.time.as_secs()),
                    cover: Cover::Open,
                }];
                Progress::Discuss(Talk::default())
            }
            Kind::Silence(silence) => {
                rounds.truncate(1);
                if let Some(insight) = &silence.then {
                    let countdown = Countdown::new(insight.time.as_secs());
                    rounds.push(RoundRun { countdown, cover: Cover::Open });
                }
                Progress::Silence(Hush::Waiting)
            }
            Kind::Vote(vote) => {
                if vote.hidden {
                    rounds.iter_mut().for_each(|round| round.cover = Cover::Hidden);
                }
                Progress::Plain
            }
            Kind::CheckIn(_)
            | Kind::Brainstorm(_)
            | Kind::Cluster(_)
            | Kind::Decide(_)
            | Kind::FollowUp(_)
            | Kind::Break(_)
            | Kind::CheckOut(_) => Progress::Plain,
        };
        Self { step: id, pass, visits: Vec::new(), rounds, round: 1, progress }
    }

    /// The same pass with its rounds cut in proportion, where its step was fitted to `secs` of its time.
    #[must_use]
    fn fitted(mut self, secs: u32, whole: i64) -> Self {
        for run in &mut self.rounds {
            let planned = i64::from(run.countdown.planned) * i64::from(secs) / whole.max(1);
            run.countdown = Countdown::new(u32::try_from(planned).unwrap_or(0));
        }
        self
    }

    /// What refers to it.
    #[must_use]
    pub const fn reference(&self) -> PassRef {
        PassRef { step: self.step, pass: self.pass }
    }

    /// The present round.
    #[must_use]
    pub fn current(&self) -> &RoundRun {
        const NONE: RoundRun = RoundRun { countdown: Countdown::new(0), cover: Cover::Open };
        self.round(self.round).unwrap_or(&NONE)
    }

    /// One of its rounds, from 1.
    #[must_use]
    pub fn round(&self, round: u32) -> Option<&RoundRun> {
        self.rounds.get(usize::try_from(round).ok()?.checked_sub(1)?)
    }

    pub(super) fn round_mut(&mut self, round: u32) -> Option<&mut RoundRun> {
        self.rounds.get_mut(usize::try_from(round).ok()?.checked_sub(1)?)
    }

    /// How many rounds it has.
    #[must_use]
    pub fn round_count(&self) -> u32 {
        u32::try_from(self.rounds.len()).unwrap_or(u32::MAX)
    }

    /// The silence, where this is one.
    #[must_use]
    pub const fn hush(&self) -> Option<Hush> {
        match self.progress {
            Progress::Silence(hush) => Some(hush),
            Progress::Plain | Progress::Mirror { .. } | Progress::Discuss(_) => None,
        }
    }

    /// The topic on the screen, where it has topics and one is chosen.
    #[must_use]
    pub const fn topic(&self) -> Option<TopicId> {
        match self.progress {
            Progress::Mirror { topic, .. } => topic,
            Progress::Plain | Progress::Silence(_) | Progress::Discuss(_) => None,
        }
    }

    /// Whether it is a silence that is being kept right now.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        matches!(self.progress, Progress::Silence(Hush::Kept { .. }))
    }
}

/// Where one can go with one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// A topic of the present mirror.
    Topic(TopicId),
    /// The wording of topics in the present mirror.
    Topics,
    /// A round of the present step, from 1.
    Round(u32),
    /// A step: its newest pass, or its first.
    Step(StepId),
}

impl Session {
    /// What comes after where we are: the next topic, else round, else step; none at the end.
    #[must_use]
    pub fn next_part(&self) -> Option<Part> {
        let Some(pass) = self.current() else {
            let mut entries = self.agenda.iter();
            let first = entries.find(|entry| !self.passes_over(entry.id)).or(self.agenda.first());
            return first.map(|first| Part::Step(first.id));
        };
        if let Progress::Mirror { topic, .. } = &pass.progress {
            let mut topics = self.topics_of(pass.reference());
            let next = match topic {
                None => topics.next(),
                Some(topic) => topics.skip_while(|other| other.id != *topic).nth(1),
            };
            if let Some(next) = next {
                return Some(Part::Topic(next.id));
            }
        }
        let next = match pass.talk() {
            Some(talk) => talk.after(pass.round),
            None => (pass.round < pass.round_count()).then(|| pass.round + 1),
        };
        if let Some(round) = next {
            return Some(Part::Round(round));
        }
        let place = self.place_in_agenda(pass.step)?;
        let mut later = self.agenda.iter().skip(place + 1);
        later.find(|entry| !self.passes_over(entry.id)).map(|entry| Part::Step(entry.id))
    }

    /// Whether one key leads past a step: a follow-up where nothing was left open. It can be gone to all the
    /// same.
    pub(super) fn passes_over(&self, step: StepId) -> bool {
        self.open_items.is_empty()
            && self.step(step).is_some_and(|step| matches!(step.kind, Kind::FollowUp(_)))
    }

    /// What came before where we are; none at the beginning.
    #[must_use]
    pub fn previous_part(&self) -> Option<Part> {
        let pass = self.current()?;
        if let Progress::Mirror { topic: Some(topic), .. } = &pass.progress {
            let before = self.topics_of(pass.reference()).take_while(|other| other.id != *topic).last();
            return Some(before.map_or(Part::Topics, |before| Part::Topic(before.id)));
        }
        let before = match pass.talk() {
            Some(talk) => talk.before(pass.round),
            None => (pass.round > 1 && pass.hush().is_none()).then(|| pass.round - 1),
        };
        if let Some(round) = before {
            return Some(Part::Round(round));
        }
        let place = self.place_in_agenda(pass.step)?;
        let mut earlier = self.agenda.iter().take(place).rev();
        earlier.find(|entry| !self.passes_over(entry.id)).map(|entry| Part::Step(entry.id))
    }

    /// The events that take a topic off the screen, so that it can go: the wording of topics takes its
    /// place.
    pub(super) fn leaving_topic(&self, topic: TopicId) -> Vec<Event> {
        let shows = |pass: &&Pass| match &pass.progress {
            Progress::Mirror { topic: present, .. } => *present == Some(topic),
            Progress::Plain | Progress::Silence(_) | Progress::Discuss(_) => false,
        };
        let leave = |pass: &Pass| Course::TopicEntered { pass: pass.reference(), topic: None };
        self.passes.iter().filter(shows).map(|pass| Event::Course(leave(pass))).collect()
    }

    /// The newest pass of a step.
    #[must_use]
    pub fn last_pass(&self, step: StepId) -> Option<&Pass> {
        self.passes.iter().filter(|pass| pass.step == step).max_by_key(|pass| pass.pass)
    }

    /// The passes whose results come into `step`: for each of its `from`, the last finished one.
    pub fn sources(&self, step: StepId) -> impl Iterator<Item = &Pass> {
        let keys = self.step(step).map(|step| step.head.from.as_slice()).unwrap_or_default();
        keys.iter().filter_map(|key| {
            let finished = |pass: &&Pass| {
                self.entry(pass.step).is_some_and(|entry| &entry.key == key)
                    && pass.visits.last().is_some_and(|visit| visit.to.is_some())
            };
            self.passes.iter().rfind(finished)
        })
    }

    /// Whether entering a pass of `step` starts its countdown.
    #[must_use]
    pub fn starts_by_itself(step: &Step) -> bool {
        step.kind.silence().is_none()
            && match step.head.start {
                Start::Auto => true,
                Start::Manual => false,
            }
    }

    /// A fresh pass with its rounds cut, where its step was fitted to the session's end.
    pub(super) fn fit(&self, pass: Pass, step: &Step) -> Pass {
        match self.entry(pass.step).and_then(|entry| entry.fitted) {
            Some(secs) => pass.fitted(secs, planned_secs(step)),
            None => pass,
        }
    }

    /// The time of a step in seconds: what it was fitted to, else what the script says.
    pub(super) fn planned_for(&self, id: StepId) -> i64 {
        let fitted = self.entry(id).and_then(|entry| entry.fitted);
        fitted.map_or_else(|| self.step(id).map_or(0, planned_secs), i64::from)
    }

    /// The agenda against the clock, which stands still while the session is interrupted.
    #[must_use]
    pub fn schedule(&self, now: Timestamp) -> Schedule {
        let now = self.interrupted().map_or(now, |gap| gap.from.min(now));
        let begun = self.passes.iter().flat_map(|pass| &pass.visits).map(|visit| visit.from).min();
        let start = self.planned_start.or(begun).unwrap_or(now);
        let planned = |id: StepId| self.step(id).map_or(0, planned_secs);
        let total: i64 = self.agenda.iter().map(|entry| planned(entry.id)).sum();
        let planned_end = start.plus_millis((total * 1000).saturating_add(self.end_moved()));
        let place = self.current().and_then(|pass| self.place_in_agenda(pass.step));
        if let Some(at) = self.status.meeting_closed() {
            return Schedule { start, planned_end, expected_end: at };
        }
        let rest = |id: StepId| match self.last_pass(id) {
            Some(pass) => left_secs(pass, self.planned_for(id), now),
            None => self.planned_for(id),
        };
        let rest: i64 = self.agenda.iter().skip(place.unwrap_or(0)).map(|entry| rest(entry.id)).sum();
        let from = if place.is_none() && start > now { start } else { now };
        Schedule { start, planned_end, expected_end: from.plus_millis(rest * 1000) }
    }
}

/// A step's planned time in seconds, with what follows a silence.
#[must_use]
pub fn planned_secs(step: &Step) -> i64 {
    i64::try_from(step.planned().as_secs()).unwrap_or(i64::MAX)
}

/// What the present round and those after it still have, and what the step has beside its rounds, less
/// what they ran over.
fn left_secs(pass: &Pass, planned: i64, now: Timestamp) -> i64 {
    let (mut left, mut beside) = (0, planned);
    let is_to_come = |number: u32| match pass.talk() {
        Some(talk) => talk.place(number) >= talk.place(pass.round),
        None => number >= pass.round,
    };
    for (round, number) in pass.rounds.iter().zip(1..) {
        beside -= i64::from(round.countdown.planned);
        match round.countdown.left(now) {
            Left::Time(secs) if is_to_come(number) => left += i64::from(secs),
            Left::Time(_) => {}
            Left::Over(secs) => beside -= i64::from(secs),
        }
    }
    left + beside.max(0)
}

/// The agenda against the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// When it was to begin, or did.
    pub start: Timestamp,
    /// When it was to end.
    pub planned_end: Timestamp,
    /// When it ends if the rest takes what was planned for it.
    pub expected_end: Timestamp,
}

impl Schedule {
    /// Seconds behind the plan; negative when ahead of it.
    #[must_use]
    pub const fn drift_secs(&self) -> i64 {
        self.expected_end.millis_since(self.planned_end) / 1000
    }
}
