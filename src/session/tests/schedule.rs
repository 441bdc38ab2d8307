//! The agenda against the clock.

use crate::session::testing::{Room, moment, script};
use crate::session::{Request, planned_secs};

const MIN: i64 = 60;

fn drift(room: &Room) -> i64 {
    room.shown().schedule(room.now()).drift_secs()
}

#[test]
fn the_plan_counts_every_step_with_what_follows_a_silence() {
    let total: i64 = script().steps.iter().map(planned_secs).sum();
    assert_eq!(total, 60 * MIN);
}

#[test]
fn before_the_first_step_everything_is_still_to_come() {
    let room = Room::new().wait(5 * MIN);
    let schedule = room.shown().schedule(room.now());
    assert_eq!(schedule.start, moment(5 * MIN), "it begins when it begins");
    assert_eq!(schedule.planned_end, moment(65 * MIN));
    assert_eq!(schedule.drift_secs(), 0);
}

#[test]
fn a_planned_start_is_kept_or_missed() {
    let mut session = crate::session::testing::session_of(script());
    session.planned_start = Some(moment(10 * MIN));
    assert_eq!(session.schedule(moment(0)).drift_secs(), 0);
    assert_eq!(session.schedule(moment(0)).planned_end, moment(70 * MIN));
    assert_eq!(session.schedule(moment(15 * MIN)).drift_secs(), 5 * MIN);
}

#[test]
fn drift_follows_what_was_used() {
    let room = Room::new().go("practices").wait(5 * MIN);
    assert_eq!(drift(&room), 0, "running as planned");
    let room = room.wait(2 * MIN);
    assert_eq!(drift(&room), 2 * MIN, "the first round runs over");
    let room = room.next();
    assert_eq!(drift(&room), 2 * MIN);
    let room = room.wait(3 * MIN).next();
    assert_eq!(drift(&room), -2 * MIN, "the second round gave four minutes back");
    let room = room.does(Request::ExtendTimer(2 * MIN));
    assert_eq!(drift(&room), 0);
    let room = room.go("leave").wait(4 * MIN).wait(9 * MIN);
    assert_eq!(room.shown().schedule(room.now()).expected_end, room.now(), "over time ends now");
}

#[test]
fn a_pause_is_drift() {
    let room = Room::new().go("pause").does(Request::PauseTimer).wait(3 * MIN);
    let begun = drift(&Room::new().go("pause"));
    assert_eq!(drift(&room), begun + 3 * MIN);
}

#[test]
fn going_back_counts_only_what_later_steps_have_left() {
    let room = Room::new().go("practices").wait(5 * MIN).next().wait(7 * MIN).go("mirror").wait(20 * MIN);
    assert_eq!(drift(&room), 0);
    let room = room.go("practices");
    assert_eq!(drift(&room), 0, "the mirror has had its time");
}

#[test]
fn time_beside_the_rounds_is_part_of_the_step() {
    let mut script = script();
    script.steps[0].head.time = crate::script::Span::from_mins(20);
    let room = Room::of(script).go("practices");
    assert_eq!(drift(&room), 0);
    let room = room.wait(10 * MIN);
    assert_eq!(drift(&room), 0, "eight minutes stand beside the rounds");
    assert_eq!(drift(&room.wait(5 * MIN)), 2 * MIN);
}

#[test]
fn a_closed_session_ended_when_it_was_closed() {
    let room = Room::new().go("leave").wait(MIN).does(Request::Close).wait(1_000 * MIN);
    assert_eq!(room.shown().schedule(room.now()).expected_end, moment(MIN));
}
