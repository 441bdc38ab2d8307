//! A discussion: each topic with its time, the hands that were counted, and what was kept of it.

use super::super::page::Page;
use super::super::words;
use super::{INDENT, Run, notes};
use crate::session::{Hands, Talk};

/// Writes the topics of a discussion with the notes of each; says whether there are any.
pub(super) fn write(run: Run<'_>, page: &mut Page) -> bool {
    let Some(talk) = run.pass.talk().filter(|talk| !talk.subjects.is_empty()) else { return false };
    for (round, place) in talk.order.iter().zip(1..) {
        topic(run, talk, *round, place, page);
    }
    true
}

fn topic(run: Run<'_>, talk: &Talk, round: u32, place: usize, page: &mut Page) {
    let Run { shown, pass, .. } = run;
    let subject = talk.subject(round).and_then(|subject| shown.subject(subject));
    page.blank();
    page.item(INDENT, &format!("Topic {place}: "), subject.unwrap_or("(no longer there)"));
    let Some(countdown) = pass.round(round).map(|run| run.countdown) else { return };
    let end = pass.visits.last().and_then(|visit| visit.to).or(super::text::closed(shown));
    let ran = countdown.ran(end.unwrap_or_else(|| shown.last_worked_on())) / 1000;
    let planned = words::exactly(i64::from(countdown.planned));
    let line = match ran {
        0 => format!("not reached, planned {planned}"),
        ran => format!("talked about for {}, planned {planned}", words::exactly(ran)),
    };
    page.line(INDENT, &line);
    for Hands { more, enough, .. } in talk.hands.iter().filter(|hands| hands.round == round) {
        let so = if more > enough { "given" } else { "not given" };
        page.line(INDENT, &format!("a minute more: {more} for it, {enough} against it; {so}"));
    }
    for note in shown.notes(pass.reference()).filter(|note| note.made.round == round) {
        page.item(INDENT, "- ", &notes::worded_with_side(run, note));
    }
}
