//! `visavis keys` from outside: it is the table that the program itself goes by.

use crate::harness::{Home, Terminal, visavis};
use visavis::tui::action::{Place, Row, TABLE};
use visavis::tui::key::Key;
use visavis::tui::keymap::Keymap;

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    action: String,
    keys: Vec<String>,
    #[serde(rename = "where")]
    places: Vec<String>,
    help: String,
}

impl Listed {
    fn of(row: &Row, keys: &[Key]) -> Self {
        Self {
            action: row.name.to_owned(),
            keys: keys.iter().map(ToString::to_string).collect(),
            places: row.places.iter().map(|place: &Place| place.name().to_owned()).collect(),
            help: row.help.to_owned(),
        }
    }
}

/// A home whose owner has other keys.
fn home(keys: &str) -> Home {
    let home = Home::new();
    let folder = home.path().join("config/visavis");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("keys.ron"), keys).unwrap();
    home
}

#[track_caller]
fn listed(home: &Home) -> Vec<Listed> {
    let output = visavis(&["keys", "--format", "json"]).home(home).run();
    assert_eq!((output.stderr.as_str(), output.status), ("", Some(0)));
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn json_is_the_table_of_the_program() {
    let table: Vec<Listed> = TABLE.iter().map(|row| Listed::of(row, row.keys)).collect();
    assert_eq!(listed(&Home::new()), table);
    let own = r#"{"next-step": ["F9", "Ctrl+N"], "tour": []}"#;
    let map = Keymap::with_overrides(own).unwrap();
    let table: Vec<Listed> = TABLE.iter().map(|row| Listed::of(row, map.keys(row.action))).collect();
    assert_eq!(listed(&home(own)), table);
    assert_eq!(table[0].keys, ["F9", "Ctrl+N"]);
}

#[test]
fn every_key_is_written_as_it_is_read() {
    for row in listed(&Home::new()) {
        let meant = TABLE.iter().find(|known| known.name == row.action).unwrap();
        let read: Vec<Key> = row.keys.iter().map(|key| key.parse().unwrap()).collect();
        assert_eq!(read, meant.keys, "{}", row.action);
    }
}

#[test]
fn the_text_lists_all_of_them() {
    let output = visavis(&["keys"]).run();
    assert_eq!((output.stderr.as_str(), output.status), ("", Some(0)));
    let rows: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(rows.len(), TABLE.len());
    for (row, known) in rows.iter().zip(TABLE) {
        let keys: Vec<String> = known.keys.iter().map(ToString::to_string).collect();
        let keys = if keys.is_empty() { "(palette)".to_owned() } else { keys.join(", ") };
        assert_eq!(row.split_whitespace().next(), Some(known.name));
        assert!(row.contains(&format!(" {keys} ")) && row.ends_with(known.help), "{row}");
    }
}

#[test]
fn the_program_goes_by_a_persons_own_keys() {
    let home = home(r#"{"next-step": ["F9"]}"#);
    let args = ["run", "taste", "--title", "Our taste"];
    let mut terminal = Terminal::builder().home(&home).args(&args).spawn();
    assert!(terminal.expect("Round 1 of 2").contains("F9 next"));
    terminal.keys("PageDown F9").expect("Round 2 of 2");
}

#[test]
fn wrong_keys_are_told_with_what_was_meant() {
    let home = home(r#"{"nxt-step": ["F9"], "undo": ["Ctrl+Y"], "tag": ["Hyper+T"]}"#);
    let wrong = visavis(&["keys"]).home(&home).run();
    assert_eq!((wrong.status, wrong.stdout.as_str()), (Some(3), ""));
    insta::assert_snapshot!(wrong.stderr.replace(home.path().to_str().unwrap(), "…"), @r#"
    error: "…/config/visavis/keys.ron": `nxt-step` is no action; did you mean `next-step`?
    error: "…/config/visavis/keys.ron": `tag`: `Hyper+T` is no key; keys are written like `Ctrl+N`, `PageDown`, `Alt+Enter`, `F3` or `e`
    error: "…/config/visavis/keys.ron": Ctrl+Y would mean both `undo` and `redo` in `compose`; give one of them another key
    help: put it right in an editor; without this file the usual keys hold
    "#);
}
