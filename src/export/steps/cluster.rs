//! Groups: each with what stands in it, then what was left in none.

use crate::session::{Carried, Grouping};

use super::super::page::Page;
use super::super::words;
use super::{INDENT, Run};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let here = run.pass.reference();
    if run.step.kind.cluster().is_none() {
        return;
    }
    let Grouping { groups, loose } = run.shown.grouping(here).into_owned();
    for (group, members) in &groups {
        page.blank();
        page.item(INDENT, "Group: ", run.shown.cluster(*group).map_or("", |group| group.name.as_str()));
        members.iter().for_each(|what| item(run, *what, page));
    }
    // What was written in this step stands among its notes.
    let made_here = |what: &Carried| match what {
        Carried::Note(id) => run.shown.note(*id).is_some_and(|note| note.made.during() == here),
        Carried::Cluster(_)
        | Carried::Topic(_)
        | Carried::Gap(_)
        | Carried::Possibility(_)
        | Carried::Insight(_) => false,
    };
    let mut rest = loose.into_iter().filter(|what| !made_here(what)).peekable();
    if !groups.is_empty() && rest.peek().is_some() {
        page.blank();
        page.line(INDENT, "In no group");
        rest.for_each(|what| item(run, what, page));
    }
}

fn item(run: Run<'_>, what: Carried, page: &mut Page) {
    if let Some(told) = run.shown.told(what) {
        let from = if told.origin.is_empty() { String::new() } else { format!(" ({})", told.origin) };
        page.item(INDENT + 2, "- ", &format!("{}{from}", words::quoted(&told.text)));
    }
}
