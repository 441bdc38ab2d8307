//! The log: the session together with what has happened lately, so that it can be taken back.
//!
//! Owns: frames, their order, undo and redo. Never: writes to a disk; whoever keeps the frames for good
//! stands behind `storage`.

use std::collections::{HashSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::command::{Command, Request};
use super::decide::decide;
use super::effort::Effort;
use super::event::{Change, Course, Draft, Event, ItemId};
use super::id::FrameId;
use super::items::Edit;
use super::known::Remembered;
use super::people::Author;
use super::refusal::Refusal;
use super::shown::Shown;
use super::state::Session;
use crate::script::SideKey;
use crate::timer::Timestamp;

/// How many commands can be taken back at most.
pub const UNDO_DEPTH: usize = 1_000;

/// All events of one command: the unit that is written, all or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Its place in the log: increasing, gaps allowed, from 1.
    pub seq: u64,
    /// The command's identity.
    pub id: FrameId,
    /// When.
    pub at: Timestamp,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Author::is_facilitator")]
    pub by: Author,
    /// What kind of command it answers.
    #[serde(default, skip_serializing_if = "Cause::is_command")]
    pub cause: Cause,
    /// Who may see what is in it.
    #[serde(default, skip_serializing_if = "Audience::is_all")]
    pub audience: Audience,
    /// What happened, at least one event.
    pub events: Vec<Event>,
}

/// What kind of command a frame answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Cause {
    /// An ordinary one.
    #[default]
    Command,
    /// It takes back an earlier frame.
    Undo(FrameId),
    /// It brings back a frame that was taken back.
    Redo(FrameId),
}

impl Frame {
    /// What it changes of what people wrote, in order.
    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.events.iter().filter_map(|event| match event {
            Event::Content(change) => Some(change),
            Event::Course(_) => None,
        })
    }
}

impl Cause {
    fn is_command(&self) -> bool {
        *self == Self::Command
    }
}

/// Who may see what is in a frame.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Audience {
    /// Everybody.
    #[default]
    All,
    /// One side, until it is revealed.
    Side(SideKey),
    /// Whoever runs the session, until it is revealed.
    Facilitator,
}

impl Audience {
    fn is_all(&self) -> bool {
        *self == Self::All
    }

    /// Who may see these events, which `session` is about to go through.
    fn of(session: &Session, events: &[Event]) -> Self {
        let mut audience = Self::All;
        let mut narrow = |side: Option<&SideKey>| {
            audience = match (std::mem::take(&mut audience), side) {
                (Self::All, Some(side)) => Self::Side(side.clone()),
                (Self::Side(one), Some(other)) if &one == other => Self::Side(one),
                (Self::All | Self::Side(_) | Self::Facilitator, _) => Self::Facilitator,
            };
        };
        for event in events {
            match event {
                Event::Content(Change::Note(edit)) => edit
                    .told()
                    .filter(|note| !session.cover(&note.made).is_open())
                    .for_each(|note| narrow(note.side.as_ref())),
                Event::Content(Change::Entry(edit)) => edit
                    .told()
                    .filter(|entry| !session.topic_cover(entry.topic).is_open())
                    .for_each(|entry| narrow(Some(&entry.by))),
                // Not even their own side sees dots before all do.
                Event::Content(Change::Ballot(edit)) => edit
                    .told()
                    .filter(|ballot| !session.tally_is_open(ballot.made.during()))
                    .for_each(|_| narrow(None)),
                Event::Content(_) | Event::Course(_) => {}
            }
        }
        audience
    }
}

/// Why a frame was not appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The log has moved on since the frame was made.
    MovedOn,
    /// One of its events does not fit the session: the frame is damaged or not from this log.
    Damaged,
}

/// What became of a frame that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is the newest frame now.
    New,
    /// It was there already; nothing changed.
    Known,
}

/// A command that can be taken back, or was.
#[derive(Debug, Clone)]
struct Done {
    id: FrameId,
    by: Author,
    changes: Vec<Change>,
    undone: bool,
}

/// A session with its newest frames.
#[derive(Debug, Clone)]
pub struct Log {
    session: Remembered,
    seq: u64,
    done: VecDeque<Done>,
    known: HashSet<FrameId>,
    /// When the newest frame of this program was made.
    last_at: Option<Timestamp>,
}

impl Log {
    /// A log that begins with `session`, `seq` frames into its life.
    #[must_use]
    pub fn new(session: Session, seq: u64) -> Self {
        Self {
            session: Remembered::new(session),
            seq,
            done: VecDeque::new(),
            known: HashSet::new(),
            last_at: None,
        }
    }

    /// The session as it is.
    #[must_use]
    pub const fn session(&self) -> &Session {
        self.session.session()
    }

    /// The session as it is, when nothing more is asked of the log.
    #[must_use]
    pub fn into_session(self) -> Session {
        self.session.into_session()
    }

    /// The session without what is hidden, with what was worked out of it since it last changed.
    #[must_use]
    pub const fn shown(&self) -> Shown<'_> {
        self.session.shown()
    }

    /// The number of the newest frame; 0 before the first.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// When something was last asked for at the keyboard since the log was begun, or the program last seen.
    #[must_use]
    pub const fn last_at(&self) -> Option<Timestamp> {
        self.last_at
    }

    /// Whether the command with this id was taken since the log was begun.
    #[must_use]
    pub fn knows(&self, command: FrameId) -> bool {
        self.known.contains(&command)
    }

    /// Decides a command and appends the frame that answers it.
    ///
    /// # Errors
    /// A [`Refusal`] in words; nothing changed.
    pub fn take(&mut self, command: &Command) -> Result<Frame, Refusal> {
        if self.knows(command.id) {
            return Err(Refusal::done_already());
        }
        let (cause, events) = if command.what == Request::Undo {
            self.undo(command.by)?
        } else if command.what == Request::Redo {
            self.redo(command.by)?
        } else {
            (Cause::Command, decide(self.session(), command)?)
        };
        let audience = Audience::of(self.session(), &events);
        let frame = Frame {
            seq: self.seq + 1,
            id: command.id,
            at: command.at,
            by: command.by,
            cause,
            audience,
            events,
        };
        self.append_unchecked(&frame);
        Ok(frame)
    }

    /// Every wording that something has or had, as far back as changes can be undone.
    #[must_use]
    pub fn wordings(&self, of: ItemId) -> Vec<Draft> {
        let changes = self.done.iter().flat_map(|done| &done.changes);
        changes.flat_map(|change| of.wordings(change)).chain(of.draft(self.session())).collect()
    }

    /// Takes something out and forgets that it ever was: no frame tells of it, and nothing that came before can
    /// be taken back. Whoever keeps the log begins it anew with the session as it is now.
    ///
    /// # Errors
    /// A [`Refusal`] in words; nothing changed.
    pub fn remove_for_good(
        &mut self,
        id: FrameId,
        by: Author,
        at: Timestamp,
        what: ItemId,
    ) -> Result<(), Refusal> {
        let events = decide(self.session(), &Command { id, by, at, what: Request::Remove(what) })?;
        let session = self.session.change();
        events.iter().for_each(|event| session.apply(event));
        self.seq += 1;
        self.known.insert(id);
        self.done.clear();
        Ok(())
    }

    /// Appends a frame that was made elsewhere, such as by another part of this program.
    ///
    /// # Errors
    /// [`Refused`], and nothing changed.
    pub fn append(&mut self, frame: &Frame) -> Result<Appended, Refused> {
        self.append_within(frame, &mut Effort::of(usize::MAX))
    }

    /// Appends a frame that anybody may have made, such as one read from a journal, with no more than an effort,
    /// of which it takes what it costs.
    ///
    /// # Errors
    /// [`Refused`], and nothing changed.
    pub fn append_within(&mut self, frame: &Frame, effort: &mut Effort) -> Result<Appended, Refused> {
        if self.known.contains(&frame.id) {
            return Ok(Appended::Known);
        }
        if frame.seq <= self.seq {
            return Err(Refused::MovedOn);
        }
        if frame.seq == u64::MAX {
            return Err(Refused::Damaged);
        }
        match frame.events.as_slice() {
            [] => return Err(Refused::Damaged),
            events if frame.changes().count() == events.len() => self.change_all(frame, effort)?,
            [event] if self.session().admissible(event) => self.session.change().apply(event),
            [_] => return Err(Refused::Damaged),
            events => *self.session.change() = self.tried(events, effort).ok_or(Refused::Damaged)?,
        }
        self.remember(frame);
        Ok(Appended::New)
    }

    /// Carries out all changes of a frame where they are. Later ones may rest on earlier ones; where one doesn't
    /// fit, those before it are taken back, since a frame counts whole or not at all.
    fn change_all(&mut self, frame: &Frame, effort: &mut Effort) -> Result<(), Refused> {
        let session = self.session.change();
        for (before, change) in frame.changes().enumerate() {
            if effort.spend(change.effort(session)).is_none() || !session.admits(change) {
                let done: Vec<&Change> = frame.changes().take(before).collect();
                done.into_iter().rev().for_each(|change| change.invert().apply(session));
                return Err(Refused::Damaged);
            }
            change.apply(session);
        }
        Ok(())
    }

    /// The session after `events`, of which what happened can't be taken back: on a copy.
    fn tried(&self, events: &[Event], effort: &mut Effort) -> Option<Session> {
        effort.spend(self.session().things() + self.session().passes.len())?;
        let mut session = self.session().clone();
        for event in events {
            if let Event::Content(change) = event {
                effort.spend(change.effort(&session))?;
            }
            if !session.admissible(event) {
                return None;
            }
            session.apply(event);
        }
        Some(session)
    }

    fn append_unchecked(&mut self, frame: &Frame) {
        let session = self.session.change();
        frame.events.iter().for_each(|event| session.apply(event));
        self.remember(frame);
    }

    fn remember(&mut self, frame: &Frame) {
        self.seq = frame.seq;
        if frame.by.is_facilitator() {
            self.last_at = Some(frame.at);
        }
        self.known.insert(frame.id);
        match frame.cause {
            Cause::Undo(of) => self.mark(of, true),
            Cause::Redo(of) => self.mark(of, false),
            Cause::Command => self.remember_done(frame),
        }
    }

    fn mark(&mut self, of: FrameId, undone: bool) {
        if let Some(done) = self.done.iter_mut().find(|done| done.id == of) {
            done.undone = undone;
        }
    }

    fn remember_done(&mut self, frame: &Frame) {
        let moved_on = |event: &Event| matches!(event, Event::Course(Course::PassBegan(_)));
        let changes: Vec<Change> = frame.changes().cloned().collect();
        // Topics that a step brings with it belong to entering it, which is never taken back.
        if changes.is_empty() || frame.events.iter().any(moved_on) {
            return;
        }
        self.done.retain(|done| done.by != frame.by || !done.undone);
        self.done.push_back(Done { id: frame.id, by: frame.by, changes, undone: false });
        if self.done.len() > UNDO_DEPTH {
            self.done.pop_front();
        }
    }

    fn undo(&self, by: Author) -> Result<(Cause, Vec<Event>), Refusal> {
        let newest = self.done.iter().rev().find(|done| done.by == by && !done.undone);
        let Some(done) = newest else {
            return Err(Refusal::new("There is nothing to undo.", "Go on."));
        };
        let back: Vec<Change> = done.changes.iter().rev().map(Change::invert).collect();
        Ok((Cause::Undo(done.id), self.replayed(&back)?))
    }

    fn redo(&self, by: Author) -> Result<(Cause, Vec<Event>), Refusal> {
        let oldest = self.done.iter().find(|done| done.by == by && done.undone);
        let Some(done) = oldest else {
            return Err(Refusal::new("There is nothing to redo.", "Go on."));
        };
        Ok((Cause::Redo(done.id), self.replayed(&done.changes)?))
    }

    /// The changes at the places where things stand today, each on what came of those before it.
    fn replayed(&self, changes: &[Change]) -> Result<Vec<Event>, Refusal> {
        if !self.session().status.is_open() {
            return Err(Refusal::closed());
        }
        if let [change] = changes {
            return again(self.session(), change);
        }
        let mut session = self.session().clone();
        let mut events = Vec::with_capacity(changes.len());
        for change in changes {
            let next = again(&session, change)?;
            next.iter().for_each(|event| session.apply(event));
            events.extend(next);
        }
        Ok(events)
    }
}

/// One change once more, where nobody has touched the same thing since and nothing rests on what it
/// takes out; a topic that goes leaves the screen first.
fn again(session: &Session, change: &Change) -> Result<Vec<Event>, Refusal> {
    let change = change.rebased(session).ok_or_else(|| {
        Refusal::new("A later change touched the same thing, so it stays as it is.", "Change it by hand.")
    })?;
    session.allows(&change)?;
    let mut events = match &change {
        Change::Topic(Edit::Removed { item, .. }) => session.leaving_topic(item.id),
        Change::Title { .. }
        | Change::Person(_)
        | Change::Cluster(_)
        | Change::Placement(_)
        | Change::Ballot(_)
        | Change::Ruling(_)
        | Change::Note(_)
        | Change::Topic(Edit::Added { .. } | Edit::Changed { .. })
        | Change::Entry(_)
        | Change::Judgement(_)
        | Change::Possibility(_)
        | Change::Insight(_)
        | Change::Decision(_)
        | Change::Action(_)
        | Change::Rating(_)
        | Change::Update(_)
        | Change::Parked(_)
        | Change::Voice(_) => Vec::new(),
    };
    events.push(Event::Content(change));
    Ok(events)
}
