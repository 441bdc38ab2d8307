//! Starting the program on a terminal: the one place where the terminal, the clock and the app meet.
//!
//! Owns the order of things at the beginning and the end. Never decides what a session does.

use std::path::PathBuf;
use std::sync::Arc;

use super::app::{App, Choice, Farewell, Looks, Moment, Next, Reach, Shelf};
use super::keymap::Keymap;
use super::remembered::Remembered;
use super::screens::setup::Beginning;
use super::{runner, terminal};
use crate::clock::Clock;
use crate::random::SystemRandom;
use crate::script::{Privacy, Shipped};
use crate::storage::{Recollection, Store, Trouble};
use crate::timer::Timestamp;

/// What is shown first.
#[derive(Debug)]
pub enum First {
    /// Home.
    Home,
    /// The set-up of a script, and what the session keeps to itself unless that is changed there.
    SetUp(Choice, Privacy),
    /// The same of a script that comes with the program; it is read once it is begun.
    SetUpShipped(Shipped, Privacy),
    /// A session of a script, begun at once.
    Begin(Choice, Beginning),
    /// The next of a session: set up first, or begun at once.
    Next(Box<Next>, Option<Beginning>),
    /// A saved session, to be gone on with.
    GoOn(PathBuf),
}

/// Everything that the program is started with.
pub struct Start {
    /// What is shown first.
    pub first: First,
    /// Where sessions are kept.
    pub store: Store,
    /// The person's own folder.
    pub home: PathBuf,
    /// Which key does what.
    pub keymap: Keymap,
    /// What the terminal can show.
    pub looks: Looks,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

/// Why the program could not be started.
#[derive(Debug)]
pub enum Stopped {
    /// The session can't be begun or gone on with.
    Session(Trouble),
    /// The terminal or the machine doesn't give what is needed, in words.
    Machine(String),
}

impl From<Trouble> for Stopped {
    fn from(trouble: Trouble) -> Self {
        Self::Session(trouble)
    }
}

/// Runs the program on this terminal until somebody leaves it.
///
/// # Errors
/// Where there is no terminal, or the session can't be begun or gone on with.
pub fn run(start: Start) -> Result<Farewell, Stopped> {
    let Start { first, store, home, keymap, looks, clock } = start;
    let now = || Moment { now: Timestamp::new(clock.now()), wall: Timestamp::new(clock.wall()) };
    let random = SystemRandom::start()
        .map_err(|error| Stopped::Machine(format!("couldn't get random numbers: {error}")))?;
    let Recollection { last, told } = store.recollect::<Remembered>();
    let (mut channel, sender) = terminal::listen().map_err(|error| Stopped::Machine(error.to_string()))?;
    let reach = Reach { store, home, random: Box::new(random), sender };
    let (choice, rest) = match first {
        First::SetUp(choice, privacy) => {
            let name = choice.name.clone();
            (Some(choice), Rest::SetUp(name, privacy))
        }
        First::SetUpShipped(shipped, privacy) => (None, Rest::SetUp(shipped.name.to_owned(), privacy)),
        First::Begin(choice, beginning) => (Some(choice), Rest::Begin(beginning)),
        First::Home => (None, Rest::Home),
        First::Next(next, beginning) => (None, Rest::Next(next, beginning)),
        First::GoOn(path) => (None, Rest::GoOn(path)),
    };
    let mut app = App::new(keymap, looks, reach, Shelf::new(choice, last));
    if let Some(told) = told {
        app.tell(told);
    }
    // What stands in the way is told on the ordinary screen.
    match rest {
        Rest::Home => {}
        Rest::SetUp(name, privacy) => {
            app.set_up_named(&name, privacy);
            app.try_out_writing();
        }
        Rest::Begin(beginning) => app.begin_first(&beginning, now())?,
        Rest::Next(next, Some(beginning)) => app.begin_next(&next, &beginning, now())?,
        Rest::Next(next, None) => {
            app.set_up_next(*next);
            app.try_out_writing();
        }
        Rest::GoOn(path) => app.go_on(&path, now())?,
    }
    let (mut taken, mut screen) = terminal::take().map_err(|error| Stopped::Machine(error.to_string()))?;
    runner::run(&mut app, &mut screen, &mut channel, &mut taken, now);
    drop(screen);
    let takes_more = taken.give_back();
    if let Some(trouble) = app.hindered() {
        return Err(trouble.into());
    }
    let Farewell { path, trouble } = app.farewell();
    // Whoever tells a terminal that takes nothing where the session lies waits for ever.
    Ok(Farewell { path: path.filter(|_| takes_more || trouble.is_some()), trouble })
}

/// What is left to do once the shelf holds the script.
enum Rest {
    Home,
    SetUp(String, Privacy),
    Begin(Beginning),
    Next(Box<Next>, Option<Beginning>),
    GoOn(PathBuf),
}
