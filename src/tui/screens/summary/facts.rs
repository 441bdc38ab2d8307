//! What came of a session, as blocks to read: decisions first, then who does what, what is open, numbers.

use super::super::page::{Block, Said};
use super::super::words;
use crate::script::Method;
use crate::session::{Outcome, Ownership, Shown, Spread, planned_secs};
use crate::timer::Timestamp;
use crate::tui::theme::Theme;

/// Everything that the summary tells.
pub(super) fn blocks(shown: Shown<'_>, now: Timestamp, theme: &Theme) -> Vec<Block> {
    let mut blocks = vec![decided(shown, theme), who_does_what(shown, theme)];
    blocks.extend(open_questions(shown, theme));
    blocks.push(numbers(shown, now, theme));
    blocks
}

fn heading(text: &str, theme: &Theme) -> Block {
    vec![Said::new(text, theme.strong)]
}

fn decided(shown: Shown<'_>, theme: &Theme) -> Block {
    let mut block = heading("Decided", theme);
    let decisions = shown.decisions().iter();
    for (number, decision) in (1..).zip(decisions.filter(|decision| decision.outcome.is_decision())) {
        block.push(Said::led(format!("{number}. "), decision.statement.clone(), theme.text));
        let mut how = method(decision.method).to_owned();
        if let Outcome::Decided(Ownership::Owned { by, acceptance }) = &decision.outcome {
            how.push_str(&format!(", owned by {}", words::owner(shown, by, *acceptance)));
        }
        if let Some(day) = decision.review {
            how.push_str(&format!(", looked at again on {}", words::date(day)));
        }
        block.push(Said::led("   ", how, theme.quiet));
    }
    if block.len() == 1 {
        block.push(Said::new("Nothing was decided.", theme.quiet));
    }
    block
}

fn who_does_what(shown: Shown<'_>, theme: &Theme) -> Block {
    let mut block = heading("Who does what", theme);
    for action in shown.actions() {
        if let Ownership::Owned { by, acceptance } = &action.owner {
            let due = action.by.map_or(String::new(), |day| format!(", by {}", words::date(day)));
            let who = words::owner(shown, by, *acceptance);
            block.push(Said::led("- ", format!("{who}: {}{due}", action.sentence()), theme.text));
        }
    }
    if block.len() == 1 {
        block.push(Said::new("Nobody has taken anything on.", theme.quiet));
    }
    block
}

fn open_questions(shown: Shown<'_>, theme: &Theme) -> Option<Block> {
    let mut block = heading("Open", theme);
    for decision in shown.decisions() {
        let (why, asked) = match &decision.outcome {
            Outcome::Decided(Ownership::Owned { .. }) => continue,
            Outcome::Decided(Ownership::Open(asked)) => ("nobody owns it yet", asked),
            Outcome::NotDecided(asked) => ("not decided", asked),
        };
        block.push(Said::led("- ", decision.statement.clone(), theme.text));
        block.push(Said::led("  ", format!("{why}; {}", words::ask(shown, asked)), theme.quiet));
    }
    for action in shown.actions() {
        if let Ownership::Open(asked) = &action.owner {
            block.push(Said::led("- ", action.sentence(), theme.text));
            block.push(Said::led(
                "  ",
                format!("nobody does it yet; {}", words::ask(shown, asked)),
                theme.quiet,
            ));
        }
    }
    (block.len() > 1).then_some(block)
}

fn numbers(shown: Shown<'_>, now: Timestamp, theme: &Theme) -> Block {
    let mut block = heading("In numbers", theme);
    let counts = [
        notes(shown),
        words::count(shown.possibilities().len(), "learning possibility", "learning possibilities"),
        words::count(shown.all_insights().len(), "insight", "insights"),
    ];
    block.push(Said::new(counts.join(", "), theme.text));
    let planned: i64 = shown.agenda().map(|(_, step)| planned_secs(step)).sum();
    let times =
        format!("{} min planned, {} min taken", words::minutes(planned), words::minutes(taken(shown, now)));
    block.push(Said::new(times, theme.text));
    block.extend(rating(shown).map(|words| Said::new(words, theme.text)));
    block
}

/// How many notes there are; those that nobody may read yet are counted apart.
fn notes(shown: Shown<'_>) -> String {
    let (hidden, _, _) = shown.all_hidden();
    match (shown.all_notes().count(), hidden) {
        (seen, 0) => words::count(seen, "note", "notes"),
        (0, hidden) => format!("{} hidden", words::count(hidden, "note", "notes")),
        (seen, hidden) => format!("{} and {hidden} hidden", words::count(seen, "note", "notes")),
    }
}

/// Seconds in which some step was the present one.
fn taken(shown: Shown<'_>, now: Timestamp) -> i64 {
    let end = shown.status().meeting_closed().unwrap_or(now);
    let visits = shown.passes().iter().flat_map(|pass| shown.visits(pass));
    visits.map(|visit| visit.to.unwrap_or(end).millis_since(visit.from).max(0) / 1000).sum()
}

/// The last check-out's ratings; none where nobody gave one.
fn rating(shown: Shown<'_>) -> Option<String> {
    let (pass, best) = shown
        .passes()
        .iter()
        .rev()
        .find_map(|pass| Some((pass, shown.step(pass.step)?.kind.check_out()?.rating)))?;

    let scores = shown.ratings(pass.reference()).filter_map(|rating| rating.score);
    let spread = Spread::of(scores, best);
    let mean = spread.mean_tenths()?;
    let counted = spread.counts.iter().enumerate().rev().filter(|(_, count)| **count > 0);
    let given: Vec<String> = counted.map(|(place, count)| format!("{count} gave {}", place + 1)).collect();
    Some(format!("Rated {}.{} of {best}: {}", mean / 10, mean % 10, given.join(", ")))
}

const fn method(method: Method) -> &'static str {
    match method {
        Method::Consent => "by consent",
        Method::Consensus => "by consensus",
        Method::Majority => "by majority",
        Method::Lead => "by the lead",
        Method::Advice => "by one person, after advice",
    }
}
