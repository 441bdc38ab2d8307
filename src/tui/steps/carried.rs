//! What earlier steps bring into a step, as `from` names them, in words.
//!
//! Owns what counts as brought along and how one thing of it reads. Never shows what is hidden.

use super::Here;
use crate::script::Kind;
use crate::session::{Ground, ItemId, PassRef, Shown, StepId};

/// One thing that was brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// What it is.
    pub ground: Ground,
    /// What it says.
    pub text: String,
    /// The side or person it is from; empty where it is nobody's alone.
    pub origin: String,
}

/// All that the sources of the present step hold, and, where a source only passes on what came into it, what
/// its own sources hold.
#[must_use]
pub fn all(here: &Here<'_>) -> Vec<Carried> {
    let mut seen: Vec<StepId> = vec![here.pass.step];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = seen.get(at).copied() {
        at += 1;
        for pass in here.shown.sources(step) {
            found.extend(of(here.shown, pass.reference()));
            if passes_on(here.shown, pass.step) && !seen.contains(&pass.step) {
                seen.push(pass.step);
            }
        }
    }
    found
}

/// Whether a step works on what comes in rather than making something of its own.
fn passes_on(shown: Shown<'_>, step: StepId) -> bool {
    shown.step(step).is_some_and(|step| match step.kind {
        Kind::Cluster(_) | Kind::Vote(_) | Kind::Discuss(_) | Kind::FollowUp(_) => true,
        Kind::CheckIn(_)
        | Kind::Brainstorm(_)
        | Kind::Mirror(_)
        | Kind::Silence(_)
        | Kind::Decide(_)
        | Kind::Break(_)
        | Kind::CheckOut(_) => false,
    })
}

/// What one pass holds, gaps and possibilities after their topic.
fn of(shown: Shown<'_>, pass: PassRef) -> Vec<Carried> {
    let mut grounds: Vec<Ground> = shown.notes(pass).map(|note| Ground::Note(note.id)).collect();
    for topic in shown.topics(pass) {
        grounds.push(Ground::Topic(topic.id));
        let judged = shown.judgements().iter().filter(|judgement| judgement.topic == topic.id);
        grounds.extend(judged.map(|judgement| Ground::Gap(judgement.id)));
        let made = shown.possibilities().iter().filter(|possibility| possibility.topic == topic.id);
        grounds.extend(made.map(|possibility| Ground::Possibility(possibility.id)));
    }
    grounds.extend(shown.insights(pass).map(|insight| Ground::Insight(insight.id)));
    grounds.into_iter().filter_map(|ground| told(shown, ground)).collect()
}

/// One thing in words; none where it is gone or hidden.
#[must_use]
pub fn told(shown: Shown<'_>, ground: Ground) -> Option<Carried> {
    let side = |key| shown.side(key).map_or("", |side| side.name.as_str());
    let (text, origin) = match ground {
        Ground::Note(id) => {
            let note = shown.note(id)?;
            (note.text.clone(), note.side.as_ref().map_or("", side))
        }
        Ground::Topic(id) => (shown.topic(id)?.text.clone(), ""),
        Ground::Gap(id) => {
            let judgement = shown.judgements().get(id)?;
            let topic = shown.topic(judgement.topic)?;
            let text = format!("{}: {}, about {}", topic.text, judgement.gap.words(), side(&judgement.about));
            (text, "")
        }
        Ground::Possibility(id) => (shown.possibilities().get(id)?.sentence.clone(), ""),
        Ground::Insight(id) => {
            let insight = shown.all_insights().get(id)?;
            (insight.text.clone(), insight.author.map_or("", |author| shown.name(author)))
        }
    };
    Some(Carried { ground, text, origin: origin.to_owned() })
}

/// The same thing as an item of the session.
#[must_use]
pub const fn item(ground: Ground) -> ItemId {
    match ground {
        Ground::Note(id) => ItemId::Note(id),
        Ground::Topic(id) => ItemId::Topic(id),
        Ground::Gap(id) => ItemId::Judgement(id),
        Ground::Possibility(id) => ItemId::Possibility(id),
        Ground::Insight(id) => ItemId::Insight(id),
    }
}
