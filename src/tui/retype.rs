//! Changing something that was written, in the line it was typed in.
//!
//! Owns what of each kind of thing can be typed anew, both ways. Never decides whether it may.

use std::borrow::Cow;

use super::line as typing;
use super::steps::decide;
use crate::session::line::{self, Line};
use crate::session::{
    ActionDraft, ClusterDraft, DecisionDraft, Draft, EntryDraft, InsightDraft, Items, NoteDraft, ParkedDraft,
    Participant, ParticipantDraft, PersonId, PossibilityDraft, RatingDraft, Said, Shown, TopicDraft,
    UpdateDraft, VoiceDraft,
};

/// What is typed of something, in its parts.
struct Written<'a> {
    text: Cow<'a, str>,
    tags: &'a [String],
    author: Option<&'a str>,
}

fn written<'a>(draft: &'a Draft, shown: Shown<'a>) -> Option<Written<'a>> {
    let name = |author: Option<PersonId>| author.map(|author| shown.name(author));
    let plain = |text: &'a str| Written { text: text.into(), tags: &[], author: None };
    Some(match draft {
        Draft::Person(person) => plain(&person.name),
        Draft::Note(note) => Written { tags: &note.tags, author: name(note.author), ..plain(&note.text) },
        Draft::Topic(topic) => plain(&topic.text),
        Draft::Entry(entry) => plain(&entry.text),
        Draft::Possibility(possibility) => plain(&possibility.sentence),
        Draft::Insight(insight) => Written { author: name(insight.author), ..plain(&insight.text) },
        Draft::Decision(decision) => plain(&decision.statement),
        Draft::Action(action) => Written { text: action.sentence().into(), ..plain("") },
        Draft::Rating(rating) => {
            let score = rating.score.map(|score| score.to_string());
            let words: Vec<&str> = score
                .iter()
                .map(String::as_str)
                .chain([rating.word.as_str()])
                .filter(|word| !word.is_empty())
                .collect();
            Written { text: words.join(" ").into(), author: name(rating.author), ..plain("") }
        }
        Draft::Update(update) => plain(&update.why),
        Draft::Parked(parked) => plain(&parked.text),
        Draft::Voice(voice) => Written { author: name(voice.who), ..plain(voice.said.word()) },
        Draft::Cluster(cluster) => plain(&cluster.name),
        Draft::Judgement(_) | Draft::Placement(_) | Draft::Ballot(_) | Draft::Ruling(_) => return None,
    })
}

/// What was typed of something; none for what is not made of words.
#[must_use]
pub fn words(draft: &Draft, shown: Shown<'_>) -> Option<String> {
    let Written { text, tags, author } = written(draft, shown)?;
    Some(line::compose(&text, tags, author))
}

/// The line in which something is changed. Whose it is stands before the words and the tags behind the cursor,
/// so that typing on leaves both what they are.
#[must_use]
pub fn begun(draft: &Draft, shown: Shown<'_>) -> Option<typing::Line> {
    let Written { text, tags, author } = written(draft, shown)?;
    let author = author.map_or_else(String::new, |author| format!("@{author} "));
    let whole = [author.as_str(), &line::compose(&text, tags, None)].concat();
    Some(typing::Line::with_cursor(&whole, author.chars().count() + text.chars().count()))
}

/// The same thing as the line says it now. `best` is the best rating of the present step.
#[must_use]
pub fn reworded(draft: Draft, typed: &str, people: &Items<Participant>, best: u8) -> Draft {
    let plain = typed.trim().to_owned();
    match draft {
        Draft::Person(person) => Draft::Person(ParticipantDraft { name: plain, ..person }),
        Draft::Note(note) => {
            let Line { text, tags, author } = line::parse(typed, people);
            Draft::Note(NoteDraft { text, tags, author, ..note })
        }
        Draft::Topic(topic) => Draft::Topic(TopicDraft { text: plain, ..topic }),
        Draft::Entry(entry) => Draft::Entry(EntryDraft { text: plain, ..entry }),
        Draft::Possibility(possibility) => {
            Draft::Possibility(PossibilityDraft { sentence: plain, ..possibility })
        }
        Draft::Insight(insight) => {
            let (text, author) = with_tags(typed, people);
            Draft::Insight(InsightDraft { text, author, ..insight })
        }
        Draft::Decision(decision) => Draft::Decision(DecisionDraft { statement: plain, ..decision }),
        Draft::Action(action) => {
            let (when, will) = decide::sentence(&plain);
            Draft::Action(ActionDraft { when, will, ..action })
        }
        Draft::Rating(_) => {
            let (text, author) = with_tags(typed, people);
            let (score, word) = line::parse_rating(&text, best);
            Draft::Rating(RatingDraft { score, word, author })
        }
        Draft::Update(update) => Draft::Update(UpdateDraft { why: plain, ..update }),
        Draft::Parked(parked) => Draft::Parked(ParkedDraft { text: plain, ..parked }),
        Draft::Voice(_) => {
            let (word, who) = with_tags(typed, people);
            let said = if word.trim().is_empty() { Said::Spoke } else { Said::Word(word) };
            Draft::Voice(VoiceDraft { who, said })
        }
        Draft::Cluster(_) => Draft::Cluster(ClusterDraft { name: plain }),
        Draft::Placement(_) | Draft::Judgement(_) | Draft::Ballot(_) | Draft::Ruling(_) => draft,
    }
}

/// The words with their tags, and who is named: of what bears no tags a `#word` is just a word.
fn with_tags(typed: &str, people: &Items<Participant>) -> (String, Option<PersonId>) {
    let alone = typed.trim().strip_prefix('@');
    if let Some(person) = people.iter().find(|person| alone == Some(person.name.trim())) {
        return (String::new(), Some(person.id));
    }
    let Line { text, tags, author } = line::parse(typed, people);
    (line::compose(&text, &tags, None), author)
}

/// The names that `@` offers: those who are there first.
pub fn names(people: &Items<Participant>) -> impl Iterator<Item = &str> {
    let (here, away): (Vec<&Participant>, Vec<&Participant>) =
        people.iter().partition(|person| person.is_here());
    here.into_iter().chain(away).map(|person| person.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{Room, note};

    /// What becomes of something when words are typed on in its line.
    fn typed_on(room: &Room, draft: &Draft, more: &str) -> Draft {
        let mut line = begun(draft, room.shown()).unwrap();
        line.insert_str(more);
        reworded(draft.clone(), line.text(), room.shown().people(), 5)
    }

    #[test]
    fn typing_on_keeps_whose_it_is_and_its_tags() {
        let room = Room::new().person("Anna Berg", "sales").person("Anna", "");
        for name in ["Anna Berg", "Anna"] {
            let author = Some(room.person_id(name));
            let note = |text: &str| {
                let tags = vec!["price".to_owned(), "risk".to_owned()];
                Draft::Note(NoteDraft {
                    text: text.to_owned(),
                    tags,
                    side: None,
                    author,
                    confidential: false,
                })
            };
            assert_eq!(typed_on(&room, &note("Ask #price"), " twice"), note("Ask #price twice"));
            let insight =
                |text: &str| Draft::Insight(InsightDraft { text: text.to_owned(), author, side: None });
            assert_eq!(typed_on(&room, &insight("Ask Bo #now"), ", twice"), insight("Ask Bo #now, twice"));
            let rating =
                |word: &str| Draft::Rating(RatingDraft { score: Some(4), word: word.to_owned(), author });
            assert_eq!(typed_on(&room, &rating("good"), " day"), rating("good day"));
            let voice = |said| Draft::Voice(VoiceDraft { who: author, said });
            assert_eq!(typed_on(&room, &voice(Said::Spoke), ""), voice(Said::Spoke));
            assert_eq!(typed_on(&room, &voice(Said::Spoke), "yes"), voice(Said::Word("yes".to_owned())));
        }
    }

    #[test]
    fn what_is_opened_and_taken_as_it_is_does_not_change() {
        let room = Room::new().person("Bo", "sales");
        for draft in [note("sales", "plain"), note("", "@Carla says so"), note("", "mail to a@bo, then ask")]
        {
            assert_eq!(typed_on(&room, &draft, ""), draft);
        }
    }
}
