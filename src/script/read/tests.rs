//! Tests of reading and checking, as texts and what is said about them.

use super::*;
use proptest::prelude::*;

/// The mistakes of a text, one a line: `line:column what (help) [line:column also]`.
fn mistakes(text: &str) -> String {
    let Err(mistakes) = read(text) else { return "none".to_owned() };
    let lines = mistakes.list.iter().map(|mistake| {
        let sign = if mistake.weight == Weight::Warning { "(warning) " } else { "" };
        let help = mistake.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
        let also = mistake
            .also
            .as_ref()
            .map_or_else(String::new, |(at, what)| format!(" [{} {what}]", position(text, at.start)));
        format!("{} {sign}{}{help}{also}", position(text, mistake.at.start), mistake.what)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn position(text: &str, at: usize) -> String {
    let before = text[..at].trim_start_matches('\u{feff}');
    let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
    format!("{}:{column}", before.matches('\n').count() + 1)
}

/// A script with these steps and nothing wrong around them.
fn with_steps(steps: &str) -> String {
    format!(
        r#"Script(format: 1, title: "t", sides: [(key: "a", name: "A"), (key: "b", name: "B")], steps: [
{steps}
])"#
    )
}

const DESIGN: &str = r#"
Script(
    format: 1,
    title: "Purchasing meets sales",
    purpose: "Each side leaves with two practices worth learning and one decision that lasts.",
    level: PurchasingAndSales,
    sides: [
        (key: "purchasing", name: "Purchasing", field: "SRM"),
        (key: "sales", name: "Sales", field: "CRM"),
    ],
    lenses: [(key: "value", aspects: ["Strategy", "Process", "Value creation"])],   // a step names one with lens: "value"
    steps: [
        CheckIn(key: "arrive", title: "Why are you here?", time: "5m"),
        Brainstorm(key: "practices", title: "What do we do well?", time: "12m",
            prompt: "One practice a note. Concrete: the last time you did it.",
            say: "Nobody speaks for five minutes. Write.",
            rounds: [(group: Alone, time: "5m", hidden: true), (group: Side, time: "7m")]),
        Vote(key: "pick", title: "Which three?", from: ["practices"], dots: 3, keep: 3, time: "4m"),
        Mirror(key: "mirror", title: "How does the other side do it?", from: ["pick"],
            views: [Ours, Theirs, Guess], time: "35m"),
        Silence(key: "quiet", title: "Four minutes", time: "4m", prompt: "What will I do differently?",
            then: Insight(time: "6m")),
        Decide(key: "decide", title: "What do we commit to?", from: ["mirror", "quiet"], method: Consent, time: "20m"),
        CheckOut(key: "leave", title: "Was it worth the time?", time: "4m", rating: 5),
    ],
)
"#;

#[test]
fn the_example_of_the_description_reads() {
    let reading = read(DESIGN).unwrap();
    let script = reading.script;
    assert_eq!(script.steps.len(), 7);
    assert_eq!(script.level, Some(Level::PurchasingAndSales));
    assert_eq!(script.sides[0].field, "SRM");
    let brainstorm = &script.steps[1].head;
    assert_eq!(brainstorm.rounds[0].group, Group::Alone);
    assert!(brainstorm.rounds[0].hidden);
    assert_eq!(brainstorm.rounds[1].time, Span::from_mins(7));
    let Kind::Silence(silence) = &script.steps[4].kind else { panic!("{:?}", script.steps[4]) };
    assert_eq!(silence.then.as_ref().unwrap().time, Span::from_mins(6));
    assert_eq!(script.plan().total.as_secs(), 90 * 60);
    let warnings: Vec<_> = reading.warnings.iter().map(|warning| warning.what.as_str()).collect();
    assert_eq!(warnings, ["no step uses the lens `value`"]);
}

#[test]
fn what_is_read_is_what_serde_reads_and_writes() {
    let script = read(DESIGN).unwrap().script;
    assert_eq!(super::super::options().from_str::<Script>(DESIGN).unwrap(), script);
    let written =
        super::super::options().to_string_pretty(&script, ron::ser::PrettyConfig::default()).unwrap();
    assert_eq!(read(&written).unwrap().script, script);
}

#[test]
fn marks_line_ends_and_comments_change_nothing() {
    let script = read(DESIGN).unwrap().script;
    let other =
        format!("\u{feff}// by hand\n#![enable(implicit_some)]{DESIGN}/* end */").replace('\n', "\r\n");
    assert_eq!(read(&other).unwrap().script, script);
}

#[test]
fn every_mistake_is_told_at_once() {
    let text = r#"Script(
    format: 1,
    titel: "Purchasing meets sales",
    level: "PurchasingAndSales",
    sides: [(key: "purchasing", name: "Purchasing"), (key: "Sales Team", nme: "Sales")],
    steps: [
        Brainstrom(key: "practices", title: "What do we do well?", time: "12 min", dots: 3),
        Mirror(key: "mirror", title: 7, from: ["practises", "mirror"], views: [Ours, "Theirs", Gues], time: "35m"),
        Silence(key: "quiet", title: "", time: "0s", then: Insight(tme: "6m")),
        Decide(key: "mirror", title: "What?", method: consent, time: "20m", rounds: [(group: Allone, time: "5m")]),
        CheckOut(key: "leave", title: "Worth it?", time: 4, rating: "5"),
        Break,
        "Lunch",
        Yoga(key: "y", title: "t", time: "5m", mat: true),
    ],
)"#;
    insta::assert_snapshot!(mistakes(text), @r#"
    3:5 a script has no field `titel` (did you mean `title`?)
    4:12 `level` must be a word without quotes (write PurchasingAndSales)
    5:60 a key has lower case letters a to z, digits and `-` inside (write it like "sales-team")
    5:74 a side has no field `nme` (did you mean `name`?)
    7:9 there is no step kind `Brainstrom` (did you mean `Brainstorm`?)
    7:74 `time` must be a length of time (write it like "90s", "5m" or "1h30m")
    7:84 Brainstorm has no field `dots` (`dots` belongs to `Vote`)
    8:38 `title` must be a text (put it in double quotes: "…")
    8:86 an item of `views` must be a word without quotes (write Theirs)
    8:96 an item of `views` cannot be `Gues` (did you mean `Guess`?)
    9:68 an insight has no field `tme` (did you mean `time`?)
    10:55 `method` cannot be `consent` (did you mean `Consent`?)
    10:94 `group` cannot be `Allone` (did you mean `Alone`?)
    11:58 `time` must be a length of time (write it like "90s", "5m" or "1h30m")
    11:69 `rating` must be a whole number (write it in digits, without quotes)
    12:9 Break needs `key`, `title` and `time` (add `key: "…", title: "…", time: "10m"`)
    13:9 an item of `steps` must be a step: its kind with fields in round brackets (write it like `Brainstorm(key: "ideas", title: "…", time: "10m")`)
    14:9 there is no step kind `Yoga` (the kinds are `CheckIn`, `Brainstorm`, `Cluster`, `Vote`, `Mirror`, `Silence`, `Discuss`, `Decide`, `FollowUp`, `Break` and `CheckOut`)
    "#);
}

/// Steps with something wrong in them.
const WRONG: &[(&str, &str)] = &[
    (
        "from",
        r#"Brainstorm(key: "a", title: "t", time: "1m", from: ["b"]), Decide(key: "b", title: "t", time: "1m", from: ["a", "a"])"#,
    ),
    (
        "empty from",
        r#"Break(key: "a", title: "t", time: "1m"), Silence(key: "s", title: "t", time: "1m"), Decide(key: "b", title: "t", time: "1m", from: ["a", "s"])"#,
    ),
    (
        "keys",
        r#"Decide(key: "a", title: "t", time: "1m"), Decide(key: "a", title: "t", time: "1m"), Decide(key: "-", title: "t", time: "1m")"#,
    ),
    ("rounds", r#"Decide(key: "a", title: "t", time: "5m", rounds: [(time: "3m"), (time: "3m")])"#),
    (
        "vote",
        r#"Vote(key: "v", title: "t", time: "5m", dots: 100, cap: 0, keep: 3, keep_each_side: 2), Decide(key: "a", title: "t", time: "5m")"#,
    ),
    (
        "numbers",
        r#"Vote(key: "v", title: "t", time: "5m", dots: -1, cap: 1.5, keep: 99999999999), Decide(key: "a", title: "t", time: "5m"), CheckOut(key: "c", title: "t", time: "5m", rating: 300)"#,
    ),
    (
        "mirror",
        r#"Mirror(key: "m", title: "t", time: "5m", views: [], lens: "value", topics: ["x", "x", " "]), Mirror(key: "n", title: "t", time: "5m", views: [Ours, Ours]), Decide(key: "a", title: "t", time: "5m")"#,
    ),
    (
        "discuss",
        r#"Discuss(key: "d", title: "t", time: "5m", each: "6m"), Decide(key: "a", title: "t", time: "25h")"#,
    ),
    ("long", r#"Brainstorm(key: "d", title: "t", time: "46m")"#),
];

#[test]
fn every_check_of_meaning_has_its_words() {
    let told: Vec<_> = WRONG
        .iter()
        .map(|(name, steps)| {
            let text = with_steps(steps);
            let told = match read(&text) {
                Err(_) => mistakes(&text),
                Ok(reading) => reading
                    .warnings
                    .iter()
                    .map(|warning| format!("(warning) {}", warning.what))
                    .collect::<Vec<_>>()
                    .join("\n"),
            };
            format!("{name}\n{told}\n")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    from
    2:53 `b` is not an earlier step (`from` names steps before this one)
    2:113 `a` stands in `from` twice (keep one)

    empty from
    2:133 nothing comes from the step `a` (a Break collects nothing to go on with)
    2:138 nothing comes from the step `s` (give it `then: Insight(time: "6m")` to have insights)

    keys
    2:55 another step has this key already (give each step its own) [2:13 here]
    2:97 a key has lower case letters a to z, digits and `-` inside (write it like "what-we-do-well")

    rounds
    2:50 the rounds take 6m, and the step has 5m (give the step `time: "6m"` or shorten the rounds) [2:36 the step's time]

    vote
    2:46 `dots` must be from 1 to 99 (write a number from 1 to 99)
    2:56 `cap` must be from 1 to 99 (write a number from 1 to 99)
    2:84 2 from each side are more than the 3 kept (keep at least 4, or fewer from each side)

    numbers
    2:46 `dots` must be a whole number (write it in digits, without quotes)
    2:55 `cap` must be a whole number (write it in digits, without quotes)
    2:66 `keep` must be from 1 to 99 (write a number from 1 to 99)
    2:173 `rating` must be from 2 to 10 (write a number from 2 to 10)

    mirror
    2:49 a mirror needs at least one view (leave it out for `Ours`, `Theirs` and `Guess`)
    2:59 there is no lens `value` (add `lenses: [(key: "value", aspects: ["…", "…"])]` to the script)
    2:82 “x” stands in `topics` twice (keep one) [2:77 here]
    2:87 an item of `topics` is empty (say it in a few words)
    2:149 `Ours` stands here twice (name each view once)

    discuss
    2:49 one topic takes 6m, and the step has 5m (write at most `each: "5m"`) [2:37 the step's time]
    2:91 `time` must be a day at most (write it like "90s", "5m" or "1h30m")

    long
    (warning) more than 45 minutes without a Silence
    (warning) no step decides anything
    "#);
}

#[test]
fn the_frame_is_checked() {
    let cases = [
        "Script()",
        r#"(format: 1, title: " ", sides: [], steps: [])"#,
        r#"Session(format: 1, notes: [])"#,
        r#"[1, 2]"#,
        r#"Script(format: 0, title: "t", title: "u", sides: [(key: "a", name: "A"), (key: "a", name: "a")], steps: [Decide(key: "d", title: "t", time: "1m")])"#,
        r#"Script(format: 1, title: "t", sides: [(key: "a", name: "A")], lenses: [(key: "l", aspects: [])], steps: [Mirror(key: "d", title: "t", time: "1m", lens: "k")])"#,
    ];
    let told: Vec<_> = cases.iter().map(|text| format!("{text}\n{}\n", mistakes(text))).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Script()
    1:1 a script needs `format`, `title`, `sides` and `steps` (add `format: 1, title: "…", sides: [(key: "purchasing", name: "Purchasing")], steps: […]`)

    (format: 1, title: " ", sides: [], steps: [])
    1:20 `title` is empty (say it in a few words)
    1:32 a script needs at least one side (add one like `(key: "sales", name: "Sales")`)
    1:43 a script needs steps (add at least one step)

    Session(format: 1, notes: [])
    1:1 this is a `Session`, and a script is expected (a script begins with `Script(`)

    [1, 2]
    1:1 this must be a script with fields in round brackets (write it like `Script(format: 1, title: "…", …)`)

    Script(format: 0, title: "t", title: "u", sides: [(key: "a", name: "A"), (key: "a", name: "a")], steps: [Decide(key: "d", title: "t", time: "1m")])
    1:16 there is no format 0 (write `format: 1`)
    1:31 `title` stands here a second time (keep one of them) [1:19 it was given here first]
    1:80 another side has this key already (give each side its own) [1:57 here]
    1:91 another side has this name already (give each side its own) [1:68 here]

    Script(format: 1, title: "t", sides: [(key: "a", name: "A")], lenses: [(key: "l", aspects: [])], steps: [Mirror(key: "d", title: "t", time: "1m", lens: "k")])
    1:78 (warning) no step uses the lens `l` (a Mirror names it with `lens: "l"`)
    1:92 a lens needs at least one aspect (name what to look at, as in `aspects: ["Strategy", "Process"]`)
    1:105 (warning) no step decides anything (a Decide near the end lets the session leave something behind)
    1:106 a Mirror needs two sides, and this script has one (add a side, or use a Brainstorm)
    1:153 there is no lens `k` (the script has `l`)
    "#);
}

#[test]
fn a_newer_format_is_one_clear_mistake() {
    insta::assert_snapshot!(mistakes("Script(what: 1, format: 2, steps: {1: 2})"), @r#"1:25 this script has format 2, and this visavis knows formats up to 1 (a newer visavis can read it)"#);
}

#[test]
fn nothing_follows_from_what_could_not_be_read() {
    let text = with_steps(
        r#"Brainstorm(key: 5, title: "t", time: "x", rounds: [(time: "3m")]),
Decide(key: "b", title: "t", time: "1m", from: ["practices"])"#,
    );
    insta::assert_snapshot!(mistakes(&text), @r#"
    2:17 `key` must be a text (put it in double quotes: "…")
    2:38 `time` must be a length of time (write it like "90s", "5m" or "1h30m")
    "#);
}

#[test]
fn many_mistakes_are_counted() {
    let text = with_steps(&r#"Decide(key: "A", title: "", time: "0s"),"#.repeat(150));
    let mistakes = read(&text).unwrap_err();
    assert_eq!(mistakes.list.len(), Mistakes::MOST);
    assert!(mistakes.more > 0);
    assert!(read(&with_steps(&"Break,".repeat(10_000))).is_err());
    assert!(read(&with_steps(&r#"Decide(key: "a", title: "", time: "0s"),"#.repeat(900))).is_err());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = read(&text);
        let _ = read(&with_steps(&text));
    }

    #[test]
    fn no_damage_makes_it_panic(
        at in 0..DESIGN.len(),
        to in 0..DESIGN.len(),
        with in "[\"()\\[\\]:,a-zé0-9\\\\\u{0}\u{1b}]{0,6}",
    ) {
        let (at, to) = (at.min(to), at.max(to));
        if DESIGN.is_char_boundary(at) && DESIGN.is_char_boundary(to) {
            let text = format!("{}{with}{}", &DESIGN[..at], &DESIGN[to..]);
            if let Err(mistakes) = read(&text) {
                for mistake in mistakes.list {
                    prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?}", mistake);
                }
            }
        }
    }
}
