//! Who is there, and who has not been heard.

use crate::session::testing::{Room, moment, note};
use crate::session::{
    Away, Draft, Item, ItemId, NoteDraft, ParticipantDraft, Presence, Request, Role, Said, VoiceDraft,
};

const MIN: i64 = 60;

fn changed(room: Room, name: &str, change: impl FnOnce(ParticipantDraft) -> ParticipantDraft) -> Room {
    let id = room.person_id(name);
    let draft = change(room.session().person(id).unwrap().draft());
    room.does(Request::Change { id: ItemId::Person(id), draft: Draft::Person(draft) })
}

fn presence(room: &Room, name: &str) -> Presence {
    room.session().person(room.person_id(name)).unwrap().presence()
}

fn spoke(room: Room, name: &str, said: Said) -> Room {
    let who = Some(room.person_id(name));
    room.add(Draft::Voice(VoiceDraft { who, said }))
}

fn unheard(room: &Room) -> String {
    room.shown().unheard().map(|person| person.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn somebody_comes_late_leaves_and_comes_back() {
    let room = Room::new().person("Anna", "sales").go("practices");
    assert_eq!(presence(&room, "Anna"), Presence::Here);
    let room = changed(room, "Anna", |draft| draft.gone(moment(0)));
    assert_eq!(presence(&room, "Anna"), Presence::Expected);
    let room = changed(room, "Anna", |draft| draft.back(moment(10 * MIN)));
    assert_eq!(presence(&room, "Anna"), Presence::Here);
    let room = changed(room, "Anna", |draft| draft.gone(moment(40 * MIN)));
    assert_eq!(presence(&room, "Anna"), Presence::Left { at: moment(40 * MIN) });
    let room = changed(room, "Anna", |draft| draft.back(moment(20 * MIN)));
    assert_eq!(presence(&room, "Anna"), Presence::Here);
    let person = room.session().person(room.person_id("Anna")).unwrap();
    assert_eq!(person.came_late(), Some(moment(10 * MIN)));
    let stretch = |from, to| Away { from: moment(from * MIN), to: Some(moment(to * MIN)) };
    assert_eq!(person.away, [stretch(0, 10), stretch(40, 40)], "nobody comes back before they went");
}

#[test]
fn going_can_be_taken_back() {
    let mut room = Room::new().person("Anna", "sales");
    room = changed(room, "Anna", |draft| draft.gone(moment(MIN)));
    room = room.does(Request::Undo);
    assert_eq!(presence(&room, "Anna"), Presence::Here);
}

#[test]
fn times_that_cross_are_refused() {
    let mut room = Room::new().person("Anna", "sales");
    let id = ItemId::Person(room.person_id("Anna"));
    let stretch = |from, to: Option<i64>| Away { from: moment(from), to: to.map(moment) };
    for away in [
        vec![stretch(9, Some(5))],
        vec![stretch(5, None), stretch(9, None)],
        vec![stretch(0, Some(9)), stretch(5, None)],
    ] {
        let draft = ParticipantDraft { away, ..ParticipantDraft::new("Anna".to_owned(), None) };
        let refusal = room.ask(Request::Change { id, draft: Draft::Person(draft) }).unwrap_err();
        assert_eq!(refusal.why, "A person can't leave before they came.");
    }
}

#[test]
fn speaking_and_writing_are_both_being_heard() {
    let named = ["Anna", "Bo", "Cy", "Dora", "Emil"];
    let mut room = named.into_iter().fold(Room::new(), |room, name| room.person(name, "sales"));
    room = changed(room, "Emil", |draft| ParticipantDraft { role: Some(Role::Facilitator), ..draft });
    assert_eq!(unheard(&room), "Anna Bo Cy Dora", "whoever runs the session is not waited for");
    room = room.go("practices");
    let author = Some(room.person_id("Anna"));
    let Draft::Note(wrote) = note("sales", "wrote") else { unreachable!("it is a note") };
    room = room.add(Draft::Note(NoteDraft { author, ..wrote }));
    room = spoke(room, "Bo", Said::Spoke);
    room = spoke(room, "Cy", Said::Passed);
    assert_eq!(unheard(&room), "Cy Dora", "who passed was not heard");
    let room = changed(room, "Dora", |draft| draft.gone(moment(MIN)));
    assert_eq!(unheard(&room), "Cy", "who has left is not waited for");
    let room = changed(room, "Dora", |draft| draft.back(moment(2 * MIN)));
    assert_eq!(unheard(&room), "Cy Dora");
}

#[test]
fn a_decision_maker_counts_while_they_are_there() {
    let room = Room::new();
    assert!(!room.shown().lacks_decision_maker(), "nobody is known by name");
    let room = room.person("Anna", "sales").person("Bo", "purchasing");
    assert!(room.shown().lacks_decision_maker());
    let room = changed(room, "Bo", |draft| ParticipantDraft { role: Some(Role::DecisionMaker), ..draft });
    assert!(!room.shown().lacks_decision_maker());
    let room = changed(room, "Bo", |draft| draft.gone(moment(MIN)));
    assert!(room.shown().lacks_decision_maker());
}

#[test]
fn whose_turn_it_was_stays_on_the_list() {
    let room = spoke(Room::new().person("Anna", "sales").go("practices"), "Anna", Said::Spoke);
    let mut room = room;
    let id = ItemId::Person(room.person_id("Anna"));
    assert!(room.ask(Request::Remove(id)).is_err());
    assert!(room.ask(Request::Undo).is_ok());
    assert!(room.ask(Request::Remove(id)).is_ok());
}
