//! The program on the screen: which view is shown, and the way from a key to what follows from it.
//!
//! Owns the views and the room; carries out [`Effect`]s. Never decides what belongs to a session, and never
//! waits for the disk except when it leaves.

mod closing;
mod interruption;
mod outside;
mod shelf;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::action::{Action, Place};
use super::aid::{After, Aid};
use super::color::Depth;
use super::effect::{Effect, Then};
use super::input::Input;
use super::key::Key;
use super::keymap::{Edit, Keymap, Resolved};
use super::overlay::Overlay;
use super::program::ProgramAction;
use super::room::Room;
use super::run::{Around, here};
use super::runner::{self, End, Incoming, Message, Turn};
use super::screens::home;
use super::screens::home::Home;
use super::screens::look_back::LookBack;
use super::screens::running::Running;
use super::screens::setup::Setup;
use super::screens::summary::{self, Summary};
use super::steps::Focus;
use super::theme::{Look, Signs, Theme};
use super::widgets::panel::{TooSmall, too_small};
use crate::random::Random;
use crate::session::Request;
use crate::storage::Trouble;
use crate::storage::follow::Followed;
use crate::storage::keeper::Report;
use crate::storage::store::{Opened, Store};
use crate::timer::Timestamp;

use self::interruption::Waking;
pub use shelf::{Choice, Next, Read, Shelf};

/// A moment as the screen needs it.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The steady time, which no change of the wall clock moves.
    pub now: Timestamp,
    /// The time of day on the wall.
    pub wall: Timestamp,
}

impl Moment {
    fn clock(&self) -> String {
        self.wall.local().format("%H:%M").to_string()
    }

    fn to_next_minute(self) -> Duration {
        let into = self.wall.millis().rem_euclid(60_000);
        Duration::from_millis((60_000 - into).unsigned_abs())
    }
}

/// What the app's own threads answer.
#[derive(Debug)]
pub enum Work {
    /// The keeper of the running session.
    Kept(Report),
    /// What another program saved in the session that it runs and this one shows.
    Followed(Box<Followed>),
    /// Nothing more is heard of that session.
    Unheard,
    /// What the library holds.
    Library(Read),
}

/// What the terminal can show, and which look is on.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// The look that is on.
    pub look: Look,
    /// How many colours.
    pub depth: Depth,
    /// Which signs.
    pub signs: &'static Signs,
}

/// What is shown.
enum View {
    Home(Home),
    SetUp(Box<Setup>),
    LookBack(LookBack),
    Session,
    Summary(Summary),
}

/// What the app reaches the world through.
pub struct Reach {
    /// The disk.
    pub store: Store,
    /// The person's own folder.
    pub home: PathBuf,
    /// Random numbers.
    pub random: Box<dyn Random>,
    /// The way back from the app's own threads.
    pub sender: Sender<Incoming<Work>>,
}

impl Reach {
    /// The path that somebody typed: no shell has put their folder in the place of `~`.
    fn typed(&self, path: &str) -> PathBuf {
        match Path::new(path).strip_prefix("~") {
            Ok(rest) => self.home.join(rest),
            Err(_) => PathBuf::from(path),
        }
    }
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reach").field("store", &self.store).finish_non_exhaustive()
    }
}

/// The program on the screen.
pub struct App {
    keymap: Keymap,
    looks: Looks,
    theme: Theme,
    reach: Reach,
    shelf: Shelf,
    view: View,
    room: Option<Room>,
    /// What lies over a view that is no session.
    aid: Option<Aid>,
    notice: String,
    writing: Writing,
    turn: Turn,
    /// How big the screen was when it was drawn last: a page key moves by what is seen.
    area: Cell<Rect>,
    /// When the loop is to be woken next.
    waking: Cell<Option<Waking>>,
    /// The last moment that the program knows of.
    last: Option<Timestamp>,
    /// Whether a mistake of the program ends it.
    broken: bool,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("looks", &self.looks).field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// What is known of whether a session could be saved.
#[derive(Debug)]
enum Writing {
    /// It is taken for granted: what begins a session tells otherwise.
    Taken,
    /// It is to be tried out as soon as the first frame is on the screen.
    Untried,
    /// No session could be saved.
    Hindered(Trouble),
}

/// The session refused; its words are on the screen.
struct Refused;

/// What is said once the terminal was given back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Farewell {
    /// Where the session's file lies, if one ran.
    pub path: Option<PathBuf>,
    /// What went wrong, in words: what could not be written, or why the program ended by itself.
    pub trouble: Option<String>,
}

const BROKEN: &str = "a mistake of this program ended it";

impl App {
    /// A program that shows home.
    #[must_use]
    pub fn new(keymap: Keymap, looks: Looks, reach: Reach, shelf: Shelf) -> Self {
        let theme = Theme::new(looks.look, looks.depth, looks.signs);
        Self {
            keymap,
            looks,
            theme,
            reach,
            shelf,
            view: View::Home(Home::default()),
            room: None,
            aid: None,
            notice: String::new(),
            writing: Writing::Taken,
            turn: Turn::NOTHING,
            area: Cell::new(Rect::ZERO),
            waking: Cell::new(None),
            last: None,
            broken: false,
        }
    }

    /// Tells something that is worth knowing before anybody does anything; the next key takes it away.
    pub fn tell(&mut self, words: String) {
        self.notice = words;
    }

    /// Goes into a session that was opened or recovered.
    pub fn enter(&mut self, opened: Opened, now: Timestamp) {
        let Opened { log, keeper, drafts, found } = opened;
        let mut room = Room::new(log, keeper, drafts, now);
        let question = closing::about_reopening(room.shown(), now);
        room.run.overlay = closing::before_going_on(found, question).map(Overlay::Dialog);
        self.room = Some(room);
        self.view = View::Session;
    }

    /// What tells the app what the keeper of a session reports.
    pub fn teller(&self) -> impl Fn(Report) + Send + 'static + use<> {
        let sender = self.reach.sender.clone();
        // A loop that has ended needs no reports.
        move |report| drop(sender.send(Incoming::Work(Work::Kept(report))))
    }

    /// Leaves the session, if one runs: the one time that anything waits for the disk.
    #[must_use]
    pub fn farewell(mut self) -> Farewell {
        self.put_set_up_aside();
        let broken = self.broken.then(|| BROKEN.to_owned());
        let Some(mut room) = self.room else { return Farewell { path: None, trouble: broken } };
        let path = room.path();
        if let Some(last) = self.last {
            room.seen(last);
        }
        match room.leave() {
            Ok(path) => Farewell { path: Some(path), trouble: broken },
            Err(trouble) => Farewell { path: Some(path), trouble: Some(trouble) },
        }
    }

    fn place(&self, now: Timestamp) -> Place {
        self.aid.as_ref().map_or_else(|| self.place_of_view(now), Aid::place)
    }

    fn place_of_view(&self, now: Timestamp) -> Place {
        match (&self.view, &self.room) {
            (View::Session, Some(room)) => room.run.place(here(room.shown(), now).as_ref()),
            (View::Home(home), _) => home.place(),
            (View::SetUp(setup), _) => setup.place(),
            (View::LookBack(look_back), _) => look_back.place(),
            (View::Summary(summary), _) => summary.place(),
            (View::Session, None) => Place::List,
        }
    }

    fn key(&mut self, key: Key, moment: Moment) {
        if self.end_interruption(moment) {
            return;
        }
        match self.keymap.resolve(self.place(moment.now), key) {
            Resolved::Action(action) => self.act(action, moment),
            Resolved::Type(edit) => self.edit(edit, moment.now),
            Resolved::Ignored => {}
        }
    }

    fn edit(&mut self, edit: Edit, now: Timestamp) {
        self.notice.clear();
        if let Some(aid) = &mut self.aid {
            self.turn.draw |= aid.edit(edit);
            return;
        }
        self.turn.draw |= match (&mut self.view, &mut self.room) {
            (View::Session, Some(room)) => room.edit(now, edit),
            (View::SetUp(setup), _) => setup.edit(edit),
            (View::Home(_) | View::LookBack(_) | View::Summary(_) | View::Session, _) => false,
        };
    }

    fn paste(&mut self, text: &str, cut: bool, moment: Moment) {
        self.turn.draw = true;
        if self.end_interruption(moment) {
            return;
        }
        if let Some(aid) = &mut self.aid {
            aid.paste(text);
            return;
        }
        let effects = match (&mut self.view, &mut self.room) {
            (View::Session, Some(room)) => room.paste(moment.now, text),
            (View::SetUp(setup), _) => {
                setup.paste(text);
                Vec::new()
            }
            (View::Home(_) | View::LookBack(_) | View::Summary(_) | View::Session, _) => Vec::new(),
        };
        self.perform(effects, moment);
        if let (true, Some(room)) = (cut, &mut self.room) {
            room.run.notice =
                Some("That was too long to paste at once; only its beginning was taken.".to_owned());
        }
    }

    fn act(&mut self, action: Action, moment: Moment) {
        self.turn.draw = true;
        self.notice.clear();
        if let Some(aid) = self.aid.take() {
            match aid.act(&self.keymap, self.area.get(), action) {
                After::Open(aid) => self.aid = Some(aid),
                After::Closed => {}
                After::Chosen(action) => self.act(action, moment),
            }
            return;
        }
        match &self.view {
            View::Session => {
                let Some(room) = &mut self.room else { return };
                let around = Around { now: moment.now, keymap: &self.keymap, area: self.area.get() };
                let effects = room.act(around, action);
                self.perform(effects, moment);
            }
            View::Summary(_) => self.act_in_summary(action, moment),
            View::Home(_) | View::SetUp(_) | View::LookBack(_) => {
                if !self.perform_anywhere(action, moment) {
                    self.act_outside(action, moment);
                }
            }
        }
    }

    fn act_in_summary(&mut self, action: Action, moment: Moment) {
        let (View::Summary(summary), Some(room)) = (&mut self.view, &self.room) else { return };
        let path = room.path().display().to_string();
        let values = summary_values(room, &path, moment.now);
        match summary.act(values, self.area.get(), action) {
            Some(summary::Outcome::Leave) => self.turn.leave = true,
            Some(summary::Outcome::Back) => self.view = View::Session,
            Some(summary::Outcome::Close) => self.close(moment.now),
            Some(summary::Outcome::Reopen) => {
                let question = closing::about_reopening(room.shown(), moment.now);
                self.view = View::Session;
                self.perform(question.map(Effect::question).into_iter().collect(), moment);
            }
            None => {
                self.perform_anywhere(action, moment);
            }
        }
    }

    fn close(&mut self, now: Timestamp) {
        let Some(room) = &mut self.room else { return };
        let hidden = closing::about_hidden(room.shown());
        if let Some(question) = hidden.or_else(|| room.about_parked(Effect::Close)) {
            room.run.overlay = Some(Overlay::Dialog(question));
            self.view = View::Session;
        } else if room.ask(self.reach.random.as_mut(), now, Request::Close, Then::Nothing) {
            self.turn.leave = true;
        } else {
            // The refusal is told where one can do something about it.
            self.view = View::Session;
        }
    }

    /// What can be done on every screen; says whether this was such a thing.
    fn perform_anywhere(&mut self, action: Action, moment: Moment) -> bool {
        match ProgramAction::of(action) {
            Some(ProgramAction::Palette | ProgramAction::Help) => {
                self.aid = Aid::opened_by(action, self.place_of_view(moment.now));
            }
            Some(ProgramAction::NextLook) => self.next_look(),
            Some(ProgramAction::Redraw) => self.turn = self.turn.and(Turn::REDRAW),
            Some(ProgramAction::Leave) => self.turn.leave = true,
            Some(ProgramAction::Save | ProgramAction::SaveElsewhere | ProgramAction::TakeOver) | None => {
                return false;
            }
        }
        true
    }

    /// Carries out what follows from a key, and what follows from that.
    fn perform(&mut self, effects: Vec<Effect>, moment: Moment) {
        let mut waiting: VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            match self.perform_one(effect, moment) {
                Ok(more) => more.into_iter().rev().for_each(|effect| waiting.push_front(effect)),
                Err(Refused) => return,
            }
        }
    }

    /// What follows from one effect. Where the session refuses, nothing that was to follow does.
    fn perform_one(&mut self, effect: Effect, moment: Moment) -> Result<Vec<Effect>, Refused> {
        let now = moment.now;
        let Some(room) = &mut self.room else { return Ok(Vec::new()) };
        match effect {
            Effect::Ask(request, then) => {
                if !room.ask(self.reach.random.as_mut(), now, request, then) {
                    return Err(Refused);
                }
            }
            Effect::AskElse { request, granted, refused } => {
                let taken = room.ask(self.reach.random.as_mut(), now, request, Then::Nothing);
                return Ok(if taken { granted } else { refused });
            }
            Effect::Edit(id) => room.begin_edit(id),
            Effect::EditMarked => room.edit_marked(now),
            Effect::Say(words) => room.run.notice = Some(words),
            Effect::Open(overlay) => room.open(overlay),
            Effect::Insert(text) => room.insert(now, &text),
            Effect::SetLine(text) => room.set_line(now, &text),
            Effect::ToLine => room.run.focus = Focus::Line,
            Effect::ToBoard => return Ok(room.focus_board(now)),
            Effect::Summary => {
                // It says that all is in the file.
                room.checkpoint();
                self.view = View::Summary(Summary::default());
            }
            Effect::Describe(id, question) => room.describe(id, question),
            Effect::RemoveForGood(id) => room.remove_for_good(self.reach.random.as_mut(), now, id),
            Effect::Close => self.close(now),
            Effect::Save => room.checkpoint(),
            Effect::NextLook => self.next_look(),
            Effect::Redraw => self.turn = self.turn.and(Turn::REDRAW),
            Effect::SaveElsewhere(target) => room.save_elsewhere(self.reach.typed(&target)),
            Effect::TakeOver => self.take_over(moment),
        }
        Ok(Vec::new())
    }

    fn next_look(&mut self) {
        self.looks.look = self.looks.look.next();
        self.theme = Theme::new(self.looks.look, self.looks.depth, self.looks.signs);
        self.turn = self.turn.and(Turn::REDRAW);
    }

    /// How long until something shown changes by itself.
    fn wait(&self, moment: &Moment) -> Option<Duration> {
        match (&self.view, &self.room) {
            // The first frame is on the screen by now: time to see whether a session could be saved.
            _ if matches!(self.writing, Writing::Untried) => Some(Duration::ZERO),
            // The same: time to see what the library holds.
            (View::Home(_) | View::LookBack(_), _) if self.shelf.is_unread() => Some(Duration::ZERO),
            // On a blank picture nothing changes.
            (View::Session, Some(room)) if room.session().interrupted().is_some() => {
                room.wait_for_keeping(moment.now)
            }
            (View::Session, Some(room)) => {
                let clock = (!room.is_whole_screen(moment.now)).then(|| moment.to_next_minute());
                clock.into_iter().chain(room.wait(moment.now)).min()
            }
            (View::Summary(_), Some(room)) => room.wait_for_keeping(moment.now),
            (View::Home(_) | View::SetUp(_) | View::LookBack(_) | View::Session | View::Summary(_), _) => {
                None
            }
        }
    }

    fn draw_view(&self, moment: Moment, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let (theme, keymap) = (&self.theme, &self.keymap);
        match (&self.view, &self.room) {
            (View::Session, Some(room)) => Running {
                run: &room.run,
                shown: room.shown(),
                now: moment.now,
                clock: &moment.clock(),
                saved: room.saved(),
                trouble: room.trouble(),
                keymap,
                theme,
            }
            .draw(area, buf),
            _ if too_small(area) => {
                TooSmall { theme }.render(area, buf);
                None
            }
            (View::Summary(summary), Some(room)) => {
                let path = room.path().display().to_string();
                summary.draw(summary_values(room, &path, moment.now), theme, keymap, area, buf);
                None
            }
            (View::SetUp(setup), _) => {
                setup.draw(moment.now, theme, keymap, area, buf);
                setup.cursor(theme, area)
            }
            (View::LookBack(look_back), _) => {
                look_back.draw(self.shelf.library(), theme, keymap, area, buf);
                None
            }
            (View::Home(home), _) => {
                home.draw(self.home_values(moment), theme, keymap, area, buf);
                None
            }
            (View::Session | View::Summary(_), None) => None,
        }
    }

    fn home_values(&self, moment: Moment) -> home::Values<'_> {
        home::Values {
            offers: self.shelf.offers(),
            library: self.shelf.library(),
            notice: &self.notice,
            now: moment.now,
        }
    }
}

fn summary_values<'a>(room: &'a Room, path: &'a str, now: Timestamp) -> summary::Values<'a> {
    summary::Values { shown: room.shown(), path, saved: room.saved(), now }
}

impl runner::App for App {
    type Work = Work;
    type Now = Moment;

    fn handle(&mut self, message: Message<Work>, moment: &Moment) -> Turn {
        let moment = *moment;
        self.turn = Turn::NOTHING;
        self.last = Some(moment.now);
        self.notice_gap(moment.now);
        match message {
            Message::Input(Input::Key(key)) => self.key(key, moment),
            Message::Input(Input::Paste { text, cut }) => self.paste(&text, cut, moment),
            Message::Work(Work::Kept(report)) => {
                self.turn.draw = true;
                if let Some(room) = &mut self.room {
                    room.report(report, moment.now);
                }
            }
            Message::Work(Work::Followed(followed)) => {
                self.turn.draw = true;
                if let Some(room) = &mut self.room {
                    room.show(*followed, moment.now);
                }
            }
            Message::Work(Work::Unheard) => {
                self.turn.draw = true;
                self.room.iter_mut().for_each(Room::hear_no_more);
            }
            Message::Work(Work::Library(read)) => self.library_was_read(read, moment),
            Message::Moment => {
                self.turn.draw = true;
                self.tried_out_writing();
                if matches!(self.view, View::Home(_) | View::LookBack(_)) {
                    self.shelf.look(&self.reach);
                }
                let due = self.room.as_mut().and_then(|room| room.due(moment.now));
                self.perform(due.into_iter().collect(), moment);
            }
            Message::End(end) => {
                self.turn.leave = true;
                self.broken |= end == End::Broken;
            }
        }
        std::mem::take(&mut self.turn)
    }

    fn next_moment(&self, moment: &Moment) -> Option<Duration> {
        let wait = self.wait(moment);
        self.expect_waking(moment.now, wait);
        wait
    }

    fn draw(&self, frame: &mut Frame<'_>, moment: &Moment) {
        let area = frame.area();
        self.area.set(area);
        let buf = frame.buffer_mut();
        buf.set_style(area, self.theme.text);
        let below = self.draw_view(*moment, area, buf);
        let cursor = match &self.aid {
            Some(aid) if !too_small(area) => aid.draw(&self.theme, &self.keymap, area, buf),
            Some(_) | None => below,
        };
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }
}
