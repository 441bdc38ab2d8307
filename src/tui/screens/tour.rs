//! The one-minute tour: what visavis is, and the keys that matter.
//!
//! Owns its five pages. Never does anything but tell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::below;
use super::page::{Block, Page, Said};
use crate::tui::action::{Action, Place};
use crate::tui::keymap::Keymap;
use crate::tui::nav::{Nav, Way};
use crate::tui::theme::Theme;
use crate::tui::widgets::footer::{Footer, Saved};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text;

/// The tour while it lies over a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tour {
    page: usize,
}

/// What follows from a key in the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is over: go back to what lies below it.
    Close,
}

/// One page: its heading and its paragraphs. The fourth is made of keys.
const PAGES: [(&str, &[&str]); 5] = [
    (
        "Two sides, face to face",
        &[
            "Those who buy and those who sell do mirror-image work, and seldom learn from each other. \
             visavis leads them through one session: see what the other side does well, think, decide.",
            "You type what is said. Everybody reads it on the wall.",
        ],
    ),
    (
        "A script leads",
        &[
            "A session runs step by step: notes from both sides, each side's picture of the other, some \
             minutes of silence, decisions, a rating. Each step has its own time.",
            "Time that runs over is counted, never cut off. You can go back to any step; nothing is lost.",
        ],
    ),
    (
        "Typing is always safe",
        &[
            "There is a line at the bottom. A letter typed there is only ever a letter.",
            "End a note with a #tag, or with @name to say whose it is. Paste a list, and it becomes notes.",
            "What a side writes can stay hidden until all of it is shown at the same moment.",
        ],
    ),
    ("Six keys", &[]),
    (
        "Nothing is lost",
        &[
            "What was typed is on the disk within a moment; the last line of the screen says so. After a \
             crash, or a closed lid, the session goes on where it was.",
            "One session is one file that people can read. No account, no network.",
        ],
    ),
];

/// The keys that matter, with what they do.
const KEYS: [(Action, &str); 6] = [
    (Action::Add, "adds what the line says"),
    (Action::NextField, "writes for the other side"),
    (Action::NextStep, "goes on: the next round, the next step"),
    (Action::Board, "leaves the line for the board, and comes back"),
    (Action::Palette, "finds everything that can be done"),
    (Action::Undo, "takes back the last change"),
];

/// Columns and rows inside its panel.
const INSIDE: (u16, u16) = (62, 13);

impl Tour {
    /// What has the focus.
    #[must_use]
    pub const fn place(self) -> Place {
        Place::Overlay
    }

    /// What a key does.
    pub fn act(&mut self, action: Action) -> Option<Outcome> {
        let last = PAGES.len() - 1;
        match Nav::of(action)? {
            Nav::Back => return Some(Outcome::Close),
            Nav::Confirm if self.page == last => return Some(Outcome::Close),
            Nav::Confirm | Nav::Move(Way::LaterPage) => self.page += 1,
            Nav::Move(Way::EarlierPage) => self.page = self.page.saturating_sub(1),
            Nav::Move(way) => self.page = way.moved(self.page, PAGES.len()),
        }
        None
    }

    /// Draws it over the middle of an area.
    pub fn draw(self, theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let title = format!("visavis in a minute, {} of {}", self.page + 1, PAGES.len());
        let panel = Panel { title: &title, inside: INSIDE, theme };
        panel.render(area, buf);
        let (_, inside) = panel.areas(area);
        let inside = below(inside, 1);
        let (heading, paragraphs) = PAGES[self.page.min(PAGES.len() - 1)];
        let said = |text: &str, style| vec![Said::new(text, theme.on_panel(style))];
        let mut blocks: Vec<Block> = vec![said(heading, theme.strong)];
        blocks.extend(paragraphs.iter().map(|text| said(text, theme.text)));
        let room = Rect { height: inside.height.saturating_sub(2), ..inside };
        let mut on_panel = *theme;
        on_panel.quiet = theme.on_panel(theme.quiet);
        on_panel.key = theme.on_panel(theme.key);
        Page { blocks: &blocks, least: text::LINE, theme: &on_panel }.draw(0, room, buf);
        if paragraphs.is_empty() {
            draw_keys(theme, keymap, below(room, 2), buf);
        }
        let on = if self.page + 1 == PAGES.len() { "closes" } else { "goes on" };
        let hints = [(Action::Confirm, on), (Action::Up, "back"), (Action::Back, "closes")];
        let hints = if self.page == 0 { &[hints[0], hints[2]][..] } else { &hints[..] };
        let last = Rect { y: inside.bottom().saturating_sub(1), height: inside.height.min(1), ..inside };
        Footer { hints, keymap, saved: Saved::Nothing, theme: &on_panel }.render(last, buf);
    }
}

fn draw_keys(theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
    let known: Vec<(String, &str)> =
        KEYS.iter().filter_map(|(action, words)| Some((keymap.hint(*action)?, *words))).collect();
    let wide = known.iter().map(|(key, _)| text::width(key)).max().unwrap_or(0) + 3;
    for (y, (key, words)) in (area.top()..area.bottom()).zip(known) {
        text::put(buf, area.x, y, &key, area.width, theme.on_panel(theme.key));
        let room = area.width.saturating_sub(wide);
        let words = text::fit(words, room, theme.signs.cut);
        text::put(buf, area.x + wide, y, &words, room, theme.on_panel(theme.text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

    #[test]
    fn it_goes_on_and_back_and_ends() {
        let mut tour = Tour::default();
        assert_eq!(tour.act(Action::Up), None);
        for page in 1..5 {
            assert_eq!(tour.act(Action::Confirm), None);
            assert_eq!(tour.page, page);
        }
        tour.act(Action::Up);
        assert_eq!(tour.page, 3);
        tour.act(Action::Last);
        assert_eq!(tour.act(Action::Down), None, "only Enter and Esc close it");
        assert_eq!(tour.act(Action::Confirm), Some(Outcome::Close));
        assert_eq!(Tour::default().act(Action::Back), Some(Outcome::Close));
        assert_eq!(Tour::default().act(Action::Leave), None);
    }

    #[test]
    fn every_page_fits_where_the_least_screen_is() {
        let (theme, keymap) = (dark(), Keymap::default());
        for (page, (_, paragraphs)) in PAGES.iter().enumerate() {
            for (columns, rows) in [(60, 16), (80, 24)] {
                let tour = Tour { page };
                let shown =
                    plain(&drawn(columns, rows, &theme, |area, buf| tour.draw(&theme, &keymap, area, buf)));
                let last = paragraphs.last().map_or("last change", |text| &text[text.len() - 9..]);
                assert!(!shown.contains('↓') && shown.contains(last), "{shown}");
            }
        }
    }

    #[test]
    fn it_tells_the_keys() {
        let keymap = Keymap::default();
        for (name, theme) in [("dark", dark()), ("light", light())] {
            let tour = Tour { page: 3 };
            let buf = drawn(80, 24, &theme, |area, buf| tour.draw(&theme, &keymap, area, buf));
            insta::assert_snapshot!(format!("tour_{name}"), picture(&buf));
        }
    }

    #[test]
    fn it_draws_at_every_size() {
        let (theme, keymap) = (dark(), Keymap::default());
        for page in 0..PAGES.len() {
            at_every_size(|area, buf| Tour { page }.draw(&theme, &keymap, area, buf));
        }
    }
}
