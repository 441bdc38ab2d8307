//! The follow-up: what earlier sessions left open, and what became of it, one key each.
//!
//! Owns which item is asked about, and whether its new day or the word why is being typed. Never sorts: the
//! session has the items with the oldest due first.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::calm::centred;
use super::{Direction, Focus, Here, Label, Scene, StepAction, StepScreen};
use crate::session::paper::Sheet;
use crate::session::{
    Blank, Draft, Item, ItemId, Matter, OpenItem, OpenItemField, Origin, Ownership, Request, Standing,
    Update, UpdateDraft, Who,
};
use crate::tui::action::{Action, Place};
use crate::tui::dates;
use crate::tui::effect::{Effect, Then};
use crate::tui::widgets::list::{Entry, List};
use crate::tui::widgets::text;

/// What the screen of a follow-up needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct FollowUp {
    marked: Option<Origin>,
    asked: Asked,
}

/// What the line asks of the marked item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Asked {
    /// Nothing: single keys say what became of it.
    #[default]
    Nothing,
    /// By when it will be done now.
    Day,
    /// A word why.
    Why,
}

impl FollowUp {
    /// The item that is asked about: the marked one, else the first without a word.
    fn item<'a>(&self, here: &Here<'a>) -> Option<&'a OpenItem> {
        let items = here.shown.open_items();
        let marked = self.marked.and_then(|of| items.iter().find(|item| item.of == of));
        marked.or_else(|| items.iter().find(|item| word(here, item).is_none())).or(items.last())
    }

    fn move_mark(&mut self, here: &Here<'_>, direction: Direction) {
        let items = here.shown.open_items();
        let at = self.item(here).and_then(|marked| items.iter().position(|item| item.of == marked.of));
        let (at, last) = (at.unwrap_or(0), items.len().saturating_sub(1));
        let to = match direction {
            Direction::Up => at.saturating_sub(1),
            Direction::Down => (at + 1).min(last),
            Direction::First => 0,
            Direction::Last => last,
            Direction::Left | Direction::Right => at,
        };
        self.marked = items.get(to).map(|item| item.of);
        self.asked = Asked::Nothing;
    }

    /// Says what became of the marked item, and asks for more of it.
    fn stand(&mut self, here: &Here<'_>, standing: Standing) -> Vec<Effect> {
        let Some(item) = self.item(here) else { return Vec::new() };
        self.marked = Some(item.of);
        self.asked = if standing.is_open() { Asked::Day } else { Asked::Why };
        let request = match word(here, item) {
            Some(word) if same(word.standing, standing) => None,
            Some(word) => Some(changed(word, UpdateDraft { standing, ..word.draft() })),
            None => {
                let draft = UpdateDraft { of: item.of, standing, why: String::new() };
                Some(Request::Add { to: None, drafts: vec![Draft::Update(draft)] })
            }
        };
        request.map(Effect::ask).into_iter().chain([Effect::ToLine]).collect()
    }

    fn day(&mut self, here: &Here<'_>, word: &Update, text: &str) -> Vec<Effect> {
        if text.is_empty() {
            self.asked = Asked::Why;
            return Vec::new();
        }
        let Some(by) = dates::parse(text, here.now.date()) else {
            return vec![Effect::Say(dates::FORMS.to_owned())];
        };
        self.asked = Asked::Why;
        let standing = Standing::GoingOn { by: Some(by) };
        settled(word, UpdateDraft { standing, ..word.draft() })
    }

    fn why(&mut self, here: &Here<'_>, word: &Update, text: &str) -> Vec<Effect> {
        self.asked = Asked::Nothing;
        let next = here.shown.open_items().iter().find(|item| self::word(here, item).is_none());
        self.marked = next.map_or(self.marked, |next| Some(next.of));
        let mut effects = if text.is_empty() {
            Vec::new()
        } else {
            settled(word, UpdateDraft { why: text.to_owned(), ..word.draft() })
        };
        if next.is_none() {
            effects.push(Effect::Say("All of it has a word now.".to_owned()));
        }
        effects
    }
}

/// The word that this pass had on an item.
fn word<'a>(here: &Here<'a>, item: &OpenItem) -> Option<&'a Update> {
    let during = here.pass.reference();
    here.shown.updates().iter().rfind(|update| update.of == item.of && update.made.during() == during)
}

fn same(one: Standing, other: Standing) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

fn changed(word: &Update, draft: UpdateDraft) -> Request {
    Request::Change { id: ItemId::Update(word.id), draft: Draft::Update(draft) }
}

/// What the line said goes into the word; where it says what the word says already, it is only emptied.
fn settled(word: &Update, draft: UpdateDraft) -> Vec<Effect> {
    if word.draft() == draft {
        return vec![Effect::SetLine(String::new())];
    }
    vec![Effect::Ask(changed(word, draft), Then::ClearLine)]
}

impl StepScreen for FollowUp {
    fn place(&self, _here: &Here<'_>, focus: Focus) -> Place {
        match (self.asked, focus) {
            (Asked::Day | Asked::Why, Focus::Line) => Place::Compose,
            (Asked::Nothing, _) | (_, Focus::Board) => Place::Board,
        }
    }

    fn has_line(&self, _here: &Here<'_>) -> bool {
        self.asked != Asked::Nothing
    }

    fn label(&self, here: &Here<'_>) -> Label {
        let word = self.item(here).and_then(|item| word(here, item));
        let what = match (self.asked, word.map(|word| word.standing)) {
            (Asked::Nothing, _) | (Asked::Why, None) => "Why",
            (Asked::Day, _) => "By when now",
            (Asked::Why, Some(Standing::Done)) => "Done: how did it go",
            (Asked::Why, Some(Standing::GoingOn { .. })) => "Going on: why",
            (Asked::Why, Some(Standing::Dropped)) => "Dropped: why",
        };
        Label { side: None, what: what.to_owned() }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        match (self.asked, self.item(here).and_then(|item| item.due)) {
            (Asked::Day, Some(due)) => {
                format!("4w, friday or 1 Dec; Enter alone keeps {}", dates::shown(due, here.now.date()))
            }
            (Asked::Day, None) => "4w, friday or 1 Dec; Enter alone leaves it open".to_owned(),
            (Asked::Why | Asked::Nothing, _) => "a word; Enter alone passes it over".to_owned(),
        }
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let mut hints = if here.shown.open_items().is_empty() {
            Vec::new()
        } else if self.place(here, focus) == Place::Compose {
            vec![(Action::Add, "keeps it"), (Action::Board, "list")]
        } else {
            vec![
                (Action::MarkDone, "done"),
                (Action::MarkGoingOn, "going on"),
                (Action::MarkDropped, "dropped"),
            ]
        };
        hints.extend([(Action::NextStep, "next"), (Action::Palette, "all")]);
        hints
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        let Some(word) = self.item(here).and_then(|item| word(here, item)) else {
            self.asked = Asked::Nothing;
            return Vec::new();
        };
        match self.asked {
            Asked::Nothing => Vec::new(),
            Asked::Day => self.day(here, word, text.trim()),
            Asked::Why => self.why(here, word, text.trim()),
        }
    }

    fn blank(&self, here: &Here<'_>) -> Blank {
        let field = match self.asked {
            Asked::Nothing => None,
            Asked::Day => Some(OpenItemField::Day),
            Asked::Why => Some(OpenItemField::Why),
        };
        let blank = self.item(here).zip(field).map(|(item, field)| Blank::OpenItem(item.of, field));
        blank.unwrap_or_default()
    }

    fn resume(&mut self, _here: &Here<'_>, blank: &Blank) {
        if let Blank::OpenItem(of, field) = blank {
            self.marked = Some(*of);
            self.asked = match field {
                OpenItemField::Day => Asked::Day,
                OpenItemField::Why => Asked::Why,
            };
        }
    }

    fn sheet(&self, _here: &Here<'_>, _text: &str) -> Option<Sheet> {
        None
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        let in_list = self.place(here, focus) == Place::Board;
        match (in_list, action) {
            (true, StepAction::Stand(standing)) => return Some(self.stand(here, standing)),
            (true, StepAction::Move(direction)) => self.move_mark(here, direction),
            (true, StepAction::Confirm) => {
                let said = self.item(here).is_some_and(|item| word(here, item).is_some());
                self.asked = if said { Asked::Why } else { Asked::Nothing };
                self.marked = self.item(here).map(|item| item.of);
                return Some(vec![Effect::ToLine]);
            }
            (_, StepAction::Back) => self.asked = Asked::Nothing,
            (true | false, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        let word = self.item(here).and_then(|item| word(here, item))?;
        Some(ItemId::Update(word.id))
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let here = &scene.here;
        let items = here.shown.open_items();
        if items.is_empty() {
            let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
            centred("Nothing was left open.", middle, scene.theme.strong, buf);
            return;
        }
        let marked = self.item(here).and_then(|marked| items.iter().position(|item| item.of == marked.of));
        let entry = |index: usize| {
            let Some(item) = items.get(index) else { return Entry::default() };
            let word = word(here, item);
            let over = word.is_some_and(|word| !word.standing.is_open());
            Entry {
                label: word.map_or("", |word| word.standing.words()).into(),
                text: with_why(&item.text, word),
                tail: about(here, item, word).into(),
                style: over.then_some(scene.theme.quiet),
            }
        };
        let width = area.width.min(text::LINE + LABEL + 4);
        let list = List {
            selected: marked,
            from_first: true,
            label: LABEL.min(area.width / 3),
            ..List::new(items.len(), entry, scene.theme)
        };
        list.render(Rect { width, ..area }, buf);
    }
}

/// Columns for what became of an item.
const LABEL: u16 = 9;

fn with_why<'a>(text: &'a str, word: Option<&Update>) -> Cow<'a, str> {
    match word {
        Some(word) if !word.why.is_empty() => format!("{text}: {}", word.why).into(),
        Some(_) | None => text.into(),
    }
}

/// Whose it is, and by when; a day that is past says so.
fn about(here: &Here<'_>, item: &OpenItem, word: Option<&Update>) -> String {
    let whose = match (item.of.what, &item.owner) {
        (Matter::Parked(_), _) => "parked",
        (Matter::Decision(_) | Matter::Action(_), Ownership::Owned { by: Who::Named(name), .. }) => name,
        (Matter::Decision(_) | Matter::Action(_), Ownership::Owned { by: Who::Person(_), .. }) => "somebody",
        (Matter::Decision(_) | Matter::Action(_), Ownership::Open(_)) => "nobody's yet",
    };
    let moved = match word.map(|word| word.standing) {
        Some(Standing::GoingOn { by }) => by,
        Some(Standing::Done | Standing::Dropped) | None => None,
    };
    let today = here.now.date();
    let due = moved.or(item.due).map_or_else(String::new, |due| {
        let late = if due < today { "was due" } else { "due" };
        format!(", {late} {}", dates::shown(due, today))
    });
    format!("{whose}{due}")
}

#[cfg(test)]
mod tests;
