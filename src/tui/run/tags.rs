//! The tags that are offered while a note is typed.

use crate::tui::steps::Here;

/// Tags that the script offers and those that were used, the most used first.
pub(super) fn known<'a>(here: &Here<'a>) -> Vec<&'a str> {
    let scripted = here.step.kind.brainstorm().map_or(&[][..], |brainstorm| &brainstorm.tags);
    let mut counted: Vec<(&str, usize)> = scripted.iter().map(|tag| (tag.as_str(), 0)).collect();
    for tag in here
        .shown
        .passes()
        .iter()
        .flat_map(|pass| here.shown.notes(pass.reference()))
        .flat_map(|note| &note.tags)
    {
        match counted.iter_mut().find(|(known, _)| known == tag) {
            Some((_, count)) => *count += 1,
            None => counted.push((tag, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(tag, _)| tag).collect()
}
