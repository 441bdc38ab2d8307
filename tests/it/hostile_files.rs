//! Files that somebody damaged, forged or took for something else: told in words, with the place and what to do.

#[allow(dead_code, reason = "the bench also reads files that are only big")]
mod bulk;
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
    let forged = [
        ("no UTF-8", b"{\n\xff".to_vec(), "line 2, column 1"),
        ("maps", "{".repeat(DEEP).into_bytes(), "line 1, column "),
        ("lists", "[".repeat(DEEP).into_bytes(), "line 1, column "),
        ("maps in maps", "{\"undo\":".repeat(DEEP).into_bytes(), "line 1, column "),
        ("a NUL", b"{\0".to_vec(), "line 1, column 2"),
        ("a text without end", b"{\"undo".to_vec(), "line 1, column "),
        ("far too many", format!("{{\"undo\": [{}]}}", "\"\",".repeat(DEEP)).into_bytes(), "line 1, column "),
        ("far too many actions", format!("{{{}}}", "\"a\":[],".repeat(DEEP)).into_bytes(), "line 1, column "),
    ];
    for (what, bytes, place) in forged {
        fs::write(settings.join("keys.ron"), bytes).unwrap();
        let told = {
            let output = visavis(&["keys"]).home(&home).run();
            assert_eq!((output.status, output.stdout.as_str()), (Some(3), ""), "{what}: {}", output.stderr);
            output.stderr
        };
        assert!(told.starts_with("error: ") && told.contains("keys.ron"), "{what}: {told}");
        assert!(has_place(&told) && told.contains(place), "{what}: {told}");
        assert!(told.contains("\nhelp: ") && told.len() < 2_000, "{what}: {told}");
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

#[test]
fn every_limit_is_changed_by_one_variable() {
    let home = Home::new();
    let settings = home.path().join("config/visavis");
    fs::create_dir_all(&settings).unwrap();
    let padding = " ".repeat(2 << 20);
    fs::write(home.work().join("large.ron"), format!("{SCRIPT}{padding}")).unwrap();
    fs::write(settings.join("keys.ron"), format!("{{{padding}}}")).unwrap();
    for args in [&["script", "check", "./large.ron"][..], &["script", "plan", "./large.ron"], &["keys"]] {
        let output = visavis(args).home(&home).run();
        assert_eq!(output.status, Some(3), "{}", output.stderr);
        assert!(output.stderr.contains(".ron") && output.stderr.contains("too large"), "{}", output.stderr);
        assert!(output.stderr.contains("\nhelp: allow more, in MiB, as in VISAVIS_READ_LIMIT=256\n"));
        let output = visavis(args).home(&home).env("VISAVIS_READ_LIMIT", "3").run();
        assert_eq!(output.status, Some(0), "{}", output.stderr);
    }
    for args in [&["--help"][..], &["man"]] {
        assert!(visavis(args).home(&home).run().stdout.contains("VISAVIS_READ_LIMIT"));
    }
}

/// Runs the program with so much room for addresses, as a multiple of the file above what it takes itself.
#[cfg(target_os = "linux")]
mod memory {
    use super::bulk::{self, Bulk, BulkJournal};
    use super::*;
    use crate::harness::{Output, has_prlimit, visavis_within};
    use visavis::storage::Disk;
    use visavis::storage::medium::create_folders;

    /// What the program takes in addresses before it reads anything, and what the reading of any file may take.
    const BASE: usize = 48 << 20;

    fn within(bytes: usize, args: &[&str], home: &Home) -> Output {
        visavis_within(bytes, args).home(home).env("VISAVIS_READ_LIMIT", "100000").run()
    }

    /// Reads so many bytes of each in ten times their size: they may be refused, in words. Told are those that fail.
    fn read_in_ten_times(bulks: &[Bulk], size: usize, args: &[&str]) -> Vec<String> {
        let home = Home::new();
        let fails = |bulk: &Bulk| {
            let bytes = bulk.bytes(size);
            let room = BASE + 10 * bytes.len();
            fs::write(home.work().join("bulk.ron"), bytes).unwrap();
            let Output { status, stderr, .. } = within(room, args, &home);
            let is_told = stderr.starts_with("error: ") && stderr.contains("bulk.ron");
            (status != Some(0) && !(status == Some(3) && is_told))
                .then(|| format!("{}: {status:?} {stderr}", bulk.name))
        };
        bulks.iter().filter_map(fails).collect()
    }

    /// The same for journals: what cannot be used of one is no reason to end.
    fn journals_in_ten_times(bulks: &[BulkJournal], size: usize) -> Vec<String> {
        let fails = |bulk: &BulkJournal| {
            let home = Home::new();
            let journals = home.places().journals();
            create_folders(&Disk, &journals).unwrap();
            let path = journals.join("bulk.journal");
            bulk.put(size, &Disk, &path);
            let room = BASE + 10 * usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
            let Output { status, stderr, .. } = within(room, &["list"], &home);
            (status != Some(0)).then(|| format!("{}: {status:?} {stderr}", bulk.name))
        };
        bulks.iter().filter_map(fails).collect()
    }

    const SHOW: [&str; 2] = ["show", "./bulk.ron"];
    const CHECK: [&str; 3] = ["script", "check", "./bulk.ron"];

    #[test]
    fn forged_lists_are_read_in_ten_times_their_size() {
        if !has_prlimit() {
            return;
        }
        let some = |bulks: Vec<Bulk>, names: &[&str]| -> Vec<Bulk> {
            let found: Vec<Bulk> =
                bulks.into_iter().filter(|bulk| names.iter().any(|name| bulk.name.ends_with(name))).collect();
            assert!(found.len() >= names.len());
            found
        };
        let sessions =
            ["tags of \"a\"", "tags of \"\"", "notes of ()", "steps of its own", "all tags they may have"];
        let none: [String; 0] = [];
        assert_eq!(read_in_ten_times(&some(bulk::forged_sessions(), &sessions), 2 << 20, &SHOW), none);
        let scripts = ["tips of \"a\"", "rounds of ()", "steps of its own"];
        assert_eq!(read_in_ten_times(&some(bulk::forged_scripts(), &scripts), 2 << 20, &CHECK), none);
        let journals = ["tags of \"a\"", "drafts of as many steps", "all tags they may have"];
        let mut forged = bulk::forged_journals();
        forged.retain(|bulk| journals.iter().any(|name| bulk.name.ends_with(name)));
        assert_eq!(forged.len(), journals.len());
        assert_eq!(journals_in_ten_times(&forged, 2 << 20), none);
    }

    /// What is said of the forgeries of two lists holds of what is read, not of what is refused.
    #[test]
    fn two_lists_full_of_their_own_are_read() {
        let home = Home::new();
        let pairs = bulk::forged_pairs();
        assert!(pairs.len() > 100);
        for pair in pairs.iter().step_by(5) {
            fs::write(home.work().join("bulk.ron"), pair.bytes(64 << 10)).unwrap();
            let output = visavis(&SHOW).home(&home).run();
            assert_eq!(output.status, Some(0), "{}: {}", pair.name, output.stderr);
        }
    }

    #[test]
    #[ignore = "it takes minutes; tests/README.md says how it is run"]
    fn deep_forgeries() {
        if !has_prlimit() {
            return;
        }
        let (sessions, scripts, journals) =
            (bulk::forged_sessions(), bulk::forged_scripts(), bulk::forged_journals());
        let mut failed = read_in_ten_times(&sessions, 8 << 20, &SHOW);
        failed.extend(read_in_ten_times(&scripts, 8 << 20, &CHECK));
        failed.extend(journals_in_ten_times(&journals, 8 << 20));
        println!(
            "forgeries: {} sessions, {} scripts and {} journals of 8 MiB, each read or refused in ten times its \
             size; failed: {}",
            sessions.len(),
            scripts.len(),
            journals.len(),
            failed.len()
        );
        assert!(failed.is_empty(), "{failed:#?}");
    }

    #[test]
    fn a_million_small_things_are_refused_with_their_place() {
        let home = Home::new();
        let forged =
            bulk::forged_sessions().into_iter().find(|bulk| bulk.name == "session: tags of \"\"").unwrap();
        fs::write(home.work().join("bulk.ron"), forged.bytes(3 << 20)).unwrap();
        let output = visavis(&SHOW).home(&home).run();
        assert_eq!(output.status, Some(3), "{}", output.stderr);
        assert!(
            has_place(&output.stderr) && output.stderr.contains("so many small things"),
            "{}",
            output.stderr
        );
        assert!(output.stderr.contains("\nhelp: "), "{}", output.stderr);
    }

    #[test]
    fn a_file_larger_than_the_memory_is_refused_in_words_whatever_is_allowed() {
        if !has_prlimit() {
            return;
        }
        let home = Home::new();
        File::create(home.work().join("bulk.ron")).unwrap().set_len(40 << 30).unwrap();
        for (args, status) in [(&SHOW[..], 1), (&CHECK, 1)] {
            let output = within(1 << 30, args, &home);
            assert_eq!(output.status, Some(status), "{}", output.stderr);
            assert!(output.stderr.contains("it takes more memory than there is"), "{}", output.stderr);
        }
    }
}
