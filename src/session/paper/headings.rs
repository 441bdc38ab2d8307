//! Headings and prefixes: `Purchasing:` alone on a line, `P: text`, `Sales | theirs | text`.
//!
//! Owns how words before a colon are told from text that happens to have one: all of them must be known.

use std::collections::HashMap;

use super::says_something;
use crate::session::people::Side;

/// The phrases that a sheet may use in its headings, and what each means.
#[derive(Debug)]
pub(super) struct Headings<T> {
    /// By their first word, the longest first.
    phrases: HashMap<String, Vec<(Vec<String>, T)>>,
}

/// A line, taken apart.
#[derive(Debug, PartialEq)]
pub(super) enum Split<'a, T> {
    /// Known words and nothing else, and whether they are marked as a heading by a colon or in another way.
    Heading(Vec<T>, bool),
    /// Known words, and the text that they are about.
    Prefixed(Vec<T>, &'a str),
    /// It ends with a colon, but its words are not known.
    Unknown,
    /// Text.
    Plain,
}

/// What stands between a heading and its text, or between two headings in one line.
const ENDS: [char; 3] = [':', '\t', '|'];

/// A heading of more letters is a text.
const LONGEST: usize = 200;

impl<T: Clone> Headings<T> {
    pub(super) fn new() -> Self {
        Self { phrases: HashMap::new() }
    }

    /// Learns a phrase; what was learned first holds.
    pub(super) fn learn(&mut self, phrase: &str, means: T) {
        let words = words(phrase);
        let Some(first) = words.first() else { return };
        let known = self.phrases.entry(first.clone()).or_default();
        if !known.iter().any(|(other, _)| *other == words) {
            known.push((words, means));
            known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    /// Learns a side by its name, key and mark, and the beginnings of its name that no other side has.
    pub(super) fn learn_sides(&mut self, sides: &[Side], means: impl Fn(&Side) -> T) {
        for side in sides {
            for phrase in [side.name.clone(), side.key.0.clone(), side.mark.to_string()] {
                self.learn(&phrase, means(side));
            }
        }
        for side in sides {
            let name = side.name.to_lowercase();
            let others = || sides.iter().filter(|other| other.key != side.key);
            for (at, _) in name.char_indices().skip(3) {
                let begins = &name[..at];
                if !others().any(|other| other.name.to_lowercase().starts_with(begins)) {
                    self.learn(begins, means(side));
                }
            }
        }
    }

    /// Takes a line apart.
    pub(super) fn split<'a>(&self, line: &'a str) -> Split<'a, T> {
        let bare = bare(line);
        let ends_so = bare.trim_end().ends_with(':');
        if let Some(known) = self.known(bare) {
            return Split::Heading(known, ends_so || bare != line);
        }
        // The longest beginning of which all words are known.
        let cuts = line.char_indices().take_while(|(at, _)| *at <= LONGEST).filter(|(_, c)| ENDS.contains(c));
        let cuts: Vec<(usize, char)> = cuts.collect();
        for (at, end) in cuts.into_iter().rev() {
            let text = line[at + end.len_utf8()..].trim();
            if says_something(text)
                && let Some(known) = self.known(bare_start(&line[..at]))
            {
                return Split::Prefixed(known, text);
            }
        }
        if ends_so { Split::Unknown } else { Split::Plain }
    }

    /// What a text means if it is made of known phrases alone.
    fn known(&self, text: &str) -> Option<Vec<T>> {
        if text.len() > LONGEST {
            return None;
        }
        let words = words(text);
        let mut rest = words.as_slice();
        let mut found = Vec::new();
        while let Some(first) = rest.first() {
            let (phrase, means) =
                self.phrases.get(first)?.iter().find(|(phrase, _)| rest.starts_with(phrase))?;
            found.push(means.clone());
            rest = &rest[phrase.len()..];
        }
        (!found.is_empty()).then_some(found)
    }
}

/// The words of a phrase, lower case, without what stands between them. A tag or a name is none.
fn words(text: &str) -> Vec<String> {
    const INSIDE: [char; 4] = ['\'', '\u{2019}', '#', '@'];
    let words = text.split(|c: char| !c.is_alphanumeric() && !INSIDE.contains(&c));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A line without the signs that make it a heading in a text file.
fn bare(line: &str) -> &str {
    bare_start(line).trim_end_matches(['*', '_', '=', '#', ' '])
}

fn bare_start(line: &str) -> &str {
    let line = line.trim_start_matches(['*', '=']);
    let hashes = line.trim_start_matches('#');
    if hashes.starts_with(char::is_whitespace) { hashes.trim_start() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::SideKey;

    fn headings() -> Headings<char> {
        let sides = Side::marked(
            [("buy", "Purchasing"), ("sell", "Sales"), ("ally", "Sales partners")]
                .map(|(key, name)| (SideKey(key.to_owned()), name.to_owned(), String::new())),
        );
        let mut headings = Headings::new();
        headings.learn_sides(&sides, |side| side.key.0.chars().next().unwrap_or(' '));
        headings.learn("how we do it", 'o');
        headings
    }

    #[test]
    fn lines_are_taken_apart() {
        let headings = headings();
        let heading = |letters: &str| Split::Heading(letters.chars().collect(), true);
        for (line, split) in [
            ("Purchasing:", heading("b")),
            ("PURCHASING", Split::Heading(vec!['b'], false)),
            ("## Purch", heading("b")),
            ("**Sales**", heading("s")),
            ("**Sales partners:**", heading("a")),
            ("Sales, how we do it:", heading("so")),
            ("P: ask first", Split::Prefixed(vec!['b'], "ask first")),
            ("sell | how we do it | ask: first", Split::Prefixed(vec!['s', 'o'], "ask: first")),
            ("P\task", Split::Prefixed(vec!['b'], "ask")),
            ("P: how we do it: ask", Split::Prefixed(vec!['b', 'o'], "ask")),
            ("Legal:", Split::Unknown),
            ("Price: too high", Split::Plain),
            ("Sales people talk", Split::Plain),
            ("#sales", Split::Plain),
            ("Sal: beginnings of two sides mean neither", Split::Plain),
            ("", Split::Plain),
            (":", Split::Unknown),
        ] {
            assert_eq!(headings.split(line), split, "{line}");
        }
    }
}
