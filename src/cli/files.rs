//! Small files that are named on the command line: scripts read, copies and pages written.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::storage::medium::{folder_of, remove_if_there};
use crate::storage::{Act, Disk, Failed, Medium};

/// What a file holds.
pub(super) enum Content {
    /// Text.
    Text(String),
    /// Text up to bytes that are none: what stands before them.
    NoText(String),
    /// More bytes than were asked for.
    TooLarge,
}

/// Reads a file of at most `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Content, Failed> {
    let bytes = match Disk.read(path, most) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::FileTooLarge => return Ok(Content::TooLarge),
        Err(error) => return Err(Failed::new(Act::Read, path, error)),
    };
    Ok(String::from_utf8(bytes).map_or_else(
        |error| {
            let text = error.utf8_error().valid_up_to();
            Content::NoText(String::from_utf8_lossy(&error.as_bytes()[..text]).into_owned())
        },
        Content::Text,
    ))
}

/// The line and the column, both from 1, at which a text ends.
pub(super) fn end_of(text: &str) -> (usize, usize) {
    let line = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, line.chars().count() + 1)
}

/// Writes a file that was not there before.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Failed> {
    let mut file = Disk.create_new(path).map_err(|error| Failed::new(Act::Create, path, error))?;
    let written = file.write(text.as_bytes()).and_then(|()| file.sync());
    written.map_err(|error| Failed::new(Act::Write, path, error))?;
    let folder = folder_of(path);
    Disk.sync_folder(folder).map_err(|error| Failed::new(Act::SyncFolder, folder, error))
}

/// Writes a page that everybody may read, in place of what was there. A link there is replaced, not followed.
#[expect(
    clippy::disallowed_methods,
    reason = "what the storage writes is for its owner alone, a manual is not"
)]
pub(super) fn write_page(path: &Path, page: &[u8]) -> Result<(), Failed> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder).map_err(|error| Failed::new(Act::CreateFolder, folder, error))?;
    remove_if_there(&Disk, path).map_err(|error| Failed::new(Act::Remove, path, error))?;
    let written = std::fs::File::create_new(path).and_then(|mut file| file.write_all(page));
    written.map_err(|error| Failed::new(Act::Write, path, error))
}

/// Whether there is anything of this name.
pub(super) fn exists(path: &Path) -> bool {
    Disk.metadata(path).is_ok()
}
