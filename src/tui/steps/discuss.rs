//! Discussion: a topic at a time with its time box, what is kept of it, and the topics to come.
//!
//! Owns what is marked and whose note is typed. Never decides what the topics are or in which order.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::board::{self, Card, Column, Origin};
use super::{Focus, Here, Label, Scene, StepAction, StepScreen, brainstorm, usual_hints};
use crate::script::SideKey;
use crate::session::paper::Sheet;
use crate::session::{Blank, Draft, ItemId, Note, NoteId, Part, Request, Talk};
use crate::timer::Left;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Then};
use crate::tui::widgets::list;

/// What the screen of a discussion needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Discuss {
    /// Whose note is typed, by the side's place; none is nobody's alone.
    side: Option<usize>,
    marked: Option<Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Note(NoteId),
    /// The topic of this round.
    Topic(u32),
}

fn talk<'a>(here: &Here<'a>) -> Option<&'a Talk> {
    here.pass.talk().filter(|talk| !talk.subjects.is_empty())
}

fn words<'a>(here: &Here<'a>, talk: &'a Talk, round: u32) -> &'a str {
    talk.subject(round).and_then(|subject| here.shown.subject(subject)).unwrap_or("(no longer there)")
}

/// What is kept of the present topic.
fn notes<'a>(here: &Here<'a>) -> impl DoubleEndedIterator<Item = &'a Note> + use<'a> {
    let round = here.pass.round;
    here.shown.notes(here.pass.reference()).filter(move |note| note.made.round == round)
}

fn is_kept_here(here: &Here<'_>, note: &Note) -> bool {
    (note.made.during(), note.made.round) == (here.pass.reference(), here.pass.round)
}

/// Two numbers and nothing else: hands for a minute more, and against it.
fn hands(text: &str) -> Option<(u32, u32)> {
    let mut words = text.split_whitespace().map(str::parse);
    match (words.next(), words.next(), words.next()) {
        (Some(Ok(more)), Some(Ok(enough)), None) => Some((more, enough)),
        _ => None,
    }
}

/// How long it was talked about or is to be, in a word.
fn time(here: &Here<'_>, round: u32) -> String {
    let Some(run) = here.pass.round(round) else { return String::new() };
    let secs = |millis: i64| u32::try_from(millis / 1000).unwrap_or(0);
    let (ran, planned) = (run.countdown.ran(here.now), run.countdown.length());
    if round == here.pass.round {
        "now".to_owned()
    } else if ran > 0 {
        format!("{} talked", Left::Time(secs(ran)))
    } else {
        Left::Time(secs(planned)).to_string()
    }
}

impl Discuss {
    fn side(&self, here: &Here<'_>) -> Option<SideKey> {
        here.shown.sides().get(self.side?).map(|side| side.key.clone())
    }

    /// The next of nobody in particular and each side.
    fn step_side(&mut self, here: &Here<'_>, forward: bool) {
        let count = here.shown.sides().len() + 1;
        let now = self.side.map_or(0, |place| place + 1);
        let next = (now + if forward { 1 } else { count - 1 }) % count;
        self.side = next.checked_sub(1);
    }

    fn columns(here: &Here<'_>) -> [Vec<Mark>; 2] {
        let notes = notes(here).map(|note| Mark::Note(note.id)).collect();
        let topics = talk(here).map(|talk| talk.order.iter().copied().map(Mark::Topic).collect());
        [notes, topics.unwrap_or_default()]
    }

    fn marked_here(&self, here: &Here<'_>) -> Option<Mark> {
        self.marked.filter(|marked| match marked {
            Mark::Note(id) => here.shown.note(*id).is_some_and(|note| is_kept_here(here, note)),
            Mark::Topic(round) => talk(here).is_some_and(|talk| talk.place(*round).is_some()),
        })
    }

    fn move_topic(&self, here: &Here<'_>, earlier: bool) -> Vec<Effect> {
        let Some((Mark::Topic(round), talk)) = self.marked_here(here).zip(talk(here)) else {
            return vec![Effect::Say("Mark a topic with the arrows first.".to_owned())];
        };
        let place = talk.place(round).unwrap_or(0);
        let to = if earlier { place.saturating_sub(1) } else { place + 1 };
        match talk.moved(here.pass.round, round, to) {
            Some(order) => vec![Effect::ask(Request::OrderTopics(order))],
            None => vec![Effect::Say("Only what is to come can be sorted.".to_owned())],
        }
    }

    /// A topic that is to come is talked about now; what was before it comes after it.
    fn go(&self, here: &Here<'_>) -> Option<Vec<Effect>> {
        let Mark::Topic(round) = self.marked_here(here)? else { return None };
        if round == here.pass.round {
            return Some(vec![Effect::ToLine]);
        }
        let next = talk(here).and_then(|talk| talk.moved(here.pass.round, round, 0));
        let sorted = next.map(|order| Effect::ask(Request::OrderTopics(order)));
        Some(sorted.into_iter().chain([Effect::ask(Request::Go(Part::Round(round)))]).collect())
    }
}

impl StepScreen for Discuss {
    fn question<'a>(&self, here: &Here<'a>) -> Option<(&'a str, &'a str)> {
        Some((words(here, talk(here)?, here.pass.round), &here.step.head.title))
    }

    fn label(&self, here: &Here<'_>) -> Label {
        Label { side: self.side(here), what: "Note".to_owned() }
    }

    fn hint(&self, _here: &Here<'_>) -> String {
        "what is worth keeping; 7 2 counts hands for a minute more".to_owned()
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let last = talk(here).and_then(|talk| talk.after(here.pass.round)).is_none();
        let next = if last { "next step" } else { "next topic" };
        match focus {
            Focus::Line => vec![
                (Action::Add, "adds"),
                (Action::ExtendTimer, "a minute more"),
                (Action::NextStep, next),
                (Action::Board, "board"),
                (Action::Palette, "all"),
            ],
            Focus::Board if matches!(self.marked_here(here), Some(Mark::Topic(_))) => vec![
                (Action::Confirm, "talks of it now"),
                (Action::MoveEarlier, "earlier"),
                (Action::MoveLater, "later"),
                (Action::Compose, "line"),
                (Action::Palette, "all"),
            ],
            Focus::Board => usual_hints(focus, "side"),
        }
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        self.marked = None;
        if let Some((more, enough)) = hands(text) {
            let so = if more > enough { "a minute more" } else { "enough of it" };
            let said = format!("{more} for a minute more, {enough} against it: {so}.");
            return vec![
                Effect::Ask(Request::ShowHands { more, enough }, Then::ClearLine),
                Effect::Say(said),
            ];
        }
        vec![Effect::add(vec![Draft::Note(brainstorm::typed(here, text, self.side(here), None))])]
    }

    fn blank(&self, here: &Here<'_>) -> Blank {
        self.side(here).map_or(Blank::Usual, Blank::Side)
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        if let Blank::Side(side) = blank
            && let Some(place) = here.shown.side_place(side)
        {
            self.side = Some(place);
        }
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        Some(brainstorm::listed(here, text, self.side(here).as_ref(), None))
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.step_side(here, true),
            (Focus::Line, StepAction::PreviousField) => self.step_side(here, false),
            (Focus::Board, StepAction::Move(direction)) => {
                let begin = talk(here).map(|_| Mark::Topic(here.pass.round));
                self.marked = match self.marked_here(here) {
                    None if notes(here).next().is_none() => begin,
                    marked => board::moved(&Self::columns(here), marked, direction),
                };
            }
            (Focus::Board, StepAction::MoveEarlier) => return Some(self.move_topic(here, true)),
            (Focus::Board, StepAction::MoveLater) => return Some(self.move_topic(here, false)),
            (Focus::Board, StepAction::Confirm) => return self.go(here),
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        match self.marked_here(here)? {
            Mark::Note(id) => Some(ItemId::Note(id)),
            Mark::Topic(_) => None,
        }
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let here = &scene.here;
        let area = area.intersection(buf.area);
        let marked = match scene.focus {
            Focus::Line => None,
            Focus::Board => self.marked_here(here),
        };
        let [notes, order] = Self::columns(here);
        let column = |title, cards: Vec<Mark>| Column { side: None, title, hidden: 0, cards: cards.into() };
        let kept = column("Kept of this topic", notes);
        let card = |mark| card(here, mark);
        if talk(here).is_none() {
            return board::draw(&[kept], card, marked, scene.theme, area, buf);
        }
        let topics = column("Topics", order);
        let areas = list::columns(area, 2);
        let [left, right] = areas[..] else { return };
        // Where nothing else is marked, the eye finds the present topic.
        let present = Mark::Topic(here.pass.round);
        let at = marked.filter(|mark| matches!(mark, Mark::Topic(_))).unwrap_or(present);
        board::draw(&[kept], card, marked, scene.theme, left, buf);
        board::draw(&[topics], card, Some(at), scene.theme, right, buf);
    }
}

fn card<'a>(here: &Here<'a>, mark: Mark) -> Option<Card<'a>> {
    match mark {
        Mark::Topic(round) => Some(Card {
            text: words(here, talk(here)?, round).into(),
            tags: &[],
            origin: Origin::Side(time(here, round).into()),
            confidential: false,
        }),
        Mark::Note(id) => {
            let note = here.shown.note(id)?;
            let side = || note.side.as_ref().and_then(|key| here.shown.side(key));
            let origin = match note.author {
                Some(author) => Origin::person(here.shown.name(author)),
                None => side().map_or(Origin::Nobody, |side| Origin::side(&side.name)),
            };
            let confidential = note.confidential;
            Some(Card { text: note.text.as_str().into(), tags: &note.tags, origin, confidential })
        }
    }
}

#[cfg(test)]
mod tests;
