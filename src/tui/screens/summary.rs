//! The closing summary: what came of the session, where its file lies, and what to do with it now.
//!
//! Owns which choice is marked and how far the summary is scrolled. Never closes or saves anything.

mod facts;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;

use super::page::Page;
use super::{below, framed, two_ends};
use crate::session::{Shown, Status};
use crate::timer::Timestamp;
use crate::tui::action::{Action, Place};
use crate::tui::color::Depth;
use crate::tui::keymap::Keymap;
use crate::tui::nav::{Nav, Way};
use crate::tui::theme::{ASCII, Look, Theme};
use crate::tui::widgets::footer::{Footer, Saved};
use crate::tui::widgets::text;

/// What the summary tells.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// The session without what is hidden.
    pub shown: Shown<'a>,
    /// Where its file lies, in full.
    pub path: &'a str,
    /// Whether everything is on the disk.
    pub saved: Saved,
    /// What time it is.
    pub now: Timestamp,
}

/// What is to happen with the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Leave it as it is: open, or closed.
    Leave,
    /// Close it.
    Close,
    /// Open it again.
    Reopen,
    /// Go back to it.
    Back,
}

/// The summary as it is on the screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    /// None as long as nobody chose.
    marked: Option<usize>,
    top: usize,
}

/// The choices of an open session and of a closed one; the first is the safest.
const fn choices(shown: Shown<'_>) -> &'static [(&'static str, Outcome)] {
    if shown.status().is_open() {
        &[
            ("Leave; the session stays open", Outcome::Leave),
            ("Close the session", Outcome::Close),
            ("Back to the session", Outcome::Back),
        ]
    } else {
        &[
            ("Leave", Outcome::Leave),
            ("Reopen the session", Outcome::Reopen),
            ("Back to the session", Outcome::Back),
        ]
    }
}

/// The choice that is marked before somebody chooses: where something is only in this program, going back to it.
fn first_choice(values: Values<'_>) -> usize {
    let is_back = |(_, outcome): &(&str, Outcome)| *outcome == Outcome::Back;
    let back = choices(values.shown).iter().position(is_back);
    back.filter(|_| values.saved == Saved::Not).unwrap_or_default()
}

impl Summary {
    /// What has the focus.
    #[must_use]
    pub const fn place(self) -> Place {
        Place::Summary
    }

    /// What a key does, the summary being drawn in `area`.
    pub fn act(&mut self, values: Values<'_>, area: Rect, action: Action) -> Option<Outcome> {
        let choices = choices(values.shown);
        let nav = Nav::of(action)?;
        match nav {
            Nav::Confirm => return choices.get(self.marked(values)).map(|(_, outcome)| *outcome),
            Nav::Back => return Some(Outcome::Back),
            Nav::Move(way @ (Way::Up | Way::Down | Way::Left | Way::Right)) => {
                self.marked = Some(way.moved(self.marked(values), choices.len()));
            }
            Nav::Move(way @ (Way::First | Way::Last | Way::EarlierPage | Way::LaterPage)) => {
                let theme = any_theme();
                let blocks = facts::blocks(values.shown, values.now, &theme);
                let page = Page { blocks: &blocks, least: LEAST, theme: &theme };
                let most = page.most(parts(values, page, area).content);
                self.top = way.moved(self.top.min(most), most + 1);
            }
        }
        None
    }

    fn marked(self, values: Values<'_>) -> usize {
        let chosen = self.marked.filter(|marked| *marked < choices(values.shown).len());
        chosen.unwrap_or_else(|| first_choice(values))
    }

    /// Draws it. Nothing is drawn outside the area.
    pub fn draw(self, values: Values<'_>, theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let shown = values.shown;
        let (_, footer) = framed(area);
        let status = match shown.status() {
            Status::Open => "still open",
            Status::WriteUp { .. } => "write-up, still open",
            Status::Closed { .. } => "closed",
        };
        let blocks = facts::blocks(shown, values.now, theme);
        let page = Page { blocks: &blocks, least: LEAST, theme };
        let Parts { head, content, file, choices: at } = parts(values, page, area);
        two_ends((shown.title(), theme.strong), (status, theme.quiet), theme, head, buf);
        page.draw(self.top, content, buf);
        draw_file(values, theme, file, buf);
        let choices = choices(shown);
        let marked = self.marked(values);
        for (y, (index, (label, _))) in (at.top()..at.bottom()).zip(choices.iter().enumerate()) {
            let (sign, style) =
                if index == marked { (theme.signs.marked, theme.selection) } else { (" ", theme.text) };
            text::put(buf, at.x, y, &format!("{sign} {label} "), at.width, style);
        }
        let hints = [
            (Action::Confirm, "takes it"),
            (Action::LaterPage, "reads on"),
            (Action::Back, "back to the session"),
        ];
        Footer { hints: &hints, keymap, saved: values.saved, theme }.render(footer, buf);
    }
}

/// Columns are at least this wide before there is one more.
const LEAST: u16 = 52;

/// Rows of the title, with one above and one below.
const HEAD: u16 = 3;

/// A theme for measuring: how much room text takes does not depend on the look.
fn any_theme() -> Theme {
    Theme::new(Look::Plain, Depth::Plain, &ASCII)
}

/// Where the parts of the summary stand.
struct Parts {
    head: Rect,
    content: Rect,
    file: Rect,
    choices: Rect,
}

/// The parts from above to below; where there is little room the choices come first, then the file.
fn parts(values: Values<'_>, page: Page<'_>, area: Rect) -> Parts {
    let (body, _) = framed(area);
    let rows = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let choices = rows(choices(values.shown).len()).min(body.height);
    let rest = body.height - choices;
    let words = warning(values).map_or(0, |words| text::lines(words, body.width.min(text::LINE), 4) + 1);
    let path = rows(path_lines(values.path, body.width).len()).saturating_add(1);
    // An empty row above the choices, one above the file, the title between two.
    let file = (words + path).min(rest.saturating_sub(1));
    let most = rest.saturating_sub(file + 2 + HEAD);
    let height = page.height(Rect { height: most, ..body });
    let air = (most - height) / 3;
    let head = below(body, air + 1);
    let content = Rect { height, ..below(body, air + HEAD) };
    let above = (air + HEAD + height + 1).min(rest.saturating_sub(file + 1));
    let file = Rect { height: file, ..below(body, above) };
    let choices = Rect { height: choices, ..below(body, (above + file.height + 1).min(rest)) };
    Parts { head, content, file, choices }
}

fn warning(values: Values<'_>) -> Option<&'static str> {
    (values.shown.has_hidden() && values.shown.status().is_open()).then_some(
        "Something is still hidden. It is kept, but it is not in the file; closing the session asks what is to \
         become of it.",
    )
}

/// The path in lines that put together are the path, whatever it holds; broken between folders where it can be.
fn path_lines(path: &str, columns: u16) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = vec![String::new()];
    for part in path.split_inclusive(['/', '\\']) {
        let used = lines.last().map_or(0, |line| text::width(line));
        if used > 0 && used + text::width(part) > columns {
            lines.push(String::new());
        }
        for cluster in part.graphemes(true) {
            let used = lines.last().map_or(0, |line| text::width(line));
            if used > 0 && used + text::width(cluster) > columns {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(&text::visible(cluster));
            }
        }
    }
    lines
}

fn draw_file(values: Values<'_>, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let used = warning(values).map_or(0, |words| text::draw_wrapped(words, area, theme.warning, buf) + 1);
    let area = below(area, used);
    if area.is_empty() {
        return;
    }
    let (words, style) = match values.saved {
        Saved::All | Saved::Nothing if values.shown.has_hidden() => {
            ("All that is shown is saved in", theme.quiet)
        }
        Saved::All | Saved::Nothing => ("All of it is saved in", theme.quiet),
        Saved::Saving => ("It is being saved in", theme.quiet),
        Saved::NotInFile => ("NOT SAVED yet where it belongs; the journal has all of it:", theme.warning),
        Saved::Not => ("NOT SAVED yet: part of it is only in this program. It belongs in", theme.warning),
    };
    let shown = text::fit(words, area.width, theme.signs.cut);
    text::put(buf, area.x, area.y, &shown, area.width, style);
    let under = below(area, 1);
    for (y, line) in (under.top()..under.bottom()).zip(path_lines(values.path, area.width)) {
        text::put(buf, area.x, y, &line, area.width, theme.strong);
    }
}
