//! Whether a script makes sense: what no reader of single fields can see.
//!
//! Works on values alone and names places in them, so that a script that was never a text can be checked too.

use std::collections::BTreeMap;

use super::finding::{Finding, Place, Unread, listed, nearest};
use super::model::{
    CheckOut, Discuss, FORMAT, Insight, Kind, Mirror, Script, Silence, Step, StepKey, View, Vote,
};
use super::span::Span;

/// The most steps a script has.
pub const MOST_STEPS: usize = 200;
/// The most sides a script has.
pub const MOST_SIDES: usize = 4;
const MOST_LENSES: usize = 20;
const MOST_ASPECTS: usize = 12;
const MOST_ROUNDS: usize = 20;
const MOST_ITEMS: usize = 50;

/// Letters in a key.
const KEY: usize = 40;
/// Letters in a name of a side, a field, an aspect, a group or a tag.
const NAME: usize = 60;
/// Letters in a title or topic.
const TITLE: usize = 200;
/// Letters in a text of several sentences.
const TEXT: usize = 4_000;

/// A longer script should have a silence.
const LONG: u64 = 45 * 60;

/// Everything that is wrong with a script, or may be.
#[must_use]
pub fn check(script: &Script) -> Vec<Finding<Place>> {
    check_read(script, &Unread::default())
}

/// The same for a script some of whose values only stand in for what could not be read.
pub(super) fn check_read(script: &Script, unread: &Unread) -> Vec<Finding<Place>> {
    let mut check = Check { script, unread, found: Vec::new() };
    check.frame();
    check.sides();
    check.lenses();
    let steps = Place::default().field("steps");
    let mut earlier = BTreeMap::new();
    for (index, step) in script.steps.iter().enumerate().take(MOST_STEPS) {
        check.step(step, &steps.item(index), &earlier);
        earlier.entry(&step.head.key).or_insert((index, step));
    }
    check.whole();
    check.found
}

struct Check<'s> {
    script: &'s Script,
    unread: &'s Unread,
    found: Vec<Finding<Place>>,
}

type Earlier<'s> = BTreeMap<&'s StepKey, (usize, &'s Step)>;

impl Check<'_> {
    /// Takes a finding, unless what it is about could not be read.
    fn say(&mut self, finding: Finding<Place>) {
        if !self.unread.touches(&finding.at) {
            self.found.push(finding);
        }
    }

    fn frame(&mut self) {
        let root = Place::default();
        let script = self.script;
        if script.format == 0 || script.format > FORMAT {
            let what = format!("there is no format {}", script.format);
            self.say(Finding::error(root.field("format"), what).help(format!("write `format: {FORMAT}`")));
        }
        self.needed(root.field("title"), &script.title, TITLE);
        self.length(root.field("purpose"), &script.purpose, TEXT);
        let steps = root.field("steps");
        if script.steps.is_empty() {
            self.say(Finding::error(steps, "a script needs steps").help("add at least one step"));
        } else if script.steps.len() > MOST_STEPS {
            let what = format!("a script has at most {MOST_STEPS} steps, not {}", script.steps.len());
            self.say(Finding::error(steps.item(MOST_STEPS), what).help("make several scripts of it"));
        }
    }

    fn sides(&mut self) {
        let place = Place::default().field("sides");
        let sides = &self.script.sides;
        if sides.is_empty() {
            let example = "add one like `(key: \"sales\", name: \"Sales\")`";
            self.say(Finding::error(place.clone(), "a script needs at least one side").help(example));
        }
        if sides.len() > MOST_SIDES {
            let what = format!("a script has at most {MOST_SIDES} sides, not {}", sides.len());
            self.say(
                Finding::error(place.item(MOST_SIDES), what).help("let some of them be one side together"),
            );
        }
        let mut keys = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (index, side) in sides.iter().enumerate().take(MOST_SIDES) {
            let here = place.item(index);
            self.key(here.field("key"), &side.key.0);
            self.unique(&mut keys, here.field("key"), side.key.0.clone(), "side");
            self.needed(here.field("name"), &side.name, NAME);
            self.unique(&mut names, here.field("name"), side.name.to_lowercase(), "side");
            self.length(here.field("field"), &side.field, NAME);
        }
    }

    fn lenses(&mut self) {
        let place = Place::default().field("lenses");
        self.count(place.clone(), self.script.lenses.len(), MOST_LENSES);
        let mut keys = BTreeMap::new();
        for (index, lens) in self.script.lenses.iter().enumerate().take(MOST_LENSES) {
            let here = place.item(index);
            self.key(here.field("key"), &lens.key);
            self.unique(&mut keys, here.field("key"), lens.key.clone(), "lens");
            let aspects = here.field("aspects");
            if lens.aspects.is_empty() {
                let finding = Finding::error(aspects.clone(), "a lens needs at least one aspect");
                self.say(finding.help("name what to look at, as in `aspects: [\"Strategy\", \"Process\"]`"));
            }
            self.names(&aspects, &lens.aspects, MOST_ASPECTS, NAME);
            let used = self.script.steps.iter().any(
                |step| matches!(&step.kind, Kind::Mirror(mirror) if mirror.lens.as_ref() == Some(&lens.key)),
            );
            if !used && self.unread.is_empty() {
                let what = format!("no step uses the lens `{}`", lens.key);
                let help = format!("a Mirror names it with `lens: \"{}\"`", lens.key);
                self.say(Finding::warning(here.field("key"), what).help(help));
            }
        }
    }

    fn step(&mut self, step: &Step, here: &Place, earlier: &Earlier<'_>) {
        let head = &step.head;
        self.key(here.field("key"), &head.key.0);
        if let Some((first, _)) = earlier.get(&head.key) {
            self.twice(here.field("key"), "step", Place::default().field("steps").item(*first).field("key"));
        }
        self.needed(here.field("title"), &head.title, TITLE);
        self.length(here.field("prompt"), &head.prompt, TEXT);
        self.length(here.field("say"), &head.say, TEXT);
        self.count(here.field("tips"), head.tips.len(), MOST_ITEMS);
        for (index, tip) in head.tips.iter().enumerate().take(MOST_ITEMS) {
            self.needed(here.field("tips").item(index), tip, TEXT);
        }
        self.some_time(here.field("time"), head.time);
        self.from(step, here, earlier);
        self.rounds(step, here);
        self.kind(step, here);
    }

    fn from(&mut self, step: &Step, here: &Place, earlier: &Earlier<'_>) {
        let steps = &self.script.steps;
        let keys_unread = (0..steps.len())
            .any(|index| self.unread.touches(&Place::default().field("steps").item(index).field("key")));
        self.count(here.field("from"), step.head.from.len(), MOST_ITEMS);
        for (index, key) in step.head.from.iter().enumerate().take(MOST_ITEMS) {
            let here = here.field("from").item(index);
            if step.head.from[..index].contains(key) {
                self.say(Finding::error(here, format!("`{key}` stands in `from` twice")).help("keep one"));
                continue;
            }
            match earlier.get(key) {
                Some((_, source)) if source.kind.yields() => {}
                Some((_, source)) => {
                    let help = if matches!(source.kind, Kind::Silence(_)) {
                        "give it `then: Insight(time: \"6m\")` to have insights".to_owned()
                    } else {
                        format!("a {} collects nothing to go on with", source.kind.name())
                    };
                    let what = format!("nothing comes from the step `{key}`");
                    self.say(Finding::error(here, what).help(help));
                }
                None if keys_unread => {}
                None => {
                    let later = steps.iter().any(|step| &step.head.key == key);
                    let near = nearest(&key.0, earlier.keys().map(|key| key.0.as_str()));
                    let (what, help) = if later {
                        (
                            format!("`{key}` is not an earlier step"),
                            "`from` names steps before this one".to_owned(),
                        )
                    } else {
                        let help = near.map_or_else(
                            || match earlier.len() {
                                0 => "no step is before this one".to_owned(),
                                1..=12 => format!(
                                    "before it are {}",
                                    listed(earlier.keys().map(|key| key.0.as_str()))
                                ),
                                _ => "it names the key of a step before this one".to_owned(),
                            },
                            |near| format!("did you mean `{near}`?"),
                        );
                        (format!("there is no step `{key}`"), help)
                    };
                    self.say(Finding::error(here, what).help(help));
                }
            }
        }
    }

    fn rounds(&mut self, step: &Step, here: &Place) {
        let rounds = here.field("rounds");
        self.count(rounds.clone(), step.head.rounds.len(), MOST_ROUNDS);
        let mut sum: u64 = 0;
        for (index, round) in step.head.rounds.iter().enumerate().take(MOST_ROUNDS) {
            let here = rounds.item(index);
            self.length(here.field("title"), &round.title, TITLE);
            self.length(here.field("say"), &round.say, TEXT);
            self.some_time(here.field("time"), round.time);
            sum += u64::from(round.time.as_secs());
        }
        if sum > u64::from(step.head.time.as_secs()) && !self.unread.touches(&here.field("time")) {
            let sum = u32::try_from(sum).map_or(Span::MAX, Span::from_secs);
            let what = format!("the rounds take {sum}, and the step has {}", step.head.time);
            let help = format!("give the step `time: \"{sum}\"` or shorten the rounds");
            self.say(Finding::error(rounds, what).help(help).also(here.field("time"), "the step's time"));
        }
    }

    fn kind(&mut self, step: &Step, here: &Place) {
        match &step.kind {
            Kind::Brainstorm(brainstorm) => {
                self.names(&here.field("tags"), &brainstorm.tags, MOST_ITEMS, NAME);
                if brainstorm.authors && self.script.anonymous {
                    let what = "no note has its author: the script is anonymous";
                    let finding = Finding::warning(here.field("authors"), what);
                    self.say(finding.help("leave `authors` out, or `anonymous`"));
                }
            }
            Kind::Cluster(cluster) => {
                self.names(&here.field("groups"), &cluster.groups, MOST_ITEMS, NAME);
            }
            Kind::Vote(vote) => self.vote(vote, here),
            Kind::Mirror(mirror) => self.mirror(mirror, here),
            Kind::Silence(silence) => {
                self.silence(silence, here);
                if !step.head.rounds.is_empty() {
                    let finding = Finding::error(here.field("rounds"), "a Silence has no rounds");
                    self.say(finding.help("leave them out: the silence is one, and `then` follows it"));
                }
            }
            Kind::Discuss(discuss) => {
                self.discuss(discuss, step, here);
                if !step.head.rounds.is_empty() {
                    let finding = Finding::error(here.field("rounds"), "a Discuss has no rounds");
                    self.say(finding.help("leave them out: each topic is one, and `each` is its time"));
                }
            }
            Kind::CheckOut(CheckOut { rating }) => {
                self.within(here.field("rating"), u32::from(*rating), 2, 10);
            }
            Kind::CheckIn(_) | Kind::FollowUp(_) | Kind::Break(_) | Kind::Decide(_) => {}
        }
    }

    fn vote(&mut self, vote: &Vote, here: &Place) {
        self.within(here.field("dots"), vote.dots, 1, 99);
        self.within(here.field("keep"), vote.keep, 1, 99);
        if let Some(cap) = vote.cap {
            self.within(here.field("cap"), cap, 1, vote.dots.clamp(1, 99));
        }
        let each = u64::from(vote.keep_each_side) * self.script.sides.len() as u64;
        if each > u64::from(vote.keep) && !self.unread.touches(&here.field("keep")) {
            let what = format!("{} from each side are more than the {} kept", vote.keep_each_side, vote.keep);
            let help = format!("keep at least {each}, or fewer from each side");
            self.say(Finding::error(here.field("keep_each_side"), what).help(help));
        }
    }

    fn mirror(&mut self, mirror: &Mirror, here: &Place) {
        let views = here.field("views");
        if mirror.views.is_empty() {
            let help = format!("leave it out for {}", listed(["Ours", "Theirs", "Guess"]));
            self.say(Finding::error(views.clone(), "a mirror needs at least one view").help(help));
        }
        self.count(views.clone(), mirror.views.len(), MOST_ITEMS);
        for (index, view) in mirror.views.iter().enumerate().take(MOST_ITEMS) {
            if mirror.views[..index].contains(view) {
                let word = match view {
                    View::Ours => "Ours",
                    View::Theirs => "Theirs",
                    View::Guess => "Guess",
                };
                let what = format!("`{word}` stands here twice");
                self.say(Finding::error(views.item(index), what).help("name each view once"));
            }
        }
        self.names(&here.field("topics"), &mirror.topics, MOST_ITEMS, TITLE);
        if self.script.sides.len() == 1 && !self.unread.touches(&Place::default().field("sides")) {
            let finding = Finding::error(here.clone(), "a Mirror needs two sides, and this script has one");
            self.say(finding.help("add a side, or use a Brainstorm"));
        }
        let Some(lens) = &mirror.lens else { return };
        if self.script.lens(lens).is_some() || self.unread.touches(&Place::default().field("lenses")) {
            return;
        }
        let known = || self.script.lenses.iter().map(|lens| lens.key.as_str());
        let help = match (nearest(lens, known()), self.script.lenses.len()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, 0) => format!("add `lenses: [(key: \"{lens}\", aspects: [\"…\", \"…\"])]` to the script"),
            (None, _) => format!("the script has {}", listed(known())),
        };
        self.say(Finding::error(here.field("lens"), format!("there is no lens `{lens}`")).help(help));
    }

    fn silence(&mut self, silence: &Silence, here: &Place) {
        if let Some(Insight { time, prompt }) = &silence.then {
            let then = here.field("then");
            self.some_time(then.field("time"), *time);
            self.length(then.field("prompt"), prompt, TEXT);
        }
    }

    fn discuss(&mut self, discuss: &Discuss, step: &Step, here: &Place) {
        self.names(&here.field("topics"), &discuss.topics, MOST_ITEMS, TITLE);
        let Some(each) = discuss.each else { return };
        self.some_time(here.field("each"), each);
        if each > step.head.time && !self.unread.touches(&here.field("time")) {
            let what = format!("one topic takes {each}, and the step has {}", step.head.time);
            self.say(
                Finding::error(here.field("each"), what)
                    .help(format!("write at most `each: \"{}\"`", step.head.time))
                    .also(here.field("time"), "the step's time"),
            );
        }
    }

    /// What only the whole script shows; said when all of it could be read.
    fn whole(&mut self) {
        let script = self.script;
        if !self.unread.is_empty() || script.steps.is_empty() {
            return;
        }
        let has = |wanted: fn(&Kind) -> bool| script.steps.iter().any(|step| wanted(&step.kind));
        let steps = Place::default().field("steps");
        let total: u64 = script.steps.iter().map(|step| step.planned().as_secs()).sum();
        if total > LONG && !has(|kind| matches!(kind, Kind::Silence(_))) {
            let finding = Finding::warning(steps.clone(), "more than 45 minutes without a Silence");
            self.say(
                finding.help("four minutes of silence before the decisions turn what was seen into insight"),
            );
        }
        if !has(|kind| matches!(kind, Kind::Decide(_))) {
            let finding = Finding::warning(steps, "no step decides anything");
            self.say(finding.help("a Decide near the end lets the session leave something behind"));
        }
    }

    fn key(&mut self, at: Place, key: &str) {
        let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if key.is_empty() || !key.chars().all(fits) || key.starts_with('-') || key.ends_with('-') {
            let finding = Finding::error(at, "a key has lower case letters a to z, digits and `-` inside");
            let better = slug(key);
            self.say(match better.as_str() {
                "" => finding.help("write it like \"what-we-do-well\""),
                better => finding.help(format!("write it like \"{better}\"")),
            });
        } else if key.len() > KEY {
            let finding = Finding::error(at, format!("a key has at most {KEY} letters"));
            self.say(finding.help("it is only for reference; the title says the rest"));
        }
    }

    fn unique(&mut self, first: &mut BTreeMap<String, Place>, at: Place, value: String, what: &str) {
        match first.get(&value) {
            Some(earlier) => self.twice(at, what, earlier.clone()),
            None => {
                first.insert(value, at);
            }
        }
    }

    fn twice(&mut self, at: Place, what: &str, earlier: Place) {
        let message = format!("another {what} has this {} already", at.last_name());
        let help = format!("give each {what} its own");
        self.say(Finding::error(at, message).help(help).also(earlier, "here"));
    }

    fn needed(&mut self, at: Place, text: &str, most: usize) {
        if text.trim().is_empty() {
            let what = format!("{} is empty", at.subject());
            self.say(Finding::error(at, what).help("say it in a few words"));
        } else {
            self.length(at, text, most);
        }
    }

    fn length(&mut self, at: Place, text: &str, most: usize) {
        // Bytes first: letters are never more, and counting them takes time.
        if text.len() > most && text.chars().count() > most {
            let what = format!("{} has {} letters", at.subject(), text.chars().count());
            self.say(Finding::error(at, what).help(format!("at most {most} have room")));
        }
    }

    fn names(&mut self, at: &Place, names: &[String], most: usize, letters: usize) {
        self.count(at.clone(), names.len(), most);
        let mut first = BTreeMap::new();
        for (index, name) in names.iter().enumerate().take(most) {
            self.needed(at.item(index), name, letters);
            if let Some(earlier) = first.insert(name.as_str(), index) {
                let what = format!("{} stands in {} twice", quoted(name), at.subject());
                self.say(
                    Finding::error(at.item(index), what).help("keep one").also(at.item(earlier), "here"),
                );
            }
        }
    }

    fn count(&mut self, at: Place, count: usize, most: usize) {
        if count > most {
            let what = format!("{} has {count} items", at.subject());
            self.say(Finding::error(at, what).help(format!("at most {most} are read")));
        }
    }

    fn some_time(&mut self, at: Place, time: Span) {
        if time.is_zero() {
            let what = format!("{} is no time at all", at.subject());
            self.say(Finding::error(at, what).help("write it like \"90s\", \"5m\" or \"1h30m\""));
        }
    }

    fn within(&mut self, at: Place, number: u32, least: u32, most: u32) {
        if !(least..=most).contains(&number) {
            let what = format!("{} must be from {least} to {most}", at.subject());
            self.say(Finding::error(at, what).help(format!("write a number from {least} to {most}")));
        }
    }
}

/// The beginning of a text that somebody wrote, in quotes.
fn quoted(text: &str) -> String {
    let mut letters = text.chars();
    let begin: String = letters.by_ref().take(30).collect();
    let dots = if letters.next().is_some() { "…" } else { "" };
    format!("“{begin}{dots}”")
}

/// A key like a text that is none.
fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.take(6).collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.truncate(KEY);
    slug.trim_end_matches('-').to_owned()
}
