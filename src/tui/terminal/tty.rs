//! The way of what is drawn to the terminal, which may take nothing for a while: output that was stopped, a lost
//! connection, a window that hangs.
//!
//! Owns the waiting for it. The program waits as long as it is to go on, and hardly at all once it is to end.

use std::ffi::c_int;
use std::io::{self, ErrorKind, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::ttyname;
use signal_hook::flag;

/// How long a terminal that takes nothing is waited for at once; once the program is to end, at all.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 300_000_000 };

/// A terminal to write to.
#[derive(Debug, Clone)]
pub struct Tty {
    tty: Arc<OwnedFd>,
    ending: Arc<AtomicBool>,
    given_up: Arc<AtomicBool>,
}

impl Tty {
    /// The terminal that standard output is, until one of these signals comes.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(super) fn open(ends: &[c_int]) -> io::Result<Self> {
        let ending = Arc::new(AtomicBool::new(false));
        for signal in ends {
            flag::register(*signal, Arc::clone(&ending))?;
        }
        let tty = match unshared() {
            Ok(tty) => tty,
            // It can be written to all the same, but each write waits, whatever comes.
            Err(_) => rustix::io::dup(io::stdout())?,
        };
        Ok(Self { tty: Arc::new(tty), ending, given_up: Arc::default() })
    }

    /// Whether it took nothing when the program was to end: what else is written to it may wait for ever.
    pub(super) fn was_given_up(&self) -> bool {
        self.given_up.load(Ordering::Relaxed)
    }

    /// Waits until the terminal takes something.
    fn wait(&self) -> io::Result<()> {
        loop {
            let mut fds = [PollFd::new(&self.tty, PollFlags::OUT)];
            match poll(&mut fds, Some(&PATIENCE)) {
                Ok(0) if self.ending.load(Ordering::Relaxed) => {
                    self.given_up.store(true, Ordering::Relaxed);
                    return Err(io::Error::new(ErrorKind::TimedOut, "the terminal takes nothing"));
                }
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Standard output's terminal, opened once more: whether writes wait is a matter of everybody who shares an opened
/// file, such as the shell.
#[expect(clippy::disallowed_methods, reason = "a terminal is no file of the disk")]
fn unshared() -> rustix::io::Result<OwnedFd> {
    let name = ttyname(io::stdout(), Vec::new())?;
    open(name, OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(&self.tty, bytes) {
                Err(Errno::AGAIN) => self.wait()?,
                Err(Errno::INTR) => {}
                Ok(written) => return Ok(written),
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{PipeReader, Read};

    use rustix::fs::fcntl_setfl;

    use super::*;

    /// What takes as much as fits into a pipe.
    fn tty() -> (Tty, PipeReader) {
        let (read, write) = io::pipe().unwrap();
        fcntl_setfl(&write, OFlags::NONBLOCK).unwrap();
        (Tty { tty: Arc::new(write.into()), ending: Arc::default(), given_up: Arc::default() }, read)
    }

    #[test]
    fn what_is_slow_gets_everything() {
        let (mut tty, mut read) = tty();
        let sent = vec![b'x'; 1 << 20];
        let mut got = Vec::new();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                tty.write_all(&sent).unwrap();
                drop(tty);
            });
            read.read_to_end(&mut got).unwrap();
        });
        assert!(got == sent);
    }

    #[test]
    fn once_the_program_is_to_end_what_takes_nothing_is_given_up() {
        let (mut tty, read) = tty();
        tty.ending.store(true, Ordering::Relaxed);
        let failed = tty.write_all(&vec![b'x'; 1 << 20]).unwrap_err();
        assert_eq!(failed.kind(), ErrorKind::TimedOut);
        assert!(tty.was_given_up());
        drop(read);
    }

    #[test]
    fn what_has_gone_is_told_at_once() {
        let (mut tty, read) = tty();
        drop(read);
        assert_eq!(tty.write_all(b"x").unwrap_err().kind(), ErrorKind::BrokenPipe);
    }
}
