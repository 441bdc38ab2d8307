//! The people and the sides they sit on.
//!
//! Owns: sides, participants, and who a command comes from. Never: what anybody said.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::id;
use super::items::{Changed, Item};
use super::line;
use super::presence::{self, Away};
use super::refusal::Refusal;
use super::state::Session;
use super::vote::Voter;
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

impl Role {
    /// All of them, the one that matters most to a session first.
    pub const ALL: [Self; 3] = [Self::DecisionMaker, Self::Facilitator, Self::Scribe];

    /// In words, as in "a scribe".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DecisionMaker => "decision-maker",
            Self::Facilitator => "facilitator",
            Self::Scribe => "scribe",
        }
    }
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
    /// When they were not there: one stretch after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
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
    /// When they were not there: one stretch after the other.
    #[serde(default)]
    pub away: Vec<Away>,
}

impl ParticipantDraft {
    /// Somebody who is there.
    #[must_use]
    pub const fn new(name: String, side: Option<SideKey>) -> Self {
        Self { name, side, role: None, away: Vec::new() }
    }
}

impl Item for Participant {
    type Id = PersonId;
    type Draft = ParticipantDraft;

    fn id(&self) -> PersonId {
        self.id
    }

    fn draft(&self) -> ParticipantDraft {
        ParticipantDraft {
            name: self.name.clone(),
            side: self.side.clone(),
            role: self.role,
            away: self.away.clone(),
        }
    }

    fn redrafted(&self, draft: ParticipantDraft, changed: Changed) -> Self {
        let ParticipantDraft { name, side, role, away } = draft;
        Self { id: self.id, name, side, role, since: self.since, away, changed: Some(changed) }
    }
}

pub(super) fn admit(session: &Session, person: &Participant) -> Result<(), Refusal> {
    if session.anonymous {
        return Err(nameless());
    }
    Refusal::if_empty(&person.name, "The name")?;
    Refusal::if_too_long([person.name.as_str()])?;
    session.known_side(person.side.as_ref())?;
    presence::admit(&person.away)?;
    let name = plain(&person.name);
    let taken = |other: &Participant| other.id != person.id && plain(&other.name) == name;
    if session.people.iter().any(taken) { Err(name_taken(&person.name)) } else { Ok(()) }
}

/// For a session that is not to know anybody.
#[must_use]
pub fn nameless() -> Refusal {
    Refusal::new(
        "This session is anonymous: it keeps no names of those who take part.",
        "Go on without; who takes on an action is named with it.",
    )
}

/// A name as it is compared. Two people may not share one: `@name` must mean one of them.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

pub(super) fn name_taken(name: &str) -> Refusal {
    Refusal::new(format!("Somebody is called {} already.", name.trim()), "Add a letter of the family name.")
}

/// Refuses to let go of somebody whose name stands under something.
pub(super) fn release(session: &Session, person: &Participant) -> Result<(), Refusal> {
    let id = person.id;
    let wrote = session.notes.iter().any(|note| note.author == Some(id))
        || session.insights.iter().any(|insight| insight.author == Some(id))
        || session.ratings.iter().any(|rating| rating.author == Some(id))
        || session.voices.iter().any(|voice| voice.who == Some(id))
        || session.ballots.iter().any(|ballot| ballot.by == Voter::Person(id));
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

/// Takes a list of people apart: names between commas, semicolons or line ends, each with its side after a
/// colon where that is said (`Anna Berg: Sales, Bo: P, Cleo`). A side is meant by its key, its name, its
/// mark, or the beginning of its name that only one side has. Bullets and empty entries are left out.
///
/// # Errors
/// The first entry that cannot be understood, in words.
pub fn parse_people(text: &str, sides: &[Side]) -> Result<Vec<(String, Option<SideKey>)>, PeopleProblem> {
    let mut people: Vec<(String, Option<SideKey>)> = Vec::new();
    for line in line::split_list(text) {
        for entry in line.split([',', ';']).map(str::trim).filter(|entry| !entry.is_empty()) {
            let (name, wanted) = entry.rsplit_once(':').unwrap_or((entry, ""));
            let (name, wanted) = (name.trim(), wanted.trim());
            if name.is_empty() {
                return Err(PeopleProblem::NoName { entry: entry.to_owned() });
            }
            let side = if wanted.is_empty() { None } else { Some(meant(wanted, sides)?) };
            if same_name(people.iter().map(|(name, _)| name.as_str()), name) {
                return Err(PeopleProblem::Twice { name: name.to_owned() });
            }
            people.push((name.to_owned(), side));
        }
    }
    Ok(people)
}

/// Whether one of these people is called `name`, whatever the case of its letters.
pub fn same_name<'a>(mut known: impl Iterator<Item = &'a str>, name: &str) -> bool {
    let name = plain(name);
    known.any(|other| plain(other) == name)
}

/// The side that `wanted` means.
fn meant(wanted: &str, sides: &[Side]) -> Result<SideKey, PeopleProblem> {
    let lower = wanted.to_lowercase();
    let exact = sides.iter().find(|side| {
        side.key.0 == lower || plain(&side.name) == lower || side.mark.to_lowercase().eq(lower.chars())
    });
    let mut begins = sides.iter().filter(|side| side.name.to_lowercase().starts_with(&lower));
    let only = begins.next().filter(|_| begins.next().is_none());
    exact.or(only).map(|side| side.key.clone()).ok_or_else(|| PeopleProblem::NoSide {
        wanted: wanted.to_owned(),
        sides: sides.iter().map(|side| side.name.clone()).collect(),
    })
}

/// Why a list of people cannot be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleProblem {
    /// A side that the session does not have.
    NoSide {
        /// What was written.
        wanted: String,
        /// The names of the sides there are.
        sides: Vec<String>,
    },
    /// Two people with one name.
    Twice {
        /// The name.
        name: String,
    },
    /// A side without a name before it.
    NoName {
        /// What was written.
        entry: String,
    },
}

impl fmt::Display for PeopleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSide { wanted, sides } => {
                write!(f, "There is no side \"{wanted}\"; the sides are {}.", sides.join(", "))
            }
            Self::Twice { name } => {
                write!(f, "There are two of the name \"{name}\"; add a letter of the family name.")
            }
            Self::NoName { entry } => {
                write!(f, "A name is missing in \"{entry}\"; write it as \"Anna: Sales\".")
            }
        }
    }
}

impl std::error::Error for PeopleProblem {}

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

    #[test]
    fn a_list_of_people_is_taken_apart() {
        let sides = Side::marked(
            [("buy", "Purchasing"), ("sell", "Sales"), ("ally", "Sales partners")]
                .map(|(key, name)| (SideKey(key.to_owned()), name.to_owned(), String::new())),
        );
        let parsed = |text: &str| {
            parse_people(text, &sides).map(|people| {
                let one = |(name, side): &(String, Option<SideKey>)| {
                    side.as_ref().map_or(name.clone(), |side| format!("{name}={side}"))
                };
                people.iter().map(one).collect::<Vec<_>>().join("|")
            })
        };
        for (text, people) in [
            ("", ""),
            ("Anna Berg, Bo", "Anna Berg|Bo"),
            ("Anna:Purchasing,Bo:SALES", "Anna=buy|Bo=sell"),
            ("Anna: purch; Bo: s ;; Cleo: ally, Dan: sales p", "Anna=buy|Bo=sell|Cleo=ally|Dan=ally"),
            ("- Anna: p\n- Bo\n\n3. Cleo: sell\r\n", "Anna=buy|Bo|Cleo=sell"),
            ("Anna:", "Anna"),
        ] {
            assert_eq!(parsed(text), Ok(people.to_owned()), "{text}");
        }
        for (text, words) in [
            ("Anna: Legal", "There is no side \"Legal\"; the sides are Purchasing, Sales, Sales partners."),
            ("Anna, anna", "There are two of the name \"anna\"; add a letter of the family name."),
            (": Sales", "A name is missing in \": Sales\"; write it as \"Anna: Sales\"."),
        ] {
            assert_eq!(parsed(text).unwrap_err().to_string(), words);
        }
    }
}
