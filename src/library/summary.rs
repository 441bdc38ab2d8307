//! What a list shows of a session.

use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};

use crate::session::{Matter, Origin, Series, SessionId, Shown, Status};
use crate::storage::Newer;
use crate::timer::Timestamp;

/// A session in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Its file.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Its identity.
    pub id: SessionId,
    /// The series it belongs to, or the one that would begin with it.
    pub series: Series,
    /// What it is called.
    pub title: String,
    /// Whether it is for those who took part.
    pub confidential: bool,
    /// When it was opened.
    pub opened: Timestamp,
    /// When it was last worked on.
    pub worked_on: Timestamp,
    /// Whether somebody has closed it.
    pub status: Status,
    /// The step it stands at, from 1; 0 before the first.
    pub step: usize,
    /// The title of that step; empty before the first.
    pub step_title: String,
    /// How many steps its agenda has.
    pub steps: usize,
    /// How many people took part by name.
    pub people: usize,
    /// The sides' names in their order.
    pub sides: Vec<String>,
    /// How many decisions count as such: decided, and owned.
    pub decisions: usize,
    /// How many actions nobody has called done or dropped: here, or in any session where a library was read.
    pub open_actions: usize,
    /// Where it can only be looked at: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<Newer>,
}

/// A path that is no Unicode text is shown as near to it as can be.
fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

impl Summary {
    /// The summary of a session that was read from `path`.
    #[must_use]
    pub fn new(path: PathBuf, shown: Shown<'_>, id: SessionId) -> Self {
        let present = shown.present().map(|(_, pass)| pass.step);
        let place = shown.agenda().position(|(id, _)| Some(id) == present);
        Self {
            path,
            id,
            series: shown.series_or_own(),
            title: shown.title().to_owned(),
            confidential: shown.privacy().confidential,
            opened: shown.opened(),
            worked_on: shown.last_worked_on(),
            status: shown.status(),
            step: place.map_or(0, |place| place + 1),
            step_title: shown.present().map(|(step, _)| step.head.title.clone()).unwrap_or_default(),
            steps: shown.agenda().count(),
            people: shown.people().len(),
            sides: shown.sides().iter().map(|side| side.name.clone()).collect(),
            decisions: shown.decisions().iter().filter(|decision| decision.outcome.is_decision()).count(),
            open_actions: open_actions(shown),
            newer: None,
        }
    }

    /// The file's name without its folder and ending.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

fn open_actions(shown: Shown<'_>) -> usize {
    let is_open = |of: &Origin| shown.update_on(of).is_none_or(|update| update.standing.is_open());
    let actions =
        shown.actions().iter().map(|action| Origin { session: shown.id(), what: Matter::Action(action.id) });
    actions.filter(is_open).count()
}
