//! The session without what is hidden: all that screens, files and exports may see.
//!
//! Owns: what "hidden" means for a reader. Never: hands out the session itself.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::IndexMap;

use super::agenda::{Part, Pass, Schedule, Visit};
use super::event::{Draft, ItemId};
use super::id::{SessionId, StepId};
use super::interruption::Interruption;
use super::known::{Known, once};
use super::mirror::{Entry, Gap, Judgement, Possibility, Saying, Topic, TopicId};
use super::note::{Note, NoteId};
use super::people::{Participant, PersonId, Side};
use super::record::{Made, PassRef};
use super::series::{OpenItem, Origin, Series};
use super::state::{Session, Status};
use super::voice::Voice;
use super::{ActionItem, Decision, Fate, Insight, Items, Parked, Rating, Update};
use crate::script::{Privacy, Script, SideKey, Step};
use crate::timer::Timestamp;

/// A view of a session that cannot show what is hidden.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a>(
    pub(super) &'a Session,
    /// What was worked out of it already, where somebody remembers that.
    pub(super) Option<&'a Known>,
);

impl<'a> From<&'a Session> for Shown<'a> {
    fn from(session: &'a Session) -> Self {
        Self(session, None)
    }
}

impl<'a> Shown<'a> {
    /// The session's identity.
    #[must_use]
    pub const fn id(self) -> SessionId {
        self.0.id
    }

    /// The session's title.
    #[must_use]
    pub fn title(self) -> &'a str {
        &self.0.title
    }

    /// Whether it is open.
    #[must_use]
    pub const fn status(self) -> Status {
        self.0.status
    }

    /// When it was opened.
    #[must_use]
    pub const fn opened(self) -> Timestamp {
        self.0.opened
    }

    /// When it was last worked on: when its newest step was entered or left, else when it was opened.
    #[must_use]
    pub fn last_worked_on(self) -> Timestamp {
        let visits = self.0.passes.iter().flat_map(|pass| &pass.visits);
        visits.map(|visit| visit.to.unwrap_or(visit.from)).max().unwrap_or(self.0.opened)
    }

    /// What it keeps to itself.
    #[must_use]
    pub const fn privacy(self) -> Privacy {
        self.0.privacy()
    }

    /// The script as planned.
    #[must_use]
    pub const fn script(self) -> &'a Script {
        &self.0.script
    }

    /// The parties.
    #[must_use]
    pub fn sides(self) -> &'a [Side] {
        &self.0.sides
    }

    /// A side by its key.
    #[must_use]
    pub fn side(self, key: &SideKey) -> Option<&'a Side> {
        self.0.side(key)
    }

    /// A side's place, from 0: it settles its colour.
    #[must_use]
    pub fn side_place(self, key: &SideKey) -> Option<usize> {
        self.0.side_place(key)
    }

    /// The people.
    #[must_use]
    pub const fn people(self) -> &'a Items<Participant> {
        &self.0.people
    }

    /// What a person is called; empty where the person is gone.
    #[must_use]
    pub fn name(self, person: PersonId) -> &'a str {
        self.0.person(person).map_or("", |person| person.name.as_str())
    }

    /// The side of a person; none for a guest, or where the person is gone.
    #[must_use]
    pub fn side_of(self, person: PersonId) -> Option<&'a SideKey> {
        self.0.person(person)?.side.as_ref()
    }

    /// Those who are there and have neither spoken nor written yet.
    pub fn unheard(self) -> impl Iterator<Item = &'a Participant> {
        self.0.unheard()
    }

    /// Whether people are known by name and none of those who are there may commit their side.
    #[must_use]
    pub fn lacks_decision_maker(self) -> bool {
        self.0.lacks_decision_maker()
    }

    /// The agenda's steps in order.
    pub fn agenda(self) -> impl Iterator<Item = (StepId, &'a Step)> {
        let session = self.0;
        session.agenda.iter().filter_map(move |entry| Some((entry.id, session.script.step(&entry.key)?)))
    }

    /// The step of an entry of the agenda.
    #[must_use]
    pub fn step(self, id: StepId) -> Option<&'a Step> {
        self.0.step(id)
    }

    /// The present step and its pass; none before the first.
    #[must_use]
    pub fn present(self) -> Option<(&'a Step, &'a Pass)> {
        Some((self.0.current_step()?, self.0.current()?))
    }

    /// All passes in the order in which they began.
    #[must_use]
    pub fn passes(self) -> &'a [Pass] {
        &self.0.passes
    }

    /// When a pass was the present one during the meeting: visits for the write-up don't count.
    pub fn visits(self, pass: &Pass) -> impl DoubleEndedIterator<Item = Visit> + Clone {
        let end = self.0.status.meeting_closed();
        let within = move |visit: &&Visit| end.is_none_or(|end| visit.from < end);
        let cut = move |visit: &Visit| Visit {
            from: visit.from,
            to: end.map_or(visit.to, |end| Some(visit.to.map_or(end, |to| to.min(end)))),
        };
        pass.visits.iter().filter(within).map(cut)
    }

    /// The newest pass of a step.
    #[must_use]
    pub fn last_pass(self, step: StepId) -> Option<&'a Pass> {
        self.0.last_pass(step)
    }

    /// What one key leads to.
    #[must_use]
    pub fn next_part(self) -> Option<Part> {
        self.0.next_part()
    }

    /// Whether a step was passed over, as a follow-up is where nothing was left open: something later in the
    /// agenda ran.
    #[must_use]
    pub fn was_passed_over(self, step: StepId) -> bool {
        let mut later = self.agenda().skip_while(|(id, _)| *id != step);
        self.last_pass(step).is_none()
            && self.0.passes_over(step)
            && later.any(|(id, _)| self.last_pass(id).is_some())
    }

    /// What one key leads back to.
    #[must_use]
    pub fn previous_part(self) -> Option<Part> {
        self.0.previous_part()
    }

    /// When nothing went on, and what was said of it.
    #[must_use]
    pub fn interruptions(self) -> &'a [Interruption] {
        &self.0.interruptions
    }

    /// The interruption that lasts now.
    #[must_use]
    pub fn interrupted(self) -> Option<&'a Interruption> {
        self.0.interrupted()
    }

    /// The newest interruption, where it is over, was long, and nobody has said what it was.
    #[must_use]
    pub fn unexplained(self) -> Option<&'a Interruption> {
        self.0.unexplained()
    }

    /// How much of the time between two moments does not count, in milliseconds.
    #[must_use]
    pub fn left_out(self, from: Timestamp, to: Timestamp) -> i64 {
        self.0.left_out(from, to)
    }

    /// The agenda against the clock.
    #[must_use]
    pub fn schedule(self, now: Timestamp) -> Schedule {
        self.0.schedule(now)
    }

    /// What was written of something; none where it is gone or hidden.
    #[must_use]
    pub fn draft(self, id: ItemId) -> Option<Draft> {
        let hidden = match id {
            ItemId::Note(id) => self.note(id).is_none(),
            ItemId::Entry(id) => self.0.entries.get(id).is_none_or(|entry| !self.is_revealed(entry.topic)),
            ItemId::Ballot(id) => {
                self.0.ballots.get(id).is_none_or(|ballot| !self.0.tally_is_open(ballot.made.during()))
            }
            ItemId::Person(_)
            | ItemId::Cluster(_)
            | ItemId::Placement(_)
            | ItemId::Ruling(_)
            | ItemId::Topic(_)
            | ItemId::Judgement(_)
            | ItemId::Possibility(_)
            | ItemId::Insight(_)
            | ItemId::Decision(_)
            | ItemId::Action(_)
            | ItemId::Rating(_)
            | ItemId::Update(_)
            | ItemId::Parked(_)
            | ItemId::Voice(_) => false,
        };
        if hidden { None } else { id.draft(self.0) }
    }

    /// The notes of a pass that can be seen, without those [left out](Self::without_confidential).
    pub fn notes(self, pass: PassRef) -> impl DoubleEndedIterator<Item = &'a Note> {
        let covered = Covered::of(self.0.pass(pass));
        let of_pass = self.0.notes.iter().filter(move |note| note.made.during() == pass);
        of_pass.filter(move |note| !covered.holds(&note.made) && !note.is_left_out())
    }

    /// All notes that can be seen.
    pub fn all_notes(self) -> impl Iterator<Item = &'a Note> {
        let covered = self.covered_rounds();
        let open = move |note: &&Note| !covered.contains(&(note.made.during(), note.made.round));
        self.0.notes.iter().filter(open).filter(|note| !note.is_left_out())
    }

    /// The notes of a pass by their side: one for each side in the session's order, and one at the end for
    /// those of no side. Without those [left out](Self::without_confidential).
    #[must_use]
    pub fn notes_by_side(self, pass: PassRef) -> Cow<'a, [NotesOf]> {
        once(
            self.known_of(pass),
            |known| &known.notes,
            || {
                let sides = self.0.sides.iter().map(|side| Some(side.key.clone()));
                let mut all: Vec<NotesOf> =
                    sides.chain([None]).map(|side| NotesOf { side, seen: Vec::new(), hidden: 0 }).collect();
                let covered = Covered::of(self.0.pass(pass));
                let of_pass = |note: &&Note| note.made.during() == pass && !note.is_left_out();
                for note in self.0.notes.iter().filter(of_pass) {
                    let Some(of) = all.iter_mut().find(|of| of.side == note.side) else { continue };
                    if covered.holds(&note.made) {
                        of.hidden += 1;
                    } else {
                        of.seen.push(note.id);
                    }
                }
                all
            },
        )
    }

    /// The tags of all notes that can be seen, each with how many notes have it, in the order in which they
    /// were first used.
    pub fn used_tags(self) -> impl Iterator<Item = (&'a str, usize)> {
        let count = || {
            let mut counted: IndexMap<&str, UsedTag> = IndexMap::new();
            for note in self.all_notes() {
                for (place, tag) in note.tags.iter().enumerate() {
                    counted.entry(tag).or_insert(UsedTag { note: note.id, place, notes: 0 }).notes += 1;
                }
            }
            counted.into_values().collect()
        };
        let used: Cow<'a, [UsedTag]> = once(self.1, |known| &known.tags, count);
        let told = move |tag: UsedTag| {
            let word = self.0.notes.get(tag.note)?.tags.get(tag.place)?;
            Some((word.as_str(), tag.notes))
        };
        (0..used.len()).map(move |place| used[place]).filter_map(told)
    }

    /// A note, where it can be seen.
    #[must_use]
    pub fn note(self, id: NoteId) -> Option<&'a Note> {
        self.0.notes.get(id).filter(|note| self.0.cover(&note.made).is_open())
    }

    /// How many notes of a pass and side are hidden.
    #[must_use]
    pub fn hidden_notes(self, pass: PassRef, side: Option<&SideKey>) -> usize {
        let covered = Covered::of(self.0.pass(pass));
        let hidden = |note: &&Note| note.made.during() == pass && covered.holds(&note.made);
        self.0.notes.iter().filter(hidden).filter(|note| note.side.as_ref() == side).count()
    }

    /// The rounds of a pass, from 1, that hold something hidden.
    pub fn hidden_rounds(self, pass: PassRef) -> impl Iterator<Item = u32> {
        let covered = Covered::of(self.0.pass(pass));
        let mut rounds: Vec<u32> = covered.0.clone();
        rounds.retain(|round| {
            self.0.notes.iter().any(|note| note.made.during() == pass && note.made.round == *round)
        });
        rounds.into_iter()
    }

    /// The passes whose results come into a step.
    pub fn sources(self, step: StepId) -> impl Iterator<Item = &'a Pass> {
        self.0.sources(step)
    }

    /// The topics of a pass.
    pub fn topics(self, pass: PassRef) -> impl Iterator<Item = &'a Topic> {
        self.0.topics_of(pass)
    }

    /// A topic.
    #[must_use]
    pub fn topic(self, id: TopicId) -> Option<&'a Topic> {
        self.0.topics.get(id)
    }

    /// Whether the accounts of a topic can be seen.
    #[must_use]
    pub fn is_revealed(self, topic: TopicId) -> bool {
        self.0.topic_cover(topic).is_open()
    }

    /// The entries of a topic; none before it is revealed.
    pub fn entries(self, topic: TopicId) -> impl Iterator<Item = &'a Entry> {
        let revealed = self.is_revealed(topic);
        self.0.entries.iter().filter(move |entry| revealed && entry.topic == topic)
    }

    /// How many entries one cell of a topic holds, hidden or not.
    #[must_use]
    pub fn entry_count(self, topic: TopicId, by: &SideKey, saying: &Saying, aspect: Option<&str>) -> usize {
        self.0
            .entries
            .iter()
            .filter(|entry| {
                entry.topic == topic
                    && &entry.by == by
                    && &entry.saying == saying
                    && entry.aspect.as_deref() == aspect
            })
            .count()
    }

    /// How many entries one side wrote of a topic, hidden or not.
    #[must_use]
    pub fn entries_by(self, topic: TopicId, by: &SideKey) -> usize {
        self.0.entries.iter().filter(|entry| entry.topic == topic && &entry.by == by).count()
    }

    /// The judgement on one account.
    #[must_use]
    pub fn judgement(self, topic: TopicId, about: &SideKey) -> Option<&'a Judgement> {
        self.0.judgement_on(topic, about)
    }

    /// All judgements.
    #[must_use]
    pub const fn judgements(self) -> &'a Items<Judgement> {
        &self.0.judgements
    }

    /// The gap on one account.
    #[must_use]
    pub fn gap(self, topic: TopicId, about: &SideKey) -> Option<Gap> {
        self.judgement(topic, about).map(|judgement| judgement.gap)
    }

    /// All learning possibilities.
    #[must_use]
    pub const fn possibilities(self) -> &'a Items<Possibility> {
        &self.0.possibilities
    }

    /// A learning possibility to begin with, from a judged account.
    #[must_use]
    pub fn suggested(self, judgement: &Judgement) -> Option<super::mirror::PossibilityDraft> {
        super::mirror::suggested(self.0, judgement)
    }

    /// The insights of a pass.
    pub fn insights(self, pass: PassRef) -> impl DoubleEndedIterator<Item = &'a Insight> {
        self.0.insights.iter().filter(move |insight| insight.made.during() == pass)
    }

    /// All insights.
    #[must_use]
    pub const fn all_insights(self) -> &'a Items<Insight> {
        &self.0.insights
    }

    /// All decisions.
    #[must_use]
    pub const fn decisions(self) -> &'a Items<Decision> {
        &self.0.decisions
    }

    /// All actions.
    #[must_use]
    pub const fn actions(self) -> &'a Items<ActionItem> {
        &self.0.actions
    }

    /// The ratings of a pass.
    pub fn ratings(self, pass: PassRef) -> impl DoubleEndedIterator<Item = &'a Rating> {
        self.0.ratings.iter().filter(move |rating| rating.made.during() == pass)
    }

    /// The series it belongs to; none for one that stands alone, or that others follow.
    #[must_use]
    pub const fn series(self) -> Option<&'a Series> {
        self.0.series.as_ref()
    }

    /// The series it belongs to: its own, or the one that would begin with it.
    #[must_use]
    pub fn series_or_own(self) -> Series {
        self.0.series_or_own()
    }

    /// What its series had left open when it was opened, oldest due first.
    #[must_use]
    pub fn open_items(self) -> &'a [OpenItem] {
        &self.0.open_items
    }

    /// Later words on what was decided, done or parked.
    #[must_use]
    pub const fn updates(self) -> &'a Items<Update> {
        &self.0.updates
    }

    /// The newest word of this session on something.
    #[must_use]
    pub fn update_on(self, of: &Origin) -> Option<&'a Update> {
        self.0.updates.iter().rfind(|update| update.of == *of)
    }

    /// The parking lot.
    #[must_use]
    pub const fn parked(self) -> &'a Items<Parked> {
        &self.0.parked
    }

    /// How many parked thoughts wait for a word on what is to become of them.
    #[must_use]
    pub fn waiting(self) -> usize {
        self.0.parked.iter().filter(|parked| parked.fate == Fate::Waiting).count()
    }

    /// The turns to speak of a pass, taken or passed.
    pub fn voices(self, pass: PassRef) -> impl DoubleEndedIterator<Item = &'a Voice> {
        self.0.voices.iter().filter(move |voice| voice.made.during() == pass)
    }

    /// Whether anything at all is hidden.
    #[must_use]
    pub fn has_hidden(self) -> bool {
        self.0.has_hidden()
    }

    /// How many notes, mirror entries and dots are hidden, of all steps and sides.
    #[must_use]
    pub fn all_hidden(self) -> (usize, usize, usize) {
        let session = self.0;
        let notes = session.notes.iter().filter(|note| !session.cover(&note.made).is_open());
        let entries = session.entries.iter().filter(|entry| !session.topic_cover(entry.topic).is_open());
        let ballots = session.ballots.iter().filter(|ballot| !session.tally_is_open(ballot.made.during()));
        let dots = ballots.flat_map(|ballot| &ballot.dots).map(|given| u64::from(given.dots)).sum::<u64>();
        (notes.count(), entries.count(), usize::try_from(dots).unwrap_or(usize::MAX))
    }

    /// The hidden rounds of all passes: looked up once, not for each note.
    fn covered_rounds(self) -> HashSet<(PassRef, u32)> {
        let of =
            |pass: &'a Pass| Covered::of(Some(pass)).0.into_iter().map(|round| (pass.reference(), round));
        self.0.passes.iter().flat_map(of).collect()
    }

    /// The session as its file may hold it: everything that can be seen, nothing that cannot.
    #[must_use]
    pub fn to_file(self) -> Session {
        let session = self.0;
        let covered = self.covered_rounds();
        Session {
            format: session.format,
            id: session.id,
            title: session.title.clone(),
            status: session.status,
            opened: session.opened,
            confidential: session.confidential,
            anonymous: session.anonymous,
            planned_start: session.planned_start,
            series: session.series.clone(),
            follows: session.follows,
            open_items: session.open_items.clone(),
            sides: session.sides.clone(),
            people: session.people.clone(),
            agenda: session.agenda.clone(),
            present: session.present,
            interruptions: session.interruptions.clone(),
            passes: session.passes.clone(),
            notes: session.notes.filtered(|note| {
                !covered.contains(&(note.made.during(), note.made.round)) && !note.is_left_out()
            }),
            clusters: session.clusters.clone(),
            placements: session.placements.clone(),
            ballots: session.ballots.filtered(|ballot| session.tally_is_open(ballot.made.during())),
            rulings: session.rulings.clone(),
            topics: session.topics.clone(),
            entries: session.entries.filtered(|entry| session.topic_cover(entry.topic).is_open()),
            judgements: session.judgements.clone(),
            possibilities: session.possibilities.clone(),
            insights: session.insights.clone(),
            decisions: session.decisions.clone(),
            actions: session.actions.clone(),
            ratings: session.ratings.clone(),
            updates: session.updates.clone(),
            parked: session.parked.clone(),
            voices: session.voices.clone(),
            script: session.script.clone(),
        }
    }
}

/// The notes of one side, or of none, in a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotesOf {
    /// The side; none for notes that are nobody's alone.
    pub side: Option<SideKey>,
    /// Those that can be seen, oldest first.
    pub seen: Vec<NoteId>,
    /// How many are hidden.
    pub hidden: usize,
}

/// A tag, by where it was first used.
#[derive(Debug, Clone, Copy)]
pub(super) struct UsedTag {
    note: NoteId,
    /// Its place among the note's tags.
    place: usize,
    /// How many notes have it.
    notes: usize,
}

/// The rounds of one pass that are hidden: looked up once, not for each note.
struct Covered(Vec<u32>);

impl Covered {
    fn of(pass: Option<&Pass>) -> Self {
        let rounds = pass.map(|pass| pass.rounds.as_slice()).unwrap_or_default();
        Self(rounds.iter().zip(1..).filter(|(run, _)| !run.cover.is_open()).map(|(_, round)| round).collect())
    }

    fn holds(&self, made: &Made) -> bool {
        self.0.contains(&made.round)
    }
}
