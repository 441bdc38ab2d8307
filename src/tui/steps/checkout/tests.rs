//! Ratings and words, one by one and as a tally.

use super::*;
use crate::session::testing::Room;
use crate::tui::steps::Direction;
use crate::tui::steps::testing::{Desk, ascii};
use crate::tui::testing::{dark, light, picture};

fn desk() -> Desk<CheckOut> {
    Desk::new(Room::new().person("Anna Berg", "purchasing").person("Bo", "sales").go("leave"))
}

fn told(desk: &Desk<CheckOut>) -> Vec<(Option<u8>, &str, &str)> {
    let name = |rating: &Rating| rating.author.map_or("", |author| desk.room.shown().name(author));
    let all = desk.room.session().ratings.iter();
    all.map(|rating| (rating.score, rating.word.as_str(), name(rating))).collect()
}

#[test]
fn the_line_takes_ratings_words_names_and_tallies() {
    let mut desk = desk();
    assert_eq!(desk.label(), "Anna Berg");
    desk.enter("4 useful, #calm");
    assert_eq!(desk.label(), "Bo");
    desk.enter("@Anna 5 worth it").enter("tired");
    assert_eq!(desk.label(), "Rating");
    desk.enter("5 4 4 3");
    assert_eq!(
        told(&desk),
        [
            (Some(4), "useful, #calm", "Anna Berg"),
            (Some(5), "worth it", "Anna Berg"),
            (None, "tired", "Bo"),
            (Some(5), "", ""),
            (Some(4), "", ""),
            (Some(4), "", ""),
            (Some(3), "", ""),
        ]
    );
    assert_eq!(spread(&desk.here()).mean_tenths(), Some(42));
}

#[test]
fn a_number_out_of_range_stays_in_the_line() {
    let mut desk = desk();
    for text in ["7", "0", "5 4 9"] {
        desk.line.clear();
        desk.enter(text);
        assert_eq!((desk.said.as_str(), desk.line.as_str()), ("Ratings here run from 1 to 5.", text));
    }
    assert!(told(&desk).is_empty());
    let sheet = desk.screen.sheet(&desk.here(), "4 good\n5 3\n9").unwrap();
    assert_eq!((sheet.drafts().count(), sheet.rest().as_str()), (3, "9"));
}

#[test]
fn bars_keep_their_proportion() {
    assert_eq!([bar(3, 4, 20), bar(4, 4, 20), bar(12, 15, 20), bar(15, 15, 20)], [12, 16, 12, 15]);
    assert_eq!([bar(0, 90, 20), bar(1, 90, 20), bar(90, 90, 20)], [0, 1, 20]);
}

#[test]
fn the_spread_and_the_words_are_seen() {
    let mut desk = desk();
    desk.enter("4 useful").enter("5 worth the time, again in spring").enter("5 4 4 3 5 5").enter("short");
    insta::assert_snapshot!("checkout_80x17", picture(&desk.drawn(78, 17, &dark())));
    insta::assert_snapshot!("checkout_120x40", picture(&desk.drawn(118, 33, &light())));
    desk.focus = Focus::Board;
    desk.act(StepAction::Move(Direction::Up));
    desk.act(StepAction::Move(Direction::Up));
    assert!(desk.screen.marked(&desk.here()).is_some());
    insta::assert_snapshot!("checkout_board", picture(&desk.drawn(78, 17, &dark())));
    assert!(desk.plain(78, 17, &ascii()).contains(" 5  ############"));
}

#[test]
fn it_draws_at_every_size() {
    let mut desk = desk();
    desk.draws_at_every_size(&dark());
    desk.enter("4 useful").enter("5").enter("5 4 4 3");
    desk.focus = Focus::Board;
    desk.draws_at_every_size(&ascii());
}
