//! Whole screens.

pub mod running;
