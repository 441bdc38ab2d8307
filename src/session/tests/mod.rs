//! What a session does, by theme.

mod carried;
mod cluster;
mod confidential;
mod content;
mod course;
mod interruption;
mod known;
mod presence;
mod schedule;
mod secrecy;
mod series;
mod silence;
mod sound;
mod storm;
mod talk;
mod undo;
mod vote;
mod walk;

use self::storm::storm_script;
use super::Refusal;
use super::testing::Room;
use super::{Frame, Request};

/// The words with which a request is refused.
#[track_caller]
fn refused(room: &mut Room, what: Request) -> String {
    refusal(room.ask(what))
}

#[track_caller]
fn refusal(answer: Result<Frame, Refusal>) -> String {
    let refusal = answer.expect_err("this is refused");
    assert!(!refusal.why.is_empty() && !refusal.instead.is_empty(), "{refusal} has both halves");
    refusal.why
}
