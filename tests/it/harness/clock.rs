//! A clock that a test moves under the running program.
//!
//! The program under test is then this test binary: [`the_program`] runs visavis with a clock that is ahead of the
//! system's by as much as stands in a file.

use super::Home;
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use visavis::cli::Environment;
use visavis::clock::{Clock, SystemClock};

/// The file that says how far the clock is ahead.
const AHEAD: &str = "VISAVIS_TEST_CLOCK";
/// The arguments of the program, one a line.
const ARGS: &str = "VISAVIS_TEST_ARGS";

/// The time of the programs that are started with it: it goes on by itself, and leaps when told.
#[derive(Debug, Clone)]
pub(crate) struct TestClock {
    file: PathBuf,
}

impl TestClock {
    /// A clock that begins at this moment, so that no test depends on the day on which it runs.
    pub(crate) fn at(home: &Home, moment: &str) -> Self {
        let clock = Self { file: home.path().join("clock") };
        clock.set(moment);
        clock
    }

    /// Lets it be this moment.
    pub(crate) fn set(&self, moment: &str) {
        let moment = DateTime::parse_from_rfc3339(moment).expect("a moment");
        self.put((moment - SystemClock::start().now()).num_milliseconds());
    }

    /// Lets so much time pass at once.
    pub(crate) fn advance(&self, time: TimeDelta) {
        self.put(ahead(&self.file) + time.num_milliseconds());
    }

    /// Lets whoever next asks for the time panic.
    pub(crate) fn stop(&self) {
        std::fs::remove_file(&self.file).expect("the clock can be taken away");
    }

    /// Whoever reads the file sees the old number or the new one.
    fn put(&self, millis: i64) {
        let new = self.file.with_extension("new");
        std::fs::write(&new, millis.to_string()).expect("the clock can be written");
        std::fs::rename(&new, &self.file).expect("the clock can be put");
    }

    /// The program, arguments and variables that start visavis with `args` and this clock.
    pub(super) fn started(&self, args: &[OsString]) -> (OsString, Vec<OsString>, Vec<(OsString, OsString)>) {
        let program = std::env::current_exe().expect("this program has a place");
        let test = concat!(module_path!(), "::the_program");
        let (_, test) = test.split_once("::").expect("the name of the crate stands first");
        let how = ["--ignored", "--exact", test, "--nocapture"].map(OsString::from);
        let env = vec![(AHEAD.into(), self.file.clone().into()), (ARGS.into(), args.join(OsStr::new("\n")))];
        (program.into(), how.into(), env)
    }
}

fn ahead(file: &Path) -> i64 {
    let millis = std::fs::read_to_string(file).expect("the clock can be read");
    millis.parse().expect("milliseconds")
}

struct ShiftedClock {
    file: PathBuf,
    system: SystemClock,
}

impl ShiftedClock {
    fn shifted(&self, time: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        time + TimeDelta::milliseconds(ahead(&self.file))
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<FixedOffset> {
        self.shifted(self.system.now())
    }

    fn wall(&self) -> DateTime<FixedOffset> {
        self.shifted(self.system.wall())
    }
}

#[test]
#[ignore = "no test, but the program that tests with a clock of their own start"]
fn the_program() {
    let (Some(file), Ok(args)) = (std::env::var_os(AHEAD), std::env::var(ARGS)) else { return };
    let clock = ShiftedClock { file: file.into(), system: SystemClock::start() };
    let args = std::iter::once("visavis").chain(args.lines()).map(OsString::from).collect();
    let environment = Environment { args, clock: Arc::new(clock), ..Environment::of_process() };
    assert_eq!(visavis::cli::main(environment), ExitCode::SUCCESS);
}
