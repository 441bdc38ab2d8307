//! What a session is going to do, as values: a [`Script`] and its steps.
//!
//! Owns the meaning of every field of a script. Never reads text (that is `read`), judges
//! (`check`) or counts time (`plan`).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::span::Span;

/// The newest script format that this program writes and fully understands.
pub const FORMAT: u32 = 1;

/// What a session is going to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// The format number of the file, [`FORMAT`] today.
    pub format: u32,
    /// What the session is called unless somebody renames it at set-up.
    pub title: String,
    /// What should be different afterwards, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// How concrete the topics must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The two to four parties; one to four are read, so that a retrospective of one team is possible.
    pub sides: Vec<SideDef>,
    /// Named lists of viewpoints that a mirror can use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lenses: Vec<Lens>,
    /// Left out of search, synthesis and exports unless asked for by name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub confidential: bool,
    /// No names are kept: nothing tells who wrote.
    #[serde(default, skip_serializing_if = "is_false")]
    pub anonymous: bool,
    /// The steps in order; never empty in a checked script.
    pub steps: Vec<Step>,
}

impl Script {
    /// The step with this key.
    #[must_use]
    pub fn step(&self, key: &StepKey) -> Option<&Step> {
        self.steps.iter().find(|step| &step.head.key == key)
    }

    /// What a session of it keeps to itself unless set-up says otherwise.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        Privacy { confidential: self.confidential, anonymous: self.anonymous }
    }

    /// The lens with this key.
    #[must_use]
    pub fn lens(&self, key: &str) -> Option<&Lens> {
        self.lenses.iter().find(|lens| lens.key == key)
    }
}

/// What a session keeps to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Privacy {
    /// It is for those who take part: left out of lists and exports unless asked for by name.
    pub confidential: bool,
    /// No names are kept: nothing tells who wrote.
    pub anonymous: bool,
}

impl Privacy {
    /// All that either of them keeps back.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            confidential: self.confidential || other.confidential,
            anonymous: self.anonymous || other.anonymous,
        }
    }

    /// What the room is told of it at the start, a sentence each; nothing where nothing is kept back.
    pub fn told(self) -> impl Iterator<Item = &'static str> {
        let confidential = "Confidential: what is said here stays with those who take part.";
        let anonymous = "Anonymous: nothing says who wrote what.";
        let told = [(self.confidential, confidential), (self.anonymous, anonymous)];
        told.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// How near to daily work a session is: the lower, the more concrete its topics must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// Joint strategy, models, trends.
    GlobalFunctions,
    /// Specific cases: partnerships, contracts, who decides.
    CategoryAndAccount,
    /// Daily work: negotiating, what counts beyond price.
    PurchasingAndSales,
}

/// One of the parties as the script names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideDef {
    /// What steps and notes refer to: lower case, digits, `-`.
    pub key: SideKey,
    /// What people read.
    pub name: String,
    /// The practice it stands for, such as `SRM`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
}

/// A named list of viewpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lens {
    /// What a step names it by.
    pub key: String,
    /// The viewpoints, at least one.
    pub aspects: Vec<String>,
}

/// The key of a side: unique in its script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SideKey(pub String);

/// The key of a step: unique in its script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepKey(pub String);

impl fmt::Display for SideKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for StepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One part of a script: what every step has, and what only its kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What every step has.
    pub head: Head,
    /// What only this kind of step has.
    pub kind: Kind,
}

/// What every step has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Unique in the script.
    pub key: StepKey,
    /// The question on the wall.
    pub title: String,
    /// The planned time; with rounds, at least their sum.
    pub time: Span,
    /// What the room reads under the title.
    pub prompt: String,
    /// What the facilitator says; never on the wall.
    pub say: String,
    /// Advice for the facilitator; never on the wall.
    pub tips: Vec<String>,
    /// The activity it serves, where the kind's own is not meant.
    pub activity: Option<Activity>,
    /// The earlier steps whose results come in.
    pub from: Vec<StepKey>,
    /// The parts with a time and grouping of their own.
    pub rounds: Vec<Round>,
    /// Whether entering the step starts its countdown.
    pub start: Start,
}

/// A part of a step with its own time and grouping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// What this part is called, where a name helps.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who works together.
    #[serde(default)]
    pub group: Group,
    /// Its planned time.
    pub time: Span,
    /// What is written stays covered until revealed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// What the facilitator says when it begins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub say: String,
}

/// Who works together in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Group {
    /// Each person alone.
    Alone,
    /// Two and two.
    Pairs,
    /// Three and three.
    Trios,
    /// Four and four.
    Fours,
    /// Each side by itself.
    Side,
    /// Everybody together.
    #[default]
    All,
}

/// What begins a step's countdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Start {
    /// Entering the step (a silence waits for Enter all the same).
    #[default]
    Auto,
    /// The facilitator.
    Manual,
}

/// What a step serves in the knowing cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Activity {
    /// Seeing the learning possibilities.
    SenseMaking,
    /// Turning them into insight.
    KnowledgeCreation,
    /// Committing to action.
    DecisionMaking,
}

/// What only one kind of step has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A word from each person.
    CheckIn(CheckIn),
    /// Notes from every side.
    Brainstorm(Brainstorm),
    /// Notes into named groups.
    Cluster(Cluster),
    /// Dots on what was collected.
    Vote(Vote),
    /// Each topic as every side sees it.
    Mirror(Mirror),
    /// Time to think, then an insight from each.
    Silence(Silence),
    /// A time box for each topic.
    Discuss(Discuss),
    /// Decisions and actions.
    Decide(Decide),
    /// What earlier sessions left open.
    FollowUp(FollowUp),
    /// Time off.
    Break(Break),
    /// A rating and a word.
    CheckOut(CheckOut),
}

/// A word from each person, round robin. It has no fields of its own yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckIn;

/// Notes from every side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brainstorm {
    /// Whether each note should say who wrote it.
    pub authors: bool,
    /// Tags that are offered before anybody has used one, without `#`.
    pub tags: Vec<String>,
}

/// Notes into named groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cluster {
    /// Names of groups to begin with.
    pub groups: Vec<String>,
}

/// Dots on what was collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Dots each person has, 1 to 99.
    pub dots: u32,
    /// Most dots one person may give one item; none means no cap.
    pub cap: Option<u32>,
    /// How many items carry on.
    pub keep: u32,
    /// At least this many of the kept ones come from each side.
    pub keep_each_side: u32,
    /// The tally is covered until revealed.
    pub hidden: bool,
}

impl Default for Vote {
    fn default() -> Self {
        Self { dots: 3, cap: None, keep: 3, keep_each_side: 0, hidden: true }
    }
}

/// Each topic as every side sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    /// What each side writes of each topic; at least one, no view twice.
    pub views: Vec<View>,
    /// Topics that stand in the script; others are worded in the room.
    pub topics: Vec<String>,
    /// The lens whose aspects each view is written by.
    pub lens: Option<String>,
}

impl Default for Mirror {
    fn default() -> Self {
        Self { views: View::ALL.to_vec(), topics: Vec::new(), lens: None }
    }
}

/// What one side writes of one topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum View {
    /// How we do it.
    Ours,
    /// How they do it.
    Theirs,
    /// What they will say of us.
    Guess,
}

impl View {
    /// All views in the order in which they are written.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Theirs, Self::Guess];
}

/// Time to think, and what is written after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Silence {
    /// The insights after the silence; none leaves them out.
    pub then: Option<Insight>,
}

/// What follows a silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insight {
    /// The time for writing insights, beside the silence's own.
    pub time: Span,
    /// What is asked; the silence's prompt where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
}

/// A time box for each topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Discuss {
    /// The time box of each topic; the step's time is shared out where none is given.
    pub each: Option<Span>,
    /// Topics that stand in the script.
    pub topics: Vec<String>,
}

/// Decisions and actions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decide {
    /// How decisions are made unless said otherwise for one.
    pub method: Method,
}

/// How a decision is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Method {
    /// Nobody has a paramount objection.
    #[default]
    Consent,
    /// Everybody agrees.
    Consensus,
    /// More than half agree.
    Majority,
    /// One person decides.
    Lead,
    /// One person decides after asking those concerned.
    Advice,
}

impl Method {
    /// All methods in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Consent, Self::Consensus, Self::Majority, Self::Lead, Self::Advice];
}

/// What earlier sessions left open. It has no fields of its own yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowUp;

/// Time off. It has no fields of its own yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Break;

/// A rating and a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckOut {
    /// The best rating, 2 to 10; ratings run from 1 to it.
    pub rating: u8,
}

impl Default for CheckOut {
    fn default() -> Self {
        Self { rating: 5 }
    }
}

impl Kind {
    /// The kind's name as it stands in a script.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CheckIn(_) => "CheckIn",
            Self::Brainstorm(_) => "Brainstorm",
            Self::Cluster(_) => "Cluster",
            Self::Vote(_) => "Vote",
            Self::Mirror(_) => "Mirror",
            Self::Silence(_) => "Silence",
            Self::Discuss(_) => "Discuss",
            Self::Decide(_) => "Decide",
            Self::FollowUp(_) => "FollowUp",
            Self::Break(_) => "Break",
            Self::CheckOut(_) => "CheckOut",
        }
    }

    /// Whether later steps can take something from it with `from`.
    #[must_use]
    pub const fn yields(&self) -> bool {
        match self {
            Self::Silence(silence) => silence.then.is_some(),
            Self::Brainstorm(_)
            | Self::Cluster(_)
            | Self::Vote(_)
            | Self::Mirror(_)
            | Self::Discuss(_)
            | Self::Decide(_)
            | Self::FollowUp(_) => true,
            Self::CheckIn(_) | Self::Break(_) | Self::CheckOut(_) => false,
        }
    }

    /// The activity this kind serves where the script names none.
    #[must_use]
    pub const fn activity(&self) -> Activity {
        match self {
            Self::CheckIn(_) | Self::Brainstorm(_) | Self::Cluster(_) | Self::Mirror(_) | Self::Break(_) => {
                Activity::SenseMaking
            }
            Self::Silence(_) | Self::Discuss(_) => Activity::KnowledgeCreation,
            Self::Vote(_) | Self::Decide(_) | Self::FollowUp(_) | Self::CheckOut(_) => {
                Activity::DecisionMaking
            }
        }
    }
}

/// What a step has that only one kind has; none where it is another kind.
macro_rules! one_kind {
    ($($(#[$doc:meta])* $name:ident $kind:ident;)+) => {
        impl Kind {
            $($(#[$doc])*
            #[must_use]
            pub const fn $name(&self) -> Option<&$kind> {
                if let Self::$kind(one) = self { Some(one) } else { None }
            })+
        }
    };
}

one_kind! {
    /// The brainstorm, where it is one.
    brainstorm Brainstorm;
    /// The groups, where it is about them.
    cluster Cluster;
    /// The dots, where it is about them.
    vote Vote;
    /// The mirror, where it is one.
    mirror Mirror;
    /// The silence, where it is one.
    silence Silence;
    /// The discussion, where it is one.
    discuss Discuss;
    /// The decisions, where it is about them.
    decide Decide;
    /// The check-out, where it is one.
    check_out CheckOut;
}

impl Step {
    /// The activity this step serves.
    #[must_use]
    pub fn activity(&self) -> Activity {
        self.head.activity.unwrap_or_else(|| self.kind.activity())
    }
}
