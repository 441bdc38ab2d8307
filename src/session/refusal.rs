//! A friendly no: what cannot be done, and the way out.
//!
//! Owns: the words' form. Never: changes anything.

use std::fmt;

/// Why a command changes nothing, in words for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What cannot be done and why: a sentence.
    pub why: String,
    /// What to do instead: a sentence.
    pub instead: String,
}

impl Refusal {
    /// A refusal with the way out.
    pub(super) fn new(why: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { why: why.into(), instead: instead.into() }
    }

    /// Refuses a text without a visible character.
    pub(super) fn if_empty(text: &str, what: &str) -> Result<(), Self> {
        if text.chars().all(|letter| letter.is_whitespace() || letter.is_control()) {
            Err(Self::new(format!("{what} has no words yet."), "Type a few words, then Enter."))
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.why, self.instead)
    }
}

impl std::error::Error for Refusal {}
