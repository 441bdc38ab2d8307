//! What people read for values that the session keeps as choices, moments and lengths of time.
//!
//! Owns the words of the minutes. Never lays them out.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::script::{Kind, Level, Method};
use crate::session::{Acceptance, Ask, Ownership, Participant, PersonId, Presence, Shown, Who, words};
use crate::timer::Timestamp;

/// The longest quotation, in letters.
const QUOTED: usize = 500;

/// A text that stands in full elsewhere, and may be told here as often as somebody likes.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    words::beginning(text, QUOTED)
}

pub(super) fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A text with the mark of what was added or changed after the meeting.
pub(super) fn with_mark(text: &str, write_up: bool) -> String {
    if write_up { format!("{text} [write-up]") } else { text.to_owned() }
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

/// How long stays lasted that began and ended at these moments, but for `out` milliseconds that do not count: to
/// the minute from two minutes on, and in agreement with the times of day that are printed beside it.
pub(super) fn took(stays: &[(Timestamp, Timestamp)], out: i64) -> String {
    let secs = (stays.iter().map(|(from, to)| to.millis_since(*from)).sum::<i64>() - out) / 1000;
    if out > 0 {
        return exactly(if secs < 120 { secs.max(0) } else { (secs + 30) / 60 * 60 });
    }
    if secs < 120 {
        return exactly(secs);
    }
    let printed = |from: Timestamp, to: Timestamp| to.millis() / 60_000 - from.millis() / 60_000;
    let mins = match stays {
        [(from, to)] => printed(*from, *to),
        // What lay between several stays is not known from the times beside it: it only can't be longer.
        [(from, _), .., (_, to)] => ((secs + 30) / 60).min(printed(*from, *to)),
        [] => 0,
    };
    exactly(mins * 60)
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
    let told: Vec<String> =
        person.role.map(|role| role.words().to_owned()).into_iter().chain(attendance(person)).collect();
    if told.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, told.join(", ")) }
}

/// When somebody came or went, where that was not with everybody.
fn attendance(person: &Participant) -> Option<String> {
    match person.presence() {
        Presence::Here => person.came_late().map(|at| format!("from {}", clock(at))),
        Presence::Expected => Some("not there".to_owned()),
        Presence::Left { at } => Some(match person.came_late() {
            Some(came) => format!("from {} to {}", clock(came), clock(at)),
            None => format!("until {}", clock(at)),
        }),
    }
}

/// What somebody is called; never empty.
pub(super) fn who(shown: Shown<'_>, who: &Who) -> String {
    let name = match who {
        Who::Person(id) => shown.name(*id),
        Who::Named(name) => name,
    };
    if name.trim().is_empty() {
        "somebody who is not on the list".to_owned()
    } else {
        quoted(name).into_owned()
    }
}

/// What somebody on the list is called; none where they are gone.
pub(super) fn name(shown: Shown<'_>, person: PersonId) -> Option<Cow<'_, str>> {
    Some(shown.name(person)).filter(|name| !name.is_empty()).map(quoted)
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

/// Whose something is, by name: `Bo (accepted)`, or that it is nobody's and who will be asked.
pub(super) fn named_owner(owner: &Ownership) -> String {
    let name = |who: &Who| match who {
        Who::Named(name) if !name.trim().is_empty() => name.clone(),
        Who::Named(_) | Who::Person(_) => "somebody who is not on the list".to_owned(),
    };
    match owner {
        Ownership::Owned { by, acceptance } => format!("{} ({})", name(by), acceptance.words()),
        Ownership::Open(Ask { who, by }) => {
            let by = by.map(|by| format!(" by {}", date(by))).unwrap_or_default();
            let asked = who.as_ref().map(|who| format!("; {} will be asked{by}", name(who)));
            format!("Nobody's yet{}", asked.unwrap_or_default())
        }
    }
}

/// `one note`, `3 notes`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::moment;

    #[test]
    fn lengths_of_time_read_well() {
        let exact = [(0, "no time"), (45, "45 s"), (210, "3 min 30 s"), (3600, "1 h"), (3900, "1 h 5 min")];
        for (secs, words) in exact {
            assert_eq!(exactly(secs), words);
        }
    }

    #[test]
    fn what_a_step_took_agrees_with_the_times_beside_it() {
        // Seconds after a full minute at which it began, seconds that it lasted, and what is told.
        let cases = [
            (0, 90, "1 min 30 s"),
            (30, 120, "2 min"),
            (0, 20 * 60 + 40, "20 min"),
            (50, 19 * 60 + 20, "20 min"),
            (1, 3599, "1 h"),
        ];
        for (begun, secs, words) in cases {
            let from = moment(begun);
            assert_eq!(took(&[(from, from.plus_millis(secs * 1000))], 0), words);
        }
        let stays = |second: i64, secs: i64| {
            let again = moment(second);
            took(&[(moment(0), moment(60)), (again, again.plus_millis(secs * 1000))], 0)
        };
        assert_eq!(stays(600, 100), "3 min", "the time between them is not counted");
        assert_eq!(stays(60, 95), "2 min", "never longer than from the first to the last");
        assert_eq!(took(&[], 0), "no time");
        assert_eq!(took(&[(moment(0), moment(2400))], 1_320_000), "18 min", "without an interruption");
    }
}
