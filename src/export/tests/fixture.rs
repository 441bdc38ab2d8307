//! A session in which everything happened once, made as the program makes one: by commands.

use crate::script::{CheckIn, Cluster, Kind, Method, Script};
use crate::session::testing::{Room, december, script_and, side, step};
use crate::session::{
    Acceptance, ActionDraft, Ask, Carried, DecisionDraft, Draft, EntryDraft, Fate, Gap, InsightDraft, Item,
    ItemId, NoteDraft, Outcome, Ownership, ParticipantDraft, RatingDraft, Request, Role, Said, Saying,
    Session, Standing, VoiceDraft, Who,
};

/// The ordinary script between two rounds of words.
fn longer_script() -> Script {
    let words = |key, title| step(key, title, 5, &[], Kind::CheckIn(CheckIn));
    let mut script = script_and(words("extra", "If there is time"));
    let groups = Kind::Cluster(Cluster { groups: vec!["Price".to_owned()] });
    script.steps.insert(1, step("sort", "What belongs together?", 5, &["practices"], groups));
    script.steps.insert(0, words("arrive", "Why are you here?"));
    script
}

/// The whole day, closed.
pub(super) fn full() -> Session {
    let person = |name: &str, side_key: &str, role| {
        let side = (!side_key.is_empty()).then(|| side(side_key));
        Draft::Person(ParticipantDraft { role, ..ParticipantDraft::new(name.to_owned(), side) })
    };
    let room = Room::of(longer_script())
        .add(person("Anna Berg", "purchasing", Some(Role::DecisionMaker)))
        .add(person("Bo", "sales", None))
        .add(person("Anna Holm", "purchasing", Some(Role::Scribe)))
        .add(person("Carl", "", Some(Role::Facilitator)))
        .go("arrive")
        .wait(90)
        .note("", "Too many lost deals");
    let room = voices(room).wait(270);
    leave(decide(silence(mirror(sort(practices(room)))))).does(Request::Close).session().clone()
}

/// A word, a turn that was taken, one that was passed; and one of the three has to go before the end.
fn voices(room: Room) -> Room {
    let bo = room.person_id("Bo");
    let gone = room.session().person(bo).unwrap().draft().gone(room.now().plus_millis(1_800_000));
    [("Anna Berg", Said::Word("curious".to_owned())), ("Bo", Said::Spoke), ("Anna Holm", Said::Passed)]
        .into_iter()
        .fold(room, |room, (name, said)| {
            let who = Some(room.person_id(name));
            room.add(Draft::Voice(VoiceDraft { who, said }))
        })
        .does(Request::Change { id: ItemId::Person(bo), draft: Draft::Person(gone) })
}

fn practices(room: Room) -> Room {
    let anna = room.person_id("Anna Berg");
    room.go("practices")
        .add(Draft::Note(NoteDraft {
            text: "Should-cost model before each negotiation".to_owned(),
            tags: vec!["price".to_owned()],
            side: Some(side("purchasing")),
            author: Some(anna),
            confidential: false,
        }))
        .note("sales", "Lost deals talked through within a week, with everybody who had a part in them\n\nand delivery too")
        .reveal()
        .wait(840)
}

fn sort(room: Room) -> Room {
    let note = Carried::Note(room.note_id("Should-cost model before each negotiation"));
    let room = room.go("sort");
    let group = room.session().clusters.iter().next().map(|cluster| cluster.id);
    room.does(Request::Group { what: vec![note], into: group })
        .does(Request::NewGroup { name: "People".to_owned(), what: Vec::new() })
        .wait(60)
}

fn mirror(room: Room) -> Room {
    let of_aspect = |room: Room, by: &str, saying, aspect: &str, text: &str| {
        let topic = room.topic_id("Segmentation");
        let aspect = Some(aspect.to_owned());
        room.add(Draft::Entry(EntryDraft { text: text.to_owned(), topic, by: side(by), saying, aspect }))
    };
    let room = room
        .go("mirror")
        .topic("Contracts")
        .entry("Segmentation", "purchasing", Saying::Ours, "four segments, rules written down")
        .entry("Segmentation", "purchasing", Saying::Guess, "they only look at price")
        .entry("Segmentation", "sales", Saying::Theirs(side("purchasing")), "they squeeze the small ones");
    let room = of_aspect(room, "sales", Saying::Ours, "Strategy", "everyone knows their A customers");
    let theirs = Saying::Theirs(side("sales"));
    of_aspect(room, "purchasing", theirs, "Process", "they chase revenue, no rules")
        .reveal()
        .judge("Segmentation", "purchasing", Gap::BlindSpot)
        .judge("Segmentation", "sales", Gap::Missing)
        .learn("Segmentation", "sales")
        .wait(2100)
}

fn silence(room: Room) -> Room {
    let bo = room.person_id("Bo");
    room.go("quiet")
        .does(Request::BeginSilence)
        .wait(210)
        .does(Request::EndSilence)
        .add(Draft::Insight(InsightDraft {
            text: "We ask before we write the order".to_owned(),
            author: Some(bo),
            side: Some(side("sales")),
        }))
        .insight("", "Listen longer")
        .wait(300)
}

fn decide(room: Room) -> Room {
    let session = room.session();
    let anna = Who::Person(room.person_id("Anna Berg"));
    let bo = Who::Person(room.person_id("Bo"));
    let topic = room.topic_id("Segmentation");
    let grounds = vec![
        Carried::Note(room.note_id("Should-cost model before each negotiation")),
        Carried::Topic(topic),
        Carried::Gap(session.judgement_on(topic, &side("sales")).unwrap().id),
        Carried::Possibility(session.possibilities.iter().next().unwrap().id),
        Carried::Insight(session.insights.iter().next().unwrap().id),
    ];
    let decision = |statement: &str, outcome, objection: &str, grounds| {
        Draft::Decision(DecisionDraft {
            statement: statement.to_owned(),
            method: Method::Consent,
            outcome,
            objections: (!objection.is_empty()).then(|| objection.to_owned()).into_iter().collect(),
            review: Some(december(20)),
            grounds,
        })
    };
    let owned = |by, acceptance| Ownership::Owned { by, acceptance };
    let pilot = Outcome::Decided(owned(anna, Acceptance::Accepted));
    let unowned = Ask { who: Some(Who::Named("Dora".to_owned())), by: Some(december(1)) };
    let room = room.go("decide").add(decision(
        "We try the segment rules with two accounts",
        pilot,
        "Two are too few to tell",
        grounds,
    ));
    let decided = room.session().decisions.iter().next().map(|decision| decision.id);
    let action = |when: &str, will: &str, owner, by| {
        let (when, will) = (when.to_owned(), will.to_owned());
        Draft::Action(ActionDraft { decision: decided, when, will, owner, by })
    };
    let nobody = Ownership::Open(Ask { who: None, by: Some(december(2)) });
    room.add(decision("One page of who decides", Outcome::Decided(Ownership::Open(unowned)), "", Vec::new()))
        .add(decision("Joint visits", Outcome::NotDecided(Ask::default()), "No travel money", Vec::new()))
        .add(action("", "Invite delivery", owned(Who::Named("Erik".to_owned()), Acceptance::Absent), None))
        .add(action(
            "the next offer is due",
            "ask for the model",
            owned(bo, Acceptance::NotYetAsked),
            Some(december(5)),
        ))
        .add(action("the rules are out", "check them", nobody, Some(december(9))))
        .wait(1200)
}

fn leave(room: Room) -> Room {
    let author = Some(room.person_id("Anna Berg"));
    let erik = room.origin("Invite delivery");
    room.go("leave")
        .add(Draft::Rating(RatingDraft { score: Some(5), word: "useful".to_owned(), author }))
        .rating(4, "")
        .rating(4, "")
        .rating(3, "calm")
        .park("Who speaks for the works council?", Fate::NextSession)
        .update(erik, Standing::GoingOn { by: Some(december(12)) }, "Erik is on leave")
        .wait(240)
}
