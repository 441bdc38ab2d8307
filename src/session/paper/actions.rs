//! Actions from paper: `who: what by when`, a line each.

use chrono::NaiveDate;

use super::headings::{Headings, Split};
use super::{Means, Sheet, says_something};
use crate::session::decision::{Acceptance, ActionDraft, Ask, DecisionId, Ownership, Who};
use crate::session::event::Draft;
use crate::session::items::Items;
use crate::session::people::{Participant, PersonId};

/// A name before a colon has at most so many words; more are a text.
const NAME_WORDS: usize = 3;

/// A list of actions: `Anna: send the list by Friday`. Who is not known by name stands there as written;
/// without a name nobody owns it yet. `day` understands days, `sentence` parts the occasion from what
/// will be done.
#[must_use]
pub fn actions(
    text: &str,
    people: &Items<Participant>,
    decision: Option<DecisionId>,
    day: impl Fn(&str) -> Option<NaiveDate>,
    sentence: impl Fn(&str) -> (String, String),
) -> Sheet {
    let mut names = Headings::new();
    for person in people.iter() {
        names.learn(&person.name, person.id);
        if let Some(first) = person.name.split_whitespace().next() {
            names.learn(first, person.id);
        }
    }
    Sheet::read(text, |line| {
        let (owner, rest) = who(line, &names);
        let (words, by) = until(rest, &day);
        let (when, will) = sentence(words);
        if !says_something(&will) {
            return Means::unread("it does not say what will be done");
        }
        Means::thing(Draft::Action(ActionDraft { decision, when, will, owner, by }))
    })
}

/// Who does it, and the rest of the line.
fn who<'a>(line: &'a str, names: &Headings<PersonId>) -> (Ownership, &'a str) {
    let owned = |by| Ownership::Owned { by, acceptance: Acceptance::NotYetAsked };
    match names.split(line) {
        Split::Prefixed(known, text) => match known.first() {
            Some(id) if known.len() == 1 => (owned(Who::Person(*id)), text),
            Some(_) | None => (Ownership::Open(Ask::default()), line),
        },
        Split::Heading(..) | Split::Unknown | Split::Plain => match line.split_once(':') {
            Some((name, text)) if is_name(name) && says_something(text) => {
                let name = name.trim().trim_start_matches('@');
                let nobody = ["nobody", "?", "tbd"].contains(&name.to_lowercase().as_str());
                let owner =
                    if nobody { Ownership::Open(Ask::default()) } else { owned(Who::Named(name.to_owned())) };
                (owner, text.trim())
            }
            Some(_) | None => (Ownership::Open(Ask::default()), line),
        },
    }
}

fn is_name(text: &str) -> bool {
    says_something(text.trim().trim_start_matches('@')) && text.split_whitespace().count() <= NAME_WORDS
}

/// The words before the day, and the day; a day that is not understood stays in the words.
fn until(text: &str, day: impl Fn(&str) -> Option<NaiveDate>) -> (&str, Option<NaiveDate>) {
    const MARKS: [&str; 4] = [" by ", " until ", " before ", " due "];
    let ends = MARKS.iter().filter_map(|mark| text.rfind(mark).map(|at| (at, at + mark.len()))).max();
    let by = ends.and_then(|(at, from)| Some((at, day(text[from..].trim_end_matches('.'))?)));
    match by {
        Some((at, day)) => (&text[..at], Some(day)),
        None => (text, None),
    }
}
