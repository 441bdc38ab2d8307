//! Going on with a session that was left, damaged, changed by others, or run elsewhere.

use std::collections::BTreeMap;

use super::*;
use crate::session::{
    Author, Blank, DecisionField, DecisionId, Id, ItemId, Over, Request, Rewording, StepId,
};
use crate::storage::payload;
use crate::storage::session_file;
use crate::storage::sim::{Cut, Fault};
use crate::storage::trouble::Trouble;

#[test]
fn drafts_come_back_and_undo_works_over_a_crash() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::begun(&disk).unwrap();
    let (one, other) = (room.session().agenda[0].id, room.session().agenda[1].id);
    for frame in room.frames() {
        kept.frame(frame);
    }
    for (step, text) in [(one, "gone"), (other, "half a no"), (one, ""), (other, "half a note")] {
        kept.writer.draft(step.into(), typed(text));
    }
    kept.writer.settle();
    let mut left = disk.power_cut(Cut::Lose);
    for _ in 0..2 {
        let ready = resumed(&left);
        assert!(ready.found.is_empty());
        assert_eq!(ready.begin.drafts, BTreeMap::from([(other.into(), typed("half a note"))]));
        assert_eq!(ready.begin.log.seq(), room.log().seq());
        drop(Kept::new(ready.begin));
        left = left.power_cut(Cut::Lose);
    }
    let mut log = resumed(&disk.power_cut(Cut::Lose)).begin.log;
    let undo =
        Command { id: FrameId(Id::new(77)), by: Author::Facilitator, at: room.now(), what: Request::Undo };
    let frame = log.take(&undo).unwrap();
    assert_eq!(log.session().notes.iter().count(), 1);
    assert_eq!(frame.seq, room.log().seq() + 1);
}

/// The journal has all of it, and the file is written as soon as that can be.
#[test]
fn a_session_whose_file_is_out_of_reach_goes_on_from_its_journal() {
    let library = places().library;
    let to_folder = |disk: &SimDisk, path: &Path| {
        disk.remove_all(path);
        disk.create_folder(path).unwrap();
    };
    for is_whole_library in [false, true] {
        let disk = SimDisk::new();
        let room = room();
        drop(Kept::through(&disk, &room));
        if is_whole_library {
            disk.remove_all(&library);
        } else {
            to_folder(&disk, &file());
        }
        assert_eq!(store(&disk).look(&file()).unwrap().session(), room.session());
        let ready = resumed(&disk);
        assert!(ready.found.is_empty(), "{:?}", ready.found);
        assert_eq!(ready.begin.log.session(), room.session());
        let mut kept = Kept::new(ready.begin);
        let told = kept.told();
        assert!(matches!(told.as_slice(), [Report::Behind { .. }]), "{told:?}");
        disk.remove_all(&file());
        if is_whole_library {
            disk.create_folder(&library).unwrap();
        }
        kept.writer.settle();
        assert_eq!(kept.told(), [Report::CaughtUp]);
        assert_eq!(session_file::load(&disk, &file()).unwrap().0, *visible(room.session()));
    }
    let disk = SimDisk::new();
    to_folder(&disk, &library);
    let trouble = store(&disk).look(&library.join("a.ron")).unwrap_err();
    assert!(trouble.to_string().contains("it is not there") && trouble.advice().contains("visavis list"));
}

/// A library may be moved while something hidden is only in the journal, which belongs to where the file was.
#[test]
fn what_a_moved_file_left_behind_is_told() {
    let all_visible = Room::new().go("practices").note("sales", "We visit once a month").reveal();
    let hidden = Room::new().go("practices").note("sales", "We visit once a month");
    for (room, is_moved, is_told) in
        [(&hidden, true, true), (&hidden, false, false), (&all_visible, true, false)]
    {
        let disk = SimDisk::new();
        Kept::through(&disk, room).writer.leave(visible(room.session()), false).unwrap();
        let moved = Path::new("/library/moved.ron");
        let bytes = disk.read(&file(), READ_LIMIT).unwrap();
        disk.create_new(moved).unwrap().write(&bytes).unwrap();
        if is_moved {
            disk.remove_all(&file());
        }
        let found = store(&disk).resumed(moved).unwrap().found;
        assert_eq!(found.len(), usize::from(is_told), "{found:?}");
        assert!(found.iter().all(|found| found.contains(&format!("{:?}", file()))));
        if is_told {
            drop(disk.create_new(&file()).unwrap().write(&bytes));
            assert_eq!(resumed(&disk).begin.log.session(), room.session(), "as the words say");
        }
    }
}

#[test]
fn a_library_that_a_power_cut_took_is_made_again_where_nothing_was_in_it_yet() {
    let disk = SimDisk::new();
    drop(store(&disk).begun(Room::new().session().clone()).unwrap());
    disk.remove_all(&places().library);
    let mut kept = Kept::new(resumed(&disk).begin);
    kept.checkpoint(Room::new().session());
    assert_eq!(kept.told(), []);
    assert_eq!(session_file::load(&disk, &file()).unwrap().0, *visible(Room::new().session()));
}

#[test]
fn a_draft_says_where_it_was_typed_and_old_ones_are_of_the_line() {
    let id = Id::new(7);
    let half = Unfinished {
        blank: Blank::Decision(DecisionId(id), DecisionField::Objection),
        change: Some(Rewording { of: ItemId::Decision(DecisionId(id)), text: "We vis".to_owned() }),
        ..typed("too de")
    };
    let draft = payload::Draft { place: StepId(id).into(), typed: half };
    let kept = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<payload::Draft>(&kept).unwrap(), draft);
    let parked = payload::Draft { place: Over::Parking.into(), typed: typed("later") };
    let kept = serde_json::to_string(&parked).unwrap();
    assert_eq!(kept, r#"{"over":"Parking","text":"later"}"#);
    assert_eq!(serde_json::from_str::<payload::Draft>(&kept).unwrap(), parked);
    let old = format!(r#"{{"step":"{id}","text":"half a no"}}"#);
    let read: payload::Draft = serde_json::from_str(&old).unwrap();
    assert_eq!(read.typed, typed("half a no"));
}

#[test]
fn a_file_changed_by_others_is_kept_beside() {
    for while_running in [true, false] {
        let disk = SimDisk::new();
        let room = room();
        let mut kept = Kept::through(&disk, &room);
        kept.checkpoint(room.session());
        let edited = b"Session(edited: \"by hand\")".to_vec();
        disk.tamper(&file(), |bytes| bytes.clone_from(&edited));
        if while_running {
            kept.checkpoint(room.session());
            kept.checkpoint(room.session());
        } else {
            drop(kept);
            let ready = resumed(&disk);
            assert!(ready.found[0].contains("purchasing-meets-sales.outside.ron"), "{:?}", ready.found);
            assert_eq!(ready.begin.log.session(), room.session());
            drop(Kept::new(ready.begin));
            assert!(resumed(&disk).found.is_empty());
        }
        assert_eq!(session_file::load(&disk, &file()).unwrap().0, *visible(room.session()));
        assert_eq!(disk.read(&file().with_extension("outside.ron"), READ_LIMIT).unwrap(), edited);
        assert_eq!(disk.list(&places().library).unwrap().len(), 3);
        assert_eq!(store(&disk).files().unwrap(), [file()]);
    }
}

/// A damage before the last word of the file's being written takes with it that the file is ours.
#[test]
fn nobody_is_said_to_have_changed_a_file_that_a_damaged_journal_forgot() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::through(&disk, &room);
    kept.checkpoint(room.session());
    drop(kept);
    let journal = journal(&disk);
    let written = disk.read(&file(), READ_LIMIT).unwrap();
    for from_end in [1, 200] {
        let disk = disk.power_cut(Cut::Keep);
        disk.tamper(&journal, |bytes| {
            let at = bytes.len() - from_end;
            bytes[at] ^= 1;
        });
        let found = resumed(&disk).found.join("\n");
        assert!(!found.contains("Somebody changed") && found.contains("may be the newer"), "{found}");
        assert_eq!(disk.read(&file().with_extension("outside.ron"), READ_LIMIT).unwrap(), written);
    }
}

#[test]
fn without_a_journal_the_file_is_the_truth_edited_or_not() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::through(&disk, &room);
    let room = room.does(Request::Close);
    kept.frame(room.frames().last().unwrap());
    kept.writer.leave(visible(room.session()), true).unwrap();
    assert!(disk.list(&places().journals()).unwrap().is_empty());
    disk.tamper(&file(), |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace("once a month", "twice a month").into_bytes();
    });
    let ready = resumed(&disk);
    assert!(ready.found.is_empty());
    let notes = &ready.begin.log.session().notes;
    assert_eq!(notes.iter().next().unwrap().text, "We visit twice a month");
}

#[test]
fn what_a_newer_program_wrote_survives_going_on_even_from_the_journal() {
    let disk = SimDisk::new();
    let room = room().does(Request::Close);
    let kept = Kept::through(&disk, &room);
    kept.writer.leave(visible(room.session()), true).unwrap();
    disk.tamper(&file(), |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let text = text.replacen("    title:", "    weather: Sunny(degrees: 21),\n    title:", 1);
        *bytes =
            text.replacen("            text:", "            color: Red,\n            text:", 1).into_bytes();
    });
    let holds = |disk: &SimDisk, what: &str| {
        String::from_utf8(disk.read(&file(), READ_LIMIT).unwrap()).unwrap().contains(what)
    };
    drop(Kept::new(resumed(&disk).begin));
    assert!(holds(&disk, "weather: Sunny(degrees: 21)") && holds(&disk, "color: Red"));
    // The file goes away: the journal knows of it too.
    disk.remove(&file()).unwrap();
    let ready = resumed(&disk);
    assert!(ready.found[0].contains("was not there"), "{:?}", ready.found);
    drop(Kept::new(ready.begin));
    assert!(holds(&disk, "weather: Sunny(degrees: 21)") && holds(&disk, "color: Red"));
}

/// Killed before the session's file is there for the first time, once and again: nothing is amiss.
#[test]
fn a_file_that_never_was_is_not_missed() {
    let first = |disk: &SimDisk| drop(Kept::begun(disk));
    let again = |disk: &SimDisk| drop(store(disk).resumed(&file()).ok().map(|ready| Kept::new(ready.begin)));
    let killed_at = |disk: &SimDisk, at: usize, life: &dyn Fn(&SimDisk)| {
        disk.fail(Fault { at: disk.operations() + at, error: ErrorKind::Other, lasting: true });
        let before = disk.operations();
        life(disk);
        let is_over = disk.operations() <= before + at;
        (disk.power_cut(Cut::Keep), is_over)
    };
    let mut unborn = 0;
    for at in 0.. {
        let (killed, whole) = killed_at(&SimDisk::new(), at, &first);
        let ready = store(&killed).resumed(&file());
        if let Ok(ready) = ready {
            let found = ready.found.join(" ");
            assert!(!found.contains("was not there"), "killed at {at}: {found}");
            drop(ready);
            for then in 0.. {
                let (killed, whole) = killed_at(&killed.power_cut(Cut::Keep), then, &again);
                unborn += usize::from(killed.metadata(&file()).is_err());
                let found = resumed(&killed).found.join(" ");
                assert!(!found.contains("was not there"), "killed at {at}, and again at {then}: {found}");
                if whole {
                    break;
                }
            }
        }
        if whole {
            break;
        }
    }
    assert!(unborn > 100, "{unborn}");
}

#[test]
fn a_file_that_was_there_and_is_gone_is_missed() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::begun(&disk).unwrap();
    kept.frame(&room.frames()[0]);
    drop(kept);
    disk.remove(&file()).unwrap();
    assert!(resumed(&disk).found[0].contains("was not there"));
    drop(Kept::new(resumed(&disk).begin));
    assert_eq!(resumed(&disk).found, [""; 0], "it is there again");
}

#[test]
fn a_newer_format_is_not_touched() {
    let disk = SimDisk::new();
    drop(Kept::begun(&disk).unwrap());
    disk.tamper(&file(), |bytes| *bytes = b"Session(format: 2, sails: [Jib])".to_vec());
    let before = disk.read(&file(), READ_LIMIT).unwrap();
    let trouble = store(&disk).resumed(&file()).unwrap_err();
    assert!(matches!(trouble, Trouble::Newer { format: 2, .. }) && trouble.is_wrong_input());
    assert!(trouble.to_string().ends_with("was written by a newer visavis (format 2)"), "{trouble}");
    assert_eq!(disk.read(&file(), READ_LIMIT).unwrap(), before);
}

#[test]
fn a_newer_format_is_looked_at_whatever_its_journal_says() {
    let disk = SimDisk::new();
    let kept = Kept::through(&disk, &room());
    drop(kept);
    disk.tamper(&file(), |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replacen("format: 1", "format: 2", 1).into_bytes();
    });
    let files = || [file(), journal(&disk)].map(|path| disk.read(&path, READ_LIMIT).unwrap());
    let before = files();
    let held = store(&disk).look(&file()).unwrap();
    assert!(held.newer().is_some_and(|newer| newer.format == 2 && newer.left_out == 0));
    assert!(matches!(store(&disk).resumed(&file()), Err(Trouble::Newer { format: 2, .. })));
    let followed = store(&disk).follow(&file(), drop, || ());
    assert!(matches!(followed, Err(Trouble::Newer { format: 2, .. })));
    assert_eq!(files(), before);
}

#[test]
fn a_damaged_journal_gives_what_was_before_the_damage_and_is_kept() {
    let room = room();
    let states = states(&room);
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let mut ends = vec![];
    for frame in room.frames() {
        kept.frame(frame);
        ends.push(disk.read(&journal(&disk), READ_LIMIT).unwrap().len());
    }
    drop(kept);
    let path = journal(&disk);
    let whole = disk.read(&path, READ_LIMIT).unwrap();
    let asides = |disk: &SimDisk| {
        let names = disk.list(&places().journals()).unwrap();
        names.iter().filter(|name| name.to_string_lossy().ends_with(".damaged")).count()
    };
    for at in [ends[1] + 12, ends[2] + 3, whole.len() - 1] {
        let image = disk.power_cut(Cut::Lose);
        image.tamper(&path, |bytes| bytes[at] ^= 1);
        let ready = resumed(&image);
        let before = ends.iter().filter(|end| **end <= at).count();
        assert_eq!(*ready.begin.log.session(), states[before]);
        let told = if at == whole.len() - 1 {
            "ends within a record".to_owned()
        } else {
            format!("{} changes", states.len() - 2 - before)
        };
        assert!(ready.found[0].contains(&told), "{told}: {:?}", ready.found);
        assert_eq!(asides(&image), 1);
    }
    // From its beginning on: the file is all there is.
    disk.tamper(&path, |bytes| bytes[30] ^= 1);
    let ready = resumed(&disk);
    assert!(ready.found[0].contains("damaged from its beginning"), "{:?}", ready.found);
    assert_eq!(*ready.begin.log.session(), states[0]);
    assert_eq!(asides(&disk), 1);
}

#[test]
fn a_frame_that_does_not_fit_is_damage() {
    let room = room();
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    kept.frame(&room.frames()[0]);
    // As if the frames between had been lost without a trace.
    kept.frame(room.frames().last().unwrap());
    let ready = resumed(&disk.power_cut(Cut::Lose));
    assert_eq!(*ready.begin.log.session(), states(&room)[1]);
    assert!(ready.found[0].contains("1 changes"), "{:?}", ready.found);
}

#[test]
fn one_program_runs_a_session_and_others_are_told() {
    let disk = SimDisk::new();
    let kept = Kept::begun(&disk).unwrap();
    let trouble = store(&disk).resumed(&file()).unwrap_err();
    assert!(matches!(trouble, Trouble::Elsewhere { .. }), "{trouble}");
    let open = store(&disk).open_sessions().unwrap();
    assert!(open[0].path == file() && open.len() == 1);
    drop(kept);
    assert!(store(&disk).resumed(&file()).is_ok());
}

#[test]
fn what_is_no_session_is_told_with_its_place() {
    let disk = SimDisk::new();
    let trouble = |path: &Path| store(&disk).resumed(path).unwrap_err();
    assert!(trouble(&file()).to_string().ends_with("it is not there"));
    drop(Kept::begun(&disk).unwrap());
    disk.remove(&journal(&disk)).unwrap();
    disk.tamper(&file(), |bytes| *bytes = b"Session(\n  format: 1,\n  title: 7,\n)".to_vec());
    let told = trouble(&file());
    assert!(told.is_wrong_input());
    assert!(told.to_string().contains(".ron\", line 3, column "), "{told}");
}
