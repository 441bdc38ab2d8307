//! Why a session can't be begun, read or gone on with, in words for the person who wanted to.

use std::fmt;
use std::path::{Path, PathBuf};

use super::failed::Failed;
use super::kept;
use super::limits::Limits;

/// What stands in the way, and the way out.
#[derive(Debug)]
pub enum Trouble {
    /// The disk refused.
    Failed {
        /// What it refused.
        failed: Failed,
        /// What the file or folder is for, and what can be done.
        advice: &'static str,
    },
    /// The file isn't what it should be.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        place: kept::Unreadable,
    },
    /// The file reads well, but it contradicts itself.
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A newer program wrote it.
    Newer {
        /// The file.
        path: PathBuf,
        /// The format number it bears.
        format: u32,
    },
    /// Another program runs this session.
    Elsewhere {
        /// The session's file.
        path: PathBuf,
    },
}

impl Trouble {
    pub(super) fn unreadable(path: &Path, place: kept::Unreadable) -> Self {
        Self::Unreadable { path: path.to_path_buf(), place }
    }

    pub(super) fn unsound(path: &Path, what: impl Into<String>) -> Self {
        Self::Unsound { path: path.to_path_buf(), what: what.into() }
    }

    pub(super) fn elsewhere(path: &Path) -> Self {
        Self::Elsewhere { path: path.to_path_buf() }
    }

    /// Whether what was asked for is wrong, rather than something that couldn't be done.
    #[must_use]
    pub fn is_wrong_input(&self) -> bool {
        match self {
            Self::Unreadable { .. } | Self::Unsound { .. } | Self::Newer { .. } => true,
            Self::Failed { failed, .. } => failed.is_too_large(),
            Self::Elsewhere { .. } => false,
        }
    }

    /// What can be done about it: a sentence.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Failed { failed, .. } if failed.is_too_large() => Limits::ADVICE,
            Self::Failed { failed, .. } if failed.is_out_of_memory() => {
                "Close other programs, or read it on a computer with more memory."
            }
            Self::Failed { advice, .. } => advice,
            Self::Unreadable { .. } | Self::Unsound { .. } => {
                "Mend it in an editor, or use its previous version, where one lies beside it."
            }
            Self::Newer { .. } => "Open it with that visavis, or a newer one.",
            Self::Elsewhere { .. } => {
                "Go on there, or leave it there first. `visavis show` can read it meanwhile."
            }
        }
    }
}

/// What is wrong and where, without the advice.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Debug quotes a path and escapes what could act on a terminal.
        match self {
            Self::Failed { failed, .. } => failed.fmt(f),
            Self::Unreadable { path, place } => write!(f, "couldn't read {path:?}, {place}"),
            Self::Unsound { path, what } => write!(f, "couldn't use {path:?}: {what}"),
            Self::Newer { path, format } => {
                write!(f, "{path:?} was written by a newer visavis (format {format})")
            }
            Self::Elsewhere { path } => write!(f, "the session {path:?} is running in another program"),
        }
    }
}

impl std::error::Error for Trouble {}

/// Adds what can be done to a failure of the disk.
pub(super) trait Advised<T> {
    /// The same result, its failure told with `advice`.
    fn advised(self, advice: &'static str) -> Result<T, Trouble>;
}

impl<T> Advised<T> for Result<T, Failed> {
    fn advised(self, advice: &'static str) -> Result<T, Trouble> {
        self.map_err(|failed| Trouble::Failed { failed, advice })
    }
}
