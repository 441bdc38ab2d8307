//! RON files that keep what a newer program wrote into them.
//!
//! [`load`] reads a value and sets aside every field, at any depth, that the value's type doesn't
//! know; [`save`] writes the value and puts these fields back where they were. The types themselves
//! know nothing of it. A field is found again by the names on the way to it, an element of a list by
//! its `id` (else its `key`, else its place); what belonged to an element that was removed, or to
//! another variant of an enum, goes with it.
//!
//! Two things a type must do: derive its reading (a value that is first kept as raw text hides its
//! fields from here), and have texts, numbers or plain variants as keys of its maps, not tuples.

mod outline;
mod partly;
mod spots;
mod unknown;

use std::fmt;

use ron::error::{Position, Span, SpannedError};
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::meter::Meter;
use crate::script;
use outline::Outline;
pub use partly::{LEFT_OUT, load_partly};
use unknown::Ignored;
pub use unknown::{UNKNOWN_NAMES, UNKNOWN_PLACES, Unknowns};

/// Why a text cannot be read, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.what)
    }
}

impl std::error::Error for Unreadable {}

impl From<SpannedError> for Unreadable {
    fn from(error: SpannedError) -> Self {
        let start = error.span.start;
        Self { line: start.line, column: start.col, what: script::in_words(&error.code) }
    }
}

impl Unreadable {
    fn at_start(what: impl Into<String>) -> Self {
        Self { line: 1, column: 1, what: what.into() }
    }

    /// For a file whose format is none that any version has.
    pub fn no_format() -> Self {
        Self::at_start("its `format` should be the number of a version, like 1")
    }
}

/// Why a value cannot be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Unwritable {
    /// RON has no form for it, or it is nested too deeply.
    Form(ron::Error),
    /// It could be written, but then not be read again.
    NotReadAgain(Unreadable),
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(error) => error.fmt(f),
            Self::NotReadAgain(unreadable) => write!(f, "it could not be read again: {unreadable}"),
        }
    }
}

impl std::error::Error for Unwritable {}

/// How sessions are written and read: `Some` is left out. No other extension of RON: with
/// `unwrap_variant_newtypes` each `Some(` around a long value is read ahead to its end, once for
/// every level.
#[must_use]
pub fn options() -> ron::Options {
    ron::Options::default().with_default_extension(EXTENSIONS)
}

const EXTENSIONS: Extensions = Extensions::IMPLICIT_SOME;

/// Reads a value, and what its type doesn't know of. A byte-order mark is passed over.
///
/// # Errors
/// Where the text is not UTF-8, not RON, nested too deeply (26 levels are always read), not such a
/// value, or has more unknown fields than are kept.
pub fn load<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, Unknowns), Unreadable> {
    let text = text(bytes)?;
    let (value, ignored) = read(text)?;
    Ok((value, ignored.collect(text)?))
}

/// The number in the field `format` of a file, to be looked at before the file is read as what that
/// number says. `None` where it has no such field.
///
/// # Errors
/// Where the text is not UTF-8, not RON, nested too deeply, or the field no number that a version can have.
pub fn format_of(bytes: &[u8]) -> Result<Option<u32>, Unreadable> {
    let outline = Outline::of(text(bytes)?)?;
    let format = outline.field("format").map(ron::from_str);
    format.transpose().map_err(|_| Unreadable::no_format())
}

fn read<T: DeserializeOwned>(text: &str) -> Result<(T, Ignored), Unreadable> {
    Ok(attempt(text)?)
}

fn attempt<T: DeserializeOwned>(text: &str) -> Result<(T, Ignored), SpannedError> {
    let mut reader = ron::Deserializer::from_str_with_options(text, &options())?;
    if !EXTENSIONS.contains(reader.extensions()) {
        let what = "it enables an extension of RON that is not used here; take the line out";
        let start = Position { line: 1, col: 1 };
        let span = Span { start, end: start };
        return Err(SpannedError { code: ron::Error::Message(what.to_owned()), span });
    }
    let mut ignored = Ignored::default();
    let meter = Meter::of_ron(text.len());
    let value = serde_ignored::deserialize(meter.over(&mut reader), |path| ignored.note(&path))
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| reader.span_error(error))?;
    Ok((value, ignored))
}

/// Writes a value under its type's name, with what was unknown when it was read, as RON for people:
/// each field a line, each element of a list a block. The same for the same value.
///
/// # Errors
/// Where what would be written could not be read again, being no RON or nested too deeply: this is tried out. That
/// it makes the same value again is for the tests of its type to show.
pub fn save<T: Serialize>(name: &str, value: &T, unknowns: &Unknowns) -> Result<String, Unwritable> {
    let mut text = name.to_owned();
    options().to_writer_pretty(&mut text, value, layout()).map_err(Unwritable::Form)?;
    text.push('\n');
    let text = unknowns.put_back(text).map_err(Unwritable::NotReadAgain)?;
    read::<IgnoredAny>(&text).map_err(Unwritable::NotReadAgain)?;
    Ok(text)
}

fn layout() -> PrettyConfig {
    PrettyConfig::new().new_line("\n").indentor("    ")
}

fn text(bytes: &[u8]) -> Result<&str, Unreadable> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Unreadable {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            what: "this is not UTF-8 text".to_owned(),
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests;
