//! A panel with a line to type in, and below it the list of what there is already.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::compose::Compose;
use super::list::{Entry, List};
use super::panel::{self, Panel};
use super::text;

/// Columns inside the panel where there is room.
const COLUMNS: u16 = 68;

/// Rows beside those of the list: the line, what is told of the list, and air.
const BESIDE: u16 = 4;

/// A line to type in over a list.
#[derive(Debug, Clone, Copy)]
pub struct LineList<'t, F> {
    /// What stands in the panel's upper edge.
    pub title: &'t str,
    /// The line.
    pub compose: Compose<'t>,
    /// The most rows that the line takes.
    pub line_rows: u16,
    /// What is told of the list as a whole.
    pub told: &'t str,
    /// The list.
    pub list: List<'t, F>,
    /// The rows that the whole list would take.
    pub list_rows: u16,
}

/// The columns that line and list have in an area.
#[must_use]
pub fn columns(area: Rect) -> u16 {
    panel::areas((COLUMNS, 0), area).1.width
}

impl<'e, F: Fn(usize) -> Entry<'e>> LineList<'_, F> {
    /// Draws it in the middle of an area; answers where the line's cursor stands.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let Self { title, compose, line_rows, told, list, list_rows } = self;
        let theme = compose.theme;
        let rows = list_rows.max(&1).saturating_add(BESIDE).min(area.height.saturating_sub(6));
        let panel = Panel { title, inside: (COLUMNS, rows), theme };
        panel.render(area, buf);
        let (_, inside) = panel.areas(area);
        let taken = compose.rows(inside.width, *line_rows).min(inside.height);
        let line = Rect { height: taken, ..inside };
        compose.render(line, buf);
        let below = Rect { y: inside.y + taken, height: inside.height - taken, ..inside };
        if below.height >= 3 {
            text::put(buf, below.x, below.y + 1, told, below.width, theme.quiet);
            list.render(Rect { y: below.y + 2, height: below.height - 2, ..below }, buf);
        }
        compose.cursor(line)
    }
}
