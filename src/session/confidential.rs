//! Confidential notes: the session as it may be read elsewhere.
//!
//! Owns: what goes where a confidential note is left out, so that its words stand nowhere. Never: asks who
//! reads, or changes the session itself.

use std::borrow::Cow;
use std::collections::HashSet;

use super::carried::Carried;
use super::items::Item;
use super::note::{Note, NoteId};
use super::shown::Shown;
use super::state::Session;

/// What stands where something is named that is left out.
const LEFT_OUT: &str = "(confidential)";

impl Note {
    /// What it says, or, where it is left out as confidential, that it is.
    #[must_use]
    pub fn words(&self) -> &str {
        if self.is_left_out() { LEFT_OUT } else { &self.text }
    }

    /// Whether its words are kept from this reader: a note always says something.
    pub(super) fn is_left_out(&self) -> bool {
        self.confidential && self.text.is_empty()
    }
}

impl<'a> Shown<'a> {
    /// How many notes that can be seen are confidential.
    #[must_use]
    pub fn confidential_notes(self) -> usize {
        self.all_notes().filter(|note| note.confidential).count()
    }

    /// The session for those who did not take part: no list has a confidential note. Where dots, groups or a
    /// discussion name one it keeps its place without its words, so that all counts stay true. What the
    /// program worded from it, topics with all that hangs on them, goes the same way. What people decided is
    /// in their own words and stays.
    #[must_use]
    pub fn without_confidential(self) -> Cow<'a, Session> {
        let left_out = left_out(self.0);
        if left_out.is_empty() {
            return Cow::Borrowed(self.0);
        }
        let mut session = self.0.clone();
        let confidential: Vec<NoteId> =
            session.notes.iter().filter(|note| note.confidential).map(Item::id).collect();
        session.notes.rewrite(|note| {
            if confidential.contains(&note.id) {
                (note.text, note.tags, note.author) = (String::new(), Vec::new(), None);
            }
        });
        session.topics.rewrite(|topic| {
            if left_out.contains(&Carried::Topic(topic.id)) {
                LEFT_OUT.clone_into(&mut topic.text);
            }
        });
        session.possibilities.rewrite(|possibility| {
            if left_out.contains(&Carried::Possibility(possibility.id)) {
                LEFT_OUT.clone_into(&mut possibility.sentence);
            }
        });
        session.entries = session.entries.filtered(|entry| !left_out.contains(&Carried::Topic(entry.topic)));
        Cow::Owned(session)
    }
}

/// Every confidential note, the topics made from one, what hangs on those, and so on.
fn left_out(session: &Session) -> HashSet<Carried> {
    let confidential = session.notes.iter().filter(|note| note.confidential);
    let mut found: HashSet<Carried> = confidential.map(|note| Carried::Note(note.id)).collect();
    loop {
        let before = found.len();
        for topic in &session.topics {
            if topic.from.iter().any(|from| found.contains(from)) {
                found.insert(Carried::Topic(topic.id));
            }
        }
        for judgement in &session.judgements {
            if found.contains(&Carried::Topic(judgement.topic)) {
                found.insert(Carried::Gap(judgement.id));
            }
        }
        for possibility in &session.possibilities {
            if found.contains(&Carried::Topic(possibility.topic)) {
                found.insert(Carried::Possibility(possibility.id));
            }
        }
        if found.len() == before {
            return found;
        }
    }
}
