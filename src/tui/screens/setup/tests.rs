//! What keys and pastes do at set-up, and how it looks.

use super::super::samples::offers;
use super::*;
use crate::session::testing::{moment, side};
use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

fn setup() -> Setup {
    Setup::new(&offers()[1], None)
}

fn at(mut setup: Setup, what: What) -> Setup {
    setup.mark = setup.fields.iter().position(|field| field.what == what).unwrap();
    setup
}

fn typed(setup: Setup, what: What, text: &str) -> Setup {
    let mut setup = at(setup, what);
    while setup.edit(Edit::Backspace) {}
    for c in text.chars() {
        setup.edit(Edit::Insert(c));
    }
    setup
}

fn person(name: &str, of: &str) -> (String, Option<SideKey>) {
    (name.to_owned(), (!of.is_empty()).then(|| side(of)))
}

#[test]
fn enter_begins_at_once_with_what_is_remembered() {
    let last = LastTime {
        side_names: vec!["Buyers".to_owned()],
        people: vec![person("Anna", "purchasing"), person("Bo", "sales"), person("Cleo", "")],
    };
    let mut setup = Setup::new(&offers()[1], Some(&last));
    let Some(Outcome::Begin(beginning)) = setup.act(Action::Confirm) else { panic!("{setup:?}") };
    assert_eq!(beginning.side_names, ["Buyers", "Sales"]);
    assert_eq!(beginning.people, last.people);
    assert_eq!((beginning.title.as_str(), beginning.start), ("", None));
}

#[test]
fn enter_goes_through_the_fields_and_begins_on_the_last() {
    let mut setup = at(setup(), What::Title);
    for _ in 0..7 {
        assert_eq!(setup.act(Action::Confirm), None);
    }
    assert_eq!(setup.fields[setup.mark].what, What::Privacy);
    assert!(matches!(setup.act(Action::Confirm), Some(Outcome::Begin(_))));
    assert_eq!(setup.act(Action::Back), Some(Outcome::Back));
}

#[test]
fn what_was_typed_waits_with_what_is_to_be_private_and_no_name_where_none_is_kept() {
    let again = |left: &Setup| setup().resume(&left.unbegun().unwrap());
    assert_eq!(setup().unbegun(), None, "nothing was typed");
    let left =
        typed(typed(typed(setup(), What::Title, "In spring"), What::People(1), "Bo, "), What::Start, "1");
    let open = again(&left);
    assert_eq!(
        (open.text(What::Title), open.text(What::People(1)), open.text(What::Start)),
        ("In spring", "Bo,", "1")
    );
    assert_eq!((open.privacy, open.marked()), (Privacy::default(), None));
    let mut anonymous = at(left, What::Privacy);
    anonymous.edit(Edit::Insert(' '));
    anonymous.edit(Edit::Insert(' '));
    let back = again(&anonymous);
    assert!(back.privacy.anonymous && !back.privacy.confidential);
    assert_eq!((back.text(What::Title), back.text(What::Start)), ("In spring", "1"));
    assert!(!format!("{:?}", anonymous.unbegun()).contains("Bo"));
    let other = Unbegun::new(vec!["Of other sides".to_owned()], Privacy::default());
    assert_eq!(setup().resume(&other).text(What::Title), "");
}

#[test]
fn what_is_kept_private_is_chosen_and_names_wait_where_none_are_kept() {
    let mut setup = at(typed(setup(), What::People(0), "Anna"), What::Privacy);
    let chosen = |setup: &Setup| (setup.privacy.confidential, setup.privacy.anonymous);
    let all = [(true, false), (false, true), (true, true), (false, false)];
    for expected in all {
        assert!(setup.edit(Edit::Insert(' ')));
        assert_eq!((chosen(&setup), setup.marked()), (expected, Some(What::Privacy)));
        let people = if expected.1 { Vec::new() } else { vec![person("Anna", "purchasing")] };
        assert_eq!(setup.beginning().unwrap().people, people);
        assert_eq!(setup.beginning().unwrap().privacy, setup.privacy);
    }
    setup.edit(Edit::Left);
    assert_eq!(chosen(&setup), (true, true));
    setup.mark = setup.fields.len();
    setup.paste("Bo");
    setup.edit(Edit::Insert('x'));
    assert!(setup.beginning().unwrap().people.is_empty());
    let whats: Vec<What> = setup.fields.iter().map(|field| field.what).collect();
    assert_eq!(whats, [What::Title, What::SideName(0), What::SideName(1), What::Start, What::Privacy]);
}

#[test]
fn tab_goes_round_and_arrows_stop() {
    let mut setup = setup();
    setup.act(Action::NextField);
    assert_eq!(setup.mark, 0);
    setup.act(Action::Up);
    assert_eq!(setup.mark, 0);
    setup.act(Action::PreviousField);
    assert_eq!(setup.mark, setup.fields.len());
    setup.act(Action::Down);
    assert_eq!(setup.mark, setup.fields.len());
    assert!(!setup.edit(Edit::Insert('x')), "nothing is typed where it begins");
}

#[test]
fn a_pasted_list_goes_to_the_sides_it_names() {
    let mut setup = at(setup(), What::People(1));
    setup.paste("- Anna: Purchasing\n- Bo\n- Cleo: sales\n");
    setup.paste("Dan, Eve: P");
    let beginning = setup.beginning().unwrap();
    let expected = [
        person("Anna", "purchasing"),
        person("Eve", "purchasing"),
        person("Bo", "sales"),
        person("Cleo", "sales"),
        person("Dan", "sales"),
    ];
    assert_eq!(beginning.people, expected);
    let mut setup = at(setup, What::Title);
    setup.paste("Spring\nmeeting");
    assert_eq!(setup.beginning().unwrap().title, "Spring meeting");
}

#[test]
fn what_cannot_be_understood_is_said_at_its_field_and_kept() {
    let table = [
        (What::Start, "25:00", "\"25:00\" is no time of day"),
        (What::People(0), "Anna, Bo: Legal", "no side \"Legal\""),
        (What::People(0), "Anna, anna", "two of the name \"anna\""),
        (What::SideName(1), "purchasing", "Another side is called \"purchasing\""),
    ];
    for (what, text, words) in table {
        let mut setup = typed(setup(), what, text);
        setup.mark = setup.fields.len();
        assert_eq!(setup.act(Action::Confirm), None, "{text}");
        assert_eq!(setup.fields[setup.mark].what, what);
        assert_eq!(setup.text(what), text);
        let said = setup.problem.clone().unwrap();
        assert!(said.words().contains(words), "{}", said.words());
        setup.edit(Edit::Backspace);
        assert_eq!(setup.problem, None);
    }
    let twice = typed(typed(setup(), What::People(0), "Anna"), What::Guests, "Anna");
    assert_eq!(twice.fields[twice.beginning().unwrap_err().field].what, What::Guests);
    let mut pasted = at(setup(), What::Guests);
    pasted.paste("Anna: Legal\nBo");
    assert_eq!(pasted.text(What::Guests), "Anna: Legal, Bo");
}

fn filled() -> Setup {
    let people =
        "Anna Berg, Bo Lindqvist, Cleo, Dan, Eve, Finn, Greta, Hugo, Ida, Jon, Kai, Lea, Mio, Nea, Olof";
    let setup = typed(setup(), What::People(0), people);
    typed(setup, What::Start, "14:75")
}

#[test]
fn it_looks_as_it_should() {
    let keymap = Keymap::default();
    let mut wrong = filled();
    wrong.mark = wrong.fields.len();
    wrong.act(Action::Confirm);
    for (name, theme) in [("dark", dark()), ("light", light())] {
        for (columns, rows) in [(80, 24), (120, 40), (200, 60), (60, 16)] {
            for (about, setup) in [("first", setup()), ("wrong", wrong.clone())] {
                if about == "wrong" && (name == "light" || columns > 80) {
                    continue;
                }
                let buf = drawn(columns, rows, &theme, |area, buf| {
                    setup.draw(moment(0), &theme, &keymap, area, buf);
                });
                insta::assert_snapshot!(format!("setup_{about}_{name}_{columns}"), picture(&buf));
            }
        }
    }
}

#[test]
fn the_cursor_stands_where_one_types_however_small_the_screen() {
    let (theme, keymap) = (dark(), Keymap::default());
    let mut setup = filled();
    for mark in 0..setup.fields.len() {
        setup.mark = mark;
        for (columns, rows) in [(80, 24), (60, 16), (60, 10)] {
            let area = Rect::new(0, 0, columns, rows);
            let at = setup.cursor(&theme, area).unwrap();
            let shown = plain(&drawn(columns, rows, &theme, |area, buf| {
                setup.draw(moment(0), &theme, &keymap, area, buf);
            }));
            let line = shown.lines().nth(usize::from(at.y)).unwrap();
            let before: String = line.chars().take(usize::from(at.x)).collect();
            let last: String = setup.fields[mark].line.text().chars().rev().take(1).collect();
            assert!(before.ends_with(&last), "{columns}x{rows} {mark}\n{shown}");
        }
    }
    setup.mark = setup.fields.len();
    assert_eq!(setup.cursor(&theme, Rect::new(0, 0, 80, 24)), None);
}

#[test]
fn it_draws_at_every_size() {
    let (theme, keymap) = (dark(), Keymap::default());
    let mut setup = filled();
    setup.mark = setup.fields.len();
    setup.act(Action::Confirm);
    at_every_size(|area, buf| setup.draw(moment(0), &theme, &keymap, area, buf));
    at_every_size(|area, _| {
        let _ = setup.cursor(&theme, area);
    });
}
