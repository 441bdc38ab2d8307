//! A mistake of the program itself: what was told as saved is there, and no more is told than is true.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::*;
use crate::storage::sim::Cut;

/// Begins to keep a session on this disk, and hands over all of it but the last frame.
fn begun(disk: &SimDisk, room: &Room) -> (Opened, mpsc::Receiver<Report>) {
    let (tell, reports) = mpsc::channel();
    let begun = Room::new().session().clone();
    let mut opened = store(disk).begin(begun, move |report| drop(tell.send(report))).unwrap();
    let (_, before) = room.frames().split_last().unwrap();
    for frame in before {
        opened.log.append(frame).unwrap();
        opened.keeper.append(frame.clone());
    }
    wait_for(&reports, opened.log.seq());
    (opened, reports)
}

#[test]
fn a_keeper_that_fails_tells_it_and_the_session_can_be_saved_elsewhere() {
    let disk = SimDisk::new();
    let room = room();
    let (opened, reports) = begun(&disk, &room);
    let (before, keeper) = (opened.log.session().clone(), opened.keeper);
    disk.panic(disk.operations());
    keeper.append(room.frames().last().unwrap().clone());
    assert_eq!(reports.recv_timeout(AT_MOST).unwrap(), Report::Failed { why: STOPPED.to_owned() });
    let copy = places().library.join("copy.ron");
    keeper.save_elsewhere(copy.clone(), *visible(room.session()));
    assert_eq!(reports.recv_timeout(AT_MOST).unwrap(), Report::Written);
    assert_eq!(store(&disk).read(&copy).unwrap().0, *visible(room.session()));
    assert_eq!(keeper.leave(visible(room.session()).as_ref().clone(), false), Err(STOPPED.to_owned()));
    assert_eq!(*resumed(&disk.power_cut(Cut::Lose)).begin.log.session(), before);
}

#[test]
fn a_program_that_fails_waits_until_what_it_handed_over_is_kept() {
    let disk = SimDisk::new();
    let room = room();
    let (opened, _reports) = begun(&disk, &room);
    let failing = move || {
        let keeper = opened.keeper;
        keeper.append(room.frames().last().unwrap().clone());
        resume_unwind(Box::new(room));
    };
    let room = catch_unwind(AssertUnwindSafe(failing)).unwrap_err().downcast::<Room>().unwrap();
    assert_eq!(resumed(&disk.power_cut(Cut::Lose)).begin.log.session(), room.session());
}
