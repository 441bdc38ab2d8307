//! Time in which nothing went on: the key that ends an interruption, and gaps in which the program was not
//! running.
//!
//! Owns how a gap is noticed: the loop asked to be woken and was woken far too late. Never decides what it was.

use super::{App, Moment, View};
use crate::session::{LONG_INTERRUPTION, Request};
use crate::timer::Timestamp;
use crate::tui::effect::Then;

/// When the loop was to be woken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waking {
    /// When it asked.
    asked: Timestamp,
    /// When it was to be woken.
    due: Timestamp,
}

/// So much later than asked for is still in time, on a machine that has much to do; in milliseconds.
const LATE: i64 = 2_000;

impl App {
    /// Remembers when the loop is to be woken next; none where nothing changes by itself.
    pub(super) fn expect_waking(&self, now: Timestamp, wait: Option<std::time::Duration>) {
        let millis = wait.and_then(|wait| i64::try_from(wait.as_millis()).ok());
        // Since the last message a frame was drawn and no more: whatever took long was no running either.
        let asked = self.last.filter(|last| now.millis_since(*last) > LATE).unwrap_or(now);
        self.waking.set(millis.map(|millis| Waking { asked, due: asked.plus_millis(millis) }));
    }

    /// A lid was closed, or the process was stopped: what was due long ago comes only now.
    pub(super) fn notice_gap(&mut self, now: Timestamp) {
        let Some(Waking { asked, due }) = self.waking.take() else { return };
        if now.millis_since(asked) > LONG_INTERRUPTION && now.millis_since(due) > LATE {
            self.missed(asked, now);
        }
    }

    /// The program was not running since `from`.
    pub(super) fn missed(&mut self, from: Timestamp, now: Timestamp) {
        if let (View::Session, Some(room)) = (&self.view, &mut self.room) {
            room.missed(from, now);
            self.turn.draw = true;
        }
    }

    /// Any key ends an interruption and does nothing else; answers whether it did.
    pub(super) fn end_interruption(&mut self, moment: Moment) -> bool {
        let (View::Session, Some(room)) = (&self.view, &mut self.room) else { return false };
        // What another program runs goes on there.
        if room.session().interrupted().is_none() || room.is_followed() {
            return false;
        }
        room.ask(self.reach.random.as_mut(), moment.now, Request::Resume, Then::Nothing);
        room.ask_about_interruption(moment.now);
        self.turn.draw = true;
        true
    }
}
