//! What a session takes over from those before it, what is said of that, and what is parked.

use crate::session::testing::{Room, december};
use crate::session::{
    Draft, Fate, Item, ItemId, Matter, Origin, Ownership, ParkedDraft, Request, Standing, UpdateDraft, Who,
};

fn last() -> Room {
    Room::new()
        .person("Anna", "sales")
        .go("decide")
        .decision("to try", "Anna")
        .action("the list is there", "call", "", 3)
        .park("Who pays?", Fate::Waiting)
        .park("The old contract", Fate::Dropped)
}

#[test]
fn a_session_takes_copies_of_what_is_open_with_names_and_days() {
    let last = last();
    let next = Room::after(last.session());
    let session = next.session();
    assert_eq!(session.follows, Some(last.session().id));
    assert_eq!(session.series_or_own(), last.session().series_or_own());
    let told: Vec<(&str, bool, Option<chrono::NaiveDate>)> = session
        .open_items
        .iter()
        .map(|item| (item.text.as_str(), item.owner == Ownership::default(), item.due))
        .collect();
    assert_eq!(
        told,
        [
            ("to try", false, None),
            ("When the list is there, I will call", true, Some(december(3))),
            ("Who pays?", true, None)
        ]
    );
    let Ownership::Owned { by, .. } = &session.open_items[0].owner else { panic!("Anna owns it") };
    assert_eq!(*by, Who::Named("Anna".to_owned()));
    let third = Room::after(session);
    assert_eq!(third.session().series_or_own().first, last.session().id, "one series, whoever is followed");
}

#[test]
fn a_word_can_be_said_on_what_was_left_open_and_taken_back() {
    let last = last();
    let of = last.origin("to try");
    let mut room = Room::after(last.session()).go("practices").update(of, Standing::Done, "it works");
    assert_eq!(room.shown().update_on(&of).map(|update| update.standing), Some(Standing::Done));
    room = room.update(of, Standing::GoingOn { by: Some(december(24)) }, "");
    assert!(room.shown().update_on(&of).is_some_and(|update| update.standing.is_open()));
    room = room.does(Request::Undo).does(Request::Undo);
    assert_eq!(room.shown().update_on(&of), None);
}

#[test]
fn nothing_is_said_of_what_is_not_known_here() {
    let mut room = Room::after(last().session()).go("practices");
    let of = Origin { session: room.session().id, what: last().origin("to try").what };
    let draft = Draft::Update(UpdateDraft { of, standing: Standing::Done, why: String::new() });
    let refusal = room.ask(Request::Add { to: None, drafts: vec![draft] }).unwrap_err();
    assert_eq!(refusal.to_string(), "That was not left open here. Choose one of those on the list.");
}

#[test]
fn a_word_goes_with_what_it_is_about() {
    let room = last();
    let of = room.origin("to try");
    let Matter::Decision(decision) = of.what else { panic!("it is a decision") };
    let mut room = room.update(of, Standing::Dropped, "no money");
    room = room.does(Request::Remove(ItemId::Decision(decision)));
    assert!(room.session().updates.is_empty());
    room = room.does(Request::Undo);
    assert_eq!(room.session().updates.len(), 1);
    // What the word is about stays as long as the word does.
    let said = room.session().updates.iter().next().map(Item::id).unwrap();
    room = room.does(Request::Remove(ItemId::Update(said)));
    assert!(room.session().updates.is_empty() && room.session().decisions.len() == 1);
}

#[test]
fn all_that_waits_is_settled_at_once_and_taken_back_at_once() {
    let room = Room::new().go("practices");
    let room = room.park("one", Fate::Waiting).park("two", Fate::Discussed).park("three", Fate::Waiting);
    let fates = |room: &Room| room.session().parked.iter().map(|parked| parked.fate).collect::<Vec<_>>();
    let mut room = room.does(Request::SettleParked(Fate::NextSession));
    assert_eq!(fates(&room), [Fate::NextSession, Fate::Discussed, Fate::NextSession]);
    let refusal = room.ask(Request::SettleParked(Fate::Dropped)).unwrap_err();
    assert_eq!(refusal.to_string(), "Nothing waits in the parking lot. Go on.");
    let mut room = room.does(Request::Undo);
    assert_eq!(fates(&room), [Fate::Waiting, Fate::Discussed, Fate::Waiting]);
    assert!(room.ask(Request::SettleParked(Fate::Waiting)).is_err(), "they wait already");
}

#[test]
fn a_parked_thought_is_not_empty_and_its_fate_can_change() {
    let mut room = Room::new().go("practices").park("Who pays?", Fate::Waiting);
    let parked = room.session().parked.iter().next().unwrap().clone();
    let draft = ParkedDraft { fate: Fate::NextSession, ..parked.draft() };
    room = room.does(Request::Change { id: ItemId::Parked(parked.id), draft: Draft::Parked(draft) });
    assert_eq!(room.session().parked.iter().next().map(|parked| parked.fate), Some(Fate::NextSession));
    let empty = Draft::Parked(ParkedDraft { text: " ".to_owned(), fate: Fate::Waiting });
    assert!(room.ask(Request::Add { to: None, drafts: vec![empty] }).is_err());
}
