//! A friendly no: what cannot be done, and the way out.
//!
//! Owns: the words' form. Never: changes anything.

use std::fmt;

/// The longest text that one thing may hold, in bytes: a page of a book is about 2,000.
const LONGEST: usize = 100_000;

/// Why a command changes nothing, in words for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What cannot be done and why: a sentence.
    pub why: String,
    /// What to do instead: a sentence.
    pub instead: String,
}

impl Refusal {
    /// A refusal with the way out; neither may be without words.
    pub(super) fn new(why: impl Into<String>, instead: impl Into<String>) -> Self {
        let (why, instead) = (why.into(), instead.into());
        debug_assert!(
            !is_blank(&why) && !is_blank(&instead),
            "a refusal names the way out: {why:?} {instead:?}"
        );
        Self { why, instead }
    }

    /// For what belongs to a step that nobody has entered.
    pub(super) fn not_begun() -> Self {
        Self::new("That step has not begun yet.", "Go to the step first, then add to it.")
    }

    /// For a session that is closed.
    pub(super) fn closed() -> Self {
        Self::new("This session is closed.", "Reopen it first to change anything.")
    }

    /// For a command that comes a second time.
    pub(super) fn done_already() -> Self {
        Self::new("That was done already.", "Go on.")
    }

    /// Refuses a text without a visible character.
    pub(super) fn if_empty(text: &str, what: &str) -> Result<(), Self> {
        if is_blank(text) {
            Err(Self::new(format!("{what} has no words yet."), "Type a few words, then Enter."))
        } else {
            Ok(())
        }
    }

    /// Refuses more of a kind than one thing may have: every one of them takes more memory than it is long.
    pub(super) fn if_too_many(count: usize, most: usize, what: &str) -> Result<(), Self> {
        if count > most {
            Err(Self::new(
                format!("That has {count} {what}; {most} are the most."),
                "Leave some of them out.",
            ))
        } else {
            Ok(())
        }
    }

    /// Refuses texts that are together longer than any one thing may be.
    ///
    /// # Errors
    /// The refusal.
    pub fn if_too_long<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<(), Self> {
        let bytes: usize = texts.into_iter().map(str::len).sum();
        if bytes > LONGEST {
            Err(Self::new(
                format!("That is {} kB of text; {} kB is the most for one.", bytes / 1000, LONGEST / 1000),
                "Split it into several.",
            ))
        } else {
            Ok(())
        }
    }
}

/// Whether nothing of a text can be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.why, self.instead)
    }
}

impl std::error::Error for Refusal {}
