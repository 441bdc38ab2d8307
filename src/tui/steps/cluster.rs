//! Cluster: what came in is put into named groups, with keys only.
//!
//! Owns what is marked, picked, opened and searched for. What stands where is in the session: each key that
//! moves something is one command and one undo.

mod view;

use std::borrow::Cow;
use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Direction, Focus, Here, Label, Scene, StepAction, StepScreen, board};
use crate::session::paper::Sheet;
use crate::session::{Carried, ClusterDraft, ClusterId, Draft, Grouping, ItemId, Request};
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, Then};

/// What the screen of a cluster step needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Cluster {
    marked: Option<Marked>,
    picked: HashSet<Carried>,
    /// The group whose things are listed; none lists what is not grouped yet.
    open: Option<ClusterId>,
    /// Only what says this is listed, whatever the case of its letters; empty lists all.
    wanted: String,
    /// Whether the board asked for the name in the line, so that the keys go back to it.
    naming: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    Thing(Carried),
    Group(ClusterId),
}

/// What the board shows.
struct Board<'a> {
    grouping: Cow<'a, Grouping>,
    /// The group whose things are listed.
    open: Option<ClusterId>,
    /// What is listed of them, where something is looked for.
    found: Option<Vec<Carried>>,
}

impl Board<'_> {
    /// What is listed: what is not grouped yet, or one group's.
    fn things(&self) -> &[Carried] {
        match &self.found {
            Some(found) => found,
            None => self.all_things(),
        }
    }

    fn all_things(&self) -> &[Carried] {
        self.open.and_then(|open| self.grouping.members(open)).unwrap_or(&self.grouping.loose)
    }

    fn group(&self, place: usize) -> Option<ClusterId> {
        self.grouping.groups.get(place).map(|(group, _)| *group)
    }

    /// A group's place, from 0.
    fn place(&self, group: ClusterId) -> Option<usize> {
        self.grouping.groups.iter().position(|(other, _)| *other == group)
    }

    fn total(&self) -> usize {
        let grouped: usize = self.grouping.groups.iter().map(|(_, members)| members.len()).sum();
        grouped + self.grouping.loose.len()
    }

    fn columns(&self) -> [Vec<Marked>; 2] {
        [
            self.things().iter().copied().map(Marked::Thing).collect(),
            self.grouping.groups.iter().map(|(group, _)| Marked::Group(*group)).collect(),
        ]
    }
}

impl Cluster {
    fn board<'a>(&self, here: &Here<'a>) -> Board<'a> {
        let grouping = here.shown.grouping(here.pass.reference());
        let mut board = Board { grouping, open: self.open, found: None };
        if !self.wanted.is_empty() {
            let says = |what: &Carried| {
                here.shown.told(*what).is_some_and(|told| told.text.to_lowercase().contains(&self.wanted))
            };
            board.found = Some(board.all_things().iter().copied().filter(says).collect());
        }
        board
    }

    /// What is marked, as long as it is on the board.
    fn marked_on(&self, board: &Board<'_>) -> Option<Marked> {
        self.marked.filter(|marked| match marked {
            Marked::Thing(what) => board.things().contains(what),
            Marked::Group(group) => board.place(*group).is_some(),
        })
    }

    /// What is picked and still there, in the order of what came in; else the thing that is marked.
    fn chosen(&self, board: &Board<'_>) -> Vec<Carried> {
        let Grouping { groups, loose } = &*board.grouping;
        let all = loose.iter().chain(groups.iter().flat_map(|(_, members)| members));
        let picked: Vec<Carried> = all.copied().filter(|what| self.picked.contains(what)).collect();
        match (picked.is_empty(), self.marked_on(board)) {
            (true, Some(Marked::Thing(what))) => vec![what],
            (true, Some(Marked::Group(_)) | None) | (false, _) => picked,
        }
    }

    fn move_mark(&mut self, here: &Here<'_>, direction: Direction) {
        let board = self.board(here);
        let columns = board.columns();
        self.marked = match self.marked_on(&board) {
            Some(marked) => board::moved(&columns, Some(marked), direction),
            // It begins at the first thing that is listed.
            None => columns.iter().find_map(|column| column.first().copied()),
        };
    }

    /// The mark goes on to what stays in the list when `chosen` leaves it.
    fn mark_next(&mut self, board: &Board<'_>, chosen: &[Carried]) {
        let Some(Marked::Thing(marked)) = self.marked_on(board) else { return };
        let chosen: HashSet<Carried> = chosen.iter().copied().collect();
        let place = board.things().iter().position(|what| *what == marked).unwrap_or(0);
        let (before, after) = board.things().split_at(place);
        let stays = |what: &&Carried| !chosen.contains(what);
        let next = after.iter().find(stays).or_else(|| before.iter().rfind(stays));
        self.marked = next.copied().map(Marked::Thing);
    }

    fn pick(&mut self, here: &Here<'_>) {
        let board = self.board(here);
        if let Some(Marked::Thing(what)) = self.marked_on(&board) {
            if !self.picked.remove(&what) {
                self.picked.insert(what);
            }
            self.move_mark(here, Direction::Down);
        }
    }

    /// Puts what is picked, else what is marked, into a group by its number from 1, or with 0 out of its
    /// group; a marked group is merged.
    fn put(&mut self, here: &Here<'_>, number: usize) -> Vec<Effect> {
        let board = self.board(here);
        let into = number.checked_sub(1).map(|place| board.group(place));
        let chosen = self.chosen(&board);
        let request = match (into, self.marked_on(&board)) {
            (Some(None), _) => {
                return vec![Effect::Say(format!(
                    "There is no group {number} yet. Type a name to make one."
                ))];
            }
            (Some(Some(into)), Some(Marked::Group(from))) if chosen.is_empty() => {
                self.marked = Some(Marked::Group(into));
                Request::Merge { from, into }
            }
            (Some(into), _) => Request::Group { what: chosen.clone(), into },
            (None, _) => Request::Group { what: chosen.clone(), into: None },
        };
        self.mark_next(&board, &chosen);
        self.picked.clear();
        vec![Effect::ask(request)]
    }

    /// Asks in the line for the name of a group for what is picked, else marked.
    fn name_group(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let board = self.board(here);
        self.picked = self.chosen(&board).into_iter().collect();
        self.naming = true;
        vec![Effect::ToLine]
    }

    fn make(&mut self, here: &Here<'_>, name: &str) -> Vec<Effect> {
        let board = self.board(here);
        let what: Vec<Carried> = if self.picked.is_empty() { Vec::new() } else { self.chosen(&board) };
        self.mark_next(&board, &what);
        self.picked.clear();
        let make = Effect::Ask(Request::NewGroup { name: name.to_owned(), what }, Then::ClearLine);
        let back = std::mem::take(&mut self.naming).then_some(Effect::ToBoard);
        [make].into_iter().chain(back).collect()
    }

    /// Out of a search, then out of an open group, then let go of what is picked.
    fn back(&mut self) -> Option<Vec<Effect>> {
        if !self.wanted.is_empty() {
            self.wanted.clear();
        } else if let Some(open) = self.open.take() {
            self.marked = Some(Marked::Group(open));
        } else if self.picked.is_empty() {
            return None;
        } else {
            self.picked.clear();
        }
        Some(Vec::new())
    }

    fn open(&mut self, here: &Here<'_>) {
        match self.marked_on(&self.board(here)) {
            Some(Marked::Group(group)) => {
                self.open = (self.open != Some(group)).then_some(group);
                self.wanted.clear();
            }
            Some(Marked::Thing(_)) => self.pick(here),
            None => {}
        }
    }
}

/// What the line looks for, where it looks for something.
fn search(text: &str) -> Option<&str> {
    text.strip_prefix('/').map(str::trim)
}

impl StepScreen for Cluster {
    fn place(&self, _here: &Here<'_>, focus: Focus) -> Place {
        match focus {
            Focus::Line => Place::Compose,
            Focus::Board => Place::Groups,
        }
    }

    fn label(&self, _here: &Here<'_>) -> Label {
        let what = match self.picked.len() {
            0 => "New group".to_owned(),
            1 => "New group with the one picked".to_owned(),
            count => format!("New group with the {count} picked"),
        };
        Label { side: None, what }
    }

    fn hint(&self, _here: &Here<'_>) -> String {
        "its name; /word looks for notes".to_owned()
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let is_group = match self.marked {
            Some(Marked::Group(group)) => here.shown.cluster(group).is_some(),
            Some(Marked::Thing(_)) | None => false,
        };
        match focus {
            Focus::Line => vec![
                (Action::Add, "makes a group"),
                (Action::Board, "board"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
            Focus::Board if is_group && self.picked.is_empty() => vec![
                (Action::Confirm, "opens"),
                (Action::Digit1, "to 9 merge"),
                (Action::Edit, "rename"),
                (Action::Remove, "remove"),
                (Action::Compose, "back"),
                (Action::Palette, "all"),
            ],
            Focus::Board => vec![
                (Action::Digit1, "to 9 group"),
                (Action::Pick, "pick"),
                (Action::NewGroup, "new group"),
                (Action::Compose, "back"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
        }
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        let text = text.trim();
        if text.is_empty() {
            self.naming = false;
            return vec![Effect::ToBoard];
        }
        if let Some(wanted) = search(text) {
            self.wanted = wanted.to_lowercase();
            self.marked = None;
            return vec![Effect::SetLine(String::new()), Effect::ToBoard];
        }
        match text.parse() {
            Ok(number) if number > 0 => {
                let effects = self.put(here, number);
                [Effect::SetLine(String::new())].into_iter().chain(effects).collect()
            }
            Ok(_) | Err(_) => self.make(here, text),
        }
    }

    fn sheet(&self, _here: &Here<'_>, text: &str) -> Option<Sheet> {
        Some(Sheet::list(text, |line| Draft::Cluster(ClusterDraft { name: line.to_owned() })))
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, _) => return None,
            (Focus::Board, StepAction::Move(direction)) => self.move_mark(here, direction),
            (Focus::Board, StepAction::Pick) => self.pick(here),
            (Focus::Board, StepAction::Confirm) => self.open(here),
            (Focus::Board, StepAction::NewGroup) => return Some(self.name_group(here)),
            (Focus::Board, StepAction::Digit(digit)) => return Some(self.put(here, digit.into())),
            (Focus::Board, StepAction::Back) => return self.back(),
            (Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        Some(match self.marked_on(&self.board(here))? {
            Marked::Thing(what) => what.into(),
            Marked::Group(group) => ItemId::Cluster(group),
        })
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        view::draw(self, scene, area.intersection(buf.area), buf);
    }
}

#[cfg(test)]
mod tests;
