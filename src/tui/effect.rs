//! What follows from a key, as data: the loop carries it out.
//!
//! Owns the vocabulary between screens and the loop. Never does anything itself.

use super::describe::Question;
use super::overlay::{Dialog, Overlay};
use crate::session::{Draft, ItemId, PossibilityId, Request};

/// Work for the loop.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the session for a change.
    Ask(Request, Then),
    /// Ask the session for a change, with what follows from each answer.
    AskElse {
        /// The change.
        request: Request,
        /// What follows once it was granted.
        granted: Vec<Effect>,
        /// What follows where it was refused, beside the words of the refusal.
        refused: Vec<Effect>,
    },
    /// Begin to change the text of something in the line.
    Edit(ItemId),
    /// Begin to change the text of what is marked.
    EditMarked,
    /// Say something in the footer until the next key.
    Say(String),
    /// Lay something over the screen.
    Open(Overlay),
    /// Put text into the line at the cursor.
    Insert(String),
    /// Make the line say this; what it said has been dealt with.
    SetLine(String),
    /// Move the focus to the line.
    ToLine,
    /// Move the focus to the board.
    ToBoard,
    /// Ask something about a learning possibility.
    Describe(PossibilityId, Question),
    /// Take something out for good; it was asked about.
    RemoveForGood(ItemId),
    /// Go to the closing summary.
    Summary,
    /// Close the session and leave; what is hidden is asked about first.
    Close,
    /// Write everything to the disk now.
    Save,
    /// Change to the next look.
    NextLook,
    /// Draw the whole screen anew.
    Redraw,
    /// Write a copy of the session to a folder or file of this name.
    SaveElsewhere(String),
    /// Go on here with the session that is shown, where the program that ran it has ended.
    TakeOver,
}

/// What to do once a request was granted; a refused one leaves everything as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing more.
    Nothing,
    /// Empty the line: what it said is in the session now.
    ClearLine,
}

impl Effect {
    /// Asks for something to be added, and empties the line once it is.
    #[must_use]
    pub fn add(drafts: Vec<Draft>) -> Self {
        Self::Ask(Request::Add { to: None, drafts }, Then::ClearLine)
    }

    /// Asks for a change of the session and nothing more.
    #[must_use]
    pub const fn ask(request: Request) -> Self {
        Self::Ask(request, Then::Nothing)
    }

    /// Says that something must be marked first.
    #[must_use]
    pub fn mark_first() -> Self {
        Self::Say("Mark something with the arrows first.".to_owned())
    }

    /// Asks a question first.
    #[must_use]
    pub const fn question(dialog: Dialog) -> Self {
        Self::Open(Overlay::Dialog(dialog))
    }
}
