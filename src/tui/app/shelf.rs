//! What can be begun and gone on with: scripts, and the sessions of the library.
//!
//! Owns the lists that home and look back show, beside what stands behind each entry. A script that comes with
//! the program is read when it is begun; the library is read on a thread of its own, after the first frame.

use std::path::{Path, PathBuf};

use super::{Reach, Work};
use crate::library::{self, Summary};
use crate::mistake::Thread;
use crate::script::{self, Privacy, Script, SideKey};
use crate::session::{Following, Session};
use crate::storage::Newer;
use crate::tui::remembered::{LastTime, Remembered};
use crate::tui::runner::Incoming;
use crate::tui::screens::{Known, Library, Offer, Unreadable};

const LIBRARY: Thread = Thread { name: "library", stack: 256 * 1024 };

/// A script that can be begun.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the program calls it: a shipped name or a file.
    pub name: String,
    /// The script.
    pub script: Script,
}

/// The next of a session's series, before it begins.
#[derive(Debug, Clone)]
pub struct Next {
    /// The script, under a name that no script on the shelf has.
    pub choice: Choice,
    /// What it is told of its series.
    pub following: Following,
    /// Who was there last time, and what the sides were called.
    pub last: LastTime,
    /// What it keeps to itself: all that its script or the last one did.
    pub privacy: Privacy,
}

impl Next {
    /// The next of `last`, in which `choice` is run.
    #[must_use]
    pub fn of(last: &Session, choice: Choice, following: Following) -> Self {
        let Choice { name, script } = choice;
        let side_name = |key| last.side(key).map(|side| side.name.clone()).unwrap_or_default();
        let has_side = |key: &SideKey| script.sides.iter().any(|side| &side.key == key);
        let privacy = script.privacy().and(last.privacy());
        let people = last.people.iter().filter(|_| !privacy.anonymous);
        let last = LastTime {
            side_names: script.sides.iter().map(|side| side_name(&side.key)).collect(),
            people: people
                .map(|person| (person.name.clone(), person.side.clone().filter(has_side)))
                .collect(),
        };
        let name = format!("next of {} with {name}", following.follows);
        Self { choice: Choice { name, script }, following, last, privacy }
    }
}

/// What was found in the library.
#[derive(Debug, Clone)]
pub struct Read {
    library: Library,
    paths: Vec<PathBuf>,
    /// What the next of each session would be told, where one is offered.
    following: Vec<Option<Following>>,
}

/// What can be begun and gone on with.
#[derive(Debug)]
pub struct Shelf {
    first: Option<Choice>,
    /// What is told of `first`, where there is one, and then of each script that comes with the program.
    offers: Vec<Offer>,
    library: Library,
    paths: Vec<PathBuf>,
    following: Vec<Option<Following>>,
    next: Option<Next>,
    asked: bool,
    remembered: Remembered,
}

impl Shelf {
    /// The scripts that come with the program, and `first` before them where one is given.
    #[must_use]
    pub fn new(first: Option<Choice>, remembered: Remembered) -> Self {
        let given = first.iter().map(|choice| Offer::of(&choice.name, &choice.script));
        let shipped = script::shipped().iter().map(Offer::of_shipped);
        let offers = given.chain(shipped).map(|offer| with_people(offer, &remembered)).collect();
        Self {
            first,
            offers,
            library: Library::NotYetRead,
            paths: Vec::new(),
            following: Vec::new(),
            next: None,
            asked: false,
            remembered,
        }
    }

    pub(super) fn offers(&self) -> &[Offer] {
        &self.offers
    }

    pub(super) const fn library(&self) -> &Library {
        &self.library
    }

    pub(super) const fn remembered(&self) -> &Remembered {
        &self.remembered
    }

    pub(super) const fn remembered_mut(&mut self) -> &mut Remembered {
        &mut self.remembered
    }

    /// Where the script that the program calls by this name stands among the offers.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.offers.iter().position(|offer| offer.name == name)
    }

    /// The script at this place of the offers, read where it comes with the program.
    pub(super) fn choice(&self, place: usize) -> Option<Choice> {
        let Some(place) = place.checked_sub(self.first.iter().len()) else { return self.first.clone() };
        let shipped = script::shipped().get(place)?;
        let script = script::read(shipped.text).ok()?.script;
        Some(Choice { name: shipped.name.to_owned(), script })
    }

    pub(super) fn path(&self, place: usize) -> Option<&Path> {
        self.paths.get(place).map(PathBuf::as_path)
    }

    /// What the next of the session at this place is told, where one is offered.
    pub(super) fn following(&self, place: usize) -> Option<&Following> {
        self.following.get(place)?.as_ref()
    }

    /// The next of a session that is being set up.
    pub(super) const fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    pub(super) fn put_next(&mut self, next: Next) {
        self.next = Some(next);
    }

    /// Whether nobody has asked yet what the library holds.
    pub(super) const fn is_unread(&self) -> bool {
        !self.asked
    }

    pub(super) fn put(&mut self, read: Read) {
        self.library = read.library;
        self.paths = read.paths;
        self.following = read.following;
    }

    /// Has the library read, once; the answer is a message.
    pub(super) fn look(&mut self, reach: &Reach) {
        if std::mem::replace(&mut self.asked, true) {
            return;
        }
        let store = reach.store.clone();
        let sender = reach.sender.clone();
        let folder = store.places().library.clone();
        let work = move || read(library::Library::read(&store), &store.places().library);
        let started = LIBRARY.start(work, move |found| {
            // Home waits for what is found: a mistake in the reading may not keep sessions from being begun.
            let read = found.unwrap_or_else(|_| unread(&folder, STOPPED.to_owned()));
            drop(sender.send(Incoming::Work(Work::Library(read))));
        });
        // Where there is no thread to be had the library stays unread, and sessions can be begun all the same.
        drop(started);
    }
}

fn with_people(mut offer: Offer, remembered: &Remembered) -> Offer {
    if let Some(last) = remembered.of(&offer.name) {
        offer.people = last.people.iter().map(|(name, _)| name.clone()).collect();
    }
    offer
}

fn read(found: Result<library::Library, crate::storage::Failed>, folder: &Path) -> Read {
    match found {
        Ok(found) => {
            let unreadable = found
                .unreadable
                .iter()
                .map(|bad| Unreadable { path: bad.path.display().to_string(), why: bad.to_string() });
            let following: Vec<Option<Following>> =
                found.sessions.iter().map(|summary| next_of(summary, &found)).collect();
            let sessions = found.sessions.iter().zip(&following);
            let library = Library::Read {
                sessions: sessions
                    .map(|(summary, following)| known(summary, following.as_ref(), &found))
                    .collect(),
                unreadable: unreadable.collect(),
            };
            let paths = found.sessions.into_iter().map(|summary| summary.path).collect();
            Read { library, paths, following }
        }
        Err(failed) => unread(folder, failed.to_string()),
    }
}

const STOPPED: &str =
    "a mistake of this program stopped the reading of this folder; nothing in it was changed";

fn unread(folder: &Path, why: String) -> Read {
    let bad = Unreadable { path: folder.display().to_string(), why };
    let library = Library::Read { sessions: Vec::new(), unreadable: vec![bad] };
    Read { library, paths: Vec::new(), following: Vec::new() }
}

/// What the next of a session is told, where one is offered: after the newest of its series, once that is
/// closed.
fn next_of(summary: &Summary, library: &library::Library) -> Option<Following> {
    // The newest stand first.
    let newest = library.sessions.iter().find(|other| other.series.first == summary.series.first)?;
    (newest.id == summary.id && !summary.status.is_open()).then(|| library.following(summary))
}

/// Why a session can only be looked at, and the way out.
pub(super) fn why_read_only(newer: Newer) -> String {
    format!("This session {newer}. {}", newer.advice())
}

fn known(summary: &Summary, following: Option<&Following>, library: &library::Library) -> Known {
    let open = library.agreed.iter().filter(|agreed| agreed.is_action() && agreed.is_open());
    let due = open.filter(|agreed| agreed.item.of.session == summary.id).filter_map(|agreed| agreed.item.due);
    Known {
        title: summary.title.clone(),
        at: summary.worked_on,
        confidential: summary.confidential,
        open: summary.status.is_open() && summary.newer.is_none(),
        read_only: summary.newer.map(why_read_only),
        step: (summary.step > 0).then(|| (summary.step, summary.steps, summary.step_title.clone())),
        sides: summary.sides.clone(),
        people: summary.people,
        decisions: summary.decisions,
        open_actions: summary.open_actions,
        due: due.collect(),
        next_of: following.map(|following| (following.series.name.clone(), following.open_items.len())),
        path: summary.path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{Room, script, side};

    #[test]
    fn what_is_offered_is_what_is_begun() {
        let given = Choice { name: "board".to_owned(), script: script() };
        for first in [None, Some(given)] {
            let shelf = Shelf::new(first, Remembered::default());
            for (place, offer) in shelf.offers().iter().enumerate() {
                let choice = shelf.choice(place).unwrap();
                assert_eq!(*offer, Offer::of(&choice.name, &choice.script));
            }
            assert!(shelf.choice(shelf.offers().len()).is_none());
        }
    }

    #[test]
    fn the_next_of_a_session_takes_over_people_and_sides_that_its_script_has() {
        let room = Room::new().person("Anna", "purchasing").person("Bo", "sales").person("Cleo", "");
        let mut last = room.session().clone();
        last.sides[1].name = "Key accounts".to_owned();
        let following = Following {
            series: last.series_or_own(),
            follows: last.id,
            open_items: last.matters().collect(),
        };
        let mut script = last.script.clone();
        script.sides[0].key = side("plants");
        let next = Next::of(&last, Choice { name: "board".to_owned(), script }, following);
        assert_eq!(next.last.side_names, ["", "Key accounts"]);
        let people: Vec<(&str, Option<&str>)> = next
            .last
            .people
            .iter()
            .map(|(name, side)| (name.as_str(), side.as_ref().map(|side| side.0.as_str())))
            .collect();
        assert_eq!(people, [("Anna", None), ("Bo", Some("sales")), ("Cleo", None)]);
    }
}
