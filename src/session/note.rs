//! Notes: what a side puts on the wall in a step that collects.
//!
//! Owns: the note and what makes one acceptable. Never: how a line is typed (`line`), how it looks.

use super::people::PersonId;
use super::record::record;
use super::refusal::Refusal;
use super::state::Session;
use crate::script::SideKey;

record! {
    /// A text from a side and, if wanted, a person, with tags, made in a step.
    Note, NoteDraft, NoteId {
        /// What it says; never empty.
        text: String,
        /// Its tags without `#`, in the order typed, none twice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
        /// The side it comes from; none where it is nobody's alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<SideKey>,
        /// Who wrote it, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<PersonId>,
        /// Whether it stays with those who take part: left out of what is shown elsewhere unless asked for.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confidential: bool,
    }
}

/// The most tags that a note has.
pub const MOST_TAGS: usize = 12;

pub(super) fn admit(session: &Session, note: &Note) -> Result<(), Refusal> {
    Refusal::if_empty(&note.text, "The note")?;
    Refusal::if_too_many(note.tags.len(), MOST_TAGS, "tags")?;
    Refusal::if_too_long(note.tags.iter().chain([&note.text]).map(String::as_str))?;
    session.unsigned(&note.text)?;
    session.known_side(note.side.as_ref())?;
    session.known_person(note.author)
}
