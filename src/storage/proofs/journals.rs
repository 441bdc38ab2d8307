//! A journal of a hundred notes, cut off at every length and with every single bit flipped.
//!
//! Every time: everything before the damage is there, nothing else is; the damaged bytes are kept, each one;
//! and it is told how much is missing. A journal that ends exactly between two records bears no trace of
//! what once followed: that, and only that, cannot be seen from the journal itself.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::{places, seed, session_files, store, visible};
use crate::random::SeededRandom;
use crate::session::testing::Room;
use crate::session::{Log, Session};
use crate::storage::journal::{self, Kind};
use crate::storage::keeper::Writer;
use crate::storage::medium::{Medium, READ_LIMIT};
use crate::storage::session_file;
use crate::storage::sim::{Cut, SimDisk};

const NOTES: usize = 100;

/// The session's file was last written after so many of them.
const IN_FILE: usize = 60;

/// A session that was cut off, with what is known of it.
struct Journal {
    disk: SimDisk,
    path: PathBuf,
    file: PathBuf,
    bytes: Vec<u8>,
    /// Where each record ends, the first being the state that it starts at.
    ends: Vec<usize>,
    /// The session after each of them.
    states: Vec<Arc<Session>>,
    /// The records that say what is in the file.
    checkpoints: Vec<usize>,
}

#[test]
fn a_damaged_journal_gives_everything_before_the_damage() {
    let journal = Journal::written();
    let mut chance = SeededRandom::new(seed());
    let bits = journal.bytes.len() * 8;
    let lengths: Vec<usize> = (0..40).map(|_| chance.below(journal.bytes.len())).collect();
    let lengths = lengths.into_iter().chain(journal.ends.iter().step_by(25).copied());
    lengths.for_each(|len| journal.is_cut_off(len));
    (0..120).for_each(|_| journal.has_a_flipped_bit(chance.below(bits)));
    (0..4).for_each(|_| journal.has_a_flipped_bit(chance.below(journal.ends[0] * 8)));
}

#[test]
#[ignore = "takes minutes: see tests/README.md"]
fn deep_a_damaged_journal_gives_everything_before_the_damage() {
    let journal = Journal::written();
    let (len, bits) = (journal.bytes.len(), journal.bytes.len() * 8);
    shared_out(0..len, |len| journal.is_cut_off(len));
    println!("truncations: {len} of a journal of {NOTES} notes: 0 losses before the damage");
    shared_out(0..bits, |bit| journal.has_a_flipped_bit(bit));
    println!("flipped bits: {bits} of a journal of {NOTES} notes: 0 losses before the damage");
}

/// Does it for each number, on all the processors there are.
fn shared_out(all: Range<usize>, each: impl Fn(usize) + Sync) {
    let shares = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for share in 0..shares {
            let (each, share) = (&each, all.clone().skip(share).step_by(shares));
            scope.spawn(move || share.for_each(each));
        }
    });
}

impl Journal {
    fn written() -> Self {
        let disk = SimDisk::new();
        let ready = store(&disk).begun(Room::new().session().clone()).unwrap();
        let (path, file) = (ready.begin.journal.clone(), ready.begin.file.clone());
        let mut writer = Writer::new(ready.begin, Box::new(|_| {}));
        let notes = |room: Room, n| room.note("sales", &format!("{n}: we visit once a month"));
        let room = (0..NOTES).fold(Room::new().go("practices").next(), notes);
        let mut log = Log::new(Room::new().session().clone(), 0);
        writer.settle();
        for frame in room.frames() {
            log.append(frame).unwrap();
            writer.frame(frame);
            writer.settle();
            if log.session().notes.len() == IN_FILE
                && frame.seq == room.log().seq() - (NOTES - IN_FILE) as u64
            {
                writer.checkpoint(visible(log.session()));
                writer.settle();
            }
        }
        drop(writer);
        let bytes = disk.read(&path, READ_LIMIT).unwrap();
        let mut written =
            Self { disk, path, file, bytes, ends: Vec::new(), states: Vec::new(), checkpoints: Vec::new() };
        written.take_apart();
        assert_eq!(written.states.last().unwrap().notes.len(), NOTES);
        written
    }

    fn take_apart(&mut self) {
        let contents = journal::read(&self.bytes).unwrap();
        assert_eq!(contents.damage, None);
        let mut log = Log::new(Room::new().session().clone(), 0);
        for record in &contents.records {
            match record.kind {
                Kind::Frame => {
                    log.append(&serde_json::from_slice(record.payload).unwrap()).unwrap();
                }
                Kind::Checkpoint => self.checkpoints.push(self.ends.len()),
                Kind::Opened | Kind::Draft => {}
            }
            let end = record.payload.as_ptr_range().end as usize - self.bytes.as_ptr() as usize;
            self.ends.push(end);
            self.states.push(Arc::new(log.session().clone()));
        }
    }

    /// How many records are whole before this byte.
    fn whole_before(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end <= at)
    }

    fn is_cut_off(&self, len: usize) {
        let whole = self.whole_before(len);
        let between = whole > 0 && self.ends[whole - 1] == len;
        let told = if between { None } else { Some("ends within a record") };
        self.gives(&format!("cut off at {len}"), whole, told, |bytes| bytes.truncate(len));
    }

    fn has_a_flipped_bit(&self, bit: usize) {
        let whole = self.whole_before(bit / 8);
        let behind = self.ends.len() - whole - 1;
        let told = match behind {
            0 => "ends within a record".to_owned(),
            behind => format!("{behind} changes at its end could not be used"),
        };
        self.gives(&format!("bit {bit} flipped"), whole, Some(&told), |bytes| {
            bytes[bit / 8] ^= 1 << (bit % 8);
        });
    }

    /// The damaged journal is gone on with: the first `whole` records are there.
    fn gives(&self, damage: &str, whole: usize, told: Option<&str>, change: impl Fn(&mut Vec<u8>)) {
        let image = self.disk.power_cut(Cut::Lose);
        image.tamper(&self.path, &change);
        let mut damaged = self.bytes.clone();
        change(&mut damaged);
        let ready = store(&image).resumed(&self.file).unwrap();
        let session = ready.begin.log.session();
        let mut sentences = ready.found.iter();
        if whole == 0 {
            let sentence = sentences.next().unwrap();
            assert!(sentence.contains("damaged from its beginning"), "{damage}: {sentence}");
            assert_eq!(session.notes.len(), IN_FILE, "{damage}: the file is all there is");
        } else {
            assert!(session == &*self.states[whole - 1], "{damage}: not all, or more than there was");
            if let Some(told) = told {
                let sentence = sentences.next().unwrap_or_else(|| panic!("{damage}: nothing is told"));
                assert!(sentence.contains(told), "{damage}: {sentence}");
            }
            // The file is newer than what is left of the journal: it must not be written over.
            if self.checkpoints.iter().any(|checkpoint| *checkpoint >= whole) {
                let sentence =
                    sentences.next().unwrap_or_else(|| panic!("{damage}: the file is not told of"));
                assert!(sentence.contains(".outside.ron"), "{damage}: {sentence}");
                let files = session_files(&image);
                let outside = files.iter().find(|file| file.to_string_lossy().contains(".outside."));
                let kept = session_file::load(&image, outside.unwrap()).unwrap().0;
                assert_eq!(kept.notes.len(), IN_FILE, "{damage}");
            }
        }
        assert_eq!(sentences.next(), None, "{damage}");
        if told.is_some() || whole == 0 {
            assert!(kept_aside(&image, &damaged), "{damage}: the damaged bytes are not kept");
        }
    }
}

/// Whether exactly these bytes are kept beside the journals.
fn kept_aside(disk: &SimDisk, bytes: &[u8]) -> bool {
    let folder = places().journals();
    let is_damaged = |path: &Path| path.extension().is_some_and(|ending| ending == "damaged");
    let names = disk.list(&folder).unwrap().into_iter().map(|name| folder.join(name));
    names.filter(|path| is_damaged(path)).any(|path| disk.read(&path, READ_LIMIT).unwrap() == bytes)
}
