//! The list of all actions and keys that `visavis keys` prints: for people, and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::action::{self, TABLE};
use super::keymap::Keymap;

/// One action as `visavis keys --format json` tells it.
#[derive(Debug, Serialize)]
pub struct Row {
    action: &'static str,
    keys: Vec<String>,
    #[serde(rename = "where")]
    places: Vec<&'static str>,
    help: &'static str,
}

/// Every action with its keys, for programs.
#[must_use]
pub fn rows(map: &Keymap) -> Vec<Row> {
    let row = |row: &'static action::Row| Row {
        action: row.name,
        keys: map.keys(row.action).iter().map(ToString::to_string).collect(),
        places: row.places.iter().map(|place| place.name()).collect(),
        help: row.help,
    };
    TABLE.iter().map(row).collect()
}

/// Every action with its keys, for people: one a line.
#[must_use]
pub fn text(map: &Keymap) -> String {
    let mut out = String::new();
    for row in rows(map) {
        let keys = if row.keys.is_empty() { "(palette)".to_owned() } else { row.keys.join(", ") };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:<22} {:<20} {}", row.action, keys, row.help);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_list_every_action() {
        let map = Keymap::default();
        assert_eq!(text(&map).lines().count(), TABLE.len());
        let value: serde_json::Value = serde_json::to_value(rows(&map)).unwrap();
        assert_eq!(value.as_array().unwrap().len(), TABLE.len());
        assert_eq!(value[0]["action"], "next-step");
        assert_eq!(value[0]["keys"][0], "PageDown");
        assert_eq!(value[0]["where"][0], "compose");
    }

    #[test]
    fn the_text_is_a_table() {
        insta::assert_snapshot!(text(&Keymap::default()).lines().take(6).collect::<Vec<_>>().join("\n"), @r"
        next-step              PageDown             Go on: the next round, then the next step
        previous-step          PageUp               Go back: the previous round, then the previous step
        agenda                 F3                   Show the agenda and jump to any step
        reveal                 Ctrl+R               Reveal what is hidden, of all sides at once
        begin-silence          Enter                Begin the silence
        end-silence            (palette)            Make the silence shorter, or end it
        ");
    }
}
