//! The check-out: the mean, how the ratings spread, and the words.

use crate::script::Kind;
use crate::session::{Rating, Record, Spread};

use super::super::page::Page;
use super::super::words;
use super::{INDENT, Run};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let ratings: Vec<&Rating> = run.shown.ratings(run.pass.reference()).collect();
    if ratings.is_empty() {
        return;
    }
    page.blank();
    let scores = || ratings.iter().filter_map(|rating| rating.score);
    let best = best(&run.step.kind).max(scores().max().unwrap_or_default());
    let spread = Spread::of(scores(), best);
    if let Some(mean) = spread.mean_tenths() {
        let given = words::counted(spread.total(), "rating", "ratings");
        page.line(INDENT, &format!("{}.{} of {best} on average, from {given}", mean / 10, mean % 10));
        let counts: Vec<String> =
            (1..).zip(&spread.counts).map(|(score, count): (usize, _)| format!("{score}: {count}")).collect();
        page.line(INDENT, &format!("How many gave {}", counts.join(", ")));
    }
    for rating in ratings {
        if let Some(said) = worded(run, rating) {
            page.item(INDENT, "- ", &words::with_mark(&said, rating.is_write_up()));
        }
    }
}

/// The best rating that can be given; what other kinds of steps hold is taken as it is.
fn best(kind: &Kind) -> u8 {
    kind.check_out().map_or(0, |check_out| check_out.rating)
}

/// None for a bare score without a name: the spread tells it.
fn worded(run: Run<'_>, rating: &Rating) -> Option<String> {
    let name = rating.author.and_then(|author| words::name(run.shown, author));
    let score = rating.score.map(|score| score.to_string());
    let word = (!rating.word.trim().is_empty()).then(|| rating.word.clone());
    if name.is_none() && word.is_none() {
        return None;
    }
    let said: Vec<String> = score.into_iter().chain(word).collect();
    Some(match name {
        Some(name) => format!("{name}: {}", said.join(", ")),
        None => said.join(", "),
    })
}
