//! How grouping looks: what is listed at the left, the numbered groups at the right, each with the beginning
//! of what stands in it, and above both one line that says what is left to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{Board, Cluster, Marked};
use crate::session::{Carried, Shown, Told};
use crate::tui::steps::{Focus, Scene};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{Entry, List, NARROW};
use crate::tui::widgets::text;

/// Columns before a thing: the sign that it is picked, and its side's letter.
const SIGNS: u16 = 3;

/// Empty columns between the list and the groups.
const GAP: u16 = 3;

pub(super) fn draw(cluster: &Cluster, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let board = cluster.board(&scene.here);
    let status = status(cluster, &board);
    let style = scene.theme.strong;
    text::put(buf, area.x, area.y, &text::fit(&status, area.width, scene.theme.signs.cut), area.width, style);
    let below = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let (things, groups) = parts(below);
    draw_things(cluster, &board, scene, things, buf);
    draw_groups(cluster, &board, scene, groups, buf);
}

/// The list has more than half of the width; where that would be narrow the groups stand below it.
fn parts(area: Rect) -> (Rect, Rect) {
    let left = ((area.width.saturating_sub(GAP)) * 3 / 5).min(text::LINE);
    let right = area.width.saturating_sub(left + GAP);
    if right < NARROW {
        let upper = area.height.div_ceil(2);
        let below = Rect { y: area.y + upper, height: area.height - upper, ..area };
        return (Rect { height: upper, ..area }, below);
    }
    let groups = Rect { x: area.x + left + GAP, width: right.min(text::LINE), ..area };
    (Rect { width: left, ..area }, groups)
}

/// What is left to do, in one line.
fn status(cluster: &Cluster, board: &Board<'_>) -> String {
    let (total, loose) = (board.total(), board.grouping.loose.len());
    if !cluster.wanted.is_empty() {
        return format!("{} say “{}”", board.things().len(), text::visible(&cluster.wanted));
    }
    if !cluster.picked.is_empty() {
        return format!("{} picked: which group do they belong to?", cluster.picked.len());
    }
    match (total, loose) {
        (0, _) => "Nothing came in: name groups, or go on.".to_owned(),
        (_, 0) => format!("All {total} are in groups."),
        (_, _) => format!("{loose} of {total} are in no group yet."),
    }
}

/// The letter of the side that something is from; a blank where it is nobody's alone.
fn mark(shown: Shown<'_>, what: Carried) -> char {
    let side = match what {
        Carried::Note(id) => shown.note(id).and_then(|note| note.side.as_ref()),
        Carried::Insight(id) => shown.all_insights().get(id).and_then(|insight| insight.side.as_ref()),
        Carried::Cluster(_) | Carried::Topic(_) | Carried::Gap(_) | Carried::Possibility(_) => None,
    };
    side.and_then(|side| shown.side(side)).map_or(' ', |side| side.mark)
}

fn draw_things(cluster: &Cluster, board: &Board<'_>, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let (shown, theme) = (scene.here.shown, scene.theme);
    let open = board.open.and_then(|open| Some((board.place(open)?, shown.cluster(open)?)));
    let head = match open {
        Some((place, group)) => format!("{} {}", place + 1, text::visible(&group.name)),
        None => "Not grouped yet".to_owned(),
    };
    draw_head(&head, board.things().len(), scene, area, buf);
    let marked = match (scene.focus, cluster.marked_on(board)) {
        (Focus::Board, Some(Marked::Thing(what))) => board.things().iter().position(|other| *other == what),
        (Focus::Board | Focus::Line, _) => None,
    };
    let confidential = format!("{} confidential", theme.signs.confidential);
    let entry = |index: usize| {
        let Some(told) = board.things().get(index).and_then(|what| shown.told(*what)) else {
            return Entry::default();
        };
        let picked = cluster.picked.contains(&told.what);
        let sign = if picked { theme.signs.check } else { " " };
        Entry {
            label: format!("{sign} {}", mark(shown, told.what)).into(),
            text: told.text,
            tail: if told.confidential { confidential.as_str().into() } else { "".into() },
            style: picked.then_some(theme.strong),
        }
    };
    let list = List {
        len: board.things().len(),
        entry,
        // The first ones are what comes next.
        from_first: true,
        selected: marked,
        rule: None,
        label: SIGNS,
        theme,
    };
    let rows = Rect { y: area.y + 1, height: area.height - 1, ..area };
    list.render(rows, buf);
}

fn draw_head(title: &str, count: usize, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let theme = scene.theme;
    let count = count.to_string();
    let room = area.width.saturating_sub(text::width(&count) + 2);
    let used = text::put(buf, area.x, area.y, &text::fit(title, room, theme.signs.cut), room, theme.quiet);
    text::put(buf, area.x + used + 2, area.y, &count, area.width.saturating_sub(used + 2), theme.quiet);
}

/// Most rows that the beginning of one group's content takes.
const PREVIEW: usize = 6;

fn draw_groups(cluster: &Cluster, board: &Board<'_>, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let groups = &board.grouping.groups;
    if area.is_empty() {
        return;
    }
    let theme = scene.theme;
    draw_head("Groups", groups.len(), scene, area, buf);
    let area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if groups.is_empty() {
        text::draw_wrapped("A name in the line makes the first one.", area, theme.quiet, buf);
        return;
    }
    let marked = match (scene.focus, cluster.marked_on(board)) {
        (Focus::Board, Some(Marked::Group(group))) => board.place(group),
        (Focus::Board | Focus::Line, _) => None,
    };
    let rows = usize::from(area.height);
    let each = (rows / groups.len()).clamp(1, 1 + PREVIEW);
    // Where not all fit, the marked one does, and the last row says how many more there are.
    let seen = if groups.len() > rows { rows.saturating_sub(1) } else { groups.len() };
    let first = marked.map_or(0, |marked| (marked + 1).saturating_sub(seen.max(1)));
    let mut y = area.y;
    for (place, (group, members)) in groups.iter().enumerate().skip(first).take(seen) {
        let head = Rect { y, height: 1, ..area };
        let open = cluster.open == Some(*group);
        let name = scene.here.shown.cluster(*group).map_or("", |group| group.name.as_str());
        draw_group_name((place, name, members.len()), marked == Some(place), open, scene, head, buf);
        for (row, what) in (y + 1..).zip(members.iter().take(each - 1)) {
            let told = scene.here.shown.told(*what);
            let words = told.map(|told| in_a_line(&told, theme)).unwrap_or_default();
            let room = area.width.saturating_sub(NUMBER);
            let words = text::fit(&words, room, theme.signs.cut);
            text::put(buf, area.x + NUMBER, row, &words, room, theme.text);
        }
        y += u16::try_from(1 + members.len().min(each - 1)).unwrap_or(1);
    }
    let more = groups.len() - (first + seen).min(groups.len());
    if more > 0 {
        let words = format!("{} {more} more", theme.signs.below);
        text::put(buf, area.x, area.bottom() - 1, &words, area.width, theme.quiet);
    }
}

/// Columns that a group's number takes.
const NUMBER: u16 = 3;

/// What it says where there is one line for it: the sign alone stands for its being confidential.
fn in_a_line(told: &Told<'_>, theme: &Theme) -> String {
    let words = first_line(&told.text);
    if told.confidential { format!("{} {words}", theme.signs.confidential) } else { words.to_owned() }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn draw_group_name(
    (place, name, count): (usize, &str, usize),
    marked: bool,
    open: bool,
    scene: &Scene<'_>,
    row: Rect,
    buf: &mut Buffer,
) {
    let theme = scene.theme;
    let style = if marked { theme.selection } else { theme.strong };
    let count = count.to_string();
    let sign = if open { theme.signs.marked } else { " " };
    let number = format!("{:>2}{sign}", place + 1);
    let used = text::put(buf, row.x, row.y, &number, row.width, if marked { style } else { theme.key });
    let room = row.width.saturating_sub(used + text::width(&count) + 2);
    let name = text::fit(first_line(name), room, theme.signs.cut);
    let used = used + text::put(buf, row.x + used, row.y, &name, room, style);
    text::put(buf, row.x + used + 2, row.y, &count, row.width.saturating_sub(used + 2), theme.quiet);
}
