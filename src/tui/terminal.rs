//! The terminal as the program takes it and gives it back.
//!
//! Owns raw mode, the alternate screen, the threads that read keys and signals, and what a panic leaves behind:
//! whatever happens, the terminal is given back as it was.

mod tty;

use std::ffi::c_int;
use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    is_raw_mode_enabled,
};
use crossterm::{cursor, queue, style};
use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::input::Input;
use super::input::reader::{HungUp, Reader};
use super::output::Output;
use super::runner::{Channel, End, Host, Incoming};
use crate::mistake::{self, Thread};
use tty::Tty;

const KEYS: Thread = Thread { name: "keys", stack: 128 * 1024 };
const SIGNALS: Thread = Thread { name: "signals", stack: 128 * 1024 };

/// What ends the program, whatever it is doing.
const ENDS: [c_int; 4] = [SIGTERM, SIGINT, SIGQUIT, SIGHUP];

/// No terminal is wider or higher; one that says it is would take all memory.
const LARGEST: Size = Size { width: 2000, height: 1000 };

/// A terminal that the program has taken; given back when this is dropped.
#[derive(Debug)]
pub struct Taken {
    tty: Tty,
    told: Told,
}

/// What threads that failed had to say, for when the terminal can show it; none once it can.
type Told = Arc<Mutex<Option<Vec<String>>>>;

/// A terminal to draw to.
pub type Screen = ratatui::Terminal<Output<Tty>>;

/// Takes the terminal: raw mode, the alternate screen, marked pastes, no mouse.
///
/// # Errors
/// In words, where standard output is no terminal or the terminal refuses.
pub fn take() -> io::Result<(Taken, Screen)> {
    if !io::stdout().is_terminal() {
        return Err(io::Error::other("visavis needs a terminal to draw on, and standard output is none"));
    }
    let tty = Tty::open(&ENDS)?;
    let told = Arc::new(Mutex::new(Some(Vec::new())));
    leave_on_panic(tty.clone(), Arc::clone(&told));
    let mut taken = Taken { tty: tty.clone(), told };
    taken.enter()?;
    let screen = ratatui::Terminal::new(Output::new(tty, size))?;
    Ok((taken, screen))
}

/// Starts the threads that read the keyboard and the signals. The sender is for the app's own threads.
///
/// # Errors
/// Where there is no keyboard to read, or the system gives no more threads.
pub fn listen<W: Send + 'static>() -> io::Result<(Channel<W>, Sender<Incoming<W>>)> {
    let reader = Reader::open()?;
    let mut signals = Signals::new(ENDS.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    hear(
        |tokens, hand_on| reader.serve(tokens, hand_on),
        move |hand_on| {
            signals.forever().all(hand_on);
        },
    )
}

/// The same with what reads the keyboard, one burst for each token, and what reads signals. Both go on until what
/// they hand on to answers `false`.
fn hear<W: Send + 'static>(
    keys: impl FnOnce(&Receiver<()>, &mut dyn FnMut(Result<Vec<Input>, HungUp>) -> bool) + Send + 'static,
    signals: impl FnOnce(&mut dyn FnMut(c_int) -> bool) + Send + 'static,
) -> io::Result<(Channel<W>, Sender<Incoming<W>>)> {
    let (send, messages) = mpsc::channel();
    let (tokens, granted) = mpsc::channel();
    let to = send.clone();
    needed(KEYS, send.clone(), move || {
        keys(&granted, &mut |burst| {
            to.send(burst.map_or(Incoming::End(End::HungUp), Incoming::Burst)).is_ok()
        });
    })?;
    let to = send.clone();
    needed(SIGNALS, send.clone(), move || {
        signals(&mut |signal| asked_by(signal).is_none_or(|incoming| to.send(incoming).is_ok()));
    })?;
    Ok((Channel { messages, tokens }, send))
}

fn asked_by<W>(signal: c_int) -> Option<Incoming<W>> {
    match signal {
        SIGTERM | SIGINT | SIGQUIT => Some(Incoming::End(End::Asked)),
        SIGHUP => Some(Incoming::End(End::HungUp)),
        SIGTSTP => Some(Incoming::Stop),
        SIGCONT => Some(Incoming::Continued),
        _ => Some(Incoming::Resized),
    }
}

/// Starts a thread whose failure ends the program instead of leaving it deaf.
fn needed<W: Send + 'static>(
    thread: Thread,
    send: Sender<Incoming<W>>,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    thread.start(work, move |done| {
        if done.is_err() {
            // A loop that has ended needs no end.
            let _ = send.send(Incoming::End(End::Broken));
        }
    })?;
    Ok(())
}

/// Gives the terminal back as it was, once. Goes on after each failure: the rest may still succeed.
fn leave(tty: &mut Tty) -> io::Result<()> {
    if !is_raw_mode_enabled()? {
        return Ok(());
    }
    let mut codes = Vec::new();
    let shown = queue!(
        codes,
        // A frame may have been cut off.
        EndSynchronizedUpdate,
        style::ResetColor,
        style::SetAttribute(style::Attribute::Reset),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    )
    .and_then(|()| tty.write_all(&codes));
    disable_raw_mode().and(shown)
}

/// The columns and rows of the terminal.
fn size() -> io::Result<Size> {
    let size = tcgetwinsize(io::stdout())?;
    Ok(usable(Size::new(size.ws_col, size.ws_row)))
}

/// As much of a size as is drawn to; 80x24 where the terminal does not say.
fn usable(said: Size) -> Size {
    let known = said.width > 0 && said.height > 0;
    let size = if known { said } else { Size::new(80, 24) };
    Size::new(size.width.min(LARGEST.width), size.height.min(LARGEST.height))
}

impl Taken {
    fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode().map_err(|error| {
            io::Error::other(format!("visavis couldn't take over the terminal's keyboard: {error}"))
        })?;
        let mut codes = Vec::new();
        queue!(codes, EnterAlternateScreen, EnableBracketedPaste)?;
        self.tty.write_all(&codes)
    }

    /// Gives the terminal back as it was; says whether it is there and takes what is written to it.
    pub fn give_back(mut self) -> bool {
        leave(&mut self.tty).is_ok() && !self.tty.was_given_up()
    }
}

impl Host for Taken {
    fn stop(&mut self) -> io::Result<()> {
        leave(&mut self.tty)?;
        emulate_default_handler(SIGTSTP)?;
        self.enter()
    }

    fn take_again(&mut self) -> io::Result<()> {
        // Whoever had the terminal meanwhile may have set it otherwise than raw mode remembers.
        disable_raw_mode()?;
        self.enter()
    }

    fn ring(&mut self) {
        // A bell that is not heard is no reason to stop.
        let _ = self.tty.write_all(b"\x07");
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        // The terminal may have gone; there is nobody to tell.
        let _ = leave(&mut self.tty);
        for words in self.told.lock().unwrap_or_else(PoisonError::into_inner).take().into_iter().flatten() {
            let _ = writeln!(io::stderr(), "{words}");
        }
    }
}

/// Makes a panic give the terminal back before it is told, with nothing in it that could act on a terminal.
fn leave_on_panic(tty: Tty, told: Told) {
    let owner = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let words = mistake::words(info);
        if thread::current().id() == owner {
            let _ = leave(&mut tty.clone());
        } else if let Some(told) = &mut *told.lock().unwrap_or_else(PoisonError::into_inner) {
            // The screen belongs to another thread, which will leave it.
            told.push(words);
            return;
        }
        let _ = writeln!(io::stderr(), "{words}");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails() {
        panic::resume_unwind(Box::new("on purpose"));
    }

    #[test]
    fn a_failed_reader_of_keys_is_told() {
        let (channel, _send) = hear::<()>(|_, _| fails(), |_| ()).unwrap();
        assert_eq!(channel.messages.recv(), Ok(Incoming::End(End::Broken)));
    }

    #[test]
    fn a_failed_reader_of_signals_is_told() {
        let (channel, _send) = hear::<()>(|_, _| (), |_| fails()).unwrap();
        assert_eq!(channel.messages.recv(), Ok(Incoming::End(End::Broken)));
    }

    #[test]
    fn signals_are_handed_on_as_what_they_ask_for() {
        let asked = [SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH];
        let read = move |hand_on: &mut dyn FnMut(c_int) -> bool| assert!(asked.into_iter().all(hand_on));
        let (channel, send) = hear::<()>(|_, _| (), read).unwrap();
        let told: Vec<_> = (0..6).map(|_| channel.messages.recv().unwrap()).collect();
        let ends = [End::Asked, End::Asked, End::HungUp].map(Incoming::End);
        assert_eq!(told[..3], ends);
        assert_eq!(told[3..], [Incoming::Stop, Incoming::Continued, Incoming::Resized]);
        drop(send);
        assert!(channel.messages.recv().is_err(), "and nothing else");
    }

    #[test]
    fn a_size_that_cannot_be_is_not_drawn_to() {
        for (said, used) in
            [((0, 0), (80, 24)), ((1, 0), (80, 24)), ((1, 1), (1, 1)), ((400, 200), (400, 200))]
        {
            assert_eq!(usable(Size::from(said)), Size::from(used));
        }
        assert_eq!(usable(Size::new(u16::MAX, u16::MAX)), LARGEST);
        assert_eq!(usable(Size::new(u16::MAX, 1)).height, 1);
    }
}
