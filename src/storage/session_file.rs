//! The file of a session: how it is read and written.
//!
//! Owns what makes a file acceptable. Never decides when it is written.

use std::path::Path;

use super::failed::{Act, Doing};
use super::kept::{self, Unknowns, Unwritable};
use super::medium::{Medium, READ_LIMIT};
use super::trouble::{Advised, Trouble};
use crate::session::{FORMAT, Session};

/// What a file's value is called.
const NAME: &str = "Session";

/// Reads a session, and what a newer program wrote into it.
///
/// # Errors
/// [`Trouble`] that names the file, and the line and column where that makes sense.
pub fn load(medium: &dyn Medium, path: &Path) -> Result<(Session, Unknowns), Trouble> {
    read(path, &bytes(medium, path)?)
}

pub(super) fn bytes(medium: &dyn Medium, path: &Path) -> Result<Vec<u8>, Trouble> {
    medium
        .read(path, READ_LIMIT)
        .doing(Act::Read, path)
        .advised("`visavis list` shows the sessions there are.")
}

/// Makes a session of the bytes of the file at `path`. Its format number is looked at first: what a
/// newer format means, this program cannot know.
///
/// # Errors
/// As [`load`].
pub fn read(path: &Path, bytes: &[u8]) -> Result<(Session, Unknowns), Trouble> {
    let unreadable = |place| Trouble::unreadable(path, place);
    match kept::format_of(bytes).map_err(unreadable)? {
        Some(format) if format > FORMAT => {
            return Err(Trouble::Newer { path: path.to_path_buf(), format });
        }
        Some(_) | None => {}
    }
    let (session, unknowns) = kept::load::<Session>(bytes).map_err(unreadable)?;
    session.sound().map_err(|what| Trouble::unsound(path, what))?;
    Ok((session, unknowns))
}

/// The text of a session's file: each field a line, each thing that people wrote a block.
///
/// # Errors
/// Where it couldn't be read again.
pub fn text(session: &Session, unknowns: &Unknowns) -> Result<String, Unwritable> {
    kept::save(NAME, session, unknowns)
}
