//! What is being typed in a step and is no part of the session yet.
//!
//! Owns where it is typed, so that it comes back there after the program ended in the middle of it. Never:
//! decides what comes of it.

use serde::{Deserialize, Serialize};

use super::carried::Carried;
use super::decision::{ActionId, DecisionId};
use super::event::ItemId;
use super::mirror::Cell;
use super::people::PersonId;
use super::series::Origin;
use crate::script::SideKey;

/// What waits in the line of a step. A change that was begun lies over what waited there before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unfinished {
    /// What stands in the line; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What the line fills in.
    #[serde(default, skip_serializing_if = "Blank::is_usual")]
    pub blank: Blank,
    /// What is being changed in the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Rewording>,
}

/// Something that is being changed, and what it says by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewording {
    /// What is being changed.
    pub of: ItemId,
    /// What the line says of it; may be empty.
    pub text: String,
}

/// What the line of a step fills in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Blank {
    /// What the step asks for by itself.
    #[default]
    Usual,
    /// Something of a side.
    Side(SideKey),
    /// Something of a person.
    Person(PersonId),
    /// Something of nobody in particular.
    Nobody,
    /// A topic, worded after something that came in.
    Topic(Carried),
    /// A cell of the present topic of a mirror.
    Cell(Cell),
    /// A field of a decision.
    Decision(DecisionId, DecisionField),
    /// A field of an action.
    Action(ActionId, ActionField),
    /// More of what became of something that was left open.
    OpenItem(Origin, OpenItemField),
}

/// A field of a decision, or the beginning of an action for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecisionField {
    /// How it is decided.
    Method,
    /// One more objection.
    Objection,
    /// Who owns it.
    Owner,
    /// Whether the owner has accepted.
    Acceptance,
    /// Who will be asked to own it.
    AskWho,
    /// By when they will be asked.
    AskBy,
    /// When it is looked at again.
    Review,
    /// A new action: its occasion.
    When,
    /// A new action: its whole sentence.
    Will,
}

/// A field of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionField {
    /// Who does it.
    Owner,
    /// Whether they have accepted.
    Acceptance,
    /// Who will be asked to do it.
    AskWho,
    /// By when they will be asked.
    AskBy,
    /// By when it is done.
    By,
}

/// What is asked of an open item once it is said what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenItemField {
    /// By when it will be done now.
    Day,
    /// A word why.
    Why,
}

impl Unfinished {
    /// Whether nothing waits.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty() && self.change.is_none()
    }
}

impl Blank {
    const fn is_usual(&self) -> bool {
        matches!(self, Self::Usual)
    }
}
