//! Nothing that was told as saved is lost, whatever fails and whenever the power goes.

use super::*;
use crate::storage::medium::beside;
use crate::storage::replace::UNFINISHED;
use crate::storage::session_file;
use crate::storage::sim::{Cut, Fault};

/// Runs a whole session on a disk that may fail, and leaves it open: the newest frame told as saved.
fn run_through(disk: &SimDisk, room: &Room, states: &[Session]) -> (u64, Result<(), String>) {
    let Some(mut kept) = Kept::begun(disk) else { return (0, Err(String::new())) };
    let step = room.session().agenda[0].id;
    for (frame, state) in room.frames().iter().zip(&states[1..]) {
        match frame.seq {
            2 => kept.writer.draft(step.into(), typed("half a no")),
            4 => kept.checkpoint(state),
            _ => {}
        }
        kept.frame(frame);
    }
    let told = Arc::clone(&kept.told);
    let left = kept.writer.leave(visible(room.session()), false);
    let after = Kept { writer: Kept::begun(&SimDisk::new()).unwrap().writer, told };
    (after.saved(), left)
}

/// Nothing that was told as saved is missing, and the file is whole and hides what is hidden.
fn assert_safe(image: &SimDisk, saved: u64, states: &[Session], context: &str) {
    if let Ok((in_file, _)) = session_file::load(image, &file()) {
        assert!(states.iter().any(|state| in_file == *visible(state)), "{context}: the file is of no state");
    } else {
        assert!(image.metadata(&file()).is_err(), "{context}: the file is there and not whole");
    }
    let Ok(ready) = store(image).resumed(&file()) else {
        assert_eq!(saved, 0, "{context}: cannot be gone on with");
        return;
    };
    let least = usize::try_from(saved).unwrap();
    let found = ready.begin.log.session().clone();
    assert!(states[least..].contains(&found), "{context}: what was saved is missing");
    let kept = Kept::new(ready.begin);
    assert_eq!(kept.told(), [], "{context}");
    kept.writer.leave(visible(&found), false).unwrap();
    assert_eq!(*resumed(&image.power_cut(Cut::Lose)).begin.log.session(), found, "{context}");
}

#[test]
fn a_power_cut_at_any_moment_loses_nothing_that_was_told_as_saved() {
    let room = room();
    let states = states(&room);
    let steps = {
        let disk = SimDisk::new();
        run_through(&disk, &room, &states).1.unwrap();
        disk.operations()
    };
    for step in 0..=steps {
        let disk = SimDisk::new();
        disk.fail(Fault { at: step, error: ErrorKind::Other, lasting: true });
        let (saved, _) = run_through(&disk, &room, &states);
        for cut in [Cut::Lose, Cut::Keep, Cut::Mix(u64::try_from(step).unwrap())] {
            assert_safe(&disk.power_cut(cut), saved, &states, &format!("step {step}, {cut:?}"));
        }
    }
}

#[test]
fn one_failure_anywhere_is_got_over() {
    let room = room();
    let states = states(&room);
    let newest = u64::try_from(room.frames().len()).unwrap();
    let mut not_begun = 0;
    for step in 0.. {
        let disk = SimDisk::new();
        disk.fail(Fault { at: step, error: ErrorKind::StorageFull, lasting: false });
        let (saved, _) = run_through(&disk, &room, &states);
        assert!(disk.synced_again().is_empty());
        if saved == 0 {
            not_begun += 1;
            continue;
        }
        assert_eq!(saved, newest, "step {step}");
        assert_safe(&disk.power_cut(Cut::Lose), saved, &states, &format!("step {step}"));
        if disk.operations() <= step {
            break;
        }
    }
    assert!(not_begun < 30, "{not_begun}");
}

#[test]
fn a_lasting_failure_is_told_once_and_over_when_it_is_over() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let room = room();
    let (first, rest) = room.frames().split_first().unwrap();
    kept.frame(first);
    assert_eq!(kept.told(), [Report::Saved { seq: 1 }]);
    disk.fail(Fault { at: disk.operations(), error: ErrorKind::StorageFull, lasting: true });
    for frame in rest {
        kept.frame(frame);
    }
    let told = kept.told();
    let [Report::Failed { why }] = told.as_slice() else { panic!("{told:?}") };
    assert!(why.starts_with("the disk is full: "), "{why}");
    assert!(kept.writer.is_in_trouble());
    disk.heal();
    kept.writer.settle();
    assert_eq!(kept.told(), [Report::Saved { seq: room.log().seq() }]);
    assert!(disk.synced_again().is_empty());
    let left = disk.power_cut(Cut::Lose);
    assert_eq!(resumed(&left).begin.log.session(), room.session());
}

/// The journal as it is would win over the file when the session is gone on with.
#[test]
fn what_only_the_journal_could_not_take_is_left_in_the_file_alone() {
    let all_visible = Room::new().go("practices").note("sales", "We visit once a month").reveal();
    let hidden = Room::new().go("practices").note("sales", "We visit once a month");
    for (room, is_visible) in [(&all_visible, true), (&hidden, false)] {
        for closed in [false, true] {
            let disk = SimDisk::new();
            let (last, first) = room.frames().split_last().unwrap();
            let mut kept = Kept::begun(&disk).unwrap();
            first.iter().for_each(|frame| kept.frame(frame));
            kept.told();
            // Nothing can be put in its place.
            disk.create_folder(&beside(&journal(&disk), UNFINISHED)).unwrap();
            disk.fail(Fault { at: disk.operations(), error: ErrorKind::StorageFull, lasting: false });
            kept.frame(last);
            let told = kept.told();
            assert!(matches!(told.as_slice(), [Report::Failed { .. }]), "{told:?}");
            let left = kept.writer.leave(visible(room.session()), closed);
            assert_eq!(left.is_ok(), is_visible, "{left:?}");
            let ready = resumed(&disk.power_cut(Cut::Lose));
            assert_eq!(ready.found.is_empty(), is_visible, "{:?}", ready.found);
            assert_eq!(ready.begin.log.session() == room.session(), is_visible);
        }
    }
}

/// In an emergency somebody names the folder of a stick, perhaps twice, and whatever lies there is theirs.
#[test]
fn a_copy_in_a_folder_is_told_with_its_name_and_touches_nothing_there() {
    let disk = SimDisk::new();
    let mut kept = Kept::through(&disk, &room());
    kept.told();
    disk.create_folder(Path::new("/stick")).unwrap();
    let name = file().file_name().unwrap().to_str().unwrap().to_owned();
    let theirs = Path::new("/stick").join(format!("{name}.new"));
    drop(disk.create_new(&theirs).unwrap());
    for saved in [name.clone(), name.replace(".ron", "-2.ron")] {
        kept.writer.save_elsewhere("/stick".into(), visible(room().session()));
        kept.writer.settle();
        let path = Path::new("/stick").join(saved);
        assert_eq!(kept.told(), [Report::Written { path: path.clone() }]);
        assert_eq!(session_file::load(&disk, &path).unwrap().0, *visible(room().session()));
    }
    disk.metadata(&theirs).unwrap();
    kept.writer.save_elsewhere(theirs, visible(room().session()));
    kept.writer.settle();
    let told = kept.told();
    let [Report::NotWritten { why }] = told.as_slice() else { panic!("{told:?}") };
    assert!(why.starts_with("there is one already: "), "{why}");
}

/// What is entered is safe in the journal each time, and that is what is said each time.
#[test]
fn a_file_that_cannot_be_written_is_told_once_while_the_journal_goes_on() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let room = room();
    let states = states(&room);
    disk.spare(&places().state);
    disk.fail(Fault { at: disk.operations(), error: ErrorKind::ReadOnlyFilesystem, lasting: true });
    let mut told = Vec::new();
    for (frame, state) in room.frames().iter().zip(&states[1..]) {
        kept.writer.frame(frame);
        kept.writer.checkpoint(visible(state));
        for _ in 0..3 {
            kept.writer.settle();
        }
        let reports = kept.told();
        assert_eq!(reports[0], Report::Saved { seq: frame.seq });
        told.extend_from_slice(&reports[1..]);
        assert!(kept.writer.is_in_trouble(), "it is tried again");
        let left = disk.power_cut(Cut::Lose);
        assert_eq!(resumed(&left).begin.log.session(), state);
    }
    let [Report::Behind { why }] = told.as_slice() else { panic!("{told:?}") };
    assert!(why.starts_with("the disk can only be read: "), "{why}");
    disk.heal();
    kept.writer.settle();
    assert_eq!(kept.told(), [Report::CaughtUp]);
    assert!(!kept.writer.is_in_trouble());
    assert_eq!(session_file::load(&disk, &file()).unwrap().0, *visible(room.session()));
}

/// The session is kept as before: nothing of it is called unsaved.
#[test]
fn a_copy_that_cannot_be_saved_is_no_trouble_of_the_session() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let room = room();
    kept.writer.save_elsewhere("/nowhere/copy.ron".into(), visible(room.session()));
    kept.frame(&room.frames()[0]);
    let told = kept.told();
    assert!(matches!(told.as_slice(), [Report::Saved { seq: 1 }, Report::NotWritten { .. }]), "{told:?}");
    assert!(!kept.writer.is_in_trouble());
}
