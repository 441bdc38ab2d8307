//! Runs a program that prints and leaves.

use super::{Home, deadline, send_signal, starting};
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The program under test with these arguments, to be run without a terminal.
pub(crate) fn visavis(args: &[&str]) -> Run {
    Run::new(env!("CARGO_BIN_EXE_visavis"), args)
}

/// The same with no more than so many bytes of addresses, where the system has `prlimit`.
pub(crate) fn visavis_within(addresses: usize, args: &[&str]) -> Run {
    visavis_limited(&format!("--as={addresses}"), args)
}

/// The same with a limit as `prlimit` takes it.
pub(crate) fn visavis_limited(limit: &str, args: &[&str]) -> Run {
    Run::new("prlimit", &[&[limit, env!("CARGO_BIN_EXE_visavis")], args].concat())
}

/// Whether what a program may take can be limited here; printed where it can't.
pub(crate) fn has_prlimit() -> bool {
    let found = Command::new("prlimit").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        println!("skipped: there is no prlimit here");
    }
    found
}

/// A command being prepared.
pub(crate) struct Run {
    program: OsString,
    args: Vec<OsString>,
    stdin: Vec<u8>,
    env: Vec<(OsString, OsString)>,
    home: Option<Home>,
    deadline: Duration,
}

/// What came of it. `status` is `None` when a signal ended it.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(super) fn new(program: &str, args: &[&str]) -> Self {
        Self {
            program: program.into(),
            args: args.iter().map(OsString::from).collect(),
            stdin: Vec::new(),
            env: Vec::new(),
            home: None,
            deadline: deadline(),
        }
    }

    /// What standard input holds; empty otherwise.
    pub(crate) fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = text.into();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
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

    /// How long it may run.
    pub(super) fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Runs it to its end; fails the test if it has none.
    #[track_caller]
    pub(crate) fn run(self) -> Output {
        let home = self.home.unwrap_or_else(Home::new);
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(home.work()).env_clear().envs(home.environment()).envs(self.env);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = {
            let _one = starting();
            command.spawn().expect("the program starts")
        };
        let pid = child.id();
        let mut input = child.stdin.take().expect("standard input is a pipe");
        let stdin = self.stdin;
        // A program may leave without reading all of it: that is not this thread's failure.
        std::thread::spawn(move || input.write_all(&stdin));
        let (done, result) = mpsc::channel();
        std::thread::spawn(move || done.send(child.wait_with_output()));
        let Ok(output) = result.recv_timeout(self.deadline) else {
            send_signal(pid, "KILL");
            panic!("{:?} {:?} was still running after {:?}", self.program, self.args, self.deadline);
        };
        let output = output.expect("the program's output can be read");
        Output {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}
