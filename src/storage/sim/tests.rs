//! The simulated disk behaves as badly as real ones may, and no worse.

use super::*;

fn path(text: &str) -> &Path {
    Path::new(text)
}

fn write(disk: &SimDisk, name: &str, bytes: &[u8]) -> Box<dyn OpenFile> {
    let mut file = disk.create_new(path(name)).unwrap();
    file.write(bytes).unwrap();
    file
}

#[test]
fn data_and_names_become_durable_separately() {
    let disk = SimDisk::new();
    let mut file = write(&disk, "/a", b"one");
    file.sync().unwrap();
    assert!(disk.power_cut(Cut::Lose).list(path("/")).unwrap().is_empty());
    disk.sync_folder(path("/")).unwrap();
    file.write(b"two").unwrap();
    assert_eq!(disk.power_cut(Cut::Lose).read(path("/a"), 9).unwrap(), b"one");
    assert_eq!(disk.power_cut(Cut::Keep).read(path("/a"), 9).unwrap(), b"onetwo");
}

#[test]
fn a_rename_is_undone_by_a_cut_unless_its_folder_was_synced() {
    let disk = SimDisk::new();
    write(&disk, "/old", b"old").sync().unwrap();
    write(&disk, "/new", b"new").sync().unwrap();
    disk.sync_folder(path("/")).unwrap();
    disk.rename(path("/new"), path("/old")).unwrap();
    assert_eq!(disk.read(path("/old"), 9).unwrap(), b"new");
    assert_eq!(disk.power_cut(Cut::Lose).read(path("/old"), 9).unwrap(), b"old");
    disk.sync_folder(path("/")).unwrap();
    assert_eq!(disk.power_cut(Cut::Lose).read(path("/old"), 9).unwrap(), b"new");
}

#[test]
fn what_is_in_a_lost_folder_is_lost() {
    let disk = SimDisk::new();
    disk.create_folder(path("/f")).unwrap();
    write(&disk, "/f/a", b"one").sync().unwrap();
    disk.sync_folder(path("/f")).unwrap();
    assert!(disk.power_cut(Cut::Lose).read(path("/f/a"), 9).is_err());
    disk.sync_folder(path("/")).unwrap();
    assert!(disk.power_cut(Cut::Lose).read(path("/f/a"), 9).is_ok());
}

#[test]
fn the_operation_planned_to_fail_fails() {
    let disk = SimDisk::new();
    disk.fail(Fault { at: 1, error: ErrorKind::StorageFull, lasting: false });
    let mut file = disk.create_new(path("/a")).unwrap();
    assert_eq!(file.write(b"1234").unwrap_err().kind(), ErrorKind::StorageFull);
    assert_eq!(disk.read(path("/a"), 9).unwrap(), b"12");
    disk.fail(Fault { at: 3, error: ErrorKind::Other, lasting: true });
    assert!(disk.list(path("/")).is_err() && disk.list(path("/")).is_err());
    disk.heal();
    assert!(disk.list(path("/")).is_ok());
}

#[test]
fn a_sync_after_a_failed_one_lies_and_is_noticed() {
    let disk = SimDisk::new();
    let mut file = write(&disk, "/a", b"one");
    disk.sync_folder(path("/")).unwrap();
    disk.fail(Fault { at: 3, error: ErrorKind::Other, lasting: false });
    file.sync().unwrap_err();
    file.sync().unwrap();
    assert_eq!(disk.power_cut(Cut::Lose).read(path("/a"), 9).unwrap(), b"");
    assert_eq!(disk.synced_again(), [path("/a")]);
}

#[test]
fn a_mixed_cut_is_the_same_for_the_same_seed_and_spares_what_was_synced() {
    let disk = SimDisk::new();
    let mut file = write(&disk, "/a", &[1; 1000]);
    file.sync().unwrap();
    disk.sync_folder(path("/")).unwrap();
    file.write(&[2; 3000]).unwrap();
    write(&disk, "/b", b"x");
    let mut seen = BTreeSet::new();
    for seed in 0..50 {
        let image = |seed| {
            let cut = disk.power_cut(Cut::Mix(seed));
            (cut.read(path("/a"), 9999).unwrap(), cut.list(path("/")).unwrap())
        };
        let (data, names) = image(seed);
        assert_eq!((data.clone(), names.clone()), image(seed));
        assert_eq!(data[..1000], [1; 1000]);
        seen.insert((data.len(), names));
    }
    assert!(seen.len() > 20, "{}", seen.len());
}

#[test]
fn a_lock_ends_with_its_holder() {
    let disk = SimDisk::new();
    let held = disk.lock(path("/l")).unwrap();
    assert!(matches!(disk.lock(path("/l")).unwrap(), LockAttempt::Taken));
    assert!(matches!(disk.power_cut(Cut::Keep).lock(path("/l")).unwrap(), LockAttempt::Got(_)));
    drop(held);
    assert!(matches!(disk.lock(path("/l")).unwrap(), LockAttempt::Got(_)));
}
