//! The platform's folders, and which of them holds what.
//!
//! Asks the platform in one place, and makes none of the folders.

use std::path::PathBuf;

use super::places::Places;

/// The platform's folders for this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The person's own, for which `~` stands.
    pub home: PathBuf,
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
            home: directories::BaseDirs::new()?.home_dir().to_owned(),
            data: dirs.data_dir().to_owned(),
            // Where the platform has none for it, a folder of its own beside the data.
            state: dirs
                .state_dir()
                .map_or_else(|| dirs.data_local_dir().join("state"), std::path::Path::to_owned),
            config: dirs.config_dir().to_owned(),
        })
    }

    /// Where sessions and what belongs to them lie; `library` where somebody named one.
    #[must_use]
    pub fn places(&self, library: Option<PathBuf>) -> Places {
        let library = library.unwrap_or_else(|| self.data.join("sessions"));
        Places { library, state: self.state.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_library_moves_nothing_else() {
        let folders =
            Folders { home: "/h".into(), data: "/d".into(), state: "/s".into(), config: "/c".into() };
        let usual = folders.places(None);
        assert_eq!(usual, Places { library: "/d/sessions".into(), state: "/s".into() });
        assert_eq!(folders.places(Some("/mine".into())), Places { library: "/mine".into(), ..usual });
    }
}
