//! A running session on the screen: the line, the board, what lies over them, and what keys mean there.
//!
//! Owns the part of the model that belongs to a session but not in its file. Never changes the session:
//! it answers with [`Effect`]s.

mod act;
mod confidential;
mod going;
mod list;
mod over;
mod overlays;
mod paste;
mod screens;
mod tags;
mod unfinished;

use std::collections::{HashMap, HashSet};

use ratatui::layout::Rect;

use super::action::Place;
use super::effect::Effect;
use super::keymap::{Edit, Keymap};
use super::line::Line;
use super::overlay::{Overlay, Typed};
use super::parking;
use super::people::People;
use super::retype;
use super::steps::{Direction, Focus, Here, Label, StepAction, StepScreen};
use crate::session::{Blank, ItemId, Refusal, Shown, StepId};
use crate::timer::Timestamp;

use list::list_label;
pub use screens::StepUi;

/// What the screen of a running session needs and the session does not.
#[derive(Debug, Default)]
pub struct Run {
    /// Where the keys go.
    pub focus: Focus,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// What is said in the footer until the next key.
    pub notice: Option<String>,
    /// Whether the facilitator's part is shown.
    pub facilitator: bool,
    /// Whether what is typed is covered.
    pub masked: bool,
    /// What is being changed in the line of a step; it waits there as drafts do.
    editing: HashMap<StepId, Editing>,
    /// The steps in whose line a list is typed.
    listing: HashSet<StepId>,
    lines: HashMap<StepId, Line>,
    /// What the line of each step fills in, as long as something stands there.
    blanks: HashMap<StepId, Blank>,
    screens: HashMap<StepId, StepUi>,
    spare: Line,
    /// What is remembered of the parking lot while it is closed.
    parking: parking::Kept,
    /// What waits in the line over the people while they are closed.
    people: People,
    /// Where a copy is to be saved, while that is typed.
    copy: Typed,
}

/// Something that is being changed in the line; what was typed before waits.
#[derive(Debug)]
struct Editing {
    id: ItemId,
    line: Line,
}

/// What a key is pressed in.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The moment.
    pub now: Timestamp,
    /// Which key does what.
    pub keymap: &'a Keymap,
    /// How big the screen was when it was drawn last: what is longer scrolls.
    pub area: Rect,
}

/// The present step of a session, as its screen sees it.
#[must_use]
pub fn here(shown: Shown<'_>, now: Timestamp) -> Option<Here<'_>> {
    let (step, pass) = shown.present()?;
    Some(Here { shown, step, pass, now })
}

impl Run {
    /// What has the focus, which settles what keys mean.
    #[must_use]
    pub fn place(&self, here: Option<&Here<'_>>) -> Place {
        if let Some(overlay) = &self.overlay {
            return overlay.place();
        }
        match here {
            Some(here) => self.screen(here).map_or(Place::Compose, |screen| {
                let place = screen.place(here, self.focus);
                if self.is_editing(here) && place.is_board() { Place::Compose } else { place }
            }),
            None => Place::Board,
        }
    }

    /// The line that is typed into, and whether it is on the screen.
    #[must_use]
    pub fn line(&self, here: &Here<'_>) -> &Line {
        match self.editing.get(&here.pass.step) {
            Some(editing) => &editing.line,
            None => self.lines.get(&here.pass.step).unwrap_or(&self.spare),
        }
    }

    fn line_mut(&mut self, step: StepId) -> &mut Line {
        match self.editing.get_mut(&step) {
            Some(editing) => &mut editing.line,
            None => self.lines.entry(step).or_default(),
        }
    }

    /// Whether something is being changed in the line.
    #[must_use]
    pub fn is_editing(&self, here: &Here<'_>) -> bool {
        self.editing.contains_key(&here.pass.step)
    }

    /// What stands before the line.
    #[must_use]
    pub fn label(&self, here: &Here<'_>) -> Label {
        match (self.is_editing(here), self.screen(here)) {
            (true, _) => Label { side: None, what: "Change".to_owned() },
            (false, Some(screen)) if self.is_listing(here) => list_label(screen.label(here)),
            (false, Some(screen)) => screen.label(here),
            (false, None) => Label { side: None, what: String::new() },
        }
    }

    /// What stands in the empty line.
    #[must_use]
    pub fn hint(&self, here: &Here<'_>) -> String {
        match (self.is_editing(here), self.screen(here)) {
            (false, Some(screen)) if self.is_listing(here) => screen.list_hint(here),
            (false, Some(screen)) => screen.hint(here),
            (true, _) | (false, None) => String::new(),
        }
    }

    /// The words offered for what is being typed.
    #[must_use]
    pub fn offers<'a>(&'a self, here: &Here<'a>) -> Vec<&'a str> {
        let Some(started) = self.line(here).started() else { return Vec::new() };
        match started.sign {
            '@' => started.offers(retype::names(here.shown.people())),
            _ => started.offers(tags::known(here)),
        }
    }

    /// Makes sure the present step has its screen; called whenever the session has moved.
    pub fn arrive(&mut self, shown: Shown<'_>, now: Timestamp) {
        if let Some(here) = here(shown, now) {
            let step = here.pass.step;
            self.screens.entry(step).or_insert_with(|| {
                let mut screen = StepUi::new(&here.step.kind);
                if let Some(blank) = self.blanks.get(&step) {
                    screen.screen_mut().resume(&here, blank);
                }
                screen
            });
        }
    }

    /// The screen of the present step.
    #[must_use]
    pub fn screen(&self, here: &Here<'_>) -> Option<&dyn StepScreen> {
        self.screens.get(&here.pass.step).map(StepUi::screen)
    }

    fn screen_mut(&mut self, here: &Here<'_>) -> Option<&mut dyn StepScreen> {
        self.screens.get_mut(&here.pass.step).map(StepUi::screen_mut)
    }

    /// Types into whatever takes text now; says whether anything changed.
    pub fn edit(&mut self, shown: Shown<'_>, now: Timestamp, edit: Edit) -> bool {
        self.notice = None;
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => palette.search.edit(edit),
            Some(Overlay::SaveElsewhere(typed)) => typed.0.edit(edit),
            Some(Overlay::People(people)) => people.edit(edit),
            Some(Overlay::Parking(parking)) => parking.edit(edit),
            Some(Overlay::Help { .. } | Overlay::Agenda { .. } | Overlay::Dialog(_)) => false,
            None => match here(shown, now) {
                Some(here) => self.line_mut(here.pass.step).edit(edit),
                None => false,
            },
        }
    }

    /// Empties the line after what it said was taken; a change that was made ends.
    pub fn clear_line(&mut self, step: StepId) {
        if self.editing.remove(&step).is_some() {
            self.focus = Focus::Board;
        } else {
            self.line_mut(step).take();
        }
    }

    /// Begins to change something in the line. What is longer than anybody could type, and stands in a file of
    /// others, is refused.
    pub fn begin_edit(&mut self, shown: Shown<'_>, id: ItemId) {
        let line = shown.draft(id).and_then(|draft| retype::begun(&draft, shown));
        if let (Some((_, pass)), Some(line)) = (shown.present(), line) {
            if let Err(refusal) = Refusal::if_too_long([line.text()]) {
                self.notice = Some(refusal.to_string());
                return;
            }
            self.editing.insert(pass.step, Editing { id, line });
            self.focus = Focus::Line;
        }
    }

    /// Makes the line say this.
    pub fn set_line(&mut self, shown: Shown<'_>, now: Timestamp, text: &str) {
        if let Some(here) = here(shown, now) {
            if text.is_empty() {
                self.listing.remove(&here.pass.step);
            }
            self.line_mut(here.pass.step).set(text);
        }
    }

    /// Puts text into the line at the cursor.
    pub fn insert(&mut self, shown: Shown<'_>, now: Timestamp, text: &str) {
        if let Some(here) = here(shown, now) {
            self.line_mut(here.pass.step).insert_str(text);
        }
    }

    /// Lets the keys go to the line: something else has begun.
    pub const fn leave_board(&mut self) {
        self.focus = Focus::Line;
    }

    /// Lets the keys go to the board, with something marked on it.
    pub fn to_board(&mut self, here: &Here<'_>) -> Vec<Effect> {
        if self.editing.remove(&here.pass.step).is_some() {
            self.focus = Focus::Board;
            return Vec::new();
        }
        self.focus = Focus::Board;
        let marked = self.screen(here).is_some_and(|screen| screen.marked(here).is_some());
        if marked {
            return Vec::new();
        }
        let last = StepAction::Move(Direction::Last);
        self.screen_mut(here).and_then(|screen| screen.act(here, Focus::Board, last)).unwrap_or_default()
    }
}
