//! What screens are put together from: each draws plain values, knows no session, reads no clock.

pub mod big;
pub mod compose;
pub mod footer;
pub mod header;
pub mod line_list;
pub mod list;
pub mod palette;
pub mod panel;
pub mod preview;
pub mod rail;
pub mod text;
