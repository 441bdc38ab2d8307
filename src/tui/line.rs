//! A text that is being typed: its characters, its cursor, and the word a list could complete.
//!
//! Owns no drawing and no keys; [`Edit`]s come from the keymap.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::keymap::Edit;

/// A text that is being typed. It may hold several lines.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: Input,
}

/// The beginning of a `@name` or `#tag` before the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started<'a> {
    /// `@` or `#`.
    pub sign: char,
    /// What is written of the word, without the sign.
    pub part: &'a str,
}

impl Line {
    /// A line that says `text`, its cursor at the end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()) }
    }

    /// A line that says `text`, its cursor behind so many characters.
    #[must_use]
    pub fn with_cursor(text: &str, cursor: usize) -> Self {
        Self { input: Input::new(text.to_owned()).with_cursor(cursor) }
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// What stands before and after the cursor.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        let text = self.text();
        let at = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        text.split_at(at)
    }

    /// What it says, leaving it empty.
    pub fn take(&mut self) -> String {
        self.input.value_and_reset()
    }

    /// Makes it say `text`, the cursor at the end.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Puts a text in at the cursor, as it is: a paste, a new line.
    pub fn insert_str(&mut self, text: &str) {
        let (before, after) = self.parts();
        let cursor = before.chars().count() + text.chars().count();
        let whole = [before, text, after].concat();
        self.input = Input::new(whole).with_cursor(cursor);
    }

    /// Makes one change; says whether anything changed.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let (before, after) = self.parts();
        let cursor = self.input.cursor();
        let to_start = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let to_end = after.split('\n').next().unwrap_or_default().chars().count();
        let request = match edit {
            Edit::Insert(c) => InputRequest::InsertChar(c),
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::WordLeft => InputRequest::GoToPrevWord,
            Edit::WordRight => InputRequest::GoToNextWord,
            Edit::Start => InputRequest::SetCursor(cursor - to_start),
            Edit::End => InputRequest::SetCursor(cursor + to_end),
            Edit::Backspace => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::BackspaceWord => InputRequest::DeletePrevWord,
            Edit::DeleteWord => InputRequest::DeleteNextWord,
            Edit::DeleteToStart => InputRequest::DeleteFromStart,
            Edit::DeleteToEnd => InputRequest::DeleteTillEnd,
        };
        self.input.handle(request).is_some_and(|changed| changed.value || changed.cursor)
    }

    /// Moves the cursor to the line of the text above (`false` where there is none).
    pub fn up(&mut self) -> bool {
        let (before, _) = self.parts();
        let Some((above, here)) = before.rsplit_once('\n') else { return false };
        let above = above.rsplit('\n').next().unwrap_or_default();
        let back = before[before.len() - here.len()..].chars().count() + 1;
        let start = self.input.cursor() - back - above.chars().count();
        self.go(start + column_at(above, here.width()));
        true
    }

    /// Moves the cursor to the line of the text below (`false` where there is none).
    pub fn down(&mut self) -> bool {
        let (before, after) = self.parts();
        let Some((rest, below)) = after.split_once('\n') else { return false };
        let below = below.split('\n').next().unwrap_or_default();
        let here = before.rsplit('\n').next().unwrap_or_default();
        let start = self.input.cursor() + rest.chars().count() + 1;
        self.go(start + column_at(below, here.width()));
        true
    }

    fn go(&mut self, cursor: usize) {
        self.input.handle(InputRequest::SetCursor(cursor));
    }

    /// The `@name` or `#tag` that ends at the cursor and could be completed.
    #[must_use]
    pub fn started(&self) -> Option<Started<'_>> {
        let (before, after) = self.parts();
        if after.chars().next().is_some_and(|c| !c.is_whitespace()) {
            return None;
        }
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let sign = word.chars().next().filter(|c| matches!(c, '@' | '#'))?;
        Some(Started { sign, part: &word[1..] })
    }

    /// Replaces the started word by `sign`, `word` and a space.
    pub fn complete(&mut self, word: &str) {
        let Some(Started { sign, part }) = self.started() else { return };
        let (before, after) = self.parts();
        let kept = &before[..before.len() - part.len() - sign.len_utf8()];
        let head = format!("{kept}{sign}{word} ");
        let cursor = head.chars().count();
        let tail = after.strip_prefix(' ').unwrap_or(after);
        self.input = Input::new(head + tail).with_cursor(cursor);
    }
}

impl Started<'_> {
    /// The candidates that begin with what is written, in their order; upper and lower case are alike.
    pub fn offers<'c>(&self, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
        let part = self.part.to_lowercase();
        candidates.into_iter().filter(|word| word.to_lowercase().starts_with(&part)).collect()
    }
}

/// How many characters of a line stand left of a column.
fn column_at(line: &str, column: usize) -> usize {
    let mut used = 0;
    line.graphemes(true)
        .take_while(|cluster| {
            used += cluster.width();
            used <= column
        })
        .map(|cluster| cluster.chars().count())
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Line {
        let (before, after) = text.split_once('|').unwrap();
        Line { input: Input::new([before, after].concat()).with_cursor(before.chars().count()) }
    }

    fn shown(line: &Line) -> String {
        let (before, after) = line.parts();
        format!("{before}|{after}")
    }

    #[test]
    fn edits_do_what_they_say() {
        for (start, edit, end) in [
            ("we |", Edit::Insert('a'), "we a|"),
            ("a👩‍🔧|b", Edit::Left, "a|👩‍🔧b"),
            ("a👩‍🔧|b", Edit::Backspace, "a|b"),
            ("|e\u{301}x", Edit::Delete, "|x"),
            ("one two|", Edit::WordLeft, "one |two"),
            ("one |two six", Edit::WordRight, "one two |six"),
            ("one two|", Edit::BackspaceWord, "one |"),
            ("one |two", Edit::DeleteWord, "one |"),
            ("one |two", Edit::DeleteToStart, "|two"),
            ("one |two", Edit::DeleteToEnd, "one |"),
            ("one| two", Edit::Start, "|one two"),
            ("one| two", Edit::End, "one two|"),
            ("first\nse|cond\nthird", Edit::Start, "first\n|second\nthird"),
            ("first\nse|cond\nthird", Edit::End, "first\nsecond|\nthird"),
        ] {
            let mut line = at(start);
            line.edit(edit);
            assert_eq!(shown(&line), end, "{edit:?}");
        }
        assert!(!at("|one").edit(Edit::Left), "nothing changed");
        assert!(!at("one\n|two").edit(Edit::Start), "nothing changed");
    }

    #[test]
    fn the_cursor_moves_between_lines() {
        let mut line = at("first\nse|cond\nthird");
        assert!(line.up());
        assert_eq!(shown(&line), "fi|rst\nsecond\nthird");
        assert!(!line.up());
        assert!(line.down() && line.down() && !line.down());
        assert_eq!(shown(&line), "first\nsecond\nth|ird");
        let mut line = at("a\n字字|x");
        assert!(line.up());
        assert_eq!(shown(&line), "a|\n字字x");
    }

    #[test]
    fn a_started_word_can_be_completed() {
        assert_eq!(at("ask #pe|").started(), Some(Started { sign: '#', part: "pe" }));
        assert_eq!(at("@| now").started(), Some(Started { sign: '@', part: "" }));
        for none in ["|", "ask |", "a@b|", "#pe|ople"] {
            assert_eq!(at(none).started(), None, "{none}");
        }
        let offers = Started { sign: '@', part: "an" }.offers(["Anna", "Bo", "Änne", "Anton"]);
        assert_eq!(offers, ["Anna", "Anton"]);
        let mut line = at("ask @an| about it");
        line.complete("Anna");
        assert_eq!(shown(&line), "ask @Anna |about it");
    }

    #[test]
    fn taking_leaves_it_empty() {
        let mut line = at("we |ask");
        assert_eq!(line.take(), "we ask");
        assert!(line.is_empty());
        line.insert_str("a\nb");
        assert_eq!(shown(&line), "a\nb|");
    }

    proptest! {
        #[test]
        fn no_edit_panics(text: String, more: String, edits in proptest::collection::vec(0u8..16, 0..40)) {
            let mut line = Line::new(&text);
            for number in edits {
                let edit = [
                    Edit::Left, Edit::Right, Edit::WordLeft, Edit::WordRight, Edit::Start, Edit::End,
                    Edit::Backspace, Edit::Delete, Edit::BackspaceWord, Edit::DeleteWord, Edit::DeleteToStart,
                    Edit::DeleteToEnd,
                ];
                match edit.get(usize::from(number)) {
                    Some(edit) => { line.edit(*edit); }
                    None if number == 12 => { line.up(); }
                    None if number == 13 => { line.down(); }
                    None if number == 14 => line.insert_str(&more),
                    None => line.complete(&more),
                }
            }
        }
    }
}
