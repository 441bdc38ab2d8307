//! Keeping a note confidential, and taking that back.

use crate::session::{Draft, ItemId, NoteDraft, Request};
use crate::tui::effect::Effect;
use crate::tui::steps::Here;

/// Keeps what is marked confidential, or no longer.
pub(super) fn kept_confidential(here: &Here<'_>, id: ItemId) -> Vec<Effect> {
    let say = |words: &str| Effect::Say(words.to_owned());
    let Some(Draft::Note(note)) = here.shown.draft(id) else {
        return vec![say(
            "Only notes can be kept confidential one by one. A whole session can be at set-up.",
        )];
    };
    let confidential = !note.confidential;
    let draft = Draft::Note(NoteDraft { confidential, ..note });
    let said = if confidential {
        "Confidential: left out wherever this session is shown or passed on. Ctrl+Z takes it back."
    } else {
        "No longer confidential."
    };
    vec![Effect::ask(Request::Change { id, draft }), say(said)]
}
