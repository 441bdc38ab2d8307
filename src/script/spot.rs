//! Values of a RON text as borrowed slices of it, so that each knows where it stands.
//!
//! Owns the cutting of a text into fields and items and the meaning of syntax errors. Never knows a script's
//! fields. A slice's distance from the text's beginning is its position.

use std::fmt;
use std::ops::Range;

use ron::error::{Position, SpannedError};
use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::finding::{Finding, Mistake};

/// How scripts are read and written: `Some(…)` may be left out, and so may the second pair of brackets.
#[must_use]
pub fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// The byte order mark that some editors write first.
const MARK: char = '\u{feff}';

/// The one value of a text, without what stands around it; the whole text is known to be RON afterwards.
pub(super) fn value(text: &str) -> Result<&str, Mistake> {
    let body = text.strip_prefix(MARK).unwrap_or(text);
    match options().from_str::<&RawValue>(body) {
        Ok(raw) => Ok(raw.trim().get_ron()),
        Err(error) => Err(syntax(body, text.len() - body.len(), &error)),
    }
}

/// Where a part of a text stands in it, in bytes.
pub(super) fn range(text: &str, part: &str) -> Range<usize> {
    let begin = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    begin..begin + part.len()
}

/// The fields of a struct: `Name(field: value, …)`, or without the name.
pub(super) struct Entries<'a> {
    /// The name, or the opening bracket where there is none.
    pub(super) name: &'a str,
    /// Each field's name and value, in order.
    pub(super) fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Entries<'a> {
    /// The fields of a raw value, none if it is something else. A bare name is a struct without fields.
    pub(super) fn of(raw: &'a str) -> Option<Self> {
        if let Some(name) = word(raw) {
            return Some(Self { name, fields: Vec::new() });
        }
        if raw.starts_with('(') {
            let Unnamed(fields) = parse(raw)?;
            return Some(Self { name: &raw[..1], fields });
        }
        let Named(name, fields) = parse(raw)?;
        Some(Self { name, fields })
    }
}

/// The items of a list, at most so many and one more; none if it is something else.
pub(super) fn items(raw: &str, most: usize) -> Option<Vec<&str>> {
    let mut reader = ron::Deserializer::from_str_with_options(raw, &options()).ok()?;
    (&mut reader).deserialize_seq(UpTo(most)).ok().filter(|_| reader.end().is_ok())
}

struct UpTo(usize);

impl<'de> Visitor<'de> for UpTo {
    type Value = Vec<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<&RawValue>()? {
            if items.len() <= self.0 {
                items.push(item.trim().get_ron());
            }
        }
        Ok(items)
    }
}

/// What stands in a value that may be left out: `None`, `Some(value)` or the value itself.
pub(super) fn inside_option(raw: &str) -> Option<&str> {
    let inside: Option<&RawValue> = parse(raw)?;
    inside.map(|inside| inside.trim().get_ron())
}

/// A text, a number or a truth value; none if it is something else.
pub(super) fn plain<'a, T: Deserialize<'a>>(raw: &'a str) -> Option<T> {
    parse(raw)
}

/// A bare word, none if it is something else.
pub(super) fn word(raw: &str) -> Option<&str> {
    let plain = raw.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    (plain && raw.starts_with(|first: char| first.is_alphabetic() || first == '_')).then_some(raw)
}

fn parse<'a, T: Deserialize<'a>>(raw: &'a str) -> Option<T> {
    options().from_str(raw).ok()
}

type Fields<'a> = Vec<(&'a str, &'a str)>;

struct Name<'a>(&'a str);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(name))
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            let value: &RawValue = map.next_value()?;
            fields.push((name, value.trim().get_ron()));
        }
        Ok(fields)
    }
}

struct Unnamed<'a>(Fields<'a>);

impl<'de> Deserialize<'de> for Unnamed<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("", &[], FieldsVisitor).map(Self)
    }
}

struct Named<'a>(&'a str, Fields<'a>);

impl<'de> Deserialize<'de> for Named<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamedVisitor;
        impl<'de> Visitor<'de> for NamedVisitor {
            type Value = Named<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name with fields")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
                let (Name(name), fields) = access.variant()?;
                Ok(Named(name, fields.struct_variant(&[], FieldsVisitor)?))
            }
        }
        deserializer.deserialize_enum("", &[], NamedVisitor)
    }
}

/// What is wrong with a RON text where nothing more is known of it: ron's own words, but for what people would not
/// understand.
#[must_use]
pub fn in_words(error: &ron::Error) -> String {
    if *error == ron::Error::ExceededRecursionLimit {
        "brackets are nested too deeply here".to_owned()
    } else {
        error.to_string()
    }
}

/// A syntax error in words. `skipped` bytes stood before `body`.
fn syntax(body: &str, skipped: usize, error: &SpannedError) -> Mistake {
    use ron::Error as E;
    let start = byte_at(body, error.span.start);
    let end = byte_at(body, error.span.end);
    let next = body[end..].chars().next();
    let rest = |from: usize| from..from + body[from..].chars().next().map_or(0, char::len_utf8);
    #[expect(clippy::wildcard_enum_match_arm, reason = "ron's errors are many and may grow")]
    let (at, what, help) = match &error.code {
        _ if body.trim().is_empty() => {
            (0..0, "there is nothing in this script".to_owned(), Some("it begins with `Script(`"))
        }
        E::ExceededRecursionLimit => {
            (rest(end), in_words(&error.code), Some("a script needs no more than six levels"))
        }
        E::ExpectedStringEnd => (
            rest(start),
            "this text has no closing quote".to_owned(),
            Some("end it with `\"`; a `\"` inside a text is written `\\\"`"),
        ),
        E::InvalidEscape(_) => (
            start..end.max(start),
            "a `\\` begins a special character, and this is none".to_owned(),
            Some("write `\\\\` for one `\\`, `\\n` for a new line, `\\\"` for a quote"),
        ),
        E::UnclosedBlockComment => {
            (rest(start), "this comment has no end".to_owned(), Some("end it with `*/`"))
        }
        E::UnexpectedChar('“' | '”' | '„' | '‘' | '’' | '«' | '»') => (
            rest(end),
            "this quote is a typographic one".to_owned(),
            Some("use the straight quote `\"` around texts"),
        ),
        E::NoSuchExtension(_) | E::ExpectedAttribute | E::ExpectedAttributeEnd => {
            (rest(end), "this `#![…]` is not known".to_owned(), Some("leave it out: a script needs none"))
        }
        code => match next {
            None => (
                body.trim_end().len()..body.trim_end().len(),
                "the text ends here, and something is still open".to_owned(),
                Some("check that each `(`, `[` and `\"` has its `)`, `]` and `\"`"),
            ),
            Some(closing @ (')' | ']' | '}')) if !matches!(code, E::ExpectedComma) => {
                (rest(end), format!("a value is missing before this `{closing}`"), None)
            }
            Some(closing @ (')' | ']' | '}')) => (
                rest(end),
                format!("`{closing}` closes what was not opened with its counterpart"),
                Some("check the brackets before it: `(` goes with `)`, `[` with `]`"),
            ),
            Some(_) => unreadable(body, end, code),
        },
    };
    let mistake = Finding::error(at.start + skipped..at.end + skipped, what);
    match help {
        Some(help) => mistake.help(help),
        None => mistake,
    }
}

fn unreadable(body: &str, at: usize, code: &ron::Error) -> (Range<usize>, String, Option<&'static str>) {
    let before = body[..at].chars().next_back();
    let here = at..at + body[at..].chars().next().map_or(0, char::len_utf8);
    #[expect(clippy::wildcard_enum_match_arm, reason = "ron's errors are many and may grow")]
    match code {
        ron::Error::ExpectedComma if before.is_some_and(|before| before.is_ascii_digit()) => (
            here,
            "a number goes on with something that is no digit".to_owned(),
            Some("a time stands in quotes, as in `time: \"5m\"`; else a comma is missing here"),
        ),
        ron::Error::ExpectedComma => (
            here,
            "a comma is missing before this".to_owned(),
            Some("or a field's `:`, or the end of a text or list that stands before it"),
        ),
        ron::Error::ExpectedMapColon => {
            (here, "a `:` is missing before this".to_owned(), Some("a field is written `name: value`"))
        }
        ron::Error::TrailingCharacters => (
            here,
            "the script has ended before this".to_owned(),
            Some("a bracket too many before it, or something left over"),
        ),
        code => {
            let code = code.to_string();
            let mut letters = code.chars();
            let code = letters.next().map_or_else(String::new, |first| {
                first.to_lowercase().chain(letters.flat_map(char::to_lowercase)).collect()
            });
            (here, format!("this cannot be read: {code}"), None)
        }
    }
}

/// The byte at which a position of [`ron`]'s telling lies in a text; lines and characters count from 1.
#[must_use]
pub fn byte_at(text: &str, position: Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let column: usize = text[line..].chars().take(position.col.saturating_sub(1)).map(char::len_utf8).sum();
    line + column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let text = "\u{feff}/* é */ Script( // first\r\n  title: /* x */ \"ä\" , n: Some( 4 ), list: [ 1, A(b: 2) ])";
        let entries = Entries::of(value(text).unwrap()).unwrap();
        assert_eq!(entries.name, "Script");
        assert_eq!(entries.fields, [("title", "\"ä\""), ("n", "Some( 4 )"), ("list", "[ 1, A(b: 2) ]")]);
        for part in entries.fields.iter().flat_map(|(name, value)| [*name, *value]) {
            assert_eq!(&text[range(text, part)], part);
        }
        assert_eq!(inside_option(entries.fields[1].1), Some("4"));
        assert_eq!(inside_option("None"), None);
        assert_eq!(inside_option("7"), Some("7"));
        assert_eq!(items(entries.fields[2].1, 2).unwrap(), ["1", "A(b: 2)"]);
        assert_eq!(items("[1, 2, 3, 4]", 1).unwrap(), ["1", "2"], "what is too long is seen by one more");
        assert_eq!(items("(1, 2)", 1), None);
        assert_eq!(Entries::of("(a: 1)").unwrap().name, "(");
        assert_eq!(Entries::of("Break").unwrap().fields, []);
        for other in ["Break(1)", "\"x\"", "[1]", "{}", "3"] {
            assert!(Entries::of(other).is_none(), "{other}");
        }
    }

    #[test]
    fn syntax_errors_point_at_what_is_wrong() {
        for (text, at, what) in [
            ("(time: 5m)", "m", "a number goes on with something that is no digit"),
            ("(a: \"x\" b: 2)", "b", "a comma is missing before this"),
            ("(a: “x”)", "“", "this quote is a typographic one"),
            ("(a: \"x)", "\"", "this text has no closing quote"),
            ("(a: \"x\"", "", "the text ends here, and something is still open"),
            ("(a: \"\\q\")", "\\q", "a `\\` begins a special character, and this is none"),
            ("(é: 3]", "]", "`]` closes what was not opened with its counterpart"),
            ("(a: 1)\0", "\0", "the script has ended before this"),
            ("", "", "there is nothing in this script"),
            ("[", "", "the text ends here, and something is still open"),
            ("(a 1)", "1", "a comma is missing before this"),
            ("#![enable(magic)]\n(a: 1)", ")", "this `#![…]` is not known"),
            ("(a: )", ")", "a value is missing before this `)`"),
            ("(a: -)", ")", "a value is missing before this `)`"),
        ] {
            let mistake = value(text).unwrap_err();
            assert_eq!((&text[mistake.at], mistake.what.as_str()), (at, what), "{text}");
        }
        let bombs = ["[", "(", "(a:", "Some(", "{1:", "A(", "/*"];
        for bomb in bombs {
            assert!(value(&bomb.repeat(100_000)).is_err(), "{bomb}");
        }
    }
}
