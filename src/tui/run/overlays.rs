//! Keys in what lies over a running session.

use super::{Run, here};
use crate::session::{Part, Request, Session};
use crate::timer::Timestamp;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::line::Line;
use crate::tui::overlay::{Dialog, Overlay, Palette, Prompt, Purpose};
use crate::tui::palette;

/// Lines that a page key moves by.
const PAGE: usize = 10;

pub(super) fn save_elsewhere() -> Effect {
    Effect::Open(Overlay::Prompt(Prompt {
        question: "Save a copy where? A folder or a file name, then Enter.".to_owned(),
        line: Line::default(),
        purpose: Purpose::SaveElsewhere,
    }))
}

impl Run {
    pub(super) fn act_on_overlay(&mut self, session: &Session, now: Timestamp, action: Action) -> Vec<Effect> {
        let Some(overlay) = self.overlay.take() else { return Vec::new() };
        // The same key that opened it closes it.
        match action {
            Action::Leave => {
                return vec![Effect::Summary];
            }
            Action::Theme => {
                self.overlay = Some(overlay);
                return vec![Effect::NextLook];
            }
            Action::Redraw => {
                self.overlay = Some(overlay);
                return vec![Effect::Redraw];
            }
            Action::Help => {
                let place = overlay.place();
                return match overlay {
                    Overlay::Help { .. } => Vec::new(),
                    Overlay::Palette(_) | Overlay::Agenda { .. } | Overlay::Dialog(_) | Overlay::Prompt(_) => {
                        vec![Effect::Open(Overlay::Help { place, top: 0 })]
                    }
                };
            }
            _ => {}
        }
        match overlay {
            Overlay::Help { place, top } => {
                self.overlay = scrolled(top, action).map(|top| Overlay::Help { place, top });
                Vec::new()
            }
            Overlay::Palette(palette) => self.act_on_palette(session, now, palette, action),
            Overlay::Agenda { marked } => self.act_on_agenda(session, marked, action),
            Overlay::Dialog(dialog) => self.act_on_dialog(dialog, action),
            Overlay::Prompt(prompt) => self.act_on_prompt(prompt, action),
        }
    }

    fn act_on_palette(&mut self, session: &Session, now: Timestamp, mut open: Palette, action: Action) -> Vec<Effect> {
        let found = palette::found(open.line.text(), open.place);
        match action {
            Action::Confirm => {
                let Some(chosen) = found.get(open.marked).copied() else {
                    self.overlay = Some(Overlay::Palette(open));
                    return Vec::new();
                };
                return self.act(session, now, chosen);
            }
            Action::Back | Action::Palette => return Vec::new(),
            Action::Up => open.marked = open.marked.saturating_sub(1),
            Action::Down => open.marked = (open.marked + 1).min(found.len().saturating_sub(1)),
            _ => {}
        }
        self.overlay = Some(Overlay::Palette(open));
        Vec::new()
    }

    fn act_on_agenda(&mut self, session: &Session, marked: usize, action: Action) -> Vec<Effect> {
        let last = session.agenda.len().saturating_sub(1);
        let marked = match action {
            Action::Up => marked.saturating_sub(1),
            Action::Down => (marked + 1).min(last),
            Action::First | Action::EarlierPage => 0,
            Action::Last | Action::LaterPage => last,
            Action::Confirm => {
                let entry = session.agenda.get(marked);
                return entry.map(|entry| Effect::ask(Request::Go(Part::Step(entry.id)))).into_iter().collect();
            }
            Action::Back | Action::Agenda => return Vec::new(),
            _ => marked,
        };
        self.overlay = Some(Overlay::Agenda { marked });
        Vec::new()
    }

    fn act_on_dialog(&mut self, mut dialog: Dialog, action: Action) -> Vec<Effect> {
        let last = dialog.choices.len().saturating_sub(1);
        match action {
            Action::Up | Action::Left => dialog.marked = dialog.marked.saturating_sub(1),
            Action::Down | Action::Right => dialog.marked = (dialog.marked + 1).min(last),
            Action::Confirm => {
                let marked = dialog.marked.min(last);
                return dialog.choices.into_iter().nth(marked).map(|choice| choice.effects).unwrap_or_default();
            }
            Action::Back => return dialog.back,
            _ => {}
        }
        self.overlay = Some(Overlay::Dialog(dialog));
        Vec::new()
    }

    fn act_on_prompt(&mut self, prompt: Prompt, action: Action) -> Vec<Effect> {
        match action {
            Action::Confirm => {
                let answer = prompt.line.text().trim().to_owned();
                if answer.is_empty() {
                    self.overlay = Some(Overlay::Prompt(prompt));
                    return Vec::new();
                }
                vec![Effect::Answer(prompt.purpose, answer)]
            }
            Action::Back => Vec::new(),
            _ => {
                self.overlay = Some(Overlay::Prompt(prompt));
                Vec::new()
            }
        }
    }

    /// Whether the moment needs something from the session by itself, such as the end of a silence.
    #[must_use]
    pub fn due(&self, session: &Session, now: Timestamp) -> Option<Effect> {
        let here = here(session, now)?;
        self.screen(&here)?.due(&here)
    }
}

/// The first line shown after a key; none closes what is read.
const fn scrolled(top: usize, action: Action) -> Option<usize> {
    match action {
        Action::Up => Some(top.saturating_sub(1)),
        Action::Down => Some(top + 1),
        Action::EarlierPage => Some(top.saturating_sub(PAGE)),
        Action::LaterPage => Some(top + PAGE),
        Action::First => Some(0),
        Action::Last => Some(usize::MAX / 2),
        _ => None,
    }
}
