//! The facilitator's part: what to say, what comes next, the time, who has not been heard.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::script::SideKey;
use crate::session::{Part, Participant, Shown, planned_secs};
use crate::tui::steps::Here;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// The drift in words: `3 min behind`; empty within half a minute of the plan.
pub(super) fn drift(here: &Here<'_>) -> String {
    let secs = here.shown.schedule(here.now).drift_secs();
    let minutes = (secs.abs() + 30) / 60;
    match (minutes, secs > 0) {
        (0, _) => String::new(),
        (minutes, true) => format!("{minutes} min behind"),
        (minutes, false) => format!("{minutes} min ahead"),
    }
}

pub(super) fn draw(here: &Here<'_>, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let mut y = area.y;
    for (name, words) in parts(here) {
        if y >= area.bottom() {
            return;
        }
        let indent = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
        y += put(&name, Rect { y, height: area.bottom() - y, ..area }, theme.quiet, buf);
        for line in words {
            if y >= area.bottom() {
                return;
            }
            y += put(&line, Rect { y, height: area.bottom() - y, ..indent }, theme.text, buf);
        }
        y += 1;
    }
}

fn put(words: &str, area: Rect, style: Style, buf: &mut Buffer) -> u16 {
    text::draw_wrapped(words, area, style, buf)
}

fn parts(here: &Here<'_>) -> Vec<(String, Vec<String>)> {
    let head = &here.step.head;
    let round =
        usize::try_from(here.pass.round).ok().and_then(|round| head.rounds.get(round.checked_sub(1)?));
    let say = round.map(|round| round.say.as_str()).filter(|say| !say.is_empty()).unwrap_or(&head.say);
    let mut parts = Vec::new();
    if !say.is_empty() {
        parts.push(("Say".to_owned(), vec![say.to_owned()]));
    }
    parts.push(("Time".to_owned(), time(here)));
    parts.push(("Next".to_owned(), vec![next(here)]));
    if here.step.kind.decide().is_some() && here.shown.lacks_decision_maker() {
        parts.push(("No decision-maker is here".to_owned(), vec![NO_DECISION_MAKER.to_owned()]));
    }
    match here.shown.waiting() {
        0 => {}
        1 => parts.push(("Parking lot".to_owned(), vec!["one thought waits".to_owned()])),
        many => parts.push(("Parking lot".to_owned(), vec![format!("{many} thoughts wait")])),
    }
    let unheard = unheard(here.shown);
    if !unheard.is_empty() {
        parts.push(("Not heard yet".to_owned(), unheard));
    }
    if !head.tips.is_empty() {
        parts.push(("Tips".to_owned(), head.tips.clone()));
    }
    parts
}

/// Said where decisions are made and none of those who are there is marked as somebody who may.
const NO_DECISION_MAKER: &str = "What is decided now may not hold. If somebody may decide, mark them with Ctrl+O; else name who will be asked.";

/// So many names of a side are told; of the rest only how many there are.
const NAMED: usize = 5;

/// Those who have not been heard, a line for each side that has some.
fn unheard(shown: Shown<'_>) -> Vec<String> {
    let unheard: Vec<&Participant> = shown.unheard().collect();
    let of_side = |side: Option<&SideKey>| {
        let names: Vec<&str> = unheard
            .iter()
            .filter(|person| person.side.as_ref() == side)
            .map(|person| person.name.as_str())
            .collect();
        let (told, rest) = names.split_at(names.len().min(NAMED));
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        (!told.is_empty()).then(|| format!("{}{more}", told.join(", ")))
    };
    let sides = shown.sides().iter().map(|side| (Some(&side.key), Some(side.mark))).chain([(None, None)]);
    sides
        .filter_map(|(side, mark)| {
            let names = of_side(side)?;
            Some(mark.map_or(names.clone(), |mark| format!("{mark}: {names}")))
        })
        .collect()
}

fn next(here: &Here<'_>) -> String {
    match here.shown.next_part() {
        Some(Part::Step(id)) => here.shown.step(id).map_or_else(String::new, |step| {
            format!("{}, {} min", step.head.title, (planned_secs(step) + 30) / 60)
        }),
        Some(Part::Round(round)) => format!("round {round} of this step"),
        Some(Part::Topic(topic)) => {
            here.shown.topic(topic).map_or_else(String::new, |topic| topic.text.clone())
        }
        Some(Part::Topics) => "the wording of topics".to_owned(),
        None => "this is the last part; then the summary".to_owned(),
    }
}

fn time(here: &Here<'_>) -> Vec<String> {
    let schedule = here.shown.schedule(here.now);
    let clock = |moment: crate::timer::Timestamp| moment.local().format("%H:%M").to_string();
    let drift = drift(here);
    let drift = if drift.is_empty() { "on time".to_owned() } else { drift };
    vec![format!("{drift}; ends {}, planned {}", clock(schedule.expected_end), clock(schedule.planned_end))]
}
