//! Bytes from a terminal made into keys and pastes.
//!
//! Knows the sequences of xterm and its relatives, the Linux console, rxvt and kitty. Whatever it does not know
//! it drops whole, so that no unknown answer of a terminal is ever typed. Takes any bytes in any portions; the
//! memory it uses is bounded.

use crate::tui::key::{Code, Key, Mods};

use super::Input;

/// A paste is cut at this many bytes.
pub const LONGEST_PASTE: usize = 16 * 1024 * 1024;

/// A sequence that is longer than this is none.
const LONGEST_SEQUENCE: usize = 256;

const PASTE_END: &[u8] = b"\x1b[201~";

/// What has been read of a key or paste that is not complete.
#[derive(Debug, Default)]
pub struct Decoder {
    held: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    cut: bool,
}

/// What the first bytes are.
enum Found {
    /// Not complete: more bytes are needed.
    More,
    /// So many bytes that mean nothing.
    Nothing(usize),
    /// So many bytes that are a key.
    Key(usize, Key),
    /// So many bytes that begin a paste.
    Paste(usize),
}

impl Decoder {
    /// Takes bytes in and adds to `out` what they complete.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        self.held.extend_from_slice(bytes);
        let mut at = 0;
        loop {
            if let Some(paste) = &mut self.paste {
                let Some(used) = paste.take(&self.held[at..]) else { break };
                at += used.bytes;
                if !used.ended {
                    break;
                }
                out.push(std::mem::take(paste).input());
                self.paste = None;
            }
            match first(&self.held[at..]) {
                Found::More => break,
                Found::Nothing(used) => at += used,
                Found::Key(used, key) => {
                    at += used;
                    out.push(Input::Key(key));
                }
                Found::Paste(used) => {
                    at += used;
                    self.paste = Some(Paste::default());
                }
            }
        }
        self.held.drain(..at);
    }

    /// Whether a key has begun that more bytes could complete.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty() && self.paste.is_none()
    }

    /// Whether a paste has begun and not ended.
    #[must_use]
    pub const fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Takes what is held for what it is: no more bytes came. A lone escape is the key.
    pub fn give_up(&mut self, out: &mut Vec<Input>) {
        if self.paste.is_some() {
            return;
        }
        match self.held.as_slice() {
            [0x1b] => out.push(Input::Key(Key::plain(Code::Esc))),
            [0x1b, byte] => out.push(Input::Key(Key::alt(Code::Char(char::from(*byte))))),
            _ => {}
        }
        self.held.clear();
    }
}

/// How much of the bytes a paste took, and whether they ended it.
struct Taken {
    bytes: usize,
    ended: bool,
}

impl Paste {
    fn take(&mut self, bytes: &[u8]) -> Option<Taken> {
        let mut from = 0;
        // Every end begins with an escape, which is rare in text.
        while let Some(found) = bytes[from..].iter().position(|byte| *byte == PASTE_END[0]) {
            let at = from + found;
            if bytes[at..].starts_with(PASTE_END) {
                self.keep(&bytes[..at]);
                return Some(Taken { bytes: at + PASTE_END.len(), ended: true });
            }
            if PASTE_END.starts_with(&bytes[at..]) {
                self.keep(&bytes[..at]);
                return (at > 0).then_some(Taken { bytes: at, ended: false });
            }
            from = at + 1;
        }
        self.keep(bytes);
        (!bytes.is_empty()).then_some(Taken { bytes: bytes.len(), ended: false })
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST_PASTE - self.bytes.len();
        self.cut |= bytes.len() > room;
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn input(self) -> Input {
        let text = String::from_utf8_lossy(&self.bytes);
        // Terminals send a line's end as the Enter key's byte.
        let text =
            if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into() };
        Input::Paste { text, cut: self.cut }
    }
}

fn first(bytes: &[u8]) -> Found {
    match *bytes {
        [] => Found::More,
        [0x1b, ..] => escaped(bytes),
        _ => plain(bytes, false),
    }
}

/// A key without an escape before it.
fn plain(bytes: &[u8], alt: bool) -> Found {
    let key = |used, code, ctrl| Found::Key(used, Key::new(code, Mods { ctrl, alt, shift: false }));
    match bytes[0] {
        b'\r' => key(1, Code::Enter, false),
        b'\t' => key(1, Code::Tab, false),
        0x7f => key(1, Code::Backspace, false),
        0 => key(1, Code::Char(' '), true),
        byte @ 1..=26 => key(1, Code::Char(char::from(byte - 1 + b'a')), true),
        byte @ 27..=31 => key(1, Code::Char(char::from(byte - 27 + b'[')), true),
        _ => match character(bytes) {
            Some((used, Some(c))) if !c.is_control() => key(used, Code::Char(c), false),
            Some((used, _)) => Found::Nothing(used),
            None => Found::More,
        },
    }
}

/// The first character and its length, no character where the bytes are none; nothing where some are missing.
fn character(bytes: &[u8]) -> Option<(usize, Option<char>)> {
    let head = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or("")
        }
        Err(error) => return error.error_len().map(|length| (length, Some(char::REPLACEMENT_CHARACTER))),
    };
    valid.chars().next().map(|c| (c.len_utf8(), Some(c)))
}

fn escaped(bytes: &[u8]) -> Found {
    match bytes[1..] {
        [] => Found::More,
        [b'[', ..] => control_sequence(bytes),
        [b'O', ..] => match bytes.get(2) {
            None => Found::More,
            Some(last) => named(3, function(*last), Mods::default()),
        },
        // Answers of the terminal: they end with a bell or with `ESC \`.
        [b']' | b'P' | b'_' | b'^' | b'X', ..] => string(bytes),
        [0x1b, ..] => Found::Key(1, Key::plain(Code::Esc)),
        [..] => match plain(&bytes[1..], true) {
            Found::Key(used, key) => Found::Key(used + 1, key),
            Found::Nothing(used) => Found::Nothing(used + 1),
            other @ (Found::More | Found::Paste(_)) => other,
        },
    }
}

fn string(bytes: &[u8]) -> Found {
    let end = (2..bytes.len()).find(|at| bytes[*at] == 7 || bytes[*at - 1..].starts_with(b"\x1b\\"));
    match end {
        Some(at) => Found::Nothing(at + 1),
        None if bytes.len() > 16 * LONGEST_SEQUENCE => Found::Nothing(bytes.len()),
        None => Found::More,
    }
}

fn named(used: usize, code: Option<Code>, mods: Mods) -> Found {
    code.map_or(Found::Nothing(used), |code| Found::Key(used, Key::new(code, mods)))
}

/// The key of a sequence that ends with a letter.
const fn function(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The key of a sequence that ends with `~`.
fn numbered(number: u32) -> Option<Code> {
    let f = |n: u32| u8::try_from(n).ok().map(Code::F);
    match number {
        1 | 7 => Some(Code::Home),
        2 => Some(Code::Insert),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => f(number - 10),
        17..=21 => f(number - 11),
        23..=26 => f(number - 12),
        28..=29 => f(number - 13),
        31..=34 => f(number - 14),
        _ => None,
    }
}

fn control_sequence(bytes: &[u8]) -> Found {
    // The Linux console sends F1 to F5 as `ESC [ [ A` to `E`.
    if bytes.get(2) == Some(&b'[') {
        return match bytes.get(3) {
            None => Found::More,
            Some(last @ b'A'..=b'E') => named(4, Some(Code::F(last - b'A' + 1)), Mods::default()),
            Some(_) => Found::Nothing(4),
        };
    }
    let Some(end) = bytes.iter().skip(2).position(|byte| !matches!(byte, 0x20..=0x3f)).map(|at| at + 2)
    else {
        return if bytes.len() > LONGEST_SEQUENCE { Found::Nothing(bytes.len()) } else { Found::More };
    };
    let last = bytes[end];
    if !matches!(last, 0x40..=0x7e) {
        // Something else began in the middle; what came before it means nothing.
        return Found::Nothing(end);
    }
    let used = end + 1;
    let body = std::str::from_utf8(&bytes[2..end]).unwrap_or("?");
    if body.starts_with(['<', '=', '>', '?']) {
        return Found::Nothing(used);
    }
    let mut parts =
        body.split(';').map(|part| part.split(':').map(|number| number.parse::<u32>().unwrap_or(0)));
    let mut part = || parts.next().map(Iterator::collect::<Vec<u32>>).unwrap_or_default();
    let (number, held, third) = (part(), part(), part());
    let nth =
        |part: &[u32], index: usize, missing| part.get(index).copied().filter(|n| *n > 0).unwrap_or(missing);
    let mods = modifiers(nth(&held, 0, 1));
    if nth(&held, 1, 1) == 3 {
        // The key was let go.
        return Found::Nothing(used);
    }
    match (last, nth(&number, 0, 1)) {
        (b'~', 200) => Found::Paste(used),
        (b'~', 27) => named(used, coded(nth(&third, 0, 0)), mods),
        (b'~', number) => named(used, numbered(number), mods),
        (b'u', code) => named(used, coded(code), mods),
        (b'Z', _) => named(used, Some(Code::Tab), Mods { shift: true, ..mods }),
        // With another number it is the answer to a question for the cursor.
        (b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S', 1) => named(used, function(last), mods),
        _ => Found::Nothing(used),
    }
}

const fn modifiers(number: u32) -> Mods {
    let bits = number.saturating_sub(1);
    Mods { shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
}

/// The key that a sequence names by its character's number.
fn coded(number: u32) -> Option<Code> {
    match number {
        9 => Some(Code::Tab),
        13 | 57_414 => Some(Code::Enter),
        27 => Some(Code::Esc),
        8 | 127 => Some(Code::Backspace),
        // Keys that have no character: volume, the modifiers themselves.
        57_344..=63_743 => None,
        _ => char::from_u32(number).filter(|c| !c.is_control()).map(Code::Char),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(bytes, &mut out);
        decoder.give_up(&mut out);
        out.iter().map(told).collect::<Vec<_>>().join(" ")
    }

    fn told(input: &Input) -> String {
        match input {
            Input::Key(key) => key.to_string(),
            Input::Paste { text, cut } => format!("paste({text:?}{})", if *cut { ", cut" } else { "" }),
        }
    }

    #[test]
    fn keys_of_many_terminals() {
        for (bytes, keys) in [
            (&b"aZ\xc3\xa4\xe2\x82\xac"[..], "a Z ä €"),
            (b"\r\n\t\x7f\x08", "Enter Ctrl+J Tab Backspace Backspace"),
            (b"\x01\x10\x1a\x00\x1f", "Ctrl+A Ctrl+P Ctrl+Z Ctrl+Space Ctrl+_"),
            (b"\x1b", "Esc"),
            (b"\x1b\x1b", "Esc Esc"),
            (b"\x1bb\x1b\r\x1b\x7f", "Alt+b Alt+Enter Alt+Backspace"),
            (b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;2D", "Up Down Ctrl+Right Shift+Left"),
            (b"\x1b[H\x1bOF\x1b[1~\x1b[8~", "Home End Home End"),
            (b"\x1b[5~\x1b[6~\x1b[3~\x1b[2~\x1b[3;5~", "PageUp PageDown Delete Insert Ctrl+Delete"),
            (b"\x1bOP\x1b[15~\x1b[24~\x1b[[A\x1b[1;2P", "F1 F5 F12 F1 Shift+F1"),
            (b"\x1b[Z", "Shift+Tab"),
            (b"\x1b[97;5u\x1b[13;3u\x1b[106;5:1u\x1b[106;5:3u", "Ctrl+A Alt+Enter Ctrl+J"),
            (b"\x1b[27;5;112~", "Ctrl+P"),
            (b"\x1bO", "Alt+O"),
            (b"\x1b[", "Alt+["),
        ] {
            assert_eq!(decoded(bytes), keys, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_unknown_is_never_typed() {
        for bytes in [
            &b"\x1b[?62;22c"[..],
            b"\x1b[12;40R",
            b"\x1b[<0;10;20M",
            b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
            b"\x1b]0;title\x07",
            b"\x1bP>|XTerm(380)\x1b\\",
            b"\x1b[I",
            b"\x1b[201~",
            b"\xc2\x9b",
        ] {
            assert_eq!(decoded(&[bytes, b"x"].concat()), "x", "{bytes:?}");
        }
        assert_eq!(decoded(b"\x1b[12\x1b[Ax"), "Up x");
        assert_eq!(decoded(b"\xff\xc3x"), "\u{fffd} \u{fffd} x");
    }

    #[test]
    fn a_paste_is_one_thing_whatever_it_holds() {
        assert_eq!(
            decoded(b"\x1b[200~a\rb\r\nc\x1b[A\x11\x1b[201~x"),
            "paste(\"a\\nb\\nc\\u{1b}[A\\u{11}\") x"
        );
        assert_eq!(decoded(b"\x1b[200~\x1b[201~\x1b[200~b\x1b[201~"), "paste(\"\") paste(\"b\")");
        assert_eq!(decoded(b"\x1b[200~never ended"), "");
    }

    #[test]
    fn a_paste_is_cut_where_memory_would_end() {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(b"\x1b[200~", &mut out);
        let chunk = vec![b'a'; 1024 * 1024];
        for _ in 0..20 {
            decoder.feed(&chunk, &mut out);
        }
        assert!(out.is_empty() && decoder.is_pasting() && decoder.held.len() < 16);
        decoder.feed(PASTE_END, &mut out);
        let Some(Input::Paste { text, cut: true }) = out.first() else { panic!("{}", out.len()) };
        assert_eq!(text.len(), LONGEST_PASTE);
    }

    proptest! {
        #[test]
        fn portions_make_no_difference(bytes in any_bytes(), cuts in proptest::collection::vec(0usize..80, 0..6)) {
            let (mut decoder, mut out) = (Decoder::default(), Vec::new());
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut < bytes.len()).collect();
            cuts.sort_unstable();
            let mut from = 0;
            for cut in cuts {
                decoder.feed(&bytes[from..cut], &mut out);
                from = cut;
            }
            decoder.feed(&bytes[from..], &mut out);
            decoder.give_up(&mut out);
            prop_assert_eq!(out.iter().map(told).collect::<Vec<_>>().join(" "), decoded(&bytes));
        }

        #[test]
        fn no_bytes_type_a_control_character(bytes in any_bytes()) {
            let (mut decoder, mut out) = (Decoder::default(), Vec::new());
            decoder.feed(&bytes, &mut out);
            for input in out {
                if let Input::Key(key) = input {
                    prop_assert!(key.printable().is_none_or(|c| !c.is_control()));
                }
            }
        }
    }

    fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            any::<u8>().prop_map(|byte| vec![byte]),
            Just(b"\x1b[".to_vec()),
            Just(b"\x1b[200~".to_vec()),
            Just(PASTE_END.to_vec()),
            "[0-9;:~u]{1,4}".prop_map(String::into_bytes),
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }
}
