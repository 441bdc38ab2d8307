//! Big files of every kind: such as people could have, and forged so that few bytes stand for much.
//!
//! A forgery takes a file that is right and fills one of its lists, whichever it has, with as many of one thing as go
//! into so many bytes. The tests and the benches make them here.

use std::io::{self, Write};
use std::path::Path;

use visavis::session::{Id, Session};
use visavis::storage::journal::{Journal, Kind, Record};
use visavis::storage::{Medium, kept};

/// Sessions that have been, with nearly every list there is.
const SESSIONS: [&str; 3] = [
    include_str!("../../../sessions/samples/purchasing-meets-sales.ron"),
    include_str!("../../../sessions/samples/shared-customer-retrospective.ron"),
    include_str!("../../../sessions/samples/mentoring-3.ron"),
];

/// Scripts, likewise.
const SCRIPTS: [&str; 2] = [
    include_str!("../../../sessions/scripts/purchasing-meets-sales.ron"),
    include_str!("../../../sessions/scripts/shared-customer-retrospective.ron"),
];

/// Lists that no sample has: what stands before them, and their beginning.
const LISTS_OF_SESSIONS: [(&str, &str); 10] = [
    ("people: [\n        (", "away: ["),
    ("possibilities: [\n        (", "prerequisites: ["),
    ("Discuss((", "hands: ["),
    ("Session(", "interruptions: ["),
    ("Session(", "rulings: ["),
    ("    script: (", "lenses: ["),
    ("    script: (", "lenses: [(key: \"a\", aspects: ["),
    (" Mirror(\n", "topics: ["),
    (" Brainstorm(\n", "tags: ["),
    ("Session(", "of_tomorrow: ["),
];

const LISTS_OF_SCRIPTS: [(&str, &str); 7] = [
    ("Script(\n", "lenses: ["),
    ("Script(\n", "lenses: [(key: \"a\", aspects: ["),
    (" Mirror(\n", "topics: ["),
    (" Mirror(\n", "views: ["),
    (" Brainstorm(\n", "tags: ["),
    (" Cluster(\n", "groups: ["),
    ("Script(\n", "of_tomorrow: ["),
];

/// Lists of a session that are short in every session that is read.
const FEW: [&str; 3] = ["sides", "agenda", "passes"];

/// What takes few bytes and stands for something.
const CRUMBS: [&str; 8] = ["\"\"", "\"a\"", "()", "[]", "{}", "0", "None", "Break"];

/// A file that is filled up to a size: a beginning, one thing over and over, an end; or two such things.
pub(crate) struct Bulk {
    /// What it is, in few words.
    pub(crate) name: String,
    head: String,
    fillings: Vec<Filling>,
}

/// One thing over and over, and what follows it.
struct Filling {
    /// What is repeated; `#` in it stands for an id of its own.
    element: String,
    tail: String,
}

impl Bulk {
    fn new(name: impl Into<String>, head: &str, element: impl Into<String>, tail: &str) -> Self {
        let filling = Filling { element: element.into(), tail: tail.to_owned() };
        Self { name: name.into(), head: head.to_owned(), fillings: vec![filling] }
    }

    /// Writes about so many bytes of it.
    pub(crate) fn write(&self, size: usize, to: &mut impl Write) -> io::Result<()> {
        to.write_all(self.head.as_bytes())?;
        let text = self.head.len() + self.fillings.iter().map(|filling| filling.tail.len()).sum::<usize>();
        let each = size.saturating_sub(text) / self.fillings.len();
        for Filling { element, tail } in &self.fillings {
            let mut written = 0;
            for n in 0.. {
                if written >= each && n > 0 {
                    break;
                }
                let element = element.replace('#', &Id::new(n).to_string());
                to.write_all(element.as_bytes())?;
                written += element.len();
            }
            to.write_all(tail.as_bytes())?;
        }
        Ok(())
    }

    /// About so many bytes of it.
    pub(crate) fn bytes(&self, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(size, &mut bytes).expect("memory takes all");
        bytes
    }
}

/// The lists of a text, each name once: up to the opening bracket, what they hold, and the rest.
fn lists<'a>(text: &'a str, opening: &'a str) -> Vec<(&'a str, &'a str, &'a str)> {
    let mut found: Vec<(&str, &str, &str)> = Vec::new();
    let name =
        |head: &'a str| head.trim_end_matches(opening).rsplit([' ', ',', '{']).next().unwrap_or_default();
    for (at, _) in text.match_indices(opening) {
        let (head, rest) = text.split_at(at + opening.len());
        if !found.iter().any(|(other, _, _)| name(other) == name(head)) {
            let (held, tail) = rest.split_at(closing(rest));
            found.push((head, held, tail));
        }
    }
    found
}

/// Where the bracket stands that closes what was opened before `text`.
fn closing(text: &str) -> usize {
    let (mut depth, mut in_text, mut escaped) = (0_u32, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            '[' | '(' | '{' if !in_text => depth += 1,
            ']' | ')' | '}' if !in_text => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return at,
            },
            _ => {}
        }
    }
    text.len()
}

/// The first element of a list's content without the space around it, with an id of its own in place of its id.
fn first(held: &str, id: &str) -> Option<String> {
    let lines: String = held.lines().map(str::trim).collect();
    let end = lines.find(['(', '{']).map(|open| open + 1 + closing(&lines[open + 1..]) + 1);
    let element = end.map_or_else(|| lines.split(',').next().unwrap_or_default(), |end| &lines[..end]);
    if element.is_empty() {
        return None;
    }
    let Some((before, after)) = element.split_once(id) else { return Some(format!("{element},")) };
    Some(format!("{before}{id}#{},", after.get(12..)?))
}

fn filled(what: &str, texts: &[&str], absent: &[(&str, &str)], crumbs: &[&str]) -> Vec<Bulk> {
    let mut bulks: Vec<Bulk> = Vec::new();
    let mut push = |name: String, head: &str, element: String, tail: &str| {
        if !bulks.iter().any(|bulk| bulk.name == name) {
            bulks.push(Bulk::new(name, head, element, tail));
        }
    };
    for text in texts {
        for (head, held, tail) in lists(text, ": [") {
            let list = head.trim_end_matches(": [").rsplit(' ').next().unwrap_or_default();
            for crumb in crumbs {
                push(format!("{what}: {list} of {crumb}"), head, format!("{crumb},"), tail);
            }
            if let Some(element) = first(held, "id: \"") {
                push(format!("{what}: {list} of its own"), head, element, tail);
            }
        }
    }
    for (anchor, list) in absent {
        let (before, after) = texts.iter().find_map(|text| text.split_once(anchor)).expect("a sample has it");
        let (head, tail) = (format!("{before}{anchor}{list}"), format!("], {after}"));
        let list = list.trim_end_matches(": [");
        for crumb in crumbs {
            push(format!("{what}: {list} of {crumb}"), &head, format!("{crumb},"), &tail);
        }
    }
    bulks
}

/// One field over and over that nobody knows, and as many of them.
fn unknown_fields(what: &str, head: &str) -> [Bulk; 2] {
    [("one unknown field over and over", "a: 0,"), ("unknown fields", "a#: 0,")]
        .map(|(name, element)| Bulk::new(format!("{what}: {name}"), head, element, ")"))
}

/// Every list of a session's file, full of each kind of crumb and of its own kind.
pub(crate) fn forged_sessions() -> Vec<Bulk> {
    let mut bulks = filled("session", &SESSIONS, &LISTS_OF_SESSIONS, &CRUMBS);
    bulks.extend(unknown_fields("session", "Session(format: 1, "));
    bulks.push(thick_session());
    bulks.extend(forged_pairs());
    bulks
}

/// Every two lists of each session, likewise.
pub(crate) fn forged_pairs() -> Vec<Bulk> {
    SESSIONS.iter().flat_map(|text| pairs(text)).collect()
}

/// Every two lists of a session's own things, each with as many of its own kind after what it holds: what is looked up
/// in the one for each of the other shows here.
fn pairs(text: &'static str) -> Vec<Bulk> {
    let name =
        |head: &'static str| head.trim_end_matches(": [").rsplit(['\n', ' ']).next().unwrap_or_default();
    let is_own = |head: &str| {
        let line = head.rsplit('\n').next().unwrap_or_default();
        line.starts_with("    ") && !line.starts_with("     ")
    };
    let mut own: Vec<_> = lists(text, ": [").into_iter().filter(|(head, _, _)| is_own(head)).collect();
    own.retain(|(head, _, _)| !FEW.contains(&name(head)));
    let mut bulks = Vec::new();
    for (at, (head, held, _)) in own.iter().enumerate() {
        for (other_head, other_held, tail) in &own[at + 1..] {
            let (end, other_end) = (head.len() + held.len(), other_head.len() + other_held.len());
            let filling =
                |held: &str, tail: &str| Some(Filling { element: of_its_own(held)?, tail: tail.to_owned() });
            let fillings = filling(held, &text[end..other_end]).into_iter().chain(filling(other_held, tail));
            bulks.push(Bulk {
                name: format!("session: {} and {}", name(head), name(other_head)),
                head: text[..end].to_owned(),
                fillings: fillings.collect(),
            });
        }
    }
    bulks
}

/// The first element of a list with an id of its own, or about something of its own.
fn of_its_own(held: &str) -> Option<String> {
    let element = first(held, "id: \"")?;
    let about = [("of: (session: ", "Action(\""), ("(what: ", "Note(\"")];
    let about = about.into_iter().find_map(|(field, what)| {
        let (before, after) = element[element.find(field)?..].split_once(what)?;
        let before = &element[..element.find(field)? + before.len()];
        Some(format!("{before}{what}#{}", after.get(12..)?))
    });
    Some(about.unwrap_or(element))
}

/// Every list of a script, likewise.
pub(crate) fn forged_scripts() -> Vec<Bulk> {
    let mut bulks = filled("script", &SCRIPTS, &LISTS_OF_SCRIPTS, &CRUMBS);
    bulks.extend(unknown_fields("script", "Script("));
    bulks
}

/// Files of keys.
pub(crate) fn forged_keys() -> Vec<Bulk> {
    let keys = |name: &str, head: &str, element: &str, tail: &str| {
        Bulk::new(format!("keys: {name}"), head, element, tail)
    };
    vec![
        keys("one action with many", "{\"undo\": [", "\"\",", "]}"),
        keys("an action over and over", "{", "\"undo\":[],", "}"),
        keys("actions that are none", "{", "\"#\":[],", "}"),
        keys("a list", "[", "\"\",", "]"),
        keys("nothing but space", "{", " ", "}"),
    ]
}

/// The beginning of a session in its first step, up to its notes, and what follows them.
fn around_notes() -> (&'static str, &'static str, String) {
    let found = lists(SESSIONS[0], ": [");
    let (head, held, tail) =
        found.into_iter().find(|(head, _, _)| head.ends_with("notes: [")).expect("notes");
    let made = held.split("made: (").nth(1).expect("made");
    (head, tail, made[..closing(made)].lines().map(str::trim).collect())
}

/// A session such as the program writes, with notes of a hundred letters.
pub(crate) fn big_session() -> Bulk {
    let (head, tail, made) = around_notes();
    let made: String = made.split_inclusive(',').map(|field| format!("                {field}\n")).collect();
    let text =
        "Two people at every supplier visit, never one, and a page of notes after it, read by all of them. ";
    let note = format!(
        "        (\n            id: \"#\",\n            text: \"{text}\",\n            tags: [\n                \
         \"people\",\n            ],\n            made: (\n{made}            ),\n        ),\n"
    );
    Bulk::new("session: notes", &format!("{head}\n"), note, &format!("    {tail}"))
}

/// A session with as much in few bytes as people may write: nothing of it is refused.
pub(crate) fn thick_session() -> Bulk {
    let (head, tail, made) = around_notes();
    let tags: String = ('a'..='l').map(|tag| format!("\"{tag}\",")).collect();
    let element = format!("(id:\"#\",text:\"a\",tags:[{tags}],made:({made})),");
    Bulk::new("session: notes with all tags they may have", head, element, tail)
}

/// A script of many steps, such as a person could write.
pub(crate) fn big_script() -> Bulk {
    let comment =
        "// What we said about this step when we planned it, word by word, so that nobody forgets it.\n";
    Bulk::new("script: a long comment", &format!("{}\n", SCRIPTS[0]), comment, "")
}

/// A journal: the records with which it begins, and one record over and over.
pub(crate) struct BulkJournal {
    /// What it is, in few words.
    pub(crate) name: String,
    opened: Bulk,
    fills_opened: bool,
    kind: Kind,
    element: String,
}

impl BulkJournal {
    /// Puts about so many bytes of it at `path`.
    pub(crate) fn put(&self, size: usize, medium: &dyn Medium, path: &Path) {
        let opened = self.opened.bytes(if self.fills_opened { size } else { 0 });
        let mut payloads = Vec::new();
        let mut written = opened.len();
        for n in 1.. {
            if written >= size || self.fills_opened {
                break;
            }
            let payload = self.element.replace('#', &Id::new(n).to_string()).replace('~', &n.to_string());
            written += payload.len() + 9;
            payloads.push(payload);
        }
        let record = |payload| Record { kind: self.kind, payload };
        let records = payloads.iter().map(|payload| record(payload.as_bytes()));
        let first = Record { kind: Kind::Opened, payload: opened.as_slice() };
        let all: Vec<Record<'_>> = [first].into_iter().chain(records).collect();
        drop(Journal::create(medium, path, 7, &all, None).expect("room"));
    }
}

/// A session in the form of a journal's first record.
fn opened() -> Vec<String> {
    let sessions = SESSIONS.map(|text| kept::load::<Session>(text.as_bytes()).expect("a sample reads").0);
    let json = |session: &Session| serde_json::to_string(session).expect("a session is JSON");
    let wrapped =
        |json: String| format!("{{\"seq\":0,\"file\":{{\"Unix\":[47,97]}},\"ours\":[],\"session\":{json}}}");
    sessions.iter().map(json).map(wrapped).collect()
}

/// Every list of a journal's first record, full of each kind of crumb and of its own kind; and other records.
pub(crate) fn forged_journals() -> Vec<BulkJournal> {
    let texts = opened();
    let crumbs = ["\"\"", "\"a\"", "{}", "[]", "0", "null", "\"Break\""];
    let mut found: Vec<BulkJournal> = Vec::new();
    let mut push = |name: String, head: &str, element: String, tail: &str| {
        if !found.iter().any(|bulk| bulk.name == name) {
            let opened = Bulk::new("", head, element, tail);
            let element = String::new();
            found.push(BulkJournal { name, opened, fills_opened: true, kind: Kind::Frame, element });
        }
    };
    for text in &texts {
        for (head, held, tail) in lists(text, "\":[") {
            let list = head.trim_end_matches("\":[").rsplit('"').next().unwrap_or_default();
            let tail = format!("0{tail}");
            for crumb in crumbs {
                push(format!("journal: {list} of {crumb}"), head, format!("{crumb},"), &tail);
            }
            if let Some(element) = first(held, "\"id\":\"") {
                let last = element.trim_end_matches(',').replace('#', "zzzzzzzzzzzz");
                let tail = format!("{last}{}", &tail[1..]);
                push(format!("journal: {list} of its own"), head, element, &tail);
            }
        }
    }
    push(
        "journal: a field of tomorrow".to_owned(),
        "{\"a\":[",
        "0,".to_owned(),
        &format!("0],{}", &texts[0][1..]),
    );
    found.extend(records());
    found
}

/// Journals of many small records, most of which make sense.
fn records() -> Vec<BulkJournal> {
    let opened = || Bulk::new("", &opened().swap_remove(0), "", "");
    let at = "\"at\":\"2026-11-22T12:30:06.120+00:00\"";
    let of = |name: &str, kind, element: String| BulkJournal {
        name: format!("journal: {name}"),
        opened: opened(),
        fills_opened: false,
        kind,
        element,
    };
    let step = &first_step();
    let tags: String = ('a'..='l').map(|tag| format!("\"{tag}\"")).collect::<Vec<_>>().join(",");
    let person = format!("{{\"id\":\"#\",\"name\":\"p~\",\"since\":{}}}", &at[5..]);
    let note = format!(
        "{{\"id\":\"#\",\"text\":\"a\",\"tags\":[{tags}],\"made\":{{\"step\":\"{step}\",\"pass\":1,\"round\":1,{at}}}}}"
    );
    let frame = |events: &str| format!("{{\"seq\":~,\"id\":\"#\",{at},\"events\":[{events}]}}");
    let added = |kind: &str, item: &str| {
        frame(&format!("{{\"Content\":{{\"{kind}\":{{\"Added\":{{\"at\":0,\"item\":{item}}}}}}}}}"))
    };
    vec![
        of("empty records", Kind::Draft, String::new()),
        of("drafts of as many steps", Kind::Draft, "{\"step\":\"#\",\"text\":\"a\"}".to_owned()),
        of(
            "a draft with what nobody knows",
            Kind::Draft,
            format!("{{\"step\":\"#\",\"a\":[{}0]}}", "0,".repeat(10_000)),
        ),
        of("checkpoints", Kind::Checkpoint, "{\"seq\":0,\"digest\":~}".to_owned()),
        of("commands without events", Kind::Frame, frame("")),
        of("notes with all tags they may have", Kind::Frame, added("Note", &note)),
        of("people", Kind::Frame, added("Person", &person)),
        of("events that are none", Kind::Frame, frame(&vec!["{}"; 100_000].join(","))),
        of("events in one command", Kind::Frame, frame(&vec!["\"Reopened\""; 100_000].join(","))),
    ]
}

/// The step in which the sample stands first.
fn first_step() -> String {
    let (_, _, made) = around_notes();
    made.split_once("step: \"").and_then(|(_, rest)| rest.get(..12)).expect("a step").to_owned()
}

/// A journal as it is after a long day: notes of a hundred letters.
pub(crate) fn big_journal() -> BulkJournal {
    let mut journals = records();
    let at = journals.iter().position(|journal| journal.name.contains("notes with all")).expect("notes");
    let journal = journals.swap_remove(at);
    let text =
        "Two people at every supplier visit, never one, and a page of notes after it, read by all of them. ~";
    let element = journal.element.replace("\"text\":\"a\"", &format!("\"text\":\"{text}\""));
    // Each comes in behind those that are there.
    let element = element.replace("\"at\":0", "\"at\":~");
    BulkJournal { name: "journal: notes".to_owned(), element, ..journal }
}
