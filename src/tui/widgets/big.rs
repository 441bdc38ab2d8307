//! The countdown in digits that are read from the back row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_big_text::{BigText, PixelSize};

use super::text;
use crate::tui::theme::Signs;

/// A short text such as `12:22` in big characters, as big as the area allows, in its top right corner.
#[derive(Debug, Clone, Copy)]
pub struct Big<'a> {
    /// What it says: digits, colons, a sign.
    pub text: &'a str,
    /// Its style.
    pub style: Style,
    /// What the terminal can draw.
    pub signs: &'a Signs,
    /// Where it stands across the area.
    pub place: Across,
}

/// Where something stands across an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// At the left.
    Left,
    /// In the middle.
    Middle,
    /// At the right.
    Right,
}

impl Across {
    /// Where something of this width begins in an area.
    #[must_use]
    pub const fn begin(self, area: Rect, columns: u16) -> u16 {
        let room = area.width.saturating_sub(columns);
        area.x
            + match self {
                Self::Left => 0,
                Self::Middle => room / 2,
                Self::Right => room,
            }
    }
}

/// The sizes of a character, biggest first: the pixels and how many times as big each is drawn, columns and
/// rows, and the columns of a colon. A terminal of many rows has small ones: there the digits grow with it.
const SIZES: [Size; 5] = [
    Size { pixels: PixelSize::Full, times: 3, columns: 24, rows: 21, colon: 12 },
    Size { pixels: PixelSize::Full, times: 2, columns: 16, rows: 14, colon: 8 },
    Size { pixels: PixelSize::Full, times: 1, columns: 8, rows: 7, colon: 4 },
    Size { pixels: PixelSize::HalfHeight, times: 1, columns: 8, rows: 4, colon: 4 },
    Size { pixels: PixelSize::Quadrant, times: 1, columns: 4, rows: 4, colon: 2 },
];

#[derive(Clone, Copy)]
struct Size {
    pixels: PixelSize,
    times: u16,
    columns: u16,
    rows: u16,
    colon: u16,
}

impl Size {
    const fn advance(self, c: char) -> u16 {
        if c == ':' { self.colon } else { self.columns }
    }

    fn width(self, text: &str) -> u16 {
        text.chars().map(|c| self.advance(c)).fold(0, u16::saturating_add)
    }
}

impl Big<'_> {
    /// How many columns and rows it takes in an area of this size.
    #[must_use]
    pub fn size(&self, columns: u16, rows: u16) -> (u16, u16) {
        match self.chosen(columns, rows) {
            Some(size) => (size.width(self.text), size.rows),
            None => (text::width(self.text).min(columns), rows.min(1)),
        }
    }

    fn chosen(&self, columns: u16, rows: u16) -> Option<Size> {
        let fits = |size: &Size| size.width(self.text) <= columns && size.rows <= rows;
        if self.signs.blocks { SIZES.into_iter().find(fits) } else { None }
    }
}

impl Widget for &Big<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(size) = self.chosen(area.width, area.height) else {
            let shown = text::fit(self.text, area.width, "");
            let x = self.place.begin(area, text::width(&shown));
            if area.height > 0 {
                text::put(buf, x, area.y, &shown, area.width, self.style);
            }
            return;
        };
        let left = self.place.begin(area, size.width(self.text));
        // A colon's dots stand in the middle of a wide glyph: it is drawn first, moved to the left, and the
        // digits then cover its empty sides.
        for colons in [true, false] {
            let mut x = left;
            for c in self.text.chars() {
                if (c == ':') == colons {
                    let shift = if colons { (size.columns - size.colon) / 2 } else { 0 };
                    let columns = size.columns.min(area.right().saturating_sub(x.saturating_sub(shift)));
                    let cell = Rect::new(x.saturating_sub(shift), area.y, columns, size.rows);
                    glyph(c, size, self.style, cell.intersection(area), buf);
                }
                x += size.advance(c);
            }
        }
    }
}

fn glyph(c: char, size: Size, style: Style, area: Rect, buf: &mut Buffer) {
    // A glyph that is not in the font is left out; only digits, colons and signs are ever asked for.
    let text = c.to_string();
    let drawn =
        BigText::builder().pixel_size(size.pixels).style(style).lines(vec![text.as_str().into()]).build();
    if size.times == 1 {
        drawn.render(area, buf);
        return;
    }
    let mut once = Buffer::empty(Rect::new(0, 0, size.columns / size.times, size.rows / size.times));
    drawn.render(once.area, &mut once);
    for place in area.positions() {
        let from = ((place.x - area.x) / size.times, (place.y - area.y) / size.times);
        let cells = (once.cell(from), buf.cell_mut(place));
        if let (Some(from), Some(to)) = cells
            && from.symbol() != " "
        {
            to.clone_from(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, plain};
    use crate::tui::theme::{ASCII, UNICODE};

    fn big(text: &str, place: Across) -> Big<'_> {
        Big { text, style: Style::new(), signs: &UNICODE, place }
    }

    #[test]
    fn digits_grow_with_the_room() {
        let clock = big("12:22", Across::Left);
        assert_eq!(clock.size(200, 24), (108, 21));
        assert_eq!(clock.size(80, 24), (72, 14));
        assert_eq!(clock.size(80, 13), (36, 7));
        assert_eq!(clock.size(40, 5), (36, 4));
        assert_eq!(clock.size(30, 5), (18, 4));
        assert_eq!(clock.size(17, 5), (5, 1));
        assert_eq!(Big { signs: &ASCII, ..clock }.size(80, 24), (5, 1));
    }

    #[test]
    fn digits_are_drawn() {
        let theme = dark();
        let draw = |columns, rows| {
            plain(&drawn(columns, rows, &theme, |area, buf| big("-3:08", Across::Middle).render(area, buf)))
        };
        insta::assert_snapshot!("big_quadrant", draw(24, 4));
        insta::assert_snapshot!("big_twice", draw(88, 14));
        insta::assert_snapshot!("big_full", draw(44, 8));
        insta::assert_snapshot!("big_small", draw(12, 2));
    }

    #[test]
    fn it_draws_at_every_size() {
        at_every_size(|area, buf| big("+12:08", Across::Right).render(area, buf));
    }
}
