//! `visavis script check`: every problem of a script with its position.

use std::path::PathBuf;

use super::{Context, Failure};
use crate::cli::{Status, mistakes, scripts, time::length};
use crate::script::read;
use crate::text::visible;

/// Check scripts: every problem with its position
///
/// Mistakes keep a script from running; warnings do not. The exit status is 3 where there is a mistake.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let mut worst = None;
    for file in &args.files {
        let Err(failure) = check(file, context) else { continue };
        if matches!(failure, Failure::ReaderGone) {
            return Err(failure);
        }
        let _ = failure.report(context);
        worst = worst.max(failure.status());
    }
    // All is told already; only the status is left.
    worst.map_or(Ok(()), |status| Err(Failure::Shown { status, text: String::new() }))
}

fn check(file: &std::path::Path, context: &Context) -> Result<(), Failure> {
    let source = scripts::file(file, context)?;
    let color = context.color_errors();
    match read(&source.text) {
        Ok(reading) => {
            if !reading.warnings.is_empty() {
                context.note(&mistakes::show(&source, &reading.warnings, 0, color));
            }
            let steps = reading.script.steps.len();
            let steps = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
            let total = length(reading.script.plan().total);
            context.print(&format!("{}: can be run, {steps}, {total}\n", visible(&source.name)))
        }
        Err(found) => Err(Failure::Shown {
            status: Status::Input,
            text: mistakes::show(&source, &found.list, found.more, color),
        }),
    }
}
