//! A small script, and a room in which it is run: what tests of a session begin with.
//!
//! Everything is made from counters and a fixed afternoon, so that a test reads the same every time. A
//! step of the builder that the session refuses fails the test with the refusal's words; to look at a
//! refusal, [`Room::ask`].

use std::fmt::Debug;

use chrono::{DateTime, NaiveDate};

use super::agenda::Progress;
use super::decision::{Acceptance, Ask, Outcome, Ownership, Who};
use super::id::Id;
use super::items::{Edit, Items};
use super::{
    ActionDraft, Author, Command, Cover, DecisionDraft, Draft, EntryDraft, Fate, Following, Frame, FrameId,
    Gap, InsightDraft, Item, ItemId, Log, NoteDraft, NoteId, Opening, Origin, ParkedDraft, Part, Participant,
    ParticipantDraft, PersonId, RatingDraft, Refusal, Request, Saying, Session, SessionId, Shown, Standing,
    TopicDraft, TopicId, UpdateDraft,
};
use crate::script::{
    self, Brainstorm, Break, CheckOut, Decide, Discuss, FORMAT, Group, Head, Kind, Level, Mirror, Round,
    Script, SideDef, SideKey, Silence, Span, Step, StepKey, View,
};
use crate::timer::Timestamp;

/// So many seconds after two o'clock on a Sunday in November 2026.
pub(crate) fn moment(secs: i64) -> Timestamp {
    let start = DateTime::parse_from_rfc3339("2026-11-22T14:00:00+01:00").unwrap();
    Timestamp::new(start).plus_millis(secs * 1000)
}

/// A day of December 2026.
pub(crate) fn december(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

/// People without a side.
pub(crate) fn people(named: &[(u64, &str)], since: Timestamp) -> Items<Participant> {
    let mut people = Items::default();
    for (at, (id, name)) in named.iter().enumerate() {
        let id = PersonId(Id::new(*id));
        let item = Participant {
            id,
            name: (*name).to_owned(),
            side: None,
            role: None,
            since,
            away: Vec::new(),
            changed: None,
        };
        people.apply(&Edit::Added { at, item });
    }
    people
}

/// A side's key.
pub(crate) fn side(key: &str) -> SideKey {
    SideKey(key.to_owned())
}

/// A step of so many minutes into which the steps `from` lead.
pub(crate) fn step(key: &str, title: &str, mins: u32, from: &[&str], kind: Kind) -> Step {
    let head = Head {
        key: StepKey(key.to_owned()),
        title: title.to_owned(),
        time: Span::from_mins(mins),
        from: from.iter().map(|key| StepKey((*key).to_owned())).collect(),
        ..Head::default()
    };
    Step { head, kind }
}

/// Two sides; six steps of 60 minutes: `practices` (brainstorm: five hidden minutes alone, seven as sides),
/// `mirror` (one topic stands in the script: "Segmentation"), `pause`, `quiet` (four minutes, then six for
/// insights), `decide`, `leave` (ratings from 1 to 5).
pub(crate) fn script() -> Script {
    let mut practices =
        step("practices", "What do we do well?", 12, &[], Kind::Brainstorm(Brainstorm::default()));
    practices.head.prompt = "One practice a note: the last time you did it.".to_owned();
    practices.head.say = "Nobody speaks for five minutes. Write.".to_owned();
    let round = |group, mins, hidden| Round {
        title: String::new(),
        group,
        time: Span::from_mins(mins),
        hidden,
        say: String::new(),
    };
    practices.head.rounds = vec![round(Group::Alone, 5, true), round(Group::Side, 7, false)];
    let mirror = Mirror { views: View::ALL.to_vec(), topics: vec!["Segmentation".to_owned()], lens: None };
    let then = script::Insight { time: Span::from_mins(6), prompt: String::new() };
    let mut quiet = step("quiet", "Four minutes", 4, &[], Kind::Silence(Silence { then: Some(then) }));
    quiet.head.prompt = "What will I do differently?".to_owned();
    let named = |key: &str, name: &str, field: &str| SideDef {
        key: side(key),
        name: name.to_owned(),
        field: field.to_owned(),
    };
    Script {
        format: FORMAT,
        title: "Purchasing meets sales".to_owned(),
        purpose: "Each side leaves with two practices worth learning.".to_owned(),
        level: Some(Level::PurchasingAndSales),
        sides: vec![named("purchasing", "Purchasing", "SRM"), named("sales", "Sales", "CRM")],
        lenses: Vec::new(),
        confidential: false,
        anonymous: false,
        steps: vec![
            practices,
            step("mirror", "How does the other side do it?", 20, &["practices"], Kind::Mirror(mirror)),
            step("pause", "Coffee", 5, &[], Kind::Break(Break)),
            quiet,
            step("decide", "What do we commit to?", 9, &["mirror", "quiet"], Kind::Decide(Decide::default())),
            step("leave", "Was it worth the time?", 4, &[], Kind::CheckOut(CheckOut { rating: 5 })),
        ],
    }
}

/// The same with a seventh step `talk`: twelve minutes, five for each topic, about "Prices" and what
/// `practices` brings in.
pub(crate) fn with_talk() -> Script {
    let discuss = Discuss { each: Some(Span::from_mins(5)), topics: vec!["Prices".to_owned()] };
    script_and(step("talk", "What is behind it?", 12, &["practices"], Kind::Discuss(discuss)))
}

/// The [script](script()) of this module with one step more at its end.
pub(crate) fn script_and(last: Step) -> Script {
    let mut script = script();
    script.steps.push(last);
    script
}

/// A session of `script`, opened at [`moment`] 0.
pub(crate) fn session_of(script: Script) -> Session {
    let privacy = script.privacy();
    Session::open(
        script,
        Opening {
            id: SessionId(Id::new(1)),
            title: String::new(),
            side_names: Vec::new(),
            planned_start: None,
            privacy,
            following: None,
            at: moment(0),
        },
    )
}

/// A session that is run by a test. Time stands still unless the test lets it [pass](Room::wait).
#[derive(Debug, Clone)]
pub(crate) struct Room {
    log: Log,
    now: Timestamp,
    frames: Vec<Frame>,
    asked: u64,
}

impl Room {
    /// A room with the [script](script()) of this module, before its first step.
    pub(crate) fn new() -> Self {
        Self::of(script())
    }

    /// A room with another script, before its first step.
    pub(crate) fn of(script: Script) -> Self {
        Self::going_on(session_of(script))
    }

    /// A room in which somebody goes on with a session.
    pub(crate) fn going_on(session: Session) -> Self {
        Self { log: Log::new(session, 0), now: moment(0), frames: Vec::new(), asked: 0 }
    }

    /// A room with the script of this module in which `last` is followed, four weeks later; all of it is
    /// still open.
    pub(crate) fn after(last: &Session) -> Self {
        Self::after_with(last, script())
    }

    /// The same with another script.
    pub(crate) fn after_with(last: &Session, script: Script) -> Self {
        let following = Following {
            series: last.series_or_own(),
            follows: last.id,
            open_items: last.matters().chain(last.open_items.iter().cloned()).collect(),
        };
        let now = moment(28 * 86_400);
        let opening = Opening {
            id: SessionId(last.id.0.child(28)),
            title: String::new(),
            side_names: Vec::new(),
            planned_start: None,
            privacy: script.privacy(),
            following: Some(following),
            at: now,
        };
        Self { log: Log::new(Session::open(script, opening), 0), now, frames: Vec::new(), asked: 0 }
    }

    /// The log as it is.
    pub(crate) const fn log(&self) -> &Log {
        &self.log
    }

    /// The session as it is.
    pub(crate) const fn session(&self) -> &Session {
        self.log.session()
    }

    /// What may be seen of it.
    pub(crate) fn shown(&self) -> Shown<'_> {
        self.log.shown()
    }

    /// Every frame so far, oldest first.
    pub(crate) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// What time it is.
    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    /// Asks for something at the keyboard.
    pub(crate) fn ask(&mut self, what: Request) -> Result<Frame, Refusal> {
        self.ask_by(Author::Facilitator, what)
    }

    /// Asks for something in somebody's name.
    pub(crate) fn ask_by(&mut self, by: Author, what: Request) -> Result<Frame, Refusal> {
        self.asked += 1;
        let id = FrameId(Id::new(0x0005_EED0).child(self.asked));
        let frame = self.log.take(&Command { id, by, at: self.now, what })?;
        self.frames.push(frame.clone());
        Ok(frame)
    }

    /// Does something at the keyboard.
    #[track_caller]
    pub(crate) fn does(self, what: Request) -> Self {
        self.does_by(Author::Facilitator, what)
    }

    /// Does something in somebody's name.
    #[track_caller]
    pub(crate) fn does_by(mut self, by: Author, what: Request) -> Self {
        if let Err(refusal) = self.ask_by(by, what) {
            panic!("refused: {refusal}");
        }
        self
    }

    /// Lets so many seconds pass.
    pub(crate) fn wait(mut self, secs: i64) -> Self {
        self.now = self.now.plus_millis(secs * 1000);
        self
    }

    /// Goes to a step of the script.
    #[track_caller]
    pub(crate) fn go(self, key: &str) -> Self {
        let id = self.session().agenda_id(&StepKey(key.to_owned())).unwrap();
        self.does(Request::Go(Part::Step(id)))
    }

    /// Goes where one key leads.
    #[track_caller]
    pub(crate) fn next(self) -> Self {
        let part = self.session().next_part().unwrap();
        self.does(Request::Go(part))
    }

    /// Goes where one key leads back to.
    #[track_caller]
    pub(crate) fn back(self) -> Self {
        let part = self.session().previous_part().unwrap();
        self.does(Request::Go(part))
    }

    /// Goes to a topic by its words.
    #[track_caller]
    pub(crate) fn at_topic(self, text: &str) -> Self {
        let topic = self.topic_id(text);
        self.does(Request::Go(Part::Topic(topic)))
    }

    /// Adds one thing to the present step.
    #[track_caller]
    pub(crate) fn add(self, draft: Draft) -> Self {
        self.does(Request::Add { to: None, drafts: vec![draft] })
    }

    /// Somebody takes part; no side where `of` is empty.
    #[track_caller]
    pub(crate) fn person(self, name: &str, of: &str) -> Self {
        self.add(Draft::Person(ParticipantDraft::new(name.to_owned(), given(of))))
    }

    /// A note of a side; of nobody's where `of` is empty.
    #[track_caller]
    pub(crate) fn note(self, of: &str, text: &str) -> Self {
        self.add(note(of, text))
    }

    /// A topic in the present mirror.
    #[track_caller]
    pub(crate) fn topic(self, text: &str) -> Self {
        self.add(Draft::Topic(TopicDraft { text: text.to_owned(), from: Vec::new() }))
    }

    /// What one side writes of a topic.
    #[track_caller]
    pub(crate) fn entry(self, topic: &str, by: &str, saying: Saying, text: &str) -> Self {
        let draft = entry(self.topic_id(topic), by, saying, text);
        self.add(draft)
    }

    /// Shows what is hidden in the present step: the present topic's accounts, or its hidden rounds.
    #[track_caller]
    pub(crate) fn reveal(self) -> Self {
        let pass = self.session().current().unwrap();
        if let Progress::Mirror { topic: Some(topic), .. } = &pass.progress {
            let topic = *topic;
            return self.does(Request::RevealTopic(topic));
        }
        let reference = pass.reference();
        let hidden: Vec<u32> = (1..=pass.round_count())
            .filter(|round| pass.round(*round).is_some_and(|run| run.cover == Cover::Hidden))
            .collect();
        hidden
            .into_iter()
            .fold(self, |room, round| room.does(Request::RevealRound { pass: reference, round }))
    }

    /// Judges one account.
    #[track_caller]
    pub(crate) fn judge(self, topic: &str, about: &str, gap: Gap) -> Self {
        let topic = self.topic_id(topic);
        self.does(Request::Judge { topic, about: side(about), gap: Some(gap) })
    }

    /// Takes over the learning possibility that a judged account suggests.
    #[track_caller]
    pub(crate) fn learn(self, topic: &str, about: &str) -> Self {
        let judgement = self.session().judgement_on(self.topic_id(topic), &side(about)).unwrap();
        let draft = self.shown().suggested(judgement).unwrap();
        self.add(Draft::Possibility(draft))
    }

    /// An insight; of nobody by name where `author` is empty.
    #[track_caller]
    pub(crate) fn insight(self, author: &str, text: &str) -> Self {
        let author = (!author.is_empty()).then(|| self.person_id(author));
        self.add(Draft::Insight(InsightDraft { text: text.to_owned(), author, side: None }))
    }

    /// Something decided by consent; an open question where `owner` is empty.
    #[track_caller]
    pub(crate) fn decision(self, statement: &str, owner: &str) -> Self {
        self.add(decision(statement, owner))
    }

    /// An action of the newest decision, if there is one, due on a day of December.
    #[track_caller]
    pub(crate) fn action(self, when: &str, will: &str, owner: &str, day: u32) -> Self {
        let decision = self.session().decisions.iter().next_back().map(|decision| decision.id);
        self.add(Draft::Action(ActionDraft {
            decision,
            when: when.to_owned(),
            will: will.to_owned(),
            owner: owned_by(owner),
            by: Some(december(day)),
        }))
    }

    /// From what was noted through a mirror to a decision and its action, both of that person's.
    #[track_caller]
    pub(crate) fn on_to_decisions(self, owner: &str) -> Self {
        self.go("mirror")
            .entry("Segmentation", "sales", Saying::Ours, "By turnover")
            .reveal()
            .judge("Segmentation", "sales", Gap::BlindSpot)
            .go("decide")
            .decision("Ask once a quarter", owner)
            .action("the list is there", "call", owner, 3)
    }

    /// A rating; only a word where `score` is 0.
    #[track_caller]
    pub(crate) fn rating(self, score: u8, word: &str) -> Self {
        self.add(rating(score, word))
    }

    /// A later word on something.
    #[track_caller]
    pub(crate) fn update(self, of: Origin, standing: Standing, why: &str) -> Self {
        self.add(Draft::Update(UpdateDraft { of, standing, why: why.to_owned() }))
    }

    /// A parked thought.
    #[track_caller]
    pub(crate) fn park(self, text: &str, fate: Fate) -> Self {
        self.add(Draft::Parked(ParkedDraft { text: text.to_owned(), fate }))
    }

    /// What can be followed up of this session: the thing with these words.
    #[track_caller]
    pub(crate) fn origin(&self, text: &str) -> Origin {
        let session = self.session();
        let mut known = session.matters().chain(session.open_items.iter().cloned());
        known.find(|item| item.text == text).unwrap_or_else(|| panic!("there is no {text:?}")).of
    }

    /// The newest note with these words.
    #[track_caller]
    pub(crate) fn note_id(&self, text: &str) -> NoteId {
        newest(&self.session().notes, |note| note.text == text).id
    }

    /// Keeps a note confidential.
    #[track_caller]
    pub(crate) fn confidential(self, text: &str) -> Self {
        let note = newest(&self.session().notes, |note| note.text == text);
        let (id, draft) = (ItemId::Note(note.id), NoteDraft { confidential: true, ..note.draft() });
        self.does(Request::Change { id, draft: Draft::Note(draft) })
    }

    /// The newest topic with these words.
    #[track_caller]
    pub(crate) fn topic_id(&self, text: &str) -> TopicId {
        newest(&self.session().topics, |topic| topic.text == text).id
    }

    /// The person with this name.
    #[track_caller]
    pub(crate) fn person_id(&self, name: &str) -> PersonId {
        newest(&self.session().people, |person| person.name == name).id
    }
}

#[track_caller]
fn newest<T: Item<Id: Debug> + Debug>(list: &Items<T>, fits: impl Fn(&T) -> bool) -> &T {
    list.iter().rfind(|item| fits(item)).unwrap_or_else(|| panic!("nothing of that kind among {list:?}"))
}

fn given(key: &str) -> Option<SideKey> {
    (!key.is_empty()).then(|| side(key))
}

fn owned_by(name: &str) -> Ownership {
    if name.is_empty() {
        Ownership::Open(Ask::default())
    } else {
        Ownership::Owned { by: Who::Named(name.to_owned()), acceptance: Acceptance::Accepted }
    }
}

/// A note of a side; of nobody's where `of` is empty.
pub(crate) fn note(of: &str, text: &str) -> Draft {
    Draft::Note(NoteDraft {
        text: text.to_owned(),
        tags: Vec::new(),
        side: given(of),
        author: None,
        confidential: false,
    })
}

/// What one side writes of a topic.
pub(crate) fn entry(topic: TopicId, by: &str, saying: Saying, text: &str) -> Draft {
    Draft::Entry(EntryDraft { text: text.to_owned(), topic, by: side(by), saying, aspect: None })
}

/// Something decided by consent; an open question where `owner` is empty.
pub(crate) fn decision(statement: &str, owner: &str) -> Draft {
    Draft::Decision(DecisionDraft {
        statement: statement.to_owned(),
        method: script::Method::Consent,
        outcome: Outcome::Decided(owned_by(owner)),
        objections: Vec::new(),
        review: None,
        grounds: Vec::new(),
    })
}

/// A rating; only a word where `score` is 0.
pub(crate) fn rating(score: u8, word: &str) -> Draft {
    Draft::Rating(RatingDraft { score: (score > 0).then_some(score), word: word.to_owned(), author: None })
}
