//! What an action leads to in a running session.
//!
//! Owns which actions the session takes for itself before its step sees them. Never changes the session: it
//! answers with [`Effect`]s.

use super::confidential::kept_confidential;
use super::going::previous;
use super::{Around, Run, here};
use crate::session::{ItemId, Request, Shown, nameless, words};
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, Then};
use crate::tui::overlay::{Dialog, Overlay, Palette};
use crate::tui::program::ProgramAction;
use crate::tui::retype;
use crate::tui::steps::{Focus, Here, StepAction};
use crate::tui::widgets::palette::Search;

/// What can be done in a session whatever kind its step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SessionAction {
    Next,
    Previous,
    Agenda,
    Reveal,
    ToggleTimer,
    /// So many seconds more, or less.
    Extend(i64),
    Interrupt,
    Add,
    NewLine,
    TypeList,
    Mask,
    Board,
    Back,
    EditMarked,
    RemoveMarked,
    KeepConfidential,
    RemoveMarkedForGood,
    NextField,
    FacilitatorPart,
    People,
    Park,
    Undo,
    Redo,
}

impl SessionAction {
    /// The session's part of an action; none where the program or the step handles it.
    fn of(action: Action) -> Option<Self> {
        const KNOWN: [(Action, SessionAction); 26] = [
            (Action::NextStep, SessionAction::Next),
            (Action::PreviousStep, SessionAction::Previous),
            (Action::Agenda, SessionAction::Agenda),
            (Action::Reveal, SessionAction::Reveal),
            (Action::ToggleTimer, SessionAction::ToggleTimer),
            (Action::ExtendTimer, SessionAction::Extend(60)),
            (Action::ShortenTimer, SessionAction::Extend(-60)),
            (Action::Interrupt, SessionAction::Interrupt),
            (Action::Add, SessionAction::Add),
            (Action::NewLine, SessionAction::NewLine),
            (Action::TypeList, SessionAction::TypeList),
            (Action::Mask, SessionAction::Mask),
            (Action::Board, SessionAction::Board),
            (Action::Compose, SessionAction::Back),
            (Action::Back, SessionAction::Back),
            (Action::Edit, SessionAction::EditMarked),
            (Action::Tag, SessionAction::EditMarked),
            (Action::Remove, SessionAction::RemoveMarked),
            (Action::KeepConfidential, SessionAction::KeepConfidential),
            (Action::RemoveForGood, SessionAction::RemoveMarkedForGood),
            (Action::NextField, SessionAction::NextField),
            (Action::FacilitatorPart, SessionAction::FacilitatorPart),
            (Action::People, SessionAction::People),
            (Action::Park, SessionAction::Park),
            (Action::Undo, SessionAction::Undo),
            (Action::Redo, SessionAction::Redo),
        ];
        KNOWN.iter().find(|(known, _)| *known == action).map(|(_, own)| *own)
    }
}

impl Run {
    /// What follows from an action where the focus is.
    pub fn act(&mut self, shown: Shown<'_>, around: Around<'_>, action: Action) -> Vec<Effect> {
        self.notice = None;
        if self.overlay.is_some() {
            return self.act_on_overlay(shown, around, action);
        }
        let Some(here) = here(shown, around.now) else { return self.act_before_start(shown, action) };
        if here.pass.is_silent() && !action.works_in(Place::Silence) {
            return Vec::new();
        }
        if let Some(action) = ProgramAction::of(action) {
            return self.act_on_program(Some(&here), action);
        }
        if let Some(action) = SessionAction::of(action) {
            return self.act_on_session(&here, action);
        }
        if self.moves_in_line(&here, action) { Vec::new() } else { self.step_action(&here, action) }
    }

    /// What belongs to the program wherever one is in a session.
    fn act_on_program(&self, here: Option<&Here<'_>>, action: ProgramAction) -> Vec<Effect> {
        match action {
            ProgramAction::Palette => {
                let search = Search::default();
                let palette = Palette { search, place: self.place(here), over: None };
                vec![Effect::Open(Overlay::Palette(palette))]
            }
            ProgramAction::Help => {
                vec![Effect::Open(Overlay::Help { place: self.place(here), top: 0, over: None })]
            }
            ProgramAction::NextLook => vec![Effect::NextLook],
            ProgramAction::Redraw => vec![Effect::Redraw],
            ProgramAction::Save => vec![Effect::Save],
            ProgramAction::SaveElsewhere => {
                vec![Effect::Open(Overlay::SaveElsewhere(self.copy.clone()))]
            }
            ProgramAction::TakeOver => vec![Effect::TakeOver],
            ProgramAction::Leave => vec![Effect::Summary],
        }
    }

    /// Before the first step there is only the way into it.
    fn act_before_start(&self, shown: Shown<'_>, action: Action) -> Vec<Effect> {
        if let Some(action) = ProgramAction::of(action) {
            return self.act_on_program(None, action);
        }
        if matches!(action, Action::NextStep | Action::Confirm | Action::BeginSilence | Action::Add) {
            return shown.next_part().map(|part| Effect::ask(Request::Go(part))).into_iter().collect();
        }
        if action == Action::Agenda {
            return vec![Effect::Open(Overlay::Agenda { marked: 0 })];
        }
        Vec::new()
    }

    fn act_on_session(&mut self, here: &Here<'_>, action: SessionAction) -> Vec<Effect> {
        match action {
            SessionAction::Next => self.next(here),
            SessionAction::Previous => previous(here),
            SessionAction::Agenda => vec![Effect::Open(Overlay::Agenda { marked: present_entry(here) })],
            SessionAction::Reveal => self.reveal(here),
            SessionAction::ToggleTimer if here.pass.current().countdown.is_running() => {
                vec![Effect::ask(Request::PauseTimer)]
            }
            SessionAction::ToggleTimer => vec![Effect::ask(Request::StartTimer)],
            SessionAction::Extend(secs) => vec![Effect::ask(Request::ExtendTimer(secs))],
            SessionAction::Interrupt => vec![Effect::ask(Request::Interrupt)],
            SessionAction::Add => self.enter(here),
            SessionAction::NewLine => vec![Effect::Insert("\n".to_owned())],
            SessionAction::TypeList => self.type_list(here),
            SessionAction::Mask => {
                self.masked = !self.masked;
                Vec::new()
            }
            // Out of the list first; what was typed stays in the line.
            SessionAction::Board if self.listing.remove(&here.pass.step) => Vec::new(),
            SessionAction::Board => self.to_board(here),
            SessionAction::Back => self.back(here),
            SessionAction::EditMarked => self.with_marked(here, |id| Some(vec![Effect::Edit(id)])),
            SessionAction::RemoveMarked => self.with_marked(here, |id| Some(removed(id))),
            SessionAction::KeepConfidential => self.with_marked(here, |id| Some(kept_confidential(here, id))),
            SessionAction::RemoveMarkedForGood => self.with_marked(here, |id| asked_for_good(here, id)),
            SessionAction::NextField => self.next_field(here),
            SessionAction::FacilitatorPart => {
                self.facilitator = !self.facilitator;
                Vec::new()
            }
            SessionAction::People if here.shown.privacy().anonymous => {
                vec![Effect::Say(nameless().to_string())]
            }
            SessionAction::People => {
                vec![Effect::Open(Overlay::People(self.people.again(here.shown)))]
            }
            SessionAction::Park => vec![Effect::Open(Overlay::Parking(self.parking.open()))],
            SessionAction::Undo => vec![Effect::ask(Request::Undo)],
            SessionAction::Redo => vec![Effect::ask(Request::Redo)],
        }
    }

    /// Whether it was an arrow within the rows of the line; from its first and last row the step gets it.
    fn moves_in_line(&mut self, here: &Here<'_>, action: Action) -> bool {
        let step = here.pass.step;
        self.focus == Focus::Line
            && ((action == Action::Up && self.line_mut(step).up())
                || (action == Action::Down && self.line_mut(step).down()))
    }

    fn step_action(&mut self, here: &Here<'_>, action: Action) -> Vec<Effect> {
        let focus = self.focus;
        let Some(action) = StepAction::of(action) else { return Vec::new() };
        self.screen_mut(here).and_then(|screen| screen.act(here, focus, action)).unwrap_or_default()
    }

    fn enter(&mut self, here: &Here<'_>) -> Vec<Effect> {
        if let Some(editing) = self.editing.get(&here.pass.step) {
            let Some(draft) = here.shown.draft(editing.id) else {
                self.keep_words_of_what_is_gone(here.pass.step);
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

    /// Out of what lies within the board where the step has such a thing, else to the line.
    fn back(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let focus = self.focus;
        let within = self.screen_mut(here).and_then(|screen| screen.act(here, focus, StepAction::Back));
        within.unwrap_or_else(|| {
            self.focus = Focus::Line;
            Vec::new()
        })
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

    /// What follows for what is marked on the board, where anything is.
    fn with_marked(&self, here: &Here<'_>, then: impl FnOnce(ItemId) -> Option<Vec<Effect>>) -> Vec<Effect> {
        let marked = self.screen(here).and_then(|screen| screen.marked(here));
        marked.and_then(then).unwrap_or_else(|| vec![Effect::mark_first()])
    }
}

fn removed(id: ItemId) -> Vec<Effect> {
    vec![Effect::ask(Request::Remove(id)), Effect::Say("Removed. Ctrl+Z brings it back.".to_owned())]
}

/// The question before something is removed for good: what that means, and what it cannot reach.
fn asked_for_good(here: &Here<'_>, id: ItemId) -> Option<Vec<Effect>> {
    let words = retype::words(&here.shown.draft(id)?, here.shown).unwrap_or_default();
    let dialog = Dialog::new("Remove this for good?")
        .line(format!("\u{201c}{}\u{201d}", words::beginning(&words, 200)))
        .line("Nobody can bring it back: it goes from the session, its file, the version before it and the journal.")
        .line("Its words, earlier ones too, go from what is half typed or handed in; a single word where it stands alone.")
        .line("Nothing that was done until now can be undone then.")
        .line("Copies stay: in git, in backups, saved elsewhere, and kept aside (these are named afterwards).")
        .choice("Keep it", Vec::new())
        .choice("Remove it for good", vec![Effect::RemoveForGood(id)]);
    Some(vec![Effect::question(dialog)])
}

fn present_entry(here: &Here<'_>) -> usize {
    here.shown.agenda().position(|(id, _)| id == here.pass.step).unwrap_or(0)
}

fn best_rating(here: &Here<'_>) -> u8 {
    here.step.kind.check_out().map_or(0, |check_out| check_out.rating)
}
