//! What a journal must survive: every truncation, every flipped bit, every failure.

use proptest::prelude::*;

use super::*;
use crate::storage::medium::READ_LIMIT;
use crate::storage::sim::{Cut, Fault, SimDisk};

const PATH: &str = "/session.journal";

fn note(number: usize) -> String {
    format!(r#"{{"id":{number},"note":"What we do well: number {number}"}}"#)
}

fn frame(payload: &str) -> Record<'_> {
    Record { kind: Kind::Frame, payload: payload.as_bytes() }
}

/// A journal of an opening and `notes` frames, as bytes.
fn journal(notes: usize) -> Vec<u8> {
    let mut bytes = head(7);
    push(&mut bytes, 0, u64::MAX, 7, Record { kind: Kind::Opened, payload: b"{}" }).unwrap();
    for number in 0..notes {
        push(&mut bytes, 0, u64::MAX, 7, frame(&note(number))).unwrap();
    }
    bytes
}

fn created(disk: &SimDisk) -> Journal {
    let opened = Record { kind: Kind::Opened, payload: b"{}" };
    Journal::create(disk, Path::new(PATH), 7, &[opened], None).unwrap()
}

fn bytes_on(disk: &SimDisk) -> Vec<u8> {
    disk.read(Path::new(PATH), READ_LIMIT).unwrap()
}

#[test]
fn what_is_committed_is_read_back() {
    let disk = SimDisk::new();
    let mut written = created(&disk);
    for number in 0..3 {
        written.push(frame(&note(number))).unwrap();
        if number == 1 {
            written.commit().unwrap();
        }
    }
    written.push(Record { kind: Kind::Draft, payload: "grün".as_bytes() }).unwrap();
    written.push(Record { kind: Kind::Checkpoint, payload: b"" }).unwrap();
    written.commit().unwrap();
    let bytes = bytes_on(&disk.power_cut(Cut::Lose));
    assert_eq!(bytes.len(), written.size());
    let contents = read(&bytes).unwrap();
    assert_eq!(contents.damage, None);
    let kinds: Vec<_> = contents.records.iter().map(|record| record.kind).collect();
    assert_eq!(kinds, [Kind::Opened, Kind::Frame, Kind::Frame, Kind::Frame, Kind::Draft, Kind::Checkpoint]);
    assert_eq!(contents.records[3].payload, note(2).as_bytes());
}

#[test]
fn a_commit_is_one_write_and_one_sync() {
    let disk = SimDisk::new();
    let mut written = created(&disk);
    let before = disk.operations();
    written.commit().unwrap();
    assert_eq!(disk.operations(), before);
    written.push(frame("one")).unwrap();
    written.push(frame("two")).unwrap();
    written.commit().unwrap();
    assert_eq!(disk.log()[before..], ["write /session.journal 24", "sync /session.journal"]);
}

#[test]
fn a_journal_is_there_whole_or_not_at_all() {
    for at in 0..20 {
        let disk = SimDisk::new();
        disk.fail(Fault { at, error: ErrorKind::Other, lasting: true });
        let opened = Record { kind: Kind::Opened, payload: b"{}" };
        let made = Journal::create(&disk, Path::new(PATH), 7, &[opened], None);
        for cut in [Cut::Lose, Cut::Keep].into_iter().chain((0..20).map(Cut::Mix)) {
            let found = disk.power_cut(cut).read(Path::new(PATH), READ_LIMIT);
            assert!(made.is_err() || found.is_ok());
            if let Ok(bytes) = found {
                assert_eq!(read(&bytes).unwrap().records, [opened]);
            }
        }
    }
}

#[test]
fn after_a_failure_nothing_more_is_taken_and_no_sync_is_tried_again() {
    for failing in [0, 1] {
        let disk = SimDisk::new();
        let mut written = created(&disk);
        disk.fail(Fault { at: disk.operations() + failing, error: ErrorKind::StorageFull, lasting: false });
        written.push(frame("one")).unwrap();
        assert_eq!(written.commit().unwrap_err().cause.kind(), ErrorKind::StorageFull);
        let before = disk.operations();
        written.push(frame("two")).unwrap_err();
        written.commit().unwrap_err();
        assert_eq!(disk.operations(), before);

        let mut next = created(&disk);
        next.push(frame("one")).unwrap();
        next.commit().unwrap();
        let bytes = bytes_on(&disk.power_cut(Cut::Lose));
        assert_eq!(read(&bytes).unwrap().records[1], frame("one"));
        assert!(disk.synced_again().is_empty());
    }
}

#[test]
fn what_was_committed_survives_every_cut() {
    let disk = SimDisk::new();
    let mut written = created(&disk);
    written.push(frame("acknowledged")).unwrap();
    written.commit().unwrap();
    disk.fail(Fault { at: disk.operations() + 1, error: ErrorKind::Other, lasting: false });
    for number in 0..50 {
        written.push(frame(&note(number))).unwrap();
    }
    written.commit().unwrap_err();
    for seed in 0..200 {
        let bytes = bytes_on(&disk.power_cut(Cut::Mix(seed)));
        let contents = read(&bytes).unwrap();
        assert_eq!(contents.records[1], frame("acknowledged"));
        for (number, record) in contents.records[2..].iter().enumerate() {
            assert_eq!(*record, frame(&note(number)));
        }
    }
}

#[test]
fn every_truncation_leaves_what_was_whole_before_it() {
    let bytes = journal(20);
    let whole = read(&bytes).unwrap().records;
    for len in 0..bytes.len() {
        let Ok(contents) = read(&bytes[..len]) else {
            assert!(len < HEAD);
            continue;
        };
        assert_eq!(contents.records[..], whole[..contents.records.len()]);
        let used: usize = contents.records.iter().map(|record| RECORD_HEAD + record.payload.len()).sum();
        match contents.damage {
            None => assert_eq!(HEAD + used, len),
            Some(damage) => {
                assert_eq!(damage, Damage { at: HEAD + used, len: len - HEAD - used, whole_after: 0 });
                assert!(whole.len() > contents.records.len());
            }
        }
    }
}

#[test]
fn every_flipped_bit_is_found_and_costs_no_record_before_it() {
    let bytes = journal(20);
    let whole = read(&bytes).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let Ok(contents) = read(&damaged) else {
            assert!(bit / 8 < HEAD);
            continue;
        };
        let damage = contents.damage.unwrap();
        assert!(damage.at <= bit / 8);
        assert_eq!(contents.records[..], whole.records[..contents.records.len()]);
        assert_eq!(contents.records.len() + 1 + damage.whole_after, whole.records.len(), "bit {bit}");
    }
}

#[test]
fn a_record_moved_taken_out_or_from_another_journal_is_not_taken() {
    let bytes = journal(3);
    let size = RECORD_HEAD + note(0).len();
    let first = bytes.len() - 3 * size;
    let mut without = bytes.clone();
    without.drain(first..first + size);
    assert_eq!(read(&without).unwrap().records.len(), 1);
    let mut swapped = bytes.clone();
    swapped[first..first + 2 * size].rotate_left(size);
    assert_eq!(read(&swapped).unwrap().records.len(), 1);
    let mut other = head(8);
    other.extend_from_slice(&bytes[HEAD..]);
    assert_eq!(read(&other).unwrap().records.len(), 0);
}

#[test]
fn a_foreign_or_newer_file_is_told() {
    assert_eq!(read(b""), Err(HeadError::Foreign));
    assert_eq!(read(&[0; 100]), Err(HeadError::Foreign));
    let mut newer = head(7);
    newer[8] = 2;
    let checksum = crc32fast::hash(&newer[..HEAD - 4]);
    newer[HEAD - 4..].copy_from_slice(&checksum.to_le_bytes());
    assert_eq!(read(&newer), Err(HeadError::Newer(2)));
}

#[test]
fn forged_lengths_cost_no_time() {
    let mut bytes = journal(1);
    let start = bytes.len();
    // Each byte begins a record of known kind that claims nearly all that follows.
    while bytes.len() < 400_000 {
        bytes.extend_from_slice(&[1, 1, 1, 1, 1, 2, 0, 4]);
    }
    let damage = read(&bytes).unwrap().damage.unwrap();
    assert_eq!((damage.at, damage.whole_after), (start, 0));
}

#[test]
fn a_record_too_large_is_refused_and_those_before_can_be_committed() {
    let disk = SimDisk::new();
    let mut written = created(&disk);
    written.push(frame("small")).unwrap();
    let large = vec![0; usize::try_from(disk.limits().journal()).unwrap()];
    let refused = written.push(Record { kind: Kind::Frame, payload: &large }).unwrap_err();
    assert_eq!(refused.cause.kind(), ErrorKind::FileTooLarge);
    written.commit().unwrap();
    assert_eq!(read(&bytes_on(&disk)).unwrap().records.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_payload_is_read_back(payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..20)) {
        let mut bytes = head(3);
        for payload in &payloads {
            push(&mut bytes, 0, u64::MAX, 3, Record { kind: Kind::Draft, payload }).unwrap();
        }
        let contents = read(&bytes).unwrap();
        prop_assert!(contents.damage.is_none());
        let read: Vec<_> = contents.records.iter().map(|record| record.payload.to_vec()).collect();
        prop_assert_eq!(read, payloads);
    }

    #[test]
    fn no_bytes_make_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let mut journal = journal(2);
        journal.append(&mut bytes);
        prop_assert!(read(&journal).unwrap().records.len() >= 3);
    }
}
