//! The whole program without a terminal: keys go in, on a simulated disk and a clock that stands still; what
//! the session holds and what is drawn come out.

mod anonymous;
mod any_keys;
mod clock;
mod closing;
mod collecting;
mod course;
mod crowd;
mod hostile_text;
mod interruption;
mod keeping;
mod lists;
mod outside;
mod parking;
mod typed_over;

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::random::SeededRandom;
use crate::script::Privacy;
use crate::session::testing::{moment, note, script};
use crate::session::{Author, Command, FrameId, Id, Request, Session};
use crate::storage::sim::SimDisk;
use crate::storage::{Handed, Places, Recollection};
use crate::tui::remembered::Remembered;
use crate::tui::runner::App as _;
use crate::tui::screens::setup::Beginning;
use crate::tui::testing::plain;
use crate::tui::theme::UNICODE;
use crate::tui::widgets::footer::Saved;

/// Longer than anything takes here: a test that waits so long has failed.
const LONGEST: Duration = Duration::from_secs(20);

/// Somebody at the program.
struct Desk {
    app: App,
    messages: Receiver<Incoming<Work>>,
    disk: SimDisk,
    now: Timestamp,
    last: Turn,
}

impl Desk {
    /// At home, before the library was read.
    fn at_home() -> Self {
        Self::on(SimDisk::new(), moment(0))
    }

    /// The program, started on a disk that may hold sessions.
    fn on(disk: SimDisk, now: Timestamp) -> Self {
        let (sender, messages) = mpsc::channel();
        let places = Places { library: "/library".into(), state: "/state".into() };
        let seed = u64::try_from(now.millis()).unwrap();
        let store = Store::new(Arc::new(disk.clone()), places);
        let Recollection { last: remembered, told } = store.recollect::<Remembered>();
        let reach =
            Reach { store, home: "/home/ann".into(), random: Box::new(SeededRandom::new(seed)), sender };
        let looks = Looks { look: Look::Dark, depth: Depth::True, signs: &UNICODE };
        let first = Choice { name: "tests".to_owned(), script: script() };
        let shelf = Shelf::new(Some(first), remembered);
        let mut app = App::new(Keymap::default(), looks, reach, shelf);
        told.into_iter().for_each(|words| app.tell(words));
        Self { app, messages, disk, now, last: Turn::NOTHING }
    }

    /// In the first step of the tests' script: a hidden round of a brainstorm.
    fn begun() -> Self {
        Self::begun_on(SimDisk::new())
    }

    fn begun_on(disk: SimDisk) -> Self {
        let mut desk = Self::on(disk, moment(0));
        desk.begin(&at_once());
        desk
    }

    fn begin(&mut self, beginning: &Beginning) {
        self.app.begin_first(beginning, self.moment()).unwrap();
    }

    /// The same on another day of the disk: the program ended in the middle of everything, and is started.
    fn after_a_crash(self) -> Self {
        let Self { app, messages, disk, now, .. } = self;
        let path = app.room.as_ref().unwrap().path();
        // The keeper gives up its lock as soon as its thread ends; nobody waits for that.
        let disk = disk.power_cut(crate::storage::sim::Cut::Lose);
        drop((app, messages));
        let mut desk = Self::on(disk, now.plus_millis(60_000));
        desk.app.go_on(&path, desk.moment()).unwrap();
        desk
    }

    /// Another program hands in a note of the sales.
    fn handed(&self, number: u64, text: &str) -> Handed {
        let what = Request::Add { to: None, drafts: vec![note("sales", text)] };
        let command = Command { id: FrameId(Id::new(number)), by: Author::Outside, at: moment(1), what };
        self.app.reach.store.hand(&self.room().path(), &command).unwrap()
    }

    fn moment(&self) -> Moment {
        Moment { now: self.now, wall: self.now }
    }

    fn tell(&mut self, message: Message<Work>) {
        let moment = self.moment();
        self.last = self.app.handle(message, &moment);
    }

    /// Presses keys: every letter is one, and `<Name>` is the key of that name.
    #[track_caller]
    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.tell(Message::Input(Input::Key(key)));
        }
        self
    }

    fn pastes(&mut self, text: &str) -> &mut Self {
        self.tell(Message::Input(Input::Paste { text: text.to_owned(), cut: false }));
        self
    }

    /// Lets time pass as the loop does: from one moment that the program asked for to the next.
    fn wait(&mut self, secs: i64) -> &mut Self {
        let end = self.now.plus_millis(secs * 1000);
        for _ in 0..100_000 {
            let left = u64::try_from(end.millis_since(self.now)).unwrap();
            let next = self.app.next_moment(&self.moment()).map(millis);
            let Some(next) = next.filter(|next| *next <= left) else {
                self.now = end;
                return self;
            };
            self.now = self.now.plus_millis(i64::try_from(next).unwrap());
            self.tell(Message::Moment);
        }
        panic!("the program asks for one moment after the other");
    }

    /// Takes in what the program's own threads answer until something holds.
    #[track_caller]
    fn until(&mut self, holds: impl Fn(&Self) -> bool) -> &mut Self {
        while !holds(self) {
            match self.messages.recv_timeout(LONGEST) {
                Ok(Incoming::Work(work)) => self.tell(Message::Work(work)),
                Ok(_) => {}
                Err(_) => panic!("it never came:\n{}", self.screen()),
            }
        }
        self
    }

    /// Until everything is on the disk.
    #[track_caller]
    fn until_saved(&mut self) -> &mut Self {
        self.until(|desk| desk.room().saved() == Saved::All)
    }

    fn room(&self) -> &Room {
        self.app.room.as_ref().unwrap()
    }

    fn session(&self) -> &Session {
        self.room().session()
    }

    fn buffer(&self, columns: u16, rows: u16) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| self.app.draw(frame, &self.moment())).unwrap();
        terminal.backend().buffer().clone()
    }

    fn screen(&self) -> String {
        plain(&self.buffer(80, 24))
    }

    #[track_caller]
    fn shows(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "no `{text}` in\n{screen}");
        self
    }

    #[track_caller]
    fn hides(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "`{text}` in\n{screen}");
        self
    }

    /// What the line says.
    fn line(&self) -> &str {
        let here = here(self.room().shown(), self.now).unwrap();
        self.room().run.line(&here).text()
    }

    /// The notes as `side: text`, one a line.
    fn notes(&self) -> String {
        let mut out = String::new();
        for note in self.session().notes.iter() {
            let side = note.side.as_ref().map_or("", |side| &side.0);
            let _ = writeln!(out, "{side}: {}", note.text);
        }
        out
    }

    /// The key of the present step.
    fn step(&self) -> &str {
        let present = self.session().present.unwrap();
        &self.session().agenda.iter().find(|entry| entry.id == present.step).unwrap().key.0
    }

    /// The round of the present step.
    fn round(&self) -> u32 {
        self.session().current().unwrap().round
    }

    /// The session's file; empty where it is not there yet.
    fn file(&self) -> String {
        let read = crate::storage::Medium::read(&self.disk, &self.room().path(), 1 << 20);
        String::from_utf8(read.unwrap_or_default()).unwrap()
    }

    /// Until the file says this. The keeper tells nothing of the file, so that it is asked for something that
    /// it does tell of, over and over.
    #[track_caller]
    fn until_file(&mut self, text: &str) -> &mut Self {
        for _ in 0..1000 {
            if self.file().contains(text) {
                return self;
            }
            self.keys("<Ctrl+T>").until_saved();
        }
        panic!("no `{text}` in\n{}", self.file());
    }

    fn farewell(self) -> Farewell {
        self.app.farewell()
    }
}

/// A session that begins now, with nobody named.
fn at_once() -> Beginning {
    Beginning::of(Privacy::default())
}

/// A moment that is nearly there is waited for as long as the system can: a millisecond at the least.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_micros().div_ceil(1000)).unwrap()
}

#[track_caller]
fn parse(keys: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = keys;
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = named {
            found.push(name.parse().unwrap_or_else(|error| panic!("{error}")));
            rest = after;
        } else {
            found.push(Key::char(letter));
            rest = &rest[letter.len_utf8()..];
        }
    }
    found
}
