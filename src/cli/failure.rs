//! Why a command did not do what it was asked: told on standard error, and as an exit status.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::Styles;

use super::Context;
use crate::session::Refusal;
use crate::storage::{Failed, Trouble};
use crate::text::visible;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// To be told after `error:`.
    Told {
        /// What it means for the exit status.
        status: Status,
        /// What happened and where, without a full stop.
        text: String,
        /// What to do.
        help: Option<String>,
    },
    /// Already in whole lines, such as mistakes in a script with the lines they stand in.
    Shown {
        /// What it means for the exit status.
        status: Status,
        /// The lines.
        text: String,
    },
    /// Whoever read standard output has gone; there is nothing to tell and nothing wrong.
    ReaderGone,
}

/// What a failure means for the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It could not be done.
    CouldNot = 1,
    /// The command line was wrong.
    Usage = 2,
    /// A script or a session file was wrong.
    Input = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

impl From<Failed> for Failure {
    fn from(failed: Failed) -> Self {
        Self::could_not(failed.to_string())
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let text = trouble.to_string();
        let failure = if trouble.is_wrong_input() { Self::input(text) } else { Self::could_not(text) };
        failure.help(clause(trouble.advice()))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::could_not(clause(&refusal.why)).help(clause(&refusal.instead))
    }
}

/// A sentence as it stands after `error:` or `help:`.
pub(super) fn clause(sentence: &str) -> String {
    let mut letters = sentence.strip_suffix('.').unwrap_or(sentence).chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

impl Failure {
    /// It could not be done.
    #[must_use]
    pub fn could_not(text: impl Into<String>) -> Self {
        Self::Told { status: Status::CouldNot, text: text.into(), help: None }
    }

    /// The command line was wrong.
    #[must_use]
    pub fn usage(text: impl Into<String>) -> Self {
        Self::Told { status: Status::Usage, text: text.into(), help: None }
    }

    /// A script or a session file was wrong.
    #[must_use]
    pub fn input(text: impl Into<String>) -> Self {
        Self::Told { status: Status::Input, text: text.into(), help: None }
    }

    /// The same with what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        match self {
            Self::Told { status, text, .. } => Self::Told { status, text, help: Some(help.into()) },
            Self::Shown { .. } | Self::ReaderGone => self,
        }
    }

    /// What it means for the exit status; none where nothing went wrong.
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        match self {
            Self::Told { status, .. } | Self::Shown { status, .. } => Some(*status),
            Self::ReaderGone => None,
        }
    }

    /// Tells it on standard error, and what to leave with.
    #[must_use]
    pub fn report(&self, context: &Context) -> ExitCode {
        context.note(&self.words(context.color_errors()));
        self.status().map_or(ExitCode::SUCCESS, ExitCode::from)
    }

    /// What is told, in whole lines; nothing where nothing went wrong.
    #[must_use]
    pub fn words(&self, color: bool) -> String {
        match self {
            Self::Told { text, help, .. } => {
                let (error, plain) = if color { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
                let help =
                    help.as_ref().map_or_else(String::new, |help| format!("help: {}\n", visible(help)));
                format!("{error}error{plain}: {}\n{help}", visible(text))
            }
            Self::Shown { text, .. } => text.clone(),
            Self::ReaderGone => String::new(),
        }
    }
}

/// Tells what clap has to say: help and version, or what is wrong with the arguments.
pub(super) fn of_arguments(error: &clap::Error, args: &[OsString]) -> ExitCode {
    // Nobody is left to be told when the stream is gone.
    let _ = if error.use_stderr() {
        // It repeats the arguments, which may hold anything. Without styles of its own nothing in it is meant
        // to act, so that all of it can be made visible.
        let plain = super::command().styles(Styles::plain()).try_get_matches_from(args).err();
        let text = plain.as_ref().unwrap_or(error).render().ansi().to_string();
        let lines = text.lines().map(|line| format!("{}\n", visible(line)));
        io::stderr().lock().write_all(lines.collect::<String>().as_bytes())
    } else {
        error.print()
    };
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}
