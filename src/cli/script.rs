//! `visavis script`: what can be run, and whether it can.

mod check;
mod list;
mod new;
mod plan;
mod show;

use super::{Context, Failure};

/// Scripts: what ships, a copy of your own, mistakes, the agenda
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    New(new::Args),
    Check(check::Args),
    Plan(plan::Args),
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    match &args.command {
        Command::List(args) => list::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::New(args) => new::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Plan(args) => plan::run(args, context),
    }
}
