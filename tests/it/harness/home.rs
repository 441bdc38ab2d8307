//! A home folder of its own, and the fixed environment that goes with it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use visavis::storage::Places;

/// Variables that a program may need from the machine it runs on; everything else is left out.
const INHERITED: [&str; 3] = ["PATH", "SYSTEMROOT", "LLVM_PROFILE_FILE"];

/// A temporary home folder, removed with its last clone. Programs that share one see the same library.
#[derive(Clone)]
pub(crate) struct Home {
    folder: Arc<tempfile::TempDir>,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let home = Self { folder };
        std::fs::create_dir(home.work()).expect("a folder to work in");
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder a program is started in.
    pub(crate) fn work(&self) -> PathBuf {
        self.path().join("work")
    }

    /// The folder of the saved sessions, unless a program is told another.
    pub(crate) fn library(&self) -> PathBuf {
        self.path().join("data/visavis/sessions")
    }

    /// The folder of what belongs to open sessions: journals, locks.
    pub(crate) fn state(&self) -> PathBuf {
        self.path().join("state/visavis")
    }

    /// Where the program keeps what is saved, and what is open.
    pub(crate) fn places(&self) -> Places {
        Places { library: self.library(), state: self.state() }
    }

    /// The one session of the library.
    #[track_caller]
    pub(crate) fn session(&self) -> PathBuf {
        self.session_but(None)
    }

    /// The one session of the library that is not this one.
    #[track_caller]
    pub(crate) fn session_after(&self, first: &Path) -> PathBuf {
        self.session_but(Some(first))
    }

    #[track_caller]
    fn session_but(&self, known: Option<&Path>) -> PathBuf {
        let mut found = sessions(&self.library());
        found.retain(|path| Some(path.as_path()) != known);
        assert_eq!(found.len(), 1, "one session and no other: {found:?}");
        found.remove(0)
    }

    /// The whole environment of a program: no `NO_COLOR`, fixed time zone and language, all folders inside.
    pub(super) fn environment(&self) -> Vec<(OsString, OsString)> {
        let fixed =
            [("TZ", "UTC"), ("LANG", "C.UTF-8"), ("TERM", "xterm-256color"), ("COLORTERM", "truecolor")];
        let folders = [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "runtime"),
            ("TMPDIR", ""),
        ];
        INHERITED
            .iter()
            .filter_map(|name| Some((OsString::from(name), std::env::var_os(name)?)))
            .chain(fixed.map(|(name, value)| (name.into(), value.into())))
            .chain(folders.map(|(name, folder)| (name.into(), self.path().join(folder).into())))
            .collect()
    }
}

/// Everything by which a file that was written differs from what it was: its number, size and time.
#[cfg(unix)]
pub(crate) type Trace = Vec<(PathBuf, u64, u64, i64)>;

#[cfg(unix)]
impl Home {
    /// What the files of the library and of open sessions look like, without reading them.
    pub(crate) fn trace(&self) -> Trace {
        use std::os::unix::fs::MetadataExt;
        let looks = |path: PathBuf| {
            let of = path.metadata().ok()?;
            Some((path, of.ino(), of.len(), of.mtime_nsec()))
        };
        [self.library(), self.state()].iter().flat_map(|folder| files(folder)).filter_map(looks).collect()
    }
}

/// The sessions in a library.
pub(crate) fn sessions(library: &Path) -> Vec<PathBuf> {
    let mut found = files(library);
    found.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
    found
}

/// The files in a folder and in those inside it, but no pipes; none where there is no such folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}
