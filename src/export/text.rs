//! The minutes: a session as plain text, fit to be mailed.
//!
//! Owns what stands in them and in which order: what was decided and who does what first, then what is
//! open, what can be learned, and the steps as they ran. Never shows anything that is hidden.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::script::SideKey;
use crate::session::{
    ActionItem, Ask, Carried, Decision, DecisionId, Gap, Interruption, LONG_INTERRUPTION, Matter, Outcome,
    Ownership, Participant, Record, Shown, Side, Taken,
};
use crate::timer::Timestamp;

use super::follow_up::Words;
use super::page::Page;
use super::{follow_up, steps, words};

/// The minutes of a session: lines of at most 72 columns (a longer word stays whole), the last ending with a
/// line feed. No character in them can act on a terminal.
#[must_use]
pub fn minutes(shown: Shown<'_>) -> String {
    let mut page = Page::default();
    let later = Words::of(shown);
    let numbers: Numbers = numbered(shown).map(|(number, decision)| (decision.id, number)).collect();
    head(shown, &mut page);
    follow_up::earlier(shown, &later, &mut page);
    decided(shown, &later, &mut page);
    who_does_what(shown, &later, &numbers, &mut page);
    open_questions(shown, &later, &numbers, &mut page);
    follow_up::parked(shown, &later, &mut page);
    to_learn(shown, &mut page);
    steps::write(shown, &mut page);
    page.into_text()
}

fn head(shown: Shown<'_>, page: &mut Page) {
    page.title(shown.title());
    let visits = || shown.passes().iter().flat_map(|pass| shown.visits(pass));
    let begun = visits().map(|visit| visit.from).min();
    let ended = visits().filter_map(|visit| visit.to).chain(closed(shown)).max();
    let mut when = words::weekday_and_date(begun.unwrap_or_else(|| shown.opened()));
    if let Some(begun) = begun {
        when.push_str(&format!(", {}", words::clock(begun)));
    }
    if let Some(ended) = ended {
        when.push_str(&format!(" to {}", words::clock(ended)));
    }
    if begun.is_none() {
        when.push_str(" (not begun)");
    } else if shown.status().is_open() {
        when.push_str(" (not closed yet)");
    }
    page.line(0, &when);
    for gap in shown.interruptions() {
        interrupted(gap, page);
    }
    if shown.privacy().confidential {
        page.line(0, "Confidential: for those who took part.");
    }
    if shown.privacy().anonymous {
        page.line(0, "Anonymous: nothing says who wrote what.");
    }
    if !shown.script().purpose.is_empty() {
        page.blank();
        page.line(0, &shown.script().purpose);
    }
    page.blank();
    people(shown, page);
}

/// A long interruption, and whether it counts.
fn interrupted(gap: &Interruption, page: &mut Page) {
    let Some(to) = gap.to.filter(|_| gap.millis() > LONG_INTERRUPTION) else { return };
    let taken = match gap.taken {
        Some(Taken::LeftOut) => "not counted",
        Some(Taken::Fitted) => "not counted; what was left was cut to end in time",
        Some(Taken::Counted) | None => "counted",
    };
    page.line(0, &format!("Interrupted {} to {} ({taken})", words::clock(gap.from), words::clock(to)));
}

fn people(shown: Shown<'_>, page: &mut Page) {
    let side = |side: &Side| {
        if side.field.is_empty() { side.name.clone() } else { format!("{} ({})", side.name, side.field) }
    };
    if shown.people().is_empty() {
        let sides: Vec<String> = shown.sides().iter().map(side).collect();
        page.line(0, &sides.join(" and "));
        return;
    }
    let names = |belongs: &dyn Fn(&Participant) -> bool| -> String {
        let people: Vec<String> =
            shown.people().iter().filter(|person| belongs(person)).map(words::person).collect();
        people.join(", ")
    };
    for one in shown.sides() {
        let there = names(&|person| person.side.as_ref() == Some(&one.key));
        let there = if there.is_empty() { "nobody by name".to_owned() } else { there };
        page.item(0, "", &format!("{}: {there}", side(one)));
    }
    let guests = names(&|person| person.side.as_ref().is_none_or(|side| shown.side(side).is_none()));
    if !guests.is_empty() {
        page.line(0, &format!("No side: {guests}"));
    }
}

/// The numbers of the decisions that count as such.
type Numbers = HashMap<DecisionId, usize>;

/// The decisions that count as such, with the numbers that other parts refer to.
pub(super) fn numbered(shown: Shown<'_>) -> impl Iterator<Item = (usize, &Decision)> {
    (1..).zip(shown.decisions().iter().filter(|decision| decision.outcome.is_decision()))
}

fn decided(shown: Shown<'_>, later: &Words<'_>, page: &mut Page) {
    page.section("Decided");
    let mut any = false;
    for (number, decision) in numbered(shown) {
        any = true;
        let bullet = format!("{number}. ");
        page.item(0, &bullet, &words::with_mark(&decision.statement, decision.is_write_up()));
        let mut how = format!("Decided {}.", words::method(decision.method));
        if let Outcome::Decided(Ownership::Owned { by, acceptance }) = &decision.outcome {
            how.push_str(&format!(" Owner: {}.", words::owner(shown, by, *acceptance)));
        }
        page.line(bullet.len(), &how);
        details(shown, decision, later, bullet.len(), page);
    }
    if !any {
        page.line(0, "Nothing was decided.");
    }
}

/// What stands under a decision or an open question, whatever became of it.
fn details(shown: Shown<'_>, decision: &Decision, later: &Words<'_>, indent: usize, page: &mut Page) {
    if let Some(review) = decision.review {
        page.line(indent, &format!("To be reviewed on {}.", words::date(review)));
    }
    later.write_on(Matter::Decision(decision.id), indent, page);
    for objection in &decision.objections {
        page.item(indent, "Objection: ", objection);
    }
    let mut grounds = decision.grounds.iter().filter_map(|found| ground(shown, *found)).peekable();
    if grounds.peek().is_some() {
        page.line(indent, "It rests on:");
        grounds.for_each(|text| page.item(indent, "- ", &text));
    }
}

/// What a decision rests on, as text; none where it is gone or cannot be shown.
fn ground(shown: Shown<'_>, ground: Carried) -> Option<String> {
    Some(match ground {
        Carried::Note(id) => {
            let note = shown.note(id)?;
            let text = words::quoted(note.words()).into_owned();
            match note.side.as_ref().map(|side| side_name(shown, side)) {
                Some(side) => format!("{text} (note, {side})"),
                None => format!("{text} (note)"),
            }
        }
        Carried::Cluster(id) => format!("{} (group)", words::quoted(&shown.cluster(id)?.name)),
        Carried::Topic(id) => format!("{} (topic)", words::quoted(&shown.topic(id)?.text)),
        Carried::Gap(id) => {
            let judgement = shown.judgements().get(id)?;
            gap(shown, &shown.topic(judgement.topic)?.text, &judgement.about, judgement.gap)
        }
        Carried::Possibility(id) => {
            format!("{} (to learn)", words::quoted(&shown.possibilities().get(id)?.sentence))
        }
        Carried::Insight(id) => format!("{} (insight)", words::quoted(&shown.all_insights().get(id)?.text)),
    })
}

fn gap(shown: Shown<'_>, topic: &str, about: &SideKey, gap: Gap) -> String {
    let topic = words::quoted(topic);
    format!("{topic}, about {}: {} (gap)", side_name(shown, about), gap.words())
}

pub(super) fn side_name<'a>(shown: Shown<'a>, key: &'a SideKey) -> Cow<'a, str> {
    words::quoted(shown.side(key).map_or(key.0.as_str(), |side| side.name.as_str()))
}

fn who_does_what(shown: Shown<'_>, later: &Words<'_>, numbers: &Numbers, page: &mut Page) {
    let mut owned: Vec<(&ActionItem, String)> = shown
        .actions()
        .iter()
        .filter_map(|action| match &action.owner {
            Ownership::Owned { by, acceptance } => Some((action, words::owner(shown, by, *acceptance))),
            Ownership::Open(_) => None,
        })
        .collect();
    // The soonest first; what has no date waits at the end.
    owned.sort_by_key(|(action, _)| (action.by.is_none(), action.by));
    page.section("Who does what");
    if owned.is_empty() {
        page.line(0, "Nobody has taken anything on yet.");
    }
    for (action, owner) in owned {
        let by = action.by.map(|by| format!(", by {}", words::date(by))).unwrap_or_default();
        let carries =
            carries(action, numbers).map(|number| format!(", for decision {number}")).unwrap_or_default();
        page.item(0, "- ", &format!("{owner}{by}{carries}:"));
        page.line(2, &words::with_mark(&action.line(), action.is_write_up()));
        later.write_on(Matter::Action(action.id), 2, page);
    }
}

/// The number of the decision that an action carries out.
fn carries(action: &ActionItem, numbers: &Numbers) -> Option<usize> {
    numbers.get(&action.decision?).copied()
}

fn open_questions(shown: Shown<'_>, later: &Words<'_>, numbers: &Numbers, page: &mut Page) {
    let undecided: Vec<(&Decision, &str, &Ask)> = shown
        .decisions()
        .iter()
        .filter_map(|decision| match &decision.outcome {
            Outcome::Decided(Ownership::Owned { .. }) => None,
            Outcome::Decided(Ownership::Open(ask)) => Some((decision, "Nobody owns it yet.", ask)),
            Outcome::NotDecided(ask) => Some((decision, "Not decided.", ask)),
        })
        .collect();
    let unowned: Vec<(&ActionItem, &Ask)> = shown
        .actions()
        .iter()
        .filter_map(|action| match &action.owner {
            Ownership::Owned { .. } => None,
            Ownership::Open(ask) => Some((action, ask)),
        })
        .collect();
    if undecided.is_empty() && unowned.is_empty() {
        return;
    }
    page.section("Open questions");
    for (decision, why, ask) in undecided {
        page.item(0, "- ", &words::with_mark(&decision.statement, decision.is_write_up()));
        page.line(2, &format!("{why} {}", words::ask(shown, ask)));
        details(shown, decision, later, 2, page);
    }
    for (action, ask) in unowned {
        page.item(0, "- ", &words::with_mark(&action.line(), action.is_write_up()));
        let mut why = format!("Nobody does it yet. {}", words::ask(shown, ask));
        if let Some(by) = action.by {
            why.push_str(&format!(" To be done by {}.", words::date(by)));
        }
        if let Some(number) = carries(action, numbers) {
            why.push_str(&format!(" For decision {number}."));
        }
        page.line(2, &why);
        later.write_on(Matter::Action(action.id), 2, page);
    }
}

fn to_learn(shown: Shown<'_>, page: &mut Page) {
    if shown.possibilities().is_empty() {
        return;
    }
    page.section("What we can learn from each other");
    for possibility in shown.possibilities() {
        page.item(0, "- ", &words::with_mark(&possibility.sentence, possibility.is_write_up()));
        let learner = side_name(shown, &possibility.learner);
        let teacher = side_name(shown, &possibility.teacher);
        let mut about = format!("{learner} from {teacher}");
        if let Some(driver) = possibility.driver {
            about.push_str(&format!(", driver: {}", driver.words()));
        }
        if let Some(level) = possibility.level {
            about.push_str(&format!(", level: {}", words::level(level)));
        }
        if let Some(practice) = possibility.practice {
            about.push_str(&format!(", to last by: {}", practice.words()));
        }
        if !possibility.prerequisites.is_empty() {
            let given: Vec<&str> = possibility.prerequisites.iter().map(|given| given.words()).collect();
            about.push_str(&format!(", given: {}", given.join(" and ")));
        }
        page.line(2, &about);
    }
}

/// When the session came to rest for good, where somebody closed it.
pub(super) fn closed(shown: Shown<'_>) -> Option<Timestamp> {
    shown.status().meeting_closed()
}
