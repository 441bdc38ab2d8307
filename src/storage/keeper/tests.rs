//! A session is kept whatever the disk does.

use std::io::ErrorKind;
use std::sync::{Arc, Mutex, mpsc};

use super::*;
use crate::session::testing::Room;
use crate::session::{Log, Shown};
use crate::storage::disk::Disk;
use crate::storage::medium::{Medium, READ_LIMIT};
use crate::storage::places::{Places, previous};
use crate::storage::session_file;
use crate::storage::sim::SimDisk;
use crate::storage::store::{Opened, Ready, Store};

mod erased;
mod failing;
mod flushing;
mod going_on;
mod handed;
mod panics;
mod removed;

fn places() -> Places {
    Places { library: "/library".into(), state: "/state".into() }
}

fn store(disk: &SimDisk) -> Store {
    Store::new(Arc::new(disk.clone()), places())
}

/// A session with a note that can be seen, and one that cannot.
fn room() -> Room {
    Room::new()
        .go("practices")
        .person("Ann", "sales")
        .note("sales", "We visit once a month")
        .reveal()
        .next()
        .note("purchasing", "One contract for all plants")
}

fn visible(session: &Session) -> Box<Session> {
    Box::new(Shown::from(session).to_file())
}

fn typed(text: &str) -> Unfinished {
    Unfinished { text: text.to_owned(), ..Unfinished::default() }
}

fn silent(_: Report) {}

/// Longer than anything here takes; only a mistake waits so long.
const AT_MOST: Duration = Duration::from_secs(60);

/// Waits until the newest frame of a session is told as saved.
fn wait_for(reports: &mpsc::Receiver<Report>, seq: u64) {
    while !matches!(reports.recv_timeout(AT_MOST).unwrap(), Report::Saved { seq: saved } if saved >= seq) {}
}

#[test]
fn a_session_begins_is_kept_and_closed_on_the_real_disk() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { library: folder.path().join("a/library"), state: folder.path().join("state") };
    let store = Store::new(Arc::new(Disk), places.clone());
    store.can_write().unwrap();
    let (tell, reports) = mpsc::channel();
    let room = room();
    let begun = Room::new().session().clone();
    let Opened { mut log, keeper, found, drafts } =
        store.begin(begun, move |report| tell.send(report).unwrap()).unwrap();
    assert!(found.is_empty() && drafts.is_empty());
    for frame in room.frames() {
        log.append(frame).unwrap();
        keeper.append(frame.clone());
    }
    wait_for(&reports, log.seq());
    let path = keeper.path().to_path_buf();
    assert!(path.ends_with("a/library/2026-11-22-1400-purchasing-meets-sales.ron"));
    keeper.save_elsewhere(folder.path().join("copy.ron"), *visible(log.session()));
    while !matches!(reports.recv_timeout(AT_MOST).unwrap(), Report::Written { .. }) {}
    keeper.leave(*visible(log.session()), true).unwrap();
    assert_eq!(session_file::load(&Disk, &path).unwrap().0, *log.session());
    assert_eq!(session_file::load(&Disk, &folder.path().join("copy.ron")).unwrap().0, *log.session());
    assert!(Disk.list(&places.journals()).unwrap().is_empty());
    assert_eq!(Disk.list(&places.library).unwrap().len(), 2);
    assert!(session_file::load(&Disk, &previous(&path)).is_ok());
}

#[test]
fn no_session_takes_the_name_of_another() {
    let disk = SimDisk::new();
    let mut paths = Vec::new();
    let mut keepers = Vec::new();
    for _ in 0..3 {
        let keeper = store(&disk).begin(Room::new().session().clone(), silent).unwrap().keeper;
        paths.push(keeper.path().to_string_lossy().into_owned());
        keepers.push(keeper);
    }
    let of = |end: &str| format!("/library/2026-11-22-1400-purchasing-meets-sales{end}.ron");
    assert_eq!(paths, [of(""), of("-2"), of("-3")]);
}

/// A session that is kept without a thread, and what was told.
struct Kept {
    writer: Writer,
    told: Arc<Mutex<Vec<Report>>>,
}

impl Kept {
    fn new(begin: Begin) -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&told);
        let mut writer = Writer::new(begin, Box::new(move |report| tell.lock().unwrap().push(report)));
        writer.settle();
        Self { writer, told }
    }

    fn begun(disk: &SimDisk) -> Option<Self> {
        Some(Self::new(store(disk).begun(Room::new().session().clone()).ok()?.begin))
    }

    /// One that was begun and went as in this room.
    fn through(disk: &SimDisk, room: &Room) -> Self {
        let mut kept = Self::begun(disk).unwrap();
        room.frames().iter().for_each(|frame| kept.frame(frame));
        kept
    }

    fn frame(&mut self, frame: &Frame) {
        self.writer.frame(frame);
        self.writer.settle();
    }

    fn checkpoint(&mut self, session: &Session) {
        self.writer.checkpoint(visible(session));
        self.writer.settle();
    }

    fn told(&self) -> Vec<Report> {
        std::mem::take(&mut *self.told.lock().unwrap())
    }

    /// The newest frame that was told as saved.
    fn saved(&self) -> u64 {
        let told = self.told.lock().unwrap();
        let saved = told.iter().filter_map(|report| match report {
            Report::Saved { seq } => Some(*seq),
            Report::Erased
            | Report::Failed { .. }
            | Report::ChangedOutside { .. }
            | Report::Behind { .. }
            | Report::CaughtUp
            | Report::KeptAside(_)
            | Report::NotWritten { .. }
            | Report::JournalRemoved
            | Report::Written { .. }
            | Report::Asked(_) => None,
        });
        saved.max().unwrap_or(0)
    }
}

fn file() -> PathBuf {
    PathBuf::from("/library/2026-11-22-1400-purchasing-meets-sales.ron")
}

fn resumed(disk: &SimDisk) -> Ready {
    store(disk).resumed(&file()).unwrap()
}

fn journal(disk: &SimDisk) -> PathBuf {
    let names = disk.list(&places().journals()).unwrap();
    let mut journals = names.iter().filter(|name| name.to_string_lossy().ends_with(".journal"));
    let journal = places().journals().join(journals.next().unwrap());
    assert!(journals.next().is_none());
    journal
}

/// The session before the first frame, and after each.
fn states(room: &Room) -> Vec<Session> {
    let mut log = Log::new(Room::new().session().clone(), 0);
    let mut states = vec![log.session().clone()];
    for frame in room.frames() {
        log.append(frame).unwrap();
        states.push(log.session().clone());
    }
    states
}

#[test]
fn what_is_hidden_is_in_the_journal_and_never_in_the_file() {
    let disk = SimDisk::new();
    let room = Room::new().go("practices").note("sales", "Discounts at the end of the year");
    let mut kept = Kept::through(&disk, &room);
    kept.checkpoint(room.session());
    let holds = |path: &Path| {
        let bytes = disk.read(path, READ_LIMIT).unwrap();
        String::from_utf8_lossy(&bytes).contains("Discounts")
    };
    assert!(holds(&journal(&disk)));
    // Closed with something hidden: there is no other place for it than the journal.
    kept.writer.leave(visible(room.session()), true).unwrap();
    assert!(holds(&journal(&disk)));
    for name in disk.list(&places().library).unwrap() {
        assert!(!holds(&places().library.join(name)));
    }
    assert_eq!(resumed(&disk).begin.log.session(), room.session());
}
