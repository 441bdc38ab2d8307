//! Reading the library's folder: one bad file never spoils the list.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Summary;
use super::agreed::{Agreed, Gathered};
use crate::session::Shown;
use crate::storage::kept::Unknowns;
use crate::storage::medium::Kind;
use crate::storage::places::is_session;
use crate::storage::{Act, Failed, Held, Limits, OpenSession, Store, Trouble, session_file};
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
    /// A newer program wrote it, and too little of it is understood.
    Newer,
}

impl Unreadable {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self.fault {
            Fault::Disk => "see that it is there and that you may read it",
            Fault::TooLarge => Limits::HELP,
            Fault::Content => "put it right in an editor, or take an earlier version of it",
            Fault::Newer => "read it with the visavis that wrote it, or a newer one",
        }
    }
}

impl From<Trouble> for Unreadable {
    fn from(trouble: Trouble) -> Self {
        let fault = match &trouble {
            Trouble::Failed { failed, .. } if failed.is_too_large() => Fault::TooLarge,
            Trouble::Failed { .. } | Trouble::Elsewhere { .. } => Fault::Disk,
            Trouble::Unreadable { .. } | Trouble::Unsound { .. } => Fault::Content,
            Trouble::Newer { .. } => Fault::Newer,
        };
        let message = visible(&trouble.to_string()).into_owned();
        let path = match trouble {
            Trouble::Failed { failed: Failed { path, .. }, .. }
            | Trouble::Unreadable { path, .. }
            | Trouble::Unsound { path, .. }
            | Trouble::Newer { path, .. }
            | Trouble::Elsewhere { path } => path,
        };
        Self { path, fault, message }
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
            match (session_file::look(medium, &path), now) {
                (Ok(newer @ Held::Newer(_)), _) => library.take(path, &newer, &mut gathered),
                (Err(trouble @ Trouble::Newer { .. }), _) => library.unreadable.push(trouble.into()),
                (_, Some(now)) => library.take(path, &now, &mut gathered),
                (Ok(held), None) => library.take(path, &held, &mut gathered),
                (Err(trouble), None) => library.unreadable.push(trouble.into()),
            }
        }
        for (name, now) in open {
            library.take(folder.join(name), &now, &mut gathered);
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

    fn take(&mut self, path: PathBuf, held: &Held, gathered: &mut Gathered) {
        let session = held.session();
        gathered.take(session);
        let summary = Summary::new(path, Shown::from(session), session.id);
        self.sessions.push(Summary { newer: held.newer(), ..summary });
    }
}

/// The sessions with a journal whose files lie in this folder, or are to, by the names of the files.
fn open_in(store: &Store, folder: &Path) -> Result<BTreeMap<OsString, Held>, Failed> {
    // Where the folder has gone, what was begun in it is still in its journals.
    let folder = store.medium().canonical(folder).unwrap_or_else(|_| folder.to_path_buf());
    let open = store.open_sessions()?.into_iter().filter_map(|OpenSession { path, session }| {
        let name = path.file_name().filter(|_| path.parent() == Some(&folder))?;
        Some((name.to_owned(), Held::Ours(Shown::from(&session).to_file(), Unknowns::default())))
    });
    Ok(open.collect())
}
