//! The second versions that programs for shared folders leave when two computers wrote one file.
//!
//! Owns what such files are called. Knows nothing of what is in them.

/// How a program marks the name of a second version.
#[derive(Debug, Clone, Copy)]
enum Mark {
    /// ` (… these words …)` at the end.
    InBrackets(&'static str),
    /// This and anything after it.
    From(&'static str),
    /// ` (2)` at the end.
    NumberInBrackets,
    /// ` 2` at the end.
    Number,
}

/// How sure a name makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    /// Nobody else calls a file so.
    Yes,
    /// People call copies so too: only where the first version is there, and has the same session.
    BesideTheFirst,
}

/// The program and its mark. Those that are sure stand first.
const MARKS: [(&str, Mark, Sure); 13] = [
    ("Syncthing", Mark::From(".sync-conflict-"), Sure::Yes),
    ("Dropbox or Nextcloud", Mark::InBrackets("conflicted copy"), Sure::Yes),
    ("Dropbox", Mark::InBrackets("case conflict"), Sure::Yes),
    ("Nextcloud", Mark::InBrackets("case clash"), Sure::Yes),
    ("ownCloud", Mark::From("_conflict-"), Sure::Yes),
    ("Seafile", Mark::InBrackets("sfconflict"), Sure::Yes),
    ("Resilio Sync", Mark::From(".Conflict"), Sure::Yes),
    ("Unison", Mark::InBrackets("conflict on"), Sure::Yes),
    ("Google Drive", Mark::From("[Conflict"), Sure::Yes),
    ("OneDrive", Mark::From("-DESKTOP-"), Sure::BesideTheFirst),
    ("OneDrive", Mark::From("-LAPTOP-"), Sure::BesideTheFirst),
    ("Google Drive", Mark::NumberInBrackets, Sure::BesideTheFirst),
    ("iCloud Drive", Mark::Number, Sure::BesideTheFirst),
];

/// A second version, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SecondVersion {
    /// The program that made it.
    pub(super) program: &'static str,
    /// The name of the first version.
    pub(super) of: String,
    pub(super) sure: Sure,
}

/// What the name of a file says, where it is that of a second version.
pub(super) fn second_version(name: &str) -> Option<SecondVersion> {
    let (stem, ending) = name.rsplit_once('.')?;
    MARKS.iter().find_map(|(program, mark, sure)| {
        let stem = mark.taken_from(stem)?;
        Some(SecondVersion { program, of: format!("{stem}.{ending}"), sure: *sure })
    })
}

impl Mark {
    /// The name without this mark; none where it has none, or nothing else.
    fn taken_from(self, stem: &str) -> Option<&str> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let first = match self {
            Self::From(mark) => stem.split_once(mark)?.0,
            Self::InBrackets(words) => {
                let (first, inside) = in_brackets(stem)?;
                inside.to_lowercase().contains(words).then_some(first)?
            }
            Self::NumberInBrackets => in_brackets(stem).filter(|(_, inside)| is_number(inside))?.0,
            Self::Number => stem.rsplit_once(' ').filter(|(_, number)| is_number(number))?.0,
        };
        (!first.is_empty()).then_some(first)
    }
}

/// `name (words)` in its two parts.
fn in_brackets(stem: &str) -> Option<(&str, &str)> {
    stem.strip_suffix(')')?.split_once(" (")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_is_known_by_the_names_that_it_gives() {
        const FIRST: &str = "2026-11-22-1400-board.ron";
        let cases = [
            ("Syncthing", "2026-11-22-1400-board.sync-conflict-20261122-153012-7XKQ2AB.ron"),
            ("Dropbox or Nextcloud", "2026-11-22-1400-board (Anna's conflicted copy 2026-11-22).ron"),
            ("Dropbox or Nextcloud", "2026-11-22-1400-board (conflicted copy 2026-11-22 153012).ron"),
            ("Dropbox or Nextcloud", "2026-11-22-1400-board (ANNA-PC's Conflicted Copy 2026-11-22 (1)).ron"),
            ("Dropbox", "2026-11-22-1400-board (Case Conflict 1).ron"),
            ("Nextcloud", "2026-11-22-1400-board (case clash from anna, 2026-11-22).ron"),
            ("ownCloud", "2026-11-22-1400-board_conflict-20261122-153012.ron"),
            ("Seafile", "2026-11-22-1400-board (SFConflict anna@example.org 2026-11-22-15-30-12).ron"),
            ("Resilio Sync", "2026-11-22-1400-board.Conflict.ron"),
            ("Unison", "2026-11-22-1400-board (conflict on 2026-11-22).ron"),
            ("Google Drive", "2026-11-22-1400-board[Conflict].ron"),
            ("OneDrive", "2026-11-22-1400-board-DESKTOP-7F3K2AB.ron"),
            ("OneDrive", "2026-11-22-1400-board-LAPTOP-ANNA.ron"),
            ("Google Drive", "2026-11-22-1400-board (1).ron"),
            ("iCloud Drive", "2026-11-22-1400-board 2.ron"),
        ];
        for (program, name) in cases {
            let second = second_version(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((second.program, second.of.as_str()), (program, FIRST), "{name}");
        }
    }

    #[test]
    fn ordinary_names_are_nobodys_second_version() {
        for name in [
            "2026-11-22-1400-board.ron",
            "2026-11-22-1400-board-2.ron",
            "2026-11-22-1400-board.outside.ron",
            "2026-11-22-1400-how-we-settle-a-conflict-2026.ron",
            "2026-11-22-1400-conflicts (with sales).ron",
            "board (2026) first.ron",
            ".sync-conflict-20261122.ron",
            " 2.ron",
            "no ending",
            "",
        ] {
            assert_eq!(second_version(name), None, "{name}");
        }
    }
}
