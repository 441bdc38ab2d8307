//! Notes into groups, with keys only.

use super::*;
use crate::script::{self, Kind, Script};
use crate::session::testing::{Room, script_and, step};
use crate::tui::steps::testing::{Desk, NOTES, ascii};
use crate::tui::testing::{dark, light, picture};

fn cluster_script(groups: &[&str]) -> Script {
    let groups = groups.iter().map(|name| (*name).to_owned()).collect();
    let kind = Kind::Cluster(script::Cluster { groups });
    script_and(step("groups", "What belongs together?", 10, &["practices"], kind))
}

fn desk_with(groups: &[&str], notes: &[(&str, &str)]) -> Desk<Cluster> {
    let room = Room::of(cluster_script(groups)).go("practices").next();
    let room = notes.iter().fold(room, |room, (side, text)| room.note(side, text));
    Desk::new(room.go("groups"))
}

/// On the board, with the first note marked.
fn desk() -> Desk<Cluster> {
    let mut desk = desk_with(&["Price", "People"], &NOTES);
    desk.focus = Focus::Board;
    keys(&mut desk, "d");
    desk
}

/// Arrows as `u d l r`, Space as `_`, Enter as `~`, Esc as `b`, digits and `g` as themselves.
fn keys(desk: &mut Desk<Cluster>, keys: &str) {
    for key in keys.chars() {
        let action = match key {
            'u' => StepAction::Move(Direction::Up),
            'd' => StepAction::Move(Direction::Down),
            'l' => StepAction::Move(Direction::Left),
            'r' => StepAction::Move(Direction::Right),
            '_' => StepAction::Pick,
            '~' => StepAction::Confirm,
            'b' => StepAction::Back,
            'g' => StepAction::NewGroup,
            digit => StepAction::Digit(u8::try_from(digit.to_digit(10).unwrap()).unwrap()),
        };
        desk.act(action);
    }
}

/// How many stand in each group, then in none.
fn counts(desk: &Desk<Cluster>) -> Vec<usize> {
    let here = desk.here();
    let Grouping { groups, loose } = here.shown.grouping(here.pass.reference()).into_owned();
    groups.iter().map(|(_, members)| members.len()).chain([loose.len()]).collect()
}

fn marked(desk: &Desk<Cluster>) -> String {
    let here = desk.here();
    match desk.screen.marked_on(&desk.screen.board(&here)) {
        Some(Marked::Thing(what)) => here.shown.told(what).unwrap().text.into_owned(),
        Some(Marked::Group(group)) => here.shown.cluster(group).unwrap().name.clone(),
        None => String::new(),
    }
}

#[test]
fn a_digit_puts_the_marked_note_into_a_group_and_the_mark_goes_on() {
    let mut desk = desk();
    assert_eq!(marked(&desk), NOTES[0].1);
    keys(&mut desk, "12");
    assert_eq!((counts(&desk), marked(&desk).as_str()), (vec![1, 1, 4], NOTES[2].1));
    keys(&mut desk, "1111");
    assert_eq!((counts(&desk), marked(&desk).as_str()), (vec![5, 1, 0], ""));
    keys(&mut desk, "7");
    assert!(desk.said.starts_with("There is no group 7 yet."), "{}", desk.said);
    for _ in 0..6 {
        desk.carry_out(vec![Effect::ask(Request::Undo)]);
    }
    assert_eq!(counts(&desk), [0, 0, 6]);
}

#[test]
fn several_are_picked_and_go_together() {
    let mut desk = desk();
    keys(&mut desk, "__");
    assert_eq!(desk.label(), "New group with the 2 picked");
    keys(&mut desk, "2");
    assert_eq!(counts(&desk), [0, 2, 4]);
    keys(&mut desk, "_b");
    assert!(desk.screen.picked.is_empty(), "Esc lets go");
    assert!(!desk.act(StepAction::Back), "and then leads to the line");
}

#[test]
fn a_name_makes_a_group_of_what_is_picked() {
    let mut desk = desk();
    keys(&mut desk, "__g");
    assert_eq!(desk.focus, Focus::Line);
    desk.enter("Visits");
    assert_eq!((counts(&desk), desk.focus), (vec![0, 0, 2, 4], Focus::Board));
    desk.focus = Focus::Line;
    desk.enter("Empty").enter("visits");
    assert_eq!((counts(&desk), desk.focus), (vec![0, 0, 2, 0, 4], Focus::Line));
    assert!(desk.said.starts_with("There is a group called visits already."), "{}", desk.said);
    desk.line.clear();
    desk.enter("4");
    assert_eq!(counts(&desk), [0, 0, 2, 1, 3], "a number reaches groups beyond the ninth");
    desk.enter("");
    assert_eq!(desk.focus, Focus::Board);
    let sheet = desk.screen.sheet(&desk.here(), "Ways in\nContracts").unwrap();
    assert_eq!(sheet.drafts().count(), 2);
}

#[test]
fn a_group_is_opened_split_merged_and_emptied() {
    let mut desk = desk();
    keys(&mut desk, "___1r~");
    assert_eq!(desk.screen.board(&desk.here()).things().len(), 3);
    keys(&mut desk, "l_g");
    desk.enter("Split");
    assert_eq!(counts(&desk), [2, 0, 1, 3]);
    keys(&mut desk, "0");
    assert_eq!(counts(&desk), [1, 0, 1, 4]);
    keys(&mut desk, "b");
    assert_eq!(marked(&desk), "Price");
    assert_eq!(
        desk.screen.marked(&desk.here()),
        Some(ItemId::Cluster(desk.room.session().clusters.iter().next().unwrap().id))
    );
    keys(&mut desk, "3");
    assert_eq!((counts(&desk), marked(&desk).as_str()), (vec![0, 2, 4], "Split"));
    desk.carry_out(vec![Effect::ask(Request::Undo)]);
    assert_eq!(counts(&desk), [1, 0, 1, 4]);
}

#[test]
fn words_are_looked_for() {
    let mut desk = desk();
    desk.focus = Focus::Line;
    desk.enter("/SUPPLIER");
    assert_eq!((desk.screen.board(&desk.here()).things().len(), desk.focus), (2, Focus::Board));
    assert!(desk.plain(78, 14, &ascii()).contains("2 say"));
    keys(&mut desk, "b");
    assert_eq!(desk.screen.board(&desk.here()).things().len(), 6);
}

#[test]
fn it_looks_right() {
    let mut desk = desk();
    keys(&mut desk, "12_d_");
    insta::assert_snapshot!("cluster_80", picture(&desk.drawn(78, 13, &dark())));
    insta::assert_snapshot!("cluster_80_light", picture(&desk.drawn(78, 13, &light())));
    keys(&mut desk, "br");
    insta::assert_snapshot!("cluster_group_marked_120", picture(&desk.drawn(118, 28, &dark())));
    insta::assert_snapshot!("cluster_group_marked_120_light", picture(&desk.drawn(118, 28, &light())));
    let line = Desk { focus: Focus::Line, ..desk_with(&[], &NOTES) };
    insta::assert_snapshot!("cluster_line_80", picture(&line.drawn(78, 13, &dark())));
}

#[test]
fn many_notes_and_groups_take_one_screen() {
    let texts: Vec<String> = (1..=500).map(|n| format!("Note number {n}")).collect();
    let notes: Vec<(&str, &str)> = texts.iter().map(|text| ("sales", text.as_str())).collect();
    let names: Vec<String> = (1..=30).map(|n| format!("Group {n}")).collect();
    let groups: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut desk = desk_with(&groups, &notes);
    desk.focus = Focus::Board;
    keys(&mut desk, "d9rdddddddddddddddddddd");
    let shown = desk.plain(78, 13, &ascii());
    for words in ["499 of 500 are in no group yet.", "Note number 2", "more", "Group 21"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
}

#[test]
fn it_draws_at_every_size() {
    let mut desk = desk();
    keys(&mut desk, "12_");
    desk.draws_at_every_size(&dark());
    desk_with(&[], &[]).draws_at_every_size(&ascii());
}
