//! Proofs that nothing is lost, on a simulated disk.
//!
//! A session is run by chance, as the program runs it, while the power goes or the disk fails at every
//! place where it can. Each proof has a sample that belongs to the ordinary tests and a deep run; what they
//! prove and how to run them stands in `tests/README.md`. All chance comes from one seed, which is told
//! where something was found.

use std::path::PathBuf;
use std::sync::Arc;

use super::places::Places;
use super::sim::SimDisk;
use super::store::Store;
use crate::session::{Session, Shown};

mod cuts;
mod faults;
mod journals;
mod past;
mod tale;
mod wants;

/// Where another seed can be given: a whole number.
const SEED: &str = "VISAVIS_PROOF_SEED";

/// The seed of this run.
#[expect(clippy::disallowed_methods, reason = "a proof can be run again with the seed that it told")]
fn seed() -> u64 {
    let given = std::env::var(SEED).ok();
    given.map_or(1, |given| given.parse().unwrap_or_else(|_| panic!("{SEED} is not a whole number: {given}")))
}

fn places() -> Places {
    Places { library: "/data/library".into(), state: "/state".into() }
}

fn store(disk: &SimDisk) -> Store {
    Store::new(Arc::new(disk.clone()), places())
}

/// The session as its file is to have it.
fn visible(session: &Session) -> Box<Session> {
    Box::new(Shown::from(session).to_file())
}

/// The files of the library that must be whole sessions.
fn session_files(disk: &SimDisk) -> Vec<PathBuf> {
    use super::medium::Medium;
    let library = places().library;
    let names = disk.list(&library).unwrap_or_default();
    let files = names.into_iter().map(|name| library.join(name));
    files.filter(|file| file.extension().is_none_or(|ending| ending != "new")).collect()
}
