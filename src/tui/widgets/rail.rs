//! The time rail: one block a step, as wide as its planned time, done, running and to come.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::text;
use crate::tui::theme::Theme;

/// One step on the rail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// Its planned time in seconds; only the proportions count.
    pub planned: u32,
    /// Where it stands.
    pub state: State,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// It is over.
    Done,
    /// It is running; how much of its time has gone, 0 to 1.
    Now(f64),
    /// It is to come.
    ToCome,
}

/// The rail of a whole agenda.
#[derive(Debug, Clone, Copy)]
pub struct Rail<'a> {
    /// The steps in order.
    pub blocks: &'a [Block],
    /// The look.
    pub theme: &'a Theme,
}

impl Rail<'_> {
    /// How many cells each step has, its bounds counted; none where not every step would be seen.
    fn widths(&self, columns: u16) -> Option<Vec<u16>> {
        let count = u16::try_from(self.blocks.len()).ok().filter(|count| *count > 0)?;
        // Bounds and one cell for each step, then the rest by planned time.
        let free = columns.checked_sub(count.checked_mul(3)?)?;
        let total: u64 = self.blocks.iter().map(|block| u64::from(block.planned)).sum();
        let share = |planned: u64| u64::from(free) * planned / total.max(1);
        let mut planned = 0;
        let ends = self.blocks.iter().map(|block| {
            let before = share(planned);
            planned += u64::from(block.planned);
            u16::try_from(share(planned) - before).unwrap_or(0) + 3
        });
        Some(ends.collect())
    }
}

impl Widget for &Rail<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let Theme { quiet, strong, rule, signs, .. } = *self.theme;
        let Some(widths) = self.widths(area.width) else {
            let now = self.blocks.iter().position(|block| matches!(block.state, State::Now(_)));
            let place = now.map_or(String::new(), |index| format!("{} / {}", index + 1, self.blocks.len()));
            text::put(buf, area.x, area.y, &place, area.width, quiet);
            return;
        };
        let mut x = area.x;
        for (block, width) in self.blocks.iter().zip(widths) {
            let cells = width - 2;
            let (full, sign, style) = match block.state {
                State::Done => (cells, 0, quiet),
                State::Now(gone) => (filled(gone, cells), 1, strong),
                State::ToCome => (0, 2, rule),
            };
            let inside = signs.rail[0].repeat(full.into()) + &signs.rail[sign].repeat((cells - full).into());
            let whole = format!("{}{inside}{}", signs.rail_ends[0], signs.rail_ends[1]);
            x += text::put(buf, x, area.y, &whole, width, style);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of cells"
)]
fn filled(part: f64, cells: u16) -> u16 {
    (part.clamp(0.0, 1.0) * f64::from(cells)).floor() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, picture};

    const BLOCKS: [Block; 4] = [
        Block { planned: 300, state: State::Done },
        Block { planned: 720, state: State::Now(0.6) },
        Block { planned: 240, state: State::ToCome },
        Block { planned: 2100, state: State::ToCome },
    ];

    #[test]
    fn the_three_states_differ_without_colour() {
        let theme = dark();
        let rail = Rail { blocks: &BLOCKS, theme: &theme };
        let picture = |columns| picture(&drawn(columns, 1, &theme, |area, buf| rail.render(area, buf)));
        insta::assert_snapshot!("rail_wide", picture(60));
        insta::assert_snapshot!("rail_narrow", picture(11));
    }

    #[test]
    fn it_fills_the_width_whatever_the_plan() {
        let theme = dark();
        for planned in [0, 1, u32::MAX] {
            let blocks = [Block { planned, state: State::ToCome }; 7];
            let sum: u16 = Rail { blocks: &blocks, theme: &theme }.widths(80).unwrap().iter().sum();
            assert!(sum == 80 || planned == 0, "{sum}");
        }
    }

    #[test]
    fn it_draws_at_every_size() {
        let theme = dark();
        for blocks in [&BLOCKS[..], &[]] {
            at_every_size(|area, buf| Rail { blocks, theme: &theme }.render(area, buf));
        }
    }
}
