//! What the records of a journal say, as JSON.
//!
//! Owns the shapes. Never judges what was read: a journal is foreign input.

use std::borrow::Cow;
use std::ffi::OsString;

use serde::{Deserialize, Serialize};

use crate::session::{FrameId, Session, TypedIn, Unfinished};

/// The state at which a journal starts, hidden entries included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Opened<'a> {
    /// The number of the newest frame that is in the state.
    pub(super) seq: u64,
    /// The one true path of the session's file, in the system's own form: any path can be told.
    pub(super) file: OsString,
    /// The digests of what this program last wrote there, or meant to, or found.
    pub(super) ours: Vec<u64>,
    /// Commands that were taken from the inbox and are in the state, but may lie there still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) taken: Vec<FrameId>,
    /// Something was removed for good, and the file, or what was kept beside it, may still hold it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) erasing: bool,
    /// The session's file was not there when it was last looked for: it may never have been.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) absent: bool,
    /// The session as a file with what a newer program wrote; empty where that is nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) kept: String,
    /// The session.
    pub(super) session: Cow<'a, Session>,
}

/// What somebody is typing; empty when it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// Where it is typed.
    #[serde(flatten)]
    pub(super) place: TypedIn,
    /// What it is by now, in place of what was kept of the place before.
    #[serde(flatten)]
    pub(super) typed: Unfinished,
}

/// The session's file is about to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// The number of the newest frame that it tells of.
    pub(super) seq: u64,
    /// The digest of its bytes.
    pub(super) digest: u64,
    /// It was not there before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) absent: bool,
}

/// What tells one content of a file from another (FNV-1a): not against forgers, who could write the
/// journal as well.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    super::lock::fnv(bytes.iter())
}
