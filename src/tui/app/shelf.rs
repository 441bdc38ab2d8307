//! What can be begun and gone on with: scripts, and the sessions of the library.
//!
//! Owns the lists that home and look back show, beside what stands behind each entry. The library is read on
//! a thread of its own, after the first frame.

use std::path::{Path, PathBuf};
use std::thread;

use super::{Reach, Work};
use crate::library::{self, Summary};
use crate::script::{self, Script};
use crate::tui::remembered::Remembered;
use crate::tui::runner::Incoming;
use crate::tui::screens::{Known, Library, Offer, Unreadable};

/// A script that can be begun.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the program calls it: a shipped name or a file.
    pub name: String,
    /// The script.
    pub script: Script,
}

/// What was found in the library.
#[derive(Debug, Clone)]
pub struct Read {
    library: Library,
    paths: Vec<PathBuf>,
}

/// What can be begun and gone on with.
#[derive(Debug)]
pub struct Shelf {
    choices: Vec<Choice>,
    offers: Vec<Offer>,
    library: Library,
    paths: Vec<PathBuf>,
    asked: bool,
    remembered: Remembered,
}

impl Shelf {
    /// The scripts that come with the program, and `first` before them where one is given.
    #[must_use]
    pub fn new(first: Option<Choice>, remembered: Remembered) -> Self {
        let shipped = script::shipped().iter().filter_map(|shipped| {
            let script = script::read(shipped.text).ok()?.script;
            Some(Choice { name: shipped.name.to_owned(), script })
        });
        let choices: Vec<Choice> = first.into_iter().chain(shipped).collect();
        let offers = choices.iter().map(|choice| offer(choice, &remembered)).collect();
        Self { choices, offers, library: Library::NotYetRead, paths: Vec::new(), asked: false, remembered }
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

    pub(super) fn choice(&self, place: usize) -> Option<&Choice> {
        self.choices.get(place)
    }

    pub(super) fn path(&self, place: usize) -> Option<&Path> {
        self.paths.get(place).map(PathBuf::as_path)
    }

    /// Whether nobody has asked yet what the library holds.
    pub(super) const fn is_unread(&self) -> bool {
        !self.asked
    }

    pub(super) fn put(&mut self, read: Read) {
        self.library = read.library;
        self.paths = read.paths;
    }

    /// Has the library read, once; the answer is a message.
    pub(super) fn look(&mut self, reach: &Reach) {
        if std::mem::replace(&mut self.asked, true) {
            return;
        }
        let store = reach.store.clone();
        let sender = reach.sender.clone();
        let work = move || {
            let read = read(library::Library::read(&store), &store.places().library);
            drop(sender.send(Incoming::Work(Work::Library(read))));
        };
        // Where there is no thread to be had the library stays unread, and sessions can be begun all the same.
        drop(thread::Builder::new().name("library".to_owned()).stack_size(256 * 1024).spawn(work));
    }
}

fn offer(choice: &Choice, remembered: &Remembered) -> Offer {
    let mut offer = Offer::of(&choice.name, &choice.script);
    if let Some(last) = remembered.of(&choice.name) {
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
            let library = Library::Read {
                sessions: found.sessions.iter().map(known).collect(),
                unreadable: unreadable.collect(),
            };
            Read { library, paths: found.sessions.into_iter().map(|summary| summary.path).collect() }
        }
        Err(failed) => {
            let bad = Unreadable { path: folder.display().to_string(), why: failed.to_string() };
            Read { library: Library::Read { sessions: Vec::new(), unreadable: vec![bad] }, paths: Vec::new() }
        }
    }
}

fn known(summary: &Summary) -> Known {
    Known {
        title: summary.title.clone(),
        at: summary.worked_on,
        open: summary.status.is_open(),
        step: (summary.step > 0).then(|| (summary.step, summary.steps, summary.step_title.clone())),
        sides: summary.sides.clone(),
        people: summary.people,
        decisions: summary.decisions,
        open_actions: summary.open_actions,
        path: summary.path.display().to_string(),
    }
}
