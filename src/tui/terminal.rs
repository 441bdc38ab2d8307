//! The terminal as the program takes it and gives it back.
//!
//! Owns raw mode, the alternate screen, the threads that read keys and signals, and what a panic leaves behind:
//! whatever happens, the terminal is given back as it was.

use std::io::{self, IsTerminal, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, is_raw_mode_enabled,
};
use crossterm::{cursor, execute, style};
use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::input::reader::Reader;
use super::output::Output;
use super::runner::{Channel, End, Host, Incoming};
use super::widgets::text;

/// Threads that only wait need little.
const STACK: usize = 128 * 1024;

/// A terminal that the program has taken; given back when this is dropped.
#[derive(Debug)]
pub struct Taken {
    told: Told,
}

/// What threads that failed had to say, for when the terminal can show it.
type Told = Arc<Mutex<Vec<String>>>;

/// A terminal to draw to.
pub type Screen = ratatui::Terminal<Output<io::Stdout>>;

/// Takes the terminal: raw mode, the alternate screen, marked pastes, no mouse.
///
/// # Errors
/// In words, where standard output is no terminal or the terminal refuses.
pub fn take() -> io::Result<(Taken, Screen)> {
    if !io::stdout().is_terminal() {
        return Err(io::Error::other("visavis needs a terminal to draw on, and standard output is none"));
    }
    let told = Told::default();
    leave_on_panic(Arc::clone(&told));
    let taken = Taken { told };
    enter()?;
    let screen = ratatui::Terminal::new(Output::new(io::stdout(), size))?;
    Ok((taken, screen))
}

/// Starts the threads that read the keyboard and the signals. The sender is for the app's own threads.
///
/// # Errors
/// Where there is no keyboard to read, or the system gives no more threads.
pub fn listen<W: Send + 'static>() -> io::Result<(Channel<W>, Sender<Incoming<W>>)> {
    let (send, messages) = mpsc::channel();
    let (tokens, granted) = mpsc::channel();
    let reader = Reader::open()?;
    let keys = send.clone();
    spawn("keys", send.clone(), move || {
        reader.serve(&granted, |burst| {
            let incoming = burst.map_or(Incoming::End(End::HungUp), Incoming::Burst);
            keys.send(incoming).is_ok()
        });
    })?;
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ])?;
    let to = send.clone();
    spawn("signals", send.clone(), move || {
        for signal in signals.forever() {
            let incoming = match signal {
                SIGTERM | SIGINT => Incoming::End(End::Asked),
                SIGHUP => Incoming::End(End::HungUp),
                SIGTSTP => Incoming::Stop,
                SIGCONT => Incoming::Continued,
                // Whoever wrote more than a file may hold is told by the write itself.
                SIGXFSZ => continue,
                _ => Incoming::Resized,
            };
            if to.send(incoming).is_err() {
                return;
            }
        }
    })?;
    Ok((Channel { messages, tokens }, send))
}

/// Starts a thread whose failure ends the program instead of leaving it deaf.
fn spawn<W: Send + 'static>(
    name: &str,
    send: Sender<Incoming<W>>,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || {
        if panic::catch_unwind(panic::AssertUnwindSafe(work)).is_err() {
            let _ = send.send(Incoming::End(End::Broken));
        }
    })?;
    Ok(())
}

fn enter() -> io::Result<()> {
    enable_raw_mode().map_err(|error| {
        io::Error::other(format!("visavis couldn't take over the terminal's keyboard: {error}"))
    })?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)
}

/// Gives the terminal back as it was, once. Goes on after each failure: the rest may still succeed.
fn leave() -> io::Result<()> {
    if !is_raw_mode_enabled()? {
        return Ok(());
    }
    let shown = execute!(
        io::stdout(),
        style::ResetColor,
        style::SetAttribute(style::Attribute::Reset),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    disable_raw_mode().and(shown)
}

/// The columns and rows of the terminal; 80x24 where it does not say.
fn size() -> io::Result<Size> {
    let size = tcgetwinsize(io::stdout())?;
    let known = size.ws_col > 0 && size.ws_row > 0;
    Ok(if known { Size::new(size.ws_col, size.ws_row) } else { Size::new(80, 24) })
}

impl Host for Taken {
    fn stop(&mut self) -> io::Result<()> {
        leave()?;
        emulate_default_handler(SIGTSTP)?;
        enter()
    }

    fn take_again(&mut self) -> io::Result<()> {
        // Whoever had the terminal meanwhile may have set it otherwise than raw mode remembers.
        disable_raw_mode()?;
        enter()
    }

    fn ring(&mut self) {
        let mut out = io::stdout();
        // A bell that is not heard is no reason to stop.
        let _ = out.write_all(b"\x07").and_then(|()| out.flush());
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        // The terminal may have gone; there is nobody to tell.
        let _ = leave();
        for line in self.told.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = writeln!(io::stderr(), "{line}");
        }
    }
}

/// Makes a panic give the terminal back before it is told, with nothing in it that could act on a terminal.
fn leave_on_panic(told: Told) {
    let owner = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let words = panic_words(info);
        if thread::current().id() == owner {
            let _ = leave();
            let _ = writeln!(io::stderr(), "{words}");
        } else {
            // The screen belongs to another thread, which will leave it.
            told.lock().unwrap_or_else(PoisonError::into_inner).push(words);
        }
    }));
}

fn panic_words(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let what = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
    let what = what.unwrap_or("something went wrong");
    let place = info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
    told_of_panic(what, &place)
}

/// What is said of a panic: `what` may repeat anything that somebody wrote.
pub(super) fn told_of_panic(what: &str, place: &str) -> String {
    format!("visavis has failed: {}{place}\nWhat was shown as saved is kept.", text::visible(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_thread_is_told() {
        let (send, messages) = mpsc::channel::<Incoming<()>>();
        spawn("failing", send, || panic::resume_unwind(Box::new("on purpose"))).unwrap();
        assert_eq!(messages.recv(), Ok(Incoming::End(End::Broken)));
    }
}
