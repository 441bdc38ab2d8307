//! Updates: a later word on what was decided, done or parked.
//!
//! Owns the update and what makes one acceptable. Never: says which of several holds; the newest over the
//! library does.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::decision::ActionItem;
use super::parking::Parked;
use super::record::record;
use super::refusal::Refusal;
use super::series::{Matter, Origin};
use super::state::Session;

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It was done.
    Done,
    /// It goes on.
    GoingOn {
        /// By when from now on; the day stays as it was where none is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<NaiveDate>,
    },
    /// It was given up.
    Dropped,
}

impl Standing {
    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::GoingOn { .. } => "going on",
            Self::Dropped => "dropped",
        }
    }

    /// Whether there is still something to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::GoingOn { .. } => true,
            Self::Done | Self::Dropped => false,
        }
    }
}

record! {
    /// A later word on a decision, an action or a parked thought.
    Update, UpdateDraft, UpdateId {
        /// What it is about.
        of: Origin,
        /// What became of it.
        standing: Standing,
        /// Why, in a word; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    }
}

pub(super) fn admit(session: &Session, update: &Update) -> Result<(), Refusal> {
    Refusal::if_too_long([update.why.as_str()])?;
    if session.knows(&update.of) {
        Ok(())
    } else {
        Err(Refusal::new("That was not left open here.", "Choose one of those on the list."))
    }
}

/// Refuses to let go of something that somebody had a word on.
pub(super) fn release(session: &Session, what: Matter) -> Result<(), Refusal> {
    let of = Origin { session: session.id, what };
    if session.updates.iter().any(|update| update.of == of) {
        return Err(Refusal::new("Somebody has said what became of it.", "Take that back first."));
    }
    Ok(())
}

pub(super) fn release_action(session: &Session, action: &ActionItem) -> Result<(), Refusal> {
    release(session, Matter::Action(action.id))
}

pub(super) fn release_parked(session: &Session, parked: &Parked) -> Result<(), Refusal> {
    release(session, Matter::Parked(parked.id))
}
