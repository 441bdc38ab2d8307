//! The people, over a running session: who is there, and the line that finds and adds.
//!
//! Owns what is typed and marked while it is open, and what can be done with a person. Never changes the
//! session: it answers with [`Effect`]s. Nothing here tells who has spoken: it may lie on the wall.

use super::action::Action;
use super::effect::Effect;
use super::keymap::Edit;
use super::line::Line;
use super::nav::{Nav, Way};
use super::overlay::{Dialog, Overlay, Typed};
use crate::script::SideKey;
use crate::session::{
    Blank, Draft, Item, ItemId, Participant, ParticipantDraft, ParticipantField, PersonId, Presence, Request,
    Role, Said, Shown, Unfinished, VoiceDraft, parse_people,
};
use crate::timer::{Timestamp, parse_time_of_day};

/// The people while they lie over the screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// What is typed: names to add, the beginning of one to find, or the answer to what is asked.
    pub typed: Typed,
    /// What the line asks for.
    pub asks: Asks,
    /// The side of those who are added without one.
    pub side: Option<SideKey>,
    /// Who is marked; none while the line has the keys.
    pub marked: Option<PersonId>,
}

/// What the line over the people asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asks {
    /// Names to add, or the beginning of one to find.
    #[default]
    Names,
    /// What somebody is called.
    Name(PersonId),
    /// When somebody came.
    Came(PersonId),
    /// When somebody left.
    Left(PersonId),
}

impl Asks {
    /// What is asked, and of whom; none where it is names.
    const fn of(self) -> Option<(PersonId, ParticipantField)> {
        match self {
            Self::Names => None,
            Self::Name(who) => Some((who, ParticipantField::Name)),
            Self::Came(who) => Some((who, ParticipantField::Came)),
            Self::Left(who) => Some((who, ParticipantField::Left)),
        }
    }

    const fn asking(who: PersonId, field: ParticipantField) -> Self {
        match field {
            ParticipantField::Name => Self::Name(who),
            ParticipantField::Came => Self::Came(who),
            ParticipantField::Left => Self::Left(who),
        }
    }
}

/// What follows from a key: what is over the screen afterwards, and what the loop is to do.
type After = (Option<People>, Vec<Effect>);

impl People {
    /// What waits here once the people are closed: all that is typed, but for the beginning of a name that was
    /// only looked for.
    #[must_use]
    pub fn closed(&self, shown: Shown<'_>) -> Self {
        let text = self.typed.0.text().trim().to_lowercase();
        let found = || shown.people().iter().any(|person| person.name.to_lowercase().contains(&text));
        let typed = if self.asks == Asks::Names && found() { Typed::default() } else { self.typed.clone() };
        Self { typed, marked: None, ..self.clone() }
    }

    /// The same opened again; what was asked of a person who is gone is not asked any more.
    #[must_use]
    pub fn again(&self, shown: Shown<'_>) -> Self {
        let asked = self.asks.of().map(|(who, _)| who);
        match asked {
            Some(who) if shown.people().get(who).is_none() => Self::default(),
            Some(_) | None => self.clone(),
        }
    }

    /// What is typed here and not taken.
    #[must_use]
    pub fn unfinished(&self) -> Unfinished {
        let text = self.typed.0.text().to_owned();
        if text.is_empty() {
            return Unfinished::default();
        }
        let blank = match (self.asks.of(), &self.side) {
            (Some((who, field)), _) => Blank::Participant(who, field),
            (None, Some(side)) => Blank::Side(side.clone()),
            (None, None) => Blank::Usual,
        };
        Unfinished { text, blank, ..Unfinished::default() }
    }

    /// The people with what waited there.
    #[must_use]
    pub fn resumed(typed: Unfinished) -> Self {
        let (side, asks) = if let Blank::Participant(who, field) = typed.blank {
            (None, Asks::asking(who, field))
        } else if let Blank::Side(side) = typed.blank {
            (Some(side), Asks::Names)
        } else {
            (None, Asks::Names)
        };
        Self { typed: Typed(Line::new(&typed.text)), asks, side, marked: None }
    }

    /// The people with a person marked.
    const fn at(marked: PersonId, typed: Typed, side: Option<SideKey>) -> Self {
        Self { typed, asks: Asks::Names, side, marked: Some(marked) }
    }

    /// Those who are listed: all, or those whose name holds what is typed last, where anybody's does. By
    /// side, and those who are not there last.
    #[must_use]
    pub fn listed<'a>(&self, shown: Shown<'a>) -> Vec<&'a Participant> {
        let mut listed: Vec<&Participant> = shown.people().iter().collect();
        listed.sort_by_cached_key(|person| {
            let place = person.side.as_ref().and_then(|side| shown.side_place(side));
            (place.unwrap_or(usize::MAX), !person.is_here())
        });
        if self.asks == Asks::Names {
            let wanted =
                self.typed.0.text().rsplit([',', ';']).next().unwrap_or_default().trim().to_lowercase();
            let fits = |person: &&Participant| person.name.to_lowercase().contains(&wanted);
            if listed.iter().any(fits) {
                listed.retain(fits);
            }
        }
        listed
    }

    /// What stands before the line: a side, and what is asked.
    #[must_use]
    pub fn prompt(&self, shown: Shown<'_>) -> String {
        match self.asks {
            Asks::Names => match self.side.as_ref().and_then(|side| shown.side(side)) {
                Some(side) => format!("{} {}", side.mark, side.name),
                None => "No side".to_owned(),
            },
            Asks::Name(who) => format!("Another name for {}", shown.name(who)),
            Asks::Came(who) => format!("{} came at", shown.name(who)),
            Asks::Left(who) => format!("{} left at", shown.name(who)),
        }
    }

    /// What can be done now.
    #[must_use]
    pub fn hints(&self) -> Vec<(Action, &'static str)> {
        match (self.asks, self.marked) {
            (Asks::Names, None) => vec![
                (Action::Confirm, "adds"),
                (Action::NextField, "side"),
                (Action::Down, "to somebody"),
                (Action::Back, "back"),
            ],
            (Asks::Names, Some(_)) => {
                vec![(Action::Confirm, "opens"), (Action::Back, "to the line")]
            }
            (Asks::Name(_) | Asks::Came(_) | Asks::Left(_), _) => {
                vec![(Action::Confirm, "takes it"), (Action::Back, "back")]
            }
        }
    }

    /// Types; says whether anything changed. Whoever types has the line, so nobody is marked any more.
    pub fn edit(&mut self, edit: Edit) -> bool {
        self.marked = None;
        self.typed.0.edit(edit)
    }

    /// Puts a pasted text into the line.
    pub fn paste(&mut self, text: &str) {
        self.marked = None;
        self.typed.0.insert_str(text);
    }

    /// An action that is no moving about; none where it means nothing here.
    pub fn act(&mut self, shown: Shown<'_>, action: Action) -> Option<Vec<Effect>> {
        if action == Action::Undo {
            return Some(vec![Effect::ask(Request::Undo)]);
        }
        if action == Action::Redo {
            return Some(vec![Effect::ask(Request::Redo)]);
        }
        let way = [
            (Action::NextField, None),
            (Action::PreviousField, None),
            (Action::NextStep, Some(Way::LaterPage)),
            (Action::PreviousStep, Some(Way::EarlierPage)),
        ];
        let (_, way) = way.iter().find(|(known, _)| *known == action)?;
        match way {
            Some(way) => self.move_mark(shown, *way),
            None => self.next_side(shown, action == Action::NextField),
        }
        Some(Vec::new())
    }

    /// What follows from moving about, taking what is there, or going back.
    #[must_use]
    pub fn nav(mut self, shown: Shown<'_>, now: Timestamp, nav: Nav) -> After {
        match nav {
            Nav::Move(way) => {
                self.move_mark(shown, way);
                (Some(self), Vec::new())
            }
            Nav::Confirm => {
                let effects = self.confirm(shown, now);
                (Some(self), effects)
            }
            Nav::Back => (self.back(), Vec::new()),
        }
    }

    fn back(self) -> Option<Self> {
        match (self.asks, self.marked) {
            (Asks::Name(who) | Asks::Came(who) | Asks::Left(who), _) => {
                Some(Self::at(who, Typed::default(), self.side))
            }
            (Asks::Names, Some(_)) => Some(Self { marked: None, ..self }),
            (Asks::Names, None) => None,
        }
    }

    fn next_side(&mut self, shown: Shown<'_>, forward: bool) {
        let sides: Vec<Option<&SideKey>> =
            shown.sides().iter().map(|side| Some(&side.key)).chain([None]).collect();
        let place = sides.iter().position(|side| *side == self.side.as_ref()).unwrap_or(0);
        let by = if forward { 1 } else { sides.len() - 1 };
        self.side = sides[(place + by) % sides.len()].cloned();
        self.marked = None;
    }

    fn move_mark(&mut self, shown: Shown<'_>, way: Way) {
        if self.asks != Asks::Names {
            return;
        }
        let listed = self.listed(shown);
        let place = self.marked.and_then(|marked| listed.iter().position(|person| person.id == marked));
        let place = way.moved_below_line(place, listed.len());
        self.marked = place.and_then(|place| listed.get(place)).map(|person| person.id);
    }

    fn confirm(&self, shown: Shown<'_>, now: Timestamp) -> Vec<Effect> {
        let marked = self.marked.and_then(|marked| shown.people().get(marked));
        match (self.asks, marked) {
            (Asks::Names, Some(person)) => vec![Effect::question(self.question(shown, now, person))],
            (Asks::Names, None) => self.add(shown),
            (Asks::Name(who), _) => {
                let name = self.typed.0.text().trim().to_owned();
                self.change(shown, who, |draft| ParticipantDraft { name, ..draft })
            }
            (Asks::Came(who), _) => match self.time(now) {
                Ok(at) => self.change(shown, who, |draft| draft.back(at)),
                Err(why) => vec![Effect::Say(why)],
            },
            (Asks::Left(who), _) => match self.time(now) {
                Ok(at) => self.change(shown, who, |draft| draft.gone(at)),
                Err(why) => vec![Effect::Say(why)],
            },
        }
    }

    /// The names in the line come in; those without a side of their own get the one before the line.
    fn add(&self, shown: Shown<'_>) -> Vec<Effect> {
        let named = match parse_people(self.typed.0.text(), shown.sides()) {
            Ok(named) if named.is_empty() => return Vec::new(),
            Ok(named) => named,
            Err(problem) => return vec![Effect::Say(problem.to_string())],
        };
        let draft = |(name, side): (String, Option<SideKey>)| {
            Draft::Person(ParticipantDraft::new(name, side.or_else(|| self.side.clone())))
        };
        let drafts = named.into_iter().map(draft).collect();
        let empty = Self { side: self.side.clone(), ..Self::default() };
        vec![Effect::ask(Request::Add { to: None, drafts }), Effect::Open(Overlay::People(empty))]
    }

    /// The time of day in the line; one that is still to come is refused.
    fn time(&self, now: Timestamp) -> Result<Timestamp, String> {
        let text = self.typed.0.text();
        if text.trim() == clock(now) {
            return Ok(now);
        }
        let at = parse_time_of_day(text).and_then(|time| now.at_time_of_day(time));
        match at {
            Some(at) if at <= now => Ok(at),
            Some(_) => Err("That time is still to come. Say it when it is there.".to_owned()),
            None => Err(format!("Write the time of day as in {}.", clock(now))),
        }
    }

    fn change(
        &self,
        shown: Shown<'_>,
        who: PersonId,
        changed: impl FnOnce(ParticipantDraft) -> ParticipantDraft,
    ) -> Vec<Effect> {
        let Some(person) = shown.people().get(who) else { return Vec::new() };
        let draft = changed(person.draft());
        let then = Effect::Open(Overlay::People(Self::at(who, Typed::default(), self.side.clone())));
        vec![Effect::ask(change(who, draft)), then]
    }

    /// What can be done with a person. Whatever is chosen, the people are seen again.
    fn question(&self, shown: Shown<'_>, now: Timestamp, person: &Participant) -> Dialog {
        let again = || Effect::Open(Overlay::People(self.clone()));
        let ask = |asks, text: &str| {
            let typed = Typed(Line::new(text));
            vec![Effect::Open(Overlay::People(Self { typed, asks, ..self.clone() }))]
        };
        let who = person.id;
        let side = person.side.as_ref().and_then(|side| shown.side(side));
        let whose = side.map_or("no side", |side| side.name.as_str());
        let mut dialog = Dialog::new(format!("{}, {whose}", person.name));
        dialog.back = vec![again()];
        let time = clock(now);
        let mut dialog = match person.presence() {
            Presence::Here => {
                spoken(shown, person, dialog, &again).choice("Has left", ask(Asks::Left(who), &time))
            }
            Presence::Expected => dialog.choice("Has come", ask(Asks::Came(who), &time)),
            Presence::Left { .. } => dialog.choice("Is back", ask(Asks::Came(who), &time)),
        };
        let changed = |draft| vec![again(), Effect::ask(change(who, draft))];
        if person.away.is_empty() {
            dialog = dialog.choice("Is not here yet", changed(person.draft().gone(person.since)));
        }
        for other in shown.sides().iter().filter(|side| person.side.as_ref() != Some(&side.key)) {
            let draft = ParticipantDraft { side: Some(other.key.clone()), ..person.draft() };
            dialog = dialog.choice(format!("Belongs to {}", other.name), changed(draft));
        }
        if person.side.is_some() {
            let draft = ParticipantDraft { side: None, ..person.draft() };
            dialog = dialog.choice("Belongs to no side", changed(draft));
        }
        for role in Role::ALL {
            let (label, role) = if person.role == Some(role) {
                (format!("Is no {} after all", role.words()), None)
            } else {
                (format!("Is a {}", role.words()), Some(role))
            };
            dialog = dialog.choice(label, changed(ParticipantDraft { role, ..person.draft() }));
        }
        dialog
            .choice("Has another name", ask(Asks::Name(who), &person.name))
            .choice("Take off the list", vec![again(), Effect::ask(Request::Remove(ItemId::Person(who)))])
    }
}

/// That somebody has spoken, or has not after all.
fn spoken(shown: Shown<'_>, person: &Participant, dialog: Dialog, again: &dyn Fn() -> Effect) -> Dialog {
    let Some((_, pass)) = shown.present() else { return dialog };
    let marked = shown
        .voices(pass.reference())
        .rfind(|voice| voice.who == Some(person.id) && voice.said == Said::Spoke);
    let (label, request) = match marked {
        Some(voice) => ("Has not spoken after all", Request::Remove(ItemId::Voice(voice.id))),
        None => {
            let voice = VoiceDraft { who: Some(person.id), said: Said::Spoke };
            ("Has spoken", Request::Add { to: None, drafts: vec![Draft::Voice(voice)] })
        }
    };
    dialog.choice(label, vec![again(), Effect::ask(request)])
}

const fn change(who: PersonId, draft: ParticipantDraft) -> Request {
    Request::Change { id: ItemId::Person(who), draft: Draft::Person(draft) }
}

fn clock(moment: Timestamp) -> String {
    moment.local().format("%H:%M").to_string()
}

#[cfg(test)]
mod tests;
