//! What dots add up to: what got how many, what carries on, and where that is a tie.
//!
//! Owns: the count and the cut. Never: shows dots before they are revealed.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Ballot, Given, Voter, side_of};
use crate::script::Vote;
use crate::session::carried::Carried;
use crate::session::known::once;
use crate::session::record::PassRef;
use crate::session::shown::Shown;
use crate::session::state::Session;

/// Whether something carries on; what does comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// It does.
    In,
    /// It ties at the cut, and nobody has chosen yet.
    Tied,
    /// It stays in the record.
    Out,
}

/// What one thing got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its number, from 1, in the order of what came in: the same before and after it is sorted.
    pub number: usize,
    /// What it is.
    pub what: Carried,
    /// Dots of each side, in the session's order, and at the end those of no side.
    pub by_side: Vec<u32>,
    /// Dots in all.
    pub total: u32,
    /// Whether it carries on.
    pub cut: Cut,
    /// Whether its dots alone leave open if it carries on.
    pub ties: bool,
}

/// What the cut is made of: one thing's dots, and the sides, by their place, that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Contender {
    what: Carried,
    total: u32,
    sides: Vec<usize>,
}

/// Where the cut is: for each contender, whether it carries on and whether its dots alone leave that open.
///
/// It is open where it hangs on the order of equals: something carries on when it does even as the last of
/// its equals, and stays when it does even as the first. `chosen` settles ties: so many as there are places,
/// or more where more were chosen.
fn cut(contenders: &[Contender], sides: usize, vote: &Vote, chosen: &HashSet<Carried>) -> Vec<(Cut, bool)> {
    let alone = cuts(contenders, sides, vote, &HashSet::new());
    let tied = contenders.iter().zip(&alone).filter(|(_, cut)| **cut == Cut::Tied);
    let chosen: HashSet<Carried> =
        tied.map(|(contender, _)| contender.what).filter(|what| chosen.contains(what)).collect();
    if chosen.is_empty() {
        return alone.into_iter().map(|cut| (cut, cut == Cut::Tied)).collect();
    }
    let settled = cuts(contenders, sides, vote, &chosen);
    let both = contenders.iter().zip(alone).zip(settled);
    both.map(|((contender, alone), settled)| {
        let cut = if chosen.contains(&contender.what) { Cut::In } else { settled };
        (cut, alone == Cut::Tied)
    })
    .collect()
}

/// The cut of each, where `first` stand before their equals.
fn cuts(contenders: &[Contender], sides: usize, vote: &Vote, first: &HashSet<Carried>) -> Vec<Cut> {
    // What has as many dots, from the same sides, fares the same.
    let mut known: HashMap<(u32, &[usize], bool), Cut> = HashMap::new();
    let mut cuts = Vec::with_capacity(contenders.len());
    for (index, contender) in contenders.iter().enumerate() {
        let alike = (contender.total, contender.sides.as_slice(), first.contains(&contender.what));
        let cut = *known.entry(alike).or_insert_with(|| {
            let fares = |last| taken(contenders, sides, vote, first, (index, last))[index];
            match (fares(true), fares(false)) {
                (true, _) => Cut::In,
                (false, true) => Cut::Tied,
                (false, false) => Cut::Out,
            }
        });
        cuts.push(cut);
    }
    cuts
}

/// What carries on where the contender `which` stands first or last among its equals: each side's least
/// share by dots, then the places that are left. What got no dot never does.
fn taken(
    contenders: &[Contender],
    sides: usize,
    vote: &Vote,
    first: &HashSet<Carried>,
    (which, last): (usize, bool),
) -> Vec<bool> {
    let mut order: Vec<usize> = (0..contenders.len()).filter(|index| contenders[*index].total > 0).collect();
    order.sort_by_key(|index| {
        let Contender { what, total, .. } = &contenders[*index];
        let among_equals = if *index == which { u8::from(last) * 2 } else { 1 };
        (Reverse(*total), !first.contains(what), among_equals)
    });
    let mut taken = vec![false; contenders.len()];
    let mut fill = |least: u32, counts: &dyn Fn(usize) -> bool| {
        let kept = (0..contenders.len()).filter(|index| taken[*index] && counts(*index)).count();
        let places = usize::try_from(least).unwrap_or(usize::MAX).saturating_sub(kept);
        let free: Vec<usize> =
            order.iter().copied().filter(|index| !taken[*index] && counts(*index)).collect();
        free.into_iter().take(places).for_each(|index| taken[index] = true);
    };
    for side in 0..sides {
        fill(vote.keep_each_side, &|index| contenders[index].sides.contains(&side));
    }
    fill(vote.keep, &|_| true);
    taken
}

/// The vote of a pass, once its dots can be seen.
fn seen(shown: Shown<'_>, pass: PassRef) -> Option<&Vote> {
    shown.0.step(pass.step).and_then(|step| step.kind.vote()).filter(|_| shown.0.tally_is_open(pass))
}

/// What each thing got in a pass of a vote, in the order of `things`.
fn counted(shown: Shown<'_>, vote: &Vote, pass: PassRef, things: &[Carried]) -> Vec<Counted> {
    let session = shown.0;
    let sides = session.sides.len();
    let mut by_side: HashMap<Carried, Vec<u32>> = HashMap::new();
    for ballot in shown.ballots(pass) {
        let side = side_of(session, &ballot.by).and_then(|side| session.side_place(&side)).unwrap_or(sides);
        for given in &ballot.dots {
            let dots = by_side.entry(given.what).or_insert_with(|| vec![0; sides + 1]);
            dots[side] = dots[side].saturating_add(given.dots);
        }
    }
    let mut dots_of = |what| by_side.remove(what).unwrap_or_else(|| vec![0; sides + 1]);
    let dots: Vec<Vec<u32>> = things.iter().map(&mut dots_of).collect();
    let contenders: Vec<Contender> = things
        .iter()
        .zip(&dots)
        .map(|(what, dots)| Contender { what: *what, total: sum(dots), sides: shown.sides_behind(*what) })
        .collect();
    let rulings = session.rulings.iter().filter(|ruling| ruling.made.during() == pass);
    let chosen = rulings.map(|ruling| ruling.what).collect();
    let cuts = cut(&contenders, sides, vote, &chosen);
    let counted = contenders.into_iter().zip(dots).zip(cuts).zip(1..);
    let counted = counted.map(|(((contender, by_side), (cut, ties)), number)| {
        let Contender { what, total, .. } = contender;
        Counted { number, what, by_side, total, cut, ties }
    });
    counted.collect()
}

fn sum(dots: &[u32]) -> u32 {
    dots.iter().copied().fold(0, u32::saturating_add)
}

/// What of these carries on, what has most dots first; all of them where nothing was counted or can be seen.
pub(in crate::session) fn kept(shown: Shown<'_>, pass: PassRef, things: Vec<Carried>) -> Vec<Carried> {
    let Some(vote) = seen(shown, pass) else { return things };
    let mut tally = counted(shown, vote, pass, &things);
    if tally.iter().all(|counted| counted.total == 0) {
        return things;
    }
    tally.retain(|counted| counted.cut != Cut::Out);
    tally.sort_by_key(|counted| Reverse(counted.total));
    tally.into_iter().map(|counted| counted.what).collect()
}

impl Session {
    /// Whether the dots of a pass can be seen: all of them or none.
    #[must_use]
    pub fn tally_is_open(&self, pass: PassRef) -> bool {
        self.pass(pass).is_none_or(|pass| pass.rounds.iter().all(|round| round.cover.is_open()))
    }
}

impl<'a> Shown<'a> {
    /// What each thing that is voted on got, in the order of what came in; none while it is hidden.
    #[must_use]
    pub fn tally(self, pass: PassRef) -> Option<Vec<Counted>> {
        let vote = seen(self, pass)?;
        Some(counted(self, vote, pass, &self.to_vote_on(pass)))
    }

    /// The tally as it is shown: what carries on, then what ties at the cut, then the rest, each with the most
    /// dots first.
    #[must_use]
    pub fn ranked(self, pass: PassRef) -> Option<Cow<'a, [Counted]>> {
        let vote = seen(self, pass)?;
        let rank = || {
            let mut tally = counted(self, vote, pass, &self.to_vote_on(pass));
            tally.sort_by_key(|counted| (counted.cut, Reverse(counted.total), counted.number));
            tally
        };
        Some(once(self.known_of(pass), |known| &known.ranked, rank))
    }

    /// How many dots were placed in a pass, hidden or not; those on what has gone since do not count.
    #[must_use]
    pub fn dots_placed(self, pass: PassRef) -> u64 {
        self.ballots(pass).map(|ballot| u64::from(self.still_given(&ballot.dots))).sum()
    }

    /// How many dots one voter has placed in a pass, hidden or not; those on what has gone since came back.
    #[must_use]
    pub fn dots_given(self, pass: PassRef, by: &Voter) -> u32 {
        let Some(known) = self.known_of(pass) else { return self.still_given(self.dots_in_hand(pass, by)) };
        let all = || {
            let mut dots = HashMap::new();
            for ballot in self.ballots(pass) {
                dots.entry(ballot.by.clone()).or_insert_with(|| self.still_given(&ballot.dots));
            }
            dots
        };
        known.dots.get_or_init(all).get(by).copied().unwrap_or(0)
    }

    /// What one voter has given: for whoever types it in, and, while it is hidden, for nobody else's eyes.
    #[must_use]
    pub fn dots_in_hand(self, pass: PassRef, by: &Voter) -> &'a [Given] {
        self.ballots(pass).find(|ballot| &ballot.by == by).map_or(&[], |ballot| &ballot.dots)
    }

    pub(in crate::session) fn ballots(self, pass: PassRef) -> impl Iterator<Item = &'a Ballot> {
        self.0.ballots.iter().filter(move |ballot| ballot.made.during() == pass)
    }

    fn still_given(self, dots: &[Given]) -> u32 {
        let there = dots.iter().filter(|given| self.told(given.what).is_some());
        there.map(|given| given.dots).fold(0, u32::saturating_add)
    }

    /// The sides, by their place, that something came from; a group comes from those of all that is in it.
    fn sides_behind(self, what: Carried) -> Vec<usize> {
        let session = self.0;
        let mut sides = BTreeSet::new();
        let mut seen = HashSet::new();
        let mut open = vec![what];
        while let Some(what) = open.pop() {
            if !seen.insert(what) {
                continue;
            }
            let side = match what {
                Carried::Note(id) => session.notes.get(id).and_then(|note| note.side.as_ref()),
                Carried::Cluster(id) => {
                    let inside = session.placements.iter().filter(|placement| placement.cluster == id);
                    open.extend(inside.map(|placement| placement.what));
                    None
                }
                Carried::Topic(id) => {
                    open.extend(session.topics.get(id).into_iter().flat_map(|topic| &topic.from));
                    None
                }
                Carried::Gap(id) => session.judgements.get(id).map(|judgement| &judgement.about),
                Carried::Possibility(id) => {
                    session.possibilities.get(id).map(|possibility| &possibility.teacher)
                }
                Carried::Insight(id) => session.insights.get(id).and_then(|insight| insight.side.as_ref()),
            };
            sides.extend(side.and_then(|side| session.side_place(side)));
        }
        sides.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::id::Id;
    use crate::session::note::NoteId;

    fn thing(n: u64) -> Carried {
        Carried::Note(NoteId(Id::new(n)))
    }

    /// `I` in, `T` tied, `O` out, for things with these dots and sides.
    fn letters(things: &[(u32, &[usize])], keep: u32, each: u32, chosen: &[u64]) -> String {
        let contenders: Vec<Contender> = things
            .iter()
            .zip(0..)
            .map(|((total, sides), n)| Contender { what: thing(n), total: *total, sides: sides.to_vec() })
            .collect();
        let vote = Vote { keep, keep_each_side: each, ..Vote::default() };
        let chosen = chosen.iter().map(|n| thing(*n)).collect();
        let letter = |(cut, _): (Cut, bool)| match cut {
            Cut::In => 'I',
            Cut::Tied => 'T',
            Cut::Out => 'O',
        };
        cut(&contenders, 2, &vote, &chosen).into_iter().map(letter).collect()
    }

    #[test]
    fn the_best_carry_on_and_a_tie_is_one() {
        let plain = |totals: &[u32], keep, chosen: &[u64]| {
            let things: Vec<(u32, &[usize])> = totals.iter().map(|total| (*total, &[][..])).collect();
            letters(&things, keep, 0, chosen)
        };
        assert_eq!(plain(&[1, 5, 3, 2], 2, &[]), "OIIO");
        assert_eq!(plain(&[3, 5, 3, 2], 2, &[]), "TITO");
        assert_eq!(plain(&[3, 5, 3, 2], 3, &[]), "IIIO");
        assert_eq!(plain(&[3, 5, 3, 2], 2, &[2]), "OIIO", "one was chosen");
        assert_eq!(plain(&[3, 5, 3, 2], 2, &[0, 2]), "IIIO", "both were");
        assert_eq!(plain(&[3, 5, 3, 2], 2, &[3]), "TITO", "what does not tie is not chosen");
        assert_eq!(plain(&[2, 2, 2], 2, &[0]), "ITT", "a place is left");
        assert_eq!(plain(&[2, 0, 0], 3, &[]), "IOO", "without a dot nothing carries on");
        assert_eq!(plain(&[0, 0], 1, &[]), "OO");
        assert_eq!(plain(&[], 3, &[]), "");
    }

    #[test]
    fn each_side_keeps_its_least_share() {
        let one: &[usize] = &[0];
        let other: &[usize] = &[1];
        let both: &[usize] = &[0, 1];
        assert_eq!(letters(&[(5, one), (4, one), (3, one), (1, other)], 3, 1, &[]), "IIOI");
        assert_eq!(letters(&[(5, one), (4, one), (3, one), (0, other)], 3, 1, &[]), "IIIO");
        assert_eq!(letters(&[(5, both), (4, one), (3, one), (1, other)], 3, 1, &[]), "IIIO");
        assert_eq!(letters(&[(5, one), (4, one), (1, other), (1, other)], 2, 1, &[]), "IOTT");
        assert_eq!(letters(&[(5, one), (4, one), (1, other), (1, other)], 2, 1, &[3]), "IOOI");
        let all_in_by_dots = [(6, one), (5, other), (5, other), (2, one)];
        assert_eq!(letters(&all_in_by_dots, 3, 1, &[]), "IIIO", "no tie: there is a place for each");
        let level = [(3, one), (2, one), (2, other), (2, other)];
        assert_eq!(letters(&level, 3, 1, &[]), "ITTT", "who is left of one side contends with the other");
        assert_eq!(letters(&level, 3, 1, &[1]), "IITT");
        assert_eq!(letters(&level, 3, 1, &[1, 3]), "IIOI");
    }
}
