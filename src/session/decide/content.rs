//! Requests that change what people wrote.

use std::collections::{HashMap, HashSet};
use std::mem::{self, Discriminant};

use super::groups;
use crate::script::SideKey;
use crate::session::cluster::{ClusterId, Placement, PlacementId};
use crate::session::command::Command;
use crate::session::event::{Change, Draft, Event, ItemId};
use crate::session::id::Id;
use crate::session::items::{Edit, Item, Items};
use crate::session::mirror::{Gap, JudgementDraft, TopicId};
use crate::session::parking::{Fate, ParkedDraft};
use crate::session::people::{Participant, ParticipantDraft, PersonId};
use crate::session::record::{Made, PassRef, Record};
use crate::session::refusal::Refusal;
use crate::session::series::{Matter, Origin};
use crate::session::state::Session;
use crate::session::{decision, insight, mirror, note, parking, people, rating, update, voice, vote};

type Answer = Result<Vec<Event>, Refusal>;

/// The most things that one command may add.
const MOST: usize = 10_000;

pub(super) fn add(session: &Session, command: &Command, to: Option<PassRef>, drafts: &[Draft]) -> Answer {
    if drafts.is_empty() {
        return Err(Refusal::new("There is nothing to add.", "Type a few words, then Enter."));
    }
    if drafts.len() > MOST {
        return Err(Refusal::new(
            format!("That is {} at once; {MOST} is the most.", drafts.len()),
            "Add them in parts.",
        ));
    }
    let mut adding = Adding { session, command, to, earlier: Earlier::default() };
    drafts
        .iter()
        .zip(0..)
        .map(|(draft, n)| {
            let change = adding.change(draft.clone(), command.id.0.child(n))?;
            session.allows(&change)?;
            adding.alone_of_its_kind(&change)?;
            Ok(Event::Content(change))
        })
        .collect()
}

/// What the same command has added before: places count on from there, and what must be one of a kind
/// must be so among these too.
#[derive(Default)]
struct Earlier {
    names: HashSet<String>,
    judged: HashSet<(TopicId, SideKey)>,
    placed: HashSet<PlacementId>,
    /// So many of each kind.
    counts: HashMap<Discriminant<Draft>, usize>,
}

struct Adding<'a> {
    session: &'a Session,
    command: &'a Command,
    to: Option<PassRef>,
    earlier: Earlier,
}

impl Adding<'_> {
    fn change(&mut self, draft: Draft, id: Id) -> Result<Change, Refusal> {
        let all = self.session;
        let count = self.earlier.counts.entry(mem::discriminant(&draft)).or_default();
        let ahead = *count;
        *count += 1;
        Ok(match draft {
            Draft::Person(draft) => {
                let ParticipantDraft { name, side, role, away } = draft;
                let since = self.command.at;
                let item = Participant { id: PersonId(id), name, side, role, since, away, changed: None };
                Change::Person(placed(&all.people, ahead, item)?)
            }
            Draft::Note(draft) => Change::Note(self.record(&all.notes, ahead, note::NoteId(id), draft)?),
            Draft::Cluster(draft) => {
                Change::Cluster(self.record(&all.clusters, ahead, ClusterId(id), draft)?)
            }
            Draft::Placement(draft) => {
                let made = self.made()?;
                let id = PlacementId { pass: made.during(), what: draft.what };
                Change::Placement(placed(&all.placements, ahead, Placement::new(id, draft, made))?)
            }
            Draft::Ballot(_) | Draft::Ruling(_) => return Err(vote::only_by_dots()),
            Draft::Topic(draft) => Change::Topic(self.record(&all.topics, ahead, TopicId(id), draft)?),
            Draft::Entry(draft) => {
                Change::Entry(self.record(&all.entries, ahead, mirror::EntryId(id), draft)?)
            }
            Draft::Judgement(draft) => {
                Change::Judgement(self.record(&all.judgements, ahead, mirror::JudgementId(id), draft)?)
            }
            Draft::Possibility(draft) => Change::Possibility(self.record(
                &all.possibilities,
                ahead,
                mirror::PossibilityId(id),
                draft,
            )?),
            Draft::Insight(draft) => {
                Change::Insight(self.record(&all.insights, ahead, insight::InsightId(id), draft)?)
            }
            Draft::Decision(draft) => {
                Change::Decision(self.record(&all.decisions, ahead, decision::DecisionId(id), draft)?)
            }
            Draft::Action(draft) => {
                Change::Action(self.record(&all.actions, ahead, decision::ActionId(id), draft)?)
            }
            Draft::Rating(draft) => {
                Change::Rating(self.record(&all.ratings, ahead, rating::RatingId(id), draft)?)
            }
            Draft::Update(draft) => {
                Change::Update(self.record(&all.updates, ahead, update::UpdateId(id), draft)?)
            }
            Draft::Parked(draft) => {
                Change::Parked(self.record(&all.parked, ahead, parking::ParkedId(id), draft)?)
            }
            Draft::Voice(draft) => {
                Change::Voice(self.record(&all.voices, ahead, voice::VoiceId(id), draft)?)
            }
        })
    }

    fn record<T: Record>(
        &self,
        list: &Items<T>,
        ahead: usize,
        id: T::Id,
        draft: T::Draft,
    ) -> Result<Edit<T>, Refusal> {
        placed(list, ahead, T::new(id, draft, self.made()?))
    }

    /// Where and when something new is made: in the pass asked for, else the present one.
    fn made(&self) -> Result<Made, Refusal> {
        let pass = match self.to {
            Some(reference) => self.session.pass(reference),
            None => self.session.current(),
        };
        let pass = pass.ok_or_else(Refusal::not_begun)?;
        let Command { at, by, .. } = *self.command;
        Ok(self.session.stamp(pass.reference(), pass.round, at, by))
    }

    fn alone_of_its_kind(&mut self, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::Person(edit) => {
                let name = &edit.item().name;
                let new = self.earlier.names.insert(people::plain(name));
                if new { Ok(()) } else { Err(people::name_taken(name)) }
            }
            Change::Judgement(edit) => {
                let judgement = edit.item();
                let new = self.earlier.judged.insert((judgement.topic, judgement.about.clone()));
                if new { Ok(()) } else { Err(mirror::judged_already()) }
            }
            Change::Placement(edit) => {
                let new = self.earlier.placed.insert(edit.item().id());
                if new { Ok(()) } else { Err(Refusal::done_already()) }
            }
            Change::Title { .. }
            | Change::Cluster(_)
            | Change::Ballot(_)
            | Change::Ruling(_)
            | Change::Note(_)
            | Change::Topic(_)
            | Change::Entry(_)
            | Change::Possibility(_)
            | Change::Insight(_)
            | Change::Decision(_)
            | Change::Action(_)
            | Change::Rating(_)
            | Change::Update(_)
            | Change::Parked(_)
            | Change::Voice(_) => Ok(()),
        }
    }
}

/// A new thing at the end of its list, behind so many that the same command added. Its id comes from the
/// command's: where it is there, so was the command.
fn placed<T: Item>(list: &Items<T>, ahead: usize, item: T) -> Result<Edit<T>, Refusal> {
    if list.get(item.id()).is_some() {
        return Err(Refusal::done_already());
    }
    Ok(Edit::Added { at: list.len() + ahead, item })
}

pub(super) fn change(session: &Session, command: &Command, id: ItemId, draft: &Draft) -> Answer {
    let Some(before) = id.draft(session) else {
        return Err(Refusal::new("That is gone.", "Undo brings back what was removed."));
    };
    if mem::discriminant(&before) != mem::discriminant(draft) {
        return Err(Refusal::new("That is another kind of thing.", "Change it into one of its own kind."));
    }
    let changed = session.change_stamp(command.at, command.by);
    let Some(change) = id.change(session, draft.clone(), changed) else {
        return Err(Refusal::new("Nothing has changed.", "Go on."));
    };
    session.allows(&change)?;
    Ok(vec![Event::Content(change)])
}

pub(super) fn settle_parked(session: &Session, command: &Command, fate: Fate) -> Answer {
    let changed = session.change_stamp(command.at, command.by);
    let waiting = session.parked.iter().filter(|parked| parked.fate == Fate::Waiting);
    let settled = waiting.filter_map(|parked| {
        let draft = Draft::Parked(ParkedDraft { fate, ..parked.draft() });
        ItemId::Parked(parked.id).change(session, draft, changed)
    });
    let events: Vec<Event> = settled.map(Event::Content).collect();
    if events.is_empty() {
        return Err(Refusal::new("Nothing waits in the parking lot.", "Go on."));
    }
    Ok(events)
}

pub(super) fn remove(session: &Session, command: &Command, id: ItemId) -> Answer {
    let Some(removal) = id.removal(session) else {
        return Err(Refusal::new("That is gone already.", "Undo brings back what was removed."));
    };
    let mut events = Vec::new();
    match id {
        ItemId::Topic(topic) => {
            events.extend(below_topic(session, topic));
            events.extend(session.leaving_topic(topic));
        }
        ItemId::Cluster(cluster) => events.extend(groups::freed(session, cluster)),
        ItemId::Decision(decision) => {
            events.extend(updates_on(session, Matter::Decision(decision)));
            events.extend(freed_actions(session, command, decision));
        }
        ItemId::Action(action) => events.extend(updates_on(session, Matter::Action(action))),
        ItemId::Parked(parked) => events.extend(updates_on(session, Matter::Parked(parked))),
        ItemId::Person(_)
        | ItemId::Note(_)
        | ItemId::Placement(_)
        | ItemId::Ballot(_)
        | ItemId::Ruling(_)
        | ItemId::Entry(_)
        | ItemId::Judgement(_)
        | ItemId::Possibility(_)
        | ItemId::Insight(_)
        | ItemId::Rating(_)
        | ItemId::Update(_)
        | ItemId::Voice(_) => session.allows(&removal)?,
    }
    events.push(Event::Content(removal));
    Ok(events)
}

/// What hangs on a topic goes with it, last ones first so that earlier places stay right.
fn below_topic(session: &Session, topic: TopicId) -> impl Iterator<Item = Event> {
    let possibilities = session.possibilities.iter().rev().filter(move |item| item.topic == topic);
    let judgements = session.judgements.iter().rev().filter(move |item| item.topic == topic);
    let entries = session.entries.iter().rev().filter(move |item| item.topic == topic);
    let ids = possibilities
        .map(|item| ItemId::Possibility(item.id))
        .chain(judgements.map(|item| ItemId::Judgement(item.id)))
        .chain(entries.map(|item| ItemId::Entry(item.id)));
    ids.filter_map(|id| id.removal(session)).map(Event::Content)
}

/// What was said of something goes with it, last first so that earlier places stay right.
fn updates_on(session: &Session, what: Matter) -> impl Iterator<Item = Event> {
    let of = Origin { session: session.id, what };
    let updates = session.updates.iter().rev().filter(move |update| update.of == of);
    updates.filter_map(|update| ItemId::Update(update.id).removal(session)).map(Event::Content)
}

/// The actions that carry out a decision stand for themselves once it is gone: nothing is lost with it.
fn freed_actions(
    session: &Session,
    command: &Command,
    decision: decision::DecisionId,
) -> impl Iterator<Item = Event> {
    let changed = session.change_stamp(command.at, command.by);
    let of_it = session.actions.iter().filter(move |action| action.decision == Some(decision));
    of_it.filter_map(move |action| {
        let draft = decision::ActionDraft { decision: None, ..action.draft() };
        ItemId::Action(action.id).change(session, Draft::Action(draft), changed).map(Event::Content)
    })
}

pub(super) fn judge(
    session: &Session,
    command: &Command,
    topic: TopicId,
    about: &SideKey,
    gap: Option<Gap>,
) -> Answer {
    let before = session.judgement_on(topic, about).map(|judgement| ItemId::Judgement(judgement.id));
    match (before, gap) {
        (Some(id), Some(gap)) => change(
            session,
            command,
            id,
            &Draft::Judgement(JudgementDraft { topic, about: about.clone(), gap }),
        ),
        (None, Some(gap)) => {
            let draft = Draft::Judgement(JudgementDraft { topic, about: about.clone(), gap });
            let to = session.topics.get(topic).map(|topic| topic.made.during());
            add(session, command, to, &[draft])
        }
        (Some(id), None) => remove(session, command, id),
        (None, None) => Err(Refusal::new("This account is not judged yet.", "Choose a gap with 1 to 6.")),
    }
}

pub(super) fn retitle(session: &Session, title: &str) -> Answer {
    if title == session.title {
        return Err(Refusal::new("That is its title already.", "Go on."));
    }
    let change = Change::Title { before: session.title.clone(), after: title.to_owned() };
    session.allows(&change)?;
    Ok(vec![Event::Content(change)])
}
