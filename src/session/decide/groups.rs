//! Requests that put things into groups.

use std::collections::HashSet;

use crate::session::carried::Carried;
use crate::session::cluster::{
    self, Cluster, ClusterDraft, ClusterId, Placement, PlacementDraft, PlacementId,
};
use crate::session::command::Command;
use crate::session::event::{Change, Event};
use crate::session::items::{Changed, Edit, Item};
use crate::session::people::same_name;
use crate::session::record::{Made, PassRef, Record};
use crate::session::refusal::Refusal;
use crate::session::shown::Shown;
use crate::session::state::Session;

type Answer = Result<Vec<Event>, Refusal>;

/// Puts things into a group, or, with none, back among what is not grouped yet.
pub(super) fn put(session: &Session, command: &Command, what: &[Carried], into: Option<ClusterId>) -> Answer {
    let Some(into) = into else { return free(session, what) };
    let group = session.clusters.get(into).ok_or_else(cluster::gone)?;
    let moving = Moving::new(session, command, group.made.during())?;
    let what = moving.of_these(what);
    if what.is_empty() {
        return Err(nothing_picked());
    }
    let events = moving.moves(&what, into);
    if events.is_empty() {
        return Err(Refusal::new("That is in this group already.", "Choose another group."));
    }
    Ok(events)
}

fn nothing_picked() -> Refusal {
    Refusal::new("Nothing is marked that could be grouped.", "Mark a note with the arrows first.")
}

/// Takes things out of the present step's groups, last ones first so that earlier places stay right.
fn free(session: &Session, what: &[Carried]) -> Answer {
    let pass = session.present.ok_or_else(Refusal::not_begun)?;
    let what: HashSet<Carried> = what.iter().copied().collect();
    if what.is_empty() {
        return Err(nothing_picked());
    }
    let events: Vec<Event> =
        emptied(session, |placement| placement.made.during() == pass && what.contains(&placement.what))
            .collect();
    if events.is_empty() {
        return Err(Refusal::new("That is in no group.", "A digit puts it into one."));
    }
    Ok(events)
}

/// Sets free what stands in some places, last ones first so that earlier places stay right.
fn emptied(session: &Session, which: impl Fn(&Placement) -> bool) -> impl Iterator<Item = Event> {
    let places: Vec<(usize, &Placement)> =
        session.placements.iter().enumerate().filter(|(_, placement)| which(placement)).collect();
    places
        .into_iter()
        .rev()
        .map(|(at, item)| Event::Content(Change::Placement(Edit::Removed { at, item: item.clone() })))
}

/// What stands in a group is set free before the group goes.
pub(super) fn freed(session: &Session, cluster: ClusterId) -> impl Iterator<Item = Event> {
    emptied(session, move |placement| placement.cluster == cluster)
}

/// Makes a group in the present step and puts things into it, from wherever they stood.
pub(super) fn make(session: &Session, command: &Command, name: &str, what: &[Carried]) -> Answer {
    let pass = session.present.ok_or_else(Refusal::not_begun)?;
    let moving = Moving::new(session, command, pass)?;
    let here = session.clusters.iter().filter(|other| other.made.during() == pass);
    if same_name(here.map(|other| other.name.as_str()), name) {
        return Err(Refusal::new(
            format!("There is a group called {} already.", name.trim()),
            "Its number puts something into it; another name makes another group.",
        ));
    }
    let id = ClusterId(command.id.0.child(0));
    if session.clusters.get(id).is_some() {
        return Err(Refusal::done_already());
    }
    let group = Cluster::new(id, ClusterDraft { name: name.trim().to_owned() }, moving.made);
    let change = Change::Cluster(Edit::Added { at: session.clusters.len(), item: group });
    session.allows(&change)?;
    let what = moving.of_these(what);
    Ok([Event::Content(change)].into_iter().chain(moving.moves(&what, id)).collect())
}

/// Puts all that stands in one group into another, and lets go of the empty one.
pub(super) fn merge(session: &Session, command: &Command, from: ClusterId, into: ClusterId) -> Answer {
    let group = session.clusters.get(into).ok_or_else(cluster::gone)?;
    let merged = session.clusters.get(from).ok_or_else(cluster::gone)?;
    if from == into {
        return Err(Refusal::new("That is the same group.", "Choose another group to merge it with."));
    }
    if group.made.during() != merged.made.during() {
        return Err(cluster::elsewhere());
    }
    let moving = Moving::new(session, command, group.made.during())?;
    let what: Vec<Carried> = session
        .placements
        .iter()
        .filter(|placement| placement.cluster == from)
        .map(|placement| placement.what)
        .collect();
    let mut events = moving.moves(&what, into);
    events.extend(session.clusters.removing(from).map(|edit| Event::Content(Change::Cluster(edit))));
    Ok(events)
}

/// Moving things within one pass.
struct Moving<'a> {
    session: &'a Session,
    changed: Changed,
    made: Made,
}

impl<'a> Moving<'a> {
    fn new(session: &'a Session, command: &Command, pass: PassRef) -> Result<Self, Refusal> {
        let pass = session.pass(pass).ok_or_else(Refusal::not_begun)?;
        session.step(pass.step).and_then(|step| step.kind.cluster()).ok_or_else(cluster::no_groups)?;
        let Command { at, by, .. } = *command;
        let made = session.stamp(pass.reference(), pass.round, at, by);
        Ok(Self { session, changed: session.change_stamp(at, by), made })
    }

    /// What of these can be grouped in this pass.
    fn of_these(&self, what: &[Carried]) -> Vec<Carried> {
        let here = Shown::from(self.session).to_group(self.made.during());
        let here: HashSet<Carried> = here.into_iter().collect();
        what.iter().copied().filter(|what| here.contains(what)).collect()
    }

    /// The moves of these into a group; of what stands in it already, none.
    fn moves(&self, what: &[Carried], cluster: ClusterId) -> Vec<Event> {
        let places = &self.session.placements;
        let mut at = places.len();
        let mut seen = HashSet::new();
        let mut events = Vec::new();
        for what in what.iter().copied().filter(|what| seen.insert(*what)) {
            let id = PlacementId { pass: self.made.during(), what };
            let draft = PlacementDraft { what, cluster };
            let edit = match places.get(id) {
                Some(placement) if placement.cluster == cluster => continue,
                Some(before) => {
                    let after = before.redrafted(draft, self.changed);
                    Edit::Changed { before: before.clone(), after }
                }
                None => {
                    at += 1;
                    Edit::Added { at: at - 1, item: Placement::new(id, draft, self.made) }
                }
            };
            events.push(Event::Content(Change::Placement(edit)));
        }
        events
    }
}
