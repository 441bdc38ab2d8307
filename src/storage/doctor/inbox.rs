//! What other programs handed in while nobody ran the session.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::journals::{Journal, Journals};
use super::{CheckUp, Finding, Matter, RIGHT_TO_LOOK, Remedy, Repair};
use crate::session::Command;
use crate::storage::inbox::{Unreadable, Waiting};
use crate::storage::medium::Kind;
use crate::storage::store::Store;

impl Store {
    /// Checks the inbox of each session that nobody runs; `sessions` are those of the library and of journals, by
    /// what belongs to them is named by.
    pub(super) fn check_inboxes(
        &self,
        names: &[PathBuf],
        sessions: &BTreeMap<String, PathBuf>,
        journals: &Journals,
        check_up: &mut CheckUp,
    ) {
        let folder = self.places().inboxes();
        for name in self.medium().list(&folder).unwrap_or_default() {
            let path = folder.join(&name);
            let is_folder = self.medium().metadata(&path).is_ok_and(|meta| meta.kind == Kind::Folder);
            let Some(key) = name.to_str().filter(|_| is_folder) else { continue };
            let journal = journals.iter().find(|journal| journal.key == key);
            if journal.is_some_and(|journal| journal.is_running) {
                continue;
            }
            let in_library = || sessions.get(key).filter(|file| names.contains(file)).map(PathBuf::as_path);
            let file = journal.and_then(Journal::file).or_else(in_library);
            match self.inbox(key).waiting::<Command>(self.medium()) {
                Ok(waiting) => self.check_waiting(&path, &waiting, file, check_up),
                Err(failed) => check_up.findings.push(Finding::failed(Matter::Inbox, &failed, RIGHT_TO_LOOK)),
            }
        }
    }

    fn check_waiting(
        &self,
        inbox: &Path,
        waiting: &[Waiting<Command>],
        file: Option<&Path>,
        check_up: &mut CheckUp,
    ) {
        for Waiting { name, what } in waiting {
            match what {
                Err(Unreadable::Failed(failed)) => {
                    check_up.findings.push(Finding::failed(Matter::Inbox, failed, RIGHT_TO_LOOK));
                }
                Err(unreadable @ Unreadable::Foreign(_)) => {
                    let path = inbox.join(name);
                    let what = format!("{path:?} can't be taken up: {unreadable}");
                    let remedy = Remedy::Can(Repair::SetAside(self.state_aside()));
                    check_up.findings.push(Finding::new(Matter::Inbox, &path, what, remedy));
                }
                Ok(_) => {}
            }
        }
        let commands: Vec<PathBuf> = waiting
            .iter()
            .filter(|waiting| waiting.what.is_ok())
            .map(|waiting| inbox.join(&waiting.name))
            .collect();
        if commands.is_empty() {
            return;
        }
        if let Some(file) = file {
            let count = match commands.len() {
                1 => "1 change that was handed in waits".to_owned(),
                count => format!("{count} changes that were handed in wait"),
            };
            let what = format!("{count} for the session {file:?}, which nobody runs");
            check_up.findings.push(Finding::new(
                Matter::Inbox,
                inbox,
                what,
                Remedy::Can(Repair::GoOn(file.to_owned())),
            ));
            return;
        }
        for path in commands {
            let what = format!("{path:?} was handed in for a session that is not here");
            let remedy = Remedy::Can(Repair::SetAside(self.state_aside()));
            check_up.findings.push(Finding::new(Matter::Inbox, &path, what, remedy));
        }
    }
}
