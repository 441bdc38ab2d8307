//! What somebody in the room wants next, by chance.

use crate::random::SeededRandom;
use crate::script::StepKey;
use crate::session::testing::{decision, entry, note, rating};
use crate::session::{
    Draft, Id, Item, ItemId, Items, NoteId, Part, ParticipantDraft, Progress, Request, Rewording, Saying,
    Session, TopicDraft, Unfinished,
};

const WORDS: [&str; 8] = [
    "We visit once a month",
    "Grün, 采购, \u{1f91d}",
    "\"quoted\" \\ and {braces} (round)",
    "two\nlines\nor three",
    "\u{1b}[31m \u{202e} \u{0}",
    "One contract for all plants, agreed each year, with a price that follows the index of copper",
    "#tag @Ann",
    "",
];

/// Words that nobody else said before.
pub(super) fn words(chance: &mut SeededRandom, n: u64) -> String {
    format!("{n}: {}{}", WORDS[chance.below(WORDS.len())], " and so on".repeat(chance.below(12)))
}

/// Something that is typed in a step, with or without a change that was begun.
pub(super) fn typed(chance: &mut SeededRandom, n: u64, changes: bool) -> Unfinished {
    let change = changes.then(|| Rewording { of: ItemId::Note(NoteId(identity(n))), text: words(chance, n) });
    Unfinished { text: words(chance, n), change, ..Unfinished::default() }
}

/// Something that the session may refuse; mostly notes.
pub(super) fn want(session: &Session, chance: &mut SeededRandom, n: u64) -> Request {
    let text = words(chance, n);
    let side = ["purchasing", "sales"][chance.below(2)];
    match chance.below(100) {
        0..45 => add(vec![note(side, &text)]),
        45..50 => add(vec![note(side, &text), note("", &format!("{text} too")), note(side, "the third")]),
        50..60 => nth(&session.notes, chance)
            .map_or(Request::Undo, |id| Request::Change { id: ItemId::Note(id), draft: note(side, &text) }),
        60..64 => nth(&session.notes, chance).map_or(Request::Redo, |id| Request::Remove(ItemId::Note(id))),
        64..72 => Request::Undo,
        72..76 => Request::Redo,
        76..80 => go(session, ["practices", "mirror", "quiet", "decide", "leave"][chance.below(5)]),
        80..82 => session.next_part().map_or(Request::Undo, Request::Go),
        82..84 => reveal(session),
        84..86 => Request::ExtendTimer(60),
        86..88 => Request::Retitle(text),
        88..90 => add(vec![Draft::Person(ParticipantDraft::new(text, None))]),
        90..93 => add(vec![Draft::Topic(TopicDraft { text, from: Vec::new() })]),
        93..96 => nth(&session.topics, chance)
            .map_or(Request::Undo, |topic| add(vec![entry(topic, side, Saying::Ours, &text)])),
        96..98 => add(vec![decision(&text, "Ann")]),
        _ => add(vec![rating(3, &text)]),
    }
}

/// Where notes are always taken.
pub(super) fn to_practices(session: &Session) -> Request {
    go(session, "practices")
}

/// Everything hidden in the present step, or in its present topic.
fn reveal(session: &Session) -> Request {
    let Some(pass) = session.current() else { return Request::Undo };
    match &pass.progress {
        Progress::Mirror { topic: Some(topic), .. } => Request::RevealTopic(*topic),
        Progress::Plain | Progress::Mirror { .. } | Progress::Silence(_) | Progress::Discuss(_) => {
            Request::RevealRound { pass: pass.reference(), round: 1 }
        }
    }
}

fn go(session: &Session, key: &str) -> Request {
    let step = session.agenda_id(&StepKey(key.to_owned())).unwrap();
    Request::Go(Part::Step(step))
}

fn add(drafts: Vec<Draft>) -> Request {
    Request::Add { to: None, drafts }
}

fn nth<T: Item>(list: &Items<T>, chance: &mut SeededRandom) -> Option<T::Id> {
    list.iter().nth(chance.below(list.len())).map(Item::id)
}

/// An identity that no other command of the same run has.
pub(super) fn identity(n: u64) -> Id {
    Id::new(0x7A1E).child(n)
}
