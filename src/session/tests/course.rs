//! Steps, rounds, topics, countdowns, reveals, closing.

use super::refused;
use crate::script::{StepKey, View};
use crate::session::id::Id;
use crate::session::testing::{Room, moment, note, script, side};
use crate::session::{
    Draft, Interruption, Item, ItemId, Log, NoteDraft, Part, Pass, PassRef, Progress, Record, Request,
    Saying, Status, StepId, Taken, TopicId,
};
use crate::timer::{Left, Timestamp};

fn here(room: &Room) -> String {
    let session = room.session();
    let (Some(step), Some(pass)) = (session.current_step(), session.current()) else {
        return "nowhere".to_owned();
    };
    let place = format!("{} {}.{}", step.head.key, pass.pass, pass.round);
    match &pass.progress {
        Progress::Mirror { topic: Some(topic), .. } => {
            format!("{place} {}", session.topics.get(*topic).unwrap().text)
        }
        Progress::Mirror { topic: None, .. } => format!("{place} wording"),
        Progress::Plain | Progress::Silence(_) | Progress::Discuss(_) => place,
    }
}

fn step_id(room: &Room, key: &str) -> StepId {
    room.session().agenda_id(&StepKey(key.to_owned())).unwrap()
}

fn present(room: &Room) -> PassRef {
    room.session().present.unwrap()
}

#[test]
fn one_key_leads_through_rounds_topics_and_steps_and_back() {
    let mut room = Room::new();
    assert_eq!(here(&room), "nowhere");
    assert_eq!(room.session().previous_part(), None);
    let ways = ["practices 1.1", "practices 1.2", "mirror 1.1 Segmentation", "pause 1.1", "quiet 1.1"];
    for way in ways {
        room = room.next();
        assert_eq!(here(&room), way);
    }
    for way in
        ["pause 1.1", "mirror 1.1 Segmentation", "mirror 1.1 wording", "practices 1.2", "practices 1.1"]
    {
        room = room.back();
        assert_eq!(here(&room), way);
    }
    assert_eq!(room.session().previous_part(), None);
    room = room.go("leave");
    assert_eq!(room.session().next_part(), None, "the end");
}

#[test]
fn topics_come_in_order_in_every_round_of_a_mirror() {
    let mut script = script();
    let mirror = &mut script.steps[1].head;
    mirror.rounds = Room::new().session().script.steps[0].head.rounds.clone();
    let mut room = Room::of(script).go("mirror").topic("Reviews");
    for way in [
        "mirror 1.1 Reviews",
        "mirror 1.2 Segmentation",
        "mirror 1.2 Reviews",
        "pause 1.1",
        "mirror 1.2 Reviews",
    ] {
        room =
            if way == "mirror 1.2 Reviews" && here(&room) == "pause 1.1" { room.back() } else { room.next() };
        assert_eq!(here(&room), way);
    }
    for way in ["mirror 1.2 Segmentation", "mirror 1.2 wording", "mirror 1.1 Segmentation"] {
        room = room.back();
        assert_eq!(here(&room), way);
    }
}

#[test]
fn a_mirror_without_topics_begins_with_wording_them() {
    let mut script = script();
    script.steps[1].kind = crate::script::Kind::Mirror(crate::script::Mirror {
        views: View::ALL.to_vec(),
        ..Default::default()
    });
    let room = Room::of(script).go("mirror");
    assert_eq!(here(&room), "mirror 1.1 wording");
    let room = room.topic("Reviews");
    assert_eq!(here(&room), "mirror 1.1 wording", "wording goes on");
    assert_eq!(here(&room.next()), "mirror 1.1 Reviews");
}

#[test]
fn going_astray_is_refused() {
    let mut room = Room::new();
    let stranger = StepId(Id::new(9));
    let unknown = TopicId(Id::new(9));
    assert_eq!(refused(&mut room, Request::Go(Part::Round(1))), "No step has begun yet.");
    assert_eq!(refused(&mut room, Request::Go(Part::Topics)), "No step has begun yet.");
    assert_eq!(refused(&mut room, Request::Go(Part::Step(stranger))), "The agenda has no such step.");
    assert_eq!(refused(&mut room, Request::Repeat(stranger)), "The agenda has no such step.");
    let mut room = room.go("practices");
    let practices = step_id(&room, "practices");
    for (what, why) in [
        (Part::Step(practices), "You are in this step already."),
        (Part::Round(1), "This step has no such round."),
        (Part::Round(0), "This step has no such round."),
        (Part::Round(3), "This step has no such round."),
        (Part::Topics, "This step has no topics."),
        (Part::Topic(unknown), "This step has no topics."),
    ] {
        assert_eq!(refused(&mut room, Request::Go(what)), why, "{what:?}");
    }
    let mut room = room.go("mirror");
    let segmentation = room.topic_id("Segmentation");
    assert_eq!(refused(&mut room, Request::Go(Part::Topic(segmentation))), "You are there already.");
    assert_eq!(refused(&mut room, Request::Go(Part::Topic(unknown))), "That topic is gone.");
    assert_eq!(here(&room), "mirror 1.1 Segmentation", "nothing moved");
}

#[test]
fn a_topic_of_another_pass_cannot_be_entered() {
    let room = Room::new().go("mirror");
    let first = room.topic_id("Segmentation");
    let mirror = step_id(&room, "mirror");
    let mut room = room.does(Request::Repeat(mirror));
    assert_ne!(first, room.topic_id("Segmentation"), "a new pass has topics of its own");
    assert_eq!(refused(&mut room, Request::Go(Part::Topic(first))), "That topic is gone.");
}

#[test]
fn a_step_that_was_left_goes_on_where_it_stood() {
    let room = Room::new().go("practices").wait(60).next().wait(60).go("pause").wait(600).go("practices");
    assert_eq!(here(&room), "practices 1.2");
    let pass = room.session().current().unwrap();
    assert_eq!(pass.visits.len(), 2);
    assert_eq!(pass.visits[0].to, Some(moment(120)));
    assert_eq!(pass.rounds[0].countdown.left(room.now()), Left::Time(240), "the first round stands still");
    assert_eq!(pass.rounds[1].countdown.left(room.now()), Left::Time(360), "the second runs on");
    assert!(pass.rounds[1].countdown.is_running());
}

#[test]
fn a_repeated_step_is_a_new_pass_and_results_belong_to_it() {
    let room = Room::new().go("practices").note("sales", "first time");
    let practices = step_id(&room, "practices");
    let room = room.does(Request::Repeat(practices)).note("sales", "second time");
    assert_eq!(here(&room), "practices 2.1");
    let room = room.go("mirror").go("practices");
    assert_eq!(here(&room), "practices 2.1", "going back means the newest pass");
    let made: Vec<u32> = room.session().notes.iter().map(|note| note.made.pass).collect();
    assert_eq!(made, [1, 2]);
}

#[test]
fn from_means_the_last_finished_pass() {
    let texts = |room: &Room| {
        let mirror = step_id(room, "mirror");
        let incoming = room.shown().incoming(mirror);
        let told = incoming.iter().map(|what| room.shown().told(*what).unwrap());
        told.map(|told| told.text.into_owned()).collect::<Vec<_>>()
    };
    let room = Room::new().go("practices").next().note("sales", "first");
    assert_eq!(texts(&room), [""; 0], "it is not finished");
    let practices = step_id(&room, "practices");
    let room = room.go("pause");
    assert_eq!(texts(&room), ["first"]);
    let room = room.does(Request::Repeat(practices)).next().note("sales", "second");
    assert_eq!(texts(&room), ["first"], "the second is not finished");
    let room = room.go("mirror");
    assert_eq!(texts(&room), ["second"]);
}

#[test]
fn entering_starts_the_countdown_unless_the_script_says_otherwise() {
    let mut script = script();
    script.steps[2].head.start = crate::script::Start::Manual;
    let mut room = Room::of(script).go("practices");
    let runs = |room: &Room| room.session().current().unwrap().current().countdown.is_running();
    assert!(runs(&room));
    assert_eq!(refused(&mut room, Request::StartTimer), "The time is running already.");
    let mut room = room.does(Request::PauseTimer);
    assert_eq!(refused(&mut room, Request::PauseTimer), "The time stands still already.");
    let room = room.does(Request::StartTimer);
    assert!(runs(&room));
    let room = room.go("pause");
    assert!(!runs(&room));
    assert!(!runs(&room.go("quiet")), "a silence waits");
}

#[test]
fn timers_ask_for_a_step() {
    for what in [Request::StartTimer, Request::PauseTimer, Request::ExtendTimer(60), Request::BeginSilence] {
        assert_eq!(refused(&mut Room::new(), what), "No step has begun yet.");
    }
}

#[test]
fn time_is_given_and_taken_but_never_below_nothing() {
    let left = |room: &Room| room.session().current().unwrap().current().countdown.left(room.now());
    let room = Room::new().go("pause").wait(290).does(Request::ExtendTimer(60));
    assert_eq!(left(&room), Left::Time(70));
    let mut room = room.does(Request::ExtendTimer(-60)).does(Request::ExtendTimer(-60));
    assert_eq!(left(&room), Left::Over(0), "only ten seconds were left to take");
    assert_eq!(refused(&mut room, Request::ExtendTimer(-60)), "There is no such time to give or take.");
    assert_eq!(refused(&mut room, Request::ExtendTimer(0)), "There is no such time to give or take.");
    let mut room = room.does(Request::ExtendTimer(i64::MAX));
    assert_eq!(refused(&mut room, Request::ExtendTimer(60)), "There is no such time to give or take.");
    assert!(room.ask(Request::ExtendTimer(i64::MIN)).is_ok());
    assert_eq!(left(&room), Left::Over(0));
}

#[test]
fn rounds_and_topics_are_revealed_once() {
    let room = Room::new().go("practices").note("sales", "x");
    let pass = present(&room);
    let nowhere = PassRef { step: pass.step, pass: 7 };
    let mut room = room.next();
    let round = |pass, round| Request::RevealRound { pass, round };
    assert_eq!(refused(&mut room, round(pass, 3)), "There is no such round to reveal.");
    assert_eq!(refused(&mut room, round(pass, 0)), "There is no such round to reveal.");
    assert_eq!(refused(&mut room, round(nowhere, 1)), "There is no such round to reveal.");
    assert_eq!(refused(&mut room, round(pass, 2)), "Everything here is shown already.");
    let mut room = room.reveal();
    assert_eq!(refused(&mut room, round(pass, 1)), "Everything here is shown already.");
    let mut room = room.go("mirror").reveal();
    let topic = room.topic_id("Segmentation");
    assert_eq!(refused(&mut room, Request::RevealTopic(topic)), "Both accounts are shown already.");
    assert_eq!(refused(&mut room, Request::RevealTopic(TopicId(Id::new(9)))), "That topic is gone.");
}

#[test]
fn a_closed_session_stands_still_until_it_is_opened_again() {
    let mut room = Room::new().go("practices").note("sales", "hidden");
    assert_eq!(refused(&mut room, Request::Reopen), "This session is open.");
    assert_eq!(refused(&mut room, Request::Close), "Something is still hidden.");
    let mut room = room.reveal().go("mirror").entry("Segmentation", "sales", Saying::Ours, "hidden too");
    assert_eq!(refused(&mut room, Request::Close), "Something is still hidden.");
    let mut room = room.reveal().does(Request::Close);
    assert!(!room.session().current().unwrap().current().countdown.is_running());
    let step = step_id(&room, "pause");
    let topic = room.topic_id("Segmentation");
    let note_id = room.note_id("hidden");
    for what in [
        Request::Go(Part::Step(step)),
        Request::Repeat(step),
        Request::StartTimer,
        Request::PauseTimer,
        Request::ExtendTimer(60),
        Request::RevealTopic(topic),
        Request::BeginSilence,
        Request::ShortenSilence(60),
        Request::EndSilence,
        Request::Add { to: None, drafts: vec![note("sales", "late")] },
        Request::Change { id: crate::session::ItemId::Note(note_id), draft: note("sales", "late") },
        Request::Remove(crate::session::ItemId::Note(note_id)),
        Request::Judge { topic, about: side("sales"), gap: None },
        Request::Retitle("late".to_owned()),
        Request::Close,
        Request::Undo,
    ] {
        assert_eq!(refused(&mut room, what), "This session is closed.");
    }
    assert_eq!(refused(&mut room, Request::Redo), "There is nothing to redo.");
    let room = room.does(Request::Reopen).note("sales", "the write-up");
    assert!(room.session().status.is_open());
}

#[test]
fn a_meeting_closed_too_early_goes_on_within_hours_and_nothing_is_marked() {
    let room = || Room::new().go("practices").next().note("sales", "before").does(Request::Close).wait(600);
    let mut room_open = room().does(Request::ResumeMeeting);
    assert_eq!(refused(&mut room_open, Request::ResumeMeeting), "This session is open.");
    let room_open = room_open.note("sales", "after").does(Request::StartTimer);
    let session = room_open.session();
    assert_eq!(
        (session.status, session.unexplained().map(Interruption::millis)),
        (Status::Open, Some(600_000))
    );
    assert!(!session.notes.iter().any(Record::is_write_up));
    let left_out = room_open.does(Request::TakeInterruption(Taken::LeftOut));
    assert!(left_out.session().unexplained().is_none());
    let closed_again = left_out.does(Request::Close);
    let now = closed_again.now();
    assert_eq!(closed_again.session().status, Status::Closed { at: now }, "that is when it ended");
    let mut late = room().wait(4 * 3600);
    assert_eq!(
        refused(&mut late, Request::ResumeMeeting),
        "That meeting has been over for too long to go on with."
    );
    let at_once = Room::new().go("practices").does(Request::Close).wait(5).does(Request::ResumeMeeting);
    assert!(at_once.session().interruptions.is_empty(), "that is no interruption");
}

#[test]
fn after_the_meeting_what_is_made_or_changed_is_marked_and_no_clock_runs() {
    let mut room = Room::new()
        .go("practices")
        .note("sales", "in the meeting")
        .note("sales", "changed later")
        .reveal()
        .wait(60);
    let closed = room.now();
    room.ask(Request::Close).unwrap();
    let mut room = room.wait(3 * 3600);
    room.ask(Request::Reopen).unwrap();
    assert_eq!(room.session().status, Status::WriteUp { closed });
    let mut room = room.go("mirror");
    for clock in [Request::StartTimer, Request::ExtendTimer(60)] {
        let refusal = room.ask(clock).unwrap_err().to_string();
        assert!(refusal.contains("The meeting is over"), "{refusal}");
    }
    assert!(room.session().passes.iter().all(|pass| !pass.current().countdown.is_running()));
    let mut room = room.go("quiet");
    assert!(room.ask(Request::BeginSilence).is_err());
    let mut room = room.go("practices").note("sales", "from the flip chart");
    let id = room.note_id("changed later");
    let draft = Draft::Note(NoteDraft {
        tags: vec!["price".to_owned()],
        ..room.session().notes.get(id).unwrap().draft()
    });
    room.ask(Request::Change { id: ItemId::Note(id), draft }).unwrap();
    let marked: Vec<bool> = room.session().notes.iter().map(Record::is_write_up).collect();
    assert_eq!(marked, [false, true, true]);
    let spent = |room: &Room| -> Vec<Option<Timestamp>> {
        room.session()
            .passes
            .iter()
            .flat_map(|pass| room.shown().visits(pass))
            .map(|visit| visit.to)
            .collect()
    };
    assert_eq!(spent(&room), [Some(closed)]);
    room.ask(Request::Close).unwrap();
    assert_eq!(room.session().status, Status::Closed { at: closed }, "the meeting's end stays");
    assert_eq!(room.session().schedule(room.now()).expected_end, closed);
}

/// What is read again ends there too.
#[test]
fn steps_run_ten_thousand_times_and_no_more() {
    let mut session = Room::new().go("practices").session().clone();
    let pass = session.passes[0].clone();
    session.passes = (1..=9_999).map(|number| Pass { pass: number, ..pass.clone() }).collect();
    let mut room = Room::going_on(session.clone());
    let last = room.ask(Request::Repeat(pass.step)).unwrap();
    room.session().sound().unwrap();
    assert_eq!(
        refused(&mut room, Request::Repeat(pass.step)),
        "Steps ran 10000 times in this session, which is the most."
    );
    Log::new(session.clone(), 0).append(&last).unwrap();
    let quiet = step_id(&room, "quiet");
    session.passes.push(Pass::new(quiet, 1, session.step(quiet).unwrap()));
    assert!(Log::new(session, 0).append(&last).is_err(), "it is the 10001st");
}
