//! The parking lot: thoughts that are set aside so that they are neither lost nor in the way.
//!
//! Owns the parked thought and what is to become of it. Never: when people are asked about it.

use serde::{Deserialize, Serialize};

use super::record::record;
use super::refusal::Refusal;
use super::state::Session;

/// What is to become of a parked thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Fate {
    /// Nobody has said yet.
    #[default]
    Waiting,
    /// It was talked about.
    Discussed,
    /// The next session of the series takes it up.
    NextSession,
    /// Nobody needs it any more.
    Dropped,
}

impl Fate {
    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Discussed => "discussed",
            Self::NextSession => "for the next session",
            Self::Dropped => "dropped",
        }
    }

    /// Whether it is left for a later session. What nobody decided on is: nothing is lost by forgetting it.
    #[must_use]
    pub const fn is_left(self) -> bool {
        match self {
            Self::Waiting | Self::NextSession => true,
            Self::Discussed | Self::Dropped => false,
        }
    }
}

record! {
    /// A thought that was set aside.
    Parked, ParkedDraft, ParkedId {
        /// What it says; never empty.
        text: String,
        /// What is to become of it.
        #[serde(default, skip_serializing_if = "is_waiting")]
        fate: Fate,
    }
}

fn is_waiting(fate: &Fate) -> bool {
    *fate == Fate::Waiting
}

pub(super) fn admit(session: &Session, parked: &Parked) -> Result<(), Refusal> {
    Refusal::if_empty(&parked.text, "The thought")?;
    Refusal::if_too_long([parked.text.as_str()])?;
    session.unsigned(&parked.text)
}
