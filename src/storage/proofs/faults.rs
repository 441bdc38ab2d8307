//! The disk fails at every operation of a session, with every error, once and for ever.
//!
//! Every time: what was told as saved is on the disk, the session file is old or new, what could not be
//! written is told with its reason, the session goes on and can be saved elsewhere, and when the disk works
//! again everything reaches it without anybody's asking. No file is synced again after a failed sync.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::tale::Tale;
use super::{seed, session_files, store, visible};
use crate::random::SeededRandom;
use crate::storage::medium::{Medium, READ_LIMIT};
use crate::storage::payload::digest;
use crate::storage::session_file;
use crate::storage::sim::{Cut, Fault, SimDisk};
use crate::storage::trouble::Trouble;

/// So many things happen in each session.
const LENGTH: usize = 40;

/// Another disk, which works.
const STICK: &str = "/stick";

/// What a disk may say, and what people are told then. A short write takes only a part.
const ERRORS: [(ErrorKind, &str); 7] = [
    (ErrorKind::Other, "the disk has a fault"),
    (ErrorKind::StorageFull, "the disk is full"),
    (ErrorKind::PermissionDenied, "this account is not allowed to"),
    (ErrorKind::ReadOnlyFilesystem, "the disk can only be read"),
    (ErrorKind::QuotaExceeded, "your share of the disk is used up"),
    (ErrorKind::Interrupted, "the system interrupted it"),
    (ErrorKind::WriteZero, "the disk took only a part of it"),
];

#[derive(Debug, Default)]
struct Counts {
    faults: usize,
    told: usize,
    not_begun: usize,
}

#[test]
fn a_fault_of_the_disk_is_told_and_got_over() {
    prove(60);
}

#[test]
#[ignore = "takes minutes: see tests/README.md"]
fn deep_a_fault_of_the_disk_is_told_and_got_over() {
    prove(1);
}

/// Tries one fault of so many.
fn prove(one_of: usize) {
    let seed = seed();
    let mut chance = SeededRandom::new(seed);
    let operations = {
        let mut run = Run::new(seed, None);
        run.whole();
        run.tale.disk.log()
    };
    let mut whole = HashSet::new();
    let mut counts = Counts::default();
    for (at, operation) in operations.iter().enumerate() {
        for (error, words) in ERRORS {
            for lasting in [false, true] {
                if !can_be(operation, error) || chance.below(one_of) > 0 {
                    continue;
                }
                let mut run = Run::new(seed, Some((Fault { at, error, lasting }, words)));
                std::mem::swap(&mut run.whole, &mut whole);
                run.whole();
                std::mem::swap(&mut run.whole, &mut whole);
                counts.faults += 1;
                counts.told += usize::from(!run.tale.failures.is_empty());
                counts.not_begun += usize::from(run.not_begun);
            }
        }
    }
    println!(
        "faults, from seed {seed}: {} faults in {} operations, {} told while the session ran, {} before it \
         began: 0 losses",
        counts.faults,
        operations.len(),
        counts.told,
        counts.not_begun
    );
    assert!(counts.told > 0 && counts.not_begun > 0, "{counts:?}");
}

/// Only writing can be short. That a folder may not be looked into is no fault: nobody whom it keeps out has
/// made anything in it.
fn can_be(operation: &str, error: ErrorKind) -> bool {
    let (is_write, is_folder) = (operation.starts_with("write "), operation.starts_with("sync-folder "));
    (error != ErrorKind::WriteZero || is_write) && !(error == ErrorKind::PermissionDenied && is_folder)
}

/// One session, on a disk with one fault or none.
struct Run {
    tale: Tale,
    fault: Option<(Fault, &'static str)>,
    not_begun: bool,
    /// Digests of session files that were found to be whole and true.
    whole: HashSet<u64>,
    place: String,
}

impl Run {
    fn new(seed: u64, fault: Option<(Fault, &'static str)>) -> Self {
        let disk = SimDisk::new();
        let stick = Path::new(STICK);
        disk.create_folder(stick).unwrap();
        disk.sync_folder(Path::new("/")).unwrap();
        disk.spare(stick);
        if let Some((fault, _)) = fault {
            disk.fail(fault);
        }
        let place = format!("VISAVIS_PROOF_SEED={seed}, {fault:?}");
        Self { tale: Tale::new(disk, seed), fault, not_begun: false, whole: HashSet::new(), place }
    }

    fn whole(&mut self) {
        self.begin();
        for _ in 0..LENGTH {
            self.tale.go_on();
        }
        self.is_kept();
        self.is_left();
        assert_eq!(self.tale.disk.synced_again(), [""; 0].map(Path::new), "{}", self.place);
    }

    /// Where a session can't be begun, it is told why; nothing is left in the way of the next try.
    fn begin(&mut self) {
        let begun = self.tale.begin();
        self.not_begun = begun.is_err();
        if let Err(trouble) = begun {
            self.tells_why(&trouble);
            if self.is_lasting() {
                let again = self.tale.begin().unwrap_err();
                self.tells_why(&again);
            }
            self.heal();
            self.tale.begin().unwrap();
        }
    }

    /// Everything is saved, or it is told that it isn't, and then it is when the disk works again.
    fn is_kept(&mut self) {
        let title = self.tale.one_more();
        self.tale.wants(&title.what);
        self.tale.settle();
        if self.has_failed() && self.is_lasting() {
            assert!(self.tale.writer().is_in_trouble(), "{}: nobody is told", self.place);
            let why = self.tale.failures.last().unwrap();
            assert!(why.contains(self.words()), "{}: {why}", self.place);
            self.is_safe();
            self.saves_elsewhere();
            self.heal();
        }
        if self.tale.writer().is_in_trouble() {
            self.tale.settle();
        }
        assert!(!self.tale.writer().is_in_trouble(), "{}: {:?}", self.place, self.tale.failures);
        let (newest, now) = (self.tale.states.end(), self.tale.disk.operations());
        assert_eq!(self.tale.states.least(now), Some(newest), "{}: it isn't told as saved", self.place);
        self.is_safe();
    }

    fn saves_elsewhere(&mut self) {
        let copy = Path::new(STICK).join("copy.ron");
        let visible = visible(self.tale.log.session());
        self.tale.writer().save_elsewhere(copy.clone(), visible.clone());
        self.tale.settle();
        assert!(self.tale.writer().is_in_trouble(), "{}", self.place);
        let (session, _) = session_file::load(&self.tale.disk.power_cut(Cut::Lose), &copy).unwrap();
        assert!(session == *visible, "{}: elsewhere it is another", self.place);
    }

    /// Leaving with a fault says so; all that was saved can be gone on with.
    fn is_left(&mut self) {
        if let Err(why) = self.tale.leave(false) {
            assert!(self.has_failed() && why.contains(self.words()), "{}: {why}", self.place);
        }
        self.is_safe();
        let resumed = self.tale.resume();
        if let Err(trouble) = resumed {
            self.tells_why(&trouble);
            self.heal();
            self.tale.resume().unwrap();
        }
        self.is_kept();
    }

    /// What was told as saved is on the disk, and every session file there is whole, old or new.
    fn is_safe(&mut self) {
        let now = self.tale.disk.operations();
        for cut in [Cut::Lose, Cut::Keep] {
            let image = self.tale.disk.power_cut(cut);
            for file in session_files(&image) {
                let bytes = image.read(&file, READ_LIMIT).unwrap();
                if !self.whole.contains(&digest(&bytes)) {
                    let (session, _) = session_file::read(&file, &bytes).unwrap();
                    let known = self.tale.ever.iter().rev().any(|state| *visible(state) == session);
                    assert!(known, "{}: {file:?} holds what never was", self.place);
                    self.whole.insert(digest(&bytes));
                }
            }
            let ready = match store(&image).resumed(&self.tale.file) {
                Ok(ready) => ready,
                Err(trouble) => {
                    assert_eq!(self.tale.states.least(now), None, "{}: {trouble}", self.place);
                    continue;
                }
            };
            let log = &ready.begin.log;
            let found = Arc::new(log.session().clone());
            let place = self.tale.states.place(&found, self.tale.place_of(log.seq()), now);
            assert!(place.is_some(), "{}, {cut:?}: what was saved is missing, or invented", self.place);
        }
    }

    fn tells_why(&self, trouble: &Trouble) {
        assert!(trouble.to_string().contains(self.words()), "{}: {trouble}", self.place);
    }

    fn words(&self) -> &'static str {
        self.fault.map_or("no fault", |(_, words)| words)
    }

    fn is_lasting(&self) -> bool {
        self.fault.is_some_and(|(fault, _)| fault.lasting)
    }

    fn has_failed(&self) -> bool {
        self.fault.is_some_and(|(fault, _)| fault.at < self.tale.disk.operations())
    }

    fn heal(&mut self) {
        self.tale.disk.heal();
        self.fault = None;
    }
}
