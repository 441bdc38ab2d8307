//! Text from people, made fit to be sent to a terminal, a file or a mail: what could act on a reader's
//! screen becomes visible.
//!
//! Owns what counts as harmless. Never changes what is stored, and knows no screen.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Combining characters that one letter may carry before the rest is counted instead of drawn.
const MARKS: usize = 8;

/// The text with everything that is invisible or could act on a terminal as visible symbols.
///
/// Line feeds count as control characters here: whoever wants lines breaks at them before.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if plain(text.as_bytes()) {
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

/// Whether these are letters, digits and signs of ASCII alone, of which each is seen, and takes one column.
#[must_use]
pub fn plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| (b' '..=b'~').contains(byte))
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

/// Whether it must not be sent as it is: control characters, and what takes no room but changes the order
/// or meaning of what stands beside it.
#[must_use]
pub fn unseen(c: char) -> bool {
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

/// A clause as it stands at the beginning of a sentence.
#[must_use]
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How many columns a text takes once it is [`visible`].
#[must_use]
pub fn width(text: &str) -> usize {
    visible(text).width()
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
    fn a_sentence_begins_with_a_capital() {
        for (clause, whole) in
            [("couldn't", "Couldn't"), ("\u{e9}t\u{e9}", "\u{c9}t\u{e9}"), ("\"a\" b", "\"a\" b"), ("", "")]
        {
            assert_eq!(sentence(clause), whole);
        }
    }

    #[test]
    fn a_letter_carries_few_marks() {
        let heap = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(visible(&heap), format!("a{}⟨+42⟩b", "\u{301}".repeat(8)));
    }

    #[test]
    fn columns_are_those_of_what_is_shown() {
        assert_eq!(width("a\tb"), 3);
        assert_eq!(width("字"), 2);
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_left(text: String) {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(unseen));
            prop_assert!(matches!(visible(&shown), Cow::Borrowed(_)) || shown.contains('◌'));
        }
    }
}
