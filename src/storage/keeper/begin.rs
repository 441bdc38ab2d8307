//! What the keeping of a session begins with, and goes on with.
//!
//! Owns what a journal says first. Never says when one is made: the writer does.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::session::{FrameId, Log, TypedIn, Unfinished};
use crate::storage::failed::{Act, Doing, Failed};
use crate::storage::follow::Followers;
use crate::storage::inbox::Inbox;
use crate::storage::journal::{Journal, Kind, Record};
use crate::storage::kept::Unknowns;
use crate::storage::lock::Lock;
use crate::storage::medium::Medium;
use crate::storage::payload;
use crate::storage::session_file;

/// What the keeping of a session begins with.
#[derive(Debug)]
pub(in crate::storage) struct Begin {
    pub(in crate::storage) medium: Arc<dyn Medium>,
    /// Held as long as this lives. None where the file system knows no locks.
    pub(in crate::storage) lock: Option<Lock>,
    pub(in crate::storage) log: Log,
    pub(in crate::storage) unknowns: Unknowns,
    pub(in crate::storage) drafts: BTreeMap<TypedIn, Unfinished>,
    pub(in crate::storage) file: PathBuf,
    pub(in crate::storage) journal: PathBuf,
    /// A number that the journal before this one did not have.
    pub(in crate::storage) salt: u32,
    /// The digests of what the file may hold without somebody else's having changed it.
    pub(in crate::storage) ours: Vec<u64>,
    /// Commands that may still lie in the inbox although they are in the log.
    pub(in crate::storage) taken: Vec<FrameId>,
    /// Whether something that was removed for good may still lie about.
    pub(in crate::storage) erasing: bool,
    /// Whether the session's file may never have been there.
    pub(in crate::storage) absent: bool,
    pub(in crate::storage) inbox: Inbox,
    pub(in crate::storage) followers: Followers,
}

impl Begin {
    /// Lets those who look for the session find it from now on, though the disk has nothing of it yet.
    pub(in crate::storage) fn announce(&self) -> Result<(), Failed> {
        Journal::announce(&*self.medium, &self.journal, self.salt, &records(&self.first()?))
    }

    /// The records that a journal begins with.
    pub(super) fn first(&self) -> Result<Vec<(Kind, Vec<u8>)>, Failed> {
        let session = self.log.session();
        let kept = if self.unknowns.is_empty() {
            String::new()
        } else {
            session_file::text(session, &self.unknowns)
                .map_err(std::io::Error::other)
                .doing(Act::Write, &self.journal)?
        };
        let opened = payload::Opened {
            seq: self.log.seq(),
            file: self.file.clone().into_os_string(),
            ours: self.ours.clone(),
            taken: self.taken.clone(),
            erasing: self.erasing,
            absent: self.absent,
            kept,
            session: std::borrow::Cow::Borrowed(session),
        };
        let json =
            |value: serde_json::Result<Vec<u8>>| value.map_err(Into::into).doing(Act::Write, &self.journal);
        let mut payloads = vec![(Kind::Opened, json(serde_json::to_vec(&opened))?)];
        for (place, typed) in &self.drafts {
            let draft = payload::Draft { place: *place, typed: typed.clone() };
            payloads.push((Kind::Draft, json(serde_json::to_vec(&draft))?));
        }
        Ok(payloads)
    }
}

pub(super) fn records(payloads: &[(Kind, Vec<u8>)]) -> Vec<Record<'_>> {
    payloads.iter().map(|(kind, payload)| Record { kind: *kind, payload }).collect()
}
