//! A desk for tests: a room, the screen of its present step, and the line, with the loop's part of each
//! effect in its simplest form.

use ratatui::buffer::Buffer;

use super::{Focus, Here, Scene, StepAction, StepScreen};
use crate::session::testing::Room;
use crate::tui::color::Depth;
use crate::tui::effect::{Effect, Then};
use crate::tui::overlay::{Dialog, Overlay};
use crate::tui::testing::{at_every_size, drawn, plain};
use crate::tui::theme::{ASCII, Look, Theme};

/// Six notes of two sides, with what is looked for in them, and one that takes two rows.
pub(super) const NOTES: [(&str, &str); 6] = [
    ("purchasing", "Should-cost model before each negotiation"),
    ("purchasing", "Two people at every supplier visit, never one"),
    ("sales", "Lost deals talked through within a week, with everybody who had a part in them"),
    ("sales", "One page of who decides at the customer"),
    ("purchasing", "Suppliers segmented by risk and by spend, each spring"),
    ("sales", "Account plans reviewed every month with delivery"),
];

pub(super) struct Desk<S> {
    pub(super) room: Room,
    pub(super) screen: S,
    pub(super) line: String,
    pub(super) focus: Focus,
    /// What was said last: by the screen, or in a refusal.
    pub(super) said: String,
    pub(super) dialog: Option<Dialog>,
}

/// No colours and no block characters.
pub(super) fn ascii() -> Theme {
    Theme::new(Look::Plain, Depth::Plain, &ASCII)
}

pub(super) fn here(room: &Room) -> Here<'_> {
    let (step, pass) = room.shown().present().unwrap();
    Here { shown: room.shown(), step, pass, now: room.now() }
}

impl<S: StepScreen + Default> Desk<S> {
    pub(super) fn new(room: Room) -> Self {
        Self {
            room,
            screen: S::default(),
            line: String::new(),
            focus: Focus::Line,
            said: String::new(),
            dialog: None,
        }
    }

    pub(super) fn here(&self) -> Here<'_> {
        here(&self.room)
    }

    pub(super) fn label(&self) -> String {
        self.screen.label(&self.here()).what
    }

    /// The program ended while the line was being typed in, and was started again.
    pub(super) fn started_again(&mut self) -> &mut Self {
        let blank = self.screen.blank(&here(&self.room));
        self.screen = S::default();
        self.screen.resume(&here(&self.room), &blank);
        self
    }

    /// Types a text after what the line says, then Enter.
    pub(super) fn enter(&mut self, text: &str) -> &mut Self {
        self.line.push_str(text);
        self.said.clear();
        let effects = self.screen.submit(&here(&self.room), &self.line);
        self.carry_out(effects);
        self
    }

    /// Whether the screen had a meaning for the action.
    pub(super) fn act(&mut self, action: StepAction) -> bool {
        let effects = self.screen.act(&here(&self.room), self.focus, action);
        let known = effects.is_some();
        self.carry_out(effects.unwrap_or_default());
        known
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(request, then) => match self.room.ask(request) {
                    Ok(_) if then == Then::ClearLine => self.line.clear(),
                    Ok(_) => {}
                    Err(refusal) => {
                        self.said = refusal.to_string();
                        return;
                    }
                },
                Effect::AskElse { request, granted, refused } => {
                    let answer = self.room.ask(request);
                    if let Err(refusal) = &answer {
                        self.said = refusal.to_string();
                    }
                    self.carry_out(if answer.is_ok() { granted } else { refused });
                }
                Effect::Say(text) => self.said = text,
                Effect::Insert(text) => self.line.push_str(&text),
                Effect::SetLine(text) => self.line = text,
                Effect::ToLine => self.focus = Focus::Line,
                Effect::ToBoard => self.focus = Focus::Board,
                Effect::Open(Overlay::Dialog(dialog)) => self.dialog = Some(dialog),
                Effect::Edit(_)
                | Effect::EditMarked
                | Effect::Open(_)
                | Effect::Summary
                | Effect::Describe(..)
                | Effect::RemoveForGood(_)
                | Effect::Close
                | Effect::Save
                | Effect::NextLook
                | Effect::Redraw
                | Effect::SaveElsewhere(_)
                | Effect::TakeOver => panic!("a step asks for no {effect:?}"),
            }
        }
    }

    pub(super) fn drawn(&self, columns: u16, rows: u16, theme: &Theme) -> Buffer {
        let scene = Scene { here: self.here(), theme, focus: self.focus };
        drawn(columns, rows, theme, |area, buf| self.screen.draw(&scene, area, buf))
    }

    pub(super) fn plain(&self, columns: u16, rows: u16, theme: &Theme) -> String {
        plain(&self.drawn(columns, rows, theme))
    }

    pub(super) fn draws_at_every_size(&self, theme: &Theme) {
        let scene = Scene { here: self.here(), theme, focus: self.focus };
        at_every_size(|area, buf| self.screen.draw(&scene, area, buf));
    }
}
