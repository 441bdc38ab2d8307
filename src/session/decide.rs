//! What follows from a request: events, or a friendly refusal.
//!
//! Owns: every rule of a running session. Pure: looks at the session and the command and nothing else.
//! Never: changes the session, shows anything. Undo and redo are the log's (`log`), which remembers.

mod content;
mod course;
mod dots;
mod groups;
mod hidden;
mod interruption;
mod talk;

use super::command::{Command, Request};
use super::event::{Course, Event};
use super::refusal::Refusal;
use super::state::{Session, Status};

/// What follows from `command`: at least one event.
///
/// # Errors
/// A [`Refusal`] in words where it cannot be done or would change nothing.
pub fn decide(session: &Session, command: &Command) -> Result<Vec<Event>, Refusal> {
    let at = command.at;
    let opens = matches!(command.what, Request::Reopen | Request::ResumeMeeting);
    if let (Status::Closed { .. }, false) = (session.status, opens) {
        return Err(Refusal::closed());
    }
    interruption::not_interrupted(session, &command.what)?;
    match &command.what {
        Request::Interrupt => interruption::interrupt(session, at),
        Request::Resume => interruption::resume(session, at),
        Request::Miss { from } => interruption::miss(session, *from, at),
        Request::TakeInterruption(taken) => interruption::take(session, *taken),
        Request::Seen => Ok(vec![Event::Course(Course::Seen { at })]),
        Request::Go(part) => course::go(session, *part, at),
        Request::Repeat(step) => course::repeat(session, *step, at),
        Request::StartTimer => course::start_timer(session, at),
        Request::PauseTimer => course::pause_timer(session, at),
        Request::ExtendTimer(secs) => course::extend_timer(session, *secs, at),
        Request::RevealRound { pass, round } => course::reveal_round(session, *pass, *round),
        Request::RevealTopic(topic) => course::reveal_topic(session, *topic),
        Request::RevealAll => hidden::reveal_all(session),
        Request::DropHidden => hidden::drop_hidden(session, command),
        Request::OrderTopics(order) => talk::order(session, order),
        Request::ShowHands { more, enough } => talk::show_hands(session, *more, *enough, at),
        Request::BeginSilence => course::begin_silence(session, at),
        Request::ShortenSilence(secs) => course::shorten_silence(session, *secs, at),
        Request::EndSilence => course::end_silence(session, at),
        Request::Add { to, drafts } => content::add(session, command, *to, drafts),
        Request::Change { id, draft } => content::change(session, command, *id, draft),
        Request::Remove(id) => content::remove(session, command, *id),
        Request::Judge { topic, about, gap } => content::judge(session, command, *topic, about, *gap),
        Request::Group { what, into } => groups::put(session, command, what, *into),
        Request::NewGroup { name, what } => groups::make(session, command, name, what),
        Request::Merge { from, into } => groups::merge(session, command, *from, *into),
        Request::SettleParked(fate) => content::settle_parked(session, command, *fate),
        Request::GiveDots(dots) => dots::give(session, command, dots),
        Request::Keep(what) => dots::keep(session, command, *what),
        Request::Retitle(title) => content::retitle(session, title),
        Request::Close => course::close(session, at),
        Request::Reopen => course::reopen(session),
        Request::ResumeMeeting => course::resume_meeting(session, at),
        Request::Undo => Err(Refusal::new("There is nothing to undo.", "Go on.")),
        Request::Redo => Err(Refusal::new("There is nothing to redo.", "Go on.")),
    }
}
