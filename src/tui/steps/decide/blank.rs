//! Which field the line fills in, as it is kept with what is typed there.
//!
//! Owns the way from a field to what is kept of it and back. Never decides which field comes next.

use super::form::Field;
use super::{Decide, Hand, Pick};
use crate::session::{ActionField, Blank, DecisionField};
use crate::tui::steps::Here;

/// Whose a field is.
enum Of {
    NewDecision,
    Decision(DecisionField),
    Action(ActionField),
}

const fn of(field: Field) -> Of {
    match field {
        Field::Statement => Of::NewDecision,
        Field::Method => Of::Decision(DecisionField::Method),
        Field::Objection => Of::Decision(DecisionField::Objection),
        Field::Owner => Of::Decision(DecisionField::Owner),
        Field::Acceptance => Of::Decision(DecisionField::Acceptance),
        Field::AskWho => Of::Decision(DecisionField::AskWho),
        Field::AskBy => Of::Decision(DecisionField::AskBy),
        Field::Review => Of::Decision(DecisionField::Review),
        Field::When => Of::Decision(DecisionField::When),
        Field::Will => Of::Decision(DecisionField::Will),
        Field::Doer => Of::Action(ActionField::Owner),
        Field::DoerAcceptance => Of::Action(ActionField::Acceptance),
        Field::DoerAskWho => Of::Action(ActionField::AskWho),
        Field::DoerAskBy => Of::Action(ActionField::AskBy),
        Field::By => Of::Action(ActionField::By),
    }
}

impl From<DecisionField> for Field {
    fn from(field: DecisionField) -> Self {
        match field {
            DecisionField::Method => Self::Method,
            DecisionField::Objection => Self::Objection,
            DecisionField::Owner => Self::Owner,
            DecisionField::Acceptance => Self::Acceptance,
            DecisionField::AskWho => Self::AskWho,
            DecisionField::AskBy => Self::AskBy,
            DecisionField::Review => Self::Review,
            DecisionField::When => Self::When,
            DecisionField::Will => Self::Will,
        }
    }
}

impl From<ActionField> for Field {
    fn from(field: ActionField) -> Self {
        match field {
            ActionField::Owner => Self::Doer,
            ActionField::Acceptance => Self::DoerAcceptance,
            ActionField::AskWho => Self::DoerAskWho,
            ActionField::AskBy => Self::DoerAskBy,
            ActionField::By => Self::By,
        }
    }
}

impl Hand<'_> {
    pub(super) fn blank(&self) -> Blank {
        let blank = match of(self.field) {
            Of::NewDecision => None,
            Of::Decision(field) => self.decision.map(|decision| Blank::Decision(decision.id, field)),
            Of::Action(field) => self.action.map(|action| Blank::Action(action.id, field)),
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
                self.field = (*field).into();
            }
            Blank::Action(id, field) => {
                let action = here.shown.actions().get(*id);
                self.decision = action.and_then(|action| action.decision).map(Pick::This);
                self.action = Some(Pick::This(*id));
                self.field = (*field).into();
            }
            Blank::Usual
            | Blank::Side(_)
            | Blank::Person(_)
            | Blank::Nobody
            | Blank::Topic(_)
            | Blank::Cell(_)
            | Blank::OpenItem(..) => {}
        }
    }
}
