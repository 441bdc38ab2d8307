//! The session as it is after all that has happened.
//!
//! Owns: the state and how it is looked through. Changes only by `apply`. Never: decides anything.

use serde::{Deserialize, Serialize};

use super::agenda::{AgendaStep, Pass, Progress};
use super::cluster::{Cluster, Placement};
use super::decision::{ActionItem, Decision};
use super::id::{SessionId, StepId};
use super::insight::Insight;
use super::interruption::Interruption;
use super::items::{Changed, Items};
use super::line;
use super::mirror::{Cover, Entry, Judgement, Possibility, Topic, TopicId};
use super::note::Note;
use super::parking::Parked;
use super::people::{Author, Participant, PersonId, Side};
use super::rating::Rating;
use super::record::{Made, PassRef};
use super::refusal::Refusal;
use super::series::{Following, OpenItem, Series};
use super::update::Update;
use super::voice::Voice;
use super::vote::{Ballot, Ruling};
use crate::script::{Privacy, Script, SideKey, Step, StepKey};
use crate::timer::Timestamp;

/// The newest session format that this program writes and fully understands.
pub const FORMAT: u32 = 1;

/// One run of a script with people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The format number of the file, [`FORMAT`] today.
    pub format: u32,
    /// Its identity.
    pub id: SessionId,
    /// What it is called.
    pub title: String,
    /// Whether somebody has closed it.
    pub status: Status,
    /// When it was opened.
    pub opened: Timestamp,
    /// Whether it is for those who take part: left out of lists and exports unless asked for by name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// Whether no names are kept, so that nothing tells who wrote.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// When it was to begin, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_start: Option<Timestamp>,
    /// The series it belongs to; none for one that stands alone, or that others follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Series>,
    /// The session of the series right before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<SessionId>,
    /// What the series had left open when this session was opened, oldest due first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_items: Vec<OpenItem>,
    /// The parties.
    pub sides: Vec<Side>,
    /// The people, in the order in which they were added.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub people: Items<Participant>,
    /// The agenda.
    pub agenda: Vec<AgendaStep>,
    /// The present pass; none before the first step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<PassRef>,
    /// When nothing went on, and what was said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interruptions: Vec<Interruption>,
    /// Every run of a step, in the order in which they began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<Pass>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub notes: Items<Note>,
    /// Groups.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub clusters: Items<Cluster>,
    /// What stands in which group.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub placements: Items<Placement>,
    /// Dots.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub ballots: Items<Ballot>,
    /// What was chosen where dots tied.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub rulings: Items<Ruling>,
    /// Topics of mirrors.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub topics: Items<Topic>,
    /// What sides wrote of topics.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub entries: Items<Entry>,
    /// Gaps.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub judgements: Items<Judgement>,
    /// Learning possibilities.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub possibilities: Items<Possibility>,
    /// Insights.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub insights: Items<Insight>,
    /// Decisions.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub decisions: Items<Decision>,
    /// Actions.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub actions: Items<ActionItem>,
    /// Ratings.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub ratings: Items<Rating>,
    /// Later words on what was decided, done or parked, here or in earlier sessions.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub updates: Items<Update>,
    /// The parking lot.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub parked: Items<Parked>,
    /// Turns to speak.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub voices: Items<Voice>,
    /// The script as planned.
    pub script: Script,
}

/// Whether a session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It can be gone on with.
    Open,
    /// Somebody closed it.
    Closed {
        /// When the meeting was closed: a write-up doesn't move it.
        at: Timestamp,
    },
    /// Somebody opened it again for the write-up.
    WriteUp {
        /// When the meeting was closed.
        closed: Timestamp,
    },
}

impl Status {
    /// Whether it goes on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open | Self::WriteUp { .. } => true,
            Self::Closed { .. } => false,
        }
    }

    /// Whether the meeting is over and is written up.
    #[must_use]
    pub const fn is_write_up(self) -> bool {
        match self {
            Self::WriteUp { .. } => true,
            Self::Open | Self::Closed { .. } => false,
        }
    }

    /// Whether the meeting was closed so short a time ago that it can go on at this moment.
    #[must_use]
    pub const fn may_be_resumed(self, now: Timestamp) -> bool {
        match self {
            Self::Closed { at } => now.millis_since(at) <= SAME_MEETING,
            Self::Open | Self::WriteUp { .. } => false,
        }
    }

    /// What it is once somebody closes it.
    pub(super) fn closed(self, at: Timestamp) -> Self {
        Self::Closed { at: self.meeting_closed().unwrap_or(at) }
    }

    /// What it is once somebody opens it for the write-up.
    pub(super) fn reopened(self) -> Self {
        self.meeting_closed().map_or(Self::Open, |closed| Self::WriteUp { closed })
    }

    /// When the meeting was closed; none while it goes on.
    #[must_use]
    pub const fn meeting_closed(self) -> Option<Timestamp> {
        match self {
            Self::Open => None,
            Self::Closed { at } | Self::WriteUp { closed: at } => Some(at),
        }
    }
}

/// A meeting closed longer ago than this is over for good: whoever meets again meets anew. In milliseconds.
const SAME_MEETING: i64 = 4 * 3_600_000;

/// What is said at set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The session's identity; the agenda's come from it.
    pub id: SessionId,
    /// What it is called; the script's title where empty.
    pub title: String,
    /// The sides' names in the script's order; the script's own where missing.
    pub side_names: Vec<String>,
    /// When it is to begin.
    pub planned_start: Option<Timestamp>,
    /// What it keeps to itself.
    pub privacy: Privacy,
    /// The series that it goes on with.
    pub following: Option<Following>,
    /// When it is opened.
    pub at: Timestamp,
}

impl Session {
    /// A session of `script` in which nothing has happened yet.
    #[must_use]
    pub fn open(script: Script, opening: Opening) -> Self {
        let Opening { id, title, side_names, planned_start, privacy, following, at } = opening;
        let Privacy { confidential, anonymous } = privacy;
        let (series, follows, open_items) = match following {
            Some(Following { series, follows, open_items }) => (Some(series), Some(follows), open_items),
            None => (None, None, Vec::new()),
        };
        let mut names = side_names.into_iter();
        let sides = Side::marked(script.sides.iter().map(|side| {
            let name = names.next().filter(|name| !name.trim().is_empty());
            (side.key.clone(), name.unwrap_or_else(|| side.name.clone()), side.field.clone())
        }));
        let agenda = script
            .steps
            .iter()
            .zip(0..)
            .map(|(step, n)| AgendaStep {
                id: StepId(id.0.child(n)),
                key: step.head.key.clone(),
                fitted: None,
            })
            .collect();
        Self {
            format: FORMAT,
            id,
            title: if title.trim().is_empty() { script.title.clone() } else { title },
            status: Status::Open,
            opened: at,
            confidential,
            anonymous,
            planned_start,
            series,
            follows,
            open_items,
            sides,
            people: Items::default(),
            agenda,
            present: None,
            interruptions: Vec::new(),
            passes: Vec::new(),
            notes: Items::default(),
            clusters: Items::default(),
            placements: Items::default(),
            ballots: Items::default(),
            rulings: Items::default(),
            topics: Items::default(),
            entries: Items::default(),
            judgements: Items::default(),
            possibilities: Items::default(),
            insights: Items::default(),
            decisions: Items::default(),
            actions: Items::default(),
            ratings: Items::default(),
            updates: Items::default(),
            parked: Items::default(),
            voices: Items::default(),
            script,
        }
    }

    /// The stamp of what is made in a pass now.
    pub(super) fn stamp(&self, pass: PassRef, round: u32, at: Timestamp, by: Author) -> Made {
        let PassRef { step, pass } = pass;
        Made { step, pass, round, at, by, write_up: self.status.is_write_up() }
    }

    /// The stamp of what is changed now.
    pub(super) const fn change_stamp(&self, at: Timestamp, by: Author) -> Changed {
        Changed { at, by, write_up: self.status.is_write_up() }
    }

    /// What it keeps to itself.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        Privacy { confidential: self.confidential, anonymous: self.anonymous }
    }

    /// The step of an entry of the agenda.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.script.step(&self.entry(id)?.key)
    }

    pub(super) fn entry(&self, id: StepId) -> Option<&AgendaStep> {
        self.agenda.iter().find(|entry| entry.id == id)
    }

    /// The place of an entry of the agenda, from 0.
    pub(super) fn place_in_agenda(&self, id: StepId) -> Option<usize> {
        self.agenda.iter().position(|entry| entry.id == id)
    }

    /// The first entry of the agenda for a step of the script.
    #[must_use]
    pub fn agenda_id(&self, key: &StepKey) -> Option<StepId> {
        self.agenda.iter().find(|entry| &entry.key == key).map(|entry| entry.id)
    }

    /// One run of a step.
    #[must_use]
    pub fn pass(&self, reference: PassRef) -> Option<&Pass> {
        self.passes.iter().find(|pass| pass.reference() == reference)
    }

    pub(super) fn pass_mut(&mut self, reference: PassRef) -> Option<&mut Pass> {
        self.passes.iter_mut().find(|pass| pass.reference() == reference)
    }

    /// The present pass; none before the first step.
    #[must_use]
    pub fn current(&self) -> Option<&Pass> {
        self.pass(self.present?)
    }

    /// The present step; none before the first.
    #[must_use]
    pub fn current_step(&self) -> Option<&Step> {
        self.step(self.present?.step)
    }

    /// A side by its key.
    #[must_use]
    pub fn side(&self, key: &SideKey) -> Option<&Side> {
        self.sides.iter().find(|side| &side.key == key)
    }

    /// A side's place, from 0: it settles its colour.
    #[must_use]
    pub fn side_place(&self, key: &SideKey) -> Option<usize> {
        self.sides.iter().position(|side| &side.key == key)
    }

    /// A person by identity.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Participant> {
        self.people.get(id)
    }

    /// The topics of a pass, in order.
    pub fn topics_of(&self, pass: PassRef) -> impl Iterator<Item = &Topic> {
        self.topics.iter().filter(move |topic| topic.made.during() == pass)
    }

    /// Whether the accounts of a topic can be seen.
    #[must_use]
    pub fn topic_cover(&self, topic: TopicId) -> Cover {
        let revealed =
            self.topics.get(topic).and_then(|topic| self.pass(topic.made.during())).is_some_and(|pass| {
                match &pass.progress {
                    Progress::Mirror { revealed, .. } => revealed.contains(&topic),
                    Progress::Plain | Progress::Silence(_) | Progress::Discuss(_) => false,
                }
            });
        if revealed { Cover::Open } else { Cover::Hidden }
    }

    /// Whether what was made there can be seen.
    #[must_use]
    pub fn cover(&self, made: &Made) -> Cover {
        self.pass(made.during())
            .and_then(|pass| pass.round(made.round))
            .map_or(Cover::Open, |round| round.cover)
    }

    /// The judgement on one account.
    #[must_use]
    pub fn judgement_on(&self, topic: TopicId, about: &SideKey) -> Option<&Judgement> {
        self.judgements.iter().find(|judgement| judgement.topic == topic && &judgement.about == about)
    }

    /// Whether anything in it is covered.
    #[must_use]
    pub fn has_hidden(&self) -> bool {
        let covers = |pass: &Pass| pass.rounds.iter().any(|round| !round.cover.is_open());
        self.passes.iter().any(covers) && self.notes.iter().any(|note| !self.cover(&note.made).is_open())
            || self.entries.iter().any(|entry| !self.topic_cover(entry.topic).is_open())
            || self.ballots.iter().any(|ballot| !self.tally_is_open(ballot.made.during()))
    }

    pub(super) fn known_side(&self, side: Option<&SideKey>) -> Result<(), Refusal> {
        match side {
            Some(key) if self.side(key).is_none() => {
                let names: Vec<&str> = self.sides.iter().map(|side| side.key.0.as_str()).collect();
                Err(Refusal::new(
                    format!("This session has no side `{key}`."),
                    format!("Its sides are: {}.", names.join(", ")),
                ))
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn known_person(&self, person: Option<PersonId>) -> Result<(), Refusal> {
        match person {
            Some(id) if self.person(id).is_none() => {
                Err(Refusal::new("That person is not in this session.", "Add the person first."))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Refuses words with an `@name` in them where nothing may tell who wrote. Which of the words after the
    /// sign belong to the name nobody knows, so that whoever typed them takes them out.
    pub(super) fn unsigned(&self, text: &str) -> Result<(), Refusal> {
        let named = line::named_at(text).filter(|_| self.anonymous);
        named.map_or(Ok(()), |at| {
            let name = text[at + 1..].split_whitespace().next().unwrap_or_default();
            Err(Refusal::new(
                "This session is anonymous: nothing says who wrote.",
                format!("Take \"@{name}\" out, then Enter."),
            ))
        })
    }

    pub(super) fn known_topic(&self, topic: TopicId) -> Result<(), Refusal> {
        if self.topics.get(topic).is_some() {
            Ok(())
        } else {
            Err(Refusal::new("That topic is gone.", "Choose another topic, or undo its removal."))
        }
    }
}
