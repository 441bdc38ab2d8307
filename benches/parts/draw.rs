//! Drawing a board: the whole screen of a running session, down to the bytes that a terminal would be sent.

use std::io::{self, Sink};

use divan::Bencher;
use ratatui::Terminal;
use ratatui::layout::{Rect, Size};
use visavis::session::{Session, Shown};
use visavis::tui::color::Depth;
use visavis::tui::effect::Effect;
use visavis::tui::key::Key;
use visavis::tui::keymap::{Edit, Keymap, Resolved};
use visavis::tui::output::Output;
use visavis::tui::run::{Around, Run, here};
use visavis::tui::screens::running::Running;
use visavis::tui::theme::{Look, Theme, UNICODE};
use visavis::tui::widgets::footer::Saved;

use crate::sample::{SIZES, filled, now};

/// A session on a screen.
pub(crate) struct Desk {
    session: Session,
    run: Run,
    keymap: Keymap,
    theme: Theme,
    terminal: Terminal<Output<Sink>>,
}

impl Desk {
    fn new(notes: u64) -> Self {
        Self::of(filled(notes).0.session().clone())
    }

    pub(crate) fn of(session: Session) -> Self {
        let mut run = Run::default();
        run.arrive(&session, now());
        let output = Output::new(io::sink(), || Ok(Size::new(120, 40)));
        Self {
            session,
            run,
            keymap: Keymap::default(),
            theme: Theme::new(Look::Dark, Depth::True, &UNICODE),
            terminal: Terminal::new(output).expect("a sink takes everything"),
        }
    }

    fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            self.run.edit(&self.session, now(), Edit::Insert(letter));
        }
    }

    /// Presses a key that changes nothing in the session.
    pub(crate) fn press(&mut self, key: Key) {
        let Self { session, run, keymap, .. } = self;
        let place = run.place(here(session, now()).as_ref());
        let around = Around { now: now(), keymap, area: Rect::new(0, 0, 120, 40) };
        let effects = match keymap.resolve(place, key) {
            Resolved::Action(action) => run.act(session, around, action),
            Resolved::Type(edit) => {
                run.edit(session, now(), edit);
                Vec::new()
            }
            Resolved::Ignored => Vec::new(),
        };
        for effect in effects {
            if let Effect::Open(overlay) = effect {
                run.overlay = Some(overlay);
            }
        }
    }

    pub(crate) fn draw(&mut self) {
        let Self { session, run, keymap, theme, terminal } = self;
        let drawn = terminal.draw(|frame| {
            let area = frame.area();
            frame.buffer_mut().set_style(area, theme.text);
            let running = Running {
                run,
                shown: Shown::from(&*session),
                now: now(),
                clock: "14:23",
                saved: Saved::All,
                trouble: "",
                keymap,
                theme,
            };
            if let Some(cursor) = running.draw(area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        });
        drawn.expect("a sink takes everything");
    }
}

#[divan::bench(args = SIZES)]
fn a_typed_letter(bencher: Bencher<'_, '_>, notes: u64) {
    let mut desk = Desk::new(notes);
    bencher.bench_local(|| {
        desk.run.edit(&desk.session, now(), Edit::Insert('a'));
        desk.draw();
        desk.run.edit(&desk.session, now(), Edit::Backspace);
    });
}

#[divan::bench(args = SIZES)]
fn a_letter_of_a_tag(bencher: Bencher<'_, '_>, notes: u64) {
    let mut desk = Desk::new(notes);
    desk.type_in("#pe");
    bencher.bench_local(|| {
        desk.run.edit(&desk.session, now(), Edit::Insert('o'));
        desk.draw();
        desk.run.edit(&desk.session, now(), Edit::Backspace);
    });
}

#[divan::bench(args = SIZES)]
fn the_whole_screen(bencher: Bencher<'_, '_>, notes: u64) {
    let mut desk = Desk::new(notes);
    bencher.bench_local(|| {
        desk.terminal.clear().expect("a sink takes everything");
        desk.draw();
    });
}
