//! The parking lot, drawn over a running session.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use crate::session::{Fate, Shown};
use crate::tui::parking::Parking;
use crate::tui::theme::Theme;
use crate::tui::widgets::compose::Compose;
use crate::tui::widgets::list::{Entry, List};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text;

/// The most rows that the thoughts being typed take.
const LINE_ROWS: u16 = 4;

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
    let width = 68.min(area.width.saturating_sub(6));
    let rows = shown
        .parked()
        .iter()
        .map(|parked| text::lines(&parked.text, width.saturating_sub(LABEL + 2), area.height));
    let rows = rows.fold(0_u16, u16::saturating_add).max(1).saturating_add(4);
    let panel =
        Panel { title: "Parking lot", inside: (68, rows.min(area.height.saturating_sub(6))), theme: &theme };
    panel.render(area, buf);
    let (_, inside) = panel.areas(area);
    let compose = Compose {
        line: parking.line(),
        prompt: if parking.changing.is_some() { "Change" } else { "Park" },
        prompt_style: theme.strong,
        placeholder: "a thought for later, one a line",
        offers: &[],
        masked: false,
        theme: &theme,
    };
    let taken = compose.rows(inside.width, LINE_ROWS).min(inside.height);
    let line = Rect { height: taken, ..inside };
    compose.render(line, buf);
    let below = Rect { y: inside.y + taken, height: inside.height - taken, ..inside };
    draw_list(parking, shown, &theme, below, buf);
    if parking.is_in_list() { None } else { compose.cursor(line) }
}

/// How many wait, then what is parked and what is to become of it.
fn draw_list(parking: &Parking, shown: Shown<'_>, theme: &Theme, area: Rect, buf: &mut Buffer) {
    if area.height < 3 {
        return;
    }
    let parked: Vec<_> = shown.parked().iter().collect();
    let told = match (parked.len(), shown.waiting()) {
        (0, _) => "Nothing is parked yet.".to_owned(),
        (_, 0) => "Nothing waits any more.".to_owned(),
        (_, 1) => "One thought waits.".to_owned(),
        (_, many) => format!("{many} thoughts wait."),
    };
    text::put(buf, area.x, area.y + 1, &told, area.width, theme.quiet);
    let entry = |index: usize| {
        parked.get(index).map_or_else(Entry::default, |one| Entry {
            label: label(one.fate).into(),
            text: one.text.as_str().into(),
            style: (one.fate != Fate::Waiting).then_some(theme.quiet),
            ..Entry::default()
        })
    };
    let selected = parking.marked.and_then(|marked| parked.iter().position(|one| one.id == marked));
    let list = List { selected, from_first: true, label: LABEL, ..List::new(parked.len(), entry, theme) };
    list.render(Rect { y: area.y + 2, height: area.height - 2, ..area }, buf);
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
