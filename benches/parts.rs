//! What the parts of visavis cost as a session grows.
//!
//! `cargo bench --bench parts -- [part of a name]`

#![expect(clippy::expect_used, reason = "this is no part of the program: it may fail loudly")]

#[path = "parts/draw.rs"]
mod draw;
#[path = "parts/keys.rs"]
mod keys;
#[path = "parts/meeting.rs"]
mod meeting;
#[path = "parts/sample.rs"]
mod sample;
#[path = "parts/script.rs"]
mod script;
#[path = "parts/session.rs"]
mod session;
#[path = "parts/storage.rs"]
mod storage;

fn main() {
    divan::main();
}
