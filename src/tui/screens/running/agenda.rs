//! The agenda: which steps there are, which are done, where we are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::script::Step;
use crate::session::{Shown, StepId, planned_secs};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{Entry, List};

/// Draws the steps in order, one of them marked where the arrows choose.
pub(super) fn draw(
    shown: Shown<'_>,
    marked: Option<usize>,
    style: Style,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) {
    let steps: Vec<(StepId, &Step)> = shown.agenda().collect();
    let present = shown.present().map(|(_, pass)| pass.step);
    let entry = |index: usize| {
        steps.get(index).map_or_else(Entry::default, |(id, step)| {
            let sign = if Some(*id) == present {
                theme.signs.marked
            } else if shown.last_pass(*id).is_some() {
                theme.signs.check
            } else {
                ""
            };
            Entry {
                label: sign.into(),
                text: step.head.title.as_str().into(),
                tail: format!("{} min", (planned_secs(step) + 30) / 60).into(),
                style: Some(style),
            }
        })
    };
    let list = List { selected: marked, label: 2, ..List::new(steps.len(), entry, theme) };
    list.render(area, buf);
}
