//! What people read for values that the session keeps as choices, moments and lengths of time.
//!
//! Owns the words of the minutes. Never lays them out.

use chrono::NaiveDate;

use crate::script::{Kind, Level, Method};
use crate::session::{Acceptance, Ask, Participant, Role, Shown, Who};
use crate::timer::Timestamp;

pub(super) fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

pub(super) fn weekday_and_date(moment: Timestamp) -> String {
    moment.date().format("%A %-d %B %Y").to_string()
}

pub(super) fn clock(moment: Timestamp) -> String {
    moment.local().format("%H:%M").to_string()
}

/// A length of time to the second: `3 min 30 s`.
pub(super) fn exactly(secs: i64) -> String {
    let (hours, mins, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    let parts = [(hours, "h"), (mins, "min"), (secs, "s")];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if said.is_empty() { "no time".to_owned() } else { said.join(" ") }
}

/// A length of time as people remember it: to the minute from two minutes on.
pub(super) fn roughly(secs: i64) -> String {
    exactly(if secs < 120 { secs } else { (secs + 30) / 60 * 60 })
}

pub(super) const fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::CheckIn(_) => "check-in",
        Kind::Brainstorm(_) => "brainstorm",
        Kind::Cluster(_) => "cluster",
        Kind::Vote(_) => "vote",
        Kind::Mirror(_) => "mirror",
        Kind::Silence(_) => "silence",
        Kind::Discuss(_) => "discussion",
        Kind::Decide(_) => "decisions",
        Kind::FollowUp(_) => "follow-up",
        Kind::Break(_) => "break",
        Kind::CheckOut(_) => "check-out",
    }
}

pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::Consent => "by consent",
        Method::Consensus => "by consensus",
        Method::Majority => "by majority",
        Method::Lead => "by the lead",
        Method::Advice => "by one person, after taking advice",
    }
}

pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::GlobalFunctions => "global functions",
        Level::CategoryAndAccount => "category and account management",
        Level::PurchasingAndSales => "purchasing and sales",
    }
}

pub(super) fn person(person: &Participant) -> String {
    let role = match person.role {
        None => return person.name.clone(),
        Some(Role::DecisionMaker) => "decision-maker",
        Some(Role::Facilitator) => "facilitator",
        Some(Role::Scribe) => "scribe",
    };
    format!("{} ({role})", person.name)
}

/// What somebody is called; never empty.
pub(super) fn who(shown: Shown<'_>, who: &Who) -> String {
    let name = match who {
        Who::Person(id) => shown.name(*id),
        Who::Named(name) => name,
    };
    if name.trim().is_empty() { "somebody who is not on the list".to_owned() } else { name.to_owned() }
}

pub(super) fn owner(shown: Shown<'_>, by: &Who, acceptance: Acceptance) -> String {
    format!("{} ({})", who(shown, by), acceptance.words())
}

/// Who will be asked by when, as a sentence.
pub(super) fn ask(shown: Shown<'_>, ask: &Ask) -> String {
    let by = ask.by.map(|by| format!(" by {}", date(by))).unwrap_or_default();
    match &ask.who {
        Some(asked) => format!("{} will be asked{by}.", who(shown, asked)),
        None if ask.by.is_some() => format!("Somebody will be asked{by}; who is open."),
        None => "Who will be asked is open.".to_owned(),
    }
}

/// `one note`, `3 notes`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_read_well() {
        let exact = [(0, "no time"), (45, "45 s"), (210, "3 min 30 s"), (3600, "1 h"), (3900, "1 h 5 min")];
        for (secs, words) in exact {
            assert_eq!(exactly(secs), words);
        }
        for (secs, words) in [(90, "1 min 30 s"), (149, "2 min"), (151, "3 min"), (3599, "1 h")] {
            assert_eq!(roughly(secs), words);
        }
    }
}
