//! Meetings to measure: so many people and notes, in a step of each kind that shows many things.

use std::fmt;

use visavis::script::{
    Brainstorm, CheckIn, CheckOut, Cluster, Decide, Discuss, Head, Kind, Mirror, Script, Span, Step, StepKey,
    Vote,
};
use visavis::session::{
    Carried, Dots, Draft, Log, NoteDraft, Part, ParticipantDraft, RatingDraft, Request, Said, VoiceDraft,
    Voter,
};

use crate::sample::{command, opened_with, script};

/// The topics of the discussion, and of the groups.
const TOPICS: usize = 30;
const GROUPS: usize = 8;

/// A meeting that stands at a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meeting {
    /// The step's key.
    pub(crate) step: &'static str,
    people: usize,
    notes: usize,
}

impl fmt::Display for Meeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} people, {} notes", self.step, self.people, self.notes)
    }
}

/// A small meeting, a big one, and more than a room writes, at each step.
pub(crate) fn meetings() -> Vec<Meeting> {
    let sizes = [(5, 10), (60, 500), (60, 10_000)];
    let steps = ["check-in", "practices", "groups", "pick", "mirror", "talk", "decide", "leave"];
    steps.into_iter().flat_map(|step| sizes.map(|(people, notes)| Meeting { step, people, notes })).collect()
}

fn plan() -> Script {
    let step = |key: &str, from: &[&str], kind| {
        let head = Head {
            key: StepKey(key.to_owned()),
            title: key.to_owned(),
            time: Span::from_mins(60),
            from: from.iter().map(|key| StepKey((*key).to_owned())).collect(),
            ..Head::default()
        };
        Step { head, kind }
    };
    let topics = (1..=TOPICS).map(|n| format!("What is behind our habit number {n}?")).collect();
    let steps = vec![
        step("check-in", &[], Kind::CheckIn(CheckIn)),
        step("practices", &[], Kind::Brainstorm(Brainstorm::default())),
        step("groups", &["practices"], Kind::Cluster(Cluster::default())),
        step("pick", &["practices"], Kind::Vote(Vote { hidden: false, ..Vote::default() })),
        step("mirror", &["practices"], Kind::Mirror(Mirror::default())),
        step("talk", &[], Kind::Discuss(Discuss { each: None, topics })),
        step("decide", &["practices"], Kind::Decide(Decide::default())),
        step("leave", &[], Kind::CheckOut(CheckOut::default())),
    ];
    Script { steps, ..script() }
}

impl Meeting {
    /// The session as it stands at the step: everybody there, half of them heard, half of the notes in groups,
    /// all dots given, thirty kept of the present topic, everybody's rating taken.
    pub(crate) fn log(self) -> Log {
        let mut log = Log::new(opened_with(plan()), 0);
        let mut asked = 0;
        let mut ask = |log: &mut Log, what| {
            asked += 1;
            log.take(&command(asked, what)).expect("a meeting that can be held");
        };
        let go = |log: &Log, key: &str| {
            let key = StepKey(key.to_owned());
            Request::Go(Part::Step(log.session().agenda_id(&key).expect("a step of the plan")))
        };
        let sides: Vec<_> = log.session().sides.iter().map(|side| side.key.clone()).collect();
        let side = |n: usize| Some(sides[n % sides.len()].clone());
        let add = |drafts| Request::Add { to: None, drafts };
        let request = go(&log, "check-in");
        ask(&mut log, request);
        let person = |n| Draft::Person(ParticipantDraft::new(format!("Person {n} Lastname"), side(n)));
        ask(&mut log, add((0..self.people).map(person).collect()));
        let people: Vec<_> = log.session().people.iter().map(|person| person.id).collect();
        let voice =
            |who: &_| Draft::Voice(VoiceDraft { who: Some(*who), said: Said::Word("curious".to_owned()) });
        ask(&mut log, add(people.iter().take(self.people / 2).map(voice).collect()));
        let note = |n: usize| {
            Draft::Note(NoteDraft {
                text: format!(
                    "Two people at every supplier visit, never one, and a page of notes after it: {n}"
                ),
                tags: vec![format!("habit{}", n % 20)],
                side: side(n),
                author: people.get(n % people.len()).copied(),
                confidential: false,
            })
        };
        for (step, notes) in [("practices", self.notes), ("talk", TOPICS)] {
            let request = go(&log, step);
            ask(&mut log, request);
            ask(&mut log, add((0..notes).map(note).collect()));
        }
        let request = go(&log, "groups");
        ask(&mut log, request);
        let grouped: Vec<Carried> =
            log.session().notes.iter().take(self.notes / 2).map(|note| Carried::Note(note.id)).collect();
        for (place, what) in grouped.chunks(grouped.len().div_ceil(GROUPS)).enumerate() {
            ask(&mut log, Request::NewGroup { name: format!("Group {place}"), what: what.to_vec() });
        }
        let request = go(&log, "pick");
        ask(&mut log, request);
        let notes: Vec<Carried> = log.session().notes.iter().map(|note| Carried::Note(note.id)).collect();
        for (n, person) in people.iter().enumerate() {
            let given = |dot: usize| Dots {
                what: notes[(n * 7 + dot * 3) % self.notes],
                by: Voter::Person(*person),
                dots: 1,
            };
            ask(&mut log, Request::GiveDots((0..3).map(given).collect()));
        }
        let request = go(&log, "leave");
        ask(&mut log, request);
        let rating = |who: &_| {
            Draft::Rating(RatingDraft { score: Some(4), word: "worth it".to_owned(), author: Some(*who) })
        };
        ask(&mut log, add(people.iter().map(rating).collect()));
        let request = go(&log, self.step);
        if log.session().current_step().is_none_or(|step| step.head.key.0 != self.step) {
            ask(&mut log, request);
        }
        log
    }
}
