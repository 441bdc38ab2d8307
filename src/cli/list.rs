//! `visavis list`: the sessions of the library.

use super::{Context, Failure, Format, sessions};
use crate::export::{json, list};

/// List the saved sessions, newest first
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let library = sessions::library(context)?;
    match args.format {
        Format::Text => context.print(&list::table(&library.sessions))?,
        Format::Json => {
            let json = json::to_string(&library.sessions)
                .map_err(|error| Failure::could_not(format!("couldn't write it as JSON: {error}")))?;
            context.print(&json)?;
        }
    }
    for bad in &library.unreadable {
        context.note(&format!("left out: {bad}\n"));
    }
    Ok(())
}
