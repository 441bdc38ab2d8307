//! The minutes and the JSON of whole sessions.

mod fixture;

use fixture::full;

use super::{json, text};
use crate::script::{FollowUp, Kind, Vote};
use crate::session::testing::{Room, script, script_and, step};
use crate::session::{Carried, Dots, Draft, Item, ItemId, Request, Saying, Session, Shown, Voter};
use crate::text::{unseen, width};

fn minutes(session: &Session) -> String {
    text::minutes(Shown::from(session))
}

fn json(session: &Session) -> String {
    json::session(Shown::from(session)).unwrap()
}

/// One part of the minutes, from its heading to the next.
fn part(of: &str, heading: &str) -> String {
    let lines: Vec<&str> = of.lines().collect();
    let is_heading = |at: usize| lines.get(at + 1).is_some_and(|under| under.starts_with("---"));
    let start = (0..lines.len()).find(|at| lines[*at] == heading).unwrap();
    let end = (start + 1..lines.len()).find(|at| is_heading(*at)).unwrap_or(lines.len());
    lines[start..end].join("\n")
}

#[test]
fn the_head_says_what_when_and_who() {
    let minutes = minutes(&full());
    insta::assert_snapshot!(minutes.split("\nDecided\n").next().unwrap(), @r"
    Purchasing meets sales
    ======================
    Sunday 22 November 2026, 14:00 to 15:28

    Each side leaves with two practices worth learning.

    Purchasing (SRM): Anna Berg (decision-maker), Anna Holm (scribe)
    Sales (CRM): Bo (until 14:31)
    No side: Carl (facilitator)
    ");
}

/// A few kilobytes that name one long text over and over would else be minutes of many megabytes.
#[test]
fn what_is_long_stands_in_full_once_and_is_quoted_elsewhere() {
    let text = serde_json::to_string(&full()).unwrap();
    let before = minutes(&full());
    // A topic is a part of what can be learned about it.
    let table = [
        ("Anna Berg", "a", 1),
        ("Should-cost model before each negotiation", "b", 1),
        ("Segmentation", "c", 2),
    ];
    for (name, letter, times) in table {
        let long = letter.repeat(3_000);
        let minutes = minutes(&serde_json::from_str(&text.replace(name, &long)).unwrap());
        assert!(before.matches(name).count() > times);
        assert_eq!(minutes.matches(&long).count(), times, "{name}");
        let rest: String = minutes.replace(&long, "").split_whitespace().collect();
        let quoted = format!("{}\u{2026}", letter.repeat(500));
        assert!(rest.contains(&quoted) && !rest.contains(&letter.repeat(501)), "{name}");
    }
}

#[test]
fn decisions_stand_with_what_they_rest_on() {
    insta::assert_snapshot!(part(&minutes(&full()), "Decided"), @r"
    Decided
    -------

    1. We try the segment rules with two accounts
       Decided by consent. Owner: Anna Berg (accepted).
       To be reviewed on 20 December 2026.
       Objection: Two are too few to tell
       It rests on:
       - Should-cost model before each negotiation (note, Purchasing)
       - Segmentation (topic)
       - Segmentation, about Sales: missing (gap)
       - Sales can learn from Purchasing: Segmentation (to learn)
       - We ask before we write the order (insight)
    ");
}

#[test]
fn actions_stand_by_date_with_their_owner() {
    insta::assert_snapshot!(part(&minutes(&full()), "Who does what"), @r"
    Who does what
    -------------

    - Bo (not yet asked), by 5 December 2026, for decision 1:
      When the next offer is due, I will ask for the model
    - Erik (absent), for decision 1:
      Invite delivery
      22 November 2026: going on, now by 12 December 2026 (Erik is on leave)
    ");
}

#[test]
fn what_nobody_owns_is_an_open_question() {
    insta::assert_snapshot!(part(&minutes(&full()), "Open questions"), @r"
    Open questions
    --------------

    - One page of who decides
      Nobody owns it yet. Dora will be asked by 1 December 2026.
      To be reviewed on 20 December 2026.
    - Joint visits
      Not decided. Who will be asked is open.
      To be reviewed on 20 December 2026.
      Objection: No travel money
    - When the rules are out, I will check them
      Nobody does it yet. Somebody will be asked by 2 December 2026; who is
      open. To be done by 9 December 2026. For decision 1.
    ");
}

#[test]
fn learning_possibilities_name_their_driver() {
    insta::assert_snapshot!(part(&minutes(&full()), "What we can learn from each other"), @r"
    What we can learn from each other
    ---------------------------------

    - Sales can learn from Purchasing: Segmentation
      Sales from Purchasing, driver: excellence, level: purchasing and sales
    ");
}

#[test]
fn steps_stand_in_the_order_they_ran() {
    insta::assert_snapshot!(part(&minutes(&full()), "Step by step"), @r"
    Step by step
    ------------

    1. Why are you here?
       check-in, 14:00 to 14:06, took 6 min, planned 5 min

       - Anna Berg: curious
       Spoke: Bo
       Passed: Anna Holm

       Together
       - Too many lost deals

    2. What do we do well?
       brainstorm, 14:06 to 14:20, took 14 min, planned 12 min
       One practice a note: the last time you did it.

       Purchasing
       - Should-cost model before each negotiation #price (Anna Berg)

       Sales
       - Lost deals talked through within a week, with everybody who had a
         part in them
         and delivery too

    3. What belongs together?
       cluster, 14:20 to 14:21, took 1 min, planned 5 min

       Group: Price
         - Should-cost model before each negotiation (Purchasing)

       Group: People

       In no group
         - Lost deals talked through within a week, with everybody who had a
           part in them
           and delivery too (Sales)

    4. How does the other side do it?
       mirror, 14:21 to 14:56, took 35 min, planned 20 min

       Topic: Segmentation
         About Purchasing: blind spot
           says of itself:
           - four segments, rules written down
           Sales says:
           - they squeeze the small ones
           expected to hear:
           - they only look at price
         About Sales: missing
           says of itself:
           - Strategy: everyone knows their A customers
           Purchasing says:
           - Process: they chase revenue, no rules

       Topic: Contracts

    5. Four minutes
       silence, 14:56 to 15:04, took 8 min, planned 10 min
       What will I do differently?
       Silent from 14:56 for 3 min 30 s; 4 min was planned.

       Insights
       - We ask before we write the order (Bo, Sales)
       - Listen longer

    6. What do we commit to?
       decisions, 15:04 to 15:24, took 20 min, planned 9 min
       Led to: decision 1; 2 open questions; 3 actions (above).

    7. Was it worth the time?
       check-out, 15:24 to 15:28, took 4 min, planned 4 min

       4.0 of 5 on average, from 4 ratings
       How many gave 1: 0, 2: 0, 3: 1, 4: 2, 5: 1
       - Anna Berg: 5, useful
       - 3, calm
    ");
    insta::assert_snapshot!(part(&minutes(&full()), "Not reached"), @r"
    Not reached
    -----------

    - Coffee
    - If there is time
    ");
}

#[test]
fn a_follow_up_without_anything_open_was_passed_over() {
    let mut script = script();
    let follow_up = Kind::FollowUp(FollowUp);
    script.steps.insert(0, step("before", "What became of it?", 5, &[], follow_up));
    let told = |room: &Room| part(&minutes(room.session()), "Not reached");
    let room = Room::of(script);
    assert!(told(&room).contains("- What became of it?\n"), "so far nothing was reached");
    insta::assert_snapshot!(told(&room.next().go("leave")), @r"
    Not reached
    -----------

    - What became of it? (passed over: nothing was left open)
    - How does the other side do it?
    - Coffee
    - Four minutes
    - What do we commit to?
    ");
}

#[test]
fn a_session_that_has_not_begun_says_so() {
    insta::assert_snapshot!(minutes(Room::new().session()), @r"
    Purchasing meets sales
    ======================
    Sunday 22 November 2026 (not begun)

    Each side leaves with two practices worth learning.

    Purchasing (SRM) and Sales (CRM)

    Decided
    -------

    Nothing was decided.

    Who does what
    -------------

    Nobody has taken anything on yet.

    Not reached
    -----------

    - What do we do well?
    - How does the other side do it?
    - Coffee
    - Four minutes
    - What do we commit to?
    - Was it worth the time?
    ");
}

#[test]
fn what_is_hidden_is_counted_and_not_told() {
    let room = Room::new().go("practices").note("sales", "a secret note").go("mirror").entry(
        "Segmentation",
        "sales",
        Saying::Ours,
        "a secret account",
    );
    let shown = room.shown();
    let text = text::minutes(shown);
    insta::assert_snapshot!(part(&text, "Step by step"), @r"
    Step by step
    ------------

    1. What do we do well?
       brainstorm, 14:00 to 14:00, took no time, planned 12 min
       One practice a note: the last time you did it.

       Sales
       (one note is hidden until revealed)

    2. How does the other side do it?
       mirror, 14:00, planned 20 min

       Topic: Segmentation
         (one entry is hidden until revealed)
    ");
    assert!(!json::session(shown).unwrap().contains("secret"));
}

#[test]
fn a_step_run_twice_stands_twice() {
    let room = Room::new().go("practices").wait(60).note("", "first").reveal();
    let step = room.session().agenda[0].id;
    let room = room
        .does(Request::Repeat(step))
        .note("", "second")
        .reveal()
        .wait(60)
        .go("pause")
        .wait(60)
        .go("practices")
        .wait(60)
        .go("decide");
    insta::assert_snapshot!(part(&minutes(room.session()), "Step by step"), @r"
    Step by step
    ------------

    1. What do we do well?
       brainstorm, 14:00 to 14:01, took 1 min, planned 12 min
       One practice a note: the last time you did it.

       Together
       - first

    2. What do we do well? (run 2)
       brainstorm, 14:01 to 14:04, took 2 min, planned 12 min
       One practice a note: the last time you did it.

       Together
       - second

    3. Coffee
       break, 14:02 to 14:03, took 1 min, planned 5 min

    4. What do we commit to?
       decisions, 14:04, planned 9 min
    ");
}

/// A vote at the end: `Price` and `Visits` of two sides, each person with two dots, the best carries on.
fn voted() -> Room {
    let vote = Kind::Vote(Vote { dots: 2, keep: 1, ..Vote::default() });
    let room = Room::of(script_and(step("pick", "Which one?", 4, &["practices"], vote)))
        .person("Anna", "purchasing")
        .person("Bo", "sales")
        .go("practices")
        .next()
        .note("purchasing", "Price")
        .note("sales", "Visits")
        .note("sales", "Offers")
        .go("pick");
    let dots = |who: &str, what: &str| Dots {
        what: Carried::Note(room.note_id(what)),
        by: Voter::Person(room.person_id(who)),
        dots: 1,
    };
    let given =
        vec![dots("Anna", "Price"), dots("Bo", "Price"), dots("Anna", "Visits"), dots("Bo", "Visits")];
    room.does(Request::GiveDots(given))
}

#[test]
fn a_vote_says_what_carries_on_and_keeps_the_rest() {
    let hidden = minutes(voted().session());
    assert!(
        hidden.contains("(4 dots are hidden until revealed)") && !hidden.contains("Carries on"),
        "{hidden}"
    );
    let room = voted().reveal();
    let tied = minutes(room.session());
    let vote = |minutes: &str| {
        let (_, rest) = minutes.split_once("Which one?\n").unwrap();
        rest.split_once("Not reached").unwrap().0.to_owned()
    };
    insta::assert_snapshot!(vote(&tied), @r"
       vote, 14:00, planned 4 min

       Ties, and nobody has chosen
         - Price (2 dots: Purchasing 1, Sales 1)
         - Visits (2 dots: Purchasing 1, Sales 1)

       Stays in the record
         - Offers (0 dots)
    ");
    let price = Carried::Note(room.note_id("Price"));
    let chosen = minutes(room.does(Request::Keep(price)).session());
    insta::assert_snapshot!(vote(&chosen), @r"
       vote, 14:00, planned 4 min

       Carries on
         - Price (2 dots: Purchasing 1, Sales 1; chosen in a tie)

       Stays in the record
         - Visits (2 dots: Purchasing 1, Sales 1)
         - Offers (0 dots)
    ");
}

/// The texts of something that the minutes must hold. A new kind of thing has to say its own.
fn texts(draft: Draft) -> Vec<String> {
    match draft {
        Draft::Person(draft) => vec![draft.name],
        Draft::Note(draft) => [vec![draft.text], draft.tags].concat(),
        Draft::Cluster(draft) => vec![draft.name],
        Draft::Placement(_) | Draft::Ballot(_) | Draft::Ruling(_) => Vec::new(),
        Draft::Topic(draft) => vec![draft.text],
        Draft::Entry(draft) => draft.aspect.into_iter().chain([draft.text]).collect(),
        Draft::Judgement(draft) => vec![draft.gap.words().to_owned()],
        Draft::Possibility(draft) => vec![draft.sentence],
        Draft::Insight(draft) => vec![draft.text],
        Draft::Decision(draft) => [vec![draft.statement], draft.objections].concat(),
        Draft::Action(draft) => vec![draft.when, draft.will],
        Draft::Rating(draft) => vec![draft.word],
        Draft::Update(draft) => vec![draft.standing.words().to_owned(), draft.why],
        Draft::Parked(draft) => vec![draft.text],
        Draft::Voice(draft) => vec![draft.said.word().to_owned()],
    }
}

fn ids(session: &Session) -> Vec<ItemId> {
    let mut ids = Vec::new();
    ids.extend(session.people.iter().map(|item| ItemId::Person(item.id())));
    ids.extend(session.notes.iter().map(|item| ItemId::Note(item.id())));
    ids.extend(session.clusters.iter().map(|item| ItemId::Cluster(item.id())));
    ids.extend(session.placements.iter().map(|item| ItemId::Placement(item.id())));
    ids.extend(session.ballots.iter().map(|item| ItemId::Ballot(item.id())));
    ids.extend(session.rulings.iter().map(|item| ItemId::Ruling(item.id())));
    ids.extend(session.topics.iter().map(|item| ItemId::Topic(item.id())));
    ids.extend(session.entries.iter().map(|item| ItemId::Entry(item.id())));
    ids.extend(session.judgements.iter().map(|item| ItemId::Judgement(item.id())));
    ids.extend(session.possibilities.iter().map(|item| ItemId::Possibility(item.id())));
    ids.extend(session.insights.iter().map(|item| ItemId::Insight(item.id())));
    ids.extend(session.decisions.iter().map(|item| ItemId::Decision(item.id())));
    ids.extend(session.actions.iter().map(|item| ItemId::Action(item.id())));
    ids.extend(session.ratings.iter().map(|item| ItemId::Rating(item.id())));
    ids.extend(session.updates.iter().map(|item| ItemId::Update(item.id())));
    ids.extend(session.parked.iter().map(|item| ItemId::Parked(item.id())));
    ids.extend(session.voices.iter().map(|item| ItemId::Voice(item.id())));
    ids
}

#[test]
fn nothing_that_was_written_is_missing() {
    let session = full();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let minutes = flat(&minutes(&session));
    for id in ids(&session) {
        for text in texts(id.draft(&session).unwrap()) {
            assert!(minutes.contains(&flat(&text)), "{text:?} is missing");
        }
    }
}

#[test]
fn things_in_a_step_of_another_kind_are_not_missing() {
    let room = Room::new().go("pause").insight("", "over coffee").decision("a toast", "Bo");
    let minutes = minutes(room.session());
    for text in ["over coffee", "a toast"] {
        assert!(part(&minutes, "Step by step").contains(text) || part(&minutes, "Decided").contains(text));
    }
}

#[test]
fn lines_are_short_and_nothing_acts() {
    let evil = "x\u{1b}]52;c;eA==\u{7}\u{9b}2J\u{202e}y\u{200b} ".repeat(30);
    let mut script = script();
    script.purpose.clone_from(&evil);
    script.steps[0].head.title.clone_from(&evil);
    script.sides[0].name.clone_from(&evil);
    let room = Room::of(script)
        .person(&evil, "sales")
        .does(Request::Retitle(evil.clone()))
        .go("practices")
        .note("sales", &evil)
        .reveal()
        .go("decide")
        .decision(&evil, &evil)
        .action(&evil, &evil, &evil, 3)
        .go("leave")
        .rating(3, &evil);
    let minutes = minutes(room.session());
    assert!(!minutes.chars().any(|letter| letter != '\n' && unseen(letter)), "{minutes}");
    assert!(minutes.lines().all(|line| width(line) <= 72), "{minutes}");
    let json = json::session(room.shown()).unwrap();
    assert!(!json.chars().any(|letter| letter != '\n' && unseen(letter)));
    assert_eq!(serde_json::from_str::<Session>(&json).unwrap(), *room.session());
}

#[test]
fn json_has_the_names_of_the_file() {
    let session = full();
    let text = json::session(Shown::from(&session)).unwrap();
    assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&value["notes"][1]).unwrap(), @r#"
    {
      "author": "azss813p9w2j",
      "id": "s1ywv4swqn10",
      "made": {
        "at": "2026-11-22T14:06:00.000+01:00",
        "pass": 1,
        "round": 1,
        "step": "xtwdm5jrxv37"
      },
      "side": "purchasing",
      "tags": [
        "price"
      ],
      "text": "Should-cost model before each negotiation"
    }
    "#);
    insta::assert_snapshot!(value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" "), @"actions agenda clusters decisions entries format id insights judgements notes opened parked passes people placements possibilities present ratings script sides status title topics updates voices");
}

#[test]
fn a_confidential_note_is_in_the_minutes_only_where_it_is_asked_for() {
    let room = Room::new().go("practices").next().note("sales", "one").note("sales", "secret two");
    let room = room.confidential("secret two").go("decide").decision("to try", "Bo");
    let all = minutes(room.session());
    assert!(all.contains("- secret two [confidential]\n") && json(room.session()).contains("secret two"));
    let others = room.shown().without_confidential();
    for told in [minutes(&others), json(&others)] {
        assert!(told.contains("one") && !told.contains("secret"), "{told}");
    }
}
