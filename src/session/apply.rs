//! What a fact makes of a session.
//!
//! Owns: how each event changes the state, and whether one that comes from elsewhere may. Applying cannot
//! fail and asks nothing of the world. Never: decides what should happen.

use super::agenda::{MOST_PASSES, MOST_ROUNDS, Pass, Progress, RoundRun, Visit};
use super::event::{Change, Course, Event};
use super::insight::Hush;
use super::interruption::Interruption;
use super::mirror::{Cover, TopicId};
use super::record::PassRef;
use super::state::{Session, Status};
use super::talk::Talk;
use crate::timer::Countdown;

impl Session {
    /// Applies a fact. It cannot fail: a fact that does not fit changes as much as makes sense.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Content(change) => change.apply(self),
            Event::Course(course) => self.apply_course(course),
        }
    }

    /// Whether a fact that comes from elsewhere, such as a journal, may be applied.
    #[must_use]
    pub fn admissible(&self, event: &Event) -> bool {
        match event {
            Event::Content(change) => self.admits(change),
            Event::Course(course) => self.admissible_course(course),
        }
    }

    /// Whether a change that comes from elsewhere may be carried out.
    pub(super) fn admits(&self, change: &Change) -> bool {
        change.fits(self) && self.allows(change).is_ok()
    }

    fn admissible_course(&self, course: &Course) -> bool {
        let has_round =
            |pass: PassRef, round: u32| self.pass(pass).is_some_and(|pass| pass.round(round).is_some());
        let hush = |pass: PassRef| self.pass(pass).and_then(Pass::hush);
        match course {
            Course::PassBegan(pass) => self.admissible_pass(pass),
            Course::StepEntered { pass, .. } => self.present.is_none() && self.pass(*pass).is_some(),
            Course::StepLeft { pass, .. } => self.present == Some(*pass),
            Course::RoundEntered { pass, round }
            | Course::TimerStarted { pass, round, .. }
            | Course::TimerPaused { pass, round, .. }
            | Course::TimerExtended { pass, round, .. }
            | Course::RoundRevealed { pass, round } => has_round(*pass, *round),
            Course::TopicEntered { pass, topic: Some(topic) } | Course::TopicRevealed { pass, topic } => {
                self.mirrors(*pass, *topic)
            }
            Course::TopicEntered { pass, topic: None } => {
                self.pass(*pass).is_some_and(|pass| matches!(pass.progress, Progress::Mirror { .. }))
            }
            Course::TopicsOrdered { pass, order } => {
                self.pass(*pass).and_then(Pass::talk).is_some_and(|talk| talk.is_order(order))
            }
            Course::HandsCounted { pass, hands } => {
                has_round(*pass, hands.round) && self.pass(*pass).and_then(Pass::talk).is_some()
            }
            Course::SilenceBegan { pass, .. } => hush(*pass) == Some(Hush::Waiting),
            Course::SilenceEnded { pass, .. } => matches!(hush(*pass), Some(Hush::Kept { .. })),
            Course::Interrupted { at } => self.may_be_interrupted(*at),
            Course::Resumed { at } => self.interrupted().is_some_and(|gap| gap.from <= *at),
            Course::Missed { from, to } => from < to && self.may_be_interrupted(*from),
            Course::InterruptionTaken { from, .. } => self
                .interruptions
                .last()
                .is_some_and(|gap| gap.from == *from && gap.to.is_some() && gap.taken.is_none()),
            Course::TimeLeftOut { pass, round, millis } => *millis >= 0 && has_round(*pass, *round),
            Course::StepFitted { step, .. } => self.step(*step).is_some(),
            Course::Seen { .. } => true,
            Course::Closed { .. } => self.status.is_open(),
            Course::Reopened | Course::MeetingResumed => !self.status.is_open(),
        }
    }

    /// A pass begins as its step says, and after the one before it.
    fn admissible_pass(&self, pass: &Pass) -> bool {
        let Some(step) = self.step(pass.step) else { return false };
        if self.passes.len() >= MOST_PASSES || pass.rounds.len() > MOST_ROUNDS {
            return false;
        }
        let before = self.last_pass(pass.step).map_or(0, |last| last.pass);
        let mut fresh = Pass::new(pass.step, pass.pass, step);
        if let Some(talk) = pass.talk() {
            if !talk.is_sound() {
                return false;
            }
            fresh = fresh.about(talk.subjects.clone(), step);
        }
        fresh = self.fit(fresh, step);
        if let (Progress::Mirror { topic, .. }, Progress::Mirror { topic: first, .. }) =
            (&mut fresh.progress, &pass.progress)
        {
            *topic = *first;
        }
        before.checked_add(1) == Some(pass.pass) && *pass == fresh
    }

    /// Whether a topic belongs to a pass; only a mirror has topics.
    fn mirrors(&self, pass: PassRef, topic: TopicId) -> bool {
        self.topics.get(topic).is_some_and(|topic| topic.made.during() == pass)
    }

    fn apply_course(&mut self, course: &Course) {
        match course {
            Course::PassBegan(pass) => {
                if self.pass(pass.reference()).is_none() {
                    self.passes.push(pass.clone());
                }
            }
            Course::StepEntered { pass: reference, at } => {
                if let Some(pass) = self.pass_mut(*reference) {
                    pass.visits.push(Visit { from: *at, to: None });
                    self.present = Some(*reference);
                }
            }
            Course::StepLeft { pass, at } => {
                self.present = None;
                let visit = self.pass_mut(*pass).and_then(|pass| pass.visits.last_mut());
                on(visit, |visit| visit.to = Some(*at));
            }
            Course::RoundEntered { pass, round } => self.on_pass(*pass, |pass| pass.round = *round),
            Course::TopicEntered { pass, topic } => self.on_pass(*pass, |pass| {
                if let Progress::Mirror { topic: present, .. } = &mut pass.progress {
                    *present = *topic;
                }
            }),
            Course::TimerStarted { pass, round, at } => {
                self.on_countdown(*pass, *round, |countdown| countdown.started(*at));
            }
            Course::TimerPaused { pass, round, at } => {
                self.on_countdown(*pass, *round, |countdown| countdown.paused(*at));
            }
            Course::TimerExtended { pass, round, secs } => {
                self.on_countdown(*pass, *round, |countdown| countdown.extended(*secs));
            }
            Course::RoundRevealed { pass, round } => {
                self.on_round(*pass, *round, |run| run.cover = Cover::Open);
            }
            Course::TopicRevealed { pass, topic } => self.on_pass(*pass, |pass| {
                if let Progress::Mirror { revealed, .. } = &mut pass.progress
                    && !revealed.contains(topic)
                {
                    revealed.push(*topic);
                }
            }),
            Course::TopicsOrdered { pass, order } => self.on_talk(*pass, |talk| talk.order.clone_from(order)),
            Course::HandsCounted { pass, hands } => self.on_talk(*pass, |talk| talk.hands.push(*hands)),
            Course::SilenceBegan { pass, at } => self.on_pass(*pass, |pass| {
                if pass.hush().is_some() {
                    pass.progress = Progress::Silence(Hush::Kept { since: *at });
                }
            }),
            Course::SilenceEnded { pass, at, planned, held } => self.on_pass(*pass, |pass| {
                let since = match pass.hush() {
                    Some(Hush::Kept { since } | Hush::Over { since, .. }) => since,
                    Some(Hush::Waiting) => *at,
                    None => return,
                };
                pass.progress = Progress::Silence(Hush::Over { since, planned: *planned, held: *held });
            }),
            Course::Interrupted { at } => self.interruptions.push(Interruption::new(*at, None)),
            Course::Missed { from, to } => self.interruptions.push(Interruption::new(*from, Some(*to))),
            Course::Resumed { at } => on(self.interruptions.last_mut(), |last| last.to = Some(*at)),
            Course::InterruptionTaken { from, taken } => {
                let gap = self.interruptions.iter_mut().find(|gap| gap.from == *from);
                on(gap, |gap| gap.taken = Some(*taken));
            }
            Course::TimeLeftOut { pass, round, millis } => {
                self.on_countdown(*pass, *round, |countdown| countdown.without(*millis));
            }
            Course::StepFitted { step, secs } => {
                let entry = self.agenda.iter_mut().find(|entry| entry.id == *step);
                on(entry, |entry| entry.fitted = Some(*secs));
            }
            Course::Seen { .. } => {}
            Course::Closed { at } => self.status = self.status.closed(*at),
            Course::Reopened => self.status = self.status.reopened(),
            Course::MeetingResumed => self.status = Status::Open,
        }
    }

    fn on_pass(&mut self, pass: PassRef, change: impl FnOnce(&mut Pass)) {
        on(self.pass_mut(pass), change);
    }

    fn on_talk(&mut self, pass: PassRef, change: impl FnOnce(&mut Talk)) {
        self.on_pass(pass, |pass| {
            if let Progress::Discuss(talk) = &mut pass.progress {
                change(talk);
            }
        });
    }

    fn on_countdown(&mut self, pass: PassRef, round: u32, change: impl FnOnce(Countdown) -> Countdown) {
        self.on_round(pass, round, |run| run.countdown = change(run.countdown));
    }

    fn on_round(&mut self, pass: PassRef, round: u32, change: impl FnOnce(&mut RoundRun)) {
        on(self.pass_mut(pass).and_then(|pass| pass.round_mut(round)), change);
    }
}

/// Changes what there is.
fn on<T>(found: Option<&mut T>, change: impl FnOnce(&mut T)) {
    if let Some(found) = found {
        change(found);
    }
}
