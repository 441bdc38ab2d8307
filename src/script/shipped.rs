//! The scripts that come with the program, compiled in.
//!
//! Each is read like any other script; nothing treats them differently.

/// A script that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Whom it is for, in a few words.
    pub summary: &'static str,
    /// The whole text.
    pub text: &'static str,
}

const SHIPPED: [Shipped; 4] = [
    Shipped {
        name: "taste",
        summary: "a first try for any two sides",
        text: include_str!("../../sessions/scripts/taste.ron"),
    },
    Shipped {
        name: "mentoring-regular-meeting",
        summary: "a mentor and a mentee who meet every other week",
        text: include_str!("../../sessions/scripts/mentoring-regular-meeting.ron"),
    },
    Shipped {
        name: "shared-customer-retrospective",
        summary: "all who work for one and the same customer",
        text: include_str!("../../sessions/scripts/shared-customer-retrospective.ron"),
    },
    Shipped {
        name: "purchasing-meets-sales",
        summary: "those who manage suppliers and those who manage customers",
        text: include_str!("../../sessions/scripts/purchasing-meets-sales.ron"),
    },
];

/// All scripts that come with the program, the shortest first.
#[must_use]
pub const fn shipped() -> &'static [Shipped] {
    &SHIPPED
}

impl Shipped {
    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SHIPPED.into_iter().find(|shipped| shipped.name == name)
    }

    /// The name that was probably meant by `name`.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        super::finding::nearest(name, SHIPPED.iter().map(|shipped| shipped.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Group, read};

    #[test]
    fn each_reads_without_a_word_to_say_and_takes_its_time() {
        let times: Vec<_> = shipped()
            .iter()
            .map(|shipped| {
                let reading = read(shipped.text).unwrap();
                assert_eq!(reading.warnings, [], "{}", shipped.name);
                (shipped.name, reading.script.plan().total.as_secs() / 60)
            })
            .collect();
        let planned = [
            ("taste", 20),
            ("mentoring-regular-meeting", 45),
            ("shared-customer-retrospective", 60),
            ("purchasing-meets-sales", 90),
        ];
        assert_eq!(times, planned);
    }

    #[test]
    fn each_is_true_to_the_method() {
        let steps = [
            vec!["Brainstorm", "Mirror", "Silence", "Decide", "CheckOut"],
            vec!["FollowUp", "Brainstorm", "Discuss", "Silence", "Decide", "CheckOut"],
            vec!["CheckIn", "Brainstorm", "Cluster", "Vote", "Discuss", "Silence", "Decide", "CheckOut"],
            vec!["FollowUp", "Brainstorm", "Mirror", "Silence", "Decide", "CheckOut"],
        ];
        for (shipped, steps) in shipped().iter().zip(steps) {
            let script = read(shipped.text).unwrap().script;
            let kinds: Vec<_> = script.steps.iter().map(|step| step.kind.name()).collect();
            assert_eq!(kinds, steps, "{}", shipped.name);
            let rounds = script.steps.iter().find(|step| step.kind.brainstorm().is_some()).unwrap();
            let (first, last) = (&rounds.head.rounds[0], rounds.head.rounds.last().unwrap());
            assert!(first.hidden && first.group == Group::Alone && !last.hidden, "{}", shipped.name);
            let silence = script.steps.iter().find_map(|step| step.kind.silence()).unwrap();
            assert!(silence.then.is_some(), "{}", shipped.name);
            for step in &script.steps {
                assert!(!step.head.prompt.is_empty() && !step.head.say.is_empty(), "{}", step.head.key);
            }
        }
    }

    #[test]
    fn what_two_people_say_to_each_other_stays_with_them() {
        let confidential = |name| read(Shipped::named(name).unwrap().text).unwrap().script.confidential;
        assert!(confidential("mentoring-regular-meeting"));
        assert!(!confidential("shared-customer-retrospective"));
    }

    #[test]
    fn a_name_that_is_nearly_right_is_recognised() {
        assert_eq!(Shipped::nearest("tasta"), Some("taste"));
        assert_eq!(Shipped::nearest("purchasing-meet-sales"), Some("purchasing-meets-sales"));
        assert_eq!(Shipped::nearest("onboarding"), None);
    }
}
