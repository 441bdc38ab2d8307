//! What standard input brings into a session: notes, one a line.
//!
//! Owns which step and side they go to, and the limits of what is read. Never writes the session: who holds
//! its lock decides.

use std::io::Read;

use crate::script::{SideKey, StepKey};
use crate::session::{Draft, NoteDraft, Pass, PassRef, Refusal, Request, Session, Side, line};

/// The most that is read from standard input, in bytes: 8 MiB, about four thousand pages.
pub const INPUT_LIMIT: u64 = 8 * 1024 * 1024;

/// Notes on their way into a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Notes {
    to: PassRef,
    drafts: Vec<NoteDraft>,
}

/// Reads all of an input, up to [`INPUT_LIMIT`].
///
/// # Errors
/// Where the input is longer, is not UTF-8, or cannot be read; in words.
pub fn read(input: impl Read) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    input.take(INPUT_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Refusal {
        why: format!("Couldn't read the notes from standard input: {error}."),
        instead: "Nothing was added; try again.".to_owned(),
    })?;
    if bytes.len() as u64 > INPUT_LIMIT {
        return Err(Refusal {
            why: format!("That is more than {} MiB of notes at once.", INPUT_LIMIT / (1024 * 1024)),
            instead: "Add them in parts.".to_owned(),
        });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Refusal {
            why: format!("Line {line} of standard input is no UTF-8 text."),
            instead: "Save it as UTF-8, then add it again.".to_owned(),
        }
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

impl Notes {
    /// The notes in a text, one a line, without bullets, with `#tags` and `@author`. They go to the newest
    /// run of the step with the key `step`, else to the present one, from the side with that key, name or
    /// letter, else from their authors' sides.
    ///
    /// # Errors
    /// Where there is no such step or side, the step has not begun, or the text has no notes; in words.
    pub fn new(
        session: &Session,
        text: &str,
        step: Option<&str>,
        side: Option<&str>,
    ) -> Result<Self, Refusal> {
        let to = pass(session, step)?.reference();
        let side = side.map(|name| found_side(session, name)).transpose()?;
        let drafts: Vec<NoteDraft> = line::split_list(text)
            .iter()
            .map(|text| {
                let line = line::parse(text, &session.people);
                let of_author = || session.person(line.author?)?.side.clone();
                let side = side.cloned().or_else(of_author);
                NoteDraft { text: line.text, tags: line.tags, side, author: line.author }
            })
            .collect();
        if drafts.is_empty() {
            return Err(Refusal {
                why: "Standard input held no notes.".to_owned(),
                instead: "Write one a line, like this: `visavis add last < notes.txt`.".to_owned(),
            });
        }
        Ok(Self { to, drafts })
    }

    /// What is asked of whoever holds the session.
    #[must_use]
    pub fn request(&self) -> Request {
        Request::Add { to: Some(self.to), drafts: self.drafts.iter().cloned().map(Draft::Note).collect() }
    }

    /// What was added and where, as a sentence: `Added 3 notes to “What do we do well?”: 2 of Sales, 1
    /// without a side.`
    #[must_use]
    pub fn told(&self, session: &Session) -> String {
        let title = session.step(self.to.step).map_or("", |step| step.head.title.as_str());
        let count =
            |side: Option<&SideKey>| self.drafts.iter().filter(|draft| draft.side.as_ref() == side).count();
        let sides = session.sides.iter().map(|side| (count(Some(&side.key)), format!("of {}", side.name)));
        let parts: Vec<String> = sides
            .chain([(count(None), "without a side".to_owned())])
            .filter(|(count, _)| *count > 0)
            .map(|(count, whose)| format!("{count} {whose}"))
            .collect();
        let notes = if self.drafts.len() == 1 { "note" } else { "notes" };
        format!("Added {} {notes} to “{title}”: {}.", self.drafts.len(), parts.join(", "))
    }
}

fn pass<'a>(session: &'a Session, step: Option<&str>) -> Result<&'a Pass, Refusal> {
    let Some(step) = step else {
        return session.current().ok_or_else(|| Refusal {
            why: "This session has not begun, so there is no step to add to.".to_owned(),
            instead: "Go to the first step, then add the notes.".to_owned(),
        });
    };
    let key = StepKey(step.to_owned());
    let Some(definition) = session.script.step(&key) else {
        let keys: Vec<&str> = session.agenda.iter().map(|entry| entry.key.0.as_str()).collect();
        return Err(Refusal {
            why: format!("This session has no step `{step}`."),
            instead: format!("Its steps are: {}.", keys.join(", ")),
        });
    };
    let of_step = |pass: &&Pass| session.step(pass.step).is_some_and(|step| step.head.key == key);
    session.passes.iter().rfind(of_step).ok_or_else(|| Refusal {
        why: format!("The step “{}” has not begun yet.", definition.head.title),
        instead: "Go to the step once, then add to it.".to_owned(),
    })
}

fn found_side<'a>(session: &'a Session, name: &str) -> Result<&'a SideKey, Refusal> {
    let wanted = name.trim().to_lowercase();
    let is_meant = |side: &&Side| {
        side.key.0.to_lowercase() == wanted
            || side.name.to_lowercase() == wanted
            || side.mark.to_lowercase().to_string() == wanted
    };
    session.sides.iter().find(is_meant).map(|side| &side.key).ok_or_else(|| {
        let names: Vec<&str> = session.sides.iter().map(|side| side.name.as_str()).collect();
        Refusal {
            why: format!("This session has no side `{name}`."),
            instead: format!("Its sides are: {}.", names.join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::Room;

    fn room() -> Room {
        Room::new().person("Anna", "purchasing").person("Bo", "sales").go("practices").go("pause")
    }

    #[test]
    fn a_list_becomes_notes_of_a_step_and_side() {
        let room = room();
        let text = "- Two people at every visit #people\n* @Bo ask first\n\n3. plain\n";
        let notes = Notes::new(room.session(), text, Some("practices"), None).unwrap();
        let told = notes.told(room.session());
        assert_eq!(told, "Added 3 notes to “What do we do well?”: 1 of Sales, 2 without a side.");
        let room = room.does(notes.request());
        let practices = room.session().passes[0].reference();
        let added: Vec<String> = room
            .session()
            .notes
            .iter()
            .map(|note| {
                assert_eq!(note.made.during(), practices);
                format!("{} {:?} {:?}", note.text, note.tags, note.side.as_ref().map(|side| &*side.0))
            })
            .collect();
        assert_eq!(
            added,
            [
                r#"Two people at every visit ["people"] None"#,
                r#"ask first [] Some("sales")"#,
                "plain [] None"
            ]
        );
    }

    #[test]
    fn a_side_goes_by_key_name_or_letter_and_the_present_step_is_meant() {
        let room = room();
        for side in ["sales", "Sales", "s"] {
            let notes = Notes::new(room.session(), "@Anna one", None, Some(side)).unwrap();
            assert_eq!(notes.told(room.session()), "Added 1 note to “Coffee”: 1 of Sales.");
        }
    }

    #[test]
    fn what_cannot_be_added_says_what_to_do() {
        let room = room();
        let before = Room::new();
        let refused = |room: &Room, text, step, side| {
            Notes::new(room.session(), text, step, side).unwrap_err().to_string()
        };
        let said = [
            refused(&room, "one", Some("practises"), None),
            refused(&room, "one", Some("decide"), None),
            refused(&room, "one", None, Some("buyers")),
            refused(&room, "\n \n", None, None),
            refused(&before, "one", None, None),
        ];
        insta::assert_snapshot!(said.join("\n"), @r"
        This session has no step `practises`. Its steps are: practices, mirror, pause, quiet, decide, leave.
        The step “What do we commit to?” has not begun yet. Go to the step once, then add to it.
        This session has no side `buyers`. Its sides are: Purchasing, Sales.
        Standard input held no notes. Write one a line, like this: `visavis add last < notes.txt`.
        This session has not begun, so there is no step to add to. Go to the first step, then add the notes.
        ");
    }

    #[test]
    fn input_has_its_limits() {
        assert_eq!(read("\u{feff}one\n".as_bytes()).unwrap(), "one\n");
        let refused = read(b"one\ntwo \xff\n".as_slice()).unwrap_err();
        assert_eq!(refused.why, "Line 2 of standard input is no UTF-8 text.");
        let refused = read(std::io::repeat(b'a')).unwrap_err();
        assert_eq!(refused.why, "That is more than 8 MiB of notes at once.");
    }
}
