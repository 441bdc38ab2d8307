//! Plain text as it grows: headings, lines and lists, wrapped.
//!
//! Owns the width of a line and that nothing a person wrote can act on a screen or pass for structure:
//! every text goes through [`visible`], and its later lines are indented under the first.

use textwrap::{Options, WordSplitter};

use crate::text::{visible, width};

/// No line is longer, so that a mail program leaves it alone. Only a long word, such as an address, may be.
const COLUMNS: usize = 72;

/// A text that is being written.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// The text so far.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// The heading of the whole.
    pub(super) fn title(&mut self, text: &str) {
        self.underlined(text, "=");
    }

    /// The heading of a part, with an empty line before it.
    pub(super) fn section(&mut self, text: &str) {
        self.blank();
        self.underlined(text, "-");
        self.blank();
    }

    /// An empty line, unless there is one already.
    pub(super) fn blank(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// A text, indented by so many columns.
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.item(indent, "", text);
    }

    /// A text behind a bullet, such as `- ` or `1. `.
    pub(super) fn item(&mut self, indent: usize, bullet: &str, text: &str) {
        let first = format!("{:indent$}{bullet}", "");
        let others = " ".repeat(width(&first));
        let mut start = first.as_str();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.wrapped(&visible(line), start, &others);
            start = &others;
        }
    }

    fn wrapped(&mut self, shown: &str, first: &str, others: &str) {
        let room = COLUMNS.saturating_sub(others.len());
        // An address broken in two leads nowhere; scripts without spaces must be broken somewhere.
        let breaks = shown.split(' ').any(|word| !word.is_ascii() && width(word) > room);
        let options = Options::new(COLUMNS)
            .initial_indent(first)
            .subsequent_indent(others)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(breaks);
        for line in textwrap::wrap(shown, options) {
            self.0.push_str(line.trim_end());
            self.0.push('\n');
        }
    }

    fn underlined(&mut self, text: &str, stroke: &str) {
        let start = self.0.len();
        self.wrapped(&visible(text.trim()), "", "");
        let columns = self.0[start..].lines().map(width).max().unwrap_or_default();
        self.0.push_str(&stroke.repeat(columns));
        self.0.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Page)) -> String {
        let mut page = Page::default();
        write(&mut page);
        page.into_text()
    }

    #[test]
    fn lists_hang_and_headings_are_underlined() {
        let text = written(|page| {
            page.title("Minutes\nof it");
            page.section("Decided");
            page.item(
                0,
                "1. ",
                "One line that is long enough to be broken, since it has far more than seventy-two letters",
            );
            page.item(3, "- ", "two\n\n-------\n  three");
        });
        insta::assert_snapshot!(text, @r"
        Minutes␊of it
        =============

        Decided
        -------

        1. One line that is long enough to be broken, since it has far more than
           seventy-two letters
           - two
             -------
             three
        ");
    }

    #[test]
    fn addresses_stay_whole_and_other_scripts_fit() {
        let address = format!("https://example.org/{}", "a".repeat(80));
        assert_eq!(written(|page| page.item(0, "- ", &address)), format!("- {address}\n"));
        let text = written(|page| page.item(2, "- ", &"字".repeat(100)));
        assert!(text.lines().all(|line| width(line) <= COLUMNS), "{text}");
    }

    #[test]
    fn nothing_that_acts_passes() {
        let text = written(|page| {
            page.title("a\u{1b}[2Jb");
            page.line(0, "c\u{202e}d\r\ne\tf");
        });
        insta::assert_snapshot!(text, @r"
        a␛[2Jb
        ======
        c⟨U+202E⟩d
        e␉f
        ");
    }
}
