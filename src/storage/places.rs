//! Where things lie: sessions in the library, what belongs to open ones in the state folder.
//!
//! Owns the names of folders and files. Never touches them.

use std::path::{Path, PathBuf};

use super::medium::beside;
use crate::session::Session;

/// How many letters of a title go into the name of its file.
const SLUG: usize = 40;

/// The folders of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// One file for each session.
    pub library: PathBuf,
    /// Journals, locks and inboxes of open sessions: of this machine, never in a synced folder.
    pub state: PathBuf,
}

impl Places {
    /// The folder of the locks.
    #[must_use]
    pub fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// The folder of the journals.
    #[must_use]
    pub fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }

    pub(super) fn remembered(&self) -> PathBuf {
        self.state.join("remembered.ron")
    }

    pub(super) fn journal(&self, key: &str) -> PathBuf {
        self.journals().join(format!("{key}{JOURNAL}"))
    }

    pub(super) fn inboxes(&self) -> PathBuf {
        self.state.join("inbox")
    }

    pub(super) fn inbox(&self, key: &str) -> PathBuf {
        self.inboxes().join(key)
    }

    /// The folder of the bells at which those wait who follow a session.
    pub(super) fn followers(&self) -> PathBuf {
        self.state.join("followers")
    }
}

/// The folder, in the library or the state folder, for what `doctor` took out.
pub(super) const ASIDE: &str = "aside";

pub(super) const JOURNAL: &str = ".journal";

/// The version of a session's file before the present one.
#[must_use]
pub fn previous(file: &Path) -> PathBuf {
    beside(file, ".previous")
}

/// The n-th name, from 1, for the file of a new session: day, time and title.
pub(super) fn file_name(session: &Session, n: usize) -> String {
    let stem = format!("{}-{}", session.opened.local().format("%Y-%m-%d-%H%M"), slug(&session.title));
    numbered(&stem, n)
}

fn numbered(stem: &str, n: usize) -> String {
    if n == 1 { format!("{stem}.ron") } else { format!("{stem}-{n}.ron") }
}

/// Letters and digits in lower case, everything else one `-`.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(SLUG).collect();
    match slug.trim_end_matches('-') {
        "" => "session".to_owned(),
        slug => slug.to_owned(),
    }
}

/// The n-th name, from 1, of a copy of `file` in a folder.
pub(super) fn copy_in(folder: &Path, file: &Path, n: usize) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    folder.join(numbered(&stem, n))
}

/// The n-th name, from 1, under which a version that somebody else wrote is kept beside `file`.
pub(super) fn outside(file: &Path, n: usize) -> PathBuf {
    file.with_extension(if n == 1 { "outside.ron".to_owned() } else { format!("outside-{n}.ron") })
}

/// Whether a file of the library is a session's own, by its name.
#[must_use]
pub fn is_session(file: &Path) -> bool {
    let is_hidden = file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    file.extension().is_some_and(|ending| ending == "ron") && !is_outside(file) && !is_hidden
}

/// Whether a file is a version that somebody else wrote and that was kept beside, by its name.
pub(super) fn is_outside(file: &Path) -> bool {
    let aside = |stem: &str| stem.ends_with(".outside") || stem.contains(".outside-");
    file.extension().is_some_and(|ending| ending == "ron")
        && file.file_stem().is_some_and(|stem| aside(&stem.to_string_lossy()))
}

/// The same of this file and no other.
pub(super) fn is_outside_of(file: &Path, other: &Path) -> bool {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    is_outside(other) && stem(other).split_once(".outside").is_some_and(|(own, _)| own == stem(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_plain_name() {
        for (title, name) in [
            ("Purchasing meets sales", "purchasing-meets-sales"),
            ("  Einkauf & Verkauf: Köln! ", "einkauf-verkauf-köln"),
            ("../../etc/passwd", "etc-passwd"),
            ("\u{1b}[31m\u{202e}", "31m"),
            ("", "session"),
            ("\u{2014}", "session"),
            (&"long ".repeat(30), "long-long-long-long-long-long-long-long"),
        ] {
            assert_eq!(slug(title), name, "{title}");
        }
    }

    #[test]
    fn what_was_put_aside_is_no_session() {
        let file = Path::new("/l/2026-11-22-1400-a.ron");
        assert!(is_session(file));
        for other in [outside(file, 1), outside(file, 2), previous(file), file.with_extension("ron.new")] {
            assert!(!is_session(&other), "{other:?}");
        }
        assert!(is_outside_of(file, &outside(file, 1)) && is_outside_of(file, &outside(file, 2)));
        assert!(!is_outside_of(file, &outside(Path::new("/l/2026-11-22-1400-a-2.ron"), 1)));
        assert!(!is_outside_of(file, file));
    }
}
