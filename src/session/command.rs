//! Requests to change the session.
//!
//! Owns: what can be asked for. Never: answers (`decide` does).

use serde::{Deserialize, Serialize};

use super::agenda::Part;
use super::carried::Carried;
use super::cluster::ClusterId;
use super::event::{Draft, ItemId};
use super::id::{FrameId, StepId};
use super::interruption::Taken;
use super::mirror::{Gap, TopicId};
use super::parking::Fate;
use super::people::Author;
use super::record::PassRef;
use super::vote::Dots;
use crate::script::SideKey;
use crate::timer::Timestamp;

/// A request to change the session. Ids of what it makes come from its own (see [`super::id::Id::child`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// Random, made at the edge. The frame that answers it bears the same.
    pub id: FrameId,
    /// Who asks.
    #[serde(default)]
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// What for.
    pub what: Request,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Go to a part: a topic, a round, a step.
    Go(Part),
    /// Run a step once more, as a new pass.
    Repeat(StepId),
    /// Start the present countdown.
    StartTimer,
    /// Let the present countdown stand still.
    PauseTimer,
    /// Give the present countdown so many seconds; negative takes them.
    ExtendTimer(i64),
    /// Show what was written in a round.
    RevealRound {
        /// Which pass.
        pass: PassRef,
        /// Which round, from 1.
        round: u32,
    },
    /// Show all accounts of a topic.
    RevealTopic(TopicId),
    /// Show everything that is hidden.
    RevealAll,
    /// Take out everything that is hidden.
    DropHidden,
    /// Talk about the topics of the present discussion in this order: their rounds, from 1.
    OrderTopics(Vec<u32>),
    /// Hands were counted for a minute more.
    ShowHands {
        /// So many want it.
        more: u32,
        /// So many have had enough.
        enough: u32,
    },
    /// Begin the silence of the present step.
    BeginSilence,
    /// Leave so many seconds of the silence, no more than it has.
    ShortenSilence(u32),
    /// End the silence: its time is over, or the facilitator insists.
    EndSilence,
    /// Let all clocks stand still.
    Interrupt,
    /// Let them run again.
    Resume,
    /// The program was not running since then.
    Miss {
        /// The last moment at which it was seen to run.
        from: Timestamp,
    },
    /// Say what the newest interruption was.
    TakeInterruption(Taken),
    /// Note that the program is running.
    Seen,
    /// Add what people wrote, in this order, all or nothing.
    Add {
        /// The pass it belongs to; the present one where none is given.
        to: Option<PassRef>,
        /// What they wrote.
        drafts: Vec<Draft>,
    },
    /// Give something other content.
    Change {
        /// What.
        id: ItemId,
        /// Its content from now on.
        draft: Draft,
    },
    /// Take something out.
    Remove(ItemId),
    /// Judge an account, or, with no gap, take the judgement back.
    Judge {
        /// The topic.
        topic: TopicId,
        /// The side whose account it is.
        about: SideKey,
        /// What was found.
        gap: Option<Gap>,
    },
    /// Put things into a group of theirs, or, with no group, back among what is not grouped.
    Group {
        /// What.
        what: Vec<Carried>,
        /// The group.
        into: Option<ClusterId>,
    },
    /// Make a group in the present step, and put things into it.
    NewGroup {
        /// What it is called.
        name: String,
        /// What goes into it; may be nothing.
        what: Vec<Carried>,
    },
    /// Put all that stands in one group into another; the empty one goes.
    Merge {
        /// The group that goes.
        from: ClusterId,
        /// The group that stays.
        into: ClusterId,
    },
    /// Say of all parked thoughts that wait what is to become of them.
    SettleParked(Fate),
    /// Give dots in the present vote, all or nothing; 0 takes them back.
    GiveDots(Vec<Dots>),
    /// Let something that ties at the cut of the present vote carry on, or take that back.
    Keep(Carried),
    /// Give the session another title.
    Retitle(String),
    /// Close the session.
    Close,
    /// Open a closed session again, to write up what was said.
    Reopen,
    /// Go on with a meeting that was closed too early.
    ResumeMeeting,
    /// Take back the author's newest command.
    Undo,
    /// Bring back what the author took back last.
    Redo,
}
