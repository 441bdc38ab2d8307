//! The break: when to be back. Nothing is written in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::calm::centred;
use super::{Focus, Here, Label, Scene, StepAction, StepScreen};
use crate::session::ItemId;
use crate::session::paper::Sheet;
use crate::timer::Left;
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::widgets::big::{Across, Big};

/// The screen of a break; it remembers nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Break;

/// The local time of day at which a break ends, to the nearest minute; none once it is over.
fn back_at(here: &Here<'_>) -> Option<String> {
    match here.pass.current().countdown.left(here.now) {
        Left::Time(secs) => {
            let end = here.now.plus_millis((i64::from(secs) + 30) * 1000);
            Some(end.local().format("%-H:%M").to_string())
        }
        Left::Over(_) => None,
    }
}

impl StepScreen for Break {
    fn has_line(&self, _here: &Here<'_>) -> bool {
        false
    }

    fn place(&self, _here: &Here<'_>, _focus: Focus) -> Place {
        Place::Board
    }

    fn label(&self, _here: &Here<'_>) -> Label {
        Label { side: None, what: String::new() }
    }

    fn hints(&self, _here: &Here<'_>, _focus: Focus) -> Vec<(Action, &'static str)> {
        vec![(Action::NextStep, "next"), (Action::ExtendTimer, "a minute more"), (Action::Palette, "all")]
    }

    fn submit(&mut self, _here: &Here<'_>, _text: &str) -> Vec<Effect> {
        Vec::new()
    }

    fn sheet(&self, _here: &Here<'_>, _text: &str) -> Option<Sheet> {
        None
    }

    fn act(&mut self, _here: &Here<'_>, _focus: Focus, _action: StepAction) -> Option<Vec<Effect>> {
        None
    }

    fn marked(&self, _here: &Here<'_>) -> Option<ItemId> {
        None
    }

    /// When to be back, in the middle, big enough for the corridor.
    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let theme = scene.theme;
        let Some(time) = back_at(&scene.here) else {
            let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
            centred("We go on.", middle, theme.strong, buf);
            return;
        };
        let big = Big { text: &time, style: theme.countdown, signs: theme.signs, place: Across::Middle };
        let (_, rows) = big.size(area.width, area.height.saturating_sub(2));
        let top = area.y + area.height.saturating_sub(rows + 2) / 2;
        let words = Rect { y: top, height: area.height.min(1), ..area };
        centred("Back at", words, theme.strong, buf);
        big.render(Rect { y: top + 2, height: rows, ..area }.intersection(area), buf);
    }
}

#[cfg(test)]
mod tests;
