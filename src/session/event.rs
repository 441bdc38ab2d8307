//! Facts: what has happened, in the past tense, with what it replaced.
//!
//! Owns: the events and their inverse. Never: judges whether something should have happened.

use serde::{Deserialize, Serialize};

use super::agenda::Pass;
use super::cluster::{Cluster, ClusterDraft, ClusterId, Placement, PlacementDraft, PlacementId};
use super::decision::{ActionDraft, ActionId, ActionItem, Decision, DecisionDraft, DecisionId};
use super::id::StepId;
use super::insight::{Insight, InsightDraft, InsightId};
use super::interruption::Taken;
use super::items::{Changed, Edit};
use super::mirror::{
    Entry, EntryDraft, EntryId, Judgement, JudgementDraft, JudgementId, Possibility, PossibilityDraft,
    PossibilityId, Topic, TopicDraft, TopicId,
};
use super::note::{Note, NoteDraft, NoteId};
use super::parking::{Parked, ParkedDraft, ParkedId};
use super::people::{Participant, ParticipantDraft, PersonId};
use super::rating::{Rating, RatingDraft, RatingId};
use super::record::PassRef;
use super::state::Session;
use super::talk::Hands;
use super::update::{Update, UpdateDraft, UpdateId};
use super::voice::{Voice, VoiceDraft, VoiceId};
use super::vote::{Ballot, BallotDraft, BallotId, Ruling, RulingDraft, RulingId};
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
    /// The topics of a discussion stand in another order.
    TopicsOrdered {
        /// Which pass.
        pass: PassRef,
        /// Their rounds, from 1, in their order.
        order: Vec<u32>,
    },
    /// Hands were counted for a minute more.
    HandsCounted {
        /// Which pass.
        pass: PassRef,
        /// The hands.
        hands: Hands,
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
    /// All clocks stand still.
    Interrupted {
        /// Since when.
        at: Timestamp,
    },
    /// They run again.
    Resumed {
        /// Since when.
        at: Timestamp,
    },
    /// The program was not running for a while: a lid was closed, or it was ended.
    Missed {
        /// Since when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// Somebody said what an interruption was.
    InterruptionTaken {
        /// Which: when it began.
        from: Timestamp,
        /// What it is taken for.
        taken: Taken,
    },
    /// A round's countdown stood still in truth.
    TimeLeftOut {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
        /// For so many milliseconds.
        millis: i64,
    },
    /// A step that has not begun was given another time, so that the session fits to its end.
    StepFitted {
        /// Which.
        step: StepId,
        /// Its time in seconds.
        secs: u32,
    },
    /// The program was running.
    Seen {
        /// When.
        at: Timestamp,
    },
    /// Somebody closed the session.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// Somebody opened it again, to write up what was said.
    Reopened,
    /// Its meeting goes on: it was closed too early.
    MeetingResumed,
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

            /// How many things make room where it is carried out.
            pub(super) fn moves(&self, session: &Session) -> usize {
                match self {
                    Self::Title { .. } => 0,
                    $(Self::$kind(edit) => session.$list.moved_by(edit),)+
                }
            }

            pub(super) fn apply(&self, session: &mut Session) {
                match self {
                    Self::Title { after, .. } => session.title.clone_from(after),
                    $(Self::$kind(edit) => session.$list.apply(edit),)+
                }
            }
        }

        impl Session {
            /// How many things people wrote in it.
            pub(super) fn things(&self) -> usize {
                0 $(+ self.$list.len())+
            }
        }

        impl ItemId {
            /// All that a change tells of it: as it was written before, and after.
            pub(super) fn wordings(self, change: &Change) -> Vec<Draft> {
                use super::items::Item;
                $(
                    #[allow(irrefutable_let_patterns, reason = "there is more than one kind")]
                    if let (Self::$kind(id), Change::$kind(edit)) = (self, change) {
                        let told = edit.told().filter(|item| item.id() == id);
                        return told.map(|item| Draft::$kind(item.draft())).collect();
                    }
                )+
                Vec::new()
            }

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
    /// A group.
    Cluster: Cluster, ClusterDraft, ClusterId in clusters;
    /// Where something stands among groups.
    Placement: Placement, PlacementDraft, PlacementId in placements;
    /// Dots of one voter.
    Ballot: Ballot, BallotDraft, BallotId in ballots;
    /// What was chosen in a tie.
    Ruling: Ruling, RulingDraft, RulingId in rulings;
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
    /// A later word on what was decided, done or parked.
    Update: Update, UpdateDraft, UpdateId in updates;
    /// A parked thought.
    Parked: Parked, ParkedDraft, ParkedId in parked;
    /// A turn to speak.
    Voice: Voice, VoiceDraft, VoiceId in voices;
}
