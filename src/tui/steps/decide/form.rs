//! The fields of a decision and of its actions: their order, their names, and what an answer means.
//!
//! Owns the reading of what is typed. Never asks for a change.

use chrono::NaiveDate;

use crate::script::Method;
use crate::session::{
    Acceptance, ActionField, Ask, DecisionField, Items, Outcome, Ownership, Participant, Who,
};
use crate::tui::dates;

/// What the line fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Field {
    /// A new decision.
    #[default]
    Statement,
    /// A field of the decision in hand.
    Decision(DecisionField),
    /// A field of the action in hand.
    Action(ActionField),
}

impl Field {
    /// The field that comes after this one where nothing more is said of it.
    pub(super) fn next(self, outcome: Option<&Outcome>, doer: Option<&Ownership>) -> Self {
        match self {
            Self::Statement => Self::Decision(DecisionField::Method),
            Self::Decision(field) => after(field, outcome).map_or(Self::Statement, Self::Decision),
            Self::Action(field) => {
                after_of_action(field, doer).map_or(Self::Decision(DecisionField::When), Self::Action)
            }
        }
    }

    /// The field that this one falls back to where it does not apply.
    pub(super) const fn instead(self) -> Self {
        match self {
            Self::Statement => Self::Statement,
            Self::Decision(field) => match field {
                DecisionField::Acceptance | DecisionField::AskWho | DecisionField::AskBy => {
                    Self::Decision(DecisionField::Owner)
                }
                DecisionField::Method
                | DecisionField::Objection
                | DecisionField::Owner
                | DecisionField::Review
                | DecisionField::When
                | DecisionField::Will => Self::Statement,
            },
            Self::Action(field) => match field {
                ActionField::Owner | ActionField::By => Self::Decision(DecisionField::Will),
                ActionField::Acceptance | ActionField::AskWho | ActionField::AskBy => {
                    Self::Action(ActionField::Owner)
                }
            },
        }
    }
}

/// The next field of a decision; none after its last.
fn after(field: DecisionField, outcome: Option<&Outcome>) -> Option<DecisionField> {
    Some(match field {
        DecisionField::Method => DecisionField::Objection,
        DecisionField::Objection => DecisionField::Owner,
        DecisionField::Owner => match outcome {
            Some(Outcome::Decided(Ownership::Owned { .. })) => DecisionField::Acceptance,
            Some(Outcome::Decided(Ownership::Open(_)) | Outcome::NotDecided(_)) | None => {
                DecisionField::AskWho
            }
        },
        DecisionField::AskWho if names_somebody(outcome.and_then(ask_of)) => DecisionField::AskBy,
        DecisionField::Acceptance | DecisionField::AskWho | DecisionField::AskBy => DecisionField::Review,
        DecisionField::Review => DecisionField::When,
        DecisionField::When | DecisionField::Will => return None,
    })
}

/// The next field of an action; none after its last.
fn after_of_action(field: ActionField, doer: Option<&Ownership>) -> Option<ActionField> {
    Some(match field {
        ActionField::Owner => match doer {
            Some(Ownership::Owned { .. }) => ActionField::Acceptance,
            Some(Ownership::Open(_)) | None => ActionField::AskWho,
        },
        ActionField::AskWho if names_somebody(doer.and_then(open)) => ActionField::AskBy,
        ActionField::Acceptance | ActionField::AskWho | ActionField::AskBy => ActionField::By,
        ActionField::By => return None,
    })
}

fn names_somebody(ask: Option<&Ask>) -> bool {
    ask.is_some_and(|ask| ask.who.is_some())
}

/// The fields that Tab goes round: a new decision, the decision in hand, its action in hand, a new action.
pub(super) fn round(outcome: Option<&Outcome>, doer: Option<&Ownership>) -> Vec<Field> {
    let mut fields = vec![Field::Statement];
    let mut walk = |first: Field| {
        let mut field = first;
        while field != Field::Decision(DecisionField::When) {
            fields.push(field);
            field = field.next(outcome, doer);
        }
    };
    if outcome.is_some() {
        walk(Field::Decision(DecisionField::Method));
    }
    if doer.is_some() {
        walk(Field::Action(ActionField::Owner));
    }
    if outcome.is_some() {
        fields.push(Field::Decision(DecisionField::When));
    }
    fields
}

/// Who will be asked, where nobody owns it.
pub(super) const fn ask_of(outcome: &Outcome) -> Option<&Ask> {
    match outcome {
        Outcome::Decided(ownership) => open(ownership),
        Outcome::NotDecided(ask) => Some(ask),
    }
}

pub(super) const fn ask_mut(outcome: &mut Outcome) -> Option<&mut Ask> {
    match outcome {
        Outcome::Decided(ownership) => open_mut(ownership),
        Outcome::NotDecided(ask) => Some(ask),
    }
}

pub(super) const fn open(ownership: &Ownership) -> Option<&Ask> {
    match ownership {
        Ownership::Open(ask) => Some(ask),
        Ownership::Owned { .. } => None,
    }
}

pub(super) const fn open_mut(ownership: &mut Ownership) -> Option<&mut Ask> {
    match ownership {
        Ownership::Open(ask) => Some(ask),
        Ownership::Owned { .. } => None,
    }
}

pub(super) const fn method_words(method: Method) -> &'static str {
    match method {
        Method::Consent => "consent",
        Method::Consensus => "consensus",
        Method::Majority => "majority",
        Method::Lead => "lead",
        Method::Advice => "advice",
    }
}

/// The answers to choose from with their digits, as in `1 consent  2 consensus`.
pub(super) fn choices<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let numbered = words.into_iter().zip(1..).map(|(word, number)| format!("{number} {word}"));
    numbered.collect::<Vec<_>>().join("  ")
}

/// The one of `all` that is meant by its digit or its first letters; of several, the first.
fn chosen<T: Copy>(text: &str, all: &[T], words: impl Fn(T) -> &'static str) -> Option<T> {
    let text = text.trim().to_lowercase();
    if let Ok(number) = text.parse::<usize>() {
        return all.get(number.checked_sub(1)?).copied();
    }
    let begins = |choice: &&T| !text.is_empty() && words(**choice).starts_with(&text);
    all.iter().find(begins).copied()
}

pub(super) fn method(text: &str) -> Result<Method, String> {
    chosen(text, &Method::ALL, method_words).ok_or_else(|| {
        let choices = choices(Method::ALL.map(method_words));
        format!("Say how it is decided: {choices}. For a new decision go one field back.")
    })
}

pub(super) fn acceptance(text: &str) -> Result<Acceptance, String> {
    let lower = text.trim().to_lowercase();
    let said = match lower.as_str() {
        "y" | "yes" | "ok" => Some(Acceptance::Accepted),
        "away" => Some(Acceptance::Absent),
        text => chosen(text, &Acceptance::ALL, Acceptance::words),
    };
    said.ok_or_else(|| format!("Type one of: {}.", choices(Acceptance::ALL.map(Acceptance::words))))
}

/// What is said of who owns something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Somebody does, and perhaps whether they have said yes.
    Owner(Who, Option<Acceptance>),
    /// Nobody owns it yet.
    Nobody,
    /// It was not decided.
    NotDecided,
}

/// Reads an owner: `Anna`, `Anna accepted`, `Bo, absent`, `nobody`, `not decided`.
pub(super) fn owner(text: &str, people: &Items<Participant>) -> Result<Said, String> {
    let lower = text.trim().to_lowercase();
    if is_not_decided(&lower) {
        return Ok(Said::NotDecided);
    }
    if matches!(lower.as_str(), "nobody" | "no one" | "noone" | "no-one" | "open" | "?") || is_cleared(&lower)
    {
        return Ok(Said::Nobody);
    }
    let (name, said) = without_acceptance(text.trim());
    Ok(Said::Owner(who(name, people)?, said))
}

pub(super) fn is_not_decided(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "not decided" | "undecided")
}

/// Whether an answer takes back what was said before.
pub(super) fn is_cleared(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "-" | "none")
}

fn without_acceptance(text: &str) -> (&str, Option<Acceptance>) {
    let lower = text.to_lowercase();
    // Cutting by the length of the lower-case text is only right where it is as long.
    if lower.len() != text.len() {
        return (text, None);
    }
    for (words, said) in [
        ("accepted", Acceptance::Accepted),
        ("accepts", Acceptance::Accepted),
        ("yes", Acceptance::Accepted),
        ("not yet asked", Acceptance::NotYetAsked),
        ("not asked", Acceptance::NotYetAsked),
        ("not yet", Acceptance::NotYetAsked),
        ("absent", Acceptance::Absent),
    ] {
        if let Some(name) = lower.strip_suffix(words)
            && name.ends_with([' ', ','])
            && !name.trim_matches([' ', ',']).is_empty()
        {
            return (text[..name.len()].trim_end_matches([' ', ',']), Some(said));
        }
    }
    (text, None)
}

/// Who is meant: a person present by their name or its beginning, else somebody who is only named.
pub(super) fn who(text: &str, people: &Items<Participant>) -> Result<Who, String> {
    let typed = text.trim();
    let name = typed.strip_prefix('@').unwrap_or(typed).trim();
    if name.is_empty() {
        return Err("Type a name.".to_owned());
    }
    let lower = name.to_lowercase();
    if let Some(person) = people.iter().find(|person| person.name.trim().to_lowercase() == lower) {
        return Ok(Who::Person(person.id));
    }
    let begins = |person: &&Participant| person.name.to_lowercase().starts_with(&lower);
    let has = |person: &&Participant| {
        person.name.to_lowercase().split_whitespace().any(|part| part.starts_with(&lower))
    };
    // First names come before family names.
    let mut found: Vec<&Participant> = people.iter().filter(begins).collect();
    if found.is_empty() {
        found = people.iter().filter(has).collect();
    }
    match found[..] {
        [] => Ok(Who::Named(name.to_owned())),
        [person] => Ok(Who::Person(person.id)),
        [first, second, ..] => Err(format!(
            "“{name}” could be {} or {}: type a little more of the name.",
            first.name, second.name
        )),
    }
}

/// A day, or none where it is taken back.
pub(super) fn day(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
    if is_cleared(text) {
        return Ok(None);
    }
    dates::parse(text, today).map(Some).ok_or_else(|| dates::FORMS.to_owned())
}

/// The occasion alone, as it was typed after “when”.
pub(super) fn occasion(text: &str) -> &str {
    let text = text.trim();
    let bare = strip_word(text, "when").unwrap_or(text);
    bare.trim_end_matches([',', ' ', '…'])
}

/// An action's sentence taken apart: the occasion, and what will be done.
///
/// Understood are `when …, I will …`, `I will …`, `when …, …` and plain words, which are what will be done.
#[must_use]
pub fn sentence(text: &str) -> (String, String) {
    let text = text.trim();
    if let Some((when, will)) = split_will(text) {
        return (occasion(when).to_owned(), will.to_owned());
    }
    if let Some(rest) = strip_word(text, "when")
        && let Some((when, will)) = rest.split_once(',')
    {
        return (when.trim().to_owned(), will.trim().to_owned());
    }
    (String::new(), text.to_owned())
}

/// What stands before and after the first “I will” or “we will”.
pub(super) fn split_will(text: &str) -> Option<(&str, &str)> {
    let begins: Vec<usize> = std::iter::once(0)
        .chain(text.char_indices().filter(|(_, c)| matches!(c, ' ' | ',')).map(|(at, c)| at + c.len_utf8()))
        .collect();
    begins.into_iter().find_map(|at| {
        let rest = text.get(at..)?;
        let after = ["I", "we"].iter().find_map(|who| strip_word(rest, who))?;
        let will = if after == "will" { "" } else { strip_word(after, "will")? };
        Some((text[..at].trim(), will.trim()))
    })
}

/// What follows a word and a space, in whatever case the word is written.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && rest.starts_with(' ')).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::testing::{moment, people};

    #[test]
    fn choices_are_taken_by_digit_or_first_letters() {
        for (text, meant) in [
            ("c", Method::Consent),
            ("conse", Method::Consent),
            ("consensu", Method::Consensus),
            ("Maj", Method::Majority),
            ("4", Method::Lead),
            (" advice ", Method::Advice),
        ] {
            assert_eq!(method(text), Ok(meant), "{text}");
        }
        for text in ["0", "6", "x", ""] {
            assert!(method(text).is_err(), "{text}");
        }
        assert_eq!(acceptance("not y"), Ok(Acceptance::NotYetAsked));
        assert_eq!(acceptance("yes"), Ok(Acceptance::Accepted));
        assert_eq!(acceptance("3"), Ok(Acceptance::Absent));
        assert!(acceptance("perhaps").is_err());
    }

    #[test]
    fn owners_are_read() {
        let people = people(&[(1, "Anna Berg"), (2, "Anna Holm"), (3, "Bo")], moment(0));
        let bo = || Who::Person(people.iter().nth(2).unwrap().id);
        let named = |name: &str| Who::Named(name.to_owned());
        for (text, said) in [
            ("bo", Said::Owner(bo(), None)),
            ("@Bo ", Said::Owner(bo(), None)),
            ("B accepted", Said::Owner(bo(), Some(Acceptance::Accepted))),
            ("Bo, not yet asked", Said::Owner(bo(), Some(Acceptance::NotYetAsked))),
            ("Carla Meier absent", Said::Owner(named("Carla Meier"), Some(Acceptance::Absent))),
            ("absent", Said::Owner(named("absent"), None)),
            ("İ yes", Said::Owner(named("İ yes"), None)),
            ("Nobody", Said::Nobody),
            ("-", Said::Nobody),
            ("not decided", Said::NotDecided),
        ] {
            assert_eq!(owner(text, &people), Ok(said), "{text}");
        }
        let told = owner("ann", &people).unwrap_err();
        assert_eq!(told, "“ann” could be Anna Berg or Anna Holm: type a little more of the name.");
        assert!(owner("@", &people).is_err());
    }

    #[test]
    fn sentences_are_taken_apart() {
        for (text, when, will) in [
            ("when the tender opens, I will call Anna", "the tender opens", "call Anna"),
            ("When a deal is lost I will write it down", "a deal is lost", "write it down"),
            ("when we meet, we will compare", "we meet", "compare"),
            ("I will call Anna", "", "call Anna"),
            ("when the tender opens, call Anna", "the tender opens", "call Anna"),
            ("call Anna, then Bo", "", "call Anna, then Bo"),
            ("whenever", "", "whenever"),
            ("when the tender opens, I will ", "the tender opens", ""),
            ("Hawaii will wait", "", "Hawaii will wait"),
        ] {
            assert_eq!(sentence(text), (when.to_owned(), will.to_owned()), "{text}");
        }
        assert_eq!(occasion("when the tender opens,"), "the tender opens");
    }

    #[test]
    fn tab_goes_round_what_applies() {
        assert_eq!(round(None, None), [Field::Statement]);
        let open = Outcome::Decided(Ownership::Open(Ask::default()));
        assert_eq!(
            round(Some(&open), None),
            [
                Field::Statement,
                Field::Decision(DecisionField::Method),
                Field::Decision(DecisionField::Objection),
                Field::Decision(DecisionField::Owner),
                Field::Decision(DecisionField::AskWho),
                Field::Decision(DecisionField::Review),
                Field::Decision(DecisionField::When)
            ]
        );
        let owned = Ownership::Owned { by: Who::Named("Bo".to_owned()), acceptance: Acceptance::default() };
        let fields = round(Some(&Outcome::Decided(owned.clone())), Some(&owned));
        assert_eq!(
            fields[4..],
            [
                Field::Decision(DecisionField::Acceptance),
                Field::Decision(DecisionField::Review),
                Field::Action(ActionField::Owner),
                Field::Action(ActionField::Acceptance),
                Field::Action(ActionField::By),
                Field::Decision(DecisionField::When)
            ]
        );
    }
}
