//! Whose turn it is where each person is heard once: check-in, insights, check-out.
//!
//! Owns the order in which people come and how Tab moves among them. Never keeps who was heard: that is in
//! the session, so that an undo brings a turn back.

use crate::script::SideKey;
use crate::session::{Blank, Participant, PersonId, Role, Shown};

/// Who is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A person.
    Person(PersonId),
    /// Somebody of a side.
    Side(SideKey),
    /// Nobody in particular.
    Nobody,
}

impl Stop {
    /// The person, where it is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(who) => Some(*who),
            Self::Side(_) | Self::Nobody => None,
        }
    }
}

/// Whose turn it is.
#[derive(Debug, Clone, Default)]
pub struct Turn(Chosen);

#[derive(Debug, Clone, Default)]
enum Chosen {
    /// The next who has not been heard.
    #[default]
    Next,
    /// A person, as long as no more than so many were heard.
    Person { who: PersonId, heard: usize },
    /// Somebody of a side, until another is chosen.
    Side(SideKey),
    /// Nobody in particular, until another is chosen.
    Nobody,
}

impl Turn {
    /// Who is written for, after `authors` were heard in this order: whoever Tab chose, else the next person
    /// after the one heard last who has not been heard.
    #[must_use]
    pub fn stop(&self, shown: Shown<'_>, authors: &[Option<PersonId>]) -> Stop {
        match &self.0 {
            Chosen::Person { who, heard }
                if *heard == authors.len() && shown.people().get(*who).is_some() =>
            {
                Stop::Person(*who)
            }
            Chosen::Next | Chosen::Person { .. } => next(shown, authors).map_or(Stop::Nobody, Stop::Person),
            Chosen::Side(side) => Stop::Side(side.clone()),
            Chosen::Nobody => Stop::Nobody,
        }
    }

    /// Who was chosen, to be kept with what is typed.
    #[must_use]
    pub fn blank(&self) -> Blank {
        match &self.0 {
            Chosen::Next => Blank::Usual,
            Chosen::Person { who, .. } => Blank::Person(*who),
            Chosen::Side(side) => Blank::Side(side.clone()),
            Chosen::Nobody => Blank::Nobody,
        }
    }

    /// Chooses again who was kept, after so many were heard.
    pub fn resume(&mut self, blank: &Blank, heard: usize) {
        self.0 = match blank {
            Blank::Person(who) => Chosen::Person { who: *who, heard },
            Blank::Side(side) => Chosen::Side(side.clone()),
            Blank::Nobody => Chosen::Nobody,
            Blank::Usual
            | Blank::Topic(_)
            | Blank::Cell(_)
            | Blank::Decision(..)
            | Blank::Action(..)
            | Blank::OpenItem(..)
            | Blank::Participant(..) => return,
        };
    }

    /// Moves among all people, then the sides where `sides` says so, then nobody in particular.
    pub fn step(&mut self, shown: Shown<'_>, authors: &[Option<PersonId>], sides: bool, forward: bool) {
        let mut stops: Vec<Stop> = shown.people().iter().map(|person| Stop::Person(person.id)).collect();
        if sides {
            stops.extend(shown.sides().iter().map(|side| Stop::Side(side.key.clone())));
        }
        stops.push(Stop::Nobody);
        let now = self.stop(shown, authors);
        let place = stops.iter().position(|stop| *stop == now).unwrap_or(0);
        let by = if forward { 1 } else { stops.len() - 1 };
        self.0 = match stops.swap_remove((place + by) % stops.len()) {
            Stop::Person(who) => Chosen::Person { who, heard: authors.len() },
            Stop::Side(side) => Chosen::Side(side),
            Stop::Nobody => Chosen::Nobody,
        };
    }
}

/// The next who is there and was not heard; whoever runs the session is not waited for.
fn next(shown: Shown<'_>, authors: &[Option<PersonId>]) -> Option<PersonId> {
    let people = shown.people();
    let last = authors.iter().rev().flatten().find_map(|author| people.position(*author));
    let waiting = |person: &&Participant| {
        person.is_here() && person.role != Some(Role::Facilitator) && !authors.contains(&Some(person.id))
    };
    let after = people.iter().skip(last.map_or(0, |last| last + 1)).find(waiting);
    after.or_else(|| people.iter().find(waiting)).map(|person| person.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{Room, side};

    fn name(room: &Room, stop: &Stop) -> String {
        match stop {
            Stop::Person(who) => room.shown().name(*who).to_owned(),
            Stop::Side(side) => side.to_string(),
            Stop::Nobody => "nobody".to_owned(),
        }
    }

    #[test]
    fn turns_go_round_those_not_heard_yet() {
        let room = Room::new().person("Anna", "sales").person("Bo", "").person("Cy", "");
        let who = |name: &str| Some(room.person_id(name));
        let turn = Turn::default();
        for (authors, expected) in [
            (vec![], "Anna"),
            (vec![who("Anna")], "Bo"),
            (vec![who("Bo"), None], "Cy"),
            (vec![who("Bo"), who("Cy")], "Anna"),
            (vec![who("Bo"), who("Cy"), who("Anna")], "nobody"),
        ] {
            assert_eq!(name(&room, &turn.stop(room.shown(), &authors)), expected, "{authors:?}");
        }
    }

    #[test]
    fn tab_goes_through_people_sides_and_nobody() {
        let room = Room::new().person("Anna", "sales").person("Bo", "");
        let mut turn = Turn::default();
        let mut seen = Vec::new();
        for _ in 0..5 {
            turn.step(room.shown(), &[], true, true);
            seen.push(name(&room, &turn.stop(room.shown(), &[])));
        }
        assert_eq!(seen, ["Bo", "purchasing", "sales", "nobody", "Anna"]);
        turn.step(room.shown(), &[], false, false);
        assert_eq!(turn.stop(room.shown(), &[]), Stop::Nobody);
        assert_eq!(turn.stop(room.shown(), &[None, None]), Stop::Nobody, "it stays chosen");
        turn.step(room.shown(), &[], true, false);
        assert_eq!(turn.stop(room.shown(), &[]), Stop::Side(side("sales")));
    }

    #[test]
    fn a_chosen_person_is_written_for_once() {
        let room = Room::new().person("Anna", "").person("Bo", "").person("Cy", "");
        let who = |name: &str| Some(room.person_id(name));
        let mut turn = Turn::default();
        turn.step(room.shown(), &[], false, true);
        assert_eq!(name(&room, &turn.stop(room.shown(), &[])), "Bo");
        assert_eq!(name(&room, &turn.stop(room.shown(), &[who("Bo")])), "Cy");
    }
}
