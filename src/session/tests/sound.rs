//! A session from elsewhere that does not hold together is told so.

use crate::script::MOST_STEPS;
use crate::session::id::Id;
use crate::session::testing::{Room, moment, people};
use crate::session::{
    Carried, Decision, Edit, Fate, Gap, Items, NoteId, Pass, PassRef, Saying, Session, StepId,
};

type Harm = fn(&mut Session);

fn whole() -> Session {
    let room = Room::new()
        .go("practices")
        .note("sales", "a note")
        .go("mirror")
        .entry("Segmentation", "sales", Saying::Ours, "x")
        .reveal()
        .judge("Segmentation", "sales", Gap::Missing);
    room.session().clone()
}

fn run_steps_too_often(session: &mut Session) {
    let pass = session.passes[0].clone();
    session.passes = (1..=10_001).map(|number| Pass { pass: number, ..pass.clone() }).collect();
}

fn bring_one_thing_twice(session: &mut Session) {
    let last = Room::new().go("practices").park("Who pays?", Fate::Waiting);
    session.open_items = last.session().matters().chain(last.session().matters()).collect();
}

fn rest_on_one_thing_twice(session: &mut Session) {
    let room = Room::new().go("decide").decision("x", "Anna");
    let decision = room.session().decisions.iter().next().unwrap();
    let item = Decision { grounds: vec![Carried::Note(NoteId(Id::new(7))); 2], ..decision.clone() };
    session.decisions.apply(&Edit::Added { at: 0, item });
}

#[test]
fn what_does_not_hold_together_is_named() {
    assert_eq!(whole().sound(), Ok(()));
    let stranger = StepId(Id::new(9));
    let table: [(Harm, &str); 18] = [
        (|session| session.agenda[1].key.0 = "no-such".to_owned(), "the agenda names the step `no-such`"),
        (|session| session.agenda[1].id = session.agenda[0].id, "the agenda has two entries with the id"),
        (|session| session.passes[0].step = StepId(Id::new(9)), "a pass belongs to the step 000000000009"),
        (|session| session.passes[0].pass = 0, "the passes of the step"),
        (|session| session.passes.push(session.passes[0].clone()), "the passes of the step"),
        (|session| session.passes[0].round = 3, "a pass of the step"),
        (|session| session.passes[0].rounds.clear(), "a pass of the step"),
        (
            |session| session.present = Some(PassRef { step: StepId(Id::new(9)), pass: 1 }),
            "it stands at a pass",
        ),
        (|session| session.present = None, ""),
        (run_steps_too_often, "its steps ran 10001 times"),
        (|session| session.passes[0].rounds = vec![session.passes[0].rounds[0]; 10_001], "has 10001 rounds"),
        (bring_one_thing_twice, "it brings one thing twice that was left open: \"Who pays?\""),
        (rest_on_one_thing_twice, "rests on one thing twice"),
        (|session| session.sides = vec![session.sides[0].clone(); 5], "it has 5 sides"),
        (|session| session.script.sides = vec![session.script.sides[0].clone(); 5], "it has 5 sides"),
        (
            |session| session.script.steps = vec![session.script.steps[0].clone(); MOST_STEPS + 1],
            "steps, where a session has at most",
        ),
        (|session| session.topics = Items::default(), "is about the topic"),
        (|session| session.passes[0].rounds.truncate(1), ""),
    ];
    for (harm, words) in table {
        let mut session = whole();
        harm(&mut session);
        match session.sound() {
            Ok(()) => assert_eq!(words, "", "nothing was said"),
            Err(said) => assert!(!words.is_empty() && said.contains(words), "{said} instead of {words}"),
        }
    }
    let mut session = whole();
    session.passes.remove(0);
    assert!(session.sound().unwrap_err().contains("was made in round 1 of pass 1"));
    assert!(session.step(stranger).is_none());
}

#[test]
fn what_stands_nowhere_can_be_left_out_and_nothing_else_is() {
    let leave_out = |harm: Harm| {
        let mut session = whole();
        harm(&mut session);
        let (left, gone) = session.without_what_stands_nowhere();
        assert_eq!(left.sound(), Ok(()));
        (left, gone)
    };
    assert_eq!(leave_out(|_| {}), (whole(), 0));
    let (left, gone) = leave_out(|session| session.agenda[5].key.0 = "no-such".to_owned());
    assert_eq!((left.agenda.len(), gone), (whole().agenda.len() - 1, 1));
    let (left, gone) = leave_out(|session| drop(session.passes.remove(0)));
    assert_eq!((left.notes.len(), left.entries.len(), gone), (0, 1, 1));
    let (left, gone) = leave_out(|session| session.topics = Items::default());
    assert_eq!((left.entries.len(), left.judgements.len(), left.notes.len(), gone), (0, 0, 1, 2));
    let (left, _) = leave_out(|session| session.passes[1].rounds.clear());
    assert!(left.present.is_none() && left.passes.len() == 1);
    // What contradicts itself isn't put right.
    let named = Session { anonymous: true, people: people(&[(1, "Anna")], moment(0)), ..whole() };
    assert!(named.clone().without_what_stands_nowhere().0.sound().is_err());
}

#[test]
fn even_a_pass_without_rounds_can_be_looked_at() {
    let mut pass: Pass = whole().passes[0].clone();
    pass.rounds.clear();
    assert_eq!(pass.current().countdown.planned, 0);
}

#[test]
fn an_id_may_not_stand_twice_in_a_list() {
    let text = ron::to_string(&people(&[(1, "Anna"), (2, "Bo")], moment(0))).unwrap();
    let twice = text.replace(&Id::new(2).to_string(), &Id::new(1).to_string());
    let read = ron::from_str::<Items<crate::session::Participant>>(&twice);
    assert!(read.unwrap_err().to_string().contains("an id stands twice"));
}
