//! Look back: the list of past sessions, and the minutes of one to read.
//!
//! Owns which session is marked and how far a text is scrolled. Never opens a file: the minutes are handed in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::page::{Block, Page, Said};
use super::{Known, Library, Unreadable, below, first_row, framed, halves, home, raised, two_ends, words};
use crate::tui::action::{Action, Place};
use crate::tui::color::Depth;
use crate::tui::keymap::Keymap;
use crate::tui::nav::{Nav, Way};
use crate::tui::theme::{ASCII, Look, Theme};
use crate::tui::widgets::footer::{Footer, Saved};
use crate::tui::widgets::panel::Notice;
use crate::tui::widgets::text;

/// What follows from a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Hand in the minutes of the session at this place of the library, with [`LookBack::read`].
    Open(usize),
    /// Go on with the session at this place of the library, or reopen it.
    GoOn(usize),
    /// Go back home.
    Back,
}

/// The list, or what is read over it.
#[derive(Debug, Clone, Default)]
pub struct LookBack {
    marked: usize,
    reading: Option<Reading>,
    /// Why what was asked for isn't done, until the next key.
    refused: String,
}

#[derive(Debug, Clone)]
struct Reading {
    title: String,
    text: String,
    /// Where it can only be looked at: why.
    read_only: Option<String>,
    top: usize,
}

impl LookBack {
    /// What has the focus.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place::LookBack
    }

    /// Shows a text to read; going back leads to the list.
    pub fn read(&mut self, title: impl Into<String>, text: impl Into<String>) {
        self.reading = Some(Reading { title: title.into(), text: text.into(), read_only: None, top: 0 });
    }

    /// The same of a session that can only be looked at, and `why`, in sentences.
    pub fn read_only(&mut self, title: impl Into<String>, text: impl Into<String>, why: String) {
        let (title, text) = (title.into(), text.into());
        self.reading = Some(Reading { title, text, read_only: Some(why), top: 0 });
    }

    /// What a key does, the screen being drawn in `area`.
    pub fn act(&mut self, library: &Library, area: Rect, action: Action) -> Option<Outcome> {
        self.refused.clear();
        if action == Action::OpenSession {
            return self.open(library);
        }
        let nav = Nav::of(action)?;
        if let Some(reading) = &mut self.reading {
            match nav {
                Nav::Back => self.reading = None,
                Nav::Confirm => reading.top = reading.moved(Way::LaterPage, area),
                Nav::Move(way) => reading.top = reading.moved(way, area),
            }
            return None;
        }
        let (sessions, unreadable) = (library.sessions(), library.unreadable());
        match nav {
            Nav::Back => return Some(Outcome::Back),
            Nav::Confirm if self.marked < sessions.len() => return Some(Outcome::Open(self.marked)),
            Nav::Confirm => {
                if let Some(Unreadable { path, why }) = unreadable.get(self.marked - sessions.len()) {
                    self.read("A file that could not be read", format!("{path}\n\n{why}"));
                }
            }
            Nav::Move(way) => self.marked = way.moved(self.marked, sessions.len() + unreadable.len()),
        }
        None
    }

    /// Why the session that is read or marked can only be looked at; none where it can be opened.
    fn why_not<'a>(&'a self, library: &'a Library) -> Option<&'a str> {
        let marked = || library.sessions().get(self.marked)?.read_only.as_deref();
        self.reading.as_ref().map_or_else(marked, |reading| reading.read_only.as_deref())
    }

    fn open(&mut self, library: &Library) -> Option<Outcome> {
        if let Some(why) = self.why_not(library) {
            self.refused = why.to_owned();
            return None;
        }
        (self.marked < library.sessions().len()).then_some(Outcome::GoOn(self.marked))
    }

    /// Draws it. Nothing is drawn outside the area.
    pub fn draw(&self, library: &Library, theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let (body, footer) = framed(area);
        let way = match &self.reading {
            Some(reading) => {
                reading.draw(theme, body, buf);
                [(Action::LaterPage, "reads on"), (Action::Back, "to the list")]
            }
            None => {
                self.draw_list(library, theme, body, buf);
                [(Action::Confirm, "reads the minutes"), (Action::Back, "home")]
            }
        };
        let [on, back] = way;
        let opens = (Action::OpenSession, "opens the session");
        let hints: &[_] = if self.why_not(library).is_some() { &way } else { &[on, opens, back] };
        let above = Rect { height: 0, ..footer };
        Notice { text: &self.refused, warning: true, theme }.render(raised(above, area), buf);
        Footer { hints, keymap, saved: Saved::Nothing, theme }.render(footer, buf);
    }

    fn draw_list(&self, library: &Library, theme: &Theme, body: Rect, buf: &mut Buffer) {
        let (main, beside) = halves(body);
        let (sessions, unreadable) = (library.sessions(), library.unreadable());
        let count = words::count(sessions.len(), "session", "sessions");
        let count = if library.is_read() { count } else { String::new() };
        two_ends(("Look back", theme.strong), (&count, theme.quiet), theme, below(main, 1), buf);
        let rest = below(main, 3);
        if sessions.is_empty() && unreadable.is_empty() {
            let words = if library.is_read() { "Nothing has been kept yet." } else { "looking for sessions" };
            text::draw_wrapped(words, rest, theme.quiet, buf);
            return;
        }
        if rest.height > 1 {
            draw_cells(
                ["Session", "last worked on", "", "decided", "to do"],
                theme.quiet,
                theme.quiet,
                theme,
                rest,
                buf,
            );
        }
        self.draw_rows(library, theme, below(rest, 1), buf);
        if let Some(beside) = beside {
            let about: Vec<Block> = match sessions.get(self.marked) {
                Some(known) => home::about_session(known, true, theme),
                None => {
                    unreadable.get(self.marked.saturating_sub(sessions.len())).map_or_else(Vec::new, |file| {
                        let said = |words: &str, style| vec![Said::new(words, style)];
                        vec![
                            said("Could not be read", theme.strong),
                            said(&file.why, theme.text),
                            said(&file.path, theme.quiet),
                        ]
                    })
                }
            };
            Page { blocks: &about, least: text::LINE, theme }.draw(0, below(beside, 3), buf);
        }
    }

    fn draw_rows(&self, library: &Library, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let (sessions, unreadable) = (library.sessions(), library.unreadable());
        let heading = if unreadable.is_empty() { 0 } else { 2 };
        let len = sessions.len() + heading + unreadable.len();
        let at = if self.marked < sessions.len() { self.marked } else { self.marked + heading };
        let first = first_row(at, len, area.height);
        for (y, index) in (area.top()..area.bottom()).zip(first..len) {
            let row = Rect { y, height: 1, ..area };
            let above = first > 0 && y == area.y;
            let under = index + 1 < len && y + 1 == area.bottom();
            let marked = index == at;
            if !marked && (above || under) {
                let (sign, more) =
                    if above { (theme.signs.above, first + 1) } else { (theme.signs.below, len - index) };
                text::put(buf, row.x, y, &format!("{sign} {more} more"), row.width, theme.quiet);
            } else if let Some(known) = sessions.get(index) {
                draw_known(known, marked, theme, row, buf);
            } else if index == sessions.len() + 1 {
                text::put(buf, row.x, y, "Could not be read", row.width, theme.warning);
            } else if let Some(file) =
                index.checked_sub(sessions.len() + 2).and_then(|file| unreadable.get(file))
            {
                draw_unreadable(file, marked, theme, row, buf);
            }
        }
    }
}

impl Reading {
    /// How many lines are scrolled away after moving.
    fn moved(&self, way: Way, area: Rect) -> usize {
        let theme = Theme::new(Look::Plain, Depth::Plain, &ASCII);
        let blocks = self.blocks(&theme);
        let (body, _) = framed(area);
        let content = below(body, HEAD);
        let most = Page { blocks: &blocks, least: text::LINE, theme: &theme }.most(content);
        let top = self.top.min(most);
        let page = usize::from(content.height.saturating_sub(2)).max(1);
        match way {
            Way::LaterPage => (top + page).min(most),
            Way::EarlierPage => top.saturating_sub(page),
            Way::Up | Way::Down | Way::Left | Way::Right | Way::First | Way::Last => way.moved(top, most + 1),
        }
    }

    /// The text is one block, so that it flows from column to column as it is.
    fn blocks(&self, theme: &Theme) -> Vec<Block> {
        let why = self.read_only.iter().map(|why| vec![Said::new(why, theme.quiet)]);
        why.chain([vec![Said::new(self.text.trim_end(), theme.text)]]).collect()
    }

    fn draw(&self, theme: &Theme, body: Rect, buf: &mut Buffer) {
        let state = if self.read_only.is_some() { home::READ_ONLY } else { "" };
        two_ends((&self.title, theme.strong), (state, theme.warning), theme, below(body, 1), buf);
        let blocks = self.blocks(theme);
        Page { blocks: &blocks, least: text::LINE, theme }.draw(self.top, below(body, HEAD), buf);
    }
}

/// Rows of the heading, with one above and one below.
const HEAD: u16 = 3;

/// Columns of a row after the title: day, state, decisions, open actions.
const CELLS: [u16; 4] = [14, 6, 7, 5];

fn draw_known(known: &Known, marked: bool, theme: &Theme, row: Rect, buf: &mut Buffer) {
    let (style, quiet) = mark_row(marked, theme, row, buf);
    let day = known.at.local().format("%-d %b %Y").to_string();
    let state = match (&known.read_only, known.open) {
        (Some(_), _) => "newer",
        (None, true) => "open",
        (None, false) => "",
    };
    if known.confidential {
        let title = format!("{} {}", theme.signs.confidential, known.title);
        draw_cells([&title, &day, state, "", ""], style, quiet, theme, row, buf);
        // Where the numbers would end.
        let words = "confidential";
        let x = row.right().saturating_sub(text::width(words) + 1).max(row.x);
        text::put(buf, x, row.y, words, row.right() - x, quiet);
        return;
    }
    let (decided, to_do) = (known.decisions.to_string(), known.open_actions.to_string());
    let to_do = if known.open_actions == 0 { "-" } else { &to_do };
    let decided = if known.decisions == 0 { "-" } else { &decided };
    draw_cells([&known.title, &day, state, decided, to_do], style, quiet, theme, row, buf);
}

fn draw_unreadable(file: &Unreadable, marked: bool, theme: &Theme, row: Rect, buf: &mut Buffer) {
    let (style, quiet) = mark_row(marked, theme, row, buf);
    let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let skip = 2.min(row.width);
    let room = row.width - skip;
    let name = text::fit(name, room / 2, theme.signs.cut);
    let used = skip + text::put(buf, row.x + skip, row.y, &name, room, style) + 2;
    let room = row.width.saturating_sub(used);
    let why = text::fit(file.why.lines().next().unwrap_or_default(), room, theme.signs.cut);
    text::put(buf, row.x + used, row.y, &why, room, quiet);
}

/// Shows whether a row is marked; answers the styles for its text and for what is quiet in it.
fn mark_row(marked: bool, theme: &Theme, row: Rect, buf: &mut Buffer) -> (Style, Style) {
    if !marked {
        return (theme.text, theme.quiet);
    }
    buf.set_style(row, theme.selection);
    text::put(buf, row.x, row.y, theme.signs.marked, row.width, theme.selection);
    (theme.selection, theme.selection)
}

/// A row of cells, the title as wide as is left; numbers stand at the right of theirs.
fn draw_cells(cells: [&str; 5], style: Style, quiet: Style, theme: &Theme, row: Rect, buf: &mut Buffer) {
    let [title, rest @ ..] = cells;
    let taken: u16 = CELLS.iter().map(|width| width + 2).sum();
    let room = row.width.saturating_sub(taken + 3);
    let shown = text::fit(title, room, theme.signs.cut);
    text::put(buf, row.x + 2.min(row.width), row.y, &shown, room, style);
    let mut x = row.x + (2 + room).min(row.width);
    for (index, (cell, width)) in rest.into_iter().zip(CELLS).enumerate() {
        x = x.saturating_add(2);
        let shown = text::fit(cell, width.min(row.right().saturating_sub(x)), "");
        let shift = if index < 2 { 0 } else { width.saturating_sub(text::width(&shown)) };
        text::put(buf, x + shift, row.y, &shown, row.right().saturating_sub(x + shift), quiet);
        x += width;
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{empty, known, library};
    use super::*;
    use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

    const SCREEN: Rect = Rect::new(0, 0, 80, 24);

    fn shot(look_back: &LookBack, library: &Library, columns: u16, rows: u16) -> String {
        let (theme, keymap) = (dark(), Keymap::default());
        plain(&drawn(columns, rows, &theme, |area, buf| look_back.draw(library, &theme, &keymap, area, buf)))
    }

    #[test]
    fn enter_opens_and_esc_goes_back_a_step_at_a_time() {
        let library = library();
        let mut look_back = LookBack::default();
        look_back.act(&library, SCREEN, Action::Down);
        assert_eq!(look_back.act(&library, SCREEN, Action::Confirm), Some(Outcome::Open(1)));
        look_back.read("Mentoring", "Minutes");
        assert_eq!(look_back.place(), Place::LookBack);
        assert_eq!(look_back.act(&library, SCREEN, Action::Back), None);
        assert_eq!(look_back.act(&library, SCREEN, Action::OpenSession), Some(Outcome::GoOn(1)));
        assert_eq!(look_back.act(&library, SCREEN, Action::Back), Some(Outcome::Back));
    }

    #[test]
    fn a_file_that_could_not_be_read_says_why_in_full() {
        let library = library();
        let mut look_back = LookBack::default();
        look_back.act(&library, SCREEN, Action::Last);
        assert_eq!(look_back.act(&library, SCREEN, Action::Confirm), None);
        let shown = shot(&look_back, &library, 80, 24);
        assert!(shown.contains("2026-03-02-pilot.ron") && shown.contains("mend it by hand"), "{shown}");
        let mut none = LookBack::default();
        assert_eq!(none.act(&empty(), SCREEN, Action::Confirm), None);
        assert!(shot(&none, &empty(), 80, 24).contains("Nothing has been kept yet."));
    }

    #[test]
    fn the_marked_session_is_in_view_wherever_it_is() {
        let sessions = (0..300).map(|day| known(&format!("Session {day}"), day, day == 0)).collect();
        let unreadable = library().unreadable().to_vec();
        let library = Library::Read { sessions, unreadable };
        let mut look_back = LookBack::default();
        for marked in 0..300 {
            let shown = shot(&look_back, &library, 60, 16);
            assert!(shown.contains(&format!("▸ Session {marked} ")), "{shown}");
            look_back.act(&library, SCREEN, Action::Down);
        }
        assert!(shot(&look_back, &library, 60, 16).contains("▸ 2026-03-02-pilot.ron"));
    }

    #[test]
    fn of_a_confidential_session_the_list_says_title_and_time_alone() {
        let secret = Known { confidential: true, ..known("Mentoring", 1, true) };
        let library = Library::Read { sessions: vec![secret], unreadable: Vec::new() };
        for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
            let shown = shot(&LookBack::default(), &library, columns, rows);
            assert!(shown.contains("\u{25c6} Mentoring") && shown.contains("confidential"), "{shown}");
            for content in ["Four minutes", "Purchasing", "9 people", " 2 ", " 3 "] {
                assert!(!shown.contains(content), "{content}: {shown}");
            }
        }
    }

    #[test]
    fn what_can_only_be_looked_at_says_so_and_is_not_opened() {
        let why = "This session was written by a newer visavis (format 2), so it is read-only; 3 things in it \
                   aren't understood and are left out. Open it with that visavis, or a newer one, to see all of it.";
        let newer = Known {
            open: false,
            read_only: Some(why.to_owned()),
            ..known("Purchasing meets sales", 1, true)
        };
        let library =
            Library::Read { sessions: vec![newer, known("Board", 2, false)], unreadable: Vec::new() };
        let (theme, keymap) = (dark(), Keymap::default());
        for (columns, rows) in [(80, 24), (120, 40)] {
            let drawn = |look_back: &LookBack| {
                picture(&drawn(columns, rows, &theme, |area, buf| {
                    look_back.draw(&library, &theme, &keymap, area, buf);
                }))
            };
            let mut look_back = LookBack::default();
            assert_eq!(look_back.act(&library, SCREEN, Action::OpenSession), None);
            insta::assert_snapshot!(format!("look_back_newer_refused_{columns}"), drawn(&look_back));
            look_back.read_only("Purchasing meets sales", "Minutes", why.to_owned());
            insta::assert_snapshot!(format!("look_back_newer_read_{columns}"), drawn(&look_back));
            assert_eq!(look_back.act(&library, SCREEN, Action::OpenSession), None);
            assert!(shot(&look_back, &library, columns, rows).contains("3 things"));
            look_back.act(&library, SCREEN, Action::Back);
            look_back.act(&library, SCREEN, Action::Down);
            assert_eq!(look_back.act(&library, SCREEN, Action::OpenSession), Some(Outcome::GoOn(1)));
        }
    }

    #[test]
    fn a_long_text_is_read_to_its_end_and_no_further() {
        let library = library();
        let mut look_back = LookBack::default();
        let text: Vec<String> = (1..=200).map(|line| format!("line {line}.")).collect();
        look_back.read("Minutes", text.join("\n"));
        assert!(shot(&look_back, &library, 80, 24).contains("line 1."));
        for _ in 0..30 {
            look_back.act(&library, SCREEN, Action::LaterPage);
        }
        let end = shot(&look_back, &library, 80, 24);
        assert!(end.contains("line 200."), "{end}");
        look_back.act(&library, SCREEN, Action::Up);
        assert!(!shot(&look_back, &library, 80, 24).contains("line 200."));
        look_back.act(&library, SCREEN, Action::First);
        let wide = shot(&look_back, &library, 200, 60);
        assert!(wide.contains("line 1.") && wide.contains("line 100."), "two columns\n{wide}");
    }

    #[test]
    fn it_looks_as_it_should() {
        let (keymap, library) = (Keymap::default(), library());
        for (name, theme) in [("dark", dark()), ("light", light())] {
            for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
                let buf = drawn(columns, rows, &theme, |area, buf| {
                    LookBack::default().draw(&library, &theme, &keymap, area, buf);
                });
                insta::assert_snapshot!(format!("look_back_{name}_{columns}"), picture(&buf));
            }
        }
    }

    #[test]
    fn it_draws_at_every_size() {
        let (theme, keymap, library) = (dark(), Keymap::default(), library());
        let mut look_back = LookBack { marked: 3, ..LookBack::default() };
        at_every_size(|area, buf| look_back.draw(&library, &theme, &keymap, area, buf));
        look_back.read("Minutes", "word ".repeat(400));
        at_every_size(|area, buf| look_back.draw(&library, &theme, &keymap, area, buf));
        at_every_size(|area, _| {
            let _ = look_back.act(&library, area, Action::LaterPage);
        });
    }
}
