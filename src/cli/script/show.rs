//! `visavis script show`: a shipped script's text.

use super::{Context, Failure};
use crate::cli::scripts;
use crate::script::Shipped;

/// Write a shipped script to standard output
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its name, as `visavis script list` tells it
    name: String,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    match Shipped::named(&args.name) {
        Some(shipped) => context.print(shipped.text),
        None => Err(scripts::unknown(&args.name)),
    }
}
