//! What everything made in a step has: an identity, where and when it was made, when it was changed.
//!
//! Owns: the [`Made`] stamp and the one macro that puts it into every kind of record, since RON cannot
//! flatten one struct into another. Never: knows a kind of record.

use serde::{Deserialize, Serialize};

use super::id::StepId;
use super::items::Changed;
use super::people::Author;
use crate::timer::Timestamp;

/// One run of a step: a step may be passed through more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PassRef {
    /// The entry of the agenda.
    pub step: StepId,
    /// Which run of it, from 1.
    pub pass: u32,
}

/// Where, when and by whom something was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The entry of the agenda.
    pub step: StepId,
    /// Which run of the step, from 1.
    pub pass: u32,
    /// Which round of the step, from 1.
    pub round: u32,
    /// When.
    pub at: Timestamp,
    /// By whom.
    #[serde(default, skip_serializing_if = "Author::is_facilitator")]
    pub by: Author,
    /// Whether that was after the meeting.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub write_up: bool,
}

impl Made {
    /// The run of a step in which it was made.
    #[must_use]
    pub const fn during(&self) -> PassRef {
        PassRef { step: self.step, pass: self.pass }
    }
}

/// A kind of record that is made in a step.
pub trait Record: super::items::Item {
    /// A new one.
    fn new(id: Self::Id, draft: Self::Draft, made: Made) -> Self;
    /// Where and when it was made.
    fn made(&self) -> &Made;
    /// When it was last changed.
    fn changed(&self) -> Option<Changed>;
    /// Whether it was made or changed after the meeting.
    fn is_write_up(&self) -> bool {
        self.made().write_up || self.changed().is_some_and(|changed| changed.write_up)
    }
}

/// Stamps identity and history around the fields that a person writes: `record!` makes the id type,
/// the draft (what is typed), the record (what is kept) and their conversions.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident, $draft:ident, $id:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)?
        }
    ) => {
        $crate::session::id::id! {
            #[doc = concat!("The identity of a [`", stringify!($name), "`].")]
            $id,
        }

        #[doc = concat!("What is written of a [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $draft {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// Its identity.
            pub id: $id,
            $($(#[$field_doc])* pub $field: $type,)+
            /// Where, when and by whom it was made.
            pub made: $crate::session::record::Made,
            /// When and by whom it was last changed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub changed: Option<$crate::session::items::Changed>,
        }

        impl $crate::session::items::Item for $name {
            type Id = $id;
            type Draft = $draft;

            fn id(&self) -> $id {
                self.id
            }

            fn draft(&self) -> $draft {
                $draft { $($field: self.$field.clone(),)+ }
            }

            fn redrafted(&self, draft: $draft, changed: $crate::session::items::Changed) -> Self {
                let $draft { $($field),+ } = draft;
                Self { id: self.id, $($field,)+ made: self.made, changed: Some(changed) }
            }
        }

        impl $crate::session::record::Record for $name {
            fn new(id: $id, draft: $draft, made: $crate::session::record::Made) -> Self {
                let $draft { $($field),+ } = draft;
                Self { id, $($field,)+ made, changed: None }
            }

            fn made(&self) -> &$crate::session::record::Made {
                &self.made
            }

            fn changed(&self) -> Option<$crate::session::items::Changed> {
                self.changed
            }
        }
    };
}
pub(super) use record;
