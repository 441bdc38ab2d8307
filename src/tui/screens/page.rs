//! Something to read: blocks of text that flow into as many columns as the width allows, and scroll.
//!
//! Owns how text is laid out. Never knows what it says.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// A text with what stands before its first line; later lines begin under the text.
#[derive(Debug, Clone)]
pub(super) struct Said {
    lead: String,
    text: String,
    style: Style,
}

/// What is kept together: a heading and what belongs to it.
pub(super) type Block = Vec<Said>;

impl Said {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self::led(String::new(), text, style)
    }

    /// `lead` is drawn quietly: a number, a time, an indent.
    pub(super) fn led(lead: impl Into<String>, text: impl Into<String>, style: Style) -> Self {
        Self { lead: lead.into(), text: text.into(), style }
    }
}

/// Blocks to read, an empty line between two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) blocks: &'a [Block],
    /// Columns are at least this wide before there is one more.
    pub(super) least: u16,
    pub(super) theme: &'a Theme,
}

/// Columns between two columns.
const GAP: u16 = 4;

struct Row<'a> {
    lead: &'a str,
    indent: u16,
    text: Cow<'a, str>,
    style: Style,
}

/// The rows of each column, and how many more are above and below: only what is seen is kept.
struct Laid<'a> {
    columns: Vec<Vec<Option<Row<'a>>>>,
    width: u16,
    above: usize,
    below: usize,
}

impl<'a> Page<'a> {
    /// How many rows it takes in one column of this width, counted up to `most`.
    pub(super) fn rows(&self, width: u16, most: u16) -> u16 {
        let rows = stream(self.blocks, width).take(usize::from(most)).count();
        u16::try_from(rows).unwrap_or(most)
    }

    /// How many rows of an area it takes, all of them where it scrolls.
    pub(super) fn height(&self, area: Rect) -> u16 {
        let laid = self.laid(0, area);
        let longest = laid.columns.iter().map(Vec::len).max().unwrap_or(0);
        let rows = if laid.below > 0 { area.height } else { u16::try_from(longest).unwrap_or(u16::MAX) };
        rows.min(area.height)
    }

    /// How many rows can be scrolled away at most.
    pub(super) fn most(&self, area: Rect) -> usize {
        let laid = self.laid(usize::MAX, area);
        laid.above
    }

    /// Draws it with so many rows scrolled away.
    pub(super) fn draw(&self, top: usize, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let Laid { columns, width, above, below } = self.laid(top, area);
        let mut x = area.x;
        for column in columns {
            for (y, row) in (area.top()..area.bottom()).zip(column) {
                let Some(Row { lead, indent, text: words, style }) = row else { continue };
                text::put(buf, x, y, &text::visible(lead), indent, self.theme.quiet);
                text::put(buf, x + indent, y, &words, width.saturating_sub(indent), style);
            }
            x = x.saturating_add(width + GAP);
        }
        let signs = self.theme.signs;
        let more =
            |sign: &str, count: usize| if count > 0 { format!("{sign} {count} more") } else { String::new() };
        let words = [more(signs.above, above), more(signs.below, below)];
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
        text::put(buf, area.x, area.bottom() - 1, &words.join("   "), area.width, self.theme.quiet);
    }

    fn laid(&self, top: usize, area: Rect) -> Laid<'a> {
        let count = ((area.width + GAP) / (self.least + GAP)).max(1);
        let width = ((area.width - GAP * (count - 1)) / count).clamp(1, text::LINE);
        let (count, height) = (usize::from(count), usize::from(area.height));
        let heights: Vec<usize> = self.blocks.iter().map(|block| block_rows(block, width).count()).collect();
        if let Some(ends) = balanced(&heights, count, height) {
            let mut rest = self.blocks;
            let columns = ends.into_iter().map(|len| {
                let (column, others) = rest.split_at(len);
                rest = others;
                stream(column, width).collect()
            });
            return Laid { columns: columns.collect(), width, above: 0, below: 0 };
        }
        // The last row says how much more there is.
        let height = height.saturating_sub(1).max(1);
        let len = heights.iter().sum::<usize>() + heights.len().saturating_sub(1);
        let room = count * height;
        let above = top.min(len.saturating_sub(room));
        let mut rows = stream(self.blocks, width).skip(above);
        let columns = (0..count).map(|_| rows.by_ref().take(height).collect()).collect();
        Laid { columns, width, above, below: len.saturating_sub(above + room) }
    }
}

fn rows(said: &Said, width: u16) -> impl Iterator<Item = Row<'_>> {
    let indent = text::width(&said.lead).min(width / 2);
    text::wrap(&said.text, width - indent).enumerate().map(move |(line, words)| {
        let lead = if line == 0 { said.lead.as_str() } else { "" };
        Row { lead, indent, text: words, style: said.style }
    })
}

fn block_rows(block: &Block, width: u16) -> impl Iterator<Item = Row<'_>> {
    block.iter().flat_map(move |said| rows(said, width))
}

/// All rows in order, an empty one between two blocks.
fn stream(blocks: &[Block], width: u16) -> impl Iterator<Item = Option<Row<'_>>> {
    blocks.iter().enumerate().flat_map(move |(index, block)| {
        let between = (index > 0).then_some(None);
        between.into_iter().chain(block_rows(block, width).map(Some))
    })
}

/// How many blocks go into each column so that all fit and the columns are as short as can be.
fn balanced(heights: &[usize], count: usize, height: usize) -> Option<Vec<usize>> {
    let tallest = heights.iter().copied().max().unwrap_or(0);
    (tallest..=height).find_map(|limit| {
        let mut columns = vec![0];
        let mut used = 0;
        for rows in heights {
            let needed = rows + usize::from(used > 0);
            if used + needed > limit {
                columns.push(0);
                used = 0;
            }
            used += rows + usize::from(used > 0);
            *columns.last_mut()? += 1;
        }
        (columns.len() <= count).then_some(columns)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, plain};

    fn blocks(theme: &Theme) -> Vec<Block> {
        let said = |text: &str| Said::new(text, theme.text);
        vec![
            vec![said("Decided"), Said::led("1. ", "one page of who decides", theme.text)],
            vec![said("Open"), said("who pays")],
            vec![said("Numbers")],
        ]
    }

    fn shot(columns: u16, rows: u16, top: usize) -> String {
        let theme = dark();
        let blocks = blocks(&theme);
        let page = Page { blocks: &blocks, least: 16, theme: &theme };
        plain(&drawn(columns, rows, &theme, |area, buf| page.draw(top, area, buf)))
    }

    #[test]
    fn blocks_flow_into_columns_of_one_height() {
        insta::assert_snapshot!(shot(40, 6, 0), @r"
        Decided               Open
        1. one page of who    who pays
           decides
                              Numbers
        ");
        insta::assert_snapshot!(shot(20, 9, 0).trim_end(), @r"
        Decided
        1. one page of who
           decides

        Open
        who pays

        Numbers
        ");
    }

    #[test]
    fn what_does_not_fit_scrolls_to_its_end_and_no_further() {
        insta::assert_snapshot!(shot(20, 4, 2), @r"
           decides

        Open
        ↑ 2 more   ↓ 3 more
        ");
        insta::assert_snapshot!(shot(20, 4, 99), @r"
        who pays

        Numbers
        ↑ 5 more
        ");
        let theme = dark();
        let blocks = blocks(&theme);
        let page = Page { blocks: &blocks, least: 16, theme: &theme };
        assert_eq!(page.most(Rect::new(0, 0, 20, 4)), 5);
        assert_eq!(page.most(Rect::new(0, 0, 20, 9)), 0);
    }

    #[test]
    fn it_draws_at_every_size() {
        let theme = dark();
        let blocks = blocks(&theme);
        for least in [0, 16, 72] {
            at_every_size(|area, buf| Page { blocks: &blocks, least, theme: &theme }.draw(3, area, buf));
        }
    }
}
