//! `README.md` tells the truth: its keys, its scripts, its commands and its pictures are those of the program.

use crate::harness::visavis;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use visavis::script;
use visavis::tui::keymap::Keymap;

const README: &str = include_str!("../../README.md");

/// The blocks of code in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let begin = format!("```{language}\n");
    README.split(begin.as_str()).skip(1).map(|rest| rest.split_once("```").unwrap().0).collect()
}

fn json(args: &[&str]) -> serde_json::Value {
    let output = visavis(args).run();
    assert_eq!((output.status, output.stderr.as_str()), (Some(0), ""), "{args:?}");
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn the_table_of_keys_is_the_programs() {
    let words = |value: &serde_json::Value| {
        let list = value.as_array().unwrap().iter();
        list.map(|word| word.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut table = String::from("| keys | does | name | where |\n|---|---|---|---|\n");
    for row in json(&["keys", "--format", "json"]).as_array().unwrap() {
        let keys: Vec<_> = words(&row["keys"]).iter().map(|key| format!("`{key}`")).collect();
        let [action, help] = ["action", "help"].map(|field| row[field].as_str().unwrap());
        let (keys, places) = (keys.join(", "), words(&row["where"]).join(", "));
        writeln!(table, "| {keys} | {help} | `{action}` | {places} |").unwrap();
    }
    let (_, rest) = README.split_once("<!-- keys: begin -->\n").unwrap();
    let (told, _) = rest.split_once("<!-- keys: end -->").unwrap();
    assert!(told == table, "put this between the marks in README.md:\n\n{table}");
}

#[test]
fn every_script_in_it_reads() {
    let mut seen = [0; 3];
    for block in blocks("ron") {
        if block.starts_with('{') {
            seen[0] += 1;
            assert_eq!(Keymap::with_overrides(block).err(), None, "{block}");
        } else if block.starts_with("Script(") {
            seen[1] += 1;
            assert_eq!(script::read(block).unwrap().warnings, [], "{block}");
        } else {
            seen[2] += 1;
            let sides = r#"[(key: "a", name: "A"), (key: "b", name: "B")]"#;
            let whole = format!("Script(format: 1, title: \"T\", sides: {sides}, steps: [{block}])");
            assert_eq!(script::read(&whole).unwrap().warnings, [], "{block}");
        }
    }
    assert_eq!(seen, [1, 1, 1], "keys of one's own, a whole script, steps");
}

#[test]
fn every_kind_of_step_is_told_with_its_fields() {
    for (kind, fields) in script::kinds() {
        let row = README.lines().find(|line| line.starts_with(&format!("| `{kind}` |")));
        let row = row.unwrap_or_else(|| panic!("{kind} has no row"));
        for field in *fields {
            assert!(row.contains(&format!("`{field}`")), "{kind}: {field}");
        }
    }
}

/// What stands in the text as a command: `visavis` and what follows it, up to the end of the code.
fn commands() -> BTreeSet<&'static str> {
    let inline = README.split('`').filter(|code| code.starts_with("visavis "));
    let lines = blocks("sh").into_iter().flat_map(str::lines).filter(|line| line.starts_with("visavis "));
    inline.chain(lines).map(|code| code.split(['#', '\\', '\n']).next().unwrap().trim()).collect()
}

/// The leading words of a command that are subcommands, and its help.
fn known(command: &str) -> (Vec<&str>, String) {
    let mut path = Vec::new();
    let mut help = visavis(&["--help"]).run().stdout;
    for word in command.split_whitespace().skip(1) {
        if !help.contains("\nCommands:\n") {
            break;
        }
        assert!(help.contains(&format!("\n  {word} ")), "`{command}`: there is no `{word}`");
        path.push(word);
        if word == "help" {
            break;
        }
        let mut args = path.clone();
        args.push("--help");
        help = visavis(&args).run().stdout;
    }
    (path, help)
}

#[test]
fn every_command_in_it_exists_and_every_command_is_in_it() {
    let mut told = BTreeSet::new();
    for command in commands() {
        let (path, help) = known(command);
        for option in command.split_whitespace().filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "`{command}`: there is no {option}");
        }
        told.insert(path.join(" "));
    }
    for command in std::iter::once("").chain(["script"]) {
        let args: Vec<_> = command.split_whitespace().chain(["--help"]).collect();
        let help = visavis(&args).run().stdout;
        let (_, list) = help.split_once("\nCommands:\n").unwrap();
        let names = list
            .lines()
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_whitespace().next());
        for name in names.filter(|name| !["help", "script"].contains(name)) {
            let path = format!("{command} {name}");
            assert!(told.contains(path.trim()), "README.md says nothing of `visavis {}`", path.trim());
        }
    }
}

#[test]
fn the_tests_command_is_the_one_that_checks_run() {
    let checks = include_str!("../../.ci/run");
    assert!(blocks("sh").contains(&"cargo test --locked\n"));
    assert!(checks.lines().any(|line| line == "cargo test --locked"));
}

#[test]
fn what_it_links_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for link in README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(link.starts_with("https://") || root.join(link).is_file(), "{link}");
    }
    assert!(README.contains("`visavis show sessions/samples/purchasing-meets-sales.ron`"));
    assert!(root.join("sessions/samples/purchasing-meets-sales.ron").is_file());
}
