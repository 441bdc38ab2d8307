//! Brainstorm: notes of every side, in one column each.

mod writer;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::board::{self, Card, Column, Origin};
use super::{Covered, Focus, Here, Label, Scene, StepAction, StepScreen, usual_hints};
use crate::script::SideKey;
use crate::session::line::{self, Line};
use crate::session::paper::{self, Pile, Sheet};
use crate::session::{Blank, Draft, Item, ItemId, NoteDraft, NoteId, NotesOf, PersonId, Record, Request};
use crate::tui::action::Action;
use crate::tui::effect::Effect;

use writer::{Writer, wants_authors};

/// What the screen of a brainstorm needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Brainstorm {
    writer: Writer,
    marked: Option<NoteId>,
}

impl Brainstorm {
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

/// A typed note for a side, or for a person; where it names its author, for theirs.
pub(super) fn typed(
    here: &Here<'_>,
    text: &str,
    side: Option<SideKey>,
    person: Option<PersonId>,
) -> NoteDraft {
    let Line { text, tags, author } = line::parse(text, here.shown.people());
    let of_author = author.and_then(|id| here.shown.side_of(id)).cloned();
    // A side typed for may be meant for a guest too; somebody else's is not.
    let side = if author.is_some() && person.is_some() { of_author } else { of_author.or(side) };
    NoteDraft { text, tags, side, author: author.or(person), confidential: false }
}

/// A list of notes for a side, or for a person, where their lines do not name another.
pub(super) fn listed(here: &Here<'_>, text: &str, side: Option<&SideKey>, author: Option<PersonId>) -> Sheet {
    paper::notes(text, Pile { sides: here.shown.sides(), people: here.shown.people(), side, author })
}

impl StepScreen for Brainstorm {
    fn label(&self, here: &Here<'_>) -> Label {
        self.writer.label(here)
    }

    fn hint(&self, here: &Here<'_>) -> String {
        let hint = if here.shown.privacy().anonymous {
            "a note; #tag if you like"
        } else if !wants_authors(here) {
            "a note; #tag and @name if you like"
        } else if self.writer.person(here).is_some() {
            "a note; @name where it is somebody else’s"
        } else {
            "a note; Ctrl+O adds people, so that each note has its author"
        };
        hint.to_owned()
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let mut hints = usual_hints(focus, self.writer.person(here).map_or("side", |_| "person"));
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
        let author = self.writer.person(here).map(|person| person.id);
        let note = typed(here, text, self.writer.side(here), author);
        self.writer.named(note.author);
        let unknown = wants_authors(here) && note.author.is_none();
        let mut effects = vec![Effect::add(vec![Draft::Note(note)])];
        if unknown {
            let words = "Taken without its author: nobody is listed yet. Ctrl+O adds people.";
            effects.push(Effect::Say(words.to_owned()));
        }
        effects
    }

    fn blank(&self, here: &Here<'_>) -> Blank {
        self.writer.blank(here)
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        self.writer.resume(here, blank);
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        let author = self.writer.person(here).map(|person| person.id);
        Some(listed(here, text, self.writer.side(here).as_ref(), author))
    }

    fn list_hint(&self, here: &Here<'_>) -> String {
        // The last side: lines without a heading go to the one that is typed for.
        let other = here.shown.sides().last().map_or("a side", |side| side.name.as_str());
        format!("one a line; \u{201c}{other}:\u{201d} alone begins that side; Enter twice shows all")
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.writer.step(here, true),
            (Focus::Line, StepAction::PreviousField) => self.writer.step(here, false),
            (Focus::Board, StepAction::Move(direction)) => {
                let notes = here.shown.notes_by_side(here.pass.reference());
                let columns: Vec<&[NoteId]> = notes.iter().map(|of| of.seen.as_slice()).collect();
                self.marked = board::moved(&columns, self.marked, direction);
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
        let marked = match scene.focus {
            Focus::Line => None,
            Focus::Board => self.marked,
        };
        let notes = here.shown.notes_by_side(here.pass.reference());
        let columns: Vec<Column<'_, NoteId>> = notes
            .iter()
            .filter(|of| of.side.is_some() || !of.seen.is_empty() || of.hidden > 0)
            .map(|of| column(here, of))
            .collect();
        board::draw(&columns, |id| card(here, id), marked, scene.theme, area, buf);
    }
}

/// The column of a side, or of no side.
fn column<'a>(here: &Here<'a>, of: &'a NotesOf) -> Column<'a, NoteId> {
    let side = of.side.as_ref().and_then(|key| Some((here.shown.side_place(key)?, here.shown.side(key)?)));
    Column {
        side: side.map(|(place, side)| (place, side.mark)),
        title: side.map_or("No side", |(_, side)| &side.name),
        hidden: of.hidden,
        cards: of.seen.as_slice().into(),
    }
}

fn card<'a>(here: &Here<'a>, id: NoteId) -> Option<Card<'a>> {
    let note = here.shown.note(id)?;
    let author = note.author.map_or("", |author| here.shown.name(author));
    Some(Card {
        text: note.text.as_str().into(),
        tags: &note.tags,
        origin: Origin::written(author, note.is_write_up()),
        confidential: note.confidential,
    })
}

#[cfg(test)]
mod tests;
