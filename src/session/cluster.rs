//! Groups: their names, and what stands in which.
//!
//! Owns: the group, the place of each thing, and what makes them acceptable. The thing itself is the
//! identity of its place, so that nothing can stand in two groups at once. Never: how a board is laid out.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::carried::Carried;
use super::items::{Changed, Item};
use super::record::{Made, PassRef, Record, record};
use super::refusal::Refusal;
use super::state::Session;

record! {
    /// A named group of what came into a step.
    Cluster, ClusterDraft, ClusterId {
        /// What it is called; never empty.
        name: String,
    }
}

/// The identity of a [`Placement`]: one for each thing and pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlacementId {
    /// The pass in which it was grouped.
    pub pass: PassRef,
    /// What was grouped.
    pub what: Carried,
}

impl fmt::Display for PlacementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pass, what } = self;
        write!(f, "the place of {} in pass {} of the step {}", what, pass.pass, pass.step)
    }
}

/// What is said of a [`Placement`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementDraft {
    /// What is grouped.
    pub what: Carried,
    /// The group it stands in.
    pub cluster: ClusterId,
}

/// Where something stands. What stands nowhere is not grouped yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// What it is.
    pub what: Carried,
    /// The group it stands in: one of the same pass.
    pub cluster: ClusterId,
    /// Where, when and by whom it was first put into a group.
    pub made: Made,
    /// When and by whom it was last moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
}

impl Item for Placement {
    type Id = PlacementId;
    type Draft = PlacementDraft;

    fn id(&self) -> PlacementId {
        PlacementId { pass: self.made.during(), what: self.what }
    }

    fn draft(&self) -> PlacementDraft {
        PlacementDraft { what: self.what, cluster: self.cluster }
    }

    fn redrafted(&self, draft: PlacementDraft, changed: Changed) -> Self {
        // What stands there is its identity, and stays.
        Self { cluster: draft.cluster, changed: Some(changed), ..self.clone() }
    }
}

impl Record for Placement {
    fn new(id: PlacementId, draft: PlacementDraft, made: Made) -> Self {
        Self { what: id.what, cluster: draft.cluster, made, changed: None }
    }

    fn made(&self) -> &Made {
        &self.made
    }

    fn changed(&self) -> Option<Changed> {
        self.changed
    }
}

/// How everything that came into a step is grouped: each thing stands here once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The groups in the order in which they were made, each with what stands in it.
    pub groups: Vec<(ClusterId, Vec<Carried>)>,
    /// What is not grouped yet.
    pub loose: Vec<Carried>,
}

impl Grouping {
    /// What stands in a group; none where it is not among these.
    #[must_use]
    pub fn members(&self, group: ClusterId) -> Option<&[Carried]> {
        self.groups.iter().find(|(other, _)| *other == group).map(|(_, members)| members.as_slice())
    }
}

pub(super) fn gone() -> Refusal {
    Refusal::new("That group is gone.", "Choose another group, or undo its removal.")
}

pub(super) fn elsewhere() -> Refusal {
    Refusal::new("That group belongs to another step.", "Choose a group of this step.")
}

pub(super) fn no_groups() -> Refusal {
    Refusal::new("Groups belong to a cluster step.", "Go to a cluster step first.")
}

pub(super) fn admit_cluster(session: &Session, cluster: &Cluster) -> Result<(), Refusal> {
    Refusal::if_empty(&cluster.name, "The group")?;
    Refusal::if_too_long([cluster.name.as_str()])?;
    let step = session.step(cluster.made.step).and_then(|step| step.kind.cluster()).ok_or_else(no_groups)?;
    let planned = step.groups.contains(&cluster.name);
    if planned { Ok(()) } else { session.unsigned(&cluster.name) }
}

/// Refuses to let go of a group while something stands in it.
pub(super) fn release_cluster(session: &Session, cluster: &Cluster) -> Result<(), Refusal> {
    if session.placements.iter().any(|placement| placement.cluster == cluster.id) {
        return Err(Refusal::new(
            "Something was put into this group since.",
            "Remove the group to set free what stands in it.",
        ));
    }
    Ok(())
}

pub(super) fn admit_placement(session: &Session, placement: &Placement) -> Result<(), Refusal> {
    let cluster = session.clusters.get(placement.cluster).ok_or_else(gone)?;
    if cluster.made.during() == placement.made.during() { Ok(()) } else { Err(elsewhere()) }
}
