//! What a step led to: the numbers of its decisions, which stand in full at the beginning.

use super::super::page::Page;
use super::super::{text, words};
use super::{INDENT, Run};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let here = run.pass.reference();
    let numbers: Vec<String> = text::numbered(run.shown)
        .filter(|(_, decision)| decision.made.during() == here)
        .map(|(number, _)| number.to_string())
        .collect();
    let open = run
        .shown
        .decisions()
        .iter()
        .filter(|decision| decision.made.during() == here && !decision.outcome.is_decision())
        .count();
    let actions = run.shown.actions().iter().filter(|action| action.made.during() == here).count();
    let mut parts = Vec::new();
    match numbers.as_slice() {
        [] => {}
        [number] => parts.push(format!("decision {number}")),
        numbers => parts.push(format!("decisions {}", numbers.join(", "))),
    }
    if open > 0 {
        parts.push(words::counted(open, "open question", "open questions"));
    }
    if actions > 0 {
        parts.push(words::counted(actions, "action", "actions"));
    }
    if !parts.is_empty() {
        page.line(INDENT, &format!("Led to: {} (above).", parts.join("; ")));
    }
}
