//! Discussion: its topics, the order in which they are talked about, and hands counted for more time.
//!
//! Each topic is a round of the step's pass, with its own countdown, so that a note belongs to the topic in
//! which it was made. Owns: what the topics are and their order. Never: who said what.

use serde::{Deserialize, Serialize};

use super::agenda::{Pass, Progress, RoundRun};
use super::carried::Carried;
use super::id::StepId;
use super::mirror::Cover;
use super::refusal::Refusal;
use super::shown::Shown;
use crate::script::{Span, Step};
use crate::timer::{Countdown, Timestamp};

/// What one topic of a discussion is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// What an earlier step handed on.
    Carried(Carried),
    /// It stands in the script.
    Named(String),
}

/// Hands that were counted for a minute more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hands {
    /// In which round, from 1: of which topic.
    pub round: u32,
    /// So many wanted a minute more.
    pub more: u32,
    /// So many had enough.
    pub enough: u32,
    /// When they were counted.
    pub at: Timestamp,
}

/// The topics of a discussion.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Talk {
    /// The topics by their round; none where there is nothing but the step itself to talk about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// Their rounds, from 1, in the order in which they are talked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<u32>,
    /// Each time that hands were counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<Hands>,
}

impl Talk {
    fn of(subjects: Vec<Subject>) -> Self {
        let order = (1..).zip(&subjects).map(|(round, _)| round).collect();
        Self { subjects, order, hands: Vec::new() }
    }

    /// The topic of a round, from 1.
    #[must_use]
    pub fn subject(&self, round: u32) -> Option<&Subject> {
        self.subjects.get(usize::try_from(round).ok()?.checked_sub(1)?)
    }

    /// The place of a round in the order, from 0.
    #[must_use]
    pub fn place(&self, round: u32) -> Option<usize> {
        self.order.iter().position(|other| *other == round)
    }

    /// The round that comes after one.
    #[must_use]
    pub fn after(&self, round: u32) -> Option<u32> {
        self.order.get(self.place(round)? + 1).copied()
    }

    /// The round that comes before one.
    #[must_use]
    pub fn before(&self, round: u32) -> Option<u32> {
        self.order.get(self.place(round)?.checked_sub(1)?).copied()
    }

    /// The order with one round elsewhere among those that come after the present one; none where that is no
    /// change, or the round is not to come.
    #[must_use]
    pub fn moved(&self, present: u32, round: u32, to: usize) -> Option<Vec<u32>> {
        let first = self.place(present)? + 1;
        let from = self.place(round).filter(|from| *from >= first)?;
        let to = to.clamp(first, self.order.len() - 1);
        let mut order = self.order.clone();
        let round = order.remove(from);
        order.insert(to, round);
        (order != self.order).then_some(order)
    }

    /// Whether these are the same topics in some order.
    pub(super) fn is_order(&self, order: &[u32]) -> bool {
        let sorted = |rounds: &[u32]| {
            let mut rounds = rounds.to_vec();
            rounds.sort_unstable();
            rounds
        };
        sorted(order) == sorted(&self.order)
    }

    /// Whether what was and is talked about keeps its place in another order.
    pub(super) fn keeps_what_was(&self, order: &[u32], present: u32) -> bool {
        let was = self.place(present).map_or(0, |place| place + 1);
        self.order.get(..was) == order.get(..was)
    }

    pub(super) fn is_sound(&self) -> bool {
        let rounds: Vec<u32> = (1..).zip(&self.subjects).map(|(round, _)| round).collect();
        self.is_order(&rounds) && self.subjects.iter().all(Subject::says_something)
    }
}

impl Subject {
    fn says_something(&self) -> bool {
        match self {
            Self::Carried(_) => true,
            Self::Named(text) => Refusal::if_empty(text, "The topic").is_ok(),
        }
    }
}

impl Pass {
    /// The same fresh pass with a round for each of these topics; without topics it stays one round.
    pub(super) fn about(mut self, subjects: Vec<Subject>, step: &Step) -> Self {
        let Some(discuss) = step.kind.discuss().filter(|_| !subjects.is_empty()) else { return self };
        let count = u32::try_from(subjects.len()).unwrap_or(u32::MAX);
        let shared = (step.head.time.as_secs() / count).max(1);
        let each = discuss.each.map_or(shared, Span::as_secs);
        let round = RoundRun { countdown: Countdown::new(each), cover: Cover::Open };
        self.rounds = vec![round; subjects.len()];
        self.progress = Progress::Discuss(Talk::of(subjects));
        self
    }

    /// Its topics, where it is a discussion.
    #[must_use]
    pub const fn talk(&self) -> Option<&Talk> {
        if let Progress::Discuss(talk) = &self.progress { Some(talk) } else { None }
    }
}

impl<'a> Shown<'a> {
    /// What a topic says; none where it is gone or hidden.
    #[must_use]
    pub fn subject(self, subject: &'a Subject) -> Option<&'a str> {
        match subject {
            Subject::Named(text) => Some(text),
            Subject::Carried(Carried::Note(id)) => Some(self.note(*id)?.words()),
            Subject::Carried(Carried::Cluster(id)) => Some(&self.cluster(*id)?.name),
            Subject::Carried(Carried::Topic(id)) => Some(&self.topic(*id)?.text),
            Subject::Carried(Carried::Possibility(id)) => Some(&self.possibilities().get(*id)?.sentence),
            Subject::Carried(Carried::Insight(id)) => Some(&self.all_insights().get(*id)?.text),
            Subject::Carried(Carried::Gap(_)) => None,
        }
    }

    /// What a discussion is to be about: the topics of the script, then what comes in, in its order. A gap
    /// is talked about with its topic.
    pub(super) fn subjects(self, id: StepId, step: &Step) -> Vec<Subject> {
        let Some(discuss) = step.kind.discuss() else { return Vec::new() };
        let named = discuss.topics.iter().cloned().map(Subject::Named);
        let incoming = self.incoming(id).into_owned().into_iter().filter(|what| match what {
            Carried::Note(_)
            | Carried::Cluster(_)
            | Carried::Topic(_)
            | Carried::Possibility(_)
            | Carried::Insight(_) => true,
            Carried::Gap(_) => false,
        });
        named.chain(incoming.map(Subject::Carried)).collect()
    }
}
