//! A session as text for people and as JSON for programs: values in, text out.
//!
//! Takes only [`crate::session::Shown`], so that what is hidden cannot come out. Never touches a file or the
//! clock, and knows no screen.

mod csv;
pub mod decisions;
mod follow_up;
pub mod json;
pub mod list;
mod page;
mod steps;
#[cfg(test)]
mod tests;
pub mod text;
mod words;
