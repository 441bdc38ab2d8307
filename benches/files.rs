//! What reading costs: time and memory for big files of every kind, well-formed and forged.
//!
//! `cargo bench --bench files -- [--sizes 1,4,16,64] [--forged 8] [--only PART OF A NAME]`, sizes in MiB
//!
//! See `benches/README.md` for what each figure means.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "this is no part of the program: it looks at files and processes, and may fail loudly"
)]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/hostile_files/bulk.rs"]
mod bulk;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/harness/home.rs"]
mod home;

use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use bulk::{Bulk, BulkJournal};
use home::Home;
use nix::sys::resource::{UsageWho, getrusage};
use visavis::storage::Disk;
use visavis::storage::medium::create_folders;

const USAGE: &str = "options: [--sizes MIB,MIB…] [--forged MIB] [--only PART OF A NAME]";

/// What this program does when it is started once more: it runs a command and tells what that took.
const MEASURE: &str = "--measure";

struct Options {
    sizes: Vec<usize>,
    forged: usize,
    only: String,
}

/// What reading a file took: processor time in seconds, memory in MiB, and how the program left.
struct Cost {
    seconds: f64,
    peak: f64,
    status: String,
}

/// A file of a kind, and the command that reads it.
struct Subject {
    name: String,
    file: Content,
    args: &'static [&'static str],
    place: &'static str,
}

enum Content {
    Text(Bulk),
    Journal(BulkJournal),
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let result = match arguments.split_first() {
        Some((first, command)) if first == MEASURE => measured(command),
        Some(_) | None => options(&arguments).and_then(|options| measure(&options)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &[String]) -> Result<Options, Box<dyn Error>> {
    let mut options = Options { sizes: vec![1, 4, 16, 64], forged: 8, only: String::new() };
    for pair in arguments.chunks(2) {
        let [option, value] = pair else { return Err(USAGE.into()) };
        match option.as_str() {
            "--sizes" => options.sizes = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--forged" => options.forged = value.parse()?,
            "--only" => options.only.clone_from(value),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(options)
}

fn text(place: &'static str, args: &'static [&'static str]) -> impl Fn(Bulk) -> Subject {
    move |bulk| Subject { name: bulk.name.clone(), file: Content::Text(bulk), args, place }
}

fn journal(bulk: BulkJournal) -> Subject {
    let name = bulk.name.clone();
    Subject {
        name,
        file: Content::Journal(bulk),
        args: &["list"],
        place: "state/visavis/journals/bulk.journal",
    }
}

/// How each kind is made into a subject: where it lies, and what reads it.
fn measure(options: &Options) -> Result<(), Box<dyn Error>> {
    let session = text("work/bulk.ron", &["show", "./bulk.ron"]);
    let script = text("work/bulk.ron", &["script", "check", "./bulk.ron"]);
    let keys = text("config/visavis/keys.ron", &["keys"]);
    let big = [session(bulk::big_session()), script(bulk::big_script()), journal(bulk::big_journal())];
    let spaces = bulk::forged_keys().into_iter().filter(|bulk| bulk.name.contains("space")).map(&keys);
    let big: Vec<Subject> = big.into_iter().chain(spaces).collect();
    let forged: Vec<Subject> = (bulk::forged_sessions().into_iter().map(session))
        .chain(bulk::forged_scripts().into_iter().map(script))
        .chain(bulk::forged_keys().into_iter().map(keys))
        .chain(bulk::forged_journals().into_iter().map(journal))
        .collect();

    println!("| file | MiB | s per MiB | peak, MiB | peak over the base, as a multiple of the file | exit |");
    println!("|---|---|---|---|---|---|");
    for subject in big.iter().filter(|subject| subject.name.contains(&options.only)) {
        let base = subject.cost(0)?.peak;
        for size in &options.sizes {
            row(&subject.name, *size, base, &subject.cost(*size << 20)?);
        }
    }
    let forged: Vec<&Subject> =
        forged.iter().filter(|subject| subject.name.contains(&options.only)).collect();
    let mut costs = Vec::new();
    for subject in &forged {
        let base = subject.cost(0)?.peak;
        costs.push((subject, base, subject.cost(options.forged << 20)?));
    }
    costs.sort_by(|(_, one_base, one), (_, other_base, other)| {
        (other.peak - other_base).total_cmp(&(one.peak - one_base))
    });
    println!("\n{} forgeries; those that take most:\n", costs.len());
    for (subject, base, cost) in costs.iter().take(12) {
        row(&subject.name, options.forged, *base, cost);
    }
    Ok(())
}

fn row(name: &str, mebibytes: usize, base: f64, cost: &Cost) {
    let size = f64::from(u32::try_from(mebibytes).unwrap_or(u32::MAX));
    let Cost { seconds, peak, status } = cost;
    println!(
        "| {name} | {mebibytes} | {:.3} | {peak:.0} | {:.1} | {status} |",
        seconds / size,
        (peak - base) / size
    );
}

impl Subject {
    /// What reading about so many bytes of it costs, in a fresh home folder.
    fn cost(&self, size: usize) -> Result<Cost, Box<dyn Error>> {
        let home = Home::new();
        let path: PathBuf = home.path().join(self.place);
        let folder = path.parent().ok_or("a folder")?;
        match &self.file {
            Content::Text(bulk) => {
                fs::create_dir_all(folder)?;
                let mut file = BufWriter::new(File::create(&path)?);
                bulk.write(size, &mut file)?;
                file.flush()?;
            }
            Content::Journal(bulk) => {
                create_folders(&Disk, folder)?;
                bulk.put(size, &Disk, &path);
            }
        }
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(MEASURE).arg(env!("CARGO_BIN_EXE_visavis")).args(self.args);
        command.current_dir(home.work()).env_clear().envs(home.environment());
        // Every kind may be as large as is asked for.
        let output = command.env("VISAVIS_READ_LIMIT", "512").output()?;
        let told = String::from_utf8(output.stdout)?;
        let mut words = told.split_whitespace();
        let mut number = || words.next().unwrap_or_default().parse::<f64>();
        Ok(Cost { seconds: number()?, peak: number()? / 1024.0, status: words.collect::<Vec<_>>().join(" ") })
    }
}

/// Runs a command and prints its processor time, its peak memory in kB, and how it left. A process of its own does
/// this, since what a program is measured by includes what its parent had in memory when it was started.
fn measured(command: &[String]) -> Result<(), Box<dyn Error>> {
    let (program, args) = command.split_first().ok_or(USAGE)?;
    let status = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = [used.user_time(), used.system_time()].map(|time| {
        let micros = u32::try_from(time.tv_usec()).expect("less than a second");
        f64::from(u32::try_from(time.tv_sec()).expect("a few")) + f64::from(micros) / 1e6
    });
    println!("{} {} {status}", seconds[0] + seconds[1], used.max_rss());
    Ok(())
}
