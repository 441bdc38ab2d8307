//! Which field the line fills in, as it is kept with what is typed there.
//!
//! Owns the way from a field to what is kept of it and back. Never decides which field comes next.

use super::form::Field;
use super::{Decide, Hand, Pick};
use crate::session::Blank;
use crate::tui::steps::Here;

impl Hand<'_> {
    pub(super) fn blank(&self) -> Blank {
        let blank = match self.field {
            Field::Statement => None,
            Field::Decision(field) => self.decision.map(|decision| Blank::Decision(decision.id, field)),
            Field::Action(field) => self.action.map(|action| Blank::Action(action.id, field)),
        };
        blank.unwrap_or_default()
    }
}

impl Decide {
    /// Takes up the decision or action whose field was being filled in; one that is gone leaves the line to a
    /// new decision.
    pub(super) fn take_up(&mut self, here: &Here<'_>, blank: &Blank) {
        match blank {
            Blank::Decision(id, field) => {
                self.decision = Some(Pick::This(*id));
                self.field = Field::Decision(*field);
            }
            Blank::Action(id, field) => {
                let action = here.shown.actions().get(*id);
                self.decision = action.and_then(|action| action.decision).map(Pick::This);
                self.action = Some(Pick::This(*id));
                self.field = Field::Action(*field);
            }
            Blank::Usual
            | Blank::Side(_)
            | Blank::Person(_)
            | Blank::Nobody
            | Blank::Topic(_)
            | Blank::Cell(_)
            | Blank::OpenItem(..)
            | Blank::Participant(..) => {}
        }
    }
}
