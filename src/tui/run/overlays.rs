//! Keys in what lies over a running session.

use ratatui::layout::Rect;

use super::{Around, Run, here};
use crate::session::{Part, Request, Shown};
use crate::timer::Timestamp;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::nav::{Nav, Way};
use crate::tui::overlay::{Dialog, Overlay, Palette, Typed};
use crate::tui::parking::Parking;
use crate::tui::widgets::palette::{self, Search};

impl Run {
    pub(super) fn act_on_overlay(
        &mut self,
        shown: Shown<'_>,
        around: Around<'_>,
        action: Action,
    ) -> Vec<Effect> {
        self.note_over();
        let Some(mut overlay) = self.overlay.take() else { return Vec::new() };
        if action == Action::Leave {
            self.closed(shown, &overlay);
            // Whatever was asked is answered as by going back: a list that was pasted goes into the line.
            let back = overlay.back().into_iter();
            return back.chain([Effect::Summary]).collect();
        }
        // Everything can be found from these lists too.
        if action == Action::Palette && matches!(overlay, Overlay::Parking(_) | Overlay::People(_)) {
            self.closed(shown, &overlay);
            let place = self.place(here(shown, around.now).as_ref());
            let (search, over) = (Search::default(), Some(Box::new(overlay)));
            self.overlay = Some(Overlay::Palette(Palette { search, place, over }));
            return Vec::new();
        }
        // The key that opened it closes it.
        let closes = match &overlay {
            Overlay::Help { .. } => action == Action::Help,
            Overlay::Palette(_) => action == Action::Palette,
            Overlay::Agenda { .. } => action == Action::Agenda,
            Overlay::People(_) => action == Action::People,
            Overlay::Parking(_) => action == Action::Park,
            Overlay::Dialog(_) | Overlay::SaveElsewhere(_) => false,
        };
        let own = match &mut overlay {
            Overlay::People(people) => people.act(shown, action),
            Overlay::Parking(parking) => parking.act(shown, action),
            Overlay::Help { .. }
            | Overlay::Palette(_)
            | Overlay::Agenda { .. }
            | Overlay::Dialog(_)
            | Overlay::SaveElsewhere(_) => None,
        };
        if let Some(effects) = own {
            self.overlay = Some(overlay);
            return effects;
        }
        let Some(nav) = Nav::of(action) else {
            self.overlay = if closes {
                self.closed(shown, &overlay);
                overlay.below()
            } else if action == Action::Help {
                Some(Overlay::Help { place: overlay.place(), top: 0, over: Some(Box::new(overlay)) })
            } else {
                Some(overlay)
            };
            let anywhere = [(Action::Theme, Effect::NextLook), (Action::Redraw, Effect::Redraw)];
            return anywhere
                .into_iter()
                .filter(|(known, _)| *known == action)
                .map(|(_, effect)| effect)
                .collect();
        };
        match overlay {
            Overlay::Help { place, top, over } => {
                self.overlay = match nav {
                    Nav::Move(way) => {
                        let most = palette::Help::most(around.keymap, place, around.area);
                        Some(Overlay::Help { place, top: way.moved(top.min(most), most + 1), over })
                    }
                    Nav::Confirm | Nav::Back => over.map(|over| *over),
                };
                Vec::new()
            }
            Overlay::Palette(palette) => self.act_on_palette(shown, around, palette, nav),
            Overlay::Agenda { marked } => self.act_on_agenda(shown, marked, nav),
            Overlay::Dialog(dialog) => self.act_on_dialog(dialog, around.area, nav),
            Overlay::SaveElsewhere(typed) => self.act_on_target(typed, nav),
            Overlay::People(people) => {
                if nav == Nav::Back {
                    self.people = people.closed(shown);
                }
                let (stays, effects) = people.nav(shown, around.now, nav);
                self.overlay = stays.map(Overlay::People);
                effects
            }
            Overlay::Parking(parking) => self.act_on_parking(shown, parking, nav),
        }
    }

    fn act_on_palette(
        &mut self,
        shown: Shown<'_>,
        around: Around<'_>,
        mut palette: Palette,
        nav: Nav,
    ) -> Vec<Effect> {
        let keymap = around.keymap;
        match nav {
            Nav::Confirm => {
                if let Some(chosen) = palette.search.chosen(keymap, palette.place) {
                    return self.act(shown, around, chosen);
                }
            }
            Nav::Back => {
                self.overlay = palette.over.map(|over| *over);
                return Vec::new();
            }
            Nav::Move(way) => palette.search.step(way, keymap, palette.place),
        }
        self.overlay = Some(Overlay::Palette(palette));
        Vec::new()
    }

    fn act_on_agenda(&mut self, shown: Shown<'_>, marked: usize, nav: Nav) -> Vec<Effect> {
        match nav {
            Nav::Confirm => {
                let entry = shown.agenda().nth(marked).map(|(id, _)| id);
                entry.map(|entry| Effect::ask(Request::Go(Part::Step(entry)))).into_iter().collect()
            }
            Nav::Back => Vec::new(),
            Nav::Move(way) => {
                self.overlay = Some(Overlay::Agenda { marked: way.moved(marked, shown.agenda().count()) });
                Vec::new()
            }
        }
    }

    fn act_on_dialog(&mut self, mut dialog: Dialog, area: Rect, nav: Nav) -> Vec<Effect> {
        match nav {
            Nav::Confirm => {
                let marked = dialog.marked.min(dialog.choices.len().saturating_sub(1));
                dialog.choices.into_iter().nth(marked).map(|choice| choice.effects).unwrap_or_default()
            }
            Nav::Back => dialog.back,
            Nav::Move(Way::EarlierPage | Way::LaterPage) => {
                dialog.top = dialog.scrolled(nav == Nav::Move(Way::LaterPage), area);
                self.overlay = Some(Overlay::Dialog(dialog));
                Vec::new()
            }
            Nav::Move(way) => {
                dialog.marked = way.moved(dialog.marked, dialog.choices.len());
                self.overlay = Some(Overlay::Dialog(dialog));
                Vec::new()
            }
        }
    }

    fn act_on_parking(&mut self, shown: Shown<'_>, mut parking: Parking, nav: Nav) -> Vec<Effect> {
        if let Some(effects) = parking.nav(shown, nav) {
            self.overlay = Some(Overlay::Parking(parking));
            return effects;
        }
        self.parking.closed(&Overlay::Parking(parking));
        Vec::new()
    }

    /// The place of a copy is typed: Enter takes it, going back drops it, nothing else means anything.
    fn act_on_target(&mut self, typed: Typed, nav: Nav) -> Vec<Effect> {
        let answer = typed.0.text().trim().to_owned();
        if nav == Nav::Back || nav == Nav::Confirm && !answer.is_empty() {
            self.copy = Typed::default();
        }
        match nav {
            Nav::Confirm if !answer.is_empty() => vec![Effect::SaveElsewhere(answer)],
            Nav::Back => Vec::new(),
            Nav::Confirm | Nav::Move(_) => {
                self.overlay = Some(Overlay::SaveElsewhere(typed));
                Vec::new()
            }
        }
    }

    /// What the moment asks of the session by itself, such as the end of a silence.
    #[must_use]
    pub fn due(&self, shown: Shown<'_>, now: Timestamp) -> Option<Effect> {
        // As long as it is not said whether a gap counts, nothing follows from it.
        let asked = shown.unexplained().is_some() && matches!(self.overlay, Some(Overlay::Dialog(_)));
        if asked || shown.interrupted().is_some() {
            return None;
        }
        let here = here(shown, now)?;
        self.screen(&here)?.due(&here)
    }
}
