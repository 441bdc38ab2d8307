//! `visavis script list`: the scripts that ship.

use serde::Serialize;

use super::{Context, Failure};
use crate::cli::Format;
use crate::cli::scripts::{find, usable};
use crate::cli::time::length;
use crate::script::shipped;

/// List the scripts that ship
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    title: String,
    time: String,
    summary: &'static str,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for shipped in shipped() {
        let script = usable(&find(shipped.name, context)?, context)?.script;
        rows.push(Row {
            name: shipped.name,
            time: length(script.plan().total),
            title: script.title,
            summary: shipped.summary,
        });
    }
    match args.format {
        Format::Json => context.print_json(&rows),
        Format::Text => {
            let name = rows.iter().map(|row| row.name.len()).max().unwrap_or_default();
            let time = rows.iter().map(|row| row.time.len()).max().unwrap_or_default();
            let line = |row: &Row| format!("{:<name$}  {:>time$}  {}\n", row.name, row.time, row.summary);
            context.print(&rows.iter().map(line).collect::<String>())
        }
    }
}
