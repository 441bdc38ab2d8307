//! The line to type in.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::text;
use crate::tui::line::Line;
use crate::tui::theme::Theme;

/// A line to type in, with what stands before it and what is offered.
#[derive(Debug, Clone, Copy)]
pub struct Compose<'a> {
    /// What is typed.
    pub line: &'a Line,
    /// What stands before it: a side's mark and name, a field's name. May be empty.
    pub prompt: &'a str,
    /// The style of the prompt: the side's accent.
    pub prompt_style: Style,
    /// What stands in an empty line: what one could write.
    pub placeholder: &'a str,
    /// Words offered for the started `@name` or `#tag`, the one that Tab takes first.
    pub offers: &'a [&'a str],
    /// Whether what is typed is covered.
    pub masked: bool,
    /// The look.
    pub theme: &'a Theme,
}

/// The most offers that are shown at once.
const OFFERS: usize = 5;

impl Compose<'_> {
    /// How many rows it takes at this width, at least one and at most `most`.
    #[must_use]
    pub fn rows(&self, columns: u16, most: u16) -> u16 {
        let (_, room) = self.layout(columns);
        u16::try_from(self.broken(room).0.len()).unwrap_or(u16::MAX).clamp(1, most.max(1))
    }

    /// Where the cursor stands when it is drawn in this area; none where the area is empty.
    #[must_use]
    pub fn cursor(&self, area: Rect) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let (indent, room) = self.layout(area.width);
        let (_, (row, column)) = self.broken(room);
        let first = first_row(row, area.height);
        let x = (area.x + indent).saturating_add(column).min(area.right() - 1);
        Some(Position::new(x, area.y + u16::try_from(row - first).unwrap_or(0).min(area.height - 1)))
    }

    /// The columns before the text, and those it has.
    fn layout(&self, columns: u16) -> (u16, u16) {
        let prompt = if self.prompt.is_empty() { 0 } else { text::width(self.prompt) + 3 };
        // What is asked for is read whole at 80 columns; an answer that finds less room goes on in the next row.
        let indent = prompt.min(columns * 3 / 5);
        (indent, (columns - indent).clamp(1, text::LINE))
    }

    /// The rows that the text takes, and the row and column of the cursor in them.
    fn broken(&self, columns: u16) -> (Vec<String>, (usize, u16)) {
        let (before, after) = self.line.parts();
        let before = self.shown(before);
        break_rows(&[&before, &*self.shown(after)].concat(), before.len(), columns)
    }

    fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.masked {
            return Cow::Borrowed(text);
        }
        let cover = |cluster: &str| if cluster == "\n" { "\n" } else { self.theme.signs.cover };
        Cow::Owned(text.graphemes(true).map(cover).collect())
    }

    fn draw_offers(&self, area: Rect, at: Position, buf: &mut Buffer) {
        let Some((first, _)) = self.offers.split_first() else { return };
        let started = self.line.started().map_or("", |started| started.part);
        let rest: String = text::visible(first).chars().skip(started.chars().count()).collect();
        text::put(buf, at.x, at.y, &rest, area.right().saturating_sub(at.x), self.theme.ghost);
        let list = self.offers.iter().take(OFFERS);
        let others: Vec<_> = list.map(|offer| text::fit(offer, 24, self.theme.signs.cut)).collect();
        let words = others.join("  ");
        // The offers stand over the line, where they cover the board rather than what is typed.
        if let Some(y) = at.y.checked_sub(1).filter(|y| *y >= buf.area.top() && self.offers.len() > 1) {
            let y = y.min(area.y.saturating_sub(1));
            let width = text::width(&words) + 2;
            let x = at.x.min(area.right().saturating_sub(width)).max(area.x);
            let style = self.theme.on_panel(self.theme.text);
            text::put(buf, x, y, &format!(" {words} "), area.right() - x, style);
        }
    }
}

impl Widget for &Compose<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(at) = self.cursor(area) else { return };
        let Theme { input, ghost, quiet, signs, .. } = *self.theme;
        let (indent, room) = self.layout(area.width);
        if indent > 3 {
            let prompt = text::fit(self.prompt, indent - 3, signs.cut);
            let used = text::put(buf, area.x, area.y, &prompt, indent, self.prompt_style);
            text::put(buf, area.x + used + 1, area.y, signs.prompt, 1, quiet);
        }
        let (rows, (row, _)) = self.broken(room);
        let first = first_row(row, area.height);
        for (y, line) in (area.top()..area.bottom()).zip(&rows[first..]) {
            text::put(buf, area.x + indent, y, line, room, input);
        }
        if self.line.is_empty() {
            let words = text::fit(self.placeholder, room, signs.cut);
            text::put(buf, area.x + indent, area.y, &words, room, ghost);
        } else {
            self.draw_offers(area, at, buf);
        }
    }
}

/// The first row to show so that the cursor's row is the last one seen.
fn first_row(cursor: usize, height: u16) -> usize {
    (cursor + 1).saturating_sub(usize::from(height))
}

/// A text in rows, and the row and column of what stands at the byte `cursor`.
///
/// Words are kept together where they are no longer than a row. A space for which there is no room stays at
/// the end of its row, unseen.
fn break_rows(text: &str, cursor: usize, columns: u16) -> (Vec<String>, (usize, u16)) {
    let columns = usize::from(columns);
    let mut rows = Vec::new();
    let mut place = (0, 0);
    let mut start = 0;
    for line in text.split('\n') {
        for row in rows_of(line, columns) {
            let from = start + row.start;
            if from <= cursor {
                let before = &text[from..cursor.min(start + row.end)];
                place = (rows.len(), visible_width(before));
            }
            rows.push(line[row].graphemes(true).map(text::visible).collect::<String>());
        }
        start += line.len() + 1;
    }
    // Behind the last column there is no room for the cursor: it waits where the next letter comes.
    if place.1 >= columns {
        place = (place.0 + 1, 0);
        if place.0 == rows.len() {
            rows.push(String::new());
        }
    }
    (rows, (place.0, u16::try_from(place.1).unwrap_or(u16::MAX)))
}

fn visible_width(text: &str) -> usize {
    text.graphemes(true).map(|cluster| text::visible(cluster).width()).sum()
}

/// The parts of a line that stand in a row each; together they are the line.
fn rows_of(line: &str, columns: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // Behind the last space of the row, and what it has taken up to there.
    let mut word: Option<(usize, usize)> = None;
    for (at, cluster) in line.grapheme_indices(true) {
        let wide = text::visible(cluster).width();
        // A word that goes to the next row may fill that, too.
        while used + wide > columns && at > start && cluster != " " {
            let (end, kept) = word.take().unwrap_or((at, used));
            rows.push(start..end);
            (start, used) = (end, used - kept);
        }
        used += wide;
        if cluster == " " {
            word = Some((at + cluster.len(), used));
        }
    }
    rows.push(start..line.len());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::Edit;
    use crate::tui::testing::{at_every_size, dark, drawn, picture};

    fn compose<'a>(line: &'a Line, theme: &'a Theme) -> Compose<'a> {
        Compose {
            line,
            prompt: "S Sales",
            prompt_style: theme.side(1),
            placeholder: "one practice a note",
            offers: &[],
            masked: false,
            theme,
        }
    }

    fn shot(compose: &Compose<'_>, columns: u16, rows: u16) -> String {
        let area = Rect::new(0, 1, columns, rows);
        let buf = drawn(columns, rows + 1, compose.theme, |_, buf| compose.render(area, buf));
        let at = compose.cursor(area).unwrap();
        format!("{}cursor {},{}\n", picture(&buf), at.x, at.y)
    }

    #[test]
    fn what_is_typed_is_seen() {
        let theme = dark();
        let line = Line::new("we ask the customer to rate us after each");
        insta::assert_snapshot!("compose_one", shot(&compose(&line, &theme), 70, 1));
        insta::assert_snapshot!("compose_wrapped", shot(&compose(&line, &theme), 30, 3));
        insta::assert_snapshot!("compose_empty", shot(&compose(&Line::default(), &theme), 40, 1));
        let masked = Compose { masked: true, ..compose(&line, &theme) };
        insta::assert_snapshot!("compose_masked", shot(&masked, 60, 1));
    }

    #[test]
    fn what_is_asked_for_is_read_whole_at_80_columns() {
        let theme = dark();
        let prompt = "P Purchasing \u{b7} what they will say of us";
        let line = Line::default();
        let asks = Compose { prompt, ..compose(&line, &theme) };
        assert!(shot(&asks, 78, 1).contains(prompt));
    }

    #[test]
    fn offers_stand_over_the_line_and_the_first_in_it() {
        let theme = dark();
        let line = Line::new("ask @a");
        let compose = Compose { offers: &["Anna", "Anton"], ..compose(&line, &theme) };
        insta::assert_snapshot!("compose_offers", shot(&compose, 40, 1));
    }

    #[test]
    fn the_cursor_is_always_in_view() {
        let theme = dark();
        let mut line = Line::new(&"word ".repeat(100));
        let area = Rect::new(0, 0, 30, 3);
        assert_eq!(compose(&line, &theme).cursor(area).unwrap().y, 2);
        line.edit(Edit::Start);
        assert_eq!(compose(&line, &theme).cursor(area), Some(Position::new(10, 0)));
        assert_eq!(compose(&line, &theme).rows(30, 4), 4);
        line.set("a\nb");
        assert_eq!(compose(&line, &theme).rows(30, 4), 2);
        line.set("a\u{1b}b");
        assert_eq!(compose(&line, &theme).cursor(area), Some(Position::new(13, 0)));
    }

    #[test]
    fn words_stay_together_and_the_cursor_stands_where_the_next_letter_comes() {
        let broken = |text: &str, columns| {
            let (before, after) = text.split_once('|').unwrap();
            let (rows, (row, column)) = break_rows(&[before, after].concat(), before.len(), columns);
            format!("{} {row},{column}", rows.join("/"))
        };
        for (text, columns, expected) in [
            ("one two|", 8, "one two 0,7"),
            ("one two |", 7, "one two / 1,0"),
            ("one two t|", 7, "one two /t 1,1"),
            ("one three|", 7, "one /three 1,5"),
            ("one th|ree", 7, "one /three 1,2"),
            ("one |three", 7, "one /three 1,0"),
            ("onetwothree|", 4, "onet/woth/ree 2,3"),
            ("onet|", 4, "onet/ 1,0"),
            ("a\n\n|b", 4, "a//b 2,0"),
            ("a|\nb", 4, "a/b 0,1"),
            ("字字字|", 4, "字字/字 1,2"),
            ("|", 4, " 0,0"),
        ] {
            assert_eq!(broken(text, columns), expected, "{text} in {columns}");
        }
    }

    proptest::proptest! {
        #[test]
        fn rows_hold_the_whole_text_and_fit(text in "[a-z字 \n]{0,60}", columns in 2u16..20, at in 0usize..60) {
            let cursor = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
            let (rows, (row, column)) = break_rows(&text, cursor, columns);
            proptest::prop_assert_eq!(rows.concat(), text.replace('\n', ""));
            proptest::prop_assert!(row < rows.len() && column < columns);
            for row in rows {
                proptest::prop_assert!(row.trim_end_matches(' ').width() <= usize::from(columns), "{}", row);
            }
        }
    }

    #[test]
    fn it_draws_at_every_size() {
        let theme = dark();
        for text in ["", "ask @a", "字字字字字字字字字字字字字字字字字字字字字字字字字字字", "a\n\n\u{1b}"]
        {
            let line = Line::new(text);
            let compose = Compose { offers: &["Anna", "Anton"], ..compose(&line, &theme) };
            at_every_size(|area, buf| compose.render(area, buf));
        }
    }
}
