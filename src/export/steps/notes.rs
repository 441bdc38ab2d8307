//! Notes, side by side, as any step may hold them.

use std::borrow::Cow;

use crate::script::SideKey;
use crate::session::{Note, Record, line};

use super::super::page::Page;
use super::super::{text, words};
use super::{INDENT, Run, sides};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let Run { shown, pass, .. } = run;
    let pass = pass.reference();
    let keys = sides(shown, shown.notes(pass).filter_map(|note| note.side.as_ref()));
    for side in keys.into_iter().map(Some).chain([None]) {
        of_side(run, side, page);
    }
}

fn of_side(run: Run<'_>, side: Option<&SideKey>, page: &mut Page) {
    let Run { shown, pass, .. } = run;
    let pass = pass.reference();
    let mut notes = shown.notes(pass).filter(|note| note.side.as_ref() == side).peekable();
    let hidden = shown.hidden_notes(pass, side);
    if notes.peek().is_none() && hidden == 0 {
        return;
    }
    page.blank();
    page.line(INDENT, &side.map_or(Cow::Borrowed("Together"), |side| text::side_name(shown, side)));
    for note in notes {
        page.item(INDENT, "- ", &words::with_mark(&worded(run, note), note.is_write_up()));
    }
    if hidden > 0 {
        let count = words::counted(hidden, "note is", "notes are");
        page.line(INDENT, &format!("({count} hidden until revealed)"));
    }
}

fn worded(run: Run<'_>, note: &Note) -> String {
    let mut text = line::compose(&note.text, &note.tags, None);
    if note.confidential {
        text.push_str(" [confidential]");
    }
    match note.author.and_then(|author| words::name(run.shown, author)) {
        Some(name) => format!("{text} ({name})"),
        None => text,
    }
}

/// A note with its side or author behind it.
pub(super) fn worded_with_side(run: Run<'_>, note: &Note) -> String {
    match (note.author, &note.side) {
        (None, Some(side)) => format!("{} ({})", worded(run, note), text::side_name(run.shown, side)),
        (Some(_), _) | (None, None) => worded(run, note),
    }
}
