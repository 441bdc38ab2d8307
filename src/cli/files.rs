//! Small files that are named on the command line: scripts read, copies written.
#![expect(clippy::disallowed_methods, reason = "files that a person names are read and made here")]

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::Failure;

/// What a file holds.
pub(super) enum Content {
    /// Text.
    Text(String),
    /// Bytes that are no text from this one on; before it is text.
    NoText(String),
    /// More bytes than were asked for.
    TooLarge,
}

/// Reads a file of at most `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Content> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Ok(Content::TooLarge);
    }
    Ok(String::from_utf8(bytes).map_or_else(
        |error| {
            let text = error.utf8_error().valid_up_to();
            Content::NoText(String::from_utf8_lossy(&error.as_bytes()[..text]).into_owned())
        },
        Content::Text,
    ))
}

/// Writes a file that was not there before.
pub(super) fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Writes a file, be there one or not, and the folders above it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, bytes)).map_err(
        |error| Failure::could_not(format!("couldn't write {}: {}", path.display(), because(&error))),
    )
}

/// Whether there is anything of this name.
pub(super) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Why the system refused, in plain words.
pub(super) fn because(error: &io::Error) -> String {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system has many reasons and may get more")]
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "you may not do that there",
        ErrorKind::AlreadyExists => "there is something of that name already",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of the path is no folder",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "that disk can only be read",
        _ => {
            let text = error.to_string();
            return text.split(" (os error").next().unwrap_or_default().to_lowercase();
        }
    };
    words.to_owned()
}
