//! What somebody in the room might want: places and things by number, so that it shrinks well and means
//! something in any session.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::script::{Cluster, Kind, Script, SideKey, Vote};
use crate::session::testing::{Room, december, decision, entry, moment, note, rating, side, step, with_talk};
use crate::session::{
    Acceptance, ActionDraft, Ask, Author, Away, Carried, ClusterDraft, ClusterId, Dots, Draft, Driver, Fate,
    Gap, Id, InsightDraft, Item, ItemId, Items, JudgementDraft, Matter, Origin, Outcome, Ownership,
    ParkedDraft, Part, ParticipantDraft, PassRef, PersonId, PlacementDraft, PlacementId, PossibilityDraft,
    Request, Role, Said, Saying, Session, Standing, StepId, Taken, TopicDraft, UpdateDraft, VoiceDraft,
    Voter, Who,
};

/// What can become of a parked thought.
const FATES: [Fate; 4] = [Fate::Waiting, Fate::Discussed, Fate::NextSession, Fate::Dropped];

#[derive(Debug, Clone)]
pub(super) enum Wish {
    Wait(u8),
    Next,
    Back,
    Step(u8),
    Repeat(u8),
    Round(u8),
    Topic(u8),
    Topics,
    StartTimer,
    PauseTimer,
    Extend(i8),
    RevealRound(u8, u8),
    RevealTopic(u8),
    RevealAll,
    DropHidden,
    OrderTopics(u8, u8),
    ShowHands(u8, u8),
    BeginSilence,
    Shorten(u8),
    EndSilence,
    Interrupt,
    Resume,
    Miss,
    Take(u8),
    Seen,
    Add(Option<u8>, Vec<Thing>),
    Change(u8, Thing),
    Remove(Thing),
    Judge(u8, bool, Option<u8>),
    Group(Vec<u8>, Option<u8>),
    NewGroup(Vec<u8>, bool),
    Merge(u8, u8),
    SettleParked(u8),
    GiveDots(Vec<(u8, u8, u8)>),
    Keep(u8),
    Retitle,
    Close,
    Reopen,
    ResumeMeeting,
    Undo,
    Redo,
}

/// Something to write: which kind, about what, whose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thing {
    kind: u8,
    which: u8,
    ours: bool,
    empty: bool,
}

fn thing() -> impl Strategy<Value = Thing> {
    (
        prop_oneof![1 => Just(0), 3 => 2_u8..6, 6 => 0_u8..15],
        0_u8..6,
        any::<bool>(),
        prop::bool::weighted(0.05),
    )
        .prop_map(|(kind, which, ours, empty)| Thing { kind, which, ours, empty })
}

fn things() -> impl Strategy<Value = Vec<Thing>> {
    prop_oneof![12 => vec(thing(), 1), 2 => vec(thing(), 2..4), 1 => Just(Vec::new())]
}

fn wish() -> impl Strategy<Value = Wish> {
    use Wish::*;
    prop_oneof![
        4 => any::<u8>().prop_map(Wait),
        6 => Just(Next),
        1 => Just(Back),
        3 => (0_u8..9).prop_map(Step),
        1 => (0_u8..9).prop_map(Repeat),
        1 => (0_u8..4).prop_map(Round),
        1 => (0_u8..6).prop_map(Topic),
        1 => Just(Topics),
        1 => Just(StartTimer),
        1 => Just(PauseTimer),
        1 => any::<i8>().prop_map(Extend),
        2 => (0_u8..6, 0_u8..4).prop_map(|(pass, round)| RevealRound(pass, round)),
        4 => (0_u8..6).prop_map(RevealTopic),
        1 => Just(RevealAll),
        1 => Just(DropHidden),
        3 => (0_u8..5, 0_u8..5).prop_map(|(round, to)| OrderTopics(round, to)),
        2 => (0_u8..4, 0_u8..4).prop_map(|(more, enough)| ShowHands(more, enough)),
        1 => Just(BeginSilence),
        1 => any::<u8>().prop_map(Shorten),
        3 => Just(EndSilence),
        2 => Just(Interrupt),
        3 => Just(Resume),
        2 => Just(Miss),
        4 => (0_u8..3).prop_map(Take),
        1 => Just(Seen),
        18 => (prop::option::weighted(0.3, 0_u8..6), things()).prop_map(|(to, things)| Add(to, things)),
        12 => (0_u8..6, thing()).prop_map(|(which, thing)| Change(which, thing)),
        3 => thing().prop_map(Remove),
        4 => (0_u8..6, any::<bool>(), prop::option::weighted(0.8, 0_u8..6))
            .prop_map(|(topic, ours, gap)| Judge(topic, ours, gap)),
        3 => (vec(0_u8..6, 1..4), prop::option::weighted(0.7, 0_u8..6)).prop_map(|(what, into)| Group(what, into)),
        2 => (vec(0_u8..6, 0..3), prop::bool::weighted(0.1)).prop_map(|(what, same)| NewGroup(what, same)),
        1 => (0_u8..6, 0_u8..6).prop_map(|(from, into)| Merge(from, into)),
        1 => (0_u8..4).prop_map(SettleParked),
        4 => vec((0_u8..6, 0_u8..6, 0_u8..4), 1..4).prop_map(GiveDots),
        2 => (0_u8..6).prop_map(Keep),
        1 => Just(Retitle),
        1 => Just(Close),
        4 => Just(Reopen),
        2 => Just(ResumeMeeting),
        4 => Just(Undo),
        2 => Just(Redo),
    ]
}

/// What two authors want, in turn.
pub(super) fn by_both() -> impl Strategy<Value = Vec<(Author, Wish)>> {
    let author = prop_oneof![3 => Just(Author::Facilitator), 2 => Just(Author::Outside)];
    (prelude(), vec((author, wish()), 0..60)).prop_map(|(prelude, rest)| [prelude, rest].concat())
}

/// What one author wants.
pub(super) fn by_one() -> impl Strategy<Value = Vec<(Author, Wish)>> {
    let one = vec((Just(Author::Facilitator), wish()), 0..60);
    (prelude(), one).prop_map(|(prelude, rest)| [prelude, rest].concat())
}

/// Some begin in a mirror with a revealed topic, in the check-out, in a discussion, with notes to
/// group or with dots, or with something parked and a word on it, where there is most to do.
fn prelude() -> impl Strategy<Value = Vec<(Author, Wish)>> {
    let by_me =
        |wishes: &[Wish]| wishes.iter().map(|wish| (Author::Facilitator, wish.clone())).collect::<Vec<_>>();
    let rating = Thing { kind: 9, which: 3, ours: true, empty: false };
    let mirror = by_me(&[Wish::Step(0), Wish::Step(1), Wish::RevealTopic(0)]);
    let note = Thing { kind: 0, which: 0, ours: true, empty: false };
    let notes = Wish::Add(None, vec![note; 3]);
    let groups = by_me(&[Wish::Step(0), Wish::Next, notes, Wish::Step(7), Wish::Group(vec![0, 1], Some(0))]);
    let notes = Wish::Add(None, vec![note; 3]);
    let given = Wish::GiveDots(vec![(0, 3, 2), (1, 4, 1), (2, 2, 1)]);
    let dots = by_me(&[Wish::Step(0), Wish::Next, notes, Wish::Step(8), given, Wish::RevealRound(1, 1)]);
    let check_out = by_me(&[Wish::Step(0), Wish::Step(5), Wish::Add(None, vec![rating])]);
    let thing = |kind| Wish::Add(None, vec![Thing { kind, which: 3, ours: true, empty: false }]);
    let parking = by_me(&[Wish::Step(4), thing(11), thing(10)]);
    let talk = by_me(&[Wish::Step(0), thing(0), thing(0), Wish::RevealRound(0, 1), Wish::Step(6)]);
    prop_oneof![
        2 => Just(Vec::new()),
        3 => Just(mirror),
        1 => Just(check_out),
        2 => Just(parking),
        2 => Just(talk),
        2 => Just(groups),
        2 => Just(dots)
    ]
}

/// The ordinary script with what it lacks, at the end: its notes into groups, and dots on them.
pub(crate) fn storm_script() -> Script {
    let mut script = with_talk();
    let groups = vec!["Price".to_owned(), "People".to_owned()];
    let groups = Kind::Cluster(Cluster { groups });
    script.steps.push(step("groups", "What belongs together?", 5, &["practices"], groups));
    let vote = Kind::Vote(Vote { cap: Some(2), keep: 2, keep_each_side: 1, ..Vote::default() });
    script.steps.push(step("pick", "Which ones?", 4, &["practices"], vote));
    script
}

/// A room in which all of it was asked for.
pub(super) fn play(wishes: &[(Author, Wish)]) -> Room {
    play_in(Room::of(storm_script()), wishes)
}

/// The same in a room of one's own.
pub(super) fn play_in(mut room: Room, wishes: &[(Author, Wish)]) -> Room {
    for ((by, wish), n) in wishes.iter().zip(0..) {
        if let Wish::Wait(secs) = wish {
            room = room.wait(i64::from(*secs));
        }
        if let Some(what) = wish.request(room.session(), n) {
            let _ = room.ask_by(*by, what);
        }
    }
    room
}

/// The highest number: it names something that is not there.
const NOTHING: u8 = 5;

fn nth<T: Item>(list: &Items<T>, which: u8) -> Option<T::Id> {
    let place = usize::from(which).checked_rem(list.len())?;
    list.iter().nth(place).filter(|_| which != NOTHING).map(Item::id)
}

fn grouped(session: &Session, which: &[u8]) -> Vec<Carried> {
    let note = |which: &u8| nth(&session.notes, *which).unwrap_or(crate::session::NoteId(stranger()));
    which.iter().map(|which| Carried::Note(note(which))).collect()
}

fn given(session: &Session, dots: &[(u8, u8, u8)]) -> Vec<Dots> {
    let one = |(what, by, dots): &(u8, u8, u8)| Dots {
        what: grouped(session, &[*what])[0],
        by: voter(session, *by),
        dots: u32::from(*dots),
    };
    dots.iter().map(one).collect()
}

fn voter(session: &Session, which: u8) -> Voter {
    match (which, nth(&session.people, which)) {
        (3, _) => Voter::Side(sides(true).0),
        (4, _) => Voter::Together,
        (_, Some(person)) => Voter::Person(person),
        (_, None) => Voter::Side(sides(which.is_multiple_of(2)).0),
    }
}

fn stranger() -> Id {
    Id::new(0xBAD)
}

fn sides(ours: bool) -> (SideKey, SideKey) {
    let (one, other) = (side("purchasing"), side("sales"));
    if ours { (one, other) } else { (other, one) }
}

impl Wish {
    /// What it means in `session`; nothing for waiting. `n` makes its words differ from all others.
    pub(super) fn request(&self, session: &Session, n: u64) -> Option<Request> {
        let step = |which: u8| {
            let entry = session.agenda.get(usize::from(which));
            entry.map_or(StepId(stranger()), |entry| entry.id)
        };
        let pass = |which: u8| {
            let pass = session.passes.get(usize::from(which) % (session.passes.len() + 1));
            pass.map_or(PassRef { step: StepId(stranger()), pass: 1 }, crate::session::Pass::reference)
        };
        let cluster = |which: u8| nth(&session.clusters, which).unwrap_or(ClusterId(stranger()));
        let topic = |which: u8| nth(&session.topics, which).unwrap_or(crate::session::TopicId(stranger()));
        Some(match self {
            Self::Wait(_) => return None,
            Self::Next => Request::Go(session.next_part()?),
            Self::Back => Request::Go(session.previous_part()?),
            Self::Step(which) => Request::Go(Part::Step(step(*which))),
            Self::Repeat(which) => Request::Repeat(step(*which)),
            Self::Round(round) => Request::Go(Part::Round(u32::from(*round))),
            Self::Topic(which) => Request::Go(Part::Topic(topic(*which))),
            Self::Topics => Request::Go(Part::Topics),
            Self::StartTimer => Request::StartTimer,
            Self::PauseTimer => Request::PauseTimer,
            Self::Extend(secs) => Request::ExtendTimer(i64::from(*secs)),
            Self::RevealRound(which, round) => {
                Request::RevealRound { pass: pass(*which), round: u32::from(*round) }
            }
            Self::RevealTopic(which) => Request::RevealTopic(topic(*which)),
            Self::RevealAll => Request::RevealAll,
            Self::DropHidden => Request::DropHidden,
            Self::OrderTopics(round, to) => {
                let order = session
                    .current()
                    .and_then(|pass| pass.talk()?.moved(pass.round, u32::from(*round), usize::from(*to)));
                Request::OrderTopics(order.unwrap_or_else(|| vec![2, 1]))
            }
            Self::ShowHands(more, enough) => {
                Request::ShowHands { more: u32::from(*more), enough: u32::from(*enough) }
            }
            Self::BeginSilence => Request::BeginSilence,
            Self::Shorten(secs) => Request::ShortenSilence(u32::from(*secs)),
            Self::EndSilence => Request::EndSilence,
            Self::Interrupt => Request::Interrupt,
            Self::Resume => Request::Resume,
            Self::Miss => Request::Miss { from: moment(0) },
            Self::Take(taken) => Request::TakeInterruption(
                [Taken::LeftOut, Taken::Fitted, Taken::Counted][usize::from(*taken)],
            ),
            Self::Seen => Request::Seen,
            Self::Add(to, things) => Request::Add {
                to: to.map(pass),
                drafts: things.iter().zip(0..).map(|(thing, i)| thing.draft(session, n, i)).collect(),
            },
            Self::Change(which, thing) => {
                let of = Thing { which: *which, ..*thing };
                Request::Change { id: of.id(session), draft: thing.draft(session, n, 0) }
            }
            Self::Remove(thing) => Request::Remove(thing.id(session)),
            Self::Judge(which, ours, gap) => Request::Judge {
                topic: topic(*which),
                about: sides(*ours).0,
                gap: gap.map(|gap| Gap::ALL[usize::from(gap)]),
            },
            Self::Group(what, into) => {
                Request::Group { what: grouped(session, what), into: into.map(cluster) }
            }
            Self::NewGroup(what, same) => Request::NewGroup {
                name: if *same { "Price".to_owned() } else { format!("Group {n}.") },
                what: grouped(session, what),
            },
            Self::SettleParked(which) => Request::SettleParked(FATES[usize::from(*which)]),
            Self::Merge(from, into) => Request::Merge { from: cluster(*from), into: cluster(*into) },
            Self::GiveDots(dots) => Request::GiveDots(given(session, dots)),
            Self::Keep(what) => Request::Keep(grouped(session, &[*what])[0]),
            Self::Retitle => Request::Retitle(format!("Title {n}.")),
            Self::Close => Request::Close,
            Self::Reopen => Request::Reopen,
            Self::ResumeMeeting => Request::ResumeMeeting,
            Self::Undo => Request::Undo,
            Self::Redo => Request::Redo,
        })
    }
}

impl Thing {
    fn id(self, session: &Session) -> ItemId {
        macro_rules! pick {
            ($($n:literal => $kind:ident($id:ident) in $list:ident),+) => {
                match self.kind {
                    $($n => ItemId::$kind(nth(&session.$list, self.which).unwrap_or(crate::session::$id(stranger()))),)+
                    _ => ItemId::Placement(nth(&session.placements, self.which).unwrap_or(PlacementId {
                        pass: PassRef { step: StepId(stranger()), pass: 1 },
                        what: Carried::Note(crate::session::NoteId(stranger())),
                    })),
                }
            };
        }
        pick!(
            0 => Note(NoteId) in notes, 1 => Person(PersonId) in people, 2 => Topic(TopicId) in topics,
            3 => Entry(EntryId) in entries, 4 => Judgement(JudgementId) in judgements,
            5 => Possibility(PossibilityId) in possibilities, 6 => Insight(InsightId) in insights,
            7 => Decision(DecisionId) in decisions, 8 => Action(ActionId) in actions,
            9 => Rating(RatingId) in ratings, 10 => Update(UpdateId) in updates,
            11 => Parked(ParkedId) in parked, 12 => Voice(VoiceId) in voices,
            13 => Cluster(ClusterId) in clusters
        )
    }

    fn possibility(
        self,
        session: &Session,
        sentence: String,
        topic: crate::session::TopicId,
    ) -> PossibilityDraft {
        let (learner, teacher) = sides(self.ours);
        let which = usize::from(self.which);
        PossibilityDraft {
            sentence,
            learner,
            teacher,
            driver: Some(Driver::ALL[which % 3]),
            prerequisites: vec![crate::session::Prerequisite::ALL[which % 3]],
            practice: Some(crate::session::SharedPractice::ALL[which]),
            level: None,
            topic,
            judgement: nth(&session.judgements, self.which),
        }
    }

    fn draft(self, session: &Session, n: u64, i: u64) -> Draft {
        let words = match (self.empty, self.which) {
            (true, _) => " ".to_owned(),
            (false, 4) => format!("words {n}-{i} @Zed."),
            (false, _) => format!("words {n}-{i}."),
        };
        let (one, other) = sides(self.ours);
        let topic = nth(&session.topics, self.which).unwrap_or(crate::session::TopicId(stranger()));
        let person: Option<PersonId> = nth(&session.people, self.which);
        let who = person.map_or_else(|| Who::Named(words.clone()), Who::Person);
        let ownership = if self.ours {
            Ownership::Owned { by: who, acceptance: Acceptance::ALL[usize::from(self.which) % 3] }
        } else {
            Ownership::Open(Ask { who: Some(who), by: Some(december(1)) })
        };
        match self.kind {
            0 => {
                let Draft::Note(mut draft) = note(&one.0, &words) else { unreachable!("it is a note") };
                draft.author = person;
                draft.confidential = self.which > 3;
                Draft::Note(draft)
            }
            1 => Draft::Person(ParticipantDraft {
                role: self.ours.then_some(Role::DecisionMaker),
                away: self.away(),
                ..ParticipantDraft::new(
                    if self.ours { words } else { format!("Person {}", self.which) },
                    self.ours.then_some(one),
                )
            }),
            2 => {
                let from = nth(&session.notes, self.which).filter(|_| self.ours).map(Carried::Note);
                Draft::Topic(TopicDraft { text: words, from: from.into_iter().collect() })
            }
            3 => {
                let sayings =
                    [Saying::Ours, Saying::Theirs(other), Saying::Guess, Saying::Theirs(one.clone())];
                entry(topic, &one.0, sayings[usize::from(self.which) % 4].clone(), &words)
            }
            4 => {
                Draft::Judgement(JudgementDraft { topic, about: one, gap: Gap::ALL[usize::from(self.which)] })
            }
            5 => Draft::Possibility(self.possibility(session, words, topic)),
            6 => Draft::Insight(InsightDraft { text: words, author: person, side: Some(one) }),
            7 => {
                let Draft::Decision(mut draft) = decision(&words, "") else {
                    unreachable!("it is a decision")
                };
                draft.grounds = nth(&session.notes, self.which).map(Carried::Note).into_iter().collect();
                draft.outcome = Outcome::Decided(ownership);
                Draft::Decision(draft)
            }
            8 => Draft::Action(ActionDraft {
                decision: nth(&session.decisions, self.which),
                when: String::new(),
                will: words,
                owner: ownership,
                by: None,
            }),
            9 => rating(self.which, &words),
            10 => {
                let action = nth(&session.actions, self.which).map(Matter::Action);
                let parked = nth(&session.parked, self.which).map(Matter::Parked);
                let decision = nth(&session.decisions, self.which).map(Matter::Decision);
                let what = if self.ours { action.or(parked) } else { parked.or(decision) };
                let what = what.unwrap_or(Matter::Action(crate::session::ActionId(stranger())));
                let by = Some(december(u32::from(self.which) + 1));
                let standings = [Standing::Done, Standing::GoingOn { by }, Standing::Dropped];
                Draft::Update(UpdateDraft {
                    of: Origin { session: session.id, what },
                    standing: standings[usize::from(self.which) % 3],
                    why: words,
                })
            }
            11 => Draft::Parked(ParkedDraft { text: words, fate: FATES[usize::from(self.which) % 4] }),
            12 => self.voice(person, words),
            _ => self.grouped(session, words),
        }
    }

    fn grouped(self, session: &Session, name: String) -> Draft {
        if self.kind == 13 {
            return Draft::Cluster(ClusterDraft { name });
        }
        let cluster = nth(&session.clusters, self.which).unwrap_or(ClusterId(stranger()));
        Draft::Placement(PlacementDraft { what: grouped(session, &[self.which])[0], cluster })
    }

    fn voice(self, who: Option<PersonId>, words: String) -> Draft {
        let said = [Said::Spoke, Said::Word(words), Said::Passed];
        Draft::Voice(VoiceDraft { who, said: said[usize::from(self.which) % 3].clone() })
    }

    /// Times that follow each other, and now and then some that do not.
    fn away(self) -> Vec<Away> {
        let stretch = |from, to: Option<i64>| Away { from: moment(from), to: to.map(moment) };
        match self.which {
            0 => vec![stretch(0, None)],
            1 => vec![stretch(5, Some(9)), stretch(9, None)],
            2 => vec![stretch(9, Some(5))],
            3 => vec![stretch(5, None), stretch(9, None)],
            _ => Vec::new(),
        }
    }
}
