//! Each thing that can be wrong is found, told, and put right without anything being lost.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Arc;

use super::*;
use crate::session::testing::{Room, moment, note};
use crate::session::{Author, Command, FrameId, Id, Request, Shown};
use crate::storage::keeper::Writer;
use crate::storage::medium::{Medium, READ_LIMIT};
use crate::storage::places::{Places, previous};
use crate::storage::replace::replace;
use crate::storage::session_file;
use crate::storage::sim::{Fault, SimDisk};

const FILE: &str = "/library/2026-11-22-1400-purchasing-meets-sales.ron";

fn store(disk: &SimDisk) -> Store {
    Store::new(Arc::new(disk.clone()), Places { library: "/library".into(), state: "/state".into() })
}

fn room() -> Room {
    let room = Room::new().go("practices").note("sales", "We visit once a month");
    room.note("purchasing", "One contract").reveal()
}

/// A session that runs, its file written up to its first change.
fn running(disk: &SimDisk) -> Writer {
    let begin = store(disk).begun(Room::new().session().clone()).unwrap().begin;
    let mut writer = Writer::new(begin, Box::new(drop));
    writer.settle();
    for frame in room().frames() {
        writer.frame(frame);
        writer.settle();
    }
    writer
}

/// A session that was left and can be gone on with.
fn left(disk: &SimDisk) {
    running(disk).leave(visible(), false).unwrap();
}

fn closed(disk: &SimDisk) {
    let mut writer = running(disk);
    let room = room().does(Request::Close);
    writer.frame(room.frames().last().unwrap());
    writer.leave(Box::new(Shown::from(room.session()).to_file()), true).unwrap();
}

fn visible() -> Box<crate::session::Session> {
    Box::new(Shown::from(room().session()).to_file())
}

fn journal(disk: &SimDisk) -> PathBuf {
    let folder = store(disk).places().journals();
    let names = disk.list(&folder).unwrap();
    folder.join(names.iter().find(|name| name.to_string_lossy().ends_with(".journal")).unwrap())
}

fn put(disk: &SimDisk, path: impl AsRef<Path>, bytes: &[u8]) {
    replace(disk, path.as_ref(), bytes, None).unwrap();
}

fn told(check_up: &CheckUp) -> String {
    let line = |finding: &Finding| {
        let remedy = match &finding.remedy {
            Remedy::Told(words) => format!("told: {}", words.as_deref().unwrap_or("-")),
            Remedy::ByHand(words) => format!("by hand: {words}"),
            Remedy::Can(repair) => format!("--repair {}", repair.words()),
            Remedy::Done(words) => format!("done: {words}"),
            Remedy::Failed(why) => format!("failed: {why}"),
        };
        format!("{}\n  {remedy}\n", finding.what)
    };
    check_up.findings.iter().map(line).collect()
}

/// All files, with what they hold.
fn all(disk: &SimDisk) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::from("/")];
    while let Some(folder) = folders.pop() {
        for path in disk.list(&folder).unwrap().into_iter().map(|name| folder.join(name)) {
            match disk.metadata(&path).unwrap().kind {
                medium::Kind::Folder => folders.push(path),
                medium::Kind::File | medium::Kind::Other => {
                    found.insert(path.clone(), disk.read(&path, READ_LIMIT).unwrap());
                }
            }
        }
    }
    found.retain(|path, _| !path.starts_with("/state/locks"));
    found
}

/// What is found, and what came of putting it right. Looking changes nothing, what was taken out is still
/// there, and nothing that can be put right is found a second time.
fn repaired(disk: &SimDisk) -> (String, String) {
    let before = all(disk);
    let found = store(disk).check_up(true);
    assert_eq!(all(disk), before, "looking changes nothing");
    let moved = found
        .findings
        .iter()
        .filter(|finding| matches!(finding.remedy, Remedy::Can(Repair::SetAside(_) | Repair::PutBack)));
    let moved: Vec<PathBuf> = moved.map(|finding| finding.path.clone()).collect();
    let words = told(&found);
    let outcome = store(disk).repair(found);
    let after = all(disk);
    for path in moved {
        assert!(after.values().any(|bytes| *bytes == before[&path]), "{path:?} is lost");
    }
    let again = store(disk).check_up(true);
    assert!(
        !again.findings.iter().any(|finding| matches!(finding.remedy, Remedy::Can(_))),
        "{}",
        told(&again)
    );
    (words, told(&outcome))
}

#[test]
fn a_library_in_order_is_told_as_such() {
    for make in [left as fn(&SimDisk), closed] {
        let disk = SimDisk::new();
        make(&disk);
        let check_up = store(&disk).check_up(true);
        assert_eq!((told(&check_up).as_str(), check_up.sessions), ("", 1));
    }
}

#[test]
fn what_another_program_runs_is_left_alone_with_all_that_belongs_to_it() {
    let disk = SimDisk::new();
    let writer = running(&disk);
    put(&disk, format!("{FILE}.new"), b"half");
    disk.tamper(Path::new(FILE), |bytes| bytes.truncate(40));
    let before = all(&disk);
    let check_up = store(&disk).repair(store(&disk).check_up(true));
    insta::assert_snapshot!(told(&check_up), @r#"
    the session "/library/2026-11-22-1400-purchasing-meets-sales.ron" is running in another program
      told: it is left alone
    "#);
    assert_eq!(all(&disk), before);
    drop(writer);
    assert!(store(&disk).check_up(true).findings.len() > 1, "a lock that nobody holds is no obstacle");
}

#[test]
fn what_the_journal_holds_comes_into_the_file() {
    let disk = SimDisk::new();
    drop(running(&disk));
    let (found, outcome) = repaired(&disk);
    insta::assert_snapshot!(found + &outcome);
    assert_eq!(session_file::load(&disk, Path::new(FILE)).unwrap().0, *visible());
}

#[test]
fn an_open_session_without_its_file_gets_it_back() {
    let disk = SimDisk::new();
    left(&disk);
    disk.remove(Path::new(FILE)).unwrap();
    let (found, outcome) = repaired(&disk);
    insta::assert_snapshot!(found + &outcome);
    assert_eq!(session_file::load(&disk, Path::new(FILE)).unwrap().0, *visible());
}

#[test]
fn a_changed_or_damaged_file_of_an_open_session_is_kept_beside() {
    let disk = SimDisk::new();
    left(&disk);
    disk.tamper(Path::new(FILE), |bytes| bytes.truncate(400));
    let damaged = disk.read(Path::new(FILE), READ_LIMIT).unwrap();
    let (found, outcome) = repaired(&disk);
    insta::assert_snapshot!(found + &outcome);
    let again = store(&disk).check_up(true);
    insta::assert_snapshot!(told(&again));
    assert!(all(&disk).values().any(|bytes| *bytes == damaged));
    assert_eq!(session_file::load(&disk, Path::new(FILE)).unwrap().0, *visible());
}

#[test]
fn something_else_in_the_files_place_is_told_with_the_way_out() {
    let disk = SimDisk::new();
    left(&disk);
    disk.remove_all(Path::new(FILE));
    disk.create_folder(Path::new(FILE)).unwrap();
    let before = all(&disk);
    let check_up = store(&disk).repair(store(&disk).check_up(true));
    let [finding] = check_up.findings.as_slice() else { panic!("{}", told(&check_up)) };
    assert!(finding.is_wrong() && told(&check_up).contains("safe in its journal"), "{}", told(&check_up));
    assert_eq!(all(&disk), before);
}

#[test]
fn a_damaged_file_without_a_journal_gives_way_to_the_version_before() {
    let disk = SimDisk::new();
    closed(&disk);
    disk.tamper(Path::new(FILE), |bytes| bytes.truncate(400));
    let (found, outcome) = repaired(&disk);
    insta::assert_snapshot!(found + &outcome);
    assert!(session_file::load(&disk, Path::new(FILE)).is_ok());
    let disk = SimDisk::new();
    closed(&disk);
    for file in [PathBuf::from(FILE), previous(Path::new(FILE))] {
        disk.tamper(&file, |bytes| bytes.truncate(400));
    }
    insta::assert_snapshot!(repaired(&disk).1);
}

/// It is whole, and this program is only not allowed to read so much: nothing takes its place.
#[test]
fn a_file_that_is_too_large_is_left_as_it_is() {
    for make in [left as fn(&SimDisk), closed] {
        let disk = SimDisk::new();
        make(&disk);
        disk.tamper(Path::new(FILE), |bytes| bytes.resize(usize::try_from(READ_LIMIT).unwrap() + 1, b' '));
        assert!(session_file::load(&disk, &previous(Path::new(FILE))).is_ok());
        let outcome = store(&disk).repair(store(&disk).check_up(true));
        assert_eq!(
            told(&outcome),
            format!(
                "couldn't read {FILE:?}: it is too large\n  by hand: Allow more, in MiB, as in VISAVIS_READ_LIMIT=256.\n"
            )
        );
        assert_eq!(disk.metadata(Path::new(FILE)).unwrap().len, READ_LIMIT + 1);
    }
}

#[test]
fn damaged_journals_are_told_and_kept() {
    for at in [5, 200, 5000] {
        let disk = SimDisk::new();
        left(&disk);
        let journal = journal(&disk);
        disk.tamper(&journal, |bytes| {
            let at = at.min(bytes.len() - 1);
            bytes[at] ^= 1;
        });
        let damaged = disk.read(&journal, READ_LIMIT).unwrap();
        let (found, outcome) = repaired(&disk);
        insta::assert_snapshot!(format!("damaged_journal_{at}"), found + &outcome);
        assert!(all(&disk).values().any(|bytes| *bytes == damaged), "{at}");
    }
    let disk = SimDisk::new();
    left(&disk);
    disk.tamper(&journal(&disk), |bytes| bytes.truncate(7));
    disk.remove(Path::new(FILE)).unwrap();
    let (found, outcome) = repaired(&disk);
    insta::assert_snapshot!(found + &outcome);
}

#[test]
fn what_was_handed_in_is_taken_up_once() {
    let disk = SimDisk::new();
    left(&disk);
    let key = journal(&disk).file_stem().unwrap().to_string_lossy().into_owned();
    let command = |random: u64, text: &str| Command {
        id: FrameId(Id::new(random)),
        by: Author::Outside,
        at: moment(60),
        what: Request::Add { to: None, drafts: vec![note("sales", text)] },
    };
    for (key, random) in [(key.as_str(), 1), (key.as_str(), 2), ("gone-0123456789abcdef", 3)] {
        let command = command(random, &format!("From paper {random}"));
        store(&disk).inbox(key).hand_in(&disk, 60_000, command.id, &command).unwrap();
    }
    put(&disk, Path::new("/state/inbox").join(&key).join("00-foreign.json"), b"{}");
    let (found, outcome) = repaired(&disk);
    let (found, outcome) = (found.replace(&key, "KEY"), outcome.replace(&key, "KEY"));
    insta::assert_snapshot!(found + &outcome);
    let notes = store(&disk).look(Path::new(FILE)).unwrap().ours().unwrap().0.notes;
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["We visit once a month", "One contract", "From paper 1", "From paper 2"]);
}

#[test]
fn what_was_handed_in_and_is_refused_is_kept_unless_it_may_name_somebody() {
    for anonymous in [false, true] {
        let disk = SimDisk::new();
        let session = crate::session::Session { anonymous, ..Room::new().session().clone() };
        let begin = store(&disk).begun(session.clone()).unwrap().begin;
        Writer::new(begin, Box::new(drop)).leave(Box::new(session), false).unwrap();
        let key = journal(&disk).file_stem().unwrap().to_string_lossy().into_owned();
        let what = Request::Add { to: None, drafts: vec![note("nobody", "Ann said so")] };
        let command = Command { id: FrameId(Id::new(1)), by: Author::Outside, at: moment(60), what };
        store(&disk).inbox(&key).hand_in(&disk, 60_000, command.id, &command).unwrap();
        let (_, outcome) = repaired(&disk);
        assert!(outcome.contains("1 change that was handed in was refused"), "{outcome}");
        let inbox = Path::new("/state/inbox").join(&key);
        let kept: Vec<PathBuf> =
            disk.list(&inbox).unwrap().into_iter().map(|name| inbox.join(name)).collect();
        assert!(kept.len() == 1 && kept[0].to_string_lossy().ends_with(".refused"), "{kept:?}");
        let bytes = disk.read(&kept[0], READ_LIMIT).unwrap();
        assert_eq!(String::from_utf8_lossy(&bytes).contains("Ann said so"), !anonymous);
    }
}

#[test]
fn second_versions_are_taken_out_and_other_copies_told() {
    let disk = SimDisk::new();
    closed(&disk);
    let bytes = disk.read(Path::new(FILE), READ_LIMIT).unwrap();
    let stem = FILE.trim_end_matches(".ron");
    for name in
        [".sync-conflict-20261122-153012-7XKQ2AB", " (Anna's conflicted copy 2026-11-22)", " (1)", "-copy"]
    {
        put(&disk, format!("{stem}{name}.ron"), &bytes);
    }
    put(&disk, "/library/gone (conflicted copy 2026-11-22).ron", b"damaged");
    put(&disk, "/library/agenda (1).ron", b"damaged");
    let (found, outcome) = repaired(&disk);
    insta::assert_snapshot!(found + &outcome);
}

#[test]
fn leftovers_are_taken_out_and_what_is_kept_is_told() {
    let disk = SimDisk::new();
    left(&disk);
    let journal = journal(&disk);
    for path in [format!("{FILE}.new"), format!("{FILE}.previous.new"), format!("{}.new", journal.display())]
    {
        put(&disk, path, b"half");
    }
    let before = disk.operations();
    let (found, outcome) = repaired(&disk);
    let log = disk.log().split_off(before);
    let moved = log.iter().position(|step| step.starts_with("rename /library/2")).unwrap();
    assert_eq!(log[moved + 1..moved + 3], ["sync-folder /library/aside", "sync-folder /library"]);
    let key = journal.file_stem().unwrap().to_string_lossy().into_owned();
    insta::assert_snapshot!((found + &outcome).replace(&key, "KEY"));
    insta::assert_snapshot!(told(&store(&disk).check_up(true)));
}

#[test]
fn files_of_newer_programs_and_scripts_are_told() {
    let disk = SimDisk::new();
    medium::create_folders(&disk, Path::new("/library")).unwrap();
    put(&disk, "/library/newer.ron", b"Session(format: 9, future: ())");
    put(&disk, "/library/good.ron", crate::script::shipped()[0].text.as_bytes());
    put(&disk, "/library/bad.ron", b"// mine\nScript(format: 1, title: \"t\")");
    insta::assert_snapshot!(repaired(&disk).0);
}

#[test]
fn a_newer_file_is_told_and_stays_with_all_that_belongs_to_it() {
    let disk = SimDisk::new();
    left(&disk);
    let newer = |bytes: &mut Vec<u8>| {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replacen("format: 1", "format: 2", 1).into_bytes();
    };
    disk.tamper(Path::new(FILE), newer);
    // Its journal is damaged, and there is a second version of it.
    let journal = journal(&disk);
    disk.tamper(&journal, |bytes| bytes[20] ^= 1);
    let second = FILE.replace(".ron", ".sync-conflict-20261122-153012-7XKQ2AB.ron");
    put(&disk, &second, &disk.read(Path::new(FILE), READ_LIMIT).unwrap());
    let before = all(&disk);
    let (found, outcome) = repaired(&disk);
    assert_eq!(all(&disk), before);
    assert_eq!(found, outcome, "nothing is put right");
    let key = journal.file_stem().unwrap().to_string_lossy().into_owned();
    insta::assert_snapshot!(found.replace(&key, "KEY"));
}

#[test]
fn folders_that_are_missing_or_can_only_be_read_are_told() {
    let disk = SimDisk::new();
    insta::assert_snapshot!(told(&store(&disk).check_up(true)) + &told(&store(&disk).check_up(false)));
    left(&disk);
    // Looking into the library is the first operation, trying it out the next ones.
    disk.fail(Fault { at: disk.operations() + 2, error: ErrorKind::ReadOnlyFilesystem, lasting: true });
    insta::assert_snapshot!(told(&store(&disk).check_up(true)));
}

#[test]
fn whatever_the_disk_refuses_nothing_is_lost() {
    let damaged = |disk: &SimDisk| {
        left(disk);
        disk.tamper(Path::new(FILE), |bytes| bytes.truncate(400));
        put(disk, format!("{FILE}.new"), b"half");
    };
    let steps = {
        let disk = SimDisk::new();
        damaged(&disk);
        let before = disk.operations();
        drop(store(&disk).repair(store(&disk).check_up(true)));
        disk.operations() - before
    };
    for lasting in [false, true] {
        for step in 0..steps {
            let disk = SimDisk::new();
            damaged(&disk);
            disk.fail(Fault { at: disk.operations() + step, error: ErrorKind::StorageFull, lasting });
            drop(store(&disk).repair(store(&disk).check_up(true)));
            disk.heal();
            drop(store(&disk).repair(store(&disk).check_up(true)));
            assert_eq!(session_file::load(&disk, Path::new(FILE)).unwrap().0, *visible(), "{step}");
            assert!(!store(&disk).check_up(true).findings.iter().any(Finding::is_wrong), "{step}");
        }
    }
}
