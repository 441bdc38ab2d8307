//! Whether a session that was read from somewhere holds together.
//!
//! Owns: what a reader may rely on, and what can be looked at of a session that was not wholly understood.
//! Never: makes anything up.

use std::collections::HashSet;
use std::fmt::Display;

use super::agenda::{AgendaStep, MOST_PASSES, MOST_ROUNDS, Pass};
use super::cluster::{Cluster, Placement};
use super::id::StepId;
use super::items::{Item, Items};
use super::mirror::TopicId;
use super::record::{PassRef, Record};
use super::state::Session;
use super::talk::Talk;
use super::words;
use crate::script::{MOST_SIDES, MOST_STEPS};

/// Hands a macro the names of the lists whose items are each made in a round of a pass.
macro_rules! what_is_made_somewhere {
    ($with:ident) => {
        $with! {
            notes clusters placements ballots rulings topics entries judgements possibilities insights decisions
            actions ratings updates parked voices
        }
    };
}

impl Session {
    /// What stands in the way of trusting a session that was read from somewhere: references to steps,
    /// passes or topics that it does not have. Things that stand nowhere could never be shown, and those
    /// on a topic that is gone never revealed.
    ///
    /// # Errors
    /// The first such thing, in words.
    pub fn sound(&self) -> Result<(), String> {
        if self.anonymous && !self.people.is_empty() {
            return Err("it is anonymous, and names people".to_owned());
        }
        let sides = self.sides.len().max(self.script.sides.len());
        if sides > MOST_SIDES {
            return Err(format!("it has {sides} sides, where a session has at most {MOST_SIDES}"));
        }
        let steps = self.agenda.len().max(self.script.steps.len());
        if steps > MOST_STEPS {
            return Err(format!("it has {steps} steps, where a session has at most {MOST_STEPS}"));
        }
        self.sound_agenda()?;
        self.sound_passes()?;
        // Each is told with its words, which may be long.
        if let Some(decision) = self.decisions.iter().find(|decision| decision.rests_on_something_twice()) {
            return Err(format!("the decision {} rests on one thing twice", decision.id));
        }
        let mut known = HashSet::new();
        if let Some(item) = self.open_items.iter().find(|item| !known.insert(item.of)) {
            let text = words::beginning(&item.text, 60);
            return Err(format!("it brings one thing twice that was left open: {text:?}"));
        }
        let rounds = self.rounds();
        macro_rules! check {
            ($($list:ident)+) => { $( made_somewhere(&self.$list, &rounds)?; )+ };
        }
        what_is_made_somewhere!(check);
        self.placed_in_known_groups()?;
        self.on_known_topics(&self.entries, |entry| entry.topic)?;
        self.on_known_topics(&self.judgements, |judgement| judgement.topic)?;
        self.on_known_topics(&self.possibilities, |possibility| possibility.topic)
    }

    fn rounds(&self) -> Rounds {
        let of_pass = |pass: &Pass| {
            let reference = pass.reference();
            (1..=pass.round_count()).map(move |round| (reference, round))
        };
        self.passes.iter().flat_map(of_pass).collect()
    }

    /// The session without what stands nowhere, so that what is left can be looked at, and how much that was.
    /// What contradicts itself stays as it is: whether the rest is [sound](Self::sound) is to be asked after it.
    #[must_use]
    pub fn without_what_stands_nowhere(mut self) -> (Self, usize) {
        let mut gone = 0;
        let mut known = HashSet::new();
        let agenda = std::mem::take(&mut self.agenda);
        gone += agenda.len();
        self.agenda =
            agenda.into_iter().filter(|entry| self.sound_entry(entry, &mut known).is_ok()).collect();
        gone -= self.agenda.len();
        let mut known = HashSet::new();
        let passes = std::mem::take(&mut self.passes);
        gone += passes.len();
        self.passes = passes.into_iter().filter(|pass| self.sound_pass(pass, &mut known).is_ok()).collect();
        gone -= self.passes.len();
        self.present = self.present.filter(|present| self.pass(*present).is_some());
        let rounds = self.rounds();
        macro_rules! keep_those {
            ($($list:ident)+) => { $( gone += keep(&mut self.$list, |item| stands(item, &rounds)); )+ };
        }
        what_is_made_somewhere!(keep_those);
        let Self { clusters, placements, topics, entries, judgements, possibilities, .. } = &mut self;
        gone += keep(placements, |placement| is_placed(placement, clusters));
        gone += keep(entries, |entry| topics.get(entry.topic).is_some());
        gone += keep(judgements, |judgement| topics.get(judgement.topic).is_some());
        gone += keep(possibilities, |possibility| topics.get(possibility.topic).is_some());
        (self, gone)
    }

    fn sound_agenda(&self) -> Result<(), String> {
        let mut known = HashSet::new();
        self.agenda.iter().try_for_each(|entry| self.sound_entry(entry, &mut known))
    }

    fn sound_entry(&self, entry: &AgendaStep, known: &mut HashSet<StepId>) -> Result<(), String> {
        if !known.insert(entry.id) {
            return Err(format!("the agenda has two entries with the id {}", entry.id));
        }
        if self.script.step(&entry.key).is_none() {
            return Err(format!("the agenda names the step `{}`, which its script does not have", entry.key));
        }
        Ok(())
    }

    fn sound_passes(&self) -> Result<(), String> {
        let passes = self.passes.len();
        if passes > MOST_PASSES {
            return Err(format!("its steps ran {passes} times, where they run at most {MOST_PASSES} times"));
        }
        let mut known = HashSet::new();
        self.passes.iter().try_for_each(|pass| self.sound_pass(pass, &mut known))?;
        match self.present {
            Some(present) if !known.contains(&present) => {
                Err(format!("it stands at a pass of the step {} that it does not have", present.step))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn sound_pass(&self, pass: &Pass, known: &mut HashSet<PassRef>) -> Result<(), String> {
        let step = pass.step;
        if self.step(step).is_none() {
            return Err(format!("a pass belongs to the step {step}, which the agenda does not have"));
        }
        if pass.pass == 0 || !known.insert(pass.reference()) {
            let number = pass.pass;
            return Err(format!("the passes of the step {step} are not numbered 1, 2, and so on: {number}"));
        }
        let rounds = pass.rounds.len();
        if rounds > MOST_ROUNDS {
            return Err(format!(
                "a pass of the step {step} has {rounds} rounds, where it has at most {MOST_ROUNDS}"
            ));
        }
        let is_in_order = |talk: &Talk| talk.is_sound() && talk.subjects.len().max(1) == pass.rounds.len();
        if pass.talk().is_some_and(|talk| !is_in_order(talk)) {
            return Err(format!("the topics of the step {step} are not in an order that can be followed"));
        }
        if pass.round(pass.round).is_none() {
            return Err(format!("a pass of the step {step} has no round {}", pass.round));
        }
        Ok(())
    }

    /// What stands in a group that is not there, or of another pass, could be seen nowhere.
    fn placed_in_known_groups(&self) -> Result<(), String> {
        match self.placements.iter().find(|placement| !is_placed(placement, &self.clusters)) {
            Some(placement) => {
                let (id, cluster) = (placement.id(), placement.cluster);
                Err(format!("{id} is in the group {cluster}, which that pass does not have"))
            }
            None => Ok(()),
        }
    }

    fn on_known_topics<T: Record<Id: Display>>(
        &self,
        list: &Items<T>,
        topic: fn(&T) -> TopicId,
    ) -> Result<(), String> {
        match list.iter().find(|item| self.topics.get(topic(item)).is_none()) {
            Some(item) => {
                Err(format!("{} is about the topic {}, which it does not have", item.id(), topic(item)))
            }
            None => Ok(()),
        }
    }
}

/// Every round of every pass.
type Rounds = HashSet<(PassRef, u32)>;

fn stands<T: Record>(item: &T, rounds: &Rounds) -> bool {
    rounds.contains(&(item.made().during(), item.made().round))
}

fn is_placed(placement: &Placement, clusters: &Items<Cluster>) -> bool {
    let cluster = clusters.get(placement.cluster);
    cluster.is_some_and(|cluster| cluster.made.during() == placement.made.during())
}

/// Takes out of a list what doesn't pass; answers how much.
fn keep<T: Item>(list: &mut Items<T>, passes: impl Fn(&T) -> bool) -> usize {
    let before = list.len();
    if !list.iter().all(&passes) {
        *list = list.filtered(passes);
    }
    before - list.len()
}

fn made_somewhere<T: Record<Id: Display>>(list: &Items<T>, rounds: &Rounds) -> Result<(), String> {
    match list.iter().find(|item| !stands(*item, rounds)) {
        Some(item) => {
            let made = item.made();
            Err(format!(
                "{} was made in round {} of pass {} of the step {}, which it does not have",
                item.id(),
                made.round,
                made.pass,
                made.step
            ))
        }
        None => Ok(()),
    }
}
