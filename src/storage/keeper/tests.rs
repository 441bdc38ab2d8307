//! A session is kept whatever the disk does.

use std::sync::Arc;
use std::sync::mpsc;

use super::*;
use crate::session::testing::Room;
use crate::session::{Session, Shown};
use crate::storage::disk::Disk;
use crate::storage::medium::Medium;
use crate::storage::places::{Places, previous};
use crate::storage::sim::SimDisk;
use crate::storage::store::{Opened, Store};

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

fn silent(_: Report) {}

/// Waits until the newest frame of a session is told as saved.
fn wait_for(reports: &mpsc::Receiver<Report>, seq: u64) {
    while !matches!(reports.recv().unwrap(), Report::Saved { seq: saved } if saved >= seq) {}
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
    while reports.recv().unwrap() != Report::Written {}
    keeper.leave(*visible(log.session()), true).unwrap();
    assert_eq!(store.read(&path).unwrap().0, *log.session());
    assert_eq!(store.read(&folder.path().join("copy.ron")).unwrap().0, *log.session());
    assert!(Disk.list(&places.journals()).unwrap().is_empty());
    assert_eq!(Disk.list(&places.library).unwrap().len(), 2);
    assert!(store.read(&previous(&path)).is_ok());
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
