//! What screens are put together from: each draws plain values, knows no session, reads no clock.

pub mod big;
pub mod text;
