//! Requests about all that is hidden: what a session is asked before it is closed.

use super::content;
use super::course::not_silent;
use crate::session::agenda::Pass;
use crate::session::command::Command;
use crate::session::event::{Course, Event, ItemId};
use crate::session::record::PassRef;
use crate::session::refusal::Refusal;
use crate::session::state::Session;

type Answer = Result<Vec<Event>, Refusal>;

fn nothing_hidden() -> Refusal {
    Refusal::new("Nothing is hidden.", "Go on.")
}

/// Everything is shown: rounds and topics that hold nothing stay as they are.
pub(super) fn reveal_all(session: &Session) -> Answer {
    not_silent(session)?;
    let topics = session.topics.iter().filter(|topic| {
        let written = session.entries.iter().any(|entry| entry.topic == topic.id);
        written && !session.topic_cover(topic.id).is_open()
    });
    let topics = topics.map(|topic| Course::TopicRevealed { pass: topic.made.during(), topic: topic.id });
    let rounds = session.passes.iter().flat_map(|pass| covered_rounds(session, pass));
    let rounds = rounds.map(|(pass, round)| Course::RoundRevealed { pass, round });
    let events: Vec<Event> = rounds.chain(topics).map(Event::Course).collect();
    if events.is_empty() { Err(nothing_hidden()) } else { Ok(events) }
}

/// The covered rounds of a pass in which something was written.
fn covered_rounds<'a>(session: &'a Session, pass: &'a Pass) -> impl Iterator<Item = (PassRef, u32)> + 'a {
    let reference = pass.reference();
    let rounds = pass.rounds.iter().zip(1..).filter(|(run, _)| !run.cover.is_open());
    rounds.map(move |(_, round)| (reference, round)).filter(move |(_, round)| {
        session.notes.iter().any(|note| note.made.during() == reference && note.made.round == *round)
            || session.ballots.iter().any(|ballot| ballot.made.during() == reference)
    })
}

/// Everything that is hidden goes, the last things first, so that earlier places stay right.
pub(super) fn drop_hidden(session: &Session, command: &Command) -> Answer {
    not_silent(session)?;
    let entries = session.entries.iter().rev();
    let entries = entries.filter(|entry| !session.topic_cover(entry.topic).is_open());
    let notes = session.notes.iter().rev().filter(|note| !session.cover(&note.made).is_open());
    let ballots = session.ballots.iter().rev();
    let ballots = ballots.filter(|ballot| !session.tally_is_open(ballot.made.during()));
    let entries = entries.map(|entry| ItemId::Entry(entry.id));
    let notes = notes.map(|note| ItemId::Note(note.id));
    let ballots = ballots.map(|ballot| ItemId::Ballot(ballot.id));
    let hidden: Vec<ItemId> = entries.chain(notes).chain(ballots).collect();
    if hidden.is_empty() {
        return Err(nothing_hidden());
    }
    let mut left = session.clone();
    let mut events = Vec::with_capacity(hidden.len());
    for id in hidden {
        let gone = content::remove(&left, command, id)?;
        gone.iter().for_each(|event| left.apply(event));
        events.extend(gone);
    }
    Ok(events)
}
