//! A mirror's sheet: which cell of which topic each line belongs to.
//!
//! Owns: the headings of topics, sides, views and aspects, in any order and in the words of the screen.

use super::headings::{Headings, Split};
use super::{Means, Sheet};
use crate::script::{SideKey, View};
use crate::session::event::Draft;
use crate::session::mirror::{Cell, EntryDraft, Saying, TopicDraft, TopicId};
use crate::session::people::Side;

/// What a mirror asks for.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// The sides.
    pub sides: &'a [Side],
    /// What each side writes.
    pub views: &'a [View],
    /// The aspects that each view is written by; none where there is no lens.
    pub aspects: &'a [String],
    /// The topics that headings may name, in their order.
    pub topics: &'a [(TopicId, &'a str)],
}

/// Where the lines before the first heading belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The topic; without one lines are topics themselves.
    pub topic: Option<TopicId>,
    /// The cell.
    pub cell: Option<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
enum Word<'a> {
    Topic(TopicId),
    Side(SideKey),
    View(View),
    About(SideKey),
    Aspect(&'a str),
    /// It says nothing here.
    Small,
}

const OURS: &[&str] = &["ours", "our own", "own", "how we do it", "we do it", "says of itself", "itself"];
const THEIRS: &[&str] = &[
    "theirs",
    "how they do it",
    "they do it",
    "the other says",
    "the others say",
    "the other",
    "the others",
];
const GUESS: &[&str] = &[
    "guess",
    "guesses",
    "our guess",
    "expected",
    "expected to hear",
    "expects to hear",
    "what they will say of us",
    "what they say of us",
    "what they will say",
    "they will say of us",
];

fn headings<'a>(form: Form<'a>) -> Headings<Word<'a>> {
    let mut headings = Headings::new();
    headings.learn_sides(form.sides, |side| Word::Side(side.key.clone()));
    for (view, phrases) in [(View::Ours, OURS), (View::Theirs, THEIRS), (View::Guess, GUESS)] {
        for phrase in phrases {
            headings.learn(phrase, Word::View(view));
        }
    }
    for side in form.sides {
        for called in [side.name.clone(), side.mark.to_string()] {
            for phrase in ["about {}", "of {}", "how {} do it", "how {} does it"] {
                headings.learn(&phrase.replace("{}", &called), Word::About(side.key.clone()));
            }
        }
    }
    for aspect in form.aspects {
        headings.learn(aspect, Word::Aspect(aspect));
    }
    for ((id, text), number) in form.topics.iter().zip(1..) {
        headings.learn(text, Word::Topic(*id));
        headings.learn(&format!("topic {text}"), Word::Topic(*id));
        headings.learn(&format!("topic {number}"), Word::Topic(*id));
    }
    for small in ["by", "from", "side", "view", "the", "how"] {
        headings.learn(small, Word::Small);
    }
    headings
}

/// A mirror's sheet, for one topic or for all. Headings name topics, sides, views and aspects, alone or
/// together (`Purchasing ours:`, `how Sales do it:`), or begin a line (`P guess: text`). Under a heading
/// that is not understood nothing is guessed: its lines are reported with it.
#[must_use]
pub fn entries(text: &str, form: Form<'_>, start: &Start) -> Sheet {
    let headings = headings(form);
    let mut now = Ok(start.clone());
    Sheet::read(text, |words| match headings.split(words) {
        Split::Heading(known, _) => {
            let from = now.clone().unwrap_or_else(|_| start.clone());
            now = turned(form, from, &known);
            match &now {
                Ok(_) => Means::Heading,
                Err(why) => Means::unread(why.clone()),
            }
        }
        Split::Prefixed(known, text) => {
            let from = now.clone().unwrap_or_else(|_| start.clone());
            match turned(form, from, &known) {
                Ok(at) => thing(text, &at),
                Err(why) => Means::unread(why),
            }
        }
        Split::Unknown if start.topic.is_some() => {
            now = Err("it stands under a heading that is not understood".to_owned());
            Means::unread("no side, view or topic here is called so")
        }
        Split::Unknown | Split::Plain => match &now {
            Ok(at) => thing(words, at),
            Err(_) => Means::unread("it stands under a heading that is not understood"),
        },
    })
}

fn thing(text: &str, at: &Start) -> Means {
    match at {
        Start { topic: Some(topic), cell: Some(Cell { by, saying, aspect }) } => {
            Means::thing(Draft::Entry(EntryDraft {
                text: text.to_owned(),
                topic: *topic,
                by: by.clone(),
                saying: saying.clone(),
                aspect: aspect.clone(),
            }))
        }
        Start { topic: Some(_), cell: None } => Means::unread("it does not say which side wrote it"),
        Start { topic: None, .. } => {
            Means::thing(Draft::Topic(TopicDraft { text: text.to_owned(), from: Vec::new() }))
        }
    }
}

/// What a heading names.
#[derive(Default)]
struct Named<'a> {
    topic: Option<TopicId>,
    by: Option<SideKey>,
    view: Option<View>,
    about: Option<SideKey>,
    aspect: Option<&'a str>,
}

impl<'a> Named<'a> {
    /// A second side is the one that is written about.
    fn of(words: &[Word<'a>]) -> Self {
        let mut named = Self::default();
        for word in words {
            match word {
                Word::Topic(id) => named.topic = Some(*id),
                Word::Side(key) if named.by.is_none() => named.by = Some(key.clone()),
                Word::Side(key) | Word::About(key) => named.about = Some(key.clone()),
                Word::View(view) => named.view = Some(*view),
                Word::Aspect(aspect) => named.aspect = Some(aspect),
                Word::Small => {}
            }
        }
        named
    }
}

/// Where lines belong after a heading. What stands above in a sheet holds until it is named anew: a topic
/// or a side begins with its first view, a view keeps the aspect.
fn turned(form: Form<'_>, from: Start, words: &[Word<'_>]) -> Result<Start, String> {
    let named = Named::of(words);
    let topic = named.topic.or(from.topic);
    if topic.is_none() {
        return Err("name the topic first: its words alone on a line".to_owned());
    }
    let anew = named.topic.is_some() || named.by.is_some();
    let by = named.by.clone().or_else(|| from.cell.as_ref().map(|cell| cell.by.clone()));
    let Some(by) = by.or_else(|| form.sides.first().map(|side| side.key.clone())) else {
        return Err("it does not say which side wrote it".to_owned());
    };
    let before = from.cell.as_ref().filter(|cell| !anew || named.topic.is_none() && cell.by == by);
    let saying = match before {
        Some(cell) if named.view.is_none() && named.about.is_none() && named.by.is_none() => {
            cell.saying.clone()
        }
        Some(_) | None => saying(form, &by, &named, before)?,
    };
    let aspect = match named.aspect {
        Some(aspect) => Some(aspect.to_owned()),
        None if anew => form.aspects.first().cloned(),
        None => from.cell.and_then(|cell| cell.aspect).or_else(|| form.aspects.first().cloned()),
    };
    Ok(Start { topic, cell: Some(Cell { by, saying, aspect }) })
}

fn saying(form: Form<'_>, by: &SideKey, named: &Named<'_>, before: Option<&Cell>) -> Result<Saying, String> {
    let view = match (named.view, &named.about) {
        (None | Some(View::Theirs), Some(about)) if about == by => View::Ours,
        (Some(view), _) => view,
        (None, Some(_)) => View::Theirs,
        (None, None) => *form.views.first().ok_or("this mirror asks for nothing")?,
    };
    if !form.views.contains(&view) {
        return Err("this mirror does not ask for that view".to_owned());
    }
    match view {
        View::Ours => Ok(Saying::Ours),
        View::Guess => Ok(Saying::Guess),
        View::Theirs => {
            let mut others = form.sides.iter().filter(|side| side.key != *by).map(|side| &side.key);
            let only = others.next().filter(|_| others.next().is_none());
            let same = before.and_then(|cell| match &cell.saying {
                Saying::Theirs(about) => Some(about),
                Saying::Ours | Saying::Guess => None,
            });
            let about = named.about.as_ref().or(only).or(same);
            about.cloned().map(Saying::Theirs).ok_or_else(|| "it does not say of whom".to_owned())
        }
    }
}
