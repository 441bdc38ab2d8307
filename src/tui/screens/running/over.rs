//! What lies over a running session, drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::{Running, agenda, parking, people};
use crate::tui::overlay::{Dialog, Overlay, Typed};
use crate::tui::widgets::compose::Compose;
use crate::tui::widgets::palette::{Help, Palette};
use crate::tui::widgets::panel::{self, Panel};
use crate::tui::widgets::preview::Preview;

pub(super) fn draw(
    running: &Running<'_>,
    overlay: &Overlay,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let (keymap, theme) = (running.keymap, running.theme);
    match overlay {
        Overlay::Help { place, top, over: _ } => {
            Help { place: *place, keymap, scroll: *top, theme }.render(area, buf);
            None
        }
        Overlay::Palette(open) => {
            let palette = Palette { search: &open.search, place: open.place, keymap, theme };
            palette.render(area, buf);
            palette.cursor(area)
        }
        Overlay::Agenda { marked } => {
            draw_agenda(running, *marked, area, buf);
            None
        }
        Overlay::Dialog(dialog) => {
            draw_dialog(running, dialog, area, buf);
            None
        }
        Overlay::SaveElsewhere(typed) => {
            draw_typed(running, "Save a copy to this folder or file", "", typed, area, buf)
        }
        Overlay::People(open) => people::draw(open, running.shown, theme, area, buf),
        Overlay::Parking(open) => parking::draw(open, running.shown, theme, area, buf),
    }
}

fn draw_dialog(running: &Running<'_>, dialog: &Dialog, area: Rect, buf: &mut Buffer) {
    let answers: Vec<&str> = dialog.choices.iter().map(|choice| choice.label.as_str()).collect();
    let detail = dialog.lines.join("\n");
    let Dialog { question, preview: rows, top, marked, .. } = dialog;
    if !rows.is_empty() {
        let (answers, theme) = (answers.as_slice(), running.theme);
        Preview { question, rows, top: *top, answers, selected: *marked, theme }.render(area, buf);
        return;
    }
    panel::Dialog { question, detail: &detail, answers: &answers, selected: *marked, theme: running.theme }
        .render(area, buf);
}

fn draw_typed(
    running: &Running<'_>,
    question: &str,
    example: &str,
    typed: &Typed,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let panel = Panel { title: question, inside: (64, 3), theme: running.theme };
    panel.render(area, buf);
    let (_, inside) = panel.areas(area);
    let compose = Compose {
        line: &typed.0,
        prompt: "",
        prompt_style: running.theme.text,
        placeholder: example,
        offers: &[],
        masked: false,
        theme: running.theme,
    };
    compose.render(inside, buf);
    compose.cursor(inside)
}

fn draw_agenda(running: &Running<'_>, marked: usize, area: Rect, buf: &mut Buffer) {
    let rows = u16::try_from(running.shown.agenda().count()).unwrap_or(u16::MAX).clamp(1, 20);
    let panel = Panel { title: "Agenda: Enter goes there", inside: (60, rows), theme: running.theme };
    panel.render(area, buf);
    let (_, inside) = panel.areas(area);
    let style = running.theme.on_panel(running.theme.text);
    agenda::draw(running.shown, Some(marked), style, running.theme, inside, buf);
}
