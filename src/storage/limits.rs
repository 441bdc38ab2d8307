//! How large the files are that are read, found out before they are.
//!
//! Owns every such limit, and the words that say how to allow more.

/// The largest session file that is read unless somebody asks for more: 64 MiB.
pub const READ_LIMIT: u64 = 64 << 20;

/// What is read of a file, in bytes. One number of a person's ([`Limits::of_mebibytes`]) changes all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits(Option<u64>);

impl Limits {
    /// What can be done where a file is larger, as a sentence.
    pub const ADVICE: &str = "Allow more, in MiB, as in VISAVIS_READ_LIMIT=256.";
    /// The same after `help:`.
    pub const HELP: &str = "allow more, in MiB, as in VISAVIS_READ_LIMIT=256";

    /// What somebody allows for every file, in MiB.
    #[must_use]
    pub fn of_mebibytes(number: u32) -> Self {
        Self(Some(u64::from(number) << 20))
    }

    /// The largest session file, and the largest that is written: 64 MiB unless said otherwise.
    #[must_use]
    pub const fn session(self) -> u64 {
        match self.0 {
            Some(named) => named,
            None => READ_LIMIT,
        }
    }

    /// The largest journal, and the largest that is written: 256 MiB, or four times what somebody allows where that
    /// is more. Never less, since a journal holds what is nowhere else yet.
    #[must_use]
    pub const fn journal(self) -> u64 {
        let usual = 4 * READ_LIMIT;
        let named = self.session().saturating_mul(4);
        if named > usual { named } else { usual }
    }

    /// The largest file that a person writes by hand (a script, the keys) or that is a convenience: 1 MiB unless
    /// said otherwise.
    #[must_use]
    pub const fn by_hand(self) -> u64 {
        match self.0 {
            Some(named) => named,
            None => 1 << 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_changes_all_and_no_journal_becomes_unreadable() {
        let all =
            |limits: Limits| [limits.session(), limits.journal(), limits.by_hand()].map(|limit| limit >> 20);
        assert_eq!(all(Limits::default()), [64, 256, 1]);
        assert_eq!(all(Limits::of_mebibytes(1)), [1, 256, 1]);
        assert_eq!(all(Limits::of_mebibytes(200)), [200, 800, 200]);
        assert_eq!(all(Limits::of_mebibytes(u32::MAX)), [4_294_967_295, 17_179_869_180, 4_294_967_295]);
    }
}
