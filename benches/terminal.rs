//! What visavis costs, measured from outside through a pseudo-terminal, beside other programs in the same run.
//!
//! `cargo bench --bench terminal -- [--peer COMMAND [--key KEYS]]... [--size 120x40] [--starts 20] [--idle 20]`
//!
//! See `benches/README.md` for what each figure means.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "this is no part of the program: it looks at the clock and the process table, and may fail loudly"
)]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/harness/home.rs"]
mod home;
#[path = "../tests/it/harness/keys.rs"]
#[expect(dead_code, reason = "here every key is sent alone, and answered, before the next")]
mod keys;
#[path = "terminal/process.rs"]
mod process;
#[path = "terminal/program.rs"]
mod program;

use program::{Program, Size};
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const USAGE: &str =
    "options: [--peer COMMAND [--key KEYS]]... [--size COLSxROWS] [--starts N] [--idle SECONDS]";
/// A program's own settling: what it does soon after its first frame is part of the start.
const SETTLE: Duration = Duration::from_secs(2);
const PRESSES: usize = 200;

/// A program and what to do with it.
struct Subject {
    name: String,
    command: Vec<String>,
    /// Pressed after the first frame, one after the other, to come to what is measured.
    before: &'static str,
    /// Measures a window with a countdown running, and then presses these keys to stop it.
    countdown: Option<&'static str>,
    /// Pressed in turn to measure how soon they are answered.
    keys: String,
}

struct Options {
    subjects: Vec<Subject>,
    size: Size,
    starts: usize,
    idle: Duration,
}

/// The figures of one program.
#[derive(Default)]
struct Figures {
    first_bytes: Vec<f64>,
    first_frames: Vec<f64>,
    peak_memory: Option<u64>,
    countdown: Option<Window>,
    idle: Option<Window>,
    answers: Vec<f64>,
}

/// What a program did in a time without input.
struct Window {
    bytes: usize,
    cost: Option<process::Cost>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let result = options(&arguments).and_then(|options| measure(&options));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &[String]) -> Result<Options, Box<dyn Error>> {
    let visavis = |name: &str, args: &[&str], before, countdown, keys: &str| Subject {
        name: name.into(),
        command: std::iter::once(env!("CARGO_BIN_EXE_visavis"))
            .chain(args.iter().copied())
            .map(Into::into)
            .collect(),
        before,
        countdown,
        keys: keys.into(),
    };
    let mut options = Options {
        subjects: vec![
            visavis("visavis", &[], "", None, ""),
            visavis("visavis run taste", &["run", "taste"], "Enter", Some("C-t"), "a Backspace"),
        ],
        size: size("120x40")?,
        starts: 20,
        idle: Duration::from_secs(20),
    };
    let mut arguments = arguments.iter();
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match option.as_str() {
            "--peer" => {
                let command = value.split_whitespace().map(str::to_owned).collect();
                let (before, keys) = ("", String::new());
                options.subjects.push(Subject {
                    name: value.clone(),
                    command,
                    before,
                    countdown: None,
                    keys,
                });
            }
            "--key" => options.subjects.last_mut().ok_or(USAGE)?.keys.clone_from(value),
            "--size" => options.size = size(value)?,
            "--starts" => options.starts = value.parse()?,
            "--idle" => options.idle = Duration::from_secs(value.parse()?),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(options)
}

fn size(text: &str) -> Result<Size, Box<dyn Error>> {
    let (cols, rows) = text.split_once('x').ok_or(USAGE)?;
    Ok(Size { cols: cols.parse()?, rows: rows.parse()? })
}

fn measure(options: &Options) -> Result<(), Box<dyn Error>> {
    let mut figures: Vec<Figures> = options.subjects.iter().map(|_| Figures::default()).collect();
    // In turn, so that what disturbs the machine disturbs all of them.
    for _ in 0..options.starts {
        for (subject, figures) in options.subjects.iter().zip(&mut figures) {
            start(subject, options.size, figures)?;
        }
    }
    for (subject, figures) in options.subjects.iter().zip(&mut figures) {
        run(subject, options, figures)?;
    }
    report(options, &figures);
    Ok(())
}

fn start(subject: &Subject, size: Size, figures: &mut Figures) -> Result<Program, Box<dyn Error>> {
    let (program, started) = Program::start(&subject.command, size)
        .map_err(|error| format!("{} could not be measured: {error}", subject.name))?;
    figures.first_bytes.push(milliseconds(started.first_byte));
    figures.first_frames.push(milliseconds(started.first_frame));
    Ok(program)
}

fn run(subject: &Subject, options: &Options, figures: &mut Figures) -> Result<(), Box<dyn Error>> {
    let mut program = start(subject, options.size, figures)?;
    press(&mut program, subject.before)?;
    program.drain(SETTLE);
    if let Some(stop) = subject.countdown {
        figures.countdown = Some(window(&mut program, options.idle));
        press(&mut program, stop)?;
        program.drain(SETTLE);
    }
    figures.idle = Some(window(&mut program, options.idle));
    let keys = keys::parse(&subject.keys)?;
    for key in keys.iter().cycle().take(if keys.is_empty() { 0 } else { PRESSES }) {
        program.settle();
        figures.answers.extend(program.press(&key.bytes)?.map(milliseconds));
    }
    figures.peak_memory = process::peak_memory(program.pid());
    Ok(())
}

fn press(program: &mut Program, keys: &str) -> Result<(), Box<dyn Error>> {
    for key in keys::parse(keys)? {
        program.press(&key.bytes)?;
        program.settle();
    }
    Ok(())
}

/// Only looks, for so long; a clock that shows minutes does not move meanwhile.
fn window(program: &mut Program, length: Duration) -> Window {
    let minute = Duration::from_secs(60);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let left = minute - Duration::from_millis(u64::from(now.subsec_millis()) + 1000 * (now.as_secs() % 60));
    if left < length + Duration::from_secs(1) && length < minute {
        program.drain(left + Duration::from_secs(1));
    }
    let before = process::cost(program.pid());
    let bytes = program.drain(length);
    let after = process::cost(program.pid());
    Window { bytes, cost: after.zip(before).map(|(after, before)| after.since(before)) }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The smallest value that this part of all values does not exceed.
fn percentile(values: &[f64], part: f64) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let index = ((sorted.len().saturating_sub(1)) as f64 * part).round() as usize;
    sorted.get(index).map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

fn report(options: &Options, figures: &[Figures]) {
    let Size { cols, rows } = options.size;
    let idle = options.idle.as_secs();
    println!("{cols}x{rows}, {} starts, windows of {idle} s, {PRESSES} keys\n", options.starts);
    println!(
        "| program | first byte, ms | first frame, ms: median, p95 | peak memory, kB \
         | still: bytes, wake-ups, ticks | countdown: bytes, wake-ups, ticks | key, ms: median, p95 |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (subject, figures) in options.subjects.iter().zip(figures) {
        let window = |window: &Option<Window>| window.as_ref().map_or_else(|| "–".to_owned(), Window::text);
        println!(
            "| {} | {} | {}, {} | {} | {} | {} | {}, {} |",
            subject.name,
            percentile(&figures.first_bytes, 0.5),
            percentile(&figures.first_frames, 0.5),
            percentile(&figures.first_frames, 0.95),
            figures.peak_memory.map_or_else(|| "–".to_owned(), |memory| memory.to_string()),
            window(&figures.idle),
            window(&figures.countdown),
            percentile(&figures.answers, 0.5),
            percentile(&figures.answers, 0.95),
        );
    }
}

impl Window {
    fn text(&self) -> String {
        match self.cost {
            Some(cost) => format!("{}, {}, {}", self.bytes, cost.wake_ups, cost.ticks),
            None => format!("{}, –, –", self.bytes),
        }
    }
}
