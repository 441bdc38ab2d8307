//! What every command is given: where things lie, how to print.
//!
//! The environment is read once, in [`Environment::of_process`]; everything after it is handed on.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::Failure;
use crate::clock::{Clock, SystemClock};
use crate::export;
use crate::storage::disk::DiskUpTo;
use crate::storage::folders::Folders;
use crate::storage::{Act, Failed, Limits, Medium, Newer, Places, Store};
use crate::text::visible;
use crate::tui::app::Looks;
use crate::tui::color::Depth;
use crate::tui::theme::{Look, Signs};

/// What the process was started with, and where.
#[derive(Clone)]
pub struct Environment {
    /// The arguments, the program's name first.
    pub args: Vec<OsString>,
    /// `VISAVIS_LIBRARY`.
    pub library: Option<OsString>,
    /// `VISAVIS_READ_LIMIT`.
    pub read_limit: Option<OsString>,
    /// The platform's folders for programs; none where there is no home folder.
    pub folders: Option<Folders>,
    /// Whether colours are wanted at all.
    pub color: bool,
    /// Whether standard output is a terminal.
    pub stdout: bool,
    /// Whether standard error is a terminal.
    pub stderr: bool,
    /// What the terminal can show.
    pub looks: Looks,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl Environment {
    /// The environment of this process.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the command line reads the environment"
    )]
    pub fn of_process() -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let var = |name: &str| std::env::var(name).ok();
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            args: std::env::args_os().collect(),
            library: std::env::var_os("VISAVIS_LIBRARY"),
            read_limit: std::env::var_os("VISAVIS_READ_LIMIT"),
            folders: Folders::of_platform(),
            color: !is_set("NO_COLOR") && !is_dumb,
            stdout: io::stdout().is_terminal(),
            stderr: io::stderr().is_terminal(),
            looks: Looks { look: Look::default(), depth: Depth::detect(var), signs: Signs::detect(var) },
            clock: Arc::new(SystemClock::start()),
        }
    }
}

/// What every command is given.
pub struct Context {
    environment: Environment,
    library: Option<PathBuf>,
}

impl Context {
    /// The context of a command; `library` is the folder that the command line names.
    #[must_use]
    pub fn new(environment: Environment, library: Option<PathBuf>) -> Self {
        Self { environment, library }
    }

    /// Where sessions and what belongs to them lie.
    ///
    /// # Errors
    /// Where there is no home folder to put them in.
    pub fn places(&self) -> Result<Places, Failure> {
        Ok(self.folders()?.places(self.named_library()))
    }

    /// The folder of saved sessions, where somebody named one.
    #[must_use]
    pub fn named_library(&self) -> Option<PathBuf> {
        self.library.clone().or_else(|| {
            self.environment.library.clone().filter(|folder| !folder.is_empty()).map(PathBuf::from)
        })
    }

    /// The folder of settings.
    ///
    /// # Errors
    /// Where there is no home folder to put it in.
    pub fn settings(&self) -> Result<&Path, Failure> {
        Ok(&self.folders()?.config)
    }

    /// The person's own folder.
    ///
    /// # Errors
    /// Where there is none.
    pub fn home(&self) -> Result<&Path, Failure> {
        Ok(&self.folders()?.home)
    }

    fn folders(&self) -> Result<&Folders, Failure> {
        self.environment.folders.as_ref().ok_or_else(|| {
            Failure::could_not("couldn't find your home folder").help("set HOME to a folder of yours")
        })
    }

    /// Where sessions are kept.
    ///
    /// # Errors
    /// As [`Context::places`].
    pub fn store(&self) -> Result<Store, Failure> {
        Ok(Store::new(self.medium()?, self.places()?))
    }

    /// The disk, with the largest file that is read from it.
    ///
    /// # Errors
    /// Where `VISAVIS_READ_LIMIT` is no number of MiB.
    pub(super) fn medium(&self) -> Result<Arc<dyn Medium>, Failure> {
        Ok(Arc::new(DiskUpTo(self.limits()?)))
    }

    /// How large the files are that are read.
    ///
    /// # Errors
    /// Where `VISAVIS_READ_LIMIT` is no number of MiB.
    pub(super) fn limits(&self) -> Result<Limits, Failure> {
        let Some(named) = self.environment.read_limit.as_ref().filter(|limit| !limit.is_empty()) else {
            return Ok(Limits::default());
        };
        let mebibytes = named.to_str().and_then(|text| text.parse::<u32>().ok()).filter(|number| *number > 0);
        mebibytes.map(Limits::of_mebibytes).ok_or_else(|| {
            Failure::usage(format!("VISAVIS_READ_LIMIT is {named:?}, and a number of MiB is expected"))
                .help("write it like VISAVIS_READ_LIMIT=256")
        })
    }

    /// Whether there is a screen to draw on.
    #[must_use]
    pub const fn has_screen(&self) -> bool {
        self.environment.stdout
    }

    /// What the terminal can show.
    #[must_use]
    pub const fn looks(&self) -> Looks {
        self.environment.looks
    }

    /// What time it is.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.environment.clock)
    }

    /// Whether standard error takes colours.
    #[must_use]
    pub const fn color_errors(&self) -> bool {
        self.environment.color && self.environment.stderr
    }

    /// Whether standard output takes colours.
    #[must_use]
    pub const fn color(&self) -> bool {
        self.environment.color && self.environment.stdout
    }

    /// Writes to standard output.
    ///
    /// # Errors
    /// [`Failure::ReaderGone`] where nobody reads any more; else why it could not be written.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|error| {
            if error.kind() == ErrorKind::BrokenPipe {
                return Failure::ReaderGone;
            }
            Failed::new(Act::Write, Path::new("standard output"), error).into()
        })
    }

    /// Writes a value to standard output as JSON.
    ///
    /// # Errors
    /// As [`Context::print`].
    pub fn print_json<T: Serialize>(&self, value: &T) -> Result<(), Failure> {
        let text = export::json::to_string(value)
            .map_err(|error| Failure::could_not(format!("couldn't write it as JSON: {error}")))?;
        self.print(&text)
    }

    /// Writes to standard error what is worth knowing and no failure.
    pub fn note(&self, text: &str) {
        // Nobody is left to be told when standard error is gone.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Tells that a session was written by a newer program, and what follows from it.
    pub(super) fn note_newer(&self, title: &str, newer: Newer) {
        self.note(&format!("“{}” {newer}. {}\n", visible(title), newer.advice()));
    }

    /// Tells how many confidential things were left out, where any were; `shows` is what the command does with
    /// such a `thing` where it is asked for them.
    pub(super) fn note_left_out(&self, count: usize, thing: &str, shows: &str) {
        match count {
            0 => {}
            1 => self.note(&format!("left out: a confidential {thing}; --confidential {shows} it too\n")),
            _ => self
                .note(&format!("left out: {count} confidential {thing}s; --confidential {shows} them too\n")),
        }
    }
}

/// How a command writes what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// To be read.
    #[default]
    Text,
    /// For other programs.
    Json,
}
