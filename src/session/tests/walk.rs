//! One session from beginning to end.

use crate::session::testing::{Room, moment, side};
use crate::session::{Gap, Part, Request, Saying};

/// Everything that a plain session has, once.
fn whole() -> Room {
    Room::new()
        .person("Anna Berg", "purchasing")
        .person("Guest", "")
        .go("practices")
        .note("purchasing", "Should-cost model")
        .wait(300)
        .next()
        .note("sales", "Lost deals talked through")
        .reveal()
        .go("mirror")
        .entry("Segmentation", "purchasing", Saying::Ours, "four segments")
        .entry("Segmentation", "sales", Saying::Theirs(side("purchasing")), "they squeeze")
        .reveal()
        .judge("Segmentation", "purchasing", Gap::BlindSpot)
        .learn("Segmentation", "purchasing")
        .topic("Reviews")
        .at_topic("Reviews")
        .back()
        .go("quiet")
        .does(Request::BeginSilence)
        .wait(240)
        .does(Request::EndSilence)
        .insight("Anna Berg", "listen first")
        .go("decide")
        .decision("Joint account plan", "Anna Berg")
        .action("a plan is due", "call the other side", "Bo", 1)
        .go("leave")
        .rating(5, "calm")
        .rating(0, "long")
        .does(Request::Close)
}

#[test]
fn a_session_runs_from_beginning_to_end() {
    let mut room = whole();
    assert!(room.ask(Request::Retitle("Too late".to_owned())).is_err());
    let session = room.session();
    assert_eq!(room.now(), moment(540));
    assert_eq!(room.log().seq(), room.frames().len() as u64);
    assert!(!session.status.is_open());
    assert!(!session.has_hidden());
    assert_eq!(session.passes.len(), 5);
    assert_eq!(session.next_part(), None);
    assert_eq!(
        session.possibilities.iter().next().map(|possibility| possibility.sentence.as_str()),
        Some("Purchasing can learn from Sales: Segmentation")
    );
    assert_eq!(room.shown().unheard().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Guest"]);
    assert!(room.shown().note(room.note_id("Should-cost model")).is_some());
    assert_eq!(session.previous_part(), session.agenda.get(4).map(|entry| Part::Step(entry.id)));
}
