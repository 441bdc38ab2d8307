//! Whatever two authors do, sensible or not, what the session promises holds.

mod wish;

use proptest::collection::vec;
use proptest::prelude::*;

pub(super) use self::wish::storm_script;
use self::wish::{Wish, by_both, by_one, play, play_in};
use super::known::told;
use crate::script::Script;
use crate::session::line::named_at;
use crate::session::testing::{Room, moment, session_of};
use crate::session::{
    Appended, Author, Carried, Cause, Change, Course, Edit, Event, Frame, FrameId, Id, Item, ItemId, Items,
    Log, Pass, PassRef, Progress, Refused, Request, Session, Shown, Topic, TopicId,
};

fn through_json(frame: &Frame) -> Frame {
    serde_json::from_str(&serde_json::to_string(frame).unwrap()).unwrap()
}

fn through_ron<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let pretty = ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default()).unwrap();
    ron::from_str(&pretty).unwrap()
}

/// What people wrote, and nothing of how the session went on.
fn content(session: &Session) -> Session {
    let mut content = session_of(session.script.clone());
    content.title.clone_from(&session.title);
    content.people = session.people.clone();
    content.notes = session.notes.clone();
    content.clusters = session.clusters.clone();
    content.placements = session.placements.clone();
    content.ballots = session.ballots.clone();
    content.rulings = session.rulings.clone();
    content.topics = session.topics.clone();
    content.entries = session.entries.clone();
    content.judgements = session.judgements.clone();
    content.possibilities = session.possibilities.clone();
    content.insights = session.insights.clone();
    content.decisions = session.decisions.clone();
    content.actions = session.actions.clone();
    content.ratings = session.ratings.clone();
    content.updates = session.updates.clone();
    content.parked = session.parked.clone();
    content.voices = session.voices.clone();
    content
}

/// The content before anybody wrote: the topics and groups that steps brought with them, in that order.
fn beginning(room: &Room) -> Session {
    let mut session = session_of(storm_script());
    for frame in room.frames() {
        let began = |event: &Event| matches!(event, Event::Course(Course::PassBegan(_)));
        if !frame.events.iter().any(began) {
            continue;
        }
        for event in &frame.events {
            if let Event::Content(Change::Topic(edit)) = event {
                let at = session.topics.len();
                session.topics.apply(&Edit::Added { at, item: edit.item().clone() });
            }
            if let Event::Content(Change::Cluster(edit)) = event {
                let at = session.clusters.len();
                session.clusters.apply(&Edit::Added { at, item: edit.item().clone() });
            }
        }
    }
    session
}

/// Repeats a request until it is refused; answers with the last refusal.
fn until_refused(room: &mut Room, by: Author, what: &Request) -> String {
    loop {
        if let Err(refusal) = room.ask_by(by, what.clone()) {
            return refusal.why;
        }
    }
}

/// Everything whose latest wording is this author's.
fn words_of(session: &Session, by: Author) -> Vec<(ItemId, crate::session::Draft)> {
    let mut words = Vec::new();
    macro_rules! collect {
        ($($kind:ident in $list:ident),+) => {$(
            for item in &session.$list {
                if item.changed.map_or(item.made.by, |changed| changed.by) == by {
                    words.push((ItemId::$kind(item.id()), crate::session::Draft::$kind(item.draft())));
                }
            }
        )+};
    }
    collect!(
        Note in notes, Cluster in clusters, Placement in placements, Ballot in ballots, Ruling in rulings, Topic in topics, Entry in entries, Judgement in judgements,
        Possibility in possibilities, Insight in insights, Decision in decisions, Action in actions,
        Rating in ratings, Update in updates, Parked in parked, Voice in voices
    );
    words
}

/// Asks a session everything that a screen asks.
fn look(session: &Session) {
    let shown = Shown::from(session);
    let _ = (shown.next_part(), shown.previous_part(), shown.present().map(|(_, pass)| *pass.current()));
    let _ = (shown.schedule(moment(0)), shown.has_hidden(), shown.to_file(), session.sound());
    for pass in shown.passes() {
        let of = pass.reference();
        let _ = (shown.notes(of).count(), shown.hidden_notes(of, None), shown.hidden_rounds(of).count());
        let _ = (shown.topics(of).count(), shown.sources(of.step).count());
        let _ = (shown.incoming(of.step), shown.yielded(pass), shown.grouping(of));
        let _ = (shown.to_vote_on(of), shown.tally(of), shown.dots_placed(of));
    }
    for judgement in shown.judgements() {
        let _ = shown.suggested(judgement);
    }
    let _ = shown.unheard().count();
}

fn events(rooms: &[Room]) -> Vec<Event> {
    rooms.iter().flat_map(Room::frames).flat_map(|frame| frame.events.clone()).collect()
}

/// Facts that cannot be: numbers out of range, things that are not there.
fn odd_events(session: &Session) -> Vec<Event> {
    let mut odd = Vec::new();
    let step = session.agenda[0].id;
    for (number, round) in [(0, 0), (1, 0), (1, 99), (u32::MAX, u32::MAX)] {
        let pass = PassRef { step, pass: number };
        let at = moment(i64::from(number));
        let rounds = Vec::new();
        let began =
            Pass { step, pass: number, visits: Vec::new(), rounds, round, progress: Progress::default() };
        odd.extend([
            Course::PassBegan(began),
            Course::StepEntered { pass, at },
            Course::RoundEntered { pass, round },
            Course::TimerStarted { pass, round, at },
            Course::TimerExtended { pass, round, secs: i64::MIN },
            Course::TimerPaused { pass, round, at },
            Course::SilenceBegan { pass, at },
            Course::SilenceEnded { pass, at, planned: 0, held: u32::MAX },
            Course::StepLeft { pass, at },
            Course::Interrupted { at },
            Course::Resumed { at },
            Course::Missed { from: at, to: moment(0) },
            Course::TimeLeftOut { pass, round, millis: i64::MIN },
            Course::StepFitted { step, secs: u32::MAX },
        ]);
    }
    odd.into_iter().map(Event::Course).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn frames_read_back_give_the_same_session(wishes in by_both()) {
        let room = play(&wishes);
        let mut log = Log::new(session_of(storm_script()), 0);
        for (frame, n) in room.frames().iter().zip(0_u32..) {
            let read = if n % 2 == 0 { through_json(frame) } else { through_ron(frame) };
            prop_assert_eq!(&read, frame);
            prop_assert_eq!(log.append(&read), Ok(Appended::New), "what was decided is admitted");
        }
        prop_assert_eq!(log.session(), room.session());
        let mut replayed = room.clone();
        for what in [Request::Undo, Request::Redo] {
            let command = crate::session::Command {
                id: FrameId(Id::new(77)), by: Author::Facilitator, at: moment(0), what: what.clone(),
            };
            let events = log.clone().take(&command).map(|frame| frame.events);
            prop_assert_eq!(events, replayed.ask(what).map(|frame| frame.events));
            replayed = room.clone();
        }
    }

    #[test]
    fn undo_of_everything_is_the_beginning_and_redo_brings_it_back(wishes in by_one()) {
        let mut room = play(&wishes);
        let _ = room.ask(Request::Reopen);
        let by = Author::Facilitator;
        prop_assert_eq!(until_refused(&mut room, by, &Request::Redo), "There is nothing to redo.");
        let before = content(room.session());
        prop_assert_eq!(until_refused(&mut room, by, &Request::Undo), "There is nothing to undo.");
        prop_assert_eq!(content(room.session()), beginning(&room));
        prop_assert_eq!(until_refused(&mut room, by, &Request::Redo), "There is nothing to redo.");
        prop_assert_eq!(content(room.session()), before);
    }

    #[test]
    fn undo_never_touches_anothers_words(wishes in by_both()) {
        let mut room = play(&wishes);
        let _ = room.ask(Request::Reopen);
        loop {
            let theirs = words_of(room.session(), Author::Outside);
            let answer = room.ask(Request::Undo);
            for (id, draft) in theirs {
                prop_assert_eq!(id.draft(room.session()), Some(draft));
            }
            prop_assert_eq!(room.session().sound(), Ok(()));
            if answer.is_err() {
                break;
            }
        }
        until_refused(&mut room, Author::Facilitator, &Request::Redo);
        prop_assert_eq!(room.session().sound(), Ok(()));
    }

    #[test]
    fn a_change_and_its_inverse_cancel(wishes in by_both()) {
        let room = play(&wishes);
        let mut session = session_of(storm_script());
        for event in room.frames().iter().flat_map(|frame| &frame.events) {
            if let Event::Content(change) = event {
                prop_assert_eq!(&change.invert().invert(), change);
                let mut there_and_back = session.clone();
                there_and_back.apply(event);
                prop_assert!(change.invert().fits(&there_and_back));
                there_and_back.apply(&Event::Content(change.invert()));
                prop_assert_eq!(&there_and_back, &session);
            }
            session.apply(event);
        }
    }

    #[test]
    fn a_frame_counts_once_and_in_order(wishes in by_both()) {
        let room = play(&wishes);
        let mut log = Log::new(session_of(storm_script()), 0);
        for frame in room.frames() {
            prop_assert_eq!(log.append(frame), Ok(Appended::New));
            let before = log.session().clone();
            prop_assert_eq!(log.append(frame), Ok(Appended::Known));
            let late = Frame { id: FrameId(Id::new(frame.seq)), cause: Cause::Command, ..frame.clone() };
            prop_assert_eq!(log.append(&late), Err(Refused::MovedOn));
            let empty = Frame { seq: frame.seq + 1, events: Vec::new(), ..late };
            prop_assert_eq!(log.append(&empty), Err(Refused::Damaged));
            prop_assert_eq!(log.session(), &before);
        }
    }

    #[test]
    fn applying_anything_at_all_is_safe(
        one in by_both(), other in by_both(), order in vec(any::<prop::sample::Index>(), 0..80),
    ) {
        let rooms = [play(&one), play(&other)];
        let mut events = events(&rooms);
        events.extend(odd_events(rooms[0].session()));
        let mut session = rooms[0].session().clone();
        for index in order {
            session.apply(index.get(&events));
            look(&session);
        }
        let mut log = Log::new(session, 0);
        for ((by, wish), n) in one.iter().zip(1..) {
            let Some(what) = wish.request(log.session(), n) else { continue };
            let id = FrameId(Id::new(0xACE).child(n));
            let _ = log.take(&crate::session::Command { id, by: *by, at: moment(0), what });
            prop_assert_eq!(told(log.shown()), told(Shown::from(log.session())), "what is remembered");
        }
        look(log.session());
    }

    #[test]
    fn what_is_admitted_leaves_a_sound_session(
        one in by_both(), other in by_both(), order in vec(any::<prop::sample::Index>(), 0..80),
    ) {
        let rooms = [play(&one), play(&other)];
        let mut events = events(&rooms);
        events.extend(odd_events(rooms[0].session()));
        let mut log = Log::new(rooms[0].session().clone(), 0);
        for (index, seq) in order.iter().zip(1..) {
            let frame = Frame {
                seq,
                id: FrameId(Id::new(seq)),
                at: moment(0),
                by: Author::Facilitator,
                cause: Cause::Command,
                audience: crate::session::Audience::All,
                events: vec![index.get(&events).clone()],
            };
            let _ = log.append(&frame);
            prop_assert_eq!(log.session().sound(), Ok(()));
        }
    }

    #[test]
    fn an_anonymous_session_never_knows_who_wrote(wishes in by_both()) {
        let script = Script { anonymous: true, confidential: true, ..storm_script() };
        let room = play_in(Room::of(script), &wishes);
        let session = room.session();
        prop_assert!(session.people.is_empty());
        let notes = session.notes.iter().map(|note| (note.author, note.text.as_str()));
        let insights = session.insights.iter().map(|insight| (insight.author, insight.text.as_str()));
        let ratings = session.ratings.iter().map(|rating| (rating.author, rating.word.as_str()));
        let voices = session.voices.iter().map(|voice| (voice.who, voice.said.word()));
        for (author, text) in notes.chain(insights).chain(ratings).chain(voices) {
            prop_assert_eq!((author, named_at(text)), (None, None), "{}", text);
        }
        prop_assert_eq!(&through_ron(session), session);
        prop_assert_eq!(session.sound(), Ok(()));
    }

    /// What people do makes lists longer, never deeper: of the levels that a reader goes down, half is enough.
    #[test]
    fn nothing_that_people_do_nests_deeper(wishes in by_both()) {
        let options = ron::Options::default().with_recursion_limit(64);
        let room = play(&wishes);
        let text = ron::to_string(room.session()).unwrap();
        prop_assert_eq!(&options.from_str::<Session>(&text).unwrap(), room.session());
        for frame in room.frames() {
            let json = serde_json::to_string(frame).unwrap();
            let (mut depth, mut deepest) = (0_u32, 0);
            let mut in_text = false;
            let mut letters = json.chars();
            while let Some(letter) = letters.next() {
                match letter {
                    '\\' => drop(letters.next()),
                    '"' => in_text = !in_text,
                    '[' | '{' if !in_text => {
                        depth += 1;
                        deepest = deepest.max(depth);
                    }
                    ']' | '}' if !in_text => depth -= 1,
                    _ => {}
                }
            }
            prop_assert!(deepest <= 64, "a journal is read to 127 levels: {json}");
        }
    }

    #[test]
    fn a_session_reads_back_and_its_file_tells_nothing_hidden(wishes in by_both()) {
        let room = play(&wishes);
        let session = room.session();
        prop_assert_eq!(session.sound(), Ok(()));
        prop_assert_eq!(&through_ron(session), session);
        let file = room.shown().to_file();
        prop_assert_eq!(file.sound(), Ok(()));
        prop_assert!(!file.has_hidden());
        let text = ron::to_string(&file).unwrap();
        let hidden_notes = session.notes.iter().filter(|note| !session.cover(&note.made).is_open());
        let hidden_entries = session.entries.iter().filter(|entry| !session.topic_cover(entry.topic).is_open());
        for words in hidden_notes.map(|note| &note.text).chain(hidden_entries.map(|entry| &entry.text)) {
            prop_assert!(!text.contains(words.as_str()), "{words}");
        }
        let open = |list: &Items<crate::session::Note>| list.iter().map(Item::id).collect::<Vec<_>>();
        let shown = session.notes.filtered(|note| room.shown().note(note.id).is_some());
        prop_assert_eq!(open(&file.notes), open(&shown));
    }

    #[test]
    fn what_is_confidential_is_in_no_byte_for_others(wishes in by_both()) {
        let room = play(&wishes);
        let session = room.session();
        let others = room.shown().without_confidential();
        prop_assert_eq!(others.sound(), Ok(()));
        look(&others);
        let text = ron::to_string(&others).unwrap();
        let confidential = || session.notes.iter().filter(|note| note.confidential);
        let ids: Vec<Carried> = confidential().map(|note| Carried::Note(note.id)).collect();
        let made_from = |topic: &&Topic| topic.from.iter().any(|from| ids.contains(from));
        let topics: Vec<&Topic> = session.topics.iter().filter(made_from).collect();
        let on_one = |topic: TopicId| topics.iter().any(|made| made.id == topic);
        let entries = session.entries.iter().filter(|entry| on_one(entry.topic)).map(|entry| &entry.text);
        let possibilities = session.possibilities.iter().filter(|made| on_one(made.topic));
        let words = confidential().map(|note| &note.text).chain(topics.iter().map(|topic| &topic.text));
        for words in words.chain(entries).chain(possibilities.map(|made| &made.sentence)) {
            prop_assert!(!text.contains(words.as_str()), "{}", words);
        }
        let listed = Shown::from(&*others).all_notes().count();
        prop_assert_eq!(listed + room.shown().confidential_notes(), room.shown().all_notes().count());
    }
}

/// The generator would prove nothing if nearly everything it asked for were refused.
#[test]
fn the_storm_reaches_everything() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    let mut wished = 0;
    let mut answered = 0;
    for _ in 0..800 {
        let wishes: Vec<(Author, Wish)> = by_both().new_tree(&mut runner).unwrap().current();
        wished += wishes.len();
        let room = play(&wishes);
        answered += room.frames().len();
        for event in events(&[room]) {
            let name = match &event {
                Event::Content(Change::Title { .. }) => "Title".to_owned(),
                Event::Content(change) => {
                    format!("{change:?}").split('{').next().unwrap_or_default().to_owned()
                }
                Event::Course(course) => {
                    format!("{course:?}").split([' ', '(']).next().unwrap_or_default().to_owned()
                }
            };
            reached.insert(name.trim().to_owned());
        }
    }
    assert!(answered * 4 > wished, "{answered} of {wished} were done: {reached:#?}");
    assert_eq!(reached.len(), 1 + 16 * 3 + 2 + 24, "{reached:#?}");
}
