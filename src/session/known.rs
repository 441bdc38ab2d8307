//! What was worked out of a session, for as long as the session stands still.
//!
//! Owns: the memory that spares every key and every picture going through all that was ever written. Never:
//! outlives a change, says anything that [`Shown`] without it would not.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::sync::OnceLock;

use super::carried::Carried;
use super::cluster::Grouping;
use super::record::PassRef;
use super::shown::{NotesOf, Shown, UsedTag};
use super::state::Session;
use super::vote::{Counted, Voter};

/// What is known of the present pass; each part is worked out when it is first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) incoming: OnceLock<Vec<Carried>>,
    pub(super) notes: OnceLock<Vec<NotesOf>>,
    pub(super) tags: OnceLock<Vec<UsedTag>>,
    pub(super) grouping: OnceLock<Grouping>,
    pub(super) votable: OnceLock<Vec<Carried>>,
    pub(super) ranked: OnceLock<Vec<Counted>>,
    pub(super) dots: OnceLock<HashMap<Voter, u32>>,
}

/// A session with what is known of it: whoever may change the session makes that forgotten.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    session: Session,
    known: Known,
}

impl Remembered {
    /// A session of which nothing is known yet.
    pub(super) fn new(session: Session) -> Self {
        Self { session, known: Known::default() }
    }

    pub(super) const fn session(&self) -> &Session {
        &self.session
    }

    pub(super) fn into_session(self) -> Session {
        self.session
    }

    pub(super) fn change(&mut self) -> &mut Session {
        self.known = Known::default();
        &mut self.session
    }

    pub(super) const fn shown(&self) -> Shown<'_> {
        Shown(&self.session, Some(&self.known))
    }
}

impl<'a> Shown<'a> {
    /// What is known of a pass: nothing of any other than the present one.
    pub(super) fn known_of(self, pass: PassRef) -> Option<&'a Known> {
        self.1.filter(|_| self.0.present == Some(pass))
    }
}

/// A part of what is known, worked out now where it was not yet, or where nothing is remembered.
pub(super) fn once<'a, T: ToOwned + ?Sized>(
    known: Option<&'a Known>,
    part: fn(&Known) -> &OnceLock<T::Owned>,
    work_out: impl FnOnce() -> T::Owned,
) -> Cow<'a, T> {
    match known {
        Some(known) => Cow::Borrowed(part(known).get_or_init(work_out).borrow()),
        None => Cow::Owned(work_out()),
    }
}
