//! The mirror: topics, what each side says of itself and of the others, the gaps, what can be learned.
//!
//! Owns: the accounts and their judgement. Never: how a comparison is laid out on a screen.

use serde::{Deserialize, Serialize};

use super::agenda::Progress;
use super::carried::Carried;
use super::record::record;
use super::refusal::Refusal;
use super::state::Session;
use crate::script::{Level, SideKey, View};

/// Whether something written can be seen by the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Cover {
    /// Everybody sees it.
    #[default]
    Open,
    /// It is counted but not shown until revealed.
    Hidden,
}

impl Cover {
    /// Whether it is shown.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open => true,
            Self::Hidden => false,
        }
    }
}

record! {
    /// What is compared: worded so that all sides can answer.
    Topic, TopicDraft, TopicId {
        /// The words; never empty.
        text: String,
        /// What came in that it was made from.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from: Vec<Carried>,
    }
}

/// What an entry says of whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Saying {
    /// How we do it.
    Ours,
    /// How they do it.
    Theirs(
        /// The side it is about.
        SideKey,
    ),
    /// What they will say of us.
    Guess,
}

impl Saying {
    /// The side an entry by `by` is about.
    #[must_use]
    pub const fn about<'a>(&'a self, by: &'a SideKey) -> &'a SideKey {
        match self {
            Self::Ours | Self::Guess => by,
            Self::Theirs(about) => about,
        }
    }

    /// The view it belongs to.
    #[must_use]
    pub const fn view(&self) -> View {
        match self {
            Self::Ours => View::Ours,
            Self::Theirs(_) => View::Theirs,
            Self::Guess => View::Guess,
        }
    }
}

/// One cell of a topic: who writes what of whom, by which aspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The side that writes.
    pub by: SideKey,
    /// What it says of whom.
    pub saying: Saying,
    /// The aspect, where the step has a lens.
    pub aspect: Option<String>,
}

record! {
    /// What one side writes of one topic.
    Entry, EntryDraft, EntryId {
        /// What it says; never empty.
        text: String,
        /// The topic.
        topic: TopicId,
        /// The side that wrote it.
        by: SideKey,
        /// What it says of whom.
        saying: Saying,
        /// The aspect of the step's lens, where it names one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aspect: Option<String>,
    }
}

impl Entry {
    /// The side it is about: its account is the one this entry belongs to.
    #[must_use]
    pub const fn about(&self) -> &SideKey {
        self.saying.about(&self.by)
    }
}

/// The judgement on one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Gap {
    /// Both see the same.
    SeenAlike,
    /// They see it differently.
    SeenDifferently,
    /// Others see what the side does not.
    BlindSpot,
    /// The side has it, others do not know.
    HiddenStrength,
    /// The side expected to hear something else.
    WrongGuess,
    /// The side does not do it at all: often the real learning.
    Missing,
}

impl Gap {
    /// All gaps in the order of the keys that judge them, 1 to 6.
    pub const ALL: [Self; 6] = [
        Self::SeenAlike,
        Self::SeenDifferently,
        Self::BlindSpot,
        Self::HiddenStrength,
        Self::WrongGuess,
        Self::Missing,
    ];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SeenAlike => "seen alike",
            Self::SeenDifferently => "seen differently",
            Self::BlindSpot => "blind spot",
            Self::HiddenStrength => "hidden strength",
            Self::WrongGuess => "wrong guess",
            Self::Missing => "missing",
        }
    }
}

record! {
    /// The gap seen on one account; at most one for each topic and side.
    Judgement, JudgementDraft, JudgementId {
        /// The topic.
        topic: TopicId,
        /// The side whose account it judges.
        about: SideKey,
        /// What was found.
        gap: Gap,
    }
}

/// Why a learning possibility is worth pursuing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Driver {
    /// One side does it exceptionally well.
    Excellence,
    /// One side did it earlier and knows the lessons.
    TimeMaturity,
    /// A need to understand the other party.
    MirrorImage,
}

impl Driver {
    /// All drivers in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Excellence, Self::TimeMaturity, Self::MirrorImage];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Excellence => "excellence",
            Self::TimeMaturity => "time maturity",
            Self::MirrorImage => "mirror image",
        }
    }
}

/// What has to be given for learning from each other to succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prerequisite {
    /// Both understand the business in a similar way.
    BusinessUnderstanding,
    /// There is a setting that was designed for it.
    DesignedSetting,
    /// There is a culture with time and silence to reflect.
    TimeToReflect,
}

impl Prerequisite {
    /// All of them in the order in which they are asked about.
    pub const ALL: [Self; 3] = [Self::BusinessUnderstanding, Self::DesignedSetting, Self::TimeToReflect];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::BusinessUnderstanding => "a similar understanding of the business",
            Self::DesignedSetting => "a setting made for it",
            Self::TimeToReflect => "time and silence to reflect",
        }
    }
}

/// What both sides do together so that learning lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedPractice {
    /// Brainstorming together.
    JointBrainstorming,
    /// Looking at how the best do it.
    Benchmarking,
    /// Making strategy together.
    JointStrategy,
    /// Knowing whom to ask.
    ContactNetwork,
    /// One who accompanies another.
    Mentoring,
    /// Training together.
    JointTraining,
    /// Workshops such as this one.
    Workshops,
    /// Places to exchange.
    Forums,
    /// Doing the other's job for a time.
    JobRotation,
    /// A management board of both.
    JointBoard,
    /// Roles that belong to both.
    CrossFunctionalRoles,
}

impl SharedPractice {
    /// All of them in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::JointBrainstorming,
        Self::Benchmarking,
        Self::JointStrategy,
        Self::ContactNetwork,
        Self::Mentoring,
        Self::JointTraining,
        Self::Workshops,
        Self::Forums,
        Self::JobRotation,
        Self::JointBoard,
        Self::CrossFunctionalRoles,
    ];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::JointBrainstorming => "joint brainstorming",
            Self::Benchmarking => "benchmarking",
            Self::JointStrategy => "joint strategy",
            Self::ContactNetwork => "contact network",
            Self::Mentoring => "mentoring",
            Self::JointTraining => "joint training",
            Self::Workshops => "workshops",
            Self::Forums => "forums",
            Self::JobRotation => "job rotation",
            Self::JointBoard => "a joint management board",
            Self::CrossFunctionalRoles => "cross-functional roles",
        }
    }
}

record! {
    /// Who can learn what from whom.
    Possibility, PossibilityDraft, PossibilityId {
        /// A sentence; never empty.
        sentence: String,
        /// Who learns.
        learner: SideKey,
        /// Who is learned from; never the learner.
        teacher: SideKey,
        /// Why it is worth pursuing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        driver: Option<Driver>,
        /// What is given of what it needs.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        prerequisites: Vec<Prerequisite>,
        /// What would make it last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        practice: Option<SharedPractice>,
        /// How near to daily work it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Level>,
        /// The topic it came up in.
        topic: TopicId,
        /// The judgement it was made from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judgement: Option<JudgementId>,
    }
}

/// A learning possibility to begin with, from a judged account: who learns follows from the gap.
///
/// Where the side lacks or misjudges something it learns; where it has something it is learned from.
/// None where there is no other side.
#[must_use]
pub fn suggested(session: &Session, judgement: &Judgement) -> Option<PossibilityDraft> {
    let about = session.side(&judgement.about)?;
    let other = session.sides.iter().find(|side| side.key != about.key)?;
    let topic = session.topics.get(judgement.topic)?;
    let (learner, teacher, driver) = match judgement.gap {
        Gap::Missing => (about, other, Driver::Excellence),
        Gap::BlindSpot | Gap::WrongGuess => (about, other, Driver::MirrorImage),
        Gap::HiddenStrength | Gap::SeenAlike => (other, about, Driver::Excellence),
        Gap::SeenDifferently => (other, about, Driver::MirrorImage),
    };
    Some(PossibilityDraft {
        sentence: format!("{} can learn from {}: {}", learner.name, teacher.name, topic.text),
        learner: learner.key.clone(),
        teacher: teacher.key.clone(),
        driver: Some(driver),
        prerequisites: Vec::new(),
        practice: None,
        level: session.script.level,
        topic: topic.id,
        judgement: Some(judgement.id),
    })
}

pub(super) fn admit_topic(session: &Session, topic: &Topic) -> Result<(), Refusal> {
    Refusal::if_empty(&topic.text, "The topic")?;
    Refusal::if_too_long([topic.text.as_str()])?;
    let step = session.step(topic.made.step).and_then(|step| step.kind.mirror());
    if !step.is_some_and(|mirror| mirror.topics.contains(&topic.text)) {
        session.unsigned(&topic.text)?;
    }
    match session.pass(topic.made.during()).map(|pass| &pass.progress) {
        Some(Progress::Mirror { .. }) => Ok(()),
        Some(Progress::Plain | Progress::Silence(_) | Progress::Discuss(_)) | None => {
            Err(Refusal::new("Topics belong to a mirror.", "Go to a mirror step first."))
        }
    }
}

/// Refuses to let go of a topic on which something hangs.
pub(super) fn release_topic(session: &Session, topic: &Topic) -> Result<(), Refusal> {
    let id = topic.id;
    if session.entries.iter().any(|entry| entry.topic == id)
        || session.judgements.iter().any(|judgement| judgement.topic == id)
        || session.possibilities.iter().any(|possibility| possibility.topic == id)
    {
        return Err(Refusal::new(
            "Something was written of this topic since.",
            "Remove the topic to take it out with all that hangs on it.",
        ));
    }
    Ok(())
}

pub(super) fn admit_entry(session: &Session, entry: &Entry) -> Result<(), Refusal> {
    Refusal::if_empty(&entry.text, "The entry")?;
    Refusal::if_too_long(entry.aspect.iter().chain([&entry.text]).map(String::as_str))?;
    session.unsigned(&entry.text)?;
    session.known_topic(entry.topic)?;
    session.known_side(Some(&entry.by))?;
    match &entry.saying {
        Saying::Ours | Saying::Guess => Ok(()),
        Saying::Theirs(about) if about == &entry.by => {
            Err(Refusal::new("“Theirs” is about another side.", "Write it as “ours”."))
        }
        Saying::Theirs(about) => session.known_side(Some(about)),
    }
}

pub(super) fn admit_judgement(session: &Session, judgement: &Judgement) -> Result<(), Refusal> {
    session.known_side(Some(&judgement.about))?;
    session.known_topic(judgement.topic)?;
    if !session.topic_cover(judgement.topic).is_open() {
        return Err(Refusal::new(
            "The gap can be judged once both accounts are seen.",
            "Reveal the topic first.",
        ));
    }
    match session.judgement_on(judgement.topic, &judgement.about) {
        Some(other) if other.id != judgement.id => Err(judged_already()),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn judged_already() -> Refusal {
    Refusal::new("This account is judged already.", "Change its judgement instead.")
}

pub(super) fn admit_possibility(session: &Session, possibility: &Possibility) -> Result<(), Refusal> {
    Refusal::if_empty(&possibility.sentence, "The learning possibility")?;
    Refusal::if_too_long([possibility.sentence.as_str()])?;
    session.unsigned(&possibility.sentence)?;
    session.known_topic(possibility.topic)?;
    session.known_side(Some(&possibility.learner))?;
    session.known_side(Some(&possibility.teacher))?;
    if possibility.learner == possibility.teacher {
        return Err(Refusal::new(
            "A side cannot learn from itself here.",
            "Choose another side to learn from.",
        ));
    }
    Ok(())
}
