//! What is remembered from one session to the next: who was there, and what the sides were called.
//!
//! Owns the shape of that file. Never reads or writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::screens::setup::Beginning;
use crate::script::SideKey;

/// How each script was set up last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Remembered {
    #[serde(default)]
    scripts: BTreeMap<String, LastTime>,
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

impl Remembered {
    /// How the script of this name was set up last.
    #[must_use]
    pub fn of(&self, script: &str) -> Option<&LastTime> {
        self.scripts.get(script)
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
