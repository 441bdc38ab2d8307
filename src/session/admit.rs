//! What may stand in a session: every reference leads somewhere, and what must be one of a kind is.
//!
//! Owns: the one question that decide, undo and the reading of journals ask of a change. What makes one
//! kind of thing acceptable stands with the kind. Never: changes anything.

use super::event::Change;
use super::items::Edit;
use super::record::Record;
use super::refusal::Refusal;
use super::state::Session;
use super::{cluster, decision, insight, mirror, note, parking, people, rating, update, voice, vote};

impl Session {
    /// Whether the session may become what `change` makes of it.
    ///
    /// # Errors
    /// What stands in the way, in words.
    pub(super) fn allows(&self, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::Title { after, .. } => {
                Refusal::if_empty(after, "The title")?;
                Refusal::if_too_long([after.as_str()])
            }
            Change::Person(edit) => edit_allowed(
                edit,
                |person| people::admit(self, person),
                |person| people::release(self, person),
            ),
            Change::Note(edit) => self.record_allowed(edit, note::admit, free),
            Change::Cluster(edit) => {
                self.record_allowed(edit, cluster::admit_cluster, cluster::release_cluster)
            }
            Change::Placement(edit) => self.record_allowed(edit, cluster::admit_placement, free),
            Change::Ballot(edit) => self.record_allowed(edit, vote::admit_ballot, free),
            Change::Ruling(edit) => self.record_allowed(edit, vote::admit_ruling, free),
            Change::Topic(edit) => self.record_allowed(edit, mirror::admit_topic, mirror::release_topic),
            Change::Entry(edit) => self.record_allowed(edit, mirror::admit_entry, free),
            Change::Judgement(edit) => self.record_allowed(edit, mirror::admit_judgement, free),
            Change::Possibility(edit) => self.record_allowed(edit, mirror::admit_possibility, free),
            Change::Insight(edit) => self.record_allowed(edit, insight::admit, free),
            Change::Decision(edit) => {
                self.record_allowed(edit, decision::admit_decision, decision::release_decision)
            }
            Change::Action(edit) => self.record_allowed(edit, decision::admit_action, update::release_action),
            Change::Rating(edit) => self.record_allowed(edit, rating::admit, free),
            Change::Update(edit) => self.record_allowed(edit, update::admit, free),
            Change::Parked(edit) => self.record_allowed(edit, parking::admit, update::release_parked),
            Change::Voice(edit) => self.record_allowed(edit, voice::admit, free),
        }
    }

    fn record_allowed<T: Record>(
        &self,
        edit: &Edit<T>,
        admit: fn(&Self, &T) -> Result<(), Refusal>,
        release: fn(&Self, &T) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let placed = |item: &T| {
            let made = item.made();
            let round = self.pass(made.during()).and_then(|pass| pass.round(made.round));
            round.map(|_| ()).ok_or_else(Refusal::not_begun)
        };
        edit_allowed(edit, |item| placed(item).and_then(|()| admit(self, item)), |item| release(self, item))
    }
}

fn edit_allowed<T>(
    edit: &Edit<T>,
    admit: impl FnOnce(&T) -> Result<(), Refusal>,
    release: impl FnOnce(&T) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    match edit {
        Edit::Added { item, .. } | Edit::Changed { after: item, .. } => admit(item),
        Edit::Removed { item, .. } => release(item),
    }
}

/// For kinds on which nothing hangs but links that may lead nowhere.
const fn free<T>(_session: &Session, _item: &T) -> Result<(), Refusal> {
    Ok(())
}
