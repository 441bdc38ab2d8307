//! The real disk.
//!
//! Owns every call into the file system. Never decides what is written where.

#![expect(clippy::disallowed_methods, reason = "the one place that calls the file system")]

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::limits::Limits;
use super::medium::{Bell, Held, Kind, LockAttempt, Medium, Meta, OpenFile};

/// The file system of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

/// The file system of the machine, of which files are read up to these limits, not the usual ones.
#[derive(Debug, Clone, Copy)]
pub struct DiskUpTo(pub Limits);

impl Medium for DiskUpTo {
    fn limits(&self) -> Limits {
        self.0
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        Disk.create_new(path)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        Disk.append(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Disk.read(path, limit)
    }

    fn metadata(&self, path: &Path) -> io::Result<Meta> {
        Disk.metadata(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn link(&self, existing: &Path, new: &Path) -> io::Result<()> {
        Disk.link(existing, new)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        Disk.create_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        Disk.sync_folder(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        Disk.list(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.canonical(path)
    }

    fn lock(&self, path: &Path) -> io::Result<LockAttempt> {
        Disk.lock(path)
    }

    fn is_locked(&self, path: &Path) -> io::Result<bool> {
        Disk.is_locked(path)
    }

    fn wait_unlocked(&self, path: &Path) -> io::Result<()> {
        Disk.wait_unlocked(path)
    }

    fn bell(&self, path: &Path) -> io::Result<Box<dyn Bell>> {
        Disk.bell(path)
    }

    fn ring(&self, path: &Path) -> io::Result<()> {
        Disk.ring(path)
    }
}

impl Medium for Disk {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let file = owner_only(OpenOptions::new().write(true).create_new(true)).open(path)?;
        set_owner_only(&file)?;
        Ok(Box::new(DiskFile(file)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let file = not_through_links(OpenOptions::new().append(true)).open(path)?;
        Ok(Box::new(DiskFile(file)))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = without_waiting(OpenOptions::new().read(true)).open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, "it is not an ordinary file"));
        }
        if meta.len() > limit {
            return Err(too_large(limit));
        }
        let mut bytes = room_for(meta.len())?;
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).is_ok_and(|len| len <= limit) {
            Ok(bytes)
        } else {
            Err(too_large(limit))
        }
    }

    fn metadata(&self, path: &Path) -> io::Result<Meta> {
        let meta = fs::symlink_metadata(path)?;
        let kind = if meta.is_file() {
            Kind::File
        } else if meta.is_dir() {
            Kind::Folder
        } else {
            Kind::Other
        };
        Ok(Meta { kind, len: meta.len() })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, existing: &Path, new: &Path) -> io::Result<()> {
        fs::hard_link(existing, new)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        create_owner_only_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        sync_folder(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        let mut names =
            fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
        names.sort_unstable();
        Ok(names)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn lock(&self, path: &Path) -> io::Result<LockAttempt> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = not_through_links(owner_only(&mut options)).open(path)?;
        set_owner_only(&file)?;
        for _ in 0..ONLOOKERS {
            match file.try_lock() {
                Ok(()) => return Ok(LockAttempt::Got(Box::new(DiskLock(file)))),
                Err(TryLockError::WouldBlock) if is_held(&file)? => return Ok(LockAttempt::Taken),
                Err(TryLockError::WouldBlock) => std::thread::yield_now(),
                Err(TryLockError::Error(error)) if knows_no_locks(&error) => {
                    return Ok(LockAttempt::Unsupported);
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(LockAttempt::Taken)
    }

    fn is_locked(&self, path: &Path) -> io::Result<bool> {
        is_held(&not_through_links(OpenOptions::new().read(true)).open(path)?)
    }

    fn wait_unlocked(&self, path: &Path) -> io::Result<()> {
        let file = not_through_links(OpenOptions::new().read(true)).open(path)?;
        loop {
            match file.lock_shared() {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                ended => return ended.and_then(|()| file.unlock()),
            }
        }
    }

    fn bell(&self, path: &Path) -> io::Result<Box<dyn Bell>> {
        bell(path).map(|bell| Box::new(DiskBell(bell)) as Box<dyn Bell>)
    }

    fn ring(&self, path: &Path) -> io::Result<()> {
        ring(path)
    }
}

/// How often a lock is tried that is in nobody's hand: those who look whether it is taken, or waited for its
/// holder's end, have it for a moment, and all at once.
const ONLOOKERS: usize = 100;

/// Whether somebody has the lock of a file for himself alone, as its holder does.
fn is_held(file: &File) -> io::Result<bool> {
    match file.try_lock_shared() {
        Ok(()) => file.unlock().map(|()| false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// A pipe with a name, held open at both ends, so that it never seems to end.
#[derive(Debug)]
struct DiskBell(File);

impl Bell for DiskBell {
    fn wait(&mut self) -> io::Result<()> {
        loop {
            match self.0.read(&mut [0; 64]) {
                Ok(_) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The most that reading a file takes in memory, as a multiple of the file.
const TIMES: usize = 10;

/// Room for so many bytes, where the system has the memory that it takes to make something of them too. Without
/// this question a file that somebody [allowed](Limits) to be larger than the memory would be the program's end.
fn room_for(len: u64) -> io::Result<Vec<u8>> {
    let len = usize::try_from(len).map_err(|_| ErrorKind::OutOfMemory)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(len.saturating_mul(TIMES)).map_err(|_| ErrorKind::OutOfMemory)?;
    bytes.shrink_to(len);
    Ok(bytes)
}

fn too_large(limit: u64) -> io::Error {
    io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {limit} bytes"))
}

#[derive(Debug)]
struct DiskFile(File);

impl OpenFile for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn is_at(&self, path: &Path, len: u64) -> io::Result<bool> {
        Ok(named(&self.0, path)?.is_some_and(|there| there.len() == len))
    }
}

/// The lock lives as long as the open file.
#[derive(Debug)]
struct DiskLock(File);

impl Held for DiskLock {
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        Ok(named(&self.0, path)?.is_some())
    }
}

/// What the name says of this file, where it stands for it.
fn named(file: &File, path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(there) => Ok(is_same(file, &there)?.then_some(there)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
mod system {
    use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};

    use rustix::fs::OFlags;
    #[cfg(not(target_vendor = "apple"))]
    use rustix::fs::{CWD, Mode, mkfifoat};
    use rustix::io::Errno;

    use super::{DirBuilder, ErrorKind, File, OpenOptions, Path, Write, fs, io};

    pub(super) fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    /// A umask can only take bits away from those asked for; the owner's must stay.
    pub(super) fn set_owner_only(file: &File) -> io::Result<()> {
        where_there_are_modes(file.set_permissions(fs::Permissions::from_mode(0o600)))
    }

    pub(super) fn create_owner_only_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        where_there_are_modes(fs::set_permissions(path, fs::Permissions::from_mode(0o700)))
    }

    /// A memory stick's file system knows no modes: whoever mounts it says who may read it.
    fn where_there_are_modes(set: io::Result<()>) -> io::Result<()> {
        match set {
            Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::Unsupported) => {
                Ok(())
            }
            set => set,
        }
    }

    pub(super) fn not_through_links(options: &mut OpenOptions) -> &mut OpenOptions {
        options.custom_flags(flag(OFlags::NOFOLLOW))
    }

    /// Opening a pipe that nobody writes to would wait for ever.
    pub(super) fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
        options.custom_flags(flag(OFlags::NONBLOCK))
    }

    fn flag(flags: OFlags) -> i32 {
        i32::try_from(flags.bits()).unwrap_or(0)
    }

    pub(super) fn is_same(file: &File, there: &fs::Metadata) -> io::Result<bool> {
        let here = file.metadata()?;
        Ok((here.dev(), here.ino()) == (there.dev(), there.ino()))
    }

    pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
        match sync_names(path) {
            // Some network and user-space file systems cannot sync a folder at all.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }

    pub(super) fn sync_names(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    pub(super) fn bell(path: &Path) -> io::Result<File> {
        match make_pipe(path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            Ok(()) | Err(_) => {}
        }
        only_a_pipe(not_through_links(OpenOptions::new().read(true).write(true)).open(path)?)
    }

    #[cfg(not(target_vendor = "apple"))]
    fn make_pipe(path: &Path) -> io::Result<()> {
        mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR)?;
        where_there_are_modes(fs::set_permissions(path, fs::Permissions::from_mode(0o600)))
    }

    /// There is no safe way to make one there.
    #[cfg(target_vendor = "apple")]
    fn make_pipe(_path: &Path) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn ring(path: &Path) -> io::Result<()> {
        let options = flag(OFlags::NOFOLLOW | OFlags::NONBLOCK);
        let mut pipe = only_a_pipe(OpenOptions::new().write(true).custom_flags(options).open(path)?)?;
        match pipe.write(b"!") {
            // It is full of rings that were not heard yet.
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            rung => rung.map(|_| ()),
        }
    }

    fn only_a_pipe(file: File) -> io::Result<File> {
        if file.metadata()?.file_type().is_fifo() {
            Ok(file)
        } else {
            Err(io::Error::new(ErrorKind::AlreadyExists, "something else has that name"))
        }
    }

    pub(super) fn knows_no_locks(error: &io::Error) -> bool {
        error.kind() == ErrorKind::Unsupported
            || Errno::from_io_error(error).is_some_and(|errno| {
                [Errno::NOLCK, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS].contains(&errno)
            })
    }
}

#[cfg(not(unix))]
mod system {
    use super::{DirBuilder, ErrorKind, File, OpenOptions, Path, fs, io};

    pub(super) fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn set_owner_only(_file: &File) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn create_owner_only_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().create(path)
    }

    pub(super) fn not_through_links(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    /// A file that is open can't be removed there.
    pub(super) fn is_same(_file: &File, _there: &fs::Metadata) -> io::Result<bool> {
        Ok(true)
    }

    /// The file systems met here write names through by themselves.
    pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn bell(_path: &Path) -> io::Result<File> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn ring(_path: &Path) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn knows_no_locks(error: &io::Error) -> bool {
        error.kind() == ErrorKind::Unsupported
    }
}

use system::{
    bell, create_owner_only_folder, is_same, knows_no_locks, not_through_links, owner_only, ring,
    set_owner_only, sync_folder, without_waiting,
};

#[cfg(test)]
mod tests;
