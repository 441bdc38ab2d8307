//! The command line: one file a command.
//!
//! A command has its arguments, `Args`, and `run(&Args, &Context) -> Result<(), Failure>`; it is named once in
//! `Command` and once in `run`. What it prints goes through [`Context::print`], what went wrong through
//! [`Failure`]. Nothing is decided here that belongs to a session.

mod add;
mod completions;
mod context;
mod decisions;
mod doctor;
mod failure;
mod files;
mod keymap;
mod keys;
mod list;
mod man;
mod mistakes;
mod outside;
mod paths;
#[cfg(unix)]
mod run;
mod script;
pub mod scripts;
mod sessions;
mod show;
mod time;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::mistake;

pub use context::{Context, Environment, Format};
pub use failure::{Failure, Status};

const AFTER: &str = "\
Exit status: 0 done; 1 could not; 2 the command line was wrong; 3 the input was wrong (a script, a session file).

VISAVIS_READ_LIMIT=256 allows files of 256 MiB: usually 64 for a session, 1 for a script or the keys.";

/// Cross-learning workshops in the terminal
///
/// Runs a workshop from a script, keeps the notes of every side, and saves one readable file for each session.
#[derive(Debug, Default, Parser)]
#[command(name = "visavis", version, after_help = AFTER)]
struct Cli {
    /// The folder of saved sessions [else VISAVIS_LIBRARY, else the place `visavis paths` tells]
    #[arg(long, value_name = "DIR", global = true)]
    library: Option<std::path::PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Show(show::Args),
    List(list::Args),
    Decisions(decisions::Args),
    Add(add::Args),
    Doctor(doctor::Args),
    Script(script::Args),
    Keys(keys::Args),
    Paths(paths::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The whole program: reads the arguments, does what they say, and tells how it went.
#[must_use]
pub fn main(environment: Environment) -> ExitCode {
    mistake::tell_panics();
    #[cfg(unix)]
    outlive_limits();
    // Home is most often started without anything to understand; what would understand it stays out of memory then.
    let parsed =
        if environment.args.len() > 1 { Cli::try_parse_from(&environment.args) } else { Ok(Cli::default()) };
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return failure::of_arguments(&error, &environment.args),
    };
    let context = Context::new(environment, cli.library);
    match run(cli.command.as_ref(), &context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(&context),
    }
}

/// Where a file may grow no further, the write itself says so; without this the system would end the program
/// before it can tell.
#[cfg(unix)]
fn outlive_limits() {
    let unread = std::sync::Arc::default();
    // Where it can't be heard, all is as without this.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, unread);
}

fn run(command: Option<&Command>, context: &Context) -> Result<(), Failure> {
    let Some(command) = command else { return run::home(context) };
    match command {
        Command::Run(args) => run::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::List(args) => list::run(args, context),
        Command::Decisions(args) => decisions::run(args, context),
        Command::Add(args) => add::run(args, context),
        Command::Doctor(args) => doctor::run(args, context),
        Command::Script(args) => script::run(args, context),
        Command::Keys(args) => keys::run(args, context),
        Command::Paths(args) => paths::run(args, context),
        Command::Completions(args) => completions::run(args, context),
        Command::Man(args) => man::run(args, context),
    }
}

/// The description of the command line, for completions and the manual.
fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
