//! A session run as the program runs it, one thing after the other, all by chance.
//!
//! Owns the program's side: the session in memory, and what the keeper told of it. Without threads, so
//! that the same seed is the same run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::past::Line;
use super::{store, visible, wants};
use crate::random::SeededRandom;
use crate::session::testing::{moment, note, script, session_of};
use crate::session::{Author, Command, FrameId, Log, Over, Request, Session, TypedIn, Unfinished};
use crate::storage::keeper::{Report, Writer};
use crate::storage::sim::SimDisk;
use crate::storage::store::{Handed, Ready};
use crate::storage::trouble::Trouble;

pub(super) type Drafts = BTreeMap<TypedIn, Unfinished>;

/// Commands of other programs have numbers from here on.
const OTHERS: u64 = 1_000_000;

/// A command that another program handed in.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) id: FrameId,
    /// From so many operations on it must not be lost; none where the other program could not be sure.
    pub(super) since: Option<usize>,
    /// Where among the states it was taken up.
    pub(super) taken: Option<usize>,
}

pub(super) struct Tale {
    pub(super) disk: SimDisk,
    /// The session's file.
    pub(super) file: PathBuf,
    pub(super) chance: SeededRandom,
    /// The session as the program has it in memory.
    pub(super) log: Log,
    pub(super) states: Line<Arc<Session>>,
    pub(super) drafts: Line<Drafts>,
    pub(super) handed: Vec<Waiting>,
    /// Every state there ever was, those of runs that were cut off too.
    pub(super) ever: Vec<Arc<Session>>,
    /// What could not be written, as it was told.
    pub(super) failures: Vec<String>,
    pub(super) writer: Option<Writer>,
    told: Arc<Mutex<Vec<(usize, Report)>>>,
    asked: Vec<Command>,
    /// The place among the states at which the numbers of the log's frames begin.
    base: usize,
    /// Commands so far: each has its own number.
    commands: u64,
}

impl Tale {
    /// A session that nobody has begun yet.
    pub(super) fn new(disk: SimDisk, seed: u64) -> Self {
        let log = Log::new(session_of(script()), 0);
        let first = Arc::new(log.session().clone());
        Self {
            disk,
            file: PathBuf::new(),
            chance: SeededRandom::new(seed),
            log,
            states: Line::new(Arc::clone(&first)),
            drafts: Line::new(Drafts::new()),
            handed: Vec::new(),
            ever: vec![first],
            failures: Vec::new(),
            writer: None,
            told: Arc::default(),
            asked: Vec::new(),
            base: 0,
            commands: 0,
        }
    }

    pub(super) fn begin(&mut self) -> Result<(), Trouble> {
        let ready = store(&self.disk).begun(session_of(script()))?;
        self.file.clone_from(&ready.begin.file);
        self.keep(ready);
        Ok(())
    }

    /// Goes on with what the disk holds; what was told of it.
    pub(super) fn resume(&mut self) -> Result<Vec<String>, Trouble> {
        let ready = store(&self.disk).resumed(&self.file)?;
        let now = self.disk.operations();
        let found = Arc::new(ready.begin.log.session().clone());
        let place = self.states.place(&found, self.place_of(ready.begin.log.seq()), now);
        let place = place.expect("what was saved is missing, or something was invented");
        let drafts = ready.begin.drafts.clone();
        let draft = self.drafts.place(&drafts, self.drafts.end(), now).expect("a draft is missing");
        self.states.go_on_from(place);
        self.drafts.go_on_from(draft);
        for waiting in &mut self.handed {
            waiting.taken = waiting.taken.filter(|taken| *taken <= place);
        }
        self.log = ready.begin.log.clone();
        self.base = place - usize::try_from(self.log.seq()).unwrap();
        let found = ready.found.clone();
        self.keep(ready);
        Ok(found)
    }

    fn keep(&mut self, ready: Ready) {
        self.asked.clear();
        self.told.lock().unwrap().clear();
        let (told, disk) = (Arc::clone(&self.told), self.disk.clone());
        let tell = move |report| told.lock().unwrap().push((disk.operations(), report));
        let failed = self.failures.len();
        let mut writer = Writer::new(ready.begin, Box::new(tell));
        writer.settle();
        writer.look();
        self.writer = Some(writer);
        self.hear();
        if self.failures.len() == failed {
            self.states.acknowledge(self.disk.operations(), self.states.end());
        }
    }

    /// Which place among the states a frame's number is.
    pub(super) fn place_of(&self, seq: u64) -> usize {
        self.base + usize::try_from(seq).unwrap()
    }

    /// The program ends without a word; the disk stays as it is.
    pub(super) fn is_killed(&mut self) {
        self.writer = None;
    }

    /// The power goes, and this is what is left; the session can be gone on with there.
    pub(super) fn loses_power(&mut self, left: SimDisk) {
        let now = self.disk.operations();
        self.writer = None;
        let ready = store(&left).resumed(&self.file).expect("it was begun");
        let log = &ready.begin.log;
        let found = Arc::new(log.session().clone());
        let place = self.states.place(&found, self.place_of(log.seq()), now).expect("it was checked");
        let draft = self.drafts.place(&ready.begin.drafts, self.drafts.end(), now).expect("it was checked");
        self.states.go_on_elsewhere(place);
        self.drafts.go_on_elsewhere(draft);
        self.handed.retain_mut(|waiting| {
            waiting.taken = waiting.taken.filter(|taken| *taken <= place);
            waiting.since.replace(0).is_some()
        });
        self.disk = left;
    }

    /// Leaves the session as a person does, and says whether all of it could be written.
    pub(super) fn leave(&mut self, closed: bool) -> Result<(), String> {
        let writer = self.writer.take().expect("it is kept");
        let left = writer.leave(visible(self.log.session()), closed);
        self.hear();
        left
    }

    /// One thing happens, mostly something that somebody wants.
    pub(super) fn go_on(&mut self) {
        match self.chance.below(100) {
            0..76 => self.somebody_wants(),
            76..88 => self.types(),
            88..94 => {
                let visible = visible(self.log.session());
                self.writer().checkpoint(visible);
            }
            94..97 => self.is_handed_something(),
            _ => self.writer().look(),
        }
        self.hear();
        if self.chance.below(4) > 0 {
            self.settle();
        }
        for command in std::mem::take(&mut self.asked) {
            match self.takes(&command) {
                Some(place) => {
                    let of = self.handed.iter_mut().find(|waiting| waiting.id == command.id).unwrap();
                    assert!(of.taken.is_none(), "it is taken up twice");
                    of.taken = Some(place);
                }
                None => {
                    // Only where notes are taken can it be taken up: it waits until then.
                    self.wants(&wants::to_practices(self.log.session()));
                    self.asked.push(command);
                }
            }
        }
    }

    /// The keeper brings everything that waits onto the disk.
    pub(super) fn settle(&mut self) {
        self.writer().settle();
        self.hear();
        if !self.writer().is_in_trouble() {
            self.drafts.acknowledge(self.disk.operations(), self.drafts.end());
        }
    }

    pub(super) fn writer(&mut self) -> &mut Writer {
        self.writer.as_mut().expect("it is kept")
    }

    /// What the keeper told since last time.
    fn hear(&mut self) {
        for (operations, report) in std::mem::take(&mut *self.told.lock().unwrap()) {
            match report {
                Report::Saved { seq } => self.states.acknowledge(operations, self.place_of(seq)),
                Report::Failed { why } | Report::Behind { why } | Report::NotWritten { why } => {
                    self.failures.push(why);
                }
                Report::Erased | Report::KeptAside(_) | Report::Written { .. } | Report::CaughtUp => {}
                Report::JournalRemoved => panic!("nobody removed the journal"),
                Report::ChangedOutside { kept } => panic!("nobody changed what is kept as {kept:?}"),
                Report::Asked(command) => self.asked.push(command),
            }
        }
    }

    fn somebody_wants(&mut self) {
        let what = wants::want(self.log.session(), &mut self.chance, self.commands);
        if !self.wants(&what) {
            self.wants(&wants::to_practices(self.log.session()));
        }
    }

    /// Whether it was done.
    pub(super) fn wants(&mut self, what: &Request) -> bool {
        let command = self.command(what.clone());
        self.takes(&command).is_some()
    }

    /// Something that can always be asked for, which is no part of this tale.
    pub(super) fn one_more(&mut self) -> Command {
        let title = format!("Title {}", self.commands);
        self.command(Request::Retitle(title))
    }

    fn command(&mut self, what: Request) -> Command {
        self.commands += 1;
        let at = moment(i64::try_from(self.commands).unwrap());
        Command { id: FrameId(wants::identity(self.commands)), by: Author::Facilitator, at, what }
    }

    /// The place of the state after it; none where it is refused.
    fn takes(&mut self, command: &Command) -> Option<usize> {
        let frame = self.log.take(command).ok()?;
        let state = Arc::new(self.log.session().clone());
        self.ever.push(Arc::clone(&state));
        self.states.push(state);
        self.writer().frame(&frame);
        Some(self.states.end())
    }

    fn types(&mut self) {
        let agenda = &self.log.session().agenda;
        let place = match self.chance.below(5) {
            0 => Over::ALL[self.chance.below(Over::ALL.len())].into(),
            _ => agenda[self.chance.below(agenda.len().min(2))].id.into(),
        };
        let typed = match self.chance.below(5) {
            0 => Unfinished::default(),
            kind => wants::typed(&mut self.chance, self.commands, kind == 1),
        };
        let mut drafts = self.drafts.newest().clone();
        if typed.is_empty() {
            drafts.remove(&place);
        } else {
            drafts.insert(place, typed.clone());
        }
        self.drafts.push(drafts);
        self.writer().draft(place, typed);
    }

    pub(super) fn types_nothing(&mut self) {
        let mut drafts = self.drafts.newest().clone();
        while let Some((place, _)) = drafts.pop_first() {
            self.writer().draft(place, Unfinished::default());
            self.drafts.push(drafts.clone());
        }
    }

    /// Another program asks for a note.
    fn is_handed_something(&mut self) {
        self.commands += 1;
        let id = FrameId(wants::identity(OTHERS + self.commands));
        let draft = note("sales", &format!("From paper: {}", self.commands));
        let what = Request::Add { to: None, drafts: vec![draft] };
        let at = moment(i64::try_from(self.commands).unwrap());
        let command = Command { id, by: Author::Outside, at, what };
        self.handed.push(Waiting { id, since: None, taken: None });
        if let Ok(Handed::ToRunning) = store(&self.disk).hand(&self.file, &command) {
            self.handed.last_mut().unwrap().since = Some(self.disk.operations());
        }
        self.writer().look();
    }
}
