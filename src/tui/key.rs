//! A key as a person names it: `Ctrl+P`, `PageDown`, `Alt+Enter`, `?`.
//!
//! Owns the normal form of keys and their names. Terminals disagree about modifiers; whatever reads a
//! terminal builds keys through [`Key::new`], so that one press has one value. Never knows what a key does.

use std::fmt;
use std::str::FromStr;

/// One press of a key in its normal form.
///
/// Shift is kept only where it is not part of the character: `Shift+Tab`, `Shift+Up`, but `A` and `?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// Which key, without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as the keyboard's layout gives it.
    Char(char),
    /// A function key, 1 to 24.
    F(u8),
    /// Return on either part of the keyboard.
    Enter,
    /// The tabulator.
    Tab,
    /// Escape.
    Esc,
    /// Takes away backwards.
    Backspace,
    /// Takes away forwards.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page back; a clicker's *back*.
    PageUp,
    /// A page on; a clicker's *next*.
    PageDown,
}

/// The modifiers a terminal reported with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mods {
    /// Control was held.
    pub ctrl: bool,
    /// Alt (or Option, or an escape before the key).
    pub alt: bool,
    /// Shift was held.
    pub shift: bool,
}

/// Named keys with the names that are read; the first is the one shown.
const NAMES: &[(Code, &[&str])] = &[
    (Code::Enter, &["Enter", "Return"]),
    (Code::Tab, &["Tab"]),
    (Code::Esc, &["Esc", "Escape"]),
    (Code::Char(' '), &["Space"]),
    (Code::Backspace, &["Backspace"]),
    (Code::Delete, &["Delete", "Del"]),
    (Code::Insert, &["Insert", "Ins"]),
    (Code::Up, &["Up"]),
    (Code::Down, &["Down"]),
    (Code::Left, &["Left"]),
    (Code::Right, &["Right"]),
    (Code::Home, &["Home"]),
    (Code::End, &["End"]),
    (Code::PageUp, &["PageUp", "PgUp"]),
    (Code::PageDown, &["PageDown", "PgDn"]),
];

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without modifiers.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with control held; give letters in lower case.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// A key with alt held.
    #[must_use]
    pub const fn alt(code: Code) -> Self {
        Self { code, ctrl: false, alt: true, shift: false }
    }

    /// A named key with shift held.
    #[must_use]
    pub const fn shift(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: true }
    }

    /// The normal form of what a terminal reported.
    #[must_use]
    pub fn new(code: Code, mods: Mods) -> Self {
        let Mods { ctrl, alt, shift } = mods;
        let Code::Char(c) = code else { return Self { code, ctrl, alt, shift } };
        // AltGr arrives as Ctrl+Alt on some systems, Option as Alt: what they wrote is the key.
        let composed = if ctrl { alt && !c.is_ascii_alphanumeric() } else { alt && !c.is_ascii() };
        if composed {
            return Self::char(c);
        }
        match (ctrl, c.to_ascii_lowercase()) {
            (true, 'm') => Self { code: Code::Enter, ctrl: false, alt, shift: false },
            (true, 'i') => Self { code: Code::Tab, ctrl: false, alt, shift },
            (true, '[') => Self { code: Code::Esc, ctrl: false, alt, shift: false },
            (true, 'h') => Self { code: Code::Backspace, ctrl: false, alt, shift: false },
            (true, lower) => Self { code: Code::Char(lower), ctrl, alt, shift: false },
            (false, _) if shift => Self { code: Code::Char(c.to_ascii_uppercase()), ctrl, alt, shift: false },
            (false, _) => Self { code, ctrl, alt, shift: false },
        }
    }

    /// Which key it is.
    #[must_use]
    pub const fn code(self) -> Code {
        self.code
    }

    /// The modifiers that are part of it.
    #[must_use]
    pub const fn mods(self) -> Mods {
        Mods { ctrl: self.ctrl, alt: self.alt, shift: self.shift }
    }

    /// The character it writes where text is typed, if it writes one.
    #[must_use]
    pub const fn printable(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            Code::Char(_)
            | Code::F(_)
            | Code::Enter
            | Code::Tab
            | Code::Esc
            | Code::Backspace
            | Code::Delete
            | Code::Insert
            | Code::Up
            | Code::Down
            | Code::Left
            | Code::Right
            | Code::Home
            | Code::End
            | Code::PageUp
            | Code::PageDown => None,
        }
    }

    /// The name for a line that has little room: `PgDn` for `PageDown`.
    #[must_use]
    pub fn short(self) -> String {
        self.to_string().replace("PageDown", "PgDn").replace("PageUp", "PgUp").replace("Delete", "Del")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((_, names)) = NAMES.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(names[0]);
        }
        if let Code::F(n) = self.code {
            return write!(f, "F{n}");
        }
        if let Code::Char(c) = self.code {
            return if self.ctrl { write!(f, "{}", c.to_ascii_uppercase()) } else { write!(f, "{c}") };
        }
        Ok(())
    }
}

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchKey {
    /// What was written.
    pub text: String,
    /// A name that is near to it.
    pub near: Option<String>,
}

impl fmt::Display for NoSuchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no key", self.text)?;
        match &self.near {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None => f.write_str("; keys are written like `Ctrl+N`, `PageDown`, `Alt+Enter`, `F3` or `e`"),
        }
    }
}

impl std::error::Error for NoSuchKey {}

impl FromStr for Key {
    type Err = NoSuchKey;

    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        let mut mods = Mods::default();
        let mut rest = text.trim();
        while let Some((head, tail)) = rest.split_once('+').filter(|(_, tail)| !tail.is_empty()) {
            let held = match head.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => &mut mods.ctrl,
                "alt" => &mut mods.alt,
                "shift" => &mut mods.shift,
                _ => return Err(no_such_key(text)),
            };
            *held = true;
            rest = tail;
        }
        if rest.eq_ignore_ascii_case("backtab") {
            return Ok(Self::shift(Code::Tab));
        }
        code_named(rest).map(|code| Self::new(code, mods)).ok_or_else(|| no_such_key(text))
    }
}

fn code_named(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return (!only.is_control()).then_some(Code::Char(only));
    }
    if let Some(number) = name.strip_prefix(['F', 'f']).and_then(|digits| digits.parse::<u8>().ok()) {
        return (1..=24).contains(&number).then_some(Code::F(number));
    }
    NAMES
        .iter()
        .find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .map(|(code, _)| *code)
}

fn no_such_key(text: &str) -> NoSuchKey {
    let (held, name) = text.trim().rfind('+').map_or(("", text.trim()), |at| text.trim().split_at(at + 1));
    let near = super::action::nearest(name, NAMES.iter().flat_map(|(_, names)| names.iter().copied()));
    let near = near.map(|near| format!("{held}{near}"));
    // A wrong modifier stays wrong in the suggestion, so only a suggestion that reads is given.
    let near = near.filter(|near| near != text && near.parse::<Key>().is_ok());
    NoSuchKey { text: text.to_owned(), near }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_read_as_they_are_shown() {
        for (text, key) in [
            ("Ctrl+P", Key::ctrl('p')),
            ("PageDown", Key::plain(Code::PageDown)),
            ("Alt+Enter", Key::alt(Code::Enter)),
            ("Shift+Tab", Key::shift(Code::Tab)),
            ("?", Key::char('?')),
            ("+", Key::char('+')),
            ("Ctrl++", Key::ctrl('+')),
            ("Space", Key::char(' ')),
            ("F12", Key::plain(Code::F(12))),
            ("ä", Key::char('ä')),
        ] {
            assert_eq!(text.parse(), Ok(key), "{text}");
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn other_spellings_read_too() {
        for (text, key) in [
            ("ctrl+p", Key::ctrl('p')),
            ("Control+Shift+P", Key::ctrl('p')),
            ("BackTab", Key::shift(Code::Tab)),
            ("pgdn", Key::plain(Code::PageDown)),
            ("Shift+a", Key::char('A')),
            ("Ctrl+M", Key::plain(Code::Enter)),
            ("Ctrl+I", Key::plain(Code::Tab)),
        ] {
            assert_eq!(text.parse(), Ok(key), "{text}");
        }
    }

    #[test]
    fn a_wrong_name_is_met_with_a_near_one() {
        for (text, near) in [
            ("PageDwon", Some("PageDown")),
            ("Alt+Entre", Some("Alt+Enter")),
            ("Hyper+X", None),
            ("", None),
            ("F99", None),
            ("Ctrl+", None),
            ("\u{1b}", None),
        ] {
            let error = text.parse::<Key>().unwrap_err();
            assert_eq!(error.near.as_deref(), near, "{text}");
        }
    }

    #[test]
    fn what_a_terminal_reports_has_one_normal_form() {
        let held = |ctrl, alt, shift| Mods { ctrl, alt, shift };
        for (code, mods, key) in [
            (Code::Char('J'), held(true, false, true), Key::ctrl('j')),
            (Code::Char('a'), held(false, false, true), Key::char('A')),
            (Code::Char('@'), held(true, true, false), Key::char('@')),
            (Code::Char('€'), held(true, true, false), Key::char('€')),
            (Code::Char('ł'), held(false, true, false), Key::char('ł')),
            (Code::Char('b'), held(false, true, false), Key::alt(Code::Char('b'))),
            (Code::Tab, held(false, false, true), Key::shift(Code::Tab)),
        ] {
            assert_eq!(Key::new(code, mods), key);
        }
    }

    proptest! {
        #[test]
        fn every_key_has_a_name_that_reads_back(c in any::<char>(), ctrl: bool, alt: bool, shift: bool) {
            prop_assume!(!c.is_control() && !c.is_whitespace());
            let key = Key::new(Code::Char(c), Mods { ctrl, alt, shift });
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn no_text_makes_reading_panic(text: String) {
            let _ = text.parse::<Key>();
        }
    }
}
