//! visavis runs structured cross-learning workshops in a terminal.

pub mod cli;
pub mod clock;
pub mod export;
pub mod library;
pub mod random;
pub mod script;
pub mod session;
pub mod storage;
pub mod text;
pub mod timer;
pub mod tui;
