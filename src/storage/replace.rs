//! Putting a new version of a file in the place of the old one, and new files where there was none.
//!
//! At every moment there is one whole file under the name: the old version or the new. Nothing
//! here is tried again after it failed; calling [`replace`] again writes a new file.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::failed::{Act, Doing, Failed};
use super::medium::{Medium, OpenFile, beside, folder_of, remove_if_there};

/// The ending of a file that is not yet in its place. Where one is found after a crash it means
/// nothing and the next writing removes it.
pub const UNFINISHED: &str = ".new";

/// Writes `bytes` as the new version of `target` and makes sure that the disk has it. Where
/// `previous` is given, the version that was there until now is kept under that name.
///
/// The caller makes sure that nobody else writes this file meanwhile.
///
/// # Errors
/// The first operation that failed. `target` is the old version or the new one, whole; nothing is
/// known about which of them the disk would have after a power cut.
pub fn replace(
    medium: &dyn Medium,
    target: &Path,
    bytes: &[u8],
    previous: Option<&Path>,
) -> Result<(), Failed> {
    let unfinished = beside(target, UNFINISHED);
    let done = write_new(medium, &unfinished, bytes)
        .and_then(|()| previous.map_or(Ok(()), |previous| keep_previous(medium, target, previous)))
        .and_then(|()| medium.rename(&unfinished, target).doing(Act::Rename, target));
    if done.is_err() {
        // It stands in nobody's way: the next writing removes it too.
        let _ = medium.remove(&unfinished);
    }
    done?;
    let folder = folder_of(target);
    medium.sync_folder(folder).doing(Act::SyncFolder, folder)
}

/// Writes `bytes` as a file that isn't there yet and makes sure that the disk has it. Nothing that is there is
/// touched, whatever it is called: this is for folders that belong to others.
///
/// # Errors
/// The first operation that failed; of the file nothing is left then. Where something has the name, creating it
/// fails with `AlreadyExists`.
pub fn put_new(medium: &dyn Medium, target: &Path, bytes: &[u8]) -> Result<(), Failed> {
    let file = medium.create_new(target).doing(Act::Create, target)?;
    let folder = folder_of(target);
    let done = fill(medium, file, target, bytes)
        .and_then(|()| medium.sync_folder(folder).doing(Act::SyncFolder, folder));
    if done.is_err() {
        // What was not told as saved would be in the way of the next try; the reason is told already.
        let _ = medium.remove(target);
    }
    done
}

/// Writes `bytes` as the new version of `target` without waiting for the disk: after a power cut it may be the
/// old version, the new one, or damaged. For what is written again soon, or can be done without.
///
/// # Errors
/// The first operation that failed. `target` is the old version or the new one, whole.
pub fn put(medium: &dyn Medium, target: &Path, bytes: &[u8]) -> Result<(), Failed> {
    let unfinished = beside(target, UNFINISHED);
    remove_if_there(medium, &unfinished).doing(Act::Remove, &unfinished)?;
    let mut file = medium.create_new(&unfinished).doing(Act::Create, target)?;
    file.write(bytes).doing(Act::Write, target)?;
    medium.rename(&unfinished, target).doing(Act::Rename, target)
}

/// Writes a file that nobody knows yet, makes sure that the disk has it, and reads it back.
fn write_new(medium: &dyn Medium, path: &Path, bytes: &[u8]) -> Result<(), Failed> {
    remove_if_there(medium, path).doing(Act::Remove, path)?;
    let file = medium.create_new(path).doing(Act::Create, path)?;
    fill(medium, file, path, bytes)
}

fn fill(medium: &dyn Medium, mut file: Box<dyn OpenFile>, path: &Path, bytes: &[u8]) -> Result<(), Failed> {
    file.write(bytes).doing(Act::Write, path)?;
    file.sync().doing(Act::Sync, path)?;
    drop(file);
    let limit = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if medium.read(path, limit).doing(Act::Compare, path)? != bytes {
        let cause = io::Error::new(ErrorKind::InvalidData, "the disk gave other bytes back");
        return Err(Failed::new(Act::Compare, path, cause));
    }
    Ok(())
}

/// Gives the file at `target` the second name `previous`, in place of an older version there.
fn keep_previous(medium: &dyn Medium, target: &Path, previous: &Path) -> Result<(), Failed> {
    let unfinished = beside(previous, UNFINISHED);
    remove_if_there(medium, &unfinished).doing(Act::Remove, &unfinished)?;
    match medium.link(target, &unfinished) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        // Not every file system knows second names; a copy serves as well.
        Err(_) => {
            let bytes = medium.read(target, medium.largest()).doing(Act::KeepPrevious, previous)?;
            write_new(medium, &unfinished, &bytes)?;
        }
    }
    medium.rename(&unfinished, previous).doing(Act::KeepPrevious, previous)?;
    // Where both were names of one file already, renaming has done nothing.
    remove_if_there(medium, &unfinished).doing(Act::Remove, &unfinished)?;
    let folder = folder_of(previous);
    if folder != folder_of(target) {
        medium.sync_folder(folder).doing(Act::SyncFolder, folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::disk::Disk;
    use crate::storage::sim::{Cut, Fault, SimDisk};

    const LIMIT: u64 = 1000;

    fn target() -> &'static Path {
        Path::new("/s.ron")
    }

    fn previous() -> &'static Path {
        Path::new("/s.ron.previous")
    }

    fn at_old() -> SimDisk {
        let disk = SimDisk::new();
        replace(&disk, target(), b"older", Some(previous())).unwrap();
        replace(&disk, target(), b"old version", Some(previous())).unwrap();
        disk
    }

    fn read(disk: &SimDisk, path: &Path) -> Vec<u8> {
        disk.read(path, LIMIT).unwrap()
    }

    #[test]
    fn the_steps_come_in_the_one_safe_order() {
        let disk = at_old();
        let before = disk.operations();
        replace(&disk, target(), b"new", Some(previous())).unwrap();
        assert_eq!(
            disk.log()[before..],
            [
                "remove /s.ron.new",
                "create /s.ron.new",
                "write /s.ron.new 3",
                "sync /s.ron.new",
                "read /s.ron.new",
                "remove /s.ron.previous.new",
                "link /s.ron /s.ron.previous.new",
                "rename /s.ron.previous.new /s.ron.previous",
                "remove /s.ron.previous.new",
                "rename /s.ron.new /s.ron",
                "sync-folder /",
            ]
        );
        let left = disk.power_cut(Cut::Lose);
        assert_eq!(read(&left, target()), b"new");
        assert_eq!(read(&left, previous()), b"old version");
        assert_eq!(left.list(Path::new("/")).unwrap(), ["s.ron", "s.ron.previous"]);
    }

    #[test]
    fn what_was_not_put_in_place_does_not_lie_about_and_is_in_nobodys_way() {
        let disk = at_old();
        let rename = disk.operations() + 5;
        disk.fail(Fault { at: rename, error: ErrorKind::StorageFull, lasting: false });
        assert!(replace(&disk, target(), b"new", None).is_err());
        assert_eq!(disk.list(Path::new("/")).unwrap(), ["s.ron", "s.ron.previous"]);
        for write in [put, |disk: &dyn Medium, path: &Path, bytes: &[u8]| replace(disk, path, bytes, None)] {
            drop(disk.create_new(&beside(target(), UNFINISHED)).unwrap());
            write(&disk, target(), b"new").unwrap();
            assert_eq!(disk.list(Path::new("/")).unwrap(), ["s.ron", "s.ron.previous"]);
        }
    }

    #[test]
    fn a_file_that_is_created_is_on_the_disk_and_nothing_beside_it_is_touched() {
        for at in 0.. {
            let disk = at_old();
            drop(disk.create_new(Path::new("/copy.new")).unwrap());
            let begun = disk.operations();
            disk.fail(Fault { at: begun + at, error: ErrorKind::StorageFull, lasting: false });
            let created = put_new(&disk, Path::new("/copy"), b"all");
            disk.heal();
            let names = disk.list(Path::new("/")).unwrap();
            assert!(names.contains(&"copy.new".into()) && names.contains(&"s.ron".into()));
            if created.is_ok() {
                assert_eq!(read(&disk.power_cut(Cut::Lose), Path::new("/copy")), b"all");
                assert!(at > 3, "{at}");
                break;
            }
            assert!(!names.contains(&"copy".into()), "{at}");
        }
        let disk = at_old();
        assert_eq!(put_new(&disk, target(), b"new").unwrap_err().cause.kind(), ErrorKind::AlreadyExists);
        assert_eq!(read(&disk, target()), b"old version");
        disk.fail(Fault { at: disk.operations() + 1, error: ErrorKind::StorageFull, lasting: false });
        put_new(&disk, Path::new("/copy"), b"all").unwrap_err();
        assert_eq!(disk.list(Path::new("/")).unwrap(), ["s.ron", "s.ron.previous"]);
    }

    #[test]
    fn every_failure_and_every_cut_leaves_old_or_new_whole() {
        let steps = {
            let disk = at_old();
            let before = disk.operations();
            replace(&disk, target(), b"new version", Some(previous())).unwrap();
            disk.operations() - before
        };
        for lasting in [false, true] {
            for step in 0..=steps {
                let disk = at_old();
                disk.fail(Fault { at: disk.operations() + step, error: ErrorKind::StorageFull, lasting });
                let done = replace(&disk, target(), b"new version", Some(previous()));
                disk.heal();
                let cuts = (0..20).map(Cut::Mix).chain([Cut::Lose, Cut::Keep]);
                for image in cuts.map(|cut| disk.power_cut(cut)).chain([disk.clone()]) {
                    let found = read(&image, target());
                    assert!(found == b"old version" || found == b"new version", "step {step}");
                    assert!(done.is_err() || found == b"new version");
                    let kept = read(&image, previous());
                    assert!(kept == b"older" || kept == b"old version");
                    // Whatever was left over, the next writing succeeds and cleans up.
                    let _ = done;
                    replace(&image, target(), b"next", Some(previous())).unwrap();
                    assert_eq!(read(&image, target()), b"next");
                    assert_eq!(image.list(Path::new("/")).unwrap().len(), 2);
                    assert!(image.synced_again().is_empty());
                }
            }
        }
    }

    #[test]
    fn without_second_names_the_previous_version_is_copied() {
        let disk = at_old();
        disk.fail(Fault { at: disk.operations() + 6, error: ErrorKind::Unsupported, lasting: false });
        replace(&disk, target(), b"new", Some(previous())).unwrap();
        let left = disk.power_cut(Cut::Lose);
        assert_eq!(read(&left, target()), b"new");
        assert_eq!(read(&left, previous()), b"old version");
    }

    #[test]
    fn a_disk_that_gives_other_bytes_back_is_not_trusted() {
        let disk = at_old();
        disk.misread(disk.operations() + 4);
        let failed = replace(&disk, target(), b"new", Some(previous())).unwrap_err();
        assert_eq!(failed.act, Act::Compare);
        assert_eq!(read(&disk, target()), b"old version");
    }

    #[test]
    fn the_previous_version_may_lie_in_another_folder() {
        let disk = at_old();
        disk.create_folder(Path::new("/kept")).unwrap();
        disk.sync_folder(Path::new("/")).unwrap();
        let previous = Path::new("/kept/s.ron");
        replace(&disk, target(), b"new", Some(previous)).unwrap();
        assert_eq!(read(&disk.power_cut(Cut::Lose), previous), b"old version");
    }

    #[test]
    fn the_first_version_has_none_before_it() {
        let disk = SimDisk::new();
        replace(&disk, target(), b"one", Some(previous())).unwrap();
        assert_eq!(disk.power_cut(Cut::Lose).list(Path::new("/")).unwrap(), ["s.ron"]);
    }

    #[test]
    fn it_works_on_the_real_disk() {
        let folder = tempfile::tempdir().unwrap();
        let (target, previous) = (folder.path().join("s.ron"), folder.path().join("s.previous"));
        for version in ["1", "22", "333"] {
            replace(&Disk, &target, version.as_bytes(), Some(&previous)).unwrap();
        }
        assert_eq!(Disk.read(&target, LIMIT).unwrap(), b"333");
        assert_eq!(Disk.read(&previous, LIMIT).unwrap(), b"22");
        assert_eq!(Disk.list(folder.path()).unwrap().len(), 2);
    }
}
