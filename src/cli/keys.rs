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
        Format::Json => {
            let json = listing::json(&map)
                .map_err(|error| Failure::could_not(format!("couldn't write it as JSON: {error}")))?;
            context.print(&format!("{json}\n"))
        }
    }
}
