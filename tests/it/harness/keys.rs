//! The text language for keys, and what a terminal (xterm) sends for each.
//!
//! Words between spaces: a single character is itself; `Enter Tab Esc Space Backspace Delete Insert Up Down
//! Left Right Home End PageUp PageDown F1`…`F12` are keys; `C-`, `A-` and `S-` before either hold control,
//! alt and shift.

/// One key press: how the test wrote it, and the bytes of it.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Key {
    /// Whether a program can only tell this key from the start of another by what follows it.
    pub(super) fn is_prefix_of_others(&self) -> bool {
        self.bytes == [ESC]
    }
}

const ESC: u8 = 0x1b;

#[derive(Clone, Copy, Default)]
struct Held {
    control: bool,
    alt: bool,
    shift: bool,
}

/// Reads a line of keys; the error says which word is not one.
pub(super) fn parse(text: &str) -> Result<Vec<Key>, String> {
    text.split_whitespace()
        .map(|word| match encode(word) {
            Some(bytes) => Ok(Key { name: word.to_owned(), bytes }),
            None => Err(format!("`{word}` is no key that a terminal can send")),
        })
        .collect()
}

fn encode(word: &str) -> Option<Vec<u8>> {
    let mut held = Held::default();
    let mut key = word;
    while let Some((modifier, rest)) = key.split_once('-').filter(|(_, rest)| !rest.is_empty()) {
        match modifier {
            "C" => held.control = true,
            "A" => held.alt = true,
            "S" => held.shift = true,
            _ => return None,
        }
        key = rest;
    }
    let mut characters = key.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => plain(character, held),
        _ => named(key, held),
    }
}

fn plain(character: char, held: Held) -> Option<Vec<u8>> {
    if held.shift {
        return None;
    }
    let mut bytes = if held.alt { vec![ESC] } else { Vec::new() };
    if held.control {
        let upper = u8::try_from(character.to_ascii_uppercase()).ok()?;
        bytes.push(matches!(upper, b'@'..=b'_').then_some(upper & 0x1f)?);
    } else {
        bytes.extend(character.to_string().bytes());
    }
    Some(bytes)
}

fn named(key: &str, held: Held) -> Option<Vec<u8>> {
    let single = match (key, held.control, held.shift) {
        ("Enter", false, false) => b"\r".as_slice(),
        ("Tab", false, false) => b"\t",
        ("Tab", false, true) => b"\x1b[Z",
        ("Esc", false, false) => b"\x1b",
        ("Space", false, false) => b" ",
        ("Space", true, false) => b"\0",
        ("Backspace", false, false) => b"\x7f",
        ("Backspace", true, false) => b"\x08",
        _ => return sequence(key, held),
    };
    Some(if held.alt { [&[ESC], single].concat() } else { single.to_vec() })
}

fn sequence(key: &str, held: Held) -> Option<Vec<u8>> {
    let modifiers = 1 + u8::from(held.shift) + 2 * u8::from(held.alt) + 4 * u8::from(held.control);
    if let Some((_, letter)) = LETTERS.iter().find(|(name, _)| *name == key) {
        let text = match (modifiers, key.starts_with('F')) {
            (1, true) => format!("\x1bO{letter}"),
            (1, false) => format!("\x1b[{letter}"),
            _ => format!("\x1b[1;{modifiers}{letter}"),
        };
        return Some(text.into_bytes());
    }
    let (_, number) = NUMBERS.iter().find(|(name, _)| *name == key)?;
    let text = match modifiers {
        1 => format!("\x1b[{number}~"),
        _ => format!("\x1b[{number};{modifiers}~"),
    };
    Some(text.into_bytes())
}

const LETTERS: [(&str, char); 10] = [
    ("Up", 'A'),
    ("Down", 'B'),
    ("Right", 'C'),
    ("Left", 'D'),
    ("Home", 'H'),
    ("End", 'F'),
    ("F1", 'P'),
    ("F2", 'Q'),
    ("F3", 'R'),
    ("F4", 'S'),
];

const NUMBERS: [(&str, u8); 12] = [
    ("Insert", 2),
    ("Delete", 3),
    ("PageUp", 5),
    ("PageDown", 6),
    ("F5", 15),
    ("F6", 17),
    ("F7", 18),
    ("F8", 19),
    ("F9", 20),
    ("F10", 21),
    ("F11", 23),
    ("F12", 24),
];

#[cfg(test)]
mod tests {
    use super::parse;

    fn bytes(text: &str) -> Vec<u8> {
        parse(text).unwrap().into_iter().flat_map(|key| key.bytes).collect()
    }

    #[test]
    fn keys_are_sent_as_xterm_sends_them() {
        for (text, expected) in [
            ("a", "a"),
            ("é", "é"),
            ("-", "-"),
            ("Enter", "\r"),
            ("Tab S-Tab", "\t\x1b[Z"),
            ("C-p", "\x10"),
            ("C-P", "\x10"),
            ("C-j", "\n"),
            ("C-Space", "\0"),
            ("A-x", "\x1bx"),
            ("A-Enter", "\x1b\r"),
            ("C-A-g", "\x1b\x07"),
            ("Esc", "\x1b"),
            ("Up C-Up", "\x1b[A\x1b[1;5A"),
            ("PageDown S-PageUp", "\x1b[6~\x1b[5;2~"),
            ("Delete", "\x1b[3~"),
            ("F1 F5 C-F1", "\x1bOP\x1b[15~\x1b[1;5P"),
            ("  ", ""),
        ] {
            assert_eq!(bytes(text), expected.as_bytes(), "{text}");
        }
    }

    #[test]
    fn what_no_terminal_sends_is_refused_by_name() {
        for word in ["C-Enter", "S-a", "X-a", "Return", "C-é", "C-1"] {
            assert_eq!(parse(word), Err(format!("`{word}` is no key that a terminal can send")));
        }
    }
}
