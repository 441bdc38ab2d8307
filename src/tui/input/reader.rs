//! The thread that reads the terminal, one burst for each token it is given.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::Receiver;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl};
use rustix::io::Errno;
use rustix::termios::isatty;

use super::Input;
use super::decoder::Decoder;
use super::unmarked::{UnmarkedPaste, looks_pasted};

/// How long the rest of a sequence, or of a paste that the terminal did not mark, may take to arrive.
const SOON: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
const AT_ONCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };

/// So much is read before the rest waits for the next token.
const MOST: usize = 64 * 1024;

/// Reads keys and pastes from a terminal.
#[derive(Debug)]
pub struct Reader {
    tty: OwnedFd,
    decoder: Decoder,
    /// Whether the terminal has shown that it marks pastes.
    marks: bool,
}

/// The terminal has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HungUp;

impl Reader {
    /// Reads the terminal that standard input is, or else the one that standard output is: what is piped in is
    /// then left alone.
    ///
    /// # Errors
    /// Where neither is a terminal that can be read.
    pub fn open() -> io::Result<Self> {
        let (stdin, stdout) = (io::stdin(), io::stdout());
        let tty = if isatty(&stdin) { stdin.as_fd() } else { stdout.as_fd() };
        let readable = isatty(tty) && !fcntl_getfl(tty)?.contains(OFlags::WRONLY);
        if !readable {
            return Err(io::Error::other(
                "visavis needs a keyboard, and neither standard input nor output has one",
            ));
        }
        Ok(Self::new(tty.try_clone_to_owned()?))
    }

    /// Reads this terminal.
    #[must_use]
    pub fn new(tty: OwnedFd) -> Self {
        Self { tty, decoder: Decoder::default(), marks: false }
    }

    /// Reads one burst for each token and hands it on, until there are no more tokens, `hand_on` answers
    /// `false`, or the terminal has gone, which is handed on too.
    pub fn serve(
        mut self,
        tokens: &Receiver<()>,
        mut hand_on: impl FnMut(Result<Vec<Input>, HungUp>) -> bool,
    ) {
        while tokens.recv().is_ok() {
            let burst = self.burst();
            let gone = burst.is_err();
            if !hand_on(burst) || gone {
                return;
            }
        }
    }

    /// Waits for input and takes all that is there.
    ///
    /// # Errors
    /// [`HungUp`] where the terminal has gone.
    pub fn burst(&mut self) -> Result<Vec<Input>, HungUp> {
        let mut out = Vec::new();
        let mut bytes = 0;
        let mut paste: Option<UnmarkedPaste> = None;
        loop {
            let begun = !out.is_empty() || paste.is_some() || self.decoder.is_waiting();
            let most = match () {
                () if !begun || self.decoder.is_pasting() => None,
                () if self.decoder.is_waiting() || paste.is_some() => Some(&SOON),
                () if bytes >= MOST => break,
                () => Some(&AT_ONCE),
            };
            if self.wait(most)? {
                bytes += self.read(&mut out)?;
            } else {
                self.decoder.give_up(&mut out);
                if !out.is_empty() || paste.is_some() {
                    break;
                }
            }
            if !self.marks && paste.is_none() && looks_pasted(&out) {
                paste = Some(UnmarkedPaste::default());
            }
            if let Some(paste) = &mut paste {
                paste.take(&mut out);
            }
        }
        self.marks |= out.iter().any(|input| matches!(input, Input::Paste { .. }));
        Ok(match paste {
            Some(mut paste) => {
                paste.take(&mut out);
                vec![paste.input()]
            }
            None => out,
        })
    }

    /// Waits for something to read; `false` where nothing came in time.
    fn wait(&self, most: Option<&Timespec>) -> Result<bool, HungUp> {
        loop {
            let mut fds = [PollFd::new(&self.tty, PollFlags::IN)];
            match poll(&mut fds, most) {
                Ok(0) => return Ok(false),
                Ok(_) if fds[0].revents().contains(PollFlags::IN) => return Ok(true),
                Ok(_) => return Err(HungUp),
                Err(Errno::INTR) => {}
                Err(_) => return Err(HungUp),
            }
        }
    }

    fn read(&mut self, out: &mut Vec<Input>) -> Result<usize, HungUp> {
        let mut buffer = [0; 4096];
        match rustix::io::read(&self.tty, &mut buffer) {
            Ok(0) => Err(HungUp),
            Ok(count) => {
                self.decoder.feed(&buffer[..count], out);
                Ok(count)
            }
            Err(Errno::INTR | Errno::AGAIN) => Ok(0),
            Err(_) => Err(HungUp),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::mpsc;

    use super::*;
    use crate::tui::key::{Code, Key};

    fn reader() -> (Reader, io::PipeWriter) {
        let (read, write) = io::pipe().unwrap();
        (Reader::new(read.into()), write)
    }

    #[test]
    fn a_burst_is_all_that_is_there() {
        let (mut reader, mut tty) = reader();
        tty.write_all(b"ab\x1b[6~").unwrap();
        let keys = [Key::char('a'), Key::char('b'), Key::plain(Code::PageDown)].map(Input::Key);
        assert_eq!(reader.burst(), Ok(keys.to_vec()));
    }

    #[test]
    fn a_lone_escape_is_the_key() {
        let (mut reader, mut tty) = reader();
        tty.write_all(b"\x1b").unwrap();
        assert_eq!(reader.burst(), Ok(vec![Input::Key(Key::plain(Code::Esc))]));
    }

    #[test]
    fn a_long_marked_paste_is_whole() {
        let (mut reader, mut tty) = reader();
        let text = "a line of text\n".repeat(20_000);
        std::thread::scope(|scope| {
            scope.spawn(|| write!(tty, "\x1b[200~{text}\x1b[201~").unwrap());
            assert_eq!(reader.burst(), Ok(vec![Input::Paste { text: text.clone(), cut: false }]));
        });
    }

    #[test]
    fn lines_in_one_burst_are_a_paste() {
        let (mut reader, mut tty) = reader();
        tty.write_all(b"the first note\rthe second\r").unwrap();
        let text = "the first note\nthe second\n".to_owned();
        assert_eq!(reader.burst(), Ok(vec![Input::Paste { text, cut: false }]));
    }

    #[test]
    fn a_terminal_that_marks_pastes_sends_keys_otherwise() {
        let (mut reader, mut tty) = reader();
        tty.write_all(b"\x1b[200~x\x1b[201~").unwrap();
        reader.burst().unwrap();
        tty.write_all(b"the first note\rthe second\r").unwrap();
        assert_eq!(reader.burst().unwrap().len(), 26);
    }

    #[test]
    fn a_terminal_that_has_gone_ends_the_thread() {
        let (reader, tty) = reader();
        drop(tty);
        let (give, tokens) = mpsc::channel();
        give.send(()).unwrap();
        let mut handed = Vec::new();
        reader.serve(&tokens, |burst| {
            handed.push(burst);
            true
        });
        assert_eq!(handed, [Err(HungUp)]);
    }

    #[test]
    fn without_a_token_nothing_is_read() {
        let (reader, mut tty) = reader();
        tty.write_all(b"a").unwrap();
        let (give, tokens) = mpsc::channel::<()>();
        drop(give);
        reader.serve(&tokens, |_| unreachable!("no token was given"));
    }
}
