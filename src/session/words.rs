//! The words that somebody wrote in something, and finding them elsewhere.
//!
//! Owns: what counts as the words of each kind of thing, how they are taken out of a text, and how it is told by
//! its beginning. Never: decides where they are looked for.

use std::borrow::Cow;

use super::command::{Command, Request};
use super::event::Draft;

impl Draft {
    /// The words that people wrote in it: texts of their own, none of them blank.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = match self {
            Self::Person(person) => vec![&person.name],
            Self::Note(note) => vec![&note.text],
            Self::Topic(topic) => vec![&topic.text],
            Self::Entry(entry) => vec![&entry.text],
            Self::Possibility(possibility) => vec![&possibility.sentence],
            Self::Insight(insight) => vec![&insight.text],
            Self::Decision(decision) => {
                [&decision.statement].into_iter().chain(&decision.objections).map(String::as_str).collect()
            }
            Self::Action(action) => vec![&action.when, &action.will],
            Self::Rating(rating) => vec![&rating.word],
            Self::Update(update) => vec![&update.why],
            Self::Parked(parked) => vec![&parked.text],
            Self::Voice(voice) => vec![voice.said.word()],
            Self::Cluster(cluster) => vec![&cluster.name],
            Self::Placement(_) | Self::Judgement(_) | Self::Ballot(_) | Self::Ruling(_) => Vec::new(),
        };
        words.retain(|text| !text.trim().is_empty());
        words
    }
}

impl Command {
    /// Whether it asks to write something that holds these words.
    #[must_use]
    pub fn holds(&self, words: &str) -> bool {
        let drafts = if let Request::Add { drafts, .. } = &self.what {
            drafts.as_slice()
        } else if let Request::Change { draft, .. } = &self.what {
            std::slice::from_ref(draft)
        } else {
            &[]
        };
        drafts.iter().flat_map(Draft::words).any(|text| holds(text, words))
    }
}

/// A text, or its first letters and a sign that there are more: for where it is named and not told.
#[must_use]
pub fn beginning(text: &str, letters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(letters) {
        Some((end, _)) => Cow::Owned(format!("{}\u{2026}", text[..end].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a text holds these words as they are, and not as a part of longer ones. A single word counts only
/// where a row says nothing else: anywhere else it may be anybody's.
#[must_use]
pub fn holds(text: &str, words: &str) -> bool {
    places(text, words).next().is_some()
}

/// A text without these words, wherever it holds them.
#[must_use]
pub fn without(text: &str, words: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for at in places(text, words) {
        rest.push_str(&text[from..at]);
        from = at + words.len();
    }
    rest.push_str(&text[from..]);
    rest
}

fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    let before = move |at: usize| text[..at].chars().rev();
    let after = move |at: usize| text[at + words.len()..].chars();
    let whole = move |at: usize| {
        ![before(at).next(), after(at).next()].into_iter().flatten().any(char::is_alphanumeric)
    };
    let is_phrase = words.trim().contains(char::is_whitespace);
    let is_of_row = |letter: &char| *letter != '\n';
    let stands_alone = move |at: usize| {
        !before(at).take_while(is_of_row).chain(after(at).take_while(is_of_row)).any(char::is_alphanumeric)
    };
    let found = text.match_indices(words).map(|(at, _)| at);
    found.filter(move |at| !words.is_empty() && whole(*at) && (is_phrase || stands_alone(*at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_by_its_beginning_where_it_is_longer() {
        for (text, letters, told) in [
            ("", 3, ""),
            ("abc", 3, "abc"),
            ("abcd", 3, "abc\u{2026}"),
            ("ab cd", 3, "ab\u{2026}"),
            ("\u{e4}\u{f6}\u{fc}!", 2, "\u{e4}\u{f6}\u{2026}"),
        ] {
            assert_eq!(beginning(text, letters), told);
        }
    }

    #[test]
    fn words_are_found_whole() {
        for (text, words, left) in [
            ("Bo is slow", "Bo is slow", ""),
            ("I said: Bo is slow!", "Bo is slow", "I said: !"),
            ("Bo is slow, yes, Bo is slow", "Bo is slow", ", yes, "),
            ("Bo is slower", "Bo is slow", "Bo is slower"),
            ("bo is slow", "Bo is slow", "bo is slow"),
            ("one\nBo is slow\ntwo", "Bo is slow", "one\n\ntwo"),
            ("Grün, es ist grün", "ist grün", "Grün, es "),
            ("the cost of the risk", "the", "the cost of the risk"),
            ("one\n- the!\nthe other", "the", "one\n- !\nthe other"),
            ("grün", "grün", ""),
            ("anything", "", "anything"),
        ] {
            assert_eq!(without(text, words), left, "{text}");
            assert_eq!(holds(text, words), left != text, "{text}");
        }
    }
}
