//! The parking lot, drawn over a running session.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::session::{Fate, Shown};
use crate::tui::parking::Parking;
use crate::tui::theme::Theme;
use crate::tui::widgets::compose::Compose;
use crate::tui::widgets::line_list::LineList;
use crate::tui::widgets::list::{Entry, List};
use crate::tui::widgets::text;

/// Columns for what is to become of a thought.
const LABEL: u16 = 12;

pub(super) fn draw(
    parking: &Parking,
    shown: Shown<'_>,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let theme = theme.panelled();
    let columns = 68.min(area.width.saturating_sub(6)).saturating_sub(LABEL + 2);
    let parked: Vec<_> = shown.parked().iter().collect();
    let rows = parked.iter().map(|parked| text::lines(&parked.text, columns, area.height));
    let told = match (parked.len(), shown.waiting()) {
        (0, _) => "Nothing is parked yet.".to_owned(),
        (_, 0) => "Nothing waits any more.".to_owned(),
        (_, 1) => "One thought waits.".to_owned(),
        (_, many) => format!("{many} thoughts wait."),
    };
    let entry = |index: usize| {
        parked.get(index).map_or_else(Entry::default, |one| Entry {
            label: label(one.fate).into(),
            text: one.text.as_str().into(),
            style: (one.fate != Fate::Waiting).then_some(theme.quiet),
            ..Entry::default()
        })
    };
    let selected = parking.marked.and_then(|marked| parked.iter().position(|one| one.id == marked));
    let lot = LineList {
        title: "Parking lot",
        compose: Compose {
            line: parking.line(),
            prompt: if parking.changing.is_some() { "Change" } else { "Park" },
            prompt_style: theme.strong,
            placeholder: "a thought for later, one a line",
            offers: &[],
            masked: false,
            theme: &theme,
        },
        line_rows: 4,
        told: &told,
        list: List { selected, from_first: true, label: LABEL, ..List::new(parked.len(), entry, &theme) },
        list_rows: rows.fold(0_u16, u16::saturating_add),
    };
    let cursor = lot.draw(area, buf);
    if parking.is_in_list() { None } else { cursor }
}

/// What is to become of it, in no more than [`LABEL`] columns.
const fn label(fate: Fate) -> &'static str {
    match fate {
        Fate::Waiting => "waits",
        Fate::Discussed => "discussed",
        Fate::NextSession => "next session",
        Fate::Dropped => "dropped",
    }
}
