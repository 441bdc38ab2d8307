//! The journals: one for each session that is open.

use std::path::{Path, PathBuf};

use super::{CheckUp, Finding, Matter, RIGHT_TO_LOOK, ROOM_TO_WRITE, Remedy, Repair};
use crate::storage::failed::{Act, Failed};
use crate::storage::lock::{self, Locking};
use crate::storage::places::JOURNAL;
use crate::storage::recover::{Loss, Recovered, Useless, recover};
use crate::storage::store::Store;
use crate::storage::trouble::Trouble;

/// All journals that could be read, with what they say.
#[derive(Debug, Default)]
pub(super) struct Journals(Vec<Journal>);

/// A journal.
#[derive(Debug)]
pub(super) struct Journal {
    /// What it, its lock and its inbox are named by.
    pub(super) key: String,
    pub(super) path: PathBuf,
    /// Whether another program holds the session's lock.
    pub(super) is_running: bool,
    pub(super) says: Result<Recovered, Useless>,
}

/// Whose journal it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    /// That of the session in this file, which can be gone on with.
    Session(&'a Path),
    /// That of a session whose file is beyond this program, and stays as it is with all that belongs to it.
    Beyond,
    /// Nobody's who is known.
    Nobody,
}

impl Journal {
    /// The file of its session.
    pub(super) fn file(&self) -> Option<&Path> {
        self.says.as_ref().ok().map(|recovered| Path::new(&recovered.file))
    }
}

impl Journals {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Journal> {
        self.0.iter()
    }

    /// The journal of a session, found as going on finds it: by what it is named by, else by the file that
    /// it names.
    pub(super) fn of(&self, key: Option<&str>, file: &Path) -> Option<&Journal> {
        let by_key = key.and_then(|key| self.0.iter().find(|journal| journal.key == key));
        by_key.or_else(|| self.0.iter().find(|journal| journal.file() == Some(file)))
    }

    /// Whether a program runs the session to which a file of this name belongs.
    pub(super) fn is_of_running(&self, path: &Path) -> bool {
        let path = path.as_os_str().as_encoded_bytes();
        let belongs = |to: &Path| path.starts_with(to.as_os_str().as_encoded_bytes());
        self.0.iter().filter(|journal| journal.is_running).any(|journal| {
            let name = journal.path.with_extension("");
            belongs(&name) || journal.file().is_some_and(|file| belongs(&file.with_extension("")))
        })
    }
}

impl Store {
    /// Reads the journals. What can't be used of one whose session can't tell is told here; the rest with its
    /// session.
    pub(super) fn check_journals(&self, check_up: &mut CheckUp) -> Journals {
        let folder = self.places().journals();
        let names = match self.entries(&folder) {
            Err(failed) if failed.is_not_found() => return Journals::default(),
            Err(failed) => {
                check_up.findings.push(Finding::failed(Matter::Folder, &failed, RIGHT_TO_LOOK));
                return Journals::default();
            }
            Ok(names) => names,
        };
        self.check_writing(&folder, check_up);
        let mut found = Vec::new();
        let keys = names.iter().filter_map(|name| name.to_str()?.strip_suffix(JOURNAL));
        for key in keys {
            let path = self.places().journal(key);
            let bytes = match self.medium().read(&path, self.medium().limits().journal()) {
                Ok(bytes) => bytes,
                Err(cause) => {
                    let failed = Failed::new(Act::Read, &path, cause);
                    check_up.findings.push(Finding::failed(Matter::Journal, &failed, RIGHT_TO_LOOK));
                    continue;
                }
            };
            check_up.journals += 1;
            let is_running = self.check_lock(key, check_up);
            found.push(Journal { key: key.to_owned(), is_running, says: recover(&bytes), path });
        }
        Journals(found)
    }

    /// Whether another program runs a session. Where locks can't be taken that is told, once.
    fn check_lock(&self, key: &str, check_up: &mut CheckUp) -> bool {
        let folder = self.places().locks();
        let finding = match lock::lock(self.medium(), &folder, key) {
            Ok(Locking::Locked(_)) => return false,
            Ok(Locking::HeldElsewhere) => return true,
            Ok(Locking::Unsupported) => {
                let what = format!("the file system of {folder:?} knows no locks");
                let advice = "make sure that no two programs run one session";
                Finding::new(Matter::Folder, &folder, what, Remedy::Told(Some(advice.to_owned())))
            }
            Err(failed) => Finding::failed(Matter::Folder, &failed, ROOM_TO_WRITE),
        };
        if !check_up.findings.contains(&finding) {
            check_up.findings.push(finding);
        }
        false
    }

    /// What is wrong with a journal itself.
    pub(super) fn check_journal(&self, journal: &Journal, of: Of<'_>, check_up: &mut CheckUp) {
        let path = &journal.path;
        let by_hand = || Remedy::ByHand("see to its session first".to_owned());
        let (what, remedy) = match (&journal.says, of) {
            (Ok(recovered), _) => match (recovered.loss, of) {
                (Some(loss), Of::Session(file)) => {
                    (lost(path, loss), Remedy::Can(Repair::GoOn(file.to_owned())))
                }
                (Some(loss), Of::Beyond | Of::Nobody) => (lost(path, loss), by_hand()),
                (None, _) => return,
            },
            (Err(Useless::Newer(format)), _) => {
                let trouble = Trouble::Newer { path: path.clone(), format: *format };
                check_up
                    .findings
                    .push(Finding { matter: Matter::Journal, ..Finding::of_trouble(path, &trouble) });
                return;
            }
            (Err(Useless::Damaged), Of::Beyond) => (useless(path), by_hand()),
            (Err(Useless::Damaged), Of::Session(file)) => {
                (useless(path), Remedy::Can(Repair::GoOn(file.to_owned())))
            }
            (Err(Useless::Damaged), Of::Nobody) => {
                (useless(path), Remedy::Can(Repair::SetAside(self.state_aside())))
            }
        };
        check_up.findings.push(Finding::new(Matter::Journal, path, what, remedy));
    }
}

fn useless(path: &Path) -> String {
    format!("the journal {path:?} is damaged from its beginning on: nothing of it can be used")
}

fn lost(path: &Path, loss: Loss) -> String {
    match loss {
        Loss::CutOff => format!("the journal {path:?} ends within a record, as when the power went"),
        Loss::Damaged(1) => format!("the journal {path:?} is damaged: 1 change at its end can't be used"),
        Loss::Damaged(changes) => {
            format!("the journal {path:?} is damaged: {changes} changes at its end can't be used")
        }
    }
}
