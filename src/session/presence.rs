//! Who is there, who has left, and who has not been heard yet.
//!
//! Owns: attendance with its times, and what counts as having been heard. Never: judges anybody by it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::people::{Participant, ParticipantDraft, PersonId, Role};
use super::refusal::Refusal;
use super::state::Session;
use crate::timer::Timestamp;

/// A stretch of time in which a person was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
}

/// Whether a person is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Yes.
    Here,
    /// Not yet, since they were added.
    Expected,
    /// No more.
    Left {
        /// Since when.
        at: Timestamp,
    },
}

impl Participant {
    /// Whether the person is there now.
    #[must_use]
    pub fn presence(&self) -> Presence {
        match self.away.last() {
            Some(Away { from, to: None }) if *from <= self.since => Presence::Expected,
            Some(Away { from, to: None }) => Presence::Left { at: *from },
            Some(Away { to: Some(_), .. }) | None => Presence::Here,
        }
    }

    /// Whether the person is there now.
    #[must_use]
    pub fn is_here(&self) -> bool {
        match self.presence() {
            Presence::Here => true,
            Presence::Expected | Presence::Left { .. } => false,
        }
    }

    /// When the person came, where they were expected before.
    #[must_use]
    pub fn came_late(&self) -> Option<Timestamp> {
        self.away.first().filter(|away| away.from <= self.since).and_then(|away| away.to)
    }
}

impl ParticipantDraft {
    /// The same person, gone since `at`; no earlier than they last came.
    #[must_use]
    pub fn gone(mut self, at: Timestamp) -> Self {
        let earliest = self.away.last().and_then(|last| last.to);
        self.away.push(Away { from: earliest.map_or(at, |earliest| earliest.max(at)), to: None });
        self
    }

    /// The same person, there since `at`; no earlier than they went.
    #[must_use]
    pub fn back(mut self, at: Timestamp) -> Self {
        if let Some(last) = self.away.last_mut() {
            last.to = Some(at.max(last.from));
        }
        self
    }
}

/// More goings than a day has room for; what is read from elsewhere must end somewhere.
const MOST: usize = 1_000;

/// Times away follow each other, and only the last may be open.
pub(super) fn admit(away: &[Away]) -> Result<(), Refusal> {
    let ends = |away: &Away| away.to.is_none_or(|to| away.from <= to);
    let follow = away.windows(2).all(|two| two[0].to.is_some_and(|to| to <= two[1].from));
    if away.len() <= MOST && away.iter().all(ends) && follow {
        Ok(())
    } else {
        Err(Refusal::new(
            "A person can't leave before they came.",
            "Say first when they came, or use another time.",
        ))
    }
}

impl Session {
    /// Those who are there and have neither spoken nor written yet; whoever runs the session is not
    /// waited for.
    pub fn unheard(&self) -> impl Iterator<Item = &Participant> {
        let notes = self.notes.iter().filter_map(|note| note.author);
        let insights = self.insights.iter().filter_map(|insight| insight.author);
        let ratings = self.ratings.iter().filter_map(|rating| rating.author);
        let voices = self.voices.iter().filter(|voice| voice.said.is_heard()).filter_map(|voice| voice.who);
        let heard: HashSet<PersonId> = notes.chain(insights).chain(ratings).chain(voices).collect();
        let waited_for = |person: &&Participant| person.is_here() && person.role != Some(Role::Facilitator);
        self.people.iter().filter(waited_for).filter(move |person| !heard.contains(&person.id))
    }

    /// Whether people are known by name and none of those who are there may commit their side.
    #[must_use]
    pub fn lacks_decision_maker(&self) -> bool {
        let decides = |person: &Participant| person.is_here() && person.role == Some(Role::DecisionMaker);
        !self.people.is_empty() && !self.people.iter().any(decides)
    }
}
