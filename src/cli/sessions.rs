//! Which session a command means, and reading it.

use std::path::{Path, PathBuf};

use super::{Context, Failure};
use crate::library::{Fault, Library, NotFound, Unreadable};
use crate::storage::{Disk, Held, Medium, Places, Store};

/// The sessions of the library.
pub(super) fn library(context: &Context) -> Result<Library, Failure> {
    Library::read(&context.store()?)
        .map_err(|failed| Failure::could_not(failed.to_string()).help("name another folder with --library"))
}

/// The sessions of the folder in which a session's file lies.
pub(super) fn library_of(path: &Path, context: &Context) -> Result<Library, Failure> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return library(context);
    };
    let places = Places { library: folder.to_owned(), ..context.places()? };
    Library::read(&Store::new(context.medium()?, places))
        .map_err(|failed| Failure::could_not(failed.to_string()))
}

/// The session that somebody means, as it is now and with what is hidden: by a path to its file, or as the
/// library finds it; the newest where nothing is said.
pub(super) fn meant(context: &Context, what: Option<&str>) -> Result<Held, Failure> {
    Ok(context.store()?.look(&path(context, what)?)?)
}

/// The file of the session that somebody means.
pub(super) fn path(context: &Context, what: Option<&str>) -> Result<PathBuf, Failure> {
    let what = what.unwrap_or_default();
    let path = Path::new(what);
    let is_path = path.components().count() > 1
        || path.extension().is_some_and(|ending| ending == "ron") && Disk.metadata(path).is_ok();
    if is_path {
        return Ok(path.to_owned());
    }
    let library = library(context)?;
    Ok(library.find(what).map_err(not_found)?.path.clone())
}

fn not_found(error: NotFound) -> Failure {
    match error {
        NotFound::Unreadable(error) => unreadable(&error),
        NotFound::Empty | NotFound::Nothing { .. } | NotFound::Several { .. } => {
            Failure::could_not(error.to_string()).help(error.help())
        }
    }
}

fn unreadable(error: &Unreadable) -> Failure {
    let failure = match error.fault {
        Fault::Disk => Failure::could_not(error.to_string()),
        Fault::TooLarge | Fault::Content | Fault::Newer => Failure::input(error.to_string()),
    };
    failure.help(error.help())
}
