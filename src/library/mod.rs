//! Many sessions: what lies in the library's folder, and how one of them is found by what people call it.
//!
//! Owns the summary of a session, the search by name, and what became of what was agreed. Only reads; never
//! writes a file, and knows neither the screen nor the command line.

mod agreed;
mod find;
mod read;
mod summary;

pub use agreed::{Agreed, NOBODY};
pub use find::{LAST, NotFound};
pub use read::{Fault, Library, Unreadable};
pub use summary::Summary;
