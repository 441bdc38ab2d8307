//! What a journal says, put together again.
//!
//! Owns what can be believed: each frame must fit the state that those before it made; the first that
//! doesn't is damage, and nothing behind it is used. Touches no disk.

use std::collections::BTreeMap;
use std::ffi::OsString;

use serde::de::DeserializeOwned;

use super::journal::{self, HeadError, Kind, Record};
use super::kept::{self, Unknowns};
use super::meter::from_json;
use super::payload::{Checkpoint, Draft, Opened};
use crate::session::{Effort, FORMAT, Frame, FrameId, Log, Session, TypedIn, Unfinished};

/// An open session as its journal has it.
#[derive(Debug)]
pub(super) struct Recovered {
    /// The session, with the frames since it was opened, which can be undone.
    pub(super) log: Log,
    /// Where its file lies, or is to lie.
    pub(super) file: OsString,
    /// What a newer program wrote into the file.
    pub(super) unknowns: Unknowns,
    /// What somebody was typing.
    pub(super) drafts: BTreeMap<TypedIn, Unfinished>,
    /// The digests of all that this program may have written to the file.
    pub(super) ours: Vec<u64>,
    /// The commands whose answers are in the log.
    pub(super) answered: Vec<FrameId>,
    /// Whether something that was removed for good may still lie about.
    pub(super) erasing: bool,
    /// Whether the session's file may never have been there.
    pub(super) absent: bool,
    /// What of the journal could not be used.
    pub(super) loss: Option<Loss>,
}

/// The end of a journal that could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// It stops within a record: most likely a writing that was never acknowledged.
    CutOff,
    /// So many whole changes follow a place that is damaged.
    Damaged(usize),
}

/// Why nothing of a journal can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Useless {
    /// A newer program wrote it.
    Newer(u32),
    /// Its beginning is damaged.
    Damaged,
}

/// The session with which a journal starts.
pub(super) fn opened(bytes: &[u8]) -> Result<Opened<'static>, Useless> {
    opening(&contents(bytes)?)
}

/// The session as it was when the journal ended.
pub(super) fn recover(bytes: &[u8]) -> Result<Recovered, Useless> {
    recover_within(bytes, Effort::of_people())
}

/// The same with so much effort; what takes more is damage.
pub(super) fn recover_within(bytes: &[u8], mut effort: Effort) -> Result<Recovered, Useless> {
    let contents = contents(bytes)?;
    let opened = opening(&contents)?;
    let session = opened.session.into_owned();
    let unknowns = match opened.kept.as_str() {
        "" => Unknowns::default(),
        kept => kept::load::<Session>(kept.as_bytes()).map_err(|_| Useless::Damaged)?.1,
    };
    let mut recovered = Recovered {
        log: Log::new(session, opened.seq),
        file: opened.file,
        unknowns,
        drafts: BTreeMap::new(),
        ours: opened.ours,
        answered: opened.taken,
        erasing: opened.erasing,
        absent: opened.absent,
        loss: contents.damage.map(|damage| match damage.whole_after {
            0 => Loss::CutOff,
            whole => Loss::Damaged(whole),
        }),
    };
    let mut records = contents.records.iter().skip(1);
    while let Some(record) = records.next() {
        if recovered.take(record, &mut effort).is_none() {
            let behind = contents.damage.map_or(0, |damage| damage.whole_after);
            recovered.loss = Some(Loss::Damaged(1 + records.len() + behind));
            break;
        }
    }
    Ok(recovered)
}

fn contents(bytes: &[u8]) -> Result<journal::Contents<'_>, Useless> {
    journal::read(bytes).map_err(|error| match error {
        HeadError::Newer(version) => Useless::Newer(version),
        HeadError::Foreign => Useless::Damaged,
    })
}

fn opening(contents: &journal::Contents<'_>) -> Result<Opened<'static>, Useless> {
    let first = contents.records.first().filter(|record| record.kind == Kind::Opened);
    let opened: Opened<'static> = first.and_then(parsed).ok_or(Useless::Damaged)?;
    if opened.session.format > FORMAT {
        return Err(Useless::Newer(opened.session.format));
    }
    if opened.session.sound().is_err() {
        return Err(Useless::Damaged);
    }
    Ok(opened)
}

fn parsed<T: DeserializeOwned>(record: &Record<'_>) -> Option<T> {
    from_json(record.payload).ok()
}

impl Recovered {
    /// None where the record doesn't fit.
    fn take(&mut self, record: &Record<'_>, effort: &mut Effort) -> Option<()> {
        match record.kind {
            Kind::Opened => return None,
            Kind::Frame => {
                let frame: Frame = parsed(record)?;
                self.log.append_within(&frame, effort).ok()?;
                self.answered.push(frame.id);
            }
            Kind::Draft => {
                let Draft { place, typed } = parsed(record)?;
                if typed.is_empty() {
                    self.drafts.remove(&place);
                } else {
                    self.drafts.insert(place, typed);
                }
            }
            Kind::Checkpoint => {
                let Checkpoint { digest, absent, .. } = parsed(record)?;
                self.ours.push(digest);
                self.absent = absent;
            }
        }
        Some(())
    }
}
