//! Home, set-up and looking back.

use std::path::Path;

use super::*;
use crate::session::testing::side;
use crate::storage::Medium;
use crate::tui::screens::Library;

impl Desk {
    #[track_caller]
    pub(super) fn until_read(&mut self) -> &mut Self {
        self.wait(0).until(|desk| matches!(desk.app.shelf.library(), Library::Read { .. }))
    }

    /// Leaves the session that runs and starts the program again on the same disk.
    pub(super) fn left(self) -> Self {
        let (disk, now) = (self.disk.clone(), self.now.plus_millis(3_600_000));
        assert_eq!(self.farewell().trouble, None);
        Self::on(disk, now)
    }
}

#[test]
fn the_first_frame_opens_no_library() {
    let mut desk = Desk::at_home();
    let before = desk.disk.operations();
    desk.shows("Purchasing meets sales");
    assert_eq!(desk.disk.operations(), before);
    desk.until_read().shows("no session is open");
    assert_eq!(desk.app.next_moment(&desk.moment()), None, "nothing more happens at home");
}

#[test]
fn enter_twice_is_enough_to_begin() {
    let mut desk = Desk::at_home();
    desk.until_read().keys("<Enter>");
    assert_eq!((desk.step(), desk.round()), ("practices", 1));
    desk.keys("first<Enter>").until_saved().shows("all saved");
}

#[test]
fn enter_before_the_library_was_read_counts_when_it_is() {
    let mut desk = Desk::at_home();
    desk.keys("<Enter>");
    assert!(desk.app.room.is_none());
    desk.until_read();
    assert_eq!(desk.step(), "practices");
}

#[test]
fn a_mistake_in_reading_the_library_keeps_no_session_from_being_begun() {
    let mut desk = Desk::at_home();
    desk.disk.panic(desk.disk.operations());
    desk.until_read().shows("1 unreadable").keys("<Enter>");
    assert_eq!(desk.step(), "practices");
}

#[test]
fn a_session_that_was_left_is_gone_on_with() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter>half<Ctrl+Q>");
    let before = desk.session().clone();
    let mut desk = desk.left();
    desk.until_read().shows("step 1 of 6").keys("<Enter>");
    let mut after = desk.session().clone();
    let away = after.interruptions.pop().unwrap();
    assert_eq!((after, away.taken), (before, None), "it is asked what the time away was");
    assert_eq!(desk.line(), "half");
}

#[test]
fn a_session_that_runs_elsewhere_is_shown_as_it_goes_on_and_not_changed() {
    const ONLY_SHOWN: &str = "Another program runs this session";
    let mut one = Desk::begun();
    one.until_saved();
    let mut other = Desk::on(one.disk.clone(), moment(60));
    other.until_read().keys("<Enter>").shows(ONLY_SHOWN).hides("saved");
    one.keys("Should-cost<Enter>").until_saved();
    other.until(|desk| desk.session() == one.session());
    let before = other.session().clone();
    other.keys("not here<Enter><Ctrl+T><Ctrl+Z><PageDown><Ctrl+S>").pastes("nor here");
    other.shows(ONLY_SHOWN).hides("not here").hides("nor here");
    assert_eq!(other.session(), &before);
}

#[test]
fn of_two_who_want_to_go_on_where_the_other_program_ended_one_does() {
    const ENDED: &str = "The other program has ended. F6 goes on with the session here.";
    let mut one = Desk::begun();
    one.keys("Should-cost<Enter>half a").until_saved();
    let disk = one.disk.clone();
    let mut two = [60, 61].map(|secs| Desk::on(disk.clone(), moment(secs)));
    for other in &mut two {
        other.until_read().keys("<Enter><F6>").shows("Another program runs this session");
    }
    one.keys("<F6>").shows("This program runs the session already.");
    drop(one);
    let [mut first, mut second] = two;
    for other in [&mut first, &mut second] {
        other.until(|desk| desk.screen().contains(ENDED)).keys("not here<Enter>").shows(ENDED);
    }
    first.keys("<F6>");
    assert!(!first.room().is_followed());
    second.keys("<F6>").shows("Another program goes on with this session already.");
    first.keys("More<Enter>").until_saved().shows("all saved");
    second.until(|desk| desk.session() == first.session()).shows("this one only shows it");
    assert_eq!(first.session().notes.len(), 2);
}

#[test]
fn what_cannot_be_followed_live_is_said_not_to_be() {
    let mut one = Desk::begun();
    one.keys("Should-cost<Enter>").until_saved();
    drop(one.disk.create_new(Path::new("/state/followers")).unwrap());
    let mut other = Desk::on(one.disk.clone(), moment(60));
    other.until_read().keys("<Enter>").shows("Not live: what is shown here").hides("saved");
    one.keys("More<Enter>").until_saved();
    assert_eq!(other.session().notes.len(), 1);
}

#[test]
fn a_disk_that_knows_no_locks_is_told_before_anybody_writes() {
    const WARNING: &str = "This file system knows no locks: make sure that no other";
    let disk = SimDisk::new();
    disk.without_locks();
    let mut desk = Desk::on(disk, moment(0));
    desk.until_read().keys("<Enter>").shows(WARNING);
    desk.keys("<Enter>").hides(WARNING).keys("Should-cost<Enter>").until_saved();
    let mut again = desk.left();
    again.until_read().keys("<Enter>").shows("Nothing went on for 60 min").keys("<Enter>").shows(WARNING);
}

#[test]
fn whoever_follows_a_session_is_told_when_it_is_closed() {
    let mut one = Desk::begun();
    one.keys("Should-cost<Enter>").until_saved();
    let mut other = Desk::on(one.disk.clone(), moment(60));
    other.until_read().keys("<Enter>").shows("Another program runs this session");
    one.keys("<Ctrl+Q><Down><Enter><Enter>");
    assert!(one.last.leave);
    assert_eq!(one.farewell().trouble, None);
    other.until(|desk| desk.screen().contains("The session was closed in the other program."));
    other.keys("<F6>").shows("The session was closed");
    assert!(other.room().is_followed());
}

#[test]
fn a_mistake_in_following_is_said_and_what_is_shown_stays() {
    let mut one = Desk::begun();
    one.keys("Should-cost<Enter>").until_saved();
    let mut other = Desk::on(one.disk.clone(), moment(60));
    other.until_read().keys("<Enter>").shows("Another program runs this session");
    one.disk.panic_at_bells();
    other.until(|desk| desk.room().trouble().contains("A mistake of this program"));
    other.shows("A mistake of this program keeps it from showing what is new.").shows("Purchasing  1 hidden");
    other.keys("not here<Enter>").hides("not here").keys("<Ctrl+Q>").keys("<Enter>");
    assert!(other.last.leave);
    one.keys("Lost deals<Enter>").until_saved().shows("all saved");
    let mut again = Desk::on(one.disk.clone(), moment(120));
    again
        .until_read()
        .keys("<Enter>")
        .shows("Another program runs this session")
        .shows("Purchasing  2 hidden");
}

#[test]
fn a_session_is_set_up_with_title_and_people_and_remembered() {
    let mut desk = Desk::at_home();
    desk.until_read().keys("<Tab>").shows("Set up: Purchasing meets sales");
    desk.keys("<Tab>In spring<Tab><Ctrl+U>Buyers<Tab>Anna, Carla<Down><Ctrl+U>Sellers<Down>Bo<Down><Down>")
        .pastes("14:00");
    desk.keys("<Down><Enter>");
    let session = desk.session();
    assert_eq!((session.title.as_str(), session.sides[0].name.as_str()), ("In spring", "Buyers"));
    assert_eq!(session.people.iter().count(), 3);
    let mut again = desk.left();
    again.until_read().keys("<Down><Tab>").shows("Anna, Carla").hides("In spring");
}

#[test]
fn what_was_remembered_and_cannot_be_read_is_said_once_and_kept() {
    let desk = Desk::at_home();
    desk.app.reach.store.remember("(scripts: {").unwrap();
    let mut again = desk.left();
    again.shows("How you set up sessions last can't be read").shows("remembered.damaged.ron");
    again.until_read().keys("<Down>").hides("can't be read");
    again.left().hides("can't be read");
}

#[test]
fn set_up_keeps_what_was_typed_when_it_is_left_or_refused() {
    let mut desk = Desk::at_home();
    desk.until_read()
        .keys("<Tab><Tab>In spring<Tab><Tab>Anna, Carla<Esc>")
        .hides("Set up:")
        .shows("Look back");
    assert!(!desk.last.leave);
    desk.keys("<Tab>").shows("In spring").shows("Anna, Carla");
    // It is left for good, as when the terminal is closed.
    desk.keys("<Tab><Tab><Tab>, Dora").tell(Message::End(End::HungUp));
    let mut again = desk.left();
    again.until_read().keys("<Tab>").shows("In spring").shows("Anna, Carla, Dora").keys("<Enter>");
    assert_eq!(again.session().title, "In spring");
    let mut after = again.left();
    after.until_read().keys("<Down><Tab>").shows("Anna, Carla, Dora").hides("In spring");
}

#[test]
fn a_library_that_cannot_be_written_is_said_with_what_to_do() {
    let mut desk = Desk::at_home();
    desk.until_read();
    let at = desk.disk.operations();
    let error = std::io::ErrorKind::PermissionDenied;
    desk.disk.fail(crate::storage::sim::Fault { at, error, lasting: true });
    desk.keys("<Enter>").shows("Couldn't").shows("--library");
    assert!(desk.app.room.is_none());
    desk.disk.heal();
    desk.keys("<Enter>");
    assert_eq!(desk.step(), "practices");
}

#[test]
fn whether_a_session_could_be_saved_is_tried_out_after_the_first_frame_and_before_any_key() {
    let mut desk = Desk::at_home();
    desk.app.set_up_named("taste", Privacy::default());
    desk.app.try_out_writing();
    let at = desk.disk.operations();
    desk.shows("Set up: A taste of cross-learning");
    assert_eq!(desk.disk.operations(), at);
    assert_eq!(desk.app.next_moment(&desk.moment()), Some(Duration::ZERO));
    let mut hindered = desk;
    let error = std::io::ErrorKind::PermissionDenied;
    hindered.disk.fail(crate::storage::sim::Fault { at, error, lasting: true });
    hindered.tell(Message::Moment);
    assert!(hindered.last.leave);
    assert!(hindered.app.hindered().unwrap().advice().contains("--library"));
    assert!(hindered.app.hindered().is_none());
}

#[test]
fn where_a_session_can_be_saved_nothing_more_is_said_of_it() {
    let mut desk = Desk::at_home();
    desk.app.set_up_named("taste", Privacy::default());
    desk.app.try_out_writing();
    desk.tell(Message::Moment);
    assert!(!desk.last.leave && desk.app.hindered().is_none());
    assert_eq!(desk.app.next_moment(&desk.moment()), None);
    desk.keys("<Enter>");
    assert_eq!(desk.step(), "practices");
}

#[test]
fn a_session_that_begins_later_waits_for_it() {
    let mut desk = Desk::at_home();
    let start = chrono::NaiveTime::from_hms_opt(14, 30, 0);
    let people = vec![("Anna".to_owned(), Some(side("sales"))), ("Bo".to_owned(), None)];
    desk.begin(&Beginning { title: "Spring".to_owned(), people, start, ..at_once() });
    assert_eq!(desk.session().present, None);
    desk.shows("Spring").shows("14:30").shows("Anna").keys("x<Esc><F5><PageUp>");
    assert_eq!(desk.session().present, None);
    desk.keys("<Enter>");
    assert_eq!(desk.step(), "practices");
}

#[test]
fn past_sessions_are_looked_back_at() {
    let mut desk = Desk::begun();
    desk.keys("<F3><End><Enter>5 useful<Enter><PageDown><Down><Enter>");
    let mut desk = desk.left();
    desk.until_read()
        .keys("<End><Enter>")
        .shows("Purchasing meets sales")
        .keys("<Enter>")
        .keys("<End>")
        .shows("useful");
    desk.keys("<Esc><Esc>").shows("Look back");
}

#[test]
fn the_tour_is_there_for_one_key() {
    let mut desk = Desk::at_home();
    let home = desk.until_read().screen();
    desk.keys("?");
    assert_ne!(desk.screen(), home);
    desk.keys("<Esc>");
    assert_eq!(desk.screen(), home);
}

#[test]
fn stray_keys_leave_home_as_it_is() {
    let mut desk = Desk::at_home();
    let home = desk.until_read().screen();
    desk.keys("<F5><Esc>x.q<Delete>");
    assert_eq!(desk.screen(), home);
    assert!(!desk.last.leave && desk.app.room.is_none());
    desk.keys("<Ctrl+Q>");
    assert!(desk.last.leave);
    assert_eq!(desk.farewell(), Farewell::default());
}

#[test]
fn a_damaged_file_is_named_and_hides_no_other() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+S>").until_saved();
    let path = desk.room().path();
    let disk = desk.disk.clone();
    let _ = desk.farewell();
    disk.tamper(&path, |bytes| bytes.truncate(40));
    let journals = Path::new("/state/journals");
    for journal in disk.list(journals).unwrap() {
        disk.remove(&journals.join(journal)).unwrap();
    }
    let mut desk = Desk::on(disk, moment(600));
    desk.until_read().keys("<End><Enter>").shows("2026-11-22");
}
