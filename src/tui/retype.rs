//! Changing something that was written, in the line it was typed in.
//!
//! Owns what of each kind of thing can be typed anew, both ways. Never decides whether it may.

use super::steps::decide;
use crate::session::line::{self, Line};
use crate::session::{
    ActionDraft, ClusterDraft, DecisionDraft, Draft, EntryDraft, InsightDraft, Items, NoteDraft, ParkedDraft,
    Participant, ParticipantDraft, PersonId, PossibilityDraft, RatingDraft, Said, Shown, TopicDraft,
    UpdateDraft, VoiceDraft,
};

/// What the line says when something is changed; none for what is not made of words.
#[must_use]
pub fn words(draft: &Draft, shown: Shown<'_>) -> Option<String> {
    let name = |author: Option<PersonId>| author.map(|author| shown.name(author));
    Some(match draft {
        Draft::Person(person) => person.name.clone(),
        Draft::Note(note) => line::compose(&note.text, &note.tags, name(note.author)),
        Draft::Topic(topic) => topic.text.clone(),
        Draft::Entry(entry) => entry.text.clone(),
        Draft::Possibility(possibility) => possibility.sentence.clone(),
        Draft::Insight(insight) => line::compose(&insight.text, &[], name(insight.author)),
        Draft::Decision(decision) => decision.statement.clone(),
        Draft::Action(action) => action.sentence(),
        Draft::Rating(rating) => {
            let score = rating.score.map(|score| score.to_string());
            let words: Vec<&str> = score
                .iter()
                .map(String::as_str)
                .chain([rating.word.as_str()])
                .filter(|word| !word.is_empty())
                .collect();
            line::compose(&words.join(" "), &[], name(rating.author))
        }
        Draft::Update(update) => update.why.clone(),
        Draft::Parked(parked) => parked.text.clone(),
        Draft::Voice(voice) => line::compose(voice.said.word(), &[], name(voice.who)),
        Draft::Cluster(cluster) => cluster.name.clone(),
        Draft::Judgement(_) | Draft::Placement(_) | Draft::Ballot(_) | Draft::Ruling(_) => return None,
    })
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
    let Line { text, tags, author } = line::parse(typed, people);
    (line::compose(&text, &tags, None), author)
}

/// The names that `@` offers: those who are there first.
pub fn names(people: &Items<Participant>) -> impl Iterator<Item = &str> {
    let (here, away): (Vec<&Participant>, Vec<&Participant>) =
        people.iter().partition(|person| person.is_here());
    here.into_iter().chain(away).map(|person| person.name.as_str())
}
