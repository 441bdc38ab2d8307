//! What can be done wherever one is in the program.
//!
//! Owns the few actions that every screen understands. Never carries them out.

use super::action::Action;

/// Something that can be done wherever one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgramAction {
    /// Search all actions.
    Palette,
    /// Show the keys of the place.
    Help,
    /// Change to the next look.
    NextLook,
    /// Draw the whole screen anew.
    Redraw,
    /// Write everything to the disk now.
    Save,
    /// Save a copy in another place.
    SaveElsewhere,
    /// Go on with a session that is shown and that nobody runs any more.
    TakeOver,
    /// Leave.
    Leave,
}

impl ProgramAction {
    /// The program's part of an action; none where a screen handles it.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        const KNOWN: [(Action, ProgramAction); 8] = [
            (Action::Palette, ProgramAction::Palette),
            (Action::Help, ProgramAction::Help),
            (Action::Theme, ProgramAction::NextLook),
            (Action::Redraw, ProgramAction::Redraw),
            (Action::Save, ProgramAction::Save),
            (Action::SaveElsewhere, ProgramAction::SaveElsewhere),
            (Action::TakeOver, ProgramAction::TakeOver),
            (Action::Leave, ProgramAction::Leave),
        ];
        KNOWN.iter().find(|(known, _)| *known == action).map(|(_, own)| *own)
    }
}
