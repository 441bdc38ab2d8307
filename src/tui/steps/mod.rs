//! One file for each kind of step: what its keys mean and how it looks.
//!
//! Owns what is particular to a kind: its part of the model, its view. Never changes the session (it
//! answers with [`Effect`]s), touches files or asks the time.

pub mod board;
pub mod brainstorm;
pub mod break_;
pub mod calm;
pub mod check_in;
pub mod checkout;
pub mod cluster;
pub mod decide;
pub mod discuss;
pub mod follow_up;
pub mod mirror;
pub mod silence;
#[cfg(test)]
mod testing;
pub mod turn;
pub mod vote;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::action::{Action, Place};
use super::effect::Effect;
use super::overlay::Dialog;
use super::theme::Theme;
use crate::script::{SideKey, Step};
use crate::session::paper::Sheet;
use crate::session::{Blank, Carried, Gap, ItemId, Pass, PersonId, Request, Shown, Standing};
use crate::timer::Timestamp;

/// Where the keys go within a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// To the line to type in.
    #[default]
    Line,
    /// To the board, where single keys act.
    Board,
}

/// An action that a kind of step may have a meaning for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepAction {
    /// To the next side or field.
    NextField,
    /// To the previous side or field.
    PreviousField,
    /// An arrow, or to an end.
    Move(Direction),
    /// What is marked goes to the next side.
    MoveSide,
    /// What is marked goes to an earlier place.
    MoveEarlier,
    /// What is marked goes to a later place.
    MoveLater,
    /// Judge the account.
    Judge(Gap),
    /// Make a learning possibility from the account.
    MakePossibility,
    /// Say more of the marked learning possibility.
    Describe,
    /// Pick what is marked, or let it go again.
    Pick,
    /// Make a group of what is picked.
    NewGroup,
    /// A digit: the group or the number of dots it means.
    Digit(u8),
    /// Give what is marked a dot.
    GiveDot,
    /// Take a dot back from what is marked.
    TakeDot,
    /// Let what is marked carry on, though it ties.
    Keep,
    /// Show the dots of whom is voting, or cover them.
    Peek,
    /// Choose what the marked item rests on.
    Link,
    /// Let the person whose turn it is pass.
    PassTurn,
    /// Take what is marked.
    Confirm,
    /// Back out of what lies within the board; where nothing does, the keys go to the line.
    Back,
    /// Say what became of the marked item.
    Stand(Standing),
    /// Begin the silence.
    BeginSilence,
    /// Make the silence shorter, or end it.
    EndSilence,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl StepAction {
    /// The step's part of an action; none where the session or the program handles it.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        const KNOWN: [(Action, StepAction); 45] = [
            (Action::NextField, StepAction::NextField),
            (Action::PreviousField, StepAction::PreviousField),
            (Action::Up, StepAction::Move(Direction::Up)),
            (Action::Down, StepAction::Move(Direction::Down)),
            (Action::Left, StepAction::Move(Direction::Left)),
            (Action::Right, StepAction::Move(Direction::Right)),
            (Action::First, StepAction::Move(Direction::First)),
            (Action::Last, StepAction::Move(Direction::Last)),
            (Action::MoveSide, StepAction::MoveSide),
            (Action::MoveEarlier, StepAction::MoveEarlier),
            (Action::MoveLater, StepAction::MoveLater),
            (Action::JudgeAlike, StepAction::Judge(Gap::SeenAlike)),
            (Action::JudgeDiffers, StepAction::Judge(Gap::SeenDifferently)),
            (Action::JudgeBlindSpot, StepAction::Judge(Gap::BlindSpot)),
            (Action::JudgeHiddenStrength, StepAction::Judge(Gap::HiddenStrength)),
            (Action::JudgeWrongGuess, StepAction::Judge(Gap::WrongGuess)),
            (Action::JudgeMissing, StepAction::Judge(Gap::Missing)),
            (Action::MakePossibility, StepAction::MakePossibility),
            (Action::Describe, StepAction::Describe),
            (Action::Link, StepAction::Link),
            (Action::PassTurn, StepAction::PassTurn),
            (Action::Pick, StepAction::Pick),
            (Action::NewGroup, StepAction::NewGroup),
            (Action::Digit0, StepAction::Digit(0)),
            (Action::Digit1, StepAction::Digit(1)),
            (Action::Digit2, StepAction::Digit(2)),
            (Action::Digit3, StepAction::Digit(3)),
            (Action::Digit4, StepAction::Digit(4)),
            (Action::Digit5, StepAction::Digit(5)),
            (Action::Digit6, StepAction::Digit(6)),
            (Action::Digit7, StepAction::Digit(7)),
            (Action::Digit8, StepAction::Digit(8)),
            (Action::Digit9, StepAction::Digit(9)),
            (Action::GiveDot, StepAction::GiveDot),
            (Action::TakeDot, StepAction::TakeDot),
            (Action::Keep, StepAction::Keep),
            (Action::ShowBallot, StepAction::Peek),
            (Action::Confirm, StepAction::Confirm),
            (Action::Compose, StepAction::Back),
            (Action::Back, StepAction::Back),
            (Action::MarkDone, StepAction::Stand(Standing::Done)),
            (Action::MarkGoingOn, StepAction::Stand(Standing::GoingOn { by: None })),
            (Action::MarkDropped, StepAction::Stand(Standing::Dropped)),
            (Action::BeginSilence, StepAction::BeginSilence),
            (Action::EndSilence, StepAction::EndSilence),
        ];
        KNOWN.iter().find(|(known, _)| *known == action).map(|(_, own)| *own)
    }
}

/// Where we are: the present step of a session at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// The session without what is hidden.
    pub shown: Shown<'a>,
    /// The present step.
    pub step: &'a Step,
    /// Its present pass.
    pub pass: &'a Pass,
    /// The moment.
    pub now: Timestamp,
}

impl<'a> Here<'a> {
    /// What earlier steps bring into this one.
    fn brought(&self) -> Cow<'a, [Carried]> {
        self.shown.incoming(self.pass.step)
    }
}

/// What a view is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Where we are.
    pub here: Here<'a>,
    /// How things look.
    pub theme: &'a Theme,
    /// Where the keys go.
    pub focus: Focus,
}

/// What stands before the line to type in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The side that is written for.
    pub side: Option<SideKey>,
    /// What is written, in a few words; the side's name stands before it.
    pub what: String,
}

impl Label {
    /// A person's name, with their side.
    fn person(shown: Shown<'_>, who: PersonId) -> Self {
        Self { side: shown.side_of(who).cloned(), what: shown.name(who).to_owned() }
    }
}

/// What revealing would show here.
#[derive(Debug, Clone, PartialEq)]
pub struct Covered {
    /// The requests that reveal it, all of it at once.
    pub requests: Vec<Request>,
    /// What it is, as in "the notes of this round".
    pub what: String,
    /// Why one might wait: who has not finished; none where everybody has.
    pub unfinished: Option<String>,
    /// Whether there is nothing to be seen yet.
    pub empty: bool,
    /// Where the keys go once it is seen.
    pub then: Focus,
}

/// What can be done where things are written one by one, in the words of [`StepScreen::hints`]; `next` is to
/// whom Tab goes.
fn usual_hints(focus: Focus, next: &'static str) -> Vec<(Action, &'static str)> {
    match focus {
        Focus::Line => vec![
            (Action::Add, "adds"),
            (Action::NextField, next),
            (Action::Board, "board"),
            (Action::NextStep, "next"),
            (Action::Palette, "all"),
        ],
        Focus::Board => vec![
            (Action::Compose, "line"),
            (Action::Edit, "edit"),
            (Action::Remove, "remove"),
            (Action::NextStep, "next"),
            (Action::Palette, "all"),
        ],
    }
}

/// A kind of step on the screen.
pub trait StepScreen {
    /// What has the focus, which settles what keys mean.
    fn place(&self, here: &Here<'_>, focus: Focus) -> Place {
        let _ = here;
        match focus {
            Focus::Line => Place::Compose,
            Focus::Board => Place::Board,
        }
    }

    /// Whether the line to type in is on the screen.
    fn has_line(&self, here: &Here<'_>) -> bool {
        let _ = here;
        true
    }

    /// The title and the prompt above the step's content, where they are not those of the step itself.
    fn question<'a>(&self, here: &Here<'a>) -> Option<(&'a str, &'a str)> {
        let _ = here;
        None
    }

    /// What stands before the line.
    fn label(&self, here: &Here<'_>) -> Label;

    /// What stands in the empty line: what one could write; may be empty.
    fn hint(&self, here: &Here<'_>) -> String {
        let _ = here;
        String::new()
    }

    /// What can be done now, the most important first, each in a word or two after its key.
    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let _ = here;
        usual_hints(focus, "side")
    }

    /// Enter in the line: what follows from what it says. An empty line comes here too.
    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect>;

    /// What the line fills in now, to be kept with what is typed there.
    fn blank(&self, here: &Here<'_>) -> Blank {
        let _ = here;
        Blank::Usual
    }

    /// Makes the line fill in what it did when the program ended, where that is still there.
    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        let _ = (here, blank);
    }

    /// What a sheet of many lines becomes, pasted or typed; none where nothing of the kind is taken now.
    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet>;

    /// The question about pasted counts from paper; none where the text is no such list.
    fn pasted_counts(&self, here: &Here<'_>, text: &str) -> Option<Dialog> {
        let _ = (here, text);
        None
    }

    /// What stands in the empty line while a list is typed: how one could write it.
    fn list_hint(&self, here: &Here<'_>) -> String {
        let _ = here;
        "one a line; Enter twice shows what becomes of them".to_owned()
    }

    /// An action that is this kind's own; none where it is not.
    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>>;

    /// What is marked on the board.
    fn marked(&self, here: &Here<'_>) -> Option<ItemId>;

    /// What revealing would show.
    fn covered(&self, here: &Here<'_>) -> Option<Covered> {
        let _ = here;
        None
    }

    /// What the moment asks for by itself, such as the end of a silence.
    fn due(&self, here: &Here<'_>) -> Option<Effect> {
        let _ = here;
        None
    }

    /// Whether the step fills the whole screen, without header, rail and footer.
    fn is_whole_screen(&self, here: &Here<'_>) -> bool {
        let _ = here;
        false
    }

    /// Draws the step's content.
    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer);
}
