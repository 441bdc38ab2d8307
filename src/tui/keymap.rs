//! Which key does what where.
//!
//! Owns the keymap: made from the table of actions, changed by a person's own keys, free of conflicts. Where
//! text is typed a printable key always types. Never acts: it only answers what a key means.

use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::action::{Action, Place, Row, TABLE, nearest};
use super::key::{Code, Key, Mods, NoSuchKey};
use crate::script;

/// What a key means in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// It names an action.
    Action(Action),
    /// It changes the text that has the focus.
    Type(Edit),
    /// Nothing.
    Ignored,
}

/// A change to a text that is being typed, or to where its cursor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Put a character in.
    Insert(char),
    /// A character to the left.
    Left,
    /// A character to the right.
    Right,
    /// A word to the left.
    WordLeft,
    /// A word to the right.
    WordRight,
    /// To the beginning of the line it stands in.
    Start,
    /// To the end of the line it stands in.
    End,
    /// Take away the character before the cursor.
    Backspace,
    /// Take away the character after the cursor.
    Delete,
    /// Take away the word before the cursor.
    BackspaceWord,
    /// Take away the word after the cursor.
    DeleteWord,
    /// Take away all before the cursor.
    DeleteToStart,
    /// Take away all after the cursor.
    DeleteToEnd,
}

impl Edit {
    /// What this key does where text is typed and no action has the key.
    #[must_use]
    pub const fn of(key: Key) -> Option<Self> {
        if let Some(c) = key.printable() {
            return Some(Self::Insert(c));
        }
        let Mods { ctrl, alt, shift: _ } = key.mods();
        match (ctrl, alt, key.code()) {
            (false, false, Code::Left) => Some(Self::Left),
            (false, false, Code::Right) => Some(Self::Right),
            (false, _, Code::Home) | (true, false, Code::Char('a')) => Some(Self::Start),
            (false, _, Code::End) => Some(Self::End),
            (true, _, Code::Left) | (false, true, Code::Left | Code::Char('b')) => Some(Self::WordLeft),
            (true, _, Code::Right) | (false, true, Code::Right | Code::Char('f')) => Some(Self::WordRight),
            (false, false, Code::Backspace) => Some(Self::Backspace),
            (false, false, Code::Delete) => Some(Self::Delete),
            (true, false, Code::Char('w')) | (_, true, Code::Backspace) | (true, _, Code::Backspace) => {
                Some(Self::BackspaceWord)
            }
            (true, _, Code::Delete) | (false, true, Code::Delete | Code::Char('d')) => Some(Self::DeleteWord),
            (true, false, Code::Char('u')) => Some(Self::DeleteToStart),
            (true, false, Code::Char('k')) => Some(Self::DeleteToEnd),
            _ => None,
        }
    }
}

/// All keys of all actions, without conflicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// The keys of each action, in the order of [`TABLE`].
    keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { keys: TABLE.iter().map(|row| row.keys.to_vec()).collect() }
    }
}

impl Keymap {
    /// The table's keys, with those of the actions named in `text` replaced.
    ///
    /// The text is RON: `{"next-step": ["PageDown", "Ctrl+N"], "reveal": []}`; an empty list leaves an
    /// action to the palette.
    ///
    /// # Errors
    /// Every problem at once: a text that does not read, names that do not exist, a key that types where
    /// the action works, and each pair of actions that has one key in one place.
    pub fn with_overrides(text: &str) -> Result<Self, Vec<Problem>> {
        let text = text.trim_start_matches('\u{feff}');
        let overrides: Overrides = ron::from_str(text).map_err(|error| {
            let at = error.span.start;
            vec![Problem::Text { line: at.line, column: at.col, what: script::in_words(&error.code) }]
        })?;
        let mut map = Self::default();
        let mut problems = Vec::new();
        let mut named = Vec::new();
        for (name, Keys(keys)) in overrides.0 {
            let Some(action) = Action::named(&name) else {
                let near = nearest(&name, TABLE.iter().map(|row| row.name));
                problems.push(Problem::Action { near, name });
                continue;
            };
            if named.contains(&action) {
                problems.push(Problem::Twice(action));
            }
            named.push(action);
            map.keys[action as usize] = keys
                .iter()
                .filter_map(|key| {
                    key.parse().map_err(|error| problems.push(Problem::Key { action, error })).ok()
                })
                .collect();
        }
        problems.extend(map.problems());
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    /// What a key means where `place` has the focus.
    #[must_use]
    pub fn resolve(&self, place: Place, key: Key) -> Resolved {
        let action = TABLE
            .iter()
            .find(|row| self.keys(row.action).contains(&key) && row.action.works_in(place))
            .map(|row| row.action);
        match (action, Edit::of(key)) {
            (Some(action), _) => Resolved::Action(action),
            (None, Some(edit)) if place.takes_text() => Resolved::Type(edit),
            (None, _) => Resolved::Ignored,
        }
    }

    /// The keys of an action; none where only the palette has it.
    #[must_use]
    pub fn keys(&self, action: Action) -> &[Key] {
        &self.keys[action as usize]
    }

    /// The first key of an action in the form for a line with little room, as in `PgDn`.
    #[must_use]
    pub fn hint(&self, action: Action) -> Option<String> {
        self.keys(action).first().map(|key| key.short())
    }

    /// What can be done where `place` has the focus, in the order of the table.
    pub fn rows(&self, place: Place) -> impl Iterator<Item = (&'static Row, &[Key])> {
        TABLE.iter().filter(move |row| row.action.works_in(place)).map(|row| (row, self.keys(row.action)))
    }

    fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for place in Place::FOCUS {
            let bound: Vec<(Action, Key)> = self
                .rows(place)
                .flat_map(|(row, keys)| keys.iter().map(move |key| (row.action, *key)))
                .collect();
            for (index, &(second, key)) in bound.iter().enumerate() {
                if place.takes_text() && Edit::of(key).is_some() {
                    note(&mut found, Problem::Types { action: second, key, place });
                }
                for &(first, other) in &bound[..index] {
                    if key == other && first != second {
                        note(&mut found, Problem::Conflict { key, place, first, second });
                    }
                }
            }
        }
        found
    }
}

/// Adds a problem unless the same one was found in another place.
fn note(found: &mut Vec<Problem>, new: Problem) {
    let known = found.iter().any(|old| match (old, &new) {
        (
            Problem::Conflict { key, first, second, place: _ },
            Problem::Conflict { key: new_key, first: new_first, second: new_second, place: _ },
        ) => (key, first, second) == (new_key, new_first, new_second),
        (
            Problem::Types { action, key, place: _ },
            Problem::Types { action: new_action, key: new_key, place: _ },
        ) => (action, key) == (new_action, new_key),
        (
            Problem::Text { .. }
            | Problem::Action { .. }
            | Problem::Key { .. }
            | Problem::Twice(_)
            | Problem::Types { .. }
            | Problem::Conflict { .. },
            _,
        ) => false,
    });
    if !known {
        found.push(new);
    }
}

/// What is wrong with a person's own keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The text does not read.
    Text {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// A name that is no action.
    Action {
        /// What was written.
        name: String,
        /// A name that is near to it.
        near: Option<&'static str>,
    },
    /// A text that is no key.
    Key {
        /// The action that it was meant for.
        action: Action,
        /// What was written, and what is near to it.
        error: NoSuchKey,
    },
    /// An action is named twice.
    Twice(Action),
    /// A key that types or edits where the action works.
    Types {
        /// The action.
        action: Action,
        /// The key.
        key: Key,
        /// The first place where text is typed.
        place: Place,
    },
    /// Two actions have one key in one place.
    Conflict {
        /// The key.
        key: Key,
        /// The first place where both work.
        place: Place,
        /// The action that stands first in the table.
        first: Action,
        /// The other action.
        second: Action,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { line, column, what } => write!(f, "line {line}, column {column}: {what}"),
            Self::Action { name, near: Some(near) } => {
                write!(f, "`{name}` is no action; did you mean `{near}`?")
            }
            Self::Action { name, near: None } => {
                write!(f, "`{name}` is no action; `visavis keys` lists them all")
            }
            Self::Key { action, error } => write!(f, "`{}`: {error}", action.name()),
            Self::Twice(action) => write!(f, "`{}` stands twice; keep one", action.name()),
            Self::Types { action, key, place } => write!(
                f,
                "`{}`: {key} is for typing in `{}`; choose a key with Ctrl or Alt, or a function key",
                action.name(),
                place.name()
            ),
            Self::Conflict { key, place, first, second } => write!(
                f,
                "{key} would mean both `{}` and `{}` in `{}`; give one of them another key",
                first.name(),
                second.name(),
                place.name()
            ),
        }
    }
}

impl std::error::Error for Problem {}

/// A map in the order of the file, keeping names that stand twice.
struct Overrides(Vec<(String, Keys)>);

/// The keys of one action, as they are written.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Few;
        impl<'de> Visitor<'de> for Few {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of keys")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some(key) = seq.next_element()? {
                    keys.push(key);
                    if keys.len() > 20 {
                        return Err(de::Error::custom("far more keys than one action needs"));
                    }
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_seq(Few)
    }
}

impl<'de> Deserialize<'de> for Overrides {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Overrides;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from actions to lists of keys")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Overrides, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                    if pairs.len() > 10 * TABLE.len() {
                        return Err(de::Error::custom("far more entries than there are actions"));
                    }
                }
                Ok(Overrides(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn the_table_has_no_conflict_and_no_typing_key() {
        assert_eq!(Keymap::default().problems(), []);
    }

    #[test]
    fn where_text_is_typed_every_printable_key_types() {
        let map = Keymap::default();
        for place in Place::FOCUS.into_iter().filter(|place| place.takes_text()) {
            for c in (' '..='~').chain("äß€ł字🙂".chars()) {
                assert_eq!(
                    map.resolve(place, Key::char(c)),
                    Resolved::Type(Edit::Insert(c)),
                    "{}",
                    place.name()
                );
            }
        }
    }

    #[test]
    fn a_key_means_what_its_place_says() {
        let map = Keymap::default();
        for (place, text, action) in [
            (Place::Compose, "Enter", Action::Add),
            (Place::Compose, "Ctrl+J", Action::NewLine),
            (Place::Compose, "Alt+Enter", Action::NewLine),
            (Place::Compose, "Esc", Action::Board),
            (Place::Board, "Esc", Action::Compose),
            (Place::Board, "3", Action::JudgeBlindSpot),
            (Place::Ready, "Enter", Action::BeginSilence),
            (Place::Ready, "PageDown", Action::NextStep),
            (Place::Form, "Tab", Action::NextField),
            (Place::List, "PageDown", Action::LaterPage),
            (Place::Silence, "Ctrl+P", Action::Palette),
            (Place::List, "?", Action::Tour),
        ] {
            assert_eq!(map.resolve(place, key(text)), Resolved::Action(action), "{text}");
        }
        assert_eq!(map.resolve(Place::Compose, key("Ctrl+W")), Resolved::Type(Edit::BackspaceWord));
        assert_eq!(map.resolve(Place::Board, key("w")), Resolved::Ignored);
    }

    #[test]
    fn a_clicker_does_nothing_in_a_silence() {
        for text in ["PageUp", "PageDown", ".", "F5", "Shift+F5", "Esc", "Enter", "Space", "b"] {
            assert_eq!(Keymap::default().resolve(Place::Silence, key(text)), Resolved::Ignored, "{text}");
        }
    }

    #[test]
    fn f5_is_harmless_and_esc_never_leaves_or_removes() {
        let map = Keymap::default();
        for place in Place::FOCUS {
            assert_eq!(map.resolve(place, key("F5")), Resolved::Ignored);
            let esc = map.resolve(place, key("Esc"));
            let kind = [Action::Board, Action::Compose, Action::Back].map(Resolved::Action);
            assert!(esc == Resolved::Ignored || kind.contains(&esc), "{}: {esc:?}", place.name());
        }
    }

    #[test]
    fn own_keys_replace_the_tables() {
        let map = Keymap::with_overrides(r#"{"next-step": ["Ctrl+N", "F7"], "reveal": []}"#).unwrap();
        assert_eq!(map.resolve(Place::Compose, key("Ctrl+N")), Resolved::Action(Action::NextStep));
        assert_eq!(map.resolve(Place::Compose, key("PageDown")), Resolved::Ignored);
        assert_eq!(map.resolve(Place::Compose, key("Ctrl+R")), Resolved::Ignored);
        assert_eq!(map.hint(Action::Reveal), None);
        assert_eq!(Keymap::with_overrides("{}"), Ok(Keymap::default()));
    }

    #[test]
    fn problems_name_the_way_out() {
        let told = |text: &str| match Keymap::with_overrides(text) {
            Ok(_) => "fine".to_owned(),
            Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        };
        insta::assert_snapshot!(told(r#"{"next-stpe": ["F6"], "quit": ["F7"], "undo": ["Ctrl+Entre"]}"#), @r"
        `next-stpe` is no action; did you mean `next-step`?
        `quit` is no action; `visavis keys` lists them all
        `undo`: `Ctrl+Entre` is no key; did you mean `Ctrl+Enter`?
        ");
        insta::assert_snapshot!(told(r#"{"next-step": ["n"], "undo": ["Ctrl+P"], "redo": ["F7"], "redo": ["F7"]}"#), @r"
        `redo` stands twice; keep one
        `next-step`: n is for typing in `compose`; choose a key with Ctrl or Alt, or a function key
        Ctrl+P would mean both `palette` and `undo` in `compose`; give one of them another key
        n would mean both `next-step` and `compose` in `board`; give one of them another key
        ");
        insta::assert_snapshot!(told("{\n  \"undo\": [F6],\n}"), @"line 2, column 12: Expected string");
        insta::assert_snapshot!(told("["), @"line 1, column 1: Expected opening `{`");
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_panic(text in "[{}\\[\\]\":, a-zA-Z0-9+\\\\-]{0,60}") {
            let _ = Keymap::with_overrides(&text);
        }
    }
}
