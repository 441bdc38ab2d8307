//! `visavis show`: one session as minutes, or as JSON.

use super::{Context, Failure, Format, sessions};
use crate::export::{json, text};
use crate::session::Shown;

/// Show one session: the minutes, fit to be mailed
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its title or a part of it, its file or its id [the newest where nothing is said, or `last`]
    session: Option<String>,

    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Confidential notes too
    #[arg(long)]
    confidential: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let held = sessions::meant(context, args.session.as_deref())?;
    let whole = Shown::from(held.session());
    let left_out = if args.confidential { 0 } else { whole.confidential_notes() };
    let without = (!args.confidential).then(|| whole.without_confidential());
    let shown = without.as_deref().map_or(whole, Shown::from);
    match args.format {
        Format::Text => context.print(&text::minutes(shown))?,
        Format::Json => {
            let json = json::session(shown)
                .map_err(|error| Failure::could_not(format!("couldn't write it as JSON: {error}")))?;
            context.print(&json)?;
        }
    }
    if let Some(newer) = held.newer() {
        context.note_newer(shown.title(), newer);
    }
    context.note_left_out(left_out, "note", "shows");
    Ok(())
}
