//! Following a session that another program runs, without changing anything.
//!
//! Owns the bells at which those who follow wait: the program that runs the session rings them when the disk
//! has something new, and when it has left. Nobody looks in vain, and what is not on the disk is not shown.

use std::path::{Path, PathBuf};

use super::inbox::Inbox;
use super::keeper::Listener;
use super::lock::{self, Lock, Locking};
use super::medium::Medium;
use super::store::Store;
use super::trouble::Trouble;
use crate::session::Session;

/// How many programs can follow one session; more see it as it was when they came.
const PLACES: usize = 4;

/// A session is put together on the thread that waits.
const STACK: usize = 2 * 1024 * 1024;

/// A session that another program runs, followed until this is dropped.
#[derive(Debug)]
pub struct Following {
    path: PathBuf,
    listener: Option<Listener>,
    /// Says that the bell is ours.
    _place: Option<Lock>,
}

/// What whoever follows a session is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// The session as the disk has it, with what is hidden.
    pub session: Session,
    /// Whether a program still runs it.
    pub is_running: bool,
}

impl Following {
    /// Where the session's file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(listener) = self.listener.take() {
            listener.stop();
        }
    }
}

impl Store {
    /// Follows a session: answers it as it is, and calls `tell` each time it is other. Nothing is changed.
    ///
    /// # Errors
    /// Where there is no such session, or neither its journal nor its file can be used.
    pub fn follow(
        &self,
        path: &Path,
        tell: impl Fn(Followed) + Send + 'static,
    ) -> Result<(Followed, Following), Trouble> {
        let (path, key) = self.found(path)?;
        let (store, file, of) = (self.clone(), path.clone(), key.clone());
        let wake = move || {
            // What can't be read this time is told the next.
            store.followed(&file, &of).into_iter().for_each(&tell);
            true
        };
        // The bell is up before the session is read: what comes meanwhile is heard.
        let place = (1..=PLACES).find_map(|place| self.taken_place(&key, place));
        let (listener, place) = match place {
            Some((bell, place)) => (Listener::with_stack(STACK, self.shared_medium(), bell, wake), place),
            None => (None, None),
        };
        let following = Following { path: path.clone(), listener, _place: place };
        Ok((self.followed(&path, &key)?, following))
    }

    fn followed(&self, path: &Path, key: &str) -> Result<Followed, Trouble> {
        // Asked first: what is read after that is all there is if nobody runs it any more.
        let is_running = self.is_running(key);
        Ok(Followed { session: self.look(path)?, is_running })
    }

    /// The bell of a place that nobody has.
    fn taken_place(&self, key: &str, place: usize) -> Option<(PathBuf, Option<Lock>)> {
        let bell = bell(&self.inbox(key), place);
        match lock::lock(self.medium(), &self.places().locks(), &format!("{key}.follow-{place}")).ok()? {
            Locking::Locked(lock) => Some((bell, Some(lock))),
            Locking::HeldElsewhere => None,
            Locking::Unsupported => Some((bell, None)),
        }
    }
}

fn bell(inbox: &Inbox, place: usize) -> PathBuf {
    inbox.beside(&format!(".follow-{place}.bell"))
}

/// Wakes all who follow the session of this inbox.
pub(super) fn wake(medium: &dyn Medium, inbox: &Inbox) {
    for place in 1..=PLACES {
        // Most often nobody waits there.
        let _ = medium.ring(&bell(inbox, place));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use super::*;
    use crate::session::Shown;
    use crate::session::testing::Room;
    use crate::storage::places::Places;
    use crate::storage::sim::SimDisk;
    use crate::storage::store::Opened;

    fn store(disk: &SimDisk) -> Store {
        Store::new(Arc::new(disk.clone()), Places { library: "/library".into(), state: "/state".into() })
    }

    /// Longer than anything here takes; only a mistake waits so long.
    const AT_MOST: Duration = Duration::from_secs(60);

    fn until(told: &Receiver<Followed>, is: impl Fn(&Followed) -> bool) -> Followed {
        loop {
            let followed = told.recv_timeout(AT_MOST).unwrap();
            if is(&followed) {
                return followed;
            }
        }
    }

    #[test]
    fn whoever_follows_sees_what_is_saved_and_that_it_is_over() {
        let disk = SimDisk::new();
        let Opened { mut log, keeper, .. } = store(&disk).begin(Room::new().session().clone(), drop).unwrap();
        let path = keeper.path().to_owned();
        let room = Room::new().go("practices").note("sales", "We visit once a month");
        let follow = || {
            let (tell, told) = channel();
            let (now, following) =
                store(&disk).follow(&path, move |followed| drop(tell.send(followed))).unwrap();
            assert!(now.is_running && now.session.notes.is_empty());
            (following, told)
        };
        let (first, second) = (follow(), follow());
        let before = disk.log().len();
        for frame in room.frames().to_vec() {
            log.append(&frame).unwrap();
            keeper.append(frame);
        }
        for (following, told) in [&first, &second] {
            let followed = until(told, |followed| followed.session == *log.session());
            assert!(followed.is_running && following.path() == path);
        }
        keeper.leave(Shown::from(log.session()).to_file(), false).unwrap();
        for (_, told) in [&first, &second] {
            assert_eq!(until(told, |followed| !followed.is_running).session, *log.session());
        }
        drop((first, second));
        let changes = disk.log().split_off(before);
        let of_followers =
            changes.iter().filter(|change| change.contains("follow-") && !change.starts_with("remove"));
        assert_eq!(of_followers.count(), 0, "nothing of those who follow is written");
    }

    #[test]
    fn a_disk_without_locks_is_told_and_stops_nobody() {
        let disk = SimDisk::new();
        disk.without_locks();
        let opened = store(&disk).begin(Room::new().session().clone(), drop).unwrap();
        assert!(opened.found.iter().any(|found| found.contains("knows no locks")), "{:?}", opened.found);
        let path = opened.keeper.path().to_owned();
        opened.keeper.leave(Shown::from(opened.log.session()).to_file(), false).unwrap();
        let again = store(&disk).resume(&path, drop).unwrap();
        assert!(again.found.iter().any(|found| found.contains("knows no locks")), "{:?}", again.found);
        let found = store(&disk).check_up(true).findings;
        assert!(found.iter().any(|finding| finding.what.contains("knows no locks") && !finding.is_wrong()));
    }
}
