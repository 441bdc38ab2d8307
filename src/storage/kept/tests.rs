//! What a newer program wrote comes back whole, and nothing hostile gets through.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Session {
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Step>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    people: BTreeMap<String, Place>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Place {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    town: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Note {
    id: Id,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    updates: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Id(String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Step {
    Silence { seconds: u32 },
    Decide(Place),
    Many(Vec<Place>),
    Wrapped(Wrapped),
    Break,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Wrapped(Place);

/// What a newer program wrote: every kind of place that an unknown field can be in.
const NEWER: &str = r#"Session(
    title: "Day",
    place: (
        town: "Ulm",
        country: "de",
    ),
    notes: [
        (
            id: "a",
            text: "one",
            color: Red(
                shade: 3,
            ),
        ),
        (
            id: "b",
            text: "two",
            updates: [
                (
                    id: "b1",
                    text: "deep",
                    from: Some("x"),
                    r#to-do: {
                        "k": [1, 2],
                    },
                ),
            ],
        ),
    ],
    steps: [
        Silence(
            seconds: 240,
            bell: true,
        ),
        Decide((
            town: "Bonn",
            zip: "53111",
        )),
        Many([
            (
                street: r"a\b",
            ),
        ]),
        Wrapped(((
            floor: 2,
        ))),
        Break,
    ],
    people: {
        "Ada": (
            town: "Rome",
            until: "noon",
        ),
    },
    mood: 'm',
)
"#;

fn newer() -> (Session, Unknowns) {
    load(NEWER.as_bytes()).unwrap()
}

fn saved(session: &Session, unknowns: &Unknowns) -> String {
    save("Session", session, unknowns).unwrap()
}

fn resaved(text: &str) -> String {
    let (session, unknowns) = load(text.as_bytes()).unwrap();
    saved(&session, &unknowns)
}

#[test]
fn every_unknown_field_is_put_back_where_it_was() {
    let (session, unknowns) = newer();
    assert_eq!(saved(&session, &unknowns), NEWER);
}

#[test]
fn without_unknown_fields_nothing_is_added() {
    let (session, unknowns) = newer();
    assert!(!unknowns.is_empty());
    let plain = saved(&session, &Unknowns::default());
    let (again, none) = load::<Session>(plain.as_bytes()).unwrap();
    assert_eq!(again, session);
    assert!(none.is_empty());
}

#[test]
fn unknown_fields_follow_their_element_and_go_with_it() {
    let (mut session, unknowns) = newer();
    session.notes.swap(0, 1);
    session.notes[0].text.push_str(", changed");
    session.notes.insert(0, Note { id: Id("c".into()), text: "three".into(), updates: vec![] });
    let text = saved(&session, &unknowns);
    let (c, b, a) = (text.find("three").unwrap(), text.find("changed").unwrap(), text.find("one").unwrap());
    let (to_do, color) = (text.find("r#to-do").unwrap(), text.find("color").unwrap());
    assert!(c < b && b < to_do && to_do < a && a < color, "{text}");

    session.notes.retain(|note| note.id.0 != "b");
    session.people.clear();
    let text = saved(&session, &unknowns);
    assert!(!text.contains("r#to-do") && !text.contains("until") && text.contains("color"));
}

#[test]
fn unknown_fields_go_with_the_variant_they_belonged_to() {
    let (mut session, unknowns) = newer();
    session.steps[1] = Step::Wrapped(Wrapped(Place { town: "Bonn".into() }));
    session.place = None;
    let text = saved(&session, &unknowns);
    assert!(!text.contains("zip") && !text.contains("country") && text.contains("bell"), "{text}");
}

#[test]
fn a_struct_of_which_nothing_else_is_written_still_gets_its_fields() {
    let (mut session, unknowns) = newer();
    session.place = Some(Place::default());
    let text = saved(&session, &unknowns);
    assert!(text.contains("    place: (\n        country: \"de\",\n    ),\n"), "{text}");
}

#[test]
fn a_field_that_is_known_again_is_not_written_twice() {
    let (session, _) = newer();
    let (_, unknowns) = load::<Place>(NEWER.as_bytes()).unwrap_or_default();
    assert!(unknowns.is_empty(), "the name of the struct is checked");
    let (_, unknowns) = load::<Place>(NEWER.trim_start_matches("Session").as_bytes()).unwrap();
    assert_eq!(saved(&session, &unknowns).matches("title").count(), 1);
}

#[test]
fn files_edited_by_hand_are_read() {
    let text = "\u{feff}#![enable(implicit_some)]\r\n/* a */ ( // b\r\n title: \"x\", place: (zip: Some(5)), \
                notes: [(id: r\"a\", text: \"t\", x: 1 /* kept */, x: 2), (id: \"n\\u{e9}\", text: \"t\", y: ())],\r\n)";
    let (session, unknowns) = load::<Session>(text.as_bytes()).unwrap();
    let text = saved(&session, &unknowns);
    for kept in ["zip: Some(5)", "x: 1 /* kept */,", "x: 2,", "y: (),"] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    assert_eq!(resaved(&text), text);
}

#[test]
fn elements_that_share_an_id_keep_their_fields_by_place() {
    let text = r#"(title: "", notes: [(id: "a", text: "", x: 1), (id: "a", text: "", x: 2)])"#;
    let (session, unknowns) = load::<Session>(text.as_bytes()).unwrap();
    let text = saved(&session, &unknowns);
    assert!(text.contains("x: 1") && text.contains("x: 2"), "{text}");
}

#[test]
fn a_hundred_unknown_names_are_kept_and_no_more() {
    let with = |count: usize| {
        let fields: String = (0..count).map(|number| format!(", field{number}: {number}")).collect();
        load::<Session>(format!(r#"(title: ""{fields})"#).as_bytes())
    };
    let (session, unknowns) = with(UNKNOWN_NAMES).unwrap();
    let text = saved(&session, &unknowns);
    let places: Vec<_> =
        (0..UNKNOWN_NAMES).map(|number| text.find(&format!("field{number}:")).unwrap()).collect();
    assert!(places.is_sorted(), "in the order of the file");
    assert!(with(UNKNOWN_NAMES + 1).unwrap_err().what.contains("more than 100 names"));
    let many = format!(r#"(title: ""{})"#, ", x: 1".repeat(UNKNOWN_PLACES + 1));
    assert!(load::<Session>(many.as_bytes()).unwrap_err().what.contains("more than 100000 fields"));
}

#[test]
fn mistakes_are_told_with_their_place() {
    let mistake = |bytes: &[u8]| load::<Session>(bytes).unwrap_err().to_string();
    assert_eq!(mistake(b"(\n  title: 5,\n)"), "line 2, column 9: Expected string");
    assert_eq!(mistake(b"(\n  title: \"\xff\")"), "line 2, column 11: this is not UTF-8 text");
    assert!(mistake(b"(title: \"a\", title: \"b\")").contains("title"));
    assert!(mistake(b"(title: \"a\") x").contains("trailing"));
    assert!(mistake(b"#![enable(unwrap_variant_newtypes)] (title: \"a\")").contains("extension"));
    assert!(load::<Session>(&[0; 10]).is_err() && load::<Session>(b"").is_err());
}

#[test]
fn the_format_is_told_before_anything_else_is_understood() {
    assert_eq!(format_of(b"Anything(new: Thing(7), format: 12, title: [])"), Ok(Some(12)));
    assert_eq!(format_of(NEWER.as_bytes()), Ok(None));
    assert!(format_of(b"(format: \"1\")").unwrap_err().what.contains("format"));
    assert!(format_of(b"(format: 1").is_err() && format_of(b"\xff").is_err());
}

#[test]
fn nesting_is_limited_in_reading_what_is_known_and_what_is_not() {
    for (open, close) in [("[", "]"), ("(", ")"), ("Some(", ")"), ("{1:", "}"), ("(a: ", ")"), ("A(", ")")] {
        let mut kept = 0;
        for depth in [0, 1, 5, 20, 30, 31, 32, 40, 41, 42, 60, 61, 62, 63, 64, 100, 120, 100_000] {
            let (open, close) = (open.repeat(depth), close.repeat(depth));
            let text = format!(r#"(title: "", notes: [(id: "a", text: "", x: {open}1{close})])"#);
            // What could be read can be written, and read again.
            if let Ok((session, unknowns)) = load::<Session>(text.as_bytes()) {
                kept = depth;
                let text = saved(&session, &unknowns);
                assert_eq!(resaved(&text), text);
            }
        }
        assert!((20..=120).contains(&kept), "{open} {kept}");
    }
    let brackets = "[".repeat(100_000);
    assert!(load::<Session>(brackets.as_bytes()).is_err());
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Tree {
        leaves: Vec<Tree>,
    }
    let tree = |depth| (0..depth).fold(Tree { leaves: vec![] }, |tree, _| Tree { leaves: vec![tree] });
    let mut refused = 0;
    for depth in 0..80 {
        match save("Tree", &tree(depth), &Unknowns::default()) {
            Ok(text) => assert_eq!(load::<Tree>(text.as_bytes()).unwrap().0, tree(depth)),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 0);
}

/// What a newer program would write from, to compare all of it.
mod newer {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Session {
        pub(super) before: Extra,
        pub(super) title: String,
        #[serde(default)]
        pub(super) place: Option<Place>,
        #[serde(default)]
        pub(super) notes: Vec<Note>,
        #[serde(default)]
        pub(super) steps: Vec<Step>,
        #[serde(default)]
        pub(super) people: BTreeMap<String, Place>,
        pub(super) after: Vec<Extra>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Place {
        pub(super) extra: Extra,
        #[serde(default)]
        pub(super) town: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Note {
        pub(super) id: String,
        pub(super) text: String,
        #[serde(default)]
        pub(super) updates: Vec<Note>,
        pub(super) extra: Extra,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) enum Step {
        Silence { extra: Extra, seconds: u32 },
        Decide(Place),
        Many(Vec<Place>),
        Wrapped(Wrapped),
        Break,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Wrapped(pub(super) Place);

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) enum Extra {
        Nothing,
        Text(String),
        Pair(i64, char),
        Fields { is: bool, bytes: Vec<u8> },
        Map(BTreeMap<String, Extra>),
        Some(Option<Box<Extra>>),
    }
}

fn extra() -> impl Strategy<Value = newer::Extra> {
    use newer::Extra;
    let leaf = prop_oneof![
        Just(Extra::Nothing),
        any::<String>().prop_map(Extra::Text),
        any::<(i64, char)>().prop_map(|(number, letter)| Extra::Pair(number, letter)),
        any::<(bool, Vec<u8>)>().prop_map(|(is, bytes)| Extra::Fields { is, bytes }),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            prop::collection::btree_map("[a-z]{1,3}", inner.clone(), 0..3).prop_map(Extra::Map),
            prop::option::of(inner).prop_map(|inner| Extra::Some(inner.map(Box::new))),
        ]
    })
}

fn place() -> impl Strategy<Value = newer::Place> {
    (extra(), "[a-zü\\\\\"()]{0,4}").prop_map(|(extra, town)| newer::Place { extra, town })
}

fn note() -> impl Strategy<Value = newer::Note> {
    let one = ("[a-c]{1,2}", any::<String>(), extra());
    let leaf = one.prop_map(|(id, text, extra)| newer::Note { id, text, updates: vec![], extra });
    leaf.prop_recursive(2, 6, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3))
            .prop_map(|(note, updates)| newer::Note { updates, ..note })
    })
}

fn step() -> impl Strategy<Value = newer::Step> {
    use newer::Step;
    prop_oneof![
        (extra(), any::<u32>()).prop_map(|(extra, seconds)| Step::Silence { extra, seconds }),
        place().prop_map(Step::Decide),
        prop::collection::vec(place(), 0..3).prop_map(Step::Many),
        place().prop_map(|place| Step::Wrapped(newer::Wrapped(place))),
        Just(Step::Break),
    ]
}

fn newer_session() -> impl Strategy<Value = newer::Session> {
    (
        (extra(), any::<String>(), prop::option::of(place())),
        prop::collection::vec(note(), 0..4),
        prop::collection::vec(step(), 0..4),
        prop::collection::btree_map("[a-zü\"]{0,3}", place(), 0..3),
        prop::collection::vec(extra(), 0..3),
    )
        .prop_map(|((before, title, place), notes, steps, people, after)| newer::Session {
            before,
            title,
            place,
            notes,
            steps,
            people,
            after,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_older_program_gives_back_all_that_a_newer_one_wrote(session in newer_session()) {
        let text = options().to_string_pretty(&session, layout()).unwrap();
        let (older, unknowns) = load::<Session>(text.as_bytes()).unwrap();
        let text = saved(&older, &unknowns);
        let (again, _) = load::<newer::Session>(text.as_bytes()).unwrap();
        prop_assert_eq!(again, session);
        prop_assert_eq!(saved(&older, &unknowns), text);
    }

    #[test]
    fn no_text_makes_it_panic(text in r#"[(\[{]{0,3}(title: "a"|notes|x|Some|r#|:|,|/\*|[\])}"'\\0]| ){0,20}"#) {
        let _ = load::<Session>(text.as_bytes());
    }
}
