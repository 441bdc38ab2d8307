//! `visavis add`: notes from standard input, one a line.
//!
//! Owns which step and side they go to, and the limits of what is read. Never writes the session: who holds
//! its lock decides.

use std::io::{IsTerminal, Read};

use super::outside::{self, Outcome, Patience};
use super::{Context, Failure, sessions};
use crate::random::{Random, SystemRandom};
use crate::script::{SideKey, StepKey};
use crate::session::{
    Audience, Author, Command, Draft, FrameId, Id, Log, NoteDraft, Pass, PassRef, Request, Session, Side,
    line,
};
use crate::timer::Timestamp;

/// The most that is read from standard input, in bytes: 8 MiB, about four thousand pages.
const INPUT_LIMIT: u64 = 8 * 1024 * 1024;

/// Add notes from standard input, one a line
///
/// A bullet or a number before a note is left out; `#tags` and the name of a participant, as in `@Anna`, are
/// understood. A session that is running shows the notes at once. For example: `visavis add last < notes.txt`
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its title or a part of it, its file or its id, or `last` for the newest
    session: String,

    /// The key of the step they belong to [else the present one]
    #[arg(long, value_name = "KEY")]
    step: Option<String>,

    /// The side they are from, by its name, key or letter [else their authors' sides]
    #[arg(long, value_name = "NAME")]
    side: Option<String>,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let store = context.store()?;
    let path = sessions::path(context, Some(&args.session))?;
    // What can only be looked at is refused before anybody types.
    let (session, _) = store.look(&path)?.ours()?;
    let place = Place::new(&session, args.step.as_deref(), args.side.as_deref())?;
    if std::io::stdin().is_terminal() {
        let title = place.title(&session);
        context.note(&format!("Notes for “{title}”, one a line; Ctrl+D at the beginning of a line ends.\n"));
    }
    let text = read(std::io::stdin().lock())?;
    // People may have come in while somebody typed.
    let (session, _) = store.look(&path)?.ours()?;
    let notes = Notes::new(&session, place, &text)?;
    let random = SystemRandom::start().map(|mut random| random.u64());
    let random =
        random.map_err(|error| Failure::could_not(format!("couldn't get random numbers: {error}")))?;
    let command = Command {
        id: FrameId(Id::new(random)),
        by: Author::Outside,
        at: Timestamp::new(context.clock().now()),
        what: notes.request(),
    };
    // What is refused here is refused before anybody is bothered.
    let frame = Log::new(session.clone(), 0).take(&command)?;
    let what = notes.told(&session);
    let hidden =
        if frame.audience == Audience::All { "" } else { " They stay hidden until they are revealed." };
    let title = crate::text::visible(&session.title);
    let outcome = outside::ask(&store, &path, &command, Patience::PROMPT, |found| {
        context.note(&format!("{}\n", crate::text::visible(found)));
    })?;
    context.print(&match outcome {
        Outcome::Done => format!("Added {what}.{hidden}\n"),
        Outcome::DoneElsewhere => format!("Added {what}.{hidden} “{title}” is running, and has them.\n"),
        Outcome::Waiting => {
            format!("Handed {what}. “{title}” is running, but has not answered yet: it takes them when it goes on.\n")
        }
    })
}

/// Reads all of an input, up to [`INPUT_LIMIT`].
fn read(input: impl Read) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    input.take(INPUT_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| {
        Failure::could_not(format!("couldn't read the notes from standard input: {error}"))
            .help("nothing was added; try again")
    })?;
    if bytes.len() as u64 > INPUT_LIMIT {
        let most = INPUT_LIMIT / (1024 * 1024);
        return Err(Failure::input(format!("that is more than {most} MiB of notes at once"))
            .help("add them in parts"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::input(format!("standard input, line {line}: this is no text in UTF-8"))
            .help("save it as UTF-8 text, then add it again")
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Where notes go.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    to: PassRef,
    side: Option<SideKey>,
}

impl Place {
    /// The newest run of the step with the key `step`, else of the present one; the side with that key, name
    /// or letter, else none.
    fn new(session: &Session, step: Option<&str>, side: Option<&str>) -> Result<Self, Failure> {
        let to = pass(session, step)?.reference();
        let side = side.map(|name| found_side(session, name)).transpose()?.cloned();
        Ok(Self { to, side })
    }

    fn title<'a>(&self, session: &'a Session) -> std::borrow::Cow<'a, str> {
        crate::text::visible(session.step(self.to.step).map_or("", |step| &step.head.title))
    }
}

/// Notes on their way into a session.
#[derive(Debug, Clone, PartialEq)]
struct Notes {
    place: Place,
    drafts: Vec<NoteDraft>,
}

impl Notes {
    /// The notes in a text, one a line, without bullets, with `#tags` and `@author`. They are from the side
    /// of the place, else from their authors' sides.
    fn new(session: &Session, place: Place, text: &str) -> Result<Self, Failure> {
        let drafts: Vec<NoteDraft> = line::split_list(text)
            .iter()
            .map(|text| {
                let line = line::parse(text, &session.people);
                let of_author = || session.person(line.author?)?.side.clone();
                let side = place.side.clone().or_else(of_author);
                NoteDraft { text: line.text, tags: line.tags, side, author: line.author, confidential: false }
            })
            .collect();
        if drafts.is_empty() {
            return Err(Failure::input("standard input held no notes")
                .help("write one a line, like this: `visavis add last < notes.txt`"));
        }
        Ok(Self { place, drafts })
    }

    /// What is asked of whoever holds the session.
    fn request(&self) -> Request {
        let drafts = self.drafts.iter().cloned().map(Draft::Note).collect();
        Request::Add { to: Some(self.place.to), drafts }
    }

    /// How many they are and where they go: `3 notes to “What do we do well?”, 2 of Sales and 1 without a
    /// side`.
    fn told(&self, session: &Session) -> String {
        let title = self.place.title(session);
        let count =
            |side: Option<&SideKey>| self.drafts.iter().filter(|draft| draft.side.as_ref() == side).count();
        let sides = session.sides.iter().map(|side| {
            let name = crate::text::visible(&side.name);
            (count(Some(&side.key)), format!("of {name}"))
        });
        let parts: Vec<String> = sides
            .chain([(count(None), "without a side".to_owned())])
            .filter(|(count, _)| *count > 0)
            .map(|(count, whose)| format!("{count} {whose}"))
            .collect();
        let notes = if self.drafts.len() == 1 { "note" } else { "notes" };
        format!("{} {notes} to “{title}” ({})", self.drafts.len(), parts.join(", "))
    }
}

fn pass<'a>(session: &'a Session, step: Option<&str>) -> Result<&'a Pass, Failure> {
    let Some(step) = step else {
        return session.current().ok_or_else(|| {
            Failure::could_not("this session has not begun, so there is no step to add to")
                .help("go to the first step, then add the notes")
        });
    };
    let key = StepKey(step.to_owned());
    let Some(definition) = session.script.step(&key) else {
        let keys: Vec<&str> = session.agenda.iter().map(|entry| entry.key.0.as_str()).collect();
        return Err(Failure::usage(format!("this session has no step `{step}`"))
            .help(format!("its steps are: {}", keys.join(", "))));
    };
    let of_step = |pass: &&Pass| session.step(pass.step).is_some_and(|step| step.head.key == key);
    session.passes.iter().rfind(of_step).ok_or_else(|| {
        Failure::could_not(format!("the step “{}” has not begun yet", definition.head.title))
            .help("go to the step once, then add to it")
    })
}

fn found_side<'a>(session: &'a Session, name: &str) -> Result<&'a SideKey, Failure> {
    let wanted = name.trim().to_lowercase();
    let is_meant = |side: &&Side| {
        side.key.0.to_lowercase() == wanted
            || side.name.to_lowercase() == wanted
            || side.mark.to_lowercase().to_string() == wanted
    };
    session.sides.iter().find(is_meant).map(|side| &side.key).ok_or_else(|| {
        let names: Vec<&str> = session.sides.iter().map(|side| side.name.as_str()).collect();
        Failure::usage(format!("this session has no side `{name}`"))
            .help(format!("its sides are: {}", names.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Status;
    use crate::session::testing::Room;

    fn room() -> Room {
        Room::new().person("Anna", "purchasing").person("Bo", "sales").go("practices").go("pause")
    }

    #[test]
    fn a_list_becomes_notes_of_a_step_and_side() {
        let room = room();
        let text = "- Two people at every visit #people\n* @Bo ask first\n\n3. plain\n";
        let place = Place::new(room.session(), Some("practices"), None).unwrap();
        let notes = Notes::new(room.session(), place, text).unwrap();
        let told = notes.told(room.session());
        assert_eq!(told, "3 notes to “What do we do well?” (1 of Sales, 2 without a side)");
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
            let place = Place::new(room.session(), None, Some(side)).unwrap();
            let notes = Notes::new(room.session(), place, "@Anna one").unwrap();
            assert_eq!(notes.told(room.session()), "1 note to “Coffee” (1 of Sales)");
        }
    }

    #[test]
    fn input_has_its_limits() {
        let told = |failure: Failure| match failure {
            Failure::Told { status, text, .. } => (status, text),
            Failure::Shown { .. } | Failure::ReaderGone => panic!("{failure:?}"),
        };
        assert_eq!(read("\u{feff}one\n".as_bytes()).unwrap(), "one\n");
        assert_eq!(
            told(read(b"one\ntwo \xff\n".as_slice()).unwrap_err()),
            (Status::Input, "standard input, line 2: this is no text in UTF-8".to_owned())
        );
        assert_eq!(
            told(read(std::io::repeat(b'a')).unwrap_err()),
            (Status::Input, "that is more than 8 MiB of notes at once".to_owned())
        );
    }
}
