//! A script's agenda in time: when each step and each of its parts begins if all goes as planned.
//!
//! Counts from the session's beginning. What the clock says then is the caller's to add.

use std::time::Duration;

use super::model::{Insight, Round, Script, Step};

/// When everything is planned to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'s> {
    /// The steps in order, each beginning where the one before ends.
    pub steps: Vec<PlannedStep<'s>>,
    /// How long all of it takes.
    pub total: Duration,
}

/// When a step is planned to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep<'s> {
    /// The step.
    pub step: &'s Step,
    /// From the session's beginning.
    pub begins: Duration,
    /// Its whole time.
    pub lasts: Duration,
    /// What has a time of its own in it; empty where nothing has. Their sum may be less than the step's time.
    pub parts: Vec<PlannedPart<'s>>,
}

/// When a part of a step is planned to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedPart<'s> {
    /// What it is.
    pub what: PartKind<'s>,
    /// From the session's beginning.
    pub begins: Duration,
    /// Its time.
    pub lasts: Duration,
}

/// What has a time of its own in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind<'s> {
    /// A round of any step.
    Round(&'s Round),
    /// The silence itself, where insights follow it.
    Silence,
    /// The insights after a silence.
    Insight(&'s Insight),
}

impl Step {
    /// The whole time planned for it: its own, and that of the insights after a silence.
    #[must_use]
    pub fn planned(&self) -> Duration {
        Duration::from(self.head.time) + self.insight().map_or(Duration::ZERO, |then| then.time.into())
    }

    /// What follows a silence; none after another kind of step, or where nothing follows.
    #[must_use]
    pub fn insight(&self) -> Option<&Insight> {
        self.kind.silence()?.then.as_ref()
    }
}

impl Script {
    /// Its agenda in time.
    #[must_use]
    pub fn plan(&self) -> Plan<'_> {
        let mut total = Duration::ZERO;
        let steps = self
            .steps
            .iter()
            .map(|step| {
                let planned = planned(step, total);
                total += planned.lasts;
                planned
            })
            .collect();
        Plan { steps, total }
    }
}

fn planned(step: &Step, begins: Duration) -> PlannedStep<'_> {
    let mut next = begins;
    let mut part = |what, lasts: Duration| {
        let begins = next;
        next += lasts;
        PlannedPart { what, begins, lasts }
    };
    let mut parts: Vec<_> =
        step.head.rounds.iter().map(|round| part(PartKind::Round(round), round.time.into())).collect();
    if let Some(then) = step.insight() {
        if parts.is_empty() {
            parts.push(part(PartKind::Silence, step.head.time.into()));
        }
        parts.push(PlannedPart {
            what: PartKind::Insight(then),
            begins: begins + Duration::from(step.head.time),
            lasts: then.time.into(),
        });
    }
    PlannedStep { step, begins, lasts: step.planned(), parts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::read;

    const MIN: Duration = Duration::from_secs(60);

    #[test]
    fn each_step_begins_where_the_one_before_ends() {
        let text = r#"Script(format: 1, title: "t", sides: [(key: "a", name: "A")], steps: [
            Brainstorm(key: "one", title: "t", time: "12m", rounds: [(time: "5m"), (time: "6m")]),
            Silence(key: "two", title: "t", time: "4m", then: Insight(time: "6m")),
            Decide(key: "three", title: "t", time: "20m"),
        ])"#;
        let script = read(text).unwrap().script;
        let plan = script.plan();
        let steps: Vec<_> = plan.steps.iter().map(|step| (step.begins, step.lasts)).collect();
        assert_eq!(steps, [(Duration::ZERO, MIN * 12), (MIN * 12, MIN * 10), (MIN * 22, MIN * 20)]);
        let parts: Vec<_> =
            plan.steps.iter().flat_map(|step| &step.parts).map(|part| (part.begins, part.lasts)).collect();
        assert_eq!(
            parts,
            [(Duration::ZERO, MIN * 5), (MIN * 5, MIN * 6), (MIN * 12, MIN * 4), (MIN * 16, MIN * 6)]
        );
        assert_eq!(plan.total, MIN * 42);
    }
}
