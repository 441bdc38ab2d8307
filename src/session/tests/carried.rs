//! What a step hands on to the next.

use crate::script::{Cluster, Kind, StepKey};
use crate::session::testing::{Room, script};
use crate::session::{Gap, Shown};

fn coming_in(room: &Room) -> Vec<String> {
    let shown: Shown<'_> = room.shown();
    let step = room.session().present.unwrap().step;
    shown.incoming(step).iter().filter_map(|what| Some(shown.told(*what)?.text.into_owned())).collect()
}

#[test]
fn what_comes_in_stands_in_the_order_of_its_sources() {
    let room = Room::new()
        .go("mirror")
        .topic("Reviews")
        .reveal()
        .judge("Segmentation", "sales", Gap::Missing)
        .learn("Segmentation", "sales")
        .go("quiet")
        .insight("", "Ask first")
        .go("decide");
    assert_eq!(
        coming_in(&room),
        [
            "Segmentation",
            "Segmentation: missing, about Sales",
            "Sales can learn from Purchasing: Segmentation",
            "Reviews",
            "Ask first"
        ]
    );
}

#[test]
fn what_is_hidden_or_gone_does_not_come_in() {
    let room = Room::new().go("practices").note("sales", "hidden").next().note("sales", "open");
    assert_eq!(coming_in(&room.clone().go("mirror")), ["open"]);
    let gone = room.note_id("open");
    let room = room.does(crate::session::Request::Remove(crate::session::ItemId::Note(gone)));
    assert!(coming_in(&room.go("mirror")).is_empty());
}

#[test]
fn steps_that_lead_back_to_themselves_end() {
    let mut script = script();
    for (step, from) in [(0, "mirror"), (1, "practices")] {
        script.steps[step].kind = Kind::Cluster(Cluster::default());
        script.steps[step].head.rounds.clear();
        script.steps[step].head.from = vec![StepKey(from.to_owned()), StepKey("decide".to_owned())];
    }
    let room = Room::of(script).go("practices").note("sales", "one").go("mirror").note("sales", "two");
    assert_eq!(coming_in(&room.clone().go("pause").go("practices")), ["two"]);
    assert_eq!(coming_in(&room), ["one"]);
}
