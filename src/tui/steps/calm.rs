//! Words in the middle of a screen that shows little else.
//!
//! Owns nothing but how they are set and how big they may be.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::widgets::text;

/// The most rows that what is written biggest may take of an area: two fifths, so that there is still air
/// around it, and seven where it has them.
#[must_use]
pub fn most_rows(area: Rect) -> u16 {
    (area.height * 2 / 5).max(7)
}

/// Draws lines in the middle of an area's width, from its top; returns how many rows they took.
pub fn centred(words: &str, area: Rect, style: Style, buf: &mut Buffer) -> u16 {
    let columns = area.width.saturating_sub(4).clamp(1, text::LINE);
    let mut used = 0;
    for (y, line) in (area.top()..area.bottom()).zip(text::wrap(words, columns)) {
        let x = area.x + area.width.saturating_sub(text::width(&line)) / 2;
        text::put(buf, x, y, &line, area.right().saturating_sub(x), style);
        used += 1;
    }
    used
}
