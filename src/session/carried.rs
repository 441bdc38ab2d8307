//! What one step hands on to the next: what comes in by `from`, in which order, and how it reads.
//!
//! Owns: the one list of what can be carried on, what each kind of step yields, and what comes into a step.
//! Never: shows what is hidden.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use super::agenda::Pass;
use super::cluster::{Cluster, ClusterId, Grouping, Placement};
use super::event::ItemId;
use super::id::StepId;
use super::insight::InsightId;
use super::known::once;
use super::mirror::{JudgementId, PossibilityId, TopicId};
use super::note::NoteId;
use super::record::PassRef;
use super::shown::Shown;
use super::vote;
use crate::script::Kind;

/// One thing that a step hands on: later steps work on it, and a decision can rest on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Carried {
    /// A note.
    Note(NoteId),
    /// A group.
    Cluster(ClusterId),
    /// A topic.
    Topic(TopicId),
    /// A gap.
    Gap(JudgementId),
    /// A learning possibility.
    Possibility(PossibilityId),
    /// An insight.
    Insight(InsightId),
}

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(id) => id.fmt(f),
            Self::Cluster(id) => id.fmt(f),
            Self::Topic(id) => id.fmt(f),
            Self::Gap(id) => id.fmt(f),
            Self::Possibility(id) => id.fmt(f),
            Self::Insight(id) => id.fmt(f),
        }
    }
}

impl From<Carried> for ItemId {
    fn from(carried: Carried) -> Self {
        match carried {
            Carried::Note(id) => Self::Note(id),
            Carried::Cluster(id) => Self::Cluster(id),
            Carried::Topic(id) => Self::Topic(id),
            Carried::Gap(id) => Self::Judgement(id),
            Carried::Possibility(id) => Self::Possibility(id),
            Carried::Insight(id) => Self::Insight(id),
        }
    }
}

/// One thing that is handed on, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'a> {
    /// What it is.
    pub what: Carried,
    /// What it says.
    pub text: Cow<'a, str>,
    /// The side or person it is from, by name; empty where it is nobody's alone.
    pub origin: &'a str,
    /// Its tags, without `#`.
    pub tags: &'a [String],
    /// Whether it stays with those who take part.
    pub confidential: bool,
}

impl<'a> Shown<'a> {
    /// What comes into a step by its `from`: what its sources yield, in their order, nothing twice.
    #[must_use]
    pub fn incoming(self, step: StepId) -> Cow<'a, [Carried]> {
        let walk = || Walk::new(self).incoming(step, 0);
        let known = self.1.filter(|_| self.0.present.is_some_and(|present| present.step == step));
        once(known, |known| &known.incoming, walk)
    }

    /// What a pass hands on, in its order; only what can be seen.
    #[must_use]
    pub fn yielded(self, pass: &Pass) -> Vec<Carried> {
        Walk::new(self).yielded(pass, 0)
    }

    /// What can be grouped in a pass of a cluster step: what comes in, then what was written in it, then
    /// what stands in its groups though it comes in no more.
    #[must_use]
    pub fn to_group(self, pass: PassRef) -> Vec<Carried> {
        Walk::new(self).groupable(pass, 0)
    }

    /// How everything that came into a pass is grouped.
    #[must_use]
    pub fn grouping(self, pass: PassRef) -> Cow<'a, Grouping> {
        let walk = || Walk::new(self).grouping(pass, 0);
        once(self.known_of(pass), |known| &known.grouping, walk)
    }

    /// What can get dots in a pass of a vote: what comes in, then what was made in it, then, once dots can be
    /// seen, what has some though it comes in no more.
    #[must_use]
    pub fn to_vote_on(self, pass: PassRef) -> Cow<'a, [Carried]> {
        let walk = || Walk::new(self).votable(pass, 0);
        once(self.known_of(pass), |known| &known.votable, walk)
    }

    /// The groups of a pass in the order in which they were made.
    pub fn clusters(self, pass: PassRef) -> impl Iterator<Item = &'a Cluster> {
        self.0.clusters.iter().filter(move |cluster| cluster.made.during() == pass)
    }

    /// A group.
    #[must_use]
    pub fn cluster(self, id: ClusterId) -> Option<&'a Cluster> {
        self.0.clusters.get(id)
    }

    /// What stands in a group, as far as it can be seen.
    #[must_use]
    pub fn members(self, cluster: ClusterId) -> Vec<Carried> {
        let pass = self.cluster(cluster).map(|cluster| cluster.made.during());
        let grouping = pass.map(|pass| self.grouping(pass));
        let members = grouping.as_ref().and_then(|grouping| grouping.members(cluster));
        members.unwrap_or_default().to_vec()
    }

    fn placements(self, pass: PassRef) -> impl Iterator<Item = &'a Placement> {
        self.0.placements.iter().filter(move |placement| placement.made.during() == pass)
    }

    /// One thing in words; none where it is gone or hidden.
    #[must_use]
    pub fn told(self, what: Carried) -> Option<Told<'a>> {
        let side = |key| self.side(key).map_or("", |side| side.name.as_str());
        let (mut tags, mut confidential): (&[String], bool) = (&[], false);
        let (text, origin) = match what {
            Carried::Note(id) => {
                let note = self.note(id)?;
                (tags, confidential) = (&note.tags, note.confidential);
                (note.words().into(), note.side.as_ref().map_or("", side))
            }
            Carried::Cluster(id) => (self.cluster(id)?.name.as_str().into(), ""),
            Carried::Topic(id) => (self.topic(id)?.text.as_str().into(), ""),
            Carried::Gap(id) => {
                let judgement = self.judgements().get(id)?;
                let topic = self.topic(judgement.topic)?;
                let about = side(&judgement.about);
                (format!("{}: {}, about {about}", topic.text, judgement.gap.words()).into(), "")
            }
            Carried::Possibility(id) => (self.possibilities().get(id)?.sentence.as_str().into(), ""),
            Carried::Insight(id) => {
                let insight = self.all_insights().get(id)?;
                (insight.text.as_str().into(), insight.author.map_or("", |author| self.name(author)))
            }
        };
        Some(Told { what, text, origin, tags, confidential })
    }

    /// What was made in a pass: notes, topics each with its gaps and possibilities, insights.
    fn made_in(self, pass: PassRef) -> impl Iterator<Item = Carried> {
        let notes = self.notes(pass).map(|note| Carried::Note(note.id));
        let topics = self.topics(pass).flat_map(move |topic| {
            let judged = self.judgements().iter().filter(|judgement| judgement.topic == topic.id);
            let made = self.possibilities().iter().filter(|possibility| possibility.topic == topic.id);
            [Carried::Topic(topic.id)]
                .into_iter()
                .chain(judged.map(|judgement| Carried::Gap(judgement.id)))
                .chain(made.map(|possibility| Carried::Possibility(possibility.id)))
        });
        notes.chain(topics).chain(self.insights(pass).map(|insight| Carried::Insight(insight.id)))
    }
}

/// No chain of steps in a script is longer; one in a file from elsewhere may be, or run in a circle.
const DEEPEST: usize = crate::script::MOST_STEPS;

/// Follows `from` back through the steps, each step once.
struct Walk<'a> {
    shown: Shown<'a>,
    known: HashMap<StepId, Vec<Carried>>,
}

impl<'a> Walk<'a> {
    fn new(shown: Shown<'a>) -> Self {
        Self { shown, known: HashMap::new() }
    }

    fn incoming(&mut self, step: StepId, depth: usize) -> Vec<Carried> {
        if let Some(known) = self.known.get(&step) {
            return known.clone();
        }
        // A step that leads back to itself brings nothing into itself.
        self.known.insert(step, Vec::new());
        if depth == DEEPEST {
            return Vec::new();
        }
        let mut found = IndexSet::new();
        for pass in self.shown.sources(step) {
            found.extend(self.yielded(pass, depth));
        }
        let found: Vec<Carried> = found.into_iter().collect();
        self.known.insert(step, found.clone());
        found
    }

    fn groupable(&mut self, pass: PassRef, depth: usize) -> Vec<Carried> {
        let mut found: IndexSet<Carried> = self.incoming(pass.step, depth).into_iter().collect();
        found.extend(self.shown.notes(pass).map(|note| Carried::Note(note.id)));
        let placed = self.shown.placements(pass).map(|placement| placement.what);
        found.extend(placed.filter(|what| self.shown.told(*what).is_some()));
        found.into_iter().collect()
    }

    fn votable(&mut self, pass: PassRef, depth: usize) -> Vec<Carried> {
        let mut found: IndexSet<Carried> = self.incoming(pass.step, depth).into_iter().collect();
        found.extend(self.shown.made_in(pass));
        if self.shown.0.tally_is_open(pass) {
            let given = self.shown.ballots(pass).flat_map(|ballot| &ballot.dots).map(|given| given.what);
            found.extend(given.filter(|what| self.shown.told(*what).is_some()));
        }
        found.into_iter().collect()
    }

    fn grouping(&mut self, pass: PassRef, depth: usize) -> Grouping {
        let placed: HashMap<Carried, ClusterId> =
            self.shown.placements(pass).map(|placement| (placement.what, placement.cluster)).collect();
        let mut groups: IndexMap<ClusterId, Vec<Carried>> =
            self.shown.clusters(pass).map(|cluster| (cluster.id, Vec::new())).collect();
        let mut loose = Vec::new();
        for what in self.groupable(pass, depth) {
            let group = placed.get(&what).and_then(|cluster| groups.get_mut(cluster));
            group.unwrap_or(&mut loose).push(what);
        }
        Grouping { groups: groups.into_iter().collect(), loose }
    }

    fn yielded(&mut self, pass: &Pass, depth: usize) -> Vec<Carried> {
        let Some(step) = self.shown.step(pass.step) else { return Vec::new() };
        let mut found: Vec<Carried> = self.shown.made_in(pass.reference()).collect();
        match step.kind {
            Kind::Cluster(_) => {
                // Its own notes are among what was grouped.
                let Grouping { groups, loose } = self.grouping(pass.reference(), depth + 1);
                found = groups.iter().map(|(group, _)| Carried::Cluster(*group)).collect();
                found.extend(loose);
            }
            Kind::Vote(_) => {
                let things = self.votable(pass.reference(), depth + 1);
                found = vote::kept(self.shown, pass.reference(), things);
            }
            Kind::Discuss(_) | Kind::FollowUp(_) => {
                found.extend(self.incoming(pass.step, depth + 1));
            }
            Kind::CheckIn(_)
            | Kind::Brainstorm(_)
            | Kind::Mirror(_)
            | Kind::Silence(_)
            | Kind::Decide(_)
            | Kind::Break(_)
            | Kind::CheckOut(_) => {}
        }
        found
    }
}
