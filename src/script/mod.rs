//! What a session is going to do: the model, reading it with positions, checking it, its plan in time.
//!
//! Owns: everything about a script file. Never: touches files, asks the time, knows a session or a
//! terminal.

mod check;
mod finding;
pub mod model;
pub mod plan;
mod read;
mod shape;
mod shipped;
pub mod span;
mod spot;

pub use check::{MOST_SIDES, MOST_STEPS, check};
pub use finding::{Finding, Mistake, Place, Weight};
pub use model::*;
pub use plan::Plan;
pub use read::{Mistakes, Reading, read};
pub use shape::kinds;
pub use shipped::{Outline, Shipped, SideOutline, shipped};
pub use span::Span;
pub use spot::{byte_at, in_words, options};
