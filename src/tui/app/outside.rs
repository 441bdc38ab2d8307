//! Home, set-up and looking back: beginning sessions and going on with them.

use std::path::Path;

use super::shelf::{Choice, Next, Read, why_read_only};
use super::{App, Moment, View, Work, Writing};
use crate::export;
use crate::script::Privacy;
use crate::session::{Draft, Following, Id, Opening, ParticipantDraft, Request, Session, SessionId, Shown};
use crate::storage::store::Opened;
use crate::storage::{Held, Trouble};
use crate::text::sentence;
use crate::timer::Timestamp;
use crate::tui::action::Action;
use crate::tui::effect::Then;
use crate::tui::room::Room;
use crate::tui::runner::Incoming;
use crate::tui::screens::Offer;
use crate::tui::screens::home::{Home, Outcome as HomeOutcome};
use crate::tui::screens::look_back::{LookBack, Outcome as LookBackOutcome};
use crate::tui::screens::setup::{Beginning, Outcome as SetupOutcome, Setup};

/// A start time that lies further ahead than this waits on the welcome screen; in milliseconds.
const WAITS: i64 = 60_000;

impl App {
    pub(super) fn act_outside(&mut self, action: Action, moment: Moment) {
        match &mut self.view {
            View::Home(home) => {
                // The values borrow the shelf, so home is worked on beside the app.
                let mut home = std::mem::take(home);
                let outcome = home.act(self.home_values(moment), action);
                self.view = View::Home(home);
                if let Some(outcome) = outcome {
                    self.after_home(outcome, moment);
                }
            }
            View::SetUp(setup) => match setup.act(action) {
                Some(SetupOutcome::Begin(beginning)) => {
                    let name = setup.offer().name.clone();
                    self.begin_named(&name, &beginning, moment);
                }
                Some(SetupOutcome::Back) => {
                    self.put_set_up_aside();
                    self.view = View::Home(Home::default());
                }
                None => {}
            },
            View::LookBack(look_back) => match look_back.act(self.shelf.library(), self.area.get(), action) {
                Some(LookBackOutcome::Open(place)) => self.read_minutes(place),
                Some(LookBackOutcome::GoOn(place)) => {
                    let path = self.shelf.path(place).map(ToOwned::to_owned);
                    if let Some(Err(trouble)) = path.map(|path| self.go_on(&path, moment)) {
                        self.cannot_open(&trouble);
                    }
                }
                Some(LookBackOutcome::Back) => self.view = View::Home(Home::default()),
                None => {}
            },
            View::Session | View::Summary(_) => {}
        }
    }

    pub(super) fn library_was_read(&mut self, read: Read, moment: Moment) {
        self.turn.draw = true;
        self.shelf.put(read);
        if let View::Home(home) = &mut self.view {
            let mut home = std::mem::take(home);
            let outcome = home.library_read(self.home_values(moment));
            self.view = View::Home(home);
            if let Some(outcome) = outcome {
                self.after_home(outcome, moment);
            }
        }
    }

    fn after_home(&mut self, outcome: HomeOutcome, moment: Moment) {
        match outcome {
            HomeOutcome::GoOn(place) => {
                let path = self.shelf.path(place).map(ToOwned::to_owned);
                if let Some(Err(trouble)) = path.map(|path| self.go_on(&path, moment)) {
                    self.notice = told(&trouble);
                }
            }
            HomeOutcome::Begin(place) => {
                let Some(choice) = self.shelf.choice(place) else { return };
                let last = self.shelf.remembered().of(&choice.name).cloned().unwrap_or_default();
                let privacy = choice.script.privacy();
                let people = if privacy.anonymous { Vec::new() } else { last.people };
                let beginning = Beginning { side_names: last.side_names, people, ..Beginning::of(privacy) };
                self.try_to_begin(choice, None, &beginning, moment);
            }
            HomeOutcome::SetUp(place) => self.set_up(place),
            HomeOutcome::Next(place) => self.next_of(place),
            HomeOutcome::LookBack => self.view = View::LookBack(LookBack::default()),
        }
    }

    /// Goes on with a saved session; one that another program runs, or of a newer format, is only shown.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn go_on(&mut self, path: &Path, moment: Moment) -> Result<(), Trouble> {
        let opened = match self.reach.store.resume(path, self.teller()) {
            Err(Trouble::Elsewhere { .. }) => return self.follow(path, moment.now),
            Err(newer @ Trouble::Newer { .. }) => return self.show_newer(path, newer),
            opened => opened?,
        };
        self.enter_again(opened, moment.now);
        Ok(())
    }

    fn enter_again(&mut self, opened: Opened, now: Timestamp) {
        let last = opened.log.last_at();
        self.enter(opened, now);
        if let Some(last) = last {
            self.missed(last, now);
        }
    }

    /// Goes on with the session that is shown, where the program that ran it has ended. Of several that want to,
    /// the lock lets one.
    pub(super) fn take_over(&mut self, moment: Moment) {
        let Some(path) = self.room.as_mut().and_then(Room::to_take_over) else { return };
        let refused = match self.reach.store.resume(&path, self.teller()) {
            Ok(opened) => return self.enter_again(opened, moment.now),
            // That it runs again is told by the bell.
            Err(Trouble::Elsewhere { .. }) => "Another program goes on with this session already.".to_owned(),
            Err(trouble) => told(&trouble),
        };
        if let Some(room) = &mut self.room {
            room.run.notice = Some(refused);
        }
    }

    /// Shows the minutes of a session that can't be gone on with for what is in the way.
    fn show_newer(&mut self, path: &Path, in_the_way: Trouble) -> Result<(), Trouble> {
        let Ok(held @ Held::Newer(_)) = self.reach.store.look(path) else { return Err(in_the_way) };
        let mut look_back = match std::mem::replace(&mut self.view, View::Session) {
            View::LookBack(look_back) => look_back,
            View::Home(_) | View::SetUp(_) | View::Session | View::Summary(_) => LookBack::default(),
        };
        read(&mut look_back, &held);
        self.view = View::LookBack(look_back);
        Ok(())
    }

    fn follow(&mut self, path: &Path, now: Timestamp) -> Result<(), Trouble> {
        let (sender, deaf) = (self.reach.sender.clone(), self.reach.sender.clone());
        // A loop that has ended shows nothing more.
        let tell = move |followed| drop(sender.send(Incoming::Work(Work::Followed(Box::new(followed)))));
        let deaf = move || drop(deaf.send(Incoming::Work(Work::Unheard)));
        let (followed, following) = self.reach.store.follow(path, tell, deaf)?;
        self.room = Some(Room::following(followed, following, now));
        self.view = View::Session;
        Ok(())
    }

    /// Has it tried out whether a session could be saved, before anybody writes anything but after the first
    /// frame. Where none could, the program leaves, and [`App::hindered`] tells why.
    pub fn try_out_writing(&mut self) {
        self.writing = Writing::Untried;
    }

    pub(super) fn tried_out_writing(&mut self) {
        if !matches!(self.writing, Writing::Untried) {
            return;
        }
        self.writing = match self.reach.store.can_write() {
            Ok(()) => Writing::Taken,
            Err(trouble) => {
                self.turn.leave = true;
                Writing::Hindered(trouble)
            }
        };
    }

    /// What made the program leave before a session could begin.
    pub fn hindered(&mut self) -> Option<Trouble> {
        match std::mem::replace(&mut self.writing, Writing::Taken) {
            Writing::Hindered(trouble) => Some(trouble),
            Writing::Taken | Writing::Untried => None,
        }
    }

    /// Begins a session of the first script on the shelf, if there is one.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn begin_first(&mut self, beginning: &Beginning, moment: Moment) -> Result<(), Trouble> {
        self.shelf.choice(0).map_or(Ok(()), |choice| self.begin(choice, None, beginning, moment))
    }

    /// Shows the set-up of the script at this place.
    fn set_up(&mut self, place: usize) {
        if let Some(offer) = self.shelf.offers().get(place).cloned() {
            self.set_up_offer(&offer);
        }
    }

    /// Shows the set-up of the script that the program calls by this name, keeping this to itself.
    pub fn set_up_named(&mut self, name: &str, privacy: Privacy) {
        let place = self.shelf.place(name);
        if let Some(offer) = place.and_then(|place| self.shelf.offers().get(place)).cloned() {
            self.set_up_offer(&Offer { privacy, ..offer });
        }
    }

    fn set_up_offer(&mut self, offer: &Offer) {
        self.show_set_up(Setup::new(offer, self.shelf.remembered().of(&offer.name)));
    }

    /// Shows a set-up, with what was typed there before.
    fn show_set_up(&mut self, setup: Setup) {
        let setup = match self.shelf.remembered().unbegun(&setup.offer().name) {
            Some(unbegun) => setup.resume(unbegun),
            None => setup,
        };
        self.view = View::SetUp(Box::new(setup));
    }

    /// What was typed at the set-up that is shown, if one is, waits for the next time.
    pub(super) fn put_set_up_aside(&mut self) {
        let View::SetUp(setup) = &self.view else { return };
        if let Some(unbegun) = setup.unbegun() {
            self.shelf.remembered_mut().put_aside(&setup.offer().name, unbegun);
            self.remember();
        }
    }

    /// Shows the set-up of the next of a session, with who was there last time.
    pub fn set_up_next(&mut self, next: Next) {
        let offer = Offer { privacy: next.privacy, ..Offer::of(&next.choice.name, &next.choice.script) };
        self.show_set_up(Setup::new(&offer, Some(&next.last)));
        self.shelf.put_next(next);
    }

    /// The set-up of the next of the session at this place of the library: the same script once more.
    fn next_of(&mut self, place: usize) {
        let (Some(path), Some(following)) = (self.shelf.path(place), self.shelf.following(place)) else {
            return;
        };
        let next = self.reach.store.look(path).and_then(|held| {
            let last = held.session();
            let choice = Choice { name: last.title.clone(), script: held.script()?.clone() };
            Ok(Next::of(last, choice, following.clone()))
        });
        match next {
            Ok(next) => self.set_up_next(next),
            Err(trouble) => self.notice = told(&trouble),
        }
    }

    /// Begins the next of a session.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn begin_next(&mut self, next: &Next, beginning: &Beginning, moment: Moment) -> Result<(), Trouble> {
        self.begin(next.choice.clone(), Some(next.following.clone()), beginning, moment)
    }

    fn begin_named(&mut self, name: &str, beginning: &Beginning, moment: Moment) {
        let place = self.shelf.place(name);
        if let Some(next) = self.shelf.next().filter(|next| next.choice.name == name) {
            let (choice, following) = (next.choice.clone(), next.following.clone());
            self.try_to_begin(choice, Some(following), beginning, moment);
        } else if let Some(choice) = place.and_then(|place| self.shelf.choice(place)) {
            self.try_to_begin(choice, None, beginning, moment);
        }
    }

    fn begin(
        &mut self,
        choice: Choice,
        following: Option<Following>,
        beginning: &Beginning,
        moment: Moment,
    ) -> Result<(), Trouble> {
        let is_next = following.is_some();
        let now = moment.now;
        let planned_start = beginning.start.and_then(|time| now.at_time_of_day(time));
        let opening = Opening {
            following,
            id: SessionId(Id::new(self.reach.random.u64())),
            title: beginning.title.clone(),
            side_names: beginning.side_names.clone(),
            planned_start,
            privacy: beginning.privacy,
            at: now,
        };
        let session = Session::open(choice.script, opening);
        let opened = self.reach.store.begin(session, self.teller())?;
        let was_set_up = matches!(self.view, View::SetUp(_));
        self.enter(opened, now);
        let remembered = self.shelf.remembered_mut();
        // Where it was begun from home, what was typed at its set-up goes on waiting.
        let waited = was_set_up && remembered.begun(&choice.name);
        // Who comes to the next of a series is in the session before it.
        if !is_next {
            remembered.keep(&choice.name, beginning);
        }
        if waited || !is_next {
            self.remember();
        }
        self.first_commands(beginning, planned_start, now);
        Ok(())
    }

    /// Begins a session from the screen: what stands in the way is said where one is.
    fn try_to_begin(
        &mut self,
        choice: Choice,
        following: Option<Following>,
        beginning: &Beginning,
        moment: Moment,
    ) {
        if let Err(trouble) = self.begin(choice, following, beginning, moment) {
            let trouble = told(&trouble);
            if let View::SetUp(setup) = &mut self.view {
                setup.refused(&trouble);
            }
            self.notice = trouble;
        }
    }

    /// The people come in, and unless it is to begin later, the first step is entered.
    fn first_commands(&mut self, beginning: &Beginning, planned_start: Option<Timestamp>, now: Timestamp) {
        let Some(room) = &mut self.room else { return };
        let random = self.reach.random.as_mut();
        let people: Vec<Draft> = beginning
            .people
            .iter()
            .map(|(name, side)| Draft::Person(ParticipantDraft::new(name.clone(), side.clone())))
            .collect();
        if !people.is_empty() {
            room.ask(random, now, Request::Add { to: None, drafts: people }, Then::Nothing);
        }
        let waits = planned_start.is_some_and(|start| start.millis_since(now) > WAITS);
        if let (false, Some(part)) = (waits, room.session().next_part()) {
            room.ask(random, now, Request::Go(part), Then::Nothing);
        }
        room.tell_privacy();
    }

    fn remember(&self) {
        // It is a convenience: where it cannot be kept, the next set-up begins empty.
        if let Ok(text) = ron::to_string(self.shelf.remembered()) {
            drop(self.reach.store.remember(&text));
        }
    }

    fn cannot_open(&mut self, trouble: &Trouble) {
        if let View::LookBack(look_back) = &mut self.view {
            look_back.read("This session can't be opened", told(trouble));
        }
    }

    fn read_minutes(&mut self, place: usize) {
        let Some(path) = self.shelf.path(place) else { return };
        let View::LookBack(look_back) = &mut self.view else { return };
        match self.reach.store.look(path) {
            Ok(held) => read(look_back, &held),
            Err(trouble) => look_back.read("This session can't be read", told(&trouble)),
        }
    }
}

/// Shows the minutes of a session, and where it can only be looked at, why.
fn read(look_back: &mut LookBack, held: &Held) {
    let shown = Shown::from(held.session());
    match held.newer() {
        Some(newer) => look_back.read_only(shown.title(), minutes(shown), why_read_only(newer)),
        None => look_back.read(shown.title(), minutes(shown)),
    }
}

/// The minutes as they can be read with others looking on.
fn minutes(shown: Shown<'_>) -> String {
    let minutes = export::text::minutes(Shown::from(&*shown.without_confidential()));
    let left_out = match shown.confidential_notes() {
        0 => return minutes,
        1 => "A confidential note is left out.".to_owned(),
        count => format!("{count} confidential notes are left out."),
    };
    format!("{minutes}\n{left_out} Opening the session shows all of it.\n")
}

/// What stands in the way, and the way out.
fn told(trouble: &Trouble) -> String {
    format!("{}. {}", sentence(&trouble.to_string()), trouble.advice())
}
