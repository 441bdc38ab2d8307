//! The time to be back, and what stands there once it is over.

use super::*;
use crate::session::testing::Room;
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, picture};

fn pause(secs: i64) -> Desk<Break> {
    Desk::new(Room::new().go("pause").wait(secs))
}

#[test]
fn a_break_says_when_to_be_back() {
    assert_eq!(back_at(&pause(0).here()).as_deref(), Some("14:05"));
    assert_eq!(back_at(&pause(299).here()).as_deref(), Some("14:05"));
    assert_eq!(back_at(&pause(300).here()), None);
    let desk = pause(20);
    assert!(!desk.screen.has_line(&desk.here()));
    insta::assert_snapshot!("break_80x17", picture(&desk.drawn(78, 17, &dark())));
    assert!(pause(301).plain(78, 17, &dark()).contains("We go on."));
    assert!(pause(0).plain(78, 17, &ascii()).contains("14:05"));
}

#[test]
fn it_draws_at_every_size() {
    pause(3).draws_at_every_size(&dark());
}
