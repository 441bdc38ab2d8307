//! The kinds of steps that take notes and no more in this version, and the break.
//!
//! Owns a board of what was brought along beside what is written now. Never pretends to cluster or count.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::board::{self, Card, Column, Origin};
use super::brainstorm::{self, Brainstorm};
use super::calm::centred;
use super::{Direction, Focus, Here, Label, Scene, StepAction, StepScreen, usual_hints};
use crate::script::{Kind, SideKey};
use crate::session::paper::Sheet;
use crate::session::{Carried, ItemId, Told};
use crate::timer::Left;
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::widgets::big::{Across, Big};
use crate::tui::widgets::{list, text};

/// What the screen of a plain step needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// What is typed becomes notes as in a brainstorm.
    notes: Brainstorm,
    marked: Option<Carried>,
}

const fn is_break(here: &Here<'_>) -> bool {
    matches!(here.step.kind, Kind::Break(_))
}

/// The local time of day at which a break ends, to the nearest minute; none once it is over.
fn back_at(here: &Here<'_>) -> Option<String> {
    match here.pass.current().countdown.left(here.now) {
        Left::Time(secs) => {
            let end = here.now.plus_millis((i64::from(secs) + 30) * 1000);
            Some(end.local().format("%-H:%M").to_string())
        }
        Left::Over(_) => None,
    }
}

impl Plain {
    fn columns(here: &Here<'_>) -> Vec<Vec<Carried>> {
        let brought = here.shown.incoming(here.pass.step);
        let of = |side: Option<&SideKey>| {
            brainstorm::notes_of(here, side).map(|note| Carried::Note(note.id)).collect::<Vec<_>>()
        };
        let own = here.shown.sides().iter().map(|side| of(Some(&side.key)));
        let columns = [brought].into_iter().chain(own).chain([of(None)]);
        columns.filter(|column| !column.is_empty()).collect()
    }

    fn move_mark(&mut self, here: &Here<'_>, direction: Direction) {
        self.marked = board::moved(&Self::columns(here), self.marked, direction);
    }
}

impl StepScreen for Plain {
    fn has_line(&self, here: &Here<'_>) -> bool {
        !is_break(here)
    }

    fn place(&self, here: &Here<'_>, focus: Focus) -> Place {
        match focus {
            Focus::Line if !is_break(here) => Place::Compose,
            Focus::Line | Focus::Board => Place::Board,
        }
    }

    fn label(&self, here: &Here<'_>) -> Label {
        self.notes.label(here)
    }

    fn hint(&self, here: &Here<'_>) -> String {
        match here.step.kind {
            Kind::Cluster(_) => "the name of a group, and what belongs to it",
            Kind::Vote(_) => "what was chosen",
            Kind::FollowUp(_) => "what became of it",
            Kind::Brainstorm(_)
            | Kind::Mirror(_)
            | Kind::Silence(_)
            | Kind::Discuss(_)
            | Kind::Decide(_)
            | Kind::Break(_)
            | Kind::CheckIn(_)
            | Kind::CheckOut(_) => "",
        }
        .to_owned()
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        if !self.has_line(here) {
            return vec![
                (Action::NextStep, "next"),
                (Action::ExtendTimer, "a minute more"),
                (Action::Palette, "all"),
            ];
        }
        usual_hints(focus, "side")
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        self.marked = None;
        self.notes.submit(here, text)
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        if is_break(here) { None } else { self.notes.sheet(here, text) }
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (is_break(here), focus, action) {
            (true, _, _) => None,
            (false, Focus::Board, StepAction::Move(direction)) => {
                self.move_mark(here, direction);
                Some(Vec::new())
            }
            (false, _, action) => self.notes.act(here, focus, action),
        }
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        let marked = self.marked.filter(|what| here.shown.told(*what).is_some())?;
        Some(marked.into())
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if is_break(&scene.here) { draw_break(scene, area, buf) } else { self.draw_notes(scene, area, buf) }
    }
}

/// When to be back, in the middle, big enough for the corridor.
fn draw_break(scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let theme = scene.theme;
    let Some(time) = back_at(&scene.here) else {
        let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
        centred("We go on.", middle, theme.strong, buf);
        return;
    };
    let big = Big { text: &time, style: theme.countdown, signs: theme.signs, place: Across::Middle };
    let (_, rows) = big.size(area.width, area.height.saturating_sub(2));
    let top = area.y + area.height.saturating_sub(rows + 2) / 2;
    let words = Rect { y: top, height: area.height.min(1), ..area };
    centred("Back at", words, theme.strong, buf);
    big.render(Rect { y: top + 2, height: rows, ..area }.intersection(area), buf);
}

impl Plain {
    fn draw_notes(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let here = &scene.here;
        let brought = here.brought();
        let marked = match scene.focus {
            Focus::Line => None,
            Focus::Board => self.marked,
        };
        let own = own_columns(here);
        let all: Vec<Column<'_, Carried>> = brought_column(&brought).into_iter().chain(own).collect();
        let areas = arranged(&all, brought.is_empty(), area);
        for (column, area) in all.iter().zip(areas) {
            board::draw(std::slice::from_ref(column), marked, scene.theme, area, buf);
        }
    }
}

fn brought_column<'a>(brought: &'a [Told<'_>]) -> Option<Column<'a, Carried>> {
    let cards: Vec<Card<'_, Carried>> = brought
        .iter()
        .map(|told| Card { id: told.what, text: &told.text, tags: &[], origin: Origin::side(told.origin) })
        .collect();
    (!cards.is_empty()).then_some(Column { side: None, title: "Brought along", hidden: 0, cards })
}

/// What is written now: a column a side, and one for what is nobody's where there is any.
fn own_columns<'a>(here: &Here<'a>) -> Vec<Column<'a, Carried>> {
    let cards = |side: Option<&SideKey>| -> Vec<Card<'a, Carried>> {
        let notes = brainstorm::cards(here, side).into_iter();
        notes
            .map(|Card { id, text, tags, origin }| Card { id: Carried::Note(id), text, tags, origin })
            .collect()
    };
    let sides = here.shown.sides().iter().enumerate();
    let mut columns: Vec<Column<'_, Carried>> = sides
        .map(|(place, side)| Column {
            side: Some((place, side.mark)),
            title: &side.name,
            hidden: 0,
            cards: cards(Some(&side.key)),
        })
        .collect();
    let loose = cards(None);
    if !loose.is_empty() {
        columns.push(Column { side: None, title: "No side", hidden: 0, cards: loose });
    }
    columns
}

/// What was brought along stands at the left; what is written now beside it, or below each other there
/// where that would be too narrow. Where there is no room for two columns, all stand below each other.
fn arranged(all: &[Column<'_, Carried>], nothing_brought: bool, area: Rect) -> Vec<Rect> {
    let count = u16::try_from(all.len()).unwrap_or(u16::MAX);
    let side_by_side = list::columns(area, count);
    let level = side_by_side.iter().all(|one| one.y == area.y);
    if nothing_brought || level {
        return side_by_side;
    }
    let halves = list::columns(area, 2);
    match halves[..] {
        [left, right] if left.y == right.y => {
            let right = Rect { width: right.width.min(text::LINE), ..right };
            [left].into_iter().chain(list::columns(right, count - 1)).collect()
        }
        _ => side_by_side,
    }
}

#[cfg(test)]
mod tests;
