//! A person's own keys, from the settings.

use std::fmt::Write as _;

use super::failure::Status;
use super::{Context, Failure};
use crate::storage::{Act, Disk, Failed, Medium};
use crate::tui::keymap::Keymap;

/// The name of the file of keys in the folder of settings.
pub(super) const FILE: &str = "keys.ron";

/// The largest file of keys that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The program's keys with those that the file of keys replaces; where there is none, the program's.
pub(super) fn of_settings(context: &Context) -> Result<Keymap, Failure> {
    let path = context.settings()?.join(FILE);
    let bytes = match Disk.read(&path, LIMIT).map_err(|cause| Failed::new(Act::Read, &path, cause)) {
        Ok(bytes) => bytes,
        Err(failed) if failed.is_not_found() => return Ok(Keymap::default()),
        Err(failed) => return Err(Failure::could_not(failed.to_string())),
    };
    let Ok(text) = str::from_utf8(&bytes) else {
        return Err(Failure::input(format!("{path:?} is no UTF-8 text")).help("save it as UTF-8"));
    };
    Keymap::with_overrides(text).map_err(|problems| {
        let mut text = String::new();
        for problem in problems {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "error: {path:?}: {}", crate::text::visible(&problem.to_string()));
        }
        Failure::Shown { status: Status::Input, text }
    })
}
