//! What people write: accepted, refused, changed, taken out.

use super::{refusal, refused};
use crate::script::SideKey;
use crate::session::id::Id;
use crate::session::testing::{Room, december, decision, entry, note, rating, side};
use crate::session::{
    Acceptance, ActionDraft, ActionItem, Ask, Author, Carried, Command, DecisionDraft, DecisionId, Draft,
    Driver, FrameId, Gap, InsightDraft, ItemId, JudgementDraft, NoteDraft, NoteId, Outcome, Ownership,
    ParticipantDraft, PassRef, PersonId, PossibilityDraft, Progress, Request, Role, Saying, StepId,
    TopicDraft, TopicId, Who,
};

fn add(draft: Draft) -> Request {
    Request::Add { to: None, drafts: vec![draft] }
}

fn named(name: &str, of: Option<SideKey>) -> Draft {
    Draft::Person(ParticipantDraft { role: Some(Role::Scribe), ..ParticipantDraft::new(name.to_owned(), of) })
}

fn possibility(topic: TopicId, learner: &str, teacher: &str, sentence: &str) -> Draft {
    Draft::Possibility(PossibilityDraft {
        sentence: sentence.to_owned(),
        learner: side(learner),
        teacher: side(teacher),
        prerequisites: Vec::new(),
        practice: None,
        driver: None,
        level: None,
        topic,
        judgement: None,
    })
}

fn owned(by: Who) -> Draft {
    let Draft::Decision(mut draft) = decision("d", "") else { panic!("it is a decision") };
    draft.outcome = Outcome::Decided(Ownership::Owned { by, acceptance: Acceptance::Absent });
    Draft::Decision(draft)
}

fn action(will: &str, of: Option<DecisionId>) -> Draft {
    Draft::Action(ActionDraft {
        decision: of,
        when: String::new(),
        will: will.to_owned(),
        owner: Ownership::default(),
        by: None,
    })
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let mut room = Room::new().person("Anna", "sales").go("mirror");
    let topic = room.topic_id("Segmentation");
    let gone = TopicId(Id::new(9));
    let nobody = PersonId(Id::new(9));
    let judged = |topic, about: &str| {
        Draft::Judgement(JudgementDraft { topic, about: side(about), gap: Gap::Missing })
    };
    let insight = |text: &str, author, of: Option<SideKey>| {
        Draft::Insight(InsightDraft { text: text.to_owned(), author, side: of })
    };
    let Draft::Note(mut authored) = note("sales", "x") else { panic!("it is a note") };
    authored.author = Some(nobody);
    let table = [
        (note("sales", " \n\t"), "The note has no words yet."),
        (note("sales", "\u{1b}"), "The note has no words yet."),
        (note("finance", "x"), "This session has no side `finance`."),
        (Draft::Note(authored), "That person is not in this session."),
        (note("sales", &"x".repeat(100_001)), "That is 100 kB of text; 100 kB is the most for one."),
        (named("", None), "The name has no words yet."),
        (named("  ANNA ", None), "Somebody is called ANNA already."),
        (named("Bo", Some(side("finance"))), "This session has no side `finance`."),
        (Draft::Topic(TopicDraft { text: String::new(), from: Vec::new() }), "The topic has no words yet."),
        (entry(topic, "sales", Saying::Ours, ""), "The entry has no words yet."),
        (entry(gone, "sales", Saying::Ours, "x"), "That topic is gone."),
        (entry(topic, "finance", Saying::Guess, "x"), "This session has no side `finance`."),
        (entry(topic, "sales", Saying::Theirs(side("sales")), "x"), "“Theirs” is about another side."),
        (entry(topic, "sales", Saying::Theirs(side("finance")), "x"), "This session has no side `finance`."),
        (judged(topic, "sales"), "The gap can be judged once both accounts are seen."),
        (judged(gone, "sales"), "That topic is gone."),
        (judged(topic, "finance"), "This session has no side `finance`."),
        (possibility(topic, "sales", "purchasing", " "), "The learning possibility has no words yet."),
        (possibility(topic, "sales", "sales", "x"), "A side cannot learn from itself here."),
        (possibility(gone, "sales", "purchasing", "x"), "That topic is gone."),
        (possibility(topic, "finance", "sales", "x"), "This session has no side `finance`."),
        (possibility(topic, "sales", "finance", "x"), "This session has no side `finance`."),
        (insight("", None, None), "The insight has no words yet."),
        (insight("x", Some(nobody), None), "That person is not in this session."),
        (insight("x", None, Some(side("finance"))), "This session has no side `finance`."),
        (decision(" ", ""), "The decision has no words yet."),
        (owned(Who::Person(nobody)), "That person is not in this session."),
        (owned(Who::Named(" ".to_owned())), "The name has no words yet."),
        (action(" ", None), "The action has no words yet."),
        (action("x", Some(DecisionId(Id::new(9)))), "That decision is gone."),
        (rating(4, ""), "Ratings belong to the check-out."),
    ];
    let before = room.session().clone();
    for (draft, why) in table {
        assert_eq!(refused(&mut room, add(draft.clone())), why, "{draft:?}");
    }
    assert_eq!(room.session(), &before);
    let words = |count: usize| (0..count).map(|n| format!("word-{n}")).collect::<Vec<_>>();
    let tagged = |count| {
        let Draft::Note(draft) = note("sales", "x") else { panic!("a note") };
        Draft::Note(NoteDraft { tags: words(count), ..draft })
    };
    let objected = |count| {
        let Draft::Decision(draft) = decision("x", "Ann") else { panic!("a decision") };
        Draft::Decision(DecisionDraft { objections: words(count), ..draft })
    };
    assert_eq!(refused(&mut room, add(tagged(13))), "That has 13 tags; 12 are the most.");
    assert_eq!(refused(&mut room, add(objected(21))), "That has 21 objections; 20 are the most.");
    let twice = vec![Carried::Note(NoteId(Id::new(5))); 2];
    let Draft::Decision(draft) = decision("x", "Ann") else { panic!("a decision") };
    let resting = Draft::Decision(DecisionDraft { grounds: twice, ..draft });
    assert_eq!(refused(&mut room, add(resting)), "The decision rests on that already.");
    assert_eq!(refused(&mut room, Request::Add { to: None, drafts: Vec::new() }), "There is nothing to add.");
    let many = vec![note("sales", "x"); 10_001];
    assert_eq!(
        refused(&mut room, Request::Add { to: None, drafts: many }),
        "That is 10001 at once; 10000 is the most."
    );
}

#[test]
fn things_belong_to_a_pass_that_has_begun() {
    let mut room = Room::new().person("Anna", "");
    assert_eq!(refused(&mut room, add(note("sales", "x"))), "That step has not begun yet.");
    let pass = PassRef { step: room.session().agenda[0].id, pass: 1 };
    let there = |draft| Request::Add { to: Some(pass), drafts: vec![draft] };
    assert_eq!(refused(&mut room, there(note("sales", "x"))), "That step has not begun yet.");
    let nowhere = PassRef { step: StepId(Id::new(9)), pass: 1 };
    let room = room.go("practices").go("pause").does(there(note("sales", "typed up later")));
    let made = room.session().notes.iter().next().unwrap().made;
    assert_eq!((made.during(), made.round, made.by), (pass, 1, Author::Facilitator));
    let mut room = room;
    let lost = Request::Add { to: Some(nowhere), drafts: vec![note("sales", "x")] };
    assert_eq!(refused(&mut room, lost), "That step has not begun yet.");
}

#[test]
fn topics_belong_to_mirrors() {
    let mut room = Room::new().go("practices");
    let topic = || Draft::Topic(TopicDraft { text: "Reviews".to_owned(), from: Vec::new() });
    assert_eq!(refused(&mut room, add(topic())), "Topics belong to a mirror.");
    let room = room.go("mirror").does(add(topic()));
    assert_eq!(room.session().topics.len(), 2);
}

#[test]
fn a_list_comes_in_whole_or_not_at_all() {
    let mut room = Room::new().go("practices");
    let drafts = vec![note("sales", "one"), note("sales", ""), note("sales", "three")];
    assert_eq!(refused(&mut room, Request::Add { to: None, drafts }), "The note has no words yet.");
    assert!(room.session().notes.is_empty());
    let drafts = vec![named("Bo", None), note("sales", "one"), named("Cleo", None), note("sales", "two")];
    let room = room.does(Request::Add { to: None, drafts });
    let texts: Vec<&str> = room.session().notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["one", "two"]);
    assert_eq!(room.session().people.len(), 2);
    assert_eq!(room.frames().last().unwrap().events.len(), 4);
}

#[test]
fn one_list_cannot_bring_the_same_twice() {
    let mut room = Room::new().go("mirror").reveal();
    let topic = room.topic_id("Segmentation");
    let judged = || Draft::Judgement(JudgementDraft { topic, about: side("sales"), gap: Gap::SeenAlike });
    let drafts = vec![named("Bo", None), named("bo ", None)];
    assert_eq!(refused(&mut room, Request::Add { to: None, drafts }), "Somebody is called bo already.");
    let drafts = vec![judged(), judged()];
    assert_eq!(refused(&mut room, Request::Add { to: None, drafts }), "This account is judged already.");
}

#[test]
fn a_command_that_comes_again_adds_nothing() {
    let room = Room::new().go("practices");
    let command = Command {
        id: FrameId(Id::new(5)),
        by: Author::Outside,
        at: room.now(),
        what: add(note("sales", "once")),
    };
    let mut log = room.log().clone();
    log.take(&command).unwrap();
    assert_eq!(refusal(log.take(&command)), "That was done already.");
    let mut reopened = crate::session::Log::new(log.session().clone(), log.seq());
    assert_eq!(refusal(reopened.take(&command)), "That was done already.", "even after a crash");
}

#[test]
fn changing_keeps_identity_and_says_who_and_when() {
    let room = Room::new().person("Anna", "sales").go("practices").note("sales", "before").wait(7);
    let id = room.note_id("before");
    let mut room = room.does_by(
        Author::Outside,
        Request::Change { id: ItemId::Note(id), draft: note("purchasing", "after") },
    );
    let changed = room.session().notes.get(id).unwrap();
    assert_eq!((changed.text.as_str(), changed.side.clone()), ("after", Some(side("purchasing"))));
    let stamp = changed.changed.unwrap();
    assert_eq!((stamp.at, stamp.by), (room.now(), Author::Outside));
    let change = |draft| Request::Change { id: ItemId::Note(id), draft };
    for (draft, why) in [
        (note("purchasing", "after"), "Nothing has changed."),
        (note("purchasing", ""), "The note has no words yet."),
        (note("finance", "x"), "This session has no side `finance`."),
        (named("Bo", None), "That is another kind of thing."),
    ] {
        assert_eq!(refused(&mut room, change(draft)), why);
    }
    let stranger = ItemId::Note(NoteId(Id::new(9)));
    let what = Request::Change { id: stranger, draft: note("sales", "x") };
    assert_eq!(refused(&mut room, what), "That is gone.");
    assert_eq!(refused(&mut room, Request::Remove(stranger)), "That is gone already.");
}

#[test]
fn people_keep_names_of_their_own() {
    let mut room = Room::new().person("Anna", "").person("Bo", "");
    let bo = ItemId::Person(room.person_id("Bo"));
    let rename = |name: &str| Request::Change { id: bo, draft: named(name, None) };
    assert_eq!(refused(&mut room, rename("anna")), "Somebody is called anna already.");
    let room = room.does(rename("BO"));
    assert_eq!(room.shown().name(room.person_id("BO")), "BO", "one's own name is no obstacle");
}

#[test]
fn somebody_who_is_named_stays() {
    let anna = |room: &Room| room.person_id("Anna");
    let room = Room::new().person("Anna", "sales").go("quiet");
    let by_her = |room: &Room| {
        let author = Some(anna(room));
        Draft::Insight(InsightDraft { text: "x".to_owned(), author, side: None })
    };
    let draft = by_her(&room);
    let mut wrote = room.clone().add(draft);
    let draft = owned(Who::Person(anna(&room)));
    let mut owns = room.clone().add(draft);
    let Draft::Action(mut draft) = action("x", None) else { panic!("it is an action") };
    draft.owner = Ownership::Open(Ask { who: Some(Who::Person(anna(&room))), by: Some(december(1)) });
    let mut asked = room.clone().add(Draft::Action(draft));
    for room in [&mut wrote, &mut owns, &mut asked] {
        let what = Request::Remove(ItemId::Person(anna(room)));
        assert_eq!(refused(room, what), "What was written here names Anna.");
    }
    let id = ItemId::Person(anna(&room));
    assert!(room.does(Request::Remove(id)).session().people.is_empty());
}

#[test]
fn a_topic_goes_with_all_that_hangs_on_it() {
    let room = Room::new()
        .go("mirror")
        .topic("Reviews")
        .entry("Segmentation", "sales", Saying::Ours, "one")
        .entry("Reviews", "sales", Saying::Ours, "stays")
        .entry("Segmentation", "sales", Saying::Guess, "two")
        .reveal()
        .judge("Segmentation", "sales", Gap::Missing)
        .learn("Segmentation", "sales");
    let before = room.session().clone();
    let id = room.topic_id("Segmentation");
    let room = room.does(Request::Remove(ItemId::Topic(id)));
    let session = room.session();
    assert_eq!((session.topics.len(), session.entries.len()), (1, 1));
    assert!(session.judgements.is_empty() && session.possibilities.is_empty());
    let topic = session.current().map(|pass| pass.progress.clone());
    assert_eq!(topic, Some(Progress::Mirror { topic: None, revealed: vec![id] }), "it left the screen");
    let room = room.does(Request::Undo).at_topic("Segmentation");
    assert_eq!(room.session(), &before, "undo brings all of it back, in its place, still revealed");
}

#[test]
fn actions_outlive_their_decision() {
    let room = Room::new().go("decide").decision("plan", "Anna").action("", "call", "Bo", 1).wait(5);
    let before = room.session().clone();
    let id = room.session().decisions.iter().next().unwrap().id;
    let room = room.does(Request::Remove(ItemId::Decision(id)));
    let of: Vec<_> = room.session().actions.iter().map(|action| action.decision).collect();
    assert_eq!(of, [None]);
    assert_eq!(room.does(Request::Undo).session(), &before);
}

#[test]
fn an_account_is_judged_once_judged_anew_and_freed() {
    let mut room = Room::new().go("mirror");
    let topic = room.topic_id("Segmentation");
    let judge = |about: &str, gap| Request::Judge { topic, about: side(about), gap };
    assert_eq!(
        refused(&mut room, judge("sales", Some(Gap::Missing))),
        "The gap can be judged once both accounts are seen."
    );
    assert_eq!(refused(&mut room, judge("sales", None)), "This account is not judged yet.");
    let gone = Request::Judge { topic: TopicId(Id::new(9)), about: side("sales"), gap: Some(Gap::Missing) };
    assert_eq!(refused(&mut room, gone), "That topic is gone.");
    let mut room = room.reveal().does(judge("sales", Some(Gap::Missing)));
    let gap = |room: &Room| room.shown().gap(topic, &side("sales"));
    assert_eq!(refused(&mut room, judge("sales", Some(Gap::Missing))), "Nothing has changed.");
    let again = JudgementDraft { topic, about: side("sales"), gap: Gap::BlindSpot };
    assert_eq!(refused(&mut room, add(Draft::Judgement(again))), "This account is judged already.");
    let room = room.does(judge("sales", Some(Gap::BlindSpot))).does(judge("purchasing", Some(Gap::Missing)));
    assert_eq!(gap(&room), Some(Gap::BlindSpot));
    assert_eq!(room.session().judgements.len(), 2);
    let id = ItemId::Judgement(room.session().judgement_on(topic, &side("sales")).unwrap().id);
    let moved = Draft::Judgement(JudgementDraft { topic, about: side("purchasing"), gap: Gap::SeenAlike });
    let mut room = room;
    assert_eq!(refused(&mut room, Request::Change { id, draft: moved }), "This account is judged already.");
    let room = room.does(judge("sales", None));
    assert_eq!(gap(&room), None);
}

#[test]
fn a_judgement_belongs_to_its_topics_pass() {
    let room = Room::new().go("mirror").reveal().go("pause").judge("Segmentation", "sales", Gap::SeenAlike);
    let topic = room.session().topics.iter().next().unwrap().made.during();
    assert_eq!(room.session().judgements.iter().next().unwrap().made.during(), topic);
}

#[test]
fn who_can_learn_from_whom_follows_from_the_gap() {
    let table = [
        (Gap::SeenAlike, "Sales can learn from Purchasing: Segmentation", Driver::Excellence),
        (Gap::SeenDifferently, "Sales can learn from Purchasing: Segmentation", Driver::MirrorImage),
        (Gap::BlindSpot, "Purchasing can learn from Sales: Segmentation", Driver::MirrorImage),
        (Gap::HiddenStrength, "Sales can learn from Purchasing: Segmentation", Driver::Excellence),
        (Gap::WrongGuess, "Purchasing can learn from Sales: Segmentation", Driver::MirrorImage),
        (Gap::Missing, "Purchasing can learn from Sales: Segmentation", Driver::Excellence),
    ];
    assert_eq!(table.map(|(gap, ..)| gap), Gap::ALL);
    for (gap, sentence, driver) in table {
        let room = Room::new().go("mirror").reveal().judge("Segmentation", "purchasing", gap);
        let room = room.learn("Segmentation", "purchasing");
        let made = room.session().possibilities.iter().next().unwrap();
        assert_eq!((made.sentence.as_str(), made.driver), (sentence, Some(driver)), "{gap:?}");
        assert_eq!(made.level, room.session().script.level);
        assert_ne!(made.learner, made.teacher);
    }
}

#[test]
fn one_side_alone_has_nobody_to_learn_from() {
    let mut script = crate::session::testing::script();
    script.sides.truncate(1);
    let room = Room::of(script).go("mirror").reveal().judge("Segmentation", "purchasing", Gap::Missing);
    let judgement = room.session().judgements.iter().next().unwrap();
    assert_eq!(room.shown().suggested(judgement), None);
}

#[test]
fn what_nobody_owns_is_no_decision() {
    let who = || Who::Named("Anna".to_owned());
    let ask = || Ask { who: Some(who()), by: Some(december(1)) };
    for (outcome, counts) in [
        (Outcome::Decided(Ownership::Owned { by: who(), acceptance: Acceptance::Accepted }), true),
        (Outcome::Decided(Ownership::Owned { by: who(), acceptance: Acceptance::NotYetAsked }), true),
        (Outcome::Decided(Ownership::Owned { by: who(), acceptance: Acceptance::Absent }), true),
        (Outcome::Decided(Ownership::Open(ask())), false),
        (Outcome::Decided(Ownership::default()), false),
        (Outcome::NotDecided(ask()), false),
    ] {
        assert_eq!(outcome.is_decision(), counts, "{outcome:?}");
    }
}

#[test]
fn an_action_reads_as_a_sentence() {
    let room =
        Room::new().go("decide").action("a plan is due", "call", "Bo", 1).action(" ", "just call", "", 1);
    let sentences: Vec<String> = room.session().actions.iter().map(ActionItem::sentence).collect();
    assert_eq!(sentences, ["when a plan is due, I will call", "just call"]);
}

#[test]
fn ratings_stay_within_the_scripts_range() {
    let mut room = Room::new().go("leave");
    for (score, word, why) in [
        (6, "", "A rating here is a number from 1 to 5."),
        (255, "x", "A rating here is a number from 1 to 5."),
        (0, "", "The check-out has no words yet."),
    ] {
        assert_eq!(refused(&mut room, add(rating(score, word))), why);
    }
    let Draft::Rating(mut zero) = rating(1, "") else { panic!("it is a rating") };
    zero.score = Some(0);
    assert_eq!(refused(&mut room, add(Draft::Rating(zero))), "A rating here is a number from 1 to 5.");
    let room = room.rating(1, "").rating(5, "calm").rating(0, "long");
    let id = ItemId::Rating(room.session().ratings.iter().next().unwrap().id);
    let mut room = room.go("pause").does(Request::Change { id, draft: rating(3, "") });
    let what = Request::Change { id, draft: rating(6, "") };
    assert_eq!(refused(&mut room, what), "A rating here is a number from 1 to 5.", "wherever we are");
    let pass = room.session().passes[0].reference();
    let scores: Vec<_> = room.shown().ratings(pass).map(|rating| rating.score).collect();
    assert_eq!(scores, [Some(3), Some(5), None]);
}

#[test]
fn a_session_has_a_title() {
    let mut room = Room::new();
    let title = |text: &str| Request::Retitle(text.to_owned());
    assert_eq!(refused(&mut room, title(" ")), "The title has no words yet.");
    assert_eq!(refused(&mut room, title("Purchasing meets sales")), "That is its title already.");
    assert_eq!(room.does(title("Lift makers")).shown().title(), "Lift makers");
}
