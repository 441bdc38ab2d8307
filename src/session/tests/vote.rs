//! Dots: their limits, what is seen of them when, what carries on.

use super::{refused, storm_script};
use crate::script::Kind;
use crate::session::testing::{Room, side};
use crate::session::{Audience, BallotDraft, Carried, Cut, Dots, Draft, ItemId, PassRef, Request, Voter};

/// Notes `a` to `d`, two people a side, three dots each, at most two of them on one thing; two carry on.
fn room() -> Room {
    let people = [("Anna", "purchasing"), ("Bo", "purchasing"), ("Cy", "sales"), ("Di", "sales")];
    room_with(&people)
}

fn room_with(people: &[(&str, &str)]) -> Room {
    let mut script = storm_script();
    for step in &mut script.steps {
        if let Kind::Vote(vote) = &mut step.kind {
            (vote.dots, vote.cap, vote.keep, vote.keep_each_side) = (3, Some(2), 2, 0);
        }
    }
    let room = people.iter().fold(Room::of(script), |room, (name, of)| room.person(name, of));
    let room = room.go("practices").next();
    ["a", "b", "c", "d"].iter().fold(room, |room, text| room.note("sales", text)).go("pick")
}

fn pass(room: &Room) -> PassRef {
    room.session().present.unwrap()
}

fn give(room: &Room, who: &str, text: &str, dots: u32) -> Request {
    let by = Voter::Person(room.person_id(who));
    Request::GiveDots(vec![Dots { what: Carried::Note(room.note_id(text)), by, dots }])
}

fn gives(room: Room, who: &str, text: &str, dots: u32) -> Room {
    let request = give(&room, who, text, dots);
    room.does(request)
}

fn paper(room: &Room, of: &str, counts: &[(&str, u32)]) -> Vec<Dots> {
    let by = if of.is_empty() { Voter::Together } else { Voter::Side(side(of)) };
    counts
        .iter()
        .map(|(text, dots)| Dots { what: Carried::Note(room.note_id(text)), by: by.clone(), dots: *dots })
        .collect()
}

/// `a 3 in, b 2 tied`: what got dots, in the order of what came in.
fn told(room: &Room) -> String {
    let shown = room.shown();
    let words = |cut| match cut {
        Cut::In => "in",
        Cut::Tied => "tied",
        Cut::Out => "out",
    };
    let tally = shown.tally(pass(room)).unwrap();
    let told: Vec<String> = tally
        .iter()
        .filter(|counted| counted.total > 0)
        .map(|counted| {
            format!("{} {} {}", shown.told(counted.what).unwrap().text, counted.total, words(counted.cut))
        })
        .collect();
    told.join(", ")
}

fn carried_on(room: &Room) -> Vec<String> {
    let shown = room.shown();
    let vote = shown.passes().iter().rfind(|pass| shown.step(pass.step).unwrap().kind.vote().is_some());
    let yielded = shown.yielded(vote.unwrap());
    yielded.into_iter().map(|what| shown.told(what).unwrap().text.into_owned()).collect()
}

#[test]
fn dots_are_given_and_taken_back() {
    let room = gives(gives(room(), "Anna", "a", 2), "Anna", "b", 1);
    let anna = Voter::Person(room.person_id("Anna"));
    assert_eq!(room.shown().dots_given(pass(&room), &anna), 3);
    let room = gives(room, "Anna", "a", 0);
    assert_eq!(room.shown().dots_given(pass(&room), &anna), 1);
    let room = gives(room, "Anna", "b", 0);
    assert!(room.session().ballots.is_empty(), "an empty ballot goes");
    let room = (0..4).fold(room, |room, _| room.does(Request::Undo));
    assert!(room.session().ballots.is_empty());
}

#[test]
fn nobody_gives_more_than_they_have() {
    let mut room = gives(gives(room(), "Anna", "a", 2), "Anna", "b", 1);
    let request = give(&room, "Anna", "c", 1);
    assert_eq!(refused(&mut room, request), "Anna can give 3 dots; that would be 4.");
    let request = give(&room, "Bo", "a", 3);
    assert_eq!(refused(&mut room, request), "2 dots of one person is the most for one thing.");
    let counts = paper(&room, "purchasing", &[("a", 2), ("b", 2)]);
    let why = refused(&mut room, Request::GiveDots(counts));
    assert_eq!(why, "Purchasing (2 in the list of people) can give 6 dots; that would be 7.");
    let split = [paper(&room, "sales", &[("a", 4), ("b", 2)]), paper(&room, "", &[("c", 4)])].concat();
    let why = refused(&mut room, Request::GiveDots(split));
    assert_eq!(why, "Everybody together (4 in the list of people) can give 12 dots; that would be 13.");
    let request = Request::Remove(ItemId::Person(room.person_id("Anna")));
    assert!(refused(&mut room, request).contains("names Anna"));
    let mut away = room.go("leave");
    let request = give(&away, "Anna", "a", 1);
    assert_eq!(refused(&mut away, request), "Dots belong to a vote.");
}

/// The list of people may grow shorter than what was counted from paper.
#[test]
fn what_was_given_once_is_never_in_the_way() {
    let room = room_with(&[]);
    let counts = paper(&room, "", &[("a", 5), ("b", 4)]);
    let room = room.does(Request::GiveDots(counts)).person("Anna", "purchasing");
    let with = |room: Room, counts: &[(&str, u32)]| {
        let dots = paper(&room, "", counts);
        room.does(Request::GiveDots(dots))
    };
    let room = with(with(room, &[("b", 3)]), &[("a", 4)]);
    let mut more = room.clone();
    let request = Request::GiveDots(paper(&room, "", &[("a", 5)]));
    assert_eq!(refused(&mut more, request), "2 dots of one person is the most for one thing.");
    let request = Request::GiveDots(paper(&room, "", &[("c", 1)]));
    let why = refused(&mut more, request);
    assert_eq!(why, "Everybody together (1 in the list of people) can give 3 dots; that would be 8.");
    let room = (0..2).fold(room, |room, _| room.does(Request::Undo));
    assert_eq!(room.shown().dots_given(pass(&room), &Voter::Together), 9);
    let room = (0..2).fold(room, |room, _| room.does(Request::Redo));
    assert_eq!(room.shown().dots_given(pass(&room), &Voter::Together), 7);
}

#[test]
fn paper_is_counted_by_side_in_one_undo() {
    let room = room();
    let counts =
        [paper(&room, "purchasing", &[("a", 4), ("b", 1)]), paper(&room, "sales", &[("b", 4), ("c", 2)])];
    let room = room.does(Request::GiveDots(counts.concat())).reveal();
    assert_eq!(told(&room), "a 4 in, b 5 in, c 2 out");
    let shown = room.shown();
    let tally = shown.tally(pass(&room)).unwrap();
    assert_eq!(tally[1].by_side, [1, 4, 0]);
    let room = room.does(Request::Undo);
    assert_eq!(room.shown().dots_placed(pass(&room)), 0);
}

#[test]
fn hidden_dots_are_counted_and_nowhere_to_be_read() {
    let room = gives(room(), "Anna", "a", 2);
    let shown = room.shown();
    assert_eq!((shown.dots_placed(pass(&room)), shown.tally(pass(&room))), (2, None));
    assert!(shown.has_hidden());
    assert!(shown.to_file().ballots.is_empty());
    assert_eq!(room.frames().last().unwrap().audience, Audience::Facilitator);
    assert_eq!(carried_on(&room.clone().go("leave")), ["a", "b", "c", "d"], "nothing is given away");
    let room = room.reveal();
    assert_eq!(&room.shown().to_file(), room.session());
    assert_eq!(carried_on(&room.go("leave")), ["a"]);
}

#[test]
fn a_tie_is_settled_by_hand_and_stays_on_record() {
    let room = gives(gives(gives(room(), "Anna", "a", 2), "Bo", "b", 1), "Cy", "c", 1);
    let b = Carried::Note(room.note_id("b"));
    let mut hidden = room.clone();
    assert_eq!(refused(&mut hidden, Request::Keep(b)), "The dots are hidden yet.");
    let mut room = room.reveal();
    assert_eq!(told(&room), "a 2 in, b 1 tied, c 1 tied");
    assert_eq!(carried_on(&room.clone().go("leave")), ["a", "b", "c"], "what nobody chose is not lost");
    let a = Carried::Note(room.note_id("a"));
    assert_eq!(refused(&mut room, Request::Keep(a)), "That does not tie at the cut.");
    let room = room.does(Request::Keep(b));
    assert_eq!(told(&room), "a 2 in, b 1 in, c 1 out");
    assert_eq!(carried_on(&room.clone().go("leave")), ["a", "b"]);
    let c = Carried::Note(room.note_id("c"));
    let both = room.clone().does(Request::Keep(c));
    assert_eq!(told(&both), "a 2 in, b 1 in, c 1 in");
    assert_eq!(told(&room.does(Request::Keep(b))), "a 2 in, b 1 tied, c 1 tied", "and taken back");
}

#[test]
fn dots_on_what_has_gone_come_back() {
    let room = gives(gives(room(), "Anna", "a", 2), "Anna", "b", 1);
    let a = ItemId::Note(room.note_id("a"));
    let room = room.does(Request::Remove(a));
    let anna = Voter::Person(room.person_id("Anna"));
    assert_eq!(room.shown().dots_given(pass(&room), &anna), 1);
    let room = gives(room, "Anna", "c", 2).reveal();
    assert_eq!(told(&room), "b 1 in, c 2 in");
}

#[test]
fn what_has_dots_stays_on_record_when_it_comes_in_no_more() {
    let room = gives(room(), "Anna", "a", 2).reveal();
    let again = room.session().agenda_id(&crate::script::StepKey("practices".to_owned())).unwrap();
    let vote = pass(&room);
    let room = room.does(Request::Repeat(again)).next().note("sales", "new").go("pick");
    let shown = room.shown();
    let tally = shown.tally(vote).unwrap();
    let told: Vec<_> = tally.iter().map(|counted| shown.told(counted.what).unwrap().text).collect();
    assert_eq!(told, ["new", "a"]);
}

#[test]
fn a_ballot_comes_only_from_dots() {
    let mut room = room();
    let draft = BallotDraft { by: Voter::Together, dots: Vec::new() };
    let request = Request::Add { to: None, drafts: vec![Draft::Ballot(draft)] };
    assert_eq!(refused(&mut room, request), "Dots are given in a vote.");
}
