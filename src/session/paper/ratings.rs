//! Ratings from paper: tallies (`5 4 4 3`), counts (`5x3 4x2`), and lines with a word.

use super::headings::{Headings, Split};
use super::{Means, Sheet};
use crate::session::event::Draft;
use crate::session::items::Items;
use crate::session::line::{self, Line};
use crate::session::people::{Participant, PersonId};
use crate::session::rating::RatingDraft;

/// Nobody fills a hall with more for one rating.
const MOST: usize = 1_000;

/// Ratings from 1 to `best`, a line at a time: `4 useful`, `Anna: 5`, `5 4 4 3`, `5x3 4x2`, only words.
/// Several numbers in one line are several people's, and nobody's by name.
#[must_use]
pub fn ratings(text: &str, best: u8, people: &Items<Participant>) -> Sheet {
    let mut names = Headings::new();
    for person in people.iter() {
        names.learn(&person.name, person.id);
    }
    Sheet::read(text, |words| match names.split(words) {
        Split::Prefixed(known, text) if known.len() == 1 => {
            rating(text, best, people, known.first().copied())
        }
        Split::Prefixed(..) | Split::Heading(..) | Split::Unknown | Split::Plain => {
            rating(words, best, people, None)
        }
    })
}

/// What one line says, which is `whose` where it names nobody and is one person's.
#[must_use]
pub fn rating(words: &str, best: u8, people: &Items<Participant>, whose: Option<PersonId>) -> Means {
    let Line { text, tags, author } = line::parse(words, people);
    let text = line::compose(&text, &tags, None);
    let of = |score| Draft::Rating(RatingDraft { score: Some(score), word: String::new(), author: None });
    if let Some(scores) = line::parse_tally(&text, best) {
        return Means::Things(scores.into_iter().map(of).collect());
    }
    match counts(&text, best) {
        Some(Counts { scores, .. }) if scores.len() > MOST => Means::unread("more people than fit a hall"),
        Some(Counts { scores, words }) => {
            let word = (!words.is_empty())
                .then(|| Draft::Rating(RatingDraft { score: None, word: words, author: author.or(whose) }));
            Means::Things(scores.into_iter().map(of).chain(word).collect())
        }
        None => {
            let (score, word) = line::parse_rating(&text, best);
            let only_numbers = |c: char| c.is_ascii_digit() || c.is_whitespace() || c == ',';
            if (score.is_none() || !word.is_empty()) && word.chars().all(only_numbers) {
                return Means::unread(format!("ratings here run from 1 to {best}"));
            }
            Means::thing(Draft::Rating(RatingDraft { score, word, author: author.or(whose) }))
        }
    }
}

/// So many of each score, and the words after them.
struct Counts {
    scores: Vec<u8>,
    words: String,
}

/// `5x3 4x2 useful`: three fives, two fours and a word. None where it does not begin so.
fn counts(text: &str, best: u8) -> Option<Counts> {
    let mut scores = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
        let Some((score, count)) = count(&rest[..end], best) else { break };
        scores.extend(std::iter::repeat_n(score, count.min(MOST + 1)));
        rest = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if scores.len() > MOST {
            break;
        }
    }
    (!scores.is_empty()).then(|| Counts { scores, words: rest.to_owned() })
}

/// `5x3`, with any sign of multiplication: a score from 1 to `best`, and how many gave it, at least one.
fn count(word: &str, best: u8) -> Option<(u8, usize)> {
    let (score, count) = word.split_once(['x', 'X', '*', '\u{d7}'])?;
    let score = score.parse().ok().filter(|score| (1..=best).contains(score))?;
    let count = count.parse().ok().filter(|count| *count > 0)?;
    Some((score, count))
}
