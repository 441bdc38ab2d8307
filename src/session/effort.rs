//! What it costs to go through what others say a session went through.
//!
//! Owns: the measure, and how much of it is enough for all that people do. Never: reads a clock.

use super::event::Change;
use super::items::Edit;
use super::state::Session;

/// How many things of a session frames may move, copy or look through to be appended. What was forged so that each
/// frame costs more than the one before comes to an end with it.
#[derive(Debug)]
pub struct Effort(usize);

impl Effort {
    /// So many things.
    #[must_use]
    pub const fn of(things: usize) -> Self {
        Self(things)
    }

    /// Far more than anything takes that people do: of ten thousand notes the first could be taken back five
    /// thousand times, or as many steps entered.
    #[must_use]
    pub const fn of_people() -> Self {
        Self::of(50_000_000)
    }

    /// None where that is too much.
    pub(super) fn spend(&mut self, things: usize) -> Option<()> {
        self.0 = self.0.checked_sub(things)?;
        Some(())
    }
}

impl Change {
    /// How many things make room for it, or are looked through to see whether it may be.
    pub(super) fn effort(&self, session: &Session) -> usize {
        let looked_through = match self {
            // Wherever it may be named.
            Self::Person(_)
            | Self::Cluster(Edit::Removed { .. })
            | Self::Topic(Edit::Removed { .. })
            | Self::Decision(Edit::Removed { .. })
            | Self::Action(Edit::Removed { .. })
            | Self::Parked(Edit::Removed { .. }) => session.things(),
            Self::Ballot(_) => session.ballots.len(),
            Self::Ruling(_) => session.rulings.len(),
            Self::Judgement(_) => session.judgements.len(),
            Self::Title { .. }
            | Self::Note(_)
            | Self::Cluster(Edit::Added { .. } | Edit::Changed { .. })
            | Self::Placement(_)
            | Self::Topic(Edit::Added { .. } | Edit::Changed { .. })
            | Self::Entry(_)
            | Self::Possibility(_)
            | Self::Insight(_)
            | Self::Decision(Edit::Added { .. } | Edit::Changed { .. })
            | Self::Action(Edit::Added { .. } | Edit::Changed { .. })
            | Self::Rating(_)
            | Self::Update(_)
            | Self::Parked(Edit::Added { .. } | Edit::Changed { .. })
            | Self::Voice(_) => 0,
        };
        self.moves(session) + looked_through
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::Room;
    use crate::session::{Appended, Draft, Event, Frame, FrameId, Id, Log, Refused, Request};

    /// Notes, each put before those that are there.
    fn forged(count: u64) -> (Log, Vec<Event>) {
        let room = Room::new().go("practices").note("sales", "a");
        let Some(Event::Content(Change::Note(Edit::Added { item, .. }))) =
            room.frames().last().and_then(|frame| frame.events.first()).cloned()
        else {
            panic!("a note came in")
        };
        let mut log = Log::new(room.session().clone(), 0);
        log.session().sound().unwrap();
        assert_eq!(log.session().notes.len(), 1);
        let put = |n| {
            let mut item = item.clone();
            item.id = crate::session::NoteId(Id::new(1_000 + n));
            Event::Content(Change::Note(Edit::Added { at: 0, item }))
        };
        let events = (0..count).map(put).collect();
        log.append(&frame(
            1,
            vec![Event::Content(Change::Title {
                before: log.session().title.clone(),
                after: "b".to_owned(),
            })],
        ))
        .unwrap();
        (log, events)
    }

    fn frame(n: u64, events: Vec<Event>) -> Frame {
        let like = Room::new().go("practices").frames()[0].clone();
        Frame { seq: n, id: FrameId(Id::new(n)), events, ..like }
    }

    #[test]
    fn what_costs_more_with_each_frame_comes_to_an_end() {
        let (mut log, events) = forged(3);
        // One, two, three make room.
        let mut effort = Effort::of(5);
        for (n, event) in (2..).zip(&events[..2]) {
            assert_eq!(log.append_within(&frame(n, vec![event.clone()]), &mut effort), Ok(Appended::New));
        }
        let before = log.session().clone();
        assert_eq!(log.append_within(&frame(4, vec![events[2].clone()]), &mut effort), Err(Refused::Damaged));
        assert_eq!(log.session(), &before);
        assert_eq!(log.append(&frame(4, vec![events[2].clone()])), Ok(Appended::New));
    }

    #[test]
    fn what_was_done_of_a_frame_that_costs_too_much_is_taken_back() {
        let (mut log, events) = forged(3);
        let before = log.session().clone();
        let all = frame(2, events);
        assert_eq!(log.append_within(&all, &mut Effort::of(5)), Err(Refused::Damaged));
        assert_eq!((log.session(), log.seq()), (&before, 1));
        assert_eq!(log.append_within(&all, &mut Effort::of(6)), Ok(Appended::New));
        assert_eq!(log.session().notes.len(), 4);
    }

    #[test]
    fn a_long_list_taken_back_costs_no_more_than_its_length() {
        let mut room = Room::new().go("practices");
        let notes =
            |count| (0..count).map(|n| crate::session::testing::note("sales", &n.to_string())).collect();
        let drafts: Vec<Draft> = notes(1_000);
        room = room.does(Request::Add { drafts, to: None }).does(Request::Undo);
        let mut log = Log::new(Room::new().session().clone(), 0);
        let mut effort = Effort::of(2_000);
        for frame in room.frames() {
            assert_eq!(log.append_within(frame, &mut effort), Ok(Appended::New));
        }
        assert_eq!(log.session(), room.session());
    }
}
