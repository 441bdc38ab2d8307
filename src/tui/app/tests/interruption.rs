//! Interruptions, closed lids and crashes, with a clock that is told how late it is.

use super::*;
use crate::session::Taken;
use crate::timer::Left;

fn left(desk: &Desk) -> Left {
    desk.session().current().unwrap().current().countdown.left(desk.now)
}

/// The program is not running for so long: nothing wakes it meanwhile.
fn sleeps(desk: &mut Desk, secs: i64) {
    assert!(desk.app.next_moment(&desk.moment()).is_some(), "something runs");
    desk.now = desk.now.plus_millis(secs * 1000);
    desk.tell(Message::Moment);
}

#[test]
fn the_picture_is_blank_until_a_key_goes_on() {
    let mut desk = Desk::begun();
    desk.wait(60).keys("draft<Ctrl+G>");
    assert_eq!(desk.screen().trim(), "paused");
    desk.wait(22 * 60).keys("x");
    desk.shows("Nothing went on for 22 min")
        .shows("the end moves from 15:00 to 15:22")
        .shows("the rest is cut from 59 to 37 min");
    assert_eq!(left(&desk), Left::Over(18 * 60));
    desk.keys("<Enter>").shows("draft");
    assert_eq!(left(&desk), Left::Time(240));
    assert_eq!(desk.session().interruptions[0].taken, Some(Taken::LeftOut));
}

#[test]
fn a_short_one_is_over_with_the_key() {
    let mut desk = Desk::begun();
    desk.wait(60).keys("<Ctrl+G>").wait(50).keys("<PageDown>");
    assert!(!desk.screen().contains("Does that time count"), "{}", desk.screen());
    assert_eq!((left(&desk), desk.session().current().unwrap().round), (Left::Time(240), 1));
}

#[test]
fn a_closed_lid_is_asked_about_and_unanswered_counts() {
    let mut desk = Desk::begun();
    desk.wait(60);
    sleeps(&mut desk, 600);
    desk.shows("Nothing went on for 10 min").keys("<Esc>");
    assert_eq!(left(&desk), Left::Over(360));
    assert_eq!(desk.session().interruptions[0].taken, None);
}

#[test]
fn a_silence_through_which_the_lid_was_closed_can_go_on() {
    let mut desk = at_quiet();
    desk.keys("<Enter>").wait(60);
    sleeps(&mut desk, 600);
    desk.shows("Nothing went on for 10 min").wait(5);
    assert!(desk.session().current().unwrap().is_silent(), "it does not end while it is asked");
    desk.keys("<Enter>");
    assert_eq!(left(&desk), Left::Time(175));
    desk.wait(180);
    assert!(!desk.session().current().unwrap().is_silent());
}

#[test]
fn an_interruption_in_a_silence_works() {
    let mut desk = at_quiet();
    desk.keys("<Enter>").wait(60).keys("<Ctrl+G>").wait(600).keys("<PageDown><Enter>");
    assert_eq!(left(&desk), Left::Time(180));
}

#[test]
fn a_crash_is_asked_about_where_it_was_long() {
    let mut desk = Desk::begun();
    desk.wait(100);
    desk.until_saved();
    desk.now = desk.now.plus_millis(240_000);
    let mut desk = desk.after_a_crash();
    desk.shows("Nothing went on for").keys("<Enter>");
    let Left::Time(secs) = left(&desk) else { panic!("time is left") };
    assert!((200..=230).contains(&secs), "no more than half a minute is lost: {secs}");
}

#[test]
fn leaving_and_going_on_is_asked_about() {
    let mut desk = Desk::begun();
    desk.wait(60).until_saved();
    let (path, disk, now) = (desk.room().path(), desk.disk.clone(), desk.now);
    assert_eq!(desk.app.farewell().trouble, None);
    let mut desk = Desk::on(disk, now.plus_millis(7_200_000));
    desk.app.go_on(&path, desk.moment()).unwrap();
    desk.shows("Nothing went on for 120 min").keys("<Enter>");
    assert_eq!(left(&desk), Left::Time(240));
}

fn at_quiet() -> Desk {
    let mut desk = Desk::begun();
    desk.keys("<F3><Down><Down><Down><Enter>");
    desk
}
