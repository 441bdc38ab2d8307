//! Whatever a session is called and however its file is named, every file lies in the library or the state folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::session::testing::Room;
use crate::session::{Id, Session, SessionId, Shown};
use crate::storage::medium::create_folders;
use crate::storage::replace::replace;
use crate::storage::session_file;
use crate::storage::sim::SimDisk;
use crate::storage::{Disk, Medium, Opened, Places, Store, kept};

/// What the longest name of a file may have, in bytes, almost everywhere.
const LONGEST: usize = 255;

/// What some system or shell takes for something else.
const HOSTILE: [&str; 40] = [
    "..",
    ".",
    "/",
    "../../etc/passwd",
    "a/b",
    "a\\b",
    "\\\\server\\share",
    "a:b",
    "C:",
    "C:\\x",
    "CON",
    "con.ron",
    "NUL",
    "COM1",
    "LPT9.txt",
    "AUX",
    "-rf",
    "--help",
    "~",
    "~root",
    "$HOME",
    "`id`",
    "$(id)",
    "a;b",
    "a|b",
    "a>b",
    "*",
    "?",
    "\"",
    "'",
    "a\0b",
    "a\nb",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{202e}nor.",
    "\u{e9}t\u{e9}",
    "e\u{301}te\u{301}",
    "\u{1f469}\u{200d}\u{1f527}",
    "\u{fdfd}",
    "\u{1e9e}\u{130}\u{3a3}",
    "",
];

/// Two hundred titles: each as it is, above its folder, repeated to 300 bytes, with an ending, with marks around.
fn titles() -> Vec<String> {
    let long = |title: &str| title.repeat(300 / title.len().max(1) + 1);
    let each = |title: &&str| {
        [
            (*title).to_owned(),
            format!("../{title}"),
            long(title),
            format!("{title}.ron.new"),
            format!(" \u{301}{title}\u{200b} "),
        ]
    };
    HOSTILE.iter().flat_map(each).collect()
}

fn session(number: usize, title: &str) -> Session {
    let mut session = Room::new().session().clone();
    session.id = SessionId(Id::new(u64::try_from(number).unwrap() + 1));
    title.clone_into(&mut session.title);
    session
}

fn places() -> Places {
    Places { library: "/data/library".into(), state: "/state".into() }
}

/// Opens, writes and leaves a session, so that each of its files has been there.
fn kept_and_left(Opened { log, keeper, .. }: Opened) {
    keeper.checkpoint(Shown::from(log.session()).to_file());
    keeper.leave(Shown::from(log.session()).to_file(), false).unwrap();
}

/// Every path that was ever made, found or given a name.
fn touched(disk: &SimDisk) -> Vec<PathBuf> {
    let log = disk.log();
    let made = log
        .iter()
        .filter(|line| ["create ", "rename ", "link ", "lock "].iter().any(|act| line.starts_with(act)));
    made.flat_map(|line| line.split(' ').skip(1)).map(PathBuf::from).collect()
}

#[test]
fn a_title_names_a_file_in_the_library_and_nothing_else() {
    let titles = titles();
    assert_eq!(titles.len(), 200);
    let disk = SimDisk::new();
    let store = Store::new(Arc::new(disk.clone()), places());
    for (number, title) in titles.iter().enumerate() {
        kept_and_left(store.begin(session(number, title), drop).unwrap());
    }
    for path in touched(&disk) {
        assert!(path.starts_with(places().library) || path.starts_with(places().state), "{path:?}");
        let name = path.file_name().unwrap().to_str().unwrap();
        let plain = |letter: char| letter.is_alphanumeric() || ".-".contains(letter);
        assert!(name.chars().all(plain) && !name.starts_with(['.', '-']), "{name:?}");
        assert!(name.len() < LONGEST && !name.contains(".."), "{name:?}");
    }
    let library = disk.list(&places().library).unwrap();
    let sessions = library.iter().filter(|name| name.to_str().unwrap().ends_with(".ron")).count();
    assert_eq!(sessions, 200, "each has its own");
    for (path, bytes) in
        disk.files().iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "ron"))
    {
        let (read, _) = session_file::read(path, bytes).unwrap();
        assert!(titles.contains(&read.title), "{:?}", read.title);
    }
}

#[test]
fn a_file_of_any_name_is_gone_on_with_in_its_folder() {
    let disk = SimDisk::new();
    let store = Store::new(Arc::new(disk.clone()), places());
    create_folders(&disk, &places().library).unwrap();
    let mut files = 0;
    for (number, name) in titles().iter().enumerate() {
        // A name of a file has no slash, and is none of these.
        let mut name = name.replace(['/', '\0'], "_");
        write!(name, "{number}.ron").unwrap();
        let path = places().library.join(&name);
        let text = session_file::text(&session(number, "Named"), &kept::Unknowns::default()).unwrap();
        replace(&disk, &path, text.as_bytes(), None).unwrap();
        let opened = store.resume(&path, drop).unwrap();
        assert_eq!(opened.keeper.path(), path);
        kept_and_left(opened);
        files += 1;
    }
    assert_eq!(files, 200);
    for (path, _) in disk.files() {
        assert!(path.starts_with(places().library) || path.starts_with(places().state), "{path:?}");
    }
}

/// A name so long that the system refuses any longer: the session goes on, and says that it is not saved there.
#[test]
fn a_file_whose_name_leaves_no_room_is_told_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { library: folder.path().join("library"), state: folder.path().join("state") };
    let store = Store::new(Arc::new(Disk), places.clone());
    create_folders(&Disk, &places.library).unwrap();
    let path = places.library.join(format!("{}.ron", "n".repeat(LONGEST - 4)));
    let text = session_file::text(&session(1, "Long"), &kept::Unknowns::default()).unwrap();
    Disk.create_new(&path).unwrap().write(text.as_bytes()).unwrap();
    let Opened { log, keeper, .. } = store.resume(&path, drop).unwrap();
    let mut changed = Shown::from(log.session()).to_file();
    changed.title = "Changed".to_owned();
    let refused = keeper.leave(changed, false).unwrap_err();
    assert!(refused.to_string().contains("too long"), "{refused}");
    assert_eq!(Disk.read(&path, 1 << 20).unwrap(), text.as_bytes());
    assert_eq!(Disk.list(Path::new(&places.library)).unwrap().len(), 1);
}
