//! The scripts that come with the program, compiled in.
//!
//! Each is read like any other script when it is used. What a list shows of it is known without reading it, so
//! that the first screen waits for no script.

use super::model::{Privacy, SideDef, SideKey};

/// A script that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Whom it is for, in a few words.
    pub summary: &'static str,
    /// The whole text.
    pub text: &'static str,
    /// What the text says, as far as a list shows it.
    pub outline: Outline,
}

/// What a list shows of a script: the same as the script says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// What people read.
    pub title: &'static str,
    /// What should be different afterwards.
    pub purpose: &'static str,
    /// The parties.
    pub sides: &'static [SideOutline],
    /// The steps in order: title and planned minutes.
    pub steps: &'static [(&'static str, u16)],
    /// What a session of it keeps to itself.
    pub privacy: Privacy,
}

/// What a list shows of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideOutline {
    key: &'static str,
    name: &'static str,
    field: &'static str,
}

impl SideOutline {
    const fn new(key: &'static str, name: &'static str, field: &'static str) -> Self {
        Self { key, name, field }
    }

    /// The side itself.
    #[must_use]
    pub fn side(self) -> SideDef {
        SideDef {
            key: SideKey(self.key.to_owned()),
            name: self.name.to_owned(),
            field: self.field.to_owned(),
        }
    }
}

const OPEN: Privacy = Privacy { confidential: false, anonymous: false };

const SHIPPED: [Shipped; 4] = [
    Shipped {
        name: "taste",
        summary: "a first try for any two sides",
        text: include_str!("../../sessions/scripts/taste.ron"),
        outline: Outline {
            title: "A taste of cross-learning",
            purpose: "See the other side's view of one thing, and agree on one small step.",
            sides: &[SideOutline::new("north", "North", ""), SideOutline::new("south", "South", "")],
            steps: &[
                ("What works well with us?", 5),
                ("How does the other side do it?", 6),
                ("Two minutes", 4),
                ("Which one thing do we try?", 4),
                ("Was it worth twenty minutes?", 1),
            ],
            privacy: OPEN,
        },
    },
    Shipped {
        name: "mentoring-regular-meeting",
        summary: "a mentor and a mentee who meet every other week",
        text: include_str!("../../sessions/scripts/mentoring-regular-meeting.ron"),
        outline: Outline {
            title: "Mentoring: regular meeting",
            purpose: "The mentee leaves with one thing to try, and the mentor with one thing learned.",
            sides: &[SideOutline::new("mentee", "Mentee", ""), SideOutline::new("mentor", "Mentor", "")],
            steps: &[
                ("What became of it?", 6),
                ("What do I bring today?", 7),
                ("What is behind it?", 15),
                ("Three minutes", 6),
                ("What do we try until next time?", 8),
                ("Was it worth the time?", 3),
            ],
            privacy: Privacy { confidential: true, anonymous: false },
        },
    },
    Shipped {
        name: "shared-customer-retrospective",
        summary: "all who work for one and the same customer",
        text: include_str!("../../sessions/scripts/shared-customer-retrospective.ron"),
        outline: Outline {
            title: "Retrospective on a shared customer",
            purpose: "Both sides see the same customer, and change one thing in how they work for it together.",
            sides: &[
                SideOutline::new("sales", "Sales", "CRM"),
                SideOutline::new("delivery", "Delivery", "SCM"),
            ],
            steps: &[
                ("When did you last speak to this customer?", 4),
                ("What helped, what got in the way?", 12),
                ("What belongs together?", 7),
                ("Which three do we talk about?", 4),
                ("What is behind it?", 15),
                ("Three minutes", 6),
                ("What do we change?", 10),
                ("Was it worth the time?", 2),
            ],
            privacy: OPEN,
        },
    },
    Shipped {
        name: "purchasing-meets-sales",
        summary: "those who manage suppliers and those who manage customers",
        text: include_str!("../../sessions/scripts/purchasing-meets-sales.ron"),
        outline: Outline {
            title: "Purchasing meets sales",
            purpose: "Each side leaves with two practices worth learning and one decision that lasts.",
            sides: &[
                SideOutline::new("purchasing", "Purchasing", "SRM"),
                SideOutline::new("sales", "Sales", "CRM"),
            ],
            steps: &[
                ("What became of it?", 5),
                ("What do we do well?", 14),
                ("How does the other side do it?", 36),
                ("Four minutes", 10),
                ("What do we commit to?", 20),
                ("Was it worth the time?", 5),
            ],
            privacy: OPEN,
        },
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
