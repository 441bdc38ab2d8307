//! The real disk, in folders of its own.

use super::*;
use crate::storage::medium::create_folders;

#[cfg(all(unix, not(target_vendor = "apple")))]
#[test]
fn a_bell_is_heard_whenever_it_rang_and_never_written_over() {
    let folder = folder();
    let (path, other) = (folder.path().join("bell"), folder.path().join("file"));
    assert!(Disk.ring(&path).is_err());
    let mut bell = Disk.bell(&path).unwrap();
    for _ in 0..100_000 {
        Disk.ring(&path).unwrap();
    }
    bell.wait().unwrap();
    let waiting = std::thread::spawn(move || bell.wait());
    // The ones before may be enough for it already.
    let _ = Disk.ring(&path);
    waiting.join().unwrap().unwrap();
    assert_eq!(Disk.ring(&path).unwrap_err().raw_os_error(), Some(rustix::io::Errno::NXIO.raw_os_error()));
    drop(Disk.create_new(&other).unwrap());
    assert!(Disk.ring(&other).is_err() && Disk.bell(&other).is_err());
    assert_eq!(Disk.metadata(&other).unwrap().len, 0);
}

/// Nothing tells whether the system was asked, unless it has to refuse.
#[cfg(target_os = "linux")]
#[test]
fn the_system_is_asked_to_sync() {
    let (_reads, writes) = rustix::pipe::pipe().unwrap();
    let refused = DiskFile(File::from(writes)).sync().unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::InvalidInput, "a pipe cannot be synced");
    let refused = system::sync_names(Path::new("/proc")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::InvalidInput, "nor can a folder that is on no disk");
    assert!(Disk.sync_folder(Path::new("/proc")).is_ok());
    assert!(Disk.sync_folder(&folder().path().join("none")).is_err());
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_file_is_written_appended_and_read() {
    let folder = folder();
    let path = folder.path().join("a");
    let mut file = Disk.create_new(&path).unwrap();
    file.write(b"one").unwrap();
    file.sync().unwrap();
    drop(file);
    Disk.append(&path).unwrap().write(b" two").unwrap();
    assert_eq!(Disk.read(&path, 100).unwrap(), b"one two");
    assert_eq!(Disk.metadata(&path).unwrap(), Meta { kind: Kind::File, len: 7 });
    assert_eq!(Disk.create_new(&path).unwrap_err().kind(), ErrorKind::AlreadyExists);
    Disk.sync_folder(folder.path()).unwrap();
}

#[test]
fn too_much_is_refused_before_reading() {
    let folder = folder();
    let path = folder.path().join("a");
    Disk.create_new(&path).unwrap().write(b"12345").unwrap();
    assert_eq!(Disk.read(&path, 5).unwrap(), b"12345");
    assert_eq!(Disk.read(&path, 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
    assert_eq!(Disk.read(folder.path(), 5).unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(Disk.append(&folder.path().join("b")).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn names_are_listed_in_order() {
    let folder = folder();
    for name in ["b", "a", "c"] {
        Disk.create_new(&folder.path().join(name)).unwrap();
    }
    Disk.rename(&folder.path().join("c"), &folder.path().join("0")).unwrap();
    Disk.remove(&folder.path().join("b")).unwrap();
    Disk.link(&folder.path().join("a"), &folder.path().join("d")).unwrap();
    assert_eq!(Disk.list(folder.path()).unwrap(), ["0", "a", "d"]);
}

#[test]
fn a_lock_is_had_by_one_and_a_file_left_over_is_no_obstacle() {
    let folder = folder();
    let path = folder.path().join("lock");
    let LockAttempt::Got(held) = Disk.lock(&path).unwrap() else { panic!("not locked") };
    assert!(matches!(Disk.lock(&path).unwrap(), LockAttempt::Taken));
    drop(held);
    assert!(path.exists());
    assert!(matches!(Disk.lock(&path).unwrap(), LockAttempt::Got(_)));
}

#[test]
fn whoever_looks_at_a_lock_or_waits_for_its_end_keeps_nobody_from_it() {
    let folder = folder();
    let path = folder.path().join("lock");
    assert!(Disk.is_locked(&path).is_err() && Disk.wait_unlocked(&path).is_err() && !path.exists());
    let LockAttempt::Got(held) = Disk.lock(&path).unwrap() else { panic!("not locked") };
    assert!(Disk.is_locked(&path).unwrap());
    let wait = || {
        let path = path.clone();
        std::thread::spawn(move || Disk.wait_unlocked(&path))
    };
    let waiting = [wait(), wait(), wait()];
    drop(held);
    for waiting in waiting {
        waiting.join().unwrap().unwrap();
    }
    assert!(!Disk.is_locked(&path).unwrap());
    let onlooker = File::open(&path).unwrap();
    onlooker.lock_shared().unwrap();
    assert!(!Disk.is_locked(&path).unwrap(), "whoever looks is no holder");
    drop(onlooker);
    assert!(matches!(Disk.lock(&path).unwrap(), LockAttempt::Got(_)));
}

#[cfg(unix)]
#[test]
fn everything_made_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;

    let folder = folder();
    let deep = folder.path().join("one/two");
    create_folders(&Disk, &deep).unwrap();
    create_folders(&Disk, &deep).unwrap();
    Disk.create_new(&deep.join("file")).unwrap();
    Disk.lock(&deep.join("lock")).unwrap();
    assert_eq!(mode(&folder.path().join("one")), 0o700);
    assert_eq!(mode(&deep), 0o700);
    assert_eq!(mode(&deep.join("file")), 0o600);
    assert_eq!(mode(&deep.join("lock")), 0o600);
}

#[cfg(unix)]
#[test]
fn writing_follows_no_links() {
    let folder = folder();
    let (aim, link) = (folder.path().join("aim"), folder.path().join("link"));
    Disk.create_new(&aim).unwrap();
    std::os::unix::fs::symlink(&aim, &link).unwrap();
    assert!(Disk.append(&link).is_err());
    assert!(Disk.lock(&link).is_err());
    assert_eq!(Disk.create_new(&link).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(Disk.metadata(&link).unwrap().kind, Kind::Other);
    assert_eq!(Disk.canonical(&link).unwrap(), fs::canonicalize(&aim).unwrap());
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_in_place_of_a_file_does_not_hang() {
    let folder = folder();
    let path = folder.path().join("pipe");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &path,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    assert_eq!(Disk.read(&path, 100).unwrap_err().kind(), ErrorKind::InvalidInput);
}
