//! Which screen each kind of step has.

use crate::script::Kind;
use crate::tui::steps::StepScreen;
use crate::tui::steps::brainstorm::Brainstorm;
use crate::tui::steps::mirror::Mirror;

/// The screen of one step, with what it remembers.
#[derive(Debug, Clone)]
pub enum StepUi {
    /// A brainstorm.
    Brainstorm(Brainstorm),
    /// A mirror.
    Mirror(Mirror),
}

impl StepUi {
    /// A fresh screen for a kind of step.
    #[must_use]
    pub fn new(kind: &Kind) -> Self {
        match kind {
            Kind::Brainstorm(_) => Self::Brainstorm(Brainstorm::default()),
            Kind::Mirror(_) => Self::Mirror(Mirror::default()),
            Kind::Silence(_)
            | Kind::Decide(_)
            | Kind::CheckOut(_)
            | Kind::CheckIn(_)
            | Kind::Cluster(_)
            | Kind::Vote(_)
            | Kind::Discuss(_)
            | Kind::FollowUp(_)
            | Kind::Break(_) => Self::Brainstorm(Brainstorm::default()),
        }
    }

    pub(super) fn screen(&self) -> &dyn StepScreen {
        match self {
            Self::Brainstorm(screen) => screen,
            Self::Mirror(screen) => screen,
        }
    }

    pub(super) fn screen_mut(&mut self) -> &mut dyn StepScreen {
        match self {
            Self::Brainstorm(screen) => screen,
            Self::Mirror(screen) => screen,
        }
    }
}
