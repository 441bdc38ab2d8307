//! The sessions of a library as a table, one a line.
//!
//! Owns the columns. Titles and names stand last, so that long ones push nothing out of place.

use std::fmt::Write as _;

use crate::library::Summary;
use crate::session::Status;
use crate::text::{visible, width};

const HEADINGS: [&str; 8] = ["Date", "Status", "Step", "People", "Decided", "To do", "Title", "File"];

/// Which columns hold numbers, and stand to the right.
const NUMBERS: [bool; 8] = [false, false, false, true, true, true, false, false];

/// The sessions in the order given, as plain text with aligned columns and a line of headings; a line of
/// words where there is none. No character in it can act on a terminal.
#[must_use]
pub fn table(sessions: &[Summary]) -> String {
    if sessions.is_empty() {
        return "No sessions yet. `visavis run` begins one.\n".to_owned();
    }
    let rows: Vec<[String; 8]> =
        std::iter::once(HEADINGS.map(str::to_owned)).chain(sessions.iter().map(cells)).collect();
    let widths: [usize; 8] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or_default());
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[column] - width(cell));
            // Writing to a string cannot fail.
            let _ = if NUMBERS[column] {
                write!(line, "{space}{cell}  ")
            } else {
                write!(line, "{cell}{space}  ")
            };
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn cells(summary: &Summary) -> [String; 8] {
    let status = match summary.status {
        Status::Open => "open",
        Status::Closed { .. } => "closed",
        Status::WriteUp { .. } => "write-up",
    };
    let read_only = if summary.newer.is_some() { ", read-only" } else { "" };
    [
        summary.opened.date().to_string(),
        format!("{status}{read_only}"),
        format!("{} of {}", summary.step, summary.steps),
        summary.people.to_string(),
        summary.decisions.to_string(),
        summary.open_actions.to_string(),
        visible(&summary.title).into_owned(),
        visible(&summary.name()).into_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::Room;
    use crate::session::{Request, Shown};

    fn summary(room: &Room, path: &str) -> Summary {
        Summary::new(path.into(), Shown::from(room.session()), room.session().id)
    }

    #[test]
    fn columns_are_aligned() {
        let long = Room::new()
            .person("Anna", "sales")
            .go("decide")
            .decision("to try", "Anna")
            .action("", "try", "Anna", 3)
            .does(Request::Retitle("Einkauf 字\u{1b}[2J trifft".to_owned()))
            .does(Request::Close);
        let sessions = [summary(&long, "/library/2026-11-22-einkauf.ron"), summary(&Room::new(), "b.ron")];
        insta::assert_snapshot!(table(&sessions), @r"
        Date        Status  Step    People  Decided  To do  Title                   File
        2026-11-22  closed  5 of 6       1        1      1  Einkauf 字␛[2J trifft   2026-11-22-einkauf
        2026-11-22  open    0 of 6       0        0      0  Purchasing meets sales  b
        ");
    }

    #[test]
    fn no_sessions_are_told_in_words() {
        insta::assert_snapshot!(table(&[]), @"No sessions yet. `visavis run` begins one.");
    }
}
