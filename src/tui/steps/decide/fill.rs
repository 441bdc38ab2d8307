//! What an answer makes of the decision or action in hand, and which field comes after it.

use super::form::{self, Field, Said, sentence};
use super::{Decide, Hand, Pick, actions};
use crate::session::{
    ActionDraft, ActionField, Ask, Decision, DecisionField, Draft, Item, ItemId, Outcome, Ownership, Request,
    Who,
};
use crate::tui::effect::{Effect, Then};
use crate::tui::steps::Here;

impl Decide {
    /// The occasion stays in the line, with the words that ask for the rest of the sentence.
    fn begin_action(
        &mut self,
        here: &Here<'_>,
        decision: &Decision,
        text: &str,
    ) -> Result<Vec<Effect>, String> {
        if form::split_will(text).is_some() {
            return self.add_action(here, decision, text);
        }
        self.field = Field::Decision(DecisionField::Will);
        Ok(vec![Effect::SetLine(format!("when {}, I will ", form::occasion(text)))])
    }

    fn add_action(
        &mut self,
        here: &Here<'_>,
        decision: &Decision,
        text: &str,
    ) -> Result<Vec<Effect>, String> {
        let (when, will) = sentence(text);
        if will.is_empty() {
            return Err("Type what will be done, after “I will”.".to_owned());
        }
        self.action = Some(Pick::After(actions(here).next_back().map(|action| action.id)));
        self.field = Field::Action(ActionField::Owner);
        let draft =
            ActionDraft { decision: Some(decision.id), when, will, owner: Ownership::default(), by: None };
        Ok(vec![Effect::add(vec![Draft::Action(draft)])])
    }

    /// A field of the decision is filled in.
    pub(super) fn fill_decision(
        &mut self,
        here: &Here<'_>,
        hand: &Hand<'_>,
        mut field: DecisionField,
        text: &str,
    ) -> Result<Vec<Effect>, String> {
        let Some(decision) = hand.decision else { return Ok(Vec::new()) };
        let mut draft = decision.draft();
        match field {
            DecisionField::Method if form::is_not_decided(text) => {
                draft.outcome = not_decided(&draft.outcome);
                field = DecisionField::Owner;
            }
            DecisionField::Method => draft.method = form::method(text)?,
            DecisionField::Objection if text == "-" => {
                draft.objections.pop();
            }
            DecisionField::Objection if form::is_cleared(text) => {}
            DecisionField::Objection => draft.objections.push(text.to_owned()),
            DecisionField::Owner => {
                let (outcome, said) = owned(&draft.outcome, form::owner(text, here.shown.people())?);
                draft.outcome = outcome;
                if said {
                    field = DecisionField::Acceptance;
                }
            }
            DecisionField::Acceptance => {
                let said = form::acceptance(text)?;
                if let Outcome::Decided(Ownership::Owned { acceptance, .. }) = &mut draft.outcome {
                    *acceptance = said;
                }
            }
            DecisionField::AskWho => {
                let who = asked(here, text)?;
                if let Some(ask) = form::ask_mut(&mut draft.outcome) {
                    ask.who = who;
                }
            }
            DecisionField::AskBy => {
                let by = form::day(text, here.now.date())?;
                if let Some(ask) = form::ask_mut(&mut draft.outcome) {
                    ask.by = by;
                }
            }
            DecisionField::Review => draft.review = form::day(text, here.now.date())?,
            DecisionField::When => return self.begin_action(here, decision, text),
            DecisionField::Will => return self.add_action(here, decision, text),
        }
        // There may be more than one objection: the next text is another, until Enter alone.
        let stays = field == DecisionField::Objection && !form::is_cleared(text);
        let field = Field::Decision(field);
        self.field = if stays { field } else { field.next(Some(&draft.outcome), hand.doer()) };
        Ok(changed(decision.draft() == draft, ItemId::Decision(decision.id), Draft::Decision(draft)))
    }

    /// A field of the action is filled in.
    pub(super) fn fill_action(
        &mut self,
        here: &Here<'_>,
        hand: &Hand<'_>,
        mut field: ActionField,
        text: &str,
    ) -> Result<Vec<Effect>, String> {
        let Some(action) = hand.action else { return Ok(Vec::new()) };
        let mut draft = action.draft();
        match field {
            ActionField::Owner => match form::owner(text, here.shown.people())? {
                Said::Owner(by, said) => {
                    if said.is_some() {
                        field = ActionField::Acceptance;
                    }
                    draft.owner = Ownership::Owned { by, acceptance: said.unwrap_or_default() };
                }
                Said::Nobody => draft.owner = Ownership::Open(open_ask(&draft.owner)),
                Said::NotDecided => return Err("Type a name, or nobody.".to_owned()),
            },
            ActionField::Acceptance => {
                let said = form::acceptance(text)?;
                if let Ownership::Owned { acceptance, .. } = &mut draft.owner {
                    *acceptance = said;
                }
            }
            ActionField::AskWho => {
                let who = asked(here, text)?;
                if let Some(ask) = form::open_mut(&mut draft.owner) {
                    ask.who = who;
                }
            }
            ActionField::AskBy => {
                let by = form::day(text, here.now.date())?;
                if let Some(ask) = form::open_mut(&mut draft.owner) {
                    ask.by = by;
                }
            }
            ActionField::By => draft.by = form::day(text, here.now.date())?,
        }
        self.field = Field::Action(field).next(hand.outcome(), Some(&draft.owner));
        Ok(changed(action.draft() == draft, ItemId::Action(action.id), Draft::Action(draft)))
    }
}

/// Asks for a change; what says the same as before only empties the line.
fn changed(same: bool, id: ItemId, draft: Draft) -> Vec<Effect> {
    if same {
        return vec![Effect::SetLine(String::new())];
    }
    vec![Effect::Ask(Request::Change { id, draft }, Then::ClearLine)]
}

fn asked(here: &Here<'_>, text: &str) -> Result<Option<Who>, String> {
    match form::owner(text, here.shown.people())? {
        Said::Owner(who, _) => Ok(Some(who)),
        Said::Nobody | Said::NotDecided => Ok(None),
    }
}

fn open_ask(ownership: &Ownership) -> Ask {
    form::open(ownership).cloned().unwrap_or_default()
}

fn not_decided(outcome: &Outcome) -> Outcome {
    Outcome::NotDecided(form::ask_of(outcome).cloned().unwrap_or_default())
}

/// The outcome after what was said of the owner, and whether that said too if they have accepted.
fn owned(outcome: &Outcome, said: Said) -> (Outcome, bool) {
    match said {
        Said::Owner(by, said) => {
            let acceptance = said.unwrap_or_default();
            (Outcome::Decided(Ownership::Owned { by, acceptance }), said.is_some())
        }
        Said::Nobody => {
            let ask = form::ask_of(outcome).cloned().unwrap_or_default();
            (Outcome::Decided(Ownership::Open(ask)), false)
        }
        Said::NotDecided => (not_decided(outcome), false),
    }
}
