//! A session that another program runs and this one only shows.
//!
//! Owns what is said of that program, and whether the session can be gone on with here. Never changes anything.

use std::path::Path;

use crate::session::Session;
use crate::storage::follow::Following;

const ONLY_SHOWN: &str = "Another program runs this session; this one only shows it.";
const NOT_LIVE: &str =
    "Another program runs this session. Not live: what is shown here is from when it was opened.";
const UNHEARD: &str =
    "A mistake of this program keeps it from showing what is new. Leave the session, then open it again.";
const ENDED: &str = "The other program has ended. F6 goes on with the session here.";
const CLOSED: &str = "The session was closed in the other program. Ctrl+Q leaves here too.";

/// What is known of the other program.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// Wakes this program when there is something new. Ends with the room.
    following: Following,
    /// Whether that program still runs the session.
    is_running: bool,
    /// Whether what it saves is still told.
    is_heard: bool,
}

impl Elsewhere {
    pub(super) const fn new(following: Following, is_running: bool) -> Self {
        Self { following, is_running, is_heard: true }
    }

    pub(super) const fn is_running(&mut self, is_running: bool) {
        self.is_running = is_running;
    }

    pub(super) const fn hear_no_more(&mut self) {
        self.is_heard = false;
    }

    /// Where the session's file lies.
    pub(super) fn path(&self) -> &Path {
        self.following.path()
    }

    /// Whether the session was left open, and nobody runs it.
    pub(super) const fn can_be_taken_over(&self, session: &Session) -> bool {
        !self.is_running && session.status.is_open()
    }

    /// Why nothing can be changed here, and what can be done.
    pub(super) const fn words(&self, session: &Session) -> &'static str {
        match (self.is_running, session.status.is_open()) {
            (true, _) if !self.is_heard => UNHEARD,
            (true, _) if self.following.is_live() => ONLY_SHOWN,
            (true, _) => NOT_LIVE,
            (false, true) => ENDED,
            (false, false) => CLOSED,
        }
    }
}
