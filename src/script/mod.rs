//! What a session is going to do: the model, reading it with positions, checking it, its plan in time.
//!
//! Owns: everything about a script file. Never: touches files, asks the time, knows a session or a
//! terminal.

pub mod model;
mod shape;
pub mod span;

pub use model::*;
pub use span::Span;
