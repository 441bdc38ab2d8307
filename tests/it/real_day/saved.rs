//! What the files of the real day and of its next must hold.

use crate::play::person;
use visavis::script::SideKey;
use visavis::session::{
    Ask, BallotDraft, Carried, Cover, Given, Hush, Item, Outcome, Ownership, Participant, Pass, Presence,
    Progress, Saying, Session, Standing, Status, Taken, Voter, Who,
};

const MINUTE: i64 = 60_000;

pub(super) fn day_is_all_there(session: &Session) {
    assert!(matches!(session.status, Status::Closed { .. }), "{:?}", session.status);
    assert_eq!((&session.series, &session.follows, session.open_items.len()), (&None, &None, 0));
    people(session);
    notes(session);
    interruption(session);
    votes(session);
    revealed_at_the_end(session);
    silence(session);
    question(session);
}

fn pass<'a>(session: &'a Session, key: &str) -> &'a Pass {
    let step = session.agenda.iter().find(|entry| entry.key.0 == key).unwrap().id;
    session.passes.iter().find(|pass| pass.step == step).unwrap()
}

/// Who sits where.
fn sides<'a>(session: &'a Session) -> Vec<(&'a str, Option<&'a str>)> {
    let side = |person: &'a Participant| person.side.as_ref().map(|side| side.0.as_str());
    session.people.iter().map(|person| (person.name.as_str(), side(person))).collect()
}

fn people(session: &Session) {
    let (purchasing, sales) = (Some("purchasing"), Some("sales"));
    assert_eq!(
        sides(session),
        [
            ("Anna Berg", purchasing),
            ("Bo Lind", purchasing),
            ("Cleo Marsh", purchasing),
            ("Dan Ek", purchasing),
            ("Eve Stone", sales),
            ("Finn Holm", sales),
            ("Gil Ray", sales),
            ("Hanna Roos", None),
            ("Ida Falk", sales),
        ]
    );
    let named = |name: &str| session.people.get(person(session, name)).unwrap();
    let (anna, ida, finn) = (named("Anna Berg"), named("Ida Falk"), named("Finn Holm"));
    assert!(ida.since.millis_since(anna.since) >= 50_000, "Ida came later");
    assert!(matches!(finn.presence(), Presence::Left { at } if at >= ida.since), "{:?}", finn.presence());
    assert_eq!(session.people.iter().filter(|person| person.is_here()).count(), 8);
}

/// Forty of them in the order of the paper, made in the hidden round and revealed.
fn notes(session: &Session) {
    let of = |side: &str, name: &str| {
        let line = |line| (format!("{name} way {line}"), Some(SideKey(side.to_owned())));
        (1..=20).map(line).collect::<Vec<_>>()
    };
    let found: Vec<_> = session.notes.iter().map(|note| (note.text.clone(), note.side.clone())).collect();
    assert_eq!(found, [of("purchasing", "Purchasing"), of("sales", "Sales")].concat());
    assert!(session.notes.iter().all(|note| note.made.round == 1 && !note.made.write_up));
    assert!(pass(session, "practices").rounds.iter().all(|round| round.cover == Cover::Open));
}

/// It is on record, and neither the countdown nor the step's time has it in it.
fn interruption(session: &Session) {
    let [gap] = session.interruptions[..] else { panic!("one: {:?}", session.interruptions) };
    assert_eq!(gap.taken, Some(Taken::LeftOut));
    assert!((22 * MINUTE..23 * MINUTE).contains(&gap.millis()), "{}", gap.millis());
    let pass = pass(session, "practices");
    let (from, to) = (pass.visits[0].from, pass.visits[0].to.unwrap());
    assert!(from <= gap.from && gap.to.is_some_and(|end| end <= to));
    assert_eq!(session.left_out(from, to), gap.millis());
    assert!(to.millis_since(from) - session.left_out(from, to) < 5 * MINUTE);
    assert!(pass.rounds[1].countdown.spent < 5 * MINUTE, "{:?}", pass.rounds[1].countdown);
}

/// What the paper said, as the sides gave it.
fn votes(session: &Session) {
    let note = |text: &str| session.notes.iter().find(|note| note.text == text).unwrap().id;
    let given = |text: &str, dots| Given { what: Carried::Note(note(text)), dots };
    let [first, second, third, last] = ["Purchasing way 1", "Sales way 1", "Sales way 2", "Sales way 20"];
    let side = |key: &str| Voter::Side(SideKey(key.to_owned()));
    let ballots: Vec<_> = session.ballots.iter().map(Item::draft).collect();
    assert_eq!(
        ballots,
        [
            BallotDraft {
                by: side("purchasing"),
                dots: vec![given(first, 4), given(second, 5), given(third, 3)]
            },
            BallotDraft {
                by: side("sales"),
                dots: vec![given(first, 5), given(second, 4), given(third, 2), given(last, 1)]
            },
            BallotDraft { by: Voter::Together, dots: vec![given(third, 2), given(last, 1)] },
        ]
    );
    assert_eq!(pass(session, "pick").rounds[0].cover, Cover::Open);
}

/// The account that nobody had seen was revealed when the session was closed.
fn revealed_at_the_end(session: &Session) {
    let entries: Vec<_> = session.entries.iter().map(Item::draft).collect();
    let [entry] = &entries[..] else { panic!("one: {entries:?}") };
    assert_eq!((entry.text.as_str(), &entry.saying), (super::ENTRY, &Saying::Ours));
    let Progress::Mirror { revealed, .. } = &pass(session, "mirror").progress else { panic!("a mirror") };
    assert_eq!(revealed, &[entry.topic]);
}

/// No click ended it: it was held for all its time.
fn silence(session: &Session) {
    let pass = pass(session, "quiet");
    assert!(
        matches!(pass.progress, Progress::Silence(Hush::Over { planned: 45, held: 45.., .. })),
        "{:?}",
        pass.progress
    );
    let insights: Vec<_> = session.insights.iter().map(Item::draft).collect();
    let hanna = person(session, "Hanna Roos");
    assert!(insights.iter().all(|insight| insight.author == Some(hanna) && insight.side.is_none()));
    assert_eq!(insights.len(), 1);
}

/// What nobody owns is an open question with who will be asked by when.
fn question(session: &Session) {
    let decision = session.decisions.iter().next().expect("a decision");
    let ask = Ask { who: Some(Who::Person(person(session, "Hanna Roos"))), by: "2031-03-17".parse().ok() };
    assert_eq!(decision.statement, super::QUESTION);
    assert_eq!(decision.outcome, Outcome::Decided(Ownership::Open(ask)));
    assert!(session.actions.is_empty());
}

/// The evening is marked as such, and moves neither the end nor a countdown.
pub(super) fn evening_is_marked(session: &Session, day: &Session) {
    let insights: Vec<_> = session
        .insights
        .iter()
        .map(|insight| {
            let corrected = insight.changed.is_some_and(|changed| changed.write_up);
            (insight.text.as_str(), insight.made.write_up, corrected)
        })
        .collect();
    assert_eq!(insights, [(super::CORRECTED, false, true), (super::LATER, true, false)]);
    assert_eq!(session.status.meeting_closed(), day.status.meeting_closed());
    assert_eq!((&session.notes, &session.interruptions), (&day.notes, &day.interruptions));
    let rounds =
        |session: &Session| session.passes.iter().map(|pass| pass.rounds.clone()).collect::<Vec<_>>();
    assert_eq!(rounds(session), rounds(day));
}

pub(super) fn next_follows(next: &Session, first: &Session) {
    assert_eq!(next.follows, Some(first.id));
    assert_eq!(next.series, Some(first.series_or_own()));
    let days = [first, next].map(|session| session.opened.date().to_string());
    assert_eq!(days, ["2031-03-03", "2031-03-31"]);
    let by_name = |session| {
        let mut sides = sides(session);
        sides.sort_unstable();
        sides
    };
    assert_eq!(by_name(next), by_name(first));
    let [item] = &next.open_items[..] else { panic!("one: {:?}", next.open_items) };
    assert_eq!(item.text, super::QUESTION);
    let said: Vec<_> = next.updates.iter().map(|update| (update.of, update.why.as_str())).collect();
    assert_eq!(said, [(item.of, "the board has not met")]);
    let update = next.updates.iter().next().unwrap();
    assert_eq!(update.standing, Standing::GoingOn { by: "2031-04-14".parse().ok() });
}
