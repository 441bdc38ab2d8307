//! Check-in: a word from each, one after the other.
//!
//! Owns whose name stands on the screen. Never lists who has not spoken: at most the next two are named.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::board::{self, Card, Column, Origin};
use super::calm::{centred, most_rows};
use super::turn::Turn;
use super::{Focus, Here, Label, Scene, StepAction, StepScreen, usual_hints};
use crate::session::line::{self, Line};
use crate::session::paper::{self, Pile, Sheet};
use crate::session::{Blank, Draft, ItemId, PersonId, Said, Voice, VoiceDraft};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::widgets::big::{Across, Big};

/// What the screen of a check-in needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct CheckIn {
    turn: Turn,
    marked: Option<ItemId>,
}

fn voices<'a>(here: &Here<'a>) -> impl DoubleEndedIterator<Item = &'a Voice> + use<'a> {
    here.shown.voices(here.pass.reference())
}

fn authors(here: &Here<'_>) -> Vec<Option<PersonId>> {
    voices(here).map(|voice| voice.who).collect()
}

impl CheckIn {
    /// Whose turn it is; none where everybody who is there has had it, or nobody is known.
    fn turn(&self, here: &Here<'_>) -> Option<PersonId> {
        self.turn.stop(here.shown, &authors(here)).person()
    }

    /// Who come after that, at most two.
    fn after(&self, here: &Here<'_>) -> Vec<PersonId> {
        let mut heard = authors(here);
        heard.push(self.turn(here));
        let mut after = Vec::new();
        while let Some(next) = Turn::default().stop(here.shown, &heard).person()
            && after.len() < 2
        {
            heard.push(Some(next));
            after.push(next);
        }
        after
    }

    fn had(&self, here: &Here<'_>, said: Said) -> Vec<Effect> {
        match self.turn(here) {
            Some(who) => vec![Effect::add(vec![Draft::Voice(VoiceDraft { who: Some(who), said })])],
            None if here.shown.people().is_empty() => {
                vec![Effect::Say("Type a word of what is said, or add people with Ctrl+O.".to_owned())]
            }
            None => vec![Effect::Say("Everybody here has had their turn.".to_owned())],
        }
    }

    /// A word of whoever is named by `@`, else of whoever's turn it is.
    fn word(here: &Here<'_>, text: &str, turn: Option<PersonId>) -> Draft {
        let Line { text, tags, author } = line::parse(text, here.shown.people());
        let said = Said::Word(line::compose(&text, &tags, None));
        Draft::Voice(VoiceDraft { who: author.or(turn), said })
    }

    fn step_turn(&mut self, here: &Here<'_>, forward: bool) {
        self.turn.step(here.shown, &authors(here), false, forward);
    }

    /// What was said, and on the board every turn, so that one can be changed or taken out.
    fn items(here: &Here<'_>, all: bool) -> Vec<(ItemId, String, Option<PersonId>)> {
        let told = |voice: &Voice| match &voice.said {
            Said::Word(word) => Some(word.clone()),
            Said::Spoke => all.then(|| "has spoken".to_owned()),
            Said::Passed => all.then(|| "passed".to_owned()),
        };
        let voices =
            voices(here).filter_map(|voice| Some((ItemId::Voice(voice.id), told(voice)?, voice.who)));
        // Another program may have handed in notes.
        let notes = here.shown.notes(here.pass.reference());
        let notes = notes
            .map(|note| (ItemId::Note(note.id), line::compose(&note.text, &note.tags, None), note.author));
        voices.chain(notes).collect()
    }
}

impl StepScreen for CheckIn {
    fn label(&self, here: &Here<'_>) -> Label {
        match self.turn(here) {
            Some(who) => Label::person(here.shown, who),
            None => Label { side: None, what: "A word".to_owned() },
        }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        let hint = if self.turn(here).is_some() {
            "a word of it, or only Enter"
        } else if here.shown.privacy().anonymous {
            "a word of it"
        } else {
            "a word; @name says whose"
        };
        hint.to_owned()
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        match (focus, self.turn(here)) {
            (Focus::Line, Some(_)) => vec![
                (Action::Add, "has spoken"),
                (Action::NextField, "later"),
                (Action::PassTurn, "passes"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
            (Focus::Line, None) | (Focus::Board, _) => usual_hints(focus, "person"),
        }
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        self.marked = None;
        if text.trim().is_empty() {
            return self.had(here, Said::Spoke);
        }
        vec![Effect::add(vec![Self::word(here, text, self.turn(here))])]
    }

    fn blank(&self, _here: &Here<'_>) -> Blank {
        self.turn.blank()
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        self.turn.resume(blank, authors(here).len());
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        let pile = Pile { sides: here.shown.sides(), people: here.shown.people(), side: None, author: None };
        Some(paper::voices(text, pile))
    }

    fn list_hint(&self, _here: &Here<'_>) -> String {
        "a word a line, with “Name:” before it where that is known; Enter twice shows all".to_owned()
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.step_turn(here, true),
            (Focus::Line, StepAction::PreviousField) => self.step_turn(here, false),
            (_, StepAction::PassTurn) => return Some(self.had(here, Said::Passed)),
            (Focus::Board, StepAction::Move(direction)) => {
                let items = Self::items(here, true).into_iter();
                let column: Vec<ItemId> = items.map(|(id, ..)| id).collect();
                self.marked = board::moved(&[column], self.marked, direction);
            }
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        let marked = self.marked?;
        Self::items(here, true).into_iter().map(|(id, ..)| id).find(|id| *id == marked)
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let all = scene.focus == Focus::Board;
        let items = Self::items(&scene.here, all);
        let used = if all { 0 } else { self.draw_turn(scene, area, buf) };
        let rest = Rect { y: area.y + used, height: area.height - used, ..area };
        // A heading needs a row of words below it.
        if !all && (items.is_empty() || rest.height < 2) {
            return;
        }
        let card = |wanted| {
            let (_, text, who) = items.iter().find(|(id, ..)| *id == wanted)?;
            let name = who.map_or("", |who| scene.here.shown.name(who));
            Some(Card { text: text.into(), tags: &[], origin: Origin::person(name), confidential: false })
        };
        let cards = items.iter().map(|(id, ..)| *id).collect();
        let title = if all { "Turns" } else { "In a word" };
        let marked = if all { self.marked } else { None };
        let column = Column { side: None, title, hidden: 0, cards };
        board::draw(&[column], card, marked, scene.theme, rest, buf);
    }
}

/// Letters that the big digits' fonts have.
fn can_be_big(name: &str) -> bool {
    name.chars().all(|letter| !letter.is_control() && u32::from(letter) < 0x100)
}

impl CheckIn {
    /// Whose turn it is, big, and who come next; answers how many rows it took.
    fn draw_turn(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) -> u16 {
        let (here, theme) = (&scene.here, scene.theme);
        if area.height < 3 {
            return 0;
        }
        let room = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let Some(who) = self.turn(here) else {
            if here.shown.people().is_empty() {
                return 0;
            }
            let used = centred("Everybody here has had their turn.", room, theme.strong, buf);
            return (used + 2).min(area.height);
        };
        let name = here.shown.name(who);
        let place = here.shown.side_of(who).and_then(|side| here.shown.side_place(side));
        let style = place.map_or(theme.strong, |place| theme.side(place));
        let big = Big { text: name, style, signs: theme.signs, place: Across::Middle };
        let (_, rows) = big.size(room.width, room.height.saturating_sub(2).min(most_rows(room)));
        let used = if rows > 1 && can_be_big(name) {
            big.render(Rect { height: rows, ..room }, buf);
            rows
        } else {
            centred(name, room, style, buf)
        };
        let after: Vec<&str> = self.after(here).into_iter().map(|next| here.shown.name(next)).collect();
        let below = Rect { y: room.y + used, height: room.height - used, ..room };
        let words = if after.is_empty() { String::new() } else { format!("then {}", after.join(", then ")) };
        let below =
            Rect { y: below.y + below.height.min(1), height: below.height.saturating_sub(1).min(1), ..below };
        let taken = centred(&words, below, theme.text, buf);
        (used + taken + 4).min(area.height)
    }
}

#[cfg(test)]
mod tests;
