//! Text from people, made fit for cells: what could act on a terminal becomes visible, and lines are broken
//! by what they take on the screen.
//!
//! Every widget draws through this module. Nothing here changes what is stored.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// No line of text is longer than this many columns, however wide the screen.
pub const LINE: u16 = 72;

/// Combining characters that one letter may carry before the rest is counted instead of drawn.
const MARKS: usize = 8;

/// The text with everything that is invisible or could act on a terminal as visible symbols.
///
/// Line feeds count as control characters here; [`wrap`] breaks at them before.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    if text.graphemes(true).all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for cluster in text.graphemes(true) {
        if harmless(cluster) {
            out.push_str(cluster);
        } else {
            show(cluster, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Whether a cluster can be sent as it is.
fn harmless(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return true };
    if unseen(first) || joins(first) || combines(first) {
        return false;
    }
    let mut marks = 0;
    for c in chars {
        marks += 1;
        // A joiner is part of how letters outside ASCII and pictures are written; elsewhere it hides.
        if unseen(c) || (joins(c) && first.is_ascii()) {
            return false;
        }
    }
    marks <= MARKS
}

fn show(cluster: &str, out: &mut String) {
    let mut kept = 0;
    let mut dropped = 0;
    let mut base: Option<char> = None;
    for c in cluster.chars() {
        if unseen(c) || (joins(c) && base.is_none_or(|base| base.is_ascii())) {
            push_symbol(c, out);
            base = None;
        } else if base.is_some() {
            if kept < MARKS {
                out.push(c);
                kept += 1;
            } else {
                dropped += 1;
            }
        } else {
            if combines(c) {
                // A mark without a letter would land on whatever was drawn before.
                out.push('◌');
            }
            out.push(c);
            base = Some(c);
        }
    }
    if dropped > 0 {
        out.push_str(&format!("⟨+{dropped}⟩"));
    }
}

fn push_symbol(c: char, out: &mut String) {
    match u32::from(c) {
        code @ 0..=0x1f => out.extend(char::from_u32(0x2400 + code)),
        0x7f => out.push('␡'),
        code => out.push_str(&format!("⟨U+{code:04X}⟩")),
    }
}

/// Control characters, and what takes no room but changes the order or meaning of what stands beside it.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00ad | 0x034f | 0x061c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f
            | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f
            | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
            | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether it takes no room of its own and is drawn onto the letter before.
fn combines(c: char) -> bool {
    let mut bytes = [0; 4];
    !unseen(c) && !joins(c) && UnicodeWidthStr::width(&*c.encode_utf8(&mut bytes)) == 0
}

/// How many columns a text takes once it is [`visible`].
#[must_use]
pub fn width(text: &str) -> u16 {
    u16::try_from(visible(text).width()).unwrap_or(u16::MAX)
}

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
pub fn wrap(text: &str, columns: u16) -> impl Iterator<Item = String> + '_ {
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

impl Iterator for Wrapped<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
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
    fn what_could_act_is_shown() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a\tb\n", "a␉b␊"),
            ("\u{1b}]52;c;x\u{7}", "␛]52;c;x␇"),
            ("\0\u{7f}\u{9b}", "␀␡⟨U+009B⟩"),
            ("a\u{202e}b", "a⟨U+202E⟩b"),
            ("in\u{200b}visible", "in⟨U+200B⟩visible"),
            ("\u{e0041}x", "⟨U+E0041⟩x"),
            ("a\u{200d}b", "a⟨U+200D⟩b"),
            ("\u{301}a", "◌\u{301}a"),
            ("Ärger, e\u{301}té, 字, 👩‍🔧, می‌خواهم, क्‍ष", "Ärger, e\u{301}té, 字, 👩‍🔧, می‌خواهم, क्‍ष"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn a_letter_carries_few_marks() {
        let heap = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(visible(&heap), format!("a{}⟨+42⟩b", "\u{301}".repeat(8)));
    }

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
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_left(text: String) {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(unseen));
            prop_assert!(matches!(visible(&shown), Cow::Borrowed(_)) || shown.contains('◌'));
        }

        #[test]
        fn lines_fit_and_keep_every_word(text in "[a-z字 ]{0,80}", columns in 2u16..30) {
            let lines: Vec<String> = wrap(&text, columns).collect();
            for line in &lines {
                prop_assert!(line.width() <= usize::from(columns));
            }
            let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
