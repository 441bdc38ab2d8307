//! Requests about time that does not count.

use super::course::no_step;
use crate::session::command::Request;
use crate::session::event::{Course, Event};
use crate::session::interruption::{Interruption, LONG, Taken};
use crate::session::refusal::Refusal;
use crate::session::state::Session;
use crate::timer::Timestamp;

type Answer = Result<Vec<Event>, Refusal>;

/// While the session is interrupted nothing moves it on; what people write may still come in.
pub(super) fn not_interrupted(session: &Session, what: &Request) -> Result<(), Refusal> {
    let moves_on = match what {
        Request::Go(_)
        | Request::Repeat(_)
        | Request::StartTimer
        | Request::PauseTimer
        | Request::ExtendTimer(_)
        | Request::RevealRound { .. }
        | Request::RevealTopic(_)
        | Request::BeginSilence
        | Request::ShortenSilence(_)
        | Request::EndSilence
        | Request::OrderTopics(_)
        | Request::ShowHands { .. }
        | Request::RevealAll
        | Request::DropHidden
        | Request::Close => true,
        Request::Interrupt
        | Request::Resume
        | Request::Miss { .. }
        | Request::TakeInterruption(_)
        | Request::Seen
        | Request::Add { .. }
        | Request::Change { .. }
        | Request::Remove(_)
        | Request::Judge { .. }
        | Request::Group { .. }
        | Request::NewGroup { .. }
        | Request::Merge { .. }
        | Request::SettleParked(_)
        | Request::GiveDots(_)
        | Request::Keep(_)
        | Request::Retitle(_)
        | Request::Reopen
        | Request::ResumeMeeting
        | Request::Undo
        | Request::Redo => false,
    };
    if moves_on && session.interrupted().is_some() {
        return Err(Refusal::new("The session is interrupted.", "Go on first, with any key."));
    }
    Ok(())
}

pub(super) fn interrupt(session: &Session, at: Timestamp) -> Answer {
    if session.present.is_none() {
        return Err(no_step());
    }
    if !session.may_be_interrupted(at) {
        return Err(Refusal::new("The session is interrupted already.", "Go on with any key."));
    }
    Ok(vec![Event::Course(Course::Interrupted { at })])
}

/// The clocks run again. What was short is left out without a question: they stood still.
pub(super) fn resume(session: &Session, at: Timestamp) -> Answer {
    let Some(gap) = session.interrupted() else {
        return Err(Refusal::new("The session is not interrupted.", "Go on."));
    };
    let at = at.max(gap.from);
    let gap = Interruption { to: Some(at), ..*gap };
    let mut events = vec![Event::Course(Course::Resumed { at })];
    if gap.millis() <= LONG {
        events.extend(session.taking(&gap, Taken::LeftOut));
    }
    Ok(events)
}

pub(super) fn miss(session: &Session, from: Timestamp, at: Timestamp) -> Answer {
    let end = session.interruptions.last().and_then(|last| last.to);
    let from = end.map_or(from, |end| end.max(from));
    if at.millis_since(from) <= LONG || !session.may_be_interrupted(from) {
        return Err(Refusal::new("That was no long time.", "Go on."));
    }
    Ok(vec![Event::Course(Course::Missed { from, to: at })])
}

pub(super) fn take(session: &Session, taken: Taken) -> Answer {
    let Some(gap) = session.unexplained() else {
        return Err(Refusal::new("There is no interruption to say anything of.", "Go on."));
    };
    if taken == Taken::Fitted && session.left_after(gap) <= gap.millis() / 1000 {
        return Err(Refusal::new(
            "There is not so much time left to cut.",
            "Leave the interruption out, or count it.",
        ));
    }
    Ok(session.taking(gap, taken))
}
