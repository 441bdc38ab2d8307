//! The journal of an open session: a file that only grows, one record after the other.
//!
//! Owns the framing of records and what can be trusted after a crash. Never looks into a record's
//! payload; JSON is meant for it: one compact line, every Unicode text and every 64-bit number
//! unchanged, missing and additional fields harmless, read at a nesting of 127.
//!
//! A journal starts with a head: magic, version, a random salt, and a checksum of these. A record is
//! its checksum, its length, its kind, its payload. The checksum covers the salt and the record's
//! place too: bytes of another journal, or a record that was moved, taken out or put in, don't
//! pass. All numbers are little-endian.
//!
//! A journal is made whole (head and first records, synced, then renamed into place) and never
//! continued by another run of the program: what an earlier run left in it may be in the system's
//! memory only, and nobody could tell. After any failure, and at each opening, a new one is made.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failed::{Act, Doing, Failed};
use super::medium::{Medium, OpenFile, beside};
use super::replace::{put, replace};

/// The newest version that this program writes and understands.
pub const VERSION: u32 = 1;

const MAGIC: [u8; 8] = *b"visavis\x1a";
const HEAD: usize = MAGIC.len() + 4 + 4 + 4;
const RECORD_HEAD: usize = 4 + 4 + 1;

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The whole state at which the journal starts.
    Opened,
    /// All events of one command.
    Frame,
    /// A line that somebody is typing.
    Draft,
    /// The session file was written: up to where, and its digest.
    Checkpoint,
}

impl Kind {
    const fn byte(self) -> u8 {
        match self {
            Self::Opened => 1,
            Self::Frame => 2,
            Self::Draft => 3,
            Self::Checkpoint => 4,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Opened),
            2 => Some(Self::Frame),
            3 => Some(Self::Draft),
            4 => Some(Self::Checkpoint),
            _ => None,
        }
    }
}

/// One record of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// What it is about.
    pub kind: Kind,
    /// What it says.
    pub payload: &'a [u8],
}

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents<'a> {
    /// The records before the first damage, in order.
    pub records: Vec<Record<'a>>,
    /// The first damage, where there is one.
    pub damage: Option<Damage>,
}

/// A place from which on a journal cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins, in bytes; all that follows belongs to what must be kept aside.
    pub at: usize,
    /// How many bytes are there from here to the end.
    pub len: usize,
    /// How many whole records were found behind it. They are not used: what they change may rest
    /// on what was lost. None means most likely that the last writing was cut off before it was
    /// acknowledged, which is normal after a crash.
    pub whole_after: usize,
}

/// Why a file is no journal for this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadError {
    /// It doesn't begin as a journal does, or its first bytes are damaged.
    Foreign,
    /// A newer program wrote it, in this version.
    Newer(u32),
}

impl std::fmt::Display for HeadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Foreign => f.write_str("it is not a journal, or its beginning is damaged"),
            Self::Newer(version) => {
                write!(
                    f,
                    "a newer visavis wrote it (journal version {version}, this one reads up to {VERSION})"
                )
            }
        }
    }
}

impl std::error::Error for HeadError {}

/// Reads a journal, up to its first damage, in time linear in its size. Nothing is allocated on the
/// word of a length in it.
///
/// # Errors
/// Where it has no sound head of a version known here.
pub fn read(bytes: &[u8]) -> Result<Contents<'_>, HeadError> {
    let salt = read_head(bytes)?;
    let mut records = Vec::new();
    let mut at = HEAD;
    while at < bytes.len() {
        let Some((record, next)) = record_at(bytes, at, salt) else {
            let damage = Damage { at, len: bytes.len() - at, whole_after: whole_after(bytes, at, salt) };
            return Ok(Contents { records, damage: Some(damage) });
        };
        records.push(record);
        at = next;
    }
    Ok(Contents { records, damage: None })
}

fn read_head(bytes: &[u8]) -> Result<u32, HeadError> {
    let head = bytes.get(..HEAD).ok_or(HeadError::Foreign)?;
    let (summed, checksum) = head.split_at(HEAD - 4);
    if !summed.starts_with(&MAGIC) || number(checksum, 0) != Some(crc32fast::hash(summed)) {
        return Err(HeadError::Foreign);
    }
    match (number(summed, MAGIC.len()), number(summed, MAGIC.len() + 4)) {
        (Some(VERSION), Some(salt)) => Ok(salt),
        (Some(version), _) => Err(HeadError::Newer(version)),
        (None, _) => Err(HeadError::Foreign),
    }
}

/// What stands at `at` if it is a record, with its checksum and where the next would begin.
fn candidate(bytes: &[u8], at: usize) -> Option<(Record<'_>, u32, usize)> {
    let checksum = number(bytes, at)?;
    let len = usize::try_from(number(bytes, at + 4)?).ok()?;
    let kind = Kind::from_byte(*bytes.get(at + 8)?)?;
    let start = at + RECORD_HEAD;
    let end = start.checked_add(len)?;
    Some((Record { kind, payload: bytes.get(start..end)? }, checksum, end))
}

/// The whole record at `at`, and where the next begins.
fn record_at(bytes: &[u8], at: usize, salt: u32) -> Option<(Record<'_>, usize)> {
    let (record, checksum, end) = candidate(bytes, at)?;
    (record_checksum(salt, at, record) == Some(checksum)).then_some((record, end))
}

/// Counts whole records behind a damage. Every byte may look like a record's beginning and claim
/// a long payload, so what may be spent on checksums is bounded.
fn whole_after(bytes: &[u8], damage: usize, salt: u32) -> usize {
    let mut budget = bytes.len().saturating_mul(8);
    let (mut at, mut found) = (damage + 1, 0);
    while at < bytes.len() {
        let affordable =
            candidate(bytes, at).and_then(|(record, _, _)| budget.checked_sub(record.payload.len()));
        if let Some(left) = affordable {
            budget = left;
            if let Some((_, next)) = record_at(bytes, at, salt) {
                found += 1;
                at = next;
                continue;
            }
        }
        at += 1;
    }
    found
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// None where the payload is longer than a record can say.
fn record_checksum(salt: u32, at: usize, record: Record<'_>) -> Option<u32> {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&salt.to_le_bytes());
    hasher.update(&u64::try_from(at).ok()?.to_le_bytes());
    hasher.update(&u32::try_from(record.payload.len()).ok()?.to_le_bytes());
    hasher.update(&[record.kind.byte()]);
    hasher.update(record.payload);
    Some(hasher.finalize())
}

/// A journal that is being written.
///
/// Records are pushed and then committed together. After a failure it takes nothing more: make a
/// new one that starts at the state in memory.
#[derive(Debug)]
pub struct Journal {
    file: Box<dyn OpenFile>,
    path: PathBuf,
    salt: u32,
    most: u64,
    len: usize,
    pending: Vec<u8>,
    failed: bool,
}

impl Journal {
    /// Makes a journal with its first records and puts it at `path`, in place of an older one,
    /// in one step; all of it is on the disk then. `salt` is any random number. What was there until now is kept
    /// under the name `before`, where one is given.
    ///
    /// # Errors
    /// The first operation that failed. An older journal is still there then, or the new one is.
    pub fn create(
        medium: &dyn Medium,
        path: &Path,
        salt: u32,
        first: &[Record<'_>],
        before: Option<&Path>,
    ) -> Result<Self, Failed> {
        let most = medium.limits().journal();
        let bytes = whole(path, salt, most, first)?;
        replace(medium, path, &bytes, before)?;
        let file = medium.append(path).doing(Act::Write, path)?;
        let path = path.to_path_buf();
        Ok(Self { file, path, salt, most, len: bytes.len(), pending: Vec::new(), failed: false })
    }

    /// Puts a journal at `path` that nobody goes on with, for those who look for the session before the disk
    /// has the [first](Journal::create).
    ///
    /// # Errors
    /// The first operation that failed.
    pub fn announce(medium: &dyn Medium, path: &Path, salt: u32, first: &[Record<'_>]) -> Result<(), Failed> {
        put(medium, path, &whole(path, salt, medium.limits().journal(), first)?)
    }

    /// Adds a record to those that the next commit writes.
    ///
    /// # Errors
    /// `FileTooLarge` where the journal would become larger than is [read](super::Limits::journal); what was pushed
    /// before can still be committed. Or where this journal failed before.
    pub fn push(&mut self, record: Record<'_>) -> Result<(), Failed> {
        self.check()?;
        push(&mut self.pending, self.len, self.most, self.salt, record).doing(Act::Write, &self.path)
    }

    /// Writes what was pushed and makes sure that the disk has it: only then it is *saved*.
    ///
    /// # Errors
    /// The operation that failed, now or before; nothing is known then about what was pushed since
    /// the last success.
    pub fn commit(&mut self) -> Result<(), Failed> {
        self.check()?;
        if self.pending.is_empty() {
            return Ok(());
        }
        self.failed = true;
        self.file.write(&self.pending).doing(Act::Write, &self.path)?;
        self.file.sync().doing(Act::Sync, &self.path)?;
        self.failed = false;
        self.len += self.pending.len();
        self.pending.clear();
        Ok(())
    }

    /// Whether it still lies where it was made, as long as it was made. Where somebody removed it, put something in
    /// its place, cut it off or added to it, not all that was committed outlives this program.
    ///
    /// # Errors
    /// The system's refusal to look.
    pub fn is_in_place(&self) -> Result<bool, Failed> {
        let len = u64::try_from(self.len).unwrap_or(u64::MAX);
        self.file.is_at(&self.path, len).doing(Act::Read, &self.path)
    }

    /// Its size with what is still to be committed, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.len + self.pending.len()
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn check(&self) -> Result<(), Failed> {
        if self.failed {
            let cause = io::Error::other("an earlier writing to it failed; a new one is needed");
            return Err(Failed::new(Act::Write, &self.path, cause));
        }
        Ok(())
    }
}

/// Where the damaged bytes of a journal are kept when a new one takes its place.
#[must_use]
pub fn aside(path: &Path, salt: u32) -> PathBuf {
    beside(path, &format!(".{salt:08x}.damaged"))
}

/// The bytes of a journal that is to lie at `path`.
fn whole(path: &Path, salt: u32, most: u64, records: &[Record<'_>]) -> Result<Vec<u8>, Failed> {
    let mut bytes = head(salt);
    for record in records {
        push(&mut bytes, 0, most, salt, *record).doing(Act::Write, path)?;
    }
    Ok(bytes)
}

/// Whether damaged bytes of the journal at `path` are kept under this name.
#[must_use]
pub fn is_aside(path: &Path, kept: &Path) -> bool {
    let (path, kept) = (path.as_os_str().as_encoded_bytes(), kept.as_os_str().as_encoded_bytes());
    kept.starts_with(path) && kept.ends_with(b".damaged")
}

fn head(salt: u32) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&salt.to_le_bytes());
    let checksum = crc32fast::hash(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Adds `record` to `bytes`, which will stand at `start` in a file of at most `most` bytes.
fn push(bytes: &mut Vec<u8>, start: usize, most: u64, salt: u32, record: Record<'_>) -> io::Result<()> {
    let at = start + bytes.len();
    let end = at + RECORD_HEAD + record.payload.len();
    let fits = u64::try_from(end).is_ok_and(|end| end <= most);
    let len = u32::try_from(record.payload.len()).ok().filter(|_| fits);
    let (Some(len), Some(checksum)) = (len, record_checksum(salt, at, record)) else {
        return Err(ErrorKind::FileTooLarge.into());
    };
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(&len.to_le_bytes());
    bytes.push(record.kind.byte());
    bytes.extend_from_slice(record.payload);
    Ok(())
}

#[cfg(test)]
mod tests;
