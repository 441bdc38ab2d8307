//! A session is kept whatever the disk does.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, mpsc};

use super::*;
use crate::session::testing::Room;
use crate::session::{Author, Id, Log, Request, Shown};
use crate::storage::disk::Disk;
use crate::storage::medium::{Medium, READ_LIMIT};
use crate::storage::places::{Places, previous};
use crate::storage::sim::{Cut, Fault, SimDisk};
use crate::storage::store::{Handed, Opened, Ready, Store};
use crate::storage::trouble::Trouble;

fn places() -> Places {
    Places { library: "/library".into(), state: "/state".into() }
}

fn store(disk: &SimDisk) -> Store {
    Store::new(Arc::new(disk.clone()), places())
}

/// A session with a note that can be seen, and one that cannot.
fn room() -> Room {
    Room::new()
        .go("practices")
        .person("Ann", "sales")
        .note("sales", "We visit once a month")
        .reveal()
        .next()
        .note("purchasing", "One contract for all plants")
}

fn visible(session: &Session) -> Box<Session> {
    Box::new(Shown::from(session).to_file())
}

fn silent(_: Report) {}

/// Waits until the newest frame of a session is told as saved.
fn wait_for(reports: &mpsc::Receiver<Report>, seq: u64) {
    while !matches!(reports.recv().unwrap(), Report::Saved { seq: saved } if saved >= seq) {}
}

#[test]
fn a_session_begins_is_kept_and_closed_on_the_real_disk() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { library: folder.path().join("a/library"), state: folder.path().join("state") };
    let store = Store::new(Arc::new(Disk), places.clone());
    store.can_write().unwrap();
    let (tell, reports) = mpsc::channel();
    let room = room();
    let begun = Room::new().session().clone();
    let Opened { mut log, keeper, found, drafts } =
        store.begin(begun, move |report| tell.send(report).unwrap()).unwrap();
    assert!(found.is_empty() && drafts.is_empty());
    for frame in room.frames() {
        log.append(frame).unwrap();
        keeper.append(frame.clone());
    }
    wait_for(&reports, log.seq());
    let path = keeper.path().to_path_buf();
    assert!(path.ends_with("a/library/2026-11-22-1400-purchasing-meets-sales.ron"));
    keeper.save_elsewhere(folder.path().join("copy.ron"), *visible(log.session()));
    while reports.recv().unwrap() != Report::Written {}
    keeper.leave(*visible(log.session()), true).unwrap();
    assert_eq!(store.read(&path).unwrap().0, *log.session());
    assert_eq!(store.read(&folder.path().join("copy.ron")).unwrap().0, *log.session());
    assert!(Disk.list(&places.journals()).unwrap().is_empty());
    assert_eq!(Disk.list(&places.library).unwrap().len(), 2);
    assert!(store.read(&previous(&path)).is_ok());
}

#[test]
fn no_session_takes_the_name_of_another() {
    let disk = SimDisk::new();
    let mut paths = Vec::new();
    let mut keepers = Vec::new();
    for _ in 0..3 {
        let keeper = store(&disk).begin(Room::new().session().clone(), silent).unwrap().keeper;
        paths.push(keeper.path().to_string_lossy().into_owned());
        keepers.push(keeper);
    }
    let of = |end: &str| format!("/library/2026-11-22-1400-purchasing-meets-sales{end}.ron");
    assert_eq!(paths, [of(""), of("-2"), of("-3")]);
}

/// A session that is kept without a thread, and what was told.
struct Kept {
    writer: Writer,
    told: Arc<Mutex<Vec<Report>>>,
}

impl Kept {
    fn new(begin: Begin) -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&told);
        let mut writer = Writer::new(begin, Box::new(move |report| tell.lock().unwrap().push(report)));
        writer.settle();
        Self { writer, told }
    }

    fn begun(disk: &SimDisk) -> Option<Self> {
        Some(Self::new(store(disk).begun(Room::new().session().clone()).ok()?.begin))
    }

    fn frame(&mut self, frame: &Frame) {
        self.writer.frame(frame);
        self.writer.settle();
    }

    fn checkpoint(&mut self, session: &Session) {
        self.writer.checkpoint(visible(session));
        self.writer.settle();
    }

    fn told(&self) -> Vec<Report> {
        std::mem::take(&mut *self.told.lock().unwrap())
    }

    /// The newest frame that was told as saved.
    fn saved(&self) -> u64 {
        let told = self.told.lock().unwrap();
        let saved = told.iter().filter_map(|report| match report {
            Report::Saved { seq } => Some(*seq),
            Report::Failed { .. } | Report::Written | Report::Asked(_) => None,
        });
        saved.max().unwrap_or(0)
    }
}

fn file() -> PathBuf {
    PathBuf::from("/library/2026-11-22-1400-purchasing-meets-sales.ron")
}

fn resumed(disk: &SimDisk) -> Ready {
    store(disk).resumed(&file()).unwrap()
}

fn journal(disk: &SimDisk) -> PathBuf {
    let names = disk.list(&places().journals()).unwrap();
    let mut journals = names.iter().filter(|name| name.to_string_lossy().ends_with(".journal"));
    let journal = places().journals().join(journals.next().unwrap());
    assert!(journals.next().is_none());
    journal
}

/// The session before the first frame, and after each.
fn states(room: &Room) -> Vec<Session> {
    let mut log = Log::new(Room::new().session().clone(), 0);
    let mut states = vec![log.session().clone()];
    for frame in room.frames() {
        log.append(frame).unwrap();
        states.push(log.session().clone());
    }
    states
}

/// Runs a whole session on a disk that may fail, and leaves it open: the newest frame told as saved.
fn run_through(disk: &SimDisk, room: &Room, states: &[Session]) -> (u64, Result<(), String>) {
    let Some(mut kept) = Kept::begun(disk) else { return (0, Err(String::new())) };
    let step = room.session().agenda[0].id;
    for (frame, state) in room.frames().iter().zip(&states[1..]) {
        match frame.seq {
            2 => kept.writer.draft(step, "half a no".to_owned()),
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
    if let Ok((in_file, _)) = store(image).read(&file()) {
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
    assert!(why.ends_with("the disk is full"), "{why}");
    assert!(kept.writer.is_in_trouble());
    disk.heal();
    kept.writer.settle();
    assert_eq!(kept.told(), [Report::Saved { seq: room.log().seq() }]);
    assert!(disk.synced_again().is_empty());
    let left = disk.power_cut(Cut::Lose);
    assert_eq!(resumed(&left).begin.log.session(), room.session());
}

#[test]
fn a_file_that_cannot_be_written_is_told_though_the_journal_goes_on() {
    let disk = SimDisk::new();
    let mut kept = Kept::begun(&disk).unwrap();
    let room = room();
    let before = disk.operations();
    kept.writer.frame(&room.frames()[0]);
    kept.writer.checkpoint(visible(&states(&room)[1]));
    // Writing and syncing the frame, looking at the file, noting that it is written: then it fails.
    disk.fail(Fault { at: before + 6, error: ErrorKind::PermissionDenied, lasting: true });
    kept.writer.settle();
    let told = kept.told();
    assert!(matches!(told.as_slice(), [Report::Saved { seq: 1 }, Report::Failed { .. }]), "{told:?}");
    disk.heal();
    kept.frame(&room.frames()[1]);
    assert_eq!(kept.told(), [Report::Saved { seq: 2 }]);
    assert_eq!(store(&disk).read(&file()).unwrap().0, *visible(&states(&room)[1]));
}

#[test]
fn what_is_hidden_is_in_the_journal_and_never_in_the_file() {
    let disk = SimDisk::new();
    let room = Room::new().go("practices").note("sales", "Discounts at the end of the year");
    let mut kept = Kept::begun(&disk).unwrap();
    for frame in room.frames() {
        kept.frame(frame);
    }
    kept.checkpoint(room.session());
    let holds = |path: &Path| {
        let bytes = disk.read(path, READ_LIMIT).unwrap();
        String::from_utf8_lossy(&bytes).contains("Discounts")
    };
    assert!(holds(&journal(&disk)));
    // Closed with something hidden: there is no other place for it than the journal.
    kept.writer.leave(visible(room.session()), true).unwrap();
    assert!(holds(&journal(&disk)));
    for name in disk.list(&places().library).unwrap() {
        assert!(!holds(&places().library.join(name)));
    }
    assert_eq!(resumed(&disk).begin.log.session(), room.session());
}

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
        kept.writer.draft(step, text.to_owned());
    }
    kept.writer.settle();
    let mut left = disk.power_cut(Cut::Lose);
    for _ in 0..2 {
        let ready = resumed(&left);
        assert!(ready.found.is_empty());
        assert_eq!(ready.begin.drafts, BTreeMap::from([(other, "half a note".to_owned())]));
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

#[test]
fn a_file_changed_by_others_is_kept_beside() {
    for while_running in [true, false] {
        let disk = SimDisk::new();
        let room = room();
        let mut kept = Kept::begun(&disk).unwrap();
        for frame in room.frames() {
            kept.frame(frame);
        }
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
        assert_eq!(store(&disk).read(&file()).unwrap().0, *visible(room.session()));
        assert_eq!(disk.read(&file().with_extension("outside.ron"), READ_LIMIT).unwrap(), edited);
        assert_eq!(disk.list(&places().library).unwrap().len(), 3);
        assert_eq!(store(&disk).files().unwrap(), [file()]);
    }
}

#[test]
fn without_a_journal_the_file_is_the_truth_edited_or_not() {
    let disk = SimDisk::new();
    let room = room();
    let mut kept = Kept::begun(&disk).unwrap();
    for frame in room.frames() {
        kept.frame(frame);
    }
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
    let mut kept = Kept::begun(&disk).unwrap();
    for frame in room.frames() {
        kept.frame(frame);
    }
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
    assert!(ready.found[0].contains("was gone"), "{:?}", ready.found);
    drop(Kept::new(ready.begin));
    assert!(holds(&disk, "weather: Sunny(degrees: 21)") && holds(&disk, "color: Red"));
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
    assert!(open[0].running && open[0].path == file() && open.len() == 1);
    drop(kept);
    assert!(!store(&disk).open_sessions().unwrap()[0].running);
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

fn outside(random: u64) -> Command {
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
