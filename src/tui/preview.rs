//! A sheet before it is added: the question that shows what goes where, and what follows from its answers.
//!
//! Owns how a thing reads before it is in the session, and that nothing of a sheet is lost whatever is
//! answered. While something is hidden, only counts are shown. Never draws and never changes a session.

use super::dates;
use super::effect::Effect;
use super::overlay::Dialog;
use super::retype;
use super::steps::Here;
use super::widgets::preview::{Row, Tone};
use crate::script::SideKey;
use crate::session::paper::{Counts, Means, Sheet};
use crate::session::{ActionDraft, Draft, Ownership, Refusal, Request, Saying, TopicId, Who};

/// Where a sheet comes from, and so where its text is kept meanwhile.
#[derive(Debug, Clone, Copy)]
pub enum Came<'a> {
    /// From the clipboard: in no line yet.
    Pasted(&'a str),
    /// It was typed and stands in the line.
    Typed,
}

/// The question whether to add what a sheet holds. It has something to add.
#[must_use]
pub fn question(here: &Here<'_>, sheet: &Sheet, came: Came<'_>) -> Dialog {
    let drafts: Vec<Draft> = sheet.drafts().cloned().collect();
    let Counts { lines, things: count, unread } = sheet.counts();
    let plain = unread == 0 && lines == count;
    let question = match (plain, count, unread) {
        (true, 1, _) => "Add this?".to_owned(),
        (true, _, _) => format!("Add {count} lines, each as one?"),
        (false, _, 0) => format!("Add these {count}?"),
        (false, _, 1) => format!("Add these {count}? One line is not understood; it stays in the line."),
        (false, _, _) => {
            format!("Add these {count}? {unread} lines are not understood; they stay in the line.")
        }
    };
    let mut dialog = Dialog::new(question);
    dialog.preview = rows(here, sheet);
    let (granted, back) = match came {
        Came::Pasted(text) => {
            (if unread > 0 { into_line(&sheet.rest()) } else { Vec::new() }, into_line(text))
        }
        Came::Typed => (vec![Effect::SetLine(sheet.rest())], Vec::new()),
    };
    let add = Effect::AskElse { request: Request::Add { to: None, drafts }, granted, refused: back.clone() };
    let (all, other) = match (unread, came) {
        (0, Came::Pasted(_)) => (format!("Add all {count}"), "Put it into the line as one text"),
        (_, Came::Pasted(_)) => (format!("Add the {count}"), "Put all of it into the line"),
        (0, Came::Typed) => (format!("Add all {count}"), "Go on typing"),
        (_, Came::Typed) => (format!("Add the {count}"), "Go on typing"),
    };
    let mut dialog = dialog.choice(all, vec![add]).choice(other, back.clone());
    dialog.back = back;
    dialog
}

/// Puts a pasted text into the line, unless it is longer than what the line could say.
#[must_use]
pub fn into_line(text: &str) -> Vec<Effect> {
    let text = text.trim_end_matches('\n');
    match Refusal::if_too_long([text]) {
        Ok(()) => vec![Effect::Insert(text.to_owned())],
        Err(refusal) => vec![Effect::Say(refusal.to_string())],
    }
}

/// What is not understood stands first, then what goes where.
fn rows(here: &Here<'_>, sheet: &Sheet) -> Vec<Row> {
    let covered = sheet.drafts().any(|draft| is_covered(here, draft));
    let unread = sheet.lines().iter().zip(1..).filter_map(|(line, number)| match &line.means {
        // While something is hidden even these words are nobody else's to read.
        Means::Unread(why) if covered => Some(format!("line {number}: {why}")),
        Means::Unread(why) => Some(format!("{} ({why})", line.words)),
        Means::Things(_) | Means::Heading => None,
    });
    let mut rows: Vec<Row> = unread
        .map(|text| Row { label: "not understood".to_owned(), side: None, text, tone: Tone::Unread })
        .collect();
    let mut topic = here.pass.topic();
    let mut counted: Vec<(Row, usize, bool)> = Vec::new();
    let mut of_topic = 0;
    for draft in sheet.drafts() {
        if let Draft::Entry(entry) = draft
            && topic != Some(entry.topic)
        {
            topic = Some(entry.topic);
            counted.push((heading(here, entry.topic), 0, false));
            of_topic = counted.len();
        }
        let hidden = is_covered(here, draft);
        let row = Row { text: if hidden { String::new() } else { words(here, draft) }, ..place(here, draft) };
        // What says no more than its place is counted there.
        let counts = row.text.is_empty();
        let from = if counts { of_topic } else { counted.len() };
        let known = counted[from..].iter_mut().find(|(known, _, _)| *known == row);
        match known {
            Some((_, count, _)) => *count += 1,
            None => counted.push((row, 1, hidden)),
        }
    }
    rows.extend(counted.into_iter().map(|(row, count, hidden)| match (row.text.is_empty(), hidden) {
        (true, true) => Row { text: format!("{count}, hidden"), ..row },
        (true, false) => Row { text: format!("\u{d7} {count}"), ..row },
        (false, _) => row,
    }));
    rows
}

/// Whether the room may not see it yet.
fn is_covered(here: &Here<'_>, draft: &Draft) -> bool {
    if let Draft::Entry(entry) = draft {
        return !here.shown.is_revealed(entry.topic);
    }
    matches!(draft, Draft::Note(_)) && !here.pass.current().cover.is_open()
}

fn heading(here: &Here<'_>, topic: TopicId) -> Row {
    let text = here.shown.topic(topic).map_or("", |topic| topic.text.as_str());
    Row { label: "topic".to_owned(), side: None, text: text.to_owned(), tone: Tone::Heading }
}

/// Where it goes, as a row without words.
fn place(here: &Here<'_>, draft: &Draft) -> Row {
    let of_side = |side: Option<&SideKey>| {
        let place = side.and_then(|key| here.shown.side_place(key));
        let label = side
            .and_then(|key| here.shown.side(key))
            .map_or_else(|| "No side".to_owned(), |side| format!("{} {}", side.mark, side.name));
        Row { label, side: place, ..Row::default() }
    };
    let called = |label: &str| Row { label: label.to_owned(), ..Row::default() };
    match draft {
        Draft::Note(note) => of_side(note.side.as_ref()),
        Draft::Entry(entry) => {
            let name = |key: &SideKey| here.shown.side(key).map_or("", |side| side.name.as_str()).to_owned();
            let mark = here.shown.side(&entry.by).map_or(' ', |side| side.mark);
            let view = match &entry.saying {
                Saying::Ours => "ours".to_owned(),
                Saying::Theirs(about) => format!("of {}", name(about)),
                Saying::Guess => "guess".to_owned(),
            };
            let aspect = entry.aspect.as_ref().map_or(String::new(), |aspect| format!(", {aspect}"));
            Row {
                label: format!("{mark} {view}{aspect}"),
                side: here.shown.side_place(&entry.by),
                ..Row::default()
            }
        }
        Draft::Insight(insight) => match insight.author {
            Some(author) => {
                Row { label: here.shown.name(author).to_owned(), ..of_side(insight.side.as_ref()) }
            }
            None => of_side(insight.side.as_ref()),
        },
        Draft::Action(action) => match &action.owner {
            Ownership::Owned { by: Who::Person(id), .. } => called(here.shown.name(*id)),
            Ownership::Owned { by: Who::Named(name), .. } => called(name),
            Ownership::Open(_) => called("nobody yet"),
        },
        Draft::Rating(rating) => called(&rating.score.map_or("-".to_owned(), |score| score.to_string())),
        Draft::Topic(_) => called("topic"),
        Draft::Decision(_) => called("decision"),
        Draft::Person(person) => of_side(person.side.as_ref()),
        Draft::Parked(_) => called("parked"),
        Draft::Cluster(_) => called("group"),
        Draft::Placement(_)
        | Draft::Ballot(_)
        | Draft::Ruling(_)
        | Draft::Judgement(_)
        | Draft::Possibility(_)
        | Draft::Update(_)
        | Draft::Voice(_) => Row::default(),
    }
}

/// What it says, without what its place says already; empty where that is all.
fn words(here: &Here<'_>, draft: &Draft) -> String {
    if let Draft::Rating(rating) = draft {
        let name = rating.author.map_or(String::new(), |author| format!(" @{}", here.shown.name(author)));
        return format!("{}{name}", rating.word).trim_start().to_owned();
    }
    if let Draft::Insight(insight) = draft {
        return insight.text.clone();
    }
    let words = retype::words(draft, here.shown).unwrap_or_default();
    if let Draft::Action(ActionDraft { by: Some(day), .. }) = draft {
        return format!("{words}, by {}", dates::shown(*day, here.now.date()));
    }
    words
}
