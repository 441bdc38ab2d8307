//! A session as JSON, with the names of its RON file.
//!
//! Owns how it is written: indented, in the order of the file, and without a character that could act on
//! the terminal it is printed on.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::session::Shown;
use crate::text::unseen;

/// The session as its file may hold it, as indented JSON that ends with a line feed.
///
/// # Errors
/// Only what `serde_json` reports; a session always serializes.
pub fn session(shown: Shown<'_>) -> serde_json::Result<String> {
    to_string(&shown.to_file())
}

/// Any value as indented JSON that ends with a line feed. Characters that a terminal could act on, and
/// those that cannot be seen, are written as `\u…`: the text read back is the same.
///
/// # Errors
/// What `serde_json` reports, such as a map whose keys are no strings.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Harmless(PrettyFormatter::new())))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// [`PrettyFormatter`], with everything [`unseen`] escaped. JSON itself asks that only of the first 32.
struct Harmless(PrettyFormatter<'static>);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, found)) = rest.char_indices().find(|(_, letter)| unseen(*letter)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in found.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + found.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_act_is_escaped_and_reads_back() {
        assert_eq!(
            to_string(&["\u{1b}[2J\u{9b}2J", "a\u{202e}b", "\u{e0041}", "Ärger \"字\""]).unwrap(),
            "[\n  \"\\u001b[2J\\u009b2J\",\n  \"a\\u202eb\",\n  \"\\udb40\\udc41\",\n  \"Ärger \\\"字\\\"\"\n]\n"
        );
    }

    proptest! {
        #[test]
        fn every_text_reads_back(text: String) {
            let json = to_string(&text).unwrap();
            prop_assert!(!json.trim_end().chars().any(unseen));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
