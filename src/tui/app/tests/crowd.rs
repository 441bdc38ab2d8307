//! Sixty people and five hundred notes: what to do next is on one screen.

use super::*;

/// A session with a step of each kind, in which everybody has come and all notes are on the board.
fn crowded() -> Desk {
    let mut desk = any_keys::begun(1);
    let sides = ["Purchasing", "Sales", "Plants"];
    let people: Vec<String> =
        (0..57).map(|n| format!("Person{n} Of-a-long-name: {}", sides[n % sides.len()])).collect();
    desk.keys("<Ctrl+O>").pastes(&people.join("\n")).keys("<Enter><Esc>");
    assert_eq!(desk.session().people.len(), 60);
    desk.at("practices");
    let notes: Vec<String> =
        (0..500).map(|n| format!("{}: note {n} of what we do well #t{}", sides[n % 3], n % 20)).collect();
    desk.pastes(&notes.join("\n")).keys("<Enter>");
    assert_eq!(desk.session().notes.len(), 500);
    desk
}

impl Desk {
    /// Goes to the step with this key, whatever is asked on the way.
    fn at(&mut self, key: &str) -> &mut Self {
        let agenda = &self.session().agenda;
        let place = agenda.iter().position(|entry| entry.key.0 == key).unwrap();
        self.keys("<F3><Home>").keys(&"<Down>".repeat(place)).keys("<Enter>");
        assert_eq!(self.step(), key, "{}", self.screen());
        self
    }
}

#[test]
fn one_screen_is_enough_to_decide_what_to_do_next() {
    let mut desk = crowded();
    // Counts while it is hidden, then the newest of each side and how many stand above them.
    desk.shows("P Purchasing  167 hidden").shows("L Plants  166 hidden").shows("PgDn next");
    desk.keys("<Ctrl+R><Enter>")
        .shows("note 499")
        .shows("165 more")
        .shows("L Plants  166")
        .shows("Enter adds");
    // One name, and who come next.
    desk.at("in").shows("Anna Berg").shows("then Bo, then Cleo").shows("Enter has spoken").hides("Person1");
    // How many of each side are there, and the beginning of a list that is searched by typing.
    desk.keys("<Ctrl+O>").shows("Purchasing 20   Sales 20   Plants 19").shows("46 more").shows("Enter adds");
    desk.keys("person56").shows("Person56").hides("Person55").hides("more").keys("<Esc>");
    // What is left to do, in one line, beside the beginning of the list and the groups.
    desk.at("groups").shows("500 of 500 are in no group yet.").shows("490 more").shows("1 Offers");
    desk.keys("<Esc><Down>1")
        .shows("499 of 500 are in no group yet.")
        .shows("1 Offers  1")
        .shows("to 9 group");
    desk.at("talk").shows("Kept of this topic").shows("now").shows("Enter adds");
    desk.at("decide").shows("Decision ▸ as it was said");
}

#[test]
fn tags_are_offered_by_how_often_they_were_used() {
    let mut desk = crowded();
    desk.keys("<Ctrl+R><Enter>one #t7<Enter>two #t7<Enter>#").shows("t7  t0  t1");
}
