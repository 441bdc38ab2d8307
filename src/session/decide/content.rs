//! Requests that change what people wrote.

use crate::script::SideKey;
use crate::session::command::Command;
use crate::session::event::{Change, Draft, Event, ItemId};
use crate::session::id::Id;
use crate::session::items::{Changed, Edit, Items};
use crate::session::mirror::{Gap, JudgementDraft, TopicId};
use crate::session::people::{Participant, ParticipantDraft, PersonId};
use crate::session::record::{Made, PassRef, Record};
use crate::session::refusal::Refusal;
use crate::session::state::Session;
use crate::session::{decision, insight, mirror, note, rating};

type Answer = Result<Vec<Event>, Refusal>;

/// The longest text that one thing may hold, in bytes: a page of a book is about 2,000.
const LONGEST: usize = 100_000;

/// The most things that one command may add.
const MOST: usize = 10_000;

pub(super) fn add(session: &Session, command: &Command, to: Option<PassRef>, drafts: &[Draft]) -> Answer {
    if drafts.is_empty() {
        return Err(Refusal::new("There is nothing to add.", "Type a few words, then Enter."));
    }
    if drafts.len() > MOST {
        return Err(Refusal::new(
            format!("That is {} at once; {MOST} is the most.", drafts.len()),
            "Add them in parts.",
        ));
    }
    let mut answer = Vec::with_capacity(drafts.len());
    let mut earlier = Earlier::default();
    for (draft, n) in drafts.iter().zip(0..) {
        let id = command.id.0.child(n);
        answer.push(Event::Content(added(session, command, to, draft, id, &mut earlier)?));
    }
    Ok(answer)
}

/// How many of each kind the same command has added before: places count on from there.
#[derive(Default)]
struct Earlier {
    people: Vec<String>,
    notes: usize,
    topics: usize,
    entries: usize,
    judgements: usize,
    possibilities: usize,
    insights: usize,
    decisions: usize,
    actions: usize,
    ratings: usize,
}

fn added(
    session: &Session,
    command: &Command,
    to: Option<PassRef>,
    draft: &Draft,
    id: Id,
    earlier: &mut Earlier,
) -> Result<Change, Refusal> {
    let made = || made(session, command, to);
    admit(session, draft, || made().map(|made| made.during()))?;
    Ok(match draft.clone() {
        Draft::Person(draft) => {
            unique_name(session, &draft, None, &earlier.people)?;
            earlier.people.push(draft.name.clone());
            let ParticipantDraft { name, side, role } = draft;
            let item = Participant { id: PersonId(id), name, side, role, since: command.at, changed: None };
            Change::Person(Edit::Added { at: session.people.len() + earlier.people.len() - 1, item })
        }
        Draft::Note(draft) => {
            Change::Note(placed(&session.notes, &mut earlier.notes, record(note::NoteId(id), draft, made()?)))
        }
        Draft::Topic(draft) => {
            Change::Topic(placed(&session.topics, &mut earlier.topics, record(TopicId(id), draft, made()?)))
        }
        Draft::Entry(draft) => Change::Entry(placed(
            &session.entries,
            &mut earlier.entries,
            record(mirror::EntryId(id), draft, made()?),
        )),
        Draft::Judgement(draft) => {
            if session.judgement_on(draft.topic, &draft.about).is_some() {
                return Err(Refusal::new("This account is judged already.", "Change its judgement instead."));
            }
            Change::Judgement(placed(
                &session.judgements,
                &mut earlier.judgements,
                record(mirror::JudgementId(id), draft, made()?),
            ))
        }
        Draft::Possibility(draft) => Change::Possibility(placed(
            &session.possibilities,
            &mut earlier.possibilities,
            record(mirror::PossibilityId(id), draft, made()?),
        )),
        Draft::Insight(draft) => Change::Insight(placed(
            &session.insights,
            &mut earlier.insights,
            record(insight::InsightId(id), draft, made()?),
        )),
        Draft::Decision(draft) => Change::Decision(placed(
            &session.decisions,
            &mut earlier.decisions,
            record(decision::DecisionId(id), draft, made()?),
        )),
        Draft::Action(draft) => Change::Action(placed(
            &session.actions,
            &mut earlier.actions,
            record(decision::ActionId(id), draft, made()?),
        )),
        Draft::Rating(draft) => Change::Rating(placed(
            &session.ratings,
            &mut earlier.ratings,
            record(rating::RatingId(id), draft, made()?),
        )),
    })
}

fn record<T: Record>(id: T::Id, draft: T::Draft, made: Made) -> T {
    T::new(id, draft, made)
}

fn placed<T: Record>(list: &Items<T>, earlier: &mut usize, item: T) -> Edit<T> {
    let at = list.len() + *earlier;
    *earlier += 1;
    Edit::Added { at, item }
}

/// Where and when something new is made: in the pass asked for, else the present one.
fn made(session: &Session, command: &Command, to: Option<PassRef>) -> Result<Made, Refusal> {
    let pass = match to {
        Some(reference) => session.pass(reference),
        None => session.current(),
    };
    let pass = pass.ok_or_else(|| {
        Refusal::new("That step has not begun yet.", "Go to the step first, then add to it.")
    })?;
    Ok(Made { step: pass.step, pass: pass.pass, round: pass.round, at: command.at, by: command.by })
}

fn admit(
    session: &Session,
    draft: &Draft,
    during: impl FnOnce() -> Result<PassRef, Refusal>,
) -> Result<(), Refusal> {
    let (longest, result) = match draft {
        Draft::Person(draft) => (draft.name.len(), {
            Refusal::if_empty(&draft.name, "The name")?;
            session.known_side(draft.side.as_ref())
        }),
        Draft::Note(draft) => (draft.text.len(), note::admit(session, draft)),
        Draft::Topic(draft) => (draft.text.len(), mirror::admit_topic(session, draft)),
        Draft::Entry(draft) => (draft.text.len(), mirror::admit_entry(session, draft)),
        Draft::Judgement(draft) => (0, mirror::admit_judgement(session, draft)),
        Draft::Possibility(draft) => (draft.sentence.len(), mirror::admit_possibility(session, draft)),
        Draft::Insight(draft) => (draft.text.len(), insight::admit(session, draft)),
        Draft::Decision(draft) => (draft.statement.len(), decision::admit_decision(session, draft)),
        Draft::Action(draft) => (draft.will.len() + draft.when.len(), decision::admit_action(session, draft)),
        Draft::Rating(draft) => (draft.word.len(), rating::admit(session, draft, during()?)),
    };
    if longest > LONGEST {
        return Err(Refusal::new(
            format!("That is {longest} characters long; {LONGEST} is the most for one."),
            "Split it into several.",
        ));
    }
    result
}

/// Two people may not share a name: `@name` must mean one of them.
fn unique_name(
    session: &Session,
    draft: &ParticipantDraft,
    except: Option<PersonId>,
    earlier: &[String],
) -> Result<(), Refusal> {
    let same = |name: &str| name.trim().to_lowercase() == draft.name.trim().to_lowercase();
    let taken = session.people.iter().any(|person| Some(person.id) != except && same(&person.name));
    if taken || earlier.iter().any(|name| same(name)) {
        return Err(Refusal::new(
            format!("There is a {} already.", draft.name.trim()),
            "Add a letter of the family name.",
        ));
    }
    Ok(())
}

pub(super) fn change(session: &Session, command: &Command, id: ItemId, draft: &Draft) -> Answer {
    let Some(before) = id.draft(session) else {
        return Err(Refusal::new("That is gone.", "Undo brings back what was removed."));
    };
    if std::mem::discriminant(&before) != std::mem::discriminant(draft) {
        return Err(Refusal::new("That is another kind of thing.", "Change it into one of its own kind."));
    }
    admit(session, draft, || made_during(session, id))?;
    if let (ItemId::Person(id), Draft::Person(draft)) = (id, draft) {
        unique_name(session, draft, Some(id), &[])?;
    }
    let changed = Changed { at: command.at, by: command.by };
    match id.change(session, draft.clone(), changed) {
        Some(change) => Ok(vec![Event::Content(change)]),
        None => Err(Refusal::new("Nothing has changed.", "Go on.")),
    }
}

/// The pass in which something was made; for what belongs to none, the present one.
fn made_during(session: &Session, id: ItemId) -> Result<PassRef, Refusal> {
    let made = match id {
        ItemId::Rating(id) => session.ratings.get(id).map(|rating| rating.made.during()),
        ItemId::Person(_)
        | ItemId::Note(_)
        | ItemId::Topic(_)
        | ItemId::Entry(_)
        | ItemId::Judgement(_)
        | ItemId::Possibility(_)
        | ItemId::Insight(_)
        | ItemId::Decision(_)
        | ItemId::Action(_) => session.present,
    };
    made.ok_or_else(|| Refusal::new("That is gone.", "Undo brings back what was removed."))
}

pub(super) fn remove(session: &Session, id: ItemId) -> Answer {
    let Some(removal) = id.removal(session) else {
        return Err(Refusal::new("That is gone already.", "Undo brings back what was removed."));
    };
    let mut events = Vec::new();
    match id {
        ItemId::Topic(topic) => events.extend(below_topic(session, topic)),
        ItemId::Person(_)
        | ItemId::Note(_)
        | ItemId::Entry(_)
        | ItemId::Judgement(_)
        | ItemId::Possibility(_)
        | ItemId::Insight(_)
        | ItemId::Decision(_)
        | ItemId::Action(_)
        | ItemId::Rating(_) => {}
    }
    events.push(Event::Content(removal));
    Ok(events)
}

/// What hangs on a topic goes with it, last ones first so that earlier places stay right; where the
/// topic is on the screen, the wording of topics takes its place.
fn below_topic(session: &Session, topic: TopicId) -> Vec<Event> {
    use crate::session::agenda::Progress;
    use crate::session::event::Course;

    let mut changes = Vec::new();
    for item in session.possibilities.iter().rev().filter(|item| item.topic == topic) {
        changes.extend(ItemId::Possibility(item.id).removal(session));
    }
    for item in session.judgements.iter().rev().filter(|item| item.topic == topic) {
        changes.extend(ItemId::Judgement(item.id).removal(session));
    }
    for item in session.entries.iter().rev().filter(|item| item.topic == topic) {
        changes.extend(ItemId::Entry(item.id).removal(session));
    }
    let mut events: Vec<Event> = changes.into_iter().map(Event::Content).collect();
    for pass in &session.passes {
        if let Progress::Mirror { topic: Some(present), .. } = &pass.progress
            && *present == topic
        {
            events.push(Event::Course(Course::TopicEntered { pass: pass.reference(), topic: None }));
        }
    }
    events
}

pub(super) fn judge(
    session: &Session,
    command: &Command,
    topic: TopicId,
    about: &SideKey,
    gap: Option<Gap>,
) -> Answer {
    let before = session.judgement_on(topic, about).map(|judgement| ItemId::Judgement(judgement.id));
    match (before, gap) {
        (Some(id), Some(gap)) => change(
            session,
            command,
            id,
            &Draft::Judgement(JudgementDraft { topic, about: about.clone(), gap }),
        ),
        (None, Some(gap)) => {
            let draft = Draft::Judgement(JudgementDraft { topic, about: about.clone(), gap });
            let to = session.topics.get(topic).map(|topic| topic.made.during());
            add(session, command, to, &[draft])
        }
        (Some(id), None) => remove(session, id),
        (None, None) => Err(Refusal::new("This account is not judged yet.", "Choose a gap with 1 to 6.")),
    }
}

pub(super) fn retitle(session: &Session, title: &str) -> Answer {
    Refusal::if_empty(title, "The title")?;
    if title == session.title {
        return Err(Refusal::new("That is its title already.", "Go on."));
    }
    let before = session.title.clone();
    Ok(vec![Event::Content(Change::Title { before, after: title.to_owned() })])
}
