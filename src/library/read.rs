//! Reading the library's folder: one bad file never spoils the list.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Summary;
use super::agreed::{Agreed, Gathered};
use crate::session::{FORMAT, Session, Shown};
use crate::storage::medium::Kind;
use crate::storage::places::is_session;
use crate::storage::{Act, Failed, Medium, OpenSession, Store, kept};
use crate::text::visible;

/// The sessions in one folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Library {
    /// Those that could be read, newest first.
    pub sessions: Vec<Summary>,
    /// Those that could not, by name.
    pub unreadable: Vec<Unreadable>,
    /// What they agreed on, as it stands today, oldest due first.
    pub agreed: Vec<Agreed>,
}

/// A session file that could not be read: why, as a text without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// Whose fault it is.
    pub fault: Fault,
    /// Which file, what is wrong, and where in it. Nothing in it could act on a terminal.
    pub message: String,
}

/// What stands in the way of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The disk did not give it.
    Disk,
    /// It is larger than what is read.
    TooLarge,
    /// It holds no session that makes sense.
    Content,
    /// A newer program wrote it.
    Newer,
}

impl Unreadable {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self.fault {
            Fault::Disk => "see that it is there and that you may read it",
            Fault::TooLarge => "allow more, in MiB, as in VISAVIS_READ_LIMIT=256",
            Fault::Content => "put it right in an editor, or take an earlier version of it",
            Fault::Newer => "read it with the visavis that wrote it, or a newer one",
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Unreadable {}

impl Library {
    /// Reads every session file (`*.ron`) in the library; a folder that is not there holds none. What is open is
    /// taken as it is now, without what is hidden, whatever its file says yet.
    ///
    /// # Errors
    /// Where a folder is there and cannot be listed.
    pub fn read(store: &Store) -> Result<Self, Failed> {
        let (medium, folder) = (store.medium(), &store.places().library);
        let names = match medium.list(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            listed => listed.map_err(|cause| Failed::new(Act::List, folder, cause))?,
        };
        let mut open = open_in(store, folder)?;
        let mut library = Self::default();
        let mut gathered = Gathered::default();
        for name in names.into_iter().filter(|name| is_session(Path::new(name))) {
            let path = folder.join(&name);
            // What cannot be looked at is told by reading it.
            if medium.metadata(&path).is_ok_and(|meta| meta.kind == Kind::Folder) {
                continue;
            }
            let now = open.remove(&name);
            match (session_at(medium, &path), now) {
                (Ok(_), Some(now)) => library.take(path, &now, &mut gathered),
                (Ok(session), None) => library.take(path, &session, &mut gathered),
                (Err(unreadable), Some(now)) if unreadable.fault != Fault::Newer => {
                    library.take(path, &now, &mut gathered);
                }
                (Err(unreadable), _) => library.unreadable.push(unreadable),
            }
        }
        for (name, session) in open {
            library.take(folder.join(name), &session, &mut gathered);
        }
        library.sessions.sort_by(|one, other| (other.opened, &other.path).cmp(&(one.opened, &one.path)));
        library.agreed = gathered.standing();
        for summary in &mut library.sessions {
            let of_it = |agreed: &&Agreed| agreed.item.of.session == summary.id;
            let open =
                library.agreed.iter().filter(of_it).filter(|agreed| agreed.is_action() && agreed.is_open());
            summary.open_actions = open.count();
        }
        Ok(library)
    }

    fn take(&mut self, path: PathBuf, session: &Session, gathered: &mut Gathered) {
        gathered.take(session);
        self.sessions.push(Summary::new(path, Shown::from(session), session.id));
    }
}

/// The sessions with a journal whose files lie in this folder, or are to, by the names of the files.
fn open_in(store: &Store, folder: &Path) -> Result<BTreeMap<OsString, Session>, Failed> {
    // Where the folder has gone, what was begun in it is still in its journals.
    let folder = store.medium().canonical(folder).unwrap_or_else(|_| folder.to_path_buf());
    let open = store.open_sessions()?.into_iter().filter_map(|OpenSession { path, session }| {
        let name = path.file_name().filter(|_| path.parent() == Some(&folder))?;
        Some((name.to_owned(), Shown::from(&session).to_file()))
    });
    Ok(open.collect())
}

/// Reads one session file.
///
/// # Errors
/// Where the file cannot be read or does not hold a session that makes sense; in words.
pub fn session_at(medium: &dyn Medium, path: &Path) -> Result<Session, Unreadable> {
    let unreadable = |fault, message: &str| {
        let message = visible(message).into_owned();
        Unreadable { path: path.to_path_buf(), fault, message }
    };
    let foreign = |fault, why: &str| unreadable(fault, &format!("couldn't read {path:?}: {why}"));
    let bytes = medium.read(path, medium.largest()).map_err(|cause| {
        let failed = Failed::new(Act::Read, path, cause);
        let fault = if failed.is_too_large() { Fault::TooLarge } else { Fault::Disk };
        unreadable(fault, &failed.to_string())
    })?;
    let read = kept::load::<Session>(&bytes);
    // A newer file may well look wrong to this program, or right and mean something else: that is what to say.
    let format = match &read {
        Ok((session, _)) => Some(session.format),
        Err(_) => kept::format_of(&bytes).ok().flatten(),
    };
    if let Some(format) = format.filter(|format| *format > FORMAT) {
        let why = format!("its format is {format}, and this visavis knows up to {FORMAT}");
        return Err(foreign(Fault::Newer, &why));
    }
    let (session, _) = read.map_err(|error| foreign(Fault::Content, &error.to_string()))?;
    session.sound().map_err(|why| foreign(Fault::Content, &why))?;
    Ok(session)
}
