//! Choosing what a decision rests on: what was brought along, with a sign at what is linked.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Decide, Linking};
use crate::session::{Carried, Decision, Draft, Item, ItemId, Request};
use crate::tui::effect::Effect;
use crate::tui::steps::board::{self, Card, Column};
use crate::tui::steps::{Here, Scene, StepAction};
use crate::tui::widgets::text;

/// What can be linked: what was brought along, and what is linked already.
fn choices<'a>(here: &Here<'a>, decision: &Decision) -> Cow<'a, [Carried]> {
    let mut choices = here.brought();
    for ground in &decision.grounds {
        if !choices.contains(ground) && here.shown.told(*ground).is_some() {
            choices.to_mut().push(*ground);
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
        self.linking = Some(Linking { decision: id, marked: Some(*first) });
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
            let marked = board::moved(&[choices(here, decision)], linking.marked, direction);
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
    let card = |what| {
        let card = Card::brought(here.shown.told(what)?);
        let sign = if decision.grounds.contains(&what) { theme.signs.check } else { " " };
        Some(Card { text: format!("{sign} {}", card.text).into(), ..card })
    };
    let column = Column { side: None, title: "It rests on", hidden: 0, cards: choices(here, decision) };
    let below = Rect { y: area.y + used + 1, height: area.height - used - 1, ..area };
    board::draw(&[column], card, linking.marked, theme, below, buf);
}
