//! One key each, a new day, a word why, and how it looks.

use super::*;
use crate::script::Kind;
use crate::session::testing::{Room, december, script, step};
use crate::session::{Fate, Part};
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, light, picture};

/// A session with things that are due, and the next of it four weeks later at its follow-up.
fn desk() -> Desk<FollowUp> {
    let last = Room::new()
        .person("Anna Berg", "purchasing")
        .go("decide")
        .decision("Purchasing and sales read one plan for each key customer", "Anna Berg")
        .action("the plan is drafted", "send it round to both sides", "Anna Berg", 3)
        .action("", "invite delivery", "", 23)
        .park("Who pays for the joint visits?", Fate::NextSession);
    Desk::new(next_of(&last))
}

fn next_of(last: &Room) -> Room {
    let mut script = script();
    let kind = Kind::FollowUp(crate::script::FollowUp);
    script.steps.insert(0, step("before", "What became of it?", 5, &[], kind));
    Room::after_with(last.session(), script).next()
}

fn stands(desk: &Desk<FollowUp>) -> Vec<(Standing, &str)> {
    desk.room.session().updates.iter().map(|update| (update.standing, update.why.as_str())).collect()
}

#[test]
fn one_key_says_what_became_of_it_and_the_line_why() {
    let mut desk = desk();
    assert_eq!(desk.screen.place(&desk.here(), desk.focus), Place::Board, "keys act at once");
    desk.act(StepAction::Stand(Standing::Done));
    assert_eq!((desk.label().as_str(), desk.focus), ("Done: how did it go", Focus::Line));
    desk.enter("it took a day");
    desk.act(StepAction::Stand(Standing::Dropped));
    desk.enter("");
    assert_eq!(stands(&desk), [(Standing::Done, "it took a day"), (Standing::Dropped, "")]);
    assert_eq!(desk.screen.place(&desk.here(), desk.focus), Place::Board);
}

#[test]
fn the_question_that_was_being_answered_comes_back() {
    let mut desk = desk();
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Stand(Standing::GoingOn { by: None }));
    assert_eq!(desk.started_again().label(), "By when now");
    desk.enter("24 dec");
    assert_eq!(desk.started_again().label(), "Going on: why");
    let last = desk.room.shown().open_items().last().unwrap().of;
    assert_eq!(desk.screen.item(&desk.here()).unwrap().of, last);
}

#[test]
fn what_goes_on_may_have_a_new_day() {
    let mut desk = desk();
    desk.act(StepAction::Stand(Standing::GoingOn { by: None }));
    desk.enter("soon");
    assert_eq!((desk.said.as_str(), desk.line.as_str()), (dates::FORMS, "soon"));
    desk.line.clear();
    desk.enter("24 dec").enter("the figures come late");
    let by = Some(december(24));
    assert_eq!(stands(&desk), [(Standing::GoingOn { by }, "the figures come late")]);
    // The next one has no new day.
    desk.act(StepAction::Stand(Standing::GoingOn { by: None }));
    desk.enter("").enter("");
    assert_eq!(stands(&desk)[1], (Standing::GoingOn { by: None }, ""));
}

#[test]
fn a_mark_can_be_put_anywhere_and_a_word_changed() {
    let mut desk = desk();
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Stand(Standing::Done));
    desk.enter("");
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Stand(Standing::Dropped));
    desk.enter("we pay ourselves");
    assert_eq!(stands(&desk), [(Standing::Dropped, "we pay ourselves")]);
    assert!(matches!(desk.room.session().updates.iter().next().unwrap().of.what, Matter::Parked(_)));
}

#[test]
fn without_anything_open_it_is_passed_over_both_ways() {
    let mut room = next_of(&Room::new());
    let session = room.session();
    assert_eq!(session.current_step().unwrap().head.key.0, "practices");
    assert_eq!(session.previous_part(), None);
    let follow_up = session.agenda[0].id;
    room = room.does(Request::Go(Part::Step(follow_up)));
    let desk: Desk<FollowUp> = Desk::new(room);
    assert!(desk.plain(80, 20, &dark()).contains("Nothing was left open."));
}

#[test]
fn it_looks_right() {
    let mut desk = desk();
    desk.act(StepAction::Stand(Standing::Done));
    desk.enter("it took a day");
    desk.act(StepAction::Stand(Standing::GoingOn { by: None }));
    desk.enter("24 dec").enter("Erik is on leave");
    insta::assert_snapshot!("follow_up_80x24_dark", picture(&desk.drawn(80, 18, &dark())));
    insta::assert_snapshot!("follow_up_80x24_light", picture(&desk.drawn(80, 18, &light())));
    insta::assert_snapshot!("follow_up_120x40_dark", picture(&desk.drawn(120, 34, &dark())));
    insta::assert_snapshot!("follow_up_120x40_light", picture(&desk.drawn(120, 34, &light())));
    desk.draws_at_every_size(&ascii());
}
