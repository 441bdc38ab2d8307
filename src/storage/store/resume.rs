//! Going on with a session that was left, in whatever way.
//!
//! Owns the answer to "file or journal?": without a journal the file is the truth; with one, the journal
//! is, and a file that somebody else changed is kept beside.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::{LIBRARY, Opened, Ready, STATE, Start, Store};
use crate::session::{Command, FrameId, Log, Session};
use crate::storage::failed::{Act, Doing, Failed};
use crate::storage::journal::aside;
use crate::storage::keeper::{Report, keep_outside};
use crate::storage::lock;
use crate::storage::medium::{create_folders, folder_of};
use crate::storage::payload::{self, digest};
use crate::storage::places::{JOURNAL, is_session};
use crate::storage::recover::{self, Loss, Recovered, Useless, recover};
use crate::storage::replace::replace;
use crate::storage::session_file;
use crate::storage::trouble::{Advised, Trouble};

/// A session with a journal: one that runs, or that was left or cut off before it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenSession {
    /// Where its file lies, or is to lie.
    pub path: PathBuf,
    /// The session as it is now, with what is hidden.
    pub session: Session,
}

const REACH: &str = "Connect its disk, and see that it is a file which this account may read; `visavis list` shows the \
                     sessions there are.";
const SEE_LIST: &str = "`visavis list` shows the sessions there are.";

/// A session's file as it was found.
pub(super) struct Found {
    /// Its one true path.
    pub(super) path: PathBuf,
    pub(super) key: String,
    in_place: InPlace,
}

/// What lies where a session's file belongs.
enum InPlace {
    File(Vec<u8>),
    Nothing,
    /// Its folder is gone with its disk, something else has its name, or it may not be read: what it says is not
    /// known, and it is not written over.
    OutOfReach(Trouble),
}

impl Found {
    /// The bytes of the file, where there is no journal to go by.
    pub(super) fn bytes(self) -> Result<Vec<u8>, Trouble> {
        match self.in_place {
            InPlace::File(bytes) => Ok(bytes),
            InPlace::Nothing => Err(not_there(&self.path)),
            InPlace::OutOfReach(trouble) => Err(trouble),
        }
    }
}

fn not_there(path: &Path) -> Trouble {
    Trouble::Failed { failed: Failed::new(Act::Read, path, ErrorKind::NotFound.into()), advice: SEE_LIST }
}

impl Store {
    /// Goes on with a session: from its journal where it has one, else from its file. What was damaged or
    /// changed by others is kept, and told.
    ///
    /// # Errors
    /// Where another program runs it, or where neither file nor journal can be used.
    pub fn resume(&self, path: &Path, tell: impl Fn(Report) + Send + 'static) -> Result<Opened, Trouble> {
        self.resumed(path)?.keep(tell)
    }

    pub(in crate::storage) fn resumed(&self, path: &Path) -> Result<Ready, Trouble> {
        let mut found = self.find(path)?;
        let key = found.key.clone();
        let lock = self.lock(&key, path)?;
        // Whoever had the lock until now may have written.
        found.in_place = self.in_place(&found.path)?;
        let journal = self.journal_bytes(&key)?;
        let start = match journal.as_deref().map(|bytes| (bytes, recover(bytes))) {
            None => self.by_file(found, Vec::new())?,
            Some((bytes, Ok(recovered))) => self.by_journal(recovered, found, bytes)?,
            Some((bytes, Err(Useless::Damaged))) => {
                let kept = self.keep_journal(&key, bytes)?;
                let told = format!(
                    "The journal of this session is damaged from its beginning on. The session goes on from \
                     its file; what was hidden, or newer than the file, is missing. The journal is kept as {kept:?}."
                );
                self.by_file(found, vec![told])?
            }
            Some((_, Err(Useless::Newer(format)))) => {
                return Err(Trouble::Newer { path: self.places.journal(&key), format });
            }
        };
        self.ready(start, &key, lock)
    }

    fn by_file(&self, found: Found, mut told: Vec<String>) -> Result<Start, Trouble> {
        let path = found.path.clone();
        let bytes = found.bytes()?;
        let (session, unknowns) = session_file::read(&path, &bytes)?;
        told.extend(self.left_behind(&session)?);
        let start = Start::new(Log::new(session, 0), path, crc32fast::hash(&bytes));
        Ok(Start { unknowns, ours: vec![digest(&bytes)], found: told, ..start })
    }

    fn by_journal(&self, recovered: Recovered, found: Found, bytes: &[u8]) -> Result<Start, Trouble> {
        let Recovered { log, unknowns, drafts, ours, answered, erasing, absent, loss, .. } = recovered;
        let mut told = Vec::new();
        if let Some(loss) = loss {
            let kept = self.keep_journal(&found.key, bytes)?;
            told.push(loss.told(&kept));
        }
        match &found.in_place {
            InPlace::File(in_file) if !ours.contains(&digest(in_file)) => {
                let kept = keep_outside(&*self.medium, &found.path, in_file).advised(LIBRARY)?;
                told.push(beside(&found.path, &kept, loss));
            }
            // Killed before it was written for the first time: nothing is amiss then.
            InPlace::Nothing if !absent => told.push(format!(
                "The file {:?} was not there. It is written again from the journal.",
                found.path
            )),
            // The power went before its folder was on the disk: it is made again, as when the session began. Where it
            // can't be, the file can't be written either, and that is told.
            InPlace::OutOfReach(_) if absent => {
                let _ = create_folders(&*self.medium, folder_of(&found.path));
            }
            // Why a file out of reach isn't written is told as long as that lasts.
            InPlace::File(_) | InPlace::Nothing | InPlace::OutOfReach(_) => {}
        }
        let taken = self.still_waiting(&found.key, &answered);
        let absent = match found.in_place {
            InPlace::File(_) => false,
            InPlace::Nothing => true,
            InPlace::OutOfReach(_) => absent,
        };
        let start = Start::new(log, found.path, crc32fast::hash(bytes));
        Ok(Start { unknowns, drafts, ours, taken, erasing, absent, found: told, ..start })
    }

    /// What a journal of the session holds that stayed where its file lay until somebody moved that. Where a file
    /// lies there still, this one is a copy, and a session of its own.
    fn left_behind(&self, session: &Session) -> Result<Option<String>, Trouble> {
        let behind = self.each_journal(|_, bytes| {
            // Only one of them is worth going through.
            recover::opened(bytes).ok().filter(|opened| opened.session.id == session.id)?;
            let Recovered { log, file, .. } = recover(bytes).ok()?;
            let file = PathBuf::from(file);
            (log.session() != session && self.medium.metadata(&file).is_err()).then_some(file)
        });
        Ok(behind.advised(STATE)?.first().map(|file| {
            format!(
                "This session's file was {file:?}, and the journal that belongs to that holds something which is \
                 not in this file. To have it, leave, put the file back there, and go on with it."
            )
        }))
    }

    /// Keeps the bytes of a damaged journal, which a new one is going to replace.
    fn keep_journal(&self, key: &str, bytes: &[u8]) -> Result<PathBuf, Trouble> {
        let path = aside(&self.places.journal(key), crc32fast::hash(bytes));
        replace(&*self.medium, &path, bytes, None).advised(STATE)?;
        Ok(path)
    }

    /// Which of these commands lie in the inbox although they were answered.
    fn still_waiting(&self, key: &str, answered: &[FrameId]) -> Vec<FrameId> {
        let waiting = self.inbox(key).waiting::<Command>(&*self.medium).unwrap_or_default();
        let commands = waiting.into_iter().filter_map(|waiting| Some(waiting.what.ok()?.id));
        commands.filter(|id| answered.contains(id)).collect()
    }

    pub(super) fn journal_bytes(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let path = self.places.journal(key);
        match self.medium.read(&path, self.medium.limits().journal()) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).doing(Act::Read, &path).advised(STATE),
        }
    }

    fn in_place(&self, path: &Path) -> Result<InPlace, Trouble> {
        let is_nothing = |error: &Error| {
            error.kind() == ErrorKind::NotFound && self.medium.metadata(folder_of(path)).is_ok()
        };
        match self.medium.read(path, self.medium.largest()) {
            Ok(bytes) => Ok(InPlace::File(bytes)),
            Err(error) if is_nothing(&error) => Ok(InPlace::Nothing),
            Err(error) => {
                match (Trouble::Failed { failed: Failed::new(Act::Read, path, error), advice: REACH }) {
                    // Whoever allows more can read it.
                    trouble if trouble.is_wrong_input() => Err(trouble),
                    trouble => Ok(InPlace::OutOfReach(trouble)),
                }
            }
        }
    }

    /// The one true path of a session's file, and what belongs to it is named by.
    pub(in crate::storage) fn found(&self, path: &Path) -> Result<(PathBuf, String), Trouble> {
        self.find(path).map(|found| (found.path, found.key))
    }

    /// Finds a session by its file; where that is gone, can't be read, or is another session's now, by the
    /// journal that names it.
    pub(super) fn find(&self, path: &Path) -> Result<Found, Trouble> {
        let medium = &*self.medium;
        let place = medium.canonical(path).or_else(|_| {
            let folder = medium.canonical(folder_of(path))?;
            Ok::<_, Error>(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
        });
        // Its folder may be gone with its disk, and its journal is not.
        let place = place.unwrap_or_else(|_| path.to_path_buf());
        let in_place = self.in_place(&place)?;
        let by_id = match &in_place {
            InPlace::File(bytes) => match session_file::read(&place, bytes) {
                Err(newer @ Trouble::Newer { .. }) => return Err(newer),
                read => Some(read.and_then(|(session, _)| {
                    lock::key(medium, &session.id.to_string(), &place).advised(LIBRARY)
                })),
            },
            InPlace::Nothing | InPlace::OutOfReach(_) => None,
        };
        let has_journal = |key: &String| medium.metadata(&self.places.journal(key)).is_ok();
        if let Some(Ok(key)) = by_id.as_ref().filter(|key| key.as_ref().is_ok_and(has_journal)) {
            return Ok(Found { path: place, key: key.clone(), in_place });
        }
        let journals = self.journals().advised(STATE)?;
        let named = journals.into_iter().find(|(_, opened)| Path::new(&opened.file) == place);
        match (named, by_id, in_place) {
            (Some((key, _)), _, in_place) => Ok(Found { path: place, key, in_place }),
            (None, Some(by_id), in_place) => Ok(Found { path: place, key: by_id?, in_place }),
            (None, None, InPlace::OutOfReach(trouble)) => Err(trouble),
            (None, None, InPlace::File(_) | InPlace::Nothing) => Err(not_there(path)),
        }
    }

    /// Every journal that can be read, by its key, as the session it starts at.
    fn journals(&self) -> Result<Vec<(String, payload::Opened<'static>)>, Failed> {
        self.each_journal(|key, bytes| Some((key.to_owned(), recover::opened(bytes).ok()?)))
    }

    fn each_journal<T>(&self, take: impl Fn(&str, &[u8]) -> Option<T>) -> Result<Vec<T>, Failed> {
        let folder = self.places.journals();
        let names = match self.medium.list(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            listed => listed.doing(Act::List, &folder)?,
        };
        let keys = names.iter().filter_map(|name| name.to_str()?.strip_suffix(JOURNAL));
        let taken = keys.filter_map(|key| {
            let bytes = self.medium.read(&self.places.journal(key), self.medium.limits().journal()).ok()?;
            take(key, &bytes)
        });
        Ok(taken.collect())
    }

    /// The sessions with a journal: those that run and those that can be gone on with. A journal that can't be
    /// read is left out; resuming its session tells of it.
    ///
    /// # Errors
    /// Where the folder of the journals is there and can't be looked into.
    pub fn open_sessions(&self) -> Result<Vec<OpenSession>, Failed> {
        self.each_journal(|_, bytes| {
            let recovered = recover(bytes).ok()?;
            let path = PathBuf::from(recovered.file);
            Some(OpenSession { path, session: recovered.log.into_session() })
        })
    }

    /// Whether a program runs the session.
    pub(in crate::storage) fn is_running(&self, key: &str) -> bool {
        lock::is_held(&*self.medium, &self.places.locks(), key)
    }

    /// The files of the library that are sessions by their names, newest first.
    ///
    /// # Errors
    /// Where the library is there and can't be looked into.
    pub fn files(&self) -> Result<Vec<PathBuf>, Trouble> {
        let library = &self.places.library;
        let names = match self.medium.list(library) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            listed => listed.doing(Act::List, library).advised(LIBRARY)?,
        };
        let files = names.iter().rev().map(|name| library.join(name));
        Ok(files.filter(|file| is_session(file)).collect())
    }
}

/// Why a file was kept beside. Where the journal lost something, it may be its word that the file is ours.
fn beside(file: &Path, kept: &Path, loss: Option<Loss>) -> String {
    match loss {
        None => format!(
            "Somebody changed the file {file:?} while this session was open. The session goes on as it was here; \
             the changed file is kept as {kept:?}."
        ),
        Some(_) => format!(
            "The file {file:?} says something else than what is left of the journal, and may be the newer of the \
             two. The session goes on from the journal; the file is kept as {kept:?}: see whether something in it \
             is missing here."
        ),
    }
}

impl Loss {
    fn told(self, kept: &Path) -> String {
        match self {
            Self::CutOff => format!(
                "The journal ends within a record, as when the power went while it was written. Everything before \
                 is there; the rest is kept as {kept:?}."
            ),
            Self::Damaged(changes) => format!(
                "The journal of this session is damaged: {changes} changes at its end could not be used. \
                 Everything before is there; the damaged journal is kept as {kept:?}."
            ),
        }
    }
}
