//! `sessions/samples/`: every recorded session still opens, is sound, and is written just as it stands.

use crate::harness::visavis;
use std::path::{Path, PathBuf};
use visavis::storage::{Disk, session_file};

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty() && paths.iter().all(|path| path.extension().is_some_and(|end| end == "ron")));
    paths
}

#[test]
fn every_sample_is_sound_and_saved_as_it_was_read() {
    for path in samples() {
        let text = std::fs::read_to_string(&path).unwrap();
        let (session, unknown) = session_file::read(&path, text.as_bytes()).unwrap();
        session.sound().unwrap();
        let saved = session_file::text(&session, &unknown).unwrap();
        let differing = text.lines().zip(saved.lines()).position(|(old, new)| old != new);
        assert!(
            text == saved,
            "{}: line {:?} is saved in another way",
            path.display(),
            differing.map(|at| at + 1)
        );
        let (again, _) = session_file::load(&Disk, &path).unwrap();
        assert_eq!(again, session);
    }
}

#[test]
fn the_minutes_of_every_sample_read_well() {
    for path in samples() {
        let output = visavis(&["show", path.to_str().unwrap()]).run();
        assert_eq!((output.status, output.stderr.as_str()), (Some(0), ""), "{}", path.display());
        let name = path.file_stem().unwrap().to_str().unwrap();
        insta::assert_snapshot!(format!("minutes_of_{name}"), output.stdout);
    }
}
