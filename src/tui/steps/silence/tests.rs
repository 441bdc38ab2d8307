//! Nothing moves in a silence, and what it leads to.

use super::*;
use crate::script::Kind;
use crate::session::testing::{Room, script, side};
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, light, picture};

fn waiting() -> Desk<Silence> {
    Desk::new(
        Room::new().person("Anna Berg", "purchasing").person("Bo", "sales").person("Cy", "").go("quiet"),
    )
}

fn kept(secs: i64) -> Desk<Silence> {
    let mut desk = waiting();
    desk.room = desk.room.does(Request::BeginSilence).wait(secs);
    desk
}

fn over() -> Desk<Silence> {
    let mut desk = kept(240);
    desk.room = desk.room.does(Request::EndSilence);
    desk
}

fn labels(dialog: &Dialog) -> Vec<&str> {
    dialog.choices.iter().map(|choice| choice.label.as_str()).collect()
}

#[test]
fn enter_begins_it_and_its_own_time_ends_it() {
    let mut desk = waiting();
    assert_eq!(desk.screen.place(&desk.here(), Focus::Line), Place::Ready);
    assert!(desk.screen.is_whole_screen(&desk.here()) && !desk.screen.has_line(&desk.here()));
    assert!(desk.act(StepAction::BeginSilence));
    assert_eq!(desk.screen.place(&desk.here(), Focus::Line), Place::Silence);
    for (secs, due) in [(239, false), (240, true), (500, true)] {
        let desk = kept(secs);
        assert_eq!(desk.screen.due(&desk.here()).is_some(), due, "after {secs} s");
    }
    let mut desk = kept(240);
    let due = desk.screen.due(&desk.here());
    desk.carry_out(due.into_iter().collect());
    assert_eq!(desk.screen.place(&desk.here(), Focus::Line), Place::Compose);
    assert_eq!(desk.screen.due(&desk.here()), None);
    assert!(!desk.screen.is_whole_screen(&desk.here()));
}

#[test]
fn in_a_silence_nothing_acts_but_the_way_out() {
    let mut desk = kept(10);
    for action in [StepAction::NextField, StepAction::BeginSilence, StepAction::Confirm, StepAction::Back] {
        assert!(!desk.act(action), "{action:?}");
    }
    assert!(!waiting().act(StepAction::EndSilence));
}

#[test]
fn ending_it_offers_less_of_it_first() {
    let mut desk = kept(60);
    desk.act(StepAction::EndSilence);
    let dialog = desk.dialog.take().unwrap();
    assert_eq!(
        labels(&dialog),
        [
            "Keep the silence",
            "Make it shorter: one more minute",
            "Make it shorter: half of what is left, 1:30",
            "End it now"
        ]
    );
    assert_eq!((dialog.marked, &dialog.choices[0].effects), (0, &Vec::new()));
    desk.carry_out(dialog.choices[2].effects.clone());
    assert_eq!(secs_left(&desk.here()), 90);
    desk.carry_out(dialog.choices[3].effects.clone());
    assert_eq!(desk.said, "");
    assert_eq!(phase(&desk.here()), Phase::Insights);
    let mut late = kept(235);
    late.act(StepAction::EndSilence);
    assert_eq!(labels(&late.dialog.unwrap()), ["Keep the silence", "End it now"]);
}

#[test]
fn each_insight_is_theirs_whose_turn_it_is() {
    let mut desk = over();
    assert_eq!(desk.label(), "Anna Berg’s insight");
    desk.enter("I will show the numbers #open");
    assert_eq!(desk.label(), "Bo’s insight");
    desk.enter("@Cy ask twice");
    assert_eq!(desk.label(), "Bo’s insight", "Cy came first; Bo has not been heard");
    desk.act(StepAction::PreviousField);
    desk.act(StepAction::PreviousField);
    assert_eq!(desk.label(), "Insight");
    desk.enter("listen longer");
    desk.act(StepAction::PreviousField);
    assert_eq!(desk.screen.label(&desk.here()), Label { side: Some(side("sales")), what: "insight".into() });
    desk.enter("fewer slides");
    let told: Vec<_> = desk
        .room
        .session()
        .insights
        .iter()
        .map(|insight| {
            let name = insight.author.map_or("", |author| desk.room.shown().name(author));
            (insight.text.as_str(), name, insight.side.as_ref().map_or("", |side| side.0.as_str()))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("I will show the numbers #open", "Anna Berg", "purchasing"),
            ("ask twice", "Cy", ""),
            ("listen longer", "", ""),
            ("fewer slides", "", "sales"),
        ]
    );
}

#[test]
fn a_turn_comes_back_with_undo() {
    let mut desk = over();
    desk.enter("one").enter("two");
    assert_eq!(desk.label(), "Cy’s insight");
    desk.room = desk.room.does(Request::Undo);
    assert_eq!(desk.label(), "Bo’s insight");
}

#[test]
fn a_pasted_list_is_nobodys_alone() {
    let desk = over();
    let sheet = desk.screen.sheet(&desk.here(), "one\n@bo two").unwrap();
    let authors: Vec<bool> = sheet
        .drafts()
        .map(|draft| matches!(draft, Draft::Insight(insight) if insight.author.is_some()))
        .collect();
    assert_eq!(authors, [false, true]);
}

#[test]
fn the_silence_is_calm() {
    insta::assert_snapshot!("waiting_80x24", picture(&waiting().drawn(80, 24, &dark())));
    insta::assert_snapshot!("kept_80x24", picture(&kept(62).drawn(80, 24, &dark())));
    insta::assert_snapshot!("kept_120x40", picture(&kept(62).drawn(120, 40, &light())));
    assert!(kept(62).plain(80, 24, &ascii()).contains("2:58"));
}

#[test]
fn the_digits_stay_where_they_are() {
    let last = |desk: &Desk<Silence>| {
        let buf = desk.drawn(80, 24, &dark());
        buf.content
            .iter()
            .enumerate()
            .filter(|(_, cell)| "█▀▄▌▐".contains(cell.symbol()))
            .map(|(at, _)| at % 80)
            .max()
    };
    assert_eq!(last(&kept(1)).map(|at| at / 8), last(&kept(230)).map(|at| at / 8));
    let area = |secs| {
        kept(secs).drawn(80, 24, &dark()).content.iter().map(ratatui::buffer::Cell::style).collect::<Vec<_>>()
    };
    assert_eq!(area(1), area(239), "no digit changes any colour");
}

#[test]
fn after_the_silence_its_question_stands_alone() {
    assert_eq!(kept(10).screen.question(&kept(10).here()), None);
    let desk = over();
    let own = desk.screen.question(&desk.here());
    assert_eq!(own, Some(("What will I do differently?", "")), "the silence's own where there is no other");
    let mut script = script();
    for step in &mut script.steps {
        if let Kind::Silence(silence) = &mut step.kind {
            silence.then.as_mut().unwrap().prompt = "What do I see now?".to_owned();
        }
    }
    let room = Room::of(script).go("quiet").does(Request::BeginSilence).wait(240).does(Request::EndSilence);
    let desk = Desk::<Silence>::new(room);
    assert_eq!(desk.screen.question(&desk.here()), Some(("What do I see now?", "")));
    assert!(!desk.plain(78, 17, &dark()).contains("What do I see now?"), "it is drawn above the content");
}

#[test]
fn insights_stand_by_sides() {
    let mut desk = over();
    desk.enter("I will show our should-cost numbers before the first meeting with a supplier")
        .enter("Ask the customer twice what comes after price")
        .enter("Listen longer");
    insta::assert_snapshot!("insights_80x17", picture(&desk.drawn(78, 17, &dark())));
    insta::assert_snapshot!("insights_120x40", picture(&desk.drawn(118, 33, &light())));
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(crate::tui::steps::Direction::Up));
    assert!(desk.screen.marked(&desk.here()).is_some());
}

#[test]
fn it_draws_at_every_size() {
    waiting().draws_at_every_size(&dark());
    kept(100).draws_at_every_size(&ascii());
    let mut desk = over();
    desk.enter("One").enter("Two");
    desk.draws_at_every_size(&dark());
}
