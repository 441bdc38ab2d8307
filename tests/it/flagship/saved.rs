//! What the file of the shipped script's run must hold, field by field.

use crate::play::person;
use visavis::script::{SideKey, shipped};
use visavis::session::{
    Acceptance, ActionDraft, Ask, Carried, Cover, DecisionDraft, Driver, EntryDraft, FORMAT, Gap, Hush,
    InsightDraft, Item, Items, JudgementDraft, JudgementId, Made, NoteDraft, Outcome, Ownership, Pass,
    PersonId, PossibilityDraft, Progress, RatingDraft, Saying, Session, Status, StepId, TopicDraft, TopicId,
    Who,
};

fn side(key: &str) -> SideKey {
    SideKey(key.to_owned())
}

fn drafts<T: Item>(items: &Items<T>) -> Vec<T::Draft> {
    items.iter().map(Item::draft).collect()
}

/// Every field of the session is looked at here, or in the function that is named after it: one that comes
/// later does not go by unseen.
pub(super) fn is_all_there(session: &Session) {
    let Session {
        format,
        id: _,
        title,
        confidential,
        anonymous,
        status,
        opened,
        planned_start,
        series,
        follows,
        open_items,
        sides,
        people: _,
        agenda: _,
        present: _,
        interruptions,
        passes: _,
        notes: _,
        clusters,
        placements,
        ballots,
        rulings,
        topics: _,
        entries: _,
        judgements: _,
        possibilities: _,
        insights: _,
        decisions: _,
        actions: _,
        ratings: _,
        updates,
        parked,
        voices,
        script: _,
    } = session;
    assert_eq!((*format, title.as_str(), *status), (FORMAT, "Lifts: buying and selling", Status::Open));
    assert_eq!(*planned_start, None);
    assert!(!confidential && !anonymous);
    assert_eq!((series, follows, open_items.len()), (&None, &None, 0), "nothing came before it");
    assert!(updates.is_empty() && parked.is_empty() && voices.is_empty() && interruptions.is_empty());
    assert!(clusters.is_empty() && placements.is_empty() && ballots.is_empty() && rulings.is_empty());
    let named: Vec<_> = sides
        .iter()
        .map(|side| (side.key.0.as_str(), side.name.as_str(), side.field.as_str(), side.mark))
        .collect();
    assert_eq!(named, [("purchasing", "Purchasing", "SRM", 'P'), ("sales", "Sales", "CRM", 'S')]);
    let script = shipped().iter().find(|script| script.name == "purchasing-meets-sales").unwrap();
    assert_eq!(session.script, visavis::script::read(script.text).unwrap().script);
    let first = session.passes[0].visits[0].from;
    assert!(*opened <= first);
    people(session);
    course(session);
    notes(session);
    mirror(session);
    insights(session);
    decisions(session);
    actions(session);
    ratings(session);
}

fn people(session: &Session) {
    let people: Vec<_> = session
        .people
        .iter()
        .map(|person| {
            assert_eq!((person.role, person.changed), (None, None));
            (person.name.as_str(), person.side.as_ref().map(|side| side.0.as_str()))
        })
        .collect();
    let (purchasing, sales) = (Some("purchasing"), Some("sales"));
    assert_eq!(
        people,
        [
            ("Anna Berg", purchasing),
            ("Bo Lind", purchasing),
            ("Cleo Marsh", sales),
            ("Dan Ek", sales),
            ("Eve Stone", None)
        ]
    );
}

/// The follow-up was passed over, since nothing came before; every other step was entered once, one after
/// the other, with its rounds as planned and all of it revealed.
fn course(session: &Session) {
    let keys: Vec<&str> = session.agenda.iter().map(|entry| entry.key.0.as_str()).collect();
    assert_eq!(keys, ["last-time", "practices", "mirror", "quiet", "decide", "leave"]);
    let order: Vec<(StepId, u32)> = session.passes.iter().map(|pass| (pass.step, pass.pass)).collect();
    let planned: Vec<(StepId, u32)> = session.agenda.iter().skip(1).map(|entry| (entry.id, 1)).collect();
    assert_eq!(order, planned);
    let last = session.passes.last().unwrap();
    assert_eq!(session.present, Some(last.reference()));
    let rounds: Vec<(u32, Vec<u32>)> = session
        .passes
        .iter()
        .map(|pass| (pass.round, pass.rounds.iter().map(|round| round.countdown.planned).collect()))
        .collect();
    assert_eq!(
        rounds,
        [
            (3, vec![300, 240, 300]),
            (1, vec![36 * 60]),
            (2, vec![240, 360]),
            (1, vec![20 * 60]),
            (1, vec![300])
        ]
    );
    let open = |pass: &Pass| pass.rounds.iter().all(|round| round.cover == Cover::Open);
    assert!(session.passes.iter().all(open), "all was revealed");
    for passes in session.passes.windows(2) {
        let (left, entered) = (passes[0].visits[0].to, passes[1].visits[0].from);
        assert!(left == Some(entered) && passes[0].visits[0].from <= entered);
    }
    assert!(session.passes.iter().all(|pass| pass.visits.len() == 1));
    assert_eq!(last.visits[0].to, None, "the last step is where one is");
    let running = |pass: &Pass| pass.rounds.iter().filter(|round| round.countdown.since.is_some()).count();
    assert_eq!(session.passes.iter().map(running).collect::<Vec<_>>(), [0, 0, 0, 0, 1]);
    assert_eq!(session.passes[3].rounds[0].countdown.extra, 60, "a minute more was given");
    silence(&session.passes[2]);
}

fn silence(pass: &Pass) {
    let Progress::Silence(Hush::Over { since, planned, held }) = pass.progress else {
        panic!("it was kept: {:?}", pass.progress);
    };
    let countdown = pass.rounds[0].countdown;
    assert_eq!((planned, i64::from(held)), (240, countdown.spent / 1000));
    assert!(countdown.extra < 0 && countdown.extra >= -120, "it was made shorter: {}", countdown.extra);
    assert!(pass.visits[0].from <= since);
}

/// Where things were made: in which of the runs of steps, and in which of its rounds.
#[track_caller]
fn made<'a>(session: &Session, made: impl IntoIterator<Item = &'a Made>, step: usize, rounds: &[u32]) {
    let pass = session.passes[step].reference();
    let made: Vec<&Made> = made.into_iter().collect();
    assert!(made.iter().all(|made| made.during() == pass && made.by.is_facilitator()));
    assert_eq!(made.iter().map(|made| made.round).collect::<Vec<_>>(), rounds);
    let visit = session.passes[step].visits[0];
    assert!(made.iter().all(|made| visit.from <= made.at && visit.to.is_none_or(|to| made.at <= to)));
}

fn notes(session: &Session) {
    let note = |text: &str, tag: &str, by: &str, author: &str| NoteDraft {
        text: text.to_owned(),
        tags: if tag.is_empty() { Vec::new() } else { vec![tag.to_owned()] },
        side: Some(side(by)),
        author: (!author.is_empty()).then(|| person(session, author)),
        confidential: false,
    };
    assert_eq!(
        drafts(&session.notes),
        [
            note("Should-cost model before each negotiation", "price", "purchasing", "Anna Berg"),
            note("Two people at every visit", "people", "purchasing", "Bo Lind"),
            note("Lost deals talked through within a week", "", "sales", "Cleo Marsh"),
            note("One page of who decides", "people", "sales", ""),
            note("We ask to be rated after each project", "", "sales", ""),
            note("Nobody knows the other's calendar", "", "sales", "Eve Stone"),
        ]
    );
    made(session, session.notes.iter().map(|note| &note.made), 0, &[1, 1, 1, 2, 2, 3]);
    assert!(session.notes.iter().all(|note| note.changed.is_none()));
}

fn topic(session: &Session, text: &str) -> TopicId {
    session.topics.iter().find(|topic| topic.text == text).unwrap().id
}

fn mirror(session: &Session) {
    let from = |place: usize| vec![Carried::Note(session.notes.iter().nth(place).unwrap().id)];
    assert_eq!(
        drafts(&session.topics),
        [
            TopicDraft { text: "How we prepare a negotiation".to_owned(), from: from(0) },
            TopicDraft { text: "Who knows the other side".to_owned(), from: from(1) },
        ]
    );
    made(session, session.topics.iter().map(|topic| &topic.made), 1, &[1, 1]);
    let (prepare, knows) =
        (topic(session, "How we prepare a negotiation"), topic(session, "Who knows the other side"));
    let progress = Progress::Mirror { topic: Some(knows), revealed: vec![prepare, knows] };
    assert_eq!(session.passes[1].progress, progress);
    let entry = |topic, by: &str, saying, text: &str| EntryDraft {
        text: text.to_owned(),
        topic,
        by: side(by),
        saying,
        aspect: None,
    };
    assert_eq!(
        drafts(&session.entries),
        [
            entry(prepare, "purchasing", Saying::Ours, "a cost model first"),
            entry(prepare, "purchasing", Saying::Theirs(side("sales")), "they name a number"),
            entry(prepare, "purchasing", Saying::Guess, "only the price counts"),
            entry(prepare, "sales", Saying::Ours, "we ask what hurts"),
            entry(prepare, "sales", Saying::Theirs(side("purchasing")), "they have models"),
            entry(prepare, "sales", Saying::Guess, "no preparation"),
            entry(knows, "purchasing", Saying::Ours, "through two contacts"),
        ]
    );
    made(session, session.entries.iter().map(|entry| &entry.made), 1, &[1; 7]);
    let judged = |about: &str, gap| JudgementDraft { topic: prepare, about: side(about), gap };
    assert_eq!(
        drafts(&session.judgements),
        [judged("purchasing", Gap::BlindSpot), judged("sales", Gap::SeenAlike)]
    );
    assert_eq!(
        drafts(&session.possibilities),
        [PossibilityDraft {
            sentence: "Purchasing can learn to ask what hurts".to_owned(),
            learner: side("purchasing"),
            teacher: side("sales"),
            driver: Some(Driver::MirrorImage),
            prerequisites: Vec::new(),
            practice: None,
            level: session.script.level,
            topic: prepare,
            judgement: Some(gap(session)),
        }]
    );
    assert!(session.possibilities.iter().all(|possibility| possibility.changed.is_some()));
}

/// The gap that was seen on the account of purchasing.
fn gap(session: &Session) -> JudgementId {
    session.judgements.iter().next().unwrap().id
}

fn insights(session: &Session) {
    let insight = |text: &str, author: &str, of: &str| InsightDraft {
        text: text.to_owned(),
        author: Some(person(session, author)),
        side: (!of.is_empty()).then(|| side(of)),
    };
    assert_eq!(
        drafts(&session.insights),
        [
            insight("They plan their week; I will ask for it", "Dan Ek", "sales"),
            insight("We ask too late", "Eve Stone", ""),
        ]
    );
    made(session, session.insights.iter().map(|insight| &insight.made), 2, &[2, 2]);
}

fn owned(by: PersonId, acceptance: Acceptance) -> Ownership {
    Ownership::Owned { by: Who::Person(by), acceptance }
}

fn decisions(session: &Session) {
    let possibility = session.possibilities.iter().next().unwrap().id;
    let insight = session.insights.iter().next().unwrap().id;
    assert_eq!(
        drafts(&session.decisions),
        [
            DecisionDraft {
                statement: "We go through lost deals together".to_owned(),
                method: visavis::script::Method::Consensus,
                outcome: Outcome::Decided(owned(person(session, "Cleo Marsh"), Acceptance::Accepted)),
                objections: vec!["It takes an hour a week".to_owned()],
                review: "2031-03-03".parse().ok(),
                grounds: vec![
                    Carried::Gap(gap(session)),
                    Carried::Possibility(possibility),
                    Carried::Insight(insight)
                ],
            },
            DecisionDraft {
                statement: "Who pays for joint visits?".to_owned(),
                method: visavis::script::Method::Consent,
                outcome: Outcome::Decided(Ownership::Open(Ask {
                    who: Some(Who::Named("Frida Olsen".to_owned())),
                    by: "2031-01-07".parse().ok(),
                })),
                objections: Vec::new(),
                review: None,
                grounds: Vec::new(),
            },
        ]
    );
    made(session, session.decisions.iter().map(|decision| &decision.made), 3, &[1, 1]);
}

fn actions(session: &Session) {
    assert_eq!(
        drafts(&session.actions),
        [ActionDraft {
            decision: session.decisions.iter().next().map(|decision| decision.id),
            when: "a deal is lost".to_owned(),
            will: "invite purchasing within a week".to_owned(),
            owner: owned(person(session, "Dan Ek"), Acceptance::NotYetAsked),
            by: "2031-02-01".parse().ok(),
        }]
    );
    made(session, session.actions.iter().map(|action| &action.made), 3, &[1]);
}

fn ratings(session: &Session) {
    let rating =
        |score, word: &str, author| RatingDraft { score: Some(score), word: word.to_owned(), author };
    assert_eq!(
        drafts(&session.ratings),
        [
            rating(4, "clearer now", Some(person(session, "Anna Berg"))),
            rating(5, "", None),
            rating(4, "", None),
            rating(4, "", None),
            rating(3, "", None),
        ]
    );
    made(session, session.ratings.iter().map(|rating| &rating.made), 4, &[1; 5]);
}
