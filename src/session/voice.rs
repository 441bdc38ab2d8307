//! That somebody spoke, and the word that was kept of it.
//!
//! Owns: the voice and what makes one acceptable. Never: says whose turn it is.

use serde::{Deserialize, Serialize};

use super::people::PersonId;
use super::record::record;
use super::refusal::Refusal;
use super::state::Session;

record! {
    /// One person's turn to speak, taken or passed.
    Voice, VoiceDraft, VoiceId {
        /// Whose; none where that is not kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<PersonId>,
        /// What became of it.
        said: Said,
    }
}

/// What became of a turn to speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// Something was said and nothing of it written down.
    Spoke,
    /// A word of it was written down; never empty.
    Word(String),
    /// The person chose not to speak.
    Passed,
}

impl Said {
    /// Whether the person was heard.
    #[must_use]
    pub const fn is_heard(&self) -> bool {
        match self {
            Self::Spoke | Self::Word(_) => true,
            Self::Passed => false,
        }
    }

    /// What was written down; empty where nothing was.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Word(word) => word,
            Self::Spoke | Self::Passed => "",
        }
    }
}

pub(super) fn admit(session: &Session, voice: &Voice) -> Result<(), Refusal> {
    session.unsigned(voice.said.word())?;
    session.known_person(voice.who)?;
    match &voice.said {
        Said::Word(word) => {
            Refusal::if_empty(word, "The word")?;
            Refusal::if_too_long([word.as_str()])
        }
        Said::Spoke | Said::Passed => Ok(()),
    }
}
