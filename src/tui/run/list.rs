//! A list typed without a clipboard: Enter begins the next line, twice in a row shows what becomes of all.

use super::Run;
use crate::session::paper::Sheet;
use crate::tui::effect::Effect;
use crate::tui::preview::{self, Came};
use crate::tui::steps::{Here, Label};

impl Run {
    /// Whether a list is typed in the line.
    #[must_use]
    pub fn is_listing(&self, here: &Here<'_>) -> bool {
        self.listing.contains(&here.pass.step) && !self.is_editing(here)
    }

    /// What a text becomes as a sheet, where it holds anything that can be added.
    pub(super) fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        let sheet = self.screen(here)?.sheet(here, text)?;
        let adds = sheet.drafts().next().is_some();
        adds.then_some(sheet)
    }

    /// Begins a list, or ends it; what is typed stays in the line.
    pub(super) fn type_list(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let step = here.pass.step;
        if self.is_listing(here) {
            self.listing.remove(&step);
            return Vec::new();
        }
        let takes = self.screen(here).is_some_and(|screen| screen.sheet(here, "").is_some());
        if self.is_editing(here) || !takes {
            return vec![Effect::Say("Just now the line takes one thing at a time.".to_owned())];
        }
        self.listing.insert(step);
        let begun = !self.line(here).is_empty() && !self.line(here).text().ends_with('\n');
        if begun { vec![Effect::Insert("\n".to_owned())] } else { Vec::new() }
    }

    /// Enter in a list: the next line, or, in an empty one, the question about all of them.
    pub(super) fn enter_in_list(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let line = self.line(here);
        let (before, after) = line.parts();
        let row = [before.rsplit('\n').next(), after.split('\n').next()];
        if line.text().trim().is_empty() {
            self.listing.remove(&here.pass.step);
            return vec![Effect::SetLine(String::new())];
        }
        if row.iter().flatten().any(|part| !part.trim().is_empty()) {
            return vec![Effect::Insert("\n".to_owned())];
        }
        match self.sheet(here, line.text()) {
            Some(sheet) => vec![Effect::question(preview::question(here, &sheet, Came::Typed))],
            None => vec![Effect::Say(
                "Nothing of this list is understood yet; Esc leaves it in the line.".to_owned(),
            )],
        }
    }
}

/// What stands before the line while a list is typed in it.
pub(super) fn list_label(label: Label) -> Label {
    let what = if label.what.is_empty() { "a list".to_owned() } else { format!("{}, a list", label.what) };
    Label { what, ..label }
}
