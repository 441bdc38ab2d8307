//! The tags that are offered while a note is typed.

use indexmap::IndexMap;

use crate::tui::steps::Here;

/// Tags that the script offers and those that were used, the most used first.
pub(super) fn known<'a>(here: &Here<'a>) -> Vec<&'a str> {
    let scripted = here.step.kind.brainstorm().map_or(&[][..], |brainstorm| &brainstorm.tags);
    let mut counted: IndexMap<&str, usize> = scripted.iter().map(|tag| (tag.as_str(), 0)).collect();
    for (tag, notes) in here.shown.used_tags() {
        *counted.entry(tag).or_default() += notes;
    }
    counted.sort_by(|_, one, _, other| other.cmp(one));
    counted.into_keys().collect()
}
