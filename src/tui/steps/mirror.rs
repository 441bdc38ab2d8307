//! Mirror: topics are worded, each side writes its accounts apart, all are revealed together, gaps are
//! judged, and learning possibilities made. Columns are accounts of one side.

mod view;

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Covered, Direction, Focus, Here, Label, Scene, StepAction, StepScreen};
use crate::script::{self, SideKey, View};
use crate::session::paper::{self, Form, Sheet, Start};
use crate::session::{
    Blank, Carried, Cell, Draft, EntryDraft, EntryId, Gap, ItemId, Part, Possibility, PossibilityId, Request,
    Saying, TopicDraft, TopicId,
};
use crate::tui::action::Action;
use crate::tui::describe::Question;
use crate::tui::effect::Effect;

/// What the screen of a mirror needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Mirror {
    /// The cell that is typed into, by its place among all cells.
    cell: usize,
    /// The account that is judged, by its side's place.
    account: usize,
    marked: Option<Marked>,
    /// What came in that the line words as a topic.
    wording: Option<Carried>,
}

/// What can be marked on the board of a mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    Carried(Carried),
    Topic(TopicId),
    Entry(EntryId),
    Possibility(PossibilityId),
    /// The possibility that was asked for when this was the newest.
    Made(Option<PossibilityId>),
}

fn definition<'a>(here: &Here<'a>) -> Option<&'a script::Mirror> {
    here.step.kind.mirror()
}

/// The aspects that each view is written by: those of the step's lens, or none.
fn aspects(here: &Here<'_>) -> Vec<Option<String>> {
    let lens = definition(here).and_then(|mirror| here.shown.script().lens(mirror.lens.as_deref()?));
    lens.map_or_else(|| vec![None], |lens| lens.aspects.iter().cloned().map(Some).collect())
}

/// What `by` writes in this view: of more than two sides, *theirs* is one saying for each other side.
fn sayings(here: &Here<'_>, by: &SideKey, view: View) -> Vec<Saying> {
    match view {
        View::Ours => vec![Saying::Ours],
        View::Guess => vec![Saying::Guess],
        View::Theirs => {
            let others = here.shown.sides().iter().filter(|side| &side.key != by);
            others.map(|side| Saying::Theirs(side.key.clone())).collect()
        }
    }
}

/// All cells of a topic in the order in which they are written: a side at a time.
fn cells(here: &Here<'_>) -> Vec<Cell> {
    let views = definition(here).map(|mirror| mirror.views.as_slice()).unwrap_or_default();
    let aspects = aspects(here);
    let mut cells = Vec::new();
    for side in here.shown.sides() {
        for view in views {
            for saying in sayings(here, &side.key, *view) {
                cells.extend(aspects.iter().map(|aspect| Cell {
                    by: side.key.clone(),
                    saying: saying.clone(),
                    aspect: aspect.clone(),
                }));
            }
        }
    }
    cells
}

fn present(here: &Here<'_>) -> Option<TopicId> {
    here.pass.topic()
}

/// How the cell's question reads to the side that answers it.
fn question(here: &Here<'_>, cell: &Cell) -> String {
    let name = |key: &SideKey| here.shown.side(key).map_or("", |side| side.name.as_str()).to_owned();
    let view = match &cell.saying {
        Saying::Ours => "how we do it".to_owned(),
        Saying::Theirs(about) => format!("how {} do it", name(about)),
        Saying::Guess => "what they will say of us".to_owned(),
    };
    match &cell.aspect {
        Some(aspect) => format!("{view}, {aspect}"),
        None => view,
    }
}

impl Mirror {
    fn cell(&self, here: &Here<'_>) -> Option<Cell> {
        let mut cells = cells(here);
        let place = self.cell.checked_rem(cells.len())?;
        Some(cells.swap_remove(place))
    }

    fn move_cell(&mut self, here: &Here<'_>, forward: bool) {
        let count = cells(here).len().max(1);
        let step = if forward { 1 } else { count - 1 };
        self.cell = (self.cell + step) % count;
    }

    /// The same cell of the next side: its account of the same question.
    fn next_side(&mut self, here: &Here<'_>, forward: bool) {
        let sides = here.shown.sides().len().max(1);
        let all = cells(here).len().max(1);
        let each = (all / sides).max(1);
        let step = if forward { each } else { all - each };
        self.cell = (self.cell + step) % all;
    }

    fn account(&self, here: &Here<'_>) -> Option<SideKey> {
        let sides = here.shown.sides();
        sides.get(self.account.checked_rem(sides.len())?).map(|side| side.key.clone())
    }

    fn judged(&self, here: &Here<'_>, gap: Gap) -> Option<Vec<Effect>> {
        let topic = present(here)?;
        let about = self.account(here)?;
        // The same key once more takes the judgement back.
        let gap = (here.shown.gap(topic, &about) != Some(gap)).then_some(gap);
        Some(vec![Effect::ask(Request::Judge { topic, about, gap })])
    }

    fn possibility(&mut self, here: &Here<'_>) -> Option<Vec<Effect>> {
        let topic = present(here)?;
        let about = self.account(here)?;
        let Some(judgement) = here.shown.judgement(topic, &about) else {
            return Some(vec![Effect::Say(
                "Judge the account with 1 to 6 first; a possibility is made from its gap.".to_owned(),
            )]);
        };
        let draft = here.shown.suggested(judgement)?;
        let same =
            |known: &&Possibility| known.judgement == draft.judgement && known.sentence == draft.sentence;
        if let Some(known) = here.shown.possibilities().iter().find(same) {
            self.marked = Some(Marked::Possibility(known.id));
            return Some(vec![Effect::EditMarked]);
        }
        // The suggestion is a beginning: its words are opened at once.
        self.marked = Some(Marked::Made(newest(here)));
        let add = Effect::ask(Request::Add { to: None, drafts: vec![Draft::Possibility(draft)] });
        Some(vec![add, Effect::EditMarked])
    }

    /// What the arrows can mark, in their order.
    fn board(&self, here: &Here<'_>) -> Vec<Marked> {
        let Some(topic) = present(here) else {
            let topics = here.shown.topics(here.pass.reference()).map(|topic| Marked::Topic(topic.id));
            let carried = carried(here).map(Marked::Carried);
            return topics.chain(carried).collect();
        };
        let mut order: Vec<Marked> = Vec::new();
        if let Some(about) = self.account(here) {
            let entries = here.shown.entries(topic).filter(|entry| entry.about() == &about);
            order.extend(entries.map(|entry| Marked::Entry(entry.id)));
        }
        let made = here.shown.possibilities().iter().filter(|possibility| possibility.topic == topic);
        order.extend(made.map(|possibility| Marked::Possibility(possibility.id)));
        order
    }

    fn move_mark(&mut self, here: &Here<'_>, direction: Direction) {
        let sides = here.shown.sides().len().max(1);
        match direction {
            Direction::Left | Direction::Right => {
                let step = if direction == Direction::Left { sides - 1 } else { 1 };
                self.account = (self.account + step) % sides;
                self.marked = self.marked_here(here).or(self.board(here).last().copied());
            }
            Direction::Up | Direction::Down | Direction::First | Direction::Last => {
                self.marked = super::board::moved(&[self.board(here)], self.marked_here(here), direction);
            }
        }
    }

    fn confirm(&mut self, here: &Here<'_>) -> Option<Vec<Effect>> {
        match self.marked_here(here)? {
            Marked::Carried(what) => {
                self.wording = Some(what);
                let text = here.shown.told(what)?.text.into_owned();
                Some(vec![Effect::ToLine, Effect::Insert(text)])
            }
            Marked::Topic(topic) => Some(vec![Effect::ask(Request::Go(Part::Topic(topic)))]),
            Marked::Entry(_) | Marked::Possibility(_) | Marked::Made(_) => None,
        }
    }

    /// What is marked, by its own identity.
    fn mark(&self, here: &Here<'_>) -> Option<Marked> {
        match self.marked? {
            Marked::Made(before) => {
                newest(here).filter(|newest| Some(*newest) != before).map(Marked::Possibility)
            }
            marked @ (Marked::Carried(_) | Marked::Topic(_) | Marked::Entry(_) | Marked::Possibility(_)) => {
                Some(marked)
            }
        }
    }

    /// What is marked where it is on the board: never something of another topic.
    fn marked_here(&self, here: &Here<'_>) -> Option<Marked> {
        self.mark(here).filter(|marked| self.board(here).contains(marked))
    }

    fn describe(&self, here: &Here<'_>) -> Vec<Effect> {
        match self.marked_here(here) {
            Some(Marked::Possibility(id)) => vec![Effect::Describe(id, Question::Driver)],
            Some(Marked::Carried(_) | Marked::Made(_) | Marked::Topic(_) | Marked::Entry(_)) | None => {
                vec![Effect::Say("Mark a learning possibility first; p makes one.".to_owned())]
            }
        }
    }

    fn write_topics(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        if text.trim().is_empty() {
            if self.wording.take().is_some() {
                return vec![Effect::Say("The next topic comes from no note.".to_owned())];
            }
            // With nothing typed Enter goes on to the first topic, where there is one.
            let first = here.shown.topics(here.pass.reference()).next();
            return first.map(|topic| Effect::ask(Request::Go(Part::Topic(topic.id)))).into_iter().collect();
        }
        let from = self.wording.take().into_iter().collect();
        self.marked = None;
        vec![Effect::add(vec![Draft::Topic(TopicDraft { text: text.trim().to_owned(), from })])]
    }

    fn entry(&self, here: &Here<'_>, topic: TopicId, text: &str) -> Option<Draft> {
        let Cell { by, saying, aspect } = self.cell(here)?;
        Some(Draft::Entry(EntryDraft { text: text.trim().to_owned(), topic, by, saying, aspect }))
    }
}

fn newest(here: &Here<'_>) -> Option<PossibilityId> {
    here.shown.possibilities().iter().next_back().map(|possibility| possibility.id)
}

/// What came in that can be worded as a topic and was not yet: a gap is a judgement and no topic.
fn carried(here: &Here<'_>) -> impl Iterator<Item = Carried> {
    let used: HashSet<Carried> =
        here.shown.topics(here.pass.reference()).flat_map(|topic| topic.from.iter().copied()).collect();
    let carried = here.brought();
    let left = move |what: &Carried| !used.contains(what) && !matches!(what, Carried::Gap(_));
    (0..carried.len()).map(move |place| carried[place]).filter(left)
}

impl StepScreen for Mirror {
    fn label(&self, here: &Here<'_>) -> Label {
        match (present(here), self.cell(here)) {
            (Some(_), Some(cell)) => Label { what: question(here, &cell), side: Some(cell.by) },
            (Some(_) | None, _) if self.wording.is_some() => {
                Label { side: None, what: "Topic from a note".to_owned() }
            }
            (Some(_) | None, _) => Label { side: None, what: "Topic".to_owned() },
        }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        match present(here) {
            Some(_) => "one thing; Enter alone goes on".to_owned(),
            None => "words that both sides can answer".to_owned(),
        }
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let worded = here.shown.topics(here.pass.reference()).next().is_some();
        match (focus, present(here)) {
            (Focus::Line, None) => vec![
                (Action::Add, "adds a topic"),
                (Action::Board, "what was brought along"),
                (Action::NextStep, if worded { "answer" } else { "next" }),
                (Action::Palette, "all"),
            ],
            (Focus::Line, Some(topic)) if here.shown.is_revealed(topic) => vec![
                (Action::Add, "adds"),
                (Action::NextField, "side"),
                (Action::Board, "judge"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
            (Focus::Line, Some(_)) => vec![
                (Action::Add, "adds"),
                (Action::NextField, "side"),
                (Action::Reveal, "reveal"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
            (Focus::Board, None) => vec![
                (Action::Confirm, "words it as a topic"),
                (Action::Compose, "line"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
            (Focus::Board, Some(_)) => vec![
                (Action::JudgeAlike, "to 6 judge"),
                (Action::MakePossibility, "learn"),
                (Action::Edit, "edit"),
                (Action::Compose, "line"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
        }
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        let Some(topic) = present(here) else { return self.write_topics(here, text) };
        if text.trim().is_empty() {
            self.move_cell(here, true);
            return Vec::new();
        }
        self.entry(here, topic, text).map(|draft| Effect::add(vec![draft])).into_iter().collect()
    }

    fn blank(&self, here: &Here<'_>) -> Blank {
        let blank = match present(here) {
            Some(_) => self.cell(here).map(Blank::Cell),
            None => self.wording.map(Blank::Topic),
        };
        blank.unwrap_or_default()
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        match blank {
            Blank::Cell(cell) => {
                self.cell = cells(here).iter().position(|known| known == cell).unwrap_or(self.cell);
            }
            Blank::Topic(from) => self.wording = Some(*from),
            Blank::Usual
            | Blank::Side(_)
            | Blank::Person(_)
            | Blank::Nobody
            | Blank::Decision(..)
            | Blank::Action(..)
            | Blank::OpenItem(..)
            | Blank::Participant(..) => {}
        }
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        let mirror = definition(here)?;
        let aspects: Vec<String> = aspects(here).into_iter().flatten().collect();
        let topics: Vec<(TopicId, &str)> =
            here.shown.topics(here.pass.reference()).map(|topic| (topic.id, topic.text.as_str())).collect();
        let form =
            Form { sides: here.shown.sides(), views: &mirror.views, aspects: &aspects, topics: &topics };
        let topic = present(here);
        let cell = topic.and_then(|_| self.cell(here));
        Some(paper::entries(text, form, &Start { topic, cell }))
    }

    fn list_hint(&self, here: &Here<'_>) -> String {
        let Some(side) = here.shown.sides().first().filter(|_| present(here).is_some()) else {
            return "one topic a line; Enter twice shows them all".to_owned();
        };
        format!("“{} ours:” or “theirs:” alone says where the next lines go", side.name)
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.next_side(here, true),
            (Focus::Line, StepAction::PreviousField) => self.next_side(here, false),
            (Focus::Line, StepAction::Move(Direction::Down)) => self.move_cell(here, true),
            (Focus::Line, StepAction::Move(Direction::Up)) => self.move_cell(here, false),
            (Focus::Board, StepAction::Move(direction)) => self.move_mark(here, direction),
            (Focus::Board, StepAction::Judge(gap)) => return self.judged(here, gap),
            (Focus::Board, StepAction::MakePossibility) => return self.possibility(here),
            (Focus::Board, StepAction::Describe) => return Some(self.describe(here)),
            (Focus::Board, StepAction::Confirm) => return self.confirm(here),
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        match self.marked_here(here)? {
            Marked::Carried(_) | Marked::Made(_) => None,
            Marked::Topic(id) => Some(ItemId::Topic(id)),
            Marked::Entry(id) => Some(ItemId::Entry(id)),
            Marked::Possibility(id) => Some(ItemId::Possibility(id)),
        }
    }

    fn covered(&self, here: &Here<'_>) -> Option<Covered> {
        let topic = present(here).filter(|topic| !here.shown.is_revealed(*topic))?;
        let text = here.shown.topic(topic).map_or("", |topic| topic.text.as_str());
        let missing: Vec<String> = here
            .shown
            .sides()
            .iter()
            .filter(|side| {
                let own = cells(here).into_iter().filter(|cell| cell.by == side.key);
                own.into_iter().any(|cell| {
                    here.shown.entry_count(topic, &cell.by, &cell.saying, cell.aspect.as_deref()) == 0
                })
            })
            .map(|side| side.name.clone())
            .collect();
        let unfinished = (!missing.is_empty())
            .then(|| format!("Not everything is written yet: {}.", missing.join(" and ")));
        Some(Covered {
            requests: vec![Request::RevealTopic(topic)],
            what: format!("all accounts of “{text}”"),
            unfinished,
            empty: here.shown.sides().iter().all(|side| here.shown.entries_by(topic, &side.key) == 0),
            then: Focus::Board,
        })
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        view::draw(self, scene, area, buf);
    }
}
