//! What became of earlier things, and what is left for later: updates and the parking lot.
//!
//! Owns their words in the minutes. Never: says what holds over the whole library.

use std::collections::HashMap;

use crate::session::{Matter, OpenItem, Origin, SessionId, Shown, Standing, Update};

use super::page::Page;
use super::words;

/// The words that a session had on anything, by what they are on.
pub(super) struct Words<'a> {
    session: SessionId,
    of: HashMap<Origin, Vec<&'a Update>>,
}

impl<'a> Words<'a> {
    pub(super) fn of(shown: Shown<'a>) -> Self {
        let mut of: HashMap<Origin, Vec<&Update>> = HashMap::new();
        for update in shown.updates() {
            of.entry(update.of).or_default().push(update);
        }
        Self { session: shown.id(), of }
    }

    fn on(&self, origin: &Origin) -> &[&'a Update] {
        self.of.get(origin).map(Vec::as_slice).unwrap_or_default()
    }

    /// Later words on something of this session itself.
    pub(super) fn write_on(&self, what: Matter, indent: usize, page: &mut Page) {
        for update in self.on(&Origin { session: self.session, what }) {
            page.line(indent, &word(update));
        }
    }
}

/// What the series had left open, each with the words that this session had on it.
pub(super) fn earlier(shown: Shown<'_>, words: &Words<'_>, page: &mut Page) {
    if shown.open_items().is_empty() {
        return;
    }
    page.section("What became of earlier agreements");
    for item in shown.open_items() {
        page.item(0, "- ", &item.text);
        page.line(2, &about(item));
        let told = words.on(&item.of);
        if told.is_empty() {
            page.line(2, "No word on it.");
        }
        told.iter().for_each(|update| page.line(2, &word(update)));
    }
}

/// Whose it is, when it is due, and where it comes from.
fn about(item: &OpenItem) -> String {
    let whose = match item.of.what {
        Matter::Parked(_) => "Parked".to_owned(),
        Matter::Decision(_) | Matter::Action(_) => words::named_owner(&item.owner),
    };
    let due = item.due.map(|due| format!(", due {}", words::date(due))).unwrap_or_default();
    format!("{whose}{due}, from {} of {}.", item.session, words::date(item.since.date()))
}

/// `3 December 2026: going on, now by 20 December 2026 (the data is late)`.
fn word(update: &Update) -> String {
    let at = update.changed.map_or(update.made.at, |changed| changed.at);
    let until = match update.standing {
        Standing::GoingOn { by: Some(by) } => format!(", now by {}", words::date(by)),
        Standing::GoingOn { by: None } | Standing::Done | Standing::Dropped => String::new(),
    };
    let why = if update.why.is_empty() { String::new() } else { format!(" ({})", update.why) };
    format!("{}: {}{until}{why}", words::date(at.date()), update.standing.words())
}

/// The parking lot.
pub(super) fn parked(shown: Shown<'_>, words: &Words<'_>, page: &mut Page) {
    if shown.parked().is_empty() {
        return;
    }
    page.section("Parked");
    for parked in shown.parked() {
        page.item(0, "- ", &format!("{} ({})", parked.text, parked.fate.words()));
        words.write_on(Matter::Parked(parked.id), 2, page);
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::minutes;
    use crate::session::testing::{Room, december};
    use crate::session::{Fate, Standing};

    #[test]
    fn minutes_tell_what_became_of_earlier_agreements_and_what_is_parked() {
        let first = Room::new()
            .go("decide")
            .decision("Try the segment rules", "Anna")
            .action("the list is there", "call", "", 3)
            .park("Who pays?", Fate::NextSession);
        let (rules, call) =
            (first.origin("Try the segment rules"), first.origin("When the list is there, I will call"));
        let next = Room::after(first.session())
            .go("practices")
            .update(rules, Standing::GoingOn { by: Some(december(30)) }, "one account is missing")
            .update(call, Standing::Done, "")
            .park("The works council", Fate::Discussed);
        let minutes = minutes(next.shown());
        let from = |start: &str, end: &str| {
            let at = minutes.find(start).unwrap();
            minutes[at..at + minutes[at..].find(end).unwrap()].trim_end().to_owned()
        };
        insta::assert_snapshot!(from("What became of", "Decided"), @r"
        What became of earlier agreements
        ---------------------------------

        - Try the segment rules
          Anna (accepted), from Purchasing meets sales of 22 November 2026.
          20 December 2026: going on, now by 30 December 2026 (one account is
          missing)
        - When the list is there, I will call
          Nobody's yet, due 3 December 2026, from Purchasing meets sales of 22
          November 2026.
          20 December 2026: done
        - Who pays?
          Parked, from Purchasing meets sales of 22 November 2026.
          No word on it.
        ");
        insta::assert_snapshot!(from("Parked\n---", "Step by step"), @r"
        Parked
        ------

        - The works council (discussed)
        ");
    }
}
