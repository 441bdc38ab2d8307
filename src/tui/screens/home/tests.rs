//! What home marks and takes, before and after the library was read, and how it looks.

use super::super::samples::{empty, known, library, offers};
use super::*;
use crate::session::testing::moment;
use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

fn values<'a>(offers: &'a [Offer], library: &'a Library) -> Values<'a> {
    Values { offers, library, notice: "", now: moment(0) }
}

#[test]
fn enter_takes_the_newest_open_session_else_the_first_script() {
    let offers = offers();
    let mut home = Home::default();
    assert_eq!(home.act(values(&offers, &library()), Action::Confirm), Some(Outcome::GoOn(0)));
    assert_eq!(home.act(values(&offers, &empty()), Action::Confirm), Some(Outcome::Begin(0)));
}

#[test]
fn enter_before_the_library_is_read_counts_once_it_is() {
    let offers = offers();
    let mut home = Home::default();
    assert_eq!(home.act(values(&offers, &Library::NotYetRead), Action::Confirm), None);
    assert_eq!(home.library_read(values(&offers, &empty())), Some(Outcome::Begin(0)));
    assert_eq!(home.library_read(values(&offers, &empty())), None, "only once");
}

#[test]
fn the_mark_stays_where_a_person_put_it() {
    let offers = offers();
    let (unread, read) = (Library::NotYetRead, library());
    let mut home = Home::default();
    home.act(values(&offers, &unread), Action::Down);
    home.act(values(&offers, &unread), Action::Down);
    assert_eq!(home.library_read(values(&offers, &read)), None);
    assert_eq!(home.act(values(&offers, &read), Action::Confirm), Some(Outcome::Begin(1)));
    home.act(values(&offers, &read), Action::Last);
    assert_eq!(home.act(values(&offers, &read), Action::Confirm), Some(Outcome::LookBack));
}

#[test]
fn tab_sets_up_a_script_and_nothing_else() {
    let offers = offers();
    let read = library();
    let mut home = Home::default();
    assert_eq!(home.act(values(&offers, &read), Action::NextField), None);
    for _ in 0..3 {
        home.act(values(&offers, &read), Action::Down);
    }
    assert_eq!(home.act(values(&offers, &read), Action::NextField), Some(Outcome::SetUp(1)));
    assert_eq!(home.act(values(&offers, &read), Action::Back), None, "a stray Esc changes nothing");
}

#[test]
fn many_open_sessions_are_a_row_until_asked_for() {
    let offers = offers();
    let sessions = (0..30).map(|day| known(&format!("Session {day}"), day, true)).collect();
    let read = Library::Read { sessions, unreadable: Vec::new() };
    let mut home = Home::default();
    for _ in 0..FEW {
        home.act(values(&offers, &read), Action::Down);
    }
    assert_eq!(home.act(values(&offers, &read), Action::Confirm), None);
    assert_eq!(home.act(values(&offers, &read), Action::Confirm), Some(Outcome::GoOn(FEW)));
    let (theme, keymap) = (dark(), Keymap::default());
    for _ in 0..30 {
        let marked = home.marked(values(&offers, &read));
        let shown = plain(&drawn(80, 24, &theme, |area, buf| {
            home.draw(values(&offers, &read), &theme, &keymap, area, buf);
        }));
        let title = match marked {
            Row::GoOn(session) => read.sessions()[session].title.clone(),
            Row::First | Row::More | Row::Next(_) | Row::Start(_) | Row::LookBack => String::new(),
        };
        assert!(shown.contains(&format!("▸ {title}")), "{shown}");
        home.act(values(&offers, &read), Action::Down);
    }
}

#[test]
fn titles_have_the_room_before_their_details() {
    let (theme, keymap, offers) = (dark(), Keymap::default(), offers());
    let long = "A session between purchasing and sales of the north";
    let mut sessions = library().sessions().to_vec();
    sessions.push(known(long, 1, true));
    let read = Library::Read { sessions, unreadable: Vec::new() };
    let shown = plain(&drawn(60, 16, &theme, |area, buf| {
        Home::default().draw(values(&offers, &read), &theme, &keymap, area, buf);
    }));
    assert!(shown.contains("Purchasing meets sales   yesterday"), "{shown}");
    assert!(shown.contains("A session between purchasing and sales of th…"), "{shown}");
    assert_eq!(details("yesterday, step 4 of 6", 22, "…"), "yesterday, step 4 of 6");
    assert_eq!(details("yesterday, step 4 of 6", 21, "…"), "yesterday …");
    assert_eq!(details("yesterday, step 4 of 6", 10, "…"), "");
}

#[test]
fn the_tour_lies_over_it() {
    let offers = offers();
    let read = empty();
    let mut home = Home::default();
    home.act(values(&offers, &read), Action::Tour);
    assert_eq!(home.place(), Place::Overlay);
    home.act(values(&offers, &read), Action::Back);
    assert_eq!(home.place(), Place::List);
}

#[test]
fn it_looks_as_it_should() {
    let keymap = Keymap::default();
    let offers = offers();
    for (library, about) in [(Library::NotYetRead, "unread"), (empty(), "first"), (library(), "known")] {
        for (name, theme) in [("dark", dark()), ("light", light())] {
            for (columns, rows) in [(80, 24), (120, 40), (200, 60), (60, 16)] {
                if about == "unread" && (name, columns) != ("dark", 80) {
                    continue;
                }
                let home = Home::default();
                let buf = drawn(columns, rows, &theme, |area, buf| {
                    home.draw(values(&offers, &library), &theme, &keymap, area, buf);
                });
                insta::assert_snapshot!(format!("home_{about}_{name}_{columns}"), picture(&buf));
            }
        }
    }
}

#[test]
fn the_list_does_not_move_when_the_library_arrives() {
    let (theme, keymap, offers) = (dark(), Keymap::default(), offers());
    let row = |library: &Library| {
        let shown = plain(&drawn(80, 24, &theme, |area, buf| {
            Home::default().draw(values(&offers, library), &theme, &keymap, area, buf);
        }));
        shown.lines().position(|line| line.starts_with(" Start"))
    };
    assert_eq!(row(&Library::NotYetRead), row(&empty()));
}

#[test]
fn it_draws_at_every_size() {
    let (theme, keymap, offers) = (dark(), Keymap::default(), offers());
    let read = library();
    let mut home = Home::default();
    at_every_size(|area, buf| home.draw(values(&offers, &read), &theme, &keymap, area, buf));
    home.act(values(&offers, &read), Action::Tour);
    at_every_size(|area, buf| home.draw(values(&offers, &read), &theme, &keymap, area, buf));
}

#[test]
fn the_next_of_a_series_is_offered_and_what_is_overdue_is_counted() {
    let (keymap, offers) = (Keymap::default(), offers());
    let mut sessions = library().sessions().to_vec();
    sessions[2].next_of = Some(("Key accounts and categories".to_owned(), 2));
    sessions.push(Known {
        next_of: Some(("Anna and Bo".to_owned(), 0)),
        due: vec![moment(-86_400).date(), moment(86_400).date()],
        ..known("Anna and Bo", 21, false)
    });
    let read = Library::Read { sessions, unreadable: Vec::new() };
    let mut home = Home::default();
    home.act(values(&offers, &read), Action::Down);
    home.act(values(&offers, &read), Action::Down);
    assert_eq!(home.act(values(&offers, &read), Action::Confirm), Some(Outcome::Next(2)));
    for (columns, rows, theme, name) in [(80, 24, dark(), "80x24_dark"), (120, 40, light(), "120x40_light")] {
        let drawn = drawn(columns, rows, &theme, |area, buf| {
            home.draw(values(&offers, &read), &theme, &keymap, area, buf);
        });
        insta::assert_snapshot!(format!("next_of_{name}"), picture(&drawn));
    }
}
