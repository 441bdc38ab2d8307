//! The few operations of a disk that everything else in `storage` is made of.
//!
//! Owns what each operation promises, so that the real disk ([`super::disk`]) and the simulated one
//! ([`super::sim`]) can stand in for each other. One call is one step at which the power can fail.
//! What is written is on the disk only after [`OpenFile::sync`]; a name that was made, changed or
//! removed only after [`Medium::sync_folder`] of its folder.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failed::{Act, Doing, Failed};
use super::limits::Limits;

pub use super::limits::READ_LIMIT;

/// A disk.
pub trait Medium: Send + Sync + fmt::Debug {
    /// How large the files are that are read from here.
    fn limits(&self) -> Limits {
        Limits::default()
    }

    /// The largest session file that is read from here, and so the largest that is written, in bytes.
    fn largest(&self) -> u64 {
        self.limits().session()
    }

    /// Makes a new file that only its owner can read and write, open for writing.
    ///
    /// # Errors
    /// `AlreadyExists` where there is anything of that name, be it a link; or the system's refusal.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;

    /// Opens an existing file to write at its end. A symbolic link is not followed.
    ///
    /// # Errors
    /// Where there is no such file, or the system refuses.
    fn append(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;

    /// Reads a whole file.
    ///
    /// # Errors
    /// `FileTooLarge` where it holds more than `limit` bytes, found out before reading;
    /// `InvalidInput` where it is no ordinary file; or the system's refusal.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// What there is under this name; a symbolic link is not followed.
    ///
    /// # Errors
    /// `NotFound` where there is nothing; or the system's refusal.
    fn metadata(&self, path: &Path) -> io::Result<Meta>;

    /// Gives a file another name in one step, in place of what had that name.
    ///
    /// # Errors
    /// The system's refusal; then both names are as before.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives a file a second name.
    ///
    /// # Errors
    /// Where the new name is taken, or the file system knows no second names.
    fn link(&self, existing: &Path, new: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// `NotFound` where there is none; or the system's refusal.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes one folder that only its owner can look into.
    ///
    /// # Errors
    /// `AlreadyExists`; `NotFound` where its parent is missing; or the system's refusal.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes sure that the names in a folder are on the disk. Done without effect where the file
    /// system has no such operation.
    ///
    /// # Errors
    /// The system's refusal: nothing is known then about names changed since the last success.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// The names in a folder, in order.
    ///
    /// # Errors
    /// Where it is no folder, or the system refuses.
    fn list(&self, path: &Path) -> io::Result<Vec<OsString>>;

    /// The one true path of something that exists: absolute, without links and `..`.
    ///
    /// # Errors
    /// Where it does not exist, or the system refuses.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;

    /// Tries to take the lock that a file stands for, and makes the file where there is none. The
    /// file's being there means nothing: the system gives a lock up when its holder ends, however
    /// that comes.
    ///
    /// # Errors
    /// Where the file cannot be made or opened.
    fn lock(&self, path: &Path) -> io::Result<LockAttempt>;

    /// Whether somebody holds the lock that a file stands for. Nothing is made, and nobody kept from taking it.
    ///
    /// # Errors
    /// Where there is no such file, or the file system knows no locks.
    fn is_locked(&self, path: &Path) -> io::Result<bool>;

    /// Waits until nobody holds the lock that a file stands for, however its holder ends, and leaves it free.
    ///
    /// # Errors
    /// Where there is no such file, or the file system knows no locks.
    fn wait_unlocked(&self, path: &Path) -> io::Result<()>;

    /// Puts a bell up, at which one thread can wait until another program [rings](Medium::ring) it.
    /// [`Medium::remove`] takes it down. A bell is no data: nothing depends on its being heard.
    ///
    /// # Errors
    /// Where there is something else of that name, the system refuses, or knows no such thing.
    fn bell(&self, path: &Path) -> io::Result<Box<dyn Bell>>;

    /// Rings a bell without waiting.
    ///
    /// # Errors
    /// Where there is none, or nobody waits at it.
    fn ring(&self, path: &Path) -> io::Result<()>;
}

/// A bell to wait at.
pub trait Bell: Send + fmt::Debug {
    /// Waits until it has rung since the last time.
    ///
    /// # Errors
    /// Where it cannot be heard any more.
    fn wait(&mut self) -> io::Result<()>;
}

/// A file that is open for writing at its end.
pub trait OpenFile: Send + fmt::Debug {
    /// Writes all of `bytes` at the end.
    ///
    /// # Errors
    /// The system's refusal: any part of `bytes` may be in the file then.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Makes sure that everything written is on the disk.
    ///
    /// # Errors
    /// The system's refusal. Never to be tried again on this file: the system may have dropped what
    /// it could not write and would call the next try a success.
    fn sync(&mut self) -> io::Result<()>;

    /// Whether this name still stands for this file, and it is so many bytes long. Where somebody removed it, or
    /// put another in its place, what is written here is gone as soon as the file is closed; where somebody cut it
    /// off or added to it, what is written here isn't where it is looked for.
    ///
    /// # Errors
    /// The system's refusal to look.
    fn is_at(&self, path: &Path, len: u64) -> io::Result<bool>;
}

/// What is known about a name without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes.
    pub len: u64,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a device, a pipe.
    Other,
}

/// What came of trying to take a lock.
#[derive(Debug)]
pub enum LockAttempt {
    /// It is ours until this is dropped.
    Got(Box<dyn Held>),
    /// Another program, or another part of this one, has it.
    Taken,
    /// This file system knows no locks.
    Unsupported,
}

/// A lock that is held; dropping it gives it up.
pub trait Held: Send + fmt::Debug {
    /// Whether this name still stands for the file that is locked. Where it doesn't, others can take the lock.
    ///
    /// # Errors
    /// The system's refusal to look.
    fn is_at(&self, path: &Path) -> io::Result<bool>;
}

/// Makes a folder and those above it that are missing, without waiting for the disk: it has them after
/// [`sync_above`].
///
/// # Errors
/// The first operation that failed.
pub fn create_folders(medium: &dyn Medium, folder: &Path) -> Result<(), Failed> {
    let mut missing = Vec::new();
    let mut at = folder;
    loop {
        match medium.metadata(at) {
            Ok(_) => break,
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push(at),
            Err(error) => return Err(Failed::new(Act::CreateFolder, at, error)),
        }
        match at.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => at = parent,
            Some(_) | None => break,
        }
    }
    for folder in missing.into_iter().rev() {
        match medium.create_folder(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(Failed::new(Act::CreateFolder, folder, error)),
        }
    }
    Ok(())
}

/// Makes sure that the disk has a folder: its own name and those of all above it, whoever made them.
///
/// # Errors
/// The first operation that failed. A folder that may not be looked into is passed over.
pub fn sync_above(medium: &dyn Medium, folder: &Path) -> Result<(), Failed> {
    for above in folder.ancestors().skip(1) {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        match medium.sync_folder(above) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {}
            synced => synced.doing(Act::SyncFolder, above)?,
        }
    }
    Ok(())
}

/// The folder that holds `path`, `.` for a bare name.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// `path` with `ending` added to its file name.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a file that may not be there.
pub(crate) fn remove_if_there(medium: &dyn Medium, path: &Path) -> io::Result<()> {
    match medium.remove(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Err(_) | Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sim::{Cut, Fault, SimDisk};

    #[test]
    fn a_folder_is_on_the_disk_though_making_it_failed_before() {
        let deep = Path::new("/one/two/three");
        let made = |disk: &SimDisk| create_folders(disk, deep).and_then(|()| sync_above(disk, deep));
        for at in 0..20 {
            let disk = SimDisk::new();
            disk.fail(Fault { at, error: ErrorKind::Other, lasting: false });
            assert!(made(&disk).is_ok() || made(&disk).is_ok());
            assert!(disk.power_cut(Cut::Lose).metadata(deep).is_ok(), "{at}");
        }
    }
}
