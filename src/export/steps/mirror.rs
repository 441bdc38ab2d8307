//! The mirror: for each topic, what is said about each side, by whom, and the gap.

use crate::script::SideKey;
use crate::session::{Entry, Record, Saying, Topic};

use super::super::page::Page;
use super::super::{text, words};
use super::{INDENT, Run, sides};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    for topic in run.shown.topics(run.pass.reference()) {
        page.blank();
        page.item(INDENT, "Topic: ", &topic.text);
        if !run.shown.is_revealed(topic.id) {
            hidden(run, topic, page);
        }
        for about in sides(run.shown, run.shown.entries(topic.id).map(Entry::about)) {
            account(run, topic, about, page);
        }
    }
}

fn hidden(run: Run<'_>, topic: &Topic, page: &mut Page) {
    let count: usize = run.shown.sides().iter().map(|side| run.shown.entries_by(topic.id, &side.key)).sum();
    if count > 0 {
        let count = words::counted(count, "entry is", "entries are");
        page.line(INDENT + 2, &format!("({count} hidden until revealed)"));
    }
}

/// All that is about one side on one topic.
fn account(run: Run<'_>, topic: &Topic, about: &SideKey, page: &mut Page) {
    let shown = run.shown;
    let entries: Vec<&Entry> = shown.entries(topic.id).filter(|entry| entry.about() == about).collect();
    let gap = shown.gap(topic.id, about);
    if entries.is_empty() && gap.is_none() {
        return;
    }
    let name = text::side_name(shown, about);
    page.line(
        INDENT + 2,
        &match gap {
            Some(gap) => format!("About {name}: {}", gap.words()),
            None => format!("About {name}"),
        },
    );
    let said = |saying: fn(&Saying) -> bool, by: &SideKey| -> Vec<&Entry> {
        entries.iter().copied().filter(|entry| saying(&entry.saying) && &entry.by == by).collect()
    };
    list(page, "says of itself", &said(|saying| matches!(saying, Saying::Ours), about));
    for by in sides(shown, entries.iter().map(|entry| &entry.by)) {
        let theirs = said(|saying| matches!(saying, Saying::Theirs(_)), by);
        list(page, &format!("{} says", text::side_name(shown, by)), &theirs);
    }
    list(page, "expected to hear", &said(|saying| matches!(saying, Saying::Guess), about));
}

fn list(page: &mut Page, who: &str, entries: &[&Entry]) {
    if entries.is_empty() {
        return;
    }
    page.line(INDENT + 4, &format!("{who}:"));
    for entry in entries {
        let said = match &entry.aspect {
            Some(aspect) => format!("{aspect}: {}", entry.text),
            None => entry.text.clone(),
        };
        page.item(INDENT + 4, "- ", &words::with_mark(&said, entry.is_write_up()));
    }
}
