//! What a person does at the keyboard: keys and pastes, read from the terminal on a thread of its own.
//!
//! Owns reading and nothing else: what a key means is the keymap's. The bytes are decoded here rather than by
//! crossterm, whose reader spins when the terminal goes away and stalls on bursts longer than its buffer.

pub mod decoder;
#[cfg(unix)]
pub mod reader;
#[cfg(unix)]
mod unmarked;

use super::key::Key;

/// Something a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text; line ends are line feeds.
    Paste {
        /// The text as it is, control characters and all.
        text: String,
        /// Whether it was cut because it was longer than [`decoder::LONGEST_PASTE`].
        cut: bool,
    },
}
