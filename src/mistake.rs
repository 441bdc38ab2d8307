//! Mistakes of the program itself: how a panic is told, and threads of which none fails unnoticed.
//!
//! Owns the words after a panic and the starting of threads. Never knows what a thread is for: whoever starts one
//! says what becomes of its failure.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::thread::{Builder, JoinHandle};

use crate::text;

/// Something panicked, and the panic hook has told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistake;

/// A thread that has yet to be started: its name, and the room for what it does, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Thread {
    /// What systems and debuggers call it.
    pub name: &'static str,
    /// The size of its stack; threads that only wait need little.
    pub stack: usize,
}

impl Thread {
    /// Starts it: it does `work` and hands on to `then` what came of that, be it a panic. Whatever needs the thread
    /// hears of its failure there.
    ///
    /// # Errors
    /// Where the system gives no more threads.
    #[expect(clippy::disallowed_methods, reason = "the one place that starts threads")]
    pub fn start<T, R: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
        then: impl FnOnce(Result<T, Mistake>) -> R + Send + 'static,
    ) -> io::Result<JoinHandle<R>> {
        let builder = Builder::new().name(self.name.to_owned()).stack_size(self.stack);
        builder.spawn(move || then(attempt(work)))
    }
}

/// Does `work`, and goes on after a panic. What it was changing may be half changed then.
///
/// # Errors
/// Where it panicked.
#[expect(clippy::disallowed_methods, reason = "the one place that goes on after a panic")]
pub fn attempt<T>(work: impl FnOnce() -> T) -> Result<T, Mistake> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| Mistake)
}

/// Has every panic told on standard error, with nothing in it that could act on a terminal.
pub fn tell_panics() {
    panic::set_hook(Box::new(|info| {
        // Nobody is left to be told when standard error is gone.
        let _ = writeln!(io::stderr(), "{}", words(info));
    }));
}

/// What is said of a panic.
#[must_use]
pub fn words(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
    let payload = info.payload();
    let what = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
    told(what.unwrap_or("something went wrong"), &place)
}

/// The same of `what`, which may repeat anything that somebody wrote, at a place in the source.
#[must_use]
pub fn told(what: &str, place: &str) -> String {
    format!("visavis has failed: {}{place}\nWhat was shown as saved is kept.", text::visible(what))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const THREAD: Thread = Thread { name: "tests", stack: 64 * 1024 };

    #[test]
    fn what_came_of_a_thread_is_handed_on() {
        let started = THREAD.start(|| 7, |done| done.map(|seven| seven + 1)).unwrap();
        assert_eq!(started.join().unwrap(), Ok(8));
    }

    #[test]
    fn a_failure_is_handed_on_by_the_thread_itself() {
        let (send, failures) = channel();
        let fails = || -> () { panic::resume_unwind(Box::new("on purpose")) };
        let started = THREAD.start(fails, move |done| send.send(done).is_ok()).unwrap();
        assert_eq!(failures.recv(), Ok(Err(Mistake)));
        assert!(started.join().unwrap(), "and the thread ends as any other");
    }
}
