//! Drives the real program from outside: in a pseudo-terminal ([`Terminal`]) or as a command ([`visavis`]).
//!
//! Every run gets a [`Home`] of its own and a fixed environment, so that tests neither see each other nor the
//! machine they run on. Waiting always means waiting for something to be true, with a deadline that only a
//! failing test meets. To show that a key does nothing, send it, then a key whose effect can be awaited.
//!
//! ```ignore
//! let mut terminal = Terminal::builder().size(80, 24).args(&["run", "taste"]).spawn();
//! terminal.expect("Why are you here?");
//! terminal.type_text("to learn").keys("Enter PageDown");
//! terminal.wait_for(|screen| screen.contains("1 note") && !screen.contains("▸ to learn"));
//! terminal.keys("C-q");
//! assert!(terminal.wait_exit().success());
//! ```

#[cfg(unix)]
mod clock;
mod command;
mod home;
mod keys;
mod screen;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod tests;

#[cfg(unix)]
pub(crate) use clock::TestClock;
pub(crate) use command::{Output, has_prlimit, visavis, visavis_limited, visavis_within};
#[cfg(unix)]
pub(crate) use home::sessions;
pub(crate) use home::{Home, files};
#[cfg(unix)]
pub(crate) use screen::Screen;
#[cfg(unix)]
pub(crate) use terminal::{Builder, Terminal};

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long to wait for what should happen: `VISAVIS_TEST_DEADLINE` seconds, or 20.
fn deadline() -> Duration {
    let seconds = std::env::var("VISAVIS_TEST_DEADLINE").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(20))
}

/// From where all chance of a test comes: `VISAVIS_PROOF_SEED`, or 1.
pub(crate) fn seed() -> u64 {
    std::env::var("VISAVIS_PROOF_SEED").map_or(1, |seed| seed.parse().expect("a whole number"))
}

/// Starting one program at a time: between opening a pseudo-terminal and marking it close-on-exec, a program
/// started by another thread would inherit it and keep it open.
pub(crate) fn starting() -> MutexGuard<'static, ()> {
    static STARTING: Mutex<()> = Mutex::new(());
    STARTING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends `signal` (`KILL`, `TERM`) to a process, by the shell, which has it on every system.
fn send_signal(pid: u32, signal: &str) {
    let script = format!("kill -s {signal} {pid} 2>/dev/null");
    let _one = starting();
    let _ = std::process::Command::new("sh").args(["-c", &script]).status();
}
