//! Silence and what is written after it.
//!
//! Owns: the phases of a silence and the insight. Never: counts seconds by itself.

use serde::{Deserialize, Serialize};

use super::people::PersonId;
use super::record::record;
use super::refusal::Refusal;
use super::state::Session;
use crate::script::SideKey;
use crate::timer::Timestamp;

record! {
    /// What a participant wrote after silence.
    Insight, InsightDraft, InsightId {
        /// What it says; never empty.
        text: String,
        /// Whose it is, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<PersonId>,
        /// Their side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<SideKey>,
    }
}

/// How far a silence has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hush {
    /// The prompt is being read out.
    Waiting,
    /// It is being kept.
    Kept {
        /// Since when.
        since: Timestamp,
    },
    /// It was kept.
    Over {
        /// When it began.
        since: Timestamp,
        /// How many seconds were planned when it began.
        planned: u32,
        /// How many seconds it was held.
        held: u32,
    },
}

pub(super) fn admit(session: &Session, insight: &Insight) -> Result<(), Refusal> {
    Refusal::if_empty(&insight.text, "The insight")?;
    Refusal::if_too_long([insight.text.as_str()])?;
    session.unsigned(&insight.text)?;
    session.known_side(insight.side.as_ref())?;
    session.known_person(insight.author)
}
