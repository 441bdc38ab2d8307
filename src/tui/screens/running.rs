//! The running session as the room sees it, and the facilitator's part beside it.
//!
//! Owns the frame around every step: header, rail, title and countdown, the line, the footer. Never knows
//! what a kind of step shows inside it.

mod agenda;
mod facilitator;
mod over;
mod parking;
mod people;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::widgets::Widget;

use crate::script::{Activity, Group, Privacy, Round};
use crate::session::{Shown, planned_secs};
use crate::timer::{Left, Timestamp};
use crate::tui::action::{Action, Place};
use crate::tui::keymap::Keymap;
use crate::tui::overlay::Overlay;
use crate::tui::run::Run;
use crate::tui::steps::calm::centred;
use crate::tui::steps::{Here, Scene};
use crate::tui::theme::Theme;
use crate::tui::widgets::big::{Across, Big};
use crate::tui::widgets::compose::Compose;
use crate::tui::widgets::footer::{Footer, Saved};
use crate::tui::widgets::header::Header;
use crate::tui::widgets::panel::{Notice, TooSmall, too_small};
use crate::tui::widgets::rail::{Block, Rail, State};
use crate::tui::widgets::text;

/// What the frame around a step is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Running<'a> {
    /// The part of the model that belongs to the session.
    pub run: &'a Run,
    /// The session without what is hidden.
    pub shown: Shown<'a>,
    /// The moment.
    pub now: Timestamp,
    /// The time of day, as in `14:23`.
    pub clock: &'a str,
    /// Whether everything is on the disk.
    pub saved: Saved,
    /// What needs a person: why something is not saved.
    pub trouble: &'a str,
    /// Where the hints' keys come from.
    pub keymap: &'a Keymap,
    /// The look.
    pub theme: &'a Theme,
}

/// From this width on the facilitator's part stands beside the room's.
const BESIDE: u16 = 108;

/// From this width on the agenda stands there too.
const WIDE: u16 = 150;

/// What can stand beside the room's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Facilitator,
    Agenda,
}

/// The columns of what stands beside the room's part.
const PART: u16 = 40;

/// The most rows that the line takes.
const LINE_ROWS: u16 = 4;

/// The most rows that a list takes while it is typed.
const LIST_ROWS: u16 = 10;

impl Running<'_> {
    /// Draws the whole screen; answers where the cursor stands.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if self.shown.interrupted().is_some() {
            let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
            centred("paused", middle.intersection(area), self.theme.quiet, buf);
            self.draw_urgent(area, buf);
            return None;
        }
        if too_small(area) {
            TooSmall { theme: self.theme }.render(area, buf);
            return None;
        }
        let here = self.here();
        let place = self.run.place(here.as_ref());
        let cursor = match &here {
            Some(here) => self.draw_step(here, place, area, buf),
            None => {
                self.draw_before(area, buf);
                None
            }
        };
        match &self.run.overlay {
            Some(overlay) => over::draw(self, overlay, area, buf),
            None => cursor,
        }
    }

    /// What needs a person, where nothing else is said.
    fn draw_urgent(&self, area: Rect, buf: &mut Buffer) {
        Notice { text: self.trouble, warning: true, theme: self.theme }.render(last_rows(area), buf);
    }

    fn here(&self) -> Option<Here<'_>> {
        let (step, pass) = self.shown.present()?;
        Some(Here { shown: self.shown, step, pass, now: self.now })
    }

    fn draw_before(&self, area: Rect, buf: &mut Buffer) {
        let inside = margin(area);
        let content = Rect { height: inside.height.saturating_sub(1), ..inside };
        super::welcome::draw(self.shown, self.now, self.theme, content, buf);
        self.draw_footer(&[(Action::Confirm, "begins"), (Action::Palette, "all")], last_row(inside), buf);
    }

    fn draw_step(&self, here: &Here<'_>, place: Place, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let screen = self.run.screen(here)?;
        let scene = Scene { here: *here, theme: self.theme, focus: self.run.focus };
        if screen.is_whole_screen(here) {
            // What is said before a silence is needed just there; once it is kept nothing covers it.
            if self.run.facilitator && !here.pass.is_silent() {
                facilitator::draw(here, self.theme, margin(area).inner(Margin::new(2, 2)), buf);
            } else {
                screen.draw(&scene, area, buf);
            }
            // In a silence nothing is said but what cannot wait.
            if here.pass.is_silent() {
                self.draw_urgent(area, buf);
            } else {
                let (text, warning) = self.told();
                Notice { text, warning, theme: self.theme }.render(last_rows(area), buf);
            }
            return None;
        }
        let inside = margin(area);
        let (room, beside) = self.parts(inside);
        let top = self.draw_top(here, inside, room, buf);
        let bottom = last_row(inside);
        self.draw_footer(&self.hints(here, place), bottom, buf);
        let (line, cursor) = if screen.has_line(here) {
            self.draw_line(here, Rect { y: top, height: bottom.y - top, ..room }, place, buf)
        } else {
            (bottom.y, None)
        };
        let content = Rect { y: top, height: line.saturating_sub(top + 1), ..room };
        let has_part = beside.iter().any(|(what, _)| *what == Beside::Facilitator);
        if self.run.facilitator && !has_part {
            facilitator::draw(here, self.theme, content, buf);
        } else {
            screen.draw(&scene, content, buf);
        }
        for (what, area) in beside {
            let area = Rect { y: inside.y + 3, height: bottom.y.saturating_sub(inside.y + 4), ..area };
            match what {
                Beside::Facilitator => facilitator::draw(here, self.theme, area, buf),
                Beside::Agenda => agenda::draw(self.shown, None, self.theme.text, self.theme, area, buf),
            }
        }
        cursor
    }

    /// The room's columns, and what stands beside them where there is the width for it.
    fn parts(&self, inside: Rect) -> (Rect, Vec<(Beside, Rect)>) {
        let wanted = [(Beside::Facilitator, self.run.facilitator, BESIDE), (Beside::Agenda, true, WIDE)];
        let mut room = inside;
        let mut beside = Vec::new();
        for (what, wanted, least) in wanted {
            if wanted && room.width >= least {
                room.width -= PART + 3;
                beside.push((what, Rect { x: room.right() + 3, width: PART, ..inside }));
            }
        }
        (room, beside)
    }

    /// Header, rail, title and countdown; answers the row below them.
    fn draw_top(&self, here: &Here<'_>, inside: Rect, room: Rect, buf: &mut Buffer) -> u16 {
        let place = self.shown.agenda().position(|(id, _)| id == here.pass.step);
        let drift = if self.shown.status().is_write_up() {
            "write-up".to_owned()
        } else if self.run.facilitator {
            facilitator::drift(here)
        } else {
            String::new()
        };
        let header = Header {
            title: self.shown.title(),
            activity: Some(match here.step.activity() {
                Activity::SenseMaking => 0,
                Activity::KnowledgeCreation => 1,
                Activity::DecisionMaking => 2,
            }),
            step: place.map(|place| (place + 1, self.shown.agenda().count())),
            privacy: match self.shown.privacy() {
                Privacy { confidential: false, anonymous: false } => &[],
                Privacy { confidential: true, anonymous: false } => &["confidential", "confid."],
                Privacy { confidential: false, anonymous: true } => &["anonymous", "anon."],
                Privacy { confidential: true, anonymous: true } => {
                    &["confidential, anonymous", "conf., anon.", "conf anon"]
                }
            },
            drift: &drift,
            clock: self.clock,
            theme: self.theme,
        };
        header.render(Rect { height: 1, ..inside }, buf);
        let blocks = self.blocks(here);
        Rail { blocks: &blocks, theme: self.theme }
            .render(Rect { y: inside.y + 1, height: 1, ..inside }, buf);
        let rows = if inside.height >= 36 { 7 } else { 4 };
        let block = Rect { y: inside.y + 3, height: rows, ..room };
        let digits = self.draw_countdown(here, block, buf);
        let words = Rect { width: block.width.saturating_sub(digits + 2), ..block };
        let used = self.draw_question(here, words, buf);
        // The last row of the digits is all but empty: that is the air below the words.
        block.y + rows.max(used + 1)
    }

    fn blocks(&self, here: &Here<'_>) -> Vec<Block> {
        let mut passed = false;
        self.shown
            .agenda()
            .map(|(id, step)| {
                let present = id == here.pass.step;
                let state = if present {
                    passed = true;
                    let countdown = here.pass.current().countdown;
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "a share of a day in milliseconds is exact enough"
                    )]
                    let share = countdown.ran(self.now) as f64 / countdown.length().max(1) as f64;
                    State::Now(share.clamp(0.0, 1.0))
                } else if self.shown.last_pass(id).is_some() || !passed {
                    State::Done
                } else {
                    State::ToCome
                };
                Block { planned: u32::try_from(planned_secs(step)).unwrap_or(0), state }
            })
            .collect()
    }

    /// The countdown in the top right corner; answers how many columns it took.
    fn draw_countdown(&self, here: &Here<'_>, area: Rect, buf: &mut Buffer) -> u16 {
        if self.shown.status().is_write_up() {
            return 0;
        }
        let left = here.pass.current().countdown.left(self.now);
        let style = match left {
            Left::Time(_) => self.theme.countdown,
            Left::Over(_) => self.theme.overtime,
        };
        let words = left.to_string();
        let big = Big { text: &words, style, signs: self.theme.signs, place: Across::Right };
        let (columns, _) = big.size(area.width / 2, area.height);
        let corner = Rect { x: area.right().saturating_sub(columns), width: columns, ..area };
        big.render(corner, buf);
        columns
    }

    /// Title, prompt, and what round it is; answers how many rows they took.
    fn draw_question(&self, here: &Here<'_>, area: Rect, buf: &mut Buffer) -> u16 {
        let head = &here.step.head;
        let own = self.run.screen(here).and_then(|screen| screen.question(here));
        let (title, prompt) = own.unwrap_or((&head.title, &head.prompt));
        // A question that stands for both may be as long as a prompt.
        let most = if own.is_some() { 3 } else { 2 };
        let mut used = text::draw_wrapped(title, Rect { height: most, ..area }, self.theme.strong, buf);
        let rest = |used: u16| Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        if !prompt.is_empty() {
            let rows = Rect { height: rest(used).height.min(3), ..rest(used) };
            used += text::draw_wrapped(prompt, rows, self.theme.text, buf);
        }
        let round = round_words(here);
        if !round.is_empty() {
            used += text::draw_wrapped(
                &round,
                Rect { height: rest(used).height.min(1), ..rest(used) },
                self.theme.quiet,
                buf,
            );
        }
        used
    }

    /// The line to type in, at the bottom of an area; answers its first row, and where the cursor stands.
    fn draw_line(
        &self,
        here: &Here<'_>,
        area: Rect,
        place: Place,
        buf: &mut Buffer,
    ) -> (u16, Option<Position>) {
        let label = self.run.label(here);
        let side =
            label.side.as_ref().and_then(|key| Some((self.shown.side_place(key)?, self.shown.side(key)?)));
        let style = side.map_or(self.theme.strong, |(place, _)| self.theme.side(place));
        let name = side.map(|(_, side)| format!("{} {}", side.mark, text::visible(&side.name)));
        let words: Vec<String> =
            name.into_iter().chain((!label.what.is_empty()).then(|| label.what.clone())).collect();
        let prompt = words.join(" \u{b7} ");
        let offers = self.run.offers(here);
        let hint = self.run.hint(here);
        let compose = Compose {
            line: self.run.line(here),
            prompt: &prompt,
            prompt_style: style,
            placeholder: &hint,
            offers: &offers,
            masked: self.run.masked,
            theme: self.theme,
        };
        let most = if self.run.is_listing(here) { LIST_ROWS.min(area.height / 2) } else { LINE_ROWS };
        let rows = compose.rows(area.width, most);
        let y = area.bottom().saturating_sub(rows + 1).max(area.y);
        let line = Rect { y, height: rows.min(area.bottom().saturating_sub(y)), ..area };
        compose.render(line, buf);
        let cursor = if place == Place::Compose { compose.cursor(line) } else { None };
        (y, cursor)
    }

    fn hints(&self, here: &Here<'_>, place: Place) -> Vec<(Action, &'static str)> {
        if let Some(Overlay::Parking(parking)) = &self.run.overlay {
            return parking.hints();
        }
        if self.run.is_editing(here) {
            return vec![(Action::Add, "changes it"), (Action::Board, "leaves it as it was")];
        }
        if self.run.is_listing(here) {
            return vec![(Action::Add, "next line; twice: shows them all"), (Action::Board, "ends the list")];
        }
        match place {
            Place::Compose | Place::Board | Place::Groups | Place::Dots => {
                self.run.screen(here).map(|screen| screen.hints(here, self.run.focus)).unwrap_or_default()
            }
            Place::Ready => vec![(Action::BeginSilence, "begins"), (Action::Palette, "all")],
            Place::Form => match &self.run.overlay {
                Some(Overlay::People(people)) => people.hints(),
                Some(
                    Overlay::Help { .. }
                    | Overlay::Palette(_)
                    | Overlay::Agenda { .. }
                    | Overlay::Dialog(_)
                    | Overlay::SaveElsewhere(_)
                    | Overlay::Parking(_),
                )
                | None => vec![(Action::Confirm, "takes it"), (Action::Back, "back")],
            },
            Place::Silence
            | Place::Anywhere
            | Place::Session
            | Place::List
            | Place::LookBack
            | Place::Setup
            | Place::Summary
            | Place::Overlay
            | Place::Dialog
            | Place::Palette => Vec::new(),
        }
    }

    fn draw_footer(&self, hints: &[(Action, &str)], row: Rect, buf: &mut Buffer) {
        let footer = Footer { hints, keymap: self.keymap, saved: self.saved, theme: self.theme };
        let (told, warning) = self.told();
        if told.is_empty() {
            footer.render(row, buf);
            return;
        }
        // What is said takes the hints' place and the empty row above; whether it is saved stays in sight.
        Footer { hints: &[], ..footer }.render(row, buf);
        let state = text::width(&self.saved.words(self.theme.signs)) + 3;
        let room =
            Rect { y: row.y.saturating_sub(1), width: row.width.saturating_sub(state), height: 2, ..row };
        Notice { text: told, warning, theme: self.theme }.render(room, buf);
    }

    /// What is said now, and whether it needs a person.
    fn told(&self) -> (&str, bool) {
        // What is not saved comes back after the next key; a word about this key does not.
        match &self.run.notice {
            Some(notice) => (notice.as_str(), false),
            None => (self.trouble, true),
        }
    }
}

/// One cell of air at both sides.
const fn margin(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

const fn last_row(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }
}

/// Where something is said on a picture without a footer.
const fn last_rows(area: Rect) -> Rect {
    let row = last_row(margin(area));
    Rect { y: row.y.saturating_sub(1), height: 2, ..row }
}

/// Which round it is and who works together in it.
fn round_words(here: &Here<'_>) -> String {
    let rounds = &here.step.head.rounds;
    let countdown = here.pass.current().countdown;
    let mut words = Vec::new();
    if let Some(round) =
        usize::try_from(here.pass.round).ok().and_then(|round| rounds.get(round.checked_sub(1)?))
    {
        let hidden = if here.pass.current().cover.is_open() { "" } else { " (hidden)" };
        words.push(format!("Round {} of {}: {}{hidden}", here.pass.round, rounds.len(), round_name(round)));
    }
    if !countdown.is_running() && !here.shown.status().is_write_up() {
        words.push("paused".to_owned());
    }
    words.join(", ")
}

fn round_name(round: &Round) -> String {
    if !round.title.is_empty() {
        return round.title.clone();
    }
    match round.group {
        Group::Alone => "everybody alone",
        Group::Pairs => "in pairs",
        Group::Trios => "in threes",
        Group::Fours => "in fours",
        Group::Side => "each side by itself",
        Group::All => "all together",
    }
    .to_owned()
}
