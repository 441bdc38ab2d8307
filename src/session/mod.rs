//! What happens in a session: people, notes, mirrors, decisions, as a log of facts.
//!
//! A [`Command`] asks; [`decide()`] answers with [`Event`]s or a [`Refusal`]; a [`Log`] applies them and
//! numbers them as [`Frame`]s. Owns: every rule of a session. Never: touches files, asks the time, draws
//! random numbers, knows a terminal.

mod admit;
pub mod agenda;
mod apply;
pub mod carried;
pub mod cluster;
pub mod command;
mod confidential;
pub mod decide;
pub mod decision;
mod effort;
pub mod event;
pub mod id;
pub mod insight;
pub mod interruption;
pub mod items;
mod known;
pub mod line;
pub mod log;
pub mod mirror;
pub mod note;
pub mod paper;
pub mod parking;
pub mod people;
pub mod presence;
pub mod rating;
pub mod record;
pub mod refusal;
pub mod series;
pub mod shown;
mod sound;
pub mod state;
pub mod talk;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod unfinished;
pub mod update;
pub mod voice;
pub mod vote;
pub mod words;

pub use agenda::{AgendaStep, Part, Pass, Progress, RoundRun, Schedule, Visit, planned_secs};
pub use carried::{Carried, Told};
pub use cluster::{Cluster, ClusterDraft, ClusterId, Grouping, Placement, PlacementDraft, PlacementId};
pub use command::{Command, Request};
pub use decide::decide;
pub use decision::{
    Acceptance, ActionDraft, ActionId, ActionItem, Ask, Decision, DecisionDraft, DecisionId, MOST_OBJECTIONS,
    Outcome, Ownership, Who,
};
pub use effort::Effort;
pub use event::{Change, Course, Draft, Event, ItemId};
pub use id::{FrameId, Id, SessionId, StepId};
pub use insight::{Hush, Insight, InsightDraft, InsightId};
pub use interruption::{Interruption, LONG as LONG_INTERRUPTION, Taken};
pub use items::{Changed, Edit, Item, Items};
pub use log::{Appended, Audience, Cause, Frame, Log, Refused, UNDO_DEPTH};
pub use mirror::{
    Cell, Cover, Driver, Entry, EntryDraft, EntryId, Gap, Judgement, JudgementDraft, JudgementId,
    Possibility, PossibilityDraft, PossibilityId, Prerequisite, Saying, SharedPractice, Topic, TopicDraft,
    TopicId,
};
pub use note::{MOST_TAGS, Note, NoteDraft, NoteId};
pub use parking::{Fate, Parked, ParkedDraft, ParkedId};
pub use people::{
    Author, Participant, ParticipantDraft, PeopleProblem, PersonId, Role, Side, nameless, parse_people,
    same_name,
};
pub use presence::{Away, Presence};
pub use rating::{Rating, RatingDraft, RatingId, Spread};
pub use record::{Made, PassRef, Record};
pub use refusal::Refusal;
pub use series::{Following, Matter, OpenItem, Origin, Series};
pub use shown::{NotesOf, Shown};
pub use state::{FORMAT, Opening, Session, Status};
pub use talk::{Hands, Subject, Talk};
pub use unfinished::{
    ActionField, Blank, DecisionField, OpenItemField, Over, ParticipantField, Rewording, TypedIn, Unfinished,
};
pub use update::{Standing, Update, UpdateDraft, UpdateId};
pub use voice::{Said, Voice, VoiceDraft, VoiceId};
pub use vote::{
    Ballot, BallotDraft, BallotId, Counted, Cut, Dots, Given, Ruling, RulingDraft, RulingId, Voter,
};
