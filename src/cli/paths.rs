//! `visavis paths`: where everything lies.

use serde::Serialize;

use super::{Context, Failure, Format};
use crate::text::visible;

/// Tell where sessions, journals and settings lie
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Rows {
    library: String,
    state: String,
    config: String,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let places = context.places()?;
    let [library, state, config] =
        [&*places.library, &*places.state, context.settings()?].map(|path| path.display().to_string());
    match args.format {
        Format::Text => {
            let rows = [("library", library), ("state", state), ("config", config)];
            context.print(&rows.map(|(name, path)| format!("{name:<8} {}\n", visible(&path))).concat())
        }
        Format::Json => context.print_json(&Rows { library, state, config }),
    }
}
