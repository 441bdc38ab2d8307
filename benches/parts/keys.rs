//! What a key costs in a big meeting: what it does, and drawing what follows, down to the bytes that a terminal
//! would be sent.

use divan::Bencher;
use visavis::session::Request;
use visavis::tui::key::{Code, Key};

use crate::draw::Desk;
use crate::meeting::{Meeting, meetings};
use crate::sample::note;

fn pressed(bencher: Bencher<'_, '_>, meeting: Meeting, first: &[Key], keys: [Key; 2]) {
    let mut desk = Desk::of(meeting.log());
    for key in first {
        desk.press(*key);
    }
    let mut keys = keys.into_iter().cycle();
    bencher.bench_local(|| {
        if let Some(key) = keys.next() {
            desk.press(key);
        }
        desk.draw();
    });
}

/// A letter goes into the line, and out of it again.
#[divan::bench(args = meetings())]
fn a_letter(bencher: Bencher<'_, '_>, meeting: Meeting) {
    pressed(bencher, meeting, &[], [Key::char('a'), Key::plain(Code::Backspace)]);
}

/// The same while tags are offered.
#[divan::bench(args = meetings())]
fn a_letter_of_a_tag(bencher: Bencher<'_, '_>, meeting: Meeting) {
    pressed(bencher, meeting, &[Key::char('#')], [Key::char('h'), Key::plain(Code::Backspace)]);
}

/// The mark moves on the board.
#[divan::bench(args = meetings())]
fn a_mark(bencher: Bencher<'_, '_>, meeting: Meeting) {
    pressed(bencher, meeting, &[Key::plain(Code::Esc)], [Key::plain(Code::Up), Key::plain(Code::Down)]);
}

/// The mark moves among the people.
#[divan::bench(args = meetings().into_iter().filter(|meeting| meeting.step == "practices"))]
fn a_person(bencher: Bencher<'_, '_>, meeting: Meeting) {
    pressed(bencher, meeting, &[Key::ctrl('o')], [Key::plain(Code::Down), Key::plain(Code::Down)]);
}

/// A note comes in, and is taken back.
#[divan::bench(args = meetings())]
fn a_note(bencher: Bencher<'_, '_>, meeting: Meeting) {
    let mut desk = Desk::of(meeting.log());
    let mut requests = (0..).flat_map(|n| [note(n), Request::Undo]);
    bencher.bench_local(|| {
        if let Some(request) = requests.next() {
            desk.ask(request);
        }
        desk.draw();
    });
}
