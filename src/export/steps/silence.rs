//! The silence, as planned and as held, and the insights after it.

use crate::session::{Hush, Insight, Record};

use super::super::page::Page;
use super::super::{text, words};
use super::{INDENT, Run};

pub(super) fn kept(run: Run<'_>, page: &mut Page) {
    match run.pass.hush() {
        None => {}
        Some(Hush::Waiting) => page.line(INDENT, "The silence did not begin."),
        Some(Hush::Kept { since }) => {
            page.line(INDENT, &format!("Silent since {}.", words::clock(since)));
        }
        Some(Hush::Over { since, planned, held }) => page.line(
            INDENT,
            &format!(
                "Silent from {} for {}; {} was planned.",
                words::clock(since),
                words::exactly(held.into()),
                words::exactly(planned.into())
            ),
        ),
    }
}

pub(super) fn insights(run: Run<'_>, page: &mut Page) {
    let mut insights = run.shown.insights(run.pass.reference()).peekable();
    if insights.peek().is_none() {
        return;
    }
    page.blank();
    page.line(INDENT, "Insights");
    for insight in insights {
        page.item(INDENT, "- ", &words::with_mark(&worded(run, insight), insight.is_write_up()));
    }
}

fn worded(run: Run<'_>, insight: &Insight) -> String {
    let name = insight.author.and_then(|author| words::name(run.shown, author));
    let side = insight.side.as_ref().map(|side| text::side_name(run.shown, side));
    let whose: Vec<_> = name.into_iter().chain(side).collect();
    if whose.is_empty() { insight.text.clone() } else { format!("{} ({})", insight.text, whose.join(", ")) }
}
