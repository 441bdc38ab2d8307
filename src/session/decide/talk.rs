//! Requests about the topics of a discussion: their order, and hands for a minute more.

use super::course::extend_timer;
use crate::session::agenda::Pass;
use crate::session::event::{Course, Event};
use crate::session::refusal::Refusal;
use crate::session::state::Session;
use crate::session::talk::{Hands, Talk};
use crate::timer::Timestamp;

type Answer = Result<Vec<Event>, Refusal>;

/// No room holds more hands.
const MOST: u32 = 10_000;

/// A minute, in seconds.
const MORE: i64 = 60;

fn present(session: &Session) -> Result<(&Pass, &Talk), Refusal> {
    let talk = session.current().and_then(|pass| Some((pass, pass.talk()?)));
    talk.ok_or_else(|| Refusal::new("Nothing is discussed here.", "Go to a discussion first."))
}

pub(super) fn order(session: &Session, order: &[u32]) -> Answer {
    let (pass, talk) = present(session)?;
    if !talk.is_order(order) {
        return Err(Refusal::new("These are not the topics of this discussion.", "Move one at a time."));
    }
    if order == talk.order {
        return Err(Refusal::new("They stand in this order already.", "Go on."));
    }
    if !talk.keeps_what_was(order, pass.round) {
        return Err(Refusal::new("What was talked about keeps its place.", "Move one that is to come."));
    }
    Ok(vec![Event::Course(Course::TopicsOrdered { pass: pass.reference(), order: order.to_vec() })])
}

/// More hands for it than against it give a minute more.
pub(super) fn show_hands(session: &Session, more: u32, enough: u32, at: Timestamp) -> Answer {
    let (pass, _) = present(session)?;
    if more > MOST || enough > MOST || (more, enough) == (0, 0) {
        return Err(Refusal::new(
            "Those are no hands to count.",
            "Type two numbers: for it, and against it.",
        ));
    }
    let hands = Hands { round: pass.round, more, enough, at };
    let mut events = vec![Event::Course(Course::HandsCounted { pass: pass.reference(), hands })];
    if more > enough {
        events.extend(extend_timer(session, MORE, at)?);
    }
    Ok(events)
}
