//! One level of a RON value, its parts as they stand in the text.

use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Unreadable, options};
use crate::storage::meter::Meter;

/// What a value is made of. `Some` is looked through.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outline<'a> {
    /// The fields of a struct or of a variant, or the entries of a map.
    Fields(Vec<(String, &'a str)>),
    /// The elements of a list or a tuple, or what a newtype wraps.
    Items(Vec<&'a str>),
    /// A value without parts.
    Plain,
}

impl<'a> Outline<'a> {
    pub(super) fn of(text: &'a str) -> Result<Self, Unreadable> {
        let mut reader = ron::Deserializer::from_str_with_options(text, &options())?;
        let outline = Self::deserialize(Meter::of_ron(text.len()).over(&mut reader))
            .and_then(|outline| reader.end().map(|()| outline));
        Ok(outline.map_err(|error| reader.span_error(error))?)
    }

    pub(super) fn fields(&self) -> &[(String, &'a str)] {
        match self {
            Self::Fields(fields) => fields,
            Self::Items(_) | Self::Plain => &[],
        }
    }

    pub(super) fn items(&self) -> &[&'a str] {
        match self {
            Self::Items(items) => items,
            Self::Fields(_) | Self::Plain => &[],
        }
    }

    /// What a newtype wraps.
    pub(super) fn inner(&self) -> Option<&'a str> {
        match self.items() {
            [one] => Some(one),
            _ => None,
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<&'a str> {
        self.fields().iter().find(|(field, _)| field == name).map(|(_, value)| *value)
    }
}

/// The name of the struct or variant that a value begins with, empty where it has none.
pub(super) fn name_of(value: &str) -> &str {
    let name = value.split('(').next().unwrap_or_default().trim();
    if name.starts_with(|c: char| c.is_alphabetic() || c == '_') { name } else { "" }
}

impl<'de> Deserialize<'de> for Outline<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Parts)
    }
}

struct Parts;

impl<'de> Visitor<'de> for Parts {
    type Value = Outline<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            fields.push((name, map.next_value::<&RawValue>()?.get_ron()));
        }
        Ok(Outline::Fields(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<&RawValue>()? {
            items.push(item.get_ron());
        }
        Ok(Outline::Items(items))
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Outline::Plain)
    }
}

/// The name of a field, or the key of a map as text.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(Name(name.to_owned()))
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<Name, E> {
        Ok(Name(key.to_string()))
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<Name, E> {
        Ok(Name(key.to_string()))
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<Name, E> {
        Ok(Name(key.to_string()))
    }

    /// A key in parentheses: what it wraps.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Name, A::Error> {
        let name = seq.next_element::<Self::Value>()?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        name.ok_or_else(|| A::Error::invalid_length(0, &self))
    }
}
