//! Where random numbers come from: the only place that asks the system for them.
//!
//! They name things (notes, people, commands); nothing secret is made of them.

#![expect(clippy::disallowed_methods, reason = "the one place that asks the system for random numbers")]

use std::io;

/// A source of numbers that no two programs and no two calls share.
pub trait Random: Send {
    /// The next number.
    fn u64(&mut self) -> u64;
}

/// Numbers from a start that the system chose at random.
///
/// Within one run no number comes twice; between runs and machines the start keeps them apart.
#[derive(Debug)]
pub struct SystemRandom(SeededRandom);

impl SystemRandom {
    /// A source for one run of the program.
    ///
    /// # Errors
    /// Where the system has no random numbers to give.
    pub fn start() -> io::Result<Self> {
        let seed = getrandom::u64().map_err(io::Error::other)?;
        Ok(Self(SeededRandom::new(seed)))
    }
}

impl Random for SystemRandom {
    fn u64(&mut self) -> u64 {
        self.0.u64()
    }
}

/// The same numbers for the same seed, for tests that can be run again.
#[derive(Debug, Clone)]
pub struct SeededRandom {
    state: u64,
}

impl SeededRandom {
    /// The numbers that belong to `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number below `bound`; 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        self.u64().checked_rem(bound).and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
    }
}

impl Random for SeededRandom {
    /// `SplitMix64`: a counter, scrambled one to one, so that nothing repeats before 2^64 calls.
    fn u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_published_numbers() {
        let mut random = SeededRandom::new(1_234_567);
        assert_eq!(random.u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn two_runs_differ() {
        let (mut one, mut other) = (SystemRandom::start().unwrap(), SystemRandom::start().unwrap());
        assert_ne!(one.u64(), other.u64());
    }

    #[test]
    fn a_bound_is_kept() {
        let mut random = SeededRandom::new(7);
        assert!((0..1000).all(|_| random.below(3) < 3));
        assert_eq!(random.below(0), 0);
    }
}
