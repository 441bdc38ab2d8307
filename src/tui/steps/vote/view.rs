//! How a vote looks: a numbered list, one line each, so that much fits on the wall; once the dots can be
//! seen, sorted, with a bar whose parts are the sides'.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Vote, definition, dots_on, left, voters};
use crate::session::{Carried, Counted, Cut, Dots, Given, Request, Voter};
use crate::tui::effect::Effect;
use crate::tui::overlay::Dialog;
use crate::tui::steps::{Focus, Here, Scene};
use crate::tui::widgets::text;

/// How much of pasted counts is shown before they are taken.
const PREVIEW: usize = 8;

/// Columns before a text: the sign of the cut, and its number.
const NUMBER: u16 = 6;

/// The most columns that a bar takes.
const BAR: u16 = 16;

/// One thing as it is drawn.
struct Row<'a> {
    what: Carried,
    number: usize,
    /// Its dots, where they can be seen.
    counted: Option<&'a Counted>,
    /// Dots of the ballot in hand, where they are shown.
    own: u32,
}

/// What is listed, in the order in which it is shown.
enum Things<'a> {
    /// As it came in, while its dots are covered.
    Covered(Cow<'a, [Carried]>),
    /// Sorted by its dots.
    Counted(Cow<'a, [Counted]>),
}

/// The list; its rows are made only where they are seen.
struct Rows<'a> {
    things: Things<'a>,
    /// The ballot in hand, where it is shown.
    own: &'a [Given],
}

impl Rows<'_> {
    fn len(&self) -> usize {
        match &self.things {
            Things::Covered(things) => things.len(),
            Things::Counted(tally) => tally.len(),
        }
    }

    fn place(&self, what: Carried) -> Option<usize> {
        match &self.things {
            Things::Covered(things) => things.iter().position(|other| *other == what),
            Things::Counted(tally) => tally.iter().position(|counted| counted.what == what),
        }
    }

    fn get(&self, place: usize) -> Option<Row<'_>> {
        let (what, number, counted) = match &self.things {
            Things::Covered(things) => (*things.get(place)?, place + 1, None),
            Things::Counted(tally) => {
                let counted = tally.get(place)?;
                (counted.what, counted.number, Some(counted))
            }
        };
        let own = dots_on(self.own, what);
        Some(Row { what, number, counted, own })
    }

    fn tally(&self) -> Option<&[Counted]> {
        match &self.things {
            Things::Covered(_) => None,
            Things::Counted(tally) => Some(tally),
        }
    }

    /// How many columns of dots there are: one for each side, and one for dots of no side where there are any.
    fn columns(&self) -> usize {
        let of = |counted: &Counted| match counted.by_side.as_slice() {
            [sides @ .., 0] => sides.len(),
            all => all.len(),
        };
        self.tally().unwrap_or_default().iter().map(of).max().unwrap_or(0)
    }
}

pub(super) fn draw(vote: &Vote, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let theme = scene.theme;
    let here = &scene.here;
    let rows = rows(vote, here);
    let status = status(here, &rows);
    text::put(
        buf,
        area.x,
        area.y,
        &text::fit(&status, area.width, theme.signs.cut),
        area.width,
        theme.strong,
    );
    let marked = match scene.focus {
        Focus::Board => vote.marked.and_then(|what| rows.place(what)),
        Focus::Line => None,
    };
    let mut list = Rect { y: area.y + 1, height: area.height - 1, ..area };
    // What is cut off of the marked one stands in full below the list.
    if let Some(row) = marked.and_then(|marked| rows.get(marked))
        && list.height > 6
    {
        let words = here.shown.told(row.what).map(|told| told.text).unwrap_or_default();
        if text::width(&words) > text_width(&rows, list.width) {
            let below = Rect { y: list.bottom() - 2, height: 2, ..list };
            list.height -= 3;
            text::draw_wrapped(&words, below, theme.text, buf);
        }
    }
    draw_list(&rows, marked, scene, list, buf);
}

/// What is left to do, in one line.
fn status(here: &Here<'_>, rows: &Rows<'_>) -> String {
    let placed = here.shown.dots_placed(here.pass.reference());
    let voters = voters(here);
    let each = definition(here).map_or(0, |vote| vote.dots);
    let all = u64::from(each) * u64::try_from(voters.len()).unwrap_or(u64::MAX);
    let waiting = voters.iter().filter(|person| left(here, person.id) > 0).count();
    if rows.len() == 0 {
        return "Nothing came in that could get dots.".to_owned();
    }
    let of = if all == 0 { String::new() } else { format!(" of {all}") };
    let Some(tally) = rows.tally() else {
        if all > 0 && placed >= all {
            return format!("All {placed} dots are placed. Reveal them.");
        }
        return format!("{placed}{of} dots are placed, hidden until all are revealed.");
    };
    let tied = tally.iter().filter(|counted| counted.cut == Cut::Tied).count();
    let kept = tally.iter().filter(|counted| counted.cut == Cut::In).count();
    if tied > 0 {
        return format!("{kept} carry on; {tied} tie at the cut: choose which of them do.");
    }
    if placed == 0 {
        return format!("Everybody has {each} dots.");
    }
    let more =
        if waiting > 0 && placed < all { format!(" {placed}{of} dots are placed.") } else { String::new() };
    format!("{kept} carry on.{more}")
}

fn rows<'a>(vote: &Vote, here: &Here<'a>) -> Rows<'a> {
    let pass = here.pass.reference();
    let things = match here.shown.ranked(pass) {
        Some(ranked) => Things::Counted(ranked),
        None => Things::Covered(here.shown.to_vote_on(pass)),
    };
    let shows_own = vote.peek || matches!(things, Things::Counted(_));
    let voter = vote.voter(here).filter(|_| shows_own);
    let own = voter.map_or(&[][..], |voter| here.shown.dots_in_hand(pass, &Voter::Person(voter)));
    Rows { things, own }
}

/// The terminal's columns for what each side gave.
fn counts_width(rows: &Rows<'_>) -> u16 {
    u16::try_from(rows.columns()).unwrap_or(0).saturating_mul(4)
}

fn bar_width(width: u16) -> u16 {
    (width / 5).min(BAR)
}

/// Columns for a text: what bars and counts leave.
fn text_width(rows: &Rows<'_>, width: u16) -> u16 {
    let counted = rows.tally().is_some_and(|tally| !tally.is_empty());
    let beside = if counted { bar_width(width) + counts_width(rows) + 5 } else { 6 };
    width.saturating_sub(NUMBER + beside).min(text::LINE)
}

fn draw_list(rows: &Rows<'_>, marked: Option<usize>, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let theme = scene.theme;
    let height = usize::from(area.height);
    // Ends where something stays hidden take a row to say so.
    let (first, seen) = window(rows.len(), height, marked.unwrap_or(0));
    let mut y = area.y;
    if first > 0 && y < area.bottom() {
        text::put(buf, area.x, y, &format!("{} {first} more", theme.signs.above), area.width, theme.quiet);
        y += 1;
    }
    let counts = Counts {
        most: rows.tally().into_iter().flatten().map(|counted| counted.total).max().unwrap_or(0),
        columns: rows.columns(),
    };
    let room = text_width(rows, area.width);
    for place in first..first + seen {
        let Some(row) = rows.get(place) else { break };
        let line = Rect { y, height: 1, ..area };
        draw_row(&row, (marked == Some(place), counts, room), scene, line, buf);
        y += 1;
    }
    let more = rows.len().saturating_sub(first + seen);
    if more > 0 && y < area.bottom() {
        text::put(buf, area.x, y, &format!("{} {more} more", theme.signs.below), area.width, theme.quiet);
    }
}

/// The first entry that is seen, and how many are, where `keep` must be.
fn window(len: usize, height: usize, keep: usize) -> (usize, usize) {
    if len <= height {
        return (0, len);
    }
    let inside = height.saturating_sub(2).max(1);
    // By whole pages, so that the list stands still while the mark moves.
    let page = keep / inside;
    let first = (page * inside).min(len.saturating_sub(inside));
    (first, inside)
}

/// What all bars have in common.
#[derive(Debug, Clone, Copy)]
struct Counts {
    /// The most dots that anything has.
    most: u32,
    /// How many columns of dots there are.
    columns: usize,
}

fn draw_row(
    row: &Row<'_>,
    (marked, counts, room): (bool, Counts, u16),
    scene: &Scene<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = scene.theme;
    let cut = row.counted.map(|counted| counted.cut);
    let sign = match cut {
        Some(Cut::In) => theme.signs.check,
        Some(Cut::Tied) => "=",
        Some(Cut::Out) | None => " ",
    };
    let usual = match cut {
        Some(Cut::In | Cut::Tied) => theme.strong,
        Some(Cut::Out) | None => theme.text,
    };
    let style = if marked { theme.selection } else { usual };
    let number = format!("{sign} {:>3} ", row.number);
    let number_style = if marked { theme.selection } else { theme.quiet };
    text::put(buf, area.x, area.y, &number, NUMBER.min(area.width), number_style);
    let told = scene.here.shown.told(row.what);
    let words = told.as_ref().map(|told| told.text.as_ref()).unwrap_or_default();
    let mut x = area.x + NUMBER;
    let right = x + room;
    if told.as_ref().is_some_and(|told| told.confidential) {
        x += text::put(buf, x, area.y, theme.signs.confidential, room, style) + 1;
    }
    let room = right.saturating_sub(x);
    let words = text::fit(words.lines().next().unwrap_or_default(), room, theme.signs.cut);
    text::put(buf, x, area.y, &words, room, style);
    let x = right + 1;
    match row.counted {
        Some(counted) => {
            draw_counts(
                counted,
                counts,
                scene,
                Rect { x, width: area.right().saturating_sub(x), ..area },
                buf,
            );
        }
        None if row.own > 0 => {
            text::put(
                buf,
                x,
                area.y,
                &format!("{:>3}", row.own),
                area.right().saturating_sub(x),
                theme.strong,
            );
        }
        None => {}
    }
}

/// The sum, what each side gave, and a bar of it.
fn draw_counts(counted: &Counted, counts: Counts, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let theme = scene.theme;
    let sides = scene.here.shown.sides();
    let style = |place: usize| -> Style { if place < sides.len() { theme.side(place) } else { theme.quiet } };
    let mark = |place: usize| sides.get(place).map_or(' ', |side| side.mark);
    let sum_style = if counted.total > 0 { theme.strong } else { theme.quiet };
    let mut x =
        area.x + text::put(buf, area.x, area.y, &format!("{:>3} ", counted.total), area.width, sum_style);
    for (place, dots) in counted.by_side.iter().enumerate().take(counts.columns) {
        let words = if *dots > 0 { format!("{}{dots:<3}", mark(place)) } else { "    ".to_owned() };
        x += text::put(buf, x, area.y, &words, area.right().saturating_sub(x), style(place));
    }
    let width = area.right().saturating_sub(x);
    let mut sum = 0;
    let mut drawn = 0;
    for (place, dots) in counted.by_side.iter().enumerate().take(counts.columns) {
        sum += dots;
        // Each part ends where the sum so far does, so that rounding never adds up.
        let end = (u64::from(sum) * u64::from(width)).checked_div(u64::from(counts.most)).unwrap_or(0);
        let end = u16::try_from(end).unwrap_or(width);
        let part = theme.signs.rail[0].repeat(usize::from(end.saturating_sub(drawn)));
        text::put(buf, x + drawn, area.y, &part, width.saturating_sub(drawn), style(place));
        drawn = end;
    }
}

/// What pasted counts would become, in a preview, and one answer that takes them all.
pub(super) fn counts_question(here: &Here<'_>, counts: &[(usize, Vec<u32>)], dots: Vec<Dots>) -> Dialog {
    let things = here.shown.to_vote_on(here.pass.reference());
    let mut dialog = Dialog::new(format!("Take the counts of these {}?", counts.len()));
    for (number, counts) in counts.iter().take(PREVIEW) {
        let told = number.checked_sub(1).and_then(|place| here.shown.told(*things.get(place)?));
        let words = told.map(|told| told.text.chars().take(40).collect::<String>()).unwrap_or_default();
        let counts: Vec<String> = counts.iter().map(u32::to_string).collect();
        dialog = dialog.line(format!("{number} {words}: {}", counts.join(" ")));
    }
    if counts.len() > PREVIEW {
        dialog = dialog.line(format!("and {} more", counts.len() - PREVIEW));
    }
    let take = vec![Effect::ask(Request::GiveDots(dots))];
    dialog.choice("Take them all", take).choice("Back, and change nothing", Vec::new())
}
