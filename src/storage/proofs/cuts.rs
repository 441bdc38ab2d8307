//! The power goes after every operation of a long session, in every way.
//!
//! Of each disk that is left: every session file is whole and of a state that there was; the session can be
//! gone on with; nothing that was acknowledged is missing, nothing is invented; what other programs handed
//! in is there once. Some are gone on with, and the power goes during that too.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use super::tale::Tale;
use super::{seed, session_files, store, visible};
use crate::random::SeededRandom;
use crate::session::{FrameId, Request};
use crate::storage::keeper::{Report, Writer};
use crate::storage::medium::{Medium, READ_LIMIT};
use crate::storage::payload::digest;
use crate::storage::session_file;
use crate::storage::sim::{Cut, Moment, SimDisk};
use crate::storage::store::Ready;

/// So many things happen in each session, at least.
const LENGTH: usize = 250;

/// How much is tried of what could be.
#[derive(Debug, Clone, Copy)]
struct Depth {
    /// Sessions are run until so many images were looked at.
    images: usize,
    /// How often the unordered cuts are tried at each moment, with other seeds.
    seeds: u64,
    /// One image of so many is looked at.
    looked_at: usize,
    /// One of so many of these is gone on with, and the power cut again.
    gone_on: usize,
}

#[derive(Debug, Default)]
struct Counts {
    things: usize,
    moments: usize,
    cuts: usize,
    images: usize,
    again: usize,
}

struct Proof {
    tale: Tale,
    depth: Depth,
    chance: SeededRandom,
    counts: Counts,
    /// Digests of session files that were found to be whole and true.
    whole: HashSet<u64>,
    where_: String,
}

#[test]
fn a_power_cut_after_any_operation_loses_nothing() {
    prove(Depth { images: 1, seeds: 1, looked_at: 12, gone_on: 20 });
}

#[test]
#[ignore = "takes minutes: see tests/README.md"]
fn deep_a_power_cut_after_any_operation_loses_nothing() {
    prove(Depth { images: 100_000, seeds: 8, looked_at: 1, gone_on: 40 });
}

fn prove(depth: Depth) {
    let first = seed();
    let mut sum = Counts::default();
    let mut seed = first;
    while sum.images < depth.images {
        let tale = Tale::new(SimDisk::new(), seed);
        let mut proof = Proof {
            tale,
            depth,
            chance: SeededRandom::new(!seed),
            counts: Counts::default(),
            whole: HashSet::new(),
            where_: String::new(),
        };
        proof.run(seed);
        let Counts { things, moments, cuts, images, again } = proof.counts;
        sum.things += things;
        sum.moments += moments;
        sum.cuts += cuts;
        sum.images += images;
        sum.again += again;
        seed += 1;
    }
    let Counts { things, moments, cuts, images, again } = &sum;
    println!(
        "power cuts, from seed {first}: {} sessions of {things} things, {moments} moments, {cuts} cuts, \
         {images} images, {again} cuts while going on: 0 losses",
        seed - first
    );
}

impl Proof {
    fn run(&mut self, seed: u64) {
        self.tale.disk.keep_moments();
        self.tale.begin().unwrap();
        for thing in 0..LENGTH {
            self.where_ = format!("VISAVIS_PROOF_SEED={seed}, thing {thing}");
            self.counts.things += 1;
            match self.chance.below(100) {
                0..2 => self.tale.is_killed(),
                2..4 => {
                    self.check_moments();
                    let left = self.tale.disk.power_cut(Cut::Mix(self.chance.below(1000) as u64));
                    self.tale.loses_power(left);
                    self.tale.disk.keep_moments();
                }
                4 => self.tale.leave(false).unwrap(),
                5 => self.close(),
                _ => self.tale.go_on(),
            }
            if self.tale.writer.is_none() {
                self.check_moments();
                let told = self.tale.resume().unwrap();
                self.told_truly(&told);
                self.tale.wants(&Request::Reopen);
            }
            self.check_moments();
        }
        self.tale.leave(false).unwrap();
        self.check_moments();
    }

    fn close(&mut self) {
        self.tale.types_nothing();
        self.tale.wants(&Request::Close);
        self.tale.leave(true).unwrap();
    }

    fn check_moments(&mut self) {
        for moment in self.tale.disk.take_moments() {
            self.counts.moments += 1;
            let cuts = self.cuts();
            self.counts.cuts += cuts.len();
            let mut images: Vec<(Cut, SimDisk)> = Vec::new();
            for cut in cuts {
                let image = moment.disk.power_cut(cut);
                if !images.iter().any(|(_, other)| other.holds_the_same_as(&image)) {
                    images.push((cut, image));
                }
            }
            for (cut, image) in images {
                if self.chance.below(self.depth.looked_at) == 0 {
                    self.check(&moment, cut, &image);
                }
            }
        }
    }

    fn cuts(&mut self) -> Vec<Cut> {
        let mut cuts = vec![Cut::Lose, Cut::Keep, Cut::LoseData, Cut::LoseNames];
        for _ in 0..self.depth.seeds {
            let seed = self.chance.below(usize::MAX) as u64;
            cuts.extend([Cut::Tear(seed), Cut::Reorder(seed), Cut::Mix(seed)]);
        }
        cuts
    }

    fn check(&mut self, moment: &Moment, cut: Cut, image: &SimDisk) {
        let place = format!("{}, {} operations, {cut:?}", self.where_, moment.operations);
        self.counts.images += 1;
        self.check_files(image, &place);
        let goes_on = self.chance.below(self.depth.gone_on) == 0;
        if goes_on {
            image.keep_moments();
        }
        let ready = match store(image).resumed(&self.tale.file) {
            Ok(ready) => ready,
            Err(trouble) => {
                let least = self.tale.states.least(moment.operations);
                assert_eq!(least, None, "{place}: cannot be gone on with: {trouble}");
                return;
            }
        };
        let log = &ready.begin.log;
        let found = Arc::new(log.session().clone());
        let found = self.tale.states.place(&found, self.tale.place_of(log.seq()), moment.operations);
        let found = found.unwrap_or_else(|| panic!("{place}: what was saved is missing, or invented"));
        let draft = self.tale.drafts.place(&ready.begin.drafts, 0, moment.operations);
        assert!(draft.is_some(), "{place}: a draft is missing");
        self.told_truly(&ready.found);
        if goes_on {
            self.go_on(ready, image, moment, found, &place);
        }
    }

    /// Every session file there is was made by this program from a state that there was.
    fn check_files(&mut self, image: &SimDisk, place: &str) {
        for file in session_files(image) {
            let bytes = image.read(&file, READ_LIMIT).unwrap();
            if self.whole.contains(&digest(&bytes)) {
                continue;
            }
            let (session, _) =
                session_file::read(&file, &bytes).unwrap_or_else(|trouble| panic!("{place}: {trouble}"));
            let known = self.tale.ever.iter().rev().any(|state| *visible(state) == session);
            assert!(known, "{place}: {file:?} holds what never was");
            self.whole.insert(digest(&bytes));
        }
    }

    /// Nobody but this program touched the disk, and nothing that was acknowledged is damaged. The power may have
    /// gone between the journal's first word of the file and the file.
    fn told_truly(&self, told: &[String]) {
        for sentence in told {
            let may_be = ["ends within a record", "could not be used"];
            let true_ = may_be.iter().any(|words| sentence.contains(words));
            assert!(true_, "{}: {sentence}", self.where_);
        }
    }

    /// The session is gone on with as the program does, and the power goes at any moment of that.
    fn go_on(&mut self, ready: Ready, image: &SimDisk, moment: &Moment, found: usize, place: &str) {
        let mut log = ready.begin.log.clone();
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&told);
        let mut writer = Writer::new(ready.begin, Box::new(move |report| tell.lock().unwrap().push(report)));
        writer.settle();
        writer.look();
        self.check_asked(&told.lock().unwrap(), moment, found, place);
        let command = self.tale.one_more();
        let before = log.session().clone();
        let frame = log.take(&command);
        if let Ok(frame) = &frame {
            writer.frame(frame);
        }
        writer.settle();
        let failed = told.lock().unwrap().iter().any(|report| matches!(report, Report::Failed { .. }));
        assert!(!failed, "{place}: {told:?}");
        let saved = image.operations();
        writer.leave(visible(log.session()), false).unwrap();
        for moment in image.take_moments() {
            for cut in [Cut::Lose, Cut::Keep, Cut::Mix(moment.operations as u64)] {
                self.counts.again += 1;
                let left = moment.disk.power_cut(cut);
                let ready = store(&left).resumed(&self.tale.file);
                let ready = ready.unwrap_or_else(|trouble| panic!("{place}, again: {trouble}"));
                let session = ready.begin.log.session();
                let fits = session == log.session() || *session == before && moment.operations < saved;
                assert!(fits, "{place}, again at {}, {cut:?}: lost", moment.operations);
            }
        }
    }

    /// What other programs handed in is asked where it isn't in the log, and nowhere else.
    fn check_asked(&self, told: &[Report], moment: &Moment, found: usize, place: &str) {
        let asked: Vec<FrameId> = told
            .iter()
            .filter_map(|report| match report {
                Report::Asked(command) => Some(command.id),
                Report::JournalRemoved => panic!("nobody removed the journal"),
                Report::ChangedOutside { kept } => panic!("nobody changed what is kept as {kept:?}"),
                Report::Saved { .. }
                | Report::Failed { .. }
                | Report::Behind { .. }
                | Report::CaughtUp
                | Report::Erased
                | Report::KeptAside(_)
                | Report::Written { .. }
                | Report::NotWritten { .. } => None,
            })
            .collect();
        for waiting in &self.tale.handed {
            let is_asked = asked.contains(&waiting.id);
            let in_log = waiting.taken.is_some_and(|taken| taken <= found);
            assert!(!(is_asked && in_log), "{place}: {:?} is taken up twice", waiting.id);
            let must = waiting.since.is_some_and(|since| since <= moment.operations);
            assert!(is_asked || in_log || !must, "{place}: {:?}, which was handed in, is lost", waiting.id);
        }
        assert!(asked.iter().all(|id| self.tale.handed.iter().any(|waiting| waiting.id == *id)));
    }
}
