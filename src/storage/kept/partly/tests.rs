//! What is understood is read as it stands, what isn't is left out with as little around it as can be.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;
use crate::storage::kept::options;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Day {
    #[serde(skip_serializing_if = "Option::is_none")]
    mood: Option<Mood>,
    notes: Vec<Note>,
    steps: Vec<Step>,
    rooms: BTreeMap<String, u8>,
    secret: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Note {
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Mood>,
    #[serde(default)]
    secret: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Mood {
    Calm,
    Loud(u8),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Step {
    Break,
    Talk { about: String, secs: u32 },
}

fn read(text: &str) -> (Day, usize) {
    load_partly(text.as_bytes(), &["secret"]).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// What is understood, as it is written on one line, and how much is left out.
fn left(text: &str) -> String {
    let (day, left_out) = read(text);
    format!("{left_out} of {}", options().to_string(&day).unwrap())
}

#[test]
fn the_smallest_thing_that_can_go_goes() {
    let cases = [
        // A variant that isn't known: in a list, in a list of a list's item, in a field.
        "(steps: [Break, Dance(to: \"x\"), Break])",
        "(notes: [(text: \"a\", marks: [Calm, Odd, Loud(2)])])",
        "(mood: Odd(1, 2), notes: [(text: \"a\")])",
        "(mood: Some(Odd), notes: [])",
        // Fields of another shape: one that may be missing, and one that takes its note with it.
        "(mood: [Calm], notes: [(text: \"a\", marks: Calm)])",
        "(notes: [(text: (de: \"a\")), (text: \"b\"), (marks: []), (text: \"c\")])",
        "(steps: [Talk(about: \"a\", secs: 5.5), Talk(about: \"b\", secs: 7), Break(now: true), Talk])",
        // Numbers that are too large, too long a tuple, entries of maps.
        "(notes: [(text: \"a\", marks: [Loud(300), Loud(3), Loud(1, 2)])], rooms: {\"a\": 1, \"b\": 256, 3: 4})",
        // What isn't known, and no more than that.
        "(notes: [(text: \"a\", color: Red, more: (1, 2))], later: {})",
        // Comments, no commas, other brackets within texts.
        "( mood : Odd /* , */ , // )\n rooms : { \"}\" : 1 , \"]\" : [ ] } )",
    ];
    insta::assert_snapshot!(cases.map(left).join("\n"), @r#"
    1 of (notes:[],steps:[Break,Break],rooms:{},secret:false)
    1 of (notes:[(text:"a",marks:[Calm,Loud(2)],secret:false)],steps:[],rooms:{},secret:false)
    1 of (notes:[(text:"a",secret:false)],steps:[],rooms:{},secret:false)
    1 of (notes:[],steps:[],rooms:{},secret:false)
    2 of (notes:[(text:"a",secret:false)],steps:[],rooms:{},secret:false)
    2 of (notes:[(text:"b",secret:false),(text:"c",secret:false)],steps:[],rooms:{},secret:false)
    3 of (notes:[],steps:[Talk(about:"b",secs:7)],rooms:{},secret:false)
    4 of (notes:[(text:"a",marks:[Loud(3)],secret:false)],steps:[],rooms:{"a":1},secret:false)
    3 of (notes:[(text:"a",secret:false)],steps:[],rooms:{},secret:false)
    2 of (notes:[],steps:[],rooms:{"}":1},secret:false)
    "#);
}

#[test]
fn what_decides_who_may_see_a_thing_is_never_taken_for_granted() {
    let (day, left_out) = read("(notes: [(text: \"a\", secret: For(Sales)), (text: \"b\", secret: true)])");
    assert_eq!((day.notes.len(), left_out), (1, 1));
    assert!(day.notes[0].secret);
    for text in ["(secret: Perhaps)", "(r#secret /* : */ : 1)", "(\u{2028}secret: [true])"] {
        assert!(load_partly::<Day>(text.as_bytes(), &["secret"]).is_err(), "{text}");
        assert!(load_partly::<Day>(text.as_bytes(), &[]).is_ok(), "{text}");
    }
}

#[test]
fn what_is_damaged_or_all_strange_is_refused() {
    let refused = |text: &str| load_partly::<Day>(text.as_bytes(), &[]).unwrap_err();
    assert_eq!(refused("(notes: [\n  (text: \"a\" 5),\n])").line, 2);
    for text in ["", "(", "5", "[]", "Week(notes: [Odd])", "\"(notes: [])\""] {
        let _ = refused(text);
    }
    assert!(refused(&"[".repeat(100_000)).to_string().contains("nested too deeply"));
}

#[test]
fn a_thousand_notes_of_another_shape_are_left_out_at_once_and_a_thousand_odd_ones_are_not() {
    let notes = "(text: (de: \"a\")), (text: \"b\"), Sketch(text: \"c\"), Odd, ".repeat(2_000);
    let (day, left_out) = read(&format!("(notes: [{notes}])"));
    assert_eq!((day.notes.len(), left_out), (2_000, 6_000));
    let kinds = |count: usize| (0..count).map(|kind| format!("Kind{kind}, ")).collect::<String>();
    assert_eq!(read(&format!("(steps: [{}])", kinds(LEFT_OUT - 1))).1, LEFT_OUT - 1);
    let error = load_partly::<Day>(format!("(steps: [{}])", kinds(LEFT_OUT)).as_bytes(), &[]).unwrap_err();
    assert!(error.to_string().contains("too much in it isn't understood"), "{error}");
}

#[test]
fn a_text_is_read_once_however_large_and_not_for_ever_again() {
    assert_eq!([0, 1000, 16 << 20, usize::MAX].map(tries), [LEFT_OUT, LEFT_OUT, 4, 1]);
}

/// An item of a list as text, and whether it is understood.
fn items<'a>(good: &'a [&'a str], bad: &'a [&'a str]) -> impl Strategy<Value = Vec<(String, bool)>> {
    let of = |texts: &[&str], is_good: bool| {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        prop::sample::select(texts).prop_map(move |text| (text, is_good))
    };
    prop::collection::vec(prop_oneof![2 => of(good, true), 1 => of(bad, false)], 0..8)
}

const NOTES: [&str; 4] = [
    r#"(text: "a, ]")"#,
    r##"(text: r#""b"#, later: [1])"##,
    "( secret: true /* ( */, text: \"c\",)",
    r#"(text: "d", marks: [Calm])"#,
];
const STRANGE_NOTES: [&str; 6] =
    ["5", "Folded", "(text: 5)", "(words: \"a\")", "(text: \"x\", secret: Odd)", "[(text: \"a\")]"];
const STEPS: [&str; 3] = ["Break", "Talk(about: \"a\", secs: 1)", "Talk(secs: 2, about: \"]\",)"];
const STRANGE_STEPS: [&str; 6] =
    ["Brake", "Talk", "Talk(about: 5, secs: 1)", "Talk(secs: 1)", "Break(1)", "{\"Break\": 1}"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn all_that_is_understood_is_there_and_nothing_else(
        notes in items(&NOTES, &STRANGE_NOTES),
        steps in items(&STEPS, &STRANGE_STEPS),
        end in prop::sample::select(vec!["", ",", " /* , */ ", ",\n// ]\n"]),
    ) {
        let list = |items: &[(String, bool)], wanted: fn(&bool) -> bool| {
            let texts: Vec<&str> =
                items.iter().filter(|(_, good)| wanted(good)).map(|(text, _)| text.as_str()).collect();
            let end = if texts.is_empty() { "" } else { end };
            format!("[{}{end}]", texts.join(", "))
        };
        let text = |wanted| format!("Day(steps: {}, notes: {})", list(&steps, wanted), list(&notes, wanted));
        let (whole, understood) = (text(|_| true), text(|good| *good));
        let (day, left_out) = read(&whole);
        let (wanted, passed_over) = read(&understood);
        prop_assert_eq!(&day, &wanted, "{}", whole);
        let strange = steps.iter().chain(&notes).filter(|(_, good)| !good).count();
        prop_assert_eq!(left_out, strange + passed_over, "{}", whole);
    }

    #[test]
    fn no_text_makes_it_panic_or_go_on_for_ever(
        text in r#"\((notes|steps|mood|x): [\[({]{0,2}((text|secs|r#a|Some|Odd|Calm|Break|Talk|5|'a'|"é"|/\*|//|\n)[:,(\[{ )\]}]{0,3}){0,12}[\])}]{0,4}\)"#,
    ) {
        let _ = load_partly::<Day>(text.as_bytes(), &["secret"]);
    }
}
