//! Mistakes in a script as lines for people: what, where, the line itself, what would be right.
//!
//! Control characters in a line are shown as symbols, one for each, so that columns stay right.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::scripts::Source;
use crate::script::{Mistake, Weight};
use crate::text::visible;

/// All mistakes one after the other, and how many there are. `more` were found and are only counted.
pub(super) fn show(source: &Source, mistakes: &[Mistake], more: usize, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let name = visible(&source.name);
    let mut out = String::new();
    for mistake in mistakes {
        out.push_str(&renderer.render(&[group(&name, &source.text, mistake)]));
        out.push_str("\n\n");
    }
    out.push_str(&format!("{name}: {}\n", count(mistakes, more)));
    out
}

/// "2 mistakes and 1 warning".
fn count(mistakes: &[Mistake], more: usize) -> String {
    let warnings = mistakes.iter().filter(|mistake| mistake.weight == Weight::Warning).count();
    let errors = mistakes.len() - warnings + more;
    let some = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    };
    let told = [some(errors, "mistake"), some(warnings, "warning")].into_iter().flatten();
    let mut told = told.collect::<Vec<_>>().join(" and ");
    if more > 0 {
        told.push_str(&format!("; the first {} are shown", mistakes.len()));
    }
    told
}

fn group<'a>(name: &str, text: &str, mistake: &Mistake) -> Group<'a> {
    let level = match mistake.weight {
        Weight::Error => Level::ERROR,
        Weight::Warning => Level::WARNING,
    };
    let main = Spot::of(text, &mistake.at);
    let also = mistake.also.as_ref().map(|(at, what)| (Spot::of(text, at), visible(what).into_owned()));
    let also = also.filter(|(spot, _)| !spot.is_long());
    let title = level.primary_title(visible(&mistake.what).into_owned());
    let mut group = if main.is_long() {
        title.element(Origin::path(name.to_owned()).line(main.line).char_column(main.column()))
    } else {
        title.element(
            main.snippet(name).annotation(AnnotationKind::Primary.span(main.span.clone())).annotations(
                also.iter()
                    .filter(|(spot, _)| spot.line == main.line)
                    .map(|(spot, what)| AnnotationKind::Context.span(spot.span.clone()).label(what.clone())),
            ),
        )
    };
    if let Some((spot, what)) = also.filter(|(spot, _)| spot.line != main.line) {
        let annotation = AnnotationKind::Context.span(spot.span.clone()).label(what);
        group = group.element(spot.snippet(name).annotation(annotation));
    }
    if let Some(help) = &mistake.help {
        group = group.element(Level::HELP.message(visible(help).into_owned()));
    }
    group
}

/// A line of more bytes than this is not shown: nobody could read it, and laying it out takes many times its size.
const LONGEST_LINE: usize = 200_000;

/// A range of a text in the one line where it begins.
struct Spot {
    /// The line's number, from 1.
    line: usize,
    /// The line, fit to be shown.
    shown: String,
    /// The range in it, in bytes.
    span: Range<usize>,
}

impl Spot {
    fn of(text: &str, at: &Range<usize>) -> Self {
        let body = text.trim_start_matches('\u{feff}');
        let mark = text.len() - body.len();
        let start = at.start.saturating_sub(mark).min(body.len());
        let begin = body[..start].rfind('\n').map_or(0, |feed| feed + 1);
        let line = body[..begin].matches('\n').count() + 1;
        let rest = &body[begin..];
        let whole = rest.split('\n').next().unwrap_or_default();
        let whole = whole.strip_suffix('\r').unwrap_or(whole);
        let from = (start - begin).min(whole.len());
        let to = at.end.saturating_sub(mark + begin).clamp(from, whole.len());
        let mut shown = symbols(&whole[..from]);
        let from_shown = shown.len();
        shown.push_str(&symbols(&whole[from..to]));
        let span = from_shown..shown.len();
        shown.push_str(&symbols(&whole[to..]));
        Self { line, shown, span }
    }

    const fn is_long(&self) -> bool {
        self.shown.len() > LONGEST_LINE
    }

    /// Where it begins in its line, in characters from 1.
    fn column(&self) -> usize {
        self.shown[..self.span.start].chars().count() + 1
    }

    fn snippet<'a, T: Clone>(&self, name: &str) -> Snippet<'a, T> {
        Snippet::source(self.shown.clone()).line_start(self.line).path(name.to_owned())
    }
}

/// The text with one visible symbol in place of each character that acts or hides.
fn symbols(text: &str) -> String {
    let symbol = |letter: char| {
        if letter == '\t' || (' '..='~').contains(&letter) {
            return letter;
        }
        let mut bytes = [0; 4];
        let shown = visible(letter.encode_utf8(&mut bytes));
        let mut letters = shown.chars();
        match (letters.next(), letters.next_back()) {
            (Some(one), None) => one,
            // A combining mark alone is shown with something to stand on; here it has its letter before it.
            (_, Some(last)) if last == letter => letter,
            (None | Some(_), _) => char::REPLACEMENT_CHARACTER,
        }
    };
    text.chars().map(symbol).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::read;

    fn shown(text: &str) -> String {
        let source = Source { name: "my.ron".to_owned(), text: text.to_owned() };
        let found = read(text).unwrap_err();
        show(&source, &found.list, found.more, false)
    }

    #[test]
    fn a_line_that_nobody_could_read_is_named_and_not_shown() {
        let text = format!("Script(\n  purpose: \"{}\", é: 1)", "é".repeat(LONGEST_LINE));
        let shown = shown(&text);
        assert!(shown.contains("--> my.ron:2:200016\n") && shown.contains("no field `é`"), "{shown}");
        assert!(shown.len() < 1_000, "{} bytes", shown.len());
    }

    #[test]
    fn a_mistake_is_shown_with_its_line() {
        let text = "\u{feff}Script(format: 1, title: \"t\", sides: [(key: \"a\", name: \"A\")], steps: [\r\n\tBrainstrom(key: \"é\u{1b}[31m\", title: \"t\", time: \"5m\"),\r\n])";
        insta::assert_snapshot!(shown(text), @r#"
        error: there is no step kind `Brainstrom`
         --> my.ron:2:2
          |
        2 |     Brainstrom(key: "é␛[31m", title: "t", time: "5m"),
          |     ^^^^^^^^^^
          |
          = help: did you mean `Brainstorm`?

        error: a key has lower case letters a to z, digits and `-` inside
         --> my.ron:2:18
          |
        2 |     Brainstrom(key: "é␛[31m", title: "t", time: "5m"),
          |                     ^^^^^^^^
          |
          = help: write it like "31m"

        my.ron: 2 mistakes
        "#);
    }

    #[test]
    fn two_places_are_shown_together() {
        let text = "(format: 1, title: \"t\", title: \"u\", sides: [(key: \"a\", name: \"A\")], steps: [\nDecide(key: \"d\", title: \"t\", time: \"1m\"),\nDecide(key: \"d\", title: \"t\", time: \"1m\"),\n])";
        insta::assert_snapshot!(shown(text), @r#"
        error: `title` stands here a second time
         --> my.ron:1:25
          |
        1 | (format: 1, title: "t", title: "u", sides: [(key: "a", name: "A")], steps: [
          |             -----       ^^^^^
          |             |
          |             it was given here first
          |
          = help: keep one of them

        error: another step has this key already
         --> my.ron:3:13
          |
        3 | Decide(key: "d", title: "t", time: "1m"),
          |             ^^^
          |
         ::: my.ron:2:13
          |
        2 | Decide(key: "d", title: "t", time: "1m"),
          |             --- here
          |
          = help: give each step its own

        my.ron: 2 mistakes
        "#);
    }

    #[test]
    fn what_is_still_open_is_shown_at_the_end() {
        insta::assert_snapshot!(shown("Script(\n    format: 1,\n\n"), @r#"
        error: the text ends here, and something is still open
         --> my.ron:2:15
          |
        2 |     format: 1,
          |               ^
          |
          = help: check that each `(`, `[` and `"` has its `)`, `]` and `"`

        my.ron: 1 mistake
        "#);
        insta::assert_snapshot!(shown(""), @r#"
        error: there is nothing in this script
         --> my.ron:1:1
          |
        1 |
          | ^
          |
          = help: it begins with `Script(`

        my.ron: 1 mistake
        "#);
    }

    #[test]
    fn colour_is_only_sent_when_asked_for() {
        let source = Source { name: "my.ron".to_owned(), text: "(".to_owned() };
        let found = read("(").unwrap_err();
        assert!(!show(&source, &found.list, 0, false).contains('\u{1b}'));
        assert!(show(&source, &found.list, 0, true).contains('\u{1b}'));
    }

    #[test]
    fn every_character_of_a_line_keeps_its_place() {
        let text = "a\u{0}\u{7}\u{1b}\u{7f}\u{85}\u{202e}\u{200d}\u{feff}e\u{301}\u{e0041}漢👩‍🚀z";
        let symbols = symbols(text);
        assert_eq!(symbols.chars().count(), text.chars().count());
        assert!(symbols.chars().all(|letter| !letter.is_control()), "{symbols:?}");
        assert!(symbols.starts_with('a') && symbols.ends_with('z') && symbols.contains("e\u{301}"));
        assert!(!symbols.contains('\u{202e}') && !symbols.contains('\u{e0041}'));
    }
}
