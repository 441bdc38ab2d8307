//! What a paste becomes, wherever the focus is.

use super::{Run, here};
use crate::session::Shown;
use crate::timer::Timestamp;
use crate::tui::effect::Effect;
use crate::tui::overlay::Overlay;
use crate::tui::preview::{self, Came};
use crate::tui::steps::Here;

impl Run {
    /// A paste: a list is asked about, anything else goes into the line.
    pub fn paste(&mut self, shown: Shown<'_>, now: Timestamp, text: &str) -> Vec<Effect> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => palette.search.paste(&text),
            Some(Overlay::SaveElsewhere(typed)) => typed.0.insert_str(&text.replace('\n', " ")),
            // A list of names, one a line, reads like one with commas.
            Some(Overlay::People(people)) => people.paste(&text.trim().replace('\n', ", ")),
            Some(Overlay::Parking(parking)) => parking.paste(&text),
            Some(Overlay::Help { .. } | Overlay::Agenda { .. } | Overlay::Dialog(_)) => {}
            None => return here(shown, now).map(|here| self.paste_here(&here, &text)).unwrap_or_default(),
        }
        Vec::new()
    }

    fn paste_here(&self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        let takes_line = self.screen(here).is_some_and(|screen| screen.has_line(here));
        if !takes_line {
            return Vec::new();
        }
        let counts = self.screen(here).and_then(|screen| screen.pasted_counts(here, text));
        if let Some(question) = counts {
            return vec![Effect::question(question)];
        }
        let one = text.trim().lines().count() <= 1;
        match self.sheet(here, text).filter(|_| !one && !self.is_editing(here) && !self.is_listing(here)) {
            Some(sheet) => vec![Effect::question(preview::question(here, &sheet, Came::Pasted(text)))],
            None => preview::into_line(text),
        }
    }
}
