//! The session files, each with its journal where it has one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::journals::{Journal, Journals, Of};
use super::{ASIDE, CheckUp, Finding, Matter, RIGHT_TO_LOOK, Remedy, Repair};
use crate::script;
use crate::session::{Session, SessionId, Shown};
use crate::storage::held::Held;
use crate::storage::lock;
use crate::storage::medium::folder_of;
use crate::storage::payload::digest;
use crate::storage::places::{is_session, previous};
use crate::storage::recover::Recovered;
use crate::storage::session_file;
use crate::storage::store::Store;
use crate::storage::trouble::Trouble;

const IN_JOURNAL: &str = "the session is safe in its journal, and can be gone on with; move what has the name of its \
                          file out of the way, or see that its disk is well and that this account may read it";

const NO_FILE: &str = "move it out of the library, where only files belong";

/// A session's file that was read.
struct Read {
    digest: u64,
    held: Result<Held, Trouble>,
    /// What there is to say where it is a script.
    script: Option<Finding>,
}

impl Store {
    /// Checks each session file of the library, and each that a journal names. Answers those that can be used, by
    /// what belongs to them is named by.
    pub(super) fn check_sessions(
        &self,
        names: &[PathBuf],
        journals: &Journals,
        check_up: &mut CheckUp,
    ) -> BTreeMap<String, PathBuf> {
        let mut files: BTreeSet<PathBuf> = names.iter().filter(|path| is_session(path)).cloned().collect();
        files.extend(journals.iter().filter_map(|journal| Some(journal.file()?.to_owned())));
        let mut seen: BTreeMap<SessionId, Vec<PathBuf>> = BTreeMap::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut by_key = BTreeMap::new();
        let mut beyond = BTreeSet::new();
        for file in &files {
            let read = self.read_session(file);
            let held = read.as_ref().and_then(|read| read.held.as_ref().ok());
            let key = held.and_then(|held| self.key_of(held.session(), file));
            let is_beyond = read.as_ref().is_some_and(|read| is_beyond(&read.held));
            let journal = journals.of(key.as_deref(), file);
            known.extend(journal.map(|journal| journal.key.as_str()));
            check_up.sessions += usize::from(read.as_ref().is_some_and(|read| read.script.is_none()));
            if let Some(journal) = journal.filter(|journal| journal.is_running) {
                let what = Trouble::elsewhere(file).to_string();
                let remedy = Remedy::Told(Some("it is left alone".to_owned()));
                check_up.findings.push(Finding::new(Matter::Running, &journal.path, what, remedy));
            } else {
                check_up.findings.extend(self.check_session(file, read.as_ref(), journal));
                if let Some(journal) = journal {
                    let of = if is_beyond {
                        Of::Beyond
                    } else if held.is_some() || journal.says.is_ok() {
                        Of::Session(file)
                    } else {
                        Of::Nobody
                    };
                    self.check_journal(journal, of, check_up);
                }
            }
            if let Some(held) = held {
                seen.entry(held.session().id).or_default().push(file.clone());
            }
            if is_beyond {
                beyond.insert(file.as_path());
            } else if let Some(key) = key {
                by_key.insert(key, file.clone());
            }
        }
        self.check_copies(names, seen.into_values().collect(), &beyond, journals, check_up);
        for journal in journals.iter().filter(|journal| !known.contains(journal.key.as_str())) {
            self.check_journal(journal, Of::Nobody, check_up);
        }
        by_key
    }

    /// None where there is no such file.
    fn read_session(&self, file: &Path) -> Option<Read> {
        match session_file::bytes(self.medium(), file) {
            Err(Trouble::Failed { failed, .. }) if failed.is_not_found() => None,
            Err(trouble) => Some(Read { digest: 0, held: Err(trouble), script: None }),
            Ok(bytes) => {
                let held = session_file::held(file, &bytes);
                let script = (held.is_err() && is_script(&bytes)).then(|| about_script(file, &bytes));
                Some(Read { digest: digest(&bytes), held, script })
            }
        }
    }

    fn key_of(&self, session: &Session, file: &Path) -> Option<String> {
        lock::key(self.medium(), &session.id.to_string(), file).ok()
    }

    /// What is wrong with a file, beside or without the journal of its session.
    fn check_session(&self, file: &Path, read: Option<&Read>, journal: Option<&Journal>) -> Option<Finding> {
        let recovered = journal.and_then(|journal| journal.says.as_ref().ok());
        match (read, recovered) {
            (Some(Read { script: Some(finding), .. }), _) => Some(finding.clone()),
            (Some(Read { held: Ok(Held::Newer(read_only)), .. }), _) => {
                let newer = read_only.newer();
                let what = format!("{file:?} {newer}");
                let remedy = Remedy::Told(Some(newer.advice().to_owned()));
                Some(Finding::new(Matter::Session, file, what, remedy))
            }
            (Some(Read { held: held @ Err(trouble), .. }), _) if is_beyond(held) => {
                Some(Finding::of_trouble(file, trouble))
            }
            (Some(Read { held: Err(trouble), .. }), Some(_)) if trouble.is_wrong_input() => {
                Some(self.wrong(file, trouble.to_string(), Repair::GoOn(file.to_owned())))
            }
            (Some(Read { held: Err(trouble), .. }), Some(_)) => {
                let remedy = Remedy::ByHand(IN_JOURNAL.to_owned());
                Some(Finding { remedy, ..Finding::of_trouble(file, trouble) })
            }
            (Some(Read { held: Err(trouble), .. }), None) => Some(self.unusable(file, trouble)),
            (Some(Read { held: Ok(Held::Ours(session, _)), digest, .. }), Some(recovered)) => {
                let what = differs(file, session, *digest, recovered)?;
                Some(self.wrong(file, what, Repair::GoOn(file.to_owned())))
            }
            (Some(Read { held: Ok(Held::Ours(..)), .. }), None) | (None, None) => None,
            (None, Some(_)) => Some(self.not_there(file)),
        }
    }

    fn wrong(&self, file: &Path, what: String, repair: Repair) -> Finding {
        Finding::new(Matter::Session, file, what, Remedy::Can(repair))
    }

    /// A file that can't be used, and no journal that could stand in for it.
    fn unusable(&self, file: &Path, trouble: &Trouble) -> Finding {
        if !trouble.is_wrong_input() {
            let no_file = matches!(trouble, Trouble::Failed { failed, .. } if failed.is_no_file());
            let advice = if no_file { NO_FILE } else { RIGHT_TO_LOOK };
            let remedy = Remedy::ByHand(advice.to_owned());
            return Finding { remedy, ..Finding::of_trouble(file, trouble) };
        }
        let before = previous(file);
        if session_file::load(self.medium(), &before).is_ok() {
            return self.wrong(file, trouble.to_string(), Repair::PutBack);
        }
        let advice = "mend it in an editor, or take it from a backup; no version before it can be used";
        Finding { remedy: Remedy::ByHand(advice.to_owned()), ..Finding::of_trouble(file, trouble) }
    }

    fn not_there(&self, file: &Path) -> Finding {
        let folder = folder_of(file);
        if self.medium().metadata(folder).is_err() {
            let what = format!("the folder of the open session {file:?} is not there");
            let advice = "connect its disk; the session is in its journal meanwhile".to_owned();
            return Finding::new(Matter::Session, file, what, Remedy::ByHand(advice));
        }
        let what = format!("the file {file:?} is not there, and the session is only in its journal");
        self.wrong(file, what, Repair::GoOn(file.to_owned()))
    }

    /// Where what is taken out of the state folder is kept.
    pub(super) fn state_aside(&self) -> PathBuf {
        self.places().state.join(ASIDE)
    }
}

/// Whether nothing is known to be wrong with a file that this program can't go on with: nothing may take its place.
fn is_beyond(held: &Result<Held, Trouble>) -> bool {
    match held {
        Ok(Held::Ours(..)) => false,
        Ok(Held::Newer(_)) | Err(Trouble::Newer { .. }) => true,
        Err(Trouble::Failed { failed, .. }) => failed.is_too_large(),
        Err(Trouble::Unreadable { .. } | Trouble::Unsound { .. } | Trouble::Elsewhere { .. }) => false,
    }
}

/// How a file that can be read doesn't fit to its journal.
fn differs(file: &Path, session: &Session, digest: u64, recovered: &Recovered) -> Option<String> {
    let now = Shown::from(recovered.log.session()).to_file();
    if *session == now {
        return None;
    }
    Some(if recovered.ours.contains(&digest) {
        format!("the journal of {file:?} holds what the file doesn't say yet")
    } else if recovered.loss.is_some() {
        format!("{file:?} says something else than what is left of its journal")
    } else {
        format!("somebody changed {file:?} while the session was open")
    })
}

fn is_script(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//") && !line.starts_with("#!");
    let first = text.trim_start_matches('\u{feff}').lines().map(str::trim).find(is_code);
    first.is_some_and(|line| line.starts_with("Script"))
}

/// A script that lies among the sessions.
fn about_script(file: &Path, bytes: &[u8]) -> Finding {
    let mistakes = match script::read(&String::from_utf8_lossy(bytes)) {
        Ok(_) => {
            let what = format!("{file:?} is a script, not a session");
            let advice = format!("`visavis run {}` runs it", file.display());
            return Finding::new(Matter::Script, file, what, Remedy::Told(Some(advice)));
        }
        Err(mistakes) => mistakes.list.len() + mistakes.more,
    };
    let count = if mistakes == 1 { "1 mistake".to_owned() } else { format!("{mistakes} mistakes") };
    let what = format!("{file:?} is a script, and it has {count}");
    let advice = format!("`visavis script check {}` shows where", file.display());
    Finding::new(Matter::Script, file, what, Remedy::ByHand(advice))
}
