//! What a simulated disk holds after the power went.
//!
//! Owns which of the changes that were not synced are found afterwards. Nothing that was synced is ever
//! touched.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::{Change, Data, Node, SimDisk, State, is_root};
use crate::random::SeededRandom;

/// How much is lost or kept of a file at once, in bytes.
const SECTOR: usize = 512;

/// What becomes of that which was not synced when the power goes. Each is the same for the same seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It is gone.
    Lose,
    /// It is there after all.
    Keep,
    /// The names are there and the data is not: files are shorter than they seemed, or empty.
    LoseData,
    /// The data is there and the names are not.
    LoseNames,
    /// The names are there; the data is torn and holed.
    Tear(u64),
    /// Some names and some files' data are there and some are not, in no order.
    Reorder(u64),
    /// Some names are there and some are not, in no order; the data is torn and holed.
    Mix(u64),
}

impl Cut {
    fn keeps_name(self, random: &mut SeededRandom) -> bool {
        match self {
            Self::Lose | Self::LoseNames => false,
            Self::Keep | Self::LoseData | Self::Tear(_) => true,
            Self::Reorder(_) | Self::Mix(_) => random.below(2) == 0,
        }
    }

    const fn seed(self) -> u64 {
        match self {
            Self::Lose | Self::Keep | Self::LoseData | Self::LoseNames => 0,
            Self::Tear(seed) | Self::Reorder(seed) | Self::Mix(seed) => seed,
        }
    }
}

/// A disk as it was between two operations.
#[derive(Debug, Clone)]
pub struct Moment {
    /// How many operations there had been.
    pub operations: usize,
    /// The disk, on which nothing else happens. Nobody holds a lock on it.
    pub disk: SimDisk,
}

impl SimDisk {
    /// From now on, keeps the disk as it was before each operation.
    pub fn keep_moments(&self) {
        self.state().moments = Some(Vec::new());
    }

    /// What was kept since this was last asked, and the present: each moment after which the power may
    /// fail, without those that are as the one before.
    #[must_use]
    pub fn take_moments(&self) -> Vec<Moment> {
        let mut state = self.state();
        state.changed = true;
        state.keep_moment();
        state.moments.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The disk as it is found after the power went now. This one goes on as if nothing had
    /// happened. Locks are gone, faults too.
    #[must_use]
    pub fn power_cut(&self, cut: Cut) -> Self {
        let state = self.state();
        let mut random = SeededRandom::new(cut.seed());
        let mut names = state.durable.clone();
        for change in &state.unsynced {
            if cut.keeps_name(&mut random) {
                change.apply(&mut names);
            }
        }
        let reachable = names.iter().filter(|(path, _)| {
            path.ancestors().skip(1).all(|above| is_root(above) || names.get(above) == Some(&Node::Folder))
        });
        let mut files: Vec<Data> = Vec::new();
        let mut moved = BTreeMap::new();
        let mut live = BTreeMap::new();
        for (path, node) in reachable {
            let node = match node {
                Node::Folder => Node::Folder,
                Node::File(file) => Node::File(*moved.entry(*file).or_insert_with(|| {
                    files.push(state.files[*file].after(cut, &mut random));
                    files.len() - 1
                })),
            };
            live.insert(path.clone(), node);
        }
        let left = State { files, durable: live.clone(), live, ..State::default() };
        Self { state: Arc::new(Mutex::new(left)) }
    }

    /// Whether both hold the same files with the same bytes.
    #[must_use]
    pub fn holds_the_same_as(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.state, &other.state) {
            return true;
        }
        let (one, other) = (self.state(), other.state());
        one.live.len() == other.live.len()
            && one.live.iter().zip(&other.live).all(|((path, node), (other_path, other_node))| {
                path == other_path
                    && match (node, other_node) {
                        (Node::File(file), Node::File(other_file)) => {
                            let (file, other_file) = (&one.files[*file], &other.files[*other_file]);
                            Arc::ptr_eq(&file.live, &other_file.live) || file.live == other_file.live
                        }
                        (Node::Folder, Node::Folder) => true,
                        (Node::File(_) | Node::Folder, _) => false,
                    }
            })
    }
}

impl State {
    pub(super) fn keep_moment(&mut self) {
        if self.moments.is_none() || !std::mem::take(&mut self.changed) {
            return;
        }
        let disk = Self {
            files: self.files.clone(),
            live: self.live.clone(),
            durable: self.durable.clone(),
            unsynced: self.unsynced.clone(),
            ..Self::default()
        };
        let disk = SimDisk { state: Arc::new(Mutex::new(disk)) };
        let moment = Moment { operations: self.log.len(), disk };
        self.moments.iter_mut().for_each(|moments| moments.push(moment.clone()));
    }
}

impl Change {
    pub(super) fn apply(&self, names: &mut BTreeMap<std::path::PathBuf, Node>) {
        for (path, node) in &self.names {
            match node {
                Some(node) => names.insert(path.clone(), *node),
                None => names.remove(path),
            };
        }
    }
}

impl Data {
    fn after(&self, cut: Cut, random: &mut SeededRandom) -> Self {
        let mut live = Arc::clone(&self.live);
        if self.durable < live.len() {
            match cut {
                Cut::Lose | Cut::LoseData => Arc::make_mut(&mut live).truncate(self.durable),
                Cut::Keep | Cut::LoseNames => {}
                Cut::Reorder(_) => {
                    if random.below(2) == 0 {
                        Arc::make_mut(&mut live).truncate(self.durable);
                    }
                }
                Cut::Tear(_) | Cut::Mix(_) => tear(Arc::make_mut(&mut live), self.durable, random),
            }
        }
        Self { durable: live.len(), live, sync_failed: false }
    }
}

/// Leaves any length of what comes after the first `kept` bytes, and of that only some sectors.
fn tear(bytes: &mut Vec<u8>, kept: usize, random: &mut SeededRandom) {
    bytes.truncate(kept + random.below(bytes.len() - kept + 1));
    if random.below(2) == 0 {
        return;
    }
    let mut from = kept;
    while from < bytes.len() {
        let to = bytes.len().min((from / SECTOR + 1) * SECTOR);
        if random.below(3) == 0 {
            bytes[from..to].fill(0);
        }
        from = to;
    }
}
