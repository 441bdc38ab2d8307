//! Discussion: a time box for each topic, in an order that can be changed, with hands for a minute more.

use super::*;
use crate::script::StepKey;
use crate::session::testing::{note, script, with_talk};
use crate::session::{Author, Command, Course, Event, FrameId, Hands, Id, ItemId, Log, Part, Subject};
use crate::timer::Left;

/// In the discussion: "Prices", then "Cost model" and "Lost deals" from the brainstorm.
fn room() -> Room {
    let room =
        Room::of(with_talk()).go("practices").note("purchasing", "Cost model").note("sales", "Lost deals");
    room.reveal().go("talk")
}

fn topics(room: &Room) -> Vec<&str> {
    let pass = room.session().current().unwrap();
    let talk = pass.talk().unwrap();
    let of = |round: &u32| room.shown().subject(talk.subject(*round).unwrap()).unwrap_or("gone");
    talk.order.iter().map(of).collect()
}

fn now(room: &Room) -> (u32, Left) {
    let pass = room.session().current().unwrap();
    (pass.round, pass.current().countdown.left(room.now()))
}

#[test]
fn topics_come_from_the_script_and_from_earlier_steps() {
    let room = room();
    assert_eq!(topics(&room), ["Prices", "Cost model", "Lost deals"]);
    assert_eq!(now(&room), (1, Left::Time(300)), "each has its time box, and the first one runs");
    let mut shared = with_talk();
    shared.steps[6].kind = crate::script::Kind::Discuss(crate::script::Discuss::default());
    let room =
        Room::of(shared).go("practices").note("sales", "Lost deals").note("sales", "x").reveal().go("talk");
    assert_eq!(now(&room), (1, Left::Time(360)), "the step's time is shared out");
}

#[test]
fn without_topics_the_step_is_one_talk() {
    let mut script = with_talk();
    script.steps[6].kind = crate::script::Kind::Discuss(crate::script::Discuss::default());
    let room = Room::of(script).go("talk").note("", "said");
    assert_eq!((topics(&room), now(&room).1), (Vec::new(), Left::Time(720)));
    assert_eq!(room.session().next_part(), None);
}

#[test]
fn one_key_leads_from_topic_to_topic_and_notes_stay_with_theirs() {
    let room = room().note("", "one").wait(60).next().note("sales", "two").next().wait(1);
    assert_eq!(now(&room), (3, Left::Time(299)));
    let rounds: Vec<u32> =
        room.shown().notes(room.session().present.unwrap()).map(|note| note.made.round).collect();
    assert_eq!(rounds, [1, 2]);
    let room = room.back().back();
    assert_eq!(now(&room), (1, Left::Time(240)), "its time stood still meanwhile");
    assert_eq!(room.shown().schedule(room.now()).drift_secs() / 60, -57, "what is to come is planned for");
}

#[test]
fn what_is_to_come_can_be_sorted() {
    let mut room = room().next();
    let order = |room: &Room, round, to| {
        let pass = room.session().current().unwrap();
        pass.talk().unwrap().moved(pass.round, round, to)
    };
    assert_eq!(order(&room, 1, 2), None, "it was talked about");
    assert_eq!(order(&room, 3, 0), None, "it comes next already");
    assert_eq!(
        refused(&mut room, Request::OrderTopics(vec![1, 3, 2])),
        "What was talked about keeps its place."
    );
    assert_eq!(refused(&mut room, Request::OrderTopics(vec![1, 2, 3])), "They stand in this order already.");
    for wrong in [vec![], vec![1, 2], vec![1, 2, 4], vec![1, 2, 3, 3]] {
        let why = refused(&mut room, Request::OrderTopics(wrong));
        assert_eq!(why, "These are not the topics of this discussion.");
    }
    let room = room.back();
    let sorted = order(&room, 3, 0).unwrap();
    let room = room.does(Request::OrderTopics(sorted));
    assert_eq!(topics(&room), ["Prices", "Lost deals", "Cost model"]);
    let room = room.next();
    assert_eq!(now(&room).0, 3);
    let room = room.next();
    assert_eq!((now(&room).0, room.session().next_part()), (2, None));
    assert_eq!(now(&room.back()).0, 3);
}

#[test]
fn hands_give_a_minute_more_or_not_and_are_kept() {
    let mut room = room().wait(290).does(Request::ShowHands { more: 7, enough: 2 });
    assert_eq!(now(&room).1, Left::Time(70));
    room = room.next().does(Request::ShowHands { more: 3, enough: 3 });
    assert_eq!(now(&room).1, Left::Time(300), "as many against it are enough");
    assert_eq!(refused(&mut room, Request::ShowHands { more: 0, enough: 0 }), "Those are no hands to count.");
    let talk = room.session().current().unwrap().talk().unwrap();
    let told: Vec<_> =
        talk.hands.iter().map(|Hands { round, more, enough, .. }| (*round, *more, *enough)).collect();
    assert_eq!(told, [(1, 7, 2), (2, 3, 3)]);
    let mut elsewhere = Room::of(script()).go("practices");
    assert_eq!(
        refused(&mut elsewhere, Request::ShowHands { more: 1, enough: 0 }),
        "Nothing is discussed here."
    );
}

#[test]
fn a_topic_that_is_gone_is_talked_about_all_the_same() {
    let mut room = room();
    let id = room.note_id("Cost model");
    room.ask(Request::Remove(crate::session::ItemId::Note(id))).unwrap();
    assert_eq!(topics(&room), ["Prices", "gone", "Lost deals"]);
}

#[test]
fn a_pass_from_elsewhere_has_topics_that_fit_it() {
    let log = Log::new(crate::session::testing::session_of(with_talk()), 0);
    let step = log.session().agenda_id(&crate::script::StepKey("talk".to_owned())).unwrap();
    let definition = log.session().step(step).unwrap();
    let fresh = crate::session::Pass::new(step, 1, definition);
    let began = |pass: &crate::session::Pass| Event::Course(Course::PassBegan(pass.clone()));
    let named = |text: &str| vec![Subject::Named(text.to_owned())];
    assert!(log.session().admissible(&began(&fresh.clone().about(named("x"), definition))));
    assert!(!log.session().admissible(&began(&fresh.clone().about(named(" "), definition))));
    let mut more = fresh.about(named("x"), definition);
    more.rounds.push(more.rounds[0]);
    assert!(!log.session().admissible(&began(&more)));
    // What was taken can be read again.
    let mut log = Log::new(crate::session::testing::session_of(with_talk()), 0);
    let id = FrameId(Id::new(7));
    let go = Request::Go(crate::session::Part::Step(step));
    let at = crate::session::testing::moment(0);
    log.take(&Command { id, by: Author::Facilitator, at, what: go }).unwrap();
    let text = ron::to_string(log.session()).unwrap();
    assert_eq!(&ron::from_str::<crate::session::Session>(&text).unwrap(), log.session());
}

#[test]
fn more_topics_than_can_be_read_again_are_refused() {
    let notes = |count: usize| Request::Add { to: None, drafts: vec![note("sales", "a deal"); count] };
    let room = Room::of(with_talk()).go("practices").does(notes(10_000)).reveal();
    let mut more = room.clone();
    let talk = more.session().agenda_id(&StepKey("talk".to_owned())).unwrap();
    assert_eq!(
        refused(&mut more, Request::Go(Part::Step(talk))),
        "That is 10001 topics; 10000 is the most.",
        "one is named in the script"
    );
    let first = room.note_id("a deal");
    room.does(Request::Remove(ItemId::Note(first))).go("talk").session().sound().unwrap();
}
