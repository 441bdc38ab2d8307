//! One writer for each session.
//!
//! Owns the lock of a session: a file in the state folder, named by the session's id and the one
//! true path of its file, so that a copy of a session elsewhere is a session of its own. The system
//! gives a lock up when its holder ends; a file that was left over says nothing.

use std::path::{Path, PathBuf};

use super::failed::{Act, Doing, Failed};
use super::medium::{Held, LockAttempt, Medium, create_folders, folder_of};

/// What came of trying to lock a session.
#[derive(Debug)]
pub enum Locking {
    /// This program is the one that writes.
    Locked(Lock),
    /// Another one does; it can be read and followed.
    HeldElsewhere,
    /// This file system knows no locks: nobody can tell whether somebody else writes. People must
    /// be told.
    Unsupported,
}

/// The lock of a session, given up when dropped.
#[derive(Debug)]
pub struct Lock {
    held: Box<dyn Held>,
    path: PathBuf,
}

impl Lock {
    /// Whether nobody else can take it: somebody may have removed the file that it stands for. Where the system
    /// doesn't say, it is.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_at(&self.path).unwrap_or(true)
    }

    /// Where its file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tries to take it once more, in place of one that is no longer held.
    ///
    /// # Errors
    /// As of [`lock`].
    pub fn again(&self, medium: &dyn Medium) -> Result<Locking, Failed> {
        lock_file(medium, self.path.clone())
    }
}

/// What the journal, the lock and the inbox of a session file are named by. The file need not
/// exist, its folder must. Made of letters, digits, `-` and `_` only, at most 41, whatever the id is.
///
/// # Errors
/// Where the folder of the file cannot be found.
pub fn key(medium: &dyn Medium, session: &str, file: &Path) -> Result<String, Failed> {
    let folder = folder_of(file);
    let folder = medium.canonical(folder).doing(Act::Lock, folder)?;
    let place = file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
    let readable: String = session.chars().filter(plain).take(24).collect();
    let digest = fnv(session.as_bytes().iter().chain(&[0]).chain(place.as_os_str().as_encoded_bytes()));
    Ok(format!("{readable}-{digest:016x}"))
}

/// FNV-1a, which stays the same for ever, unlike the standard library's hash.
pub(super) fn fnv<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Tries to lock the session with this [`key`], in the folder for locks, which is made if missing.
///
/// # Errors
/// Where the folder or the file of the lock cannot be made.
pub fn lock(medium: &dyn Medium, folder: &Path, key: &str) -> Result<Locking, Failed> {
    lock_file(medium, lock_path(folder, key))
}

fn lock_file(medium: &dyn Medium, path: PathBuf) -> Result<Locking, Failed> {
    create_folders(medium, folder_of(&path))?;
    Ok(match medium.lock(&path).doing(Act::Lock, &path)? {
        LockAttempt::Got(held) => Locking::Locked(Lock { held, path }),
        LockAttempt::Taken => Locking::HeldElsewhere,
        LockAttempt::Unsupported => Locking::Unsupported,
    })
}

/// Whether a program runs the session with this [`key`]; false where that can't be known.
pub(super) fn is_held(medium: &dyn Medium, folder: &Path, key: &str) -> bool {
    medium.is_locked(&lock_path(folder, key)).unwrap_or(false)
}

/// The file of the lock of the session with this [`key`].
pub(super) fn lock_path(folder: &Path, key: &str) -> PathBuf {
    folder.join(format!("{key}.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::disk::Disk;
    use crate::storage::sim::SimDisk;

    #[test]
    fn one_holds_a_session_and_others_are_told() {
        let disk = SimDisk::new();
        let folder = Path::new("/state/locks");
        let first = lock(&disk, folder, "a-1").unwrap();
        assert!(matches!(first, Locking::Locked(_)));
        assert!(matches!(lock(&disk, folder, "a-1").unwrap(), Locking::HeldElsewhere));
        assert!(is_held(&disk, folder, "a-1") && !is_held(&disk, folder, "c-1"));
        assert!(matches!(lock(&disk, folder, "b-1").unwrap(), Locking::Locked(_)));
        drop(first);
        assert!(!is_held(&disk, folder, "a-1"));
        assert!(matches!(lock(&disk, folder, "a-1").unwrap(), Locking::Locked(_)));
    }

    #[test]
    fn a_key_tells_copies_apart_and_no_id_leads_elsewhere() {
        let disk = SimDisk::new();
        let of = |id: &str, file: &str| key(&disk, id, Path::new(file)).unwrap();
        assert_eq!(of("abc123", "/a.ron"), "abc123-c030dc82f58f25ba");
        assert_ne!(of("abc123", "/a.ron"), of("abc123", "/b.ron"));
        assert_ne!(of("abc1", "/a.ron"), of("abc2", "/a.ron"));
        for hostile in ["../../etc/passwd", "\0", "", "CON:", &"x".repeat(10_000), "ü\u{202e}"] {
            let key = of(hostile, "/a.ron");
            assert!(key.len() <= 41 && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{key}");
        }
    }

    #[test]
    fn the_same_file_has_the_same_key_by_any_way() {
        let folder = tempfile::tempdir().unwrap();
        Disk.create_folder(&folder.path().join("sub")).unwrap();
        let (straight, around) = (folder.path().join("a.ron"), folder.path().join("sub/../a.ron"));
        assert_eq!(key(&Disk, "x", &straight).unwrap(), key(&Disk, "x", &around).unwrap());
    }
}
