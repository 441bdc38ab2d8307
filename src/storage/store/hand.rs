//! Asking something of a session that another program may run.
//!
//! Owns the way to that program and its answer back. Never changes a session: whoever holds its lock does.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::{STATE, Store};
use crate::mistake::Thread;
use crate::session::Command;
use crate::storage::failed::Failed;
use crate::storage::held::Held;
use crate::storage::inbox::{self, Answer, Inbox};
use crate::storage::keeper::Listener;
use crate::storage::recover::{Useless, recover};
use crate::storage::session_file;
use crate::storage::trouble::{Advised, Trouble};

/// It only waits, so little will do.
const ANSWER: Thread = Thread { name: "answer", stack: 64 * 1024 };

/// What became of a command that was to be handed to a running program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// Another program runs the session and has been told.
    ToRunning,
    /// Nobody runs it: resume it, do what is to be done, and leave it.
    NotRunning,
}

impl Store {
    /// A session as it is on the disk, whether a program runs it or not: with what is hidden, and with what
    /// its file doesn't say yet. Nothing is changed by looking. A file of a newer format is looked at as it is,
    /// whatever a journal says.
    ///
    /// # Errors
    /// Where neither its journal nor its file can be used.
    pub fn look(&self, path: &Path) -> Result<Held, Trouble> {
        let found = match self.find(path) {
            Err(Trouble::Newer { path, .. }) => return session_file::look(&*self.medium, &path),
            found => found?,
        };
        match self.journal_bytes(&found.key)?.as_deref().map(recover) {
            Some(Ok(recovered)) => {
                return Ok(Held::Ours(recovered.log.into_session(), recovered.unknowns));
            }
            Some(Err(Useless::Newer(format))) => {
                return Err(Trouble::Newer { path: self.places.journal(&found.key), format });
            }
            Some(Err(Useless::Damaged)) | None => {}
        }
        let path = found.path.clone();
        session_file::held(&path, &found.bytes()?)
    }

    /// Hands a command to the program that runs a session, where one does.
    ///
    /// # Errors
    /// Where there is no such session, or the command can't be handed in.
    pub fn hand(&self, path: &Path, command: &Command) -> Result<Handed, Trouble> {
        let key = self.find(path)?.key;
        if !self.is_running(&key) {
            return Ok(Handed::NotRunning);
        }
        let handed = self.inbox(&key).hand_in(&*self.medium, at(command), command.id, command);
        handed.map(|()| Handed::ToRunning).advised(STATE)
    }

    /// Waits for the answer to a command that was [handed in](Store::hand), at most so long.
    ///
    /// # Errors
    /// Where there is no such session, or its inbox can't be looked into.
    pub fn answer(&self, path: &Path, command: &Command, most: Duration) -> Result<Answer, Trouble> {
        let inbox = self.inbox(&self.find(path)?.key);
        self.wait_for(&inbox, &inbox::name(at(command), command.id), most).advised(STATE)
    }

    fn wait_for(&self, inbox: &Inbox, name: &OsStr, most: Duration) -> Result<Answer, Failed> {
        let medium = &*self.medium;
        let (rung, heard) = channel();
        let bell = inbox.answer_bell(name);
        // Where the bell is not heard any more, the channel's end tells it.
        let wake = move || rung.send(()).is_ok();
        let Some(listener) = Listener::start(ANSWER, self.medium.clone(), bell, wake, || {}) else {
            return inbox.answer(medium, name);
        };
        // The bell is up: what is answered from here on is heard.
        let answer = inbox.answer(medium, name).and_then(|answer| {
            if answer != Answer::Waiting {
                return Ok(answer);
            }
            // Whether it rang or the time is over: what counts is what is there.
            let _ = heard.recv_timeout(most);
            inbox.answer(medium, name)
        });
        listener.stop();
        answer
    }
}

/// In milliseconds since 1970.
fn at(command: &Command) -> u64 {
    u64::try_from(command.at.millis()).unwrap_or(0)
}
