//! Help and the search over all actions, where no session is on the screen.
//!
//! Owns both while they are open over home, set-up, look back or the summary. Never carries an action out.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::action::{Action, Place};
use super::keymap::{Edit, Keymap};
use super::nav::Nav;
use super::theme::Theme;
use super::widgets::palette::{Help, Palette, Search};

/// What lies over a screen to help with it.
#[derive(Debug, Clone)]
pub struct Aid {
    /// The place that it is about.
    about: Place,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// The keys, with so many lines scrolled away.
    Help(usize),
    Palette(Search),
}

/// What follows from a key.
#[derive(Debug, Clone)]
pub enum After {
    /// It stays open, like this.
    Open(Aid),
    /// It is closed.
    Closed,
    /// It is closed, and this is to be done.
    Chosen(Action),
}

impl Aid {
    /// What an action opens over this place; none where it opens nothing.
    #[must_use]
    pub fn opened_by(action: Action, about: Place) -> Option<Self> {
        let kind = if action == Action::Help {
            Kind::Help(0)
        } else if action == Action::Palette {
            Kind::Palette(Search::default())
        } else {
            return None;
        };
        Some(Self { about, kind })
    }

    /// What has the focus while it is open.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self.kind {
            Kind::Help(_) => Place::Overlay,
            Kind::Palette(_) => Place::Palette,
        }
    }

    /// What a key does, the screen being drawn in `area`.
    #[must_use]
    pub fn act(mut self, keymap: &Keymap, area: Rect, action: Action) -> After {
        match (&mut self.kind, Nav::of(action)) {
            (_, Some(Nav::Back)) | (Kind::Help(_), Some(Nav::Confirm)) => return After::Closed,
            (Kind::Help(top), Some(Nav::Move(way))) => {
                let most = Help::most(keymap, self.about, area);
                *top = way.moved((*top).min(most), most + 1);
            }
            (Kind::Palette(search), Some(Nav::Confirm)) => {
                if let Some(chosen) = search.chosen(keymap, self.about) {
                    return After::Chosen(chosen);
                }
            }
            (Kind::Palette(search), Some(Nav::Move(way))) => {
                search.step(way, keymap, self.about);
            }
            // The key that opened it closes it; the other one takes its place.
            (Kind::Help(_), None) if action == Action::Help => return After::Closed,
            (Kind::Palette(_), None) if action == Action::Palette => return After::Closed,
            (_, None) => match Self::opened_by(action, self.about) {
                Some(other) => self = other,
                None => return After::Chosen(action),
            },
        }
        After::Open(self)
    }

    /// Types into the search; says whether anything changed.
    pub fn edit(&mut self, edit: Edit) -> bool {
        match &mut self.kind {
            Kind::Help(_) => false,
            Kind::Palette(search) => search.edit(edit),
        }
    }

    /// Puts a pasted text into the search.
    pub fn paste(&mut self, text: &str) {
        match &mut self.kind {
            Kind::Help(_) => {}
            Kind::Palette(search) => search.paste(text),
        }
    }

    /// Draws it; answers where the cursor stands.
    pub fn draw(&self, theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match &self.kind {
            Kind::Help(top) => {
                Help { place: self.about, scroll: *top, keymap, theme }.render(area, buf);
                None
            }
            Kind::Palette(search) => {
                let palette = Palette { search, place: self.about, keymap, theme };
                palette.render(area, buf);
                palette.cursor(area)
            }
        }
    }
}
