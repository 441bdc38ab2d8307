//! Reads Rust source just well enough: words and signs with their lines, and the paths among them.

use std::path::Path;

/// A path as it is written, with the module it is written in, relative to the crate's root.
#[derive(Debug, PartialEq)]
pub(super) struct Use {
    pub(super) line: usize,
    pub(super) segments: Vec<String>,
    /// Whether `&mut` stands before it.
    pub(super) changed: bool,
    /// The modules written out in the file around it.
    pub(super) inside: Vec<String>,
    /// Whether it is only compiled for tests.
    pub(super) test: bool,
}

#[derive(Debug, PartialEq)]
struct Token {
    line: usize,
    text: String,
}

/// Every Rust file under a folder, by its name from there.
pub(super) fn read_folder(folder: &Path, name: &str) -> Vec<(String, String)> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files.extend(read_folder(&path, &name));
        } else if name.ends_with(".rs") {
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    files
}

/// The lines in which a function of this name is called by a path.
pub(super) fn calls(text: &str, function: &str) -> Vec<usize> {
    let tokens = tokens(text);
    let call =
        |window: &[Token]| window[0].text == "::" && window[1].text == function && window[2].text == "(";
    tokens.windows(3).filter(|window| call(window)).map(|window| window[1].line).collect()
}

/// The calls of these functions on something of these names, each with the function that it stands in.
pub(super) fn called_on(text: &str, receivers: &[&str], functions: &[&str]) -> Vec<(String, String)> {
    called(text, functions, |before| match before {
        [.., receiver, dot] if dot == "." && receiver != ")" => receivers.contains(&receiver.as_str()),
        [.., receiver, open, close, dot]
            if (open.as_str(), close.as_str(), dot.as_str()) == ("(", ")", ".") =>
        {
            receivers.contains(&receiver.as_str())
        }
        _ => false,
    })
}

/// The calls of these functions by their mere names, each with the function that it stands in.
pub(super) fn called_by_name(text: &str, functions: &[&str]) -> Vec<(String, String)> {
    called(text, functions, |before| {
        before.last().is_some_and(|sign| !matches!(sign.as_str(), "." | "::" | "fn"))
    })
}

/// The calls, but for those in the tests at the end of a file, of which the words before are as asked for.
fn called(text: &str, functions: &[&str], stands: impl Fn(&[String]) -> bool) -> Vec<(String, String)> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let words: Vec<String> = tokens(code).into_iter().map(|token| token.text).collect();
    let mut within = String::new();
    let mut found = Vec::new();
    for at in 1..words.len().saturating_sub(1) {
        if words[at - 1] == "fn" && is_word(&words[at]) {
            within.clone_from(&words[at]);
        } else if words[at + 1] == "(" && functions.contains(&words[at].as_str()) && stands(&words[..at]) {
            found.push((within.clone(), words[at].clone()));
        }
    }
    found
}

/// Every path of two or more parts, and every name after `&mut`.
pub(super) fn uses(text: &str) -> Vec<Use> {
    Reader { tokens: tokens(text), at: 0, blocks: Vec::new(), test: false, found: Vec::new() }.read()
}

/// Words after which a path may begin with `::`.
const KEYWORDS: &[&str] = &[
    "as", "break", "dyn", "else", "for", "if", "impl", "in", "let", "match", "mut", "ref", "return", "use",
    "where", "while",
];

struct Block {
    module: Option<String>,
    test: bool,
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    blocks: Vec<Block>,
    /// Whether the item that begins here has `#[cfg(test)]`.
    test: bool,
    found: Vec<Use>,
}

impl Reader {
    fn read(mut self) -> Vec<Use> {
        while self.at < self.tokens.len() {
            match self.text(0) {
                "#" if self.follows(&["#", "[", "cfg", "(", "test", ")", "]"]) => {
                    self.test = true;
                    self.at += 7;
                }
                "mod" if self.text(2) == "{" => {
                    let module = Some(self.text(1).to_owned());
                    self.open(module);
                    self.at += 3;
                }
                "{" => {
                    self.open(None);
                    self.at += 1;
                }
                "}" => {
                    self.blocks.pop();
                    self.at += 1;
                }
                ";" => {
                    self.test = false;
                    self.at += 1;
                }
                "::" if is_word(self.text(1)) && !self.goes_on() => {
                    self.at += 1;
                    self.path(&[]);
                }
                "&" => self.reference(),
                word if is_name(word) && self.joins(1) && !self.goes_on() => self.path(&[]),
                word if is_word(word) && self.before() == "use" => self.path(&[]),
                _ => self.at += 1,
            }
        }
        self.found
    }

    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }

    fn before(&self) -> &str {
        self.at.checked_sub(1).map_or("", |before| &self.tokens[before].text)
    }

    fn follows(&self, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(ahead, text)| self.text(ahead) == *text)
    }

    /// Whether what stands here goes on with a path that began before.
    fn goes_on(&self) -> bool {
        match self.text(0) {
            "::" => is_name(self.before()) || self.before() == ">",
            _ => self.before() == "::",
        }
    }

    /// Whether a path goes on to another part here, and not to a type's parameters.
    fn joins(&self, ahead: usize) -> bool {
        self.text(ahead) == "::"
            && (is_word(self.text(ahead + 1)) || matches!(self.text(ahead + 1), "{" | "*"))
    }

    fn open(&mut self, module: Option<String>) {
        let test = self.test || self.blocks.last().is_some_and(|block| block.test);
        self.blocks.push(Block { module, test });
        self.test = false;
    }

    fn reference(&mut self) {
        self.at += 1;
        if self.text(0).starts_with('\'') {
            self.at += 1;
        }
        if self.text(0) == "mut" && is_word(self.text(1)) {
            self.at += 1;
            let first = self.found.len();
            self.path(&[]);
            self.found[first..].iter_mut().for_each(|found| found.changed = true);
        }
    }

    /// Reads the path that begins here, or the paths, where it ends in braces.
    fn path(&mut self, start: &[String]) {
        let mut segments = start.to_vec();
        let line = self.tokens[self.at].line;
        loop {
            let word = self.text(0).to_owned();
            self.at += 1;
            if word == "{" {
                self.group(&segments);
                return;
            }
            segments.push(word);
            if !self.joins(0) {
                break;
            }
            self.at += 1;
        }
        let inside = self.blocks.iter().filter_map(|block| block.module.clone()).collect();
        let test = self.test || self.blocks.last().is_some_and(|block| block.test);
        self.found.push(Use { line, segments, changed: false, inside, test });
    }

    fn group(&mut self, start: &[String]) {
        while self.at < self.tokens.len() {
            match self.text(0) {
                "}" => {
                    self.at += 1;
                    return;
                }
                "as" => self.at += 2,
                "," => self.at += 1,
                _ => self.path(start),
            }
        }
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

fn is_name(text: &str) -> bool {
    is_word(text) && !KEYWORDS.contains(&text)
}

/// Words, lifetimes, `::` and single signs; without comments, texts and white space.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let length = skipped(rest).unwrap_or(0);
        let length = if length > 0 {
            length
        } else {
            let length = token(rest);
            tokens.push(Token { line, text: rest[..length].to_owned() });
            length
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of the white space, comment or text that begins here.
fn skipped(rest: &str) -> Option<usize> {
    let mut characters = rest.chars();
    let first = characters.next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        let after = &rest.strip_prefix(prefix).unwrap_or("-").trim_start_matches('#');
        after.starts_with('"') && (prefix.contains('r') || !rest[prefix.len()..].starts_with('#'))
    });
    if let Some(prefix) = prefix {
        let body = &rest[prefix.len()..];
        let length = if prefix.contains('r') { raw_text(body) } else { quoted(body, '"') };
        return Some(prefix.len() + length);
    }
    let byte = usize::from(rest.starts_with("b'"));
    let mut inner = rest[byte..].strip_prefix('\'')?.chars();
    let is_character = matches!((inner.next(), inner.next()), (Some('\\'), _) | (Some(_), Some('\'')));
    is_character.then(|| byte + quoted(&rest[byte..], '\''))
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn raw_text(body: &str) -> usize {
    let hashes = body.len() - body.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 1;
    body[start..].find(&end).map_or(body.len(), |at| start + at + end.len())
}

fn quoted(body: &str, quote: char) -> usize {
    let mut characters = body.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return at + 1;
        }
    }
    body.len()
}

fn token(rest: &str) -> usize {
    if rest.starts_with("::") {
        return 2;
    }
    let word =
        |text: &str| text.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(text.len());
    match rest.strip_prefix('\'') {
        Some(lifetime) => 1 + word(lifetime),
        None => word(rest).max(rest.chars().next().map_or(1, char::len_utf8)),
    }
}

#[cfg(test)]
mod tests {
    use super::{called_by_name, called_on, calls, tokens, uses};

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        uses(text).iter().map(|found| found.segments.join("::")).collect()
    }

    #[test]
    fn comments_and_texts_are_no_code() {
        assert_eq!(words("a // b::c\n/* d /* e */ f */ g"), ["a", "g"]);
        assert_eq!(words(r##"a "b \" c" r"d\" r#"e " f"# b"g" br#"h"# c"i" j"##), ["a", "j"]);
        assert_eq!(words(r"a 'b' '\'' b'c' '\u{1b}' &'d e"), ["a", "&", "'d", "e"]);
        assert_eq!(words("r#type raw r b"), ["r", "#", "type", "raw", "r", "b"]);
    }

    #[test]
    fn calls_on_something_are_found_with_their_function() {
        let text = "fn a(){ self.medium().sync(1); other.sync(); medium.sync(put(2)); x.put(3); m::put(4) }\n\
                    fn put() { medium.sync }\n#[cfg(test)]\nmod tests { fn b() { put(5) } }";
        let of = |calls: &[(&str, &str)]| -> Vec<(String, String)> {
            calls.iter().map(|(function, call)| ((*function).to_owned(), (*call).to_owned())).collect()
        };
        assert_eq!(called_on(text, &["medium"], &["sync"]), of(&[("a", "sync"), ("a", "sync")]));
        assert_eq!(called_by_name(text, &["put"]), of(&[("a", "put")]));
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let lines: Vec<usize> = tokens("a\n\"b\nc\" d\n/*\n*/ e").iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }

    #[test]
    fn paths_are_found_wherever_they_stand() {
        assert_eq!(
            paths("use crate::a::{b, c::{self, D as E}, f::*};"),
            ["crate::a::b", "crate::a::c::self", "crate::a::c::D", "crate::a::f::*"]
        );
        assert_eq!(paths("use {a::b, ::c::d}; use e;"), ["a::b", "c::d", "e"]);
        assert_eq!(
            paths("fn f(x: &crate::a::B<crate::c::D>) -> $crate::E {}"),
            ["crate::a::B", "crate::c::D", "crate::E"]
        );
        assert_eq!(
            paths("x.iter().collect::<Vec<a::B>>(); super::super::f(); <A as b::C>::d()"),
            ["a::B", "super::super::f", "b::C"]
        );
    }

    #[test]
    fn what_may_be_changed_and_what_is_for_tests_is_told() {
        let source = "use a::b;\nfn f(x: &mut a::B, y: &'c mut D) {}\n#[cfg(test)] use e::f;\nuse g::h;\n\
                      #[cfg(test)]\nmod tests { mod inner { use i::j; } }\nuse k::l;";
        let found: Vec<_> = uses(source)
            .into_iter()
            .map(|found| {
                (found.line, found.segments.join("::"), found.changed, found.test, found.inside.join("::"))
            })
            .collect();
        let row =
            |line, path: &str, changed, test, inside: &str| (line, path.into(), changed, test, inside.into());
        assert_eq!(
            found,
            [
                row(1, "a::b", false, false, ""),
                row(2, "a::B", true, false, ""),
                row(2, "D", true, false, ""),
                row(3, "e::f", false, true, ""),
                row(4, "g::h", false, false, ""),
                row(6, "i::j", false, true, "tests::inner"),
                row(7, "k::l", false, false, ""),
            ]
        );
    }

    #[test]
    fn calls_are_found_by_name() {
        assert_eq!(calls("thread::sleep(x);\n// a::sleep()\nsleepy::sleep();\nx.sleep()", "sleep"), [1, 3]);
    }
}
