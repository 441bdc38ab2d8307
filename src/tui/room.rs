//! A session that is running in this program: its log, its screen, and the one who keeps it on the disk.
//!
//! Owns the way of a command: decided, applied, handed to the keeper, shown. Never decides anything itself
//! and never waits for the disk.

mod elsewhere;
mod told;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use super::action::Action;
use super::describe::{self, Question};
use super::effect::{Effect, Then};
use super::interruption;
use super::keymap::Edit;
use super::overlay::{Dialog, Overlay};
use super::run::{Around, Run, here};
use super::widgets::footer::Saved;
use crate::random::Random;
use crate::session::{
    Author, Command, Draft, FrameId, Id, ItemId, Log, Pass, PassRef, PossibilityId, Request, Session, Shown,
    TopicId, TypedIn, Unfinished, line,
};
use crate::storage::follow::{Followed, Following};
use crate::storage::keeper::Keeper;
use crate::timer::Timestamp;

use self::elsewhere::Elsewhere;

/// How long a changed draft may wait before it is kept.
const DRAFT: i64 = 500;

/// How long a change may wait before the session's file is written again, in milliseconds.
const CHECKPOINT: i64 = 60_000;

/// How long nothing may be kept while a clock runs, in milliseconds: a start after a crash takes no more than
/// this for time in which the program was not running.
const SEEN: i64 = 30_000;

fn until(at: Timestamp, now: Timestamp) -> Duration {
    Duration::from_millis(at.millis_since(now).max(0).unsigned_abs())
}

/// Where a session is. Wherever it goes people type: no letter may act on what was on the board before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    pass: Option<PassRef>,
    round: Option<u32>,
    topic: Option<TopicId>,
}

impl Place {
    fn of(session: &Session) -> Self {
        let topic = session.current().and_then(Pass::topic);
        Self { pass: session.present, round: session.current().map(|pass| pass.round), topic }
    }
}

/// Who keeps the session on the disk.
#[derive(Debug)]
enum Hold {
    /// This program, which runs it.
    Ours(Keeper),
    /// Another program; this one only shows it.
    Elsewhere(Elsewhere),
}

/// A session that is running in this program, or that another one runs and this one shows.
#[derive(Debug)]
pub struct Room {
    log: Log,
    /// The part of the model that belongs to this session.
    pub run: Run,
    hold: Hold,
    /// The newest frame that is on the disk.
    synced: u64,
    trouble: Option<String>,
    /// Why the session's file is behind, of which the journal has everything.
    behind: Option<String>,
    /// When the session's file is written again; none while it says everything.
    checkpoint_at: Option<Timestamp>,
    /// When the draft is kept; none while the kept one is the newest.
    draft_at: Option<Timestamp>,
    /// The words that were removed for good, and when: what was asked with them before is not taken any more.
    removed: Vec<(Timestamp, String)>,
    /// What the keeper has of each line.
    kept_drafts: HashMap<TypedIn, Unfinished>,
}

impl Room {
    /// A room for a session that was opened or recovered.
    #[must_use]
    pub fn new(log: Log, keeper: Keeper, drafts: Vec<(TypedIn, Unfinished)>, now: Timestamp) -> Self {
        let kept_drafts = drafts.iter().cloned().collect();
        let run = Run::going_on(log.shown(), drafts);
        Self { kept_drafts, ..Self::held(Hold::Ours(keeper), log, run, now) }
    }

    /// A room in which a session is shown that another program runs.
    #[must_use]
    pub fn following(followed: Followed, following: Following, now: Timestamp) -> Self {
        let Followed { session, is_running } = followed;
        let hold = Hold::Elsewhere(Elsewhere::new(following, is_running));
        Self::held(hold, Log::new(session, 0), Run::default(), now)
    }

    fn held(hold: Hold, log: Log, mut run: Run, now: Timestamp) -> Self {
        run.arrive(log.shown(), now);
        Self {
            synced: log.seq(),
            log,
            run,
            hold,
            trouble: None,
            behind: None,
            checkpoint_at: None,
            draft_at: None,
            removed: Vec::new(),
            kept_drafts: HashMap::new(),
        }
    }

    /// Shows what the program that runs the session has saved.
    pub fn show(&mut self, followed: Followed, now: Timestamp) {
        let Hold::Elsewhere(elsewhere) = &mut self.hold else { return };
        elsewhere.is_running(followed.is_running);
        // What was refused before says less than what there is to see now.
        self.run.notice = None;
        let before = Place::of(self.log.session());
        self.log = Log::new(followed.session, 0);
        self.run.arrive(self.log.shown(), now);
        if Place::of(self.session()) != before {
            self.run.leave_board();
        }
    }

    /// Says from now on that what the program that runs the session saves is not shown any more.
    pub const fn hear_no_more(&mut self) {
        if let Hold::Elsewhere(elsewhere) = &mut self.hold {
            elsewhere.hear_no_more();
        }
    }

    /// Whether another program decides what becomes of the session.
    #[must_use]
    pub const fn is_followed(&self) -> bool {
        matches!(self.hold, Hold::Elsewhere(_))
    }

    /// The file of a session that another program ran and left open, so that this one can go on with it. What
    /// stands in the way is said.
    pub fn to_take_over(&mut self) -> Option<PathBuf> {
        match &self.hold {
            Hold::Elsewhere(elsewhere) if elsewhere.can_be_taken_over(self.log.session()) => {
                return Some(elsewhere.path().to_owned());
            }
            Hold::Elsewhere(_) => self.run.notice = Some(self.trouble().to_owned()),
            Hold::Ours(_) => self.run.notice = Some("This program runs the session already.".to_owned()),
        }
        None
    }

    /// Whether this program keeps the session. Where another one does, that is said.
    fn may_change(&mut self) -> bool {
        if self.is_followed() {
            self.run.notice = Some(self.trouble().to_owned());
        }
        !self.is_followed()
    }

    /// The session as it is.
    #[must_use]
    pub const fn session(&self) -> &Session {
        self.log.session()
    }

    /// The session without what is hidden, as screens see it.
    #[must_use]
    pub const fn shown(&self) -> Shown<'_> {
        self.log.shown()
    }

    /// Where the session's file lies.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        match &self.hold {
            Hold::Ours(keeper) => keeper.path().to_owned(),
            Hold::Elsewhere(elsewhere) => elsewhere.path().to_owned(),
        }
    }

    /// Whether everything is on the disk.
    #[must_use]
    pub const fn saved(&self) -> Saved {
        if self.is_followed() {
            Saved::Nothing
        } else if self.trouble.is_some() {
            Saved::Not
        } else if self.synced < self.log.seq() {
            Saved::Saving
        } else if self.behind.is_some() {
            Saved::NotInFile
        } else {
            Saved::All
        }
    }

    /// Why something is not on the disk, or why nothing can be changed here; empty where all is well.
    #[must_use]
    pub fn trouble(&self) -> &str {
        match &self.hold {
            Hold::Ours(_) => self.trouble.as_deref().or(self.behind.as_deref()).unwrap_or_default(),
            Hold::Elsewhere(elsewhere) => elsewhere.words(self.log.session()),
        }
    }

    /// Asks the session for a change; a refusal is said in words and changes nothing.
    pub fn ask(&mut self, random: &mut dyn Random, now: Timestamp, what: Request, then: Then) -> bool {
        let command = Command { id: FrameId(Id::new(random.u64())), by: Author::Facilitator, at: now, what };
        self.take(&command, now, then)
    }

    /// Takes a command from anywhere: this keyboard or another program's inbox.
    pub fn take(&mut self, command: &Command, now: Timestamp, then: Then) -> bool {
        if !self.may_change() {
            return false;
        }
        let before = Place::of(self.session());
        match self.log.take(command) {
            Ok(frame) => {
                self.keep(|keeper| keeper.append(frame));
                self.granted(before, now, then);
                if command.what == Request::ResumeMeeting {
                    self.ask_about_interruption(now);
                }
                true
            }
            Err(refusal) => {
                self.run.notice = Some(refusal.to_string());
                false
            }
        }
    }

    /// Asks something about a learning possibility.
    pub fn describe(&mut self, id: PossibilityId, question: Question) {
        let dialog = describe::question(self.log.shown(), id, question);
        self.run.overlay = dialog.map(Overlay::Dialog);
    }

    /// What is to become of what waits in the parking lot, asked before `then`; none where nothing is to be asked.
    pub fn about_parked(&mut self, then: Effect) -> Option<Dialog> {
        self.run.about_parked(self.log.shown(), then)
    }

    /// Takes something out for good; a refusal is said in words and changes nothing.
    pub fn remove_for_good(&mut self, random: &mut dyn Random, now: Timestamp, what: ItemId) {
        if !self.may_change() {
            return;
        }
        let before = Place::of(self.session());
        let id = FrameId(Id::new(random.u64()));
        let wordings = self.log.wordings(what);
        let mut words: Vec<String> = wordings.iter().flat_map(Draft::words).map(str::to_owned).collect();
        // Where one holds another, the longer is cut out first.
        words.sort_unstable_by_key(|words| std::cmp::Reverse(words.len()));
        words.dedup();
        match self.log.remove_for_good(id, Author::Facilitator, now, what) {
            Ok(()) => {
                self.run.forget(what, &words);
                self.keep_drafts();
                self.removed.extend(words.iter().map(|words| (now, words.clone())));
                let log = self.log.clone();
                self.keep(|keeper| keeper.erase(log, words));
                self.granted(before, now, Then::Nothing);
                self.checkpoint_at = None;
            }
            Err(refusal) => self.run.notice = Some(refusal.to_string()),
        }
    }

    /// Hands something to the keeper, where this program keeps the session.
    fn keep(&self, what: impl FnOnce(&Keeper)) {
        match &self.hold {
            Hold::Ours(keeper) => what(keeper),
            Hold::Elsewhere(_) => {}
        }
    }

    fn granted(&mut self, before: Place, now: Timestamp, then: Then) {
        match (then, before.pass) {
            (Then::ClearLine, Some(before)) => {
                self.run.clear_line(before.step);
                self.keep_drafts();
            }
            (Then::ClearLine | Then::Nothing, _) => {}
        }
        self.run.arrive(self.log.shown(), now);
        let place = Place::of(self.session());
        if place != before {
            self.run.leave_board();
        }
        if place.pass == before.pass {
            self.checkpoint_at.get_or_insert_with(|| now.plus_millis(CHECKPOINT));
        } else {
            self.warn_of_missing_decision_maker();
            self.checkpoint();
        }
    }

    /// Said once, where a step begins that decides: there is still time to fetch somebody.
    fn warn_of_missing_decision_maker(&mut self) {
        let decides = self.session().current_step().is_some_and(|step| step.kind.decide().is_some());
        if decides && self.session().lacks_decision_maker() {
            self.run.notice =
                Some("Nobody here is marked as a decision-maker; Ctrl+O can do that.".to_owned());
        }
    }

    /// Says that the program was not running since `from`, and asks what that was where it was long.
    pub fn missed(&mut self, from: Timestamp, now: Timestamp) {
        if self.note(Request::Miss { from }, now) {
            self.ask_about_interruption(now);
        }
    }

    /// Asks what the newest interruption was, where nobody has said it.
    pub fn ask_about_interruption(&mut self, now: Timestamp) {
        if let Some(dialog) = interruption::question(self.log.session(), now, self.run.overlay.as_ref()) {
            self.run.overlay = Some(Overlay::Dialog(dialog));
        }
    }

    /// Notes that the program is running, so that a later start knows how long it was not.
    pub fn seen(&mut self, now: Timestamp) {
        if self.session().present.is_some() {
            self.note(Request::Seen, now);
        }
    }

    /// Keeps a fact that nobody asked for; answers whether it is one.
    fn note(&mut self, what: Request, now: Timestamp) -> bool {
        if self.is_followed() {
            return false;
        }
        let id = FrameId(self.session().id.0.child(now.millis().unsigned_abs()));
        let frame = self.log.take(&Command { id, by: Author::Facilitator, at: now, what });
        let noted = frame.is_ok();
        frame.into_iter().for_each(|frame| self.keep(|keeper| keeper.append(frame)));
        noted
    }

    /// When the program is noted to be running the next time: only where a clock runs does it matter.
    fn seen_next(&self) -> Option<Timestamp> {
        let session = self.session();
        let runs = !self.is_followed()
            && session.current().is_some_and(|pass| pass.current().countdown.is_running());
        let counts = runs && session.status.is_open() && session.interrupted().is_none();
        counts.then(|| self.log.last_at().map_or(session.opened, |last| last.plus_millis(SEEN)))
    }

    /// Tells the room, as it begins, what the session keeps to itself.
    pub fn tell_privacy(&mut self) {
        let told: Vec<&str> = self.session().privacy().told().collect();
        if !told.is_empty() {
            self.run.notice = Some(told.join(" "));
        }
    }

    /// What follows from an action where the focus is.
    pub fn act(&mut self, around: Around<'_>, action: Action) -> Vec<Effect> {
        let effects = self.run.act(self.log.shown(), around, action);
        self.typed(around.now);
        effects
    }

    /// Types into whatever takes text now; says whether anything changed.
    pub fn edit(&mut self, now: Timestamp, edit: Edit) -> bool {
        if !self.takes_text() {
            return true;
        }
        let changed = self.run.edit(self.log.shown(), now, edit);
        if changed {
            self.typed(now);
        }
        changed
    }

    /// A paste where the focus is.
    pub fn paste(&mut self, now: Timestamp, text: &str) -> Vec<Effect> {
        if !self.takes_text() {
            return Vec::new();
        }
        self.run.paste(self.log.shown(), now, text)
    }

    /// Puts text into the line at the cursor.
    pub fn insert(&mut self, now: Timestamp, text: &str) {
        if !self.takes_text() {
            return;
        }
        self.run.insert(self.log.shown(), now, text);
        self.typed(now);
    }

    /// Makes the line say this.
    pub fn set_line(&mut self, now: Timestamp, text: &str) {
        self.run.set_line(self.log.shown(), now, text);
        self.typed(now);
    }

    /// Whether anything can be typed here; where only a search for actions can, that is said.
    fn takes_text(&mut self) -> bool {
        matches!(self.run.overlay, Some(Overlay::Palette(_))) || self.may_change()
    }

    /// Begins to change something in the line.
    pub fn begin_edit(&mut self, id: ItemId) {
        if !self.may_change() {
            return;
        }
        self.run.begin_edit(self.log.shown(), id);
    }

    /// Begins to change what is marked, if anything is.
    pub fn edit_marked(&mut self, now: Timestamp) {
        let marked = here(self.log.shown(), now)
            .and_then(|here| self.run.screen(&here).and_then(|screen| screen.marked(&here)));
        if let Some(id) = marked {
            self.begin_edit(id);
        }
    }

    /// Lets the keys go to the board, with something marked on it.
    pub fn focus_board(&mut self, now: Timestamp) -> Vec<Effect> {
        here(self.log.shown(), now).map(|here| self.run.to_board(&here)).unwrap_or_default()
    }

    /// Whether the present step fills the whole screen.
    #[must_use]
    pub fn is_whole_screen(&self, now: Timestamp) -> bool {
        here(self.shown(), now)
            .is_some_and(|here| self.run.screen(&here).is_some_and(|screen| screen.is_whole_screen(&here)))
    }

    /// Writes a copy of the session's file to another place.
    pub fn save_elsewhere(&mut self, target: PathBuf) {
        if self.may_change() {
            self.keep(|keeper| keeper.save_elsewhere(target, self.shown().to_file()));
        }
    }

    /// Writes the session's file now.
    pub fn checkpoint(&mut self) {
        self.checkpoint_at = None;
        if self.may_change() {
            self.keep(|keeper| keeper.checkpoint(self.shown().to_file()));
        }
    }

    /// Says that what is typed has changed, so that it is kept soon.
    fn typed(&mut self, now: Timestamp) {
        if self.is_followed() {
            return;
        }
        self.run.note_blank(self.log.shown(), now);
        self.draft_at.get_or_insert_with(|| now.plus_millis(DRAFT));
    }

    fn keep_drafts(&mut self) {
        self.draft_at = None;
        self.run.note_over();
        let Hold::Ours(keeper) = &self.hold else { return };
        for (place, mut typed) in self.run.unfinished() {
            if self.log.session().anonymous {
                let change = typed.change.iter_mut().map(|change| &mut change.text);
                change.chain([&mut typed.text]).for_each(without_name);
            }
            let kept = self.kept_drafts.entry(place).or_default();
            if *kept != typed {
                kept.clone_from(&typed);
                keeper.draft(place, typed);
            }
        }
    }

    /// Lays something over the screen. A line that was taken is empty there, and is kept so at once.
    pub fn open(&mut self, overlay: Overlay) {
        self.run.overlay = Some(overlay);
        self.keep_drafts();
    }

    /// Does what is due at `now`; answers what the present step asks for by itself.
    pub fn due(&mut self, now: Timestamp) -> Option<Effect> {
        if self.draft_at.is_some_and(|at| at <= now) {
            self.keep_drafts();
        }
        if self.checkpoint_at.is_some_and(|at| at <= now) {
            self.checkpoint();
        }
        if self.seen_next().is_some_and(|at| at <= now) {
            self.seen(now);
        }
        if self.is_followed() { None } else { self.run.due(self.log.shown(), now) }
    }

    /// How long until something here is due or something shown changes; none where nothing will.
    #[must_use]
    pub fn wait(&self, now: Timestamp) -> Option<Duration> {
        let countdown =
            here(self.shown(), now).and_then(|here| here.pass.current().countdown.next_change(now));
        let seen = self.seen_next().map(|at| until(at, now));
        countdown.into_iter().chain(seen).chain(self.wait_for_keeping(now)).min()
    }

    /// How long until something is to be kept; none where everything is.
    #[must_use]
    pub fn wait_for_keeping(&self, now: Timestamp) -> Option<Duration> {
        [self.draft_at, self.checkpoint_at].into_iter().flatten().map(|at| until(at, now)).min()
    }

    /// Hands everything to the disk and waits until it is there: the one time that anything waits.
    ///
    /// # Errors
    /// Why something could not be written, in words.
    pub fn leave(mut self) -> Result<PathBuf, String> {
        self.keep_drafts();
        let path = self.path();
        let closed = !self.session().status.is_open();
        let visible = self.log.shown().to_file();
        match self.hold {
            Hold::Ours(keeper) => keeper.leave(visible, closed).map(|()| path),
            Hold::Elsewhere(_) => Ok(path),
        }
    }
}

/// What follows the sign may be a name, even in words that will be refused.
fn without_name(text: &mut String) {
    if let Some(at) = line::named_at(text) {
        text.truncate(at);
    }
}
