//! What is remembered from one session to the next: who was there, what the sides were called, and what was typed at a
//! set-up of which no session came yet.
//!
//! Owns the shape of that file. Never reads or writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::screens::setup::Beginning;
use crate::script::{Privacy, SideKey};

/// How each script was set up last, and what waits at its set-up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Remembered {
    #[serde(default)]
    scripts: BTreeMap<String, LastTime>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    unbegun: BTreeMap<String, Unbegun>,
}

/// How a script was set up last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LastTime {
    /// The sides' names in the script's order; the script's own where missing or empty.
    #[serde(default)]
    pub side_names: Vec<String>,
    /// The people with their sides; no side for a guest.
    #[serde(default)]
    pub people: Vec<(String, Option<SideKey>)>,
}

/// What was typed at a set-up that was left before its session began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unbegun {
    /// What stands in the lines from the title to the start; nobody's name where it is to be anonymous.
    pub lines: Vec<String>,
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    anonymous: bool,
}

impl Unbegun {
    /// These lines, and what the session is to keep to itself.
    #[must_use]
    pub const fn new(lines: Vec<String>, privacy: Privacy) -> Self {
        Self { lines, confidential: privacy.confidential, anonymous: privacy.anonymous }
    }

    /// What the session is to keep to itself.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        Privacy { confidential: self.confidential, anonymous: self.anonymous }
    }
}

impl Remembered {
    /// How the script of this name was set up last.
    #[must_use]
    pub fn of(&self, script: &str) -> Option<&LastTime> {
        self.scripts.get(script)
    }

    /// What was typed at the set-up of the script of this name.
    #[must_use]
    pub fn unbegun(&self, script: &str) -> Option<&Unbegun> {
        self.unbegun.get(script)
    }

    /// Keeps what was typed at the set-up of the script of this name.
    pub fn put_aside(&mut self, script: &str, unbegun: Unbegun) {
        self.unbegun.insert(script.to_owned(), unbegun);
    }

    /// Forgets what was typed at the set-up of the script of this name: its session has begun. Says whether there
    /// was anything.
    pub fn begun(&mut self, script: &str) -> bool {
        self.unbegun.remove(script).is_some()
    }

    /// Remembers how a session of the script of this name begins; of an anonymous one nobody's name.
    pub fn keep(&mut self, script: &str, beginning: &Beginning) {
        let Beginning { title: _, side_names, people, start: _, privacy } = beginning;
        let people = if privacy.anonymous { Vec::new() } else { people.clone() };
        let last = LastTime { side_names: side_names.clone(), people };
        self.scripts.insert(script.to_owned(), last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_back_and_forgives_what_is_missing() {
        let mut remembered = Remembered::default();
        let beginning = Beginning {
            title: "Spring".to_owned(),
            side_names: vec!["Buyers".to_owned(), String::new()],
            people: vec![
                ("Anna".to_owned(), Some(SideKey("sales".to_owned()))),
                ("Bo \"the\" boss".to_owned(), None),
            ],
            start: None,
            privacy: crate::script::Privacy::default(),
        };
        remembered.keep("taste", &beginning);
        let text = ron::to_string(&remembered).unwrap();
        let read: Remembered = ron::from_str(&text).unwrap();
        assert_eq!(read, remembered);
        assert_eq!(read.of("taste").unwrap().people, beginning.people);
        assert_eq!(ron::from_str::<Remembered>("()").unwrap().of("taste"), None);
    }
}
