//! Drawing a board: the whole screen of a running session, down to the bytes that a terminal would be sent.

use std::io::{self, Sink};

use divan::Bencher;
use ratatui::Terminal;
use ratatui::layout::{Rect, Size};
use visavis::session::{Log, Request};
use visavis::tui::color::Depth;
use visavis::tui::effect::Effect;
use visavis::tui::key::Key;
use visavis::tui::keymap::{Edit, Keymap, Resolved};
use visavis::tui::output::Output;
use visavis::tui::run::{Around, Run, here};
use visavis::tui::screens::running::Running;
use visavis::tui::theme::{Look, Theme, UNICODE};
use visavis::tui::widgets::footer::Saved;

use crate::sample::{SIZES, command, filled, now};

/// A session on a screen.
pub(crate) struct Desk {
    log: Log,
    asked: u64,
    run: Run,
    keymap: Keymap,
    theme: Theme,
    terminal: Terminal<Output<Sink>>,
}

impl Desk {
    fn new(notes: u64) -> Self {
        Self::of(filled(notes).0)
    }

    pub(crate) fn of(log: Log) -> Self {
        let mut run = Run::default();
        run.arrive(log.shown(), now());
        let output = Output::new(io::sink(), || Ok(Size::new(120, 40)));
        Self {
            log,
            // Those that made the session have lower numbers.
            asked: 1 << 32,
            run,
            keymap: Keymap::default(),
            theme: Theme::new(Look::Dark, Depth::True, &UNICODE),
            terminal: Terminal::new(output).expect("a sink takes everything"),
        }
    }

    fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            self.run.edit(self.log.shown(), now(), Edit::Insert(letter));
        }
    }

    /// Presses a key that changes nothing in the session.
    pub(crate) fn press(&mut self, key: Key) {
        let Self { log, run, keymap, .. } = self;
        let shown = log.shown();
        let place = run.place(here(shown, now()).as_ref());
        let around = Around { now: now(), keymap, area: Rect::new(0, 0, 120, 40) };
        let effects = match keymap.resolve(place, key) {
            Resolved::Action(action) => run.act(shown, around, action),
            Resolved::Type(edit) => {
                run.edit(shown, now(), edit);
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

    /// Asks the session for a change, as a key would that it grants.
    pub(crate) fn ask(&mut self, what: Request) {
        self.asked += 1;
        self.log.take(&command(self.asked, what)).expect("a change that is granted");
        self.run.arrive(self.log.shown(), now());
    }

    pub(crate) fn draw(&mut self) {
        let Self { log, run, keymap, theme, terminal, .. } = self;
        let drawn = terminal.draw(|frame| {
            let area = frame.area();
            frame.buffer_mut().set_style(area, theme.text);
            let running = Running {
                run,
                shown: log.shown(),
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
        desk.run.edit(desk.log.shown(), now(), Edit::Insert('a'));
        desk.draw();
        desk.run.edit(desk.log.shown(), now(), Edit::Backspace);
    });
}

#[divan::bench(args = SIZES)]
fn a_letter_of_a_tag(bencher: Bencher<'_, '_>, notes: u64) {
    let mut desk = Desk::new(notes);
    desk.type_in("#pe");
    bencher.bench_local(|| {
        desk.run.edit(desk.log.shown(), now(), Edit::Insert('o'));
        desk.draw();
        desk.run.edit(desk.log.shown(), now(), Edit::Backspace);
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
