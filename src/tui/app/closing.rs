//! The questions around closing a session and opening it again.
//!
//! Owns their words. Never decides anything: each answer is effects.

use crate::session::{Request, Shown, Status};
use crate::timer::Timestamp;
use crate::tui::effect::Effect;
use crate::tui::overlay::Dialog;
use crate::tui::screens::words;

/// What is to become of what is hidden; none where nothing is.
pub(super) fn about_hidden(shown: Shown<'_>) -> Option<Dialog> {
    if !shown.has_hidden() {
        return None;
    }
    let (notes, entries, dots) = shown.all_hidden();
    let kinds =
        [(notes, "note", "notes"), (entries, "mirror entry", "mirror entries"), (dots, "dot", "dots")];
    let hidden = kinds.iter().filter(|(count, ..)| *count > 0);
    let hidden: Vec<String> = hidden.map(|(count, one, many)| words::count(*count, one, many)).collect();
    let dialog = Dialog::new("Something is still hidden")
        .line(format!("Nobody has seen {} yet. What is to become of it?", hidden.join(" and ")))
        .choice("Reveal it, and close", vec![Effect::ask(Request::RevealAll), Effect::Close])
        .choice("Drop it for good, and close", vec![Effect::ask(Request::DropHidden), Effect::Close])
        .choice("Back to the session", Vec::new());
    Some(dialog)
}

/// What is to be done with a session that was closed; none where it is open.
pub(super) fn about_reopening(shown: Shown<'_>, now: Timestamp) -> Option<Dialog> {
    let Status::Closed { at } = shown.status() else { return None };
    let mut dialog = Dialog::new("This session is closed")
        .line(format!("It was closed on {}, {}.", words::date(at.date()), words::clock(at)))
        .line("Reopened for the write-up it can be added to and corrected; what is new is marked, and no clock runs.")
        .choice("Reopen it for the write-up", vec![Effect::ask(Request::Reopen)]);
    if shown.status().may_be_resumed(now) {
        let words = "Go on with the meeting: it was closed too early, and nothing is marked";
        dialog = dialog.choice(words, vec![Effect::ask(Request::ResumeMeeting)]);
    }
    Some(dialog.choice("Only look at it", Vec::new()))
}

/// What is said first where there is something to say, then what is asked.
pub(super) fn before_going_on(found: Vec<String>, question: Option<Dialog>) -> Option<Dialog> {
    if found.is_empty() {
        return question;
    }
    let told = found.into_iter().fold(Dialog::new("Before you go on"), Dialog::line);
    let next: Vec<Effect> = question.into_iter().map(Effect::question).collect();
    let mut told = told.choice("Go on", next.clone());
    told.back = next;
    Some(told)
}
