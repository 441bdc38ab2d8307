//! Finding people, adding them, and what can be done with one of them.

use super::*;
use crate::session::testing::Room;
use crate::tui::overlay::Choice;

/// The people over a room; it carries out what keys lead to.
struct Desk {
    room: Room,
    people: Option<People>,
    dialog: Option<Dialog>,
    said: String,
}

impl Desk {
    fn new(room: Room) -> Self {
        Self { room, people: Some(People::default()), dialog: None, said: String::new() }
    }

    fn people(&mut self) -> &mut People {
        self.people.as_mut().unwrap()
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.people().paste(text);
        self
    }

    fn nav(&mut self, nav: Nav) -> &mut Self {
        let people = self.people.take().unwrap();
        let (stays, effects) = people.nav(self.room.shown(), self.room.now(), nav);
        self.people = stays;
        self.carry_out(effects);
        self
    }

    fn act(&mut self, action: Action) -> &mut Self {
        let shown = Shown::from(self.room.session());
        let effects = self.people.as_mut().unwrap().act(shown, action).unwrap();
        self.carry_out(effects);
        self
    }

    fn enter(&mut self) -> &mut Self {
        self.nav(Nav::Confirm)
    }

    /// Marks whoever is found by these letters, and takes an answer that begins with these words.
    fn choose(&mut self, name: &str, answer: &str) -> &mut Self {
        self.people = Some(People::default());
        self.types(name).nav(Nav::Move(Way::Down)).enter();
        let dialog = self.dialog.take().unwrap();
        let found = dialog.choices.iter().find(|choice| choice.label.starts_with(answer));
        let Choice { effects, .. } =
            found.unwrap_or_else(|| panic!("{answer} is not among {:?}", labels(&dialog))).clone();
        self.carry_out(effects);
        self
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Ask(request, _) = effect {
                if let Err(refusal) = self.room.ask(request) {
                    self.said = refusal.to_string();
                    return;
                }
            } else if let Effect::Say(words) = effect {
                self.said = words;
            } else if let Effect::Open(Overlay::People(people)) = effect {
                self.people = Some(people);
            } else if let Effect::Open(Overlay::Dialog(dialog)) = effect {
                self.dialog = Some(dialog);
            } else {
                panic!("the people lead to no {effect:?}");
            }
        }
    }

    /// Who is listed, as `name/side`.
    fn listed(&self) -> String {
        let people = self.people.as_ref().unwrap();
        let told = |person: &&Participant| {
            let side = person.side.as_ref().map_or("-", |side| &side.0[..1]);
            let away = if person.is_here() { "" } else { "!" };
            format!("{}{away}/{side}", person.name)
        };
        people.listed(self.room.shown()).iter().map(told).collect::<Vec<_>>().join(" ")
    }

    fn person(&self, name: &str) -> &Participant {
        self.room.session().person(self.room.person_id(name)).unwrap()
    }
}

fn labels(dialog: &Dialog) -> Vec<&str> {
    dialog.choices.iter().map(|choice| choice.label.as_str()).collect()
}

fn desk() -> Desk {
    Desk::new(Room::new().person("Anna", "purchasing").person("Bo", "sales").person("Cy", "").go("practices"))
}

#[test]
fn a_list_of_names_comes_in_with_the_side_before_the_line() {
    let mut desk = desk();
    desk.act(Action::NextField).types("Dora, Emil: Purchasing").enter();
    assert_eq!(desk.listed(), "Anna/p Dora/p Emil/p Bo/s Cy/-", "{}", desk.said);
}

#[test]
fn tab_goes_through_the_sides_and_no_side() {
    let mut desk = desk();
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(desk.people.as_ref().unwrap().prompt(desk.room.shown()));
        desk.act(Action::NextField);
    }
    assert_eq!(seen, ["No side", "P Purchasing", "S Sales"]);
}

#[test]
fn what_cannot_be_understood_or_is_there_already_stays_in_the_line() {
    for (typed, said) in [
        ("Dora: Legal", "There is no side \"Legal\"; the sides are Purchasing, Sales."),
        ("anna", "Somebody is called anna already. Add a letter of the family name."),
    ] {
        let mut desk = desk();
        desk.types(typed).enter();
        assert_eq!(desk.said, said);
        assert_eq!(desk.people().typed.0.text(), typed);
        assert_eq!(desk.room.session().people.len(), 3);
    }
}

#[test]
fn typing_finds_and_an_unknown_name_hides_nobody() {
    let mut desk = desk();
    desk.types("Dora, c");
    assert_eq!(desk.listed(), "Cy/-");
    desk.types("lara");
    assert_eq!(desk.listed(), "Anna/p Bo/s Cy/-");
}

#[test]
fn arrows_mark_and_the_way_up_leads_back_to_the_line() {
    let mut desk = desk();
    let bo = desk.room.person_id("Bo");
    desk.nav(Nav::Move(Way::Down)).nav(Nav::Move(Way::Down));
    assert_eq!(desk.people().marked, Some(bo));
    desk.nav(Nav::Move(Way::Up)).nav(Nav::Move(Way::Up));
    assert_eq!(desk.people().marked, None);
    desk.act(Action::NextStep).act(Action::NextStep);
    let cy = desk.room.person_id("Cy");
    assert_eq!(desk.people().marked, Some(cy));
    desk.types("d");
    assert_eq!(desk.people().marked, None, "whoever types has the line");
}

#[test]
fn somebody_leaves_and_comes_back_at_a_time() {
    let mut desk = desk();
    desk.room = desk.room.clone().wait(1800);
    desk.choose("Bo", "Has left");
    assert_eq!(desk.people.as_ref().unwrap().prompt(desk.room.shown()), "Bo left at");
    assert_eq!(desk.people().typed.0.text(), "14:30");
    desk.people().typed = Typed(Line::new("14:20"));
    desk.enter();
    assert_eq!(desk.person("Bo").presence(), Presence::Left { at: desk.room.now().plus_millis(-600_000) });
    assert_eq!(desk.listed(), "Anna/p Bo!/s Cy/-");
    desk.choose("Bo", "Is back").enter();
    assert!(desk.person("Bo").is_here());
    assert_eq!(desk.person("Bo").away[0].to, Some(desk.room.now()), "the very moment, not its minute");
}

#[test]
fn a_time_that_is_none_or_still_to_come_is_refused_with_a_way_out() {
    for (typed, said) in [
        ("soon", "Write the time of day as in 14:00."),
        ("15:00", "That time is still to come. Say it when it is there."),
    ] {
        let mut desk = desk();
        desk.choose("Bo", "Has left");
        desk.people().typed = Typed(Line::new(typed));
        desk.enter();
        assert_eq!(desk.said, said);
        assert!(desk.person("Bo").is_here());
        assert!(desk.nav(Nav::Back).people().asks == Asks::Names);
    }
}

#[test]
fn sides_roles_names_and_speaking_are_changed_and_undone() {
    let mut desk = desk();
    desk.choose("Cy", "Belongs to Sales").choose("Cy", "Is a decision-maker");
    assert_eq!(desk.person("Cy").side, Some(SideKey("sales".to_owned())));
    assert_eq!(desk.person("Cy").role, Some(Role::DecisionMaker));
    desk.choose("Cy", "Is no decision-maker").choose("Cy", "Belongs to no side");
    assert_eq!((desk.person("Cy").role, desk.person("Cy").side.clone()), (None, None));
    desk.choose("Cy", "Has another name");
    desk.people().typed = Typed(Line::new("Cyril"));
    desk.enter();
    assert_eq!(desk.person("Cyril").name, "Cyril");
    desk.choose("Cyril", "Has spoken");
    assert_eq!(desk.room.session().voices.len(), 1);
    desk.choose("Cyril", "Has not spoken after all");
    assert!(desk.room.session().voices.is_empty());
    desk.act(Action::Undo).act(Action::Undo).act(Action::Undo);
    assert_eq!(desk.person("Cy").name, "Cy");
}

#[test]
fn somebody_can_be_expected_and_come_and_be_taken_off() {
    let mut desk = desk();
    desk.choose("Bo", "Is not here yet");
    assert_eq!(desk.person("Bo").presence(), Presence::Expected);
    desk.choose("Bo", "Has come").enter();
    assert!(desk.person("Bo").is_here());
    desk.choose("Bo", "Take off the list");
    assert_eq!(desk.listed(), "Anna/p Cy/-");
}

#[test]
fn nobody_speaks_before_the_first_step() {
    let mut desk = Desk::new(Room::new().person("Anna", "sales"));
    desk.types("Anna").nav(Nav::Move(Way::Down)).enter();
    let dialog = desk.dialog.take().unwrap();
    assert!(!labels(&dialog).iter().any(|label| label.contains("spoken")));
}
