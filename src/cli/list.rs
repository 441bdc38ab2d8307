//! `visavis list`: the sessions of the library.

use super::{Context, Failure, Format, sessions};
use crate::export::list;
use crate::library::Summary;

/// List the saved sessions, newest first
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Confidential sessions too
    #[arg(long)]
    confidential: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let library = sessions::library(context)?;
    let (listed, kept): (Vec<Summary>, Vec<Summary>) =
        library.sessions.into_iter().partition(|summary| args.confidential || !summary.confidential);
    match args.format {
        Format::Text => context.print(&list::table(&listed))?,
        Format::Json => context.print_json(&listed)?,
    }
    for bad in &library.unreadable {
        context.note(&format!("left out: {bad}\n"));
    }
    for summary in &listed {
        if let Some(newer) = summary.newer {
            context.note_newer(&summary.title, newer);
        }
    }
    context.note_left_out(kept.len(), "session", "lists");
    Ok(())
}
