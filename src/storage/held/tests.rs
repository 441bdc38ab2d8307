//! What a newer program writes is shown as far as it is understood, and never becomes one to be written.

use super::*;
use crate::session::testing::Room;
use crate::storage::session_file;

fn text() -> String {
    let room = Room::new()
        .go("practices")
        .person("Ann", "sales")
        .note("sales", "We visit once a month")
        .note("sales", "We \"ask\" first, (always)")
        .reveal()
        .on_to_decisions("Ann");
    let file = room.shown().to_file();
    session_file::text(&file, &Unknowns::default()).unwrap().replacen("format: 1", "format: 2", 1)
}

fn held(text: &str) -> Result<Held, Trouble> {
    session_file::held(Path::new("/library/a.ron"), text.as_bytes())
}

/// The newer file with something changed in it, as far as it is understood.
#[track_caller]
fn newer(from: &str, to: &str) -> (Session, usize) {
    let text = text();
    assert!(text.contains(from), "{from} in {text}");
    match held(&text.replacen(from, to, 1)) {
        Ok(Held::Newer(read_only)) => (read_only.session, read_only.newer.left_out),
        other => panic!("{other:?}"),
    }
}

fn whole() -> Session {
    newer("format: 2", "format: 2").0
}

#[test]
fn what_is_understood_is_all_there() {
    let (session, left_out) = newer("format: 2", "format: 2");
    let ours = Session { format: 1, ..session };
    let text = text().replacen("format: 2", "format: 1", 1);
    assert_eq!(held(&text).unwrap().ours().unwrap().0, ours);
    assert_eq!(left_out, 0);
}

#[test]
fn the_least_that_can_go_is_left_out() {
    let note = "        (\n            id: ";
    let list = |text: &str| text.find("    notes: [").map(|at| at + "    notes: [\n".len()).unwrap();
    let with_note = |note: &str| {
        let mut text = text();
        text.insert_str(list(&text), &format!("        {note},\n"));
        match held(&text).unwrap() {
            Held::Newer(read_only) => (read_only.session, read_only.newer.left_out),
            Held::Ours(..) => panic!("{text}"),
        }
    };
    assert!(text().contains(note));
    // A note of another kind, and one with a part of another kind.
    for strange in ["Drawing(lines: [(0, 1), (2, 3)])", "(id: 5, strokes: \"]\")", "\"just a text\""] {
        assert_eq!(with_note(strange), (whole(), 1), "{strange}");
    }
    assert_eq!(newer("We visit once a month\",", "We visit once a month\", color: Red,"), (whole(), 1));
    let (session, left_out) =
        newer("side: \"sales\",\n            made", "side: Both([Sales]),\n            made");
    let sides: Vec<bool> = session.notes.iter().map(|note| note.side.is_some()).collect();
    assert_eq!((sides, left_out), (vec![false, true], 1));
    // A setting of another shape.
    let (session, left_out) = newer("            field: \"SRM\",", "            field: [\"SRM\", \"CRM\"],");
    assert_eq!((session.sides.len(), session.script, left_out), (2, whole().script, 1));
}

#[test]
fn what_stood_in_a_step_that_is_not_understood_goes_with_it() {
    let (session, left_out) = newer("            Brainstorm(", "            Brainwalk(");
    assert_eq!((session.script.steps.len(), session.agenda.len()), (5, 5));
    assert!(session.notes.is_empty() && session.entries.len() == 1 && session.decisions.len() == 1);
    // The step, its entry, its pass, and two notes.
    assert_eq!(left_out, 5);
    assert_eq!(session.sound(), Ok(()));
}

#[test]
fn what_is_not_understood_is_never_less_secret() {
    let before = "We visit once a month\",";
    let (session, left_out) = newer(before, &format!("{before} confidential: For([\"sales\"]),"));
    assert_eq!((session.notes.len(), left_out), (1, 1));
    for name in ["confidential", "anonymous"] {
        let trouble = held(&text().replacen("format: 2,", &format!("format: 2, {name}: Partly,"), 1));
        assert!(matches!(trouble, Err(Trouble::Newer { format: 2, .. })), "{trouble:?}");
    }
}

#[test]
fn too_little_is_refused_and_damage_is_told_with_its_place() {
    for strange in [
        "Session(format: 2, sails: [Jib])".to_owned(),
        "Meeting(format: 2)".to_owned(),
        text().replacen("status: ", "state: ", 1),
        text().replacen("title: ", "titles: ", 1),
        // It would name people in a session without names.
        text().replacen("format: 2,", "format: 2, anonymous: true,", 1),
    ] {
        let trouble = held(&strange).unwrap_err();
        assert!(matches!(trouble, Trouble::Newer { format: 2, .. }), "{trouble}");
    }
    let trouble = held(&text().replacen("    notes: [", "    notes: [,", 1)).unwrap_err();
    assert!(
        matches!(trouble, Trouble::Unreadable { .. }) && trouble.to_string().contains("line "),
        "{trouble}"
    );
}

#[test]
fn it_cannot_be_gone_on_with_and_says_why() {
    let held = held(&text().replacen("            Brainstorm(", "            Brainwalk(", 1)).unwrap();
    let newer = held.newer().unwrap();
    assert_eq!(
        format!("It {newer}. {}", newer.advice()),
        "It was written by a newer visavis (format 2), so it is read-only; 5 things in it aren't understood and \
         are left out. Open it with that visavis, or a newer one, to see all of it."
    );
    assert!(held.script().is_err());
    let trouble = held.ours().unwrap_err();
    assert_eq!(trouble.to_string(), "\"/library/a.ron\" was written by a newer visavis (format 2)");
    let whole = session_file::held(Path::new("a.ron"), text().as_bytes()).unwrap();
    assert!(whole.script().is_ok() && whole.newer().unwrap().to_string().ends_with("read-only"));
}
