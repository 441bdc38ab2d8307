//! visavis runs structured cross-learning workshops in a terminal.
//!
//! A session is a log of facts: a key names an action, an action asks for a change as a command, [`session`]
//! decides it into events or refuses it in words, the events are applied, kept by [`storage`] on a thread of
//! its own, and drawn by [`tui`].
//!
//! | module | owns | may use, besides crates |
//! |---|---|---|
//! | [`timer`] | moments and countdowns, as values | nothing |
//! | [`text`] | what a text must look like before it is sent anywhere | nothing |
//! | [`clock`], [`random`] | the edges that ask the system for the time and for chance | nothing |
//! | [`mistake`] | mistakes of the program itself: how a panic is told, threads that tell theirs | `text` |
//! | [`script`] | what a session is going to do: model, reading, checking, plan | nothing |
//! | [`session`] | what happens: people, notes, mirrors, decisions; commands, events, the log | `script`, `timer` |
//! | [`storage`] | the disk: journal, session files, recovery, locks, what other programs hand in | `session`, `script`, `timer`, `mistake` |
//! | [`library`] | many sessions: listing and finding them, what became of what they agreed | `storage`, `session`, `script`, `timer`, `text` |
//! | [`export`] | minutes, JSON and lists: values in, text out | types of `session` and `library`, `text` |
//! | [`tui`] | the screen: actions and keys, model, views, loop | all but `cli`; its views only `Shown` and plain values |
//! | [`cli`] | the command line: one file a command | all |
//!
//! `tests/it/architecture.rs` reads every path in the source against this table in its exact form, and
//! `clippy.toml` keeps clock, files, environment and chance at their edges.

pub mod cli;
pub mod clock;
pub mod export;
pub mod library;
pub mod mistake;
pub mod random;
pub mod script;
pub mod session;
pub mod storage;
pub mod text;
pub mod timer;
pub mod tui;
