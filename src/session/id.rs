//! Identities: random numbers made at the edge, written as twelve letters and digits.
//!
//! Owns: their form, and how a command's one random number yields ids for all that it makes.
//! Never: draws a random number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Crockford's base 32 in lower case: no `i`, `l`, `o`, `u`, so that an id survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 12;
const MASK: u64 = (1 << (5 * LENGTH)) - 1;

/// An identity of 60 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u64);

impl Id {
    /// An id from a random number; only the lower 60 bits count.
    #[must_use]
    pub const fn new(random: u64) -> Self {
        Self(random & MASK)
    }

    /// The n-th id that belongs to this one: as good as random, and the same whenever asked.
    ///
    /// The mixing is `SplitMix64` (Steele, Lea, Flood 2014).
    #[must_use]
    pub const fn child(self, n: u64) -> Self {
        let mut z = self.0.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self::new(z ^ (z >> 31))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = (0..LENGTH)
            .rev()
            .map(|place| char::from(ALPHABET[usize::try_from(self.0 >> (5 * place) & 31).unwrap_or(0)]))
            .collect();
        f.pad(&letters)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoId;

impl fmt::Display for NoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is twelve of the letters and digits 0-9 a-z without i, l, o, u")
    }
}

impl std::error::Error for NoId {}

impl FromStr for Id {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        if text.len() != LENGTH {
            return Err(NoId);
        }
        text.bytes()
            .try_fold(0_u64, |sum, byte| {
                let digit = ALPHABET.iter().position(|letter| *letter == byte).ok_or(NoId)?;
                Ok(sum << 5 | digit as u64)
            })
            .map(Self)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $crate::session::id::Id);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}
pub(super) use id;

id! {
    /// A session's identity.
    SessionId,
    /// A command's, and the frame's that answers it.
    FrameId,
    /// An entry's of the agenda: the same step of a script may stand in it more than once.
    StepId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back() {
        for number in [0, 1, 31, 32, MASK, 0x1234_5678_9abc_def0] {
            let id = Id::new(number);
            assert_eq!(id.to_string().len(), LENGTH);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        for text in ["", "0", "00000000000l", "0000000000000", "00000000000\u{e9}", "ABCDEFGHJKMN"] {
            assert_eq!(text.parse::<Id>(), Err(NoId), "{text}");
        }
    }

    #[test]
    fn children_differ() {
        let children: std::collections::HashSet<Id> = (0..10_000).map(|n| Id::new(7).child(n)).collect();
        assert_eq!(children.len(), 10_000);
    }
}
