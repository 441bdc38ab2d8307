//! What is wrong with a script, or might be: as values, with the place it is about.
//!
//! Owns the words' structure and the search for what was probably meant. Never prints.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

/// Something to say about a script.
///
/// `At` is how a place is named: a [`Place`] in the values, or a range of bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<At> {
    /// Whether the script can run all the same.
    pub weight: Weight,
    /// What it is about.
    pub at: At,
    /// What is wrong, as a sentence without its full stop.
    pub what: String,
    /// What would be right, or what to do.
    pub help: Option<String>,
    /// A second place that belongs to it, and what that one is.
    pub also: Option<(At, String)>,
}

/// A finding in a text: its ranges count bytes from the text's beginning.
pub type Mistake = Finding<Range<usize>>;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The script cannot run.
    Error,
    /// It can run, and it may not be what was meant.
    Warning,
}

impl<At> Finding<At> {
    pub(super) fn error(at: At, what: impl Into<String>) -> Self {
        Self { weight: Weight::Error, at, what: what.into(), help: None, also: None }
    }

    pub(super) fn warning(at: At, what: impl Into<String>) -> Self {
        Self { weight: Weight::Warning, ..Self::error(at, what) }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(super) fn also(self, at: At, what: impl Into<String>) -> Self {
        Self { also: Some((at, what.into())), ..self }
    }

    /// The same finding with its places named in another way.
    pub(super) fn map<To>(self, mut place: impl FnMut(At) -> To) -> Finding<To> {
        Finding {
            weight: self.weight,
            at: place(self.at),
            what: self.what,
            help: self.help,
            also: self.also.map(|(at, what)| (place(at), what)),
        }
    }
}

/// Where a value stands in a script: `steps[3].rounds[0].time`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place(Vec<Part>);

/// One step of the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A named field.
    Field(&'static str),
    /// An item of a list, counted from 0.
    Item(usize),
}

impl Place {
    pub(super) fn field(&self, name: &'static str) -> Self {
        self.with(Part::Field(name))
    }

    pub(super) fn item(&self, index: usize) -> Self {
        self.with(Part::Item(index))
    }

    pub(super) fn with(&self, part: Part) -> Self {
        let mut parts = self.0.clone();
        parts.push(part);
        Self(parts)
    }

    /// The value that this one is part of.
    pub(super) fn parent(&self) -> Option<Self> {
        let (_, before) = self.0.split_last()?;
        Some(Self(before.to_vec()))
    }

    /// What this place is called in a sentence.
    pub(super) fn subject(&self) -> String {
        match self.0.as_slice() {
            [.., Part::Field(name)] => format!("`{name}`"),
            [.., Part::Field(list), Part::Item(_)] => format!("an item of `{list}`"),
            [] | [.., Part::Item(_)] => "this".to_owned(),
        }
    }

    /// The name of its field.
    pub(super) fn last_name(&self) -> &'static str {
        let names = self.0.iter().rev().filter_map(|part| match part {
            Part::Field(name) => Some(*name),
            Part::Item(_) => None,
        });
        names.into_iter().next().unwrap_or("script")
    }

    fn is_within(&self, outer: &Self) -> bool {
        self.0.starts_with(&outer.0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            match part {
                Part::Field(name) if index == 0 => f.write_str(name)?,
                Part::Field(name) => write!(f, ".{name}")?,
                Part::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The places whose values could not be read, so that nothing is concluded from what stands in for them.
#[derive(Debug, Default)]
pub(super) struct Unread(BTreeSet<Place>);

impl Unread {
    pub(super) fn insert(&mut self, place: Place) {
        self.0.insert(place);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this value, one that it is part of, or a part of it could not be read.
    pub(super) fn touches(&self, place: &Place) -> bool {
        let inside = self.0.range(place..).next().is_some_and(|unread| unread.is_within(place));
        inside || std::iter::successors(place.parent(), Place::parent).any(|outer| self.0.contains(&outer))
    }
}

/// The one of `known` that was probably meant by `found`, if any is near enough.
pub(super) fn nearest<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    /// No name is longer; a longer one is not worth the search.
    const LONGEST: usize = 60;
    if found.len() > LONGEST {
        return None;
    }
    let found = found.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&found, &name.to_lowercase()), name))
        .filter(|(distance, name)| {
            let letters = name.chars().count();
            *distance <= letters.div_ceil(3) && *distance < letters
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// "`a`, `b` and `c`".
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_if_it_is_near() {
        let kinds = ["Brainstorm", "Break", "Decide", "Discuss", "Mirror"];
        for (found, meant) in [
            ("Brainstrom", Some("Brainstorm")),
            ("brainstorm", Some("Brainstorm")),
            ("Miror", Some("Mirror")),
            ("decision", None),
            ("", None),
            ("Retrospective", None),
        ] {
            assert_eq!(nearest(found, kinds), meant, "{found}");
        }
        assert_eq!(nearest(&"x".repeat(1_000_000), kinds), None);
    }

    #[test]
    fn nothing_is_concluded_from_what_could_not_be_read() {
        let steps = Place::default().field("steps");
        let mut unread = Unread::default();
        unread.insert(steps.item(1).field("time"));
        assert!(unread.touches(&steps));
        assert!(unread.touches(&steps.item(1)));
        assert!(unread.touches(&steps.item(1).field("time")));
        assert!(unread.touches(&steps.item(1).field("time").item(0)));
        assert!(!unread.touches(&steps.item(1).field("title")));
        assert!(!unread.touches(&steps.item(0)));
        assert_eq!(steps.item(1).field("time").to_string(), "steps[1].time");
    }
}
