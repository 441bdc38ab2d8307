//! Dots: whose they are, how many anybody may give, and how they are typed.
//!
//! Owns: the ballot and its limits, and what was chosen in a tie. Never: counts dots together (`tally` does).

mod tally;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::carried::Carried;
use super::people::PersonId;
use super::record::record;
use super::refusal::Refusal;
use super::state::Session;
use crate::script::{SideKey, Vote};

pub(super) use tally::kept;
pub use tally::{Counted, Cut};

/// Whose dots they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Voter {
    /// One person's.
    Person(PersonId),
    /// Those of a side together, counted on paper.
    Side(SideKey),
    /// Those of everybody together, or of people without a side, counted on paper.
    Together,
}

/// How many dots something got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What.
    pub what: Carried,
    /// How many, at least 1.
    pub dots: u32,
}

record! {
    /// All the dots of one voter in one pass.
    Ballot, BallotDraft, BallotId {
        /// Whose.
        by: Voter,
        /// What got dots, nothing twice.
        dots: Vec<Given>,
    }
}

record! {
    /// Something that ties at the cut, and was chosen to carry on.
    Ruling, RulingDraft, RulingId {
        /// What.
        what: Carried,
    }
}

/// How many dots of a voter something is to have from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dots {
    /// What.
    pub what: Carried,
    /// Whose.
    pub by: Voter,
    /// How many; 0 takes them back.
    pub dots: u32,
}

/// Dots typed as the numbers of what gets them, as in `3 7 7`, each dot once; or `3x2` for two dots. Answers
/// numbers with their dots, in the order typed.
#[must_use]
pub fn parse_dots(line: &str) -> Option<Vec<(usize, u32)>> {
    let mut found: indexmap::IndexMap<usize, u32> = indexmap::IndexMap::new();
    for word in line.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        let (number, dots) = word.split_once(['x', '*']).unwrap_or((word, "1"));
        let (number, dots): (usize, u32) = (number.parse().ok()?, dots.parse().ok()?);
        let sum = found.entry(number).or_default();
        *sum = sum.saturating_add(dots);
    }
    (!found.is_empty()).then(|| found.into_iter().collect())
}

/// Counts from paper, as in `3: 5 2`: a number, and how many dots it got from each of `sides` sides in
/// their order, then from people without one; or one count that nobody split by sides.
#[must_use]
pub fn parse_counts(line: &str, sides: usize) -> Option<(usize, Vec<u32>)> {
    let (number, counts) = line.split_once(':')?;
    let counts: Vec<u32> = counts
        .split([' ', ',', '\t'])
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().ok())
        .collect::<Option<_>>()?;
    let fits = counts.len() == 1 || counts.len() == sides || counts.len() == sides + 1;
    (fits).then_some((number.trim().parse().ok()?, counts))
}

pub(super) fn no_vote() -> Refusal {
    Refusal::new("Dots belong to a vote.", "Go to a vote step first.")
}

pub(super) fn only_by_dots() -> Refusal {
    Refusal::new("Dots are given in a vote.", "Go to a vote step and give them there.")
}

pub(super) fn admit_ballot(session: &Session, ballot: &Ballot) -> Result<(), Refusal> {
    session.step(ballot.made.step).and_then(|step| step.kind.vote()).ok_or_else(no_vote)?;
    let mut known = HashSet::new();
    if ballot.dots.is_empty() || !ballot.dots.iter().all(|given| given.dots > 0 && known.insert(given.what)) {
        return Err(Refusal::new("A ballot names each thing once, with its dots.", "Give at least one dot."));
    }
    match &ballot.by {
        Voter::Person(person) => session.known_person(Some(*person))?,
        Voter::Side(side) => session.known_side(Some(side))?,
        Voter::Together => {}
    }
    if others(session, ballot).any(|other| other.by == ballot.by) {
        return Err(Refusal::new("These dots are counted already.", "Change them instead."));
    }
    Ok(())
}

/// The other ballots of its pass.
fn others<'a>(session: &'a Session, ballot: &'a Ballot) -> impl Iterator<Item = &'a Ballot> {
    let pass = ballot.made.during();
    session.ballots.iter().filter(move |other| other.made.during() == pass && other.id != ballot.id)
}

/// Whether those whose dots they are may give so many. Asked of what is newly given only: people are added and
/// taken out of the list afterwards, and nothing that was given once is in the way of undoing or of taking back.
pub(super) fn within_budget(session: &Session, ballot: &Ballot) -> Result<(), Refusal> {
    let vote = session.step(ballot.made.step).and_then(|step| step.kind.vote()).ok_or_else(no_vote)?;
    let before = session.ballots.get(ballot.id);
    within_cap(session, before, ballot, vote)?;
    if before.is_some_and(|before| ballot.spent() <= before.spent()) {
        return Ok(());
    }
    let side = side_of(session, &ballot.by);
    // What a side has is spent by its people and on its paper together; what all have, by all.
    for whole in [Some(ballot.by.clone()), side.map(Voter::Side), Some(Voter::Together)].into_iter().flatten()
    {
        let Some(people) = behind(session, &whole) else { continue };
        let together =
            others(session, ballot).chain([ballot]).filter(|other| includes(session, &whole, &other.by));
        let spent: u64 = together.map(Ballot::spent).sum();
        if spent > people * u64::from(vote.dots) {
            return Err(too_many(session, &whole, people, vote, spent));
        }
    }
    Ok(())
}

impl Ballot {
    /// All its dots.
    pub(super) fn spent(&self) -> u64 {
        self.dots.iter().map(|given| u64::from(given.dots)).sum()
    }
}

fn within_cap(
    session: &Session,
    before: Option<&Ballot>,
    ballot: &Ballot,
    vote: &Vote,
) -> Result<(), Refusal> {
    let (Some(cap), Some(people)) = (vote.cap, behind(session, &ballot.by)) else { return Ok(()) };
    let most = u64::from(cap) * people;
    let had = |what: Carried| {
        before
            .and_then(|before| before.dots.iter().find(|given| given.what == what))
            .map_or(0, |given| given.dots)
    };
    if ballot.dots.iter().all(|given| u64::from(given.dots) <= most || given.dots <= had(given.what)) {
        return Ok(());
    }
    let dots = if cap == 1 { "One dot".to_owned() } else { format!("{cap} dots") };
    Err(Refusal::new(format!("{dots} of one person is the most for one thing."), "Give the rest to another."))
}

/// How many people's dots these can be; none where that is not known.
fn behind(session: &Session, by: &Voter) -> Option<u64> {
    let people = match by {
        Voter::Person(_) => 1,
        Voter::Side(side) => {
            session.people.iter().filter(|person| person.side.as_ref() == Some(side)).count()
        }
        Voter::Together => session.people.len(),
    };
    // Nobody listed: what is counted on paper is not doubted.
    u64::try_from(people).ok().filter(|people| *people > 0)
}

/// The side whose dots these are.
pub(super) fn side_of(session: &Session, by: &Voter) -> Option<SideKey> {
    match by {
        Voter::Person(person) => session.person(*person)?.side.clone(),
        Voter::Side(side) => Some(side.clone()),
        Voter::Together => None,
    }
}

fn includes(session: &Session, whole: &Voter, part: &Voter) -> bool {
    match whole {
        Voter::Person(_) => whole == part,
        Voter::Side(side) => side_of(session, part).as_ref() == Some(side),
        Voter::Together => true,
    }
}

fn too_many(session: &Session, whole: &Voter, people: u64, vote: &Vote, spent: u64) -> Refusal {
    let most = people * u64::from(vote.dots);
    let who = match whole {
        Voter::Person(person) => session.person(*person).map_or("", |person| person.name.trim()).to_owned(),
        Voter::Side(side) => {
            let name = session.side(side).map_or("", |side| side.name.as_str());
            format!("{name} ({people} in the list of people)")
        }
        Voter::Together => format!("Everybody together ({people} in the list of people)"),
    };
    let instead = match whole {
        Voter::Person(_) => "Take a dot back first.",
        Voter::Side(_) | Voter::Together => "Count again, or add who is missing to the people.",
    };
    Refusal::new(format!("{who} can give {most} dots; that would be {spent}."), instead)
}

pub(super) fn admit_ruling(session: &Session, ruling: &Ruling) -> Result<(), Refusal> {
    session.step(ruling.made.step).and_then(|step| step.kind.vote()).ok_or_else(no_vote)?;
    let same = |other: &&Ruling| {
        other.made.during() == ruling.made.during() && other.what == ruling.what && other.id != ruling.id
    };
    match session.rulings.iter().find(same) {
        Some(_) => Err(Refusal::new("That carries on already.", "Go on.")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_and_counts_are_typed() {
        assert_eq!(parse_dots("3 7, 7"), Some(vec![(3, 1), (7, 2)]));
        assert_eq!(parse_dots("3x2 1"), Some(vec![(3, 2), (1, 1)]));
        assert_eq!(parse_dots(""), None);
        assert_eq!(parse_dots("3 dots"), None);
        assert_eq!(parse_counts("3: 5 2", 2), Some((3, vec![5, 2])));
        assert_eq!(parse_counts("3:5,2,1", 2), Some((3, vec![5, 2, 1])));
        assert_eq!(parse_counts("3: 7", 2), Some((3, vec![7])));
        assert_eq!(parse_counts("3: 5 2 1 1", 2), None);
        assert_eq!(parse_counts("what: 5 2", 2), None);
        assert_eq!(parse_counts("3 5", 2), None);
    }
}
