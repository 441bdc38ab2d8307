//! A session that is not to know who wrote: what was typed, and every byte of the disk.

use super::*;
use crate::export;
use crate::session::Shown;

const NAME: &str = "Zebedee";

fn anonymous() -> Desk {
    let mut desk = Desk::at_home();
    let people = vec![(NAME.to_owned(), None)];
    let privacy = Privacy { confidential: true, anonymous: true };
    desk.begin(&Beginning { people, ..Beginning::of(privacy) });
    desk
}

#[track_caller]
fn nowhere(desk: &Desk) {
    let files = desk.disk.files();
    assert!(files.iter().any(|(_, bytes)| !bytes.is_empty()));
    for (path, bytes) in files {
        let path = path.display().to_string();
        assert!(!path.contains(NAME), "{path}");
        assert!(
            !String::from_utf8_lossy(&bytes).to_lowercase().contains("zebedee"),
            "{path} names who wrote"
        );
    }
    let shown = Shown::from(desk.session());
    let told = [export::text::minutes(shown), export::json::session(shown).unwrap()];
    assert!(!told.concat().contains(NAME));
}

#[test]
fn no_byte_tells_who_wrote() {
    let mut desk = anonymous();
    desk.keys("@Zebedee asks for time").wait(1).keys("<Enter>").wait(1);
    desk.shows("This session is anonymous").shows("@Zebedee asks for time");
    assert!(desk.session().notes.is_empty());
    desk.keys("<Ctrl+U>Time for questions @Zebedee").wait(1).keys("<Enter>").wait(1);
    desk.keys("<Ctrl+W><Enter>").until_saved().keys("<Ctrl+R><Down><Enter>").shows("Time for questions");
    desk.pastes("- one\n- two @Zebedee").keys("<Enter>").wait(1).keys("<Ctrl+U>");
    assert_eq!(desk.session().notes.len(), 1, "all of a list or nothing");
    desk.keys("half a thought @Zebe").wait(1).keys("dee").wait(1);
    let path = desk.room().path();
    desk.keys("<Ctrl+S>").until_file("Time for questions");
    desk.handed(77, "from paper @Zebedee");
    desk.until(|desk| desk.room().run.notice.as_ref().is_some_and(|notice| notice.contains("anonymous")));
    // What was refused is out of the way once something later is on the disk.
    desk.keys("<Ctrl+S><Ctrl+T>").until_saved();
    nowhere(&desk);
    let mut desk = desk.after_a_crash();
    nowhere(&desk);
    assert_eq!(desk.line(), "half a thought ");
    desk.keys("<F3><End><Enter>5 fine @Zebedee<Enter>").wait(1).keys("<Ctrl+S>").until_saved();
    assert!(desk.session().ratings.is_empty());
    nowhere(&desk);
    let mut desk = desk.left();
    desk.app.go_on(&path, desk.moment()).unwrap();
    nowhere(&desk);
}

#[test]
fn the_room_is_told_at_the_start_and_nobody_is_asked_for() {
    let mut desk = anonymous();
    assert!(desk.session().people.is_empty());
    desk.shows("Confidential: what is said here stays with those who take part.");
    desk.shows("Anonymous: nothing says who wrote what.").shows("know ○").shows("conf., anon.");
    desk.shows("a note; #tag if you like").keys("<Ctrl+O>").shows("it keeps no names").hides("People");
}

#[test]
fn the_next_of_an_anonymous_session_names_nobody_either() {
    let desk = anonymous();
    let last = desk.session().clone();
    let following =
        crate::session::Following { series: last.series_or_own(), follows: last.id, open_items: Vec::new() };
    let next = Next::of(&last, Choice { name: "next".to_owned(), script: script() }, following);
    assert_eq!(next.privacy, Privacy { confidential: true, anonymous: true });
    assert!(next.last.people.is_empty());
}
