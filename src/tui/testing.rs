//! Pictures of buffers for tests: the text, and beside each line which styles it has where.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr;

use super::color::Depth;
use super::theme::{Look, Theme, UNICODE};

/// The dark look in true colour.
pub(crate) fn dark() -> Theme {
    Theme::new(Look::Dark, Depth::True, &UNICODE)
}

/// The light look in true colour.
pub(crate) fn light() -> Theme {
    Theme::new(Look::Light, Depth::True, &UNICODE)
}

/// What `draw` makes of an area of this size at the origin, painted with the theme's background before.
pub(crate) fn drawn(columns: u16, rows: u16, theme: &Theme, draw: impl FnOnce(Rect, &mut Buffer)) -> Buffer {
    let area = Rect::new(0, 0, columns, rows);
    let mut buf = Buffer::empty(area);
    buf.set_style(area, theme.text);
    draw(area, &mut buf);
    buf
}

/// The buffer as text, each line followed by the style of each cell, `┊..aabbb`, with a legend at the end.
///
/// A `.` is the style of the buffer's most common cell; letters are given in order of appearance.
pub(crate) fn picture(buf: &Buffer) -> String {
    let base = most_common(buf);
    let mut known = vec![base];
    let mut out = String::new();
    for (row, text) in (buf.area.top()..buf.area.bottom()).zip(plain(buf).split('\n')) {
        let mut styles = String::new();
        for x in buf.area.left()..buf.area.right() {
            let style = buf[(x, row)].style();
            let index = known.iter().position(|old| *old == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            styles.push(letter(index));
        }
        let gap = usize::from(buf.area.width).saturating_sub(text.width());
        let styles = styles.trim_end_matches('.');
        let line =
            if styles.is_empty() { text.to_owned() } else { format!("{text}{}┊{styles}", " ".repeat(gap)) };
        let _ = writeln!(out, "{line}");
    }
    for (index, style) in known.iter().enumerate() {
        let _ = writeln!(out, "{} {}", letter(index), told(*style));
    }
    out
}

/// The buffer's text alone.
pub(crate) fn plain(buf: &Buffer) -> String {
    let rows = buf.content.chunks(usize::from(buf.area.width.max(1)));
    let row = |cells: &[Cell]| {
        let mut skip = 0;
        let mut text = String::new();
        for cell in cells {
            if skip == 0 {
                text.push_str(cell.symbol());
                skip = cell.symbol().width().max(1);
            }
            skip -= 1;
        }
        text.trim_end().to_owned()
    };
    rows.map(row).collect::<Vec<_>>().join("\n")
}

/// Draws at every size from 1x1 to 60x20, at the origin and away from it; a panic fails the test.
pub(crate) fn at_every_size(mut draw: impl FnMut(Rect, &mut Buffer)) {
    for columns in 1..=60 {
        for rows in 1..=20 {
            let mut buf = Buffer::empty(Rect::new(0, 0, columns, rows));
            draw(buf.area, &mut buf);
            let mut buf = Buffer::empty(Rect::new(3, 2, columns, rows));
            draw(buf.area, &mut buf);
        }
    }
}

fn most_common(buf: &Buffer) -> Style {
    let mut counts: Vec<(Style, usize)> = Vec::new();
    for cell in &buf.content {
        match counts.iter_mut().find(|(style, _)| *style == cell.style()) {
            Some((_, count)) => *count += 1,
            None => counts.push((cell.style(), 1)),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(style, _)| style).unwrap_or_default()
}

fn letter(index: usize) -> char {
    ".abcdefghijklmnopqrstuvwxyz".chars().nth(index).unwrap_or('*')
}

fn told(style: Style) -> String {
    let color = |color: Option<Color>| color.map_or("-".to_owned(), |color| color.to_string());
    let mut text = format!("{} on {}", color(style.fg), color(style.bg));
    if !style.add_modifier.is_empty() {
        let _ = write!(text, " {:?}", style.add_modifier);
    }
    text
}
