//! Vote: dots on what came in, person by person or as counts from paper; hidden until revealed, then sorted.
//!
//! Owns whose dots are typed, what is marked, and whether the ballot in hand is shown. What got how many is
//! in the session, and nothing here shows it before it is revealed.

mod view;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Covered, Direction, Focus, Here, Label, Scene, StepAction, StepScreen, board};
use crate::script;
use crate::session::paper::Sheet;
use crate::session::vote::{Given, parse_counts, parse_dots};
use crate::session::{Blank, Carried, Cut, Dots, ItemId, Participant, PersonId, Request, Role, Voter};
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, Then};
use crate::tui::overlay::Dialog;

/// What the screen of a vote needs and the session does not.
#[derive(Debug, Clone, Default)]
pub struct Vote {
    /// Whose dots are typed, where somebody was chosen; else the next person who has dots left.
    voter: Option<PersonId>,
    marked: Option<Carried>,
    /// Whether the ballot in hand is shown while the tally is hidden.
    peek: bool,
}

fn definition<'a>(here: &Here<'a>) -> Option<&'a script::Vote> {
    here.step.kind.vote()
}

/// Who votes: everybody who is there, or has voted and left, but not who only runs the session.
fn voters<'a>(here: &Here<'a>) -> Vec<&'a Participant> {
    let placed =
        |person: &Participant| here.shown.dots_given(here.pass.reference(), &Voter::Person(person.id)) > 0;
    let votes = |person: &&Participant| {
        person.role != Some(Role::Facilitator) && (person.is_here() || placed(person))
    };
    here.shown.people().iter().filter(votes).collect()
}

/// How many dots a person has left.
fn left(here: &Here<'_>, person: PersonId) -> u32 {
    let most = definition(here).map_or(0, |vote| vote.dots);
    most.saturating_sub(here.shown.dots_given(here.pass.reference(), &Voter::Person(person)))
}

/// What is voted on in the order in which it is shown: sorted by dots once they can be seen.
fn order<'a>(here: &Here<'a>) -> Cow<'a, [Carried]> {
    match here.shown.ranked(here.pass.reference()) {
        Some(ranked) => ranked.iter().map(|counted| counted.what).collect(),
        None => here.shown.to_vote_on(here.pass.reference()),
    }
}

impl Vote {
    fn voter(&self, here: &Here<'_>) -> Option<PersonId> {
        let chosen = self.voter.filter(|person| here.shown.people().get(*person).is_some());
        chosen.or_else(|| {
            let voters = voters(here);
            let waiting = voters.iter().find(|person| left(here, person.id) > 0);
            waiting.or(voters.first()).map(|person| person.id)
        })
    }

    fn next_voter(&mut self, here: &Here<'_>, forward: bool) {
        let voters = voters(here);
        let Some(now) = self.voter(here) else { return };
        let place = voters.iter().position(|person| person.id == now).unwrap_or(0);
        let by = if forward { 1 } else { voters.len().saturating_sub(1) };
        self.voter = (place + by).checked_rem(voters.len()).map(|place| voters[place].id);
    }

    fn marked_here(&self, order: &[Carried]) -> Option<Carried> {
        self.marked.filter(|marked| order.contains(marked))
    }

    fn move_mark(&mut self, here: &Here<'_>, direction: Direction) {
        let order = order(here);
        let first = order.first().copied();
        self.marked = match self.marked_here(&order) {
            Some(marked) => board::moved(&[order], Some(marked), direction),
            None => first,
        };
    }

    /// Sets how many dots of whom is voting the marked thing has.
    fn set(&mut self, here: &Here<'_>, dots: impl FnOnce(u32) -> Option<u32>) -> Vec<Effect> {
        let Some(voter) = self.voter(here) else { return vec![Effect::Say(nobody_listed(here))] };
        let Some(what) = self.marked_here(&order(here)) else {
            return vec![Effect::mark_first()];
        };
        let by = Voter::Person(voter);
        let ballot = here.shown.dots_in_hand(here.pass.reference(), &by);
        let now = dots_on(ballot, what);
        let Some(dots) = dots(now) else {
            return vec![Effect::Say(format!("{} has no dot there.", here.shown.name(voter)))];
        };
        self.voter = Some(voter);
        vec![Effect::ask(Request::GiveDots(vec![Dots { what, by, dots }]))]
    }

    /// The dots of whom is voting, as numbers: what is there already stays.
    fn give(&mut self, here: &Here<'_>, typed: &[(usize, u32)]) -> Result<Vec<Effect>, String> {
        let voter = self.voter(here).ok_or_else(|| nobody_listed(here))?;
        let by = Voter::Person(voter);
        let ballot = here.shown.dots_in_hand(here.pass.reference(), &by);
        let dots = typed
            .iter()
            .map(|(number, dots)| {
                let what = numbered(here, *number)?;
                Ok(Dots { what, by: by.clone(), dots: dots_on(ballot, what).saturating_add(*dots) })
            })
            .collect::<Result<Vec<_>, String>>()?;
        // Whoever has none left makes way for the next.
        self.voter = None;
        Ok(vec![Effect::Ask(Request::GiveDots(dots), Then::ClearLine)])
    }

    /// What the words mean that are looked for: the next thing after the mark that says them.
    fn look_for(&mut self, here: &Here<'_>, words: &str) -> Vec<Effect> {
        let wanted = words.to_lowercase();
        let order = order(here);
        let place = self.marked_here(&order).and_then(|marked| order.iter().position(|what| *what == marked));
        let (before, after) = order.split_at(place.map_or(0, |place| place + 1));
        let says = |what: &&Carried| {
            here.shown.told(**what).is_some_and(|told| told.text.to_lowercase().contains(&wanted))
        };
        match after.iter().chain(before).find(says) {
            Some(what) => {
                self.marked = Some(*what);
                vec![Effect::SetLine(String::new()), Effect::ToBoard]
            }
            None => vec![Effect::Say(format!("Nothing here says “{words}”."))],
        }
    }
}

fn dots_on(ballot: &[Given], what: Carried) -> u32 {
    ballot.iter().find(|given| given.what == what).map_or(0, |given| given.dots)
}

fn nobody_listed(here: &Here<'_>) -> String {
    let words = if here.shown.privacy().anonymous {
        "This session keeps no names: type what was counted on paper, such as 3: 5 2."
    } else {
        "Nobody is in the list of people: type counts, such as 3: 5 2, or add people first."
    };
    words.to_owned()
}

fn numbered(here: &Here<'_>, number: usize) -> Result<Carried, String> {
    let things = here.shown.to_vote_on(here.pass.reference());
    let thing = number.checked_sub(1).and_then(|place| things.get(place)).copied();
    thing.ok_or_else(|| format!("There is no number {number}: they go from 1 to {}.", things.len()))
}

/// The dots that a line counts, from paper.
fn counted(here: &Here<'_>, number: usize, counts: &[u32]) -> Result<Vec<Dots>, String> {
    let what = numbered(here, number)?;
    let sides = here.shown.sides();
    let split = counts.len() > 1 || sides.len() == 1;
    let by = sides.iter().filter(|_| split).map(|side| Voter::Side(side.key.clone()));
    let dots = by.chain([Voter::Together]).zip(counts).map(|(by, dots)| Dots { what, by, dots: *dots });
    Ok(dots.collect())
}

impl StepScreen for Vote {
    fn place(&self, _here: &Here<'_>, focus: Focus) -> Place {
        match focus {
            Focus::Line => Place::Compose,
            Focus::Board => Place::Dots,
        }
    }

    fn label(&self, here: &Here<'_>) -> Label {
        let person = self.voter(here).and_then(|id| here.shown.people().get(id));
        match person {
            Some(person) => Label {
                side: person.side.clone(),
                what: format!("{}, {} left", person.name, left(here, person.id)),
            },
            None => Label { side: None, what: "Counts".to_owned() },
        }
    }

    fn hint(&self, here: &Here<'_>) -> String {
        let sides = here.shown.sides();
        let counts: Vec<&str> = ["4", "2", "1", "3"].into_iter().take(sides.len()).collect();
        let marks: Vec<String> = sides.iter().map(|side| side.mark.to_string()).collect();
        let paper = format!("from paper 3: {} ({})", counts.join(" "), marks.join(" "));
        if self.voter(here).is_some() { format!("as in 3 5 5; {paper}") } else { paper }
    }

    fn blank(&self, _here: &Here<'_>) -> Blank {
        self.voter.map_or(Blank::Usual, Blank::Person)
    }

    fn resume(&mut self, _here: &Here<'_>, blank: &Blank) {
        if let Blank::Person(voter) = blank {
            self.voter = Some(*voter);
        }
    }

    fn hints(&self, here: &Here<'_>, focus: Focus) -> Vec<(Action, &'static str)> {
        let tally = here.shown.ranked(here.pass.reference());
        let ties = tally.is_some_and(|tally| tally.iter().any(|counted| counted.cut == Cut::Tied));
        let covered = self.covered(here).is_some();
        let mut hints = match focus {
            Focus::Line => {
                vec![(Action::Add, "gives"), (Action::NextField, "person"), (Action::Board, "board")]
            }
            Focus::Board => vec![
                (Action::GiveDot, "a dot"),
                (Action::TakeDot, "back"),
                (Action::Right, "person"),
                (Action::Compose, "line"),
            ],
        };
        if ties && focus == Focus::Board {
            hints.insert(0, (Action::Keep, "keeps it"));
        }
        if covered {
            // The next thing to do once nobody has dots left.
            let all = voters(here);
            let done = !all.is_empty() && all.iter().all(|person| left(here, person.id) == 0);
            hints.insert(if done { 0 } else { hints.len() }, (Action::Reveal, "reveal"));
        }
        hints.extend([(Action::NextStep, "next"), (Action::Palette, "all")]);
        hints
    }

    fn submit(&mut self, here: &Here<'_>, text: &str) -> Vec<Effect> {
        let text = text.trim();
        if text.is_empty() {
            self.next_voter(here, true);
            return Vec::new();
        }
        let sides = here.shown.sides().len();
        let answer = if let Some((number, counts)) = parse_counts(text, sides) {
            let dots = counted(here, number, &counts);
            dots.map(|dots| vec![Effect::Ask(Request::GiveDots(dots), Then::ClearLine)])
        } else if let Some(typed) = parse_dots(text) {
            self.give(here, &typed)
        } else {
            Ok(self.look_for(here, text))
        };
        answer.unwrap_or_else(|said| vec![Effect::Say(said)])
    }

    fn sheet(&self, _here: &Here<'_>, _text: &str) -> Option<Sheet> {
        None
    }

    fn pasted_counts(&self, here: &Here<'_>, text: &str) -> Option<Dialog> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let sides = here.shown.sides().len();
        let counts: Vec<_> = lines.iter().map(|line| parse_counts(line, sides)).collect::<Option<_>>()?;
        if counts.len() < 2 {
            return None;
        }
        let dots: Result<Vec<Vec<Dots>>, String> =
            counts.iter().map(|(number, counts)| counted(here, *number, counts)).collect();
        Some(match dots {
            Ok(dots) => view::counts_question(here, &counts, dots.concat()),
            Err(said) => Dialog::new("These counts cannot be taken.").line(said).choice("Back", Vec::new()),
        })
    }

    fn act(&mut self, here: &Here<'_>, focus: Focus, action: StepAction) -> Option<Vec<Effect>> {
        match (focus, action) {
            (Focus::Line, StepAction::NextField) => self.next_voter(here, true),
            (Focus::Line, StepAction::PreviousField) => self.next_voter(here, false),
            (Focus::Board, StepAction::Move(Direction::Right)) => self.next_voter(here, true),
            (Focus::Board, StepAction::Move(Direction::Left)) => self.next_voter(here, false),
            (Focus::Board, StepAction::Move(direction)) => self.move_mark(here, direction),
            (Focus::Board, StepAction::GiveDot | StepAction::Confirm) => {
                return Some(self.set(here, |now| now.checked_add(1)));
            }
            (Focus::Board, StepAction::TakeDot) => return Some(self.set(here, |now| now.checked_sub(1))),
            (Focus::Board, StepAction::Digit(digit)) => {
                return Some(self.set(here, |_| Some(u32::from(digit))));
            }
            (Focus::Board, StepAction::Peek) => self.peek = !self.peek,
            (Focus::Board, StepAction::Keep) => {
                return Some(match self.marked_here(&order(here)) {
                    Some(what) => vec![Effect::ask(Request::Keep(what))],
                    None => vec![Effect::mark_first()],
                });
            }
            (Focus::Line | Focus::Board, _) => return None,
        }
        Some(Vec::new())
    }

    fn marked(&self, here: &Here<'_>) -> Option<ItemId> {
        self.marked_here(&order(here)).map(ItemId::from)
    }

    fn covered(&self, here: &Here<'_>) -> Option<Covered> {
        let pass = here.pass.reference();
        let rounds: Vec<u32> = (1..)
            .zip(&here.pass.rounds)
            .filter(|(_, round)| !round.cover.is_open())
            .map(|(number, _)| number)
            .collect();
        if rounds.is_empty() {
            return None;
        }
        let most = definition(here).map_or(0, |vote| vote.dots);
        let left: Vec<u32> = voters(here).iter().map(|person| left(here, person.id)).collect();
        let waiting = left.iter().filter(|left| **left > 0).count();
        let by_person = left.iter().any(|left| *left < most);
        let unfinished = (waiting > 0 && by_person).then(|| match waiting {
            1 => "One person has dots left.".to_owned(),
            many => format!("{many} people have dots left."),
        });
        Some(Covered {
            requests: rounds.into_iter().map(|round| Request::RevealRound { pass, round }).collect(),
            what: "all dots".to_owned(),
            unfinished,
            empty: here.shown.dots_placed(pass) == 0,
            then: Focus::Board,
        })
    }

    fn draw(&self, scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
        view::draw(self, scene, area.intersection(buf.area), buf);
    }
}

#[cfg(test)]
mod tests;
