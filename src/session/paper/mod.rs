//! Paper: what a pasted or typed sheet of many lines means, line by line.
//!
//! Owns: the grammar of lists with headings, of tallies, of a mirror's sheet, of actions. Text comes in, and
//! each line that says something is a thing to add, a heading, or reported as not understood: nothing is
//! dropped in silence. Never: adds anything, knows how a sheet is shown.

mod actions;
mod headings;
mod mirror;
mod notes;
mod ratings;

pub use actions::actions;
pub use mirror::{Form, Start, entries};
pub use notes::{Pile, insights, notes, voices};
pub use ratings::{rating, ratings};

use super::event::Draft;
use super::line::list_items;
use super::refusal::Refusal;

/// So many things of a sheet are kept: more than a pasted text can have that still fits the line, and far more than
/// can be added at once. With more of them everything is refused, whatever is answered.
const MOST_KEPT: usize = 50_000;

/// A sheet as it was read: one [`Read`] for each line that says something, in their order. Where there are too many
/// for anything to become of them, the rest is only counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    lines: Vec<Read>,
    counts: Counts,
}

/// How much stands on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Lines that say something.
    pub lines: usize,
    /// Things to add.
    pub things: usize,
    /// Lines that are not understood.
    pub unread: usize,
}

/// One line of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What is written, without bullet or number.
    pub words: String,
    /// What it means.
    pub means: Means,
}

/// What a line means.
#[derive(Debug, Clone, PartialEq)]
pub enum Means {
    /// These are to be added, at least one.
    Things(Vec<Draft>),
    /// It says where the lines after it belong.
    Heading,
    /// It is not understood.
    Unread(
        /// Why, in a few words.
        String,
    ),
}

impl Means {
    /// One thing.
    #[must_use]
    pub fn thing(draft: Draft) -> Self {
        Self::Things(vec![draft])
    }

    fn unread(why: impl Into<String>) -> Self {
        Self::Unread(why.into())
    }
}

impl Sheet {
    /// Reads `text` line by line; `means` is asked in their order for each line that has visible letters and
    /// is no longer than one thing may be.
    #[must_use]
    pub fn read(text: &str, mut means: impl FnMut(&str) -> Means) -> Self {
        let mut sheet = Self::default();
        for words in list_items(text) {
            let means = if !says_something(words) {
                Means::unread("nothing in it can be seen")
            } else if Refusal::if_too_long([words]).is_err() {
                Means::unread("too long for one")
            } else {
                means(words)
            };
            sheet.take(words, means);
        }
        sheet
    }

    fn take(&mut self, words: &str, means: Means) {
        let is_kept = self.counts.things < MOST_KEPT;
        self.counts.lines += 1;
        match &means {
            Means::Things(drafts) => self.counts.things += drafts.len(),
            Means::Unread(_) => self.counts.unread += 1,
            Means::Heading => {}
        }
        if is_kept {
            self.lines.push(Read { words: words.to_owned(), means });
        }
    }

    /// How much stands on it.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Reads `text` as a list in which each line is one thing.
    #[must_use]
    pub fn list(text: &str, mut draft: impl FnMut(&str) -> Draft) -> Self {
        Self::read(text, |line| Means::thing(draft(line)))
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[Read] {
        &self.lines
    }

    /// What it adds, in its order.
    pub fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.lines.iter().flat_map(|line| match &line.means {
            Means::Things(drafts) => drafts.as_slice(),
            Means::Heading | Means::Unread(_) => &[],
        })
    }

    /// The lines that are not understood, each with the reason.
    pub fn unread(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().filter_map(|line| match &line.means {
            Means::Unread(why) => Some((line.words.as_str(), why.as_str())),
            Means::Things(_) | Means::Heading => None,
        })
    }

    /// The lines that are not understood, as a text.
    #[must_use]
    pub fn rest(&self) -> String {
        self.unread().map(|(words, _)| words).collect::<Vec<_>>().join("\n")
    }
}

fn says_something(text: &str) -> bool {
    text.chars().any(|letter| !letter.is_whitespace() && !letter.is_control())
}

#[cfg(test)]
mod tests;
