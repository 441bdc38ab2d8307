//! Time that does not count.

use crate::session::testing::{Room, moment};
use crate::session::{Hush, Part, Request, Taken};
use crate::timer::Left;

const MIN: i64 = 60;

fn left(room: &Room) -> Left {
    room.session().current().unwrap().current().countdown.left(room.now())
}

fn drift(room: &Room) -> i64 {
    room.shown().schedule(room.now()).drift_secs()
}

/// Ctrl+G, so many seconds, and any key.
fn interrupted(room: Room, secs: i64) -> Room {
    room.does(Request::Interrupt).wait(secs).does(Request::Resume)
}

/// Two minutes into the first round of five, in a session of an hour.
fn begun() -> Room {
    Room::new().go("practices").wait(2 * MIN)
}

#[test]
fn twenty_two_minutes_left_out_move_the_end_and_nothing_else() {
    let room = interrupted(begun(), 22 * MIN).does(Request::TakeInterruption(Taken::LeftOut));
    assert_eq!(left(&room), Left::Time(180));
    assert_eq!(drift(&room), 0);
    let schedule = room.shown().schedule(room.now());
    assert_eq!(schedule.planned_end, moment(82 * MIN));
    assert_eq!(room.shown().left_out(moment(0), room.now()), 22 * MIN * 1000);
    let kept = room.session().interruptions[0];
    assert_eq!((kept.from, kept.to), (moment(2 * MIN), Some(moment(24 * MIN))));
}

#[test]
fn fitted_to_the_old_end_what_is_left_is_cut_in_proportion() {
    let room = interrupted(begun(), 22 * MIN).does(Request::TakeInterruption(Taken::Fitted));
    let schedule = room.shown().schedule(room.now());
    assert_eq!(schedule.planned_end, moment(60 * MIN));
    assert_eq!(schedule.drift_secs(), 0, "58 minutes were left, and are 36 now");
    let Left::Time(secs) = left(&room) else { panic!("time is left") };
    assert!((111..=112).contains(&secs), "36/58 of three minutes: {secs}");
    let room = room.go("pause");
    let Left::Time(secs) = left(&room) else { panic!("time is left") };
    assert!((185..=187).contains(&secs), "36/58 of five minutes: {secs}");
    let room = room.go("quiet");
    let pass = room.session().current().unwrap();
    let planned: Vec<u32> = pass.rounds.iter().map(|round| round.countdown.planned).collect();
    assert!((148..=149).contains(&planned[0]) && (222..=224).contains(&planned[1]), "{planned:?}");
}

#[test]
fn counted_or_unanswered_it_is_time_that_passed() {
    let room = interrupted(begun(), 22 * MIN);
    for room in [room.clone(), room.does(Request::TakeInterruption(Taken::Counted))] {
        assert_eq!(left(&room), Left::Over(19 * 60));
        assert_eq!(drift(&room), 19 * MIN);
        assert_eq!(room.shown().left_out(moment(0), room.now()), 0);
    }
}

#[test]
fn a_short_interruption_is_left_out_without_a_question() {
    let room = interrupted(begun(), 40);
    assert!(room.session().unexplained().is_none());
    assert_eq!((left(&room), drift(&room)), (Left::Time(180), 0));
}

#[test]
fn a_silence_keeps_its_time() {
    let room = Room::new().go("quiet").does(Request::BeginSilence).wait(MIN);
    let room = interrupted(room, 10 * MIN).does(Request::TakeInterruption(Taken::LeftOut));
    assert_eq!(left(&room), Left::Time(180));
    let room = room.wait(180).does(Request::EndSilence);
    let hush = room.session().current().unwrap().hush().unwrap();
    assert!(matches!(hush, Hush::Over { planned: 240, held: 240, .. }), "{hush:?}");
}

#[test]
fn what_is_hidden_stays_hidden() {
    let room = begun().note("sales", "secret");
    let room = interrupted(room, 5 * MIN).does(Request::TakeInterruption(Taken::LeftOut));
    assert_eq!(room.shown().notes(room.session().present.unwrap()).count(), 0);
    assert!(room.shown().has_hidden());
}

#[test]
fn a_lid_that_was_closed_is_asked_about_too() {
    let from = moment(2 * MIN);
    let room = begun().wait(10 * MIN).does(Request::Miss { from });
    assert_eq!(room.session().unexplained().map(|gap| gap.from), Some(from));
    let room = room.does(Request::TakeInterruption(Taken::LeftOut));
    assert_eq!((left(&room), drift(&room)), (Left::Time(180), 0));
}

#[test]
fn a_timer_that_stood_still_is_not_given_time() {
    let room = begun().does(Request::PauseTimer);
    let room = interrupted(room, 22 * MIN).does(Request::TakeInterruption(Taken::LeftOut));
    assert_eq!((left(&room), drift(&room)), (Left::Time(180), 0));
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let mut room = Room::new();
    assert!(room.ask(Request::Interrupt).is_err(), "no step has begun");
    assert!(room.ask(Request::Resume).is_err());
    assert!(room.ask(Request::TakeInterruption(Taken::Counted)).is_err());
    let mut room = begun().does(Request::Interrupt);
    assert!(room.ask(Request::Interrupt).is_err());
    assert!(room.ask(Request::Miss { from: moment(0) }).is_err());
    let why = room.ask(Request::Go(Part::Round(2))).unwrap_err().why;
    assert_eq!(why, "The session is interrupted.");
    let mut room =
        room.note("sales", "what people write may still come in").wait(120 * MIN).does(Request::Resume);
    let why = room.ask(Request::TakeInterruption(Taken::Fitted)).unwrap_err().why;
    assert_eq!(why, "There is not so much time left to cut.");
    assert!(room.ask(Request::Miss { from: room.now() }).is_err(), "that was no gap");
}

#[test]
fn an_interruption_can_follow_another() {
    let room = interrupted(begun(), 10 * MIN).does(Request::TakeInterruption(Taken::LeftOut)).wait(MIN);
    let room = interrupted(room, 5 * MIN).does(Request::TakeInterruption(Taken::LeftOut));
    assert_eq!((left(&room), drift(&room)), (Left::Time(120), 0));
    assert_eq!(room.shown().schedule(room.now()).planned_end, moment(75 * MIN));
}

#[test]
fn clocks_stand_still_while_it_lasts() {
    let room = begun().does(Request::Interrupt).wait(30 * MIN);
    assert_eq!(drift(&room), 0);
}
