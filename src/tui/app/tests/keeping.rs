//! What is on the disk, and what is said about it.

use std::io::ErrorKind;

use super::*;
use crate::storage::Medium;
use crate::storage::sim::Fault;

fn full_disk(desk: &Desk) -> Fault {
    Fault { at: desk.disk.operations(), error: ErrorKind::StorageFull, lasting: true }
}

#[test]
fn what_was_shown_as_saved_survives_the_power() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter><Tab>Lost deals<Enter>").until_saved();
    let before = desk.session().clone();
    let desk = desk.after_a_crash();
    assert_eq!(*desk.session(), before);
    assert_eq!(desk.step(), "practices");
}

#[test]
fn a_draft_survives_too_a_moment_after_it_was_typed() {
    let mut desk = Desk::begun();
    desk.keys("half a thought").wait(1).keys("<F3><Down><Enter>other").wait(1);
    // The drafts are written with what comes after them.
    desk.keys("<Ctrl+E>").until_saved();
    let mut desk = desk.after_a_crash();
    assert_eq!((desk.step(), desk.line()), ("mirror", "other"));
    desk.keys("<F3><Home><Enter>");
    assert_eq!(desk.line(), "half a thought");
}

/// What was typed last is on the disk, and the program ends in the middle of everything.
fn crashed(mut desk: Desk) -> Desk {
    desk.wait(1).keys("<Ctrl+E>").until_saved();
    desk.after_a_crash()
}

#[test]
fn a_field_that_was_being_filled_in_comes_back_as_that_field() {
    let mut desk = Desk::begun();
    desk.keys("<F3><End><Up><Enter>We visit<Enter>lead<Enter>too de").shows("Objection ▸ too de");
    let mut desk = crashed(desk);
    desk.shows("Objection ▸ too de").keys("ar<Enter><Enter>").shows("Owner");
    let decision = desk.session().decisions.iter().next().unwrap();
    assert_eq!(
        (decision.statement.as_str(), decision.objections.as_slice()),
        ("We visit", &["too dear".to_owned()][..])
    );
}

#[test]
fn whoever_was_written_for_is_written_for_again() {
    let mut desk = Desk::begun();
    desk.keys("<Tab>of the sal").shows("Sales ▸ of the sal").keys("<F3><Down><Down><Enter>");
    let mut desk = crashed(desk);
    desk.keys("<F3><Home><Enter>").shows("Sales ▸ of the sal").keys("es<Enter>");
    assert_eq!(desk.notes(), "sales: of the sales\n");
    desk.keys("<F3><Down><Enter><Tab>the sales' wo").shows("the sales' wo");
    let mut desk = crashed(desk);
    desk.shows("the sales' wo").keys("rds<Enter>");
    let entry = desk.session().entries.iter().next().unwrap();
    assert_eq!((entry.by.0.as_str(), entry.text.as_str()), ("sales", "the sales' words"));
}

#[test]
fn a_change_that_was_begun_comes_back_over_the_line() {
    let mut desk = Desk::begun();
    desk.keys("Visit<Enter><Ctrl+R><Down><Enter>half a thought<Esc>e more").shows("Change ▸ Visit more");
    let mut desk = crashed(desk);
    desk.shows("Change ▸ Visit more").keys("!<Enter>");
    assert_eq!((desk.notes().as_str(), desk.line()), ("purchasing: Visit more!\n", "half a thought"));
    let desk = crashed(desk);
    assert_eq!(desk.line(), "half a thought", "the change is over");
}

#[test]
fn a_change_of_what_is_gone_comes_back_in_the_line() {
    let mut desk = Desk::begun();
    desk.keys("Visit<Enter><Ctrl+R><Down><Enter>half a thought<Esc>e more<Ctrl+Z>");
    assert!(desk.session().notes.is_empty());
    let mut desk = crashed(desk);
    desk.hides("Change ▸").shows("Visit more");
    assert_eq!(desk.line(), "Visit more\nhalf a thought");
}

#[test]
fn a_draft_that_became_a_note_is_no_draft_any_more() {
    let mut desk = Desk::begun();
    desk.keys("half").wait(1).keys(" a thought<Enter>").until_saved();
    let desk = desk.after_a_crash();
    assert_eq!((desk.notes().as_str(), desk.line()), ("purchasing: half a thought\n", ""));
}

#[test]
fn a_full_disk_is_told_until_it_is_over_and_stops_nobody() {
    let mut desk = Desk::begun();
    desk.until_saved();
    desk.disk.fail(full_disk(&desk));
    desk.keys("Should-cost<Enter>").until(|desk| desk.room().saved() == Saved::Not);
    desk.shows("NOT SAVED").shows("The disk is full: couldn't").keys("more<Enter>").shows("NOT SAVED");
    assert_eq!(desk.session().notes.iter().count(), 2);
    desk.disk.heal();
    desk.keys("again<Enter>").until_saved().shows("all saved").hides("NOT SAVED");
    let before = desk.session().clone();
    assert_eq!(*desk.after_a_crash().session(), before);
}

#[test]
fn a_copy_can_be_saved_elsewhere() {
    let mut desk = Desk::begun();
    crate::storage::medium::create_folders(&desk.disk, std::path::Path::new("/stick")).unwrap();
    desk.keys("Should-cost<Enter><Ctrl+R><Down><Enter><Ctrl+P>copy<Enter>/stick/ours.ron<Enter>");
    desk.until(|desk| desk.room().run.notice.is_some()).shows("A copy is saved");
    let copy = desk.disk.read(std::path::Path::new("/stick/ours.ron"), 1 << 20).unwrap();
    assert!(String::from_utf8(copy).unwrap().contains("Should-cost"));
}

/// There is no shell here to know whose folder it is.
#[test]
fn a_copy_can_be_saved_in_ones_own_folder() {
    let mut desk = Desk::begun();
    crate::storage::medium::create_folders(&desk.disk, std::path::Path::new("/home/ann/a")).unwrap();
    for (typed, saved) in [("~/a/b.ron", "/home/ann/a/b.ron"), ("~", "/home/ann/")] {
        desk.keys(&format!("<Ctrl+P>copy<Enter>{typed}<Enter>"));
        desk.until(|desk| desk.room().run.notice.is_some()).shows("A copy is saved").shows(saved);
    }
}

#[test]
fn leaving_tells_what_could_not_be_written() {
    let mut desk = Desk::begun();
    desk.until_saved();
    desk.disk.fail(full_disk(&desk));
    desk.keys("Should-cost<Enter><Ctrl+Q><Enter>");
    assert!(desk.last.leave);
    let path = desk.room().path();
    let farewell = desk.farewell();
    assert_eq!(farewell.path, Some(path));
    assert!(farewell.trouble.unwrap().contains("couldn't"));
}

#[test]
fn the_file_is_written_with_each_step_each_minute_and_at_once_when_asked() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter><Ctrl+R><Down><Enter>").until_saved();
    assert!(!desk.file().contains("Should-cost"));
    desk.wait(61).until_file("Should-cost");
    desk.keys("Two at every visit<Enter><Ctrl+S>").until_file("Two at every visit");
    desk.keys("Segments<Enter><PageDown><PageDown>").until_file("Segments");
}

#[test]
fn a_note_from_another_program_comes_in() {
    let mut desk = Desk::begun();
    desk.until_file("Session(").keys("typing");
    assert_eq!(desk.handed(1, "from paper"), Handed::ToRunning);
    desk.until(|desk| desk.session().notes.iter().count() == 1).shows("From outside: 1 added");
    assert_eq!((desk.notes().as_str(), desk.line()), ("sales: from paper\n", "typing"));
    desk.handed(2, &"x".repeat(200_000));
    desk.until(|desk| desk.room().run.notice.as_ref().is_some_and(|notice| notice.contains("the most")));
    assert_eq!(desk.session().notes.iter().count(), 1);
}

/// The notes are safe each time, and each time the same is said.
#[test]
fn a_file_that_cannot_be_written_is_told_steadily_while_notes_are_saved() {
    let mut desk = Desk::begun();
    desk.until_saved();
    desk.disk.spare(std::path::Path::new("/state"));
    desk.disk.fail(full_disk(&desk));
    desk.keys("<Ctrl+S>").until(|desk| desk.room().saved() == Saved::NotInFile);
    for number in 0..20 {
        desk.keys(&format!("note {number}<Enter>"));
        desk.until(|desk| {
            assert!(desk.room().trouble().starts_with("All is safe in the journal; the"));
            assert_ne!(desk.room().saved(), Saved::All);
            desk.room().saved() == Saved::NotInFile
        });
        desk.shows("FILE NOT SAVED").shows("The disk is full: couldn't");
    }
    desk.disk.heal();
    desk.keys("<Ctrl+S>").until_saved().shows("all saved").hides("FILE NOT");
}

/// It says that all is in the file, and so the file is written first.
#[test]
fn the_summary_tells_when_the_file_cannot_be_written() {
    let mut desk = Desk::begun();
    desk.until_file("Session(").keys("Should-cost<Enter>").until_saved();
    desk.disk.spare(std::path::Path::new("/state"));
    desk.disk.fail(full_disk(&desk));
    desk.keys("<Ctrl+Q>").until(|desk| desk.room().saved() == Saved::NotInFile);
    desk.hides("All of it is saved in").shows("the journal has all of it").shows("FILE NOT SAVED");
}

#[test]
fn a_mistake_that_ends_the_program_loses_nothing_and_is_a_failure() {
    let mut desk = Desk::begun();
    desk.keys("Should-cost<Enter>half a thought");
    desk.tell(Message::End(End::Broken));
    assert!(desk.last.leave);
    let (disk, path) = (desk.disk.clone(), desk.room().path());
    assert_eq!(desk.farewell().trouble.as_deref(), Some(BROKEN));
    let mut desk = Desk::on(disk, moment(60));
    desk.app.go_on(&path, desk.moment()).unwrap();
    assert_eq!((desk.notes().as_str(), desk.line()), ("purchasing: Should-cost\n", "half a thought"));
    let mut home = Desk::at_home();
    home.tell(Message::End(End::Broken));
    assert_eq!(home.farewell(), Farewell { path: None, trouble: Some(BROKEN.to_owned()) });
}
