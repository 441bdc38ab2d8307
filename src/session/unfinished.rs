//! What is being typed in a step and is no part of the session yet.
//!
//! Owns where it is typed, so that it comes back there after the program ended in the middle of it. Never:
//! decides what comes of it.

use serde::{Deserialize, Serialize};

use super::carried::Carried;
use super::decision::{ActionId, DecisionId};
use super::event::ItemId;
use super::id::StepId;
use super::mirror::Cell;
use super::people::PersonId;
use super::series::Origin;
use crate::script::SideKey;

/// Where something is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypedIn {
    /// In the line of a step.
    Step(StepId),
    /// In the line of something that lies over the session.
    Over(Over),
}

/// What lies over a session and has a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Over {
    /// The parking lot.
    Parking,
    /// The people.
    People,
    /// The question where a copy is to be saved.
    Copy,
}

impl Over {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Parking, Self::People, Self::Copy];
}

impl From<StepId> for TypedIn {
    fn from(step: StepId) -> Self {
        Self::Step(step)
    }
}

impl From<Over> for TypedIn {
    fn from(over: Over) -> Self {
        Self::Over(over)
    }
}

/// What waits in a line. A change that was begun lies over what waited there before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unfinished {
    /// What stands in the line; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What the line fills in.
    #[serde(default, skip_serializing_if = "Blank::is_usual")]
    pub blank: Blank,
    /// Whether it is typed as a list, of which each row is one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub list: bool,
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

impl Rewording {
    /// What the line holds where what was being changed is gone: its words, before what waits there.
    #[must_use]
    pub fn of_what_is_gone(words: &str, waiting: &str) -> String {
        let all: Vec<&str> = [words, waiting].into_iter().filter(|words| !words.is_empty()).collect();
        all.join("\n")
    }
}

/// What a line fills in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Blank {
    /// What is asked for by itself.
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
    /// What is asked of a person on the list of people.
    Participant(PersonId, ParticipantField),
}

/// What is asked of a person on the list of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParticipantField {
    /// What they are called.
    Name,
    /// When they came.
    Came,
    /// When they left.
    Left,
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
