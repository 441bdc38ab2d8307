//! Where the elements of a RON text stand: those of its lists, its maps and its structs.
//!
//! Owns what separates elements, and nothing of what they mean. Only for texts that RON reads: of any other it
//! says something, and never fails. One walk through the text, with no more in mind than how deep it is.

/// What stands between two separators: an element, with those around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame<'a> {
    /// The bracket that holds it: `(`, `[` or `{`.
    pub(super) bracket: char,
    /// What stands before that bracket: the name of a struct or variant; empty where there is none.
    pub(super) owner: &'a str,
    /// Where it begins, behind what separates it from the one before.
    pub(super) from: usize,
    /// Where the first word or bracket in it stands; none where there is nothing in it, as behind a last comma.
    pub(super) first: Option<usize>,
    /// Its name or key; none where it has none.
    pub(super) key: Option<&'a str>,
    /// Where its value begins.
    pub(super) value: usize,
    /// The last word in it, outside of the brackets in it.
    word: &'a str,
}

impl<'a> Frame<'a> {
    const fn new(bracket: char, owner: &'a str, from: usize) -> Self {
        Self { bracket, owner, from, first: None, key: None, value: from, word: "" }
    }
}

/// The end of an element.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    /// Where it stands: on the separator.
    pub(super) at: usize,
    /// Whether the whole of what holds the element ends here.
    pub(super) closes: bool,
}

/// Tells of the end of each element in a text, in their order, those within another before it. The element is
/// the last frame, and what holds it stands before.
pub(super) fn each<'a>(text: &'a str, mut tell: impl FnMut(&[Frame<'a>], End)) {
    let mut frames: Vec<Frame<'a>> = Vec::new();
    for (at, token) in (Tokens { text, at: 0 }) {
        match token {
            Token::Word(word) => {
                if let Some(frame) = frames.last_mut() {
                    frame.word = word;
                    frame.first.get_or_insert(at);
                }
            }
            Token::Sign(bracket @ ('(' | '[' | '{')) => {
                // Outside of all brackets nothing is an element, and the name of the whole says nothing.
                let owner = frames.last_mut().map_or("", |frame| {
                    frame.first.get_or_insert(at);
                    std::mem::take(&mut frame.word)
                });
                frames.push(Frame::new(bracket, owner, at + 1));
            }
            Token::Sign(':') => {
                if let Some(frame) = frames.last_mut().filter(|frame| frame.key.is_none()) {
                    let key = std::mem::take(&mut frame.word);
                    frame.key = Some(key.strip_prefix("r#").unwrap_or(key));
                    frame.value = at + 1;
                }
            }
            Token::Sign(sign) => {
                let closes = sign != ',';
                if !frames.is_empty() {
                    tell(&frames, End { at, closes });
                }
                let Some(frame) = frames.pop().filter(|_| !closes) else { continue };
                frames.push(Frame::new(frame.bracket, frame.owner, at + 1));
            }
        }
    }
}

enum Token<'a> {
    /// A bracket, a comma or a colon.
    Sign(char),
    /// A name, a number or a text.
    Word(&'a str),
}

/// The tokens of a text with their places, without what RON passes over.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            let passed = if is_space(first) { first.len_utf8() } else { comment(rest) };
            if passed == 0 {
                break;
            }
            self.at += passed;
        }
        let (at, rest) = (self.at, &self.text[self.at..]);
        let first = rest.chars().next()?;
        let sign = is_sign(first);
        let len = if sign { 1 } else { word(rest).max(first.len_utf8()) };
        self.at += len;
        Some((at, if sign { Token::Sign(first) } else { Token::Word(&rest[..len]) }))
    }
}

/// What RON takes for white space.
pub(super) const fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

const fn is_sign(letter: char) -> bool {
    matches!(letter, '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':')
}

/// How long the comment is with which a text begins; 0 where it begins with none.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if !text.starts_with("/*") {
        return 0;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        at += match rest {
            [b'/', b'*', ..] => {
                depth += 1;
                2
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// How long the word is with which a text begins.
fn word(text: &str) -> usize {
    let plain = text.strip_prefix('b').unwrap_or(text);
    let before = text.len() - plain.len();
    if let Some(raw) = plain.strip_prefix('r') {
        let signs = raw.len() - raw.trim_start_matches('#').len();
        if let Some(inside) = raw[signs..].strip_prefix('"') {
            let close = format!("\"{}", "#".repeat(signs));
            let inside = inside.find(&close).map_or(inside.len(), |at| at + close.len());
            return before + 1 + signs + 1 + inside;
        }
    }
    match plain.chars().next() {
        Some(quote @ ('"' | '\'')) => before + quoted(plain, quote),
        _ => {
            let ends = |(at, letter): &(usize, char)| {
                is_space(*letter)
                    || is_sign(*letter)
                    || matches!(letter, '"' | '\'')
                    || comment(&text[*at..]) > 0
            };
            text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
        }
    }
}

/// How long a text in quotes is, with them.
fn quoted(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote && (quote == '"' || at > 1) {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each element in its order: the brackets around it, its key and its text.
    fn elements(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each(text, |frames, end| {
            let around: String =
                frames.iter().map(|frame| format!("{}{}", frame.owner, frame.bracket)).collect();
            let frame = frames.last().unwrap();
            if frame.first.is_some() {
                found.push(format!(
                    "{around} {:?} {}",
                    frame.key.unwrap_or("-"),
                    text[frame.value..end.at].trim()
                ));
            }
        });
        found
    }

    #[test]
    fn every_element_is_found_whatever_stands_in_texts_and_comments() {
        let text = r####"Session( // ( one
            a: [1, Foo(b: "x, \"(", c: 'd'), r#"]"# ], /* , /* ( */ */ r#to-do: { "k": '\'', 2: '"' },
            e /* : */ : Some((f: b"\")", g: br##""#,"##)), h: ''', i: (),
        )"####;
        insta::assert_snapshot!(elements(text).join("\n"), @r####"
        ([ "-" 1
        ([Foo( "b" "x, \"("
        ([Foo( "c" 'd'
        ([ "-" Foo(b: "x, \"(", c: 'd')
        ([ "-" r#"]"#
        ( "a" [1, Foo(b: "x, \"(", c: 'd'), r#"]"# ]
        ({ "\"k\"" '\''
        ({ "2" '"'
        ( "to-do" { "k": '\'', 2: '"' }
        (Some(( "f" b"\")"
        (Some(( "g" br##""#,"##
        (Some( "-" (f: b"\")", g: br##""#,"##)
        ( "e" Some((f: b"\")", g: br##""#,"##))
        ( "h" '''
        ( "i" ()
        "####);
    }

    #[test]
    fn what_is_no_ron_is_walked_through_all_the_same() {
        for text in
            ["", ")", "((", "]:,", "\"", "r#\"x", "'", "/*", "//", "a:b:c", "(\u{e9}\u{2028}:'\\", "b", "br"]
        {
            each(text, |frames, end| assert!(!frames.is_empty() && end.at <= text.len()));
        }
    }
}
