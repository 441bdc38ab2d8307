//! A paste from a terminal that does not mark pastes: it sends them as keys, all at once.
//!
//! A list of notes must not become a row of actions: until such a burst is over, every key in it is text.

use super::Input;
use super::decoder::LONGEST_PASTE;
use crate::tui::key::{Code, Key};

/// So many keys in one burst that hold a line's end between letters were pasted, not typed.
const BURST: usize = 16;

/// Whether keys that arrived at once cannot have been typed: there are many, and they are lines of text.
pub(super) fn looks_pasted(burst: &[Input]) -> bool {
    if burst.len() < BURST {
        return false;
    }
    let Some(chars) = burst.iter().map(typed).collect::<Option<Vec<char>>>() else { return false };
    chars.split(|c| *c == '\n').filter(|line| !line.is_empty()).count() > 1
}

/// The text of such a paste so far.
#[derive(Debug, Default)]
pub(super) struct UnmarkedPaste {
    text: String,
    cut: bool,
}

impl UnmarkedPaste {
    /// Takes the keys that have come; those that are no text are dropped.
    pub(super) fn take(&mut self, keys: &mut Vec<Input>) {
        for c in keys.drain(..).filter_map(|key| typed(&key)) {
            if self.text.len() < LONGEST_PASTE {
                self.text.push(c);
            } else {
                self.cut = true;
            }
        }
    }

    pub(super) fn input(self) -> Input {
        Input::Paste { text: self.text, cut: self.cut }
    }
}

/// The character that a key would be in a pasted text.
fn typed(input: &Input) -> Option<char> {
    let Input::Key(key) = input else { return None };
    if *key == Key::plain(Code::Enter) || *key == Key::ctrl('j') {
        return Some('\n');
    }
    if *key == Key::plain(Code::Tab) {
        return Some('\t');
    }
    key.printable()
}

#[cfg(test)]
mod tests {
    use super::super::decoder::Decoder;
    use super::*;

    fn keys(text: &str) -> Vec<Input> {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(text.as_bytes(), &mut out);
        out
    }

    #[test]
    fn a_burst_of_lines_was_pasted() {
        for text in ["first note\rsecond\tnote\r", "a note here\nand another"] {
            assert!(looks_pasted(&keys(text)), "{text:?}");
        }
        for text in [
            "yes\rno\r",
            "one long line of a note\r",
            "\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r",
            "note\r\x1b[6~second note here",
        ] {
            assert!(!looks_pasted(&keys(text)), "{text:?}");
        }
    }

    #[test]
    fn until_it_is_over_every_key_is_text() {
        let mut paste = UnmarkedPaste::default();
        paste.take(&mut keys("first\rsecond"));
        paste.take(&mut keys(" note\x11\x1b[6~\r"));
        assert_eq!(paste.input(), Input::Paste { text: "first\nsecond note\n".to_owned(), cut: false });
    }
}
