//! Somebody removes what a session is kept in while it runs: it is kept anew, and that is told.

use super::*;
use crate::storage::journal::is_aside;
use crate::storage::sim::{Cut, Fault};
use crate::storage::trouble::Trouble;

/// What somebody may remove.
fn victims(disk: &SimDisk) -> [PathBuf; 3] {
    [journal(disk), places().journals(), places().state]
}

/// A session whose first frames are saved, and then somebody removes this.
fn removed(disk: &SimDisk, room: &Room, which: usize) -> Kept {
    let mut kept = Kept::begun(disk).unwrap();
    for frame in &room.frames()[..3] {
        kept.frame(frame);
    }
    assert_eq!(kept.saved(), 3);
    kept.told();
    disk.remove_all(&victims(disk)[which]);
    kept
}

#[test]
fn a_journal_that_was_removed_is_written_anew_with_everything() {
    let room = room();
    for which in 0..3 {
        let disk = SimDisk::new();
        let mut kept = removed(&disk, &room, which);
        for frame in &room.frames()[3..] {
            kept.frame(frame);
        }
        let told = kept.told();
        assert_eq!(told[0], Report::JournalRemoved);
        assert_eq!(told[1], Report::Saved { seq: 4 });
        assert_eq!(told.iter().filter(|report| **report == Report::JournalRemoved).count(), 1);
        drop(kept);
        assert_eq!(resumed(&disk.power_cut(Cut::Lose)).begin.log.session(), room.session(), "{which}");
        assert!(disk.synced_again().is_empty());
    }
}

/// What is added to a journal that somebody cut off, or added to, isn't where it is looked for.
#[test]
fn a_journal_that_was_changed_is_written_anew_too_and_what_lay_there_is_kept() {
    let room = room();
    let changes: [fn(&mut Vec<u8>); 3] = [Vec::clear, |bytes| bytes.truncate(300), |bytes| bytes.push(b'x')];
    for change in changes {
        let disk = SimDisk::new();
        let mut kept = Kept::through(&disk, &room);
        kept.told();
        disk.tamper(&journal(&disk), change);
        let changed = disk.read(&journal(&disk), READ_LIMIT).unwrap();
        kept.writer.settle();
        assert_eq!(kept.told(), [Report::JournalRemoved]);
        drop(kept);
        assert_eq!(resumed_elsewhere(&disk), Box::new(room.session().clone()));
        let beside = disk.files().into_iter().filter(|(path, _)| is_aside(&journal(&disk), path));
        assert_eq!(beside.map(|(_, bytes)| bytes).collect::<Vec<_>>(), [changed]);
    }
}

/// A draft, a look at the inbox or leaving is enough to notice.
#[test]
fn it_is_noticed_though_nothing_new_is_to_be_saved() {
    let room = room();
    let disk = SimDisk::new();
    let mut kept = removed(&disk, &room, 0);
    kept.writer.settle();
    assert_eq!(kept.told(), [Report::JournalRemoved]);
    assert_eq!(*resumed_elsewhere(&disk), states(&room)[3]);
    disk.remove_all(&places().state);
    let session = states(&room)[3].clone();
    kept.writer.leave(visible(&session), false).unwrap();
    assert_eq!(*resumed_elsewhere(&disk), session);
}

fn resumed_elsewhere(disk: &SimDisk) -> Box<Session> {
    Box::new(resumed(&disk.power_cut(Cut::Lose)).begin.log.session().clone())
}

/// While it can't be written anew it is told as not saved, with the reason, until it is.
#[test]
fn a_disk_that_fails_then_is_told_and_nothing_is_called_saved() {
    let room = room();
    let disk = SimDisk::new();
    let mut kept = removed(&disk, &room, 2);
    disk.fail(Fault { at: disk.operations(), error: ErrorKind::StorageFull, lasting: true });
    kept.frame(&room.frames()[3]);
    kept.frame(&room.frames()[4]);
    let told = kept.told();
    let [Report::Failed { why }] = told.as_slice() else { panic!("{told:?}") };
    assert!(why.starts_with("the disk is full: "), "{why}");
    disk.heal();
    kept.writer.settle();
    assert_eq!(kept.told().last(), Some(&Report::Saved { seq: 5 }));
    assert_eq!(*resumed_elsewhere(&disk), states(&room)[5]);
}

/// From the moment at which something is told as saved after the removal, no cut and no fault loses it.
#[test]
fn what_is_told_as_saved_after_it_survives_every_cut_and_fault() {
    let room = room();
    let states = states(&room);
    for which in 0..3 {
        for at in 0.. {
            let disk = SimDisk::new();
            let mut kept = removed(&disk, &room, which);
            let begun = disk.operations();
            disk.fail(Fault { at: begun + at, error: ErrorKind::Other, lasting: true });
            for frame in &room.frames()[3..] {
                kept.frame(frame);
            }
            let saved = usize::try_from(kept.saved()).unwrap();
            for cut in [Cut::Lose, Cut::Keep, Cut::Mix(u64::try_from(at).unwrap())] {
                let image = disk.power_cut(cut);
                if saved > 0 {
                    let found = resumed(&image).begin.log.session().clone();
                    assert!(states[saved..].contains(&found), "{which}, {at}, {cut:?}: it is missing");
                }
            }
            assert!(saved > 0 || kept.writer.is_in_trouble(), "{which}, {at}: nobody is told");
            if disk.operations() <= begun + at {
                break;
            }
        }
    }
}

/// With its folder the lock goes too, and another program could take it before this one does again.
#[test]
fn two_programs_never_run_it_though_the_lock_was_removed() {
    let room = room();
    let disk = SimDisk::new();
    let mut kept = removed(&disk, &room, 2);
    kept.frame(&room.frames()[3]);
    assert!(matches!(store(&disk).resumed(&file()).unwrap_err(), Trouble::Elsewhere { .. }));
    disk.remove_all(&places().state);
    let mut other = Kept::new(resumed(&disk).begin);
    kept.told();
    kept.frame(&room.frames()[4]);
    let told = kept.told();
    let [Report::Failed { why }] = told.as_slice() else { panic!("{told:?}") };
    assert!(why.starts_with("another program runs this session by now: "), "{why}");
    other.writer.settle();
    assert_eq!(other.told(), [], "its journal was left alone");
}

/// Something that cleans up may take the lock and leave the journal.
#[test]
fn a_lock_that_was_removed_by_itself_is_taken_again_with_the_next_save() {
    let room = room();
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    disk.remove_all(&places().locks());
    kept.frame(&room.frames()[0]);
    assert_eq!(kept.saved(), 1);
    assert!(matches!(store(&disk).resumed(&file()).unwrap_err(), Trouble::Elsewhere { .. }));
}

/// The bell at which other programs ring went as well.
#[test]
fn what_is_handed_in_is_heard_again() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { library: folder.path().join("library"), state: folder.path().join("state") };
    let store = Store::new(Arc::new(Disk), places.clone());
    let (tell, reports) = mpsc::channel();
    let begun = Room::new().session().clone();
    let Opened { keeper, .. } = store.begin(begun, move |report| tell.send(report).unwrap()).unwrap();
    let room = room();
    for (frame, seq) in room.frames().iter().zip(1..=3) {
        keeper.append(frame.clone());
        wait_for(&reports, seq);
        // Saved is told before the bell is up again, and the third after that.
        if seq == 1 {
            Disk.rename(&places.state, &folder.path().join("away")).unwrap();
        }
    }
    let note = crate::session::testing::note("sales", "From paper");
    let command = Command {
        id: FrameId(crate::session::Id::new(7)),
        by: crate::session::Author::Outside,
        at: room.now(),
        what: crate::session::Request::Add { to: None, drafts: vec![note] },
    };
    store.hand(keeper.path(), &command).unwrap();
    while reports.recv_timeout(AT_MOST).unwrap() != Report::Asked(command.clone()) {}
}
