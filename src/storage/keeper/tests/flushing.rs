//! What waits is brought onto the disk at the beginning, at the end, and when the session is closed.

use super::*;
use crate::storage::session_file;
use crate::storage::sim::{Cut, Fault};

#[test]
fn what_is_handed_over_just_before_the_end_is_saved() {
    let disk = SimDisk::new();
    let room = room();
    let (tell, reports) = mpsc::channel();
    let (open, gate) = mpsc::channel::<()>();
    let wait = move |report| {
        tell.send(report).unwrap();
        let _ = gate.recv();
    };
    let keeper = store(&disk).begin(Room::new().session().clone(), wait).unwrap().keeper;
    keeper.append(room.frames()[0].clone());
    assert_eq!(reports.recv().unwrap(), Report::Saved { seq: 1 });
    // The thread stands still, so that it finds all of this at once.
    for frame in &room.frames()[1..] {
        keeper.append(frame.clone());
    }
    drop(keeper);
    drop(open);
    assert_eq!(reports.recv(), Ok(Report::Saved { seq: room.log().seq() }));
    assert_eq!(resumed(&disk.power_cut(Cut::Lose)).begin.log.session(), room.session());
}

#[test]
fn whether_a_session_can_be_kept_is_told_before_anything_happens_in_it() {
    let disk = SimDisk::new();
    let ready = store(&disk).begun(Room::new().session().clone()).unwrap();
    disk.fail(Fault { at: disk.operations(), error: ErrorKind::StorageFull, lasting: true });
    let (tell, reports) = mpsc::channel();
    let _keeper = Keeper::start(ready.begin, move |report| drop(tell.send(report))).unwrap();
    let told = reports.recv_timeout(AT_MOST).unwrap();
    assert!(matches!(&told, Report::Failed { why } if why.starts_with("the disk is full: ")), "{told:?}");
}

#[test]
fn the_journal_of_a_closed_session_does_not_come_back() {
    let disk = SimDisk::new();
    let room = Room::new().go("practices").reveal();
    let kept = Kept::through(&disk, &room);
    kept.writer.leave(visible(room.session()), true).unwrap();
    for cut in [Cut::Lose, Cut::Keep] {
        assert!(disk.power_cut(cut).list(&places().journals()).unwrap().is_empty(), "{cut:?}");
    }
}

#[test]
fn the_folders_of_a_session_are_on_the_disk_when_its_journal_is_gone() {
    let disk = SimDisk::new();
    let places = Places { library: "/data/sessions".into(), ..places() };
    let store = |disk: &SimDisk| Store::new(Arc::new(disk.clone()), places.clone());
    let kept = Kept::new(store(&disk).begun(Room::new().session().clone()).unwrap().begin);
    let file = store(&disk).files().unwrap().remove(0);
    kept.writer.leave(visible(Room::new().session()), true).unwrap();
    let left = disk.power_cut(Cut::Lose);
    assert!(left.list(&places.journals()).unwrap().is_empty());
    assert_eq!(session_file::load(&left, &file).unwrap().0, *Room::new().session());
}
