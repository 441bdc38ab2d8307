//! Requests that give dots and settle ties.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::session::carried::Carried;
use crate::session::command::Command;
use crate::session::event::{Change, Event};
use crate::session::items::{Edit, Item};
use crate::session::record::{Made, Record};
use crate::session::refusal::Refusal;
use crate::session::shown::Shown;
use crate::session::state::Session;
use crate::session::vote::{
    self, Ballot, BallotDraft, BallotId, Dots, Given, Ruling, RulingDraft, RulingId, Voter,
};

type Answer = Result<Vec<Event>, Refusal>;

/// The present vote.
fn voting(session: &Session, command: &Command) -> Result<Made, Refusal> {
    let pass = session.current().ok_or_else(Refusal::not_begun)?;
    session.step(pass.step).and_then(|step| step.kind.vote()).ok_or_else(vote::no_vote)?;
    let Command { at, by, .. } = *command;
    Ok(session.stamp(pass.reference(), pass.round, at, by))
}

/// Sets how many dots of whom things have, all or nothing. Dots on what has gone meanwhile come back.
pub(super) fn give(session: &Session, command: &Command, dots: &[Dots]) -> Answer {
    let made = voting(session, command)?;
    let here: HashSet<Carried> = Shown::from(session).to_vote_on(made.during()).iter().copied().collect();
    if let Some(unknown) = dots.iter().find(|dots| !here.contains(&dots.what)) {
        let gone = format!("{} is not voted on here.", name(session, unknown.what));
        return Err(Refusal::new(gone, "Choose something from the list."));
    }
    let mut ballots: IndexMap<&Voter, Vec<&Dots>> = IndexMap::new();
    for dots in dots {
        ballots.entry(&dots.by).or_default().push(dots);
    }
    // Later ballots share what a side has with earlier ones of the same command.
    let mut tried = (ballots.len() > 1).then(|| session.clone());
    let mut events = Vec::new();
    for ((by, dots), n) in ballots.into_iter().zip(0..) {
        let before = tried.as_ref().unwrap_or(session);
        let id = BallotId(command.id.0.child(n));
        let Some(edit) = cast(before, made, id, by, &dots)? else { continue };
        match &edit {
            Edit::Added { item, .. } | Edit::Changed { after: item, .. } => {
                vote::within_budget(before, item)?;
            }
            Edit::Removed { .. } => {}
        }
        let change = Change::Ballot(edit);
        before.allows(&change)?;
        let event = Event::Content(change);
        if let Some(tried) = &mut tried {
            tried.apply(&event);
        }
        events.push(event);
    }
    if events.is_empty() {
        return Err(Refusal::new("Those dots are there already.", "Go on."));
    }
    Ok(events)
}

fn name(session: &Session, what: Carried) -> String {
    Shown::from(session).told(what).map_or("That".to_owned(), |told| format!("“{}”", told.text))
}

/// What one voter's ballot becomes; none where it stays as it is.
fn cast(
    session: &Session,
    made: Made,
    id: BallotId,
    by: &Voter,
    dots: &[&Dots],
) -> Result<Option<Edit<Ballot>>, Refusal> {
    let before = session.ballots.iter().find(|other| other.made.during() == made.during() && &other.by == by);
    let kept = before.map(|ballot| ballot.dots.as_slice()).unwrap_or_default();
    let shown = Shown::from(session);
    let there = kept.iter().filter(|given| shown.told(given.what).is_some());
    let mut given: IndexMap<Carried, u32> = there.map(|given| (given.what, given.dots)).collect();
    for Dots { what, dots, .. } in dots {
        if *dots == 0 {
            given.shift_remove(what);
        } else {
            given.insert(*what, *dots);
        }
    }
    let dots: Vec<Given> = given.into_iter().map(|(what, dots)| Given { what, dots }).collect();
    let draft = BallotDraft { by: by.clone(), dots };
    Ok(match before {
        Some(ballot) if draft.dots.is_empty() => session.ballots.removing(ballot.id),
        Some(ballot) => session.ballots.changing(ballot.id, draft, session.change_stamp(made.at, made.by)),
        None if draft.dots.is_empty() => None,
        None if session.ballots.get(id).is_some() => return Err(Refusal::done_already()),
        None => Some(Edit::Added { at: session.ballots.len(), item: Ballot::new(id, draft, made) }),
    })
}

/// Chooses what ties at the cut to carry on, or takes the choice back.
pub(super) fn keep(session: &Session, command: &Command, what: Carried) -> Answer {
    let made = voting(session, command)?;
    let Some(tally) = Shown::from(session).tally(made.during()) else {
        return Err(Refusal::new("The dots are hidden yet.", "Reveal them first."));
    };
    let chosen =
        session.rulings.iter().find(|ruling| ruling.made.during() == made.during() && ruling.what == what);
    if let Some(ruling) = chosen {
        let edit = session.rulings.removing(ruling.id());
        return Ok(edit.map(|edit| Event::Content(Change::Ruling(edit))).into_iter().collect());
    }
    if !tally.iter().any(|counted| counted.what == what && counted.ties) {
        return Err(Refusal::new(
            "That does not tie at the cut.",
            "The dots decide; who has changed their mind moves one.",
        ));
    }
    let id = RulingId(command.id.0.child(0));
    if session.rulings.get(id).is_some() {
        return Err(Refusal::done_already());
    }
    let item = Ruling::new(id, RulingDraft { what }, made);
    let change = Change::Ruling(Edit::Added { at: session.rulings.len(), item });
    session.allows(&change)?;
    Ok(vec![Event::Content(change)])
}
