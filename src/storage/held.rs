//! What a session's file holds: a session of this program, or one of a newer program to look at.
//!
//! Owns the difference, so that nothing which writes can be given a newer session by mistake.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::kept::{self, Unknowns};
use super::trouble::Trouble;
use crate::script::Script;
use crate::session::{Session, Shown};

/// What says who may see a thing: where that isn't understood, the thing is left out with it.
const DECISIVE: [&str; 2] = ["confidential", "anonymous"];

/// What a session's file holds.
#[derive(Debug, PartialEq)]
pub enum Held {
    /// A session that this program can go on with, and what a newer program wrote into it without changing what
    /// the rest means.
    Ours(Session, Unknowns),
    /// A session of a newer format, to be looked at only.
    Newer(ReadOnly),
}

impl Held {
    /// The session, to look at.
    #[must_use]
    pub const fn session(&self) -> &Session {
        match self {
            Self::Ours(session, _) => session,
            Self::Newer(read_only) => &read_only.session,
        }
    }

    /// What is to be said of a newer format; none where this program can go on with it.
    #[must_use]
    pub const fn newer(&self) -> Option<Newer> {
        match self {
            Self::Ours(..) => None,
            Self::Newer(read_only) => Some(read_only.newer),
        }
    }

    /// Its script, to run once more.
    ///
    /// # Errors
    /// [`Trouble::Newer`] where something was left out, which may be a part of the script.
    pub fn script(&self) -> Result<&Script, Trouble> {
        match self {
            Self::Newer(ReadOnly { path, newer: Newer { format, left_out: 1.. }, .. }) => {
                Err(Trouble::Newer { path: path.clone(), format: *format })
            }
            Self::Ours(session, _) | Self::Newer(ReadOnly { session, .. }) => Ok(&session.script),
        }
    }

    /// The session to go on with.
    ///
    /// # Errors
    /// [`Trouble::Newer`] where it can only be looked at.
    pub fn ours(self) -> Result<(Session, Unknowns), Trouble> {
        match self {
            Self::Ours(session, unknowns) => Ok((session, unknowns)),
            Self::Newer(ReadOnly { path, newer, .. }) => Err(Trouble::Newer { path, format: newer.format }),
        }
    }
}

/// A session of a newer format, as far as it is understood. There is no way from here to one that can be written.
#[derive(Debug, PartialEq)]
pub struct ReadOnly {
    path: PathBuf,
    session: Session,
    newer: Newer,
}

impl ReadOnly {
    /// What can be understood of the bytes of the file at `path`, which bear this newer format number. None
    /// where too little can.
    pub(super) fn of(path: &Path, bytes: &[u8], format: u32) -> Option<Self> {
        let (session, not_understood) = kept::load_partly::<Session>(bytes, &DECISIVE).ok()?;
        let (session, nowhere) = session.without_what_stands_nowhere();
        session.sound().ok()?;
        let newer = Newer { format, left_out: not_understood + nowhere };
        Some(Self { path: path.to_path_buf(), session, newer })
    }

    /// What is to be said of it.
    #[must_use]
    pub const fn newer(&self) -> Newer {
        self.newer
    }

    /// The session, to look at.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        Shown::from(&self.session)
    }
}

/// What is to be said of a session of a newer format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Newer {
    /// Its format number.
    pub format: u32,
    /// How many things in it are not understood, and left out.
    pub left_out: usize,
}

impl Newer {
    /// What to do to see more of it, or to change it: a sentence.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        if self.left_out == 0 {
            "Open it with that visavis, or a newer one, to change it."
        } else {
            "Open it with that visavis, or a newer one, to see all of it."
        }
    }
}

/// Why it is read-only, and what is missing: a clause that its name comes before.
impl fmt::Display for Newer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "was written by a newer visavis (format {}), so it is read-only", self.format)?;
        match self.left_out {
            0 => Ok(()),
            1 => f.write_str("; 1 thing in it isn't understood and is left out"),
            count => write!(f, "; {count} things in it aren't understood and are left out"),
        }
    }
}

#[cfg(test)]
mod tests;
