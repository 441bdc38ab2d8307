//! The steps in the order in which they ran: one file for what a kind of step brings, the rest here.
//!
//! A part is written wherever there is something in it, whatever kind the step is: things can be added to
//! any step, and nothing that was said may be missing.

mod check_in;
mod check_out;
mod cluster;
mod decide;
mod discuss;
mod mirror;
mod notes;
mod silence;
mod vote;

use crate::script::{SideKey, Step};
use crate::session::{Pass, Shown, planned_secs};

use super::page::Page;
use super::words;

/// How far what belongs to a step is indented.
const INDENT: usize = 3;

/// One run of a step.
#[derive(Clone, Copy)]
struct Run<'a> {
    shown: Shown<'a>,
    step: &'a Step,
    pass: &'a Pass,
}

pub(super) fn write(shown: Shown<'_>, page: &mut Page) {
    if !shown.passes().is_empty() {
        page.section("Step by step");
    }
    let runs =
        shown.passes().iter().filter_map(|pass| Some(Run { shown, step: shown.step(pass.step)?, pass }));
    for (run, number) in runs.zip(1..) {
        page.blank();
        heading(run, number, page);
        silence::kept(run, page);
        check_in::write(run, page);
        if !discuss::write(run, page) {
            notes::write(run, page);
        }
        cluster::write(run, page);
        vote::write(run, page);
        mirror::write(run, page);
        silence::insights(run, page);
        decide::write(run, page);
        check_out::write(run, page);
    }
    let missed: Vec<_> = shown.agenda().filter(|(id, _)| shown.last_pass(*id).is_none()).collect();
    if !missed.is_empty() {
        page.section("Not reached");
        for (id, step) in missed {
            let why = if shown.was_passed_over(id) { " (passed over: nothing was left open)" } else { "" };
            page.item(0, "- ", &format!("{}{why}", step.head.title));
        }
    }
}

fn heading(run: Run<'_>, number: u32, page: &mut Page) {
    let Run { shown, step, pass } = run;
    let again = if pass.pass > 1 { format!(" (run {})", pass.pass) } else { String::new() };
    page.item(0, &format!("{number}. "), &format!("{}{again}", step.head.title));
    let mut line = words::kind(&step.kind).to_owned();
    let visits = shown.visits(pass);
    if let Some(first) = visits.clone().next() {
        line.push_str(&format!(", {}", words::clock(first.from)));
    }
    if let Some(last) = visits.clone().next_back().and_then(|visit| visit.to) {
        line.push_str(&format!(" to {}", words::clock(last)));
    }
    let stays = visits.map(|visit| Some((visit.from, visit.to?)));
    if let Some(stays) = stays.collect::<Option<Vec<_>>>() {
        let out: i64 = stays.iter().map(|(from, to)| shown.left_out(*from, *to)).sum();
        line.push_str(&format!(", took {}", words::took(&stays, out)));
    }
    line.push_str(&format!(", planned {}", words::exactly(planned_secs(step))));
    page.line(INDENT, &line);
    page.line(INDENT, &step.head.prompt);
}

/// The session's sides in their order, then those that only `found` names.
fn sides<'a>(shown: Shown<'a>, found: impl Iterator<Item = &'a SideKey>) -> Vec<&'a SideKey> {
    let mut keys: Vec<&SideKey> = shown.sides().iter().map(|side| &side.key).collect();
    for key in found {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
