//! What a typed line or a pasted list means: words, `#tags`, `@author`, ratings.
//!
//! Owns: the small grammar of the line that people type in. Never: keys, cursors, screens.

use std::collections::HashSet;

use super::items::Items;
use super::people::{Participant, PersonId};

/// A typed line, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words, without tags at their end and without the author.
    pub text: String,
    /// The tags without `#`, in order, none twice; a tag inside a sentence stays in the words too.
    pub tags: Vec<String>,
    /// Who is named by `@`, where exactly one person present is meant.
    pub author: Option<PersonId>,
}

/// Takes a typed line apart. `@name` at the beginning or the end names a person present, by whole name
/// or by any part of it that only one person has; else it stays text.
#[must_use]
pub fn parse(line: &str, people: &Items<Participant>) -> Line {
    let (line, author) = split_author(line.trim(), people);
    let mut known = HashSet::new();
    let words = line.split_whitespace().filter_map(tag);
    let tags = words.filter(|tag| known.insert(*tag)).map(str::to_owned).collect();
    Line { text: without_last_tags(line).to_owned(), tags, author }
}

/// Where a text names somebody with `@`: the place of the sign. Addresses such as `a@bo` name nobody.
#[must_use]
pub fn named_at(text: &str) -> Option<usize> {
    text.match_indices('@').map(|(at, _)| at).find(|at| {
        let inside = text[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
        let name = text[at + 1..].trim_start().chars().next();
        !inside && name.is_some_and(char::is_alphabetic)
    })
}

/// The line as it would be typed again.
#[must_use]
pub fn compose(text: &str, tags: &[String], author: Option<&str>) -> String {
    let mut line = text.to_owned();
    let inside: HashSet<&str> = text.split_whitespace().filter_map(tag).collect();
    for name in tags.iter().filter(|name| !inside.contains(name.as_str())) {
        line.push_str(" #");
        line.push_str(name);
    }
    if let Some(author) = author {
        line.push_str(" @");
        line.push_str(author);
    }
    line
}

/// A tag is `#` and letters, digits, `-` or `_`, with at least one letter: `#1` is a number.
fn tag(word: &str) -> Option<&str> {
    let name = word.strip_prefix('#')?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    let fits = name.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_');
    (fits && name.chars().any(char::is_alphabetic)).then_some(name)
}

fn without_last_tags(line: &str) -> &str {
    let mut rest = line.trim_end();
    while let Some(word) = rest.split_whitespace().next_back()
        && tag(word).is_some()
        && rest.len() > word.len()
    {
        rest = rest[..rest.len() - word.len()].trim_end();
    }
    rest
}

fn split_author<'a>(line: &'a str, people: &Items<Participant>) -> (&'a str, Option<PersonId>) {
    // The longest name first, so that "Anna Berg" is not taken for "Anna" with a word after it.
    let mut names: Vec<(&str, PersonId)> =
        people.iter().map(|person| (person.name.trim(), person.id)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    if let Some(rest) = line.strip_prefix('@') {
        for (name, id) in &names {
            if let Some(after) = strip_name(rest, name)
                && after.starts_with(char::is_whitespace)
            {
                return (after.trim_start(), Some(*id));
            }
        }
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if !after.trim().is_empty()
            && let Some(id) = only_one(word, people)
        {
            return (after.trim_start(), Some(id));
        }
    }
    if let Some((before, name)) = line.rsplit_once('@')
        && before.ends_with(char::is_whitespace)
        && let Some(id) = only_one(name.trim(), people)
    {
        return (before.trim_end(), Some(id));
    }
    (line, None)
}

fn strip_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let head = text.get(..name.len())?;
    (head.to_lowercase() == name.to_lowercase()).then(|| &text[name.len()..])
}

/// The one person who is called this, in whole or in part.
pub(super) fn only_one(name: &str, people: &Items<Participant>) -> Option<PersonId> {
    let name = name.to_lowercase();
    if name.is_empty() {
        return None;
    }
    if let Some(person) = people.iter().find(|person| person.name.trim().to_lowercase() == name) {
        return Some(person.id);
    }
    let mut found = people
        .iter()
        .filter(|person| person.name.to_lowercase().split_whitespace().any(|part| part.starts_with(&name)));
    let first = found.next()?;
    found.next().is_none().then_some(first.id)
}

/// A pasted list as its items: one a line, without bullets, numbers or empty lines.
#[must_use]
pub fn split_list(text: &str) -> Vec<String> {
    list_items(text).map(str::to_owned).collect()
}

/// The same one after the other.
pub fn list_items(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(without_bullet).filter(|line| !line.is_empty())
}

fn without_bullet(line: &str) -> &str {
    const MARKS: [&str; 9] =
        ["- ", "* ", "+ ", "\u{2022}", "\u{b7} ", "\u{2013} ", "\u{2014} ", "[ ] ", "[x] "];
    let mut line = line.trim();
    while let Some(rest) = MARKS.iter().find_map(|mark| line.strip_prefix(mark)) {
        line = rest.trim_start();
    }
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let after = &line[digits..];
    if (1..=3).contains(&digits) {
        for mark in [". ", ") "] {
            if let Some(rest) = after.strip_prefix(mark) {
                return rest.trim();
            }
        }
    }
    line
}

/// A tally such as `5 4 4 3`: two or more numbers from 1 to `best` and nothing else.
#[must_use]
pub fn parse_tally(line: &str, best: u8) -> Option<Vec<u8>> {
    let scores: Option<Vec<u8>> = line
        .split(|letter: char| letter.is_whitespace() || letter == ',')
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().ok().filter(|score| (1..=best).contains(score)))
        .collect();
    scores.filter(|scores| scores.len() > 1)
}

/// A rating with a word or without: `4`, `4 useful`, or only words.
#[must_use]
pub fn parse_rating(text: &str, best: u8) -> (Option<u8>, String) {
    let (first, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    match first.parse::<u8>() {
        Ok(score) if (1..=best).contains(&score) => (Some(score), rest.trim().to_owned()),
        Ok(_) | Err(_) => (None, text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::id::Id;
    use crate::session::testing::{moment, people};

    fn id(n: u64) -> PersonId {
        PersonId(Id::new(n))
    }

    fn taken(line: &str) -> (String, Vec<String>, Option<PersonId>) {
        let people = people(&[(1, "Anna Berg"), (2, "Anna Holm"), (3, "Bo")], moment(0));
        let Line { text, tags, author } = parse(line, &people);
        (text, tags, author)
    }

    #[test]
    fn lines_are_taken_apart() {
        let tags = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let table = [
            ("Two people at every visit #people", "Two people at every visit", tags(&["people"]), None),
            ("raise #price early #price", "raise #price early", tags(&["price"]), None),
            ("we are #1 in this", "we are #1 in this", tags(&[]), None),
            ("#only", "#only", tags(&["only"]), None),
            ("@bo ask first", "ask first", tags(&[]), Some(id(3))),
            ("ask first @Bo", "ask first", tags(&[]), Some(id(3))),
            ("@Anna Berg ask #x", "ask", tags(&["x"]), Some(id(1))),
            ("@anna ask", "@anna ask", tags(&[]), None),
            ("@holm ask", "ask", tags(&[]), Some(id(2))),
            ("write to a@bo", "write to a@bo", tags(&[]), None),
            ("@bo", "@bo", tags(&[]), None),
        ];
        for (line, text, tags, author) in table {
            assert_eq!(taken(line), (text.to_owned(), tags, author), "{line}");
        }
    }

    #[test]
    fn a_line_is_composed_as_it_was_typed() {
        for line in ["a b #price", "raise #price early", "a #b #c @Anna Berg", "plain"] {
            let (text, tags, author) = taken(line);
            let name = author.map(|_| "Anna Berg");
            assert_eq!(compose(&text, &tags, name), line);
        }
    }

    #[test]
    fn a_name_after_the_sign_is_found_wherever_it_stands() {
        for (text, at) in [
            ("ask first @Bo", Some(10)),
            ("@Zoë asks", Some(0)),
            ("so it is (@Bo)", Some(10)),
            ("a@b then @ Bo", Some(9)),
            ("write to a@bo", None),
            ("4 pieces @ 5", None),
            ("@", None),
        ] {
            assert_eq!(named_at(text), at, "{text}");
        }
    }

    #[test]
    fn a_list_loses_its_bullets() {
        let list =
            "- one\n* two\n\n  \u{2022} three\n4. four\n5) five\n2026 was good\n[ ] six\r\n- [x] seven\n";
        let expected = ["one", "two", "three", "four", "five", "2026 was good", "six", "seven"];
        assert_eq!(split_list(list), expected);
    }

    #[test]
    fn tallies_and_ratings() {
        assert_eq!(parse_tally("5 4 4 3", 5), Some(vec![5, 4, 4, 3]));
        assert_eq!(parse_tally("5,4, 4", 5), Some(vec![5, 4, 4]));
        assert_eq!(parse_tally("5", 5), None);
        assert_eq!(parse_tally("5 6", 5), None);
        assert_eq!(parse_tally("5 good", 5), None);
        assert_eq!(parse_rating("4 useful, calm", 5), (Some(4), "useful, calm".to_owned()));
        assert_eq!(parse_rating("9 lives", 5), (None, "9 lives".to_owned()));
    }

    #[test]
    fn hostile_lines_are_taken_apart_in_good_time() {
        assert_eq!(split_list(&"- ".repeat(500_000)), ["-"]);
        let tags: String = (0..50_000).map(|n| format!("#t{n} ")).collect();
        let (text, taken, _) = taken(&tags);
        assert_eq!((text.as_str(), taken.len()), ("#t0", 50_000));
        assert_eq!(compose("x", &taken, None).len(), tags.len() + 1);
    }
}
