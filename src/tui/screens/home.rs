//! Home: go on with a session, start one, look back.
//!
//! Owns which row is marked, before and after the library was read. Never reads the library, begins nothing.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::page::{Block, Page, Said};
use super::tour::Tour;
use super::{Known, Library, Offer, agenda, below, first_row, framed, halves, raised, words};
use crate::timer::Timestamp;
use crate::tui::action::{Action, Place};
use crate::tui::keymap::Keymap;
use crate::tui::nav::Nav;
use crate::tui::theme::Theme;
use crate::tui::widgets::big::{Across, Big};
use crate::tui::widgets::footer::{Footer, Saved};
use crate::tui::widgets::panel::Notice;
use crate::tui::widgets::text;

/// What home lists.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// The scripts that can be begun; the first is the one for a first try.
    pub offers: &'a [Offer],
    /// The saved sessions.
    pub library: &'a Library,
    /// What happened, until the next key; may be empty.
    pub notice: &'a str,
    /// What time it is.
    pub now: Timestamp,
}

/// What follows from a key at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Go on with the session at this place of the library.
    GoOn(usize),
    /// Begin a session of the script at this place of the offers, as it was set up last.
    Begin(usize),
    /// Set up a session of that script first.
    SetUp(usize),
    /// Set up the next of the session at this place of the library.
    Next(usize),
    /// Look back at past sessions.
    LookBack,
}

/// Home as it is on the screen.
#[derive(Debug, Clone, Default)]
pub struct Home {
    mark: Row,
    waits: bool,
    expanded: bool,
    tour: Option<Tour>,
}

/// A row that can be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Row {
    /// Where open sessions will stand. A mark here, or on what is gone, is the first row's: the newest open
    /// session, else the first script.
    #[default]
    First,
    GoOn(usize),
    /// All the other open sessions.
    More,
    /// The next of a session.
    Next(usize),
    Start(usize),
    LookBack,
}

/// Of so many series the next session is offered.
const SERIES: usize = 3;

/// More open sessions than this are shown only when asked for.
const FEW: usize = 4;

impl Home {
    /// What has the focus.
    #[must_use]
    pub fn place(&self) -> Place {
        self.tour.map_or(Place::List, Tour::place)
    }

    /// What a key does.
    pub fn act(&mut self, values: Values<'_>, action: Action) -> Option<Outcome> {
        if let Some(tour) = &mut self.tour {
            if tour.act(action).is_some() {
                self.tour = None;
            }
            return None;
        }
        if action == Action::Tour {
            self.tour = Some(Tour::default());
            return None;
        }
        if action == Action::NextField {
            return match self.marked(values) {
                Row::Start(offer) => Some(Outcome::SetUp(offer)),
                Row::First | Row::GoOn(_) | Row::More | Row::Next(_) | Row::LookBack => None,
            };
        }
        let nav = Nav::of(action)?;
        self.waits = false;
        match nav {
            Nav::Confirm => self.confirm(values),
            Nav::Back => None,
            Nav::Move(way) => {
                let rows = self.rows(values);
                let marked = self.marked(values);
                let at = rows.iter().position(|row| *row == marked).unwrap_or(0);
                self.mark = rows.get(way.moved(at, rows.len())).copied().unwrap_or_default();
                None
            }
        }
    }

    /// Called once the library was read: the Enter that was pressed before counts now.
    pub fn library_read(&mut self, values: Values<'_>) -> Option<Outcome> {
        if std::mem::take(&mut self.waits) { self.confirm(values) } else { None }
    }

    fn confirm(&mut self, values: Values<'_>) -> Option<Outcome> {
        match self.marked(values) {
            Row::First => {
                self.waits = true;
                None
            }
            Row::GoOn(session) => Some(Outcome::GoOn(session)),
            Row::More => {
                self.expanded = true;
                self.mark =
                    open(values.library).nth(FEW).map_or(Row::First, |(session, _)| Row::GoOn(session));
                None
            }
            Row::Next(session) => Some(Outcome::Next(session)),
            Row::Start(offer) => Some(Outcome::Begin(offer)),
            Row::LookBack => Some(Outcome::LookBack),
        }
    }

    /// The rows that can be marked, in their order.
    fn rows(&self, values: Values<'_>) -> Vec<Row> {
        self.lines(values).into_iter().filter_map(|line| line.row).collect()
    }

    /// The row that is marked.
    fn marked(&self, values: Values<'_>) -> Row {
        let rows = self.rows(values);
        if rows.contains(&self.mark) { self.mark } else { rows.first().copied().unwrap_or_default() }
    }

    fn lines(&self, values: Values<'_>) -> Vec<Line> {
        let Values { offers, library, now, .. } = values;
        let mut lines: Vec<Line> = Vec::new();
        let count = open(library).count();
        let most = if self.expanded || count <= FEW + 1 { count } else { FEW };
        for (session, known) in open(library).take(most) {
            let mut when = words::when(known.at, now);
            if known.confidential {
                when.push_str(", confidential");
            } else if let Some((step, steps, _)) = known.step {
                when.push_str(&format!(", step {step} of {steps}"));
            }
            lines.push(Line::row(Row::GoOn(session), &known.title, when).of(known));
        }
        if count > most {
            lines.push(Line::row(Row::More, &format!("{} more open sessions", count - most), String::new()));
        }
        if !library.is_read() {
            lines.push(Line::row(Row::First, "looking for sessions", String::new()));
        } else if count == 0 {
            lines.push(Line { text: "no session is open".to_owned(), ..Line::default() });
        }
        lines[0].heading = "Go on";
        lines.extend(next_of(library, now));
        lines.push(Line::default());
        for (index, offer) in offers.iter().enumerate() {
            let heading = if index == 0 { "Start" } else { "" };
            let time = format!("{} min", words::minutes(offer.secs()));
            lines.push(Line { heading, ..Line::row(Row::Start(index), &offer.title, time) });
        }
        lines.push(Line::default());
        lines.push(Line { heading: "Look back", ..look_back(library, now) });
        lines
    }

    /// Draws it. Nothing is drawn outside the area.
    pub fn draw(&self, values: Values<'_>, theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let (body, footer) = framed(area);
        let (main, beside) = halves(body);
        let lines: Vec<Line> = self.lines(values).into_iter().map(|line| line.signed(theme)).collect();
        let marked = self.marked(values);
        let tall = area.height >= 22;
        // More rows than that make the list no better to read: what is left is air, above and below.
        let air = body.height.saturating_sub(22) / 3;
        let first_time = values.library.is_read() && values.library.sessions().is_empty();
        let head = Rect { width: body.right() - main.x, ..below(main, air) };
        let used = draw_title(first_time, tall, theme, head, buf);
        let rest = below(main, air + used);
        let listed = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(rest.height);
        draw_lines(&lines, marked, theme, Rect { height: listed, ..rest }, buf);
        let mut blocks = about(marked, values, beside.is_some(), theme);
        match beside {
            Some(beside) => {
                let beside = below(beside, air + used);
                Page { blocks: &blocks, least: text::LINE, theme }.draw(0, beside, buf);
            }
            None => {
                let rest = below(rest, listed + 1);
                let rest = Rect {
                    x: rest.x + INDENT.min(rest.width),
                    width: rest.width.saturating_sub(INDENT),
                    ..rest
                };
                // What does not fit as a whole is left out, the least important first.
                while page_rows(&blocks, rest.width, theme) > rest.height && blocks.pop().is_some() {}
                Page { blocks: &blocks, least: text::LINE, theme }.draw(0, rest, buf);
            }
        }
        let above = Rect { height: 0, ..footer };
        Notice { text: values.notice, warning: true, theme }.render(raised(above, area), buf);
        Footer { hints: hints(marked), keymap, saved: Saved::Nothing, theme }.render(footer, buf);
        if let Some(tour) = self.tour {
            tour.draw(theme, keymap, area, buf);
        }
    }
}

fn page_rows(blocks: &[Block], width: u16, theme: &Theme) -> u16 {
    Page { blocks, least: text::LINE, theme }.rows(width, u16::MAX)
}

const fn hints(marked: Row) -> &'static [(Action, &'static str)] {
    match marked {
        Row::Start(_) => &[
            (Action::Confirm, "begins at once"),
            (Action::NextField, "sets up first"),
            (Action::Tour, "a one-minute tour"),
            (Action::Leave, "leaves"),
        ],
        Row::Next(_) => {
            &[(Action::Confirm, "sets it up"), (Action::Tour, "a one-minute tour"), (Action::Leave, "leaves")]
        }
        Row::First | Row::GoOn(_) => {
            &[(Action::Confirm, "goes on"), (Action::Tour, "a one-minute tour"), (Action::Leave, "leaves")]
        }
        Row::More | Row::LookBack => {
            &[(Action::Confirm, "opens"), (Action::Tour, "a one-minute tour"), (Action::Leave, "leaves")]
        }
    }
}

/// The open sessions with their places in the library.
fn open(library: &Library) -> impl Iterator<Item = (usize, &Known)> {
    library.sessions().iter().enumerate().filter(|(_, known)| known.open)
}

/// The series whose newest session is closed, that one first which met last.
fn next_of(library: &Library, now: Timestamp) -> Vec<Line> {
    let offered = library.sessions().iter().enumerate().filter_map(|(session, known)| {
        let (name, left) = known.next_of.as_ref()?;
        let left = if known.confidential {
            "confidential".to_owned()
        } else {
            words::count(*left, "open item", "open items")
        };
        let tail = format!("last met {}, {left}", words::when(known.at, now));
        Some(Line::row(Row::Next(session), name, tail).of(known))
    });
    let mut lines: Vec<Line> = offered.take(SERIES).collect();
    if let Some(first) = lines.first_mut() {
        first.heading = "Next of";
        lines.insert(0, Line::default());
    }
    lines
}

fn look_back(library: &Library, now: Timestamp) -> Line {
    let (sessions, unreadable) = (library.sessions(), library.unreadable());
    if sessions.is_empty() && unreadable.is_empty() {
        let text = if library.is_read() { "nothing yet" } else { "" };
        return Line { text: text.to_owned(), ..Line::default() };
    }
    let actions: usize = sessions.iter().map(|known| known.open_actions).sum();
    let mut tail = words::count(actions, "open action", "open actions");
    let overdue = sessions.iter().flat_map(|known| &known.due).filter(|due| **due < now.date()).count();
    if overdue > 0 {
        tail.push_str(&format!(", {overdue} overdue"));
    }
    if !unreadable.is_empty() {
        tail.push_str(&format!(", {} unreadable", unreadable.len()));
    }
    Line::row(Row::LookBack, &words::count(sessions.len(), "session", "sessions"), tail)
}

/// A line of the list.
#[derive(Debug, Default)]
struct Line {
    heading: &'static str,
    row: Option<Row>,
    text: String,
    tail: String,
    confidential: bool,
}

impl Line {
    fn row(row: Row, text: &str, tail: String) -> Self {
        Self { row: Some(row), text: text.to_owned(), tail, ..Self::default() }
    }

    fn of(self, known: &Known) -> Self {
        Self { confidential: known.confidential, ..self }
    }

    /// With the sign of what it is before its title.
    fn signed(self, theme: &Theme) -> Self {
        if self.confidential {
            Self { text: format!("{} {}", theme.signs.confidential, self.text), ..self }
        } else {
            self
        }
    }
}

/// Columns that titles have at most before details stand in one column.
const TITLE: u16 = 36;

/// Columns between a title and its details.
const GAP: u16 = 3;

/// Columns before the text of a row: its heading and the sign of the mark.
const INDENT: u16 = 13;

/// Draws the name and what it is for; returns the rows down to the list, which are the same whatever the
/// library holds.
fn draw_title(first_time: bool, tall: bool, theme: &Theme, area: Rect, buf: &mut Buffer) -> u16 {
    let big = Big { text: "visavis", style: theme.strong, signs: theme.signs, place: Across::Left };
    // Twice the size where there is plenty of room.
    let (width, height) = if area.width >= 120 && area.height >= 40 { (56, 7) } else { (28, 4) };
    let room = Rect { width: area.width.min(width), height: area.height.min(height), ..below(area, 1) };
    if !tall || big.size(room.width, room.height).1 < 4 {
        text::put(buf, area.x, area.y, &text::fit("visavis", area.width, ""), area.width, theme.strong);
        return 2;
    }
    big.render(room.intersection(area), buf);
    let mut words = below(area, height + 2);
    words.height = words.height.min(2);
    let purpose = "Two sides of a company learn from each other, and decide what lasts.";
    text::put(
        buf,
        words.x,
        words.y,
        &text::fit(purpose, words.width, theme.signs.cut),
        words.width,
        theme.text,
    );
    if first_time && words.height > 1 {
        let first = "New here? Enter starts a first try; nothing has to be set up.";
        let shown = text::fit(first, words.width, theme.signs.cut);
        text::put(buf, words.x, words.y + 1, &shown, words.width, theme.quiet);
    }
    height + 5
}

fn draw_lines(lines: &[Line], marked: Row, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let at = lines.iter().position(|line| line.row == Some(marked)).unwrap_or(0);
    // Short details stand in one column behind all titles; long ones begin as far before it as they need.
    let column = lines.iter().map(|line| text::width(&line.text)).max().unwrap_or(0).min(TITLE);
    let first = first_row(at, lines.len(), area.height);
    let seen = lines.iter().enumerate().skip(first);
    for (y, (index, line)) in (area.top()..area.bottom()).zip(seen) {
        let row = Rect { y, height: 1, ..area };
        let above = first > 0 && y == area.y;
        let under = index + 1 < lines.len() && y + 1 == area.bottom();
        if index != at && (above || under) {
            let (sign, count) =
                if above { (theme.signs.above, first + 1) } else { (theme.signs.below, lines.len() - index) };
            text::put(buf, row.x, y, &format!("{sign} {count} more"), row.width, theme.quiet);
        } else {
            draw_line(line, column, index == at && line.row.is_some(), theme, row, buf);
        }
    }
}

fn draw_line(line: &Line, column: u16, marked: bool, theme: &Theme, area: Rect, buf: &mut Buffer) {
    text::put(buf, area.x, area.y, line.heading, INDENT.min(area.width), theme.quiet);
    let skip = (INDENT - 2).min(area.width);
    let row = Rect { x: area.x + skip, width: area.width - skip, ..area };
    let (style, quiet) = match (marked, line.row.is_some()) {
        (true, _) => (theme.selection, theme.selection),
        (false, true) => (theme.text, theme.quiet),
        (false, false) => (theme.quiet, theme.quiet),
    };
    if marked {
        buf.set_style(row, theme.selection);
        text::put(buf, row.x, row.y, theme.signs.marked, row.width, style);
    }
    let inside = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
    // The title is read first: only the details give way where there is no room for both.
    let shown = text::fit(&line.text, inside.width, theme.signs.cut);
    text::put(buf, inside.x, row.y, &shown, inside.width, style);
    let aligned = text::width(&shown).max(column) + GAP;
    let needed = text::width(&line.tail);
    let nearest = text::width(&shown) + GAP;
    let skip = aligned.min(nearest.max(inside.width.saturating_sub(needed))).min(inside.width);
    let tail = details(&line.tail, inside.width - skip, theme.signs.cut);
    text::put(buf, inside.x + skip, row.y, &tail, inside.width - skip, quiet);
}

/// As many whole details as have room, with a sign where some are left out.
fn details(all: &str, room: u16, cut: &str) -> String {
    if text::width(all) <= room {
        return all.to_owned();
    }
    let shorter = all.rmatch_indices(", ").map(|(at, _)| format!("{} {cut}", &all[..at]));
    shorter.into_iter().find(|words| text::width(words) <= room).unwrap_or_default()
}

/// What the marked row is about, the most important first.
fn about(marked: Row, values: Values<'_>, whole: bool, theme: &Theme) -> Vec<Block> {
    let said = |text: String| vec![Said::new(text, theme.quiet)];
    match marked {
        Row::Start(index) => {
            values.offers.get(index).map_or_else(Vec::new, |offer| about_offer(offer, whole, theme))
        }
        Row::GoOn(index) | Row::Next(index) => values
            .library
            .sessions()
            .get(index)
            .map_or_else(Vec::new, |known| about_session(known, whole, theme)),
        Row::LookBack => {
            vec![said("What was decided, and what is still open, session by session.".to_owned())]
        }
        Row::First | Row::More => Vec::new(),
    }
}

/// What is said of a session of a newer format wherever there is no room for more.
pub(super) const READ_ONLY: &str = "Newer format: read-only";

fn about_offer(offer: &Offer, whole: bool, theme: &Theme) -> Vec<Block> {
    let with = if offer.people.is_empty() {
        let sides: Vec<String> = offer.sides.iter().map(|side| side.name.clone()).collect();
        format!("For {}. People can be named at any time.", words::names(&sides, 4))
    } else {
        format!("With {}.", words::names(&offer.people, 12))
    };
    let purpose = Said::new(offer.purpose.clone(), theme.text);
    let with = Said::new(with, theme.quiet);
    if !whole {
        return vec![vec![purpose, with]];
    }
    let steps = offer.steps.iter().map(|(title, secs)| (title.as_str(), *secs));
    vec![vec![Said::new(offer.title.clone(), theme.strong), purpose], agenda(steps, None, theme), vec![with]]
}

/// What anybody may see who looks on: that there is more, and how to come to it.
fn about_confidential(known: &Known, whole: bool, theme: &Theme) -> Vec<Block> {
    let sign = format!("{} ", theme.signs.confidential);
    let words = "Confidential: for those who took part. What it is about shows once it is opened.";
    let mut blocks = vec![vec![Said::led(sign, words, theme.quiet)]];
    if whole {
        blocks.insert(0, vec![Said::new(known.title.clone(), theme.strong)]);
    }
    blocks
}

pub(super) fn about_session(known: &Known, whole: bool, theme: &Theme) -> Vec<Block> {
    if known.confidential {
        return about_confidential(known, whole, theme);
    }
    let mut facts = Vec::new();
    if known.read_only.is_some() {
        facts.push(Said::new(READ_ONLY, theme.text));
    }
    if let Some((step, steps, title)) = &known.step {
        facts.push(Said::new(format!("Step {step} of {steps}: {title}"), theme.text));
    }
    let people = match known.people {
        0 => String::new(),
        people => format!(", {}", words::count(people, "person", "people")),
    };
    facts.push(Said::new(format!("{}{people}", words::names(&known.sides, 4)), theme.quiet));
    let counts = format!(
        "{}, {}",
        words::count(known.decisions, "decision", "decisions"),
        words::count(known.open_actions, "open action", "open actions")
    );
    facts.push(Said::new(counts, theme.quiet));
    if !whole {
        return vec![facts];
    }
    vec![
        vec![Said::new(known.title.clone(), theme.strong)],
        facts,
        vec![Said::new(known.path.clone(), theme.quiet)],
    ]
}
