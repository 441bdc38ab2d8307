//! `visavis doctor`: exact output and exit status, over folders with something wrong in them.

use std::fs;
use std::path::Path;

use crate::harness::{Home, visavis};

const FILE: &str = "2026-11-22-purchasing-meets-sales.ron";

/// A home with a sound session in its library.
fn home() -> Home {
    let home = Home::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/samples");
    fs::create_dir_all(home.library()).unwrap();
    fs::copy(samples.join("purchasing-meets-sales.ron"), home.library().join(FILE)).unwrap();
    home
}

/// What it says, with the home folder left out, and how it leaves.
#[track_caller]
fn doctor(home: &Home, args: &[&str]) -> (String, i32) {
    let args: Vec<&str> = ["doctor"].iter().chain(args).copied().collect();
    let output = visavis(&args).home(home).run();
    assert_eq!(output.stderr, "");
    let folder = home.path().canonicalize().unwrap();
    let told = output.stdout.replace(&folder.display().to_string(), "~");
    (told.replace(&home.path().display().to_string(), "~"), output.status.unwrap())
}

fn damage(home: &Home) {
    let file = home.library().join(FILE);
    let text = fs::read_to_string(&file).unwrap();
    fs::copy(&file, home.library().join(format!("{FILE}.previous"))).unwrap();
    fs::write(&file, &text[..text.len() / 2]).unwrap();
    fs::write(home.library().join("broken.ron"), "Session(\n    format: 1,\n    id: \x1b,\n)").unwrap();
}

#[test]
fn a_library_in_order_is_well() {
    assert_eq!(doctor(&home(), &[]), ("1 session and 0 journals looked at: all is well\n".to_owned(), 0));
    insta::assert_snapshot!(doctor(&Home::new(), &[]).0, @r#"
    told: the library "~/data/visavis/sessions" is not there yet
      the first session makes it
    0 sessions and 0 journals looked at: all is well
    "#);
}

#[test]
fn what_is_wrong_is_told_with_what_to_do_and_put_right_when_asked() {
    let home = home();
    damage(&home);
    let (told, status) = doctor(&home, &[]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told);
    let damaged = fs::read(home.library().join(FILE)).unwrap();
    let (told, status) = doctor(&home, &["--repair"]);
    assert_eq!(status, 1, "what only a person can mend is still wrong");
    insta::assert_snapshot!(told);
    assert_eq!(fs::read(home.library().join("aside").join(FILE)).unwrap(), damaged);
    fs::remove_file(home.library().join("broken.ron")).unwrap();
    let (told, status) = doctor(&home, &["--repair"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(told);
    assert_eq!(visavis(&["show", "last"]).home(&home).run().status, Some(0));
}

#[test]
fn all_of_it_put_right_leaves_well() {
    let home = home();
    damage(&home);
    fs::remove_file(home.library().join("broken.ron")).unwrap();
    assert_eq!(doctor(&home, &["--repair"]).1, 0);
    assert_eq!(doctor(&home, &[]).1, 0);
}

#[test]
fn programs_are_told_in_json() {
    let home = home();
    damage(&home);
    let (told, status) = doctor(&home, &["--format", "json"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told);
}

#[test]
fn a_named_library_that_is_not_there_is_wrong() {
    let (told, status) = doctor(&home(), &["--library", "/nowhere/at/all"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told, @r#"
    wrong: couldn't look into the folder "/nowhere/at/all": it is not there
      connect its disk, or name another folder with --library
    0 sessions and 0 journals looked at: 1 thing is wrong
    "#);
}

#[test]
fn keys_that_cannot_be_used_are_told() {
    let home = home();
    let settings = home.path().join("config/visavis");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("keys.ron"), "{ \"dance\": [\"F9\"] }").unwrap();
    let (told, status) = doctor(&home, &[]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told, @r#"
    wrong: "~/config/visavis/keys.ron" has keys that can't be used
      `visavis keys` tells more
    1 session and 0 journals looked at: 1 thing is wrong
    "#);
}

#[cfg(unix)]
#[test]
fn a_session_that_runs_is_left_alone_and_one_that_was_killed_is_put_right() {
    use crate::harness::Terminal;
    let home = Home::new();
    let mut terminal = Terminal::builder().home(&home).args(&["run", "taste", "--with", "Ann:North"]).spawn();
    terminal.expect("all saved");
    let (told, status) = doctor(&home, &["--repair"]);
    assert_eq!(status, 0);
    assert!(told.contains("is running in another program\n  it is left alone\n"), "{told}");
    terminal.type_text("north").keys("Enter").expect("North  1 hidden");
    terminal.expect("all saved");
    terminal.keys("C-r").expect("Reveal");
    terminal.kill9();
    terminal.wait_exit();
    let (told, _) = doctor(&home, &["--repair"]);
    assert!(!told.contains("running"), "a lock that nobody holds any more is no obstacle: {told}");
    assert_eq!(doctor(&home, &[]).1, 0);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for_and_is_told() {
    let home = home();
    for (name, to) in [("device.ron", Path::new("/dev/zero")), ("folder.ron", home.path())] {
        std::os::unix::fs::symlink(to, home.library().join(name)).unwrap();
    }
    let (told, status) = doctor(&home, &["--repair"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told, @r#"
    wrong: couldn't read "~/data/visavis/sessions/device.ron": it is not an ordinary file
      move it out of the library, where only files belong
    wrong: couldn't read "~/data/visavis/sessions/folder.ron": it is not an ordinary file
      move it out of the library, where only files belong
    3 sessions and 0 journals looked at: 2 things are wrong
    "#);
}
