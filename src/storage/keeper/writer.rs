//! What the keeper's thread does, one step after the other.
//!
//! Owns the order in which things reach the disk. It has a copy of the session, so that a journal can be
//! made anew at any time without asking anybody. Knows no thread and no clock.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::Report;
use super::begin::{Begin, records};
use crate::session::{Command, Frame, FrameId, Log, Session, Shown, TypedIn, Unfinished, words};
use crate::storage::failed::{Act, Doing, Failed};
use crate::storage::inbox::Unreadable;
use crate::storage::journal::{Journal, Kind, Record, aside, is_aside};
use crate::storage::kept::Unwritable;
use crate::storage::lock::{Lock, Locking};
use crate::storage::medium::{self, Medium, beside, create_folders, folder_of, remove_if_there, sync_above};
use crate::storage::payload::{self, digest};
use crate::storage::places::{ASIDE, copy_in, is_outside_of, outside, previous};
use crate::storage::replace::{UNFINISHED, put_new, replace};
use crate::storage::session_file;

/// Tells the program.
pub(in crate::storage) type Tell = Box<dyn Fn(Report) + Send>;

/// Whether any text in a value holds these words.
fn says(value: &Value, words: &str) -> bool {
    match value {
        Value::String(text) => words::holds(text, words),
        Value::Array(values) => values.iter().any(|value| says(value, words)),
        Value::Object(fields) => fields.values().any(|value| says(value, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

pub(in crate::storage) struct Writer {
    begin: Begin,
    tell: Tell,
    /// None before the first, and after a failure until the next is made.
    journal: Option<Journal>,
    /// The session's file as it is to be.
    due: Option<Box<Session>>,
    elsewhere: Vec<(PathBuf, Box<Session>)>,
    /// Commands that were asked and not answered, with their files.
    asked: BTreeMap<FrameId, OsString>,
    /// Files of commands whose answers wait for the next commit.
    answered: Vec<(FrameId, OsString)>,
    /// Words that were removed for good and may still lie in the inbox.
    removed: Vec<String>,
    /// What this run last wrote to the session's file.
    written: Option<u64>,
    /// The newest frame that was told as saved.
    saved: u64,
    /// The copy of the session isn't the session.
    astray: bool,
    /// Somebody removed or changed the journal, and there is no new one yet.
    removed_by_others: bool,
    /// A new journal took the place of one that somebody removed, and nobody has asked about it since.
    moved_in: bool,
    journal_trouble: Option<String>,
    /// Of the session's file, of which the journal has everything.
    file_trouble: Option<String>,
    erase_trouble: Option<String>,
    /// The failure that was told last and isn't over.
    told: Option<String>,
}

const ASTRAY: &str = "a mistake of this program keeps what is new out of the journal; save it elsewhere";

impl Writer {
    /// Nothing is written before the first [`Writer::settle`].
    pub(in crate::storage) fn new(begin: Begin, tell: Tell) -> Self {
        let due = Some(Box::new(Shown::from(begin.log.session()).to_file()));
        let saved = begin.log.seq();
        Self {
            begin,
            tell,
            journal: None,
            due,
            elsewhere: Vec::new(),
            asked: BTreeMap::new(),
            answered: Vec::new(),
            removed: Vec::new(),
            written: None,
            saved,
            astray: false,
            removed_by_others: false,
            moved_in: false,
            journal_trouble: None,
            file_trouble: None,
            erase_trouble: None,
            told: None,
        }
    }

    #[cfg(test)]
    pub(super) const fn log(&self) -> &Log {
        &self.begin.log
    }

    pub(in crate::storage) const fn is_in_trouble(&self) -> bool {
        self.told.is_some() || self.file_trouble.is_some()
    }

    pub(in crate::storage) fn frame(&mut self, frame: &Frame) {
        if self.begin.log.append(frame).is_err() {
            // It came from the very same state. Were the copy wrong all the same, the frame is still
            // worth more in the journal than nowhere.
            self.astray = true;
        }
        self.push(Kind::Frame, frame);
        if let Some(name) = self.asked.remove(&frame.id) {
            self.begin.taken.push(frame.id);
            self.answered.push((frame.id, name));
        }
    }

    pub(in crate::storage) fn draft(&mut self, place: TypedIn, typed: Unfinished) {
        let draft = payload::Draft { place, typed };
        self.push(Kind::Draft, &draft);
        if draft.typed.is_empty() {
            self.begin.drafts.remove(&place);
        } else {
            self.begin.drafts.insert(place, draft.typed);
        }
    }

    pub(in crate::storage) fn checkpoint(&mut self, visible: Box<Session>) {
        self.due = Some(visible);
    }

    pub(in crate::storage) fn save_elsewhere(&mut self, target: PathBuf, visible: Box<Session>) {
        self.elsewhere.push((target, visible));
    }

    /// Goes on with a session from which something was removed for good. A new journal takes the place of the
    /// one that tells of it before anything else happens: from then on nothing brings it back.
    pub(in crate::storage) fn erase(&mut self, log: Log, words: Vec<String>) {
        self.removed.extend(words);
        self.due = Some(Box::new(Shown::from(log.session()).to_file()));
        self.begin.log = log;
        self.begin.erasing = true;
        self.journal = None;
    }

    /// Refuses what other programs handed in with words that were removed for good. The journal must not know
    /// these words, so that this comes before the removal is on the disk.
    fn purge_inbox(&mut self) -> Result<(), Failed> {
        let holds = |bytes: &[u8]| match serde_json::from_slice(bytes) {
            Ok(value) => self.removed.iter().any(|removed| says(&value, removed)),
            Err(_) => {
                let text = String::from_utf8_lossy(bytes);
                self.removed.iter().any(|removed| words::holds(&text, removed))
            }
        };
        let refused = self.begin.inbox.purge(&*self.begin.medium, holds)?;
        self.asked.retain(|_, name| !refused.contains(name));
        self.removed.clear();
        Ok(())
    }

    /// Removes all that may hold what was removed for good beside the file and the journal, which are new.
    /// A journal that says that this is done takes the place of the one that says it is to be done.
    fn finish_erasing(&mut self) -> Result<(), Failed> {
        let (medium, begin) = (&*self.begin.medium, &self.begin);
        let before = previous(&begin.file);
        let journals = folder_of(&begin.journal);
        let damaged = medium.list(journals).doing(Act::List, journals)?.into_iter();
        let damaged = damaged.map(|name| journals.join(name)).filter(|path| is_aside(&begin.journal, path));
        for path in damaged.chain([beside(&before, UNFINISHED), before]) {
            remove_if_there(medium, &path).doing(Act::Remove, &path)?;
        }
        for folder in [journals, folder_of(&begin.file)] {
            medium.sync_folder(folder).doing(Act::SyncFolder, folder)?;
        }
        self.begin.erasing = false;
        self.journal = None;
        let journal = self.new_journal();
        self.begin.erasing = journal.is_err();
        self.journal = Some(journal?);
        (self.tell)(Report::Erased);
        let kept = self.kept_aside();
        if !kept.is_empty() {
            (self.tell)(Report::KeptAside(kept));
        }
        Ok(())
    }

    /// What was kept of the session's file and its journals, beside them or in the folders for what was taken out.
    fn kept_aside(&self) -> Vec<PathBuf> {
        let Begin { medium, file, journal, .. } = &self.begin;
        let kept_in = |folder: &Path, beginning: &Path| {
            let beginning = beginning.file_name().unwrap_or_default().as_encoded_bytes();
            let names = medium.list(folder).unwrap_or_default().into_iter();
            let of = names.filter(|name| name.as_encoded_bytes().starts_with(beginning));
            of.map(|name| folder.join(name)).collect::<Vec<_>>()
        };
        let (library, state) = (folder_of(file), folder_of(folder_of(journal)));
        let mut beside = kept_in(library, &file.with_extension(""));
        beside.retain(|path| is_outside_of(file, path));
        // Whatever lies in the state folder is named by the same key.
        let key = journal.with_extension("");
        let taken_out = [kept_in(&library.join(ASIDE), file), kept_in(&state.join(ASIDE), &key)];
        beside.into_iter().chain(taken_out.into_iter().flatten()).collect()
    }

    pub(super) fn medium(&self) -> Arc<dyn Medium> {
        Arc::clone(&self.begin.medium)
    }

    /// Whether what lay beside the journal is to be made anew, the bell too; answered once.
    pub(super) const fn takes_moving_in(&mut self) -> bool {
        std::mem::replace(&mut self.moved_in, false)
    }

    pub(super) fn bell(&self) -> PathBuf {
        self.begin.inbox.bell()
    }

    /// Wakes those who show the session while this program runs it.
    pub(super) fn wake_followers(&self) {
        self.begin.followers.wake(&*self.begin.medium);
    }

    /// Asks what other programs handed in since the last look. What can't be read is put out of the way;
    /// what the disk doesn't give is there at the next look.
    pub(in crate::storage) fn look(&mut self) {
        let (medium, inbox) = (&*self.begin.medium, &self.begin.inbox);
        for waiting in inbox.waiting::<Command>(medium).unwrap_or_default() {
            match waiting.what {
                Ok(command) if self.begin.taken.contains(&command.id) => {
                    self.answered.push((command.id, waiting.name));
                }
                Ok(command) => {
                    if self.asked.insert(command.id, waiting.name).is_none() {
                        (self.tell)(Report::Asked(command));
                    }
                }
                Err(Unreadable::Foreign(_)) => {
                    let _ = inbox.set_aside(medium, &waiting.name);
                }
                Err(Unreadable::Failed(_)) => {}
            }
        }
    }

    pub(in crate::storage) fn refuse(&mut self, command: FrameId) {
        if let Some(name) = self.asked.remove(&command) {
            // Where that fails it is asked again when the session is next gone on with.
            let _ = self.begin.inbox.set_aside(&*self.begin.medium, &name);
        }
    }

    /// The same, and nothing of what it said is kept.
    pub(in crate::storage) fn forget(&mut self, command: FrameId) {
        if let Some(name) = self.asked.remove(&command) {
            let _ = self.begin.inbox.forget(&*self.begin.medium, &name);
        }
    }

    /// Removes the commands whose answers are on the disk.
    fn clear_inbox(&mut self) {
        let begin = &mut self.begin;
        for (command, name) in self.answered.drain(..) {
            // What can't be removed now stays known as taken.
            if begin.inbox.done(&*begin.medium, &name).is_ok() {
                begin.taken.retain(|taken| *taken != command);
            }
        }
    }

    /// Brings everything that waits onto the disk, and tells what came of it.
    pub(in crate::storage) fn settle(&mut self) {
        if !self.removed.is_empty() {
            self.erase_trouble = self.purge_inbox().err().map(|failed| failed.reason_first());
        }
        self.journal_trouble = self.commit().err().map(|failed| failed.reason_first());
        // What was told as failed may be about something else, and is over only at the end.
        if self.journal_trouble.is_none() && self.told.is_none() && self.saved < self.begin.log.seq() {
            self.tell_saved();
        }
        if self.journal_trouble.is_none() {
            self.clear_inbox();
        }
        let behind = self.file_trouble.clone();
        if let Some(visible) = self.due.take() {
            self.file_trouble = self.write_file(&visible).err();
            if self.file_trouble.is_some() {
                self.due = Some(visible);
            }
        }
        let written = self.journal_trouble.is_none() && self.file_trouble.is_none();
        if self.begin.erasing && written && self.removed.is_empty() {
            self.erase_trouble = self.finish_erasing().err().map(|failed| failed.reason_first());
        }
        match self.unsaved() {
            None if self.told.is_some() => self.tell_saved(),
            Some(why) if self.told.as_ref() != Some(&why) => self.tell_failed(why),
            None | Some(_) => {}
        }
        if self.file_trouble != behind {
            (self.tell)(match self.file_trouble.clone() {
                Some(why) => Report::Behind { why },
                None => Report::CaughtUp,
            });
        }
        for (target, visible) in std::mem::take(&mut self.elsewhere) {
            self.copy(&target, &visible);
        }
    }

    /// Saves a copy at once, and tells what came of it.
    pub(in crate::storage) fn copy(&mut self, target: &Path, visible: &Session) {
        match self.write_elsewhere(target, visible) {
            Ok(path) => (self.tell)(Report::Written { path }),
            Err(why) => (self.tell)(Report::NotWritten { why }),
        }
    }

    /// Why something is not on the disk, or still is that should be gone.
    fn unsaved(&self) -> Option<String> {
        let astray = || self.astray.then(|| ASTRAY.to_owned());
        self.journal_trouble.clone().or_else(|| self.erase_trouble.clone()).or_else(astray)
    }

    fn tell_saved(&mut self) {
        self.told = None;
        self.saved = self.begin.log.seq();
        (self.tell)(Report::Saved { seq: self.saved });
    }

    pub(in crate::storage) fn tell_failed(&mut self, why: String) {
        self.told = Some(why.clone());
        (self.tell)(Report::Failed { why });
    }

    /// Gives the session up.
    pub(in crate::storage) fn leave(mut self, visible: Box<Session>, closed: bool) -> Result<(), String> {
        self.due = Some(visible);
        self.settle();
        match self.unsaved().or_else(|| self.file_trouble.clone()) {
            Some(why) if self.is_whole_in_file() => self.close().map_err(|_| why),
            Some(why) => Err(why),
            None if closed => self.close(),
            None => Ok(()),
        }
    }

    /// Whether the session's file has everything though its journal has not: without the journal, which would win
    /// over it, nothing is lost but what can be undone.
    fn is_whole_in_file(&self) -> bool {
        let Begin { lock, log, drafts, erasing, .. } = &self.begin;
        let only_journal = self.file_trouble.is_none() && self.erase_trouble.is_none() && !self.astray;
        // Else it may be another program's.
        let is_ours = lock.as_ref().is_some_and(Lock::is_held) && !self.removed_by_others;
        let is_visible = Shown::from(log.session()).to_file() == *log.session();
        only_journal && is_ours && is_visible && drafts.is_empty() && !erasing
    }

    /// Removes the journal if the file says all that it says.
    fn close(mut self) -> Result<(), String> {
        let session = self.begin.log.session();
        let (in_file, _) = session_file::load(&*self.begin.medium, &self.begin.file)
            .map_err(|trouble| trouble.to_string())?;
        if in_file != Shown::from(session).to_file() {
            return Err(format!("couldn't read {:?} back as it was written", self.begin.file));
        }
        if in_file != *session {
            // What is hidden has no other place than the journal.
            return Ok(());
        }
        self.journal = None;
        let (medium, path) = (&*self.begin.medium, &self.begin.journal);
        let folder = folder_of(path);
        remove_if_there(medium, path)
            .doing(Act::Remove, path)
            .and_then(|()| medium.sync_folder(folder).doing(Act::SyncFolder, folder))
            .map_err(|failed| failed.reason_first())
    }

    /// Adds a record for the next commit. A journal that takes no more is given up for a new one, which
    /// starts at the state as it is then.
    fn push(&mut self, kind: Kind, payload: &impl serde::Serialize) {
        let Some(journal) = &mut self.journal else { return };
        let pushed = serde_json::to_vec(payload)
            .is_ok_and(|payload| journal.push(Record { kind, payload: &payload }).is_ok());
        if !pushed {
            self.journal = None;
        }
    }

    /// Makes sure that the disk has everything that was pushed, in a new journal where this one fails, is gone or
    /// was changed.
    fn commit(&mut self) -> Result<(), Failed> {
        let committed = self.journal.as_mut().is_some_and(|journal| journal.commit().is_ok());
        // Whoever removed the lock may have left the journal.
        self.hold_lock()?;
        if let Some(journal) = self.journal.as_ref().filter(|_| committed) {
            match journal.is_in_place() {
                Ok(true) => return Ok(()),
                Ok(false) => self.removed_by_others = true,
                Err(_) => {}
            }
        }
        self.journal = None;
        self.journal = Some(self.new_journal()?);
        if std::mem::take(&mut self.removed_by_others) {
            self.moved_in = true;
            (self.tell)(Report::JournalRemoved);
        }
        Ok(())
    }

    /// Takes the lock anew where its file went, as with the folder of the journal: else a second program could
    /// run this session.
    fn hold_lock(&mut self) -> Result<(), Failed> {
        let Some(lock) = self.begin.lock.as_ref().filter(|lock| !lock.is_held()) else { return Ok(()) };
        match lock.again(&*self.begin.medium)? {
            Locking::Locked(lock) => self.begin.lock = Some(lock),
            Locking::Unsupported => {}
            Locking::HeldElsewhere => {
                let cause = std::io::Error::other("another program runs this session by now");
                return Err(Failed::new(Act::Lock, lock.path(), cause));
            }
        }
        Ok(())
    }

    fn new_journal(&mut self) -> Result<Journal, Failed> {
        let begin = &mut self.begin;
        create_folders(&*begin.medium, folder_of(&begin.journal))?;
        sync_above(&*begin.medium, folder_of(&begin.journal))?;
        begin.salt = begin.salt.wrapping_mul(0x0019_660d).wrapping_add(0x3c6e_f35f);
        let payloads = begin.first()?;
        // Nobody knows what somebody else put there.
        let others = self.removed_by_others.then(|| aside(&begin.journal, begin.salt));
        Journal::create(&*begin.medium, &begin.journal, begin.salt, &records(&payloads), others.as_deref())
    }

    /// Writes the session's file. The journal learns of it before, so that after a crash at any moment it
    /// is known that the file is ours.
    fn write_file(&mut self, visible: &Session) -> Result<(), String> {
        let text = self.text(visible)?;
        let found = self.found_there().map_err(|failed| failed.reason_first())?;
        let (seq, digest) = (self.begin.log.seq(), digest(text.as_bytes()));
        let checkpoint = payload::Checkpoint { seq, digest, absent: found.is_none() };
        if self.written == Some(checkpoint.digest) && found == self.written {
            return Ok(());
        }
        self.begin.ours.push(checkpoint.digest);
        self.begin.absent = checkpoint.absent;
        self.push(Kind::Checkpoint, &checkpoint);
        self.journal_trouble = self.commit().err().map(|failed| failed.reason_first());
        let (medium, file) = (&*self.begin.medium, &self.begin.file);
        if self.written.is_none() {
            sync_above(medium, folder_of(file)).map_err(|failed| failed.reason_first())?;
        }
        // The version before holds what was removed for good: it isn't kept.
        let before = (!self.begin.erasing).then(|| previous(file));
        replace(medium, file, text.as_bytes(), before.as_deref()).map_err(|failed| failed.reason_first())?;
        self.written = Some(checkpoint.digest);
        self.begin.ours = vec![checkpoint.digest];
        if checkpoint.absent {
            // From the next commit on it is told where somebody removes it.
            self.begin.absent = false;
            self.push(Kind::Checkpoint, &payload::Checkpoint { absent: false, ..checkpoint });
        }
        Ok(())
    }

    /// The digest of what the session's file holds now. What somebody else wrote there is kept beside.
    fn found_there(&self) -> Result<Option<u64>, Failed> {
        let (medium, file) = (&*self.begin.medium, self.begin.file.as_path());
        let bytes = match medium.read(file, medium.largest()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.doing(Act::Read, file)?,
        };
        let found = digest(&bytes);
        if !self.begin.ours.contains(&found) {
            let kept = keep_outside(medium, file, &bytes)?;
            (self.tell)(Report::ChangedOutside { kept });
        }
        Ok(Some(found))
    }

    /// Writes a copy, in a folder under a name that is free, and answers where it is.
    fn write_elsewhere(&self, target: &Path, visible: &Session) -> Result<PathBuf, String> {
        let text = self.text(visible)?;
        let written = self.place_of_copy(target).and_then(|(place, is_folder)| {
            let mut n = 1;
            loop {
                let path = if is_folder { copy_in(&place, &self.begin.file, n) } else { place.clone() };
                match put_new(&*self.begin.medium, &path, text.as_bytes()) {
                    Err(failed) if is_folder && failed.cause.kind() == ErrorKind::AlreadyExists => n += 1,
                    done => return done.map(|()| path),
                }
            }
        });
        written.map_err(|failed| failed.reason_first())
    }

    /// The one true path of what somebody named for a copy, and whether it is a folder.
    fn place_of_copy(&self, target: &Path) -> Result<(PathBuf, bool), Failed> {
        let medium = &*self.begin.medium;
        if let Ok(there) = medium.canonical(target) {
            let is_folder = medium.metadata(&there).is_ok_and(|meta| meta.kind == medium::Kind::Folder);
            return Ok((there, is_folder));
        }
        let folder = medium.canonical(folder_of(target)).doing(Act::Create, target)?;
        Ok((folder.join(target.file_name().unwrap_or_default()), false))
    }

    fn text(&self, visible: &Session) -> Result<String, String> {
        let text = session_file::text(visible, &self.begin.unknowns).map_err(|unwritable: Unwritable| {
            format!("couldn't put the session into the form of its file {:?}: {unwritable}", self.begin.file)
        })?;
        let most = self.begin.medium.largest();
        if u64::try_from(text.len()).is_ok_and(|len| len <= most) {
            return Ok(text);
        }
        // What is written can always be read again.
        Err(format!(
            "the file of this session would have {} MiB, and {} MiB are read again; the journal has all of it. \
             Leave, and go on with a higher VISAVIS_READ_LIMIT",
            text.len() >> 20,
            most >> 20
        ))
    }
}

/// Keeps a version of the file that somebody else wrote beside it, under a name that is answered. A
/// version that is kept already is not kept twice.
pub(in crate::storage) fn keep_outside(
    medium: &dyn Medium,
    file: &Path,
    bytes: &[u8],
) -> Result<PathBuf, Failed> {
    let mut n = 1;
    loop {
        let path = outside(file, n);
        match medium.read(&path, medium.largest()) {
            Ok(kept) if kept == bytes => return Ok(path),
            Ok(_) => n += 1,
            Err(error) if error.kind() == ErrorKind::FileTooLarge => n += 1,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                replace(medium, &path, bytes, None)?;
                return Ok(path);
            }
            Err(error) => return Err(Failed::new(Act::Read, &path, error)),
        }
    }
}
