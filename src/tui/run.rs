//! A running session on the screen: the line, the board, what lies over them, and what keys mean there.
//!
//! Owns the part of the model that belongs to a session but not in its file. Never changes the session:
//! it answers with [`Effect`]s.

mod going;
mod list;
mod overlays;
mod paste;
mod screens;
mod tags;

use std::collections::{HashMap, HashSet};

use ratatui::layout::Rect;

use super::action::{Action, Place};
use super::effect::{Effect, Then};
use super::keymap::{Edit, Keymap};
use super::line::Line;
use super::overlay::{Dialog, Overlay, Palette, Typed};
use super::parking;
use super::people::People;
use super::program::ProgramAction;
use super::retype;
use super::steps::{Direction, Focus, Here, Label, StepAction, StepScreen};
use super::widgets::palette::Search;
use crate::session::{ItemId, Request, Session, Shown, StepId, nameless};
use crate::timer::Timestamp;

use going::previous;
use list::list_label;
pub use screens::StepUi;

/// What the screen of a running session needs and the session does not.
#[derive(Debug, Default)]
pub struct Run {
    /// Where the keys go.
    pub focus: Focus,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// What is said in the footer until the next key.
    pub notice: Option<String>,
    /// Whether the facilitator's part is shown.
    pub facilitator: bool,
    /// Whether what is typed is covered.
    pub masked: bool,
    /// What is being changed in the line of a step; it waits there as drafts do.
    editing: HashMap<StepId, Editing>,
    /// The steps in whose line a list is typed.
    listing: HashSet<StepId>,
    lines: HashMap<StepId, Line>,
    screens: HashMap<StepId, StepUi>,
    spare: Line,
    /// What is remembered of the parking lot while it is closed.
    parking: parking::Kept,
}

/// Something that is being changed in the line; what was typed before waits.
#[derive(Debug)]
struct Editing {
    id: ItemId,
    line: Line,
}

/// What a key is pressed in.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The moment.
    pub now: Timestamp,
    /// Which key does what.
    pub keymap: &'a Keymap,
    /// How big the screen was when it was drawn last: what is longer scrolls.
    pub area: Rect,
}

/// The present step of a session, as its screen sees it.
#[must_use]
pub fn here(session: &Session, now: Timestamp) -> Option<Here<'_>> {
    let shown = Shown::from(session);
    let (step, pass) = shown.present()?;
    Some(Here { shown, step, pass, now })
}

impl Run {
    /// A run that goes on with what was being typed when the program ended.
    #[must_use]
    pub fn with_drafts(drafts: impl IntoIterator<Item = (StepId, String)>) -> Self {
        let lines = drafts.into_iter().map(|(step, text)| (step, Line::new(&text))).collect();
        Self { lines, ..Self::default() }
    }

    /// What has the focus, which settles what keys mean.
    #[must_use]
    pub fn place(&self, here: Option<&Here<'_>>) -> Place {
        if let Some(overlay) = &self.overlay {
            return overlay.place();
        }
        match here {
            Some(here) => self.screen(here).map_or(Place::Compose, |screen| {
                let place = screen.place(here, self.focus);
                if self.is_editing(here) && place.is_board() { Place::Compose } else { place }
            }),
            None => Place::Board,
        }
    }

    /// The line that is typed into, and whether it is on the screen.
    #[must_use]
    pub fn line(&self, here: &Here<'_>) -> &Line {
        match self.editing.get(&here.pass.step) {
            Some(editing) => &editing.line,
            None => self.lines.get(&here.pass.step).unwrap_or(&self.spare),
        }
    }

    fn line_mut(&mut self, step: StepId) -> &mut Line {
        match self.editing.get_mut(&step) {
            Some(editing) => &mut editing.line,
            None => self.lines.entry(step).or_default(),
        }
    }

    /// What waits in the lines of all steps.
    pub fn drafts(&self) -> impl Iterator<Item = (StepId, &str)> {
        self.lines.iter().map(|(step, line)| (*step, line.text()))
    }

    /// Whether something is being changed in the line.
    #[must_use]
    pub fn is_editing(&self, here: &Here<'_>) -> bool {
        self.editing.contains_key(&here.pass.step)
    }

    /// What stands before the line.
    #[must_use]
    pub fn label(&self, here: &Here<'_>) -> Label {
        match (self.is_editing(here), self.screen(here)) {
            (true, _) => Label { side: None, what: "Change".to_owned() },
            (false, Some(screen)) if self.is_listing(here) => list_label(screen.label(here)),
            (false, Some(screen)) => screen.label(here),
            (false, None) => Label { side: None, what: String::new() },
        }
    }

    /// What stands in the empty line.
    #[must_use]
    pub fn hint(&self, here: &Here<'_>) -> String {
        match (self.is_editing(here), self.screen(here)) {
            (false, Some(screen)) if self.is_listing(here) => screen.list_hint(here),
            (false, Some(screen)) => screen.hint(here),
            (true, _) | (false, None) => String::new(),
        }
    }

    /// The words offered for what is being typed.
    #[must_use]
    pub fn offers<'a>(&'a self, here: &Here<'a>) -> Vec<&'a str> {
        let Some(started) = self.line(here).started() else { return Vec::new() };
        match started.sign {
            '@' => started.offers(retype::names(here.shown.people())),
            _ => started.offers(tags::known(here)),
        }
    }

    /// Makes sure the present step has its screen; called whenever the session has moved.
    pub fn arrive(&mut self, session: &Session, now: Timestamp) {
        if let Some(here) = here(session, now) {
            self.screens.entry(here.pass.step).or_insert_with(|| StepUi::new(&here.step.kind));
        }
    }

    /// The screen of the present step.
    #[must_use]
    pub fn screen(&self, here: &Here<'_>) -> Option<&dyn StepScreen> {
        self.screens.get(&here.pass.step).map(StepUi::screen)
    }

    fn screen_mut(&mut self, here: &Here<'_>) -> Option<&mut dyn StepScreen> {
        self.screens.get_mut(&here.pass.step).map(StepUi::screen_mut)
    }

    /// Types into whatever takes text now; says whether anything changed.
    pub fn edit(&mut self, session: &Session, now: Timestamp, edit: Edit) -> bool {
        self.notice = None;
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => {
                palette.search.selected = 0;
                palette.search.line.edit(edit)
            }
            Some(Overlay::SaveElsewhere(typed)) => typed.0.edit(edit),
            Some(Overlay::People(people)) => people.edit(edit),
            Some(Overlay::Parking(parking)) => parking.edit(edit),
            Some(Overlay::Help { .. } | Overlay::Agenda { .. } | Overlay::Dialog(_)) => false,
            None => match here(session, now) {
                Some(here) => self.line_mut(here.pass.step).edit(edit),
                None => false,
            },
        }
    }

    /// What follows from an action where the focus is.
    #[expect(clippy::too_many_lines, reason = "a table: every action is named once")]
    pub fn act(&mut self, session: &Session, around: Around<'_>, action: Action) -> Vec<Effect> {
        self.notice = None;
        if self.overlay.is_some() {
            return self.act_on_overlay(session, around, action);
        }
        let Some(here) = here(session, around.now) else { return self.act_before_start(session, action) };
        if here.pass.is_silent() && !action.works_in(Place::Silence) {
            return Vec::new();
        }
        match action {
            Action::NextStep => self.next(&here),
            Action::PreviousStep => previous(&here),
            Action::Agenda => vec![Effect::Open(Overlay::Agenda { marked: present_entry(&here) })],
            Action::Reveal => self.reveal(&here),
            Action::ToggleTimer if here.pass.current().countdown.is_running() => {
                vec![Effect::ask(Request::PauseTimer)]
            }
            Action::ToggleTimer => vec![Effect::ask(Request::StartTimer)],
            Action::ExtendTimer => vec![Effect::ask(Request::ExtendTimer(60))],
            Action::ShortenTimer => vec![Effect::ask(Request::ExtendTimer(-60))],
            Action::Interrupt => vec![Effect::ask(Request::Interrupt)],
            Action::Add => self.enter(&here),
            Action::NewLine => vec![Effect::Insert("\n".to_owned())],
            Action::TypeList => self.type_list(&here),
            Action::Mask => {
                self.masked = !self.masked;
                Vec::new()
            }
            // Out of the list first; what was typed stays in the line.
            Action::Board if self.listing.remove(&here.pass.step) => Vec::new(),
            Action::Board => self.to_board(&here),
            Action::Compose | Action::Back => self.back(&here),
            Action::Edit | Action::Tag => self.edit_marked(&here),
            Action::Remove => self.remove_marked(&here),
            Action::RemoveForGood => self.ask_to_remove_for_good(&here),
            Action::NextField => self.next_field(&here),
            Action::Up if self.focus == Focus::Line && self.line_mut(here.pass.step).up() => Vec::new(),
            Action::Down if self.focus == Focus::Line && self.line_mut(here.pass.step).down() => Vec::new(),
            Action::FacilitatorPart => {
                self.facilitator = !self.facilitator;
                Vec::new()
            }
            Action::People if session.anonymous => vec![Effect::Say(nameless().to_string())],
            Action::People => vec![Effect::Open(Overlay::People(People::default()))],
            Action::Park => vec![Effect::Open(Overlay::Parking(self.parking.open()))],
            Action::Undo => vec![Effect::ask(Request::Undo)],
            Action::Redo => vec![Effect::ask(Request::Redo)],
            Action::SaveElsewhere
            | Action::Palette
            | Action::Help
            | Action::Theme
            | Action::Redraw
            | Action::Save
            | Action::Tour
            | Action::OpenSession
            | Action::Leave => ProgramAction::of(action)
                .map(|action| self.act_on_program(Some(&here), action))
                .unwrap_or_default(),
            Action::BeginSilence
            | Action::EndSilence
            | Action::PreviousField
            | Action::MoveSide
            | Action::MoveEarlier
            | Action::MoveLater
            | Action::Link
            | Action::JudgeAlike
            | Action::JudgeDiffers
            | Action::JudgeBlindSpot
            | Action::JudgeHiddenStrength
            | Action::JudgeWrongGuess
            | Action::JudgeMissing
            | Action::MakePossibility
            | Action::PassTurn
            | Action::Describe
            | Action::MarkDone
            | Action::MarkGoingOn
            | Action::MarkDropped
            | Action::Pick
            | Action::NewGroup
            | Action::Digit0
            | Action::Digit1
            | Action::Digit2
            | Action::Digit3
            | Action::Digit4
            | Action::Digit5
            | Action::Digit6
            | Action::Digit7
            | Action::Digit8
            | Action::Digit9
            | Action::GiveDot
            | Action::TakeDot
            | Action::Keep
            | Action::ShowBallot
            | Action::Confirm
            | Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::First
            | Action::Last
            | Action::EarlierPage
            | Action::LaterPage => self.step_action(&here, action),
        }
    }

    /// What belongs to the program wherever one is in a session.
    fn act_on_program(&self, here: Option<&Here<'_>>, action: ProgramAction) -> Vec<Effect> {
        match action {
            ProgramAction::Palette => {
                let palette = Palette { search: Search::default(), place: self.place(here) };
                vec![Effect::Open(Overlay::Palette(palette))]
            }
            ProgramAction::Help => {
                vec![Effect::Open(Overlay::Help { place: self.place(here), top: 0, over: None })]
            }
            ProgramAction::NextLook => vec![Effect::NextLook],
            ProgramAction::Redraw => vec![Effect::Redraw],
            ProgramAction::Save => vec![Effect::Save],
            ProgramAction::SaveElsewhere => {
                vec![Effect::Open(Overlay::SaveElsewhere(Typed::default()))]
            }
            ProgramAction::Leave => vec![Effect::Summary],
        }
    }

    /// Before the first step there is only the way into it.
    fn act_before_start(&self, session: &Session, action: Action) -> Vec<Effect> {
        if let Some(action) = ProgramAction::of(action) {
            return self.act_on_program(None, action);
        }
        if matches!(action, Action::NextStep | Action::Confirm | Action::BeginSilence | Action::Add) {
            return session.next_part().map(|part| Effect::ask(Request::Go(part))).into_iter().collect();
        }
        if action == Action::Agenda {
            return vec![Effect::Open(Overlay::Agenda { marked: 0 })];
        }
        Vec::new()
    }

    fn step_action(&mut self, here: &Here<'_>, action: Action) -> Vec<Effect> {
        let focus = self.focus;
        let Some(action) = StepAction::of(action) else { return Vec::new() };
        self.screen_mut(here).and_then(|screen| screen.act(here, focus, action)).unwrap_or_default()
    }

    fn enter(&mut self, here: &Here<'_>) -> Vec<Effect> {
        if let Some(editing) = self.editing.get(&here.pass.step) {
            let Some(draft) = here.shown.draft(editing.id) else {
                self.keep_words_of_what_is_gone(here);
                let words = "What you were changing is gone. Your words are in the line: Enter adds them.";
                return vec![Effect::Say(words.to_owned())];
            };
            let draft = retype::reworded(draft, editing.line.text(), here.shown.people(), best_rating(here));
            return vec![Effect::Ask(Request::Change { id: editing.id, draft }, Then::ClearLine)];
        }
        if self.is_listing(here) {
            return self.enter_in_list(here);
        }
        let text = self.line(here).text().to_owned();
        self.screen_mut(here).map(|screen| screen.submit(here, &text)).unwrap_or_default()
    }

    /// Lets go of changes of something that is nowhere any more.
    pub fn forget(&mut self, gone: ItemId) {
        self.editing.retain(|_, editing| editing.id != gone);
    }

    /// What was typed of something that is gone waits in the line, before what waits there already.
    fn keep_words_of_what_is_gone(&mut self, here: &Here<'_>) {
        let step = here.pass.step;
        if let Some(editing) = self.editing.remove(&step) {
            let line = self.lines.entry(step).or_default();
            let words = [editing.line.text(), line.text()];
            let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
            *line = Line::new(&words.join("\n"));
        }
    }

    /// Empties the line after what it said was taken; a change that was made ends.
    pub fn clear_line(&mut self, step: StepId) {
        if self.editing.remove(&step).is_some() {
            self.focus = Focus::Board;
        } else {
            self.line_mut(step).take();
        }
    }

    /// Begins to change something in the line.
    pub fn begin_edit(&mut self, session: &Session, id: ItemId) {
        let shown = Shown::from(session);
        let words = shown.draft(id).and_then(|draft| retype::words(&draft, shown));
        if let (Some(present), Some(words)) = (session.present, words) {
            self.editing.insert(present.step, Editing { id, line: Line::new(&words) });
            self.focus = Focus::Line;
        }
    }

    /// Makes the line say this.
    pub fn set_line(&mut self, session: &Session, now: Timestamp, text: &str) {
        if let Some(here) = here(session, now) {
            if text.is_empty() {
                self.listing.remove(&here.pass.step);
            }
            self.line_mut(here.pass.step).set(text);
        }
    }

    /// Puts text into the line at the cursor.
    pub fn insert(&mut self, session: &Session, now: Timestamp, text: &str) {
        if let Some(here) = here(session, now) {
            self.line_mut(here.pass.step).insert_str(text);
        }
    }

    /// Lets the keys go to the line: something else has begun.
    pub const fn leave_board(&mut self) {
        self.focus = Focus::Line;
    }

    /// Lets the keys go to the board, with something marked on it.
    pub fn to_board(&mut self, here: &Here<'_>) -> Vec<Effect> {
        if self.editing.remove(&here.pass.step).is_some() {
            self.focus = Focus::Board;
            return Vec::new();
        }
        self.focus = Focus::Board;
        let marked = self.screen(here).is_some_and(|screen| screen.marked(here).is_some());
        if marked {
            return Vec::new();
        }
        let last = StepAction::Move(Direction::Last);
        self.screen_mut(here).and_then(|screen| screen.act(here, Focus::Board, last)).unwrap_or_default()
    }

    /// Out of what lies within the board where the step has such a thing, else to the line.
    fn back(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let focus = self.focus;
        let within = self.screen_mut(here).and_then(|screen| screen.act(here, focus, StepAction::Back));
        within.unwrap_or_else(|| self.focus_line())
    }

    fn focus_line(&mut self) -> Vec<Effect> {
        self.focus = Focus::Line;
        Vec::new()
    }

    fn next_field(&mut self, here: &Here<'_>) -> Vec<Effect> {
        if let Some(word) = self.offers(here).first().map(|word| (*word).to_owned()) {
            self.line_mut(here.pass.step).complete(&word);
            return Vec::new();
        }
        if self.is_editing(here) {
            return Vec::new();
        }
        self.step_action(here, Action::NextField)
    }

    fn edit_marked(&self, here: &Here<'_>) -> Vec<Effect> {
        match self.screen(here).and_then(|screen| screen.marked(here)) {
            Some(id) => vec![Effect::Edit(id)],
            None => vec![Effect::Say("Mark something with the arrows first.".to_owned())],
        }
    }

    fn ask_to_remove_for_good(&self, here: &Here<'_>) -> Vec<Effect> {
        let marked = self.screen(here).and_then(|screen| screen.marked(here));
        match marked.and_then(|id| Some((id, here.shown.draft(id)?))) {
            Some((id, draft)) => {
                let words = retype::words(&draft, here.shown).unwrap_or_default();
                vec![Effect::question(question_before_removing(&words, id))]
            }
            None => vec![Effect::Say("Mark something with the arrows first.".to_owned())],
        }
    }

    fn remove_marked(&self, here: &Here<'_>) -> Vec<Effect> {
        match self.screen(here).and_then(|screen| screen.marked(here)) {
            Some(id) => vec![
                Effect::ask(Request::Remove(id)),
                Effect::Say("Removed. Ctrl+Z brings it back.".to_owned()),
            ],
            None => vec![Effect::Say("Mark something with the arrows first.".to_owned())],
        }
    }
}

/// What removing for good means, and what it cannot reach.
fn question_before_removing(words: &str, id: ItemId) -> Dialog {
    let short: String = words.chars().take(200).collect();
    Dialog::new("Remove this for good?")
        .line(format!("\u{201c}{short}\u{201d}"))
        .line("It goes from the session, its file, the version before it and the journal. Nobody can bring it back.")
        .line("With it goes the way back: nothing that was done until now can be undone any more.")
        .line("Out of reach are copies: in git, in backups, saved elsewhere, or kept beside as `outside`.")
        .choice("Keep it", Vec::new())
        .choice("Remove it for good", vec![Effect::RemoveForGood(id)])
}

fn present_entry(here: &Here<'_>) -> usize {
    here.shown.agenda().position(|(id, _)| id == here.pass.step).unwrap_or(0)
}

fn best_rating(here: &Here<'_>) -> u8 {
    here.step.kind.check_out().map_or(0, |check_out| check_out.rating)
}
