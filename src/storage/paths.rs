//! Where the library, the journals and the settings lie.
//!
//! Owns the rule; reads the platform's folders in one place and makes none of them.

use std::path::PathBuf;

use super::places::Places;

/// The platform's folders for this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// For what belongs to the person, and may be synced.
    pub data: PathBuf,
    /// For what belongs to this machine.
    pub state: PathBuf,
    /// For settings.
    pub config: PathBuf,
}

impl Folders {
    /// The folders of this platform; none where there is no home folder.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the platform's folders are asked for")]
    pub fn of_platform() -> Option<Self> {
        let dirs = directories::ProjectDirs::from("", "", "visavis")?;
        Some(Self {
            data: dirs.data_dir().to_owned(),
            // Where the platform has none for it, a folder of its own beside the data.
            state: dirs
                .state_dir()
                .map_or_else(|| dirs.data_local_dir().join("state"), std::path::Path::to_owned),
            config: dirs.config_dir().to_owned(),
        })
    }
}

/// Where everything lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The folder of saved sessions.
    pub library: PathBuf,
    /// The folder of journals, locks and inboxes: never in a synced folder.
    pub state: PathBuf,
    /// The folder of settings.
    pub config: PathBuf,
}

impl Paths {
    /// The paths in these folders, with the library where somebody named one.
    #[must_use]
    pub fn new(folders: &Folders, library: Option<PathBuf>) -> Self {
        Self {
            library: library.unwrap_or_else(|| folders.data.join("sessions")),
            state: folders.state.clone(),
            config: folders.config.clone(),
        }
    }

    /// The places where sessions are kept.
    #[must_use]
    pub fn places(&self) -> Places {
        Places { library: self.library.clone(), state: self.state.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_library_moves_nothing_else() {
        let folders = Folders { data: "/d".into(), state: "/s".into(), config: "/c".into() };
        let usual = Paths::new(&folders, None);
        assert_eq!(usual.library, PathBuf::from("/d/sessions"));
        let named = Paths::new(&folders, Some("/mine".into()));
        assert_eq!(named, Paths { library: "/mine".into(), ..usual });
    }
}
