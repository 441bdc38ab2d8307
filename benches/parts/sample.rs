//! Sessions to measure: one step of a script with so many notes.

use chrono::DateTime;
use visavis::script::{
    Brainstorm, CheckOut, FORMAT, Head, Kind, Round, Script, SideDef, SideKey, Span, Step, StepKey,
};
use visavis::session::{
    Author, Command, Draft, Frame, FrameId, Id, Log, NoteDraft, Opening, Part, Request, Session, SessionId,
};
use visavis::timer::Timestamp;

/// How many notes: a short round, a long day, far more than a room writes.
pub(crate) const SIZES: [u64; 3] = [10, 1_000, 10_000];

/// Two sides, and two steps.
pub(crate) fn script() -> Script {
    let side =
        |key: &str| SideDef { key: SideKey(key.to_owned()), name: key.to_owned(), field: String::new() };
    let head = |key: &str| Head {
        key: StepKey(key.to_owned()),
        title: key.to_owned(),
        time: Span::from_mins(12),
        ..Head::default()
    };
    let round = |hidden| Round {
        title: String::new(),
        group: visavis::script::Group::Alone,
        time: Span::from_mins(6),
        hidden,
        say: String::new(),
    };
    let rounds = vec![round(true), round(false)];
    Script {
        format: FORMAT,
        title: "Bench".to_owned(),
        purpose: String::new(),
        level: None,
        sides: vec![side("purchasing"), side("sales")],
        lenses: Vec::new(),
        confidential: false,
        anonymous: false,
        steps: vec![
            Step {
                head: Head { rounds, ..head("practices") },
                kind: Kind::Brainstorm(Brainstorm::default()),
            },
            Step { head: head("leave"), kind: Kind::CheckOut(CheckOut::default()) },
        ],
    }
}

pub(crate) fn now() -> Timestamp {
    Timestamp::new(DateTime::UNIX_EPOCH.fixed_offset())
}

pub(crate) fn opened() -> Session {
    opened_with(script())
}

/// A session of another script.
pub(crate) fn opened_with(script: Script) -> Session {
    let opening = Opening {
        following: None,
        id: SessionId(Id::new(1)),
        title: String::new(),
        side_names: Vec::new(),
        planned_start: None,
        privacy: visavis::script::Privacy::default(),
        at: now(),
    };
    Session::open(script, opening)
}

pub(crate) fn command(n: u64, what: Request) -> Command {
    Command { id: FrameId(Id::new(7).child(n)), by: Author::Facilitator, at: now(), what }
}

pub(crate) fn note(n: u64) -> Request {
    let side = SideKey(if n.is_multiple_of(2) { "purchasing" } else { "sales" }.to_owned());
    let text = format!("Two people at every supplier visit, never one, and a page of notes after it: {n}");
    let tags = vec!["people".to_owned()];
    let draft = NoteDraft { text, tags, side: Some(side), author: None, confidential: false };
    Request::Add { to: None, drafts: vec![Draft::Note(draft)] }
}

/// A log whose first step holds so many notes, a tenth of them hidden, and the frames that made it.
pub(crate) fn filled(notes: u64) -> (Log, Vec<Frame>) {
    let mut log = Log::new(opened(), 0);
    let mut frames = Vec::new();
    let mut take = |log: &mut Log, n, what| {
        if let Ok(frame) = log.take(&command(n, what)) {
            frames.push(frame);
        }
    };
    let first = log.session().agenda[0].id;
    take(&mut log, 0, Request::Go(Part::Step(first)));
    for n in 1..=notes {
        if n == notes / 10 + 1 {
            take(&mut log, notes + 1, Request::Go(Part::Round(2)));
        }
        take(&mut log, n, note(n));
    }
    (log, frames)
}
