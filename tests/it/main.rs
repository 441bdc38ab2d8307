//! The integration tests, all in one binary: what visavis does seen from outside, and the rules its source
//! keeps.
//!
//! Tests wait for what they want to see, never for time to pass.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests prepare files, set deadlines and fail loudly; these rules are for src/"
)]

mod add;
#[cfg(unix)]
mod anonymous;
mod architecture;
mod cli_script;
#[cfg(unix)]
mod confidential;
#[cfg(unix)]
mod continuing;
mod decisions;
mod doctor;
#[cfg(target_os = "linux")]
mod endings;
#[cfg(unix)]
mod flagship;
#[cfg(target_os = "linux")]
mod full_disk;
mod harness;
mod hostile_files;
#[cfg(unix)]
mod hostile_names;
mod keys;
#[cfg(unix)]
mod kills;
mod minutes;
#[cfg(unix)]
mod newcomer;
#[cfg(unix)]
mod pastes;
#[cfg(unix)]
mod play;
mod readme;
#[cfg(unix)]
mod real_day;
#[cfg(unix)]
mod refusals;
#[cfg(unix)]
mod rough_use;
mod samples;
#[cfg(unix)]
mod series;
#[cfg(unix)]
mod terminal_text;
mod versions;
