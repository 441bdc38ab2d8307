//! How a session comes onto the disk and back, whatever happens in between.
//!
//! Owns every file: the medium under it, the journal, safe replacing, locks, the inbox, and keeping
//! what a newer program wrote. Never knows a screen or the command line.

pub mod disk;
pub mod doctor;
pub mod failed;
pub mod folders;
pub mod follow;
pub mod held;
pub mod inbox;
pub mod journal;
pub mod keeper;
pub mod kept;
pub mod limits;
pub mod lock;
pub mod medium;
mod meter;
mod payload;
pub mod places;
#[cfg(test)]
mod proofs;
mod recollect;
mod recover;
pub mod replace;
pub mod session_file;
pub mod sim;
pub mod store;
pub mod trouble;

pub use disk::Disk;
pub use failed::{Act, Failed};
pub use held::{Held, Newer};
pub use inbox::Answer;
pub use keeper::{Keeper, Report};
pub use limits::Limits;
pub use medium::Medium;
pub use places::Places;
pub use recollect::Recollection;
pub use store::{Handed, OpenSession, Opened, Store};
pub use trouble::Trouble;
