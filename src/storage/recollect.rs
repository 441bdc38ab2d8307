//! A small file in the state folder in which the program remembers how things were done last.
//!
//! Owns that file. It is a convenience: where it cannot be read or written, nothing is lost but that. What cannot be
//! read is told once and kept, since the next writing would take its place.

use serde::de::DeserializeOwned;

use super::failed::{Act, Failed};
use super::kept;
use super::medium::create_folders;
use super::replace::put;
use super::store::Store;

/// What was remembered last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recollection<T> {
    /// What it was; the usual where there is nothing that can be read.
    pub last: T,
    /// Why it could not be read, in words for whoever starts the program, where that was so.
    pub told: Option<String>,
}

impl Store {
    /// What was remembered last. What cannot be understood is moved aside, so that it is told once only.
    #[must_use]
    pub fn recollect<T: DeserializeOwned + Default>(&self) -> Recollection<T> {
        let (medium, path) = (self.medium(), self.places().remembered());
        let told = |why: String| Recollection { last: T::default(), told: Some(why) };
        let failed = match medium.read(&path, medium.limits().by_hand()) {
            Ok(bytes) => match kept::load(&bytes) {
                Ok((last, _)) => return Recollection { last, told: None },
                Err(place) => format!("{path:?}, {place}"),
            },
            Err(cause) => {
                let failed = Failed::new(Act::Read, &path, cause);
                if failed.is_not_found() {
                    return Recollection { last: T::default(), told: None };
                }
                if !failed.is_too_large() {
                    return told(format!("How you set up sessions last can't be told: {failed}."));
                }
                format!("{path:?}: it is too large")
            }
        };
        let aside = path.with_extension("damaged.ron");
        let kept = match medium.rename(&path, &aside) {
            Ok(()) => format!("It is kept as {aside:?}"),
            Err(_) => "It is left as it is".to_owned(),
        };
        told(format!("How you set up sessions last can't be read: {failed}. {kept}; no session is missing."))
    }

    /// Remembers a text in place of the one before, without waiting for the disk.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn remember(&self, text: &str) -> Result<(), Failed> {
        create_folders(self.medium(), &self.places().state)?;
        put(self.medium(), &self.places().remembered(), text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::storage::medium::Medium;
    use crate::storage::places::Places;
    use crate::storage::sim::SimDisk;

    fn store(disk: &SimDisk) -> Store {
        let places = Places { library: "/library".into(), state: "/state".into() };
        Store::new(Arc::new(disk.clone()), places)
    }

    #[test]
    fn what_was_remembered_last_is_what_comes_back() {
        let store = store(&SimDisk::default());
        assert_eq!(store.recollect::<String>(), Recollection::default());
        store.remember("\"one\"").unwrap();
        store.remember("\"two\"").unwrap();
        assert_eq!(store.recollect(), Recollection { last: "two".to_owned(), told: None });
    }

    #[test]
    fn what_cannot_be_read_is_told_once_and_kept() {
        let disk = SimDisk::default();
        let store = store(&disk);
        for broken in ["\"one\" [", "[[[[", "\u{fffe}", &" ".repeat(2 << 20)] {
            store.remember(broken).unwrap();
            let Recollection { last, told } = store.recollect::<String>();
            let told = told.unwrap();
            assert!(
                last.is_empty() && told.contains("/state/remembered.ron") && !told.contains("\n"),
                "{told}"
            );
            assert!(told.contains("line 1, column ") || told.contains("too large"), "{told}");
            assert!(told.contains("kept as \"/state/remembered.damaged.ron\""), "{told}");
            let kept = disk.read(Path::new("/state/remembered.damaged.ron"), 4 << 20).unwrap();
            assert!(kept == broken.as_bytes());
            assert_eq!(store.recollect::<String>(), Recollection::default(), "it is told once");
        }
    }
}
