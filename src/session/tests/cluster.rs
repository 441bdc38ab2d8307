//! Things in groups: each stands in one place, whatever happens to groups and things.

use super::{refused, storm_script};
use crate::session::testing::{Room, note};
use crate::session::{Carried, ClusterDraft, ClusterId, Draft, ItemId, PlacementDraft, Request};

/// Notes `a` to `d`, come into a step with the groups `Price` and `People`.
fn room() -> Room {
    let room = Room::of(storm_script()).go("practices").next();
    ["a", "b", "c", "d"].iter().fold(room, |room, text| room.note("sales", text)).go("groups")
}

fn things(room: &Room, texts: &[&str]) -> Vec<Carried> {
    texts.iter().map(|text| Carried::Note(room.note_id(text))).collect()
}

fn group(room: &Room, name: &str) -> ClusterId {
    room.session().clusters.iter().find(|cluster| cluster.name == name).unwrap().id
}

fn put(room: Room, texts: &[&str], name: &str) -> Room {
    let (what, into) = (things(&room, texts), Some(group(&room, name)));
    room.does(Request::Group { what, into })
}

/// `Price: a b; People: ; in none: c d`
fn told(room: &Room) -> String {
    let shown = room.shown();
    let words = |what: &[Carried]| {
        what.iter().map(|what| format!(" {}", shown.told(*what).unwrap().text)).collect::<String>()
    };
    let grouping = shown.grouping(room.session().present.unwrap());
    let groups: Vec<String> = grouping
        .groups
        .iter()
        .map(|(group, members)| format!("{}:{}", shown.cluster(*group).unwrap().name, words(members)))
        .collect();
    format!("{}; in none:{}", groups.join("; "), words(&grouping.loose))
}

#[test]
fn things_go_into_groups_and_out_again() {
    let room = put(room(), &["b", "a"], "Price");
    assert_eq!(told(&room), "Price: a b; People:; in none: c d");
    let room = put(room, &["a", "c"], "People");
    assert_eq!(told(&room), "Price: b; People: a c; in none: d");
    let what = things(&room, &["a"]);
    let room = room.does(Request::Group { what, into: None });
    assert_eq!(told(&room), "Price: b; People: c; in none: a d");
    let undone = (0..3).fold(room, |room, _| room.does(Request::Undo));
    assert_eq!(told(&undone), "Price:; People:; in none: a b c d");
}

#[test]
fn groups_are_made_merged_and_let_go() {
    let room = put(room(), &["a", "b"], "Price");
    let what = things(&room, &["b", "c"]);
    let room = room.does(Request::NewGroup { name: " Visits ".to_owned(), what });
    assert_eq!(told(&room), "Price: a; People:; Visits: b c; in none: d", "split out of a group");
    let (from, into) = (group(&room, "Visits"), group(&room, "Price"));
    let room = room.does(Request::Merge { from, into });
    assert_eq!(told(&room), "Price: a b c; People:; in none: d");
    let back = room.clone().does(Request::Undo);
    assert_eq!(told(&back), "Price: a; People:; Visits: b c; in none: d");
    let room = room.does(Request::Remove(ItemId::Cluster(into)));
    assert_eq!(told(&room), "People:; in none: a b c d");
    assert_eq!(told(&room.does(Request::Undo)), "Price: a b c; People:; in none: d");
}

#[test]
fn what_comes_and_goes_meanwhile_is_handled() {
    let room = put(room(), &["a", "b"], "Price");
    let a = room.note_id("a");
    let room = room.does(Request::Remove(ItemId::Note(a)));
    assert_eq!(told(&room), "Price: b; People:; in none: c d");
    let room = room.does(Request::Undo);
    assert_eq!(told(&room), "Price: a b; People:; in none: c d", "it comes back to its place");
    let practices = room.session().passes[0].reference();
    let room = room.does(Request::Add { to: Some(practices), drafts: vec![note("", "e")] });
    assert_eq!(told(&room), "Price: a b; People:; in none: c d e");
    let room = room.note("", "f");
    assert_eq!(told(&room), "Price: a b; People:; in none: c d e f", "written in the step itself");
    let groups = room.session().present.unwrap();
    let away = room.go("practices");
    let shown = away.shown();
    let stays = shown.grouping(groups);
    assert_eq!(stays.groups[0].1.len(), 2, "while its source runs again nothing is lost");
}

#[test]
fn groups_carry_on_and_then_what_is_in_none() {
    let room = put(room(), &["a", "b"], "Price").go("leave");
    let shown = room.shown();
    let yielded = shown.yielded(room.session().passes.iter().rfind(|pass| pass.pass == 1).unwrap());
    assert!(yielded.is_empty(), "a check-out hands on nothing");
    let groups = shown.passes().iter().find(|pass| shown.step(pass.step).unwrap().kind.cluster().is_some());
    let words: Vec<_> = shown
        .yielded(groups.unwrap())
        .into_iter()
        .map(|what| shown.told(what).unwrap().text.into_owned())
        .collect();
    assert_eq!(words, ["Price", "People", "c", "d"]);
    assert_eq!(shown.members(group(&room, "Price")).len(), 2);
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let mut room = put(room(), &["a"], "Price");
    let (price, people) = (group(&room, "Price"), group(&room, "People"));
    let stranger = ClusterId(crate::session::Id::new(9));
    let what = things(&room, &["a"]);
    let loose = things(&room, &["b"]);
    let nothing = Vec::new();
    let table = [
        (Request::Group { what: what.clone(), into: Some(price) }, "That is in this group already."),
        (Request::Group { what: what.clone(), into: Some(stranger) }, "That group is gone."),
        (Request::Group { what: nothing.clone(), into: Some(price) }, "Nothing is marked that could be"),
        (Request::Group { what: nothing, into: None }, "Nothing is marked that could be grouped."),
        (Request::Group { what: loose, into: None }, "That is in no group."),
        (Request::NewGroup { name: "price".to_owned(), what: what.clone() }, "There is a group called price"),
        (Request::NewGroup { name: "  ".to_owned(), what: what.clone() }, "The group has no words yet."),
        (Request::Merge { from: price, into: price }, "That is the same group."),
        (Request::Merge { from: stranger, into: price }, "That group is gone."),
    ];
    for (request, words) in table {
        let why = refused(&mut room, request.clone());
        assert!(why.starts_with(words), "{request:?}: {why}");
    }
    let place = |cluster| Draft::Placement(PlacementDraft { what: what[0], cluster });
    let twice = Request::Add { to: None, drafts: vec![place(people)] };
    assert_eq!(refused(&mut room, twice), "That was done already.", "nothing stands in two groups");
    let mut room = room.go("leave");
    let make = Request::NewGroup { name: "x".to_owned(), what: Vec::new() };
    assert_eq!(refused(&mut room, make), "Groups belong to a cluster step.");
    let add = Request::Add { to: None, drafts: vec![Draft::Cluster(ClusterDraft { name: "x".to_owned() })] };
    assert_eq!(refused(&mut room, add), "Groups belong to a cluster step.");
    let elsewhere = Request::Add { to: None, drafts: vec![place(people)] };
    assert_eq!(refused(&mut room, elsewhere), "That group belongs to another step.");
}

#[test]
fn a_file_with_a_thing_in_two_groups_is_not_read() {
    let room = put(room(), &["a"], "Price");
    let text = ron::to_string(&room.session().placements).unwrap();
    let one = text.trim_start_matches('[').trim_end_matches(']');
    let read = ron::from_str::<crate::session::Items<crate::session::Placement>>(&format!("[{one},{one}]"));
    assert!(read.unwrap_err().to_string().contains("an id stands twice"));
    let mut session = room.session().clone();
    session.clusters = crate::session::Items::default();
    assert!(session.sound().unwrap_err().contains("is in the group"));
}
