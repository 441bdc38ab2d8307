//! Opening sessions: new ones, and those that were left.
//!
//! Owns the way from a path to a session that is kept. Never waits for a write that the keeper's thread
//! can do as well.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failed::{Act, Doing, Failed};
use super::inbox::Inbox;
use super::keeper::{Begin, Keeper, Report};
use super::kept::Unknowns;
use super::lock::{self, Lock, Locking};
use super::medium::{Medium, beside, create_folders, remove_if_there};
use super::places::{Places, file_name};
use super::replace::UNFINISHED;
use super::trouble::{Advised, Trouble};
use crate::session::{FORMAT, FrameId, Log, Session, TypedIn, Unfinished};

mod hand;
#[cfg(test)]
mod hostile_names;
mod resume;
#[cfg(test)]
mod tests;

pub use hand::Handed;
pub use resume::OpenSession;

const LIBRARY: &str =
    "Make room or give this account the right to write there, or choose another folder with --library.";
const STATE: &str =
    "Make room or give this account the right to write there; open sessions are kept safe in that folder.";

/// How many sessions may bear one day, minute and title.
const NAMES: usize = 1000;

/// A session that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The session with its newest frames.
    pub log: Log,
    /// Keeps it on the disk.
    pub keeper: Keeper,
    /// What somebody was typing.
    pub drafts: Vec<(TypedIn, Unfinished)>,
    /// What the person should know about what was found: sentences.
    pub found: Vec<String>,
}

/// Where sessions are kept.
#[derive(Debug, Clone)]
pub struct Store {
    medium: Arc<dyn Medium>,
    places: Places,
}

impl Store {
    /// Sessions on this disk, in these folders.
    #[must_use]
    pub fn new(medium: Arc<dyn Medium>, places: Places) -> Self {
        Self { medium, places }
    }

    /// The disk that everything lies on.
    #[must_use]
    pub fn medium(&self) -> &dyn Medium {
        &*self.medium
    }

    pub(super) fn shared_medium(&self) -> Arc<dyn Medium> {
        Arc::clone(&self.medium)
    }

    /// Where sessions and what belongs to them lie.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// Whether a session can be kept: both folders can be made and written.
    ///
    /// # Errors
    /// What the disk refused, and what to do.
    pub fn can_write(&self) -> Result<(), Trouble> {
        let medium = &*self.medium;
        let can = |folder: &Path| create_folders(medium, folder).and_then(|()| try_out(medium, folder));
        can(&self.places.library).advised(LIBRARY)?;
        can(&self.places.journals()).advised(STATE)
    }

    /// Begins a session: names its file, locks it, and has it kept from now on. Others find it at once, though
    /// nothing of it is on the disk before [`Report::Saved`].
    ///
    /// # Errors
    /// Where the folders can't be written, or the session is of a newer format. What fails later is told with
    /// [`Report::Failed`].
    pub fn begin(&self, session: Session, tell: impl Fn(Report) + Send + 'static) -> Result<Opened, Trouble> {
        self.begun(session)?.keep(tell)
    }

    pub(super) fn begun(&self, session: Session) -> Result<Ready, Trouble> {
        let medium = &*self.medium;
        // What was only looked at is a session too, and not all of it may be there.
        if session.format > FORMAT {
            let path = self.places.library.join(file_name(&session, 1));
            return Err(Trouble::Newer { path, format: session.format });
        }
        create_folders(medium, &self.places.library).advised(LIBRARY)?;
        let file = free_name(medium, &self.places.library, &session).advised(LIBRARY)?;
        let key = lock::key(medium, &session.id.to_string(), &file).advised(LIBRARY)?;
        let lock = self.lock(&key, &file)?;
        let salt = crc32fast::hash(key.as_bytes());
        let start = Start { absent: true, ..Start::new(Log::new(session, 0), file, salt) };
        let ready = self.ready(start, &key, lock)?;
        ready.begin.announce().advised(STATE)?;
        Ok(ready)
    }

    /// The lock of a session, where there is such a thing.
    fn lock(&self, key: &str, file: &Path) -> Result<Option<Lock>, Trouble> {
        match lock::lock(&*self.medium, &self.places.locks(), key).advised(STATE)? {
            Locking::Locked(lock) => Ok(Some(lock)),
            Locking::Unsupported => Ok(None),
            Locking::HeldElsewhere => Err(Trouble::elsewhere(file)),
        }
    }

    fn ready(&self, start: Start, key: &str, lock: Option<Lock>) -> Result<Ready, Trouble> {
        create_folders(&*self.medium, &self.places.journals()).advised(STATE)?;
        let Start { log, unknowns, drafts, file, salt, ours, taken, erasing, absent, mut found } = start;
        if lock.is_none() {
            found.push(WITHOUT_LOCKS.to_owned());
        }
        let begin = Begin {
            medium: Arc::clone(&self.medium),
            lock,
            log,
            unknowns,
            drafts,
            file,
            journal: self.places.journal(key),
            salt,
            ours,
            taken,
            erasing,
            absent,
            inbox: self.inbox(key),
            followers: self.followers(key),
        };
        Ok(Ready { begin, found })
    }

    pub(super) fn inbox(&self, key: &str) -> Inbox {
        Inbox::new(self.places.inbox(key))
    }
}

const WITHOUT_LOCKS: &str =
    "This file system knows no locks: make sure that no other program runs this session.";

/// A session that is ours to keep.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) begin: Begin,
    pub(super) found: Vec<String>,
}

impl Ready {
    fn keep(self, tell: impl Fn(Report) + Send + 'static) -> Result<Opened, Trouble> {
        let Self { begin, found } = self;
        let log = begin.log.clone();
        let drafts = begin.drafts.iter().map(|(place, typed)| (*place, typed.clone())).collect();
        let journal = begin.journal.clone();
        let keeper = Keeper::start(begin, tell).doing(Act::Write, &journal).advised(STATE)?;
        Ok(Opened { log, keeper, drafts, found })
    }
}

/// What is known of a session before it is kept.
struct Start {
    log: Log,
    unknowns: Unknowns,
    drafts: BTreeMap<TypedIn, Unfinished>,
    file: PathBuf,
    salt: u32,
    ours: Vec<u64>,
    taken: Vec<FrameId>,
    erasing: bool,
    absent: bool,
    found: Vec<String>,
}

impl Start {
    fn new(log: Log, file: PathBuf, salt: u32) -> Self {
        Self {
            log,
            unknowns: Unknowns::default(),
            drafts: BTreeMap::new(),
            file,
            salt,
            ours: Vec::new(),
            taken: Vec::new(),
            erasing: false,
            absent: false,
            found: Vec::new(),
        }
    }
}

/// The file by which a folder is tried out; it is gone at once.
pub(super) const TRIED_OUT: &str = ".visavis-can-write";

/// Makes sure that a folder takes files.
pub(super) fn try_out(medium: &dyn Medium, folder: &Path) -> Result<(), Failed> {
    let path = folder.join(TRIED_OUT);
    remove_if_there(medium, &path).doing(Act::Remove, &path)?;
    let tried = medium.create_new(&path).and_then(|mut file| file.write(b"yes")).doing(Act::Create, &path);
    let removed = remove_if_there(medium, &path).doing(Act::Remove, &path);
    tried.and(removed)
}

/// A name in the library that no session has and that no other program takes meanwhile: its unfinished
/// form is made at once, and the first writing replaces it.
fn free_name(medium: &dyn Medium, library: &Path, session: &Session) -> Result<PathBuf, Failed> {
    let library = medium.canonical(library).doing(Act::CreateFolder, library)?;
    let is_free = |path: &Path| match medium.metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Failed::new(Act::Create, path, error)),
        Ok(_) => Ok(false),
    };
    for n in 1..NAMES {
        let path = library.join(file_name(session, n));
        if !is_free(&path)? {
            continue;
        }
        let unfinished = beside(&path, UNFINISHED);
        match medium.create_new(&unfinished) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(Failed::new(Act::Create, &path, error)),
        }
        if is_free(&path)? {
            return Ok(path);
        }
        // Another program has just put its own in place. What is left here its next writing takes away.
    }
    Err(Failed::new(
        Act::Create,
        &library,
        io::Error::other("there are too many sessions of this minute and title"),
    ))
}
