//! A program in a pseudo-terminal.
//!
//! One thread reads what the program writes into a model of the screen, one writes what is typed (so that a
//! program which stops reading cannot stop the reading of it), one waits for its end. Each tells the test
//! through one condition variable.

mod process;

use super::clock::TestClock;
use super::keys::{self, Key};
use super::screen::Screen;
use super::{Home, deadline, files, starting};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{Action, OptionalActions, SpecialCodeIndex, tcflow, tcgetattr, tcsetattr};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How many of the newest keys a failure shows.
const KEYS_SHOWN: usize = 30;
/// How many bytes of a paste a failure shows.
const PASTE_SHOWN: usize = 100;
/// A person's pause after `Esc`; longer than the system takes to pass it on, and than a program waits for more.
const PAUSE: Duration = Duration::from_millis(40);
/// How often the disk is looked at: it tells nobody of a change.
const LOOK: Duration = Duration::from_millis(5);

/// A program being prepared: visavis, unless told otherwise.
pub(crate) struct Builder {
    program: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    size: (u16, u16),
    home: Option<Home>,
    clock: Option<TestClock>,
}

/// A running program, its screen and its keyboard. Dropping it kills the program.
pub(crate) struct Terminal {
    shared: Arc<Shared>,
    line: Option<Line>,
    pid: u32,
    home: Home,
    /// The settings of the terminal before the program had it.
    given: String,
    deadline: Duration,
    keys: Vec<String>,
    /// When an `Esc` was sent that may still be unread.
    escape: Option<Instant>,
    /// Whether it takes nothing that the program writes.
    output_stopped: bool,
}

/// The test's end of the pseudo-terminal.
struct Line {
    master: Box<dyn MasterPty + Send>,
    typed: Sender<Vec<u8>>,
    tty: PathBuf,
    reader: JoinHandle<()>,
    writer: JoinHandle<()>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser<Answers>,
    raw: Vec<u8>,
    /// Grows with every change, so that a waiting test knows whether to look again.
    version: u64,
    hanging_up: bool,
    /// Nothing more can arrive.
    silent: bool,
    exit: Option<ExitStatus>,
}

/// What a terminal does beyond drawing: it answers questions, rings, and may hold a frame back.
#[derive(Default)]
struct Answers {
    replies: Vec<u8>,
    drawing: bool,
    bells: usize,
}

impl Builder {
    /// Another program than visavis, to be found in the search path.
    pub(crate) fn program(mut self, program: &str) -> Self {
        self.program = program.into();
        self
    }

    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(OsString::from));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Columns and rows; 80 and 24 otherwise.
    pub(crate) fn size(mut self, cols: u16, rows: u16) -> Self {
        self.size = (cols, rows);
        self
    }

    /// The library to use, instead of the one in the home folder.
    pub(crate) fn library(self, folder: &Path) -> Self {
        self.env("VISAVIS_LIBRARY", folder)
    }

    /// The home folder to share with other runs, instead of a fresh one.
    pub(crate) fn home(mut self, home: &Home) -> Self {
        self.home = Some(home.clone());
        self
    }

    /// The clock to go by, instead of the system's.
    pub(crate) fn clock(mut self, clock: &TestClock) -> Self {
        self.clock = Some(clock.clone());
        self
    }

    /// Starts the program. Wait for its first screen before typing.
    pub(crate) fn spawn(self) -> Terminal {
        let home = self.home.unwrap_or_else(Home::new);
        let (program, args, shifted) = match &self.clock {
            Some(clock) => clock.started(&self.args),
            None => (self.program, self.args, Vec::new()),
        };
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(home.work());
        command.env_clear();
        for (name, value) in home.environment().into_iter().chain(self.env).chain(shifted) {
            command.env(name, value);
        }
        let (master, child, given) = {
            let _one = starting();
            let pair = native_pty_system().openpty(pty_size(self.size)).expect("a pseudo-terminal");
            let given = process::settings(&pair.master.tty_name().expect("the terminal has a name"));
            let child = pair.slave.spawn_command(command).expect("the program starts");
            (pair.master, child, given)
        };
        let (cols, rows) = cells(self.size);
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                parser: vt100::Parser::new_with_callbacks(rows, cols, 0, Answers::default()),
                raw: Vec::new(),
                version: 0,
                hanging_up: false,
                silent: false,
                exit: None,
            }),
            changed: Condvar::new(),
        });
        let pid = child.process_id().expect("a process id");
        let (typed, to_write) = mpsc::channel();
        let (input, output) = (master.take_writer(), master.try_clone_reader());
        let (input, output) = (input.expect("its input"), output.expect("its output"));
        let reader = std::thread::spawn({
            let (shared, replies) = (Arc::clone(&shared), typed.clone());
            move || read(output, &shared, &replies)
        });
        let writer = std::thread::spawn(move || write(input, &to_write));
        std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || wait(child, &shared)
        });
        let tty = master.tty_name().expect("the terminal has a name");
        let line = Some(Line { master, typed, tty, reader, writer });
        Terminal {
            shared,
            line,
            pid,
            home,
            given,
            deadline: deadline(),
            keys: Vec::new(),
            escape: None,
            output_stopped: false,
        }
    }
}

/// Typing and looking.
impl Terminal {
    pub(crate) fn builder() -> Builder {
        Builder {
            program: env!("CARGO_BIN_EXE_visavis").into(),
            args: Vec::new(),
            env: Vec::new(),
            size: (80, 24),
            home: None,
            clock: None,
        }
    }

    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// How long to wait from now on for what should happen.
    pub(crate) fn set_deadline(&mut self, deadline: Duration) {
        self.deadline = deadline;
    }

    /// Types text as it stands; for keys there is [`Terminal::keys`].
    #[track_caller]
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        assert!(!text.contains(char::is_control), "control characters are keys or pastes: {text:?}");
        self.send(format!("{text:?}"), text.as_bytes().to_vec());
        self
    }

    /// Presses keys, such as `"Enter Tab C-p A-x PageDown F1 q"`.
    #[track_caller]
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        let keys = keys::parse(keys).unwrap_or_else(|error| panic!("{error}"));
        for run in keys.chunk_by(|key, _| !key.is_prefix_of_others()) {
            let names: Vec<&str> = run.iter().map(|key| key.name.as_str()).collect();
            let bytes = run.iter().flat_map(|key| key.bytes.iter().copied()).collect();
            self.send(names.join(" "), bytes);
            if run.last().is_some_and(Key::is_prefix_of_others) {
                self.escape = Some(Instant::now());
            }
        }
        self
    }

    /// Pastes text as a terminal does, once the program has asked for bracketed pastes.
    #[track_caller]
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.wait_for(Screen::takes_pastes);
        self.paste_bytes(format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")).into_bytes())
    }

    /// Sends these bytes as a paste: whatever they are, and whether or not they end it.
    #[track_caller]
    pub(crate) fn paste_bytes(&mut self, bytes: Vec<u8>) -> &mut Self {
        let begins = String::from_utf8_lossy(&bytes[..bytes.len().min(PASTE_SHOWN)]);
        self.send(format!("paste {} bytes: {begins:?}", bytes.len()), bytes);
        self
    }

    /// Changes the size of the window.
    #[track_caller]
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.keys.push(format!("resize {cols}x{rows}"));
        let mut state = self.lock();
        let (wide, high) = cells((cols, rows));
        state.parser.set_size(high, wide);
        state.version += 1;
        drop(state);
        self.line().master.resize(pty_size((cols, rows))).expect("the window can be resized");
        self
    }

    /// The screen now, once a frame that is being drawn is complete.
    #[track_caller]
    pub(crate) fn screen(&self) -> Screen {
        self.wait_for(|_| true)
    }

    /// Waits until the text stands in one row, and returns that screen.
    #[track_caller]
    pub(crate) fn expect(&self, text: &str) -> Screen {
        self.wait_until(&format!("`{text}` to appear"), |screen| screen.contains(text))
    }

    /// Waits until the text stands in no row any more, and returns that screen.
    #[track_caller]
    pub(crate) fn expect_gone(&self, text: &str) -> Screen {
        self.wait_until(&format!("`{text}` to go"), |screen| !screen.contains(text))
    }

    /// Waits until this is true of a complete frame, and returns that screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, wanted: impl FnMut(&Screen) -> bool) -> Screen {
        self.wait_until("the screen wanted", wanted)
    }

    #[track_caller]
    fn wait_until(&self, what: &str, mut wanted: impl FnMut(&Screen) -> bool) -> Screen {
        let end = Instant::now() + self.deadline;
        let mut state = self.lock();
        loop {
            let screen = Screen::new(state.parser.screen());
            let (version, silent) = (state.version, state.silent);
            let complete = silent || !state.parser.callbacks().drawing;
            drop(state);
            if complete && wanted(&screen) {
                return screen;
            }
            if silent {
                self.fail(&format!("the program ended, while waiting for {what}"));
            }
            state = self.wait_while(self.lock(), end, |state| state.version == version);
            if state.version == version {
                drop(state);
                self.fail(&format!("waited {:?} for {what}", self.deadline));
            }
        }
    }

    /// Waits until this file, or one in this folder, holds the text.
    #[track_caller]
    pub(crate) fn expect_on_disk(&self, place: &Path, text: &str) {
        self.expect_on_disk_unless(place, text, |_| false);
    }

    /// The same, or until `unless` is true of the screen: answers whether the disk holds the text.
    #[track_caller]
    pub(crate) fn expect_on_disk_unless(
        &self,
        place: &Path,
        text: &str,
        unless: impl Fn(&Screen) -> bool,
    ) -> bool {
        let end = Instant::now() + self.deadline;
        // A file may go while it is looked for.
        let holds = |path: &PathBuf| {
            std::fs::read(path)
                .is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
        };
        let looked_at = || if place.is_dir() { files(place) } else { vec![place.to_owned()] };
        while !looked_at().iter().any(holds) {
            if unless(&self.screen()) {
                return false;
            }
            if Instant::now() > end {
                self.fail(&format!("waited {:?} for `{text}` in {}", self.deadline, place.display()));
            }
            let state = self.lock();
            let version = state.version;
            drop(self.wait_while(state, Instant::now() + LOOK, |state| state.version == version));
        }
        true
    }

    /// Every byte that the program has written so far.
    pub(crate) fn raw_output(&self) -> Vec<u8> {
        self.lock().raw.clone()
    }

    /// How often the program has rung the bell.
    pub(crate) fn bells(&self) -> usize {
        self.lock().parser.callbacks().bells
    }
}

/// The ends of a program.
impl Terminal {
    /// Takes nothing of what the program writes from now on, as a window that hangs.
    #[track_caller]
    pub(crate) fn stop_output(&mut self) {
        self.keys.push("stop output".to_owned());
        self.output_stopped = true;
        let handle = open(&self.line().tty).expect("the terminal is there");
        tcflow(handle, Action::OOff).expect("output can be stopped");
    }

    /// Closes the terminal under the program, as a lost connection or a closed window does.
    pub(crate) fn hang_up(&mut self) {
        self.keys.push("hang up".to_owned());
        let Some(Line { master, typed, tty, reader, writer }) = self.line.take() else { return };
        self.lock().hanging_up = true;
        // A terminal hangs up when its last handle is closed, and the reader holds one: a byte wakes it. The
        // writer's would type an end-of-file character at last, unless the terminal has none.
        if let Some(handle) = open(&tty) {
            if let Ok(mut settings) = tcgetattr(&handle) {
                settings.special_codes[SpecialCodeIndex::VEOF] = 0;
                let _ = tcsetattr(&handle, OptionalActions::Now, &settings);
            }
            let _ = tcflow(&handle, Action::OOn);
            let _ = rustix::io::write(&handle, b"\0");
            drop(handle);
            let _ = reader.join();
        }
        drop(typed);
        let _ = writer.join();
        drop(master);
    }

    /// Waits for the program to end and for all that it wrote.
    #[track_caller]
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let end = Instant::now() + self.deadline;
        let state = self.wait_while(self.lock(), end, |state| state.exit.is_none() || !state.silent);
        match state.exit.clone().filter(|_| state.silent) {
            Some(status) => status,
            None => {
                drop(state);
                self.fail(&format!("waited {:?} for the program to end", self.deadline));
            }
        }
    }
}

impl Terminal {
    #[track_caller]
    fn send(&mut self, name: String, bytes: Vec<u8>) {
        self.let_escape_be_read();
        self.keys.push(name);
        if self.lock().exit.is_some() {
            self.fail("the program has ended, nobody reads keys");
        }
        self.line().typed.send(bytes).expect("keys are written until the line is closed");
    }

    /// A program takes `Esc` and what follows at once for one key. People pause after it, so this does, once the
    /// program has read all there is. What it writes meanwhile says nothing: that may answer an earlier key.
    pub(crate) fn let_escape_be_read(&mut self) {
        let Some(sent) = self.escape.take() else { return };
        self.pause(PAUSE);
        let Some(handle) = open(&self.line().tty) else { return };
        let unread = || rustix::io::ioctl_fionread(&handle).is_ok_and(|count| count > 0);
        while unread() && self.lock().exit.is_none() && sent.elapsed() < self.deadline {
            self.pause(LOOK);
        }
        self.pause(PAUSE);
    }

    /// Waits so long, or until the program has ended.
    fn pause(&self, long: Duration) {
        drop(self.wait_while(self.lock(), Instant::now() + long, |state| state.exit.is_none()));
    }

    #[track_caller]
    fn line(&self) -> &Line {
        self.line.as_ref().expect("the test has hung up")
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    fn wait_while<'a>(
        &self,
        state: MutexGuard<'a, State>,
        end: Instant,
        mut condition: impl FnMut(&State) -> bool,
    ) -> MutexGuard<'a, State>
    where
        Self: 'a,
    {
        let left = end.saturating_duration_since(Instant::now());
        let waited = self.shared.changed.wait_timeout_while(state, left, |state| condition(state));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    #[track_caller]
    fn fail(&self, why: &str) -> ! {
        let state = self.lock();
        let screen = Screen::new(state.parser.screen());
        let mut report = format!("{why}\n");
        let newest = &self.keys[self.keys.len().saturating_sub(KEYS_SHOWN)..];
        let _ =
            writeln!(report, "keys: {}", if newest.is_empty() { "none".into() } else { newest.join(" · ") });
        let _ = writeln!(report, "cursor: {:?}", screen.cursor());
        if let Some(status) = &state.exit {
            let _ = writeln!(report, "program: {status}");
        }
        drop(state);
        panic!("{report}{}", screen.framed());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill9();
        self.hang_up();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        state.version += 1;
        drop(state);
        self.changed.notify_all();
    }
}

fn read(mut output: Box<dyn Read + Send>, shared: &Shared, typed: &Sender<Vec<u8>>) {
    let mut buffer = [0; 64 * 1024];
    while let Ok(count @ 1..) = output.read(&mut buffer) {
        if shared.lock().hanging_up {
            break;
        }
        shared.change(|state| {
            state.raw.extend(&buffer[..count]);
            state.parser.process(&buffer[..count]);
            let replies = std::mem::take(&mut state.parser.callbacks_mut().replies);
            if !replies.is_empty() {
                let _ = typed.send(replies);
            }
        });
    }
    shared.change(|state| state.silent = true);
}

fn write(mut input: Box<dyn Write + Send>, to_write: &Receiver<Vec<u8>>) {
    // After a failure the program is gone; what is still typed is nobody's.
    for bytes in to_write {
        let _ = input.write_all(&bytes);
    }
}

fn wait(mut child: Box<dyn Child + Send + Sync>, shared: &Shared) {
    let status = child.wait().expect("the program can be waited for");
    shared.change(|state| state.exit = Some(status));
}

/// The program's end of the terminal; an own handle, to be closed at once.
fn open(tty: &Path) -> Option<OwnedFd> {
    rustix::fs::open(tty, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).ok()
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells((cols, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(cols).expect("at least one column"), NonZeroU16::new(rows).expect("at least one row"))
}

impl vt100::Callbacks for Answers {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }

    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        second: Option<u8>,
        parameters: &[&[u16]],
        end: char,
    ) {
        let has = |wanted: u16| parameters.iter().any(|values| values.first() == Some(&wanted));
        match (first, second, end) {
            (None, None, 'n') if has(6) => {
                let (row, col) = screen.cursor_position();
                self.replies.extend(format!("\x1b[{};{}R", row + 1, col + 1).bytes());
            }
            (None, None, 'n') if has(5) => self.replies.extend(b"\x1b[0n"),
            (None, None, 'c') => self.replies.extend(b"\x1b[?62;22c"),
            (Some(b'>'), None, 'c') => self.replies.extend(b"\x1b[>41;380;0c"),
            (Some(b'?'), Some(b'$'), 'p') if has(2026) => self.replies.extend(b"\x1b[?2026;2$y"),
            (Some(b'?'), None, 'h' | 'l') if has(2026) => self.drawing = end == 'h',
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, parameters: &[&[u8]]) {
        match parameters {
            [b"10", b"?"] => self.replies.extend(b"\x1b]10;rgb:d4d4/d4d4/d4d4\x1b\\"),
            [b"11", b"?"] => self.replies.extend(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\"),
            _ => {}
        }
    }
}
