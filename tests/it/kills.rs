//! Kills at random moments of a real program on the real disk: nothing is lost that was shown as saved, a change
//! is there whole or not at all, and of the line being typed at most the last second is gone.
//!
//! Moments are chosen by chance from what the program does: a byte that it writes, a change on the disk. They come
//! from one seed, which is printed; `VISAVIS_PROOF_SEED=7` runs with another.

use crate::harness::{Home, Screen, Terminal, seed, sessions};
use crate::play::{GO_ON, RUN_LONG, put_long_script, read, texts};
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::{Duration, Instant};
use visavis::random::SeededRandom;
use visavis::storage::{Disk, Store};

/// What stands before a line, and in it as long as it is empty.
#[derive(Clone, Copy)]
struct Line(&'static str, &'static str);

/// The line of the step.
const STEP: Line = Line("North ▸", "a note; #tag and @name if you like");

/// The line of the parking lot, which lies over the session.
const PARKING: Line = Line("Park ▸", "a thought for later, one a line");

/// What stands over what is told of what was found.
const TOLD: &str = "Before you go on";

/// How long a busy machine may take to write down a line whose last second may go.
const SOON: Duration = Duration::from_secs(3);

/// Kills in one session: then the next one begins.
const KILLS: usize = 25;

#[test]
fn fifty_kills_lose_nothing() {
    kill(50);
}

#[test]
#[ignore = "takes minutes; tests/README.md tells how to run it"]
fn deep_kills_lose_nothing() {
    kill(1000);
}

/// Kills so often, two sessions at a time.
fn kill(times: usize) {
    let seed = seed();
    println!("seed {seed}");
    let mut told = BTreeMap::new();
    let mut slowest = Duration::ZERO;
    let sessions: Vec<u64> = (0..).take(times / KILLS).collect();
    for pair in sessions.chunks(2) {
        let stories: Vec<Story> = std::thread::scope(|scope| {
            let lives: Vec<_> =
                pair.iter().map(|session| scope.spawn(move || Story::lived(seed << 32 | session))).collect();
            lives.into_iter().map(|life| life.join().unwrap_or_else(|lost| resume_unwind(lost))).collect()
        });
        for story in stories {
            slowest = slowest.max(story.slowest);
            story.told.into_iter().for_each(|(what, count)| *told.entry(what).or_insert(0) += count);
        }
    }
    let kinds: Vec<String> = told.iter().map(|(what, count)| format!("{count} {what}")).collect();
    println!("kills: {times} ({}); losses: 0; the slowest draft took {slowest:?}", kinds.join(", "));
    assert_eq!(told.values().sum::<usize>(), times);
}

/// What is asked of the program.
#[derive(Debug, Clone)]
enum Ask {
    Note(String),
    /// Many notes of one command.
    List(Vec<String>),
    /// Takes back the newest command of this run.
    Undo,
    /// Writes the session's file, and then a note.
    Save(String),
}

/// What was typed in a line when the program was killed.
#[derive(Debug, Default)]
struct Typed {
    /// What the line may say when the program runs again.
    whole: String,
    /// What of that must be there.
    kept: String,
    /// What was taken out of the line in the life before: that may have been in its last second.
    cleared: String,
}

impl Typed {
    /// Looks at the line of a program that runs again, and empties it.
    fn is_there(&mut self, terminal: &mut Terminal, line: Line) {
        let Self { whole, kept, cleared } = std::mem::take(self);
        let now = typed(&terminal.screen(), line);
        let is_typed = whole.starts_with(&now) && now.starts_with(&kept);
        assert!(
            is_typed || kept.is_empty() && now == cleared,
            "{now:?} is left of {whole:?}, of which {kept:?} was kept, and of {cleared:?}"
        );
        if !now.is_empty() {
            terminal.keys("C-u").wait_for(|screen| typed(screen, line).is_empty());
            self.cleared = now;
        }
    }
}

/// One session, killed again and again.
struct Story {
    home: Home,
    chance: SeededRandom,
    /// The notes that are there for certain.
    notes: Vec<String>,
    /// How many there were before each command of this run.
    undo: Vec<usize>,
    line: Typed,
    /// What was typed in the parking lot.
    parking: Typed,
    number: usize,
    slowest: Duration,
    told: BTreeMap<&'static str, usize>,
}

impl Story {
    fn lived(seed: u64) -> Self {
        let home = Home::new();
        put_long_script(&home);
        let mut story = Self {
            home,
            chance: SeededRandom::new(seed),
            notes: Vec::new(),
            undo: Vec::new(),
            line: Typed::default(),
            parking: Typed::default(),
            number: 0,
            slowest: Duration::ZERO,
            told: BTreeMap::new(),
        };
        for _ in 0..KILLS {
            let what = story.live_and_die();
            *story.told.entry(what).or_insert(0) += 1;
        }
        story
    }

    /// Runs the program until it is killed; tells where that was.
    fn live_and_die(&mut self) -> &'static str {
        let mut terminal = self.start();
        self.undo.clear();
        let way = self.chance.below(6);
        if way == 0 {
            return self.die_starting(terminal);
        }
        self.arrive(&mut terminal);
        for _ in 0..self.chance.below(3) {
            let ask = self.ask();
            self.send(&mut terminal, &ask);
            let notes = self.after(&ask);
            terminal.wait_for(|screen| shows(screen, &notes));
            self.granted(&ask, notes);
        }
        if way == 1 { self.die_typing(terminal) } else { self.die_asking(terminal) }
    }

    fn start(&self) -> Terminal {
        let args = if self.found().is_some() { GO_ON.as_slice() } else { &RUN_LONG };
        Terminal::builder().home(&self.home).args(args).spawn()
    }

    /// Killed while it reads what there is, writes its journal anew, or draws for the first time.
    fn die_starting(&mut self, mut terminal: Terminal) -> &'static str {
        let notes = self.notes.clone();
        let there = self.found().is_some();
        self.kill(&mut terminal, 14, 6000, |screen| shows(screen, &notes) || is_before_it(screen));
        let saved = there || was_shown(&terminal, &notes);
        match self.found() {
            Some(found) => assert_eq!(found, notes),
            None => assert!(!saved, "the session is gone"),
        }
        self.files_are_whole();
        "while starting"
    }

    /// Killed while a line is typed, of which a part is on the disk, or which has only just been begun.
    fn die_typing(&mut self, mut terminal: Terminal) -> &'static str {
        let (kept, more) = (self.text(), self.text());
        let [waits, over] = [(); 2].map(|()| self.chance.below(2) == 0);
        if over {
            terminal.keys("C-f").expect(PARKING.1);
        }
        terminal.type_text(&kept);
        if waits {
            terminal.expect(&kept);
            let begun = Instant::now();
            terminal.expect_on_disk(&self.home.state(), &kept);
            self.slowest = self.slowest.max(begun.elapsed());
            assert!(begun.elapsed() < SOON, "a line is written down within a second");
        }
        terminal.type_text(&more);
        let line = format!("{kept}{more}");
        let shown = line.clone();
        self.kill(&mut terminal, 0, 400, |screen| screen.contains(&shown));
        let kept = if waits { kept } else { String::new() };
        let of = if over { &mut self.parking } else { &mut self.line };
        (of.whole, of.kept) = (line, kept);
        assert_eq!(self.found().as_ref(), Some(&self.notes));
        self.files_are_whole();
        if over { "while typing in the parking lot" } else { "while typing" }
    }

    /// Killed between a command and its being shown as saved.
    fn die_asking(&mut self, mut terminal: Terminal) -> &'static str {
        let ask = self.ask();
        let after = self.after(&ask);
        self.send(&mut terminal, &ask);
        self.kill(&mut terminal, 7, 1200, |screen| shows(screen, &after));
        let saved = was_shown(&terminal, &after);
        let found = self.found().expect("the session is there");
        let granted = found == after;
        assert!(granted || !saved && found == self.notes, "{ask:?} of {:?} left {found:?}", self.notes);
        if let (Ask::Note(text) | Ask::Save(text), false) = (&ask, granted) {
            self.line.whole.clone_from(text);
        }
        self.notes = found;
        self.files_are_whole();
        match (saved, granted) {
            (true, _) => "after it was shown as saved",
            (false, true) => "before it was shown as saved, and it is there",
            (false, false) => "before it was saved",
        }
    }

    /// Kills after some bytes of output, some changes of the disk, at once, or once `over` is true.
    fn kill(
        &mut self,
        terminal: &mut Terminal,
        changes: usize,
        bytes: usize,
        over: impl Fn(&Screen) -> bool,
    ) {
        match self.chance.below(5) {
            0 => terminal.kill_when(|_| true, over),
            1 | 2 if changes > 0 => {
                let wanted = 1 + self.chance.below(changes);
                let (mut last, mut seen) = (self.home.trace(), 0);
                let reached = |_| {
                    let now = self.home.trace();
                    seen += usize::from(now != last);
                    last = now;
                    seen == wanted
                };
                terminal.kill_when(reached, over);
            }
            _ => {
                let wanted = terminal.written() + 1 + self.chance.below(bytes);
                terminal.kill_when(|written| written >= wanted, over);
            }
        }
    }

    /// Waits until it runs, and looks at the line.
    fn arrive(&mut self, terminal: &mut Terminal) {
        let notes = self.notes.clone();
        let screen = terminal.wait_for(|screen| shows(screen, &notes) || is_before_it(screen));
        assert!(!screen.contains(TOLD), "nothing is lost: {:?}", screen.rows());
        if is_before_it(&screen) {
            assert!(notes.is_empty(), "the step is gone in which {notes:?} were taken");
            terminal.keys("Enter").wait_for(|screen| shows(screen, &notes));
        }
        self.line.is_there(terminal, STEP);
        if !self.parking.whole.is_empty() || !self.parking.cleared.is_empty() {
            terminal.keys("C-f").expect(PARKING.0);
            self.parking.is_there(terminal, PARKING);
            terminal.keys("Esc").expect_gone(PARKING.0);
        }
    }

    fn ask(&mut self) -> Ask {
        match self.chance.below(6) {
            0 => Ask::List((0..2 + self.chance.below(9)).map(|_| self.text()).collect()),
            1 if !self.undo.is_empty() => Ask::Undo,
            2 => Ask::Save(self.text()),
            _ => Ask::Note(self.text()),
        }
    }

    fn text(&mut self) -> String {
        self.number += 1;
        format!("thought {}.", self.number)
    }

    /// The notes once this is granted.
    fn after(&self, ask: &Ask) -> Vec<String> {
        let mut notes = self.notes.clone();
        match ask {
            Ask::Note(text) | Ask::Save(text) => notes.push(text.clone()),
            Ask::List(texts) => notes.extend_from_slice(texts),
            Ask::Undo => notes.truncate(*self.undo.last().expect("something to undo")),
        }
        notes
    }

    fn granted(&mut self, ask: &Ask, notes: Vec<String>) {
        match ask {
            Ask::Note(_) | Ask::List(_) | Ask::Save(_) => self.undo.push(self.notes.len()),
            Ask::Undo => drop(self.undo.pop()),
        }
        self.notes = notes;
    }

    fn send(&self, terminal: &mut Terminal, ask: &Ask) {
        match ask {
            Ask::Note(text) => drop(terminal.type_text(text).keys("Enter")),
            Ask::Save(text) => drop(terminal.keys("C-s").type_text(text).keys("Enter")),
            Ask::List(texts) => {
                terminal.paste(&texts.join("\n")).expect("each as one?");
                terminal.keys("Enter");
            }
            Ask::Undo => drop(terminal.keys("C-z")),
        }
    }

    /// The notes on the disk, where the session is.
    fn found(&self) -> Option<Vec<String>> {
        let mut open =
            Store::new(Arc::new(Disk), self.home.places()).open_sessions().expect("journals can be read");
        assert!(open.len() < 2, "one session and no other");
        Some(texts(&open.pop()?.session))
    }

    /// Each session file is whole at any moment, and says nothing that nobody wrote.
    fn files_are_whole(&self) {
        for text in sessions(&self.home.library()).iter().flat_map(|path| texts(&read(path))) {
            let number = text.strip_prefix("thought ").and_then(|text| text.strip_suffix('.'));
            let number: Option<usize> = number.and_then(|number| number.parse().ok());
            assert!(number.is_some_and(|number| number <= self.number), "nobody wrote {text:?}");
        }
    }
}

/// Whether so many notes are shown as saved.
fn shows(screen: &Screen, notes: &[String]) -> bool {
    screen.contains(&format!("North  {} ", notes.len())) && screen.contains("all saved")
}

/// The same of a program that was killed: what it was only drawing it has not shown.
fn was_shown(terminal: &Terminal, notes: &[String]) -> bool {
    terminal.last_frame().is_some_and(|screen| shows(&screen, notes))
}

/// Whether the session is there and its first step is not: the program was killed in between.
fn is_before_it(screen: &Screen) -> bool {
    screen.contains("Enter begins")
}

/// What a line says.
fn typed(screen: &Screen, Line(before, empty): Line) -> String {
    let rows = screen.rows();
    let line = rows.iter().find_map(|row| row.split_once(before)).expect("there is a line to type in");
    let line = line.1.trim_end_matches(['│', '▌', ' ']).trim_start();
    line.strip_prefix(empty).unwrap_or(line).to_owned()
}
