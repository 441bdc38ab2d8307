//! Files that somebody damaged, forged or took for something else: told in words, with the place and what to do.

mod corpus;
mod entries;

use crate::harness::{Home, visavis};
use std::fs::{self, File};

/// How deep the brackets of the forged files are.
const DEEP: usize = 100_000;

const SESSION: &str = include_str!("library/2026-11-24-mentoring.ron");
const SCRIPT: &str = include_str!("../../sessions/scripts/taste.ron");

/// What can be done to any file: its name, the file, and a word of what is said of it.
fn forged(good: &str) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let title = |with: &[u8]| {
        let (before, after) = good.split_once("title: \"").unwrap();
        [before.as_bytes(), b"title: \"", with, after.as_bytes()].concat()
    };
    vec![
        ("nothing", Vec::new(), ""),
        ("no UTF-8", title(b"\xff"), "UTF-8"),
        (
            "UTF-16",
            std::iter::once(0xfeff).chain(good.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            "UTF-8",
        ),
        ("a NUL at the end", [good.as_bytes(), b"\0"].concat(), ""),
        ("a field twice", good.replacen("title:", "title: \"other\",\n    title:", 1).into_bytes(), "title"),
        ("an escape that is none", title(b"\\q"), ""),
        ("square brackets", "[".repeat(DEEP).into_bytes(), "nested too deeply"),
        ("round brackets", "(".repeat(DEEP).into_bytes(), "nested too deeply"),
        ("fields", "(a:".repeat(DEEP).into_bytes(), "nested too deeply"),
        ("maps", "{1:".repeat(DEEP).into_bytes(), ""),
        ("options", "Some(".repeat(DEEP).into_bytes(), ""),
        ("comments", "/*".repeat(DEEP).into_bytes(), "comment"),
        ("a raw text", format!("r{}", "#".repeat(DEEP)).into_bytes(), ""),
        ("a number", format!("(format: {})", "9".repeat(DEEP)).into_bytes(), ""),
        (
            "a field of tomorrow, nested",
            good.replacen("title:", &format!("f: {}{}, title:", "[".repeat(DEEP), "]".repeat(DEEP)), 1)
                .into_bytes(),
            "nested too deeply",
        ),
    ]
}

/// The same file, written as other editors write it.
fn harmless(good: &str) -> [Vec<u8>; 4] {
    let (before, after) = good.split_once("title: \"").unwrap();
    [
        format!("\u{feff}{good}").into_bytes(),
        good.replace('\n', "\r\n").into_bytes(),
        format!("{before}title: \"\0{after}").into_bytes(),
        format!("{good}\n\n// {}\n", "x".repeat(DEEP)).into_bytes(),
    ]
}

/// Whether this tells a line and a column.
fn has_place(told: &str) -> bool {
    let numbers = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let worded = told.split_once("line ").is_some_and(|(_, rest)| numbers(rest) && rest.contains("column "));
    worded || told.split_once("--> ").is_some_and(|(_, rest)| rest.split(':').skip(1).take(2).all(numbers))
}

fn refused(args: &[&str], good: &str) {
    let home = Home::new();
    for (what, bytes, word) in forged(good) {
        fs::write(home.work().join("forged.ron"), bytes).unwrap();
        let output = visavis(args).home(&home).run();
        let told = output.stderr;
        assert_eq!((output.status, output.stdout.as_str()), (Some(3), ""), "{what}: {told}");
        assert!(told.starts_with("error: ") && told.contains("forged.ron"), "{what}: {told}");
        assert!(has_place(&told) && told.contains(word), "{what}: {told}");
        assert!(told.contains("help: "), "{what}: {told}");
        assert!(told.len() < 2_000, "{what}: {} bytes are told", told.len());
    }
    for bytes in harmless(good) {
        fs::write(home.work().join("forged.ron"), bytes).unwrap();
        assert_eq!(visavis(args).home(&home).run().status, Some(0));
    }
}

#[test]
fn a_forged_session_is_refused_with_its_place() {
    refused(&["show", "./forged.ron"], SESSION);
}

#[test]
fn a_forged_script_is_refused_with_its_place() {
    refused(&["script", "check", "./forged.ron"], SCRIPT);
}

#[test]
fn a_library_of_forged_files_is_listed() {
    let home = Home::new();
    fs::create_dir_all(home.library()).unwrap();
    fs::write(home.library().join("good.ron"), SESSION).unwrap();
    let forged = forged(SESSION);
    for (number, (_, bytes, _)) in forged.iter().enumerate() {
        fs::write(home.library().join(format!("forged-{number}.ron")), bytes).unwrap();
    }
    let output = visavis(&["list", "--confidential"]).home(&home).run();
    assert_eq!(output.status, Some(0), "{}", output.stderr);
    assert!(output.stdout.contains("Mentoring"), "{}", output.stdout);
    assert_eq!(output.stderr.matches("left out: ").count(), forged.len(), "{}", output.stderr);
}

#[test]
fn forged_keys_are_refused_with_their_place() {
    let home = Home::new();
    let settings = home.path().join("config/visavis");
    fs::create_dir_all(&settings).unwrap();
    for bytes in
        [b"\xff".to_vec(), "{".repeat(DEEP).into_bytes(), "[".repeat(DEEP).into_bytes(), b"{\0".to_vec()]
    {
        fs::write(settings.join("keys.ron"), bytes).unwrap();
        let output = visavis(&["keys"]).home(&home).run();
        assert_eq!(output.status, Some(3), "{}", output.stderr);
        assert!(output.stderr.contains("keys.ron"), "{}", output.stderr);
    }
}

#[test]
fn a_file_is_refused_by_its_size_before_it_is_read() {
    let home = Home::new();
    let show = || visavis(&["show", "./large.ron"]).home(&home);
    let large = home.work().join("large.ron");
    // A hole: reading it would be felt.
    File::create(&large).unwrap().set_len(65 << 20).unwrap();
    let output = show().run();
    assert_eq!(output.status, Some(3));
    assert!(output.stderr.contains("large.ron\": it is too large"), "{}", output.stderr);
    let help = "help: allow more, in MiB, as in VISAVIS_READ_LIMIT=256";
    assert!(output.stderr.contains(help), "{}", output.stderr);
    let padding = " ".repeat(2 << 20);
    fs::write(&large, format!("{SESSION}{padding}")).unwrap();
    assert_eq!(show().run().status, Some(0));
    assert_eq!(show().env("VISAVIS_READ_LIMIT", "1").run().status, Some(3));
    assert_eq!(show().env("VISAVIS_READ_LIMIT", "3").run().status, Some(0));
    let output = show().env("VISAVIS_READ_LIMIT", "much").run();
    assert_eq!(output.status, Some(2));
    assert!(output.stderr.contains("VISAVIS_READ_LIMIT=256"), "{}", output.stderr);
}
