//! The file of a session: how it is read and written.
//!
//! Owns what makes a file acceptable. Never decides when it is written.

use std::path::Path;

use super::failed::{Act, Doing};
use super::held::{Held, ReadOnly};
use super::kept::{self, Unknowns, Unwritable};
use super::medium::Medium;
use super::trouble::{Advised, Trouble};
use crate::session::{FORMAT, Session};

/// What a file's value is called.
const NAME: &str = "Session";

/// Reads a session to go on with, and what a newer program wrote into it.
///
/// # Errors
/// [`Trouble`] that names the file, and the line and column where that makes sense; [`Trouble::Newer`] also where
/// it could be looked at.
pub fn load(medium: &dyn Medium, path: &Path) -> Result<(Session, Unknowns), Trouble> {
    read(path, &bytes(medium, path)?)
}

/// Reads a session to look at.
///
/// # Errors
/// As [`load`], but for a newer format only where too little of it is understood.
pub fn look(medium: &dyn Medium, path: &Path) -> Result<Held, Trouble> {
    held(path, &bytes(medium, path)?)
}

pub(super) fn bytes(medium: &dyn Medium, path: &Path) -> Result<Vec<u8>, Trouble> {
    medium
        .read(path, medium.largest())
        .doing(Act::Read, path)
        .advised("`visavis list` shows the sessions there are.")
}

/// Makes a session to go on with of the bytes of the file at `path`. A newer format is told as such, whether
/// the file can be read or not: what it means, this program cannot know.
///
/// # Errors
/// As [`load`].
pub fn read(path: &Path, bytes: &[u8]) -> Result<(Session, Unknowns), Trouble> {
    let unreadable = |place| Trouble::unreadable(path, place);
    let loaded = kept::load::<Session>(bytes);
    // Only where the whole can't be read, its format is looked for by itself.
    let format = match &loaded {
        Ok((session, _)) => Some(session.format),
        Err(_) => kept::format_of(bytes).map_err(unreadable)?,
    };
    match format {
        Some(0) => return Err(unreadable(kept::Unreadable::no_format())),
        Some(format) if format > FORMAT => return Err(Trouble::Newer { path: path.to_path_buf(), format }),
        Some(_) | None => {}
    }
    let (session, unknowns) = loaded.map_err(unreadable)?;
    session.sound().map_err(|what| Trouble::unsound(path, what))?;
    Ok((session, unknowns))
}

/// Makes a session of the bytes of the file at `path`; of a newer format, only what is understood of it.
///
/// # Errors
/// As [`look`].
pub fn held(path: &Path, bytes: &[u8]) -> Result<Held, Trouble> {
    match read(path, bytes) {
        Ok((session, unknowns)) => Ok(Held::Ours(session, unknowns)),
        Err(Trouble::Newer { path, format }) => {
            ReadOnly::of(&path, bytes, format).map(Held::Newer).ok_or(Trouble::Newer { path, format })
        }
        Err(trouble) => Err(trouble),
    }
}

/// The text of a session's file: each field a line, each thing that people wrote a block.
///
/// # Errors
/// Where it couldn't be read again.
pub fn text(session: &Session, unknowns: &Unknowns) -> Result<String, Unwritable> {
    kept::save(NAME, session, unknowns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{Room, decision, note};
    use crate::session::{DecisionDraft, Draft, MOST_OBJECTIONS, MOST_TAGS, NoteDraft, Request};
    use crate::storage::meter::from_json;

    fn session() -> Session {
        let room = Room::new()
            .go("practices")
            .person("Ann", "sales")
            .note("sales", "We visit\nonce a month \u{1b}[31m \"quoted\" \\ \u{202e}")
            .on_to_decisions("Ann");
        room.session().clone()
    }

    fn path() -> &'static Path {
        Path::new("/library/a.ron")
    }

    fn trouble(text: &str) -> String {
        read(path(), text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_session_is_read_as_it_was_written_with_or_without_a_mark_before_it() {
        let session = session();
        let text = text(&session, &Unknowns::default()).unwrap();
        assert!(!text.contains('\u{1b}'), "what acts on a terminal is written as a sign");
        for text in [text.clone(), format!("\u{feff}{text}"), text.replace('\n', "\r\n")] {
            let (again, unknowns) = read(path(), text.as_bytes()).unwrap();
            assert!(again == session && unknowns.is_empty());
        }
        assert_eq!(super::text(&session, &Unknowns::default()).unwrap(), text);
    }

    #[test]
    fn one_more_note_is_one_more_block() {
        let room = Room::new().go("practices").note("sales", "one");
        let before = text(room.session(), &Unknowns::default()).unwrap();
        let after = text(room.note("sales", "two").session(), &Unknowns::default()).unwrap();
        let known: Vec<&str> = before.lines().collect();
        let added: Vec<&str> = after.lines().filter(|line| !known.contains(line)).collect();
        assert_eq!(added.len(), 2, "its id and its text: {added:?}");
        assert!(after.lines().count() - before.lines().count() > 5);
    }

    #[test]
    fn as_much_as_people_can_write_in_few_bytes_is_read_again() {
        let mut room = Room::new().go("practices");
        let tags: Vec<String> = ('a'..).take(MOST_TAGS).map(String::from).collect();
        for _ in 0..3 {
            let Draft::Note(plain) = note("sales", "x") else { panic!("a note") };
            let thick = Draft::Note(NoteDraft { tags: tags.clone(), ..plain });
            room = room.does(Request::Add { to: None, drafts: vec![thick; 5_000] });
        }
        room = room.go("decide");
        let Draft::Decision(plain) = decision("x", "Ann") else { panic!("a decision") };
        let objections = vec!["a".to_owned(); MOST_OBJECTIONS];
        let thick = Draft::Decision(DecisionDraft { objections, ..plain });
        room = room.does(Request::Add { to: None, drafts: vec![thick; 5_000] });
        let session = room.session();
        let text = text(session, &Unknowns::default()).unwrap();
        assert!(read(path(), text.as_bytes()).unwrap().0 == *session);
        let json = serde_json::to_vec(session).unwrap();
        assert!(from_json::<Session>(&json).unwrap() == *session, "and so is what journals begin with");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let good = text(&session(), &Unknowns::default()).unwrap();
        let line = good.lines().position(|line| line.contains("status: Open")).unwrap() + 1;
        let told = trouble(&good.replace("status: Open", "status: Opened"));
        assert!(
            told.starts_with(&format!("couldn't read \"/library/a.ron\", line {line}, column ")),
            "{told}"
        );
        assert!(trouble(&good.replacen("key: \"practices\"", "key: \"practises\"", 1)).contains("practises"));
        assert!(trouble("").contains("line 1"));
        assert!(trouble("Session(format: 99, what: \"ever\")").contains("newer visavis (format 99)"));
        assert!(trouble(&good.replacen("format: 1", "format: \"one\"", 1)).contains("format"));
    }
}
