//! Decisions and actions, answered field by field.

use super::*;
use crate::script::{Cluster, Kind, StepKey};
use crate::session::testing::{Room, december, step};
use crate::session::{Ask, Gap, Item, Request, Saying};
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, light, picture};

fn room() -> Room {
    Room::new()
        .person("Anna Berg", "purchasing")
        .person("Anna Holm", "sales")
        .person("Bo", "sales")
        .go("mirror")
        .entry("Segmentation", "sales", Saying::Ours, "everyone knows their A customers")
        .reveal()
        .judge("Segmentation", "sales", Gap::Missing)
        .learn("Segmentation", "sales")
        .go("quiet")
        .does(Request::BeginSilence)
        .does(Request::EndSilence)
        .insight("Bo", "I will ask twice what comes after price")
        .go("decide")
}

fn desk() -> Desk<Decide> {
    Desk::new(room())
}

fn decision(desk: &Desk<Decide>) -> &Decision {
    desk.room.session().decisions.iter().next_back().unwrap()
}

fn action(desk: &Desk<Decide>) -> &ActionItem {
    desk.room.session().actions.iter().next_back().unwrap()
}

/// A decision with an action, as a facilitator types it, with the label before each line.
const WALK: &[(&str, &str)] = &[
    ("Decision", "One page of who decides at the customer, shared with purchasing"),
    ("How", "maj"),
    ("Objection", "too early for the small ones"),
    ("Objection", ""),
    ("Owner", "berg"),
    ("Has Anna Berg accepted?", "1"),
    ("Review on", "in 4 weeks"),
    ("Action: when", "the tender opens"),
    ("Action", "call Anna"),
    ("Who does it", "bo accepted"),
    ("By when", "1 dec"),
    ("Action: when", "I will draw the first page"),
    ("Who does it", "nobody"),
    ("Who will be asked", "Carla Meier"),
    ("Asked by when", "fri"),
    ("By when", ""),
    ("Action: when", ""),
    ("Decision", ""),
];

fn walked() -> Desk<Decide> {
    let mut desk = desk();
    for (label, text) in WALK {
        assert_eq!(desk.label(), *label, "before {text:?}");
        desk.enter(text);
        assert_eq!(desk.said, "");
    }
    desk
}

#[test]
fn a_decision_is_filled_in_while_people_speak() {
    let desk = walked();
    let decided = decision(&desk);
    assert_eq!((decided.method, decided.review), (Method::Majority, Some(december(20))));
    assert_eq!(decided.objections, ["too early for the small ones"]);
    let by = Who::Person(desk.room.person_id("Anna Berg"));
    assert_eq!(decided.outcome, Outcome::Decided(Ownership::Owned { by, acceptance: Acceptance::Accepted }));
    let actions: Vec<_> = desk.room.session().actions.iter().collect();
    assert_eq!(actions[0].sentence(), "when the tender opens, I will call Anna");
    let by = Who::Person(desk.room.person_id("Bo"));
    assert_eq!(actions[0].owner, Ownership::Owned { by, acceptance: Acceptance::Accepted });
    assert_eq!(actions[0].by, Some(december(1)));
    let ask = Ask {
        who: Some(Who::Named("Carla Meier".to_owned())),
        by: chrono::NaiveDate::from_ymd_opt(2026, 11, 27),
    };
    assert_eq!(actions[1].owner, Ownership::Open(ask));
    assert!(actions.iter().all(|action| action.decision == Some(decided.id)));
}

#[test]
fn each_field_is_taken_up_where_the_program_ended() {
    let mut desk = desk();
    for (label, text) in WALK {
        assert_eq!(desk.started_again().label(), *label, "before {text:?}");
        desk.enter(text);
    }
    let whole = walked();
    let said = |desk: &Desk<Decide>| {
        let session = desk.room.session();
        let actions: Vec<_> = session.actions.iter().map(Item::draft).collect();
        (decision(desk).draft(), actions)
    };
    assert_eq!(said(&desk), said(&whole));
}

#[test]
fn a_field_of_what_is_gone_is_a_new_decision() {
    let mut desk = desk();
    desk.enter("Share segment rules").enter("lead");
    assert_eq!(desk.label(), "Objection");
    desk.room.ask(Request::Undo).unwrap();
    desk.room.ask(Request::Undo).unwrap();
    assert_eq!(desk.started_again().label(), "Decision");
}

#[test]
fn one_enter_leads_from_the_last_action_to_a_new_decision() {
    let mut desk = desk();
    for (_, text) in &WALK[..11] {
        desk.enter(text);
    }
    assert_eq!(desk.label(), "Action: when");
    desk.enter("");
    assert_eq!(desk.label(), "Decision");
    desk.enter("Joint visits");
    assert_eq!(decision(&desk).statement, "Joint visits");
    assert_eq!((desk.room.session().decisions.len(), desk.room.session().actions.len()), (2, 1));
}

#[test]
fn a_new_decision_begins_where_there_is_no_action_at_all() {
    let mut desk = desk();
    desk.enter("Joint visits").enter("").enter("").enter("Bo yes").enter("4w");
    assert_eq!(desk.label(), "Action: when");
    desk.enter("");
    assert_eq!(desk.label(), "Decision");
    desk.act(StepAction::PreviousField);
    desk.enter("the tender opens");
    assert_eq!((desk.label().as_str(), desk.line.as_str()), ("Action", "when the tender opens, I will "));
    desk.line.clear();
    desk.enter("");
    assert_eq!(desk.label(), "Decision");
}

#[test]
fn it_is_saved_at_once_with_what_the_script_says() {
    let mut desk = desk();
    desk.enter("Share segment rules");
    let draft = decision(&desk).draft();
    assert_eq!(draft.method, Method::Consent);
    assert_eq!(draft.outcome, Outcome::Decided(Ownership::Open(Ask::default())));
    assert!(!draft.outcome.is_decision());
}

#[test]
fn each_field_is_one_undo_and_the_line_goes_back_with_it() {
    let mut desk = desk();
    desk.enter("Share segment rules").enter("lead").enter("").enter("Bo").enter("yes");
    assert_eq!(desk.label(), "Review on");
    let owned = |desk: &Desk<Decide>| decision(desk).outcome.is_decision();
    desk.room = desk.room.does(Request::Undo).does(Request::Undo);
    assert!(!owned(&desk));
    assert_eq!(decision(&desk).method, Method::Lead);
    desk.room = desk.room.does(Request::Undo).does(Request::Undo);
    assert_eq!(desk.label(), "Decision");
    desk.enter("Another one");
    assert_eq!(desk.label(), "How");
}

#[test]
fn honest_outcomes_say_who_will_be_asked() {
    let mut desk = desk();
    desk.enter("Joint visits").enter("").enter("").enter("nobody");
    assert_eq!(desk.label(), "Who will be asked");
    desk.enter("holm").enter("1 Dec");
    assert_eq!(desk.label(), "Review on");
    let ask = Ask { who: Some(Who::Person(desk.room.person_id("Anna Holm"))), by: Some(december(1)) };
    assert_eq!(decision(&desk).outcome, Outcome::Decided(Ownership::Open(ask.clone())));
    for _ in 0..3 {
        desk.act(StepAction::PreviousField);
    }
    assert_eq!(desk.label(), "Owner");
    desk.enter("not decided");
    assert_eq!(decision(&desk).outcome, Outcome::NotDecided(ask), "who is asked stays");
}

#[test]
fn what_is_not_understood_stays_in_the_line() {
    let mut desk = desk();
    desk.enter("Joint visits");
    for (text, said) in [
        ("perhaps", "Say how it is decided: 1 consent  2 consensus"),
        ("", ""),
        ("", ""),
        ("anna", "“anna” could be Anna Berg or Anna Holm"),
        ("", ""),
        ("", ""),
        ("soon", "I understand days like 2026-12-01"),
    ] {
        desk.line.clear();
        desk.enter(text);
        assert!(desk.said.starts_with(said), "{text}: {}", desk.said);
        assert_eq!(desk.line, text);
    }
    assert_eq!(desk.label(), "Review on");
    assert_eq!(decision(&desk).changed, None);
}

#[test]
fn what_says_the_same_only_empties_the_line() {
    let mut desk = desk();
    desk.enter("Joint visits").enter("consent");
    assert_eq!((desk.label().as_str(), desk.line.as_str(), desk.said.as_str()), ("Objection", "", ""));
    desk.enter("none").enter("Bo").enter("2").enter("4w").enter("I will ask");
    desk.act(StepAction::PreviousField);
    assert_eq!(desk.label(), "Review on");
    desk.enter("-");
    assert_eq!(decision(&desk).review, None);
}

#[test]
fn a_refused_change_keeps_its_field() {
    let mut desk = desk();
    let long = "x".repeat(200_000);
    desk.enter(&long);
    assert!(desk.said.contains("Split it"));
    assert_eq!((desk.label().as_str(), desk.line.len()), ("Decision", 200_000));
    desk.line.clear();
    desk.enter("Joint visits").act(StepAction::PreviousField);
    assert_eq!(desk.label(), "Decision");
    desk.act(StepAction::PreviousField);
    assert_eq!(desk.label(), "Action: when");
    desk.enter(&format!("I will {long}"));
    assert_eq!(desk.label(), "Action");
}

#[test]
fn tab_keeps_what_is_typed_and_begins_anew() {
    let mut desk = desk();
    assert!(desk.act(StepAction::NextField));
    assert_eq!(desk.label(), "Decision");
    desk.enter("One");
    desk.line.push_str("Two");
    desk.act(StepAction::PreviousField);
    assert_eq!((desk.label().as_str(), desk.line.as_str()), ("Decision", "Two"));
    desk.enter("");
    assert_eq!(desk.room.session().decisions.len(), 2);
    assert_eq!(desk.label(), "How");
}

#[test]
fn an_earlier_one_can_be_taken_in_hand() {
    let mut desk = walked();
    desk.enter("Second").enter("");
    desk.focus = Focus::Board;
    let mut seen = Vec::new();
    for direction in [Direction::Up, Direction::Up, Direction::Up, Direction::Up] {
        desk.act(StepAction::Move(direction));
        seen.push(desk.screen.marked(&desk.here()).unwrap());
    }
    let session = desk.room.session();
    let actions: Vec<_> = session.actions.iter().map(|action| ItemId::Action(action.id)).collect();
    let decisions: Vec<_> = session.decisions.iter().map(|one| ItemId::Decision(one.id)).collect();
    assert_eq!(seen, [decisions[1], actions[1], actions[0], decisions[0]]);
    desk.act(StepAction::Confirm);
    assert_eq!((desk.focus, desk.label().as_str()), (Focus::Line, "How"));
    desk.enter("advice");
    assert_eq!(session_methods(&desk), [Method::Advice, Method::Consent]);
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Down));
    desk.act(StepAction::Confirm);
    assert_eq!(desk.label(), "Who does it");
    desk.enter("Anna Holm");
    assert_eq!(desk.label(), "Has Anna Holm accepted?");
}

fn session_methods(desk: &Desk<Decide>) -> Vec<Method> {
    desk.room.session().decisions.iter().map(|one| one.method).collect()
}

#[test]
fn grounds_are_linked_and_unlinked() {
    let mut desk = walked();
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::First));
    let told = |desk: &Desk<Decide>| desk.screen.hints(&desk.here(), desk.focus);
    assert!(told(&desk).contains(&(Action::Remove, "remove")));
    assert!(desk.act(StepAction::Link));
    let linking = [(Action::Confirm, "links or unlinks"), (Action::Back, "back"), (Action::Palette, "all")];
    assert_eq!(told(&desk), linking, "only what the keys do there");
    assert_eq!(desk.screen.marked(&desk.here()), None, "nothing can be removed while linking");
    desk.act(StepAction::Confirm);
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Confirm);
    assert!(matches!(decision(&desk).grounds[..], [Carried::Topic(_), Carried::Insight(_)]));
    insta::assert_snapshot!("linking_80x17", picture(&desk.drawn(78, 17, &dark())));
    desk.act(StepAction::Move(Direction::First));
    desk.act(StepAction::Confirm);
    assert!(matches!(decision(&desk).grounds[..], [Carried::Insight(_)]));
    desk.draws_at_every_size(&ascii());
    assert!(desk.act(StepAction::Back));
    assert!(told(&desk).contains(&(Action::Remove, "remove")));
    assert!(!desk.act(StepAction::Back), "then the keys go to the line");
}

#[test]
fn an_action_whose_decision_is_gone_is_still_there() {
    let mut desk = walked();
    let id = ItemId::Decision(decision(&desk).id);
    desk.room = desk.room.does(Request::Remove(id));
    assert_eq!(desk.label(), "Decision");
    assert!(desk.plain(78, 17, &dark()).contains("I will call Anna"));
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Last));
    desk.act(StepAction::Confirm);
    desk.enter("Bo").enter("yes").enter("+14");
    assert_eq!(action(&desk).by, Some(december(6)));
    assert_eq!(desk.label(), "Decision");
    desk.draws_at_every_size(&dark());
}

#[test]
fn the_room_reads_it() {
    let mut desk = desk();
    insta::assert_snapshot!("basis_80x17", picture(&desk.drawn(78, 17, &dark())));
    desk.enter("Joint visits").enter("").enter("").enter("not decided").enter("Bo").enter("friday");
    desk.screen = Decide::default();
    for (_, text) in &WALK[..10] {
        desk.enter(text);
    }
    insta::assert_snapshot!("in_hand_80x17", picture(&desk.drawn(78, 17, &dark())));
    insta::assert_snapshot!("in_hand_120x40", picture(&desk.drawn(118, 33, &light())));
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::First));
    desk.act(StepAction::Move(Direction::First));
    insta::assert_snapshot!("board_80x17", picture(&desk.drawn(78, 17, &dark())));
    let small = desk.plain(60, 9, &ascii());
    assert!(small.contains("Joint visits"), "{small}");
}

#[test]
fn all_that_comes_in_is_listed_before_the_first_decision() {
    let mut script = crate::session::testing::script();
    let groups = Kind::Cluster(Cluster { groups: vec!["Price".to_owned()] });
    script.steps.insert(1, step("sort", "What belongs together?", 5, &["practices"], groups));
    let decide = script.steps.iter_mut().find(|step| step.head.key.0 == "decide").unwrap();
    decide.head.from = ["sort", "mirror"].map(|key| StepKey(key.to_owned())).to_vec();
    let room = Room::of(script).go("practices").next().note("sales", "Two at every visit").go("sort");
    let desk: Desk<Decide> = Desk::new(room.go("mirror").go("decide"));
    let shown = desk.plain(78, 17, &dark());
    for words in ["Groups  1", "Price", "Topics  1", "Segmentation", "Notes  1", "Two at every visit"] {
        assert!(shown.contains(words), "no `{words}` in\n{shown}");
    }
}

#[test]
fn what_a_small_card_cuts_has_a_sign() {
    let mut desk = walked();
    let drawn = |desk: &Desk<Decide>| desk.plain(78, 11, &dark());
    desk.act(StepAction::PreviousField);
    for (occasion, will) in [("a bid comes in", "read it with Bo"), ("we lose one", "ask why")] {
        desk.line.clear();
        desk.enter(&format!("when {occasion}, I will {will}")).enter("Bo").enter("").enter("");
    }
    let shown = drawn(&desk);
    assert_eq!(desk.label(), "Action: when");
    assert!(shown.contains("▌ One page of who decides"), "the statement stays: {shown}");
    assert!(shown.contains("▸ action      when …, I will …") && shown.contains("↑ 2 more"), "{shown}");
    desk.enter("");
    assert_eq!(desk.label(), "Decision");
    desk.enter("Joint visits");
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::First));
    desk.act(StepAction::Move(Direction::First));
    desk.act(StepAction::Confirm);
    insta::assert_snapshot!("cut_at_how_78x9", picture(&desk.drawn(78, 9, &dark())));
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Down));
    desk.act(StepAction::Move(Direction::Down));
    insta::assert_snapshot!("cut_at_action_78x9", picture(&desk.drawn(78, 9, &dark())));
    let long = "Statements can be so long that they take far more room than there is. ".repeat(9);
    (desk.screen, desk.focus) = (Decide::default(), Focus::Line);
    desk.enter(&long);
    let shown = drawn(&desk);
    assert!(shown.contains("▌ Statements") && shown.contains('…') && shown.contains("▸ how"), "{shown}");
    desk.draws_at_every_size(&dark());
}

#[test]
fn every_field_says_what_to_type() {
    let mut desk = desk();
    let mut told = String::new();
    for (_, text) in WALK {
        told.push_str(&format!("{} > {}\n", desk.label(), desk.screen.hint(&desk.here())));
        desk.enter(text);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn it_draws_at_every_size() {
    let mut desk = desk();
    desk.draws_at_every_size(&dark());
    for (_, text) in WALK {
        desk.enter(text);
    }
    desk.enter("Second").enter("");
    desk.draws_at_every_size(&ascii());
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::First));
    desk.draws_at_every_size(&dark());
}
