//! A person's own keys, from the settings.

use std::fmt::Write as _;
use std::path::Path;

use super::failure::Status;
use super::files::{self, Content};
use super::{Context, Failure};
use crate::storage::Limits;
use crate::text::visible;
use crate::tui::keymap::{Keymap, Problem};

/// The name of the file of keys in the folder of settings.
pub(super) const FILE: &str = "keys.ron";

/// More problems than this are only counted.
const MOST_TOLD: usize = 20;

/// The program's keys with those that the file of keys replaces; where there is none, the program's.
pub(super) fn of_settings(context: &Context) -> Result<Keymap, Failure> {
    let path = context.settings()?.join(FILE);
    let text = match files::read(&path, context.limits()?.by_hand()) {
        Ok(Content::Text(text)) => text,
        Ok(Content::NoText(before)) => {
            let (line, column) = files::end_of(&before);
            return Err(Failure::input(format!(
                "{path:?}, line {line}, column {column}: this is not UTF-8 text"
            ))
            .help("save the file as UTF-8 text"));
        }
        Ok(Content::TooLarge) => {
            return Err(
                Failure::input(format!("{path:?} is too large for a file of keys")).help(Limits::HELP)
            );
        }
        Err(failed) if failed.is_not_found() => return Ok(Keymap::default()),
        Err(failed) => return Err(failed.into()),
    };
    Keymap::with_overrides(&text).map_err(|problems| wrong(&path, &problems))
}

fn wrong(path: &Path, problems: &[Problem]) -> Failure {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for problem in problems.iter().take(MOST_TOLD) {
        let _ = writeln!(text, "error: {path:?}: {}", visible(&problem.to_string()));
    }
    if let more @ 1.. = problems.len().saturating_sub(MOST_TOLD) {
        let _ = writeln!(text, "error: {path:?}: {more} more");
    }
    let _ = writeln!(text, "help: put it right in an editor; without this file the usual keys hold");
    Failure::Shown { status: Status::Input, text }
}
