//! Every operation of `storage` that changes something on the disk stands in the list of `tests/README.md`, with
//! the test that fails without it.

use super::source;
use std::path::Path;

const LIST: &str = include_str!("../../README.md");

/// What changes names and files: operations of the disk itself.
const OPERATIONS: &[&str] = &["write", "sync", "rename", "link", "remove", "create_folder", "sync_folder"];

/// What a disk and an open file are called.
const DISKS: &[&str] = &["medium", "file"];

/// What is made of them.
const MADE: &[&str] = &[
    "replace",
    "put",
    "put_new",
    "fill",
    "write_new",
    "keep_previous",
    "create_folders",
    "sync_above",
    "remove_if_there",
    "try_out",
];

/// Where the disk is simulated, or the real one is called.
const NOT_LISTED: &[&str] = &["disk", "sim", "proofs"];

fn is_listed(file: &str) -> bool {
    let mut parts = file.split('/');
    !parts.clone().next().is_some_and(|first| NOT_LISTED.contains(&first))
        && !parts.any(|part| part == "tests" || part == "hostile_names")
}

/// The operations in the source, as rows of the list without their tests.
fn in_source() -> Vec<[String; 3]> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for (name, text) in source::read_folder(&root.join("src/storage"), "") {
        let file = name.trim_start_matches('/').trim_end_matches(".rs");
        if is_listed(file) {
            let operations = source::called_on(&text, DISKS, OPERATIONS);
            let made = source::called_by_name(&text, MADE);
            found.extend(
                operations.into_iter().chain(made).map(|(function, call)| [file.to_owned(), function, call]),
            );
        }
    }
    found.sort();
    found
}

/// The rows of the list, with their tests.
fn on_the_list() -> Vec<([String; 3], String)> {
    let (_, rest) = LIST.split_once("<!-- writes: begin -->\n").unwrap();
    let (rows, _) = rest.split_once("<!-- writes: end -->").unwrap();
    let mut listed: Vec<([String; 3], String)> = rows
        .lines()
        .skip(2)
        .map(|row| {
            let mut cells = row.split('|').skip(1).map(|cell| cell.trim().trim_matches('`').to_owned());
            let mut next = || cells.next().unwrap();
            ([next(), next(), next()], next())
        })
        .collect();
    listed.sort();
    listed
}

#[test]
fn every_operation_on_the_disk_is_on_the_list_of_those_that_were_taken_out() {
    let listed: Vec<[String; 3]> = on_the_list().into_iter().map(|(call, _)| call).collect();
    let found = in_source();
    let missing = |of: &[[String; 3]], within: &[[String; 3]]| -> Vec<String> {
        let count =
            |calls: &[[String; 3]], call: &[String; 3]| calls.iter().filter(|other| *other == call).count();
        of.iter().filter(|call| count(of, call) > count(within, call)).map(|call| call.join(" ")).collect()
    };
    assert_eq!(
        (missing(&found, &listed), missing(&listed, &found)),
        (Vec::new(), Vec::new()),
        "take out what is new, see which test fails, and put both into tests/README.md; take out what is gone"
    );
}

#[test]
fn every_test_on_the_list_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = source::read_folder(&root.join("src/storage"), "");
    for (call, test) in on_the_list() {
        let name = test.rsplit("::").next().unwrap();
        let function = format!("fn {name}()");
        assert!(
            sources.iter().any(|(_, text)| text.contains(&function)),
            "{call:?}: there is no test {test}"
        );
    }
}
