//! Going on after the program was killed, left, or taken to another machine: nothing that was shown as saved
//! is missing.

use crate::harness::{Home, Screen, Terminal, files};
use crate::play::{count, enter, go_on, leave, read, saved};
use std::fs;
use visavis::session::{Item, Session};
use visavis::timer::Countdown;

fn begin(home: &Home) -> Terminal {
    let args = ["run", "taste", "--with", "Ann:North, Bo:South"];
    let terminal = Terminal::builder().home(home).args(&args).spawn();
    saved(&terminal, "Round 1 of 2: Write (hidden)");
    terminal
}

/// Kills the program as soon as its draft is on the disk, and goes on.
fn killed_with_draft(mut terminal: Terminal, draft: &str) -> Terminal {
    terminal.type_text(draft).expect(draft);
    terminal.expect_on_disk(&terminal.home().state(), draft);
    killed(terminal)
}

fn killed(mut terminal: Terminal) -> Terminal {
    terminal.kill9();
    terminal.wait_exit();
    go_on(terminal.home())
}

#[test]
fn a_kill_at_any_point_loses_nothing_that_was_saved() {
    let home = Home::new();
    let mut terminal = begin(&home);
    enter(&mut terminal, "hidden in the north", "North  1 hidden");
    terminal.keys("Tab");
    enter(&mut terminal, "hidden in the south @Bo", "South  1 hidden");
    let mut terminal = killed_with_draft(terminal, "half a thought");
    let screen = saved(&terminal, "North  1 hidden");
    assert!(screen.contains("South  1 hidden") && screen.contains("half a thought"));
    let file = fs::read_to_string(home.session()).unwrap();
    assert!(!file.contains("hidden in the"), "what is hidden stands in no file of the library");
    terminal.keys("PageDown").expect("Reveal the notes");
    terminal.keys("Enter").expect("hidden in the north");
    terminal.keys("PageDown").expect("Enter adds a topic");
    enter(&mut terminal, "How we hide", "Topics  1");
    terminal.keys("PageDown").expect("topic 1 of 1");
    enter(&mut terminal, "well", "N 1 written, hidden");
    terminal.keys("Tab");
    enter(&mut terminal, "badly", "S 1 written, hidden");
    let mut terminal = killed(terminal);
    terminal.wait_for(|screen| count(screen, "1 written, hidden") == 2);
    terminal.keys("C-r").expect("Not everything is written yet");
    terminal.keys("Down Enter").expect("badly");
    terminal.keys("4").expect("hidden strength");
    saved(&terminal, "hidden strength");
    let mut terminal = killed(terminal);
    saved(&terminal, "hidden strength");
    terminal.keys("PageDown").expect("Enter begins the silence");
    terminal.keys("Enter").expect_gone("Enter begins");
    terminal.expect_on_disk(&home.state(), "SilenceBegan");
    let mut terminal = killed(terminal);
    terminal.expect("What surprised me, and what will I do with it?");
    assert!(!terminal.screen().contains("Enter begins"), "it is still being kept");
    terminal.keys("PageDown C-p").expect("Make the silence shorter, or end it");
    terminal.type_text("end").keys("Enter").expect("▸ Keep the silence");
    terminal.keys("Down Down Down Enter").expect("One sentence each");
    enter(&mut terminal, "I see it", "I see it");
    terminal.keys("PageDown").expect("Decision ▸");
    enter(&mut terminal, "We hide less", "How ▸");
    enter(&mut terminal, "lead", "Objection ▸");
    let mut terminal = killed_with_draft(terminal, "somebody would miss it");
    saved(&terminal, "We hide less");
    terminal.expect("Objection ▸ somebody would miss it");
    terminal.keys("PageDown").expect("1 to 5 and a word");
    enter(&mut terminal, "5 4", "2 ratings");
    let mut terminal = killed(terminal);
    saved(&terminal, "2 ratings");
    terminal.keys("F3").expect("Agenda");
    terminal.keys("Up Up Up Up Enter").expect("▸ half a thought");
    leave(&mut terminal);
    holds_what_was_saved(&read(&home.session()));
}

fn holds_what_was_saved(session: &Session) {
    let notes: Vec<&str> = session.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["hidden in the north", "hidden in the south"]);
    assert!(session.notes.iter().next_back().unwrap().author.is_some());
    let entries: Vec<&str> = session.entries.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(entries, ["well", "badly"]);
    assert_eq!(session.judgements.len(), 1);
    assert_eq!(
        session.insights.iter().map(|insight| insight.text.as_str()).collect::<Vec<_>>(),
        ["I see it"]
    );
    let decisions: Vec<_> = session.decisions.iter().map(|made| made.draft().statement).collect();
    assert_eq!(decisions, ["We hide less"], "a draft is no decision");
    let scores: Vec<_> = session.ratings.iter().map(|rating| rating.score).collect();
    assert_eq!(scores, [Some(5), Some(4)]);
}

/// However the program ends, what it showed as saved is there, and so is the line.
#[test]
fn every_end_of_the_program_keeps_the_session() {
    let ends: [fn(&mut Terminal); 3] = [Terminal::kill9, Terminal::terminate, Terminal::hang_up];
    for end in ends {
        let home = Home::new();
        let mut terminal = begin(&home);
        enter(&mut terminal, "a note", "North  1 hidden");
        terminal.type_text("a draft").expect("▸ a draft");
        terminal.expect_on_disk(&home.state(), "a draft");
        end(&mut terminal);
        terminal.wait_exit();
        let terminal = go_on(&home);
        saved(&terminal, "North  1 hidden");
        terminal.expect("▸ a draft");
    }
}

#[test]
fn time_goes_on_where_it_was() {
    let home = Home::new();
    let mut terminal = begin(&home);
    let countdown = |terminal: &mut Terminal, extra: i64| -> Countdown {
        terminal.keys("C-e C-s");
        terminal.expect_on_disk(&home.session(), &format!("extra: {extra}"));
        read(&home.session()).passes[0].rounds[0].countdown
    };
    let before = countdown(&mut terminal, 60);
    assert!(before.is_running() && before.spent == 0);
    let mut terminal = killed(terminal);
    saved(&terminal, "Round 1 of 2");
    let after = countdown(&mut terminal, 120);
    assert_eq!(Countdown { extra: 60, ..after }, before, "it ran on meanwhile");
    terminal.keys("C-t").expect("paused");
    let before = countdown(&mut terminal, 180);
    assert!(!before.is_running() && before.spent > 0);
    let mut terminal = killed(terminal);
    saved(&terminal, "paused");
    let after = countdown(&mut terminal, 240);
    assert_eq!(Countdown { extra: 180, ..after }, before, "it stood still meanwhile");
}

#[test]
fn a_second_program_shows_what_the_first_saves_and_changes_nothing() {
    const ONLY_SHOWN: &str = "Another program runs this session; this one only shows it.";
    let home = Home::new();
    let mut first = begin(&home);
    let mut second = go_on(&home);
    second.expect(ONLY_SHOWN);
    enter(&mut first, "undisturbed", "North  1 hidden");
    let screen = second.expect("North  1 hidden");
    assert!(!screen.contains("undisturbed") && !screen.contains("saved"), "{:?}", screen.rows());
    second.type_text("not here").keys("Enter C-t Delete F1").expect("Esc");
    second.keys("Esc").expect(ONLY_SHOWN);
    assert!(!second.screen().contains("not here"));
    first.keys("C-r").expect("Nothing yet from South");
    first.keys("Down Enter").expect("1 undisturbed");
    second.expect("1 undisturbed");
    second.type_text("nor here").expect(ONLY_SHOWN);
    leave(&mut first);
    second.expect("The other program has ended.");
    second.keys("F6");
    saved(&second, "1 undisturbed");
    enter(&mut second, "with a lock again", "with a lock again");
}

/// The system alone tells those who follow that the program they follow is no more.
#[test]
fn of_those_who_follow_a_program_that_is_killed_one_goes_on() {
    const ENDED: &str = "The other program has ended. F6 goes on with the session here.";
    let home = Home::new();
    let mut first = begin(&home);
    enter(&mut first, "one", "North  1 hidden");
    let mut followers: Vec<Terminal> = (0..6).map(|_| go_on(&home)).collect();
    for follower in &followers {
        follower.expect("Another program runs this session");
    }
    enter(&mut first, "two", "North  2 hidden");
    for follower in &followers {
        follower.expect("North  2 hidden");
    }
    first.type_text("half a thought");
    first.expect_on_disk(&home.state(), "half a thought");
    first.kill9();
    first.wait_exit();
    for follower in &followers {
        follower.expect(ENDED);
    }
    let (two, others) = followers.split_at_mut(2);
    for follower in &mut *two {
        follower.keys("F6");
    }
    let goes_on = |screen: &Screen| screen.contains("all saved");
    let shows = |screen: &Screen| {
        screen.contains("goes on with this session already") || screen.contains("this one only shows it")
    };
    for follower in &*two {
        follower.wait_for(|screen| goes_on(screen) || shows(screen));
    }
    let went_on: Vec<bool> = two.iter().map(|follower| goes_on(&follower.screen())).collect();
    assert_eq!(went_on.iter().filter(|went_on| **went_on).count(), 1);
    let one = usize::from(went_on[1]);
    saved(&two[one], "▸ half a thought");
    two[one].keys("C-u");
    enter(&mut two[one], "three", "North  3 hidden");
    for follower in others.iter().chain([&two[1 - one]]) {
        follower.wait_for(|screen| screen.contains("North  3 hidden") && shows(screen));
    }
}

#[test]
fn drafts_wait_in_their_steps() {
    let home = Home::new();
    let mut terminal = begin(&home);
    terminal.type_text("one for the notes").keys("F3").expect("Agenda");
    terminal.keys("End Enter").expect("1 to 5 and a word");
    terminal.type_text("4 one for the end").expect("▸ 4 one for the end");
    terminal.keys("F3 Home Enter").expect("▸ one for the notes");
    leave(&mut terminal);
    let mut terminal = go_on(&home);
    terminal.expect("▸ one for the notes");
    terminal.keys("F3 End Enter").expect("▸ 4 one for the end");
    terminal.keys("Enter");
    saved(&terminal, "1 rating");
    let mut terminal = killed(terminal);
    saved(&terminal, "1 to 5 and a word");
    terminal.keys("F3 Home Enter").expect("▸ one for the notes");
}

/// A change that was begun waits in its step, as a draft does, and over the end of the program too.
#[test]
fn a_change_that_was_begun_waits_in_its_step() {
    let home = Home::new();
    let mut terminal = begin(&home);
    terminal.keys("PageDown").expect("Round 2 of 2: Look together");
    enter(&mut terminal, "a not", "1 a not");
    terminal.keys("Esc e").expect("Change ▸ a not");
    terminal.type_text("e").expect("Change ▸ a note");
    terminal.keys("PageDown").expect("Enter adds a topic");
    terminal.keys("PageUp").expect("Change ▸ a note");
    let mut terminal = killed_with_draft(terminal, " that was hea");
    terminal.expect("Change ▸ a note that was hea");
    terminal.type_text("rd").keys("Enter");
    saved(&terminal, "1 a note that was heard");
}

/// What a newer program or a person wrote into the file, on a machine that has no journal of the session.
#[test]
fn unknown_fields_survive_going_on() {
    let home = Home::new();
    let mut terminal = begin(&home);
    enter(&mut terminal, "one", "North  1 hidden");
    terminal.keys("C-r").expect("Nothing yet from South");
    terminal.keys("Down Enter").expect("1 one");
    leave(&mut terminal);
    let file = home.session();
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replacen("format: 1,", "format: 1,\n    mood: Sunny(warm: true),", 1);
    let text = text.replacen("text: \"one\",", "text: \"one\",\n            weather: [\"rain\", 7],", 1);
    fs::write(&file, text).unwrap();
    fs::remove_dir_all(home.state()).unwrap();
    for note in ["two", "three"] {
        let mut terminal = go_on(&home);
        terminal.expect("1 one");
        enter(&mut terminal, note, &format!(" {note}"));
        leave(&mut terminal);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.matches("mood: Sunny(warm: true)").count(), 1, "{text}");
        let block = text.split("text: \"one\"").nth(1).unwrap().split("text:").next().unwrap();
        let block: String = block.split_whitespace().collect();
        assert!(block.contains("weather:[\"rain\",7"), "{block}");
    }
    assert_eq!(read(&file).notes.len(), 3);
}

/// A file that somebody changed while a program had it open: nothing is lost, and it is said.
#[test]
fn a_file_that_was_changed_meanwhile_is_kept_and_told() {
    let home = Home::new();
    let mut terminal = begin(&home);
    leave(&mut terminal);
    let file = home.session();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("A taste of", "My taste of", 1)).unwrap();
    let mut terminal = go_on(&home);
    terminal.expect("Before you go on");
    terminal.expect(".outside.ron");
    terminal.keys("Enter").expect_gone("Before you go on");
    saved(&terminal, "A taste of cross-learning");
    let outside = files(&home.library()).into_iter().find(|path| path.to_string_lossy().contains(".outside"));
    assert!(fs::read_to_string(outside.unwrap()).unwrap().contains("My taste of"));
}
