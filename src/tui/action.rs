//! Every named thing that a person can do, in one table.
//!
//! Owns the list of actions with their names, places, first keys and help. The keymap, `visavis keys`, the
//! help overlay and the palette are all made from it. Never knows what an action does to a session.

use super::key::{Code, Key};

/// Where a key is pressed: what has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Everywhere in the program.
    Anywhere,
    /// Everywhere in a running session.
    Session,
    /// The line to type in.
    Compose,
    /// The board: what was collected, where single keys act.
    Board,
    /// The board of a cluster step, where things go into groups.
    Groups,
    /// The board of a vote, where things get dots.
    Dots,
    /// Several fields to fill in.
    Form,
    /// A silence that has not begun.
    Ready,
    /// A silence.
    Silence,
    /// A list to choose from: home.
    List,
    /// Look back: the sessions that were kept, and the minutes of one.
    LookBack,
    /// The fields before a session starts.
    Setup,
    /// The closing summary.
    Summary,
    /// Something to read or choose from over the screen: help, agenda, tour.
    Overlay,
    /// A question with answers.
    Dialog,
    /// The search over all actions.
    Palette,
}

impl Place {
    /// Every place where a key can be pressed: all but the two that only stand for others.
    pub const FOCUS: [Self; 14] = [
        Self::Compose,
        Self::Board,
        Self::Groups,
        Self::Dots,
        Self::Form,
        Self::Ready,
        Self::Silence,
        Self::List,
        Self::LookBack,
        Self::Setup,
        Self::Summary,
        Self::Overlay,
        Self::Dialog,
        Self::Palette,
    ];

    /// Its name in `visavis keys`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Session => "session",
            Self::Compose => "compose",
            Self::Board => "board",
            Self::Groups => "groups",
            Self::Dots => "dots",
            Self::Form => "form",
            Self::Ready => "ready",
            Self::Silence => "silence",
            Self::List => "list",
            Self::LookBack => "look-back",
            Self::Setup => "setup",
            Self::Summary => "summary",
            Self::Overlay => "overlay",
            Self::Dialog => "dialog",
            Self::Palette => "palette",
        }
    }

    /// Whether what is bound at `wider` counts here.
    #[must_use]
    pub const fn within(self, wider: Self) -> bool {
        match wider {
            Self::Anywhere => true,
            Self::Session => matches!(
                self,
                Self::Session
                    | Self::Compose
                    | Self::Board
                    | Self::Groups
                    | Self::Dots
                    | Self::Form
                    | Self::Ready
                    | Self::Silence
            ),
            Self::Compose
            | Self::Board
            | Self::Groups
            | Self::Dots
            | Self::Form
            | Self::Ready
            | Self::Silence
            | Self::List
            | Self::LookBack
            | Self::Setup
            | Self::Summary
            | Self::Overlay
            | Self::Dialog
            | Self::Palette => self as u8 == wider as u8,
        }
    }

    /// Whether it is a board, where single keys act on what was collected.
    #[must_use]
    pub const fn is_board(self) -> bool {
        matches!(self, Self::Board | Self::Groups | Self::Dots)
    }

    /// Whether printable keys type here, so that none of them can ever act.
    #[must_use]
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Compose | Self::Form | Self::Setup | Self::Palette)
    }
}

/// What an action is for, so that palette and help can group it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Steps and rounds.
    Steps,
    /// The countdown.
    Time,
    /// Writing notes and filling in fields.
    Writing,
    /// What is on the board.
    Board,
    /// Saving, leaving, looks, help.
    Program,
    /// Moving about and answering; of no use in the palette.
    Moving,
}

/// What the table says of one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// Its name: lower case and hyphens. Keys and the palette name actions by it; it never changes.
    pub name: &'static str,
    /// What it is for.
    pub group: Group,
    /// Where it can be done.
    pub places: &'static [Place],
    /// Its keys unless they were changed; none means palette only.
    pub keys: &'static [Key],
    /// What it does, in a few words.
    pub help: &'static str,
}

macro_rules! actions {
    ($($group:ident { $($action:ident $name:literal, $places:expr, $keys:expr, $help:literal;)+ })+) => {
        /// A named thing that a person can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[doc = $help] $action,)+)+
        }

        /// Every action, in the order in which help shows them.
        pub static TABLE: &[Row] = &[
            $($(Row {
                action: Action::$action,
                name: $name,
                group: Group::$group,
                places: $places,
                keys: $keys,
                help: $help,
            },)+)+
        ];
    };
}

/// Where a session's work is done.
const WORK: &[Place] = &[Place::Compose, Place::Board, Place::Groups, Place::Dots, Place::Form, Place::Ready];
/// Where single keys act on what was collected.
const BOARDS: &[Place] = &[Place::Board, Place::Groups, Place::Dots];
/// Where what is written can be changed.
const WRITTEN: &[Place] = &[Place::Board, Place::Groups];
/// Where digits mean a number.
const NUMBERED: &[Place] = &[Place::Groups, Place::Dots];
/// Where there are fields to go through.
const FIELDS: &[Place] = &[Place::Compose, Place::Form, Place::Setup];
/// Where one goes on to the next side or field, or from home to the set-up.
const ONWARD: &[Place] = &[Place::Compose, Place::Form, Place::Setup, Place::List];
/// Where arrows move up and down.
const ROWS: &[Place] = &[
    Place::Compose,
    Place::Board,
    Place::Groups,
    Place::Dots,
    Place::Form,
    Place::Setup,
    Place::List,
    Place::LookBack,
    Place::Summary,
    Place::Overlay,
    Place::Dialog,
    Place::Palette,
];
/// Where arrows move sideways.
const COLUMNS: &[Place] = &[Place::Board, Place::Groups, Place::Dots, Place::List, Place::Dialog];
/// Where one moves through more than fits.
const SCROLLED: &[Place] = &[Place::List, Place::LookBack, Place::Summary, Place::Overlay, Place::Dialog];
const ENDS: &[Place] =
    &[Place::Board, Place::Groups, Place::Dots, Place::List, Place::LookBack, Place::Summary, Place::Overlay];
/// Where one can search what can be done: not over what lies over the screen already.
const SEARCHED: &[Place] =
    &[Place::Session, Place::List, Place::LookBack, Place::Setup, Place::Summary, Place::Palette];

actions! {
    Steps {
        NextStep "next-step", WORK, &[Key::plain(Code::PageDown)], "Go on: the next round, then the next step";
        PreviousStep "previous-step", WORK, &[Key::plain(Code::PageUp)], "Go back: the previous round, then the previous step";
        Agenda "agenda", &[Place::Compose, Place::Board, Place::Groups, Place::Dots, Place::Form, Place::Ready, Place::Overlay], &[Key::plain(Code::F(3))], "Show the agenda and jump to any step";
        Reveal "reveal", &[Place::Compose, Place::Board, Place::Groups, Place::Dots, Place::Form], &[Key::ctrl('r')], "Reveal what is hidden, of all sides at once";
        BeginSilence "begin-silence", &[Place::Ready], &[Key::plain(Code::Enter)], "Begin the silence";
        EndSilence "end-silence", &[Place::Silence], &[], "Make the silence shorter, or end it";
    }
    Time {
        ToggleTimer "toggle-timer", WORK, &[Key::ctrl('t')], "Start or pause the countdown";
        ExtendTimer "extend-timer", &[Place::Session], &[Key::ctrl('e')], "Give a minute more";
        Interrupt "interrupt", &[Place::Session], &[Key::ctrl('g')], "Interrupt: all clocks stand still, the picture is blank";
        ShortenTimer "shorten-timer", WORK, &[Key::ctrl('d')], "Take a minute off";
    }
    Writing {
        Add "add", &[Place::Compose], &[Key::plain(Code::Enter)], "Add what the line says";
        NewLine "new-line", &[Place::Compose, Place::Form], &[Key::ctrl('j'), Key::alt(Code::Enter)], "Begin a new line in the same text";
        TypeList "type-list", &[Place::Compose], &[Key::plain(Code::F(4))], "Type in a list: one a line, many at once";
        NextField "next-field", ONWARD, &[Key::plain(Code::Tab)], "Take the offered word, else next side or field, or set-up";
        PreviousField "previous-field", FIELDS, &[Key::shift(Code::Tab)], "Go to the previous side or field";
        PassTurn "pass-turn", &[Place::Compose], &[Key::ctrl('b')], "Let the person whose turn it is pass";
        Mask "mask", &[Place::Compose], &[], "Cover what is being typed, or show it again";
        Board "board", &[Place::Compose], &[Key::plain(Code::Esc)], "Go to the board; what was typed waits in the line";
    }
    Board {
        Compose "compose", BOARDS, &[Key::plain(Code::Esc), Key::char('n')], "Go back to the line to type in";
        Edit "edit", WRITTEN, &[Key::char('e')], "Change the text of the marked item";
        MoveSide "move-side", &[Place::Board], &[Key::char('m')], "Move the marked item to the next side";
        MoveEarlier "move-earlier", &[Place::Board], &[Key::char('<')], "Move the marked topic to an earlier place";
        MoveLater "move-later", &[Place::Board], &[Key::char('>')], "Move the marked topic to a later place";
        Tag "tag", &[Place::Board], &[Key::char('t')], "Change the tags of the marked item";
        Link "link", &[Place::Board], &[Key::char('l')], "Choose what the marked item rests on";
        Remove "remove", WRITTEN, &[Key::plain(Code::Delete)], "Remove the marked item";
        KeepConfidential "keep-confidential", WRITTEN, &[Key::char('c')], "Keep the marked note confidential, or no longer";
        RemoveForGood "remove-for-good", &[Place::Board], &[], "Remove the marked item for good, so that nothing keeps it";
        JudgeAlike "judge-alike", &[Place::Board], &[Key::char('1')], "Judge the account: seen alike";
        JudgeDiffers "judge-differs", &[Place::Board], &[Key::char('2')], "Judge the account: seen differently";
        JudgeBlindSpot "judge-blind-spot", &[Place::Board], &[Key::char('3')], "Judge the account: blind spot";
        JudgeHiddenStrength "judge-hidden-strength", &[Place::Board], &[Key::char('4')], "Judge the account: hidden strength";
        JudgeWrongGuess "judge-wrong-guess", &[Place::Board], &[Key::char('5')], "Judge the account: wrong guess";
        JudgeMissing "judge-missing", &[Place::Board], &[Key::char('6')], "Judge the account: missing";
        MarkDone "mark-done", &[Place::Board], &[Key::char('y')], "Say of the marked item: done";
        MarkGoingOn "mark-going-on", &[Place::Board], &[Key::char('g')], "Say of the marked item: it goes on";
        MarkDropped "mark-dropped", &[Place::Board], &[Key::char('x')], "Say of the marked item: dropped";
        Pick "pick", &[Place::Groups], &[Key::char(' '), Key::char('x')], "Pick the marked note, or let it go again";
        NewGroup "new-group", &[Place::Groups], &[Key::char('g')], "Make a group of what is picked";
        Digit1 "digit-1", NUMBERED, &[Key::char('1')], "Into group 1; in a vote: 1 dot";
        Digit2 "digit-2", NUMBERED, &[Key::char('2')], "Into group 2; in a vote: 2 dots";
        Digit3 "digit-3", NUMBERED, &[Key::char('3')], "Into group 3; in a vote: 3 dots";
        Digit4 "digit-4", NUMBERED, &[Key::char('4')], "Into group 4; in a vote: 4 dots";
        Digit5 "digit-5", NUMBERED, &[Key::char('5')], "Into group 5; in a vote: 5 dots";
        Digit6 "digit-6", NUMBERED, &[Key::char('6')], "Into group 6; in a vote: 6 dots";
        Digit7 "digit-7", NUMBERED, &[Key::char('7')], "Into group 7; in a vote: 7 dots";
        Digit8 "digit-8", NUMBERED, &[Key::char('8')], "Into group 8; in a vote: 8 dots";
        Digit9 "digit-9", NUMBERED, &[Key::char('9')], "Into group 9; in a vote: 9 dots";
        Digit0 "digit-0", NUMBERED, &[Key::char('0')], "Out of the group; in a vote: no dot";
        GiveDot "give-dot", &[Place::Dots], &[Key::char('+'), Key::char(' ')], "Give the marked item one dot more";
        TakeDot "take-dot", &[Place::Dots], &[Key::char('-'), Key::plain(Code::Delete)], "Take one dot back from the marked item";
        Keep "keep", &[Place::Dots], &[Key::char('k')], "Let the marked item, which ties, carry on; or not after all";
        ShowBallot "show-ballot", &[Place::Dots], &[Key::char('b')], "Show the dots of the person in hand, or cover them";
        MakePossibility "make-possibility", &[Place::Board], &[Key::char('p')], "Make a learning possibility from the account";
        Describe "describe", &[Place::Board], &[Key::char('d')], "Say why the marked possibility is worth it, what it needs";
    }
    Program {
        Palette "palette", SEARCHED, &[Key::ctrl('p')], "Search everything that can be done here";
        Help "help", &[Place::Anywhere], &[Key::plain(Code::F(1))], "Show the keys of this place";
        FacilitatorPart "facilitator-part", WORK, &[Key::plain(Code::F(2))], "Show or cover the facilitator's part";
        People "people", WORK, &[Key::ctrl('o')], "People: add, find, came late, left, side, role";
        Park "park", WORK, &[Key::ctrl('f')], "Parking lot: set a thought aside, look at what waits";
        Undo "undo", WORK, &[Key::ctrl('z')], "Take back the last change";
        Redo "redo", WORK, &[Key::ctrl('y')], "Make the change again that was taken back";
        Save "save", &[Place::Session], &[Key::ctrl('s')], "Save now";
        SaveElsewhere "save-elsewhere", &[Place::Session], &[], "Save a copy in another place";
        TakeOver "take-over", &[Place::Session], &[Key::plain(Code::F(6))], "Go on here, where the other program has ended";
        Theme "theme", &[Place::Anywhere], &[], "Change between dark, light and plain";
        Redraw "redraw", &[Place::Anywhere], &[Key::ctrl('l')], "Draw the whole screen again";
        OpenSession "open-session", &[Place::LookBack], &[Key::char('o')], "Go on with this session, or reopen it for the write-up";
        Tour "tour", &[Place::List], &[Key::char('?')], "Take the one-minute tour";
        Leave "leave", &[Place::Anywhere], &[Key::ctrl('q'), Key::ctrl('c')], "Leave; everything is kept";
    }
    Moving {
        Confirm "confirm", &[Place::Board, Place::Groups, Place::Dots, Place::Form, Place::Setup, Place::List, Place::LookBack, Place::Summary, Place::Overlay, Place::Dialog, Place::Palette], &[Key::plain(Code::Enter)], "Take what is marked";
        Back "back", &[Place::Form, Place::Setup, Place::List, Place::LookBack, Place::Summary, Place::Overlay, Place::Dialog, Place::Palette], &[Key::plain(Code::Esc)], "Go back; what was written is kept";
        Up "up", ROWS, &[Key::plain(Code::Up)], "Up";
        Down "down", ROWS, &[Key::plain(Code::Down)], "Down";
        Left "left", COLUMNS, &[Key::plain(Code::Left)], "Left";
        Right "right", COLUMNS, &[Key::plain(Code::Right)], "Right";
        First "first", ENDS, &[Key::plain(Code::Home)], "To the first";
        Last "last", ENDS, &[Key::plain(Code::End)], "To the last";
        EarlierPage "earlier-page", SCROLLED, &[Key::plain(Code::PageUp)], "A page back";
        LaterPage "later-page", SCROLLED, &[Key::plain(Code::PageDown)], "A page on";
    }
}

impl Action {
    /// What the table says of it.
    #[must_use]
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Its name, as in `next-step`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it does, in a few words.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// The action of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.action)
    }

    /// Whether it can be done where this place has the focus.
    #[must_use]
    pub fn works_in(self, place: Place) -> bool {
        self.row().places.iter().any(|wider| place.within(*wider))
    }
}

/// The name nearest to what was written, if one is near enough to have been meant.
pub(super) fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    names
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(far, _)| *far <= (written.chars().count() / 4).max(1))
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_actions() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.action as usize, index, "{}", row.name);
            assert_eq!(Action::named(row.name), Some(row.action));
        }
    }

    #[test]
    fn names_are_lower_case_with_hyphens_and_help_is_short() {
        for row in TABLE {
            assert!(
                row.name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                row.name
            );
            assert!(row.help.chars().count() <= 60 && !row.help.ends_with('.'), "{}", row.help);
            assert!(!row.places.is_empty(), "{} can be done nowhere", row.name);
        }
    }

    #[test]
    fn no_letter_removes_and_nothing_ends_a_silence_by_a_key() {
        assert!(Action::Remove.row().keys.iter().all(|key| key.printable().is_none()));
        assert!(Action::EndSilence.row().keys.is_empty());
    }

    #[test]
    fn every_place_is_within_itself_and_anywhere() {
        for place in Place::FOCUS {
            assert!(place.within(place) && place.within(Place::Anywhere));
            assert!(!Place::Anywhere.within(place) && !Place::Session.within(place));
        }
    }
}
