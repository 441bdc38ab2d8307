//! Keys in what lies over a running session.

use super::{Run, here};
use crate::session::{Part, Request, Session};
use crate::timer::Timestamp;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::Keymap;
use crate::tui::nav::Nav;
use crate::tui::overlay::{Dialog, Overlay, Palette, Typed};

impl Run {
    pub(super) fn act_on_overlay(
        &mut self,
        session: &Session,
        now: Timestamp,
        keymap: &Keymap,
        action: Action,
    ) -> Vec<Effect> {
        let Some(overlay) = self.overlay.take() else { return Vec::new() };
        if action == Action::Leave {
            return vec![Effect::Summary];
        }
        // The key that opened it closes it.
        let closes = match &overlay {
            Overlay::Help { .. } => action == Action::Help,
            Overlay::Palette(_) => action == Action::Palette,
            Overlay::Agenda { .. } => action == Action::Agenda,
            Overlay::People(_) => action == Action::People,
            Overlay::Dialog(_) | Overlay::SaveElsewhere(_) => false,
        };
        let Some(nav) = Nav::of(action) else {
            if closes {
                return Vec::new();
            }
            let place = overlay.place();
            self.overlay = Some(overlay);
            if action == Action::Help {
                return vec![Effect::Open(Overlay::Help { place, top: 0 })];
            }
            return if action == Action::Theme { vec![Effect::NextLook] } else { Vec::new() };
        };
        match overlay {
            Overlay::Help { place, top } => {
                self.overlay = scrolled(top, nav).map(|top| Overlay::Help { place, top });
                Vec::new()
            }
            Overlay::Palette(palette) => self.act_on_palette(session, now, keymap, palette, nav),
            Overlay::Agenda { marked } => self.act_on_agenda(session, marked, nav),
            Overlay::Dialog(dialog) => self.act_on_dialog(dialog, nav),
            Overlay::SaveElsewhere(typed) => {
                self.act_on_typed(typed, nav, Effect::SaveElsewhere, Overlay::SaveElsewhere)
            }
            Overlay::People(typed) => self.act_on_typed(typed, nav, Effect::AddPeople, Overlay::People),
        }
    }

    fn act_on_palette(
        &mut self,
        session: &Session,
        now: Timestamp,
        keymap: &Keymap,
        mut palette: Palette,
        nav: Nav,
    ) -> Vec<Effect> {
        match nav {
            Nav::Confirm => {
                if let Some(chosen) = palette.search.chosen(keymap, palette.place) {
                    return self.act(session, now, keymap, chosen);
                }
            }
            Nav::Back => return Vec::new(),
            Nav::Up | Nav::Left | Nav::First | Nav::EarlierPage => {
                palette.search.step(false, keymap, palette.place);
            }
            Nav::Down | Nav::Right | Nav::Last | Nav::LaterPage => {
                palette.search.step(true, keymap, palette.place);
            }
        }
        self.overlay = Some(Overlay::Palette(palette));
        Vec::new()
    }

    fn act_on_agenda(&mut self, session: &Session, marked: usize, nav: Nav) -> Vec<Effect> {
        match nav {
            Nav::Confirm => {
                let entry = session.agenda.get(marked);
                entry.map(|entry| Effect::ask(Request::Go(Part::Step(entry.id)))).into_iter().collect()
            }
            Nav::Back => Vec::new(),
            Nav::Up
            | Nav::Down
            | Nav::Left
            | Nav::Right
            | Nav::First
            | Nav::Last
            | Nav::EarlierPage
            | Nav::LaterPage => {
                self.overlay = Some(Overlay::Agenda { marked: nav.moved(marked, session.agenda.len()) });
                Vec::new()
            }
        }
    }

    fn act_on_dialog(&mut self, mut dialog: Dialog, nav: Nav) -> Vec<Effect> {
        match nav {
            Nav::Confirm => {
                let marked = dialog.marked.min(dialog.choices.len().saturating_sub(1));
                dialog.choices.into_iter().nth(marked).map(|choice| choice.effects).unwrap_or_default()
            }
            Nav::Back => dialog.back,
            Nav::Up
            | Nav::Down
            | Nav::Left
            | Nav::Right
            | Nav::First
            | Nav::Last
            | Nav::EarlierPage
            | Nav::LaterPage => {
                dialog.marked = nav.moved(dialog.marked, dialog.choices.len());
                self.overlay = Some(Overlay::Dialog(dialog));
                Vec::new()
            }
        }
    }

    /// An answer that is typed: Enter takes it, going back drops it, nothing else means anything.
    fn act_on_typed(
        &mut self,
        typed: Typed,
        nav: Nav,
        taken: fn(String) -> Effect,
        waits: fn(Typed) -> Overlay,
    ) -> Vec<Effect> {
        let answer = typed.0.text().trim().to_owned();
        match nav {
            Nav::Confirm if !answer.is_empty() => vec![taken(answer)],
            Nav::Back => Vec::new(),
            Nav::Confirm
            | Nav::Up
            | Nav::Down
            | Nav::Left
            | Nav::Right
            | Nav::First
            | Nav::Last
            | Nav::EarlierPage
            | Nav::LaterPage => {
                self.overlay = Some(waits(typed));
                Vec::new()
            }
        }
    }

    /// What the moment asks of the session by itself, such as the end of a silence.
    #[must_use]
    pub fn due(&self, session: &Session, now: Timestamp) -> Option<Effect> {
        let here = here(session, now)?;
        self.screen(&here)?.due(&here)
    }
}

/// The first line shown after a key; none closes what is read.
const fn scrolled(top: usize, nav: Nav) -> Option<usize> {
    match nav {
        Nav::Up => Some(top.saturating_sub(1)),
        Nav::Down => Some(top.saturating_add(1)),
        Nav::EarlierPage => Some(top.saturating_sub(10)),
        Nav::LaterPage => Some(top.saturating_add(10)),
        Nav::First => Some(0),
        Nav::Last => Some(usize::MAX),
        Nav::Left | Nav::Right | Nav::Confirm | Nav::Back => None,
    }
}
