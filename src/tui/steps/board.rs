//! The board: cards in columns, one column a side, the newest always in view.
//!
//! Owns how columns of cards are laid out and how the mark moves among them. Never knows what kind of thing
//! a card is.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::Direction;
use crate::session::Told;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Entry, List};
use crate::tui::widgets::text;

/// A card: one thing that somebody wrote.
#[derive(Debug, Clone)]
pub struct Card<'a> {
    /// What it says.
    pub text: Cow<'a, str>,
    /// Its tags, without `#`.
    pub tags: &'a [String],
    /// Whom it is from.
    pub origin: Origin<'a>,
    /// Whether it stays with those who take part.
    pub confidential: bool,
}

impl<'a> Card<'a> {
    /// What was brought along, with the side or person that it is from.
    #[must_use]
    pub fn brought(told: Told<'a>) -> Self {
        let confidential = told.confidential;
        Self { text: told.text, tags: &[], origin: Origin::side(told.origin), confidential }
    }
}

/// Whom a card is from, as far as the card says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin<'a> {
    /// That is not said.
    Nobody,
    /// A person.
    Person(&'a str),
    /// A side, where the column does not say it already.
    Side(Cow<'a, str>),
    /// It was added or changed after the meeting; the person's name may be empty.
    WriteUp(&'a str),
}

impl<'a> Origin<'a> {
    /// The person of this name; nobody where it is empty.
    #[must_use]
    pub const fn person(name: &'a str) -> Self {
        if name.is_empty() { Self::Nobody } else { Self::Person(name) }
    }

    /// What is known of something that was written in the meeting, or after it.
    #[must_use]
    pub const fn written(name: &'a str, write_up: bool) -> Self {
        if write_up { Self::WriteUp(name) } else { Self::person(name) }
    }

    /// The side of this name; nobody where it is empty.
    #[must_use]
    pub const fn side(name: &'a str) -> Self {
        if name.is_empty() { Self::Nobody } else { Self::Side(Cow::Borrowed(name)) }
    }
}

/// The cards of one side.
#[derive(Debug, Clone)]
pub struct Column<'a, Id: Clone> {
    /// The side's place and mark; none for what is nobody's alone.
    pub side: Option<(usize, char)>,
    /// What stands above it.
    pub title: &'a str,
    /// How many cards are there but covered.
    pub hidden: usize,
    /// What the cards are that can be seen, oldest first.
    pub cards: Cow<'a, [Id]>,
}

/// The mark after an arrow: within a column, to a neighbouring one, to its ends. Without a mark it begins
/// at the newest card of the first column that has one.
#[must_use]
pub fn moved<Id: Copy + PartialEq>(
    columns: &[impl AsRef<[Id]>],
    marked: Option<Id>,
    direction: Direction,
) -> Option<Id> {
    let place = marked.and_then(|id| {
        columns
            .iter()
            .enumerate()
            .find_map(|(column, ids)| Some((column, ids.as_ref().iter().position(|other| *other == id)?)))
    });
    let Some((column, row)) = place else {
        return columns.iter().find_map(|ids| ids.as_ref().last().copied());
    };
    let nearest = |column: usize| {
        let ids = columns.get(column)?.as_ref();
        ids.get(row).or(ids.last()).copied()
    };
    let here = columns[column].as_ref();
    let moved = match direction {
        Direction::Up => row.checked_sub(1).and_then(|row| here.get(row)).copied(),
        Direction::Down => here.get(row + 1).copied(),
        Direction::Left => (0..column).rev().find_map(nearest),
        Direction::Right => (column + 1..columns.len()).find_map(nearest),
        Direction::First => here.first().copied(),
        Direction::Last => here.last().copied(),
    };
    moved.or(marked)
}

/// Columns that a card's number takes at least.
const NUMBER: u16 = 3;

/// Draws columns of cards; only those that are seen are asked for.
pub fn draw<'a, Id: Copy + PartialEq>(
    board: &[Column<'_, Id>],
    card: impl Fn(Id) -> Option<Card<'a>>,
    marked: Option<Id>,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) {
    let count = u16::try_from(board.len()).unwrap_or(u16::MAX);
    for (column, area) in board.iter().zip(list::columns(area, count)) {
        draw_column(column, &card, marked, theme, area.intersection(buf.area), buf);
    }
}

fn draw_column<'a, Id: Copy + PartialEq>(
    column: &Column<'_, Id>,
    card: impl Fn(Id) -> Option<Card<'a>>,
    marked: Option<Id>,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) {
    if area.is_empty() {
        return;
    }
    draw_head(column, theme, Rect { height: 1, ..area }, buf);
    let accent = column.side.map_or(theme.rule, |(place, _)| theme.side(place));
    let list = List {
        len: column.cards.len(),
        from_first: false,
        entry: |index: usize| {
            let card = column.cards.get(index).and_then(|id| card(*id));
            card.map_or_else(Entry::default, |card| entry(index + 1, card, theme))
        },
        selected: marked.and_then(|id| column.cards.iter().position(|other| *other == id)),
        rule: Some(accent),
        label: NUMBER.max(text::width(&column.cards.len().to_string())),
        theme,
    };
    list.render(Rect { y: area.y + 1, height: area.height - 1, ..area }, buf);
}

fn draw_head<Id: Clone>(column: &Column<'_, Id>, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let accent = column.side.map_or(theme.strong, |(place, _)| theme.side(place));
    let mark = column.side.map_or(String::new(), |(_, mark)| format!("{mark} "));
    let right = area.right();
    let (open, hidden) = (column.cards.len(), column.hidden);
    let seen = if open > 0 || hidden == 0 { format!("  {open}") } else { String::new() };
    let covered = if hidden > 0 { format!("  {hidden} hidden") } else { String::new() };
    let mut x = area.x + text::put(buf, area.x, area.y, theme.signs.rule, 1, accent);
    for (part, style) in [
        (mark, accent),
        (text::fit(column.title, area.width, theme.signs.cut).into_owned(), accent),
        (seen, theme.strong),
        (covered, theme.text),
    ] {
        x += text::put(buf, x, area.y, &part, right.saturating_sub(x), style);
    }
}

fn entry<'a>(number: usize, card: Card<'a>, theme: &Theme) -> Entry<'a> {
    let tail = tail(&card, theme).into();
    Entry { label: number.to_string().into(), text: card.text, tail, style: None }
}

/// More tags than this have no room behind a card, and are not looked for in it.
const TAGS: usize = 64;

fn tail(card: &Card<'_>, theme: &Theme) -> String {
    let inside = |tag: &&String| !card.text.contains(&format!("#{tag}"));
    let tags = card.tags.iter().take(TAGS).filter(inside).map(|tag| format!("#{tag}"));
    let from = match &card.origin {
        Origin::Nobody => None,
        Origin::Person(name) => Some(format!("@{name}")),
        Origin::WriteUp("") => Some("write-up".to_owned()),
        Origin::WriteUp(name) => Some(format!("@{name}, write-up")),
        Origin::Side(name) => Some(name.clone().into_owned()),
    };
    let confidential = card.confidential.then(|| format!("{} confidential", theme.signs.confidential));
    let words: Vec<String> = tags.chain(from).chain(confidential).collect();
    text::visible(&words.join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::tui::testing::{dark, drawn, plain};

    #[test]
    fn of_ten_thousand_cards_only_those_that_are_seen_are_made() {
        let theme = dark();
        let made = Cell::new(0);
        let card = |id: usize| {
            made.set(made.get() + 1);
            Some(Card {
                text: format!("card {id}").into(),
                tags: &[],
                origin: Origin::Nobody,
                confidential: false,
            })
        };
        let ids: Vec<usize> = (1..=10_000).collect();
        let column = |title| Column { side: None, title, hidden: 0, cards: ids.as_slice().into() };
        let columns = [column("One"), column("Other")];
        let seen =
            plain(&drawn(80, 24, &theme, |area, buf| draw(&columns, card, Some(5_000), &theme, area, buf)));
        assert!(seen.contains("5000 card 5000"), "a number is whole or it is another's: {seen}");
        assert!(made.get() <= 2 * 24, "{}", made.get());
    }

    #[test]
    fn the_mark_moves_and_stays_on_the_board() {
        let columns = vec![vec![1, 2, 3], vec![], vec![7]];
        let after = |marked, direction| moved(&columns, marked, direction);
        assert_eq!(after(None, Direction::Up), Some(3));
        assert_eq!(after(Some(3), Direction::Up), Some(2));
        assert_eq!(after(Some(1), Direction::Up), Some(1));
        assert_eq!(after(Some(3), Direction::Down), Some(3));
        assert_eq!(after(Some(2), Direction::Right), Some(7));
        assert_eq!(after(Some(7), Direction::Left), Some(1));
        assert_eq!(after(Some(2), Direction::Last), Some(3));
        assert_eq!(after(Some(9), Direction::Down), Some(3), "a mark that is gone begins anew");
        assert_eq!(moved::<u8>(&[[]; 0], None, Direction::Up), None);
    }
}
