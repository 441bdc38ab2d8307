//! Facts: what has happened, in the past tense, with what it replaced.
//!
//! Owns: the events, their inverse, and how each changes the state. Applying cannot fail and asks
//! nothing of the world. Never: judges whether something should have happened.

use serde::{Deserialize, Serialize};

use super::agenda::{Pass, Progress, Visit};
use super::decision::{ActionDraft, ActionId, ActionItem, Decision, DecisionDraft, DecisionId};
use super::insight::{Hush, Insight, InsightDraft, InsightId};
use super::items::{Changed, Edit};
use super::mirror::{
    Cover, Entry, EntryDraft, EntryId, Judgement, JudgementDraft, JudgementId, Possibility, PossibilityDraft,
    PossibilityId, Topic, TopicDraft, TopicId,
};
use super::note::{Note, NoteDraft, NoteId};
use super::people::{Participant, ParticipantDraft, PersonId};
use super::rating::{Rating, RatingDraft, RatingId};
use super::record::PassRef;
use super::state::{Session, Status};
use crate::timer::Timestamp;

/// A fact.
#[expect(clippy::large_enum_variant, reason = "nearly every event is content; a box would cost each of them")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// What people wrote changed: it can be taken back.
    Content(Change),
    /// The session moved on: that is never taken back.
    Course(Course),
}

/// How the session moved on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Course {
    /// A run of a step began to exist.
    PassBegan(Pass),
    /// It became the present one.
    StepEntered {
        /// Which.
        pass: PassRef,
        /// When.
        at: Timestamp,
    },
    /// It is no longer the present one.
    StepLeft {
        /// Which.
        pass: PassRef,
        /// When.
        at: Timestamp,
    },
    /// Another round of a pass is the present one.
    RoundEntered {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
    },
    /// Another topic of a mirror is the present one; none while topics are worded.
    TopicEntered {
        /// Which pass.
        pass: PassRef,
        /// Which topic.
        topic: Option<TopicId>,
    },
    /// A round's countdown began to run.
    TimerStarted {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
        /// When.
        at: Timestamp,
    },
    /// A round's countdown stands still.
    TimerPaused {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
        /// When.
        at: Timestamp,
    },
    /// A round was given more time, or less.
    TimerExtended {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
        /// So many seconds; negative takes them.
        secs: i64,
    },
    /// What was written in a round can be seen.
    RoundRevealed {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
    },
    /// The accounts of a topic can be seen.
    TopicRevealed {
        /// Which pass.
        pass: PassRef,
        /// Which topic.
        topic: TopicId,
    },
    /// A silence began.
    SilenceBegan {
        /// Which pass.
        pass: PassRef,
        /// When.
        at: Timestamp,
    },
    /// A silence ended.
    SilenceEnded {
        /// Which pass.
        pass: PassRef,
        /// When.
        at: Timestamp,
        /// How many seconds were planned when it began.
        planned: u32,
        /// How many seconds it was held.
        held: u32,
    },
    /// Somebody closed the session.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// Somebody opened it again.
    Reopened,
}

/// Makes, from the one list of what a session keeps, the enums that name its kinds and every place
/// where a kind is told from another: a new kind is one line here, and the compiler asks for the rest.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $item:ident, $draft:ident, $id:ident in $list:ident;)+) => {
        /// A change of what people wrote.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum Change {
            /// The session's title.
            Title {
                /// As it was.
                before: String,
                /// As it is.
                after: String,
            },
            $($(#[$doc])* $kind(Edit<$item>),)+
        }

        /// What is written of something, whatever it is.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum Draft {
            $($(#[$doc])* $kind($draft),)+
        }

        /// The identity of something, whatever it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ItemId {
            $($(#[$doc])* $kind($id),)+
        }

        impl Change {
            /// The change that takes this one back.
            #[must_use]
            pub fn invert(&self) -> Self {
                match self {
                    Self::Title { before, after } => {
                        Self::Title { before: after.clone(), after: before.clone() }
                    }
                    $(Self::$kind(edit) => Self::$kind(edit.invert()),)+
                }
            }

            /// Whether it applies exactly to the session as it is.
            #[must_use]
            pub fn fits(&self, session: &Session) -> bool {
                match self {
                    Self::Title { before, .. } => &session.title == before,
                    $(Self::$kind(edit) => session.$list.fits(edit),)+
                }
            }

            /// The same change at the places where things stand today; none where a later change
            /// touched the same thing.
            #[must_use]
            pub fn rebased(&self, session: &Session) -> Option<Self> {
                match self {
                    Self::Title { .. } => self.fits(session).then(|| self.clone()),
                    $(Self::$kind(edit) => session.$list.rebased(edit).map(Self::$kind),)+
                }
            }

            fn apply(&self, session: &mut Session) {
                match self {
                    Self::Title { after, .. } => session.title.clone_from(after),
                    $(Self::$kind(edit) => session.$list.apply(edit),)+
                }
            }
        }

        impl ItemId {
            /// What was written of it; none where it is gone.
            #[must_use]
            pub fn draft(self, session: &Session) -> Option<Draft> {
                use super::items::Item;
                match self {
                    $(Self::$kind(id) => session.$list.get(id).map(|item| Draft::$kind(item.draft())),)+
                }
            }

            /// The change that takes it out; none where it is gone.
            pub(super) fn removal(self, session: &Session) -> Option<Change> {
                match self {
                    $(Self::$kind(id) => session.$list.removing(id).map(Change::$kind),)+
                }
            }

            /// The change that gives it other content; none where nothing would change, or it is gone,
            /// or the draft is of another kind.
            pub(super) fn change(self, session: &Session, draft: Draft, changed: Changed) -> Option<Change> {
                $(
                    #[allow(irrefutable_let_patterns, reason = "there is more than one kind")]
                    if let (Self::$kind(id), Draft::$kind(draft)) = (self, &draft) {
                        return session.$list.changing(id, draft.clone(), changed).map(Change::$kind);
                    }
                )+
                None
            }
        }
    };
}

kinds! {
    /// A participant.
    Person: Participant, ParticipantDraft, PersonId in people;
    /// A note.
    Note: Note, NoteDraft, NoteId in notes;
    /// A topic of a mirror.
    Topic: Topic, TopicDraft, TopicId in topics;
    /// A mirror entry.
    Entry: Entry, EntryDraft, EntryId in entries;
    /// A gap.
    Judgement: Judgement, JudgementDraft, JudgementId in judgements;
    /// A learning possibility.
    Possibility: Possibility, PossibilityDraft, PossibilityId in possibilities;
    /// An insight.
    Insight: Insight, InsightDraft, InsightId in insights;
    /// A decision.
    Decision: Decision, DecisionDraft, DecisionId in decisions;
    /// An action.
    Action: ActionItem, ActionDraft, ActionId in actions;
    /// A rating.
    Rating: Rating, RatingDraft, RatingId in ratings;
}

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
            Event::Content(change) => change.fits(self),
            Event::Course(course) => self.admissible_course(course),
        }
    }

    fn admissible_course(&self, course: &Course) -> bool {
        let has_round =
            |pass: PassRef, round: u32| self.pass(pass).is_some_and(|pass| pass.round(round).is_some());
        match course {
            Course::PassBegan(pass) => {
                self.step(pass.step).is_some()
                    && self.pass(pass.reference()).is_none()
                    && pass.round >= 1
                    && pass.round <= pass.round_count()
            }
            Course::StepEntered { pass, .. } => self.present.is_none() && self.pass(*pass).is_some(),
            Course::StepLeft { pass, .. } => self.present == Some(*pass),
            Course::RoundEntered { pass, round }
            | Course::TimerStarted { pass, round, .. }
            | Course::TimerPaused { pass, round, .. }
            | Course::TimerExtended { pass, round, .. }
            | Course::RoundRevealed { pass, round } => has_round(*pass, *round),
            Course::TopicEntered { pass, topic } => {
                self.pass(*pass).is_some() && topic.is_none_or(|topic| self.topics.get(topic).is_some())
            }
            Course::TopicRevealed { pass, topic } => {
                self.pass(*pass).is_some() && self.topics.get(*topic).is_some()
            }
            Course::SilenceBegan { pass, .. } | Course::SilenceEnded { pass, .. } => {
                self.pass(*pass).is_some_and(|pass| pass.hush().is_some())
            }
            Course::Closed { .. } => self.status.is_open(),
            Course::Reopened => !self.status.is_open(),
        }
    }

    fn apply_course(&mut self, course: &Course) {
        match course {
            Course::PassBegan(pass) => self.passes.push(pass.clone()),
            Course::StepEntered { pass, at } => {
                self.present = Some(*pass);
                if let Some(pass) = self.pass_mut(*pass) {
                    pass.visits.push(Visit { from: *at, to: None });
                }
            }
            Course::StepLeft { pass, at } => {
                self.present = None;
                if let Some(visit) = self.pass_mut(*pass).and_then(|pass| pass.visits.last_mut()) {
                    visit.to = Some(*at);
                }
            }
            Course::RoundEntered { pass, round } => self.on_pass(*pass, |pass| pass.round = *round),
            Course::TopicEntered { pass, topic } => self.on_pass(*pass, |pass| {
                if let Progress::Mirror { topic: present, .. } = &mut pass.progress {
                    *present = *topic;
                }
            }),
            Course::TimerStarted { pass, round, at } => self.on_pass(*pass, |pass| {
                if let Some(run) = pass.round_mut(*round) {
                    run.countdown = run.countdown.started(*at);
                }
            }),
            Course::TimerPaused { pass, round, at } => self.on_pass(*pass, |pass| {
                if let Some(run) = pass.round_mut(*round) {
                    run.countdown = run.countdown.paused(*at);
                }
            }),
            Course::TimerExtended { pass, round, secs } => self.on_pass(*pass, |pass| {
                if let Some(run) = pass.round_mut(*round) {
                    run.countdown = run.countdown.extended(*secs);
                }
            }),
            Course::RoundRevealed { pass, round } => self.on_pass(*pass, |pass| {
                if let Some(run) = pass.round_mut(*round) {
                    run.cover = Cover::Open;
                }
            }),
            Course::TopicRevealed { pass, topic } => self.on_pass(*pass, |pass| {
                if let Progress::Mirror { revealed, .. } = &mut pass.progress
                    && !revealed.contains(topic)
                {
                    revealed.push(*topic);
                }
            }),
            Course::SilenceBegan { pass, at } => {
                self.on_pass(*pass, |pass| pass.progress = Progress::Silence(Hush::Kept { since: *at }));
            }
            Course::SilenceEnded { pass, at, planned, held } => self.on_pass(*pass, |pass| {
                let since = match pass.progress {
                    Progress::Silence(Hush::Kept { since } | Hush::Over { since, .. }) => since,
                    Progress::Silence(Hush::Waiting) | Progress::Plain | Progress::Mirror { .. } => *at,
                };
                pass.progress = Progress::Silence(Hush::Over { since, planned: *planned, held: *held });
            }),
            Course::Closed { at } => self.status = Status::Closed { at: *at },
            Course::Reopened => self.status = Status::Open,
        }
    }

    fn on_pass(&mut self, pass: PassRef, change: impl FnOnce(&mut Pass)) {
        if let Some(pass) = self.pass_mut(pass) {
            change(pass);
        }
    }
}
