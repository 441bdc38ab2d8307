//! The thread that waits at the bell of a session's inbox.
//!
//! Owns the bell while the session runs. Never looks into the inbox: it wakes the keeper, which does.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crate::mistake::Thread;
use crate::storage::medium::{Bell, Medium, create_folders, folder_of};

#[derive(Debug)]
pub(in crate::storage) struct Listener {
    medium: Arc<dyn Medium>,
    path: PathBuf,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// Why nobody listens any more.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Asked,
    Unheard,
}

impl Listener {
    /// Calls `wake` each time the bell rings, until that answers false; and `deaf`, where the bell is not heard
    /// any more before that. None where there can be no bell: somebody must look into the inbox from time to time
    /// then.
    pub(in crate::storage) fn start(
        thread: Thread,
        medium: Arc<dyn Medium>,
        path: PathBuf,
        wake: impl Fn() -> bool + Send + 'static,
        deaf: impl FnOnce() + Send + 'static,
    ) -> Option<Self> {
        create_folders(&*medium, folder_of(&path)).ok()?;
        let bell = medium.bell(&path).ok()?;
        let over = Arc::new(AtomicBool::new(false));
        let (is_over, was_over) = (Arc::clone(&over), Arc::clone(&over));
        let listen = move || listened(bell, || !is_over.load(Ordering::Acquire) && wake());
        let then = move |ended| {
            if ended != Ok(Ended::Asked) && !was_over.load(Ordering::Acquire) {
                deaf();
            }
        };
        let thread = thread.start(listen, then).ok()?;
        Some(Self { medium, path, over, thread })
    }

    /// Takes the bell down and ends the thread.
    pub(in crate::storage) fn stop(self) {
        self.over.store(true, Ordering::Release);
        let rung = self.medium.ring(&self.path);
        // Somebody may have put it out of reach; then the thread ends with the program.
        if rung.is_ok() {
            let _ = self.thread.join();
        }
        let _ = self.medium.remove(&self.path);
    }
}

/// Listens as long as `heard` answers that it is worth it.
fn listened(mut bell: Box<dyn Bell>, heard: impl Fn() -> bool) -> Ended {
    while bell.wait().is_ok() {
        if !heard() {
            return Ended::Asked;
        }
    }
    Ended::Unheard
}
