//! The silence: begun on purpose, not to be disturbed, its time recorded.

use super::refused;
use crate::script::{Kind, Silence};
use crate::session::testing::{Room, moment, script};
use crate::session::{Hush, ItemId, Part, Request};
use crate::timer::Left;

fn hush(room: &Room) -> Hush {
    room.session().current().and_then(crate::session::Pass::hush).unwrap()
}

fn left(room: &Room) -> Left {
    room.session().current().unwrap().current().countdown.left(room.now())
}

#[test]
fn a_silence_waits_is_kept_and_ends_in_insights() {
    let mut room = Room::new().go("quiet").wait(30);
    assert_eq!(hush(&room), Hush::Waiting);
    assert_eq!(left(&room), Left::Time(240));
    assert_eq!(refused(&mut room, Request::Go(Part::Round(2))), "The silence has not begun.");
    assert_eq!(refused(&mut room, Request::EndSilence), "No silence is being kept.");
    assert_eq!(refused(&mut room, Request::ShortenSilence(60)), "No silence is being kept.");
    let room = room.does(Request::BeginSilence).wait(240);
    assert_eq!(hush(&room), Hush::Kept { since: moment(30) });
    let mut room = room.does(Request::EndSilence).wait(10).insight("", "listen first");
    assert_eq!(hush(&room), Hush::Over { since: moment(30), planned: 240, held: 240 });
    assert_eq!(left(&room), Left::Time(350), "the insights have a time of their own");
    assert_eq!(refused(&mut room, Request::BeginSilence), "This silence was kept.");
    assert_eq!(refused(&mut room, Request::Go(Part::Round(1))), "This silence was kept.");
    let insights = room.session().present.map(|pass| room.shown().insights(pass).count());
    assert_eq!(insights, Some(1));
}

#[test]
fn nothing_on_a_clicker_disturbs_a_silence() {
    let room = Room::new().go("practices").note("sales", "hidden");
    let practices = room.session().present.unwrap();
    let mut room = room.go("mirror");
    let topic = room.topic_id("Segmentation");
    room = room.go("quiet").does(Request::BeginSilence).wait(60);
    let before = room.session().clone();
    let next = room.session().next_part().unwrap();
    let previous = room.session().previous_part().unwrap();
    for what in [
        Request::Go(next),
        Request::Go(previous),
        Request::Repeat(practices.step),
        Request::StartTimer,
        Request::PauseTimer,
        Request::ExtendTimer(-60),
        Request::RevealRound { pass: practices, round: 1 },
        Request::RevealTopic(topic),
        Request::BeginSilence,
        Request::Close,
    ] {
        assert_eq!(refused(&mut room, what.clone()), "The silence is being kept.", "{what:?}");
    }
    assert_eq!(room.session(), &before);
}

#[test]
fn the_timer_key_begins_a_silence_too() {
    let room = Room::new().go("quiet").does(Request::StartTimer);
    assert_eq!(hush(&room), Hush::Kept { since: moment(0) });
}

#[test]
fn a_silence_is_shortened_then_ended_and_what_was_held_is_recorded() {
    let mut room = Room::new().go("quiet").does(Request::BeginSilence).wait(60);
    for secs in [180, 181, u32::MAX] {
        assert_eq!(refused(&mut room, Request::ShortenSilence(secs)), "That would not be shorter.");
    }
    let room = room.does(Request::ShortenSilence(60));
    assert_eq!(left(&room), Left::Time(60));
    let mut room = room.does(Request::ShortenSilence(0));
    assert_eq!(left(&room), Left::Over(0));
    assert_eq!(refused(&mut room, Request::ShortenSilence(0)), "That would not be shorter.");
    let room = room.does(Request::ExtendTimer(60)).wait(15).does(Request::EndSilence);
    assert_eq!(hush(&room), Hush::Over { since: moment(0), planned: 240, held: 75 });
}

#[test]
fn a_silence_without_insights_is_over_where_it_stands() {
    let mut script = script();
    script.steps[3].kind = Kind::Silence(Silence { then: None });
    let mut room = Room::of(script).go("quiet").does(Request::BeginSilence).wait(9).does(Request::EndSilence);
    assert!(!room.session().current().unwrap().current().countdown.is_running());
    assert_eq!(refused(&mut room, Request::StartTimer), "This silence was kept.");
    let room = room.next().back();
    assert_eq!(hush(&room), Hush::Over { since: moment(0), planned: 240, held: 9 });
    assert!(!room.session().current().unwrap().current().countdown.is_running());
}

#[test]
fn going_back_from_the_insights_leaves_the_silence_alone() {
    let room = Room::new().go("quiet").does(Request::BeginSilence).does(Request::EndSilence);
    let pause = room.session().agenda[2].id;
    assert_eq!(room.session().previous_part(), Some(Part::Step(pause)));
    let room = room.back().next();
    assert_eq!(room.session().current().unwrap().round, 2);
    assert!(room.session().current().unwrap().current().countdown.is_running());
}

#[test]
fn a_silence_is_repeated_as_a_new_pass() {
    let room = Room::new().go("quiet").does(Request::BeginSilence).does(Request::EndSilence);
    let quiet = room.session().present.unwrap().step;
    let room = room.does(Request::Repeat(quiet));
    assert_eq!(hush(&room), Hush::Waiting);
    assert_eq!(room.session().present.unwrap().pass, 2);
}

#[test]
fn what_is_written_during_a_silence_is_kept() {
    let mut room = Room::new().go("quiet").does(Request::BeginSilence);
    room = room.note("sales", "from another program");
    let id = ItemId::Note(room.note_id("from another program"));
    assert!(room.ask(Request::Remove(id)).is_ok());
}
