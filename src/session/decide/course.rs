//! Requests that move the session on: steps, rounds, topics, countdowns, reveals, silence.

use crate::script::Step;
use crate::session::agenda::{MOST_PASSES, MOST_ROUNDS, Part, Pass, Progress};
use crate::session::cluster::{Cluster, ClusterDraft, ClusterId};
use crate::session::event::{Change, Course, Event};
use crate::session::id::{Id, StepId};
use crate::session::insight::Hush;
use crate::session::interruption::LONG;
use crate::session::items::{Edit, Item, Items};
use crate::session::mirror::{Topic, TopicDraft, TopicId};
use crate::session::people::Author;
use crate::session::record::{Made, PassRef, Record};
use crate::session::refusal::Refusal;
use crate::session::shown::Shown;
use crate::session::state::{Session, Status};
use crate::session::talk::Subject;
use crate::timer::Timestamp;

type Answer = Result<Vec<Event>, Refusal>;

pub(super) fn no_step() -> Refusal {
    Refusal::new("No step has begun yet.", "Go to the first step with PageDown.")
}

fn present(session: &Session) -> Result<&Pass, Refusal> {
    session.current().ok_or_else(no_step)
}

/// The session is not to be disturbed while a silence is kept.
pub(super) fn not_silent(session: &Session) -> Result<(), Refusal> {
    match session.current() {
        Some(pass) if pass.is_silent() => {
            Err(Refusal::new("The silence is being kept.", "It ends by itself when its time is over."))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn go(session: &Session, part: Part, at: Timestamp) -> Answer {
    not_silent(session)?;
    match part {
        Part::Step(step) => enter(session, step, at),
        Part::Round(round) => enter_round(session, round, at),
        Part::Topic(topic) => enter_topic(session, Some(topic)),
        Part::Topics => enter_topic(session, None),
    }
}

fn enter(session: &Session, step: StepId, at: Timestamp) -> Answer {
    match session.last_pass(step) {
        Some(pass) if session.present == Some(pass.reference()) => {
            Err(Refusal::new("You are in this step already.", "Choose another one."))
        }
        Some(pass) => {
            let mut events = leave(session, at);
            events.push(Event::Course(Course::StepEntered { pass: pass.reference(), at }));
            events.extend(start_on_entry(session, pass, at));
            Ok(events)
        }
        None => begin(session, step, 1, at),
    }
}

pub(super) fn repeat(session: &Session, step: StepId, at: Timestamp) -> Answer {
    not_silent(session)?;
    match session.last_pass(step).map_or(Some(1), |pass| pass.pass.checked_add(1)) {
        Some(pass) => begin(session, step, pass, at),
        None => Err(Refusal::new("This step ran too often to count.", "Choose another one.")),
    }
}

/// Begins a new pass and enters it; a mirror's topics that stand in the script come into being.
fn begin(session: &Session, step: StepId, number: u32, at: Timestamp) -> Answer {
    let Some(definition) = session.step(step) else {
        return Err(Refusal::new("The agenda has no such step.", "Choose one from the agenda."));
    };
    if session.passes.len() >= MOST_PASSES {
        return Err(Refusal::new(
            format!("Steps ran {MOST_PASSES} times in this session, which is the most."),
            "Close it, and go on with a session that follows it.",
        ));
    }
    let subjects = subjects(session, step, definition, at);
    if subjects.len() > MOST_ROUNDS {
        return Err(Refusal::new(
            format!("That is {} topics; {MOST_ROUNDS} is the most.", subjects.len()),
            "Group them or vote first, so that fewer carry on.",
        ));
    }
    let mut pass = Pass::new(step, number, definition);
    pass = session.fit(pass.about(subjects, definition), definition);
    let made = session.stamp(pass.reference(), 1, at, Author::Facilitator);
    let ids = scripted_ids(session, &pass);
    let topics = scripted_topics(definition, ids.clone(), made);
    let groups = scripted_groups(definition, ids, made);
    if let (Progress::Mirror { topic, .. }, Some(first)) = (&mut pass.progress, topics.first()) {
        *topic = Some(first.id);
    }
    let reference = pass.reference();
    let mut events = leave(session, at);
    events.push(Event::Course(Course::PassBegan(pass)));
    events.extend(added(&session.topics, topics, Change::Topic));
    events.extend(added(&session.clusters, groups, Change::Cluster));
    events.push(Event::Course(Course::StepEntered { pass: reference, at }));
    if starts_by_itself(session, definition) {
        events.push(Event::Course(Course::TimerStarted { pass: reference, round: 1, at }));
    }
    Ok(events)
}

/// What a discussion is about: what came before is finished once the step is entered.
fn subjects(session: &Session, id: StepId, step: &Step, at: Timestamp) -> Vec<Subject> {
    if step.kind.discuss().is_none() {
        return Vec::new();
    }
    let mut then = session.clone();
    for event in leave(session, at) {
        then.apply(&event);
    }
    Shown::from(&then).subjects(id, step)
}

fn scripted_topics(step: &Step, ids: impl Iterator<Item = Id>, made: Made) -> Vec<Topic> {
    let texts = step.kind.mirror().map_or(&[][..], |mirror| &mirror.topics);
    let topic = |text: &String| TopicDraft { text: text.clone(), from: Vec::new() };
    texts.iter().zip(ids).map(|(text, id)| Topic::new(TopicId(id), topic(text), made)).collect()
}

fn scripted_groups(step: &Step, ids: impl Iterator<Item = Id>, made: Made) -> Vec<Cluster> {
    let names = step.kind.cluster().map_or(&[][..], |cluster| &cluster.groups);
    let group = |name: &String| ClusterDraft { name: name.clone() };
    names.iter().zip(ids).map(|(name, id)| Cluster::new(ClusterId(id), group(name), made)).collect()
}

/// New things at the end of their list.
fn added<T: Item>(
    list: &Items<T>,
    new: Vec<T>,
    change: impl Fn(Edit<T>) -> Change,
) -> impl Iterator<Item = Event> {
    let places = list.len()..;
    new.into_iter().zip(places).map(move |(item, at)| Event::Content(change(Edit::Added { at, item })))
}

/// Ids of what stands in the script come from the pass, so that they are the same whoever enters it.
fn scripted_ids(session: &Session, pass: &Pass) -> impl Iterator<Item = Id> + Clone + use<> {
    let PassRef { step, pass } = pass.reference();
    let root = session.id.0.child(u64::from(pass)).child(step_number(session, step));
    (0..).map(move |n| root.child(n))
}

fn step_number(session: &Session, step: StepId) -> u64 {
    let place = session.place_in_agenda(step).unwrap_or(session.agenda.len());
    // Beyond the ids of the agenda's own entries, which are the session's first children.
    place as u64 + 1_000_000
}

/// The events that leave the present step: its countdown stands still, its visit ends.
fn leave(session: &Session, at: Timestamp) -> Vec<Event> {
    let Some(pass) = session.current() else { return Vec::new() };
    let mut events = pause(pass, at);
    events.push(Event::Course(Course::StepLeft { pass: pass.reference(), at }));
    events
}

fn pause(pass: &Pass, at: Timestamp) -> Vec<Event> {
    if pass.current().countdown.is_running() {
        vec![Event::Course(Course::TimerPaused { pass: pass.reference(), round: pass.round, at })]
    } else {
        Vec::new()
    }
}

/// After the meeting no clock runs.
fn starts_by_itself(session: &Session, step: &Step) -> bool {
    Session::starts_by_itself(step) && !session.status.is_write_up()
}

fn in_the_meeting(session: &Session) -> Result<(), Refusal> {
    if session.status.is_write_up() {
        return Err(Refusal::new(
            "The meeting is over: in the write-up no clock runs.",
            "Add and correct what you like.",
        ));
    }
    Ok(())
}

fn start_on_entry(session: &Session, pass: &Pass, at: Timestamp) -> Option<Event> {
    let step = session.step(pass.step)?;
    let after_silence = matches!(pass.hush(), Some(Hush::Over { .. })) && pass.round > 1;
    (starts_by_itself(session, step) || after_silence && !session.status.is_write_up())
        .then_some(Event::Course(Course::TimerStarted { pass: pass.reference(), round: pass.round, at }))
}

fn enter_round(session: &Session, round: u32, at: Timestamp) -> Answer {
    let pass = present(session)?;
    if round == pass.round || pass.round(round).is_none() {
        return Err(Refusal::new("This step has no such round.", "Choose another one."));
    }
    match pass.hush() {
        Some(Hush::Waiting) => {
            return Err(Refusal::new(
                "The silence has not begun.",
                "Begin it with Enter, or choose another step in the agenda.",
            ));
        }
        Some(Hush::Over { .. }) if round == 1 => return Err(kept_already()),
        Some(Hush::Kept { .. } | Hush::Over { .. }) | None => {}
    }
    let mut events = pause(pass, at);
    events.push(Event::Course(Course::RoundEntered { pass: pass.reference(), round }));
    if let Progress::Mirror { .. } = pass.progress {
        let first = session.topics_of(pass.reference()).next().map(|topic| topic.id);
        events.push(Event::Course(Course::TopicEntered { pass: pass.reference(), topic: first }));
    }
    if !session.status.is_write_up() {
        events.push(Event::Course(Course::TimerStarted { pass: pass.reference(), round, at }));
    }
    Ok(events)
}

fn enter_topic(session: &Session, topic: Option<TopicId>) -> Answer {
    let pass = present(session)?;
    let reference = pass.reference();
    match &pass.progress {
        Progress::Mirror { topic: now, .. } if *now == topic => {
            Err(Refusal::new("You are there already.", "Choose another topic."))
        }
        Progress::Mirror { .. } => {
            let known = topic.is_none_or(|topic| session.topics_of(reference).any(|other| other.id == topic));
            if known {
                Ok(vec![Event::Course(Course::TopicEntered { pass: reference, topic })])
            } else {
                Err(Refusal::new("That topic is gone.", "Choose another topic, or undo its removal."))
            }
        }
        Progress::Plain | Progress::Silence(_) | Progress::Discuss(_) => {
            Err(Refusal::new("This step has no topics.", "Go to a mirror step first."))
        }
    }
}

pub(super) fn start_timer(session: &Session, at: Timestamp) -> Answer {
    in_the_meeting(session)?;
    not_silent(session)?;
    let pass = present(session)?;
    match pass.hush() {
        Some(Hush::Waiting) => return begin_silence(session, at),
        Some(Hush::Over { .. }) if pass.round == 1 => return Err(kept_already()),
        Some(Hush::Kept { .. } | Hush::Over { .. }) | None => {}
    }
    if pass.current().countdown.is_running() {
        return Err(Refusal::new("The time is running already.", "Ctrl+T lets it stand still."));
    }
    Ok(vec![Event::Course(Course::TimerStarted { pass: pass.reference(), round: pass.round, at })])
}

pub(super) fn pause_timer(session: &Session, at: Timestamp) -> Answer {
    not_silent(session)?;
    let events = pause(present(session)?, at);
    if events.is_empty() {
        return Err(Refusal::new("The time stands still already.", "Ctrl+T starts it."));
    }
    Ok(events)
}

/// Gives as many seconds as a countdown can hold, or takes no more than it has left.
pub(super) fn extend_timer(session: &Session, secs: i64, at: Timestamp) -> Answer {
    in_the_meeting(session)?;
    let pass = present(session)?;
    if secs < 0 {
        not_silent(session)?;
    }
    let countdown = pass.current().countdown;
    let secs = secs.max(-left_secs(pass, at));
    let secs = countdown.extended(secs).extra - countdown.extra;
    if secs == 0 {
        return Err(Refusal::new("There is no such time to give or take.", "Go on."));
    }
    Ok(vec![Event::Course(Course::TimerExtended { pass: pass.reference(), round: pass.round, secs })])
}

pub(super) fn reveal_round(session: &Session, pass: PassRef, round: u32) -> Answer {
    not_silent(session)?;
    match session.pass(pass).and_then(|pass| pass.round(round)) {
        Some(run) if run.cover.is_open() => Err(Refusal::new("Everything here is shown already.", "Go on.")),
        Some(_) => Ok(vec![Event::Course(Course::RoundRevealed { pass, round })]),
        None => Err(Refusal::new("There is no such round to reveal.", "Go to the step first.")),
    }
}

pub(super) fn reveal_topic(session: &Session, topic: TopicId) -> Answer {
    not_silent(session)?;
    session.known_topic(topic)?;
    if session.topic_cover(topic).is_open() {
        return Err(Refusal::new("Both accounts are shown already.", "Judge the gap, or go on."));
    }
    let pass = session.topics.get(topic).map(|topic| topic.made.during()).ok_or_else(no_step)?;
    Ok(vec![Event::Course(Course::TopicRevealed { pass, topic })])
}

pub(super) fn begin_silence(session: &Session, at: Timestamp) -> Answer {
    in_the_meeting(session)?;
    let pass = present(session)?;
    let reference = pass.reference();
    match pass.hush() {
        Some(Hush::Waiting) => Ok(vec![
            Event::Course(Course::SilenceBegan { pass: reference, at }),
            Event::Course(Course::TimerStarted { pass: reference, round: 1, at }),
        ]),
        Some(Hush::Kept { .. }) => Err(Refusal::new("The silence is being kept.", "It ends by itself.")),
        Some(Hush::Over { .. }) => Err(kept_already()),
        None => Err(Refusal::new("This step is no silence.", "Go to a silence step first.")),
    }
}

fn kept_already() -> Refusal {
    Refusal::new("This silence was kept.", "Run the step once more from the agenda for another.")
}

fn left_secs(pass: &Pass, at: Timestamp) -> i64 {
    i64::from(pass.current().countdown.left(at).secs())
}

fn silence(session: &Session) -> Result<&Pass, Refusal> {
    let pass = present(session)?;
    if pass.is_silent() { Ok(pass) } else { Err(Refusal::new("No silence is being kept.", "Go on.")) }
}

pub(super) fn shorten_silence(session: &Session, secs: u32, at: Timestamp) -> Answer {
    let pass = silence(session)?;
    let secs = i64::from(secs) - left_secs(pass, at);
    if secs >= 0 {
        return Err(Refusal::new("That would not be shorter.", "Choose less, or let it go on."));
    }
    Ok(vec![Event::Course(Course::TimerExtended { pass: pass.reference(), round: pass.round, secs })])
}

pub(super) fn end_silence(session: &Session, at: Timestamp) -> Answer {
    let pass = silence(session)?;
    let reference = pass.reference();
    let countdown = pass.current().countdown;
    let held = u32::try_from(countdown.ran(at) / 1000).unwrap_or(u32::MAX);
    let mut events = pause(pass, at);
    events.push(Event::Course(Course::SilenceEnded {
        pass: reference,
        at,
        planned: countdown.planned,
        held,
    }));
    if pass.round_count() > 1 {
        events.push(Event::Course(Course::RoundEntered { pass: reference, round: 2 }));
        events.push(Event::Course(Course::TimerStarted { pass: reference, round: 2, at }));
    }
    Ok(events)
}

pub(super) fn close(session: &Session, at: Timestamp) -> Answer {
    not_silent(session)?;
    if session.has_hidden() {
        return Err(Refusal::new(
            "Something is still hidden.",
            "Reveal it or drop it, then close: what is hidden is not written to the session's file.",
        ));
    }
    let mut events = session.current().map(|pass| pause(pass, at)).unwrap_or_default();
    events.push(Event::Course(Course::Closed { at }));
    Ok(events)
}

pub(super) fn reopen(session: &Session) -> Answer {
    match session.status {
        Status::Closed { .. } => Ok(vec![Event::Course(Course::Reopened)]),
        Status::Open | Status::WriteUp { .. } => Err(Refusal::new("This session is open.", "Go on.")),
    }
}

/// The meeting goes on as if it had not been closed. What lies between is an interruption, so that somebody
/// says whether it counts; the present countdown stands still as closing left it.
pub(super) fn resume_meeting(session: &Session, at: Timestamp) -> Answer {
    let Some(closed) = session.status.meeting_closed().filter(|_| !session.status.is_open()) else {
        return Err(Refusal::new("This session is open.", "Go on."));
    };
    if !session.status.may_be_resumed(at) {
        return Err(Refusal::new(
            "That meeting has been over for too long to go on with.",
            "Reopen it for the write-up, or begin the next of its series.",
        ));
    }
    let mut events = vec![Event::Course(Course::MeetingResumed)];
    let before = session.interruptions.last().and_then(|last| last.to);
    let from = before.map_or(closed, |before| before.max(closed));
    if session.present.is_some() && at.millis_since(from) > LONG {
        events.push(Event::Course(Course::Missed { from, to: at }));
    }
    Ok(events)
}
