//! Putting right what was found.
//!
//! Never deletes: what is taken out is renamed. A session is mended by going on with it, which is the one
//! way back from a crash.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use super::{ASIDE, CheckUp, Finding, Remedy, Repair};
use crate::session::Shown;
use crate::storage::failed::{Act, Doing, Failed};
use crate::storage::keeper::{Report, Writer};
use crate::storage::medium::{create_folders, folder_of};
use crate::storage::places::previous;
use crate::storage::replace::replace;
use crate::storage::session_file;
use crate::storage::store::{Ready, Store};
use crate::storage::trouble::Trouble;

/// How many things of one name can be kept aside.
const NAMES: usize = 10_000;

impl Store {
    /// Does what can be done about what was found, and answers the findings with what came of it.
    #[must_use]
    pub fn repair(&self, mut check_up: CheckUp) -> CheckUp {
        let is_left_over = |finding: &Finding| matches!(finding.remedy, Remedy::Can(Repair::SetAside(_)));
        // What is in the way of a writing is taken out before anything is written.
        let (first, then): (Vec<&mut Finding>, Vec<&mut Finding>) =
            check_up.findings.iter_mut().partition(|finding| is_left_over(finding));
        let mut gone_on = BTreeMap::new();
        for finding in first.into_iter().chain(then) {
            let Remedy::Can(repair) = &finding.remedy else { continue };
            let done = match repair {
                Repair::SetAside(folder) => {
                    self.set_aside(&finding.path, folder).map(|kept| format!("it is kept as {kept:?}"))
                }
                Repair::PutBack => self.put_back(&finding.path),
                Repair::GoOn(file) => {
                    gone_on.entry(file.clone()).or_insert_with(|| self.go_on_and_leave(file)).clone()
                }
            };
            finding.remedy = done.map_or_else(Remedy::Failed, Remedy::Done);
        }
        check_up
    }

    /// Moves a file into a folder for what was taken out; answers where it is.
    fn set_aside(&self, path: &Path, folder: &Path) -> Result<PathBuf, String> {
        let moved = self.free_aside(path, folder).and_then(|kept| {
            self.medium().rename(path, &kept).doing(Act::Rename, &kept)?;
            for folder in [folder, folder_of(path)] {
                self.medium().sync_folder(folder).doing(Act::SyncFolder, folder)?;
            }
            Ok(kept)
        });
        moved.map_err(|failed| failed.to_string())
    }

    /// A name in the folder that nothing has, like the file's.
    fn free_aside(&self, path: &Path, folder: &Path) -> Result<PathBuf, Failed> {
        create_folders(self.medium(), folder)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let names = (1..NAMES).map(|n| if n == 1 { name.to_string() } else { format!("{name}.{n}") });
        for kept in names.map(|name| folder.join(name)) {
            match self.medium().metadata(&kept) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(kept),
                Err(error) => return Err(Failed::new(Act::Rename, &kept, error)),
                Ok(_) => {}
            }
        }
        Err(Failed::new(Act::Rename, folder, ErrorKind::AlreadyExists.into()))
    }

    /// At every moment one of the two versions lies under the name.
    fn put_back(&self, file: &Path) -> Result<String, String> {
        let before = previous(file);
        let done = |store: &Self| {
            let bytes = session_file::bytes(store.medium(), &before)?;
            let put = store.free_aside(file, &folder_of(file).join(ASIDE)).and_then(|kept| {
                replace(store.medium(), file, &bytes, Some(&kept))?;
                Ok(kept)
            });
            put.map_err(|failed| Trouble::Failed { failed, advice: "" })
        };
        let kept = done(self).map_err(|trouble| trouble.to_string())?;
        Ok(format!("the version before it is in its place; the damaged one is kept as {kept:?}"))
    }

    /// Opens a session as a program that goes on with it does, takes up what was handed in, and leaves it.
    fn go_on_and_leave(&self, file: &Path) -> Result<String, String> {
        let ready = self.resumed(file).map_err(|trouble| trouble.to_string())?;
        let Ready { begin, found } = ready;
        let mut log = begin.log.clone();
        let (tell, told) = channel();
        // Nobody has gone while this runs.
        let mut writer = Writer::new(begin, Box::new(move |report| drop(tell.send(report))));
        writer.look();
        let (mut taken, mut refused) = (0, 0);
        for report in told.try_iter() {
            let Report::Asked(command) = report else { continue };
            match log.take(&command) {
                Ok(frame) => {
                    writer.frame(&frame);
                    taken += 1;
                }
                Err(_) if log.session().anonymous => {
                    writer.forget(command.id);
                    refused += 1;
                }
                Err(_) => {
                    writer.refuse(command.id);
                    refused += 1;
                }
            }
        }
        let session = log.session();
        let closed = !session.status.is_open();
        writer.leave(Box::new(Shown::from(session).to_file()), closed)?;
        let mut words = vec!["the session's file is written".to_owned()];
        words.extend(some(taken, "taken up"));
        words.extend(some(refused, "refused"));
        let told = found.iter().map(|found| found.trim_end_matches('.').to_owned());
        Ok(words.join(", ") + &told.map(|found| format!(". {found}")).collect::<String>())
    }
}

fn some(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 change that was handed in was {what}")),
        _ => Some(format!("{count} changes that were handed in were {what}")),
    }
}
