//! Keeping a session: in the system's folder for temporary files, and on the simulated disk, which shows what is
//! left when the disk itself costs nothing.
#![expect(clippy::disallowed_methods, reason = "a measurement puts files back behind the storage's back")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use divan::{Bencher, black_box};
use tempfile::TempDir;
use visavis::session::{Frame, Shown};
use visavis::storage::journal::{Journal, Kind, Record};
use visavis::storage::kept::Unknowns;
use visavis::storage::places::previous;
use visavis::storage::replace::replace;
use visavis::storage::sim::{Cut, SimDisk};
use visavis::storage::{Disk, Medium, Opened, Places, Store, session_file};

use crate::sample::{SIZES, filled, opened};

/// A disk with a folder of its own.
trait Desk {
    fn new() -> Self;
    fn folder(&self) -> &Path;
    fn medium(&self) -> Arc<dyn Medium>;
    /// Remembers the journals as they are now.
    fn remember(&mut self, journals: &Path);
    /// The disk with these journals, whatever has become of them since.
    fn restored(&self) -> Arc<dyn Medium>;
}

struct Real {
    folder: TempDir,
    journals: Vec<(PathBuf, Vec<u8>)>,
}

impl Desk for Real {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder"), journals: Vec::new() }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn medium(&self) -> Arc<dyn Medium> {
        Arc::new(Disk)
    }

    fn remember(&mut self, journals: &Path) {
        let entries = fs::read_dir(journals).expect("the journals' folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        self.journals = paths.map(|path| (path.clone(), fs::read(path).expect("a journal"))).collect();
    }

    fn restored(&self) -> Arc<dyn Medium> {
        for (path, bytes) in &self.journals {
            fs::write(path, bytes).expect("a journal");
        }
        self.medium()
    }
}

struct Simulated(SimDisk);

impl Desk for Simulated {
    fn new() -> Self {
        Self(SimDisk::new())
    }

    fn folder(&self) -> &Path {
        Path::new("/")
    }

    fn medium(&self) -> Arc<dyn Medium> {
        Arc::new(self.0.clone())
    }

    fn remember(&mut self, _: &Path) {
        self.0 = self.0.power_cut(Cut::Keep);
    }

    fn restored(&self) -> Arc<dyn Medium> {
        Arc::new(self.0.power_cut(Cut::Keep))
    }
}

/// So many notes, journaled and synced together: what stands between a note and *saved*.
#[divan::bench(types = [Real, Simulated], args = [1, 100])]
fn append<D: Desk>(bencher: Bencher<'_, '_>, notes: usize) {
    let (_, frames) = filled(100);
    let desk = D::new();
    let mut journal =
        Journal::create(&*desk.medium(), &desk.folder().join("journal"), 1, &[], None).expect("room");
    bencher.bench_local(|| {
        for frame in frames.iter().take(notes) {
            push(&mut journal, black_box(frame));
        }
        journal.commit().expect("room");
    });
}

fn push(journal: &mut Journal, frame: &Frame) {
    let payload = serde_json::to_vec(frame).expect("a frame is JSON");
    journal.push(Record { kind: Kind::Frame, payload: &payload }).expect("room");
}

/// The session's file: put into its form, read again to try it out, written, synced, read back, renamed.
#[divan::bench(types = [Real, Simulated], args = SIZES)]
fn checkpoint<D: Desk>(bencher: Bencher<'_, '_>, notes: u64) {
    let visible = Shown::from(filled(notes).0.session()).to_file();
    let desk = D::new();
    let (medium, file) = (desk.medium(), desk.folder().join("session.ron"));
    bencher.bench_local(|| {
        let text = session_file::text(black_box(&visible), &Unknowns::default()).expect("a session is RON");
        replace(&*medium, &file, text.as_bytes(), Some(&previous(&file))).expect("room");
    });
}

/// Going on after a crash: the journal read, every frame applied, and the session ready for the next key.
#[divan::bench(types = [Real, Simulated], args = SIZES, sample_size = 1, sample_count = 20)]
fn recovery<D: Desk>(bencher: Bencher<'_, '_>, notes: u64) {
    let mut desk = D::new();
    let places = Places { library: desk.folder().join("library"), state: desk.folder().join("state") };
    let store = |medium| Store::new(medium, places.clone());
    let begun = store(desk.medium()).begin(opened(), |_| {}).expect("room");
    let file = begun.keeper.path().to_owned();
    let (log, frames) = filled(notes);
    frames.into_iter().for_each(|frame| begun.keeper.append(frame));
    begun.keeper.leave(Shown::from(log.session()).to_file(), false).expect("room");
    desk.remember(&places.journals());
    bencher
        .with_inputs(|| store(desk.restored()))
        .bench_local_values(|store| Left(Some(store.resume(&file, |_| {}).expect("a journal"))));
}

/// Leaves the session when it is dropped, which is not measured.
struct Left(Option<Opened>);

impl Drop for Left {
    fn drop(&mut self) {
        if let Some(Opened { log, keeper, .. }) = self.0.take() {
            keeper.leave(Shown::from(log.session()).to_file(), false).expect("room");
        }
    }
}
