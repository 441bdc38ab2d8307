//! Lists of notes and insights: whose pile a line is from, by its heading, its prefix or its `@name`.

use super::headings::{Headings, Split};
use super::{Means, Sheet};
use crate::script::SideKey;
use crate::session::event::Draft;
use crate::session::insight::InsightDraft;
use crate::session::items::Items;
use crate::session::line::{self, Line};
use crate::session::note::NoteDraft;
use crate::session::people::{Participant, PersonId, Side};
use crate::session::voice::{Said, VoiceDraft};

/// Whose a list is where its lines do not say it.
#[derive(Debug, Clone, Copy)]
pub struct Pile<'a> {
    /// The sides that headings may name.
    pub sides: &'a [Side],
    /// The people that headings and `@name` may name.
    pub people: &'a Items<Participant>,
    /// The side that a line without heading is from.
    pub side: Option<&'a SideKey>,
    /// The person that a line is from which names nobody and stands under no heading.
    pub author: Option<PersonId>,
}

/// Whose the lines under a heading are.
#[derive(Debug, Clone, PartialEq)]
enum Whose {
    /// A side's; none is nobody's alone.
    Side(Option<SideKey>),
    Person(PersonId),
}

/// A list of notes: lines under `Sales:`, or beginning with `S:`, go to that side, those under `Anna:` are
/// hers; `#tag` and `@name` mean what they mean in a typed line.
#[must_use]
pub fn notes(text: &str, pile: Pile<'_>) -> Sheet {
    read(text, pile, |words, whose| {
        let Line { text, tags, author } = line::parse(words, pile.people);
        let (side, author) = owner(pile, whose, author);
        Draft::Note(NoteDraft { text, tags, side, author, confidential: false })
    })
}

/// A list of insights: as [`notes`], but a `#tag` is just a word.
#[must_use]
pub fn insights(text: &str, pile: Pile<'_>) -> Sheet {
    read(text, pile, |words, whose| {
        let Line { text, tags, author } = line::parse(words, pile.people);
        let (side, author) = owner(pile, whose, author);
        Draft::Insight(InsightDraft { text: line::compose(&text, &tags, None), author, side })
    })
}

/// A list of words from a check-in: whose each is, by heading, prefix or `@name`, where that is said.
#[must_use]
pub fn voices(text: &str, pile: Pile<'_>) -> Sheet {
    read(text, pile, |words, whose| {
        let Line { text, tags, author } = line::parse(words, pile.people);
        let (_, who) = owner(pile, whose, author);
        Draft::Voice(VoiceDraft { who, said: Said::Word(line::compose(&text, &tags, None)) })
    })
}

/// A heading or prefix says more of a line than the name in it, and that more than the pile.
fn owner(
    pile: Pile<'_>,
    whose: Option<&Whose>,
    named: Option<PersonId>,
) -> (Option<SideKey>, Option<PersonId>) {
    let side_of = |id: PersonId| pile.people.get(id).and_then(|person| person.side.clone());
    match whose {
        Some(Whose::Person(id)) => {
            let author = named.unwrap_or(*id);
            (side_of(author).or_else(|| pile.side.cloned()), Some(author))
        }
        Some(Whose::Side(side)) => (side.clone(), named),
        None => {
            let author = named.or(pile.author);
            (author.and_then(side_of).or_else(|| pile.side.cloned()), author)
        }
    }
}

fn read(text: &str, pile: Pile<'_>, mut draft: impl FnMut(&str, Option<&Whose>) -> Draft) -> Sheet {
    let mut headings = Headings::new();
    headings.learn_sides(pile.sides, |side| Whose::Side(Some(side.key.clone())));
    for none in ["no side", "nobody", "all sides", "both sides", "everybody"] {
        headings.learn(none, Whose::Side(None));
    }
    for person in pile.people.iter() {
        headings.learn(&person.name, Whose::Person(person.id));
        if let Some(first) = person.name.split_whitespace().next()
            && line::only_one(first, pile.people) == Some(person.id)
        {
            headings.learn(first, Whose::Person(person.id));
        }
    }
    let mut now: Option<Whose> = None;
    Sheet::read(text, |words| match headings.split(words) {
        Split::Heading(known, marked) => match single(known) {
            // A name alone may be all that a line says.
            Some(Whose::Person(_)) if !marked => Means::thing(draft(words, now.as_ref())),
            Some(whose) => {
                now = Some(whose);
                Means::Heading
            }
            None => Means::unread("it names more than one"),
        },
        Split::Prefixed(known, text) => match single(known) {
            Some(whose) => Means::thing(draft(text, Some(&whose))),
            None => Means::thing(draft(words, now.as_ref())),
        },
        Split::Unknown => {
            now = None;
            Means::unread("no side and nobody here is called so")
        }
        Split::Plain => Means::thing(draft(words, now.as_ref())),
    })
}

/// The one that is named; a person and their side are one.
fn single(known: Vec<Whose>) -> Option<Whose> {
    let person = known.iter().position(|one| matches!(one, Whose::Person(_)));
    let mut known = known;
    match (known.len(), person) {
        (1, _) => known.pop(),
        (2, Some(place)) if matches!(known[1 - place], Whose::Side(_)) => Some(known.swap_remove(place)),
        _ => None,
    }
}
