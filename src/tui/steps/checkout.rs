//! Check-out: a rating with its spread, and a word.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::board::{self, Card, Column, Origin};
use super::turn::Turn;
use super::{Focus, Here, Label, Scene, StepAction, StepScreen, usual_hints};
use crate::script;
use crate::session::paper::{self, Means, Sheet};
use crate::session::{Blank, ItemId, PersonId, Rating, RatingId, Record, Spread};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::widgets::big::{Across, Big};
use crate::tui::widgets::{list, text};

/// What the screen of a check-out needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct CheckOut {
    turn: Turn,
    marked: Option<RatingId>,
}

fn best(here: &Here<'_>) -> u8 {
    here.step.kind.check_out().map_or(script::CheckOut::default().rating, |check_out| check_out.rating)
}

fn ratings<'a>(here: &Here<'a>) -> impl Iterator<Item = &'a Rating> + use<'a> {
    here.shown.ratings(here.pass.reference())
}

fn authors(here: &Here<'_>) -> Vec<Option<PersonId>> {
    ratings(here).map(|rating| rating.author).collect()
}

fn spread(here: &Here<'_>) -> Spread {
    Spread::of(ratings(here).filter_map(|rating| rating.score), best(here))
}

impl CheckOut {
    fn stop(&self, here: &Here<'_>) -> Option<PersonId> {
        self.turn.stop(here.shown, &authors(here)).person()
    }

    fn step_turn(&mut self, here: &Here<'_>, forward: bool) {
        self.turn.step(here.shown, &authors(here), false, forward);
    }
}

impl StepScreen for CheckOut {
    fn label(&self, here: &Here<'_>) -> Label {
        match self.stop(here) {
            Some(who) => Label::person(here.shown, who),
            None => Label { side: None, what: "Rating".to_owned() },
        }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        format!("1 to {} and a word; 5 4 4 3 takes many at once", best(here))
    }

    fn hints(&self, _here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        usual_hints(focus, "person")
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        match paper::rating(text, best(here), here.shown.people(), self.stop(here)) {
            Means::Things(drafts) => {
                self.marked = None;
                vec![Effect::add(drafts)]
            }
            Means::Unread(_) | Means::Heading => {
                vec![Effect::Say(format!("Ratings here run from 1 to {}.", best(here)))]
            }
        }
    }

    fn blank(&self, _here: &Here<'_>) -> Blank {
        self.turn.blank()
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        self.turn.resume(blank, authors(here).len());
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        Some(paper::ratings(text, best(here), here.shown.people()))
    }

    fn list_hint(&self, _here: &Here<'_>) -> String {
        "5 4 4 3, or 5x3 4x2, or 4 and a word; Enter twice shows all".to_owned()
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.step_turn(here, true),
            (Focus::Line, StepAction::PreviousField) => self.step_turn(here, false),
            (Focus::Board, StepAction::Move(direction)) => {
                let column: Vec<RatingId> = ratings(here).map(|rating| rating.id).collect();
                self.marked = board::moved(&[column], self.marked, direction);
            }
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        let marked = self.marked?;
        ratings(here).find(|rating| rating.id == marked).map(|rating| ItemId::Rating(rating.id))
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let rows = u16::from(best(&scene.here)) + 1 + MEAN;
        match list::columns(area, 2)[..] {
            [left, right] if left.y == right.y => {
                draw_spread(scene, Rect { width: left.width.min(44), ..left }, buf);
                let right = Rect { x: left.x + left.width.min(44) + 2, ..right };
                self.draw_words(scene, right, buf);
            }
            _ => {
                let upper = rows.min(area.height.div_ceil(2));
                draw_spread(scene, Rect { height: upper, ..area }, buf);
                let lower = Rect { y: area.y + upper, height: area.height - upper, ..area };
                self.draw_words(scene, lower, buf);
            }
        }
    }
}

/// The rows of the mean and of the words under it.
const MEAN: u16 = 5;

/// How many gave each score as bars, the best on top, and the mean in big digits below.
fn draw_spread(scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let theme = scene.theme;
    let spread = spread(&scene.here);
    let most = spread.counts.iter().copied().max().unwrap_or(0);
    let scores = u16::try_from(spread.counts.len()).unwrap_or(u16::MAX);
    // With room to spare a line of air stands between bars.
    let apart = if scores.saturating_mul(2) + MEAN < area.height { 2 } else { 1 };
    let room = usize::from(area.width.saturating_sub(9)).max(1);
    let cell = if theme.signs.blocks { "█" } else { "#" };
    let lines = (area.top()..area.bottom()).step_by(usize::from(apart));
    for (y, (place, count)) in lines.zip(spread.counts.iter().enumerate().rev()) {
        text::put(buf, area.x, y, &format!("{:>2}", place + 1), 2, theme.strong);
        let cells = bar(*count, most, room);
        let x = area.x + 4;
        let used = text::put(buf, x, y, &cell.repeat(cells), area.width.saturating_sub(4), theme.text);
        if *count > 0 {
            let x = x + used + 1;
            text::put(buf, x, y, &count.to_string(), area.right().saturating_sub(x), theme.strong);
        }
    }
    let rows = scores * apart - (apart - 1);
    let below = Rect {
        x: area.x + 4.min(area.width),
        y: area.y + (rows + 1).min(area.height),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(rows + 1),
    };
    draw_mean(&spread, scene, below, buf);
}

/// The cells of a bar: up to four for each person while all fit, else in proportion.
fn bar(count: usize, most: usize, room: usize) -> usize {
    if most <= room { count * (room / most.max(1)).min(4) } else { (count * room).div_ceil(most) }
}

fn draw_mean(spread: &Spread, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let Some(tenths) = spread.mean_tenths() else { return };
    if area.is_empty() {
        return;
    }
    let theme = scene.theme;
    let mean = format!("{}.{}", tenths / 10, tenths % 10);
    let big = Big { text: &mean, style: theme.strong, signs: theme.signs, place: Across::Left };
    let (_, rows) = big.size(area.width, area.height.saturating_sub(1).min(4));
    let rows = rows.max(1);
    (&big).render(Rect { height: rows, ..area }.intersection(area), buf);
    let total = spread.total();
    let noun = if total == 1 { "rating" } else { "ratings" };
    let words = format!("of {} on average, {total} {noun}", spread.counts.len());
    if rows < area.height {
        text::put(buf, area.x, area.y + rows, &words, area.width, theme.quiet);
    }
}

impl CheckOut {
    /// The words; on the board each rating, so that one can be changed or taken out.
    fn draw_words(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let here = &scene.here;
        let (all, title) = match scene.focus {
            Focus::Line => (false, "In a word"),
            Focus::Board => (true, "Ratings"),
        };
        let said = ratings(here).filter(|rating| all || !rating.word.trim().is_empty());
        let cards: Cow<'_, [RatingId]> = said.map(|rating| rating.id).collect();
        let card = |id| {
            let rating = ratings(here).find(|rating| rating.id == id)?;
            let author = rating.author.map_or("", |author| here.shown.name(author));
            let origin = Origin::written(author, rating.is_write_up());
            Some(Card { text: words(rating, all).into(), tags: &[], origin, confidential: false })
        };
        let marked = if all { self.marked } else { None };
        if all || !cards.is_empty() {
            let column = Column { side: None, title, hidden: 0, cards };
            board::draw(&[column], card, marked, scene.theme, area, buf);
        }
    }
}

/// A rating as it would be typed, or only its word.
fn words(rating: &Rating, with_score: bool) -> String {
    let score = rating.score.filter(|_| with_score).map(|score| score.to_string());
    let word = (!rating.word.trim().is_empty()).then(|| rating.word.clone());
    score.into_iter().chain(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
