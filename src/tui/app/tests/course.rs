//! The course of a session: from part to part, in time, and what lies over the screen.

use super::*;
use crate::session::{Hush, Status};

fn present_is_silent(desk: &Desk) -> bool {
    matches!(desk.session().current().unwrap().hush(), Some(Hush::Kept { .. }))
}

/// At a step by its place in the agenda, counted from 1.
fn at_step(place: usize) -> Desk {
    let mut desk = Desk::begun();
    desk.keys(&format!("<F3>{}<Enter>", "<Down>".repeat(place - 1)));
    desk
}

#[test]
fn leaving_a_hidden_round_asks_whether_to_reveal() {
    for (answer, cover) in [("<Enter>", "Lost deals"), ("<Down><Enter>", "1 hidden")] {
        let mut desk = Desk::begun();
        desk.keys("<Tab>Lost deals<Enter><PageDown>").shows("Reveal the notes of all sides now?");
        assert_eq!(desk.round(), 1);
        desk.keys(answer).shows(cover);
        assert_eq!(desk.round(), 2);
    }
}

#[test]
fn the_question_can_be_left_where_it_was_asked() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter>half<PageDown><Esc>").hides("Reveal");
    assert_eq!((desk.round(), desk.line()), (1, "half"));
}

#[test]
fn revealing_asks_where_a_side_has_written_nothing() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter><Ctrl+R>")
        .shows("Nothing yet from Sales")
        .keys("<Enter>")
        .hides("Should-cost");
    desk.keys("<Tab>Lost deals<Enter><Ctrl+R>").shows("Should-cost").shows("Lost deals");
    desk.keys("<Ctrl+R>").shows("Nothing is hidden here");
}

#[test]
fn a_draft_waits_in_its_step() {
    let mut desk = Desk::begun();
    desk.keys("half a thought<PageDown><PageDown>");
    assert_eq!((desk.step(), desk.line()), ("mirror", ""));
    desk.keys("other words<PageUp><PageUp>");
    assert_eq!((desk.step(), desk.line()), ("practices", "half a thought"));
    desk.keys("<PageDown>");
    assert_eq!((desk.step(), desk.line()), ("mirror", "other words"));
}

#[test]
fn the_agenda_jumps_to_any_step_and_back_without_losing_anything() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter>half<F3>").shows("Agenda").keys("<End><Enter>");
    assert_eq!(desk.step(), "leave");
    desk.keys("4 useful<Enter><F3><Home><Enter>");
    assert_eq!((desk.step(), desk.line()), ("practices", "half"));
    assert_eq!(desk.notes(), "purchasing: Should-cost\n");
    assert_eq!(desk.session().ratings.iter().count(), 1);
    desk.keys("<F3><F3>").hides("Agenda").keys("<F3><Esc>").hides("Agenda");
    assert_eq!(desk.step(), "practices");
}

#[test]
fn a_step_that_is_jumped_over_can_be_run_later() {
    let mut desk = at_step(5);
    assert_eq!(desk.step(), "decide");
    desk.keys("<F3><Home><Down><Enter>");
    assert_eq!(desk.step(), "mirror");
}

#[test]
fn before_the_first_step_there_is_nothing_before_it() {
    let mut desk = Desk::begun();
    desk.keys("<PageUp>").shows("This is the beginning");
}

#[test]
fn a_countdown_runs_is_paused_and_given_more() {
    let mut desk = Desk::begun();
    let left = |desk: &Desk| desk.session().current().unwrap().current().countdown.left(desk.now).to_string();
    assert_eq!(left(&desk), "5:00");
    desk.wait(60);
    assert_eq!(left(&desk), "4:00");
    desk.keys("<Ctrl+T>").wait(60).keys("<Ctrl+T>");
    assert_eq!(left(&desk), "4:00");
    desk.keys("<Ctrl+E><Ctrl+E><Ctrl+D>").wait(360);
    assert_eq!(left(&desk), "+1:00");
    assert_eq!(desk.round(), 1, "overtime never goes on by itself");
}

#[test]
fn nothing_is_asked_for_where_nothing_changes() {
    let mut desk = Desk::begun();
    desk.until_saved().keys("<Ctrl+T>").until_saved().wait(120);
    let next = desk.app.next_moment(&desk.moment()).unwrap();
    assert!(next > Duration::from_secs(1), "only the clock goes on: {next:?}");
}

#[test]
fn in_a_silence_a_clicker_does_nothing() {
    let mut desk = at_step(4);
    desk.shows("Enter begins the silence").keys("<Enter>");
    assert!(present_is_silent(&desk));
    let before = desk.session().clone();
    let calm = desk.screen();
    for keys in
        ["<PageDown>", "<PageUp>", "<Esc>", ".", "<F5>", "b", "<Enter>", "<Up>", "<F3>", "<F2>", "<Ctrl+Z>"]
    {
        desk.keys(keys);
        assert_eq!((desk.session(), desk.screen()), (&before, calm.clone()), "{keys}");
    }
    desk.pastes("one\ntwo\n");
    assert_eq!((desk.session(), desk.screen()), (&before, calm));
    assert_eq!(desk.notes(), "");
}

#[test]
fn a_silence_ends_by_itself_when_its_time_is_over() {
    let mut desk = at_step(4);
    desk.keys("<Enter>").wait(239);
    assert!(present_is_silent(&desk));
    desk.wait(1);
    assert!(!present_is_silent(&desk));
    desk.keys("Ask twice<Enter>");
    assert_eq!(desk.session().insights.iter().count(), 1);
}

#[test]
fn the_way_out_of_a_silence_offers_less_of_it_first() {
    let mut desk = at_step(4);
    desk.keys("<Enter>").wait(10).keys("<Ctrl+P>end<Enter>").shows("Keep the silence");
    desk.keys("<Enter>");
    assert!(present_is_silent(&desk));
    desk.keys("<Ctrl+P>end<Enter><Down><Enter>").hides("Keep the silence").wait(59);
    assert!(present_is_silent(&desk));
    desk.wait(1);
    assert!(!present_is_silent(&desk));
    let Some(Hush::Over { .. }) = desk.session().current().unwrap().hush() else { panic!("it is over") };
}

#[test]
fn the_palette_runs_an_action_with_what_was_typed_waiting() {
    let mut desk = Desk::begun();
    desk.keys("half<Ctrl+P>minute more")
        .shows("Give a minute more")
        .keys("<Enter>")
        .hides("What can be done");
    assert_eq!(desk.session().current().unwrap().current().countdown.length(), 360_000);
    assert_eq!(desk.line(), "half");
    desk.keys("<Ctrl+P>zzzzzz<Enter>").keys("<Esc>").hides("What can be done").keys("<Ctrl+P><Ctrl+P>x");
    assert_eq!(desk.line(), "halfx");
}

#[test]
fn looks_change_one_after_the_other() {
    let mut desk = Desk::begun();
    let background = |desk: &Desk| desk.buffer(80, 24)[(0, 0)].bg;
    let dark = background(&desk);
    desk.keys("<Ctrl+P>dark light<Enter>");
    assert!(desk.last.redraw);
    assert_ne!(background(&desk), dark);
    desk.keys("<Ctrl+P>dark light<Enter><Ctrl+P>dark light<Enter>");
    assert_eq!(background(&desk), dark);
}

#[test]
fn help_tells_the_keys_of_the_place_and_of_what_lies_over_it() {
    let mut desk = Desk::begun();
    desk.keys("<F1>")
        .shows("Add what the line says")
        .keys("x<End><Home><F1>")
        .hides("Add what the line says");
    desk.keys("<F3><F1>").shows("Take what is marked").keys("<Esc>");
    assert_eq!(desk.line(), "");
}

#[test]
fn help_scrolls_and_comes_back_from_its_end() {
    let mut desk = Desk::begun();
    let _ = desk.buffer(80, 24);
    let first = desk.keys("<F1>").screen();
    let last = desk.keys("<End>").screen();
    assert_ne!(first, last);
    desk.keys("<PageDown><Down>");
    assert_eq!(desk.screen(), last);
    assert_ne!(desk.keys("<Up>").screen(), last);
    assert_eq!(desk.keys("<Home>").screen(), first);
}

#[test]
fn help_over_a_question_leads_back_to_it() {
    let mut desk = Desk::begun();
    desk.pastes("one\ntwo\n")
        .keys("<F1>")
        .hides("Add 2 lines")
        .keys("<Esc>")
        .shows("Add 2 lines, each as one?");
    desk.keys("<F1><F1><Enter>");
    assert_eq!(desk.session().notes.iter().count(), 2);
}

#[test]
fn leaving_from_a_question_loses_nothing() {
    for keys in ["<Ctrl+Q>", "<F1><Ctrl+Q>"] {
        let mut desk = Desk::begun();
        desk.keys("before: ").pastes("one\ntwo\n").keys(keys).shows("Leave; the session stays open");
        desk.keys("<Esc>").hides("each as one?");
        assert_eq!(desk.line(), "before: one\ntwo");
    }
}

#[test]
fn the_facilitators_part_is_covered_until_it_is_asked_for() {
    let mut desk = Desk::begun();
    desk.hides("Nobody speaks").keys("<F2>").shows("Nobody speaks").keys("<F2>").hides("Nobody speaks");
}

#[test]
fn stray_keys_do_no_harm() {
    for place in 1..=6 {
        let mut desk = at_step(place);
        desk.keys("kept");
        let before = desk.session().clone();
        desk.keys("<F5><Esc><F5><Esc><F5>").keys("<F12><Ctrl+_><Ctrl+X>");
        assert_eq!(*desk.session(), before, "step {place}");
        assert!(!desk.last.leave);
    }
}

#[test]
fn after_the_last_step_the_summary_tells_where_the_file_lies() {
    let mut desk = at_step(6);
    desk.keys("5 useful<Enter><PageDown>");
    let path = desk.room().path().display().to_string();
    desk.until_saved().shows(&path).shows("All of it is saved in").keys("<Esc>");
    assert_eq!(desk.step(), "leave");
    desk.keys("<Ctrl+Q>").shows(&path).keys("<Enter>");
    assert!(desk.last.leave);
    assert!(desk.session().status.is_open(), "leaving does not close");
    assert_eq!(desk.farewell(), Farewell { path: Some(path.into()), trouble: None });
}

#[test]
fn a_session_is_closed_from_its_summary() {
    let mut desk = at_step(6);
    desk.keys("5 useful<Enter><PageDown><Down><Enter>");
    assert!(desk.last.leave);
    assert!(matches!(desk.session().status, Status::Closed { .. }));
    let disk = desk.disk.clone();
    let path = desk.farewell().path.unwrap();
    let file = String::from_utf8(crate::storage::Medium::read(&disk, &path, 1 << 20).unwrap()).unwrap();
    assert!(file.contains("useful"), "{file}");
}

#[test]
fn what_is_hidden_keeps_a_session_from_being_closed() {
    let mut desk = Desk::begun();
    desk.keys("secret<Enter><Ctrl+Q>").shows("Something is still hidden").keys("<Down><Enter>");
    desk.shows("What is to become of it?").keys("<Esc>");
    assert!(!desk.last.leave);
    assert!(desk.session().status.is_open());
    assert!(!desk.until_file("Session(").file().contains("secret"));
}
