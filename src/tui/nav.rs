//! Moving about in what is read or chosen from, wherever that is.
//!
//! Owns the few actions that every list, question and page understands. Never knows what is listed.

use super::action::Action;

/// What is done in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Move about.
    Move(Way),
    /// Take what is marked.
    Confirm,
    /// Go back.
    Back,
}

/// A way to move about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Up one.
    Up,
    /// Down one.
    Down,
    /// Left one.
    Left,
    /// Right one.
    Right,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// A page back.
    EarlierPage,
    /// A page on.
    LaterPage,
}

/// Entries that a page key moves by.
const PAGE: usize = 10;

impl Nav {
    /// What an action does in a list; none where it does something else.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        const ALL: [(Action, Nav); 10] = [
            (Action::Up, Nav::Move(Way::Up)),
            (Action::Down, Nav::Move(Way::Down)),
            (Action::Left, Nav::Move(Way::Left)),
            (Action::Right, Nav::Move(Way::Right)),
            (Action::First, Nav::Move(Way::First)),
            (Action::Last, Nav::Move(Way::Last)),
            (Action::EarlierPage, Nav::Move(Way::EarlierPage)),
            (Action::LaterPage, Nav::Move(Way::LaterPage)),
            (Action::Confirm, Nav::Confirm),
            (Action::Back, Nav::Back),
        ];
        ALL.iter().find(|(known, _)| *known == action).map(|(_, nav)| *nav)
    }
}

impl Way {
    /// The mark after moving among `count` entries; it stops at the ends.
    #[must_use]
    pub fn moved(self, marked: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Self::Up | Self::Left => marked.saturating_sub(1),
            Self::Down | Self::Right => marked + 1,
            Self::First => 0,
            Self::Last => last,
            Self::EarlierPage => marked.saturating_sub(PAGE),
            Self::LaterPage => marked + PAGE,
        }
        .min(last)
    }

    /// The mark after moving in a list of `count` entries below a line to type in; none while the line has
    /// the keys.
    #[must_use]
    pub fn moved_below_line(self, marked: Option<usize>, count: usize) -> Option<usize> {
        match (marked, self) {
            (Some(0) | None, Self::Up | Self::Left | Self::EarlierPage) => None,
            (None, Self::Down | Self::Right | Self::LaterPage | Self::First) => Some(0),
            (None, Self::Last) => Some(count.saturating_sub(1)),
            (Some(marked), _) => Some(self.moved(marked, count)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stops_at_the_ends() {
        assert_eq!(Way::Up.moved(0, 3), 0);
        assert_eq!(Way::Down.moved(2, 3), 2);
        assert_eq!(Way::LaterPage.moved(0, 3), 2);
        assert_eq!(Way::Last.moved(0, 0), 0);
        assert_eq!(Way::Up.moved_below_line(Some(0), 3), None);
        assert_eq!(Way::Down.moved_below_line(None, 3), Some(0));
        assert_eq!(Way::Last.moved_below_line(None, 3), Some(2));
        assert_eq!(Nav::of(Action::Confirm), Some(Nav::Confirm));
        assert_eq!(Nav::of(Action::Save), None);
    }
}
