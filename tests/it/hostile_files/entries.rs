//! What reads foreign bytes, fed with any bytes at all, and what must hold whatever they are.
//!
//! The fuzz targets (`fuzz/`) and the ordinary tests call the same functions: each panics where a promise is broken.

use std::path::Path;
use std::sync::Arc;

use visavis::export::text;
use visavis::script;
use visavis::session::Shown;
use visavis::storage::journal::{self, Journal, Kind, Record};
use visavis::storage::medium::create_folders;
use visavis::storage::replace::replace;
use visavis::storage::sim::SimDisk;
use visavis::storage::{Places, Store, session_file};
use visavis::tui::input::Input;
use visavis::tui::input::decoder::Decoder;

/// A script: every mistake lies in the text, and a script without any reads back as it is written.
pub(crate) fn script(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match script::read(text) {
        Ok(reading) => {
            let written = script::options().to_string(&reading.script).expect("a script can be written");
            let again = script::read(&written).expect("what is written can be read");
            assert_eq!(again.script, reading.script);
        }
        Err(mistakes) => {
            assert!(!mistakes.list.is_empty());
            for mistake in mistakes.list {
                assert!(text.get(mistake.at.clone()).is_some(), "{:?} of {}", mistake.at, text.len());
                assert!(!mistake.what.is_empty());
            }
        }
    }
}

/// A session's file: what can be read makes sense, can be written, and reads back as it was.
pub(crate) fn session(bytes: &[u8]) {
    let path = Path::new("a.ron");
    match session_file::read(path, bytes) {
        Ok((session, unknowns)) => {
            let text = session_file::text(&session, &unknowns).expect("what was read can be written");
            let (again, unknown) = session_file::read(path, text.as_bytes()).expect("and read again");
            assert_eq!(again, session);
            assert_eq!(unknown.is_empty(), unknowns.is_empty());
        }
        Err(trouble) => assert!(!trouble.to_string().is_empty() && !trouble.advice().is_empty()),
    }
    // The same of a newer format, of which the damage is what isn't understood.
    let newer = String::from_utf8_lossy(bytes).replacen("format: 1", "format: 2", 1);
    if let Ok(held) = session_file::held(path, newer.as_bytes()) {
        assert!(held.session().sound().is_ok() && !text::minutes(Shown::from(held.session())).is_empty());
        assert_eq!(held.newer().is_some(), held.ours().is_err());
    }
}

/// A journal: no record reaches beyond the file, the damage is all that is left, and whatever is made of it is sound.
pub(crate) fn journal(bytes: &[u8]) {
    if let Ok(contents) = journal::read(bytes) {
        let payloads: usize = contents.records.iter().map(|record| record.payload.len()).sum();
        let damaged = contents.damage.map_or(0, |damage| damage.len);
        assert!(payloads + damaged <= bytes.len());
        assert!(contents.damage.is_none_or(|damage| damage.at + damage.len == bytes.len()));
    }
    opened(|disk, path| replace(disk, path, bytes, None).expect("room"));
}

/// What a journal's records say, a letter for the kind and the payload on each line: here all checksums are right.
pub(crate) fn records(bytes: &[u8]) {
    let records = bytes.split(|byte| *byte == b'\n').filter_map(|line| {
        let (kind, payload) = line.split_first()?;
        let kind = match kind {
            b'O' => Kind::Opened,
            b'F' => Kind::Frame,
            b'D' => Kind::Draft,
            b'C' => Kind::Checkpoint,
            _ => return None,
        };
        Some(Record { kind, payload })
    });
    let records: Vec<Record<'_>> = records.collect();
    opened(|disk, path| drop(Journal::create(disk, path, 7, &records, None).expect("room")));
}

/// Looks for open sessions on a disk that holds one journal.
fn opened(put: impl FnOnce(&SimDisk, &Path)) {
    let disk = SimDisk::new();
    let places = Places { library: "/library".into(), state: "/state".into() };
    create_folders(&disk, &places.journals()).expect("room");
    put(&disk, &places.journals().join("a.journal"));
    for open in Store::new(Arc::new(disk), places).open_sessions().expect("the folder can be listed") {
        assert_eq!(open.session.sound(), Ok(()));
    }
}

/// Bytes from a terminal: no control character is ever typed, and portions make no difference.
pub(crate) fn keys(bytes: &[u8]) {
    let whole = decoded(&[bytes]);
    let (first, second) = bytes.split_at(bytes.len() / 2);
    assert_eq!(decoded(&[first, second]), whole);
    for input in whole {
        if let Input::Key(key) = input {
            assert!(key.printable().is_none_or(|letter| !letter.is_control()), "{key}");
        }
    }
}

fn decoded(portions: &[&[u8]]) -> Vec<Input> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    portions.iter().for_each(|portion| decoder.feed(portion, &mut out));
    decoder.give_up(&mut out);
    out
}
