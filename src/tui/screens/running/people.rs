//! The people, drawn over a running session.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::session::{Participant, Presence, Shown};
use crate::timer::Timestamp;
use crate::tui::people::{Asks, People};
use crate::tui::theme::Theme;
use crate::tui::widgets::compose::Compose;
use crate::tui::widgets::line_list::{self, LineList};
use crate::tui::widgets::list::{Entry, List};
use crate::tui::widgets::text;

pub(super) fn draw(
    people: &People,
    shown: Shown<'_>,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let listed = people.listed(shown);
    let theme = theme.panelled();
    let names = line_list::columns(area) / 2;
    let entry = |index: usize| {
        listed.get(index).map_or_else(Entry::default, |person| {
            let side = person.side.as_ref().and_then(|side| shown.side(side));
            Entry {
                label: side.map_or_else(String::new, |side| side.mark.to_string()).into(),
                text: text::fit(&person.name, names, theme.signs.cut),
                tail: told(person).into(),
                style: (!person.is_here()).then_some(theme.quiet),
            }
        })
    };
    let selected = people.marked.and_then(|marked| listed.iter().position(|person| person.id == marked));
    let present = LineList {
        title: "People",
        compose: Compose {
            line: &people.typed.0,
            prompt: &people.prompt(shown),
            prompt_style: prompt_style(people, shown, &theme),
            placeholder: &placeholder(people, shown),
            offers: &[],
            masked: false,
            theme: &theme,
        },
        line_rows: 3,
        told: &counted(shown),
        list: List { selected, from_first: true, label: 2, ..List::new(listed.len(), entry, &theme) },
        list_rows: u16::try_from(listed.len()).unwrap_or(u16::MAX),
    };
    let cursor = present.draw(area, buf);
    if people.marked.is_some() && people.asks == Asks::Names { None } else { cursor }
}

fn prompt_style(people: &People, shown: Shown<'_>, theme: &Theme) -> ratatui::style::Style {
    let place = people.side.as_ref().and_then(|side| shown.side_place(side));
    match (people.asks, place) {
        (Asks::Names, Some(place)) => theme.side(place),
        (Asks::Names | Asks::Name(_) | Asks::Came(_) | Asks::Left(_), _) => theme.strong,
    }
}

fn placeholder(people: &People, shown: Shown<'_>) -> String {
    match people.asks {
        Asks::Names => {
            let side = shown.sides().first().map_or("side", |side| side.name.as_str());
            format!("who has come: Anna: {side}, Bo")
        }
        Asks::Name(_) | Asks::Came(_) | Asks::Left(_) => String::new(),
    }
}

/// How many of each side are there.
fn counted(shown: Shown<'_>) -> String {
    let here = |belongs: &dyn Fn(&Participant) -> bool| {
        shown.people().iter().filter(|person| person.is_here() && belongs(person)).count()
    };
    let sides = shown.sides().iter().map(|side| {
        let count = here(&|person| person.side.as_ref() == Some(&side.key));
        format!("{} {count}", side.name)
    });
    let guests = here(&|person| person.side.is_none());
    let away = shown.people().iter().filter(|person| !person.is_here()).count();
    let rest = [(guests, "no side"), (away, "not here")];
    let rest = rest.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} {count}"));
    sides.chain(rest).collect::<Vec<_>>().join("   ")
}

/// A person's role, and whether they are there.
fn told(person: &Participant) -> String {
    let clock = |at: Timestamp| at.local().format("%H:%M").to_string();
    let role = person.role.map(|role| role.words().to_owned());
    let presence = match person.presence() {
        Presence::Here => {
            person.away.last().and_then(|away| away.to).map(|at| format!("since {}", clock(at)))
        }
        Presence::Expected => Some("not here yet".to_owned()),
        Presence::Left { at } => Some(format!("left {}", clock(at))),
    };
    role.into_iter().chain(presence).collect::<Vec<_>>().join(", ")
}
