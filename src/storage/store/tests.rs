//! Whether a session could be kept, and may be, is found out before anybody writes.

use super::*;
use crate::session::testing::Room;
use crate::session::{Effort, Shown};
use crate::storage::recover::{Loss, recover, recover_within};
use crate::storage::sim::{Fault, SimDisk};

#[test]
fn a_disk_that_refuses_anything_is_found_out_and_nothing_is_left_of_the_trial() {
    let at_work = || {
        let disk = SimDisk::new();
        let places = Places { library: "/library".into(), state: "/state".into() };
        let store = Store::new(Arc::new(disk.clone()), places);
        store.can_write().unwrap();
        (disk, store)
    };
    let (disk, store) = at_work();
    let before = disk.operations();
    store.can_write().unwrap();
    let trial = |folder: &str| {
        let file = format!("{folder}/{TRIED_OUT}");
        [format!("metadata {folder}"), format!("remove {file}"), format!("create {file}")]
            .into_iter()
            .chain([format!("write {file} 3"), format!("remove {file}")])
            .collect::<Vec<_>>()
    };
    assert_eq!(disk.log()[before..], [trial("/library"), trial("/state/journals")].concat());
    for at in 0..disk.operations() - before {
        let (disk, store) = at_work();
        disk.fail(Fault { at: disk.operations() + at, error: ErrorKind::StorageFull, lasting: false });
        assert!(store.can_write().is_err(), "{at}");
        // What an earlier trial left is in nobody's way.
        store.can_write().unwrap();
        assert!(disk.files().is_empty(), "{at}");
    }
}

#[test]
fn a_session_of_a_newer_format_is_never_begun() {
    let disk = SimDisk::new();
    let places = Places { library: "/library".into(), state: "/state".into() };
    let store = Store::new(Arc::new(disk.clone()), places);
    let newer = Session { format: 2, ..Room::new().session().clone() };
    let trouble = store.begin(newer, |_| ()).unwrap_err();
    assert!(matches!(trouble, Trouble::Newer { format: 2, .. }), "{trouble}");
    assert_eq!(disk.operations(), 0);
}

#[test]
fn a_journal_that_takes_more_than_people_do_is_damaged_where_it_does() {
    let disk = SimDisk::new();
    let places = Places { library: "/library".into(), state: "/state".into() };
    let store = Store::new(Arc::new(disk), places);
    let room = Room::new().go("practices").note("sales", "We visit once a month").go("mirror");
    let opened = store.begin(Room::new().session().clone(), drop).unwrap();
    room.frames().iter().for_each(|frame| opened.keeper.append(frame.clone()));
    let (_, key) = store.found(opened.keeper.path()).unwrap();
    opened.keeper.leave(Shown::from(room.session()).to_file(), false).unwrap();
    let bytes = store.journal_bytes(&key).unwrap().unwrap();
    assert_eq!(recover(&bytes).unwrap().loss, None);
    let cut_short = recover_within(&bytes, Effort::of(0)).unwrap();
    assert!(matches!(cut_short.loss, Some(Loss::Damaged(1..))), "{:?}", cut_short.loss);
    assert_eq!(cut_short.log.session().notes.len(), 1, "what came before is there");
}
