//! The thread that waits at the bell of a session's inbox.
//!
//! Owns the bell while the session runs. Never looks into the inbox: it wakes the keeper, which does.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crate::storage::medium::{Medium, create_folders, folder_of};

/// It only waits, so little will do.
const STACK: usize = 64 * 1024;

#[derive(Debug)]
pub(in crate::storage) struct Listener {
    medium: Arc<dyn Medium>,
    path: PathBuf,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Listener {
    /// Calls `wake` each time the bell rings, until that answers false. None where there can be no bell:
    /// somebody must look into the inbox from time to time then.
    pub(in crate::storage) fn start(
        medium: Arc<dyn Medium>,
        path: PathBuf,
        wake: impl Fn() -> bool + Send + 'static,
    ) -> Option<Self> {
        Self::with_stack(STACK, medium, path, wake)
    }

    /// The same with so much room for what `wake` does, in bytes.
    pub(in crate::storage) fn with_stack(
        stack: usize,
        medium: Arc<dyn Medium>,
        path: PathBuf,
        wake: impl Fn() -> bool + Send + 'static,
    ) -> Option<Self> {
        create_folders(&*medium, folder_of(&path)).ok()?;
        let mut bell = medium.bell(&path).ok()?;
        let over = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&over);
        let listen = move || while bell.wait().is_ok() && !is_over.load(Ordering::Acquire) && wake() {};
        let builder = std::thread::Builder::new().name("inbox".to_owned()).stack_size(stack);
        let thread = builder.spawn(listen).ok()?;
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
