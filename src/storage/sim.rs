//! A disk in memory that can fail and lose its power, for tests.
//!
//! Owns two images: the live one, which a running program sees, and the durable one, which is left
//! after the power went. The data of a file and the names in a folder become durable separately,
//! and only when they are synced. A sync that failed drops what it did not write, and a later sync
//! of the same file succeeds without it, as real systems do. What the power leaves is in `power`.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::medium::{Bell, Held, Kind, LockAttempt, Medium, Meta, OpenFile, folder_of};

mod power;

pub use power::{Cut, Moment};

/// A simulated disk; clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct SimDisk {
    state: Arc<Mutex<State>>,
}

/// An operation that is going to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which one, counted from 0 over the life of the disk.
    pub at: usize,
    /// With which error; `Other` is what systems say of a broken disk. Of what was to be written, half
    /// is in the file then.
    pub error: ErrorKind,
    /// Whether all operations after it fail too.
    pub lasting: bool,
}

#[derive(Debug, Default)]
struct State {
    files: Vec<Data>,
    live: BTreeMap<PathBuf, Node>,
    durable: BTreeMap<PathBuf, Node>,
    /// Changes of names since the last sync of their folder, oldest first.
    unsynced: Vec<Change>,
    /// The files that are locked, with those who wait for the holder's end.
    locks: BTreeMap<usize, Vec<Sender<()>>>,
    knows_no_locks: bool,
    panic_at_lock: bool,
    bells: BTreeMap<PathBuf, Sender<Rung>>,
    faults: Vec<Fault>,
    misreads: BTreeSet<usize>,
    panic: Option<usize>,
    spared: Option<PathBuf>,
    log: Vec<String>,
    resynced: Vec<PathBuf>,
    /// Where they are kept: the disk before each operation since they were last taken.
    moments: Option<Vec<Moment>>,
    /// Whether the disk is other than at the newest moment.
    changed: bool,
}

/// The bytes of a file, which only ever grow. Images share them until somebody writes.
#[derive(Debug, Clone, Default)]
struct Data {
    live: Arc<Vec<u8>>,
    durable: usize,
    sync_failed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder,
}

/// One change of names, all of it or nothing.
#[derive(Debug, Clone)]
struct Change {
    folder: PathBuf,
    names: Vec<(PathBuf, Option<Node>)>,
}

impl SimDisk {
    /// An empty disk with a root folder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets an operation fail.
    pub fn fail(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    /// Lets an operation, counted as in [`Fault::at`], read other bytes than the file has.
    pub fn misread(&self, at: usize) {
        self.state().misreads.insert(at);
    }

    /// Lets the thread that asks for an operation, counted as in [`Fault::at`], panic.
    pub fn panic(&self, at: usize) {
        self.state().panic = Some(at);
    }

    /// Lets every thread that waits at a bell panic.
    pub fn panic_at_bells(&self) {
        for bell in self.state().bells.values() {
            // Nobody may wait there any more.
            let _ = bell.send(Rung::Mistake);
        }
    }

    /// Lets the thread that next waits for a lock panic.
    pub fn panic_at_lock(&self) {
        self.state().panic_at_lock = true;
    }

    /// How many threads wait for locks.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.state().locks.values().map(Vec::len).sum()
    }

    /// Knows no locks from now on, as some network disks.
    pub fn without_locks(&self) {
        self.state().knows_no_locks = true;
    }

    /// Lets nothing fail in this folder, as if it were on another disk.
    pub fn spare(&self, folder: &Path) {
        self.state().spared = Some(folder.to_path_buf());
    }

    /// No operation fails any more.
    pub fn heal(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.misreads.clear();
    }

    /// How many operations there have been.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.state().log.len()
    }

    /// Every operation so far, one a line, as in `rename /a /b`.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }

    /// Files that were synced again after a sync of them had failed; must stay empty.
    #[must_use]
    pub fn synced_again(&self) -> Vec<PathBuf> {
        self.state().resynced.clone()
    }

    /// Damages a file behind everybody's back, on the live and the durable image.
    pub fn tamper(&self, path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.state();
        if let Some(&Node::File(file)) = state.live.get(path) {
            let data = &mut state.files[file];
            change(Arc::make_mut(&mut data.live));
            data.durable = data.live.len();
        }
    }

    /// Somebody removes a file, or a folder with all that is in it. Files that are open go on without a name.
    pub fn remove_all(&self, path: &Path) {
        let mut state = self.state();
        let inside: Vec<PathBuf> = state.live.keys().filter(|name| name.starts_with(path)).cloned().collect();
        for name in inside.into_iter().rev() {
            let folder = folder_of(&name).to_path_buf();
            state.change(&folder, vec![(name, None)]);
        }
    }

    /// Every file that has a name, with its bytes: what somebody finds who searches the disk.
    #[must_use]
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let state = self.state();
        let files = state.live.iter().filter_map(|(path, node)| match node {
            Node::File(file) => Some((path.clone(), state.files[*file].live.to_vec())),
            Node::Folder => None,
        });
        files.collect()
    }

    /// How long the file is, where the name stands for it.
    fn named(&self, file: usize, path: &Path) -> io::Result<Option<usize>> {
        let state = self.begin("is-at", path)?;
        let is_there = state.file(path).is_ok_and(|there| there == file);
        Ok(is_there.then(|| state.files[file].live.len()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes an operation on `path` and fails it where that is planned.
    fn begin(&self, act: &str, path: &Path) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.begin(path, format_args!("{act} {}", path.display()))?;
        Ok(state)
    }

    /// The same with a second name.
    fn begin_two(&self, act: &str, from: &Path, to: &Path) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.begin(to, format_args!("{act} {} {}", from.display(), to.display()))?;
        Ok(state)
    }
}

impl State {
    fn begin(&mut self, path: &Path, what: impl fmt::Display) -> io::Result<()> {
        self.keep_moment();
        let now = self.log.len();
        self.log.push(what.to_string());
        assert!(self.panic != Some(now), "a mistake, on purpose");
        if self.spared.as_ref().is_some_and(|spared| path.starts_with(spared)) {
            return Ok(());
        }
        match self.faults.iter().find(|fault| fault.at == now || fault.lasting && fault.at < now) {
            Some(fault) => Err(system_error(fault.error)),
            None => Ok(()),
        }
    }

    fn node(&self, path: &Path) -> io::Result<Node> {
        if is_root(path) {
            return Ok(Node::Folder);
        }
        self.live.get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        match self.node(path)? {
            Node::File(file) => Ok(file),
            Node::Folder => Err(ErrorKind::IsADirectory.into()),
        }
    }

    fn free(&self, path: &Path) -> io::Result<()> {
        if self.node(path).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        match self.node(folder_of(path))? {
            Node::Folder => Ok(()),
            Node::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    fn lockable(&self, path: &Path) -> io::Result<usize> {
        if self.knows_no_locks { Err(ErrorKind::Unsupported.into()) } else { self.file(path) }
    }

    fn change(&mut self, folder: &Path, names: Vec<(PathBuf, Option<Node>)>) {
        let change = Change { folder: folder.to_path_buf(), names };
        change.apply(&mut self.live);
        self.changed = true;
        self.unsynced.push(change);
    }

    fn new_file(&mut self, path: &Path) -> usize {
        self.files.push(Data::default());
        let file = self.files.len() - 1;
        self.change(folder_of(path), vec![(path.to_path_buf(), Some(Node::File(file)))]);
        file
    }
}

/// The error as the system gives it, with its number, where it has one.
fn system_error(kind: ErrorKind) -> io::Error {
    #[cfg(unix)]
    if kind == ErrorKind::Other {
        return rustix::io::Errno::IO.into();
    }
    kind.into()
}

fn is_root(path: &Path) -> bool {
    path == Path::new("/") || path == Path::new(".") || path.as_os_str().is_empty()
}

impl Medium for SimDisk {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let mut state = self.begin("create", path)?;
        state.free(path)?;
        let file = state.new_file(path);
        Ok(Box::new(SimFile { disk: self.clone(), path: path.to_path_buf(), file }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let file = self.begin("append", path)?.file(path)?;
        Ok(Box::new(SimFile { disk: self.clone(), path: path.to_path_buf(), file }))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let state = self.begin("read", path)?;
        if state.bells.contains_key(path) {
            return Err(ErrorKind::InvalidInput.into());
        }
        let data = &state.files[state.file(path)?];
        if u64::try_from(data.live.len()).map_or(true, |len| len > limit) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut bytes = data.live.to_vec();
        if state.misreads.contains(&(state.log.len() - 1)) {
            bytes.iter_mut().for_each(|byte| *byte ^= 1);
        }
        Ok(bytes)
    }

    fn metadata(&self, path: &Path) -> io::Result<Meta> {
        let state = self.begin("metadata", path)?;
        Ok(match state.node(path)? {
            Node::File(file) => Meta {
                kind: Kind::File,
                len: u64::try_from(state.files[file].live.len()).unwrap_or(u64::MAX),
            },
            Node::Folder => Meta { kind: Kind::Folder, len: 0 },
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.begin_two("rename", from, to)?;
        let file = state.file(from)?;
        if state.node(folder_of(to))? != Node::Folder {
            return Err(ErrorKind::NotADirectory.into());
        }
        match state.node(to) {
            Ok(Node::Folder) => return Err(ErrorKind::IsADirectory.into()),
            // Two names of one file: nothing happens, by POSIX.
            Ok(Node::File(other)) if other == file => return Ok(()),
            Ok(Node::File(_)) | Err(_) => {}
        }
        let names = vec![(from.to_path_buf(), None), (to.to_path_buf(), Some(Node::File(file)))];
        state.change(folder_of(to), names);
        Ok(())
    }

    fn link(&self, existing: &Path, new: &Path) -> io::Result<()> {
        let mut state = self.begin_two("link", existing, new)?;
        let file = state.file(existing)?;
        state.free(new)?;
        state.change(folder_of(new), vec![(new.to_path_buf(), Some(Node::File(file)))]);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.begin("remove", path)?;
        if state.bells.remove(path).is_some() {
            return Ok(());
        }
        state.file(path)?;
        state.change(folder_of(path), vec![(path.to_path_buf(), None)]);
        Ok(())
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.begin("create-folder", path)?;
        state.free(path)?;
        state.change(folder_of(path), vec![(path.to_path_buf(), Some(Node::Folder))]);
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.begin("sync-folder", path)?;
        if state.node(path)? != Node::Folder {
            return Err(ErrorKind::NotADirectory.into());
        }
        let State { unsynced, durable, changed, .. } = &mut *state;
        *changed = true;
        unsynced.retain(|change| {
            let here = change.folder == path;
            if here {
                change.apply(durable);
            }
            !here
        });
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        let state = self.begin("list", path)?;
        if state.node(path)? != Node::Folder {
            return Err(ErrorKind::NotADirectory.into());
        }
        let names = state.live.keys().chain(state.bells.keys()).filter(|name| folder_of(name) == path);
        let inside: BTreeSet<OsString> =
            names.filter_map(|name| name.file_name().map(OsString::from)).collect();
        Ok(inside.into_iter().collect())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.begin("canonical", path)?.node(path)?;
        Ok(path.to_path_buf())
    }

    fn lock(&self, path: &Path) -> io::Result<LockAttempt> {
        let mut state = self.begin("lock", path)?;
        if state.node(path).is_err() {
            state.free(path)?;
            state.new_file(path);
        }
        if state.knows_no_locks {
            return Ok(LockAttempt::Unsupported);
        }
        let file = state.file(path)?;
        match state.locks.entry(file) {
            Entry::Occupied(_) => Ok(LockAttempt::Taken),
            Entry::Vacant(free) => {
                free.insert(Vec::new());
                Ok(LockAttempt::Got(Box::new(SimLock { disk: self.clone(), file })))
            }
        }
    }

    fn is_locked(&self, path: &Path) -> io::Result<bool> {
        let state = self.begin("is-locked", path)?;
        let file = state.lockable(path)?;
        Ok(state.locks.contains_key(&file))
    }

    fn wait_unlocked(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let file = state.lockable(path)?;
        assert!(!std::mem::take(&mut state.panic_at_lock), "a mistake, on purpose");
        if let Some(waiting) = state.locks.get_mut(&file) {
            let (ended, end) = channel();
            waiting.push(ended);
            drop(state);
            // Nothing is ever sent: the holder's end drops the sender.
            let _ = end.recv();
        }
        Ok(())
    }

    fn bell(&self, path: &Path) -> io::Result<Box<dyn Bell>> {
        let (ring, rung) = channel();
        let mut state = self.state();
        state.free(path)?;
        state.bells.insert(path.to_path_buf(), ring);
        Ok(Box::new(SimBell(rung)))
    }

    fn ring(&self, path: &Path) -> io::Result<()> {
        let ring = self.state().bells.get(path).cloned().ok_or(ErrorKind::NotFound)?;
        ring.send(Rung::Heard).map_err(|_| ErrorKind::NotConnected.into())
    }
}

/// What whoever waits at a bell finds.
#[derive(Debug)]
enum Rung {
    Heard,
    Mistake,
}

#[derive(Debug)]
struct SimBell(Receiver<Rung>);

impl Bell for SimBell {
    fn wait(&mut self) -> io::Result<()> {
        match self.0.recv() {
            Ok(Rung::Heard) => Ok(()),
            Ok(Rung::Mistake) => panic!("a mistake, on purpose"),
            Err(_) => Err(ErrorKind::NotConnected.into()),
        }
    }
}

#[derive(Debug)]
struct SimFile {
    disk: SimDisk,
    path: PathBuf,
    file: usize,
}

impl OpenFile for SimFile {
    /// A write that fails leaves half of its bytes in the file.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let what = format_args!("write {} {}", self.path.display(), bytes.len());
        let begun = state.begin(&self.path, what);
        let written = if begun.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        Arc::make_mut(&mut state.files[self.file].live).extend_from_slice(written);
        state.changed = true;
        begun
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        let begun = state.begin(&self.path, format_args!("sync {}", self.path.display()));
        let data = &mut state.files[self.file];
        if data.sync_failed {
            state.resynced.push(self.path.clone());
        } else if begun.is_ok() {
            data.durable = data.live.len();
        } else {
            data.sync_failed = true;
        }
        state.changed = true;
        begun
    }

    fn is_at(&self, path: &Path, len: u64) -> io::Result<bool> {
        let named = self.disk.named(self.file, path)?;
        Ok(named.and_then(|there| u64::try_from(there).ok()) == Some(len))
    }
}

#[derive(Debug)]
struct SimLock {
    disk: SimDisk,
    file: usize,
}

impl Held for SimLock {
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        Ok(self.disk.named(self.file, path)?.is_some())
    }
}

impl Drop for SimLock {
    fn drop(&mut self) {
        self.disk.state().locks.remove(&self.file);
    }
}

#[cfg(test)]
mod tests;
