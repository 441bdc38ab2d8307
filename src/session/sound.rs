//! Whether a session that was read from somewhere holds together.
//!
//! Owns: what a reader may rely on. Never: mends anything.

use std::collections::HashSet;
use std::fmt::Display;

use super::cluster::Placement;
use super::items::{Item, Items};
use super::mirror::TopicId;
use super::record::{PassRef, Record};
use super::state::Session;

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
        self.sound_agenda()?;
        self.sound_passes()?;
        let rounds: HashSet<(PassRef, u32)> = self
            .passes
            .iter()
            .flat_map(|pass| (1..=pass.round_count()).map(|round| (pass.reference(), round)))
            .collect();
        made_somewhere(&self.notes, &rounds)?;
        made_somewhere(&self.clusters, &rounds)?;
        made_somewhere(&self.placements, &rounds)?;
        made_somewhere(&self.ballots, &rounds)?;
        made_somewhere(&self.rulings, &rounds)?;
        made_somewhere(&self.topics, &rounds)?;
        made_somewhere(&self.entries, &rounds)?;
        made_somewhere(&self.judgements, &rounds)?;
        made_somewhere(&self.possibilities, &rounds)?;
        made_somewhere(&self.insights, &rounds)?;
        made_somewhere(&self.decisions, &rounds)?;
        made_somewhere(&self.actions, &rounds)?;
        made_somewhere(&self.ratings, &rounds)?;
        made_somewhere(&self.updates, &rounds)?;
        made_somewhere(&self.parked, &rounds)?;
        made_somewhere(&self.voices, &rounds)?;
        self.placed_in_known_groups()?;
        self.on_known_topics(&self.entries, |entry| entry.topic)?;
        self.on_known_topics(&self.judgements, |judgement| judgement.topic)?;
        self.on_known_topics(&self.possibilities, |possibility| possibility.topic)
    }

    fn sound_agenda(&self) -> Result<(), String> {
        let mut known = HashSet::new();
        for entry in &self.agenda {
            if !known.insert(entry.id) {
                return Err(format!("the agenda has two entries with the id {}", entry.id));
            }
            if self.script.step(&entry.key).is_none() {
                return Err(format!(
                    "the agenda names the step `{}`, which its script does not have",
                    entry.key
                ));
            }
        }
        Ok(())
    }

    fn sound_passes(&self) -> Result<(), String> {
        let mut known = HashSet::new();
        for pass in &self.passes {
            if self.step(pass.step).is_none() {
                return Err(format!(
                    "a pass belongs to the step {}, which the agenda does not have",
                    pass.step
                ));
            }
            if pass.pass == 0 || !known.insert(pass.reference()) {
                return Err(format!(
                    "the passes of the step {} are not numbered 1, 2, and so on: {}",
                    pass.step, pass.pass
                ));
            }
            if pass
                .talk()
                .is_some_and(|talk| !talk.is_sound() || talk.subjects.len().max(1) != pass.rounds.len())
            {
                return Err(format!(
                    "the topics of the step {} are not in an order that can be followed",
                    pass.step
                ));
            }
            if pass.round(pass.round).is_none() {
                return Err(format!("a pass of the step {} has no round {}", pass.step, pass.round));
            }
        }
        match self.present {
            Some(present) if !known.contains(&present) => {
                Err(format!("it stands at a pass of the step {} that it does not have", present.step))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What stands in a group that is not there, or of another pass, could be seen nowhere.
    fn placed_in_known_groups(&self) -> Result<(), String> {
        let stands = |placement: &&Placement| {
            let cluster = self.clusters.get(placement.cluster);
            cluster.is_some_and(|cluster| cluster.made.during() == placement.made.during())
        };
        match self.placements.iter().find(|placement| !stands(placement)) {
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

fn made_somewhere<T: Record<Id: Display>>(
    list: &Items<T>,
    rounds: &HashSet<(PassRef, u32)>,
) -> Result<(), String> {
    let stands = |item: &&T| rounds.contains(&(item.made().during(), item.made().round));
    match list.iter().find(|item| !stands(item)) {
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
