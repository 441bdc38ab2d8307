//! Set-up: what the session is called, who is there, when it begins. All of it can be left as it is.
//!
//! Owns the fields and what is said where one cannot be understood. Never opens a session.

#[cfg(test)]
mod tests;

use chrono::NaiveTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::page::{Page, Said};
use super::{Offer, agenda, below, framed, halves, raised, two_ends, words};
use crate::script::{Privacy, SideDef, SideKey};
use crate::session::{Side, line, parse_people, same_name};
use crate::timer::{Timestamp, parse_time_of_day};
use crate::tui::action::{Action, Place};
use crate::tui::keymap::{Edit, Keymap};
use crate::tui::line::Line;
use crate::tui::remembered::{LastTime, Unbegun};
use crate::tui::theme::Theme;
use crate::tui::widgets::compose::Compose;
use crate::tui::widgets::footer::{Footer, Saved};
use crate::tui::widgets::panel::Notice;
use crate::tui::widgets::text;

/// How a session is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// What it is called; the script's title where empty.
    pub title: String,
    /// The sides' names in the script's order; the script's own where empty.
    pub side_names: Vec<String>,
    /// The people with their sides; no side for a guest.
    pub people: Vec<(String, Option<SideKey>)>,
    /// When it begins today; now where none is given.
    pub start: Option<NaiveTime>,
    /// What it keeps to itself.
    pub privacy: Privacy,
}

impl Beginning {
    /// A session in which nobody is named, as its script has it.
    #[must_use]
    pub const fn of(privacy: Privacy) -> Self {
        Self { title: String::new(), side_names: Vec::new(), people: Vec::new(), start: None, privacy }
    }
}

/// What follows from a key at set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Begin the session.
    Begin(Beginning),
    /// Go back home; what was typed waits here.
    Back,
}

/// The fields while they are filled in.
#[derive(Debug, Clone)]
pub struct Setup {
    offer: Offer,
    fields: Vec<Field>,
    /// The fields for people with their places, while nobody is to be named.
    aside: Vec<(usize, Field)>,
    privacy: Privacy,
    /// Whether it says something that it was not filled in with.
    touched: bool,
    /// A place in `fields`, or one after the last: the row that begins.
    mark: usize,
    problem: Option<Problem>,
    /// Why the session could not begin; told until the next key.
    trouble: String,
}

#[derive(Debug, Clone)]
struct Field {
    what: What,
    line: Line,
}

/// What a field is for; sides by their place in the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Title,
    SideName(usize),
    People(usize),
    Guests,
    Start,
    Privacy,
}

/// Something that was typed and cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    field: usize,
    words: String,
}

impl Problem {
    /// What is wrong and what would be right, for people.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

impl Setup {
    /// The set-up of a script, filled in as it was the last time. The first mark is on what begins.
    #[must_use]
    pub fn new(offer: &Offer, last: Option<&LastTime>) -> Self {
        let filled = |text: &str, what| Field { what, line: Line::new(text) };
        let none = LastTime::default();
        let last = last.unwrap_or(&none);
        let of = |side: Option<&SideKey>| {
            let names = last.people.iter().filter(|(_, of)| of.as_ref() == side);
            names.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let mut fields = vec![filled("", What::Title)];
        for (place, side) in offer.sides.iter().enumerate() {
            let known = last.side_names.get(place).filter(|name| !name.trim().is_empty());
            fields.push(filled(known.unwrap_or(&side.name), What::SideName(place)));
            fields.push(filled(&of(Some(&side.key)), What::People(place)));
        }
        fields.push(filled(&of(None), What::Guests));
        fields.push(filled("", What::Start));
        fields.push(filled("", What::Privacy));
        let mut setup = Self {
            offer: offer.clone(),
            mark: 0,
            fields,
            aside: Vec::new(),
            privacy: Privacy::default(),
            touched: false,
            problem: None,
            trouble: String::new(),
        };
        setup.keep_to_itself(offer.privacy);
        setup.mark = setup.fields.len();
        setup
    }

    /// What was typed, where anything was.
    #[must_use]
    pub fn unbegun(&self) -> Option<Unbegun> {
        let typed = self.fields.iter().filter(|field| field.what != What::Privacy);
        let mut lines: Vec<String> = typed.map(|field| field.line.text().to_owned()).collect();
        for (place, _) in &self.aside {
            lines.insert(*place, String::new());
        }
        self.touched.then(|| Unbegun::new(lines, self.privacy))
    }

    /// Fills in what was typed before, unless the script has other sides by now.
    #[must_use]
    pub fn resume(mut self, unbegun: &Unbegun) -> Self {
        self.keep_to_itself(Privacy::default());
        let places = self.fields.iter_mut().filter(|field| field.what != What::Privacy);
        if places.count() == unbegun.lines.len() {
            for (field, text) in self.fields.iter_mut().zip(&unbegun.lines) {
                field.line.set(text);
            }
            self.touched = true;
        }
        self.keep_to_itself(self.offer.privacy.and(unbegun.privacy()));
        self.mark = self.fields.len();
        self
    }

    /// Settles what the session keeps to itself. Where it keeps no names none are asked for; those that were
    /// typed wait.
    fn keep_to_itself(&mut self, privacy: Privacy) {
        self.privacy = privacy;
        let names = |field: &Field| matches!(field.what, What::People(_) | What::Guests);
        if privacy.anonymous && self.aside.is_empty() {
            let (aside, rest): (Vec<_>, Vec<_>) =
                self.fields.drain(..).enumerate().partition(|(_, field)| names(field));
            self.aside = aside;
            self.fields = rest.into_iter().map(|(_, field)| field).collect();
        } else if !privacy.anonymous {
            for (place, field) in self.aside.drain(..) {
                self.fields.insert(place, field);
            }
        }
        self.mark = self.fields.iter().position(|field| field.what == What::Privacy).unwrap_or_default();
        let words = PRIVACIES.iter().find(|(known, _)| *known == privacy).map_or("", |(_, words)| words);
        if let Some(field) = self.fields.get_mut(self.mark) {
            field.line.set(words);
        }
    }

    /// Another choice of what the session keeps to itself, in the order in which they are shown.
    fn choose(&mut self, edit: Edit) -> bool {
        let now = PRIVACIES.iter().position(|(privacy, _)| *privacy == self.privacy).unwrap_or_default();
        let forward = match edit {
            Edit::Insert(_) | Edit::Right | Edit::WordRight => true,
            Edit::Left | Edit::WordLeft | Edit::Backspace => false,
            Edit::Start
            | Edit::End
            | Edit::Delete
            | Edit::BackspaceWord
            | Edit::DeleteWord
            | Edit::DeleteToStart
            | Edit::DeleteToEnd => return false,
        };
        let step = if forward { 1 } else { PRIVACIES.len() - 1 };
        if let Some((privacy, _)) = PRIVACIES.get((now + step) % PRIVACIES.len()) {
            self.problem = None;
            self.touched = true;
            self.keep_to_itself(*privacy);
        }
        true
    }

    /// The script that is being set up.
    #[must_use]
    pub const fn offer(&self) -> &Offer {
        &self.offer
    }

    /// What has the focus.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place::Setup
    }

    /// Tells why the session could not begin, until the next key.
    pub fn refused(&mut self, why: &str) {
        why.clone_into(&mut self.trouble);
    }

    /// What a key does.
    pub fn act(&mut self, action: Action) -> Option<Outcome> {
        self.trouble.clear();
        let last = self.fields.len();
        if action == Action::NextField {
            self.mark = (self.mark + 1) % (last + 1);
        } else if action == Action::PreviousField {
            self.mark = (self.mark + last) % (last + 1);
        } else if action == Action::Down {
            self.mark = (self.mark + 1).min(last);
        } else if action == Action::Up {
            self.mark = self.mark.saturating_sub(1);
        } else if action == Action::Back {
            return Some(Outcome::Back);
        } else if action == Action::Confirm && self.mark + 1 < last {
            self.mark += 1;
        } else if action == Action::Confirm {
            match self.beginning() {
                Ok(beginning) => return Some(Outcome::Begin(beginning)),
                Err(problem) => {
                    self.mark = problem.field;
                    self.problem = Some(problem);
                }
            }
        }
        None
    }

    /// Changes the text of the marked field; says whether anything changed.
    pub fn edit(&mut self, edit: Edit) -> bool {
        if self.marked() == Some(What::Privacy) {
            return self.choose(edit);
        }
        let changed = self.fields.get_mut(self.mark).is_some_and(|field| field.line.edit(edit));
        if changed {
            self.problem = None;
            self.touched = true;
        }
        changed
    }

    fn marked(&self) -> Option<What> {
        self.fields.get(self.mark).map(|field| field.what)
    }

    /// Puts pasted text into the marked field. A list of people is shared out to the sides it names.
    pub fn paste(&mut self, pasted: &str) {
        self.problem = None;
        self.touched = true;
        let what = self.marked().unwrap_or(What::Guests);
        match what {
            What::Privacy => {}
            What::People(_) | What::Guests if self.privacy.anonymous => {}
            What::Title | What::SideName(_) | What::Start => {
                let words: Vec<&str> = pasted.lines().map(str::trim).collect();
                if let Some(field) = self.fields.get_mut(self.mark) {
                    field.line.insert_str(words.join(" ").trim());
                }
            }
            What::People(_) | What::Guests => self.paste_people(what, pasted),
        }
    }

    fn paste_people(&mut self, what: What, pasted: &str) {
        match parse_people(pasted, &self.sides()) {
            Ok(people) => {
                for (name, side) in people {
                    let place = side.and_then(|key| self.offer.sides.iter().position(|side| side.key == key));
                    self.append(place.map_or(what, What::People), &name);
                }
            }
            // It is kept as it is, and said what is wrong when the session is to begin.
            Err(_) => self.append(what, &line::split_list(pasted).join(", ")),
        }
        self.mark = self.fields.iter().position(|field| field.what == what).unwrap_or(self.mark);
    }

    fn append(&mut self, what: What, name: &str) {
        let Some(field) = self.fields.iter_mut().find(|field| field.what == what) else { return };
        let before = field.line.text().trim_end().trim_end_matches(',');
        let whole = if before.is_empty() { name.to_owned() } else { format!("{before}, {name}") };
        field.line.set(&whole);
    }

    /// How the session begins, as the fields say.
    ///
    /// # Errors
    /// The first field that cannot be understood.
    pub fn beginning(&self) -> Result<Beginning, Problem> {
        let sides = self.sides();
        let mut beginning = Beginning::of(self.privacy);
        for (index, Field { what, line }) in self.fields.iter().enumerate() {
            let problem = |words: String| Problem { field: index, words };
            let text = line.text().trim();
            match *what {
                What::Title => text.clone_into(&mut beginning.title),
                What::SideName(_) => {
                    if !text.is_empty() && same_name(beginning.side_names.iter().map(String::as_str), text) {
                        return Err(problem(format!("Another side is called \"{text}\" already.")));
                    }
                    beginning.side_names.push(text.to_owned());
                }
                What::People(_) | What::Guests => {
                    let own = match *what {
                        What::People(place) => sides.get(place).map(|side| side.key.clone()),
                        What::Title | What::SideName(_) | What::Guests | What::Start | What::Privacy => None,
                    };
                    let people = parse_people(text, &sides).map_err(|error| problem(error.to_string()))?;
                    for (name, side) in people {
                        if same_name(beginning.people.iter().map(|(name, _)| name.as_str()), &name) {
                            let twice = crate::session::PeopleProblem::Twice { name };
                            return Err(problem(twice.to_string()));
                        }
                        beginning.people.push((name, side.or_else(|| own.clone())));
                    }
                }
                What::Privacy => {}
                What::Start if text.is_empty() => {}
                What::Start => {
                    beginning.start = Some(parse_time_of_day(text).ok_or_else(|| {
                        problem(format!(
                            "\"{text}\" is no time of day; write it as 14:00, or leave it empty to begin now."
                        ))
                    })?);
                }
            }
        }
        Ok(beginning)
    }

    /// The sides as they are called now.
    fn sides(&self) -> Vec<Side> {
        let named = self.offer.sides.iter().enumerate().map(|(place, SideDef { key, name, field })| {
            let typed = self.text(What::SideName(place));
            let name = if typed.is_empty() { name.as_str() } else { typed };
            (key.clone(), name.to_owned(), field.clone())
        });
        Side::marked(named)
    }

    fn text(&self, what: What) -> &str {
        self.fields.iter().find(|field| field.what == what).map_or("", |field| field.line.text().trim())
    }

    /// When it begins, as far as that can be understood.
    fn start(&self, now: Timestamp) -> Timestamp {
        parse_time_of_day(self.text(What::Start)).map_or(now, |start| {
            let ahead = start.signed_duration_since(now.local().time());
            now.plus_millis(ahead.num_milliseconds())
        })
    }

    fn compose<'a>(&'a self, field: &'a Field, theme: &'a Theme) -> Compose<'a> {
        let placeholder = match field.what {
            What::Title => self.offer.title.as_str(),
            What::SideName(place) => self.offer.sides.get(place).map_or("", |side| side.name.as_str()),
            What::People(_) => "names, with commas between; can wait",
            What::Guests => "names of those who belong to no side",
            What::Start => "now; or a time such as 14:00",
            What::Privacy => "no; Space changes that",
        };
        Compose {
            line: &field.line,
            prompt: "",
            prompt_style: theme.text,
            placeholder,
            offers: &[],
            masked: false,
            theme,
        }
    }

    /// Where everything stands in an area of the form: each row's place, `None` where it is scrolled away.
    fn layout(&self, theme: &Theme, area: Rect) -> Vec<Spot> {
        let columns = area.width.saturating_sub(LABEL);
        let most = area.height.saturating_sub(2).clamp(1, TALLEST);
        let mut spots: Vec<Spot> = Vec::new();
        for roomy in [true, false] {
            spots.clear();
            let mut y = 0;
            for index in 0..=self.fields.len() {
                let field = self.fields.get(index);
                let begins_part = match field.map(|field| field.what) {
                    Some(What::Title | What::People(_) | What::Privacy) => false,
                    Some(What::SideName(_) | What::Guests | What::Start) | None => true,
                };
                y += u16::from(roomy && begins_part);
                let rows = field.map_or(1, |field| self.compose(field, theme).rows(columns, most));
                let words = self.problem.as_ref().filter(|problem| problem.field == index);
                let under = words.map_or(0, |problem| text::lines(&problem.words, columns, 3));
                spots.push(Spot { y, rows, under });
                y += rows + under;
            }
            if y <= area.height {
                return spots;
            }
        }
        // Without room for all of it the marked field is kept in view.
        let end = spots.get(self.mark).map_or(0, |spot| spot.y + spot.rows + spot.under);
        let away = end.saturating_sub(area.height);
        spots.retain_mut(|spot| {
            let seen = spot.y >= away;
            spot.y = spot.y.saturating_sub(away);
            spot.rows = if seen { spot.rows } else { 0 };
            true
        });
        spots
    }

    /// Where the cursor stands; none where nothing is typed.
    #[must_use]
    pub fn cursor(&self, theme: &Theme, area: Rect) -> Option<Position> {
        let form = form(area);
        let field = self.fields.get(self.mark)?;
        let spot = *self.layout(theme, form).get(self.mark)?;
        self.compose(field, theme).cursor(spot.input(form))
    }

    /// Draws it. Nothing is drawn outside the area.
    pub fn draw(&self, now: Timestamp, theme: &Theme, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let (body, footer) = framed(area);
        let (main, beside) = halves(body);
        let start = self.start(now);
        let end = start.plus_millis(self.offer.secs() * 1000);
        let times = format!("{} to {}", words::clock(start), words::clock(end));
        let title = format!("Set up: {}", self.offer.title);
        two_ends((&title, theme.strong), (&times, theme.quiet), theme, below(main, 1.min(main.height)), buf);
        let form = form(area);
        let sides = self.sides();
        for (index, spot) in self.layout(theme, form).into_iter().enumerate() {
            self.draw_row(index, spot, &sides, theme, form, buf);
        }
        if let Some(beside) = beside {
            let steps = self.offer.steps.iter().map(|(title, secs)| (title.as_str(), *secs));
            let purpose = vec![Said::new(self.offer.purpose.clone(), theme.text)];
            let blocks = [purpose, agenda(steps, Some(start), theme)];
            Page { blocks: &blocks, least: text::LINE, theme }.draw(0, below(beside, 3), buf);
        }
        let enter = if self.mark + 1 < self.fields.len() { "next" } else { "begins" };
        let hints = [
            (Action::Confirm, enter),
            (Action::NextField, "next field"),
            (Action::Back, "back, all is kept"),
        ];
        if self.trouble.is_empty() {
            Footer { hints: &hints, keymap, saved: Saved::Nothing, theme }.render(footer, buf);
        } else {
            Notice { text: &self.trouble, warning: true, theme }.render(raised(footer, area), buf);
        }
    }

    fn draw_row(
        &self,
        index: usize,
        spot: Spot,
        sides: &[Side],
        theme: &Theme,
        form: Rect,
        buf: &mut Buffer,
    ) {
        let row = spot.input(form);
        if row.is_empty() {
            return;
        }
        let marked = index == self.mark;
        let Some(field) = self.fields.get(index) else {
            let style = if marked { theme.selection } else { theme.text };
            let sign = if marked { theme.signs.marked } else { " " };
            text::put(buf, form.x + LABEL - 2, row.y, &format!(" {sign} Begin "), form.width, style);
            return;
        };
        let sign = if marked { theme.signs.marked } else { " " };
        text::put(buf, form.x, row.y, sign, 1, theme.text);
        let (name, place) = match field.what {
            What::Title => ("Title", None),
            What::SideName(place) => ("Side", Some(place)),
            What::People(place) => ("People", Some(place)),
            What::Guests => ("Guests", None),
            What::Start => ("Start", None),
            What::Privacy => ("Private", None),
        };
        let style = if marked { theme.strong } else { theme.quiet };
        if let Some(place) = place {
            for y in row.top()..row.bottom() {
                text::put(buf, form.x + 2, y, theme.signs.rule, 1, theme.side(place));
            }
            if name == "Side" {
                let mark = sides.get(place).map_or(String::new(), |side| side.mark.to_string());
                text::put(buf, form.x + 3, row.y, &text::visible(&mark), 1, theme.side(place));
            }
        }
        text::put(buf, form.x + 5, row.y, name, LABEL.saturating_sub(6), style);
        self.compose(field, theme).render(row, buf);
        if let Some(problem) = self.problem.as_ref().filter(|problem| problem.field == index) {
            let under = Rect { y: row.bottom(), height: spot.under, ..row }.intersection(form);
            text::draw_wrapped(&problem.words, under, theme.warning, buf);
        }
    }
}

/// What a session can keep to itself, in words; of what hides nothing there is nothing to say.
const PRIVACIES: [(Privacy, &str); 4] = [
    (Privacy { confidential: false, anonymous: false }, ""),
    (Privacy { confidential: true, anonymous: false }, "confidential: for those who take part"),
    (Privacy { confidential: false, anonymous: true }, "anonymous: no names are kept"),
    (Privacy { confidential: true, anonymous: true }, "confidential and anonymous"),
];

/// Columns before what is typed.
const LABEL: u16 = 14;

/// The most rows that one field takes.
const TALLEST: u16 = 4;

/// Where a row of the form stands: its first row, those of the field, those of what is said under it.
#[derive(Debug, Clone, Copy)]
struct Spot {
    y: u16,
    rows: u16,
    under: u16,
}

impl Spot {
    fn input(self, form: Rect) -> Rect {
        let label = LABEL.min(form.width);
        let row = Rect {
            x: form.x + label,
            y: form.y.saturating_add(self.y),
            width: form.width - label,
            height: self.rows,
        };
        row.intersection(form)
    }
}

/// Where the fields stand on a screen.
fn form(area: Rect) -> Rect {
    let (body, _) = framed(area);
    below(halves(body).0, 3)
}
