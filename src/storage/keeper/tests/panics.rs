//! A mistake of the program itself: what was told as saved is there, and no more is told than is true.

use std::panic::resume_unwind;

use super::*;
use crate::mistake::{Mistake, attempt};
use crate::storage::session_file;
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
    assert!(matches!(reports.recv_timeout(AT_MOST).unwrap(), Report::Written { .. }));
    assert_eq!(session_file::load(&disk, &copy).unwrap().0, *visible(room.session()));
    assert_eq!(keeper.leave(visible(room.session()).as_ref().clone(), false), Err(STOPPED.to_owned()));
    assert_eq!(*resumed(&disk.power_cut(Cut::Lose)).begin.log.session(), before);
}

#[test]
fn a_program_that_fails_waits_until_what_it_handed_over_is_kept() {
    let disk = SimDisk::new();
    let room = room();
    let (opened, _reports) = begun(&disk, &room);
    let failing = || -> () {
        let keeper = opened.keeper;
        keeper.append(room.frames().last().unwrap().clone());
        resume_unwind(Box::new("on purpose"));
    };
    assert_eq!(attempt(failing), Err(Mistake));
    assert_eq!(resumed(&disk.power_cut(Cut::Lose)).begin.log.session(), room.session());
}

#[test]
fn a_copy_that_fails_too_is_told_and_the_next_is_tried() {
    let disk = SimDisk::new();
    let room = room();
    let (opened, reports) = begun(&disk, &room);
    let failed =
        || assert_eq!(reports.recv_timeout(AT_MOST).unwrap(), Report::Failed { why: STOPPED.to_owned() });
    disk.panic(disk.operations());
    opened.keeper.append(room.frames().last().unwrap().clone());
    failed();
    disk.panic(disk.operations());
    let copy = |name| opened.keeper.save_elsewhere(places().library.join(name), *visible(room.session()));
    copy("first.ron");
    failed();
    copy("second.ron");
    assert!(matches!(reports.recv_timeout(AT_MOST).unwrap(), Report::Written { .. }));
}

/// Whoever asks from outside is heard at the next checkpoint then, as where there are no bells.
#[test]
fn what_is_handed_in_is_taken_up_though_the_bell_is_not_heard_any_more() {
    let disk = SimDisk::new();
    let (opened, reports) = begun(&disk, &room());
    disk.panic_at_bells();
    for number in [1, 2] {
        let command = handed::outside(number);
        store(&disk).hand(opened.keeper.path(), &command).unwrap();
        opened.keeper.checkpoint(*visible(opened.log.session()));
        assert_eq!(reports.recv_timeout(AT_MOST).unwrap(), Report::Asked(command));
    }
}

/// Whatever it was doing then: taking the bell down, writing the file.
#[test]
fn a_keeper_that_fails_as_it_leaves_tells_it_and_gives_the_session_up() {
    (0..3).for_each(fails_as_it_leaves);
}

fn fails_as_it_leaves(at: usize) {
    let disk = SimDisk::new();
    let (opened, reports) = begun(&disk, &room());
    let before = opened.log.session().clone();
    // Once a copy is written, nothing else waits for the disk.
    opened.keeper.save_elsewhere(places().library.join("copy.ron"), *visible(&before));
    while !matches!(reports.recv_timeout(AT_MOST).unwrap(), Report::Written { .. }) {}
    disk.panic(disk.operations() + at);
    assert_eq!(opened.keeper.leave(*visible(&before), false), Err(STOPPED.to_owned()));
    assert_eq!(*resumed(&disk).begin.log.session(), before);
}
