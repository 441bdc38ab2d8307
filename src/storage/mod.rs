//! How a session comes onto the disk and back, whatever happens in between.
//!
//! Owns every file: the medium under it, the journal, safe replacing, locks, the inbox, and keeping
//! what a newer program wrote. Never knows a screen or the command line.

pub mod disk;
pub mod failed;
pub mod inbox;
pub mod journal;
pub mod kept;
pub mod lock;
pub mod medium;
pub mod paths;
pub mod replace;
pub mod sim;

pub use disk::Disk;
pub use failed::{Act, Failed};
pub use medium::Medium;
