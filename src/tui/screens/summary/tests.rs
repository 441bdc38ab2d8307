//! What is chosen at the end, what the summary tells, and how it looks.

use super::*;
use crate::session::Request;
use crate::session::testing::{Room, moment};
use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

const PATH: &str = "/home/anna/.local/share/visavis/sessions/2026-11-22-1400-purchasing-meets-sales.ron";
const SCREEN: Rect = Rect::new(0, 0, 80, 24);

fn values(room: &Room) -> Values<'_> {
    Values { shown: room.shown(), path: PATH, saved: Saved::All, now: room.now() }
}

fn told() -> Room {
    Room::new()
        .person("Anna", "purchasing")
        .go("practices")
        .note("purchasing", "Should-cost model before each negotiation")
        .note("sales", "Lost deals talked through within a week")
        .reveal()
        .wait(900)
        .go("quiet")
        .go("decide")
        .decision("Sales takes part in the yearly review of the four largest suppliers", "Anna")
        .action("a supplier asks for a new price", "call the account manager before I answer", "Anna", 12)
        .decision("One list of who decides at customers and suppliers", "")
        .wait(600)
        .go("leave")
        .rating(5, "")
        .rating(4, "useful")
        .rating(4, "")
        .wait(240)
}

fn shot(room: &Room, summary: Summary, columns: u16, rows: u16) -> String {
    let (theme, keymap) = (dark(), Keymap::default());
    plain(&drawn(columns, rows, &theme, |area, buf| summary.draw(values(room), &theme, &keymap, area, buf)))
}

#[test]
fn enter_leaves_and_nothing_closes_by_accident() {
    let room = told();
    let mut summary = Summary::default();
    assert_eq!(summary.act(values(&room), SCREEN, Action::Confirm), Some(Outcome::Leave));
    assert_eq!(summary.act(values(&room), SCREEN, Action::Back), Some(Outcome::Back));
    assert_eq!(summary.act(values(&room), SCREEN, Action::Down), None);
    assert_eq!(summary.act(values(&room), SCREEN, Action::Confirm), Some(Outcome::Close));
    summary.act(values(&room), SCREEN, Action::Down);
    summary.act(values(&room), SCREEN, Action::Down);
    assert_eq!(summary.act(values(&room), SCREEN, Action::Confirm), Some(Outcome::Back));
    let closed = room.does(Request::Close);
    let summary = &mut Summary::default();
    assert_eq!(summary.act(values(&closed), SCREEN, Action::Confirm), Some(Outcome::Leave));
    assert!(!shot(&closed, *summary, 80, 24).contains("Close"));
}

#[test]
fn what_is_hidden_is_said_before_closing_and_never_shown() {
    let room = Room::new().go("practices").note("sales", "a secret");
    let shown = shot(&room, Summary::default(), 80, 24);
    assert!(shown.contains("Something is still hidden.") && !shown.contains("a secret"), "{shown}");
    assert!(!shot(&told(), Summary::default(), 80, 24).contains("hidden"));
}

#[test]
fn what_is_hidden_is_counted_and_not_said_to_be_saved() {
    let room = Room::new().go("practices").note("sales", "a secret");
    let shown = shot(&room, Summary::default(), 80, 40);
    assert!(shown.contains("All that is shown is saved in") && shown.contains("1 note hidden,"), "{shown}");
    let step = room.session().agenda[0].id;
    let room = room.reveal().next().note("", "seen");
    let more = room.does(Request::Repeat(step)).note("sales", "another").note("", "and one");
    let shown = shot(&more, Summary::default(), 80, 40);
    assert!(shown.contains("2 notes and 2 hidden,"), "{shown}");
    let all = more.reveal();
    let shown = shot(&all, Summary::default(), 80, 40);
    assert!(shown.contains("All of it is saved in") && shown.contains("4 notes,"), "{shown}");
}

#[test]
fn the_path_is_whole_at_every_width() {
    let room = told();
    for columns in [60, 80, 120] {
        let shown = shot(&room, Summary::default(), columns, 24);
        let together: String = shown.lines().map(str::trim).collect();
        assert!(together.contains(PATH), "{shown}");
    }
    let spaced = "/home/anna/my sessions/of 2026/one with  two spaces.ron";
    assert_eq!(path_lines(spaced, 20).concat(), spaced);
    assert_eq!(path_lines("/字字", 3), ["/", "字", "字"]);
}

#[test]
fn a_long_one_scrolls_and_the_choices_stay() {
    let room =
        (0..30).fold(Room::new().go("decide"), |room, n| room.decision(&format!("Decision {n}"), "Bo"));
    let mut summary = Summary::default();
    assert!(shot(&room, summary, 80, 24).contains("Decision 0"));
    for _ in 0..20 {
        summary.act(values(&room), SCREEN, Action::LaterPage);
    }
    let end = shot(&room, summary, 80, 24);
    assert!(end.contains("min taken") && end.contains("Leave; the session stays open"), "{end}");
    summary.act(values(&room), SCREEN, Action::EarlierPage);
    assert_ne!(shot(&room, summary, 80, 24), end, "no key is lost at the end");
    summary.act(values(&room), SCREEN, Action::First);
    assert!(shot(&room, summary, 80, 24).contains("Decision 0"));
}

#[test]
fn what_is_not_saved_is_said() {
    let (theme, keymap, room) = (dark(), Keymap::default(), told());
    for (saved, words) in [
        (Saved::Not, "NOT SAVED yet: part of it"),
        (Saved::NotInFile, "the journal has all of it"),
        (Saved::Saving, "being saved"),
        (Saved::All, "All of it"),
    ] {
        let values = Values { saved, ..values(&room) };
        let shown = plain(&drawn(80, 24, &theme, |area, buf| {
            Summary::default().draw(values, &theme, &keymap, area, buf);
        }));
        assert!(shown.contains(words), "{shown}");
        let confirmed = Summary::default().act(values, SCREEN, Action::Confirm);
        let safest = if saved == Saved::Not { Outcome::Back } else { Outcome::Leave };
        assert_eq!(confirmed, Some(safest), "Enter alone loses nothing");
    }
}

#[test]
fn it_looks_as_it_should() {
    let keymap = Keymap::default();
    let (some, none) = (told(), Room::new());
    for (name, theme) in [("dark", dark()), ("light", light())] {
        for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
            let buf = drawn(columns, rows, &theme, |area, buf| {
                Summary::default().draw(values(&some), &theme, &keymap, area, buf);
            });
            insta::assert_snapshot!(format!("summary_{name}_{columns}"), picture(&buf));
        }
    }
    insta::assert_snapshot!("summary_nothing", shot(&none, Summary::default(), 80, 24));
}

#[test]
fn it_draws_at_every_size() {
    let (theme, keymap) = (dark(), Keymap::default());
    let room = Room::new().go("practices").note("sales", "a secret").go("decide").decision("one", "");
    for marked in [0, 9] {
        let mut summary = Summary { marked: Some(marked), top: 7 };
        at_every_size(|area, buf| summary.draw(values(&room), &theme, &keymap, area, buf));
        at_every_size(|area, _| {
            let _ = summary.act(values(&room), area, Action::LaterPage);
        });
    }
    assert_eq!(Summary::default().place(), Place::Summary);
    assert_eq!(moment(0), Room::new().now());
}
