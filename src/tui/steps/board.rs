//! The board: cards in columns, one column a side, the newest always in view.
//!
//! Owns how columns of cards are laid out and how the mark moves among them. Never knows what kind of thing
//! a card is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::Direction;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Entry, List};
use crate::tui::widgets::text;

/// A card: one thing that somebody wrote.
#[derive(Debug, Clone)]
pub struct Card<'a, Id> {
    /// What it is.
    pub id: Id,
    /// What it says.
    pub text: &'a str,
    /// Its tags, without `#`.
    pub tags: &'a [String],
    /// Whom it is from.
    pub origin: Origin<'a>,
    /// Whether it stays with those who take part.
    pub confidential: bool,
}

/// Whom a card is from, as far as the card says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'a> {
    /// That is not said.
    Nobody,
    /// A person.
    Person(&'a str),
    /// A side, where the column does not say it already.
    Side(&'a str),
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
        if name.is_empty() { Self::Nobody } else { Self::Side(name) }
    }
}

/// The cards of one side.
#[derive(Debug, Clone)]
pub struct Column<'a, Id> {
    /// The side's place and mark; none for what is nobody's alone.
    pub side: Option<(usize, char)>,
    /// What stands above it.
    pub title: &'a str,
    /// How many cards are there but covered.
    pub hidden: usize,
    /// Those that can be seen, oldest first.
    pub cards: Vec<Card<'a, Id>>,
}

/// The mark after an arrow: within a column, to a neighbouring one, to its ends. Without a mark it begins
/// at the newest card of the first column that has one.
#[must_use]
pub fn moved<Id: Copy + PartialEq>(
    columns: &[Vec<Id>],
    marked: Option<Id>,
    direction: Direction,
) -> Option<Id> {
    let place = marked.and_then(|id| {
        columns
            .iter()
            .enumerate()
            .find_map(|(column, ids)| Some((column, ids.iter().position(|other| *other == id)?)))
    });
    let Some((column, row)) = place else {
        return columns.iter().find_map(|ids| ids.last().copied());
    };
    let nearest = |column: usize| {
        let ids = columns.get(column)?;
        ids.get(row).or(ids.last()).copied()
    };
    let moved = match direction {
        Direction::Up => row.checked_sub(1).and_then(|row| columns[column].get(row)).copied(),
        Direction::Down => columns[column].get(row + 1).copied(),
        Direction::Left => (0..column).rev().find_map(nearest),
        Direction::Right => (column + 1..columns.len()).find_map(nearest),
        Direction::First => columns[column].first().copied(),
        Direction::Last => columns[column].last().copied(),
    };
    moved.or(marked)
}

/// Columns that a card's number takes.
const NUMBER: u16 = 3;

/// Draws columns of cards.
pub fn draw<Id: Copy + PartialEq>(
    board: &[Column<'_, Id>],
    marked: Option<Id>,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) {
    let count = u16::try_from(board.len()).unwrap_or(u16::MAX);
    for (column, area) in board.iter().zip(list::columns(area, count)) {
        draw_column(column, marked, theme, area.intersection(buf.area), buf);
    }
}

fn draw_column<Id: Copy + PartialEq>(
    column: &Column<'_, Id>,
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
        entry: |index| {
            column.cards.get(index).map_or_else(Entry::default, |card| entry(index + 1, card, theme))
        },
        selected: marked.and_then(|id| column.cards.iter().position(|card| card.id == id)),
        rule: Some(accent),
        label: NUMBER,
        theme,
    };
    list.render(Rect { y: area.y + 1, height: area.height - 1, ..area }, buf);
}

fn draw_head<Id>(column: &Column<'_, Id>, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let accent = column.side.map_or(theme.strong, |(place, _)| theme.side(place));
    let mark = column.side.map_or(String::new(), |(_, mark)| format!("{mark} "));
    let right = area.right();
    let (open, hidden) = (column.cards.len(), column.hidden);
    let seen = if open > 0 || hidden == 0 { format!("  {open}") } else { String::new() };
    let covered = if hidden > 0 { format!("  {hidden} hidden") } else { String::new() };
    let mut x = area.x + text::put(buf, area.x, area.y, theme.signs.rule, 1, accent);
    for (part, style) in [
        (mark, accent),
        (text::visible(column.title).into_owned(), accent),
        (seen, theme.strong),
        (covered, theme.text),
    ] {
        x += text::put(buf, x, area.y, &part, right.saturating_sub(x), style);
    }
}

fn entry<'a, Id>(number: usize, card: &Card<'a, Id>, theme: &Theme) -> Entry<'a> {
    let tail = tail(card, theme).into();
    Entry { label: number.to_string().into(), text: card.text.into(), tail, style: None }
}

fn tail<Id>(card: &Card<'_, Id>, theme: &Theme) -> String {
    let inside = |tag: &&String| !card.text.contains(&format!("#{tag}"));
    let tags = card.tags.iter().filter(inside).map(|tag| format!("#{tag}"));
    let from = match card.origin {
        Origin::Nobody => None,
        Origin::Person(name) => Some(format!("@{name}")),
        Origin::WriteUp("") => Some("write-up".to_owned()),
        Origin::WriteUp(name) => Some(format!("@{name}, write-up")),
        Origin::Side(name) => Some(name.to_owned()),
    };
    let confidential = card.confidential.then(|| format!("{} confidential", theme.signs.confidential));
    let words: Vec<String> = tags.chain(from).chain(confidential).collect();
    text::visible(&words.join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(moved::<u8>(&[], None, Direction::Up), None);
    }
}
