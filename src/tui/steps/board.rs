//! The board: cards in columns, one column a side, the newest always in view.
//!
//! Owns how columns of cards are laid out and how the mark moves among them. Lays out only what can be
//! seen, so that ten thousand cards cost no more than ten. Never knows what kind of thing a card is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Direction;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// A column narrower than this is put below the one before it.
pub const NARROWEST: u16 = 26;

/// A card: one thing that somebody wrote.
#[derive(Debug, Clone)]
pub struct Card<'a, Id> {
    /// What it is.
    pub id: Id,
    /// What it says.
    pub text: &'a str,
    /// Its tags, without `#`.
    pub tags: &'a [String],
    /// Who wrote it; empty where that is not said.
    pub author: &'a str,
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

/// Splits an area into `n` columns with two cells of air between; where they would be too narrow, into
/// rows below each other.
#[must_use]
pub fn columns(area: Rect, n: usize) -> Vec<Rect> {
    let count = u16::try_from(n.max(1)).unwrap_or(u16::MAX);
    let gaps = 2 * (count - 1);
    let width = area.width.saturating_sub(gaps) / count;
    if width >= NARROWEST || n <= 1 {
        let width = width.min(text::LINE);
        return (0..count).map(|place| Rect { x: area.x + place * (width + 2), width, ..area }).collect();
    }
    let height = area.height / count;
    let spare = area.height - height * count;
    (0..count)
        .map(|place| {
            let last = if place + 1 == count { spare } else { 0 };
            Rect { y: area.y + place * height, height: height + last, ..area }
        })
        .collect()
}

/// Draws columns of cards.
pub fn draw<Id: Copy + PartialEq>(
    board: &[Column<'_, Id>],
    marked: Option<Id>,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) {
    for (column, area) in board.iter().zip(columns(area, board.len())) {
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
    if area.width < 4 || area.height == 0 {
        return;
    }
    let window = Window::of(column, marked, area);
    draw_head(column, window.above, theme, Rect { height: 1, ..area }, buf);
    let accent = column.side.map_or(theme.rule, |(place, _)| theme.side(place));
    for y in area.top()..area.bottom() {
        text::put(buf, area.x, y, theme.signs.rule, 1, accent);
    }
    let mut y = area.y + 1;
    for (number, card) in column.cards.iter().enumerate().skip(window.first) {
        if y >= area.bottom() {
            break;
        }
        let room = Rect { x: area.x + 2, y, width: area.width - 2, height: area.bottom() - y };
        y += draw_card(number + 1, card, marked == Some(card.id), theme, room, buf) + window.gap;
    }
    if window.below > 0 {
        let more = format!("{} {} more", theme.signs.below, window.below);
        let row = area.bottom() - 1;
        let x = area.right().saturating_sub(text::width(&more));
        text::put(buf, x.max(area.x + 2), row, &more, area.width - 2, theme.quiet);
    }
}

fn draw_head<Id>(column: &Column<'_, Id>, above: usize, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let accent = column.side.map_or(theme.strong, |(place, _)| theme.side(place));
    let mark = column.side.map_or(String::new(), |(_, mark)| format!("{mark} "));
    let mut x = area.x + 1;
    let right = area.right();
    for (part, style) in [
        (mark, accent),
        (text::visible(column.title).into_owned(), accent),
        (format!("  {}", column.cards.len() + column.hidden), theme.strong),
    ] {
        x += text::put(buf, x, area.y, &part, right.saturating_sub(x), style);
    }
    let covered = (column.hidden > 0).then(|| format!("{} hidden", column.hidden));
    let earlier = (above > 0).then(|| format!("{} {above} more", theme.signs.above));
    let tail = [covered, earlier].into_iter().flatten().collect::<Vec<_>>().join("  ");
    let start = right.saturating_sub(text::width(&tail));
    if !tail.is_empty() && start > x {
        text::put(buf, start, area.y, &tail, right - start, theme.quiet);
    }
}

/// Which cards are on the screen.
struct Window {
    first: usize,
    above: usize,
    below: usize,
    gap: u16,
}

impl Window {
    /// The newest cards, unless the marked one is further up: then it begins there. With room to spare a
    /// line of air stands between cards.
    fn of<Id: Copy + PartialEq>(column: &Column<'_, Id>, marked: Option<Id>, area: Rect) -> Self {
        let cards = &column.cards;
        let rows = area.height.saturating_sub(1);
        let height = |card: &Card<'_, Id>| card_height(card, area.width - 2, rows.max(1));
        let airy = u16::try_from(cards.len()).is_ok_and(|count| count <= rows)
            && cards.iter().map(|card| u32::from(height(card)) + 1).sum::<u32>() <= u32::from(rows) + 1;
        let gap = u16::from(airy);
        let mut first = cards.len();
        let mut used = 0;
        while let Some(card) = first.checked_sub(1).map(|place| &cards[place]) {
            used += height(card) + gap;
            if used > rows + gap && first < cards.len() {
                break;
            }
            first -= 1;
        }
        let place = marked.and_then(|id| cards.iter().position(|card| card.id == id));
        let first = place.map_or(first, |place| first.min(place));
        let mut used = 0;
        let mut seen = 0;
        for card in &cards[first..] {
            used += height(card) + gap;
            if used > rows + gap && seen > 0 {
                break;
            }
            seen += 1;
        }
        Self { first, above: first, below: cards.len() - first - seen, gap }
    }
}

/// The columns that a card's number takes, with the space after it.
const NUMBER: u16 = 4;

fn tail<Id>(card: &Card<'_, Id>) -> String {
    let tags =
        card.tags.iter().filter(|tag| !card.text.contains(&format!("#{tag}"))).map(|tag| format!("#{tag}"));
    let author = (!card.author.is_empty()).then(|| format!("@{}", card.author));
    let words: Vec<String> = tags.chain(author).collect();
    text::visible(&words.join(" ")).into_owned()
}

fn card_height<Id>(card: &Card<'_, Id>, width: u16, most: u16) -> u16 {
    let columns = width.saturating_sub(NUMBER).max(1);
    let mut lines = 0;
    let mut last = 0;
    for line in text::wrap(card.text, columns).take(usize::from(most)) {
        lines += 1;
        last = text::width(&line);
    }
    let tail = text::width(&tail(card));
    if tail > 0 && last + 2 + tail > columns { lines + 1 } else { lines }
}

fn draw_card<Id>(
    number: usize,
    card: &Card<'_, Id>,
    marked: bool,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) -> u16 {
    let columns = area.width.saturating_sub(NUMBER).max(1);
    let x = area.x + NUMBER;
    let style = if marked { theme.selection } else { theme.text };
    text::put(buf, area.x, area.y, &format!("{number:>3}"), 3, theme.quiet);
    let mut y = area.y;
    let mut last = 0;
    for line in text::wrap(card.text, columns).take(usize::from(area.height)) {
        last = text::put(buf, x, y, &line, columns, style);
        y += 1;
    }
    let tail = tail(card);
    let width = text::width(&tail);
    if width > 0 {
        if last + 2 + width > columns {
            y += 1;
        }
        if y > area.y && y - 1 < area.bottom() {
            let at = x + columns.saturating_sub(width);
            text::put(buf, at, y - 1, &tail, width.min(columns), theme.tag);
        }
    }
    y - area.y
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

    #[test]
    fn narrow_columns_stand_below_each_other() {
        assert_eq!(columns(Rect::new(0, 0, 80, 10), 2), [Rect::new(0, 0, 39, 10), Rect::new(41, 0, 39, 10)]);
        assert_eq!(columns(Rect::new(0, 0, 50, 11), 2), [Rect::new(0, 0, 50, 5), Rect::new(0, 5, 50, 6)]);
        assert_eq!(columns(Rect::new(0, 0, 200, 9), 1), [Rect::new(0, 0, 72, 9)]);
    }
}
