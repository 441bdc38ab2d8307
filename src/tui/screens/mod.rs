//! The screens around a running session, and what they are told of scripts and saved sessions.
//!
//! Each is a small state with what keys mean there and how it looks; what follows is an outcome, as data, that
//! the program carries out. Never reads a file or the clock: all that is listed is handed in as plain values.

pub mod home;
pub mod look_back;
mod page;
pub mod running;
pub mod setup;
pub mod summary;
pub mod tour;
pub mod welcome;
pub(super) mod words;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::Theme;
use super::widgets::text;
use crate::script::{Privacy, Script, Shipped, SideDef, SideOutline};
use crate::session::planned_secs;
use crate::timer::Timestamp;
use page::{Block, Said};

/// A script that can be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What the program calls it: a shipped name or a file.
    pub name: String,
    /// What people read.
    pub title: String,
    /// What should be different afterwards; may be empty.
    pub purpose: String,
    /// The parties.
    pub sides: Vec<SideDef>,
    /// The steps in order: title and planned seconds.
    pub steps: Vec<(String, i64)>,
    /// What it would keep to itself.
    pub privacy: Privacy,
    /// The names it would begin with: who was there last time.
    pub people: Vec<String>,
}

impl Offer {
    /// A script under this name, with nobody named yet.
    #[must_use]
    pub fn of(name: &str, script: &Script) -> Self {
        let steps = script.steps.iter().map(|step| (step.head.title.clone(), planned_secs(step))).collect();
        Self {
            name: name.to_owned(),
            title: script.title.clone(),
            purpose: script.purpose.clone(),
            sides: script.sides.clone(),
            steps,
            privacy: script.privacy(),
            people: Vec::new(),
        }
    }

    /// The same of a script that comes with the program, which isn't read for it.
    #[must_use]
    pub fn of_shipped(shipped: &Shipped) -> Self {
        let outline = shipped.outline;
        let steps = outline.steps.iter();
        Self {
            name: shipped.name.to_owned(),
            title: outline.title.to_owned(),
            purpose: outline.purpose.to_owned(),
            sides: outline.sides.iter().copied().map(SideOutline::side).collect(),
            steps: steps.map(|(title, minutes)| ((*title).to_owned(), i64::from(*minutes) * 60)).collect(),
            privacy: outline.privacy,
            people: Vec::new(),
        }
    }

    /// The planned time of all steps in seconds.
    #[must_use]
    pub fn secs(&self) -> i64 {
        self.steps.iter().map(|(_, secs)| secs).sum()
    }
}

/// What is known of the saved sessions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Library {
    /// Nothing: it has not been read yet.
    #[default]
    NotYetRead,
    /// What was found.
    Read {
        /// The sessions, newest first.
        sessions: Vec<Known>,
        /// The files that could not be read.
        unreadable: Vec<Unreadable>,
    },
}

impl Library {
    /// The sessions, newest first; none before they were read.
    #[must_use]
    pub fn sessions(&self) -> &[Known] {
        match self {
            Self::NotYetRead => &[],
            Self::Read { sessions, unreadable: _ } => sessions,
        }
    }

    /// The files that could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        match self {
            Self::NotYetRead => &[],
            Self::Read { sessions: _, unreadable } => unreadable,
        }
    }

    /// Whether it was read.
    #[must_use]
    pub const fn is_read(&self) -> bool {
        match self {
            Self::NotYetRead => false,
            Self::Read { .. } => true,
        }
    }
}

/// A saved session, as a list tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is called.
    pub title: String,
    /// When it was last worked on.
    pub at: Timestamp,
    /// Whether it is for those who took part: a list says its title and its time, and nothing else of it.
    pub confidential: bool,
    /// Whether it can be gone on with.
    pub open: bool,
    /// Where it can only be looked at: why, in sentences.
    pub read_only: Option<String>,
    /// Where it stands: which step of how many, from 1, and the step's title; none before the first.
    pub step: Option<(usize, usize, String)>,
    /// The names of its sides.
    pub sides: Vec<String>,
    /// How many take part.
    pub people: usize,
    /// How many decisions it made.
    pub decisions: usize,
    /// How many of its actions are not done.
    pub open_actions: usize,
    /// The days on which those are due that have one.
    pub due: Vec<NaiveDate>,
    /// Where a next one is offered: the name of the series, and how much that has left open.
    pub next_of: Option<(String, usize)>,
    /// Where its file lies.
    pub path: String,
}

/// A file in the library that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it lies.
    pub path: String,
    /// Why, and what to do.
    pub why: String,
}

/// Columns between two columns of a wide screen.
const GAP: u16 = 6;

/// The narrowest screen on which there is a second column.
const WIDE: u16 = 110;

/// What lies above the last line, and the last line, both with a margin.
fn framed(area: Rect) -> (Rect, Rect) {
    let margin = u16::from(area.width > 2);
    let inside = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
    let body = Rect { height: area.height.saturating_sub(2), ..inside };
    let footer = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..inside };
    (body, footer)
}

/// The most rows that what happened may take: a long path and what to do about it.
const TOLD: u16 = 5;

/// The rows that a notice may take, of which the last is this row's.
fn raised(row: Rect, area: Rect) -> Rect {
    let y = row.bottom().saturating_sub(TOLD).max(area.y);
    Rect { y, height: row.bottom().saturating_sub(y), ..row }
}

/// The main column of a screen and, where it is wide, a second one; both in the middle.
fn halves(body: Rect) -> (Rect, Option<Rect>) {
    if body.width < WIDE {
        return (body, None);
    }
    let left = text::LINE.min(body.width - GAP - 44);
    let right = text::LINE.min(body.width - GAP - left);
    let x = body.x + (body.width - left - GAP - right) / 2;
    (Rect { x, width: left, ..body }, Some(Rect { x: x + left + GAP, width: right, ..body }))
}

/// The first of `len` rows that is seen in so many, so that the one at `at` is among them.
fn first_row(at: usize, len: usize, height: u16) -> usize {
    let height = usize::from(height);
    (at + 1 + height / 2).min(len).saturating_sub(height)
}

/// What is left of an area under its first rows.
fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// A line with something at its left and something at its right, which stays whole.
fn two_ends(left: (&str, Style), right: (&str, Style), theme: &Theme, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let width = text::width(right.0);
    let room = area.width.saturating_sub(width + 2);
    let shown = text::fit(left.0, room, theme.signs.cut);
    text::put(buf, area.x, area.y, &shown, room, left.1);
    let at = area.right().saturating_sub(width).max(area.x);
    text::put(buf, at, area.y, &text::visible(right.0), area.right() - at, right.1);
}

/// The steps with their times; with a beginning, when each is due.
fn agenda<'a>(steps: impl Iterator<Item = (&'a str, i64)>, start: Option<Timestamp>, theme: &Theme) -> Block {
    let mut due = start;
    let mut block = Block::new();
    for (title, secs) in steps {
        let clock = due.map_or(String::new(), |due| format!("{}  ", words::clock(due)));
        due = due.map(|due| due.plus_millis(secs * 1000));
        let lead = format!("{clock}{:>3} min  ", words::minutes(secs));
        block.push(Said::led(lead, title, theme.text));
    }
    block
}

#[cfg(test)]
pub(super) mod samples {
    //! What the tests of these screens list.

    use super::{Known, Library, Offer, Unreadable};
    use crate::session::testing::{moment, script};

    pub(in super::super) fn offers() -> Vec<Offer> {
        let flagship = Offer::of("purchasing-meets-sales", &script());
        let mut taste = Offer::of("taste", &script());
        taste.title = "Taste".to_owned();
        taste.purpose = "Try it: two sides, one question, four minutes of silence, one decision.".to_owned();
        taste.steps.truncate(2);
        vec![taste, flagship]
    }

    pub(in super::super) fn known(title: &str, days: i64, open: bool) -> Known {
        Known {
            title: title.to_owned(),
            at: moment(-days * 86_400),
            confidential: false,
            open,
            read_only: None,
            step: Some((4, 6, "Four minutes".to_owned())),
            sides: vec!["Purchasing".to_owned(), "Sales".to_owned()],
            people: 9,
            decisions: 2,
            open_actions: 3,
            due: Vec::new(),
            next_of: None,
            path: format!("/home/anna/.local/share/visavis/{days}.ron"),
        }
    }

    pub(in super::super) fn library() -> Library {
        Library::Read {
            sessions: vec![
                known("Purchasing meets sales", 1, true),
                Known { confidential: true, ..known("Mentoring: Anna and Bo", 20, true) },
                Known { open_actions: 0, ..known("Key accounts meet category managers, spring", 200, false) },
            ],
            unreadable: vec![Unreadable {
                path: "/home/anna/.local/share/visavis/2026-03-02-pilot.ron".to_owned(),
                why: "line 14, column 3: expected `,`; mend it by hand, or take its previous version"
                    .to_owned(),
            }],
        }
    }

    pub(in super::super) fn empty() -> Library {
        Library::Read { sessions: Vec::new(), unreadable: Vec::new() }
    }
}
