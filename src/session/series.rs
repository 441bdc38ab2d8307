//! Sessions that belong together, and what a session brings with it from those before.
//!
//! Owns the name of a series and the copies of what was left open, which a session takes when it is opened
//! so that follow-up needs no other file. Never: reads other sessions (the library does).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::decision::{ActionId, DecisionId, Outcome, Ownership, Who};
use super::id::SessionId;
use super::parking::ParkedId;
use super::state::Session;
use super::words;
use crate::timer::Timestamp;

/// How much is handed on of a title and of a name, in letters: everything that is handed on has its own copy.
const LONGEST_NAME: usize = 500;

/// Sessions that belong together, such as those of a mentoring pair. Two series of one name are still two:
/// what tells them apart is the session that began each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The session that began it.
    pub first: SessionId,
    /// What people call it.
    pub name: String,
}

/// What a session is told of those before it when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The series it belongs to.
    pub series: Series,
    /// The session right before it.
    pub follows: SessionId,
    /// What the series left open, oldest due first.
    pub open_items: Vec<OpenItem>,
}

/// Something of one session that later ones may have a word on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The session in which it came up.
    pub session: SessionId,
    /// Which thing in it.
    pub what: Matter,
}

/// What can be followed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Matter {
    /// A decision, or a proposal that is an open question.
    Decision(DecisionId),
    /// An action.
    Action(ActionId),
    /// A parked thought.
    Parked(ParkedId),
}

/// A copy of what an earlier session left open, good to read without that session's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenItem {
    /// Where it came up.
    pub of: Origin,
    /// What it says: the decision, the action as a sentence, the thought.
    pub text: String,
    /// Who owns it, by name. What nobody owns is an open question.
    #[serde(default, skip_serializing_if = "is_nobodys")]
    pub owner: Ownership,
    /// When it is due: an action's day, a decision's review, an open question's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The title of the session in which it came up.
    pub session: String,
    /// When that session was opened.
    pub since: Timestamp,
    /// The last word on it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

fn is_nobodys(owner: &Ownership) -> bool {
    *owner == Ownership::default()
}

impl OpenItem {
    /// What comes before what in a follow-up: the oldest due first, what has no day after those.
    #[must_use]
    pub fn order(&self) -> (bool, Option<NaiveDate>, Timestamp) {
        (self.due.is_none(), self.due, self.since)
    }
}

impl Session {
    /// The series it belongs to: its own, or the one that would begin with it.
    #[must_use]
    pub fn series_or_own(&self) -> Series {
        self.series.clone().unwrap_or_else(|| Series { first: self.id, name: self.title.clone() })
    }

    /// Whether it has such a thing, or took a copy of it when it was opened.
    pub(super) fn knows(&self, of: &Origin) -> bool {
        let own = || match of.what {
            Matter::Decision(id) => self.decisions.get(id).is_some(),
            Matter::Action(id) => self.actions.get(id).is_some(),
            Matter::Parked(id) => self.parked.get(id).is_some(),
        };
        self.open_items.iter().any(|item| item.of == *of) || of.session == self.id && own()
    }

    /// Everything of this session that may be followed up, as it stood at its end.
    pub fn matters(&self) -> impl Iterator<Item = OpenItem> {
        let item = |what, text: String, owner: Ownership, due| OpenItem {
            of: Origin { session: self.id, what },
            text,
            owner: self.by_name(owner),
            due,
            session: words::beginning(&self.title, LONGEST_NAME).into_owned(),
            since: self.opened,
            why: String::new(),
        };
        let decisions = self.decisions.iter().map(move |decision| {
            let (owner, asked_by) = match &decision.outcome {
                Outcome::Decided(Ownership::Open(ask)) | Outcome::NotDecided(ask) => {
                    (Ownership::Open(ask.clone()), ask.by)
                }
                Outcome::Decided(owned @ Ownership::Owned { .. }) => (owned.clone(), None),
            };
            let due = asked_by.or(decision.review);
            item(Matter::Decision(decision.id), decision.statement.clone(), owner, due)
        });
        let actions = self.actions.iter().map(move |action| {
            let asked_by = match &action.owner {
                Ownership::Owned { .. } => None,
                Ownership::Open(ask) => ask.by,
            };
            let due = action.by.or(asked_by);
            item(Matter::Action(action.id), action.line(), action.owner.clone(), due)
        });
        let parked = self.parked.iter().filter(|parked| parked.fate.is_left()).map(move |parked| {
            item(Matter::Parked(parked.id), parked.text.clone(), Ownership::default(), None)
        });
        decisions.chain(actions).chain(parked)
    }

    /// The same ownership with names instead of people, who are known to this session only.
    fn by_name(&self, owner: Ownership) -> Ownership {
        let named = |who| match who {
            Who::Person(id) => {
                let name = self.person(id).map_or("", |person| person.name.as_str());
                Who::Named(words::beginning(name, LONGEST_NAME).into_owned())
            }
            Who::Named(name) => Who::Named(name),
        };
        match owner {
            Ownership::Owned { by, acceptance } => Ownership::Owned { by: named(by), acceptance },
            Ownership::Open(mut ask) => {
                ask.who = ask.who.map(named);
                Ownership::Open(ask)
            }
        }
    }
}
