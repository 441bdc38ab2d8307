//! How decisions look: the one in hand as a card that is read from the back row, all of them in a list, and,
//! before there is any, what there is to decide on.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::form::{Field, method_words};
use super::window::Window;
use super::{Decide, Marked, actions_of, decisions, loose, name};
use crate::session::{
    Acceptance, ActionItem, Ask, Carried, Decision, DecisionField, Outcome, Ownership, Told,
};
use crate::tui::dates;
use crate::tui::steps::board::{self, Card, Column};
use crate::tui::steps::{Focus, Here, Scene};
use crate::tui::widgets::{list, text};

/// The columns before a field's value.
const NAMES: u16 = 14;

/// One line of the card.
struct Row {
    name: &'static str,
    text: String,
    style: Style,
    /// Whether it must be seen: what the line fills in, or what is marked.
    wanted: bool,
    /// Whether it stands at the left edge, beside the rule.
    heading: bool,
    /// Whether something new begins, rather than going on from the row above.
    begins: bool,
}

pub(super) fn draw(decide: &Decide, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let here = &scene.here;
    if area.is_empty() {
        return;
    }
    let marked = match scene.focus {
        Focus::Line => None,
        Focus::Board => decide.marked,
    };
    let chosen = marked.and_then(|_| here.shown.decisions().get(decide.marked_decision(here)?));
    let on_card = chosen.or_else(|| decide.on_card(here));
    let all = listed(on_card, marked, scene);
    let Some(decision) = on_card else {
        if all.is_empty() {
            draw_basis(scene, area, buf);
        } else {
            draw_list(&all, area, scene, buf);
        }
        return;
    };
    if area.width >= text::LINE + list::NARROW + 2 && all.len() > 1 {
        let left = Rect { width: text::LINE, ..area };
        let right =
            Rect { x: left.right() + 2, width: (area.width - text::LINE - 2).min(text::LINE), ..area };
        draw_rows(&card(decide, decision, marked, scene, left.width), left, scene, buf);
        return draw_list(&all, right, scene, buf);
    }
    let rows = card(decide, decision, marked, scene, area.width.min(text::LINE));
    let below = if all.len() > 1 { u16::try_from(all.len() + 2).unwrap_or(u16::MAX) } else { 0 };
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    // The card comes first, but a third of the room is the list's where there is one.
    let below = below.min(area.height.saturating_sub(wanted).max(area.height / 3));
    let upper = Rect { height: area.height - below, ..area };
    draw_rows(&rows, upper, scene, buf);
    if below > 2 {
        draw_list(&all, Rect { y: upper.bottom() + 1, height: below - 1, ..area }, scene, buf);
    }
}

/// Before anything is decided: all that comes in, side by side.
fn draw_basis(scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let here = &scene.here;
    let all = here.brought();
    let column = |title, fits: fn(&Carried) -> bool| Column {
        side: None,
        title,
        hidden: 0,
        cards: all.iter().copied().filter(fits).collect::<Vec<_>>().into(),
    };
    let mut columns: Vec<Column<'_, Carried>> = vec![
        column("What can be learned", |what| matches!(what, Carried::Possibility(_))),
        column("Insights", |what| matches!(what, Carried::Insight(_))),
        column("Groups", |what| matches!(what, Carried::Cluster(_))),
        column("Topics", |what| matches!(what, Carried::Topic(_) | Carried::Gap(_))),
        column("Notes", |what| matches!(what, Carried::Note(_))),
    ];
    columns.retain(|column| !column.cards.is_empty());
    let card = |what| here.shown.told(what).map(Card::brought);
    board::draw(&columns, card, None, scene.theme, area, buf);
}

/// The rows of a card as they are made.
struct Rows<'s> {
    rows: Vec<Row>,
    width: u16,
    scene: &'s Scene<'s>,
}

impl Rows<'_> {
    fn heading(&mut self, words: &str, style: Style, wanted: bool) {
        for line in text::wrap(words, self.width.saturating_sub(2)) {
            self.rows.push(Row {
                name: "",
                text: line.into_owned(),
                style,
                wanted,
                heading: true,
                begins: false,
            });
        }
    }

    fn value(&mut self, name: &'static str, words: &str, style: Style, wanted: bool) {
        let lines = text::wrap(words, self.width.saturating_sub(NAMES));
        for (line, place) in lines.zip(0..) {
            let name = if place == 0 { name } else { "" };
            self.rows.push(Row {
                name,
                text: line.into_owned(),
                style,
                wanted,
                heading: false,
                begins: place == 0,
            });
        }
    }

    fn air(&mut self) {
        let style = self.scene.theme.text;
        let text = String::new();
        self.rows.push(Row { name: "", text, style, wanted: false, heading: false, begins: false });
    }
}

fn card(
    decide: &Decide,
    decision: &Decision,
    marked: Option<Marked>,
    scene: &Scene<'_>,
    width: u16,
) -> Vec<Row> {
    let here = &scene.here;
    let theme = scene.theme;
    let hand = decide.hand(here);
    let in_hand = scene.focus == Focus::Line && hand.decision.is_some_and(|hand| hand.id == decision.id);
    let at = |fields: &[DecisionField]| {
        in_hand && matches!(hand.field, Field::Decision(field) if fields.contains(&field))
    };
    let today = here.now.date();
    let mut rows = Rows { rows: Vec::new(), width, scene };
    let is_marked = marked == Some(Marked::Decision(decision.id));
    let style = if is_marked { theme.selection } else { theme.strong };
    rows.heading(&decision.statement, style, is_marked);
    rows.air();
    let how = format!("by {}", method_words(decision.method));
    rows.value("how", &how, theme.text, at(&[DecisionField::Method]));
    let objecting = at(&[DecisionField::Objection]);
    if decision.objections.is_empty() {
        rows.value("objections", "none raised", theme.quiet, objecting);
    }
    for (objection, place) in decision.objections.iter().zip(0..) {
        rows.value(if place == 0 { "objections" } else { "" }, objection, theme.text, objecting);
    }
    let owning =
        at(&[DecisionField::Owner, DecisionField::Acceptance, DecisionField::AskWho, DecisionField::AskBy]);
    rows.value("owner", &outcome_words(here, &decision.outcome), theme.text, owning);
    let (review, style) = match decision.review {
        Some(day) => (dates::shown(day, today), theme.text),
        None => ("no day yet".to_owned(), theme.quiet),
    };
    rows.value("review", &review, style, at(&[DecisionField::Review]));
    for (carried, place) in grounds(here, decision).iter().zip(0..) {
        let line = text::fit(&carried.text, width.saturating_sub(NAMES), theme.signs.cut).into_owned();
        rows.value(if place == 0 { "rests on" } else { "" }, &line, theme.text, false);
    }
    let mut actions = actions_of(here, decision.id).peekable();
    if actions.peek().is_some() || at(&[DecisionField::When, DecisionField::Will]) {
        rows.air();
    }
    for action in actions {
        let is_marked = marked == Some(Marked::Action(action.id));
        let filled = in_hand
            && matches!(hand.field, Field::Action(_))
            && hand.action.is_some_and(|hand| hand.id == action.id);
        let style = if is_marked { theme.selection } else { theme.text };
        rows.value("action", &action_words(here, action), style, is_marked || filled);
    }
    if at(&[DecisionField::When, DecisionField::Will]) {
        rows.value("action", "when …, I will …", theme.quiet, true);
    }
    rows.rows
}

/// What a decision rests on, as far as it can be seen.
fn grounds<'a>(here: &Here<'a>, decision: &Decision) -> Vec<Told<'a>> {
    decision.grounds.iter().filter_map(|ground| here.shown.told(*ground)).collect()
}

fn by_words(by: Option<NaiveDate>, here: &Here<'_>) -> String {
    by.map_or(String::new(), |day| format!(" by {}", dates::shown(day, here.now.date())))
}

/// Who will be asked, by when; empty where neither is known.
fn ask_words(here: &Here<'_>, ask: &Ask) -> String {
    match (&ask.who, ask.by) {
        (Some(who), by) => format!("; {} will be asked{}", name(here, who), by_words(by, here)),
        (None, Some(_)) => format!("; somebody will be asked{}", by_words(ask.by, here)),
        (None, None) => String::new(),
    }
}

fn outcome_words(here: &Here<'_>, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Decided(Ownership::Owned { by, acceptance }) => {
            format!("{}, {}", name(here, by), acceptance.words())
        }
        Outcome::Decided(Ownership::Open(ask)) => {
            format!("an open question: nobody owns it yet{}", ask_words(here, ask))
        }
        Outcome::NotDecided(ask) => format!("not decided{}", ask_words(here, ask)),
    }
}

/// An action as one sentence: what, who, by when.
fn action_words(here: &Here<'_>, action: &ActionItem) -> String {
    let doer = match &action.owner {
        Ownership::Owned { by, acceptance: Acceptance::Accepted } => name(here, by).to_owned(),
        Ownership::Owned { by, acceptance } => format!("{} ({})", name(here, by), acceptance.words()),
        Ownership::Open(ask) => format!("nobody yet{}", ask_words(here, ask)),
    };
    let by = action.by.map_or(String::new(), |day| format!(", by {}", dates::shown(day, here.now.date())));
    format!("{} — {doer}{by}", action.sentence())
}

/// The statement stays at the top and what the line fills in is seen; where something is cut, a sign says so.
fn draw_rows(rows: &[Row], area: Rect, scene: &Scene<'_>, buf: &mut Buffer) {
    let theme = scene.theme;
    let height = usize::from(area.height);
    let is_air = |row: &Row| row.name.is_empty() && row.text.is_empty();
    let rows: Vec<&Row> = rows.iter().filter(|row| rows.len() <= height || !is_air(row)).collect();
    let (head, body) = rows.split_at(rows.iter().take_while(|row| row.heading).count());
    let top = head.len().min((height / 2).max(height.saturating_sub(body.len())).max(1));
    let mut lines = (area.top()..area.bottom()).map(|y| Rect { y, height: 1, ..area });
    for (index, row) in head[..top].iter().enumerate() {
        let Some(line) = lines.next() else { return };
        draw_row(row, line, scene, buf);
        if index + 1 == top && top < head.len() {
            let x = line.x + (2 + text::width(&row.text)).min(line.width.saturating_sub(1));
            text::put(buf, x, line.y, theme.signs.cut, 1, row.style);
        }
    }
    let first = body.iter().position(|row| row.wanted).unwrap_or(0);
    let wanted = first..body.iter().rposition(|row| row.wanted).unwrap_or(0) + 1;
    let Window { seen, above, below } = Window::of(body.len(), wanted, height.saturating_sub(top));
    let begun = |rows: &[&Row]| rows.iter().filter(|row| row.begins).count();
    if above && let Some(line) = lines.next() {
        draw_more(theme.signs.above, begun(&body[..seen.start]), NAMES, line, scene, buf);
    }
    for (row, line) in body[seen.clone()].iter().zip(lines.by_ref()) {
        draw_row(row, line, scene, buf);
    }
    if below && let Some(line) = lines.next() {
        let cut = &body[seen.end..];
        // What begins in sight and ends out of it is not all seen either.
        let halved = cut.first().is_some_and(|row| !row.begins);
        draw_more(theme.signs.below, begun(cut) + usize::from(halved), NAMES, line, scene, buf);
    }
}

fn draw_row(row: &Row, line: Rect, scene: &Scene<'_>, buf: &mut Buffer) {
    let Rect { x, y, width, .. } = line;
    let theme = scene.theme;
    if row.heading {
        text::put(buf, x, y, theme.signs.rule, 1, theme.strong);
        text::put(buf, x + 2, y, &row.text, width.saturating_sub(2), row.style);
        return;
    }
    let (sign, style) = if row.wanted { (theme.signs.marked, theme.strong) } else { (" ", theme.quiet) };
    if !row.name.is_empty() {
        text::put(buf, x, y, sign, width.min(1), style);
        text::put(buf, x + 2, y, row.name, (NAMES - 3).min(width.saturating_sub(2)), style);
    }
    text::put(buf, x + NAMES, y, &row.text, width.saturating_sub(NAMES), row.style);
}

/// How many are cut, so many columns from the edge.
fn draw_more(sign: &str, count: usize, indent: u16, line: Rect, scene: &Scene<'_>, buf: &mut Buffer) {
    let indent = indent.min(line.width);
    let words = format!("{sign} {count} more");
    text::put(buf, line.x + indent, line.y, &words, line.width - indent, scene.theme.quiet);
}

/// One line of the list.
struct Listed {
    words: String,
    tail: String,
    on_card: bool,
    style: Style,
}

/// All decisions, a line each, then the actions whose decision is gone.
fn listed(on_card: Option<&Decision>, marked: Option<Marked>, scene: &Scene<'_>) -> Vec<Listed> {
    let here = &scene.here;
    let theme = scene.theme;
    let all = decisions(here).zip(1..).map(|(decision, number)| Listed {
        words: format!("{number:>3} {}", decision.statement),
        tail: match &decision.outcome {
            Outcome::Decided(Ownership::Owned { by, .. }) => name(here, by).to_owned(),
            Outcome::Decided(Ownership::Open(_)) => "open question".to_owned(),
            Outcome::NotDecided(_) => "not decided".to_owned(),
        },
        on_card: on_card.is_some_and(|on_card| on_card.id == decision.id),
        style: theme.text,
    });
    let actions = loose(here).map(|action| Listed {
        words: format!("    {}", action_words(here, action)),
        tail: String::new(),
        on_card: false,
        style: if marked == Some(Marked::Action(action.id)) { theme.selection } else { theme.text },
    });
    all.chain(actions).collect()
}

fn draw_list(list: &[Listed], area: Rect, scene: &Scene<'_>, buf: &mut Buffer) {
    let theme = scene.theme;
    if area.height < 2 || area.width < 8 {
        return;
    }
    let width = area.width.min(text::LINE + 8);
    let on_card = list.iter().position(|listed| listed.on_card).unwrap_or(0);
    let Window { seen, above, below } =
        Window::of(list.len(), on_card..on_card + 1, usize::from(area.height - 1));
    let mut title = "All decisions".to_owned();
    if !above && !below && seen.len() < list.len() {
        // No row is left for a sign.
        title.push_str(&format!("  {} more", list.len() - seen.len()));
    }
    text::put(buf, area.x + 1, area.y, &title, area.width - 1, theme.quiet);
    let mut lines = (area.top() + 1..area.bottom()).map(|y| Rect { y, height: 1, width, ..area });
    if above && let Some(line) = lines.next() {
        draw_more(theme.signs.above, seen.start, 5, line, scene, buf);
    }
    for (listed, line) in list[seen.clone()].iter().zip(lines.by_ref()) {
        let y = line.y;
        let tail = text::fit(&listed.tail, width / 3, theme.signs.cut);
        let tail_width = text::width(&tail);
        let room = width.saturating_sub(tail_width + 3);
        let words = text::visible(&listed.words).into_owned();
        let style = if listed.on_card { theme.strong } else { listed.style };
        if listed.on_card {
            text::put(buf, area.x, y, theme.signs.marked, 1, style);
        }
        text::put(buf, area.x + 1, y, &text::fit(&words, room, theme.signs.cut), room, style);
        text::put(buf, area.x + width - tail_width, y, &tail, tail_width, theme.quiet);
    }
    if below && let Some(line) = lines.next() {
        draw_more(theme.signs.below, list.len() - seen.end, 5, line, scene, buf);
    }
}
