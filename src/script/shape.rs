//! The shape of a step in a file: flat, the head's fields stamped into every kind.
//!
//! RON cannot flatten, so one table of the kinds' own fields makes the file's shape, both directions of the
//! conversion and the names that a reader may expect. Fields with their usual value are left out on writing.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::model::{
    Activity, Brainstorm, Break, CheckIn, CheckOut, Cluster, Decide, Discuss, FollowUp, Head, Insight, Kind,
    Method, Mirror, Round, Silence, Start, Step, StepKey, View, Vote,
};
use super::read::{Fields, Reader};
use super::span::Span;

/// A field that stands in the file only where it differs from its usual value.
///
/// Not an `Option`: that would be written `Some(…)` wherever `implicit_some` is off, and could not hold one.
struct Given<T>(Option<T>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone + PartialEq> Given<T> {
    fn unless_usual(value: &T, usual: &T) -> Self {
        Self((value != usual).then(|| value.clone()))
    }
}

impl<T> Given<T> {
    const fn is_usual(&self) -> bool {
        self.0.is_none()
    }

    fn or(self, usual: T) -> T {
        self.0.unwrap_or(usual)
    }
}

impl<T: Serialize> Serialize for Given<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_unit(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

macro_rules! shapes {
    ($($kind:ident { $($field:ident: $type:ty),* $(,)? })*) => {
        #[derive(Serialize, Deserialize)]
        #[serde(rename = "Step")]
        enum File {
            $($kind {
                key: StepKey,
                title: String,
                time: Span,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                activity: Given<Option<Activity>>,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                from: Given<Vec<StepKey>>,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                start: Given<Start>,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                prompt: Given<String>,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                say: Given<String>,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                tips: Given<Vec<String>>,
                #[serde(default, skip_serializing_if = "Given::is_usual")]
                rounds: Given<Vec<Round>>,
                $(
                    #[serde(default, skip_serializing_if = "Given::is_usual")]
                    $field: Given<$type>,
                )*
            },)*
        }

        /// Every kind's name and the fields that are its own.
        const KINDS: &[(&str, &[&str])] = &[$((stringify!($kind), &[$(stringify!($field)),*])),*];

        /// Reads the fields that are a kind's own; none for a name that is no kind's.
        #[allow(unused_variables, reason = "a kind without fields of its own reads none")]
        pub(super) fn read_kind<'a>(
            name: &str,
            fields: &mut Fields<'a>,
            reader: &mut Reader<'a>,
        ) -> Option<Kind> {
            match name {
                $(stringify!($kind) => {
                    let usual = $kind::default();
                    Some(Kind::$kind($kind {
                        $($field: fields.optional(stringify!($field), usual.$field, reader),)*
                    }))
                })*
                _ => None,
            }
        }

        #[allow(unused_variables, reason = "a kind without fields of its own needs neither kind nor usual")]
        impl From<&Step> for File {
            fn from(step: &Step) -> Self {
                let Step { head, kind } = step;
                let plain = Head::default();
                match kind {
                    $(Kind::$kind(kind) => {
                        let usual = $kind::default();
                        Self::$kind {
                            key: head.key.clone(),
                            title: head.title.clone(),
                            time: head.time,
                            activity: Given::unless_usual(&head.activity, &plain.activity),
                            from: Given::unless_usual(&head.from, &plain.from),
                            start: Given::unless_usual(&head.start, &plain.start),
                            prompt: Given::unless_usual(&head.prompt, &plain.prompt),
                            say: Given::unless_usual(&head.say, &plain.say),
                            tips: Given::unless_usual(&head.tips, &plain.tips),
                            rounds: Given::unless_usual(&head.rounds, &plain.rounds),
                            $($field: Given::unless_usual(&kind.$field, &usual.$field),)*
                        }
                    })*
                }
            }
        }

        #[allow(unused_variables, reason = "a kind without fields of its own needs no usual values")]
        impl From<File> for Step {
            fn from(file: File) -> Self {
                let plain = Head::default();
                match file {
                    $(File::$kind {
                        key, title, time, activity, from, start, prompt, say, tips, rounds, $($field,)*
                    } => {
                        let usual = $kind::default();
                        Self {
                            head: Head {
                                key,
                                title,
                                time,
                                prompt: prompt.or(plain.prompt),
                                say: say.or(plain.say),
                                tips: tips.or(plain.tips),
                                activity: activity.or(plain.activity),
                                from: from.or(plain.from),
                                rounds: rounds.or(plain.rounds),
                                start: start.or(plain.start),
                            },
                            kind: Kind::$kind($kind { $($field: $field.or(usual.$field),)* }),
                        }
                    })*
                }
            }
        }
    };
}

shapes! {
    CheckIn {}
    Brainstorm { authors: bool, tags: Vec<String> }
    Cluster { groups: Vec<String> }
    Vote { dots: u32, cap: Option<u32>, keep: u32, keep_each_side: u32, hidden: bool }
    Mirror { views: Vec<View>, topics: Vec<String>, lens: Option<String> }
    Silence { then: Option<Insight> }
    Discuss { each: Option<Span>, topics: Vec<String> }
    Decide { method: Method }
    FollowUp {}
    Break {}
    CheckOut { rating: u8 }
}

/// Every kind's name and the fields that are its own, in the order in which they are told.
#[must_use]
pub const fn kinds() -> &'static [(&'static str, &'static [&'static str])] {
    KINDS
}

/// The names of all kinds, in the order in which they are told.
pub(super) fn kind_names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, _)| *kind)
}

/// The kinds that have a field of this name of their own.
pub(super) fn kinds_with(field: &str) -> Vec<&'static str> {
    KINDS.iter().filter(|(_, fields)| fields.contains(&field)).map(|(kind, _)| *kind).collect()
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        File::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        File::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::model::Group;
    use proptest::prelude::*;
    use ron::extensions::Extensions;

    fn options() -> ron::Options {
        ron::Options::default()
            .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
    }

    #[test]
    fn a_step_is_flat_and_shows_only_what_is_unusual() {
        let step = Step {
            head: Head {
                key: StepKey("practices".into()),
                title: "What do we do well?".into(),
                time: Span::from_mins(12),
                ..Head::default()
            },
            kind: Kind::Brainstorm(Brainstorm { authors: true, tags: Vec::new() }),
        };
        insta::assert_snapshot!(
            options().to_string(&step).unwrap(),
            @r#"Brainstorm(key:"practices",title:"What do we do well?",time:"12m",authors:true)"#
        );
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![Just(String::new()), any::<String>()]
    }

    fn span() -> impl Strategy<Value = Span> {
        (0u32..=86_400).prop_map(Span::from_secs)
    }

    fn round() -> impl Strategy<Value = Round> {
        let group = prop_oneof![Just(Group::Alone), Just(Group::All), Just(Group::Side)];
        (text(), group, span(), any::<bool>(), text()).prop_map(|(title, group, time, hidden, say)| Round {
            title,
            group,
            time,
            hidden,
            say,
        })
    }

    fn head() -> impl Strategy<Value = Head> {
        let activity = prop_oneof![Just(None), Just(Some(Activity::DecisionMaking))];
        let start = prop_oneof![Just(Start::Auto), Just(Start::Manual)];
        let words = (text(), text(), text(), text(), proptest::collection::vec(text(), 0..3));
        let rounds = proptest::collection::vec(round(), 0..3);
        let from = proptest::collection::vec(text().prop_map(StepKey), 0..3);
        (words, span(), activity, from, rounds, start).prop_map(
            |(words, time, activity, from, rounds, start)| {
                let (key, title, prompt, say, tips) = words;
                Head { key: StepKey(key), title, time, prompt, say, tips, activity, from, rounds, start }
            },
        )
    }

    fn kind() -> impl Strategy<Value = Kind> {
        let texts = || proptest::collection::vec(text(), 0..3);
        let views = proptest::sample::subsequence(View::ALL.to_vec(), 0..=3);
        let insight = (span(), text()).prop_map(|(time, prompt)| Insight { time, prompt });
        prop_oneof![
            Just(Kind::CheckIn(CheckIn)),
            (any::<bool>(), texts())
                .prop_map(|(authors, tags)| Kind::Brainstorm(Brainstorm { authors, tags })),
            texts().prop_map(|groups| Kind::Cluster(Cluster { groups })),
            (any::<u32>(), any::<Option<u32>>(), any::<u32>(), any::<u32>(), any::<bool>()).prop_map(
                |(dots, cap, keep, keep_each_side, hidden)| {
                    Kind::Vote(Vote { dots, cap, keep, keep_each_side, hidden })
                }
            ),
            (views, texts(), proptest::option::of(text()))
                .prop_map(|(views, topics, lens)| Kind::Mirror(Mirror { views, topics, lens })),
            proptest::option::of(insight).prop_map(|then| Kind::Silence(Silence { then })),
            (proptest::option::of(span()), texts())
                .prop_map(|(each, topics)| Kind::Discuss(Discuss { each, topics })),
            proptest::sample::select(Method::ALL.to_vec()).prop_map(|method| Kind::Decide(Decide { method })),
            Just(Kind::FollowUp(FollowUp)),
            Just(Kind::Break(Break)),
            any::<u8>().prop_map(|rating| Kind::CheckOut(CheckOut { rating })),
        ]
    }

    proptest! {
        #[test]
        fn every_step_reads_back_as_written(head in head(), kind in kind()) {
            let step = Step { head, kind };
            let ron = options().to_string_pretty(&step, ron::ser::PrettyConfig::default()).unwrap();
            prop_assert_eq!(&options().from_str::<Step>(&ron).unwrap(), &step, "{}", ron);
            let plain = ron::to_string(&step).unwrap();
            prop_assert_eq!(&ron::from_str::<Step>(&plain).unwrap(), &step, "{}", plain);
            let json = serde_json::to_string(&step).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Step>(&json).unwrap(), &step, "{}", json);
        }
    }
}
