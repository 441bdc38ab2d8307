//! The people and the sides they sit on.
//!
//! Owns: sides, participants, and who a command comes from. Never: what anybody said.

use serde::{Deserialize, Serialize};

use super::id::id;
use super::items::{Changed, Item};
use super::refusal::Refusal;
use super::state::Session;
use crate::script::SideKey;
use crate::timer::Timestamp;

id! {
    /// A participant's identity.
    PersonId,
}

/// One of the two to four parties, as this session calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// What everything in the session refers to.
    pub key: SideKey,
    /// What people read.
    pub name: String,
    /// The practice it stands for; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// One letter that stands beside its colour everywhere; no two sides share one.
    pub mark: char,
}

impl Side {
    /// The sides of a session with a mark each: the first letter of the name that is still free, else
    /// a digit.
    #[must_use]
    pub fn marked(named: impl IntoIterator<Item = (SideKey, String, String)>) -> Vec<Self> {
        let mut sides: Vec<Self> = Vec::new();
        for (key, name, field) in named {
            let mark = name
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .flat_map(char::to_uppercase)
                .chain('1'..='9')
                .find(|mark| sides.iter().all(|side| side.mark != *mark))
                .unwrap_or('?');
            sides.push(Self { key, name, field, mark });
        }
        sides
    }
}

/// What somebody does in the session besides taking part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// May commit their side.
    DecisionMaker,
    /// Runs the session.
    Facilitator,
    /// Types for others.
    Scribe,
}

/// A person who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Who it is.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Their side; none for a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<SideKey>,
    /// What else they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// When they were added.
    pub since: Timestamp,
    /// When they were last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
}

/// What is typed of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantDraft {
    /// What they are called.
    pub name: String,
    /// Their side; none for a guest.
    pub side: Option<SideKey>,
    /// What else they do.
    pub role: Option<Role>,
}

impl Item for Participant {
    type Id = PersonId;
    type Draft = ParticipantDraft;

    fn id(&self) -> PersonId {
        self.id
    }

    fn draft(&self) -> ParticipantDraft {
        ParticipantDraft { name: self.name.clone(), side: self.side.clone(), role: self.role }
    }

    fn redrafted(&self, draft: ParticipantDraft, changed: Changed) -> Self {
        let ParticipantDraft { name, side, role } = draft;
        Self { id: self.id, name, side, role, since: self.since, changed: Some(changed) }
    }
}

pub(super) fn admit(session: &Session, person: &Participant) -> Result<(), Refusal> {
    Refusal::if_empty(&person.name, "The name")?;
    Refusal::if_too_long([person.name.as_str()])?;
    session.known_side(person.side.as_ref())?;
    let name = plain(&person.name);
    let taken = |other: &Participant| other.id != person.id && plain(&other.name) == name;
    if session.people.iter().any(taken) { Err(name_taken(&person.name)) } else { Ok(()) }
}

/// A name as it is compared. Two people may not share one: `@name` must mean one of them.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

pub(super) fn name_taken(name: &str) -> Refusal {
    Refusal::new(format!("There is a {} already.", name.trim()), "Add a letter of the family name.")
}

/// Refuses to let go of somebody whose name stands under something.
pub(super) fn release(session: &Session, person: &Participant) -> Result<(), Refusal> {
    let id = person.id;
    let wrote = session.notes.iter().any(|note| note.author == Some(id))
        || session.insights.iter().any(|insight| insight.author == Some(id))
        || session.ratings.iter().any(|rating| rating.author == Some(id));
    let named = session.decisions.iter().any(|decision| decision.outcome.names(id))
        || session.actions.iter().any(|action| action.owner.names(id));
    if wrote || named {
        return Err(Refusal::new(
            format!("What was written here names {}.", person.name.trim()),
            "Give that another name first, or leave the person in.",
        ));
    }
    Ok(())
}

/// Who a command comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Author {
    /// Whoever sits at the keyboard of the running session.
    #[default]
    Facilitator,
    /// Another program on this machine, such as `visavis add`.
    Outside,
}

impl Author {
    /// Whether it is whoever sits at the keyboard, which files leave unsaid.
    #[must_use]
    pub const fn is_facilitator(&self) -> bool {
        match self {
            Self::Facilitator => true,
            Self::Outside => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_sides_share_a_mark() {
        let named = ["Purchasing", "Partners", "P", "\u{2014}"];
        let sides = Side::marked(
            named.iter().map(|name| (SideKey((*name).to_owned()), (*name).to_owned(), String::new())),
        );
        let marks: String = sides.iter().map(|side| side.mark).collect();
        assert_eq!(marks, "PA12");
    }
}
