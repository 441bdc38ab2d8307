//! What can be said of a learning possibility beside its sentence: asked one after the other, each with one key.
//!
//! Owns the questions and their words. Never changes anything: each answer is effects.

use super::effect::Effect;
use super::overlay::Dialog;
use crate::session::{
    Draft, Driver, Item, ItemId, PossibilityDraft, PossibilityId, Prerequisite, Request, SharedPractice,
    Shown,
};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Why it is worth pursuing.
    Driver,
    /// What would make it last.
    Practice,
    /// What of what it needs is given.
    Prerequisites,
}

/// The question about a possibility; none where it is gone.
#[must_use]
pub fn question(shown: Shown<'_>, id: PossibilityId, question: Question) -> Option<Dialog> {
    let possibility = shown.possibilities().get(id)?;
    let asking = Asking { id, now: possibility.draft() };
    let dialog = match question {
        Question::Driver => asking.driver(),
        Question::Practice => asking.practice(),
        Question::Prerequisites => asking.prerequisites(),
    };
    Some(dialog.line(possibility.sentence.clone()))
}

struct Asking {
    id: PossibilityId,
    now: PossibilityDraft,
}

impl Asking {
    /// Says it, where that is new, and asks on.
    fn answer(&self, draft: PossibilityDraft, next: Question) -> Vec<Effect> {
        let change = (draft != self.now).then(|| {
            Effect::ask(Request::Change {
                id: ItemId::Possibility(self.id),
                draft: Draft::Possibility(draft),
            })
        });
        change.into_iter().chain([Effect::Describe(self.id, next)]).collect()
    }

    fn driver(&self) -> Dialog {
        let mut dialog = Dialog::new("Why is it worth pursuing?");
        for driver in Driver::ALL {
            let draft = PossibilityDraft { driver: Some(driver), ..self.now.clone() };
            dialog = dialog.choice(driver.words(), self.answer(draft, Question::Practice));
        }
        let none = PossibilityDraft { driver: None, ..self.now.clone() };
        dialog = dialog.choice("that is not said", self.answer(none, Question::Practice));
        dialog.marked = Driver::ALL.iter().position(|driver| Some(*driver) == self.now.driver).unwrap_or(3);
        dialog
    }

    fn practice(&self) -> Dialog {
        let mut dialog = Dialog::new("What do both do so that it lasts?");
        for practice in SharedPractice::ALL {
            let draft = PossibilityDraft { practice: Some(practice), ..self.now.clone() };
            dialog = dialog.choice(practice.words(), self.answer(draft, Question::Prerequisites));
        }
        let none = PossibilityDraft { practice: None, ..self.now.clone() };
        dialog = dialog.choice("that is not said", self.answer(none, Question::Prerequisites));
        let all = SharedPractice::ALL;
        dialog.marked =
            all.iter().position(|practice| Some(*practice) == self.now.practice).unwrap_or(all.len());
        dialog
    }

    fn prerequisites(&self) -> Dialog {
        let mut dialog = Dialog::new("What of what it needs is given?").choice("That is all", Vec::new());
        for one in Prerequisite::ALL {
            let mut draft = self.now.clone();
            let given = draft.prerequisites.contains(&one);
            if given {
                draft.prerequisites.retain(|other| *other != one);
            } else {
                draft.prerequisites.push(one);
            }
            let label = format!("{}: {}", one.words(), if given { "given" } else { "not said" });
            dialog = dialog.choice(label, self.answer(draft, Question::Prerequisites));
        }
        dialog
    }
}
