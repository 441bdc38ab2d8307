//! What was agreed in many sessions, and what became of it since.
//!
//! Owns which word holds: the newest over the library. Never reads a file.

use std::collections::HashSet;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::Serialize;

use super::{Library, Summary};
use crate::session::{Following, Matter, OpenItem, Origin, Ownership, Session, SessionId, Standing, Who};
use crate::timer::Timestamp;

/// The name that means what nobody owns.
pub const NOBODY: &str = "nobody";

/// A decision, an action, an open question or a parked thought, as it stands today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreed {
    /// What it says, whose it is, when it is due by the last word on it, and where it came up.
    #[serde(flatten)]
    pub item: OpenItem,
    /// The session that began the series in which it came up.
    pub series: SessionId,
    /// What became of it; none where nobody has said.
    pub standing: Option<Standing>,
    /// When that was said.
    pub told: Option<Timestamp>,
    /// Whether only those who were there are meant to read it.
    pub confidential: bool,
}

impl Agreed {
    /// Whether there is still something to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing.is_none_or(Standing::is_open)
    }

    /// Whether it should have been done before this day.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.item.due.is_some_and(|due| due < today)
    }

    /// Whether it is somebody's whose name has `name` in it, whatever the case of its letters, or nobody's
    /// where that is asked for with [`NOBODY`].
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        match &self.item.owner {
            Ownership::Owned { by: Who::Named(owner), .. } => owner.to_lowercase().contains(&name),
            Ownership::Owned { by: Who::Person(_), .. } => false,
            Ownership::Open(_) => name == NOBODY,
        }
    }

    /// Whether it is an action.
    #[must_use]
    pub const fn is_action(&self) -> bool {
        matches!(self.item.of.what, Matter::Action(_))
    }

    fn hear(&mut self, word: Word) {
        if let Standing::GoingOn { by: Some(by) } = word.standing {
            self.item.due = Some(by);
        }
        self.item.why = word.why;
        self.standing = Some(word.standing);
        self.told = Some(word.at);
    }
}

/// A later word on something, wherever it was said.
#[derive(Debug)]
struct Word {
    of: Origin,
    standing: Standing,
    why: String,
    at: Timestamp,
}

/// What sessions agreed on and said of it, while they are read one after the other.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    read: HashSet<SessionId>,
    agreed: Vec<Agreed>,
    copies: Vec<Agreed>,
    words: Vec<Word>,
}

impl Gathered {
    /// Takes in what one session says.
    pub(super) fn take(&mut self, session: &Session) {
        let series = session.series_or_own().first;
        let confidential = session.confidential;
        let agreed = |item| Agreed { item, series, standing: None, told: None, confidential };
        self.read.insert(session.id);
        self.agreed.extend(session.matters().map(agreed));
        self.copies.extend(session.open_items.iter().cloned().map(agreed));
        self.words.extend(session.updates.iter().map(|update| Word {
            of: update.of,
            standing: update.standing,
            why: update.why.clone(),
            at: update.changed.map_or(update.made.at, |changed| changed.at),
        }));
    }

    /// All of it as it stands today, oldest due first. Of a session that could not be read, later ones have
    /// copies of what it left open.
    pub(super) fn standing(self) -> Vec<Agreed> {
        let Self { read, mut agreed, mut copies, mut words } = self;
        copies.retain(|copy| !read.contains(&copy.item.of.session));
        agreed.append(&mut copies);
        let mut all: IndexMap<Origin, Agreed> = IndexMap::with_capacity(agreed.len());
        for one in agreed {
            all.entry(one.item.of).or_insert(one);
        }
        words.sort_by_key(|word| word.at);
        for word in words {
            if let Some(agreed) = all.get_mut(&word.of) {
                agreed.hear(word);
            }
        }
        let mut all: Vec<Agreed> = all.into_values().collect();
        all.sort_by_key(|agreed| agreed.item.order());
        all
    }
}

impl Library {
    /// What a session that comes next after `last` is told: its series, and what that left open.
    #[must_use]
    pub fn following(&self, last: &Summary) -> Following {
        let series = last.series.clone();
        let open = self.agreed.iter().filter(|agreed| agreed.series == series.first && agreed.is_open());
        let open_items = open.map(|agreed| agreed.item.clone()).collect();
        Following { series, follows: last.id, open_items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{Room, december};
    use crate::session::{Fate, Shown};

    fn first() -> Room {
        Room::new()
            .go("decide")
            .decision("to try", "Anna")
            .action("", "call", "Anna", 3)
            .action("", "write", "Bo", 1)
            .park("Who pays?", Fate::NextSession)
            .park("Old contracts", Fate::Discussed)
    }

    fn standing(sessions: &[&Session]) -> Vec<Agreed> {
        let mut gathered = Gathered::default();
        sessions.iter().for_each(|session| gathered.take(session));
        gathered.standing()
    }

    fn told(agreed: &[Agreed]) -> Vec<String> {
        let one = |agreed: &Agreed| {
            let standing = agreed.standing.map_or("no word", Standing::words);
            let due = agreed.item.due.map_or_else(String::new, |due| due.to_string());
            format!("{} | {standing} | {due} | {}", agreed.item.text, agreed.item.why)
        };
        agreed.iter().map(one).collect()
    }

    #[test]
    fn the_newest_word_over_all_sessions_holds_whatever_the_order_of_files() {
        let first = first();
        let (call, write) = (first.origin("call"), first.origin("write"));
        let until = |day| Standing::GoingOn { by: Some(december(day)) };
        let second = Room::after(first.session())
            .go("practices")
            .update(call, until(24), "the data is late")
            .update(write, Standing::Done, "");
        let first = first.wait(60).update(write, Standing::Dropped, "nobody asked");
        let third = Room::after(second.session()).wait(60).go("practices").update(
            call,
            Standing::GoingOn { by: None },
            "nearly there",
        );
        let sessions = [first.session(), second.session(), third.session()];
        let expected = [
            "write | done | 2026-12-01 | ",
            "call | going on | 2026-12-24 | nearly there",
            "to try | no word |  | ",
            "Who pays? | no word |  | ",
        ];
        assert_eq!(told(&standing(&sessions)), expected);
        assert_eq!(told(&standing(&[sessions[2], sessions[0], sessions[1]])), expected);
    }

    #[test]
    fn of_a_session_that_is_gone_later_ones_keep_what_it_left_open() {
        let first = first();
        let second = Room::after(first.session());
        assert_eq!(told(&standing(&[second.session()])), told(&standing(&[first.session()])));
        assert_eq!(standing(&[second.session(), first.session()]).len(), 4, "none stands there twice");
    }

    #[test]
    fn overdue_is_what_is_open_after_its_day() {
        let first = first();
        let write = first.origin("write");
        let overdue = |room: &Room, day| {
            standing(&[room.session()]).iter().filter(|agreed| agreed.is_overdue(december(day))).count()
        };
        assert_eq!([1, 2, 3, 4].map(|day| overdue(&first, day)), [0, 1, 1, 2]);
        assert_eq!(overdue(&first.update(write, Standing::Done, ""), 4), 1);
    }

    #[test]
    fn the_next_of_a_session_takes_what_its_series_left_open_and_nothing_else() {
        let first = first();
        let of = first.origin("to try");
        let second = Room::after(first.session()).go("practices").update(of, Standing::Done, "");
        let mut other = Room::new().go("decide").decision("of another series", "Bo").session().clone();
        other.id = SessionId(other.id.0.child(7));
        let sessions = [first.session(), second.session(), &other];
        let library = Library { agreed: standing(&sessions), ..Library::default() };
        let last = Summary::new("2.ron".into(), Shown::from(second.session()), second.session().id);
        let following = library.following(&last);
        assert_eq!((following.follows, following.series.first), (second.session().id, first.session().id));
        let texts: Vec<&str> = following.open_items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(texts, ["write", "call", "Who pays?"]);
    }
}
