//! What was removed for good is in no byte on the disk, and nothing brings it back.

use super::*;
use crate::session::{Author, Command, FrameId, Id, ItemId, Request};
use crate::storage::Answer;
use crate::storage::medium::folder_of;
use crate::storage::replace::replace;
use crate::storage::sim::{Cut, Fault};

const SECRET: &str = "We visit once a month";

/// A session whose file, previous version and journal all hold the secret, and from which it is removed. None
/// where the disk gave up before.
fn erased(disk: &SimDisk) -> Option<(Kept, Log)> {
    let room = room();
    let mut kept = Kept::begun(disk)?;
    let mut log = Log::new(Room::new().session().clone(), 0);
    for frame in room.frames() {
        log.append(frame).unwrap();
        kept.frame(frame);
        kept.checkpoint(log.session());
    }
    let log = erase_from(&mut kept, &room, log);
    Some((kept, log))
}

/// Removes the secret from the session that is kept.
fn erase(kept: &mut Kept, room: &Room) {
    let log = kept.writer.log().clone();
    erase_from(kept, room, log);
}

fn erase_from(kept: &mut Kept, room: &Room, mut log: Log) -> Log {
    let id = ItemId::Note(room.note_id(SECRET));
    log.remove_for_good(FrameId(Id::new(99)), Author::Facilitator, room.now(), id).unwrap();
    kept.writer.erase(log.clone(), vec![SECRET.to_owned()]);
    kept.writer.settle();
    log
}

fn holds_secret(disk: &SimDisk) -> Vec<PathBuf> {
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
    disk.files().into_iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect()
}

#[test]
fn what_was_removed_for_good_is_in_no_byte() {
    let disk = SimDisk::new();
    let (kept, log) = erased(&disk).unwrap();
    assert!(kept.told().contains(&Report::Erased));
    assert_eq!(holds_secret(&disk), [] as [PathBuf; 0]);
    assert!(!resumed(&disk.power_cut(Cut::Lose)).begin.erasing, "it is done once");
    kept.writer.leave(visible(log.session()), false).unwrap();
    let ready = resumed(&disk);
    assert_eq!((ready.begin.log.session(), ready.begin.erasing), (log.session(), false));
    assert!(ready.found.is_empty());
    drop(Kept::new(ready.begin));
    assert_eq!(holds_secret(&disk), [] as [PathBuf; 0]);
}

/// One that waits, one that was asked, one that was refused, and one that says something else.
#[test]
fn what_was_handed_in_with_the_same_words_goes_too() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::through(&disk, &room);
    let handed = |number: u64, text: &str| {
        let note = crate::session::testing::note("sales", text);
        let what = Request::Add { to: None, drafts: vec![note] };
        let command = Command { id: FrameId(Id::new(number)), by: Author::Outside, at: room.now(), what };
        store(&disk).hand(&file(), &command).unwrap();
        command
    };
    let refused = handed(1, SECRET);
    let asked = handed(2, &format!("I said: {SECRET}."));
    let other = handed(3, "We visit");
    kept.writer.look();
    kept.writer.refuse(refused.id);
    let waiting = handed(4, &format!("{SECRET} #visits"));
    assert!(holds_secret(&disk).len() >= 4);
    kept.told();
    erase(&mut kept, &room);
    assert!(kept.told().contains(&Report::Erased));
    assert_eq!(holds_secret(&disk), [] as [PathBuf; 0]);
    kept.writer.look();
    assert_eq!(kept.told(), [], "nothing of it is asked again, and the other is asked already");
    for command in [refused, asked, waiting] {
        assert_eq!(answer(&disk, &command), Answer::Refused);
    }
    assert_eq!(answer(&disk, &other), Answer::Waiting);
}

fn answer(disk: &SimDisk, command: &Command) -> Answer {
    store(disk).answer(&file(), command, Duration::ZERO).unwrap()
}

#[test]
fn damaged_journals_that_were_kept_go_too() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let room = room();
    for frame in room.frames() {
        kept.frame(frame);
    }
    drop(kept);
    disk.tamper(&journal(&disk), |bytes| bytes.truncate(bytes.len() - 3));
    let mut kept = Kept::new(resumed(&disk).begin);
    assert!(holds_secret(&disk).iter().any(|path| path.to_string_lossy().ends_with(".damaged")));
    disk.keep_moments();
    erase(&mut kept, &room);
    assert_eq!(holds_secret(&disk), [] as [PathBuf; 0]);
    for moment in disk.take_moments() {
        for seed in 0..8 {
            let image = moment.disk.power_cut(Cut::Reorder(seed));
            let ready = resumed(&image);
            let is_back = ready.begin.log.session().notes.iter().any(|note| note.text == SECRET);
            drop(Kept::new(ready.begin));
            assert!(is_back || holds_secret(&image).is_empty(), "seed {seed}, {}", moment.operations);
        }
    }
}

/// What others wrote, and what `doctor` took out, is not this program's to remove; it is named.
#[test]
fn versions_that_are_kept_aside_are_named() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::through(&disk, &room);
    let put = |path: &Path| {
        crate::storage::medium::create_folders(&disk, folder_of(path)).unwrap();
        replace(&disk, path, SECRET.as_bytes(), None).unwrap();
        path.to_owned()
    };
    let name = file().file_name().unwrap().to_owned();
    let journal = journal(&disk);
    let of_journal = places().state.join("aside").join(journal.file_name().unwrap());
    let aside = [file().with_extension("outside.ron"), places().library.join("aside").join(name), of_journal];
    let named: Vec<PathBuf> = aside.iter().map(|path| put(path)).collect();
    put(Path::new("/library/aside/another.ron"));
    put(&file().with_file_name("2026-11-22-1400-purchasing-meets-sales-2.outside.ron"));
    kept.told();
    erase(&mut kept, &room);
    assert_eq!(kept.told()[1..], [Report::Erased, Report::KeptAside(named)]);
}

#[test]
fn a_power_cut_at_any_moment_leaves_the_old_or_the_new_and_never_brings_it_back() {
    let (begun, steps) = {
        let disk = SimDisk::new();
        let _ = erased(&disk);
        let log = disk.log();
        // The removal begins with the first journal that is made after the last checkpoint.
        let last = log.iter().rposition(|line| line.starts_with("append")).unwrap_or(0);
        (last.saturating_sub(60), disk.operations())
    };
    let mut undone = 0;
    for step in begun..=steps {
        let disk = SimDisk::new();
        disk.fail(Fault { at: step, error: ErrorKind::Other, lasting: true });
        let told = erased(&disk).is_some_and(|(kept, _)| kept.told().contains(&Report::Erased));
        for cut in [Cut::Lose, Cut::Keep, Cut::Mix(u64::try_from(step).unwrap())] {
            let image = disk.power_cut(cut);
            let ready = resumed(&image);
            let is_gone = !ready.begin.log.session().notes.iter().any(|note| note.text == SECRET);
            assert!(is_gone || !told, "step {step}, {cut:?}: it is back");
            let kept = Kept::new(ready.begin);
            if is_gone {
                assert_eq!(holds_secret(&image), [] as [PathBuf; 0], "step {step}, {cut:?}");
                assert_eq!(
                    holds_secret(&image.power_cut(Cut::Lose)),
                    [] as [PathBuf; 0],
                    "step {step}, {cut:?}"
                );
            } else {
                undone += 1;
            }
            drop(kept);
        }
    }
    assert!(undone > 0, "some cuts came before it");
}

#[test]
fn a_disk_that_fails_once_is_tried_again_until_it_is_done() {
    let steps = {
        let disk = SimDisk::new();
        let _ = erased(&disk);
        disk.operations()
    };
    for step in steps.saturating_sub(60)..steps {
        let disk = SimDisk::new();
        disk.fail(Fault { at: step, error: ErrorKind::StorageFull, lasting: false });
        let Some((mut kept, _)) = erased(&disk) else { continue };
        disk.heal();
        kept.writer.settle();
        assert!(kept.told().contains(&Report::Erased), "step {step}");
        assert_eq!(holds_secret(&disk), [] as [PathBuf; 0], "step {step}");
    }
}
