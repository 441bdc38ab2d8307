//! Ordered lists of things with an identity, and the one way in which they change.
//!
//! Owns: [`Items`] and [`Edit`], with the inverse of every edit. Never: decides whether an edit makes
//! sense for the kind of thing it is about.

use std::hash::Hash;

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::people::Author;
use crate::timer::Timestamp;

/// Something with an identity, kept in an [`Items`] list.
pub trait Item: Clone + PartialEq {
    /// What tells one from another.
    type Id: Copy + Eq + Hash;
    /// What a person writes of it: everything but its identity and history.
    type Draft: Clone + PartialEq;

    /// Its identity.
    fn id(&self) -> Self::Id;
    /// What a person wrote of it.
    fn draft(&self) -> Self::Draft;
    /// The same thing with other content.
    #[must_use]
    fn redrafted(&self, draft: Self::Draft, changed: Changed) -> Self;
}

/// When and by whom something was last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// When.
    pub at: Timestamp,
    /// By whom.
    #[serde(default, skip_serializing_if = "Author::is_facilitator")]
    pub by: Author,
    /// Whether that was after the meeting.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub write_up: bool,
}

/// A list in order of arrival in which each thing is found by its identity.
#[derive(Debug, Clone)]
pub struct Items<T: Item>(IndexMap<T::Id, T>);

impl<T: Item> Default for Items<T> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

/// Order counts: two lists are the same when they read the same.
impl<T: Item> PartialEq for Items<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.iter().eq(other.iter())
    }
}

impl<T: Item> Items<T> {
    /// The thing with this identity.
    #[must_use]
    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.0.get(&id)
    }

    /// Its place in the list, from 0.
    #[must_use]
    pub fn position(&self, id: T::Id) -> Option<usize> {
        self.0.get_index_of(&id)
    }

    /// All of them in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.0.values()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list with only those that pass.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&T) -> bool) -> Self {
        Self(self.0.iter().filter(|(_, item)| keep(item)).map(|(id, item)| (*id, item.clone())).collect())
    }

    /// Rewrites each of them where it stands. Identities stay as they are.
    pub(super) fn rewrite(&mut self, each: impl FnMut(&mut T)) {
        self.0.values_mut().for_each(each);
    }

    /// Whether `edit` applies exactly: what it takes away is there as it says, what it adds is not.
    #[must_use]
    pub fn fits(&self, edit: &Edit<T>) -> bool {
        match edit {
            Edit::Added { at, item } => *at <= self.len() && self.get(item.id()).is_none(),
            Edit::Changed { before, after } => {
                before.id() == after.id() && self.get(before.id()) == Some(before)
            }
            Edit::Removed { at, item } => self.0.get_index(*at).is_some_and(|(_, found)| found == item),
        }
    }

    /// How many things make room where an edit is carried out.
    pub(super) fn moved_by(&self, edit: &Edit<T>) -> usize {
        match edit {
            Edit::Added { at, .. } | Edit::Removed { at, .. } => self.len().saturating_sub(*at),
            Edit::Changed { .. } => 0,
        }
    }

    /// Carries out an edit. One that does not [fit](Self::fits) changes as much as makes sense.
    pub(super) fn apply(&mut self, edit: &Edit<T>) {
        match edit {
            Edit::Added { at, item } => match self.0.get_mut(&item.id()) {
                Some(there) => *there = item.clone(),
                None => {
                    self.0.shift_insert((*at).min(self.0.len()), item.id(), item.clone());
                }
            },
            Edit::Changed { after, .. } => {
                if let Some(item) = self.0.get_mut(&after.id()) {
                    *item = after.clone();
                }
            }
            Edit::Removed { item, .. } => {
                self.0.shift_remove(&item.id());
            }
        }
    }

    /// The same edit at the places where its thing stands today; none where a later change touched it.
    #[must_use]
    pub fn rebased(&self, edit: &Edit<T>) -> Option<Edit<T>> {
        match edit {
            Edit::Added { at, item } => self
                .get(item.id())
                .is_none()
                .then(|| Edit::Added { at: (*at).min(self.len()), item: item.clone() }),
            Edit::Changed { .. } => self.fits(edit).then(|| edit.clone()),
            Edit::Removed { item, .. } => {
                let (at, _, found) = self.0.get_full(&item.id())?;
                (found == item).then(|| Edit::Removed { at, item: item.clone() })
            }
        }
    }

    /// The edit that takes `id` out.
    pub(super) fn removing(&self, id: T::Id) -> Option<Edit<T>> {
        let (at, _, item) = self.0.get_full(&id)?;
        Some(Edit::Removed { at, item: item.clone() })
    }

    /// The edit that gives `id` other content; none where it is gone or stays the same.
    pub(super) fn changing(&self, id: T::Id, draft: T::Draft, changed: Changed) -> Option<Edit<T>> {
        let before = self.get(id)?;
        if before.draft() == draft {
            return None;
        }
        Some(Edit::Changed { before: before.clone(), after: before.redrafted(draft, changed) })
    }
}

impl<'a, T: Item> IntoIterator for &'a Items<T> {
    type Item = &'a T;
    type IntoIter = indexmap::map::Values<'a, T::Id, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.values()
    }
}

impl<T: Item + Serialize> Serialize for Items<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, T: Item + Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Vec::<T>::deserialize(deserializer)?;
        let count = list.len();
        let map: IndexMap<_, _> = list.into_iter().map(|item| (item.id(), item)).collect();
        if map.len() < count {
            return Err(de::Error::custom("an id stands twice in one list; give one of them another"));
        }
        Ok(Self(map))
    }
}

/// A change of a list that knows what it replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit<T> {
    /// Something came in.
    Added {
        /// Its place in the list.
        at: usize,
        /// What came in.
        item: T,
    },
    /// Something has other content.
    Changed {
        /// As it was.
        before: T,
        /// As it is.
        after: T,
    },
    /// Something was taken out.
    Removed {
        /// Where it stood.
        at: usize,
        /// What it was.
        item: T,
    },
}

impl<T: Clone> Edit<T> {
    /// The edit that takes this one back.
    #[must_use]
    pub fn invert(&self) -> Self {
        match self {
            Self::Added { at, item } => Self::Removed { at: *at, item: item.clone() },
            Self::Changed { before, after } => Self::Changed { before: after.clone(), after: before.clone() },
            Self::Removed { at, item } => Self::Added { at: *at, item: item.clone() },
        }
    }

    /// The thing as it is after the edit, or was before it was taken out.
    #[must_use]
    pub const fn item(&self) -> &T {
        match self {
            Self::Added { item, .. } | Self::Changed { after: item, .. } | Self::Removed { item, .. } => item,
        }
    }

    /// All that it tells of the thing: as it is or was, and for a change as it was before too.
    pub(super) fn told(&self) -> impl Iterator<Item = &T> {
        let before = match self {
            Self::Changed { before, .. } => Some(before),
            Self::Added { .. } | Self::Removed { .. } => None,
        };
        before.into_iter().chain([self.item()])
    }
}
