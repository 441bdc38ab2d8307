//! Turns to speak: the words that were kept, then who spoke and who passed.

use std::collections::HashSet;

use crate::session::{Said, Voice};

use super::super::page::Page;
use super::super::words;
use super::{INDENT, Run};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let voices: Vec<&Voice> = run.shown.voices(run.pass.reference()).collect();
    if voices.is_empty() {
        return;
    }
    page.blank();
    let name = |voice: &Voice| voice.who.and_then(|who| words::name(run.shown, who));
    for voice in &voices {
        match (&voice.said, name(voice)) {
            (Said::Word(word), Some(name)) => page.item(INDENT, "- ", &format!("{name}: {word}")),
            (Said::Word(word), None) => page.item(INDENT, "- ", word),
            (Said::Spoke | Said::Passed, _) => {}
        }
    }
    for (told, said) in [("Spoke", Said::Spoke), ("Passed", Said::Passed)] {
        let mut known = HashSet::new();
        let those = voices.iter().filter(|voice| voice.said == said).filter(|voice| known.insert(voice.who));
        let names: Vec<_> = those.filter_map(|voice| name(voice)).collect();
        if !names.is_empty() {
            page.item(INDENT, "", &format!("{told}: {}", names.join(", ")));
        }
    }
}
