//! What was agreed in many sessions, and what became of it: as text, as a table for a spreadsheet, as JSON.
//!
//! Owns what stands under which heading. What is overdue is told for the day that is handed in; never asks
//! what day it is.

use chrono::NaiveDate;
use serde::Serialize;

use super::page::Page;
use super::{csv, json, words};
use crate::library::Agreed;
use crate::session::{Matter, Ownership, Standing, Who};
use crate::timer::Timestamp;

/// Under which heading something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Overdue,
    Open,
    Question,
    Done,
    Dropped,
}

impl Part {
    const ALL: [Self; 5] = [Self::Overdue, Self::Open, Self::Question, Self::Done, Self::Dropped];

    const fn heading(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Open => "Open",
            Self::Question => "Open questions",
            Self::Done => "Done",
            Self::Dropped => "Dropped",
        }
    }

    fn of(agreed: &Agreed, today: NaiveDate) -> Self {
        match (agreed.standing, &agreed.item.owner) {
            (Some(Standing::Done), _) => Self::Done,
            (Some(Standing::Dropped), _) => Self::Dropped,
            (Some(Standing::GoingOn { .. }) | None, _) if agreed.is_overdue(today) => Self::Overdue,
            (Some(Standing::GoingOn { .. }) | None, Ownership::Open(_)) => Self::Question,
            (Some(Standing::GoingOn { .. }) | None, Ownership::Owned { .. }) => Self::Open,
        }
    }
}

/// Plain text under headings, lines of at most 72 columns. No character in it can act on a terminal.
#[must_use]
pub fn text(all: &[&Agreed], today: NaiveDate) -> String {
    let mut page = Page::default();
    if all.is_empty() {
        page.line(0, "Nothing of that kind was agreed.");
    }
    for part in Part::ALL {
        let mut of_it = all.iter().filter(|agreed| Part::of(agreed, today) == part).peekable();
        if of_it.peek().is_some() {
            page.section(part.heading());
        }
        for agreed in of_it {
            page.item(0, "- ", &agreed.item.text);
            about(agreed, &mut page);
        }
    }
    page.into_text()
}

/// Whose it is and when it is due, what was said of it, where it comes from: a line each.
fn about(agreed: &Agreed, page: &mut Page) {
    let item = &agreed.item;
    let mut whose = words::named_owner(&item.owner);
    let asked_by = match &item.owner {
        Ownership::Owned { .. } => None,
        Ownership::Open(ask) => ask.by,
    };
    if let Some(due) = item.due.filter(|due| asked_by != Some(*due)) {
        whose.push_str(&format!(", due {}", words::date(due)));
    }
    page.line(2, &whose);
    if let (Some(standing), Some(at)) = (agreed.standing, agreed.told) {
        let why = if item.why.is_empty() { String::new() } else { format!(" ({})", item.why) };
        page.line(2, &format!("{}: {}{why}", words::date(at.date()), standing.words()));
    }
    page.line(2, &format!("{} from {}, {}", kind(agreed), item.session, words::date(item.since.date())));
}

const fn kind(agreed: &Agreed) -> &'static str {
    match (agreed.item.of.what, &agreed.item.owner) {
        (Matter::Decision(_), Ownership::Owned { .. }) => "Decision",
        (Matter::Decision(_), Ownership::Open(_)) => "Open question",
        (Matter::Action(_), _) => "Action",
        (Matter::Parked(_), _) => "Parked thought",
    }
}

/// A table for a spreadsheet: a line of headings, then one line each. No cell of it is taken for a formula.
#[must_use]
pub fn table(all: &[&Agreed], today: NaiveDate) -> String {
    let headings =
        ["kind", "text", "owner", "accepted", "due", "status", "why", "told", "session", "opened", "id"];
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let rows = all.iter().map(|agreed| {
        let item = &agreed.item;
        let (owner, accepted) = match &item.owner {
            Ownership::Owned { by: Who::Named(name), acceptance } => (name.clone(), acceptance.words()),
            Ownership::Owned { by: Who::Person(_), acceptance } => (String::new(), acceptance.words()),
            Ownership::Open(_) => (String::new(), "nobody's yet"),
        };
        let status = match agreed.standing {
            _ if agreed.is_overdue(today) => "overdue",
            Some(standing) => standing.words(),
            None => "open",
        };
        let id = match item.of.what {
            Matter::Decision(id) => id.to_string(),
            Matter::Action(id) => id.to_string(),
            Matter::Parked(id) => id.to_string(),
        };
        let told = day(agreed.told.map(Timestamp::date));
        [
            kind(agreed).to_lowercase(),
            item.text.clone(),
            owner,
            accepted.to_owned(),
            day(item.due),
            status.to_owned(),
            item.why.clone(),
            told,
            item.session.clone(),
            item.since.date().to_string(),
            id,
        ]
    });
    csv::table(headings, rows)
}

/// A list as JSON, with the names of the session's file and what holds on `today`.
///
/// # Errors
/// Only what `serde_json` reports; these values always serialize.
pub fn as_json<'a>(all: &[&'a Agreed], today: NaiveDate) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Told<'a> {
        #[serde(flatten)]
        agreed: &'a Agreed,
        open: bool,
        overdue: bool,
    }
    let told =
        |agreed: &&'a Agreed| Told { agreed, open: agreed.is_open(), overdue: agreed.is_overdue(today) };
    json::to_string(&all.iter().map(told).collect::<Vec<_>>())
}
