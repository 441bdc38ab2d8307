//! Second files of one session: those that programs for shared folders made, and others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::conflict::{SecondVersion, Sure, second_version};
use super::journals::{Journal, Journals};
use super::{ASIDE, CheckUp, Finding, Matter, Remedy, Repair};
use crate::storage::medium::folder_of;
use crate::storage::store::Store;

impl Store {
    /// Tells of second files; `files` are those that hold the same session, for each session. What is `beyond` this
    /// program stays where it is.
    pub(super) fn check_copies(
        &self,
        names: &[PathBuf],
        mut files: Vec<Vec<PathBuf>>,
        beyond: &BTreeSet<&Path>,
        journals: &Journals,
        check_up: &mut CheckUp,
    ) {
        for path in names {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let Some(second) = second_version(&name) else { continue };
            let first = folder_of(path).join(&second.of);
            let group = files.iter_mut().find(|group| group.contains(path) && group.contains(&first));
            if second.sure == Sure::BesideTheFirst && group.is_none() {
                continue;
            }
            group.into_iter().for_each(|group| group.retain(|file| file != path));
            let stays = if journals.iter().filter_map(Journal::file).any(|file| file == path) {
                Some("it was gone on with: bring what is new in it over by hand")
            } else {
                beyond
                    .contains(path.as_path())
                    .then_some("see what is new in it with the visavis that wrote it")
            };
            check_up.findings.push(self.about_second_version(path, &first, &second, stays));
        }
        for mut group in files {
            group.sort_by_key(|file| file.as_os_str().len());
            for second in group.iter().skip(1) {
                let what = format!("{second:?} holds the same session as {:?}", group[0]);
                let advice = "keep one of them in the library, so that nothing in it is counted twice";
                let remedy = Remedy::ByHand(advice.to_owned());
                check_up.findings.push(Finding::new(Matter::Copy, second, what, remedy));
            }
        }
    }

    fn about_second_version(
        &self,
        path: &Path,
        first: &Path,
        second: &SecondVersion,
        stays: Option<&str>,
    ) -> Finding {
        let program = second.program;
        if self.medium().metadata(first).is_err() {
            let what = format!("{path:?} is a second version made by {program}, and the first is not there");
            let advice = format!("call it {:?} if it is the one to keep", second.of);
            return Finding::new(Matter::ConflictCopy, path, what, Remedy::ByHand(advice));
        }
        let what = format!("{path:?} is a second version of {first:?}, made by {program}");
        let remedy = match stays {
            Some(advice) => Remedy::ByHand(advice.to_owned()),
            None => Remedy::Can(Repair::SetAside(folder_of(path).join(ASIDE))),
        };
        Finding::new(Matter::ConflictCopy, path, what, remedy)
    }
}
