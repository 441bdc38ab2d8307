//! Brainstorm: notes of every side, in one column each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::board::{self, Card, Column, Origin};
use super::{Covered, Focus, Here, Label, Scene, StepAction, StepScreen, usual_hints};
use crate::script::SideKey;
use crate::session::line::{self, Line};
use crate::session::paper::{self, Pile, Sheet};
use crate::session::{Draft, Item, ItemId, Note, NoteDraft, NoteId, Record, Request};
use crate::tui::action::Action;
use crate::tui::effect::Effect;

/// What the screen of a brainstorm needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Brainstorm {
    /// The side that is typed for, by its place.
    side: usize,
    marked: Option<NoteId>,
}

impl Brainstorm {
    fn side(&self, here: &Here<'_>) -> Option<SideKey> {
        let sides = here.shown.sides();
        sides.get(self.side.checked_rem(sides.len())?).map(|side| side.key.clone())
    }

    fn column(&self, here: &Here<'_>, side: Option<&SideKey>) -> Vec<NoteId> {
        notes_of(here, side).map(|note| note.id).collect()
    }

    fn columns(&self, here: &Here<'_>) -> Vec<Vec<NoteId>> {
        let sides = here.shown.sides().iter().map(|side| self.column(here, Some(&side.key)));
        sides.chain([self.column(here, None)]).filter(|column| !column.is_empty()).collect()
    }

    fn to_next_side(&self, here: &Here<'_>) -> Option<Vec<Effect>> {
        let note = self.marked.and_then(|id| here.shown.note(id))?;
        let sides = here.shown.sides();
        let place = note.side.as_ref().and_then(|side| here.shown.side_place(side));
        let next = place.map_or(0, |place| (place + 1) % sides.len().max(1));
        let side = sides.get(next).map(|side| side.key.clone());
        let draft = Draft::Note(NoteDraft { side, ..note.draft() });
        Some(vec![Effect::ask(Request::Change { id: ItemId::Note(note.id), draft })])
    }
}

/// A typed note for a side; where it names its author, for theirs.
pub(super) fn typed(here: &Here<'_>, text: &str, side: Option<SideKey>) -> Draft {
    let Line { text, tags, author } = line::parse(text, here.shown.people());
    let of_author = author.and_then(|id| here.shown.side_of(id)).cloned();
    Draft::Note(NoteDraft { text, tags, side: of_author.or(side), author, confidential: false })
}

/// A list of notes for a side, where their lines do not name another.
pub(super) fn listed(here: &Here<'_>, text: &str, side: Option<&SideKey>) -> Sheet {
    paper::notes(text, Pile { sides: here.shown.sides(), people: here.shown.people(), side })
}

fn notes_of<'a>(here: &Here<'a>, side: Option<&SideKey>) -> impl DoubleEndedIterator<Item = &'a Note> {
    here.shown.notes(here.pass.reference()).filter(move |note| note.side.as_ref() == side)
}

impl StepScreen for Brainstorm {
    fn label(&self, here: &Here<'_>) -> Label {
        Label { side: self.side(here), what: String::new() }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        let with_authors = here.step.kind.brainstorm().is_some_and(|brainstorm| brainstorm.authors);
        let hint = if here.shown.privacy().anonymous {
            "a note; #tag if you like"
        } else if with_authors {
            "a note, then @ and the name of who said it; #tag if you like"
        } else {
            "a note; #tag and @name if you like"
        };
        hint.to_owned()
    }

    fn hints(&self, _here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let mut hints = usual_hints(focus, "side");
        match focus {
            Focus::Line => {}
            Focus::Board => hints.insert(2, (Action::MoveSide, "side")),
        }
        hints
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        self.marked = None;
        vec![Effect::add(vec![typed(here, text, self.side(here))])]
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        Some(listed(here, text, self.side(here).as_ref()))
    }

    fn list_hint(&self, here: &Here<'_>) -> String {
        // The last side: lines without a heading go to the one that is typed for.
        let other = here.shown.sides().last().map_or("a side", |side| side.name.as_str());
        format!("one a line; \u{201c}{other}:\u{201d} alone begins that side; Enter twice shows all")
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        let count = here.shown.sides().len().max(1);
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.side = (self.side + 1) % count,
            (Focus::Line, StepAction::PreviousField) => self.side = (self.side + count - 1) % count,
            (Focus::Board, StepAction::Move(direction)) => {
                self.marked = board::moved(&self.columns(here), self.marked, direction);
            }
            (Focus::Board, StepAction::MoveSide) => return self.to_next_side(here),
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        self.marked.filter(|id| here.shown.note(*id).is_some()).map(ItemId::Note)
    }

    fn covered(&self, here: &Here<'_>) -> Option<Covered> {
        let pass = here.pass.reference();
        let mut rounds: Vec<u32> = here.shown.hidden_rounds(pass).collect();
        if !here.pass.current().cover.is_open() && !rounds.contains(&here.pass.round) {
            rounds.push(here.pass.round);
        }
        if rounds.is_empty() {
            return None;
        }
        let silent: Vec<&str> = here
            .shown
            .sides()
            .iter()
            .filter(|side| here.shown.hidden_notes(pass, Some(&side.key)) == 0)
            .map(|side| side.name.as_str())
            .collect();
        let unfinished = (!silent.is_empty()).then(|| format!("Nothing yet from {}.", silent.join(" and ")));
        Some(Covered {
            requests: rounds.into_iter().map(|round| Request::RevealRound { pass, round }).collect(),
            what: "the notes of all sides".to_owned(),
            unfinished,
            empty: here.shown.hidden_rounds(pass).next().is_none(),
            then: Focus::Line,
        })
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let here = &scene.here;
        let pass = here.pass.reference();
        let marked = match scene.focus {
            Focus::Line => None,
            Focus::Board => self.marked,
        };
        let mut columns: Vec<Column<'_, NoteId>> = here
            .shown
            .sides()
            .iter()
            .enumerate()
            .map(|(place, side)| Column {
                side: Some((place, side.mark)),
                title: &side.name,
                hidden: here.shown.hidden_notes(pass, Some(&side.key)),
                cards: cards(here, Some(&side.key)),
            })
            .collect();
        let loose = cards(here, None);
        let loose_hidden = here.shown.hidden_notes(pass, None);
        if !loose.is_empty() || loose_hidden > 0 {
            columns.push(Column { side: None, title: "No side", hidden: loose_hidden, cards: loose });
        }
        board::draw(&columns, marked, scene.theme, area, buf);
    }
}

fn cards<'a>(here: &Here<'a>, side: Option<&SideKey>) -> Vec<Card<'a, NoteId>> {
    notes_of(here, side)
        .map(|note| Card {
            id: note.id,
            text: &note.text,
            tags: &note.tags,
            origin: Origin::written(
                note.author.map_or("", |author| here.shown.name(author)),
                note.is_write_up(),
            ),
            confidential: note.confidential,
        })
        .collect()
}
