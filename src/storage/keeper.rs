//! Keeping a running session on the disk while nobody waits for it.
//!
//! [`Keeper`] is what the program holds: every call returns at once. One thread does the work
//! (`writer`) and tells with [`Report`]s what came of it; with nothing to do it sleeps. Another one only
//! waits at the bell of the inbox.

mod begin;
mod listener;
mod writer;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::mistake::{self, Thread};
use crate::session::{Command, Frame, FrameId, Log, Session, TypedIn, Unfinished};
pub(super) use begin::Begin;
pub(super) use listener::Listener;
pub(super) use writer::{Writer, keep_outside};

const KEEPER: Thread = Thread { name: "keeper", stack: 2 * 1024 * 1024 };
/// It only waits, so little will do.
const INBOX: Thread = Thread { name: "inbox", stack: 64 * 1024 };

/// After a failure everything is tried again this long after the last try, or with the next change.
const AGAIN: Duration = Duration::from_secs(5);

/// What the keeper has to tell.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// Everything up to this frame is on the disk, and what [`Report::Failed`] told is over.
    Saved {
        /// The number of the frame.
        seq: u64,
    },
    /// Something could not be written. The session goes on in memory, and it is tried again; told
    /// once for each reason, until [`Report::Saved`] says that it is over.
    Failed {
        /// What, where and why: a sentence without its end.
        why: String,
    },
    /// The session's file could not be written. Nothing is lost, since the journal has it all, and it is tried
    /// again; told once for each reason, until [`Report::CaughtUp`].
    Behind {
        /// What, where and why: a sentence without its end.
        why: String,
    },
    /// The session's file says again what it should.
    CaughtUp,
    /// Somebody else changed the session's file. What they wrote is kept under this path, and the file says
    /// again what the session does.
    ChangedOutside {
        /// Where what they wrote is kept.
        kept: PathBuf,
    },
    /// Somebody removed or changed the session's journal while it was written. A new one, with everything, lies in
    /// its place; what somebody put there is kept beside it.
    JournalRemoved,
    /// What was removed for good is nowhere any more.
    Erased,
    /// These files of the session were kept aside before, and may still hold what was removed for good: nobody
    /// but a person can say what is to become of them.
    KeptAside(Vec<PathBuf>),
    /// A copy was saved elsewhere.
    Written {
        /// Where it lies.
        path: PathBuf,
    },
    /// A copy could not be saved elsewhere; the session itself is kept as before.
    NotWritten {
        /// What, where and why: a sentence without its end.
        why: String,
    },
    /// Another program on this machine asks for something. It is answered by [`Keeper::append`]ing the
    /// frame, or by [`Keeper::refuse`].
    Asked(Command),
}

/// What the thread is asked to do.
#[derive(Debug)]
pub(super) enum Message {
    Frame(Frame),
    Draft(TypedIn, Unfinished),
    Checkpoint(Box<Session>),
    SaveElsewhere(PathBuf, Box<Session>),
    Refuse(FrameId),
    Forget(FrameId),
    Erase(Box<Log>, Vec<String>),
    Look,
    /// The bell of the inbox is not heard any more.
    Deaf,
    Leave {
        visible: Box<Session>,
        closed: bool,
    },
    Stop,
}

/// Keeps one session on the disk.
///
/// Dropped without [`Keeper::leave`], it is as after a crash: what was told as saved is there, and the
/// session can be gone on with.
pub struct Keeper {
    file: PathBuf,
    messages: Sender<Message>,
    thread: Option<JoinHandle<Result<(), String>>>,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Keeper {
    /// Starts the thread.
    pub(super) fn start(begin: Begin, tell: impl Fn(Report) + Send + 'static) -> std::io::Result<Self> {
        let file = begin.file.clone();
        let (messages, inbound) = channel();
        let looks = messages.clone();
        // Whoever follows waits for the lock, which is given up with the writer.
        let work = move || Work::new(Writer::new(begin, Box::new(tell)), inbound, looks).run();
        let thread = KEEPER.start(work, |left| left.unwrap_or_else(|_| Err(STOPPED.to_owned())))?;
        Ok(Self { file, messages, thread: Some(thread) })
    }

    /// Where the session's file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Keeps a frame; [`Report::Saved`] follows.
    pub fn append(&self, frame: Frame) {
        self.send(Message::Frame(frame));
    }

    /// Keeps what somebody is typing; where that is nothing, it is forgotten.
    pub fn draft(&self, place: TypedIn, typed: Unfinished) {
        self.send(Message::Draft(place, typed));
    }

    /// Writes the session's file. `visible` is the session without what is hidden.
    pub fn checkpoint(&self, visible: Session) {
        self.send(Message::Checkpoint(Box::new(visible)));
    }

    /// Writes a copy to a file that isn't there yet, or into a folder; [`Report::Written`] or [`Report::NotWritten`] follows.
    pub fn save_elsewhere(&self, target: PathBuf, visible: Session) {
        self.send(Message::SaveElsewhere(target, Box::new(visible)));
    }

    /// A command that was [asked](Report::Asked) was refused: it is not asked again. What it said is kept
    /// in the inbox, out of the way.
    pub fn refuse(&self, command: FrameId) {
        self.send(Message::Refuse(command));
    }

    /// The same for a command of which nothing may be kept.
    pub fn forget(&self, command: FrameId) {
        self.send(Message::Forget(command));
    }

    /// Begins to keep the session anew as it is in `log`, from which something was removed for good: the file,
    /// the version before it and the journal that hold it go, and what other programs handed in with the same
    /// words. [`Report::Erased`] follows once they have.
    pub fn erase(&self, log: Log, words: Vec<String>) {
        self.send(Message::Erase(Box::new(log), words));
    }

    /// Writes everything that waits, and the session's file, and gives the session up. The journal
    /// stays, unless the session was `closed` and its file, read back, holds all of it.
    ///
    /// # Errors
    /// What could not be written, in words; what was told as saved is on the disk all the same.
    pub fn leave(mut self, visible: Session, closed: bool) -> Result<(), String> {
        self.send(Message::Leave { visible: Box::new(visible), closed });
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap_or_else(|_| Err(STOPPED.to_owned())))
    }

    /// The thread only ends on leaving, or by a mistake of this program, which `leave` tells.
    fn send(&self, message: Message) {
        let _ = self.messages.send(message);
    }
}

/// Ends the thread without waiting for it, except where the program is failing: nobody is kept waiting then, and
/// what was entered last is worth a moment.
impl Drop for Keeper {
    fn drop(&mut self) {
        self.send(Message::Stop);
        if std::thread::panicking() {
            // It is told as the program's failure.
            self.thread.take().map(JoinHandle::join);
        }
    }
}

const STOPPED: &str = "a mistake of this program stopped the saving; what was shown as saved is safe";

/// Why the thread has nothing more to do. What is left to be done then is done outside of what may fail and be
/// gone on from: nobody would tell the thread a second time that it is over.
enum Over {
    /// The session is given up: how it is to be in its file, and whether it was closed.
    Left(Box<Session>, bool),
    Stopped,
}

/// What the thread works with.
struct Work {
    writer: Writer,
    messages: Receiver<Message>,
    /// What wakes the thread when the bell rings.
    looks: Sender<Message>,
    listener: Option<Listener>,
}

impl Work {
    const fn new(writer: Writer, messages: Receiver<Message>, looks: Sender<Message>) -> Self {
        Self { writer, messages, looks, listener: None }
    }

    fn run(mut self) -> Result<(), String> {
        let Ok(over) = mistake::attempt(|| self.keep()) else { return self.only_copy() };
        self.stop_listening();
        match over {
            Over::Left(visible, closed) => self.writer.leave(visible, closed),
            Over::Stopped => {
                self.writer.settle();
                Ok(())
            }
        }
    }

    /// Puts the bell up, also in place of one that went, and looks what came before.
    fn listen(&mut self) {
        self.stop_listening();
        let (looks, deaf) = (self.looks.clone(), self.looks.clone());
        self.listener = Listener::start(
            INBOX,
            self.writer.medium(),
            self.writer.bell(),
            move || looks.send(Message::Look).is_ok(),
            move || drop(deaf.send(Message::Deaf)),
        );
        self.writer.look();
    }

    fn stop_listening(&mut self) {
        if let Some(listener) = self.listener.take() {
            listener.stop();
        }
    }

    fn keep(&mut self) -> Over {
        self.writer.settle();
        self.listen();
        loop {
            let mut first = if self.writer.is_in_trouble() {
                match self.messages.recv_timeout(AGAIN) {
                    Ok(message) => Some(message),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return Over::Stopped,
                }
            } else {
                match self.messages.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return Over::Stopped,
                }
            };
            while let Some(message) = first.take().or_else(|| self.messages.try_recv().ok()) {
                if let Some(over) = self.take(message) {
                    return over;
                }
            }
            self.writer.settle();
            if self.writer.takes_moving_in() {
                self.listen();
            }
            self.writer.wake_followers();
        }
    }

    /// Does what a message asks for, but for bringing it onto the disk.
    fn take(&mut self, message: Message) -> Option<Over> {
        let writer = &mut self.writer;
        match message {
            Message::Frame(frame) => writer.frame(&frame),
            Message::Draft(place, typed) => writer.draft(place, typed),
            Message::Checkpoint(visible) => {
                writer.checkpoint(visible);
                if self.listener.is_none() {
                    writer.look();
                }
            }
            Message::SaveElsewhere(target, visible) => writer.save_elsewhere(target, visible),
            Message::Refuse(command) => writer.refuse(command),
            Message::Forget(command) => writer.forget(command),
            Message::Erase(log, words) => writer.erase(*log, words),
            Message::Look => writer.look(),
            Message::Deaf => {
                self.stop_listening();
                self.writer.look();
            }
            Message::Leave { visible, closed } => return Some(Over::Left(visible, closed)),
            Message::Stop => return Some(Over::Stopped),
        }
        None
    }

    /// After a mistake of this program nothing more is kept, since nobody knows what it would be. That is told at
    /// once, and the session can still be saved elsewhere.
    fn only_copy(mut self) -> Result<(), String> {
        self.writer.tell_failed(STOPPED.to_owned());
        for message in &self.messages {
            match message {
                Message::SaveElsewhere(target, visible) => {
                    if mistake::attempt(|| self.writer.copy(&target, &visible)).is_err() {
                        self.writer.tell_failed(STOPPED.to_owned());
                    }
                }
                Message::Leave { .. } | Message::Stop => break,
                Message::Frame(_)
                | Message::Draft(..)
                | Message::Checkpoint(_)
                | Message::Refuse(_)
                | Message::Forget(_)
                | Message::Erase(..)
                | Message::Look
                | Message::Deaf => {}
            }
        }
        Err(STOPPED.to_owned())
    }
}

#[cfg(test)]
mod tests;
