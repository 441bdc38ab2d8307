//! A program in a pseudo-terminal, with the moment at which each piece of its output came.

use crate::home::Home;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::error::Error;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// A frame is complete when nothing more has come for so long.
const SILENCE: Duration = Duration::from_millis(60);
/// A program that is never silent is taken as it is after so long.
const NEVER_SILENT: Duration = Duration::from_millis(1500);
/// How long to wait for a first frame.
const START: Duration = Duration::from_secs(15);
/// How long to wait for the answer to a key.
const ANSWER: Duration = Duration::from_millis(500);

#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) cols: NonZeroU16,
    pub(super) rows: NonZeroU16,
}

/// Times from the moment at which the program was asked for.
pub(super) struct Started {
    pub(super) first_byte: Duration,
    pub(super) first_frame: Duration,
}

/// A running program. Dropping it ends it.
pub(super) struct Program {
    child: Box<dyn Child + Send + Sync>,
    pid: u32,
    input: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser<Answers>,
    _terminal: Box<dyn MasterPty + Send>,
    _home: Home,
}

/// What a program asked the terminal, answered.
#[derive(Default)]
struct Answers(Vec<u8>);

impl Program {
    pub(super) fn start(command: &[String], size: Size) -> Result<(Self, Started), Box<dyn Error>> {
        let home = Home::new();
        let (name, args) = command.split_first().ok_or("no command")?;
        let mut builder = CommandBuilder::new(name);
        builder.args(args);
        builder.env_clear();
        home.environment().into_iter().for_each(|(name, value)| builder.env(name, value));
        builder.cwd(std::env::current_dir()?);
        let Size { cols, rows } = size;
        let size = PtySize { rows: rows.get(), cols: cols.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let reader = pair.master.try_clone_reader()?;
        let input = pair.master.take_writer()?;
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || read(reader, &sender));
        let start = Instant::now();
        let child = pair.slave.spawn_command(builder)?;
        drop(pair.slave);
        let pid = child.process_id().ok_or("the program has no process id")?;
        let screen = vt100::Parser::new_with_callbacks(rows, cols, 0, Answers::default());
        let mut program = Self { child, pid, input, output, screen, _terminal: pair.master, _home: home };
        let started = program.first_frame(start)?;
        Ok((program, started))
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    fn first_frame(&mut self, start: Instant) -> Result<Started, Box<dyn Error>> {
        let first = self.output.recv_timeout(START).map_err(|_| "it wrote nothing")?;
        let (first_byte, mut last) = (first.0 - start, first.0);
        self.show(&first.1)?;
        loop {
            let blank = self.screen.screen().contents().trim().is_empty();
            if !blank && last.duration_since(start) > first_byte + NEVER_SILENT {
                break;
            }
            match self.output.recv_timeout(if blank { START } else { SILENCE }) {
                Ok((at, bytes)) => {
                    self.show(&bytes)?;
                    last = at;
                }
                Err(_) if blank => return Err("it showed nothing".into()),
                Err(_) => break,
            }
        }
        if self.child.try_wait()?.is_some() {
            return Err(
                format!("it ended at once, saying: {}", self.screen.screen().contents().trim()).into()
            );
        }
        Ok(Started { first_byte, first_frame: last - start })
    }

    /// Presses a key and returns how soon the first of the answer came, if any did.
    pub(super) fn press(&mut self, key: &[u8]) -> Result<Option<Duration>, Box<dyn Error>> {
        let pressed = Instant::now();
        self.input.write_all(key)?;
        let Ok((at, bytes)) = self.output.recv_timeout(ANSWER) else { return Ok(None) };
        self.show(&bytes)?;
        Ok(Some(at - pressed))
    }

    /// Reads until the program is silent.
    pub(super) fn settle(&mut self) {
        let end = Instant::now() + NEVER_SILENT;
        while Instant::now() < end {
            let Ok((_, bytes)) = self.output.recv_timeout(SILENCE) else { return };
            let _ = self.show(&bytes);
        }
    }

    /// Reads for so long, and returns how many bytes came.
    pub(super) fn drain(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut count = 0;
        while let Ok((_, bytes)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            count += bytes.len();
            let _ = self.show(&bytes);
        }
        count
    }

    fn show(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.screen.process(bytes);
        let answers = std::mem::take(&mut self.screen.callbacks_mut().0);
        self.input.write_all(&answers)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(mut reader: Box<dyn Read + Send>, sender: &mpsc::Sender<(Instant, Vec<u8>)>) {
    let mut buffer = vec![0; 256 * 1024];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
            return;
        }
    }
}

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        end: char,
    ) {
        match (first, end) {
            (None, 'n') if parameters == [[6].as_slice()] => {
                let (row, col) = screen.cursor_position();
                self.0.extend(format!("\x1b[{};{}R", row + 1, col + 1).bytes());
            }
            (None, 'c') => self.0.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }
}
