//! What `cargo fuzz` does, as far as an ordinary test can: the corpus, and damage to it by chance.

use super::entries;
use crate::harness::seed;
use std::path::{Path, PathBuf};
use visavis::random::{Random, SeededRandom};

/// What reads bytes, with the name of its folder in the corpus.
type Entry = (&'static str, fn(&[u8]));

/// All of them.
const ENTRIES: [Entry; 5] = [
    ("script", entries::script),
    ("session", entries::session),
    ("journal", entries::journal),
    ("records", entries::records),
    ("keys", entries::keys),
];

/// What readers stumble over, to be put anywhere.
const TOKENS: [&[u8]; 24] = [
    b"(",
    b")",
    b"[",
    b"]",
    b"{",
    b"\"",
    b"\\",
    b",",
    b":",
    b"/*",
    b"*/",
    b"//",
    b"r#\"",
    b"#![enable(implicit_some)]",
    b"Some(",
    b"None",
    b"-1",
    b"99999999999999999999999999",
    b"1e999",
    b"\0",
    b"\r\n",
    b"\xef\xbb\xbf",
    b"\xff\xff\xff\xff",
    b"\x1b[200~",
];

fn files(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// The same bytes with up to four damages.
fn damaged(bytes: &[u8], other: &[u8], random: &mut SeededRandom) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.truncate(at),
            3 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part.repeat(1 + random.below(4)));
            }
            4 => {
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            5 => {
                let number = u32::try_from(random.u64() >> 32).unwrap().to_le_bytes();
                bytes.splice(at..(at + 4).min(bytes.len()), number);
            }
            _ => {
                let token = TOKENS[random.below(TOKENS.len())];
                bytes.splice(at..at, token.repeat(1 + random.below(3)));
            }
        }
    }
    bytes
}

/// Feeds every entry with its corpus, and with so many damaged copies of it.
fn feed(damages: usize) -> usize {
    let seed = seed();
    let mut fed = 0;
    for (name, entry) in ENTRIES {
        let files = files(name);
        files.iter().for_each(|(_, bytes)| entry(bytes));
        for number in 0..damages {
            let mut random = SeededRandom::new(seed + u64::try_from(number).unwrap());
            let (path, bytes) = &files[random.below(files.len())];
            let other = &files[random.below(files.len())].1;
            let input = damaged(bytes, other, &mut random);
            let fine = std::panic::catch_unwind(|| entry(&input)).is_ok();
            assert!(fine, "{name}: seed {seed}, damage {number} of {path:?}:\n{}", input.escape_ascii());
            fed += 1;
        }
    }
    fed
}

#[test]
fn no_damage_breaks_a_promise() {
    feed(60);
}

#[test]
#[ignore = "it takes minutes; tests/README.md says how it is run"]
fn deep_damage() {
    println!(
        "damage: {} damaged scripts, sessions, journals, records and keys, promises broken: 0",
        feed(40_000)
    );
}
