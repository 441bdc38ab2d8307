//! A small file in the state folder in which the program remembers how things were done last.
//!
//! Owns that file. It is a convenience: where it cannot be read or written, nothing is lost but that.

use super::medium::create_folders;
use super::replace::put;
use super::store::Store;

/// More than this is not remembered, in bytes.
const LARGEST: u64 = 1024 * 1024;

impl Store {
    /// What was remembered last, as it was written; none where there is nothing that can be read.
    #[must_use]
    pub fn remembered(&self) -> Option<String> {
        let bytes = self.medium().read(&self.places().remembered(), LARGEST).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Remembers a text in place of the one before, without waiting for the disk.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn remember(&self, text: &str) -> Result<(), super::Failed> {
        create_folders(self.medium(), &self.places().state)?;
        put(self.medium(), &self.places().remembered(), text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::storage::places::Places;
    use crate::storage::sim::SimDisk;

    #[test]
    fn what_was_remembered_last_is_what_comes_back() {
        let places = Places { library: "/library".into(), state: "/state".into() };
        let store = Store::new(Arc::new(SimDisk::default()), places);
        assert_eq!(store.remembered(), None);
        store.remember("one").unwrap();
        store.remember("two").unwrap();
        assert_eq!(store.remembered().as_deref(), Some("two"));
    }
}
