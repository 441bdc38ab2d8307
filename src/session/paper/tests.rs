//! Sheets as people write them, and any text at all: each line is a thing, a heading or reported.

use proptest::prelude::*;

use super::*;
use crate::script::{SideKey, View};
use crate::session::decision::{Ownership, Who};
use crate::session::line::split_list;
use crate::session::mirror::{Cell, Saying};
use crate::session::testing::{Room, december, side};
use crate::session::{Fate, ParkedDraft, Request, TopicId};

fn room() -> Room {
    Room::new().person("Anna Berg", "sales").person("Bo", "purchasing").person("Guest", "")
}

fn whose(room: &Room, side: Option<&SideKey>, author: Option<crate::session::PersonId>) -> String {
    let author = author.map_or(String::new(), |author| format!("@{}", room.shown().name(author)));
    format!("{}{author}", side.map_or("-", |side| side.0.as_str()))
}

/// What a sheet says, a line each.
fn told(room: &Room, sheet: &Sheet) -> String {
    let draft = |draft: &Draft| match draft {
        Draft::Note(note) => {
            let tags: String = note.tags.iter().map(|tag| format!(" #{tag}")).collect();
            format!("{}: {}{tags}", whose(room, note.side.as_ref(), note.author), note.text)
        }
        Draft::Insight(insight) => {
            format!("{}: {}", whose(room, insight.side.as_ref(), insight.author), insight.text)
        }
        Draft::Rating(rating) => {
            let score = rating.score.map_or("-".to_owned(), |score| score.to_string());
            let author = rating.author.map_or("", |author| room.shown().name(author));
            format!("{score} {}{author}", rating.word)
        }
        Draft::Topic(topic) => format!("topic {}", topic.text),
        Draft::Entry(entry) => {
            let topic = room.shown().topic(entry.topic).map_or("?", |topic| topic.text.as_str());
            let saying = match &entry.saying {
                Saying::Ours => "ours".to_owned(),
                Saying::Theirs(about) => format!("of {about}"),
                Saying::Guess => "guess".to_owned(),
            };
            let aspect = entry.aspect.as_ref().map_or(String::new(), |aspect| format!(" {aspect}"));
            format!("{topic} {} {saying}{aspect}: {}", entry.by, entry.text)
        }
        Draft::Action(action) => {
            let who = match &action.owner {
                Ownership::Owned { by: Who::Person(id), .. } => room.shown().name(*id).to_owned(),
                Ownership::Owned { by: Who::Named(name), .. } => format!("“{name}”"),
                Ownership::Open(_) => "?".to_owned(),
            };
            let by = action.by.map_or(String::new(), |day| format!(" by {day}"));
            format!("{who}: {}{by}", action.sentence())
        }
        Draft::Person(_)
        | Draft::Cluster(_)
        | Draft::Placement(_)
        | Draft::Ballot(_)
        | Draft::Ruling(_)
        | Draft::Judgement(_)
        | Draft::Possibility(_)
        | Draft::Decision(_)
        | Draft::Update(_)
        | Draft::Parked(_)
        | Draft::Voice(_) => {
            panic!("no sheet makes {draft:?}")
        }
    };
    let line = |line: &Read| match &line.means {
        Means::Things(drafts) => drafts.iter().map(draft).collect::<Vec<_>>().join(" + "),
        Means::Heading => format!("[{}]", line.words),
        Means::Unread(why) => format!("! {}: {why}", line.words),
    };
    sheet.lines().iter().map(line).collect::<Vec<_>>().join("\n")
}

fn pile<'a>(room: &'a Room, side: &'a SideKey) -> Pile<'a> {
    Pile { sides: room.shown().sides(), people: room.shown().people(), side: Some(side), author: None }
}

#[test]
fn notes_go_where_headings_prefixes_and_names_say() {
    let room = room();
    let here = side("purchasing");
    let text = "
        - should-cost first #price
        S: lost deals talked through
        @anna numbers first
        Sales:
          * one page of who decides
          * @bo ask first
          P: two at every visit
        Bo:
        segments by risk
        Legal:
        contracts early
        no side
        coffee helps
        Anna Berg";
    insta::assert_snapshot!(told(&room, &notes(text, pile(&room, &here))), @r"
    purchasing: should-cost first #price
    sales: lost deals talked through
    sales@Anna Berg: numbers first
    [Sales:]
    sales: one page of who decides
    sales@Bo: ask first
    purchasing: two at every visit
    [Bo:]
    purchasing@Bo: segments by risk
    ! Legal:: no side and nobody here is called so
    purchasing: contracts early
    [no side]
    -: coffee helps
    -: Anna Berg
    ");
}

#[test]
fn insights_are_the_peoples_who_are_named() {
    let room = room();
    let here = side("sales");
    let text = "Anna: ask before I offer #price\nBo: listen longer\nSales: one page\nslow down @guest\nwait";
    let pile = Pile { side: None, ..pile(&room, &here) };
    insta::assert_snapshot!(told(&room, &insights(text, pile)), @r"
    sales@Anna Berg: ask before I offer #price
    purchasing@Bo: listen longer
    sales: one page
    -@Guest: slow down
    -: wait
    ");
}

#[test]
fn ratings_are_tallies_counts_and_words() {
    let room = room();
    let text =
        "5 4 4 3\n5x3, 4x2\n4 useful\nBo: 5 calm\n3\u{d7}1 too long for me\nno number\n9\n5 9\n6x2\n5x2000";
    insta::assert_snapshot!(told(&room, &ratings(text, 5, room.shown().people())), @r"
    5  + 4  + 4  + 3 
    5  + 5  + 5  + 4  + 4 
    4 useful
    5 calmBo
    3  + - too long for me
    - no number
    ! 9: ratings here run from 1 to 5
    ! 5 9: ratings here run from 1 to 5
    - 6x2
    ! 5x2000: more people than fit a hall
    ");
}

#[test]
fn actions_say_who_does_what_by_when() {
    let room = room();
    let day = |text: &str| (text.trim() == "friday").then(|| december(4));
    let sentence = |text: &str| match text.split_once(", I will ") {
        Some((when, will)) => (when.trim_start_matches("when ").to_owned(), will.to_owned()),
        None => (String::new(), text.to_owned()),
    };
    let text = "Anna: send the list by friday.\nBo: ask them by hand\nMs Olsen (legal): when they call, I will note \
                it by friday\nnobody: find a room\ncall by 3 people by friday\nWhat we said of all this: nothing\nBo:";
    insta::assert_snapshot!(told(&room, &actions(text, room.shown().people(), None, day, sentence)), @r"
    Anna Berg: send the list by 2026-12-04
    Bo: ask them by hand
    “Ms Olsen (legal)”: when they call, I will note it by 2026-12-04
    ?: find a room
    ?: call by 3 people by 2026-12-04
    ?: What we said of all this: nothing
    ?: Bo:
    ");
}

fn mirror_room() -> Room {
    room().go("mirror").topic("Pricing logic")
}

fn sheet(room: &Room, text: &str, topic: Option<&str>, views: &[View], aspects: &[String]) -> Sheet {
    let topics: Vec<(TopicId, &str)> = room
        .shown()
        .topics(room.session().present.unwrap())
        .map(|topic| (topic.id, topic.text.as_str()))
        .collect();
    let form = Form { sides: room.shown().sides(), views, aspects, topics: &topics };
    let cell = Cell { by: side("purchasing"), saying: Saying::Ours, aspect: aspects.first().cloned() };
    let topic = topic.map(|topic| room.topic_id(topic));
    entries(text, form, &Start { topic, cell: topic.map(|_| cell) })
}

#[test]
fn a_sheet_of_a_mirror_fills_its_cells() {
    let room = mirror_room();
    let text = "
        four segments
        theirs:
        they chase revenue
        guess: they only look at price
        Sales
        ours
        - everyone knows their A customers
        How Purchasing do it:
        - they squeeze: the small ones
        What they will say of us:
        no system
        Pricing logic
        lists, then talk
        S theirs | cost first
        Purchasing about Sales: discounts
        topic 1:
        P, how we do it:
        rules";
    insta::assert_snapshot!(told(&room, &sheet(&room, text, Some("Segmentation"), &View::ALL, &[])), @r"
    Segmentation purchasing ours: four segments
    [theirs:]
    Segmentation purchasing of sales: they chase revenue
    Segmentation purchasing guess: they only look at price
    [Sales]
    [ours]
    Segmentation sales ours: everyone knows their A customers
    [How Purchasing do it:]
    Segmentation sales of purchasing: they squeeze: the small ones
    [What they will say of us:]
    Segmentation sales guess: no system
    [Pricing logic]
    Pricing logic sales ours: lists, then talk
    Pricing logic sales of purchasing: cost first
    Pricing logic purchasing of sales: discounts
    [topic 1:]
    [P, how we do it:]
    Segmentation purchasing ours: rules
    ");
}

#[test]
fn nothing_is_guessed_under_a_heading_that_is_not_understood() {
    let room = mirror_room();
    let text = "one\nLegal:\ntwo\nguess:\nthree\nSales:\nfour";
    let views = [View::Ours, View::Theirs];
    insta::assert_snapshot!(told(&room, &sheet(&room, text, Some("Segmentation"), &views, &[])), @r"
    Segmentation purchasing ours: one
    ! Legal:: no side, view or topic here is called so
    ! two: it stands under a heading that is not understood
    ! guess:: this mirror does not ask for that view
    ! three: it stands under a heading that is not understood
    [Sales:]
    Segmentation sales ours: four
    ");
}

#[test]
fn aspects_are_kept_from_view_to_view() {
    let room = mirror_room();
    let aspects = ["Strategy".to_owned(), "Value creation".to_owned()];
    let text = "a\nvalue creation:\nb\ntheirs:\nc\nStrategy: d\nSales, guess, value creation:\ne";
    insta::assert_snapshot!(told(&room, &sheet(&room, text, Some("Segmentation"), &View::ALL, &aspects)), @r"
    Segmentation purchasing ours Strategy: a
    [value creation:]
    Segmentation purchasing ours Value creation: b
    [theirs:]
    Segmentation purchasing of sales Value creation: c
    Segmentation purchasing of sales Strategy: d
    [Sales, guess, value creation:]
    Segmentation sales guess Value creation: e
    ");
}

#[test]
fn while_topics_are_worded_lines_are_topics_until_one_is_named() {
    let room = mirror_room();
    let text = "Contracts\nPayment: terms\nP ours: too early\nSegmentation:\nfour segments";
    insta::assert_snapshot!(told(&room, &sheet(&room, text, None, &View::ALL, &[])), @r"
    topic Contracts
    topic Payment: terms
    ! P ours: too early: name the topic first: its words alone on a line
    [Segmentation:]
    Segmentation purchasing ours: four segments
    ");
}

fn sheets() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "P",
        "Purchasing",
        "S:",
        "sales",
        "ours:",
        "theirs",
        "guess:",
        "how Sales do it",
        "about P",
        "Anna",
        "Bo:",
        "@bo",
        "#x",
        ":",
        "|",
        "\t",
        "\n",
        "\n- ",
        " ",
        "5",
        "5x3",
        "9",
        "by friday",
        "Segmentation",
        "topic 2:",
        "Legal:",
        "no side",
        "##",
        "**",
        "\u{7}",
        "\u{200b}",
        "ﬁ",
        "İ",
        "é",
        "字",
        "x",
    ]);
    prop_oneof![prop::collection::vec(bits, 0..40).prop_map(|bits| bits.concat()), any::<String>()]
}

#[test]
fn of_more_than_anything_becomes_of_the_rest_is_counted() {
    let sheet = Sheet::read(&"a\nb\n!\n".repeat(40_000), |line| match line {
        "a" => Means::Heading,
        "b" => Means::thing(Draft::Parked(ParkedDraft { text: line.to_owned(), fate: Fate::Waiting })),
        _ => Means::unread("why"),
    });
    assert_eq!(sheet.counts(), Counts { lines: 120_000, things: 40_000, unread: 40_000 });
    assert_eq!(sheet.lines().len(), 120_000, "all of it can be told");
    let twice = |line: &str| {
        let parked = Draft::Parked(ParkedDraft { text: line.to_owned(), fate: Fate::Waiting });
        Means::Things(vec![parked.clone(), parked])
    };
    let sheet = Sheet::read(&"x\n".repeat(700_000), twice);
    assert_eq!(sheet.counts(), Counts { lines: 700_000, things: 1_400_000, unread: 0 });
    assert_eq!((sheet.lines().len(), sheet.drafts().count()), (25_000, 50_000));
}

proptest! {
    /// Every line is a thing, a heading or reported, and what is a thing can be added.
    #[test]
    fn no_line_is_lost(text in sheets()) {
        let lines: Vec<String> = split_list(&text);
        let room = mirror_room();
        let here = side("purchasing");
        let aspects = ["Strategy".to_owned()];
        let sentence = |text: &str| (String::new(), text.to_owned());
        let practices = room.clone().go("practices");
        let leave = room.clone().go("leave");
        for (sheet, room) in [
            (notes(&text, pile(&room, &here)), &practices),
            (insights(&text, pile(&room, &here)), &practices),
            (ratings(&text, 5, room.shown().people()), &leave),
            (actions(&text, room.shown().people(), None, |_| None, sentence), &practices),
            (sheet(&room, &text, None, &View::ALL, &[]), &room),
            (sheet(&room, &text, Some("Segmentation"), &View::ALL, &aspects), &room),
        ] {
            let words: Vec<&str> = sheet.lines().iter().map(|line| line.words.as_str()).collect();
            prop_assert_eq!(&words, &lines);
            prop_assert!(sheet.lines().iter().all(|line| line.means != Means::Things(Vec::new())));
            let drafts: Vec<Draft> = sheet.drafts().cloned().collect();
            if !drafts.is_empty() {
                prop_assert_eq!(room.clone().ask(Request::Add { to: None, drafts }).map(|_| ()), Ok(()));
            }
        }
    }
}
