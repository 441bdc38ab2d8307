//! Whatever keys are pressed: nothing panics, everything can be drawn, and what is on the disk is the session.

use super::*;
use crate::storage::sim::Cut;

/// Keys as a hand or a cat presses them: those that mean something more often than others.
const KEYS: &[&str] = &[
    "<Enter>",
    "<Enter>",
    "<Enter>",
    "<Tab>",
    "<Shift+Tab>",
    "<Esc>",
    "<Esc>",
    "<PageDown>",
    "<PageDown>",
    "<PageUp>",
    "<Up>",
    "<Down>",
    "<Left>",
    "<Right>",
    "<Home>",
    "<End>",
    "<Delete>",
    "<Backspace>",
    "<Ctrl+R>",
    "<Ctrl+T>",
    "<Ctrl+E>",
    "<Ctrl+D>",
    "<Ctrl+Z>",
    "<Ctrl+Z>",
    "<Ctrl+Y>",
    "<Ctrl+P>",
    "<Ctrl+O>",
    "<Ctrl+J>",
    "<Ctrl+U>",
    "<Ctrl+S>",
    "<Ctrl+L>",
    "<F1>",
    "<F2>",
    "<F3>",
    "<F4>",
    "<F5>",
    "<Ctrl+Q>",
    "a",
    "B",
    "e",
    "m",
    "t",
    "l",
    "n",
    "p",
    "#",
    "@",
    " ",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "when",
    "5 4 4 3",
    "bo",
    "end",
    "\u{1b}",
    "\u{e9}",
    "\u{5b57}",
];

fn pressed(seed: u64) {
    let mut desk = Desk::begun();
    let mut random = SeededRandom::new(seed);
    desk.keys("<Ctrl+O>Anna Berg:Purchasing, Bo:Sales<Enter><Esc>");
    let mut history = String::new();
    for _ in 0..250 {
        let keys = KEYS[random.below(KEYS.len())];
        history.push_str(keys);
        match random.below(40) {
            0 => drop(desk.pastes("one\ntwo\n")),
            1 => drop(desk.wait(i64::try_from(random.below(300)).unwrap())),
            _ => {}
        }
        // Leaving is for the loop; here it only begins another look at the same session.
        desk.keys(keys);
        if random.below(8) == 0 {
            let (columns, rows) = [(80, 24), (120, 40), (60, 16), (20, 5)][random.below(4)];
            desk.buffer(columns, rows);
        }
        if desk.last.leave {
            desk.app.view = View::Session;
        }
    }
    let Some(room) = &desk.app.room else { panic!("no session after {history}") };
    let (path, session) = (room.path(), room.session().clone());
    desk.until_saved();
    let mut again = Desk::on(desk.disk.power_cut(Cut::Lose), moment(100_000));
    again.app.go_on(&path, again.moment()).unwrap();
    assert_eq!(*again.session(), session, "after {history}");
}

#[test]
fn any_keys_do_no_harm() {
    for seed in 0..40 {
        pressed(seed);
    }
}
