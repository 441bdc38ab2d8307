//! Reading a script: every mistake at once, each with its position.
//!
//! Each field is read by itself from its slice of the text, so that one mistake hides no other. What could not be
//! read is stood in for and marked, so that the checks of meaning conclude nothing from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::check::check_read;
use super::finding::{Finding, Mistake, Part, Place, Unread, Weight, listed, nearest};
use super::model::{
    Activity, Brainstorm, FORMAT, Group, Head, Insight, Kind, Lens, Level, Method, Round, Script, SideDef,
    SideKey, Start, Step, StepKey, View,
};
use super::shape;
use super::span::Span;
use super::spot::{self, Entries};

/// A script that can run, and what is worth a second look in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The script.
    pub script: Script,
    /// What may not be meant so, in the order of the text.
    pub warnings: Vec<Mistake>,
}

/// Why a text is no script that can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes {
    /// At least one error, and warnings, in the order of the text; at most [`Mistakes::MOST`].
    pub list: Vec<Mistake>,
    /// How many more there are.
    pub more: usize,
}

impl Mistakes {
    /// More than this many are only counted.
    pub const MOST: usize = 100;
}

/// Reads a script, with or without a byte order mark, with any line ends.
///
/// The caller keeps texts away that are too large.
///
/// # Errors
/// Every mistake in it, with its range in `text`. A syntax error stands alone, and so does a format number that is
/// newer than [`FORMAT`].
pub fn read(text: &str) -> Result<Reading, Mistakes> {
    let mut reader = Reader::new(text);
    let script = spot::value(text)
        .map_err(|mistake| reader.say(mistake))
        .ok()
        .and_then(|raw| read_script(raw, &mut reader));
    let Reader { unread, places, mut mistakes, mut more, .. } = reader;
    if let Some(script) = &script {
        let place = |place: Place| range_of(&places, &place);
        mistakes.extend(check_read(script, &unread).into_iter().map(|finding| finding.map(place)));
    }
    mistakes.sort_by_key(|mistake| (mistake.at.start, mistake.weight));
    match script {
        Some(script) if mistakes.iter().all(|mistake| mistake.weight == Weight::Warning) => {
            Ok(Reading { script, warnings: mistakes })
        }
        Some(_) | None => {
            more += mistakes.len().saturating_sub(Mistakes::MOST);
            // A cut must not leave warnings alone.
            mistakes.sort_by_key(|mistake| mistake.weight);
            mistakes.truncate(Mistakes::MOST);
            mistakes.sort_by_key(|mistake| (mistake.at.start, mistake.weight));
            Err(Mistakes { list: mistakes, more })
        }
    }
}

/// A longer list is not even looked at.
const MOST_ITEMS: usize = 1_000;

/// Nor are lists that have more items together: each takes far more memory than it takes to write.
const MOST_IN_ALL: usize = 10_000;

/// Where a value stands; where it stands in no words, where the value stands that it would be part of.
fn range_of(places: &BTreeMap<Place, Range<usize>>, place: &Place) -> Range<usize> {
    let outer = std::iter::successors(Some(place.clone()), Place::parent);
    outer.into_iter().find_map(|place| places.get(&place).cloned()).unwrap_or(0..0)
}

/// What can be read from a slice of the text.
pub(super) trait Read<'a>: Sized {
    /// The value, or none after saying why.
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self>;
}

/// Collects what is wrong while a text is read.
pub(super) struct Reader<'a> {
    text: &'a str,
    here: Place,
    places: BTreeMap<Place, Range<usize>>,
    unread: Unread,
    mistakes: Vec<Mistake>,
    more: usize,
    items_left: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            here: Place::default(),
            places: BTreeMap::new(),
            unread: Unread::default(),
            mistakes: Vec::new(),
            more: 0,
            items_left: MOST_IN_ALL,
        }
    }

    /// Whether one more mistake would only be counted; counts it then. What takes long to word asks first.
    fn is_full(&mut self) -> bool {
        let is_full = self.mistakes.len() >= Mistakes::MOST;
        self.more += usize::from(is_full);
        is_full
    }

    fn say(&mut self, mistake: Mistake) {
        if self.mistakes.len() < Mistakes::MOST {
            self.mistakes.push(mistake);
        } else {
            self.more += 1;
        }
    }

    fn range(&self, part: &str) -> Range<usize> {
        spot::range(self.text, part)
    }

    /// Says that a value should be something else.
    fn wrong<T>(&mut self, raw: &str, expected: &str, help: impl Into<String>) -> Option<T> {
        let what = format!("{} must be {expected}", self.here.subject());
        let mistake = Finding::error(self.range(raw), what).help(help);
        self.say(mistake);
        None
    }

    /// Reads a part of the present value.
    fn part<T: Read<'a>>(&mut self, part: Part, raw: &'a str) -> Option<T> {
        let outer = std::mem::take(&mut self.here);
        self.here = outer.with(part);
        self.places.insert(self.here.clone(), self.range(raw));
        let value = T::read(raw, self);
        let here = std::mem::replace(&mut self.here, outer);
        if value.is_none() {
            self.unread.insert(here);
        }
        value
    }

    /// The fields of the present value, or none after saying that it has none.
    fn fields(&mut self, raw: &'a str, what: &'static str, example: &str) -> Option<Fields<'a>> {
        let Some(Entries { name, fields }) = Entries::of(raw) else {
            let expected = format!("{what} with fields in round brackets");
            return self.wrong(raw, &expected, format!("write it like {example}"));
        };
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for (field, _) in &fields {
            let Some(earlier) = first.get(field) else {
                first.insert(field, field);
                continue;
            };
            if self.is_full() {
                continue;
            }
            let mistake = Finding::error(self.range(field), format!("`{field}` stands here a second time"))
                .help("keep one of them")
                .also(self.range(earlier), "it was given here first");
            self.say(mistake);
        }
        Some(Fields { name, fields, asked: BTreeSet::new(), missing: Vec::new() })
    }

    /// One of several bare words.
    fn one_of<T: Copy>(&mut self, raw: &str, known: &[(&'static str, T)]) -> Option<T> {
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == raw) {
            return Some(*value);
        }
        let names = || known.iter().map(|(name, _)| *name);
        let all = || format!("it can be {}", listed(names()));
        let Some(found) = spot::word(raw) else {
            let quoted: Option<String> = spot::plain(raw);
            let meant = quoted.and_then(|text| nearest(&text, names()));
            let help = meant.map_or_else(all, |name| format!("write {name}"));
            return self.wrong(raw, "a word without quotes", help);
        };
        let help = nearest(found, names()).map_or_else(all, |name| format!("did you mean `{name}`?"));
        let what = format!("{} cannot be `{found}`", self.here.subject());
        self.say(Finding::error(self.range(raw), what).help(help));
        None
    }
}

/// The fields of one value while they are asked for.
pub(super) struct Fields<'a> {
    name: &'a str,
    fields: Vec<(&'a str, &'a str)>,
    asked: BTreeSet<&'static str>,
    missing: Vec<(&'static str, &'static str)>,
}

impl<'a> Fields<'a> {
    fn find(&mut self, name: &'static str) -> Option<&'a str> {
        self.asked.insert(name);
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, raw)| *raw)
    }

    /// A field that must be there; `example` is a value as it could be written.
    fn required<T: Read<'a> + Default>(
        &mut self,
        name: &'static str,
        example: &'static str,
        reader: &mut Reader<'a>,
    ) -> T {
        match self.find(name) {
            Some(raw) => reader.part(Part::Field(name), raw).unwrap_or_default(),
            None => {
                reader.unread.insert(reader.here.field(name));
                self.missing.push((name, example));
                T::default()
            }
        }
    }

    /// A field that may be left out, or else has its usual value.
    pub(super) fn optional<T: Read<'a>>(
        &mut self,
        name: &'static str,
        usual: T,
        reader: &mut Reader<'a>,
    ) -> T {
        self.find(name).and_then(|raw| reader.part(Part::Field(name), raw)).unwrap_or(usual)
    }

    /// Says which fields are missing and which are not known. `what` is what has these fields.
    fn finish(mut self, what: &str, reader: &mut Reader<'a>) {
        for (field, _) in &self.fields {
            if self.asked.contains(field) || reader.is_full() {
                continue;
            }
            let help = match nearest(field, self.asked.iter().copied()) {
                Some(name) => {
                    // Misspelt is not missing as well.
                    self.missing.retain(|(missing, _)| *missing != name);
                    format!("did you mean `{name}`?")
                }
                None => match shape::kinds_with(field).as_slice() {
                    [] => format!("it has {}", listed(self.asked.iter().copied())),
                    kinds => format!("`{field}` belongs to {}", listed(kinds.iter().copied())),
                },
            };
            let mistake =
                Finding::error(reader.range(field), format!("{what} has no field `{field}`")).help(help);
            reader.say(mistake);
        }
        if self.missing.is_empty() {
            return;
        }
        let names = listed(self.missing.iter().map(|(name, _)| *name));
        let examples: Vec<_> =
            self.missing.iter().map(|(name, example)| format!("{name}: {example}")).collect();
        let mistake = Finding::error(reader.range(self.name), format!("{what} needs {names}"))
            .help(format!("add `{}`", examples.join(", ")));
        reader.say(mistake);
    }
}

fn read_script<'a>(raw: &'a str, reader: &mut Reader<'a>) -> Option<Script> {
    let example = "`Script(format: 1, title: \"…\", …)`";
    let mut fields = reader.fields(raw, "a script", example)?;
    reader.places.insert(Place::default(), reader.range(fields.name));
    if fields.name != "Script" && fields.name != "(" {
        let what = format!("this is a `{}`, and a script is expected", fields.name);
        reader.say(Finding::error(reader.range(fields.name), what).help("a script begins with `Script(`"));
        nearest(fields.name, ["Script"])?;
    }
    let newer = |raw: &&str| spot::plain::<u64>(raw).is_some_and(|format| format > u64::from(FORMAT));
    if let Some(raw) = fields.find("format").filter(newer) {
        reader.mistakes.clear();
        let what = format!("this script has format {raw}, and this visavis knows formats up to {FORMAT}");
        reader.say(Finding::error(reader.range(raw), what).help("a newer visavis can read it"));
        return None;
    }
    let script = Script {
        format: fields.required("format", "1", reader),
        title: fields.required("title", "\"…\"", reader),
        purpose: fields.optional("purpose", String::new(), reader),
        level: fields.optional("level", None, reader),
        sides: fields.required("sides", "[(key: \"purchasing\", name: \"Purchasing\")]", reader),
        lenses: fields.optional("lenses", Vec::new(), reader),
        confidential: fields.optional("confidential", false, reader),
        anonymous: fields.optional("anonymous", false, reader),
        steps: fields.required("steps", "[…]", reader),
    };
    fields.finish("a script", reader);
    Some(script)
}

impl<'a> Read<'a> for Step {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let example = "`Brainstorm(key: \"ideas\", title: \"…\", time: \"10m\")`";
        let mut fields = reader.fields(raw, "a step: its kind", example)?;
        reader.places.insert(reader.here.clone(), reader.range(fields.name));
        let found = fields.name;
        let known = shape::kind_names().find(|kind| *kind == found);
        let kind = known.or_else(|| nearest(found, shape::kind_names()));
        if known.is_none() {
            reader.unread.insert(reader.here.field("kind"));
            let kinds = || listed(shape::kind_names());
            let what = if found == "(" {
                "this step does not say its kind".to_owned()
            } else {
                format!("there is no step kind `{found}`")
            };
            let help = kind.map_or_else(
                || format!("the kinds are {}", kinds()),
                |kind| format!("did you mean `{kind}`?"),
            );
            reader.say(Finding::error(reader.range(found), what).help(help));
        }
        let head = Head {
            key: fields.required("key", "\"…\"", reader),
            title: fields.required("title", "\"…\"", reader),
            time: fields.required("time", "\"10m\"", reader),
            prompt: fields.optional("prompt", String::new(), reader),
            say: fields.optional("say", String::new(), reader),
            tips: fields.optional("tips", Vec::new(), reader),
            activity: fields.optional("activity", None, reader),
            from: fields.optional("from", Vec::new(), reader),
            rounds: fields.optional("rounds", Vec::new(), reader),
            start: fields.optional("start", Start::Auto, reader),
        };
        // A kind that nobody can guess may have any fields, and carries on whatever comes in.
        let Some(name) = kind else {
            return Some(Self { head, kind: Kind::Brainstorm(Brainstorm::default()) });
        };
        let kind = shape::read_kind(name, &mut fields, reader)?;
        fields.finish(name, reader);
        Some(Self { head, kind })
    }
}

impl<'a> Read<'a> for SideDef {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let mut fields = reader.fields(raw, "a side", "`(key: \"sales\", name: \"Sales\")`")?;
        let side = Self {
            key: fields.required("key", "\"…\"", reader),
            name: fields.required("name", "\"…\"", reader),
            field: fields.optional("field", String::new(), reader),
        };
        fields.finish("a side", reader);
        Some(side)
    }
}

impl<'a> Read<'a> for Lens {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let mut fields =
            reader.fields(raw, "a lens", "`(key: \"value\", aspects: [\"Strategy\", \"Process\"])`")?;
        let lens = Self {
            key: fields.required("key", "\"…\"", reader),
            aspects: fields.required("aspects", "[\"…\", \"…\"]", reader),
        };
        fields.finish("a lens", reader);
        Some(lens)
    }
}

impl<'a> Read<'a> for Round {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let mut fields = reader.fields(raw, "a round", "`(group: Alone, time: \"5m\")`")?;
        let round = Self {
            title: fields.optional("title", String::new(), reader),
            group: fields.optional("group", Group::default(), reader),
            time: fields.required("time", "\"5m\"", reader),
            hidden: fields.optional("hidden", false, reader),
            say: fields.optional("say", String::new(), reader),
        };
        fields.finish("a round", reader);
        Some(round)
    }
}

impl<'a> Read<'a> for Insight {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let mut fields = reader.fields(raw, "an insight", "`Insight(time: \"6m\")`")?;
        if fields.name != "Insight" && fields.name != "(" {
            let what = format!("what follows a silence is an insight, not `{}`", fields.name);
            reader.say(Finding::error(reader.range(fields.name), what).help("write `Insight(time: \"6m\")`"));
            return None;
        }
        let insight = Self {
            time: fields.required("time", "\"6m\"", reader),
            prompt: fields.optional("prompt", String::new(), reader),
        };
        fields.finish("an insight", reader);
        Some(insight)
    }
}

impl<'a> Read<'a> for String {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        spot::plain(raw).or_else(|| reader.wrong(raw, "a text", "put it in double quotes: \"…\""))
    }
}

impl<'a> Read<'a> for bool {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        spot::plain(raw)
            .or_else(|| reader.wrong(raw, "true or false", "write `true` or `false`, without quotes"))
    }
}

impl<'a> Read<'a> for u32 {
    /// A number that is too big becomes the biggest, which every check refuses with the range that is meant.
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let number: Option<u64> = spot::plain(raw);
        number
            .map(|number| Self::try_from(number).unwrap_or(Self::MAX))
            .or_else(|| reader.wrong(raw, "a whole number", "write it in digits, without quotes"))
    }
}

impl<'a> Read<'a> for u8 {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        u32::read(raw, reader).map(|number| Self::try_from(number).unwrap_or(Self::MAX))
    }
}

impl<'a> Read<'a> for Span {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let help = "write it like \"90s\", \"5m\" or \"1h30m\"";
        let Some(text) = spot::plain::<String>(raw) else {
            return reader.wrong(raw, "a length of time", help);
        };
        match text.parse() {
            Ok(span) => Some(span),
            Err(super::span::SpanError::Form) => reader.wrong(raw, "a length of time", help),
            Err(super::span::SpanError::TooLong) => reader.wrong(raw, "a day at most", help),
        }
    }
}

impl<'a> Read<'a> for StepKey {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        String::read(raw, reader).map(Self)
    }
}

impl<'a> Read<'a> for SideKey {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        String::read(raw, reader).map(Self)
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        let Some(items) = spot::items(raw, MOST_ITEMS) else {
            return reader.wrong(raw, "a list", "put it in square brackets: [ … ]");
        };
        if items.len() > MOST_ITEMS {
            let expected = format!("a list of at most {MOST_ITEMS} items");
            return reader.wrong(raw, &expected, "no list of a script is that long");
        }
        let Some(left) = reader.items_left.checked_sub(items.len()) else {
            let expected = format!("shorter: all lists together have more than {MOST_IN_ALL} items");
            return reader.wrong(raw, &expected, "no script is that long");
        };
        reader.items_left = left;
        let read = items.into_iter().enumerate().map(|(index, raw)| reader.part(Part::Item(index), raw));
        // All are read before one that failed fails the list: leaving it out would move the numbers of the others.
        let read: Vec<Option<T>> = read.collect();
        read.into_iter().collect()
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
        match spot::inside_option(raw) {
            Some(inside) => T::read(inside, reader).map(Some),
            None => Some(None),
        }
    }
}

macro_rules! words {
    ($($type:ident { $($word:ident),* })*) => {$(
        impl<'a> Read<'a> for $type {
            fn read(raw: &'a str, reader: &mut Reader<'a>) -> Option<Self> {
                // Names every word of the type, or does not compile.
                const _: fn($type) = |word| match word { $($type::$word => (),)* };
                reader.one_of(raw, &[$((stringify!($word), Self::$word)),*])
            }
        }
    )*};
}

words! {
    Level { GlobalFunctions, CategoryAndAccount, PurchasingAndSales }
    Activity { SenseMaking, KnowledgeCreation, DecisionMaking }
    Group { Alone, Pairs, Trios, Fours, Side, All }
    Start { Auto, Manual }
    View { Ours, Theirs, Guess }
    Method { Consent, Consensus, Majority, Lead, Advice }
}

#[cfg(test)]
#[path = "read/tests.rs"]
mod tests;
