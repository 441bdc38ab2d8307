//! Decide: decisions with their owners, and actions, filled in field by field while people speak.
//!
//! Owns which decision and action are in hand and which field the line fills. A decision is in the session as
//! soon as its words are; each later field is one change of it.

mod blank;
mod fill;
mod form;
mod links;
mod view;
mod window;

pub use form::sentence;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Direction, Focus, Here, Label, Scene, StepAction, StepScreen, board};
use crate::script::Method;
use crate::session::paper::{self, Sheet};
use crate::session::{
    Acceptance, ActionField, ActionId, ActionItem, Blank, Carried, Decision, DecisionDraft, DecisionField,
    DecisionId, Draft, ItemId, Outcome, Ownership, Who,
};
use crate::tui::action::Action;
use crate::tui::dates;
use crate::tui::effect::Effect;
use form::Field;

/// What the screen of a decide step needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Decide {
    decision: Option<Pick<DecisionId>>,
    action: Option<Pick<ActionId>>,
    field: Field,
    marked: Option<Marked>,
    /// What is marked while the grounds of a decision are chosen.
    linking: Option<Linking>,
}

/// What is in hand.
#[derive(Debug, Clone, Copy)]
enum Pick<Id> {
    /// This one.
    This(Id),
    /// The one that was asked for when this was the newest: none where it was refused or undone.
    After(Option<Id>),
}

impl<Id: Copy + PartialEq> Pick<Id> {
    fn id(self, newest: Option<Id>) -> Option<Id> {
        match self {
            Self::This(id) => Some(id),
            Self::After(before) => newest.filter(|_| newest != before),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    Decision(DecisionId),
    Action(ActionId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Linking {
    decision: DecisionId,
    marked: Option<Carried>,
}

/// What the line is about.
#[derive(Debug, Clone, Copy)]
struct Hand<'a> {
    decision: Option<&'a Decision>,
    action: Option<&'a ActionItem>,
    field: Field,
}

impl Hand<'_> {
    fn outcome(&self) -> Option<&Outcome> {
        self.decision.map(|decision| &decision.outcome)
    }

    fn doer(&self) -> Option<&Ownership> {
        self.action.map(|action| &action.owner)
    }

    fn round(&self) -> Vec<Field> {
        form::round(self.outcome(), self.doer())
    }

    fn next(&self) -> Field {
        self.field.next(self.outcome(), self.doer())
    }
}

fn decisions<'a>(here: &Here<'a>) -> impl DoubleEndedIterator<Item = &'a Decision> + use<'a> {
    let pass = here.pass.reference();
    here.shown.decisions().iter().filter(move |decision| decision.made.during() == pass)
}

fn actions<'a>(here: &Here<'a>) -> impl DoubleEndedIterator<Item = &'a ActionItem> + use<'a> {
    let pass = here.pass.reference();
    here.shown.actions().iter().filter(move |action| action.made.during() == pass)
}

fn actions_of<'a>(here: &Here<'a>, decision: DecisionId) -> impl Iterator<Item = &'a ActionItem> + use<'a> {
    actions(here).filter(move |action| action.decision == Some(decision))
}

/// Actions whose decision is gone.
fn loose<'a>(here: &Here<'a>) -> impl Iterator<Item = &'a ActionItem> + use<'a> {
    let known: Vec<DecisionId> = decisions(here).map(|decision| decision.id).collect();
    actions(here).filter(move |action| action.decision.is_none_or(|id| !known.contains(&id)))
}

/// All that can be marked, actions after their decision.
fn order(here: &Here<'_>) -> Vec<Marked> {
    let mut order = Vec::new();
    for decision in decisions(here) {
        order.push(Marked::Decision(decision.id));
        order.extend(actions_of(here, decision.id).map(|action| Marked::Action(action.id)));
    }
    order.extend(loose(here).map(|action| Marked::Action(action.id)));
    order
}

fn usual_method(here: &Here<'_>) -> Method {
    here.step.kind.decide().map_or_else(Method::default, |decide| decide.method)
}

fn name<'a>(here: &Here<'a>, who: &'a Who) -> &'a str {
    match who {
        Who::Person(id) => here.shown.name(*id),
        Who::Named(name) => name,
    }
}

fn proposal(here: &Here<'_>, statement: &str) -> Draft {
    Draft::Decision(DecisionDraft {
        statement: statement.to_owned(),
        method: usual_method(here),
        outcome: Outcome::Decided(Ownership::default()),
        objections: Vec::new(),
        review: None,
        grounds: Vec::new(),
    })
}

fn actions_of_sheet(here: &Here<'_>, text: &str, decision: Option<DecisionId>) -> Sheet {
    let today = here.now.date();
    let day = |text: &str| dates::parse(text, today);
    paper::actions(text, here.shown.people(), decision, day, form::sentence)
}

/// A list before any decision: proposals, or, where a line says who or by when, actions for themselves.
fn proposals(here: &Here<'_>, text: &str) -> Sheet {
    let says_more = |draft: &Draft| {
        let Draft::Action(action) = draft else { return false };
        action.by.is_some() || matches!(action.owner, Ownership::Owned { .. })
    };
    let actions = actions_of_sheet(here, text, None);
    if actions.drafts().any(says_more) { actions } else { Sheet::list(text, |line| proposal(here, line)) }
}

impl Decide {
    /// What is in hand, and the field that applies to it: what was refused or undone leaves its field.
    fn hand<'a>(&self, here: &Here<'a>) -> Hand<'a> {
        let newest = decisions(here).next_back().map(|decision| decision.id);
        let decision = self.decision.and_then(|pick| pick.id(newest));
        let newest = actions(here).next_back().map(|action| action.id);
        let action = self.action.and_then(|pick| pick.id(newest));
        let mut hand = Hand {
            decision: decision.and_then(|id| here.shown.decisions().get(id)),
            action: action.and_then(|id| here.shown.actions().get(id)),
            field: self.field,
        };
        let round = hand.round();
        let applies = |field: Field| {
            round.contains(&field)
                || (field == Field::Decision(DecisionField::Will)
                    && round.contains(&Field::Decision(DecisionField::When)))
        };
        // Two steps lead from any field to one that always applies.
        for _ in 0..3 {
            if !applies(hand.field) {
                hand.field = hand.field.instead();
            }
        }
        hand
    }

    fn go_round(&mut self, here: &Here<'_>, forward: bool) {
        let hand = self.hand(here);
        let round = hand.round();
        let field = if hand.field == Field::Decision(DecisionField::Will) {
            Field::Decision(DecisionField::When)
        } else {
            hand.field
        };
        let place = round.iter().position(|other| *other == field).unwrap_or(0);
        let by = if forward { 1 } else { round.len() - 1 };
        self.field = round[(place + by) % round.len()];
    }

    /// Enter with nothing typed: what is there stays, the next field comes.
    fn skip(&mut self, hand: &Hand<'_>) {
        self.field = match (hand.field, hand.decision) {
            // A stray Enter must not make the next words fill in another field.
            (Field::Statement, _) | (Field::Action(ActionField::By), None) => Field::Statement,
            (_, _) => hand.next(),
        };
        if self.field == Field::Statement {
            self.action = None;
        }
    }

    fn propose(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        self.decision = Some(Pick::After(decisions(here).next_back().map(|decision| decision.id)));
        self.action = None;
        self.marked = None;
        self.field = Field::Decision(DecisionField::Method);
        vec![Effect::add(vec![proposal(here, text)])]
    }

    fn confirm(&mut self, here: &Here<'_>) -> Option<Vec<Effect>> {
        match self.marked? {
            Marked::Decision(id) => {
                self.decision = Some(Pick::This(id));
                self.action = None;
                self.field = Field::Decision(DecisionField::Method);
            }
            Marked::Action(id) => {
                self.decision = here.shown.actions().get(id)?.decision.map(Pick::This);
                self.action = Some(Pick::This(id));
                self.field = Field::Action(ActionField::Owner);
            }
        }
        Some(vec![Effect::ToLine])
    }

    fn move_mark(&mut self, here: &Here<'_>, direction: Direction) {
        let order = order(here);
        let marked = self.marked.filter(|marked| order.contains(marked));
        self.marked = match marked {
            Some(_) => board::moved(&[order], marked, direction),
            // It begins at what the room looks at.
            None => {
                self.on_card(here).map(|decision| Marked::Decision(decision.id)).or(order.last().copied())
            }
        };
    }

    /// The decision that is shown in full.
    fn on_card<'a>(&self, here: &Here<'a>) -> Option<&'a Decision> {
        self.hand(here).decision.or_else(|| decisions(here).next_back())
    }

    fn marked_decision(&self, here: &Here<'_>) -> Option<DecisionId> {
        match self.marked? {
            Marked::Decision(id) => Some(id),
            Marked::Action(id) => here.shown.actions().get(id)?.decision,
        }
    }
}

impl StepScreen for Decide {
    fn label(&self, here: &Here<'_>) -> Label {
        let hand = self.hand(here);
        let accepted = |ownership: Option<&Ownership>| match ownership {
            Some(Ownership::Owned { by, .. }) => format!("Has {} accepted?", name(here, by)),
            Some(Ownership::Open(_)) | None => "Accepted?".to_owned(),
        };
        let what = match hand.field {
            Field::Statement => "Decision",
            Field::Decision(DecisionField::Method) => "How",
            Field::Decision(DecisionField::Objection) => "Objection",
            Field::Decision(DecisionField::Owner) => "Owner",
            Field::Decision(DecisionField::AskWho) | Field::Action(ActionField::AskWho) => {
                "Who will be asked"
            }
            Field::Decision(DecisionField::AskBy) | Field::Action(ActionField::AskBy) => "Asked by when",
            Field::Decision(DecisionField::Review) => "Review on",
            Field::Decision(DecisionField::When) => "Action: when",
            Field::Decision(DecisionField::Will) => "Action",
            Field::Action(ActionField::Owner) => "Who does it",
            Field::Action(ActionField::By) => "By when",
            Field::Decision(DecisionField::Acceptance) => {
                let owner = match hand.outcome() {
                    Some(Outcome::Decided(ownership)) => Some(ownership),
                    Some(Outcome::NotDecided(_)) | None => None,
                };
                return Label { side: None, what: accepted(owner) };
            }
            Field::Action(ActionField::Acceptance) => {
                return Label { side: None, what: accepted(hand.doer()) };
            }
        };
        Label { side: None, what: what.to_owned() }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        let hand = self.hand(here);
        let kept = |day: Option<NaiveDate>| match day {
            Some(day) => format!("1 Dec, friday, 4w; now {}", dates::shown(day, here.now.date())),
            None => "1 Dec, friday, 4w; Enter alone: no day".to_owned(),
        };
        let ask = hand.outcome().and_then(form::ask_of);
        let doer_ask = hand.doer().and_then(form::open);
        match hand.field {
            Field::Statement => "as it was said".to_owned(),
            Field::Decision(DecisionField::Method) => {
                let now = hand.decision.map_or_else(|| usual_method(here), |decision| decision.method);
                let choices = form::choices(Method::ALL.map(form::method_words));
                format!("{choices}  Enter: {}", form::method_words(now))
            }
            Field::Decision(DecisionField::Objection) => "in their words; Enter alone: no more".to_owned(),
            Field::Decision(DecisionField::Owner) => "a name, nobody, or not decided".to_owned(),
            Field::Action(ActionField::Owner) => "a name, or nobody".to_owned(),
            Field::Decision(DecisionField::Acceptance) | Field::Action(ActionField::Acceptance) => {
                form::choices(Acceptance::ALL.map(Acceptance::words))
            }
            Field::Decision(DecisionField::AskWho) | Field::Action(ActionField::AskWho) => {
                "a name; Enter alone: not known yet".to_owned()
            }
            Field::Decision(DecisionField::AskBy) => kept(ask.and_then(|ask| ask.by)),
            Field::Action(ActionField::AskBy) => kept(doer_ask.and_then(|ask| ask.by)),
            Field::Decision(DecisionField::Review) => {
                kept(hand.decision.and_then(|decision| decision.review))
            }
            Field::Action(ActionField::By) => kept(hand.action.and_then(|action| action.by)),
            Field::Decision(DecisionField::When) => {
                "when …, I will …   Enter alone: next decision".to_owned()
            }
            Field::Decision(DecisionField::Will) => "I will …   Enter alone: next decision".to_owned(),
        }
    }

    fn hints(&self, _here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        match focus {
            Focus::Board if self.linking.is_some() => {
                vec![(Action::Confirm, "links or unlinks"), (Action::Back, "back"), (Action::Palette, "all")]
            }
            Focus::Line => vec![
                (Action::Add, "takes it"),
                (Action::NextField, "next field"),
                (Action::Board, "board"),
                (Action::NextStep, "next"),
                (Action::Palette, "all"),
            ],
            Focus::Board => vec![
                (Action::Compose, "line"),
                (Action::Confirm, "takes it up"),
                (Action::Link, "rests on"),
                (Action::Edit, "edit"),
                (Action::Remove, "remove"),
                (Action::Palette, "all"),
            ],
        }
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        self.linking = None;
        let hand = self.hand(here);
        let text = text.trim();
        if text.is_empty() {
            self.skip(&hand);
            return Vec::new();
        }
        let answer = match hand.field {
            Field::Statement => Ok(self.propose(here, text)),
            Field::Decision(field) => self.fill_decision(here, &hand, field, text),
            Field::Action(field) => self.fill_action(here, &hand, field, text),
        };
        answer.unwrap_or_else(|said| vec![Effect::Say(said)])
    }

    fn blank(&self, here: &Here<'_>) -> Blank {
        self.hand(here).blank()
    }

    fn resume(&mut self, here: &Here<'_>, blank: &Blank) {
        self.take_up(here, blank);
    }

    fn sheet(&self, here: &Here<'_>, text: &str) -> Option<Sheet> {
        let hand = self.hand(here);
        let decision = hand.decision.map(|decision| decision.id);
        match hand.field {
            Field::Decision(DecisionField::When | DecisionField::Will) => {
                Some(actions_of_sheet(here, text, decision))
            }
            Field::Statement => Some(proposals(here, text)),
            Field::Decision(_) | Field::Action(_) => None,
        }
    }

    fn list_hint(&self, _here: &Here<'_>) -> String {
        "who: what by when, one a line; Enter twice shows them all".to_owned()
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        if let (Some(linking), Focus::Board) = (self.linking, focus) {
            return self.act_linking(here, linking, action);
        }
        match (focus, action) {
            (Focus::Line, StepAction::NextField | StepAction::Move(Direction::Down)) => {
                self.go_round(here, true);
            }
            (Focus::Line, StepAction::PreviousField | StepAction::Move(Direction::Up)) => {
                self.go_round(here, false);
            }
            (Focus::Board, StepAction::Move(direction)) => self.move_mark(here, direction),
            (Focus::Board, StepAction::Confirm) => return self.confirm(here),
            (Focus::Board, StepAction::Link) => return self.begin_linking(here),
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        if self.linking.is_some() {
            return None;
        }
        match self.marked? {
            Marked::Decision(id) => here.shown.decisions().get(id).map(|_| ItemId::Decision(id)),
            Marked::Action(id) => here.shown.actions().get(id).map(|_| ItemId::Action(id)),
        }
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        match (self.linking, scene.focus) {
            (Some(linking), Focus::Board) => links::draw(linking, scene, area, buf),
            (Some(_) | None, _) => view::draw(self, scene, area, buf),
        }
    }
}

#[cfg(test)]
mod tests;
