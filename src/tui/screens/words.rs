//! Days, times and counts in words.

use chrono::NaiveDate;

use crate::session::{Acceptance, Ask, Shown, Who};
use crate::timer::Timestamp;

/// A day, as in `22 November 2026`.
pub(in crate::tui) fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A time of day, as in `14:05`.
pub(in crate::tui) fn clock(moment: Timestamp) -> String {
    moment.local().format("%H:%M").to_string()
}

/// When something was, seen from `now`: `yesterday`, `3 weeks ago`, at last the date.
pub(super) fn when(then: Timestamp, now: Timestamp) -> String {
    match (now.date() - then.date()).num_days() {
        0 => format!("today, {}", clock(then)),
        1 => "yesterday".to_owned(),
        days @ 2..=13 => format!("{days} days ago"),
        days @ 14..=55 => format!("{} weeks ago", days / 7),
        _ => date(then.date()),
    }
}

/// Whole minutes, begun ones counted.
pub(super) const fn minutes(secs: i64) -> i64 {
    (secs + 59) / 60
}

/// How many of something: `1 decision`, `2 decisions`, `no decisions`.
pub(in crate::tui) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// Names in a row, at most so many: `Anna, Bo and 3 others`.
pub(super) fn names(all: &[String], most: usize) -> String {
    let (shown, rest) = all.split_at(all.len().min(most));
    match (shown.split_last(), rest.len()) {
        (None, _) => String::new(),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, before)), 0) => format!("{} and {last}", before.join(", ")),
        (Some(_), 1) => format!("{} and one other", shown.join(", ")),
        (Some(_), others) => format!("{} and {others} others", shown.join(", ")),
    }
}

/// What somebody is called.
pub(super) fn who<'a>(shown: Shown<'a>, who: &'a Who) -> &'a str {
    match who {
        Who::Person(id) => shown.name(*id),
        Who::Named(name) => name,
    }
}

/// An owner, and whether they have said yes where they have not.
pub(super) fn owner(shown: Shown<'_>, by: &Who, acceptance: Acceptance) -> String {
    let name = who(shown, by);
    match acceptance {
        Acceptance::Accepted => name.to_owned(),
        Acceptance::NotYetAsked | Acceptance::Absent => format!("{name} ({})", acceptance.words()),
    }
}

/// Who will be asked by when.
pub(super) fn ask(shown: Shown<'_>, ask: &Ask) -> String {
    let by = ask.by.map_or(String::new(), |day| format!(" by {}", date(day)));
    match &ask.who {
        Some(asked) => format!("{} will be asked{by}", who(shown, asked)),
        None if by.is_empty() => "who will be asked is open".to_owned(),
        None => format!("to be asked{by}; whom is open"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::moment;

    #[test]
    fn days_are_told_in_words() {
        let now = moment(0);
        for (hours, told) in [
            (0, "today, 14:00"),
            (13, "today, 01:00"),
            (15, "yesterday"),
            (24 * 3, "3 days ago"),
            (24 * 21, "3 weeks ago"),
            (24 * 100, "14 August 2026"),
            (-24, "23 November 2026"),
        ] {
            assert_eq!(when(moment(-hours * 3600), now), told);
        }
    }

    #[test]
    fn counts_and_names_read_well() {
        assert_eq!(count(0, "note", "notes"), "no notes");
        assert_eq!(count(1, "note", "notes"), "1 note");
        let all: Vec<String> = ["Anna", "Bo", "Cleo", "Dan"].map(str::to_owned).to_vec();
        assert_eq!(names(&all[..1], 3), "Anna");
        assert_eq!(names(&all[..3], 3), "Anna, Bo and Cleo");
        assert_eq!(names(&all, 3), "Anna, Bo, Cleo and one other");
        assert_eq!(names(&all, 2), "Anna, Bo and 2 others");
        assert_eq!(names(&[], 2), "");
        assert_eq!(minutes(61), 2);
    }
}
