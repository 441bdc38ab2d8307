//! What can lie over a screen: help, the palette, the agenda, a question.
//!
//! Owns the state of each while it is open. Never draws and never changes a session.

use ratatui::layout::Rect;

use super::action::Place;
use super::effect::Effect;
use super::line::Line;
use super::parking::Parking;
use super::people::People;
use super::widgets::palette::Search;
use super::widgets::preview::{self, Row};

/// What lies over a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys of the place below it.
    Help {
        /// The place.
        place: Place,
        /// The first line shown.
        top: usize,
        /// What it was opened over, which comes back when it is closed.
        over: Option<Box<Overlay>>,
    },
    /// The search over all actions.
    Palette(Palette),
    /// The agenda, to jump to any step.
    Agenda {
        /// The entry that is marked.
        marked: usize,
    },
    /// A question with answers.
    Dialog(Dialog),
    /// The question where to save a copy of the session.
    SaveElsewhere(Typed),
    /// The people: who is there, and the line that adds and finds.
    People(People),
    /// The parking lot: what was set aside, and the line that sets aside more.
    Parking(Parking),
}

impl Overlay {
    /// What has the focus while it is open.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self {
            Self::Help { .. } | Self::Agenda { .. } => Place::Overlay,
            Self::Palette(_) => Place::Palette,
            Self::Dialog(_) => Place::Dialog,
            Self::SaveElsewhere(_) | Self::People(_) => Place::Form,
            Self::Parking(parking) => parking.place(),
        }
    }

    /// What it lies over, where it was opened from there.
    #[must_use]
    pub fn over(&self) -> Option<&Self> {
        match self {
            Self::Help { over, .. } | Self::Palette(Palette { over, .. }) => over.as_deref(),
            Self::Agenda { .. }
            | Self::Dialog(_)
            | Self::SaveElsewhere(_)
            | Self::People(_)
            | Self::Parking(_) => None,
        }
    }

    /// What is seen again once it is closed.
    #[must_use]
    pub fn below(self) -> Option<Self> {
        match self {
            Self::Help { over, .. } | Self::Palette(Palette { over, .. }) => over.map(|over| *over),
            Self::Agenda { .. }
            | Self::Dialog(_)
            | Self::SaveElsewhere(_)
            | Self::People(_)
            | Self::Parking(_) => None,
        }
    }

    /// What follows from going back without an answer.
    #[must_use]
    pub fn back(self) -> Vec<Effect> {
        match self {
            Self::Dialog(dialog) => dialog.back,
            Self::Help { over, .. } | Self::Palette(Palette { over, .. }) => {
                over.map(|over| over.back()).unwrap_or_default()
            }
            Self::Agenda { .. } | Self::SaveElsewhere(_) | Self::People(_) | Self::Parking(_) => Vec::new(),
        }
    }
}

/// An answer while it is typed.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Line);

impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        self.0.text() == other.0.text()
    }
}

/// The search over all actions.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What is looked for, and what is marked.
    pub search: Search,
    /// Where the chosen action will act.
    pub place: Place,
    /// What it was opened over, which comes back where nothing is chosen.
    pub over: Option<Box<Overlay>>,
}

impl PartialEq for Palette {
    fn eq(&self, other: &Self) -> bool {
        let told =
            |palette: &Self| (palette.search.line.text().to_owned(), palette.search.selected, palette.place);
        told(self) == told(other) && self.over == other.over
    }
}

/// A question with answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Dialog {
    /// The question.
    pub question: String,
    /// What helps to answer it: a word of explanation.
    pub lines: Vec<String>,
    /// The many things that it is about; empty where it is about none.
    pub preview: Vec<Row>,
    /// How many lines of the preview are scrolled away above.
    pub top: usize,
    /// The answers; the first is what Enter takes.
    pub choices: Vec<Choice>,
    /// What follows from going back without an answer.
    pub back: Vec<Effect>,
    /// Which answer is marked.
    pub marked: usize,
}

/// An answer and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// What follows.
    pub effects: Vec<Effect>,
}

impl Dialog {
    /// A question whose first answer is marked.
    #[must_use]
    pub fn new(question: impl Into<String>) -> Self {
        Self {
            question: question.into(),
            lines: Vec::new(),
            preview: Vec::new(),
            top: 0,
            choices: Vec::new(),
            back: Vec::new(),
            marked: 0,
        }
    }

    /// The same question with a line that helps to answer it.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// How many lines of the preview are scrolled away after a page key; without a preview none.
    #[must_use]
    pub fn scrolled(&self, forward: bool, area: Rect) -> usize {
        let rows = self.preview.len();
        let seen = preview::seen(&self.question, rows, self.choices.len(), area);
        let most = rows.saturating_sub(seen);
        let page = seen.saturating_sub(1).max(1);
        if forward { (self.top + page).min(most) } else { self.top.min(most).saturating_sub(page) }
    }

    /// The same question with one more answer.
    #[must_use]
    pub fn choice(mut self, label: impl Into<String>, effects: Vec<Effect>) -> Self {
        self.choices.push(Choice { label: label.into(), effects });
        self
    }
}
