//! Turns to speak: the words that were kept, then who spoke and who passed.

use crate::session::{Said, Voice};

use super::super::page::Page;
use super::{INDENT, Run};

pub(super) fn write(run: Run<'_>, page: &mut Page) {
    let voices: Vec<&Voice> = run.shown.voices(run.pass.reference()).collect();
    if voices.is_empty() {
        return;
    }
    page.blank();
    let name = |voice: &Voice| voice.who.map(|who| run.shown.name(who)).filter(|name| !name.is_empty());
    for voice in &voices {
        match (&voice.said, name(voice)) {
            (Said::Word(word), Some(name)) => page.item(INDENT, "- ", &format!("{name}: {word}")),
            (Said::Word(word), None) => page.item(INDENT, "- ", word),
            (Said::Spoke | Said::Passed, _) => {}
        }
    }
    for (told, said) in [("Spoke", Said::Spoke), ("Passed", Said::Passed)] {
        let mut names: Vec<&str> = Vec::new();
        for name in voices.iter().filter(|voice| voice.said == said).filter_map(|voice| name(voice)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            page.item(INDENT, "", &format!("{told}: {}", names.join(", ")));
        }
    }
}
