//! What is typed in what lies over a session waits there, and comes back there after a crash.

use super::*;

/// The same session after a crash. Drafts are on the disk with what comes after them.
fn crashed(mut desk: Desk) -> Desk {
    desk.wait(1);
    let (now, room) = (desk.now, desk.app.room.as_mut().unwrap());
    room.ask(&mut SeededRandom::new(9), now, Request::ExtendTimer(60), Then::Nothing);
    desk.until_saved();
    desk.after_a_crash()
}

/// What lies over the screen.
fn panel(desk: &mut Desk) -> Vec<String> {
    let rows = desk.screen();
    rows.lines().filter(|row| row.contains('\u{2502}')).map(str::to_owned).collect()
}

#[test]
fn a_thought_that_was_being_parked_comes_back_in_the_parking_lot() {
    let mut desk = Desk::begun();
    desk.keys("half a note<Ctrl+F>half a thou");
    let mut desk = crashed(desk);
    assert_eq!(desk.line(), "half a note");
    desk.hides("half a thou").keys("<Ctrl+F>").shows("half a thou").keys("ght<Enter>");
    assert_eq!(desk.session().parked.iter().next().unwrap().text, "half a thought");
    // What was parked is no draft any more, be the crash at once.
    desk.until_saved();
    desk.after_a_crash().keys("<Ctrl+F>").shows("parks it").hides("Park \u{25b8} half");
}

#[test]
fn a_parked_thought_that_was_being_changed_comes_back_as_it_was_typed() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+F>Payment<Enter>more<Down><Enter> terms");
    let mut desk = crashed(desk);
    desk.keys("<Ctrl+F>").shows("Payment terms").shows("changes it").keys("!<Enter>");
    assert_eq!(desk.session().parked.iter().next().unwrap().text, "Payment terms!");
    desk.keys("<Esc>").shows("Park \u{25b8} more");
    // Undone meanwhile: the words wait in the line.
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+F>Payment<Enter><Esc><Ctrl+F>more<Down><Enter> terms<Ctrl+F><Ctrl+Z>");
    assert!(desk.session().parked.is_empty());
    let mut desk = crashed(desk);
    desk.keys("<Ctrl+F>").shows("Payment terms").shows("more").shows("parks it");
}

#[test]
fn half_a_name_comes_back_with_its_side() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+O><Tab>Gustav, Hen");
    let before = panel(&mut desk);
    let mut desk = crashed(desk);
    desk.hides("Gustav").keys("<Ctrl+O>").shows("Gustav, Hen");
    assert_eq!(panel(&mut desk), before);
    desk.keys("rik<Enter>");
    let sides: Vec<_> = desk.session().people.iter().map(|person| person.side.clone()).collect();
    assert!(sides.len() >= 2 && sides.iter().all(Option::is_some), "{sides:?}");
}

#[test]
fn what_is_asked_of_a_person_is_asked_again() {
    for (asks, typed) in [("Has another name", "<Ctrl+U>Gus"), ("Has left", "<Ctrl+U>13:5")] {
        let mut desk = Desk::begun();
        desk.keys("<Ctrl+O>Gustav<Enter><Down><Enter>");
        let place = desk.screen().lines().position(|line| line.contains(asks)).unwrap();
        let first = desk.screen().lines().position(|line| line.contains("Has spoken")).unwrap();
        desk.keys(&"<Down>".repeat(place - first)).keys("<Enter>").keys(typed);
        let asked = panel(&mut desk);
        let mut desk = crashed(desk);
        assert_eq!(panel(desk.keys("<Ctrl+O>")), asked, "{asks}");
    }
}

#[test]
fn where_a_copy_was_to_be_saved_comes_back_until_it_is_answered() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+P>copy<Enter>/sti");
    let mut desk = crashed(desk);
    desk.keys("<Ctrl+P>copy<Enter>").shows("/sti").keys("<Esc><Ctrl+P>copy<Enter>").hides("/sti");
}

#[test]
fn a_list_comes_back_as_a_list() {
    let mut desk = Desk::begun();
    desk.keys("<F4>one<Enter>two").shows("a list");
    let mut desk = crashed(desk);
    desk.shows("a list");
    assert_eq!(desk.line(), "one\ntwo");
}

/// The palette and help lie over the list of people, and what is chosen there may close it.
#[test]
fn half_a_name_waits_whatever_is_chosen() {
    let mut desk = Desk::begun();
    desk.keys("<Ctrl+O>Gust<Ctrl+P>save now<Enter>").hides("Gust").keys("<Ctrl+O>").shows("Gust");
    desk.keys("<Esc>").hides("Gust").keys("<Ctrl+O>").shows("Gust");
    desk.keys("av<Enter>").shows("Gustav").keys("<Esc><Ctrl+O>").hides("\u{25b8} Gust");
    // What only looked for somebody isn't there again.
    desk.keys("gus<Esc><Ctrl+O>").hides("gus");
}
