//! Columns side by side, and long lists in them of which only what is seen is laid out.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::text;
use crate::tui::theme::Theme;

/// Columns narrower than this are stacked instead.
pub const NARROW: u16 = 26;

/// Empty columns between two columns.
const GAP: u16 = 2;

/// The area shared out to so many columns, side by side, or over one another where they would be narrow.
#[must_use]
pub fn columns(area: Rect, count: u16) -> Vec<Rect> {
    let count = count.max(1);
    let room = area.width.saturating_sub(GAP * (count - 1));
    if count == 1 || room / count >= NARROW {
        let widths = shares(room, count);
        let mut x = area.x;
        return widths
            .map(|width| {
                let column = Rect { x, width, ..area };
                x += width + GAP;
                column.intersection(area)
            })
            .collect();
    }
    let mut y = area.y;
    shares(area.height, count)
        .map(|height| {
            let row = Rect { y, height, ..area };
            y += height;
            row
        })
        .collect()
}

/// A length in so many parts, the first ones a cell longer where it does not divide.
fn shares(length: u16, count: u16) -> impl Iterator<Item = u16> {
    (0..count).map(move |index| length / count + u16::from(index < length % count))
}

/// One entry of a list.
#[derive(Debug, Clone, Default)]
pub struct Entry<'a> {
    /// What stands before it: a number, a sign. Drawn quietly, aligned to the right.
    pub label: Cow<'a, str>,
    /// Its text; wrapped.
    pub text: Cow<'a, str>,
    /// What stands after it: its tags, its author. Drawn quietly, at the right of the last line.
    pub tail: Cow<'a, str>,
    /// The style of the text, where it is not the theme's.
    pub style: Option<Style>,
}

/// A list with more entries than fit. Only those that are seen are asked for.
#[derive(Debug, Clone, Copy)]
pub struct List<'t, F> {
    /// How many entries there are.
    pub len: usize,
    /// The entry at an index below `len`.
    pub entry: F,
    /// The entry that is marked, kept in view.
    pub selected: Option<usize>,
    /// Whether the first entry is in view where none is marked; else the newest is.
    pub from_first: bool,
    /// The rule at the left, in a side's accent; none leaves it out.
    pub rule: Option<Style>,
    /// Columns for the label, so that all texts begin in one column.
    pub label: u16,
    /// The look.
    pub theme: &'t Theme,
}

/// A line that is ready to be drawn.
struct Placed<'a> {
    index: usize,
    lines: Vec<String>,
    entry: Entry<'a>,
}

/// No entry takes more lines than this, so that a very long one leaves room for others.
const TALLEST: usize = 8;

impl<'t, 'e, F: Fn(usize) -> Entry<'e>> List<'t, F> {
    /// A list of `len` entries without rule, label or mark, the newest in view.
    pub const fn new(len: usize, entry: F, theme: &'t Theme) -> Self {
        Self { len, entry, selected: None, from_first: false, rule: None, label: 0, theme }
    }

    fn place(&self, index: usize, columns: u16) -> Placed<'e> {
        let entry = (self.entry)(index);
        let mut lines: Vec<String> =
            text::wrap(&entry.text, columns).take(TALLEST + 1).map(Cow::into_owned).collect();
        if lines.len() > TALLEST {
            lines.truncate(TALLEST);
            if let Some(last) = lines.last_mut() {
                let room = columns.saturating_sub(2);
                *last = format!("{} {}", text::fit(last, room, ""), self.theme.signs.cut);
            }
        }
        if !entry.tail.is_empty() {
            let tail = text::width(&entry.tail);
            let last = lines.last().map_or(0, |line| text::width(line));
            if last + 1 + tail > columns {
                lines.push(String::new());
            }
        }
        Placed { index, lines, entry }
    }

    /// The entries that are seen in so many rows, and how many are hidden above and below.
    fn seen(&self, columns: u16, rows: u16) -> (Vec<Placed<'e>>, usize, usize) {
        let rows = usize::from(rows);
        let Some(last) = self.len.checked_sub(1).filter(|_| rows > 0) else { return (Vec::new(), 0, 0) };
        let keep = self.selected.unwrap_or(if self.from_first { 0 } else { last }).min(last);
        let mut seen = std::collections::VecDeque::from([self.place(keep, columns)]);
        let mut used = seen[0].lines.len();
        // Half of the room above the kept entry, then below it, then above again with what is left.
        let (mut first, mut end) = (keep, keep + 1);
        for (up, limit) in [(true, rows.div_ceil(2)), (false, rows), (true, rows)] {
            while if up { first > 0 } else { end < self.len } {
                let next = self.place(if up { first - 1 } else { end }, columns);
                let (above, below) = if up { (first - 1, end) } else { (first, end + 1) };
                // Each end where something stays hidden needs a row to say so.
                let spent = usize::from(above > 0) + usize::from(below < self.len);
                if used + next.lines.len() + spent > limit {
                    break;
                }
                used += next.lines.len();
                (first, end) = (above, below);
                if up { seen.push_front(next) } else { seen.push_back(next) }
            }
        }
        (seen.into(), first, self.len - end)
    }
}

impl<'e, F: Fn(usize) -> Entry<'e>> Widget for &List<'_, F> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let Theme { text: normal, quiet, tag, selection, signs, .. } = *self.theme;
        let margin = if self.rule.is_some() { 2 } else { 0 };
        if let Some(style) = self.rule {
            for y in area.top()..area.bottom() {
                text::put(buf, area.x, y, signs.rule, 1, style);
            }
        }
        let label_at = area.x + margin.min(area.width);
        let indent = margin + if self.label == 0 { 0 } else { self.label + 1 };
        let indent = indent.min(area.width);
        let columns = (area.width - indent).min(text::LINE);
        if columns == 0 {
            return;
        }
        let (seen, above, below) = self.seen(columns, area.height);
        let mut y = area.y;
        if above > 0 && area.height > 1 {
            let more = format!("{} {above} more", signs.above);
            text::put(buf, label_at, y, &more, columns + self.label, quiet);
            y += 1;
        }
        for Placed { index, lines, entry } in seen {
            let marked = self.selected == Some(index);
            let style = if marked { selection } else { entry.style.unwrap_or(normal) };
            let label = text::fit(&entry.label, self.label, "");
            let pad = self.label.saturating_sub(text::width(&label));
            if y < area.bottom() {
                text::put(buf, label_at + pad, y, &label, self.label, if marked { style } else { quiet });
            }
            let count = lines.len();
            for (row, line) in lines.iter().enumerate() {
                if y >= area.bottom() {
                    return;
                }
                let used = text::put(buf, area.x + indent, y, line, columns, style);
                if row + 1 == count {
                    let tail = text::fit(&entry.tail, columns - used.min(columns), signs.cut);
                    let at = area.x + indent + columns - text::width(&tail).min(columns);
                    text::put(buf, at, y, &tail, columns, tag);
                }
                y += 1;
            }
        }
        if below > 0 && y < area.bottom() {
            let more = format!("{} {below} more", signs.below);
            text::put(buf, label_at, y, &more, columns + self.label, quiet);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, picture, plain};

    const NOTES: [(&str, &str); 5] = [
        ("Should-cost model before each negotiation", "#price"),
        ("Two people at every supplier visit, never one", ""),
        ("Suppliers segmented by risk and by spend, each spring", "#risk @Anna"),
        ("Payment terms are part of the offer", ""),
        ("字字字字字字字字字字字字字字字字字字", "#字"),
    ];

    fn note(index: usize) -> Entry<'static> {
        let (text, tail) = NOTES[index % NOTES.len()];
        Entry { label: (index + 1).to_string().into(), text: text.into(), tail: tail.into(), style: None }
    }

    fn list(
        theme: &Theme,
        len: usize,
        selected: Option<usize>,
    ) -> List<'_, impl Fn(usize) -> Entry<'static>> {
        List { selected, rule: Some(theme.side(0)), label: 3, ..List::new(len, note, theme) }
    }

    #[test]
    fn columns_share_the_width_or_stand_over_one_another() {
        let area = Rect::new(1, 2, 78, 10);
        let widths: Vec<_> = columns(area, 2).iter().map(|column| (column.x, column.width)).collect();
        assert_eq!(widths, [(1, 38), (41, 38)]);
        assert_eq!(columns(area, 3)[2].right(), 79);
        let stacked: Vec<_> = columns(area, 4).iter().map(|row| (row.y, row.height, row.width)).collect();
        assert_eq!(stacked, [(2, 3, 78), (5, 3, 78), (8, 2, 78), (10, 2, 78)]);
        assert_eq!(columns(Rect::new(0, 0, 1, 1), 4).len(), 4);
    }

    #[test]
    fn the_newest_is_in_view() {
        let theme = dark();
        let list = list(&theme, 5, None);
        insta::assert_snapshot!(
            "list_all",
            picture(&drawn(36, 12, &theme, |area, buf| list.render(area, buf)))
        );
        insta::assert_snapshot!(
            "list_newest",
            picture(&drawn(36, 6, &theme, |area, buf| list.render(area, buf)))
        );
    }

    #[test]
    fn the_marked_one_is_in_view_wherever_it_is() {
        let theme = dark();
        let shot = |selected| {
            let list = list(&theme, 40, Some(selected));
            picture(&drawn(36, 8, &theme, |area, buf| list.render(area, buf)))
        };
        insta::assert_snapshot!("list_marked_first", shot(0));
        insta::assert_snapshot!("list_marked_middle", shot(20));
        for selected in 0..40 {
            let list = list(&theme, 40, Some(selected));
            let buf = drawn(36, 7, &theme, |area, buf| list.render(area, buf));
            assert!(plain(&buf).contains(&format!(" {} ", selected + 1)), "{}", plain(&buf));
        }
    }

    #[test]
    fn ten_thousand_entries_cost_only_what_is_seen() {
        let theme = dark();
        let asked = Cell::new(0);
        let entry = |index| {
            asked.set(asked.get() + 1);
            note(index)
        };
        let list = List { selected: Some(5_000), label: 6, ..List::new(10_000, entry, &theme) };
        drawn(60, 30, &theme, |area, buf| list.render(area, buf));
        assert!(asked.get() < 35, "{}", asked.get());
    }

    #[test]
    fn an_endless_entry_leaves_room_for_others() {
        let theme = dark();
        let long = "word ".repeat(100_000);
        let entry = |index| Entry {
            text: if index == 0 { long.as_str().into() } else { "after".into() },
            ..Entry::default()
        };
        let list = List::new(2, entry, &theme);
        let shown = plain(&drawn(20, 10, &theme, |area, buf| list.render(area, buf)));
        assert!(shown.contains('…') && shown.contains("after"), "{shown}");
    }

    #[test]
    fn it_draws_at_every_size() {
        let theme = dark();
        for (len, selected) in [(0, None), (1, Some(7)), (9, None), (9, Some(4))] {
            at_every_size(|area, buf| list(&theme, len, selected).render(area, buf));
        }
    }
}
