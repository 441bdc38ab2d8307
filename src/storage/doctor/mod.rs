//! Looking after the library: what is wrong with any file in it or of an open session, and putting it right.
//!
//! Owns what counts as wrong and what can be done about it. Looking changes nothing. Putting right never
//! deletes: what is taken out is kept in a folder `aside`, and said so. What another program runs is left alone.

mod conflict;
mod copies;
mod examine;
mod inbox;
mod journals;
mod leftovers;
mod repair;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use super::failed::{Act, Failed};
use super::medium;
use super::places::ASIDE;
use super::store::{Store, try_out};
use super::trouble::Trouble;

/// What was looked at, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckUp {
    /// How many session files were read.
    pub sessions: usize,
    /// How many journals were read.
    pub journals: usize,
    /// What there is to say, in the order in which it was found.
    pub findings: Vec<Finding>,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub matter: Matter,
    /// The file or folder.
    pub path: PathBuf,
    /// What is the case, with the path in it: a sentence without its full stop.
    pub what: String,
    /// What is to be done about it, or was.
    pub remedy: Remedy,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// A folder that is missing, or can't be looked into or written to.
    Folder,
    /// A session that another program runs.
    Running,
    /// The file of a session.
    Session,
    /// A script among the sessions.
    Script,
    /// The journal of a session.
    Journal,
    /// What another program handed in.
    Inbox,
    /// What a writing that did not end left.
    Leftover,
    /// A second version that a program for shared folders made.
    ConflictCopy,
    /// A second file of one session.
    Copy,
    /// What was kept aside.
    Kept,
    /// The settings.
    Settings,
}

/// What is to be done about a finding, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing: it is good to know. What can be done all the same, where there is something.
    Told(Option<String>),
    /// Something that only a person can do.
    ByHand(String),
    /// What [`Store::repair`] does.
    Can(Repair),
    /// It was put right; what was done.
    Done(String),
    /// It could not be put right: why.
    Failed(String),
}

/// A way to put something right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Going on with the session in this file and leaving it at once.
    GoOn(PathBuf),
    /// Giving the version before it the place of a file that can't be used.
    PutBack,
    /// Moving it out of the way, into this folder.
    SetAside(PathBuf),
}

impl Repair {
    /// What it would do: a clause that `--repair` comes before.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::GoOn(_) => {
                "goes on with the session, keeps beside what can't be used, and writes its file".to_owned()
            }
            Self::PutBack => "puts the version before it in its place and keeps this one aside".to_owned(),
            Self::SetAside(folder) => format!("moves it to {folder:?}"),
        }
    }
}

impl Finding {
    fn new(matter: Matter, path: &Path, what: impl Into<String>, remedy: Remedy) -> Self {
        Self { matter, path: path.to_path_buf(), what: what.into(), remedy }
    }

    fn failed(matter: Matter, failed: &Failed, advice: &str) -> Self {
        Self::new(matter, &failed.path, failed.to_string(), Remedy::ByHand(advice.to_owned()))
    }

    fn of_trouble(path: &Path, trouble: &Trouble) -> Self {
        Self::new(Matter::Session, path, trouble.to_string(), Remedy::ByHand(trouble.advice().to_owned()))
    }

    /// Whether it is still wrong.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        match self.remedy {
            Remedy::ByHand(_) | Remedy::Can(_) | Remedy::Failed(_) => true,
            Remedy::Told(_) | Remedy::Done(_) => false,
        }
    }
}

const ROOM_TO_WRITE: &str =
    "make room, or give this account the right to write there; until then nothing new can be saved";
const RIGHT_TO_LOOK: &str = "see that its disk is well, and that this account may read it";

impl Store {
    /// Looks at every file of the library and at all that belongs to open sessions. Nothing is changed by it.
    /// `named` says that somebody named the library, so that its not being there is wrong.
    #[must_use]
    pub fn check_up(&self, named: bool) -> CheckUp {
        let mut check_up = CheckUp::default();
        let names = self.check_library(named, &mut check_up);
        let journals = self.check_journals(&mut check_up);
        let sessions = self.check_sessions(&names, &journals, &mut check_up);
        self.check_inboxes(&names, &sessions, &journals, &mut check_up);
        self.check_leftovers(&names, &journals, &mut check_up);
        check_up
    }

    /// The files in the library, by their paths.
    fn check_library(&self, named: bool, check_up: &mut CheckUp) -> Vec<PathBuf> {
        let library = &self.places().library;
        match self.entries(library) {
            Err(failed) if failed.is_not_found() && named => {
                let advice = "connect its disk, or name another folder with --library";
                check_up.findings.push(Finding::failed(Matter::Folder, &failed, advice));
                Vec::new()
            }
            Err(failed) if failed.is_not_found() => {
                let what = format!("the library {library:?} is not there yet");
                let remedy = Remedy::Told(Some("the first session makes it".to_owned()));
                check_up.findings.push(Finding::new(Matter::Folder, library, what, remedy));
                Vec::new()
            }
            Err(failed) => {
                check_up.findings.push(Finding::failed(Matter::Folder, &failed, RIGHT_TO_LOOK));
                Vec::new()
            }
            Ok(names) => {
                self.check_writing(library, check_up);
                // What belongs to open sessions knows their files by their one true paths.
                let library = self.medium().canonical(library).unwrap_or_else(|_| library.clone());
                names.into_iter().map(|name| library.join(name)).collect()
            }
        }
    }

    fn check_writing(&self, folder: &Path, check_up: &mut CheckUp) {
        if let Err(failed) = try_out(self.medium(), folder) {
            let failed = Failed::new(Act::Write, folder, failed.cause);
            check_up.findings.push(Finding::failed(Matter::Folder, &failed, ROOM_TO_WRITE));
        }
    }

    /// The names of the files in a folder, in order.
    fn entries(&self, folder: &Path) -> Result<Vec<std::ffi::OsString>, Failed> {
        let names = self.medium().list(folder).map_err(|cause| Failed::new(Act::List, folder, cause))?;
        let is_folder = |name: &std::ffi::OsString| {
            let meta = self.medium().metadata(&folder.join(name));
            meta.is_ok_and(|meta| meta.kind == medium::Kind::Folder)
        };
        Ok(names.into_iter().filter(|name| !is_folder(name)).collect())
    }
}
