//! Choosing what a decision rests on: what was brought along, with a sign at what is linked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Decide, Linking};
use crate::session::{Decision, Draft, Item, ItemId, Request};
use crate::tui::effect::Effect;
use crate::tui::steps::board::{self, Card, Column, Origin};
use crate::tui::steps::carried::{self, Carried};
use crate::tui::steps::{Here, Scene, StepAction};
use crate::tui::widgets::text;

/// What can be linked: what was brought along, and what is linked already.
fn choices(here: &Here<'_>, decision: &Decision) -> Vec<Carried> {
    let mut choices = carried::all(here);
    for ground in &decision.grounds {
        if choices.iter().all(|carried| carried.ground != *ground) {
            choices.extend(carried::told(here.shown, *ground));
        }
    }
    choices
}

impl Decide {
    pub(super) fn begin_linking(&mut self, here: &Here<'_>) -> Option<Vec<Effect>> {
        let id = self.marked_decision(here)?;
        let choices = choices(here, here.shown.decisions().get(id)?);
        let Some(first) = choices.first() else {
            return Some(vec![Effect::Say("Nothing was brought along that it could rest on.".to_owned())]);
        };
        self.linking = Some(Linking { decision: id, marked: Some(first.ground) });
        Some(Vec::new())
    }

    pub(super) fn act_linking(
        &mut self,
        here: &Here<'_>,
        linking: Linking,
        action: StepAction,
    ) -> Option<Vec<Effect>> {
        let Some(decision) = here.shown.decisions().get(linking.decision) else {
            self.linking = None;
            return None;
        };
        if let StepAction::Move(direction) = action {
            let column = choices(here, decision).into_iter().map(|carried| carried.ground).collect();
            let marked = board::moved(&[column], linking.marked, direction);
            self.linking = Some(Linking { marked, ..linking });
            return Some(Vec::new());
        }
        if action == StepAction::Confirm {
            let ground = linking.marked?;
            let mut draft = decision.draft();
            match draft.grounds.iter().position(|linked| *linked == ground) {
                Some(place) => drop(draft.grounds.remove(place)),
                None => draft.grounds.push(ground),
            }
            let id = ItemId::Decision(decision.id);
            return Some(vec![Effect::ask(Request::Change { id, draft: Draft::Decision(draft) })]);
        }
        if matches!(action, StepAction::Back | StepAction::Link) {
            self.linking = None;
            return Some(Vec::new());
        }
        None
    }
}

pub(super) fn draw(linking: Linking, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let here = &scene.here;
    let theme = scene.theme;
    let Some(decision) = here.shown.decisions().get(linking.decision) else { return };
    let head = Rect { height: area.height.min(2), ..area };
    let used = text::draw_wrapped(&decision.statement, head, theme.strong, buf);
    if area.height < used + 3 {
        return;
    }
    let choices = choices(here, decision);
    let linked = |carried: &Carried| decision.grounds.contains(&carried.ground);
    let told: Vec<String> = choices
        .iter()
        .map(|carried| format!("{} {}", if linked(carried) { theme.signs.check } else { " " }, carried.text))
        .collect();
    let cards = choices.iter().zip(&told).map(|(carried, text)| Card {
        id: carried.ground,
        text,
        tags: &[],
        origin: Origin::side(&carried.origin),
    });
    let column = Column { side: None, title: "It rests on", hidden: 0, cards: cards.collect() };
    let below = Rect { y: area.y + used + 1, height: area.height - used - 1, ..area };
    board::draw(&[column], linking.marked, theme, below, buf);
}
