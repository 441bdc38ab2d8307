//! What is typed in what lies over a running session: it waits there while that is closed, and comes back there
//! after the program ended.

use super::Run;
use crate::session::{Over, Shown, TypedIn, Unfinished};
use crate::tui::line::Line;
use crate::tui::overlay::{Overlay, Typed};
use crate::tui::people::People;

impl Run {
    /// Remembers what is typed in what lies over the screen, also where something else lies over that.
    pub fn note_over(&mut self) {
        let mut next = self.overlay.as_ref();
        while let Some(overlay) = next {
            match overlay {
                Overlay::Parking(parking) => self.parking.note(parking),
                Overlay::People(people) => self.people.clone_from(people),
                Overlay::SaveElsewhere(typed) => self.copy.clone_from(typed),
                Overlay::Help { .. } | Overlay::Palette(_) | Overlay::Agenda { .. } | Overlay::Dialog(_) => {}
            }
            next = overlay.over();
        }
    }

    /// Something that lay over the screen is closed: what is left in its line waits there.
    pub(super) fn closed(&mut self, shown: Shown<'_>, overlay: &Overlay) {
        self.parking.closed(overlay);
        if let Overlay::People(people) = overlay {
            self.people = people.closed(shown);
        }
    }

    /// What waits in the lines of what can lie over the screen, where that is nothing too.
    pub(super) fn unfinished_over(&self) -> impl Iterator<Item = (TypedIn, Unfinished)> {
        Over::ALL.into_iter().map(|over| {
            let typed = match over {
                Over::Parking => self.parking.unfinished(),
                Over::People => self.people.unfinished(),
                Over::Copy => Unfinished { text: self.copy.0.text().to_owned(), ..Unfinished::default() },
            };
            (over.into(), typed)
        })
    }

    /// Goes on with what waited there.
    pub(super) fn resume_over(&mut self, shown: Shown<'_>, over: Over, typed: Unfinished) {
        match over {
            Over::Parking => self.parking.resume(shown, typed),
            Over::People => self.people = People::resumed(typed),
            Over::Copy => self.copy = Typed(Line::new(&typed.text)),
        }
    }
}
