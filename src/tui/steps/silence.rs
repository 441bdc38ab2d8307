//! Silence: the prompt, the time, nothing else; then an insight from each person.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::board::{self, Card, Column, Origin};
use super::calm::{centred, most_rows};
use super::turn::{Stop, Turn};
use super::{Focus, Here, Label, Scene, StepAction, StepScreen, usual_hints};
use crate::script::SideKey;
use crate::session::line::{self, Line};
use crate::session::paper::{self, Pile, Sheet};
use crate::session::{
    Blank, Draft, Hush, Insight, InsightDraft, InsightId, ItemId, PersonId, Record, Request,
};
use crate::timer::Left;
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::overlay::Dialog;
use crate::tui::widgets::big::{Across, Big};
use crate::tui::widgets::text;

/// What the screen of a silence needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Silence {
    turn: Turn,
    marked: Option<InsightId>,
}

/// What the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Kept,
    Insights,
    /// It is over, and nothing was to be written after it.
    Done,
}

fn phase(here: &Here<'_>) -> Phase {
    match here.pass.hush() {
        Some(Hush::Waiting) => Phase::Waiting,
        Some(Hush::Kept { .. }) => Phase::Kept,
        Some(Hush::Over { .. }) if here.pass.round_count() > 1 => Phase::Insights,
        Some(Hush::Over { .. }) | None => Phase::Done,
    }
}

fn secs_left(here: &Here<'_>) -> u32 {
    here.pass.current().countdown.left(here.now).secs()
}

fn authors(here: &Here<'_>) -> Vec<Option<PersonId>> {
    here.shown.insights(here.pass.reference()).map(|insight| insight.author).collect()
}

fn insights<'a>(here: &Here<'a>, side: Option<&SideKey>) -> impl Iterator<Item = &'a Insight> {
    here.shown.insights(here.pass.reference()).filter(move |insight| insight.side.as_ref() == side)
}

/// The question whether to end the silence, which offers less of it first.
fn question(here: &Here<'_>) -> Dialog {
    let left = secs_left(here);
    let shorten = |secs| vec![Effect::ask(Request::ShortenSilence(secs))];
    let mut dialog = Dialog::new("The silence is being kept.")
        .line(format!("{} are left. A shorter silence is still a silence.", Left::Time(left)))
        .choice("Keep the silence", Vec::new());
    if left > 60 {
        dialog = dialog.choice("Make it shorter: one more minute", shorten(60));
    }
    let half = left / 2;
    if half >= 5 && half != 60 {
        let label = format!("Make it shorter: half of what is left, {}", Left::Time(half));
        dialog = dialog.choice(label, shorten(half));
    }
    dialog.choice("End it now", vec![Effect::ask(Request::EndSilence)])
}

impl Silence {
    fn stop(&self, here: &Here<'_>) -> Stop {
        self.turn.stop(here.shown, &authors(here))
    }

    /// An `@name` says whose insight it is; else it is theirs whose turn it is.
    fn draft(here: &Here<'_>, text: &str, stop: &Stop) -> Draft {
        let Line { text, tags, author } = line::parse(text, here.shown.people());
        let author = author.or(stop.person());
        let side = match (author, stop) {
            (Some(author), _) => here.shown.side_of(author).cloned(),
            (None, Stop::Side(side)) => Some(side.clone()),
            (None, Stop::Person(_) | Stop::Nobody) => None,
        };
        // Insights have no tags of their own: what was typed stays in the words.
        Draft::Insight(InsightDraft { text: line::compose(&text, &tags, None), author, side })
    }

    fn columns(here: &Here<'_>) -> Vec<Vec<InsightId>> {
        let of = |side: Option<&SideKey>| insights(here, side).map(|insight| insight.id).collect::<Vec<_>>();
        let sides = here.shown.sides().iter().map(|side| of(Some(&side.key)));
        sides.chain([of(None)]).filter(|column| !column.is_empty()).collect()
    }

    fn step_turn(&mut self, here: &Here<'_>, forward: bool) {
        self.turn.step(here.shown, &authors(here), true, forward);
    }
}

impl StepScreen for Silence {
    fn place(&self, here: &Here<'_>, focus: Focus) -> Place {
        match (phase(here), focus) {
            (Phase::Waiting, _) => Place::Ready,
            (Phase::Kept, _) => Place::Silence,
            (Phase::Insights, Focus::Line) => Place::Compose,
            (Phase::Insights, Focus::Board) | (Phase::Done, _) => Place::Board,
        }
    }

    fn has_line(&self, here: &Here<'_>) -> bool {
        phase(here) == Phase::Insights
    }

    /// After the silence its title is no longer true: what is asked now stands there alone.
    fn question<'a>(&self, here: &Here<'a>) -> Option<(&'a str, &'a str)> {
        if phase(here) != Phase::Insights {
            return None;
        }
        let asked = &here.step.insight()?.prompt;
        let asked = [asked, &here.step.head.prompt].into_iter().find(|asked| !asked.trim().is_empty())?;
        Some((asked, ""))
    }

    fn label(&self, here: &Here<'_>) -> Label {
        match self.stop(here) {
            Stop::Person(who) => {
                let Label { side, what } = Label::person(here.shown, who);
                Label { side, what: format!("{what}’s insight") }
            }
            Stop::Side(side) => Label { side: Some(side), what: "insight".to_owned() },
            Stop::Nobody => Label { side: None, what: "Insight".to_owned() },
        }
    }

    fn hints(&self, _here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        usual_hints(focus, "person")
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        self.marked = None;
        vec![Effect::add(vec![Self::draft(here, text, &self.stop(here))])]
    }

    fn blank(&self, _here: &Here<'_>) -> Blank {
        self.turn.blank()
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        self.turn.resume(blank, authors(here).len());
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        // A list is from several people: it is nobody's alone, though it may be a side's.
        let side = match self.stop(here) {
            Stop::Side(side) => Some(side),
            Stop::Person(_) | Stop::Nobody => None,
        };
        let (sides, people) = (here.shown.sides(), here.shown.people());
        let pile = Pile { sides, people, side: side.as_ref(), author: None };
        Some(paper::insights(text, pile))
    }

    fn list_hint(&self, _here: &Here<'_>) -> String {
        "one a line, with “Name:” before it where that is known; Enter twice shows all".to_owned()
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (phase(here), focus, action) {
            (Phase::Waiting, _, StepAction::BeginSilence) => {
                return Some(vec![Effect::ask(Request::BeginSilence)]);
            }
            (Phase::Kept, _, StepAction::EndSilence) => return Some(vec![Effect::question(question(here))]),
            (Phase::Insights, Focus::Line, StepAction::NextField) => self.step_turn(here, true),
            (Phase::Insights, Focus::Line, StepAction::PreviousField) => self.step_turn(here, false),
            (Phase::Insights, Focus::Board, StepAction::Move(direction)) => {
                self.marked = board::moved(&Self::columns(here), self.marked, direction);
            }
            (Phase::Waiting | Phase::Kept | Phase::Insights | Phase::Done, _, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        let id = self.marked.filter(|id| here.shown.all_insights().get(*id).is_some())?;
        (phase(here) == Phase::Insights).then_some(ItemId::Insight(id))
    }

    fn due(&self, here: &Here<'_>) -> Option<Effect> {
        let over = phase(here) == Phase::Kept && here.pass.current().countdown.left(here.now).is_over();
        over.then(|| Effect::ask(Request::EndSilence))
    }

    fn is_whole_screen(&self, here: &Here<'_>) -> bool {
        match phase(here) {
            Phase::Waiting | Phase::Kept => true,
            Phase::Insights | Phase::Done => false,
        }
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        match phase(&scene.here) {
            Phase::Waiting => {
                draw_calm(scene, area, buf);
                // Where it would come too near to the time, it is left out.
                if area.height >= 12 {
                    let row = Rect { y: area.bottom() - 2, height: 1, ..area };
                    centred("Enter begins the silence", row, scene.theme.quiet, buf);
                }
            }
            Phase::Kept => draw_calm(scene, area, buf),
            Phase::Insights => self.draw_insights(scene, area, buf),
            Phase::Done => {
                let row = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
                centred("The silence was kept.", row, scene.theme.text, buf);
            }
        }
    }
}

/// The prompt and, below it, the time, together in the middle. The digits stay where they are while they
/// become fewer: they end where those of the whole time would.
fn draw_calm(scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let here = &scene.here;
    let theme = scene.theme;
    let head = &here.step.head;
    let prompt = if head.prompt.trim().is_empty() { &head.title } else { &head.prompt };
    let columns = area.width.saturating_sub(4).clamp(1, text::LINE);
    let lines = text::lines(prompt, columns, area.height.saturating_sub(2));
    let gap = u16::from(lines > 0) * if area.height >= lines + 12 { 2 } else { 1 };
    let countdown = here.pass.current().countdown;
    let whole = Left::Time(u32::try_from(countdown.length() / 1000).unwrap_or(u32::MAX)).to_string();
    let now = Left::Time(secs_left(here)).to_string();
    let big = Big { text: &whole, style: theme.countdown, signs: theme.signs, place: Across::Right };
    let (width, rows) = big.size(area.width, area.height.saturating_sub(lines + gap).min(most_rows(area)));
    let rows = rows.max(1);
    let top = area.y + area.height.saturating_sub(lines + gap + rows) / 2;
    let words = Rect { y: top, height: lines, ..area };
    centred(prompt, words, theme.strong, buf);
    let x = area.x + (area.width - width.min(area.width)) / 2;
    let digits = Rect { x, y: top + lines + gap, width, height: rows };
    Big { text: &now, ..big }.render(digits, buf);
}

impl Silence {
    fn draw_insights(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let here = &scene.here;
        let column = |side: Option<(usize, char)>, title, key: Option<&SideKey>| Column {
            side,
            title,
            hidden: 0,
            cards: insights(here, key).map(|insight| insight.id).collect(),
        };
        let card = |id| {
            let insight = here.shown.all_insights().get(id)?;
            let author = insight.author.map_or("", |author| here.shown.name(author));
            let origin = Origin::written(author, insight.is_write_up());
            Some(Card { text: insight.text.as_str().into(), tags: &[], origin, confidential: false })
        };
        let sides = here.shown.sides().iter().enumerate();
        let mut columns: Vec<Column<'_, InsightId>> = sides
            .map(|(place, side)| column(Some((place, side.mark)), &side.name, Some(&side.key)))
            .collect();
        let loose = column(None, "No side", None);
        if !loose.cards.is_empty() {
            // Where nobody says whose insight it is, empty columns would only take the room.
            columns.retain(|column| !column.cards.is_empty());
            columns.push(loose);
        }
        let marked = match scene.focus {
            Focus::Line => None,
            Focus::Board => self.marked,
        };
        board::draw(&columns, card, marked, scene.theme, area, buf);
    }
}

#[cfg(test)]
mod tests;
