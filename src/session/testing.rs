//! Small values for tests.

use chrono::DateTime;

use super::id::Id;
use super::items::{Edit, Items};
use super::people::{Participant, PersonId};
use crate::timer::Timestamp;

/// So many seconds after two o'clock on a Sunday in November 2026.
pub(crate) fn moment(secs: i64) -> Timestamp {
    let start = DateTime::parse_from_rfc3339("2026-11-22T14:00:00+01:00").unwrap();
    Timestamp::new(start).plus_millis(secs * 1000)
}

/// People without a side.
pub(crate) fn people(named: &[(u64, &str)], since: Timestamp) -> Items<Participant> {
    let mut people = Items::default();
    for (at, (id, name)) in named.iter().enumerate() {
        let id = PersonId(Id::new(*id));
        let item = Participant { id, name: (*name).to_owned(), side: None, role: None, since, changed: None };
        people.apply(&Edit::Added { at, item });
    }
    people
}
