//! Whose note is typed: a side's, or, where each note is wanted with its author, a person's.
//!
//! Owns who that is and how Tab moves among them. Never adds a note.

use crate::script::SideKey;
use crate::session::{Blank, Participant, PersonId};
use crate::tui::steps::{Here, Label};

/// Whose notes are typed until Tab changes it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Writer {
    /// The side, by its place.
    side: usize,
    /// The person; the first one there where none was chosen.
    person: Option<PersonId>,
}

/// Whether each note is to have its author.
pub(super) fn wants_authors(here: &Here<'_>) -> bool {
    let wanted = here.step.kind.brainstorm().is_some_and(|brainstorm| brainstorm.authors);
    wanted && !here.shown.privacy().anonymous
}

/// Those who can be written for.
fn there<'a>(here: &Here<'a>) -> Vec<&'a Participant> {
    here.shown.people().iter().filter(|person| person.is_here()).collect()
}

impl Writer {
    /// The person whose note it is, where authors are wanted and somebody is there.
    pub(super) fn person<'a>(&self, here: &Here<'a>) -> Option<&'a Participant> {
        if !wants_authors(here) {
            return None;
        }
        let there = there(here);
        let chosen = there.iter().find(|person| Some(person.id) == self.person);
        chosen.or(there.first()).copied()
    }

    /// The side that it is from, where that is not settled by a named author.
    pub(super) fn side(&self, here: &Here<'_>) -> Option<SideKey> {
        if let Some(person) = self.person(here) {
            return person.side.clone();
        }
        let sides = here.shown.sides();
        sides.get(self.side.checked_rem(sides.len())?).map(|side| side.key.clone())
    }

    /// What stands before the line.
    pub(super) fn label(&self, here: &Here<'_>) -> Label {
        self.person(here).map_or_else(
            || Label { side: self.side(here), what: String::new() },
            |person| Label::person(here.shown, person.id),
        )
    }

    /// On to the next one, or back.
    pub(super) fn step(&mut self, here: &Here<'_>, forward: bool) {
        let next = |place: usize, count: usize| {
            let step = if forward { 1 } else { count - 1 };
            (place + step) % count
        };
        match self.person(here) {
            Some(now) => {
                let there = there(here);
                let place = there.iter().position(|person| person.id == now.id).unwrap_or_default();
                self.person = there.get(next(place, there.len())).map(|person| person.id);
            }
            None => self.side = next(self.side, here.shown.sides().len().max(1)),
        }
    }

    /// Whose note it is, to be kept with what is typed.
    pub(super) fn blank(&self, here: &Here<'_>) -> Blank {
        let person = self.person(here).map(|person| Blank::Person(person.id));
        person.or_else(|| self.side(here).map(Blank::Side)).unwrap_or_default()
    }

    /// Writes again for whom was written when the program ended.
    pub(super) fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        if let Blank::Person(who) = blank {
            self.person = Some(*who);
        } else if let Blank::Side(side) = blank {
            self.side = here.shown.side_place(side).unwrap_or(self.side);
        }
    }

    /// Whoever was named last is written for next.
    pub(super) fn named(&mut self, author: Option<PersonId>) {
        self.person = author.or(self.person);
    }
}
