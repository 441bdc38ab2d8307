//! How a mirror looks: the wording of topics, and a topic with its accounts side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Cell, Marked, Mirror, cells, present};
use crate::script::View;
use crate::session::{Driver, Entry, Gap, Possibility, Record, Saying, SharedPractice, Side, TopicId};
use crate::tui::steps::board::{self, Card, Column, Origin};
use crate::tui::steps::{Focus, Here, Scene};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::NARROW;
use crate::tui::widgets::text;

/// The columns that the names of the rows take beside the accounts.
const NAMES: u16 = 18;

pub(super) fn draw(mirror: &Mirror, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    match present(&scene.here) {
        Some(topic) => draw_topic(mirror, topic, scene, area, buf),
        None => draw_topics(mirror, scene, area, buf),
    }
}

fn draw_topics(mirror: &Mirror, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let here = &scene.here;
    let topics = here.shown.topics(here.pass.reference()).map(|topic| Marked::Topic(topic.id));
    let carried = super::carried(here).map(Marked::Carried);
    let column = |title, cards: Vec<Marked>| Column { side: None, title, hidden: 0, cards: cards.into() };
    let columns = [column("Topics", topics.collect()), column("Brought along", carried.collect())];
    let card = |what| match what {
        Marked::Topic(id) => here.shown.topic(id).map(|topic| Card {
            text: topic.text.as_str().into(),
            tags: &[],
            origin: Origin::Nobody,
            confidential: false,
        }),
        Marked::Carried(what) => {
            here.shown.told(what).map(|told| Card { tags: told.tags, ..Card::brought(told) })
        }
        Marked::Entry(_) | Marked::Possibility(_) | Marked::Made(_) => None,
    };
    let marked = match scene.focus {
        Focus::Line => None,
        Focus::Board => mirror.mark(&scene.here),
    };
    board::draw(&columns, card, marked, scene.theme, area, buf);
}

/// One line of an account, ready to be put on the screen.
struct Row {
    text: String,
    style: Style,
}

/// One row of the comparison: what it is, and what it says of each side.
struct Band {
    name: &'static str,
    accounts: Vec<Vec<Row>>,
}

impl Band {
    fn height(&self) -> u16 {
        let tallest = self.accounts.iter().map(Vec::len).max().unwrap_or(0);
        u16::try_from(tallest.max(1)).unwrap_or(u16::MAX)
    }
}

fn draw_topic(mirror: &Mirror, topic: TopicId, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let here = &scene.here;
    let theme = scene.theme;
    let below = draw_topic_title(topic, here, theme, area, buf);
    let sides = here.shown.sides();
    let count = u16::try_from(sides.len().max(1)).unwrap_or(1);
    let beside = below.width.saturating_sub(NAMES) / count;
    if beside < NARROW {
        return draw_stacked(mirror, topic, scene, below, buf);
    }
    let learn = learning(mirror, topic, scene, below.width.min(text::LINE + NAMES));
    let keys = judging_keys(mirror, topic, scene);
    // What was judged and learned is always seen; of what was written as much as there is room for.
    let learn_rows = u16::try_from(learn.len()).unwrap_or(u16::MAX).min(below.height / 3);
    let (grid, foot) = split_bottom(below, learn_rows + u16::from(keys.is_some()));
    let width = beside.min(text::LINE);
    let accounts: Vec<Rect> = (0..count)
        .map(|place| Rect { x: grid.x + NAMES + place * width, width: width - 1, ..grid })
        .collect();
    draw_heads(mirror, scene, &accounts, buf);
    let bands = bands(mirror, topic, scene, width - 4);
    let heights = shared(&bands.iter().map(Band::height).collect::<Vec<_>>(), grid.height.saturating_sub(1));
    let mut y = grid.y + 1;
    for (band, height) in bands.iter().zip(heights) {
        text::put(buf, grid.x, y, band.name, NAMES - 1, theme.quiet);
        for ((rows, area), place) in band.accounts.iter().zip(&accounts).zip(0..) {
            let cell = Rect { y, height, ..*area };
            for line in cell.top()..cell.bottom() {
                text::put(buf, area.x, line, theme.signs.rule, 1, theme.side(place));
            }
            draw_cell(rows, Rect { x: area.x + 2, width: area.width - 2, ..cell }, theme, buf);
        }
        y += height;
    }
    // Near what it belongs to where there is room, else at the bottom.
    let mut foot = Rect { y: y.min(foot.y), ..foot };
    if let Some(keys) = keys {
        text::put(buf, foot.x, foot.y, keys, foot.width, theme.quiet);
        foot = Rect { y: foot.y + 1, height: foot.height.saturating_sub(1), ..foot };
    } else if foot.bottom() < below.bottom() {
        foot.y += 1;
    }
    draw_named(&learn, foot, theme, buf);
}

/// The rows that each band gets of `room`: what it needs, the tallest giving first, at least one each.
fn shared(needed: &[u16], room: u16) -> Vec<u16> {
    let mut heights = needed.to_vec();
    while heights.iter().sum::<u16>() > room {
        let Some(tallest) = heights.iter_mut().max() else { break };
        if *tallest <= 1 {
            break;
        }
        *tallest -= 1;
    }
    let mut left = room;
    heights
        .into_iter()
        .map(|height| {
            let given = height.min(left);
            left -= given;
            given
        })
        .collect()
}

/// One cell of the comparison; where not all of it fits, what is marked is seen, and how much is not.
fn draw_cell(rows: &[Row], area: Rect, theme: &Theme, buf: &mut Buffer) {
    let height = usize::from(area.height);
    let all = rows.len() <= height;
    let seen = if all { height } else { height.saturating_sub(1).max(1) };
    let marked = rows.iter().rposition(|row| row.style == theme.selection).map_or(0, |place| place + 1);
    let first = marked.saturating_sub(seen);
    for (row, y) in rows.iter().skip(first).take(seen).zip(area.top()..area.bottom()) {
        text::put(buf, area.x, y, &text::fit(&row.text, area.width, theme.signs.cut), area.width, row.style);
    }
    if !all && height > 1 {
        let more = format!("{} {} more lines", theme.signs.below, rows.len() - seen);
        text::put(buf, area.x, area.bottom() - 1, &more, area.width, theme.quiet);
    }
}

/// The keys that judge, while the chosen account is not judged yet.
fn judging_keys(mirror: &Mirror, topic: TopicId, scene: &Scene<'_>) -> Option<&'static str> {
    let here = &scene.here;
    let about = mirror.account(here)?;
    let open = here.shown.is_revealed(topic) && here.shown.gap(topic, &about).is_none();
    (open && scene.focus == Focus::Board)
        .then_some("1 alike   2 differs   3 blind spot   4 hidden   5 wrong guess   6 missing")
}

fn split_bottom(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height / 2);
    let top = Rect { height: area.height - rows, ..area };
    (top, Rect { y: top.bottom(), height: rows, ..area })
}

fn draw_topic_title(topic: TopicId, here: &Here<'_>, theme: &Theme, area: Rect, buf: &mut Buffer) -> Rect {
    if area.height < 2 {
        return area;
    }
    let topics: Vec<TopicId> = here.shown.topics(here.pass.reference()).map(|topic| topic.id).collect();
    let place = topics.iter().position(|other| *other == topic).map_or(0, |place| place + 1);
    let count = format!("topic {place} of {}", topics.len());
    let width = text::width(&count);
    let words = here.shown.topic(topic).map_or("", |topic| topic.text.as_str());
    let room = area.width.saturating_sub(width + 2);
    let title = text::visible(words);
    text::put(buf, area.x, area.y, &text::fit(&title, room, theme.signs.cut), room, theme.strong);
    text::put(buf, area.right().saturating_sub(width), area.y, &count, width, theme.quiet);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

fn draw_heads(mirror: &Mirror, scene: &Scene<'_>, accounts: &[Rect], buf: &mut Buffer) {
    let theme = scene.theme;
    let judging = scene.focus == Focus::Board;
    for ((area, side), place) in accounts.iter().zip(scene.here.shown.sides()).zip(0..) {
        let accent = theme.side(place);
        let chosen = judging && mirror.account.checked_rem(accounts.len()) == Some(place);
        let sign = if chosen { theme.signs.marked } else { " " };
        text::put(buf, area.x, area.y, theme.signs.rule, 1, accent);
        let head = format!("{} {sign}about {}", side.mark, text::visible(&side.name));
        text::put(buf, area.x + 1, area.y, &head, area.width - 1, accent);
    }
}

/// What is written of each side, in the views of the step, and the gap.
fn bands(mirror: &Mirror, topic: TopicId, scene: &Scene<'_>, width: u16) -> Vec<Band> {
    let here = &scene.here;
    let sides = here.shown.sides();
    let views = super::definition(here).map(|mirror| mirror.views.as_slice()).unwrap_or_default();
    let mut bands: Vec<Band> = View::ALL
        .iter()
        .filter(|view| views.contains(view))
        .map(|view| Band {
            name: row_name(*view, sides.len()),
            accounts: sides.iter().map(|about| account(mirror, topic, *view, about, scene, width)).collect(),
        })
        .collect();
    if here.shown.is_revealed(topic) {
        let chosen = mirror.account(here);
        let accounts =
            sides.iter().map(|side| gap(topic, side, chosen.as_ref() == Some(&side.key), scene)).collect();
        bands.push(Band { name: "gap", accounts });
    }
    bands
}

const fn row_name(view: View, sides: usize) -> &'static str {
    match view {
        View::Ours => "says of itself",
        View::Theirs if sides > 2 => "the others say",
        View::Theirs => "the other says",
        View::Guess => "expected to hear",
    }
}

/// One view of one account: its entries, or, while it is covered, how many there are.
fn account(
    mirror: &Mirror,
    topic: TopicId,
    view: View,
    about: &Side,
    scene: &Scene<'_>,
    width: u16,
) -> Vec<Row> {
    let here = &scene.here;
    let theme = scene.theme;
    if here.shown.is_revealed(topic) {
        let entries = here.shown.entries(topic);
        let mut rows: Vec<Row> = entries
            .filter(|entry| entry.about() == &about.key && entry.saying.view() == view)
            .flat_map(|entry| entry_rows(mirror, entry, scene, width))
            .collect();
        if rows.is_empty() {
            rows.push(Row { text: "nothing".to_owned(), style: theme.quiet });
        }
        return rows;
    }
    let now = mirror.cell(here);
    cells(here)
        .iter()
        .filter(|cell| cell.saying.view() == view && cell.saying.about(&cell.by) == &about.key)
        .map(|cell| covered_cell(cell, now.as_ref() == Some(cell), topic, scene))
        .collect()
}

fn covered_cell(cell: &Cell, typed: bool, topic: TopicId, scene: &Scene<'_>) -> Row {
    let here = &scene.here;
    let count = here.shown.entry_count(topic, &cell.by, &cell.saying, cell.aspect.as_deref());
    let mark = here.shown.side(&cell.by).map_or(' ', |side| side.mark);
    let sign = if typed { scene.theme.signs.marked } else { " " };
    let text = match &cell.aspect {
        Some(aspect) if count == 0 => format!("{sign}{mark} {}: none", text::visible(aspect)),
        Some(aspect) => format!("{sign}{mark} {}: {count}", text::visible(aspect)),
        None if count == 0 => format!("{sign}{mark} nothing yet"),
        None => format!("{sign}{mark} {count} written, hidden"),
    };
    let style = if typed { scene.theme.strong } else { scene.theme.text };
    Row { text, style }
}

fn entry_rows(mirror: &Mirror, entry: &Entry, scene: &Scene<'_>, width: u16) -> Vec<Row> {
    let theme = scene.theme;
    let here = &scene.here;
    let marked = scene.focus == Focus::Board && mirror.mark(here) == Some(Marked::Entry(entry.id));
    let aspect = entry.aspect.as_ref().map_or(String::new(), |aspect| format!("{aspect}: "));
    let by = match &entry.saying {
        Saying::Theirs(_) if here.shown.sides().len() > 2 => {
            here.shown.side(&entry.by).map_or(String::new(), |side| format!("{} ", side.mark))
        }
        Saying::Ours | Saying::Theirs(_) | Saying::Guess => String::new(),
    };
    let words = match &entry.saying {
        // Who typed quotation marks meant these.
        Saying::Guess if entry.text.starts_with(['“', '"', '„', '«']) => {
            format!("{aspect}{}", entry.text)
        }
        Saying::Guess => format!("{aspect}“{}”", entry.text),
        Saying::Ours | Saying::Theirs(_) => format!("{by}{aspect}{}", entry.text),
    };
    let style = if marked { theme.selection } else { theme.text };
    text::wrap(&words, width).map(|text| Row { text: text.into_owned(), style }).collect()
}

/// A sign for each gap, so that it is told from the others at a glance.
const fn sign(gap: Gap) -> &'static str {
    match gap {
        Gap::SeenAlike => "=",
        Gap::SeenDifferently => "≠",
        Gap::BlindSpot => "◐",
        Gap::HiddenStrength => "◆",
        Gap::WrongGuess => "?",
        Gap::Missing => "○",
    }
}

fn gap(topic: TopicId, side: &Side, chosen: bool, scene: &Scene<'_>) -> Vec<Row> {
    let theme = scene.theme;
    let judging = chosen && scene.focus == Focus::Board;
    let (text, style) = match scene.here.shown.gap(topic, &side.key) {
        Some(gap) => (format!("{} {}", sign(gap), gap.words()), theme.strong),
        None if judging => ("which is it?".to_owned(), theme.text),
        None => ("not judged yet".to_owned(), theme.quiet),
    };
    vec![Row { text, style }]
}

/// The learning possibilities of a topic, line by line.
fn learning(mirror: &Mirror, topic: TopicId, scene: &Scene<'_>, width: u16) -> Vec<Row> {
    let theme = scene.theme;
    let mut rows = Vec::new();
    let made = scene.here.shown.possibilities().iter().filter(|possibility| possibility.topic == topic);
    for possibility in made {
        let marked = scene.focus == Focus::Board
            && mirror.mark(&scene.here) == Some(Marked::Possibility(possibility.id));
        let style = if marked { theme.selection } else { theme.strong };
        let words = sentence(possibility);
        rows.extend(
            text::wrap(&words, width.saturating_sub(NAMES))
                .map(|text| Row { text: text.into_owned(), style }),
        );
    }
    rows
}

fn sentence(possibility: &Possibility) -> String {
    let driver = possibility.driver.map(Driver::words);
    let practice = possibility.practice.map(SharedPractice::words);
    let write_up = possibility.is_write_up().then_some("write-up");
    let about: Vec<&str> = driver.into_iter().chain(practice).chain(write_up).collect();
    if about.is_empty() {
        return possibility.sentence.clone();
    }
    format!("{} ({})", possibility.sentence, about.join("; "))
}

/// What can be learned, beside its name.
fn draw_named(rows: &[Row], area: Rect, theme: &Theme, buf: &mut Buffer) {
    if rows.is_empty() || area.height == 0 {
        return;
    }
    text::put(buf, area.x, area.y, "to learn", NAMES - 1, theme.strong);
    let cell = Rect { x: area.x + NAMES, width: area.width.saturating_sub(NAMES), ..area };
    draw_cell(rows, cell, theme, buf);
}

/// Accounts below each other, where beside each other they would be too narrow.
fn draw_stacked(mirror: &Mirror, topic: TopicId, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let theme = scene.theme;
    let width = area.width.saturating_sub(4).min(text::LINE);
    let bands = bands(mirror, topic, scene, width);
    let learn = learning(mirror, topic, scene, area.width.min(text::LINE));
    let (grid, foot) = split_bottom(area, u16::try_from(learn.len()).unwrap_or(0));
    let mut y = grid.y;
    for (place, side) in scene.here.shown.sides().iter().enumerate() {
        let chosen = scene.focus == Focus::Board && mirror.account == place;
        let sign = if chosen { theme.signs.marked } else { " " };
        let mut lines = vec![Row {
            text: format!("{} {sign}about {}", side.mark, text::visible(&side.name)),
            style: theme.side(place),
        }];
        for band in &bands {
            let rows = band.accounts.get(place).map(Vec::as_slice).unwrap_or_default();
            lines.push(Row { text: band.name.to_owned(), style: theme.quiet });
            lines.extend(rows.iter().map(|row| Row { text: format!("  {}", row.text), style: row.style }));
        }
        for row in &lines {
            if y >= grid.bottom() {
                break;
            }
            text::put(buf, grid.x, y, theme.signs.rule, 1, theme.side(place));
            text::put(buf, grid.x + 1, y, &row.text, grid.width.saturating_sub(1), row.style);
            y += 1;
        }
    }
    draw_named(&learn, foot, theme, buf);
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn the_tallest_gives_first_and_each_keeps_a_row() {
        assert_eq!(shared(&[3, 1, 2, 1], 9), [3, 1, 2, 1]);
        assert_eq!(shared(&[6, 1, 4, 1], 8), [3, 1, 3, 1]);
        assert_eq!(shared(&[6, 6, 6, 1], 4), [1, 1, 1, 1]);
        assert_eq!(shared(&[2, 2, 2, 1], 2), [1, 1, 0, 0]);
    }
}
