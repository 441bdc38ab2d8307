//! Many things before they are added: what goes where, and what was not understood, above the answers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::panel::{self, Panel};
use super::text;
use crate::tui::theme::Theme;

/// One line of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Where it goes; said once where several rows go to one place.
    pub label: String,
    /// The place of the side whose colour the label has.
    pub side: Option<usize>,
    /// What it says.
    pub text: String,
    /// How it reads.
    pub tone: Tone,
}

/// How a row reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// It will be added.
    #[default]
    Taken,
    /// It stands above others.
    Heading,
    /// It is not understood.
    Unread,
}

/// A preview and the question about it.
#[derive(Debug, Clone, Copy)]
pub struct Preview<'a> {
    /// The question.
    pub question: &'a str,
    /// The lines.
    pub rows: &'a [Row],
    /// How many lines are scrolled away above.
    pub top: usize,
    /// The answers.
    pub answers: &'a [&'a str],
    /// Which answer is marked.
    pub selected: usize,
    /// The look.
    pub theme: &'a Theme,
}

/// Columns inside, where there are so many.
const COLUMNS: u16 = 92;

/// The most columns that the places take.
const LABEL: u16 = 24;

/// Where everything goes in an area.
struct Areas {
    inside: Rect,
    question: Rect,
    rows: Rect,
    answers: Rect,
}

/// Shares an area out to a question, so many lines and so many answers.
fn areas(question: &str, rows: usize, answers: usize, area: Rect) -> Areas {
    let columns = area.width.saturating_sub(8).clamp(1, COLUMNS);
    let question = text::lines(question, columns, 3);
    let answers = u16::try_from(answers).unwrap_or(u16::MAX);
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let wanted = question.saturating_add(rows).saturating_add(answers).saturating_add(2);
    let most = area.height.saturating_sub(4).max(answers);
    let (_, inside) = panel::areas((columns, wanted.min(most)), area);
    // Where not everything fits, the answers are what must be seen.
    let answers = answers.min(inside.height);
    let above = inside.height - answers;
    let question = question.min(above);
    let rows = above.saturating_sub(question + 2);
    Areas {
        inside,
        question: Rect { height: question, ..inside },
        rows: Rect { y: inside.y + (question + 1).min(above), height: rows, ..inside },
        answers: Rect { y: inside.y + above, height: answers, ..inside },
    }
}

/// How many lines of a preview with this question and so many lines and answers are seen at once.
#[must_use]
pub fn seen(question: &str, rows: usize, answers: usize, area: Rect) -> usize {
    usize::from(areas(question, rows, answers, area).rows.height)
}

impl Preview<'_> {
    fn draw_rows(&self, first: usize, area: Rect, buf: &mut Buffer) {
        let theme = self.theme;
        // Of thousands of rows most go where the one before them goes.
        let places = self.rows.chunk_by(|one, next| one.label == next.label).filter_map(<[Row]>::first);
        let widest = places.map(|row| text::width(&text::visible(&row.label))).max().unwrap_or(0);
        let label = if widest == 0 { 0 } else { (widest.min(LABEL) + 2).min(area.width / 2) };
        let mut before = None;
        for (row, y) in self.rows.iter().skip(first).zip(area.top()..area.bottom()) {
            let accent = match (row.tone, row.side) {
                (Tone::Unread, _) => theme.warning,
                (Tone::Taken | Tone::Heading, Some(place)) => theme.side(place),
                (Tone::Taken | Tone::Heading, None) => theme.strong,
            };
            if before != Some(&row.label) {
                let words = text::visible(&row.label);
                let words = text::fit(&words, label.saturating_sub(2), theme.signs.cut);
                text::put(buf, area.x, y, &words, label, theme.on_panel(accent));
            }
            before = Some(&row.label);
            let style = match row.tone {
                Tone::Taken => theme.text,
                Tone::Heading => theme.strong,
                Tone::Unread => theme.warning,
            };
            let room = area.width - label;
            let one_line = text::visible(&row.text).replace('\n', " ");
            let words = text::fit(&one_line, room, theme.signs.cut);
            text::put(buf, area.x + label, y, &words, room, theme.on_panel(style));
        }
    }
}

impl Widget for &Preview<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Areas { inside, question, rows, answers } =
            areas(self.question, self.rows.len(), self.answers.len(), area);
        let theme = self.theme;
        let panel = Panel { title: "", inside: (inside.width, inside.height), theme };
        panel.render(area, buf);
        text::draw_wrapped(self.question, question, theme.on_panel(theme.strong), buf);
        let first = self.top.min(self.rows.len().saturating_sub(usize::from(rows.height)));
        self.draw_rows(first, rows, buf);
        let below = self.rows.len().saturating_sub(first + usize::from(rows.height));
        let signs = theme.signs;
        let more = match (first, below) {
            (0, 0) => String::new(),
            (0, below) => format!("{} {below} more: PgDn", signs.below),
            (above, 0) => format!("{} {above} more: PgUp", signs.above),
            (above, below) => {
                format!("{} {above} more: PgUp   {} {below} more: PgDn", signs.above, signs.below)
            }
        };
        // The empty row between the lines and the answers.
        if rows.height > 0 {
            text::put(buf, rows.x, rows.bottom(), &more, rows.width, theme.on_panel(theme.quiet));
        }
        panel::draw_answers(self.answers, self.selected, theme, answers, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

    fn rows() -> Vec<Row> {
        let row = |label: &str, side, text: &str, tone| Row {
            label: label.to_owned(),
            side,
            text: text.to_owned(),
            tone,
        };
        let mut rows = vec![row("not understood", None, "Legal: (no side is called so)", Tone::Unread)];
        for n in 0..12 {
            rows.push(row("P Purchasing", Some(0), &format!("Should-cost model {n}\nof it"), Tone::Taken));
        }
        rows.push(row(
            "S Sales",
            Some(1),
            "Lost deals talked through within a week or not at all, and why",
            Tone::Taken,
        ));
        rows
    }

    fn preview<'a>(rows: &'a [Row], top: usize, theme: &'a Theme) -> Preview<'a> {
        let answers = &["Add the 13", "Put it into the line as one text"];
        Preview {
            question: "Add these 13? One line is not understood.",
            rows,
            top,
            answers,
            selected: 0,
            theme,
        }
    }

    #[test]
    fn it_says_what_goes_where_and_scrolls() {
        let rows = rows();
        for (name, theme) in [("dark", dark()), ("light", light())] {
            let buf = drawn(80, 18, &theme, |area, buf| preview(&rows, 0, &theme).render(area, buf));
            insta::assert_snapshot!(format!("preview_{name}"), picture(&buf));
        }
        let theme = dark();
        let end = plain(&drawn(80, 18, &theme, |area, buf| preview(&rows, 99, &theme).render(area, buf)));
        assert!(end.contains("Lost deals") && end.contains("PgUp") && !end.contains("PgDn"), "{end}");
        let small = plain(&drawn(30, 6, &theme, |area, buf| preview(&rows, 0, &theme).render(area, buf)));
        assert!(small.contains("Add the 13"), "{small}");
    }

    #[test]
    fn it_draws_at_every_size() {
        let (rows, theme) = (rows(), dark());
        at_every_size(|area, buf| preview(&rows, 3, &theme).render(area, buf));
        at_every_size(|area, buf| preview(&[], 3, &theme).render(area, buf));
    }
}
