//! Finding the session that somebody means.

use std::fmt;

use super::{Library, Summary, Unreadable};

/// The word that means the newest session.
pub const LAST: &str = "last";

/// How many sessions that could be meant are named.
const NAMED: usize = 5;

/// Why no one session is meant: what is wrong as a text without a full stop, and [what to do](Self::help).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// There is no session at all.
    Empty,
    /// No session is called that.
    Nothing {
        /// What was asked for.
        what: String,
    },
    /// Several are.
    Several {
        /// What was asked for.
        what: String,
        /// The names of the files that it could be, newest first.
        candidates: Vec<String>,
    },
    /// The file of that name cannot be read.
    Unreadable(Unreadable),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no session yet"),
            Self::Nothing { what } => write!(f, "no session is called {what:?}"),
            Self::Several { what, candidates } => write!(f, "{what:?} fits {} sessions", candidates.len()),
            Self::Unreadable(unreadable) => unreadable.fmt(f),
        }
    }
}

impl std::error::Error for NotFound {}

impl NotFound {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty => "`visavis run` begins one".to_owned(),
            Self::Nothing { .. } => "`visavis list` shows them all".to_owned(),
            Self::Several { candidates, .. } => {
                let named: Vec<&str> = candidates.iter().take(NAMED).map(String::as_str).collect();
                let more = match candidates.len().saturating_sub(NAMED) {
                    0 => String::new(),
                    more => format!(", and {more} more in `visavis list`"),
                };
                format!("name one by its file: {}{more}", named.join(", "))
            }
            Self::Unreadable(unreadable) => unreadable.help().to_owned(),
        }
    }
}

impl Library {
    /// The session that is meant by [`LAST`], the name of its file, its id, its whole title, or a part of
    /// its title or file name that only one has. Capitals make no difference. The newest where nothing is
    /// said.
    ///
    /// # Errors
    /// [`NotFound`], with what to do in its words.
    pub fn find(&self, what: &str) -> Result<&Summary, NotFound> {
        let wanted = what.trim().to_lowercase();
        if wanted.is_empty() || wanted == LAST {
            return self.sessions.first().ok_or(NotFound::Empty);
        }
        let name = wanted.strip_suffix(".ron").unwrap_or(&wanted);
        let surer: [&dyn Fn(&Summary) -> bool; 4] = [
            &|summary| summary.name().to_lowercase() == name,
            &|summary| summary.id.to_string() == wanted,
            &|summary| summary.title.to_lowercase() == wanted,
            &|summary| {
                summary.title.to_lowercase().contains(&wanted) || summary.name().to_lowercase().contains(name)
            },
        ];
        for means in surer {
            let found: Vec<&Summary> = self.sessions.iter().filter(|summary| means(summary)).collect();
            match found.as_slice() {
                [] => {}
                [one] => return Ok(one),
                several => {
                    let candidates = several.iter().map(|summary| summary.name()).collect();
                    return Err(NotFound::Several { what: what.to_owned(), candidates });
                }
            }
        }
        let bad = self.unreadable.iter().find(|bad| {
            bad.path.file_stem().is_some_and(|stem| stem.to_string_lossy().to_lowercase() == name)
        });
        Err(match bad {
            Some(bad) => NotFound::Unreadable(bad.clone()),
            None if self.sessions.is_empty() => NotFound::Empty,
            None => NotFound::Nothing { what: what.to_owned() },
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use super::*;
    use crate::session::testing::{Room, moment};
    use crate::session::{Id, Session, SessionId, Shown};
    use crate::storage::sim::SimDisk;
    use crate::storage::{Medium, Opened, Places, Store, kept, replace::replace};

    const FOLDER: &str = "/library";

    fn put(disk: &SimDisk, name: &str, bytes: &[u8]) {
        replace(disk, &Path::new(FOLDER).join(name), bytes, None).unwrap();
    }

    fn session(title: &str, days: i64) -> Session {
        let mut session = Room::new().session().clone();
        session.title = title.to_owned();
        session.opened = moment(days * 86_400);
        session.id = SessionId(Id::new(days.unsigned_abs()));
        session
    }

    fn save(disk: &SimDisk, name: &str, session: &Session) {
        let file = Shown::from(session).to_file();
        let text = kept::save("Session", &file, &kept::Unknowns::default()).unwrap();
        put(disk, name, text.as_bytes());
    }

    fn disk() -> SimDisk {
        let disk = SimDisk::new();
        crate::storage::medium::create_folders(&disk, Path::new(FOLDER)).unwrap();
        save(&disk, "2026-11-22-purchasing.ron", &session("Purchasing meets sales", 1));
        save(&disk, "2026-11-24-mentoring.ron", &session("Mentoring pair", 3));
        save(&disk, "2026-11-23-mentoring.ron", &session("Mentoring pair", 2));
        put(&disk, "broken.ron", b"Session(\n    format: 1,\n    id: \x1b,\n)");
        put(&disk, "newer.ron", b"Session(format: 9, future: ())");
        for name in ["note.txt", ".hidden.ron", "2026-11-23-mentoring.outside.ron"] {
            put(&disk, name, b"not a session");
        }
        disk
    }

    fn store(disk: SimDisk) -> Store {
        Store::new(Arc::new(disk), Places { library: FOLDER.into(), state: "/state".into() })
    }

    fn library() -> Library {
        Library::read(&store(disk())).unwrap()
    }

    fn found(what: &str) -> Result<String, String> {
        library().find(what).map(Summary::name).map_err(|error| format!("{error}; {}", error.help()))
    }

    #[test]
    fn a_folder_is_read_newest_first_whatever_else_is_in_it() {
        let library = library();
        let names: Vec<String> = library.sessions.iter().map(Summary::name).collect();
        assert_eq!(names, ["2026-11-24-mentoring", "2026-11-23-mentoring", "2026-11-22-purchasing"]);
        let bad: Vec<String> = library.unreadable.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(bad.join("\n"), @r#"
        couldn't read "/library/broken.ron", line 3, column 9: Unexpected char '\u{1b}'
        "/library/newer.ron" was written by a newer visavis (format 9)
        "#);
    }

    #[test]
    fn a_folder_that_is_not_there_is_empty() {
        let library = Library::read(&store(SimDisk::new())).unwrap();
        assert_eq!(library, Library::default());
        assert_eq!(library.find("last"), Err(NotFound::Empty));
    }

    #[test]
    fn what_is_open_is_taken_as_it_is_now() {
        let disk = SimDisk::new();
        let store = store(disk.clone());
        let Opened { mut log, keeper, .. } = store.begin(Room::new().session().clone(), drop).unwrap();
        let last = || Library::read(&store).unwrap().find(LAST).cloned().unwrap();
        assert_eq!(last().step, 0, "at once, whatever the disk has of it");
        let file = keeper.path().to_owned();
        let old = Shown::from(log.session()).to_file();
        for frame in Room::new().person("Anna", "sales").go("practices").frames() {
            log.append(frame).unwrap();
            keeper.append(frame.clone());
        }
        keeper.leave(old, false).unwrap();
        assert_eq!((last().step, last().people, last().path), (1, 1, file.clone()));
        disk.remove(&file).unwrap();
        assert_eq!((last().step, last().people, last().path), (1, 1, file.clone()));
        put(&disk, "2026-11-22-1400-purchasing-meets-sales.ron", b"Session(format: 9, future: ())");
        assert_eq!(Library::read(&store).unwrap().find(LAST), Err(NotFound::Empty), "not ours to say");
    }

    #[test]
    fn a_summary_counts() {
        let room = Room::new().person("Anna", "sales").go("decide");
        let room = room.decision("to try", "Anna").decision("nobody's", "").action("", "try", "Anna", 3);
        let summary = Summary::new(PathBuf::from("a.ron"), room.shown(), room.session().id);
        insta::assert_snapshot!(serde_json::to_string_pretty(&summary).unwrap(), @r#"
        {
          "path": "a.ron",
          "id": "000000000001",
          "series": {
            "first": "000000000001",
            "name": "Purchasing meets sales"
          },
          "title": "Purchasing meets sales",
          "confidential": false,
          "opened": "2026-11-22T14:00:00.000+01:00",
          "worked_on": "2026-11-22T14:00:00.000+01:00",
          "status": "Open",
          "step": 5,
          "step_title": "What do we commit to?",
          "steps": 6,
          "people": 1,
          "sides": [
            "Purchasing",
            "Sales"
          ],
          "decisions": 1,
          "open_actions": 1
        }
        "#);
    }

    #[test]
    fn a_session_is_found_by_what_people_call_it() {
        for (what, name) in [
            ("last", "2026-11-24-mentoring"),
            ("", "2026-11-24-mentoring"),
            ("2026-11-23-mentoring", "2026-11-23-mentoring"),
            ("2026-11-23-mentoring.ron", "2026-11-23-mentoring"),
            ("000000000001", "2026-11-22-purchasing"),
            ("purchasing MEETS sales", "2026-11-22-purchasing"),
            ("meets", "2026-11-22-purchasing"),
            ("11-22", "2026-11-22-purchasing"),
        ] {
            assert_eq!(found(what).as_deref(), Ok(name), "{what}");
        }
    }

    #[test]
    fn what_is_not_found_says_what_to_do() {
        let errors =
            ["mentoring", "Mentoring pair", "board\u{1b}", "newer"].map(|what| found(what).unwrap_err());
        insta::assert_snapshot!(errors.join("\n\n"), @r#"
        "mentoring" fits 2 sessions; name one by its file: 2026-11-24-mentoring, 2026-11-23-mentoring

        "Mentoring pair" fits 2 sessions; name one by its file: 2026-11-24-mentoring, 2026-11-23-mentoring

        no session is called "board\u{1b}"; `visavis list` shows them all

        "/library/newer.ron" was written by a newer visavis (format 9); read it with the visavis that wrote it, or a newer one
        "#);
    }
}
