//! The unknown fields of a file: where they were, what they said, and putting them back.

use std::collections::{BTreeMap, BTreeSet};

use serde_ignored::Path;

use super::Unreadable;
use super::outline::{Outline, name_of};

/// How many different names of unknown fields a file may have.
pub const UNKNOWN_NAMES: usize = 100;

/// How many unknown fields a file may have in all.
pub const UNKNOWN_PLACES: usize = 100_000;

/// What a file held that its reader didn't know of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unknowns(Option<Kept>);

/// The unknown fields of a value and of its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Kept {
    /// The struct or variant that the value was, where that was said.
    name: String,
    /// Names and values, as in the file.
    fields: Vec<(String, String)>,
    parts: BTreeMap<Step, Kept>,
}

/// One step on the way to an unknown field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Field(String),
    /// An element of a list that says who it is.
    Item(String),
    Index(usize),
    /// What a newtype wraps.
    Inner,
}

/// The places of what was passed over in reading.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    places: Places,
    names: BTreeSet<String>,
    count: usize,
}

#[derive(Debug, Default)]
struct Places(BTreeMap<Step, Places>);

impl Ignored {
    pub(super) fn note(&mut self, path: &Path<'_>) {
        self.count += 1;
        if self.too_many().is_some() {
            return;
        }
        if let Path::Map { key, .. } = path
            && !self.names.contains(key)
        {
            self.names.insert(key.clone());
        }
        self.places.at(path);
    }

    /// How many places were passed over.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    fn too_many(&self) -> Option<String> {
        if self.names.len() > UNKNOWN_NAMES {
            Some(format!("it has more than {UNKNOWN_NAMES} names of fields that this visavis doesn't know"))
        } else if self.count > UNKNOWN_PLACES {
            Some(format!("it has more than {UNKNOWN_PLACES} fields that this visavis doesn't know"))
        } else {
            None
        }
    }

    /// Takes what stands at the places noted from the text that was read.
    pub(super) fn collect(&self, text: &str) -> Result<Unknowns, Unreadable> {
        if let Some(what) = self.too_many() {
            return Err(Unreadable::at_start(what));
        }
        if self.count == 0 {
            return Ok(Unknowns(None));
        }
        Ok(Unknowns(Some(self.places.collect(text)?)))
    }
}

impl Places {
    fn at(&mut self, path: &Path<'_>) -> &mut Self {
        let (parent, step) = match path {
            Path::Root => return self,
            Path::Some { parent } => return self.at(parent),
            Path::Seq { parent, index } => (parent, Step::Index(*index)),
            Path::Map { parent, key } => (parent, Step::Field(key.clone())),
            Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => (parent, Step::Inner),
        };
        self.at(parent).0.entry(step).or_default()
    }

    /// Whether this is a place itself, not only on the way to others.
    fn is_here(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields that were passed over, in their order.
    fn wanted(&self, fields: &[(String, &str)]) -> impl Iterator<Item = (String, String)> {
        let wanted = |name: &str| self.0.get(&Step::Field(name.to_owned())).is_some_and(Self::is_here);
        let fields = fields.iter().filter(move |(name, _)| wanted(name));
        fields.map(|(name, value)| (name.clone(), (*value).to_owned()))
    }

    fn collect(&self, text: &str) -> Result<Kept, Unreadable> {
        let outline = Outline::of(text)?;
        let lost = || Unreadable::at_start("a field that this visavis doesn't know couldn't be kept");
        let mut kept = Kept { name: name_of(text).to_owned(), ..Kept::default() };
        let named = names_of_items(self, &outline)?;
        kept.fields.extend(self.wanted(outline.fields()));
        for (step, places) in &self.0 {
            if matches!(step, Step::Field(_)) && places.is_here() {
                continue;
            }
            let (part, step) = match step {
                Step::Field(name) => (outline.field(name), step.clone()),
                Step::Index(index) => {
                    let item = outline.items().get(*index).copied();
                    (item, item.and_then(|item| named.step(item)).unwrap_or(Step::Index(*index)))
                }
                Step::Inner => (outline.inner(), Step::Inner),
                Step::Item(_) => (None, step.clone()),
            };
            kept.parts.insert(step, places.collect(part.ok_or_else(lost)?)?);
        }
        Ok(kept)
    }
}

/// Who the elements of a list are, where they say so and no two say the same.
#[derive(Default)]
struct Named<'a> {
    by_place: BTreeMap<*const u8, String>,
    by_name: BTreeMap<String, &'a str>,
}

impl<'a> Named<'a> {
    fn of(outline: &Outline<'a>) -> Result<Self, Unreadable> {
        let mut named = Self::default();
        let mut twice = BTreeSet::new();
        for item in outline.items() {
            let Some(name) = id_of(item)? else { continue };
            if named.by_name.insert(name.clone(), item).is_some() {
                twice.insert(name.clone());
            }
            named.by_place.insert(item.as_ptr(), name);
        }
        named.by_place.retain(|_, name| !twice.contains(name));
        named.by_name.retain(|name, _| !twice.contains(name));
        Ok(named)
    }

    fn step(&self, item: &str) -> Option<Step> {
        self.by_place.get(&item.as_ptr()).cloned().map(Step::Item)
    }
}

fn names_of_items<'a>(places: &Places, outline: &Outline<'a>) -> Result<Named<'a>, Unreadable> {
    if places.0.keys().any(|step| matches!(step, Step::Index(_))) {
        Named::of(outline)
    } else {
        Ok(Named::default())
    }
}

/// What an element of a list calls itself.
fn id_of(item: &str) -> Result<Option<String>, Unreadable> {
    let mut outline = Outline::of(item)?;
    while let Some(inner) = outline.inner() {
        outline = Outline::of(inner)?;
    }
    let id = outline.field("id").or_else(|| outline.field("key"));
    Ok(id.map(|id| ron::from_str(id).unwrap_or_else(|_| id.to_owned())))
}

impl Unknowns {
    /// Whether there is nothing to put back.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Puts the fields back into the text of the value as it is now.
    pub(super) fn put_back(&self, text: String) -> Result<String, Unreadable> {
        let Some(kept) = &self.0 else { return Ok(text) };
        let mut additions = Vec::new();
        kept.put_back(&text, &text, &mut additions)?;
        additions.sort_by_key(|(at, _)| *at);
        let mut full =
            String::with_capacity(text.len() + additions.iter().map(|(_, new)| new.len()).sum::<usize>());
        let mut done = 0;
        for (at, addition) in additions {
            full.push_str(&text[done..at]);
            full.push_str(&addition);
            done = at;
        }
        full.push_str(&text[done..]);
        Ok(full)
    }
}

impl Kept {
    /// Finds what to add to `text`, a value within `whole`, and where in `whole`.
    fn put_back(
        &self,
        text: &str,
        whole: &str,
        additions: &mut Vec<(usize, String)>,
    ) -> Result<(), Unreadable> {
        let name = name_of(text);
        if !self.name.is_empty() && !name.is_empty() && self.name != name {
            return Ok(());
        }
        let outline = Outline::of(text)?;
        additions.extend(self.addition(text, &outline, whole));
        let named = if self.parts.keys().any(|step| matches!(step, Step::Item(_))) {
            Named::of(&outline)?
        } else {
            Named::default()
        };
        for (step, kept) in &self.parts {
            let part = match step {
                Step::Field(name) => outline.field(name),
                Step::Item(name) => named.by_name.get(name).copied(),
                Step::Index(index) => outline.items().get(*index).copied(),
                Step::Inner => outline.inner(),
            };
            if let Some(part) = part {
                kept.put_back(part, whole, additions)?;
            }
        }
        Ok(())
    }

    /// The fields of this value that it doesn't have now, in the form of those that it has.
    fn addition(&self, text: &str, outline: &Outline<'_>, whole: &str) -> Option<(usize, String)> {
        let missing = self.fields.iter().filter(|(name, _)| outline.field(name).is_none());
        let lines = missing.map(|(name, value)| format!("{}: {value}", identifier(name))).collect::<Vec<_>>();
        if lines.is_empty() {
            return None;
        }
        let start = |part: &str| part.as_ptr().addr() - whole.as_ptr().addr();
        if let Some((_, last)) = outline.fields().last() {
            let indent = indent_at(whole, start(last));
            let addition = lines.iter().map(|line| format!(",\n{indent}{line}")).collect();
            return Some((start(last) + last.len(), addition));
        }
        // A struct of which no field was written; anything else has no place for fields.
        let text = text.trim_end();
        text.ends_with("()").then(|| {
            let indent = indent_at(whole, start(text));
            let mut addition: String = lines.iter().map(|line| format!("\n{indent}    {line},")).collect();
            addition.push('\n');
            addition.push_str(indent);
            (start(text) + text.len() - 1, addition)
        })
    }
}

/// The white space at the beginning of the line in which `at` stands.
fn indent_at(whole: &str, at: usize) -> &str {
    let line = whole[..at].rfind('\n').map_or(0, |end| end + 1);
    let rest = &whole[line..];
    &rest[..rest.len() - rest.trim_start_matches(' ').len()]
}

/// A name as RON can read it.
fn identifier(name: &str) -> String {
    let reserved = ["true", "false", "Some", "None", "inf", "inff32", "inff64", "NaN", "NaNf32", "NaNf64"];
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !reserved.contains(&name);
    if plain { name.to_owned() } else { format!("r#{name}") }
}
