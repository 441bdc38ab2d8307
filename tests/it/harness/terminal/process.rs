//! The program as the system sees it: signals, its end at a chosen moment, what it uses and leaves behind.

use super::{Terminal, open};
use crate::harness::Screen;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rustix::termios::tcgetattr;
use std::path::Path;
use std::time::Instant;

impl Terminal {
    /// Ends the program as a crash does.
    pub(crate) fn kill9(&mut self) {
        self.signal(Signal::SIGKILL);
    }

    /// Asks the program to end, as a shutdown does.
    pub(crate) fn terminate(&mut self) {
        self.signal(Signal::SIGTERM);
    }

    pub(crate) fn signal(&mut self, signal: Signal) {
        self.keys.push(signal.to_string());
        if self.lock().exit.is_none() {
            // It may have ended since: then nobody needs the signal.
            let _ = kill(self.process(), signal);
        }
    }

    /// How many bytes the program has written so far.
    pub(crate) fn written(&self) -> usize {
        self.lock().raw.len()
    }

    /// The screen, unless the program ended while it drew.
    pub(crate) fn last_frame(&self) -> Option<Screen> {
        let state = self.lock();
        (!state.parser.callbacks().drawing).then(|| Screen::new(state.parser.screen()))
    }

    /// Waits until the program has written so many bytes.
    #[track_caller]
    pub(crate) fn wait_until_written(&self, bytes: usize) {
        let end = Instant::now() + self.deadline;
        let state = self.wait_while(self.lock(), end, |state| state.raw.len() < bytes && !state.silent);
        let written = state.raw.len();
        drop(state);
        if written < bytes {
            self.fail(&format!("waited for {bytes} bytes of output, and there were {written}"));
        }
    }

    /// Kills the program at the first moment at which `reached` is true of how many bytes it has written since it
    /// was started, or `over` is true of its screen. The disk tells nobody of a change: `reached` is asked all
    /// the time.
    #[track_caller]
    pub(crate) fn kill_when(
        &mut self,
        mut reached: impl FnMut(usize) -> bool,
        over: impl Fn(&Screen) -> bool,
    ) {
        let end = Instant::now() + self.deadline;
        let mut seen = None;
        loop {
            let state = self.lock();
            let (written, version, drawing) =
                (state.raw.len(), state.version, state.parser.callbacks().drawing);
            let changed = seen != Some(version) && !drawing;
            let screen = changed.then(|| Screen::new(state.parser.screen()));
            let ended = state.exit.is_some();
            drop(state);
            if reached(written) || screen.is_some_and(|screen| over(&screen)) {
                break;
            }
            if ended {
                self.fail("the program ended before it could be killed");
            }
            if Instant::now() > end {
                self.fail("waited too long for the moment to kill the program");
            }
            seen = Some(version);
            std::thread::yield_now();
        }
        self.kill9();
        self.wait_exit();
    }

    /// Whether the test has not closed the terminal.
    pub(crate) fn is_open(&self) -> bool {
        self.line.is_some()
    }

    /// Whether the test has not stopped what the program writes either.
    pub(crate) fn is_showing(&self) -> bool {
        self.is_open() && !self.output_stopped
    }

    /// Whether the terminal is set as it was before the program had it.
    #[track_caller]
    pub(crate) fn is_as_it_was(&self) -> bool {
        settings(&self.line().tty) == self.given
    }

    pub(crate) fn process(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.pid).expect("a process id"))
    }
}

/// The settings of a terminal: all that `stty -g` tells.
pub(super) fn settings(tty: &Path) -> String {
    let handle = open(tty).expect("the terminal is there");
    format!("{:?}", tcgetattr(&handle).expect("a terminal has settings"))
}

/// What only Linux tells.
#[cfg(target_os = "linux")]
impl Terminal {
    /// Waits until the program is stopped, or runs.
    #[track_caller]
    pub(crate) fn wait_stopped(&self, stopped: bool) {
        let end = Instant::now() + self.deadline;
        while matches!(self.stat(0).as_str(), "T" | "t") != stopped {
            if Instant::now() > end {
                self.fail(&format!("waited {:?} for a stopped program to be {stopped}", self.deadline));
            }
            self.pause(super::LOOK);
        }
    }

    /// How much time of the processors the program has used, in ticks: hundredths of a second.
    #[track_caller]
    pub(crate) fn ticks(&self) -> u64 {
        [11, 12].map(|field| self.stat(field).parse::<u64>().expect("a number of ticks")).iter().sum()
    }

    /// The same at its end, as far as that could be seen: looked at as often as the disk is.
    #[track_caller]
    pub(crate) fn ticks_at_exit(&self) -> u64 {
        let end = Instant::now() + self.deadline;
        let mut last = 0;
        while self.lock().exit.is_none() {
            if Instant::now() > end {
                self.fail(&format!("waited {:?} for the program to end", self.deadline));
            }
            let stat = self.read_stat();
            let field = |field| stat_field(stat.as_deref().ok()?, field)?.parse::<u64>().ok();
            last = field(11).zip(field(12)).map_or(last, |(user, system)| user + system);
            self.pause(super::LOOK);
        }
        last
    }

    /// A field of what the system tells of the program, counted from the one after its name.
    #[track_caller]
    fn stat(&self, field: usize) -> String {
        let stat = self.read_stat().expect("the program is there");
        stat_field(&stat, field).expect("that many fields").to_owned()
    }

    fn read_stat(&self) -> std::io::Result<String> {
        std::fs::read_to_string(format!("/proc/{}/stat", self.pid))
    }

    /// The processes that the program has left in its session.
    pub(crate) fn left_behind(&self) -> Vec<String> {
        let session = self.pid.to_string();
        let processes = std::fs::read_dir("/proc").expect("processes can be listed");
        let stats =
            processes.filter_map(|process| std::fs::read_to_string(process.ok()?.path().join("stat")).ok());
        stats.filter(|stat| stat_field(stat, 3) == Some(&session)).collect()
    }
}

/// The name of a program stands in brackets, and may hold anything.
#[cfg(target_os = "linux")]
fn stat_field(stat: &str, field: usize) -> Option<&str> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(field)
}
