//! Text from people in cells: lines are broken and cut by what they take on the screen.
//!
//! Every widget draws through this module. What may be seen of a text is settled in [`crate::text`]; nothing
//! here changes what is stored.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::plain;
pub use crate::text::visible;

/// No line of text is longer than this many columns, however wide the screen.
pub const LINE: u16 = 72;

/// How many columns a text takes once it is [`visible`]; of what is far wider than any screen, at least as many as
/// that.
#[must_use]
pub fn width(text: &str) -> u16 {
    u16::try_from(crate::text::width(head(text, FAR))).unwrap_or(u16::MAX)
}

/// Bytes behind which nothing of one line is seen.
const FAR: usize = 1 << 16;

/// The text cut to so many columns, with `cut` at its end where something is missing.
#[must_use]
pub fn fit<'a>(text: &'a str, columns: u16, cut: &str) -> Cow<'a, str> {
    // Far more bytes than can ever be seen are not even looked at.
    let text = head(text, usize::from(columns) * 64 + 256);
    let shown = visible(text);
    if shown.width() <= usize::from(columns) {
        return shown;
    }
    let room = usize::from(columns).saturating_sub(cut.width());
    let mut out = String::new();
    let mut used = 0;
    for cluster in shown.graphemes(true) {
        used += cluster.width();
        if used > room {
            break;
        }
        out.push_str(cluster);
    }
    if usize::from(columns) >= cut.width() {
        out.push_str(cut);
    }
    Cow::Owned(out)
}

/// The first bytes of a text, cut between characters.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

/// The lines that a text takes in so many columns, made one by one as they are asked for.
///
/// Breaks at line feeds, after spaces, and inside a word only where it is longer than a line. Never splits a
/// cluster.
pub fn wrap(text: &str, columns: u16) -> impl Iterator<Item = Cow<'_, str>> {
    text.split('\n').flat_map(move |line| Wrapped { rest: Some(line), columns: usize::from(columns.max(1)) })
}

/// How many lines a text takes, counted up to `most`.
#[must_use]
pub fn lines(text: &str, columns: u16, most: u16) -> u16 {
    u16::try_from(wrap(text, columns).take(usize::from(most)).count()).unwrap_or(most)
}

struct Wrapped<'a> {
    rest: Option<&'a str>,
    columns: usize,
}

impl<'a> Wrapped<'a> {
    /// The next line where all in its reach are plain letters, of which each takes a byte and a column: what most
    /// text is, found without taking clusters apart.
    fn plain(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        // What follows may belong to the last letter that is looked at, so it has to be plain too.
        let reach = &rest.as_bytes()[..rest.len().min(self.columns + 2)];
        if !plain(reach) {
            return None;
        }
        if rest.len() <= self.columns {
            return self.rest.take();
        }
        let space = rest[..=self.columns].rfind(' ');
        let (keep, next) = space.map_or((self.columns, self.columns), |at| (at, at + 1));
        self.rest = Some(&rest[next..]);
        Some(&rest[..keep])
    }

    /// The next line, whatever it is made of.
    fn clusters(&mut self) -> Option<String> {
        let rest = self.rest?;
        let mut line = String::new();
        let mut used = 0;
        // Where the line can be broken: how much of it is kept, and where in `rest` the next begins.
        let mut space: Option<(usize, usize)> = None;
        for (at, cluster) in rest.grapheme_indices(true) {
            let shown = visible(cluster);
            let wide = shown.width();
            if used + wide > self.columns && used > 0 {
                let (keep, next) = match space {
                    _ if cluster == " " => (line.len(), at + 1),
                    Some(found) => found,
                    None => (line.len(), at),
                };
                line.truncate(keep);
                self.rest = Some(&rest[next..]);
                return Some(line);
            }
            line.push_str(&shown);
            used += wide;
            if cluster == " " {
                space = Some((line.len() - 1, at + 1));
            } else if wide > 1 {
                space = Some((line.len(), at + cluster.len()));
            }
        }
        self.rest = None;
        Some(line)
    }
}

impl<'a> Iterator for Wrapped<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        self.plain().map(Cow::Borrowed).or_else(|| self.clusters().map(Cow::Owned))
    }
}

/// Draws a text in an area, wrapped; returns how many lines it took.
pub fn draw_wrapped(text: &str, area: Rect, style: Style, buf: &mut Buffer) -> u16 {
    let columns = area.width.min(LINE);
    let mut used = 0;
    for (row, line) in (area.top()..area.bottom()).zip(wrap(text, columns)) {
        put(buf, area.x, row, &line, columns, style);
        used += 1;
    }
    used
}

/// Draws one line that is already fit for cells; returns how many columns it took.
///
/// Everything outside the buffer is left out.
pub fn put(buf: &mut Buffer, x: u16, y: u16, shown: &str, columns: u16, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return 0;
    }
    let room = columns.min(area.right() - x);
    let (end, _) = buf.set_stringn(x, y, shown, usize::from(room), style);
    end - x
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_after_spaces_and_never_inside_a_cluster() {
        let wrapped = |text: &str, columns| wrap(text, columns).collect::<Vec<_>>().join("|");
        assert_eq!(wrapped("one two three", 7), "one two|three");
        assert_eq!(wrapped("one two three", 3), "one|two|thr|ee");
        assert_eq!(wrapped("one\n\ntwo", 10), "one||two");
        assert_eq!(wrapped("", 10), "");
        assert_eq!(wrapped("字字字字", 5), "字字|字字");
        assert_eq!(wrapped("👩‍🔧👩‍🔧", 2), "👩‍🔧|👩‍🔧");
        assert_eq!(wrapped("字", 1), "字");
        assert_eq!(wrapped("a\u{1b}b", 2), "a␛|b");
    }

    #[test]
    fn what_does_not_fit_is_marked() {
        assert_eq!(fit("Purchasing", 20, "…"), "Purchasing");
        assert_eq!(fit("Purchasing", 6, "…"), "Purch…");
        assert_eq!(fit("字字字", 4, "…"), "字…");
        assert_eq!(fit("Purchasing", 0, "…"), "");
        assert_eq!(width("a\tb"), 3);
    }

    #[test]
    fn a_megabyte_costs_only_what_is_seen() {
        let long = "word ".repeat(200_000);
        assert_eq!(wrap(&long, 40).take(3).count(), 3);
        assert_eq!(fit(&long, 10, "…").width(), 10);
        assert!(wrap(&long, 40).all(|line| matches!(line, Cow::Borrowed(_))), "nothing is copied");
        assert_eq!(width(&long), u16::MAX);
    }

    proptest! {
        #[test]
        fn lines_fit_and_keep_every_word(text in "[a-z字 ]{0,80}", columns in 2u16..30) {
            let lines: Vec<Cow<'_, str>> = wrap(&text, columns).collect();
            for line in &lines {
                prop_assert!(line.width() <= usize::from(columns));
            }
            let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }

        #[test]
        fn plain_text_breaks_where_any_text_does(text in "([a-c ]{0,9}[a-z\u{301}字\t ]?){0,8}", columns in 1u16..12) {
            let whole = Wrapped { rest: Some(&text), columns: usize::from(columns) };
            let mut any = Wrapped { rest: Some(&text), columns: usize::from(columns) };
            let any: Vec<String> = std::iter::from_fn(|| any.clusters()).collect();
            prop_assert_eq!(whole.collect::<Vec<_>>(), any);
        }
    }
}
