//! Asking a session for a change from the command line, whether a program runs it or not.
//!
//! Owns the way to whoever decides: the program that runs the session, or this one for a moment.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::Failure;
use crate::session::{Command, Shown};
use crate::storage::{Answer, Handed, Opened, Report, Store, Trouble};

/// How long to wait for whoever runs the session.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For an answer, before it is looked up whether that program still runs.
    wait: Duration,
    /// How often that is done.
    times: u32,
}

impl Patience {
    /// Five seconds in all: as long as somebody at a prompt waits gladly.
    pub(super) const PROMPT: Self = Self { wait: Duration::from_millis(250), times: 20 };
}

/// What became of what was asked for; a refusal is a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is done and on the disk.
    Done,
    /// The program that runs the session has done it, and it is on the disk.
    DoneElsewhere,
    /// It is on the disk, and done when the program that runs the session goes on, or when the session is
    /// next gone on with.
    Waiting,
}

/// Asks for a change and waits until it is on the disk. `tell` is told what was found amiss on opening it.
pub(super) fn ask(
    store: &Store,
    path: &Path,
    command: &Command,
    patience: Patience,
    tell: impl Fn(&str),
) -> Result<Outcome, Failure> {
    let mut handed = false;
    for _ in 0..patience.times {
        let (report, reports) = channel();
        // Nobody listens any more once the answer is known.
        match store.resume(path, move |what| drop(report.send(what))) {
            Ok(opened) => {
                opened.found.iter().for_each(|found| tell(found));
                return take(opened, &reports, command).map(|()| Outcome::Done);
            }
            Err(Trouble::Elsewhere { .. }) => {}
            Err(trouble) => return Err(trouble.into()),
        }
        handed = handed || store.hand(path, command)? == Handed::ToRunning;
        if !handed {
            // Whoever held it has left since.
            continue;
        }
        match store.answer(path, command, patience.wait)? {
            Answer::Taken => return Ok(Outcome::DoneElsewhere),
            Answer::Refused => {
                return Err(Failure::could_not("the program that runs this session refused it")
                    .help("its screen tells why"));
            }
            // Whoever should answer may have left: then the answer is this program's to give.
            Answer::Waiting => {}
        }
    }
    if handed { Ok(Outcome::Waiting) } else { Err(Trouble::Elsewhere { path: path.to_owned() }.into()) }
}

/// Does what is asked in a session that nobody else runs, and what others handed in meanwhile, and leaves it.
fn take(opened: Opened, reports: &Receiver<Report>, command: &Command) -> Result<(), Failure> {
    let Opened { mut log, keeper, .. } = opened;
    // It may have been done by a program that ended before it could say so.
    let known = log.knows(command.id);
    let taken = if known { Ok(()) } else { log.take(command).map(|frame| keeper.append(frame)) };
    let mut kept = known || taken.is_err();
    while !kept {
        match reports.recv() {
            Ok(Report::Asked(other)) if log.knows(other.id) => {}
            Ok(Report::Asked(other)) => match log.take(&other) {
                Ok(frame) => keeper.append(frame),
                Err(_) => keeper.refuse(other.id),
            },
            Ok(Report::Saved { seq }) => kept = seq >= log.seq(),
            Ok(
                Report::Behind { .. }
                | Report::CaughtUp
                | Report::Written { .. }
                | Report::NotWritten { .. }
                | Report::Erased
                | Report::KeptAside(_)
                | Report::JournalRemoved
                | Report::ChangedOutside { .. },
            ) => {}
            // Leaving tells why.
            Ok(Report::Failed { .. }) | Err(_) => break,
        }
    }
    let closed = !log.session().status.is_open();
    let left = keeper.leave(Shown::from(log.session()).to_file(), closed);
    taken?;
    left.map_err(|why| {
        let help = if kept {
            "it is kept in the journal, and comes into the file when the session is next gone on with"
        } else {
            "look at the session with `visavis show` before you try again"
        };
        Failure::could_not(why).help(help)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::testing::{Room, moment, note};
    use crate::session::{Author, FrameId, Id, Log, Request};
    use crate::storage::keeper::Keeper;
    use crate::storage::sim::SimDisk;
    use crate::storage::{Disk, Places};

    const NONE: Patience = Patience { wait: Duration::ZERO, times: 2 };

    fn store() -> Store {
        let places = Places { library: "/library".into(), state: "/state".into() };
        Store::new(Arc::new(SimDisk::new()), places)
    }

    fn command(n: u64) -> Command {
        Command {
            id: FrameId(Id::new(n)),
            by: Author::Outside,
            at: moment(60),
            what: Request::Add { to: None, drafts: vec![note("sales", &format!("From paper: {n}"))] },
        }
    }

    /// A session in its first step, kept by a program that is told what reports come.
    fn running(store: &Store) -> (Log, Keeper, Receiver<Report>) {
        let (tell, reports) = channel();
        let session = Room::new().session().clone();
        let Opened { mut log, keeper, .. } =
            store.begin(session, move |report| drop(tell.send(report))).unwrap();
        for frame in Room::new().go("practices").frames() {
            log.append(frame).unwrap();
            keeper.append(frame.clone());
        }
        // Before anything is on the disk there is no session to ask.
        while reports.recv().unwrap() != (Report::Saved { seq: log.seq() }) {}
        (log, keeper, reports)
    }

    fn leave(log: &Log, keeper: Keeper) {
        keeper.leave(Shown::from(log.session()).to_file(), false).unwrap();
    }

    fn texts(store: &Store, path: &Path) -> Vec<String> {
        store.look(path).unwrap().session().notes.iter().map(|note| note.text.clone()).collect()
    }

    fn silent(found: &str) {
        panic!("{found}");
    }

    #[test]
    fn a_session_that_nobody_runs_is_changed_and_left() {
        let store = store();
        let (log, keeper, _) = running(&store);
        let path = keeper.path().to_owned();
        leave(&log, keeper);
        for n in [1, 2] {
            let outcome = ask(&store, &path, &command(n), NONE, silent).unwrap();
            assert_eq!(outcome, Outcome::Done);
        }
        assert_eq!(texts(&store, &path), ["From paper: 1", "From paper: 2"]);
        assert_eq!(store.hand(&path, &command(9)).unwrap(), Handed::NotRunning);
    }

    #[test]
    fn what_nobody_answered_is_taken_up_once_by_the_next() {
        let store = store();
        let (log, keeper, _) = running(&store);
        let path = keeper.path().to_owned();
        for n in [1, 2] {
            assert_eq!(ask(&store, &path, &command(n), NONE, silent).unwrap(), Outcome::Waiting);
        }
        leave(&log, keeper);
        assert_eq!(ask(&store, &path, &command(2), NONE, silent).unwrap(), Outcome::Done);
        assert_eq!(texts(&store, &path), ["From paper: 2", "From paper: 1"]);
        for n in [1, 2] {
            assert_eq!(store.answer(&path, &command(n), Duration::ZERO).unwrap(), Answer::Taken);
        }
    }

    #[test]
    fn the_answer_of_a_running_program_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let real = Places { library: folder.path().join("library"), state: folder.path().join("state") };
        let real = Store::new(Arc::new(Disk), real);
        let patience = Patience { wait: Duration::from_secs(20), times: 1 };
        for store in [store(), real] {
            let (mut log, keeper, reports) = running(&store);
            let path = keeper.path().to_owned();
            let program = move || {
                let mut asked = reports.iter().filter_map(|report| match report {
                    Report::Asked(command) => Some(command),
                    Report::Saved { .. }
                    | Report::Failed { .. }
                    | Report::ChangedOutside { .. }
                    | Report::Erased
                    | Report::KeptAside(_)
                    | Report::Behind { .. }
                    | Report::CaughtUp
                    | Report::NotWritten { .. }
                    | Report::JournalRemoved
                    | Report::Written { .. } => None,
                });
                keeper.append(log.take(&asked.next().unwrap()).unwrap());
                keeper.refuse(asked.next().unwrap().id);
                leave(&log, keeper);
            };
            std::thread::scope(|scope| {
                scope.spawn(program);
                let outcome = ask(&store, &path, &command(1), patience, silent).unwrap();
                assert_eq!(outcome, Outcome::DoneElsewhere);
                let refused = ask(&store, &path, &command(2), patience, silent).unwrap_err();
                assert!(format!("{refused:?}").contains("refused it"), "{refused:?}");
            });
            assert_eq!(texts(&store, &path), ["From paper: 1"]);
        }
    }

    #[test]
    fn a_refusal_leaves_the_session_as_it_was() {
        let store = store();
        let session = Room::new().session().clone();
        let Opened { log, keeper, .. } = store.begin(session, drop).unwrap();
        let path = keeper.path().to_owned();
        leave(&log, keeper);
        let refused = ask(&store, &path, &command(1), NONE, silent).unwrap_err();
        assert!(format!("{refused:?}").contains("not begun"), "{refused:?}");
        assert!(texts(&store, &path).is_empty());
        assert_eq!(store.hand(&path, &command(9)).unwrap(), Handed::NotRunning);
    }
}
