//! What was worked out is remembered while the session stands still, and not a moment longer.

use std::borrow::Cow;
use std::ptr;

use super::storm_script;
use crate::session::testing::Room;
use crate::session::{Carried, Counted, Grouping, NotesOf, Request, Shown, Voter};

/// All that is remembered of the present pass.
#[derive(Debug, PartialEq)]
pub(super) struct Told<'a> {
    notes: Cow<'a, [NotesOf]>,
    tags: Vec<(&'a str, usize)>,
    incoming: Cow<'a, [Carried]>,
    grouping: Cow<'a, Grouping>,
    votable: Cow<'a, [Carried]>,
    ranked: Option<Cow<'a, [Counted]>>,
    dots: Vec<u32>,
}

/// None before the first step.
pub(super) fn told(shown: Shown<'_>) -> Option<Told<'_>> {
    let (_, pass) = shown.present()?;
    let pass = pass.reference();
    Some(Told {
        notes: shown.notes_by_side(pass),
        tags: shown.used_tags().collect(),
        incoming: shown.incoming(pass.step),
        grouping: shown.grouping(pass),
        votable: shown.to_vote_on(pass),
        ranked: shown.ranked(pass),
        dots: shown.people().iter().map(|person| shown.dots_given(pass, &Voter::Person(person.id))).collect(),
    })
}

fn room() -> Room {
    let room = Room::of(storm_script()).person("Anna", "sales").go("practices").next();
    ["a", "b", "c"].iter().fold(room, |room, text| room.note("sales", text)).go("groups")
}

#[test]
fn nothing_is_worked_out_twice_while_the_session_stands_still() {
    let mut room = room();
    for step in ["pick", "practices", "groups"] {
        room = room.go(step);
        let [one, other] = [room.shown(), room.shown()].map(|shown| told(shown).unwrap());
        assert!(ptr::eq(&*one.notes, &*other.notes), "the notes at {step}");
        assert!(ptr::eq(&*one.incoming, &*other.incoming), "what comes into {step}");
        assert!(ptr::eq(&*one.grouping, &*other.grouping), "the groups at {step}");
        assert!(ptr::eq(&*one.votable, &*other.votable), "what is voted on at {step}");
        if let (Some(one), Some(other)) = (one.ranked, other.ranked) {
            assert!(ptr::eq(&*one, &*other), "the ranks at {step}");
        }
    }
}

#[test]
fn every_change_makes_it_forgotten() {
    let room = room();
    let loose = |room: &Room| room.shown().grouping(room.session().present.unwrap()).loose.len();
    assert_eq!(loose(&room), 3);
    let what = vec![Carried::Note(room.note_id("b"))];
    let room = room.does(Request::NewGroup { name: "Costs".to_owned(), what });
    assert_eq!(loose(&room), 2);
    let room = room.does(Request::Undo);
    assert_eq!(loose(&room), 3);
    let mut log = room.log().clone();
    let frames = room.note("sales", "d").frames().to_vec();
    let present = log.session().present.unwrap();
    assert_eq!(log.shown().grouping(present).loose.len(), 3);
    log.append(frames.last().unwrap()).unwrap();
    assert_eq!(log.shown().grouping(present).loose.len(), 4, "a frame from elsewhere");
    assert_eq!(log.shown().grouping(present), Shown::from(log.session()).grouping(present));
}
