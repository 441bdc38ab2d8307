//! Check-out: ratings and a word.
//!
//! Owns: the rating, its range, and the spread of many. Never: says what a rating is worth.

use super::people::PersonId;
use super::record::record;
use super::refusal::Refusal;
use super::state::Session;

record! {
    /// What one person leaves with. Several without a name are a tally.
    Rating, RatingDraft, RatingId {
        /// 1 to the step's best; none where only a word was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<u8>,
        /// A word; may be empty where there is a score.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
        /// Whose it is, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<PersonId>,
    }
}

/// How many gave each score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Counts for 1, 2, … up to the best score.
    pub counts: Vec<usize>,
}

impl Spread {
    /// The spread of `scores` from 1 to `best`.
    #[must_use]
    pub fn of(scores: impl IntoIterator<Item = u8>, best: u8) -> Self {
        let mut counts = vec![0; usize::from(best)];
        for score in scores {
            if let Some(count) = usize::from(score).checked_sub(1).and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
        Self { counts }
    }

    /// How many scores there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The mean score in tenths, rounded to the nearest; none without a score.
    #[must_use]
    pub fn mean_tenths(&self) -> Option<usize> {
        let total = self.total();
        let sum: usize = self.counts.iter().enumerate().map(|(place, count)| (place + 1) * count).sum();
        (total > 0).then(|| (sum * 10 + total / 2) / total)
    }
}

pub(super) fn admit(session: &Session, rating: &Rating) -> Result<(), Refusal> {
    Refusal::if_too_long([rating.word.as_str()])?;
    session.unsigned(&rating.word)?;
    session.known_person(rating.author)?;
    let Some(best) = session.step(rating.made.step).and_then(|step| Some(step.kind.check_out()?.rating))
    else {
        return Err(Refusal::new("Ratings belong to the check-out.", "Go to the check-out step first."));
    };
    match rating.score {
        Some(score) if score == 0 || score > best => Err(Refusal::new(
            format!("A rating here is a number from 1 to {best}."),
            format!("Type a number from 1 to {best}, then a word if you like."),
        )),
        Some(_) => Ok(()),
        None => Refusal::if_empty(&rating.word, "The check-out"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_counts_and_averages() {
        let spread = Spread::of([5, 4, 4, 3, 0, 9], 5);
        assert_eq!(spread.counts, [0, 0, 1, 2, 1]);
        assert_eq!(spread.mean_tenths(), Some(40));
        assert_eq!(Spread::of([], 5).mean_tenths(), None);
        assert_eq!(Spread::of([4, 5, 5], 5).mean_tenths(), Some(47));
    }
}
