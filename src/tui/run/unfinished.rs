//! What is typed and not taken yet: how it is kept, and how it comes back after the program ended.

use super::{Editing, Run, here};
use crate::session::{ItemId, Rewording, Shown, StepId, TypedIn, Unfinished, words};
use crate::timer::Timestamp;
use crate::tui::line::Line;

impl Run {
    /// A run that goes on with what was being typed when the program ended. What was being changed and is gone
    /// waits in the line.
    #[must_use]
    pub fn going_on(shown: Shown<'_>, drafts: impl IntoIterator<Item = (TypedIn, Unfinished)>) -> Self {
        let mut run = Self::default();
        for (place, typed) in drafts {
            let step = match place {
                TypedIn::Step(step) => step,
                TypedIn::Over(over) => {
                    run.resume_over(shown, over, typed);
                    continue;
                }
            };
            let Unfinished { text, blank, list, change } = typed;
            if list {
                run.listing.insert(step);
            }
            run.lines.insert(step, Line::new(&text));
            run.blanks.insert(step, blank);
            if let Some(Rewording { of, text }) = change {
                run.editing.insert(step, Editing { id: of, line: Line::new(&text) });
                if shown.draft(of).is_none() {
                    run.keep_words_of_what_is_gone(step);
                }
            }
        }
        run
    }

    /// Remembers what the line of the present step fills in now.
    pub fn note_blank(&mut self, shown: Shown<'_>, now: Timestamp) {
        if let Some(here) = here(shown, now)
            && let Some(screen) = self.screen(&here)
        {
            let blank = screen.blank(&here);
            self.blanks.insert(here.pass.step, blank);
        }
    }

    /// What waits in all lines, those in which nothing waits any more too.
    pub fn unfinished(&self) -> impl Iterator<Item = (TypedIn, Unfinished)> {
        let only_changed = self.editing.keys().filter(|step| !self.lines.contains_key(step));
        let steps = self.lines.keys().chain(only_changed).map(|step| {
            let text = self.lines.get(step).map(Line::text).unwrap_or_default().to_owned();
            let blank = self.blanks.get(step).filter(|_| !text.is_empty()).cloned().unwrap_or_default();
            let change = self.editing.get(step);
            let change =
                change.map(|editing| Rewording { of: editing.id, text: editing.line.text().to_owned() });
            let list = !text.is_empty() && self.listing.contains(step);
            (TypedIn::Step(*step), Unfinished { text, blank, list, change })
        });
        steps.chain(self.unfinished_over())
    }

    /// Lets go of something that was removed for good: of changes of it, and of its words wherever they are
    /// typed.
    pub fn forget(&mut self, gone: ItemId, said: &[String]) {
        self.note_over();
        self.editing.retain(|_, editing| editing.id != gone);
        let changed = self.editing.values_mut().map(|editing| &mut editing.line);
        let over = self.parking.lines_mut(gone).chain([&mut self.people.typed.0, &mut self.copy.0]);
        for line in self.lines.values_mut().chain(changed).chain(over) {
            for said in said {
                if words::holds(line.text(), said) {
                    line.set(&words::without(line.text(), said));
                }
            }
        }
    }

    /// What was typed of something that is gone waits in the line, before what waits there already.
    pub(super) fn keep_words_of_what_is_gone(&mut self, step: StepId) {
        if let Some(editing) = self.editing.remove(&step) {
            let line = self.lines.entry(step).or_default();
            *line = Line::new(&Rewording::of_what_is_gone(editing.line.text(), line.text()));
        }
    }
}
