//! What other programs hand to the one that runs a session: a folder beside the journal, one file
//! for each command.
//!
//! Owns how a command gets in whole, is taken up once, and how whoever handed it in learns what became of
//! it. Only the holder of the session's lock takes up. A command carries its own id: a power cut between
//! taking it up and removing it brings the file back, and the log refuses the same id a second time.

use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failed::{Act, Doing, Failed};
use super::medium::{Medium, beside, create_folders, remove_if_there, sync_above};
use super::meter::from_json;
use super::replace::replace;

const ENDING: &str = ".json";
const REFUSED: &str = ".refused";
const BELL: &str = ".bell";

/// The inbox of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    folder: PathBuf,
}

/// A command that waits in an inbox.
#[derive(Debug)]
pub struct Waiting<T> {
    /// The name of its file, to call it done by.
    pub name: OsString,
    /// What it is, or why it cannot be read.
    pub what: Result<T, Unreadable>,
}

/// What became of a command that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nobody has answered yet.
    Waiting,
    /// It was taken up, and what came of it is on the disk.
    Taken,
    /// It was refused.
    Refused,
}

/// Why a file in an inbox is no command.
#[derive(Debug)]
pub enum Unreadable {
    /// The disk refused.
    Failed(Failed),
    /// It is not what it should be, as this says.
    Foreign(serde_json::Error),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failed(failed) => failed.fmt(f),
            Self::Foreign(error) => write!(f, "it is not a command for this visavis: {error}"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Inbox {
    /// The inbox in this folder, which need not exist.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Hands a command in; it is on the disk then, and whoever waits at the bell is woken. Commands are
    /// taken up in the order of `at`, in milliseconds since 1970; `id` is its own, of letters and digits.
    ///
    /// # Errors
    /// The operation that failed; then nobody takes it up.
    pub fn hand_in<T: Serialize>(
        &self,
        medium: &dyn Medium,
        at: u64,
        id: impl Display,
        command: &T,
    ) -> Result<(), Failed> {
        create_folders(medium, &self.folder)?;
        sync_above(medium, &self.folder)?;
        let path = self.folder.join(name(at, id));
        let bytes = serde_json::to_vec(command).map_err(Into::into).doing(Act::Write, &path)?;
        replace(medium, &path, &bytes, None)?;
        // Where nobody hears it, the command is found at the next look.
        let _ = medium.ring(&self.bell());
        Ok(())
    }

    /// The bell beside the folder: see [`Medium::bell`].
    #[must_use]
    pub fn bell(&self) -> PathBuf {
        beside(&self.folder, BELL)
    }

    /// The bell that rings when the command of this [`name`] is answered, where somebody put it up.
    #[must_use]
    pub fn answer_bell(&self, name: &OsStr) -> PathBuf {
        beside(&self.folder.join(name), BELL)
    }

    /// What became of the command of this [`name`], which was handed in before.
    ///
    /// # Errors
    /// Where that can't be looked up.
    pub fn answer(&self, medium: &dyn Medium, name: &OsStr) -> Result<Answer, Failed> {
        let path = self.folder.join(name);
        for (path, answer) in [(path.clone(), Answer::Waiting), (beside(&path, REFUSED), Answer::Refused)] {
            match medium.metadata(&path) {
                Ok(_) => return Ok(answer),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(Failed::new(Act::Read, &path, error)),
            }
        }
        Ok(Answer::Taken)
    }

    /// The commands that wait, oldest first. Nothing is changed by looking.
    ///
    /// # Errors
    /// Where the folder is there and cannot be listed.
    pub fn waiting<T: DeserializeOwned>(&self, medium: &dyn Medium) -> Result<Vec<Waiting<T>>, Failed> {
        let names = match medium.list(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            listed => listed.doing(Act::List, &self.folder)?,
        };
        let commands = names.into_iter().filter(|name| is_command(name));
        Ok(commands.map(|name| Waiting { what: self.read(medium, &name), name }).collect())
    }

    fn read<T: DeserializeOwned>(&self, medium: &dyn Medium, name: &OsStr) -> Result<T, Unreadable> {
        let path = self.folder.join(name);
        let bytes =
            medium.read(&path, medium.largest()).doing(Act::Read, &path).map_err(Unreadable::Failed)?;
        from_json(&bytes).map_err(Unreadable::Foreign)
    }

    /// Removes a command after its events are on the disk, or after it was refused.
    ///
    /// # Errors
    /// The operation that failed; then it waits still.
    pub fn done(&self, medium: &dyn Medium, name: &OsStr) -> Result<(), Failed> {
        let path = self.folder.join(name);
        remove_if_there(medium, &path).doing(Act::Remove, &path)?;
        self.answered(medium, name)
    }

    /// Takes a file that cannot be read out of the way and keeps it, as `….refused`.
    ///
    /// # Errors
    /// The operation that failed.
    pub fn set_aside(&self, medium: &dyn Medium, name: &OsStr) -> Result<(), Failed> {
        let path = self.folder.join(name);
        medium.rename(&path, &beside(&path, REFUSED)).doing(Act::Rename, &path)?;
        self.answered(medium, name)
    }

    /// Removes a command that was refused, so that only its answer is left.
    ///
    /// # Errors
    /// The operation that failed; then it may wait still.
    pub fn forget(&self, medium: &dyn Medium, name: &OsStr) -> Result<(), Failed> {
        let path = self.folder.join(name);
        replace(medium, &beside(&path, REFUSED), b"", None)?;
        self.done(medium, name)
    }

    /// Empties or removes every file, whatever became of it, of whose bytes this holds; the commands among them
    /// are refused. Answers the names of those that waited.
    ///
    /// # Errors
    /// The operation that failed; some may lie there still.
    pub fn purge(&self, medium: &dyn Medium, holds: impl Fn(&[u8]) -> bool) -> Result<Vec<OsString>, Failed> {
        let names = match medium.list(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            listed => listed.doing(Act::List, &self.folder)?,
        };
        let mut refused = Vec::new();
        // Where somebody waits for an answer nothing is said.
        for name in names.into_iter().filter(|name| !name.as_encoded_bytes().ends_with(BELL.as_bytes())) {
            let path = self.folder.join(&name);
            let bytes = match medium.read(&path, medium.largest()) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                read => read.doing(Act::Read, &path)?,
            };
            if !holds(&bytes) {
                continue;
            }
            if is_command(&name) {
                self.forget(medium, &name)?;
                refused.push(name);
            } else if name.to_str().is_some_and(|name| name.ends_with(REFUSED)) {
                replace(medium, &path, b"", None)?;
            } else {
                remove_if_there(medium, &path).doing(Act::Remove, &path)?;
                medium.sync_folder(&self.folder).doing(Act::SyncFolder, &self.folder)?;
            }
        }
        Ok(refused)
    }

    fn answered(&self, medium: &dyn Medium, name: &OsStr) -> Result<(), Failed> {
        medium.sync_folder(&self.folder).doing(Act::SyncFolder, &self.folder)?;
        // Whoever handed it in need not wait for the answer.
        let _ = medium.ring(&self.answer_bell(name));
        Ok(())
    }
}

/// The name of a command's file, from what it was handed in with.
#[must_use]
pub fn name(at: u64, id: impl Display) -> OsString {
    format!("{at:020}-{id}{ENDING}").into()
}

/// What is still being written, or was set aside, is none.
fn is_command(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.ends_with(ENDING))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sim::{Cut, Fault, SimDisk};

    fn inbox() -> Inbox {
        Inbox::new("/state/inbox".into())
    }

    fn texts(disk: &SimDisk) -> Vec<String> {
        let waiting = inbox().waiting::<String>(disk).unwrap();
        waiting.into_iter().map(|waiting| waiting.what.unwrap()).collect()
    }

    #[test]
    fn commands_are_taken_up_in_order_and_once() {
        let disk = SimDisk::new();
        assert!(texts(&disk).is_empty());
        inbox().hand_in(&disk, 2000, 1, &"second").unwrap();
        inbox().hand_in(&disk, 1000, 9, &"first").unwrap();
        inbox().hand_in(&disk, 2000, 2, &"third").unwrap();
        assert_eq!(texts(&disk), ["first", "second", "third"]);
        let first = inbox().waiting::<String>(&disk).unwrap().remove(0).name;
        inbox().done(&disk, &first).unwrap();
        inbox().done(&disk, &first).unwrap();
        assert_eq!(texts(&disk.power_cut(Cut::Lose)), ["second", "third"]);
    }

    #[test]
    fn whoever_handed_a_command_in_learns_what_became_of_it() {
        let disk = SimDisk::new();
        let answers = || [1, 2, 3].map(|id| inbox().answer(&disk, &name(7, id)).unwrap());
        for id in [1, 2, 3] {
            inbox().hand_in(&disk, 7, id, &"a note").unwrap();
        }
        assert_eq!(answers(), [Answer::Waiting; 3]);
        let mut bell = disk.bell(&inbox().answer_bell(&name(7, 2))).unwrap();
        inbox().done(&disk, &name(7, 1)).unwrap();
        inbox().set_aside(&disk, &name(7, 2)).unwrap();
        bell.wait().unwrap();
        assert_eq!(answers(), [Answer::Taken, Answer::Refused, Answer::Waiting]);
    }

    #[test]
    fn of_what_is_forgotten_only_the_answer_is_left() {
        let disk = SimDisk::new();
        inbox().hand_in(&disk, 7, 1, &"a secret").unwrap();
        inbox().forget(&disk, &name(7, 1)).unwrap();
        let disk = disk.power_cut(Cut::Lose);
        assert_eq!(inbox().answer(&disk, &name(7, 1)).unwrap(), Answer::Refused);
        assert!(disk.files().iter().all(|(_, bytes)| !bytes.windows(6).any(|part| part == b"secret")));
    }

    #[test]
    fn what_is_purged_is_in_no_file() {
        let disk = SimDisk::new();
        for (id, text) in [(1, "a secret"), (2, "fine"), (3, "the secret once more")] {
            inbox().hand_in(&disk, 7, id, &text).unwrap();
        }
        let _waits_for_an_answer = disk.bell(&inbox().answer_bell(&name(7, 2))).unwrap();
        inbox().set_aside(&disk, &name(7, 3)).unwrap();
        let unfinished = beside(&inbox().folder.join(name(7, 4)), crate::storage::replace::UNFINISHED);
        replace(&disk, &unfinished, b"half a secret", None).unwrap();
        let secret = |bytes: &[u8]| bytes.windows(6).any(|part| part == b"secret");
        assert_eq!(inbox().purge(&disk, secret).unwrap(), [name(7, 1)]);
        let disk = disk.power_cut(Cut::Lose);
        assert!(disk.files().iter().all(|(_, bytes)| !secret(bytes)));
        let answers = [1, 2, 3].map(|id| inbox().answer(&disk, &name(7, id)).unwrap());
        assert_eq!(answers, [Answer::Refused, Answer::Waiting, Answer::Refused]);
    }

    #[test]
    fn a_command_is_in_whole_or_not_at_all() {
        for at in 0..20 {
            let disk = SimDisk::new();
            disk.fail(Fault { at, error: ErrorKind::Other, lasting: true });
            let handed_in = inbox().hand_in(&disk, 1, 1, &"a note").is_ok();
            for cut in [Cut::Lose, Cut::Keep].into_iter().chain((0..20).map(Cut::Mix)) {
                let found = texts(&disk.power_cut(cut));
                assert!(found == ["a note"] || found.is_empty() && !handed_in, "{at}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept_aside() {
        let disk = SimDisk::new();
        inbox().hand_in(&disk, 1, 1, &7).unwrap();
        inbox().hand_in(&disk, 2, 2, &"fine").unwrap();
        let waiting = inbox().waiting::<String>(&disk).unwrap();
        assert!(matches!(waiting[0].what, Err(Unreadable::Foreign(_))));
        inbox().set_aside(&disk, &waiting[0].name).unwrap();
        assert_eq!(texts(&disk), ["fine"]);
        assert_eq!(disk.list(&inbox().folder).unwrap().len(), 2);
    }
}
