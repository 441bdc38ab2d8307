//! The terminal: reading keys, drawing, and the loop between them.
//!
//! Views and widgets are made from plain values and draw; they never touch files, the clock or anything of
//! the domain that could change.

pub mod action;
pub mod aid;
pub mod app;
pub mod color;
pub mod dates;
pub mod describe;
pub mod effect;
pub mod input;
pub mod interruption;
pub mod key;
pub mod keymap;
pub mod line;
pub mod listing;
pub mod nav;
pub mod output;
pub mod overlay;
pub mod parking;
pub mod people;
pub mod preview;
pub mod program;
pub mod remembered;
pub mod retype;
pub mod room;
pub mod run;
pub mod runner;
pub mod screens;
#[cfg(unix)]
pub mod start;
pub mod steps;
#[cfg(unix)]
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod widgets;
