//! Finding a script by its name: one that ships, or a file.

use std::path::Path;

use super::files::{self, Content};
use super::{Context, Failure, Status, mistakes};
use crate::script::{Reading, Shipped, read};
use crate::storage::Limits;

/// The text of a script and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What to call it: the shipped name, or the path as it was given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// The script that comes with the program under this name. A name with a `/` or with `.ron` is always a file.
#[must_use]
pub fn shipped(name: &str) -> Option<Shipped> {
    Shipped::named(name).filter(|_| !is_file(name))
}

fn is_file(name: &str) -> bool {
    let path = Path::new(name);
    path.components().count() > 1 || path.extension().is_some_and(|ending| ending == "ron")
}

/// Finds a script: a shipped name, or else a file.
///
/// # Errors
/// Where there is neither, or the file cannot be read.
pub fn find(name: &str, context: &Context) -> Result<Source, Failure> {
    let path = Path::new(name);
    if let Some(shipped) = shipped(name) {
        return Ok(Source { name: name.to_owned(), text: shipped.text.to_owned() });
    }
    if !is_file(name) && !files::exists(path) {
        return Err(unknown(name));
    }
    file(path, context)
}

/// That no script ships under this name.
pub(super) fn unknown(name: &str) -> Failure {
    let help = Shipped::nearest(name).map_or_else(
        || "`visavis script list` tells the names; a file's name ends with .ron".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Failure::could_not(format!("there is no script `{name}`")).help(help)
}

/// Reads a script's file.
///
/// # Errors
/// Where it cannot be read, is no text, or is larger than what a person [writes by hand](Limits::by_hand).
pub fn file(path: &Path, context: &Context) -> Result<Source, Failure> {
    let name = path.display().to_string();
    match files::read(path, context.limits()?.by_hand())? {
        Content::Text(text) => Ok(Source { name, text }),
        Content::NoText(before) => {
            let (line, column) = files::end_of(&before);
            Err(Failure::input(format!("{name}, line {line}, column {column}: this is no text in UTF-8"))
                .help("save the file as UTF-8 text"))
        }
        Content::TooLarge => {
            Err(Failure::input(format!("{name} is too large for a script")).help(Limits::HELP))
        }
    }
}

/// Reads a script that is about to be used.
///
/// # Errors
/// All mistakes in it, with the lines they stand in.
pub fn usable(source: &Source, context: &Context) -> Result<Reading, Failure> {
    read(&source.text).map_err(|found| Failure::Shown {
        status: Status::Input,
        text: mistakes::show(source, &found.list, found.more, context.color_errors()),
    })
}
