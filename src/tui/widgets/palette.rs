//! The search over all actions, and the help that lists the keys of a place.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::compose::Compose;
use super::panel::{self, Panel};
use super::text;
use crate::tui::action::{Action, Group, Place, Row};
use crate::tui::keymap::{Edit, Keymap};
use crate::tui::line::Line;
use crate::tui::nav::Way;
use crate::tui::theme::Theme;

/// What the palette knows between two keys.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What is looked for.
    pub line: Line,
    /// Which of what was found is marked.
    pub selected: usize,
}

impl Search {
    /// The actions that can be done in `place` and match what is looked for, best first.
    #[must_use]
    pub fn found(&self, keymap: &Keymap, place: Place) -> Vec<&'static Row> {
        let all: Vec<&Row> =
            keymap.rows(place).map(|(row, _)| row).filter(|row| row.group != Group::Moving).collect();
        // More is never typed on purpose.
        let words = self.line.text().split_whitespace().take(8);
        let wanted: Vec<String> = words.map(|word| word.to_lowercase().chars().take(32).collect()).collect();
        let found = said_by_words(&all, &wanted, |_| 0);
        if found.is_empty() { said_by_words(&all, &wanted, |letters| letters / 4) } else { found }
    }

    /// The action that Enter takes.
    #[must_use]
    pub fn chosen(&self, keymap: &Keymap, place: Place) -> Option<Action> {
        let found = self.found(keymap, place);
        found.get(self.selected.min(found.len().saturating_sub(1))).map(|row| row.action)
    }

    /// Marks the next or the previous one of what was found, round and round.
    pub fn step(&mut self, way: Way, keymap: &Keymap, place: Place) {
        let count = self.found(keymap, place).len().max(1);
        let at = self.selected.min(count - 1);
        self.selected = match way {
            Way::Up | Way::Left | Way::First | Way::EarlierPage => (at + count - 1) % count,
            Way::Down | Way::Right | Way::Last | Way::LaterPage => (at + 1) % count,
        };
    }

    /// Types into what is looked for; says whether anything changed.
    pub fn edit(&mut self, edit: Edit) -> bool {
        self.selected = 0;
        self.line.edit(edit)
    }

    /// Puts a pasted text into what is looked for, in one row.
    pub fn paste(&mut self, text: &str) {
        self.line.insert_str(&text.replace(['\r', '\n'], " "));
    }
}

/// The rows of which each wanted word begins a word, but for as many wrong letters as are forgiven in a word of so
/// many; those that are called so before those that only tell of it.
fn said_by_words(
    all: &[&'static Row],
    wanted: &[String],
    forgiven: impl Fn(usize) -> usize,
) -> Vec<&'static Row> {
    let says = |text: &str, word: &String| {
        let wrong = forgiven(word.chars().count());
        text.split(|c: char| !c.is_alphanumeric()).any(|said| begins(&said.to_lowercase(), word, wrong))
    };
    let told = |row: &&Row| wanted.iter().all(|word| says(row.name, word) || says(row.help, word));
    let mut found: Vec<&Row> = all.iter().copied().filter(told).collect();
    found.sort_by_key(|row| !wanted.iter().all(|word| says(row.name, word)));
    found
}

/// Whether a word begins with `beginning`, but for so many letters that are wrong, missing or too many.
fn begins(word: &str, beginning: &str, wrong: usize) -> bool {
    let letters = beginning.chars().count();
    let lengths = letters.saturating_sub(wrong)..=letters + wrong;
    word.starts_with(beginning)
        || lengths.filter(|_| wrong > 0).any(|length| {
            let begun: String = word.chars().take(length).collect();
            strsim::damerau_levenshtein(&begun, beginning) <= wrong
        })
}

/// The palette over a screen.
#[derive(Debug, Clone, Copy)]
pub struct Palette<'a> {
    /// What is looked for.
    pub search: &'a Search,
    /// The place that had the focus before.
    pub place: Place,
    /// Where the keys come from.
    pub keymap: &'a Keymap,
    /// The look.
    pub theme: &'a Theme,
}

/// Columns and rows inside the palette.
const INSIDE: (u16, u16) = (72, 18);

/// Columns and rows inside the help.
const HELP: (u16, u16) = (72, 20);

impl Palette<'_> {
    fn panel(&self) -> Panel<'_> {
        Panel { title: "What can be done here", inside: INSIDE, theme: self.theme }
    }

    fn compose(&self) -> Compose<'_> {
        Compose {
            line: &self.search.line,
            prompt: "",
            prompt_style: self.theme.text,
            placeholder: "type a word of it",
            offers: &[],
            masked: false,
            theme: self.theme,
        }
    }

    fn line_area(&self, area: Rect) -> Rect {
        let (_, inside) = self.panel().areas(area);
        Rect { height: inside.height.min(1), ..inside }
    }

    /// Where the cursor stands.
    #[must_use]
    pub fn cursor(&self, area: Rect) -> Option<Position> {
        self.compose().cursor(self.line_area(area))
    }
}

impl Widget for &Palette<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let panel = self.panel();
        panel.render(area, buf);
        let (_, inside) = panel.areas(area);
        let line = self.line_area(area);
        self.compose().render(line, buf);
        buf.set_style(line, self.theme.on_panel(self.theme.input));
        let found = self.search.found(self.keymap, self.place);
        let rows =
            Rect { y: inside.y + 2.min(inside.height), height: inside.height.saturating_sub(2), ..inside };
        if found.is_empty() && rows.height > 0 {
            let style = self.theme.on_panel(self.theme.quiet);
            text::put(buf, rows.x, rows.y, "Nothing here is called that.", rows.width, style);
        }
        let marked = self.search.selected.min(found.len().saturating_sub(1));
        let first = (marked + 1).saturating_sub(usize::from(rows.height));
        for (y, (index, row)) in (rows.top()..rows.bottom()).zip(found.iter().enumerate().skip(first)) {
            draw_row(row, self.keymap, index == marked, Rect { y, height: 1, ..rows }, self.theme, buf);
        }
    }
}

fn draw_row(row: &Row, keymap: &Keymap, marked: bool, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let keys = keymap.keys(row.action).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (words, key) = if marked { (theme.selection, theme.selection) } else { (theme.text, theme.key) };
    if marked {
        buf.set_style(area, theme.on_panel(theme.selection));
    }
    let keys_at = area.right().saturating_sub(text::width(&keys)).max(area.x);
    let room = (keys_at - area.x).saturating_sub(2);
    let help = text::fit(row.help, room, theme.signs.cut);
    text::put(buf, area.x, area.y, &help, room, theme.on_panel(words));
    text::put(buf, keys_at, area.y, &keys, area.width, theme.on_panel(key));
}

/// The keys of a place, grouped; longer than the screen, it scrolls.
#[derive(Debug, Clone, Copy)]
pub struct Help<'a> {
    /// The place whose keys are shown.
    pub place: Place,
    /// How many lines are scrolled away above.
    pub scroll: usize,
    /// Where the keys come from.
    pub keymap: &'a Keymap,
    /// The look.
    pub theme: &'a Theme,
}

impl Help<'_> {
    /// The lines: a row of the table, or an empty one between two groups.
    fn lines(keymap: &Keymap, place: Place) -> Vec<Option<&'static Row>> {
        let mut lines = Vec::new();
        let mut group = None;
        for (row, keys) in keymap.rows(place) {
            if keys.is_empty() {
                continue;
            }
            if group.is_some_and(|group| group != row.group) {
                lines.push(None);
            }
            group = Some(row.group);
            lines.push(Some(row));
        }
        lines
    }

    /// The most lines that can be scrolled away in this area.
    #[must_use]
    pub fn most(keymap: &Keymap, place: Place, area: Rect) -> usize {
        let (_, inside) = panel::areas(HELP, area);
        Self::lines(keymap, place).len().saturating_sub(usize::from(inside.height.saturating_sub(1)))
    }
}

impl Widget for &Help<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let panel = Panel { title: "Keys", inside: HELP, theme: self.theme };
        panel.render(area, buf);
        let (_, inside) = panel.areas(area);
        if inside.is_empty() {
            return;
        }
        let first = self.scroll.min(Help::most(self.keymap, self.place, area));
        let lines = Help::lines(self.keymap, self.place);
        let left = lines.len().saturating_sub(first + usize::from(inside.height - 1));
        for (y, line) in (inside.top()..inside.bottom() - 1).zip(lines.into_iter().skip(first)) {
            if let Some(row) = line {
                draw_row(row, self.keymap, false, Rect { y, height: 1, ..inside }, self.theme, buf);
            }
        }
        let signs = self.theme.signs;
        let more = match (first > 0, left > 0) {
            (false, false) => String::new(),
            (true, false) => signs.above.to_owned(),
            (false, true) => signs.below.to_owned(),
            (true, true) => format!("{} {}", signs.above, signs.below),
        };
        let last = format!("Esc goes back   {more}");
        text::put(
            buf,
            inside.x,
            inside.bottom() - 1,
            &last,
            inside.width,
            self.theme.on_panel(self.theme.quiet),
        );
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, picture};

    fn search(words: &str) -> Search {
        Search { line: Line::new(words), selected: 0 }
    }

    #[test]
    fn words_of_the_help_and_near_misses_find() {
        let keymap = Keymap::default();
        for (words, action) in [
            ("next", Action::NextStep),
            ("minute more", Action::ExtendTimer),
            ("reveal", Action::Reveal),
            ("agneda", Action::Agenda),
            ("agnda", Action::Agenda),
            ("ageenda", Action::Agenda),
            ("take back", Action::Undo),
            ("time", Action::ToggleTimer),
        ] {
            let found = search(words).found(&keymap, Place::Compose);
            assert!(found.iter().take(3).any(|row| row.action == action), "{words}: {found:?}");
        }
        assert_eq!(search("shorter").chosen(&keymap, Place::Silence), Some(Action::EndSilence));
        assert_eq!(search("zzzzqq").chosen(&keymap, Place::Compose), None);
    }

    #[test]
    fn what_says_the_word_comes_without_what_only_has_its_letters() {
        let found = search("time").found(&Keymap::default(), Place::Compose);
        let names: Vec<&str> = found.iter().map(|row| row.name).collect();
        assert_eq!(names, ["toggle-timer", "extend-timer", "shorten-timer"]);
    }

    #[test]
    fn in_a_silence_only_what_works_there_is_offered() {
        let found = search("").found(&Keymap::default(), Place::Silence);
        let names: Vec<&str> = found.iter().map(|row| row.name).collect();
        assert_eq!(
            names,
            [
                "end-silence",
                "extend-timer",
                "interrupt",
                "palette",
                "help",
                "save",
                "save-elsewhere",
                "take-over",
                "theme",
                "redraw",
                "leave"
            ]
        );
    }

    #[test]
    fn only_what_works_here_is_offered() {
        let found = search("").found(&Keymap::default(), Place::List);
        assert!(found.iter().all(|row| row.action.works_in(Place::List) && row.group != Group::Moving));
        assert!(found.iter().any(|row| row.action == Action::Tour));
    }

    #[test]
    fn the_mark_goes_round() {
        let keymap = Keymap::default();
        let mut search = search("");
        search.step(Way::Up, &keymap, Place::Board);
        assert_eq!(search.selected, search.found(&keymap, Place::Board).len() - 1);
        search.step(Way::Down, &keymap, Place::Board);
        assert_eq!(search.selected, 0);
    }

    #[test]
    fn they_show_keys() {
        let (theme, keymap) = (dark(), Keymap::default());
        let search = search("tim");
        let palette = Palette { search: &search, place: Place::Compose, keymap: &keymap, theme: &theme };
        insta::assert_snapshot!(
            "palette",
            picture(&drawn(80, 24, &theme, |area, buf| palette.render(area, buf)))
        );
        let help = Help { place: Place::Board, scroll: 99, keymap: &keymap, theme: &theme };
        insta::assert_snapshot!("help", picture(&drawn(80, 24, &theme, |area, buf| help.render(area, buf))));
    }

    #[test]
    fn they_draw_at_every_size() {
        let (theme, keymap) = (dark(), Keymap::default());
        let search = search("t");
        at_every_size(|area, buf| {
            let palette = Palette { search: &search, place: Place::Compose, keymap: &keymap, theme: &theme };
            palette.render(area, buf);
            assert!(palette.cursor(area).is_none_or(|at| area.contains(at)));
            Help { place: Place::Board, scroll: 5, keymap: &keymap, theme: &theme }.render(area, buf);
        });
    }

    proptest! {
        #[test]
        fn no_words_make_searching_panic(words: String) {
            let _ = search(&words).found(&Keymap::default(), Place::Compose);
        }
    }
}
