//! How a mirror looks: the wording of topics, and a topic with its accounts side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Cell, Marked, Mirror, cells, present};
use crate::script::View;
use crate::session::{Entry, Gap, Possibility, Saying, Side, TopicId};
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
    let topics = here.shown.topics(here.pass.reference()).map(|topic| Card {
        id: Marked::Topic(topic.id),
        text: &topic.text,
        tags: &[],
        origin: Origin::Nobody,
    });
    let carried = super::carried(here).map(|note| Card {
        id: Marked::Carried(note.id),
        text: &note.text,
        tags: &note.tags,
        origin: Origin::side(
            note.side.as_ref().and_then(|side| here.shown.side(side)).map_or("", |side| side.name.as_str()),
        ),
    });
    let columns = [
        Column { side: None, title: "Topics", hidden: 0, cards: topics.collect() },
        Column { side: None, title: "Brought along", hidden: 0, cards: carried.collect() },
    ];
    let marked = match scene.focus {
        Focus::Line => None,
        Focus::Board => mirror.mark(&scene.here),
    };
    board::draw(&columns, marked, scene.theme, area, buf);
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
    let learn_rows = u16::try_from(learn.len()).unwrap_or(0);
    let (grid, foot) = split_bottom(below, learn_rows);
    let width = beside.min(text::LINE);
    let accounts: Vec<Rect> = (0..count)
        .map(|place| Rect { x: grid.x + NAMES + place * width, width: width - 1, ..grid })
        .collect();
    draw_heads(mirror, scene, &accounts, buf);
    let bands = bands(mirror, topic, scene, width - 4);
    let mut y = grid.y + 1;
    for band in &bands {
        if y >= grid.bottom() {
            break;
        }
        text::put(buf, grid.x, y, band.name, NAMES - 1, theme.quiet);
        for ((rows, area), place) in band.accounts.iter().zip(&accounts).zip(0..) {
            let height = band.height().min(grid.bottom() - y);
            for line in y..y + height {
                text::put(buf, area.x, line, theme.signs.rule, 1, theme.side(place));
            }
            for (row, line) in rows.iter().zip(y..y + height) {
                text::put(buf, area.x + 2, line, &row.text, area.width - 2, row.style);
            }
        }
        y += band.height();
    }
    // Near what it was learned from, where there is room; else at the bottom, where it is always seen.
    let near = Rect { y: (y + 1).min(foot.y), ..foot };
    draw_rows(&learn, near, buf);
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
        let accounts = sides
            .iter()
            .map(|side| gap(topic, side, chosen.as_ref() == Some(&side.key), scene, width))
            .collect();
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
    let written = if count == 0 { "nothing yet".to_owned() } else { format!("{count} written, hidden") };
    let text = match &cell.aspect {
        Some(aspect) => format!("{sign}{mark} {}: {written}", text::visible(aspect)),
        None => format!("{sign}{mark} {written}"),
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
        Saying::Guess => format!("{aspect}“{}”", entry.text),
        Saying::Ours | Saying::Theirs(_) => format!("{by}{aspect}{}", entry.text),
    };
    let style = if marked { theme.selection } else { theme.text };
    text::wrap(&words, width).map(|text| Row { text, style }).collect()
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

fn gap(topic: TopicId, side: &Side, chosen: bool, scene: &Scene<'_>, width: u16) -> Vec<Row> {
    let theme = scene.theme;
    match scene.here.shown.gap(topic, &side.key) {
        Some(gap) => vec![Row { text: format!("{} {}", sign(gap), gap.words()), style: theme.strong }],
        None if chosen && scene.focus == Focus::Board => {
            text::wrap("1 alike 2 differs 3 blind spot 4 hidden 5 wrong guess 6 missing", width)
                .map(|text| Row { text, style: theme.quiet })
                .collect()
        }
        None => vec![Row { text: "not judged yet".to_owned(), style: theme.quiet }],
    }
}

/// The learning possibilities of a topic.
fn learning(mirror: &Mirror, topic: TopicId, scene: &Scene<'_>, width: u16) -> Vec<Row> {
    let theme = scene.theme;
    let mut rows = Vec::new();
    let made = scene.here.shown.possibilities().iter().filter(|possibility| possibility.topic == topic);
    for (place, possibility) in made.enumerate() {
        let marked = scene.focus == Focus::Board
            && mirror.mark(&scene.here) == Some(Marked::Possibility(possibility.id));
        let style = if marked { theme.selection } else { theme.strong };
        let name = if place == 0 { "to learn" } else { "" };
        let words = sentence(possibility);
        for (line, text) in text::wrap(&words, width.saturating_sub(NAMES)).enumerate() {
            let name = if line == 0 { name } else { "" };
            rows.push(Row { text: format!("{name:<18}{text}"), style });
        }
    }
    rows
}

fn sentence(possibility: &Possibility) -> String {
    match possibility.driver {
        Some(driver) => format!("{} ({})", possibility.sentence, driver.words()),
        None => possibility.sentence.clone(),
    }
}

fn draw_rows(rows: &[Row], area: Rect, buf: &mut Buffer) {
    for (row, y) in rows.iter().zip(area.top()..area.bottom()) {
        text::put(buf, area.x, y, &row.text, area.width, row.style);
    }
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
    draw_rows(&learn, foot, buf);
}
