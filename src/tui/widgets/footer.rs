//! The last line: what can be done now, and whether everything is saved.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::text;
use crate::tui::action::Action;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{Signs, Theme};

/// Whether what was written is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Nothing to save here.
    Nothing,
    /// All of it is.
    All,
    /// Some of it is on its way.
    Saving,
    /// It could not be written.
    Not,
    /// All of it is on the disk, but the session's file could not be written.
    NotInFile,
}

impl Saved {
    /// How it is said.
    #[must_use]
    pub fn words(self, signs: &Signs) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::All => format!("{} all saved", signs.check),
            Self::Saving => "saving".to_owned(),
            Self::Not => "NOT SAVED".to_owned(),
            Self::NotInFile => "FILE NOT SAVED".to_owned(),
        }
    }
}

/// The last line of a screen.
#[derive(Debug, Clone, Copy)]
pub struct Footer<'a> {
    /// Actions with a word or two each, the most important first; those without a key are left out.
    pub hints: &'a [(Action, &'a str)],
    /// Where the keys come from.
    pub keymap: &'a Keymap,
    /// What stands at the right.
    pub saved: Saved,
    /// The look.
    pub theme: &'a Theme,
}

impl Widget for &Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let Theme { quiet, key, saved, unsaved, warning, signs, .. } = *self.theme;
        let state = self.saved.words(signs);
        let style = match self.saved {
            Saved::Nothing => quiet,
            Saved::All => saved,
            Saved::Saving => unsaved,
            Saved::Not | Saved::NotInFile => warning,
        };
        let width = text::width(&state);
        let state_at = area.right().saturating_sub(width).max(area.x);
        text::put(buf, state_at, area.y, &state, area.width, style);

        let end = if width == 0 { area.right() } else { state_at.saturating_sub(2) };
        let mut x = area.x;
        for (action, words) in self.hints {
            let Some(name) = self.keymap.hint(*action) else { continue };
            let needed = text::width(&name) + 1 + text::width(words);
            if x + needed > end {
                break;
            }
            x += text::put(buf, x, area.y, &name, needed, key) + 1;
            x += text::put(buf, x, area.y, &text::visible(words), needed, quiet) + 3;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, picture};

    const HINTS: [(Action, &str); 6] = [
        (Action::Add, "adds"),
        (Action::NextField, "side"),
        (Action::EndSilence, "is not shown"),
        (Action::Board, "board"),
        (Action::NextStep, "next"),
        (Action::Palette, "all"),
    ];

    #[test]
    fn it_tells_keys_and_what_is_saved() {
        let (theme, keymap) = (dark(), Keymap::default());
        for (name, columns, saved) in
            [("all", 78, Saved::All), ("not", 78, Saved::Not), ("narrow", 40, Saved::Saving)]
        {
            let footer = Footer { hints: &HINTS, keymap: &keymap, saved, theme: &theme };
            let buf = drawn(columns, 1, &theme, |area, buf| footer.render(area, buf));
            insta::assert_snapshot!(format!("footer_{name}"), picture(&buf));
        }
    }

    #[test]
    fn it_draws_at_every_size() {
        let (theme, keymap) = (dark(), Keymap::default());
        for saved in [Saved::Nothing, Saved::Not] {
            at_every_size(|area, buf| {
                Footer { hints: &HINTS, keymap: &keymap, saved, theme: &theme }.render(area, buf);
            });
        }
    }
}
