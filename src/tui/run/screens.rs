//! Which screen each kind of step has.

use crate::script::Kind;
use crate::tui::steps::StepScreen;
use crate::tui::steps::brainstorm::Brainstorm;
use crate::tui::steps::break_::Break;
use crate::tui::steps::check_in::CheckIn;
use crate::tui::steps::checkout::CheckOut;
use crate::tui::steps::cluster::Cluster;
use crate::tui::steps::decide::Decide;
use crate::tui::steps::discuss::Discuss;
use crate::tui::steps::follow_up::FollowUp;
use crate::tui::steps::mirror::Mirror;
use crate::tui::steps::silence::Silence;
use crate::tui::steps::vote::Vote;

/// The screen of one step, with what it remembers.
#[derive(Debug, Clone)]
pub enum StepUi {
    /// A brainstorm.
    Brainstorm(Brainstorm),
    /// A mirror.
    Mirror(Mirror),
    /// A silence.
    Silence(Silence),
    /// Decisions and actions.
    Decide(Decide),
    /// A topic at a time.
    Discuss(Discuss),
    /// Notes into groups.
    Cluster(Cluster),
    /// Dots.
    Vote(Vote),
    /// Ratings and words.
    CheckOut(CheckOut),
    /// A word from each.
    CheckIn(CheckIn),
    /// What earlier sessions left open.
    FollowUp(FollowUp),
    /// A break.
    Break(Break),
}

impl StepUi {
    /// A fresh screen for a kind of step.
    #[must_use]
    pub fn new(kind: &Kind) -> Self {
        match kind {
            Kind::Brainstorm(_) => Self::Brainstorm(Brainstorm::default()),
            Kind::Mirror(_) => Self::Mirror(Mirror::default()),
            Kind::Silence(_) => Self::Silence(Silence::default()),
            Kind::Decide(_) => Self::Decide(Decide::default()),
            Kind::Cluster(_) => Self::Cluster(Cluster::default()),
            Kind::Discuss(_) => Self::Discuss(Discuss::default()),
            Kind::CheckOut(_) => Self::CheckOut(CheckOut::default()),
            Kind::CheckIn(_) => Self::CheckIn(CheckIn::default()),
            Kind::FollowUp(_) => Self::FollowUp(FollowUp::default()),
            Kind::Vote(_) => Self::Vote(Vote::default()),
            Kind::Break(_) => Self::Break(Break),
        }
    }

    pub(super) fn screen(&self) -> &dyn StepScreen {
        match self {
            Self::Brainstorm(screen) => screen,
            Self::Mirror(screen) => screen,
            Self::Silence(screen) => screen,
            Self::Decide(screen) => screen,
            Self::Discuss(screen) => screen,
            Self::Cluster(screen) => screen,
            Self::Vote(screen) => screen,
            Self::CheckOut(screen) => screen,
            Self::CheckIn(screen) => screen,
            Self::FollowUp(screen) => screen,
            Self::Break(screen) => screen,
        }
    }

    pub(super) fn screen_mut(&mut self) -> &mut dyn StepScreen {
        match self {
            Self::Brainstorm(screen) => screen,
            Self::Mirror(screen) => screen,
            Self::Silence(screen) => screen,
            Self::Decide(screen) => screen,
            Self::CheckIn(screen) => screen,
            Self::Discuss(screen) => screen,
            Self::Cluster(screen) => screen,
            Self::Vote(screen) => screen,
            Self::CheckOut(screen) => screen,
            Self::FollowUp(screen) => screen,
            Self::Break(screen) => screen,
        }
    }
}
