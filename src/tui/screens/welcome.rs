//! A session before its first step: what it is for, who is there, what will happen when.
//!
//! Owns how that looks. Its keys are those of the session.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::page::{Block, Page, Said};
use super::{agenda, below, halves, two_ends, words};
use crate::script::SideKey;
use crate::session::{Shown, planned_secs};
use crate::timer::Timestamp;
use crate::tui::theme::Theme;
use crate::tui::widgets::list;
use crate::tui::widgets::text;

/// Draws it above the last line. Nothing is drawn outside the area.
pub fn draw(shown: Shown<'_>, now: Timestamp, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let schedule = shown.schedule(now);
    let times = format!("{} to {}", words::clock(schedule.start), words::clock(schedule.planned_end));
    let (main, beside) = halves(area);
    let air = area.height.saturating_sub(20) / 4;
    let mut rest = below(main, air);
    two_ends((shown.title(), theme.strong), (&times, theme.text), theme, rest, buf);
    rest = below(rest, 2);
    let purpose = &shown.script().purpose;
    if !purpose.is_empty() {
        rest = below(rest, text::draw_wrapped(purpose, rest, theme.text, buf) + 1);
    }
    rest = below(rest, draw_sides(shown, theme, rest, buf));
    let steps = shown.agenda().map(|(_, step)| (step.head.title.as_str(), planned_secs(step)));
    let mut blocks: Vec<Block> = vec![agenda(steps, Some(schedule.start), theme)];
    let told = shown.privacy().told().map(|words| vec![Said::new(words, theme.quiet)]);
    blocks.extend(told);
    let place = beside.map_or(rest, |beside| below(beside, air));
    Page { blocks: &blocks, least: text::LINE, theme }.draw(0, place, buf);
}

/// The sides beside one another, each with its people; answers the rows they took, with an empty one.
fn draw_sides(shown: Shown<'_>, theme: &Theme, area: Rect, buf: &mut Buffer) -> u16 {
    let count = u16::try_from(shown.sides().len()).unwrap_or(u16::MAX);
    // As much as half of what is left: the agenda matters as much as the people.
    let most = area.height / 2;
    let wanted: Vec<String> = shown.sides().iter().map(|side| people(shown, Some(&side.key))).collect();
    let columns = list::columns(Rect { height: most, ..area }, count);
    let stacked = columns.windows(2).any(|pair| pair[0].x == pair[1].x);
    let mut used = 0;
    for ((place, side), (column, names)) in
        shown.sides().iter().enumerate().zip(columns.into_iter().zip(&wanted))
    {
        let accent = theme.side(place);
        let lines = text::lines(names, column.width.saturating_sub(2).min(text::LINE), most);
        let rows = (1 + if names.is_empty() { 0 } else { lines }).min(column.height);
        let column = Rect { height: rows, y: if stacked { area.y + used } else { column.y }, ..column };
        let column = column.intersection(area);
        for y in column.top()..column.bottom() {
            text::put(buf, column.x, y, theme.signs.rule, 1, accent);
        }
        let name = format!("{} {}", side.mark, side.name);
        let room = column.width.saturating_sub(1);
        if column.height > 0 {
            let name = text::fit(&name, room, theme.signs.cut);
            text::put(buf, column.x + 1, column.y, &name, room, accent);
        }
        let under = below(column, 1);
        let under = Rect { x: under.x + 2.min(under.width), width: under.width.saturating_sub(2), ..under };
        text::draw_wrapped(names, under, theme.text, buf);
        used = if stacked { used + column.height } else { used.max(column.height) };
    }
    let guests = people(shown, None);
    let rest = below(area, used);
    if !guests.is_empty() && rest.height > 0 {
        let line = format!("With {guests}");
        let line = text::fit(&line, rest.width, theme.signs.cut);
        text::put(buf, rest.x, rest.y, &line, rest.width, theme.quiet);
        used += 1;
    }
    used + 1
}

/// The names of those on a side, or on none.
fn people(shown: Shown<'_>, side: Option<&SideKey>) -> String {
    let there = shown.people().iter().filter(|person| person.side.as_ref() == side);
    there.map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{Room, moment, script};
    use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

    fn room() -> Room {
        ["Anna Berg", "Bo Lindqvist", "Cleo", "Dan", "Eve"]
            .into_iter()
            .fold(Room::new(), |room, name| room.person(name, "purchasing"))
            .person("Finn", "sales")
            .person("Greta", "")
    }

    #[test]
    fn it_looks_as_it_should() {
        for (name, theme) in [("dark", dark()), ("light", light())] {
            for (columns, rows) in [(78, 22), (118, 38), (198, 58)] {
                let room = room();
                let buf = drawn(columns, rows, &theme, |area, buf| {
                    draw(room.shown(), moment(0), &theme, area, buf);
                });
                insta::assert_snapshot!(format!("welcome_{name}_{columns}"), picture(&buf));
            }
        }
    }

    #[test]
    fn nobody_needs_to_be_named_and_much_fits() {
        let theme = dark();
        let shot = |room: &Room, columns, rows| {
            plain(&drawn(columns, rows, &theme, |area, buf| draw(room.shown(), moment(0), &theme, area, buf)))
        };
        assert!(shot(&Room::new(), 58, 14).contains("Was it worth the time?"));
        let mut four = script();
        for key in ["alliances", "partners"] {
            let mut side = four.sides[0].clone();
            side.key.0 = key.to_owned();
            side.name = key.to_owned();
            four.sides.push(side);
        }
        let shown = shot(&Room::of(four).person("Anna", "partners"), 78, 22);
        assert!(shown.contains("Anna") && shown.contains("What do we do well?"), "{shown}");
    }

    #[test]
    fn it_draws_at_every_size() {
        let (theme, room) = (dark(), room());
        at_every_size(|area, buf| draw(room.shown(), moment(0), &theme, area, buf));
    }
}
