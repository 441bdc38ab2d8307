//! What other programs hand to the one that runs a session.

use super::*;
use std::time::Duration;

use crate::session::{Author, Id, Request};
use crate::storage::Answer;
use crate::storage::sim::{Cut, Fault};
use crate::storage::store::Handed;

pub(super) fn outside(random: u64) -> Command {
    let note = crate::session::testing::note("sales", &format!("From paper: {random}"));
    Command {
        id: FrameId(Id::new(random)),
        by: Author::Outside,
        at: crate::session::testing::moment(60),
        what: Request::Add { to: None, drafts: vec![note] },
    }
}

#[test]
fn a_command_from_another_program_is_asked_once_and_kept_until_its_answer_is_safe() {
    let disk = SimDisk::new();
    let room = Room::new().go("practices");
    let mut kept = Kept::begun(&disk).unwrap();
    let mut log = Log::new(Room::new().session().clone(), 0);
    for frame in room.frames() {
        log.append(frame).unwrap();
        kept.frame(frame);
    }
    kept.told();
    for random in [1, 2, 3] {
        assert_eq!(store(&disk).hand(&file(), &outside(random)).unwrap(), Handed::ToRunning);
    }
    kept.writer.look();
    kept.writer.look();
    assert_eq!(kept.told(), [1, 2, 3].map(|random| Report::Asked(outside(random))));
    let frame = log.take(&outside(1)).unwrap();
    kept.frame(&frame);
    kept.writer.refuse(outside(2).id);
    kept.writer.look();
    assert_eq!(kept.told(), [Report::Saved { seq: log.seq() }]);

    // The power goes: 1 is answered, 2 refused, 3 asked again.
    let left = disk.power_cut(Cut::Lose);
    let mut again = Kept::new(resumed(&left).begin);
    again.writer.look();
    assert_eq!(again.told(), [Report::Asked(outside(3))]);
    drop(again);
    assert_eq!(store(&left).hand(&file(), &outside(4)).unwrap(), Handed::NotRunning);
}

#[test]
fn what_is_no_command_is_put_out_of_the_way_and_of_what_is_forgotten_nothing_is_kept() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    store(&disk).hand(&file(), &outside(1)).unwrap();
    let (handed, _) = disk.files().into_iter().find(|(path, _)| path.starts_with("/state/inbox")).unwrap();
    let foreign = handed.with_file_name("00-foreign.json");
    crate::storage::replace::replace(&disk, &foreign, b"{}", None).unwrap();
    kept.writer.look();
    kept.writer.forget(outside(1).id);
    let left = disk.power_cut(Cut::Lose).files().into_iter();
    let left: Vec<(std::path::PathBuf, Vec<u8>)> =
        left.filter(|(path, _)| path.starts_with("/state/inbox")).collect();
    let refused = |path: &Path| path.with_extension("json.refused");
    assert_eq!(left, [(refused(&foreign), b"{}".to_vec()), (refused(&handed), Vec::new())]);
}

#[test]
fn an_answered_command_that_is_still_in_the_inbox_is_not_asked_again() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let mut log = Log::new(Room::new().session().clone(), 0);
    for frame in Room::new().go("practices").frames() {
        log.append(frame).unwrap();
        kept.frame(frame);
    }
    store(&disk).hand(&file(), &outside(1)).unwrap();
    kept.writer.look();
    // The answer reaches the disk; then the disk refuses everything.
    disk.fail(Fault { at: disk.operations() + 2, error: ErrorKind::Other, lasting: true });
    kept.frame(&log.take(&outside(1)).unwrap());
    let mut left = disk.power_cut(Cut::Lose);
    for _ in 0..2 {
        let at = left.operations();
        left.heal();
        let ready = resumed(&left);
        let mut kept = Kept::new(ready.begin);
        kept.told();
        assert!(left.operations() > at);
        left.fail(Fault { at: left.operations() + 2, error: ErrorKind::Other, lasting: true });
        kept.writer.look();
        kept.writer.settle();
        assert_eq!(kept.told().iter().filter(|told| matches!(told, Report::Asked(_))).count(), 0);
        left = left.power_cut(Cut::Lose);
    }
}

#[test]
fn a_running_program_hears_of_a_command_without_looking() {
    let folder = tempfile::tempdir().unwrap();
    let real = Places { library: folder.path().join("library"), state: folder.path().join("state") };
    let real = Store::new(Arc::new(Disk), real);
    for store in [real, store(&SimDisk::new())] {
        let (tell, reports) = mpsc::channel();
        let session = Room::new().session().clone();
        let keeper = store.begin(session, move |report| drop(tell.send(report))).unwrap().keeper;
        let path = keeper.path().to_path_buf();
        keeper.append(Room::new().go("practices").frames()[0].clone());
        wait_for(&reports, 1);
        assert_eq!(store.hand(&path, &outside(1)).unwrap(), Handed::ToRunning);
        assert_eq!(reports.recv().unwrap(), Report::Asked(outside(1)));
        assert_eq!(store.hand(&path, &outside(2)).unwrap(), Handed::ToRunning);
        assert_eq!(reports.recv().unwrap(), Report::Asked(outside(2)));
        keeper.leave(*visible(Room::new().session()), false).unwrap();
        assert_eq!(store.hand(&path, &outside(3)).unwrap(), Handed::NotRunning);
        // Neither was answered: both are asked when the session is gone on with.
        let (tell, reports) = mpsc::channel();
        let keeper = store.resume(&path, move |report| drop(tell.send(report))).unwrap().keeper;
        assert_eq!(reports.recv().unwrap(), Report::Asked(outside(1)));
        assert_eq!(reports.recv().unwrap(), Report::Asked(outside(2)));
        drop(keeper);
    }
}

#[test]
fn a_session_that_is_just_beginning_waits_for_no_disk_and_is_found() {
    let disk = SimDisk::new();
    store(&disk).can_write().unwrap();
    let ready = store(&disk).begun(Room::new().session().clone()).unwrap();
    assert!(disk.log().iter().all(|operation| !operation.starts_with("sync")), "{:?}", disk.log());
    assert!(disk.metadata(&file()).is_err());
    assert_eq!(*store(&disk).look(&file()).unwrap().session(), *Room::new().session());
    assert_eq!(store(&disk).hand(&file(), &outside(1)).unwrap(), Handed::ToRunning);
    let mut kept = Kept::new(ready.begin);
    kept.writer.look();
    assert_eq!(kept.told(), [Report::Asked(outside(1))]);
}

#[test]
fn whoever_handed_something_in_can_ask_for_the_answer() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let mut log = Log::new(Room::new().session().clone(), 0);
    for frame in Room::new().go("practices").frames() {
        log.append(frame).unwrap();
        kept.frame(frame);
    }
    let answer = |random| store(&disk).answer(&file(), &outside(random), Duration::ZERO).unwrap();
    for random in [1, 2, 3] {
        store(&disk).hand(&file(), &outside(random)).unwrap();
    }
    kept.writer.look();
    kept.writer.refuse(outside(2).id);
    kept.writer.frame(&log.take(&outside(1)).unwrap());
    assert_eq!([1, 2, 3].map(answer), [Answer::Waiting, Answer::Refused, Answer::Waiting]);
    kept.writer.settle();
    assert_eq!([1, 2, 3].map(answer), [Answer::Taken, Answer::Refused, Answer::Waiting]);
}

#[test]
fn looking_sees_what_the_file_does_not_say_and_changes_nothing() {
    let disk = SimDisk::new();
    let room = room();
    let kept = Kept::through(&disk, &room);
    let before = disk.power_cut(Cut::Keep);
    assert_eq!(*store(&disk).look(&file()).unwrap().session(), *room.session());
    drop(kept);
    let files = |disk: &SimDisk| [file(), journal(disk)].map(|path| disk.read(&path, READ_LIMIT).unwrap());
    assert_eq!(files(&disk), files(&before));
    disk.tamper(&journal(&disk), |bytes| bytes.truncate(3));
    let (in_file, _) = store(&disk).look(&file()).unwrap().ours().unwrap();
    assert!(in_file.notes.is_empty() && in_file.id == room.session().id);
    disk.remove(&file()).unwrap();
    assert!(store(&disk).look(&file()).unwrap_err().to_string().ends_with("it is not there"));
}
