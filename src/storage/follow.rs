//! Following a session that another program runs, without changing anything.
//!
//! Owns the bells at which those who follow wait: the program that runs the session rings them when the disk
//! has something new. A thread waits for the end of that program, however it comes: the system gives its lock up
//! then. Nobody looks in vain, and what is not on the disk is not shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::keeper::Listener;
use super::lock::{self, Lock, Locking};
use super::medium::Medium;
use super::store::Store;
use super::trouble::Trouble;
use crate::mistake::{Mistake, Thread};
use crate::session::Session;

/// A session is put together on the thread that waits.
const FOLLOW: Thread = Thread { name: "follow", stack: 2 * 1024 * 1024 };

/// It only waits, so little will do.
const WATCH: Thread = Thread { name: "watch", stack: 64 * 1024 };

const BELL: &str = ".bell";

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

    /// Whether what changes is told. On a system without bells the session stays as it was when it was read.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.listener.is_some()
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(listener) = self.listener.take() {
            listener.stop();
        }
    }
}

/// The bells of all who follow one session: files of one folder, `KEY.1.bell`, `KEY.2.bell` and so on.
#[derive(Debug, Clone)]
pub(super) struct Followers {
    folder: PathBuf,
    key: String,
}

impl Followers {
    fn bell(&self, place: usize) -> PathBuf {
        self.folder.join(format!("{}.{place}{BELL}", self.key))
    }

    /// Wakes all of them.
    pub(super) fn wake(&self, medium: &dyn Medium) {
        // Most often there never was one, and no folder.
        for name in medium.list(&self.folder).unwrap_or_default() {
            let rest = name.to_str().and_then(|name| name.strip_prefix(self.key.as_str()));
            if rest.is_some_and(|rest| rest.starts_with('.') && rest.ends_with(BELL)) {
                // Whoever was killed left a bell at which nobody waits.
                let _ = medium.ring(&self.folder.join(&name));
            }
        }
    }
}

/// Rings a follower's bell when the program that runs the session has ended.
#[derive(Debug, Clone)]
struct Watch {
    medium: Arc<dyn Medium>,
    /// The lock of the session.
    lock: PathBuf,
    bell: PathBuf,
    waits: Arc<AtomicBool>,
}

impl Watch {
    /// Waits for the end of the program that runs the session, on a thread which lasts until then.
    fn start(&self) {
        if self.waits.swap(true, Ordering::AcqRel) {
            return;
        }
        let (watch, after) = (self.clone(), self.clone());
        let wait = move || watch.medium.wait_unlocked(&watch.lock);
        let started = WATCH.start(wait, move |waited| match waited {
            Ok(Ok(())) => {
                after.waits.store(false, Ordering::Release);
                let _ = after.medium.ring(&after.bell);
            }
            // Where that can't be known nothing is said.
            Ok(Err(_)) => {}
            // What is saved next has it tried again.
            Err(Mistake) => after.waits.store(false, Ordering::Release),
        });
        if started.is_err() {
            self.waits.store(false, Ordering::Release);
        }
    }
}

impl Store {
    /// Follows a session: answers it as it is, and calls `tell` each time it is other, and when the program that
    /// runs it has ended, however that came; and `deaf`, where nothing more will be told although it may go on.
    /// Nothing is changed.
    ///
    /// # Errors
    /// Where there is no such session, or neither its journal nor its file can be used.
    pub fn follow(
        &self,
        path: &Path,
        tell: impl Fn(Followed) + Send + 'static,
        deaf: impl FnOnce() + Send + 'static,
    ) -> Result<(Followed, Following), Trouble> {
        let (path, key) = self.found(path)?;
        let (bell, place) = self.taken_place(&key);
        let watch = Watch {
            medium: self.shared_medium(),
            lock: lock::lock_path(&self.places().locks(), &key),
            bell: bell.clone(),
            waits: Arc::default(),
        };
        let (store, file) = (self.clone(), path.clone());
        let look = move || store.followed(&file, &key, &watch);
        let (first, wake) = (look.clone(), move || {
            // What can't be read this time is told the next.
            look().into_iter().for_each(&tell);
            true
        });
        // The bell is up before the session is read: what comes meanwhile is heard.
        let listener = Listener::start(FOLLOW, self.shared_medium(), bell, wake, deaf);
        let following = Following { path, listener, _place: place };
        Ok((first()?, following))
    }

    pub(super) fn followers(&self, key: &str) -> Followers {
        Followers { folder: self.places().followers(), key: key.to_owned() }
    }

    fn followed(&self, path: &Path, key: &str, watch: &Watch) -> Result<Followed, Trouble> {
        // Asked first: what is read after that is all there is if nobody runs it any more.
        let is_running = self.is_running(key);
        if is_running {
            watch.start();
        }
        let (session, _) = self.look(path)?.ours()?;
        Ok(Followed { session, is_running })
    }

    /// The bell of the first place that nobody has. Where that can't be known, it may be another's too.
    fn taken_place(&self, key: &str) -> (PathBuf, Option<Lock>) {
        let followers = self.followers(key);
        let mut place = 1;
        loop {
            let bell = followers.bell(place);
            match lock::lock(self.medium(), &self.places().locks(), &format!("{key}.follow-{place}")) {
                Ok(Locking::Locked(lock)) => return (bell, Some(lock)),
                Ok(Locking::HeldElsewhere) => place += 1,
                Ok(Locking::Unsupported) | Err(_) => return (bell, None),
            }
        }
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
                store(&disk).follow(&path, move |followed| drop(tell.send(followed)), || {}).unwrap();
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
        for folder in ["/state/followers", "/state/inbox"] {
            assert!(disk.list(Path::new(folder)).unwrap().is_empty(), "all bells are taken down");
        }
        let changes = disk.log().split_off(before);
        let of_followers =
            changes.iter().filter(|change| change.contains("follow-") && !change.starts_with("remove"));
        assert_eq!(of_followers.count(), 0, "nothing of those who follow is written");
    }

    /// A session that nobody runs, and what a program holds that runs it.
    fn begun(disk: &SimDisk) -> (PathBuf, impl Fn() -> Lock) {
        let Opened { log, keeper, .. } = store(disk).begin(Room::new().session().clone(), drop).unwrap();
        let path = keeper.path().to_owned();
        keeper.leave(Shown::from(log.session()).to_file(), false).unwrap();
        let (disk, (_, key)) = (disk.clone(), store(disk).found(&path).unwrap());
        let hold = move || match lock::lock(&disk, Path::new("/state/locks"), &key).unwrap() {
            Locking::Locked(lock) => lock,
            other @ (Locking::HeldElsewhere | Locking::Unsupported) => panic!("{other:?}"),
        };
        (path, hold)
    }

    #[test]
    fn whoever_follows_is_told_when_the_program_ends_without_a_word() {
        let disk = SimDisk::new();
        let (path, hold) = begun(&disk);
        let killed = hold();
        let (tell, told) = channel();
        let (now, _following) =
            store(&disk).follow(&path, move |followed| drop(tell.send(followed)), || {}).unwrap();
        assert!(now.is_running && told.try_recv().is_err());
        drop(killed);
        until(&told, |followed| !followed.is_running);
        let next = hold();
        store(&disk).followers(&store(&disk).found(&path).unwrap().1).wake(&disk);
        until(&told, |followed| followed.is_running);
        drop(next);
        until(&told, |followed| !followed.is_running);
        drop(hold());
    }

    #[test]
    fn after_a_mistake_the_end_of_the_other_program_is_waited_for_again_with_the_next_save() {
        let disk = SimDisk::new();
        let (path, hold) = begun(&disk);
        let killed = hold();
        disk.panic_at_lock();
        let (tell, told) = channel();
        let (_, _following) =
            store(&disk).follow(&path, move |followed| drop(tell.send(followed)), || {}).unwrap();
        let followers = store(&disk).followers(&store(&disk).found(&path).unwrap().1);
        while disk.waiting() == 0 {
            followers.wake(&disk);
            until(&told, |followed| followed.is_running);
        }
        drop(killed);
        until(&told, |followed| !followed.is_running);
    }

    #[test]
    fn a_crowd_follows_and_each_who_comes_has_a_bell() {
        let disk = SimDisk::new();
        let (path, hold) = begun(&disk);
        let _running = hold();
        let (tell, told) = channel();
        let follow = |who: usize| {
            let tell = tell.clone();
            store(&disk).follow(&path, move |followed| drop(tell.send((who, followed))), || {}).unwrap().1
        };
        let mut crowd: Vec<Following> = (0..9).map(follow).collect();
        drop((crowd.remove(5), crowd.remove(0)));
        crowd.push(follow(9));
        assert!(crowd.iter().all(Following::is_live));
        store(&disk).followers(&store(&disk).found(&path).unwrap().1).wake(&disk);
        let mut heard: Vec<usize> = crowd.iter().map(|_| told.recv_timeout(AT_MOST).unwrap().0).collect();
        heard.sort_unstable();
        assert_eq!(heard, [1, 2, 3, 4, 6, 7, 8, 9]);
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
