//! `visavis keys`: every action with its keys.

use super::{Context, Failure, Format, keymap};
use crate::tui::listing;

/// List every action with its keys
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let map = keymap::of_settings(context)?;
    match args.format {
        Format::Text => context.print(&listing::text(&map)),
        Format::Json => context.print_json(&listing::rows(&map)),
    }
}
