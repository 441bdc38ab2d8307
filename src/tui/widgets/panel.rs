//! What lies over a screen: a framed panel, a question with answers, a notice, and the word about room.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::text;
use crate::tui::theme::Theme;

/// A framed panel in the middle of an area, cleared under it.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// What stands in its upper edge; may be empty.
    pub title: &'a str,
    /// The columns and rows wanted inside; less where there is less.
    pub inside: (u16, u16),
    /// The look.
    pub theme: &'a Theme,
}

impl Panel<'_> {
    /// Where it stands, and where its content goes.
    #[must_use]
    pub fn areas(&self, area: Rect) -> (Rect, Rect) {
        areas(self.inside, area)
    }
}

/// Where a panel with so many columns and rows inside stands, and where its content goes.
#[must_use]
pub fn areas(inside: (u16, u16), area: Rect) -> (Rect, Rect) {
    let width = inside.0.saturating_add(4).min(area.width);
    let height = inside.1.saturating_add(2).min(area.height);
    let x = area.x + (area.width - width) / 2;
    let y = area.y + (area.height - height) / 2;
    let outer = Rect { x, y, width, height };
    let inner = Rect {
        x: x + width.min(2),
        y: y + height.min(1),
        width: width.saturating_sub(4),
        height: height.saturating_sub(2),
    };
    (outer, inner)
}

impl Widget for &Panel<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (outer, _) = self.areas(area.intersection(buf.area));
        Clear.render(outer, buf);
        buf.set_style(outer, self.theme.panel);
        if outer.width < 4 || outer.height < 2 {
            return;
        }
        let [top_left, top_right, bottom_left, bottom_right, across, down] = self.theme.signs.frame;
        let style = self.theme.on_panel(self.theme.rule);
        let (right, bottom) = (outer.right() - 1, outer.bottom() - 1);
        let line = across.repeat(usize::from(outer.width - 2));
        for (y, left_corner, right_corner) in
            [(outer.y, top_left, top_right), (bottom, bottom_left, bottom_right)]
        {
            text::put(buf, outer.x, y, &format!("{left_corner}{line}{right_corner}"), outer.width, style);
        }
        for y in outer.y + 1..bottom {
            text::put(buf, outer.x, y, down, 1, style);
            text::put(buf, right, y, down, 1, style);
        }
        if !self.title.is_empty() {
            let title = text::fit(self.title, outer.width.saturating_sub(6), self.theme.signs.cut);
            let style = self.theme.on_panel(self.theme.strong);
            text::put(buf, outer.x + 2, outer.y, &format!(" {title} "), outer.width - 3, style);
        }
    }
}

/// A question with answers to choose from with the arrows. The safest stands first.
#[derive(Debug, Clone, Copy)]
pub struct Dialog<'a> {
    /// The question.
    pub question: &'a str,
    /// What one should know before answering; may be empty.
    pub detail: &'a str,
    /// The answers.
    pub answers: &'a [&'a str],
    /// Which answer is marked.
    pub selected: usize,
    /// The look.
    pub theme: &'a Theme,
}

impl Widget for &Dialog<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(6).clamp(1, 56);
        let count = |words: &str| if words.is_empty() { 0 } else { text::lines(words, columns, 12) };
        let answers = u16::try_from(self.answers.len()).unwrap_or(u16::MAX);
        let detail = count(self.detail);
        let rows = count(self.question) + detail + u16::from(detail > 0) + 1 + answers;
        let panel = Panel { title: "", inside: (columns, rows), theme: self.theme };
        panel.render(area, buf);
        let (_, mut inside) = panel.areas(area.intersection(buf.area));
        // Where not everything fits, the answers are what must be seen.
        let for_answers = answers.min(inside.height);
        let words = Rect { height: inside.height - for_answers, ..inside };
        let mut used = text::draw_wrapped(self.question, words, self.theme.on_panel(self.theme.strong), buf);
        if detail > 0 && used + 1 < words.height {
            let rest = Rect { y: words.y + used + 1, height: words.height - used - 1, ..words };
            used += 1 + text::draw_wrapped(self.detail, rest, self.theme.on_panel(self.theme.text), buf);
        }
        let skip = (used + 1).min(words.height);
        inside.y += skip;
        inside.height -= skip;
        draw_answers(self.answers, self.selected, self.theme, inside, buf);
    }
}

/// Answers below each other, the marked one in view.
pub(super) fn draw_answers(answers: &[&str], selected: usize, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let marked = selected.min(answers.len().saturating_sub(1));
    let first = (marked + 1).saturating_sub(usize::from(area.height));
    for (y, (index, answer)) in (area.top()..area.bottom()).zip(answers.iter().enumerate().skip(first)) {
        let (sign, style) =
            if index == marked { (theme.signs.marked, theme.selection) } else { (" ", theme.text) };
        let line = format!(" {sign} {} ", text::visible(answer));
        text::put(buf, area.x, y, &line, area.width, theme.on_panel(style));
    }
}

/// What tells what happened, until the next key: one line, or more where it takes more, at the bottom of an
/// area.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// What happened, in words.
    pub text: &'a str,
    /// Whether it needs a person: something was refused or failed.
    pub warning: bool,
    /// The look.
    pub theme: &'a Theme,
}

impl Widget for &Notice<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() || self.text.is_empty() {
            return;
        }
        let style = if self.warning { self.theme.warning } else { self.theme.text };
        let most = usize::from(area.height);
        let mut lines: Vec<String> =
            text::wrap(self.text, area.width).take(most + 1).map(Cow::into_owned).collect();
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push_str(self.theme.signs.cut);
                *last = text::fit(last, area.width, self.theme.signs.cut).into_owned();
            }
        }
        let rows = u16::try_from(lines.len()).unwrap_or(area.height);
        let taken = Rect { y: area.bottom() - rows, height: rows, ..area };
        Clear.render(taken, buf);
        buf.set_style(taken, self.theme.text);
        for (row, line) in taken.rows().zip(&lines) {
            text::put(buf, row.x, row.y, line, row.width, style);
        }
    }
}

/// The least columns and rows that a screen needs.
pub const LEAST: (u16, u16) = (60, 16);

/// Whether an area is too small for a screen.
#[must_use]
pub const fn too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

/// What stands where a screen would be [`too_small`].
#[derive(Debug, Clone, Copy)]
pub struct TooSmall<'a> {
    /// The look.
    pub theme: &'a Theme,
}

impl Widget for &TooSmall<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let (columns, rows) = LEAST;
        let words = format!(
            "The window is {}x{}. visavis needs {columns}x{rows}: make it bigger, or the letters smaller. \
             Everything is kept.",
            area.width, area.height
        );
        text::draw_wrapped(&words, area, self.theme.text, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

    fn dialog(theme: &Theme, selected: usize) -> Dialog<'_> {
        Dialog {
            question: "Some notes are still hidden. Reveal them before going on?",
            detail: "Purchasing has 7, Sales has 5.",
            answers: &["Stay in this round", "Reveal them, then go on", "Keep them hidden and go on"],
            selected,
            theme,
        }
    }

    #[test]
    fn a_question_marks_one_answer() {
        for (name, theme) in [("dark", dark()), ("light", light())] {
            let buf = drawn(70, 14, &theme, |area, buf| dialog(&theme, 1).render(area, buf));
            insta::assert_snapshot!(format!("dialog_{name}"), picture(&buf));
        }
        let theme = dark();
        let buf = drawn(30, 6, &theme, |area, buf| dialog(&theme, 2).render(area, buf));
        insta::assert_snapshot!("dialog_small", picture(&buf));
    }

    #[test]
    fn a_small_window_says_what_it_needs() {
        let theme = dark();
        let buf = drawn(40, 6, &theme, |area, buf| TooSmall { theme: &theme }.render(area, buf));
        insta::assert_snapshot!("too_small", picture(&buf));
        assert!(too_small(Rect::new(0, 0, 59, 16)) && !too_small(Rect::new(0, 0, 60, 16)));
    }

    #[test]
    fn a_long_notice_takes_the_rows_it_needs_and_tells_where_it_is_cut() {
        let theme = dark();
        let told = |rows| {
            let buf = drawn(24, rows, &theme, |area, buf| {
                let text = "couldn't write the file: no space left. Make room.";
                Notice { text, warning: true, theme: &theme }.render(area, buf);
            });
            plain(&buf)
        };
        assert_eq!(told(4), "\ncouldn't write the file:\nno space left. Make\nroom.");
        assert_eq!(told(2), "couldn't write the file:\nno space left. Make…");
        assert_eq!(told(1), "couldn't write the file…");
    }

    #[test]
    fn they_draw_at_every_size() {
        let theme = dark();
        at_every_size(|area, buf| dialog(&theme, 9).render(area, buf));
        at_every_size(|area, buf| Panel { title: "Help", inside: (90, 40), theme: &theme }.render(area, buf));
        at_every_size(|area, buf| {
            Notice { text: "Taken back", warning: true, theme: &theme }.render(area, buf);
        });
        at_every_size(|area, buf| TooSmall { theme: &theme }.render(area, buf));
    }
}
