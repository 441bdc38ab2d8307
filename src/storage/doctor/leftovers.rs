//! What was left over, and what was kept aside.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::journals::Journals;
use super::{ASIDE, CheckUp, Finding, Matter, Remedy, Repair};
use crate::storage::places::is_outside;
use crate::storage::replace::UNFINISHED;
use crate::storage::store::{Store, TRIED_OUT};

const COMPARE: &str = "compare it with the session, and remove it when you don't need it any more";

impl Store {
    /// Tells of what is left over in the library and of open sessions, and of what is kept.
    pub(super) fn check_leftovers(&self, names: &[PathBuf], journals: &Journals, check_up: &mut CheckUp) {
        let places = self.places();
        let library = names.first().and_then(|name| name.parent()).unwrap_or(&places.library).to_owned();
        self.check_left(names.iter().cloned(), &library.join(ASIDE), journals, check_up);
        let mut folders = vec![places.state.clone(), places.journals()];
        folders
            .extend(self.under(&places.inboxes(), self.medium().list(&places.inboxes()).unwrap_or_default()));
        for folder in folders {
            let files = self.under(&folder, self.entries(&folder).unwrap_or_default());
            self.check_left(files, &self.state_aside(), journals, check_up);
        }
        for folder in [library.join(ASIDE), self.state_aside()] {
            let kept = self.entries(&folder).unwrap_or_default().len();
            if kept > 0 {
                let what =
                    format!("{kept} {} kept in {folder:?}", if kept == 1 { "file is" } else { "files are" });
                let advice = "look through them, and remove what you don't need any more".to_owned();
                check_up.findings.push(Finding::new(Matter::Kept, &folder, what, Remedy::Told(Some(advice))));
            }
        }
    }

    fn under(&self, folder: &Path, names: Vec<OsString>) -> impl Iterator<Item = PathBuf> {
        let folder = folder.to_owned();
        names.into_iter().map(move |name| folder.join(name))
    }

    fn check_left(
        &self,
        files: impl IntoIterator<Item = PathBuf>,
        aside: &Path,
        journals: &Journals,
        check_up: &mut CheckUp,
    ) {
        for path in files.into_iter().filter(|path| !journals.is_of_running(path)) {
            let finding = if is_left_over(&path) {
                let what = format!("{path:?} was left by a writing that did not end");
                Finding::new(Matter::Leftover, &path, what, Remedy::Can(Repair::SetAside(aside.to_owned())))
            } else if is_outside(&path) {
                let what = format!("{path:?} is what somebody else wrote into the session's file");
                Finding::new(Matter::Kept, &path, what, Remedy::Told(Some(COMPARE.to_owned())))
            } else if path.extension().is_some_and(|ending| ending == "damaged") {
                let what = format!("{path:?} is a damaged journal that was kept");
                Finding::new(Matter::Kept, &path, what, Remedy::Told(Some(COMPARE.to_owned())))
            } else {
                continue;
            };
            check_up.findings.push(finding);
        }
    }
}

fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.ends_with(UNFINISHED.as_bytes()) || name == TRIED_OUT.as_bytes()
}
