//! A vote: what carries on with its dots, then the others.

use crate::session::{Counted, Cut};

use super::super::page::Page;
use super::super::words;
use super::{INDENT, Run};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let here = run.pass.reference();
    let placed = run.shown.dots_placed(here);
    if placed == 0 {
        return;
    }
    let Some(tally) = run.shown.ranked(here) else {
        let dots = usize::try_from(placed).unwrap_or(usize::MAX);
        page.line(INDENT, &format!("({} hidden until revealed)", words::counted(dots, "dot is", "dots are")));
        return;
    };
    for (title, cut) in [
        ("Carries on", Cut::In),
        ("Ties, and nobody has chosen", Cut::Tied),
        ("Stays in the record", Cut::Out),
    ] {
        let mut those = tally.iter().filter(|counted| counted.cut == cut).peekable();
        if those.peek().is_some() {
            page.blank();
            page.line(INDENT, title);
            those.for_each(|counted| item(run, counted, page));
        }
    }
}

fn item(run: Run<'_>, counted: &Counted, page: &mut Page) {
    let Some(told) = run.shown.told(counted.what) else { return };
    let dots = words::counted(usize::try_from(counted.total).unwrap_or(usize::MAX), "dot", "dots");
    let sides = run.shown.sides().iter().map(|side| side.name.as_str());
    let split: Vec<String> = sides
        .chain(["no side"])
        .zip(&counted.by_side)
        .filter(|(_, dots)| **dots > 0)
        .map(|(side, dots)| format!("{side} {dots}"))
        .collect();
    let split = if split.is_empty() { String::new() } else { format!(": {}", split.join(", ")) };
    let chosen = if counted.ties && counted.cut == Cut::In { "; chosen in a tie" } else { "" };
    page.item(INDENT + 2, "- ", &format!("{} ({dots}{split}{chosen})", words::quoted(&told.text)));
}
