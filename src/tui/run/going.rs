//! Going on and going back, and what is asked before something is left behind.

use super::Run;
use crate::session::{Part, Request, Shown};
use crate::tui::effect::Effect;
use crate::tui::overlay::Dialog;
use crate::tui::steps::{Focus, Here};

impl Run {
    /// On to the next part; what is hidden is asked about before it is left behind.
    pub(super) fn next(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let Some(part) = here.shown.next_part() else {
            let question = self.about_parked(here.shown, Effect::Summary).map(Effect::question);
            return vec![question.unwrap_or(Effect::Summary)];
        };
        let go = passing_over(here, part);
        let leaves = match part {
            Part::Topic(_) | Part::Topics => false,
            // From one hidden round to the next nothing is given away, so nothing is asked.
            Part::Round(round) => here.pass.round(round).is_none_or(|round| round.cover.is_open()),
            Part::Step(_) => true,
        };
        let covered = self
            .screen(here)
            .and_then(|screen| screen.covered(here))
            .filter(|covered| leaves && !covered.empty);
        match covered {
            Some(covered) => {
                let reveal = || covered.requests.iter().cloned().map(Effect::ask);
                let mut dialog = Dialog::new(format!("Reveal {} now?", covered.what));
                // What is worked on once it is revealed would be gone from the screen before anybody saw it.
                if covered.then == Focus::Board {
                    dialog = dialog.choice("Reveal, and look", reveal().chain([Effect::ToBoard]).collect());
                }
                let dialog = dialog
                    .choice("Reveal, and go on", reveal().chain(go.clone()).collect())
                    .choice("Keep it hidden, and go on", go);
                vec![Effect::question(dialog)]
            }
            None => go,
        }
    }

    pub(super) fn reveal(&mut self, here: &Here<'_>) -> Vec<Effect> {
        let Some(covered) = self.screen(here).and_then(|screen| screen.covered(here)) else {
            return vec![Effect::Say("Nothing is hidden here.".to_owned())];
        };
        let then = match covered.then {
            Focus::Line => Effect::ToLine,
            Focus::Board => Effect::ToBoard,
        };
        let reveal = covered.requests.into_iter().map(Effect::ask).chain([then]).collect();
        match covered.unfinished {
            Some(unfinished) => {
                let dialog = Dialog::new(format!("Reveal {}?", covered.what))
                    .line(unfinished)
                    .choice("Wait", Vec::new())
                    .choice("Reveal now", reveal);
                vec![Effect::question(dialog)]
            }
            None => reveal,
        }
    }

    /// What is to become of what waits in the parking lot, asked once before the end; none where
    /// nothing waits.
    pub fn about_parked(&mut self, shown: Shown<'_>, then: Effect) -> Option<Dialog> {
        self.parking.question(shown, then)
    }
}

/// Goes to a part, and says where a step before it is passed over.
fn passing_over(here: &Here<'_>, part: Part) -> Vec<Effect> {
    let go = Effect::ask(Request::Go(part));
    let Part::Step(to) = part else { return vec![go] };
    let between = here.shown.agenda().skip_while(|(id, _)| *id != here.pass.step).skip(1);
    match between.take_while(|(id, _)| *id != to).last() {
        Some((_, step)) => {
            let said = format!("“{}” was passed over: nothing was left open.", step.head.title);
            vec![go, Effect::Say(said)]
        }
        None => vec![go],
    }
}

pub(super) fn previous(here: &Here<'_>) -> Vec<Effect> {
    match here.shown.previous_part() {
        Some(part) => vec![Effect::ask(Request::Go(part))],
        None => vec![Effect::Say("This is the beginning.".to_owned())],
    }
}
