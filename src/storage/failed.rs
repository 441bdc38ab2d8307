//! What could not be done on the disk, in words that say what, where and why.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What the program was about to do when the disk refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Making a new file.
    Create,
    /// Reading a whole file.
    Read,
    /// Writing into a file that is open.
    Write,
    /// Making sure that what was written is on the disk.
    Sync,
    /// Reading back what was just written: it was not the same.
    Compare,
    /// Keeping the version before.
    KeepPrevious,
    /// Giving a file its final name.
    Rename,
    /// Removing a file.
    Remove,
    /// Making a folder.
    CreateFolder,
    /// Making sure that a folder's names are on the disk.
    SyncFolder,
    /// Listing a folder.
    List,
    /// Locking a session.
    Lock,
}

impl Act {
    const fn words(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Write => "write to",
            Self::Sync => "make sure that the disk has",
            Self::Compare => "read back unchanged",
            Self::KeepPrevious => "keep the previous version as",
            Self::Rename => "put in place",
            Self::Remove => "remove",
            Self::CreateFolder => "make the folder",
            Self::SyncFolder => "make sure that the disk has the names in",
            Self::List => "look into the folder",
            Self::Lock => "lock",
        }
    }
}

/// An operation of the disk that failed.
#[derive(Debug)]
pub struct Failed {
    /// What was tried.
    pub act: Act,
    /// On which file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

impl Failed {
    /// What the system said about `act` on `path`.
    #[must_use]
    pub fn new(act: Act, path: &Path, cause: io::Error) -> Self {
        Self { act, path: path.to_path_buf(), cause }
    }

    /// The same as it is shown where there is little room: what is cut off then is the end of a long path.
    #[must_use]
    pub fn reason_first(&self) -> String {
        format!("{}: {}", self.reason(), self.attempt())
    }

    fn attempt(&self) -> String {
        // Debug quotes the path and escapes what could act on a terminal.
        format!("couldn't {} {:?}", self.act.words(), self.path)
    }

    fn reason(&self) -> String {
        plain(&self.cause).map_or_else(|| self.cause.to_string(), str::to_owned)
    }

    /// Whether there is no such file or folder.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.cause.kind() == ErrorKind::NotFound
    }

    /// Whether a file was not read because it is larger than [what is read](super::Medium::largest).
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.act == Act::Read && self.cause.kind() == ErrorKind::FileTooLarge
    }

    /// Whether what was to be read is a folder, a pipe, a device: nothing that holds a text.
    #[must_use]
    pub fn is_no_file(&self) -> bool {
        self.act == Act::Read && self.cause.kind() == ErrorKind::InvalidInput
    }

    /// Whether there was not the memory that it takes.
    #[must_use]
    pub fn is_out_of_memory(&self) -> bool {
        self.cause.kind() == ErrorKind::OutOfMemory
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.attempt(), self.reason())
    }
}

impl std::error::Error for Failed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// The causes that people meet, without the system's abbreviations.
#[expect(clippy::wildcard_enum_match_arm, reason = "the standard library's list is open")]
fn plain(cause: &io::Error) -> Option<&'static str> {
    #[cfg(unix)]
    if cause.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) {
        return Some("the disk has a fault");
    }
    match cause.kind() {
        ErrorKind::StorageFull => Some("the disk is full"),
        ErrorKind::QuotaExceeded => Some("your share of the disk is used up"),
        ErrorKind::ReadOnlyFilesystem => Some("the disk can only be read"),
        ErrorKind::PermissionDenied => Some("this account is not allowed to"),
        ErrorKind::NotFound => Some("it is not there"),
        ErrorKind::AlreadyExists => Some("there is one already"),
        ErrorKind::FileTooLarge => Some("it is too large"),
        ErrorKind::OutOfMemory => Some("it takes more memory than there is"),
        ErrorKind::NotADirectory => Some("a part of the path is not a folder"),
        ErrorKind::IsADirectory => Some("it is a folder"),
        ErrorKind::Interrupted => Some("the system interrupted it"),
        ErrorKind::WriteZero => Some("the disk took only a part of it"),
        _ => None,
    }
}

/// Adds what was being done, and to which file, to an error of the system.
pub(crate) trait Doing<T> {
    /// The same result, its error told with `act` and `path`.
    fn doing(self, act: Act, path: &Path) -> Result<T, Failed>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, act: Act, path: &Path) -> Result<T, Failed> {
        self.map_err(|cause| Failed::new(act, path, cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_where_and_why() {
        let full = Failed::new(Act::Write, Path::new("/tmp/a\u{1b}b.ron"), ErrorKind::StorageFull.into());
        assert_eq!(full.to_string(), r#"couldn't write to "/tmp/a\u{1b}b.ron": the disk is full"#);
        assert_eq!(full.reason_first(), r#"the disk is full: couldn't write to "/tmp/a\u{1b}b.ron""#);
        #[cfg(unix)]
        {
            let broken = Failed::new(Act::Sync, Path::new("x"), rustix::io::Errno::IO.into());
            assert_eq!(
                broken.to_string(),
                r#"couldn't make sure that the disk has "x": the disk has a fault"#
            );
        }
        let other = Failed::new(Act::Read, Path::new("x"), io::Error::other("a bad block"));
        assert_eq!(other.to_string(), r#"couldn't read "x": a bad block"#);
    }
}
