//! Decisions and actions: what the session commits to, and who owns it.
//!
//! Owns: outcomes, ownership, what a decision rests on. Never: what becomes of it in later sessions.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::carried::Carried;
use super::people::PersonId;
use super::record::record;
use super::refusal::Refusal;
use super::series::Matter;
use super::state::Session;
use crate::script::Method;

/// A person: one who takes part, or somebody who is only named.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Who {
    /// One who takes part.
    Person(PersonId),
    /// Somebody else, by name.
    Named(String),
}

/// Whether an owner has said yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Acceptance {
    /// They said yes.
    Accepted,
    /// Nobody has asked them.
    #[default]
    NotYetAsked,
    /// They are not in the room.
    Absent,
}

impl Acceptance {
    /// All of them in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::NotYetAsked, Self::Absent];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotYetAsked => "not yet asked",
            Self::Absent => "absent",
        }
    }
}

/// Who will be asked, by when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ask {
    /// Who will be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<NaiveDate>,
}

/// Whether somebody owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ownership {
    /// Somebody does.
    Owned {
        /// Who.
        by: Who,
        /// Whether they have said yes.
        #[serde(default)]
        acceptance: Acceptance,
    },
    /// Nobody owns it yet: an open question.
    Open(Ask),
}

impl Default for Ownership {
    fn default() -> Self {
        Self::Open(Ask::default())
    }
}

impl Ownership {
    /// Whether it names somebody who takes part.
    pub(super) fn names(&self, person: PersonId) -> bool {
        match self {
            Self::Owned { by, .. } => *by == Who::Person(person),
            Self::Open(ask) => ask.names(person),
        }
    }
}

impl Ask {
    fn names(&self, person: PersonId) -> bool {
        self.who == Some(Who::Person(person))
    }
}

/// What became of a proposal in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was decided; without an owner it is an open question and counts as no decision.
    Decided(Ownership),
    /// It was not decided.
    NotDecided(Ask),
}

impl Outcome {
    /// Whether it counts as a decision: decided, and owned.
    #[must_use]
    pub const fn is_decision(&self) -> bool {
        match self {
            Self::Decided(Ownership::Owned { .. }) => true,
            Self::Decided(Ownership::Open(_)) | Self::NotDecided(_) => false,
        }
    }

    /// Whether it names somebody who takes part.
    pub(super) fn names(&self, person: PersonId) -> bool {
        match self {
            Self::Decided(ownership) => ownership.names(person),
            Self::NotDecided(ask) => ask.names(person),
        }
    }
}

record! {
    /// What was decided, how, why, by whom, to be reviewed when.
    Decision, DecisionDraft, DecisionId {
        /// The proposal as it stands; never empty.
        statement: String,
        /// How it was decided.
        method: Method,
        /// What became of it.
        outcome: Outcome,
        /// Objections as they were raised.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        objections: Vec<String>,
        /// When it is looked at again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<NaiveDate>,
        /// What it rests on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        grounds: Vec<Carried>,
    }
}

record! {
    /// Who does what by when.
    ActionItem, ActionDraft, ActionId {
        /// The decision it carries out, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<DecisionId>,
        /// The occasion: the words after “when”; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        when: String,
        /// What will be done: the words after “I will”; never empty.
        will: String,
        /// Who does it.
        owner: Ownership,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<NaiveDate>,
    }
}

impl ActionDraft {
    /// The action as a sentence: `when …, I will …`, or just what will be done.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence(&self.when, &self.will)
    }
}

impl ActionItem {
    /// The action as a sentence: `when …, I will …`, or just what will be done.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence(&self.when, &self.will)
    }

    /// The action as a sentence that begins a line. The "when" is our own word; what will be done stands as
    /// it was written.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = self.sentence();
        if !self.when.trim().is_empty() {
            line.replace_range(..1, "W");
        }
        line
    }
}

fn sentence(when: &str, will: &str) -> String {
    if when.trim().is_empty() { will.to_owned() } else { format!("when {when}, I will {will}") }
}

impl Decision {
    pub(super) fn rests_on_something_twice(&self) -> bool {
        let mut known = HashSet::new();
        !self.grounds.iter().all(|ground| known.insert(ground))
    }
}

/// The most objections that a decision keeps.
pub const MOST_OBJECTIONS: usize = 20;

pub(super) fn admit_decision(session: &Session, decision: &Decision) -> Result<(), Refusal> {
    Refusal::if_empty(&decision.statement, "The decision")?;
    Refusal::if_too_many(decision.objections.len(), MOST_OBJECTIONS, "objections")?;
    Refusal::if_too_long(decision.objections.iter().chain([&decision.statement]).map(String::as_str))?;
    if decision.rests_on_something_twice() {
        return Err(Refusal::new("The decision rests on that already.", "Choose something else."));
    }
    match &decision.outcome {
        Outcome::Decided(ownership) => admit_ownership(session, ownership),
        Outcome::NotDecided(ask) => admit_ask(session, ask),
    }
}

/// Refuses to let go of a decision that an action carries out.
pub(super) fn release_decision(session: &Session, decision: &Decision) -> Result<(), Refusal> {
    if session.actions.iter().any(|action| action.decision == Some(decision.id)) {
        return Err(Refusal::new(
            "An action carries out this decision.",
            "Remove the decision to let its actions stand for themselves.",
        ));
    }
    super::update::release(session, Matter::Decision(decision.id))
}

pub(super) fn admit_action(session: &Session, action: &ActionItem) -> Result<(), Refusal> {
    Refusal::if_empty(&action.will, "The action")?;
    Refusal::if_too_long([action.when.as_str(), &action.will])?;
    if action.decision.is_some_and(|decision| session.decisions.get(decision).is_none()) {
        return Err(Refusal::new("That decision is gone.", "Write the action for itself."));
    }
    admit_ownership(session, &action.owner)
}

fn admit_ownership(session: &Session, ownership: &Ownership) -> Result<(), Refusal> {
    match ownership {
        Ownership::Owned { by, .. } => admit_who(session, by),
        Ownership::Open(ask) => admit_ask(session, ask),
    }
}

fn admit_ask(session: &Session, ask: &Ask) -> Result<(), Refusal> {
    ask.who.as_ref().map_or(Ok(()), |who| admit_who(session, who))
}

fn admit_who(session: &Session, who: &Who) -> Result<(), Refusal> {
    match who {
        Who::Person(id) => session.known_person(Some(*id)),
        Who::Named(name) => {
            Refusal::if_empty(name, "The name")?;
            Refusal::if_too_long([name.as_str()])
        }
    }
}
