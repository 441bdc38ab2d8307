//! The parking lot, over a running session: what was set aside, and the line that sets aside more.
//!
//! Owns what is typed and marked while it is open, what of that stays when it is closed, and the question
//! before the end. Never changes the session: it answers with [`Effect`]s.

use super::action::{Action, Place};
use super::effect::Effect;
use super::keymap::Edit;
use super::line::Line;
use super::nav::{Nav, Way};
use super::overlay::{Dialog, Overlay, Typed};
use crate::session::paper::Sheet;
use crate::session::{
    Draft, Fate, Item, ItemId, Parked, ParkedDraft, ParkedId, Refusal, Request, Rewording, Shown, Unfinished,
    words,
};

/// The parking lot while it lies over the screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parking {
    /// Thoughts to park, one a line.
    pub typed: Typed,
    /// The thought whose words are changed, and how they read now.
    pub changing: Option<(ParkedId, Typed)>,
    /// What is marked; nothing while the line has the keys.
    pub marked: Option<ParkedId>,
}

/// What is remembered while the parking lot is closed.
#[derive(Debug, Default)]
pub struct Kept {
    /// What was typed and not parked.
    typed: Typed,
    /// The thought whose words were being changed, and how they read.
    changing: Option<(ParkedId, Typed)>,
    /// Whether it was asked what is to become of what waits, since it was looked at last.
    asked: bool,
}

impl Kept {
    /// Opens the parking lot with what was typed before.
    #[must_use]
    pub fn open(&self) -> Parking {
        let changing = self.changing.clone();
        Parking { typed: self.typed.clone(), marked: changing.as_ref().map(|(id, _)| *id), changing }
    }

    /// Remembers what is typed while the parking lot is open.
    pub fn note(&mut self, parking: &Parking) {
        self.typed.clone_from(&parking.typed);
        self.changing.clone_from(&parking.changing);
    }

    /// What waits there.
    #[must_use]
    pub fn unfinished(&self) -> Unfinished {
        let change = self.changing.as_ref();
        let change =
            change.map(|(id, typed)| Rewording { of: ItemId::Parked(*id), text: typed.0.text().to_owned() });
        Unfinished { text: self.typed.0.text().to_owned(), change, ..Unfinished::default() }
    }

    /// Goes on with what waited there. The words of a thought that is gone wait in the line.
    pub fn resume(&mut self, shown: Shown<'_>, typed: Unfinished) {
        let mut text = typed.text;
        match typed.change {
            Some(Rewording { of: ItemId::Parked(id), text }) if shown.parked().get(id).is_some() => {
                self.changing = Some((id, Typed(Line::new(&text))));
            }
            Some(Rewording { text: words, .. }) => text = Rewording::of_what_is_gone(&words, &text),
            None => {}
        }
        self.typed = Typed(Line::new(&text));
    }

    /// The lines in which something waits after this was removed for good.
    pub fn lines_mut(&mut self, gone: ItemId) -> impl Iterator<Item = &mut Line> {
        self.changing.take_if(|(id, _)| ItemId::Parked(*id) == gone);
        let changed = self.changing.as_mut().map(|(_, typed)| &mut typed.0);
        changed.into_iter().chain([&mut self.typed.0])
    }

    /// Keeps what was typed, where it is the parking lot that is closed.
    pub fn closed(&mut self, overlay: &Overlay) {
        if let Overlay::Parking(parking) = overlay {
            self.note(parking);
            self.asked = false;
        }
    }

    /// What is to become of all that waits, asked before `then`; none where nothing waits, where it was asked
    /// since the parking lot was looked at last, or where the session is closed.
    pub fn question(&mut self, shown: Shown<'_>, then: Effect) -> Option<Dialog> {
        let waiting = shown.waiting();
        if waiting == 0 || self.asked || !shown.status().is_open() {
            return None;
        }
        self.asked = true;
        let first = shown.parked().iter().find(|parked| parked.fate == Fate::Waiting);
        let parking = Parking { marked: first.map(|parked| parked.id), ..self.open() };
        let settle = |fate| vec![Effect::ask(Request::SettleParked(fate)), then.clone()];
        let (carry, drop, leave) = match waiting {
            1 => ("Carry it to the next session", "Drop it", "Leave it waiting"),
            _ => ("Carry all to the next session", "Drop all", "Leave them waiting"),
        };
        let dialog = told(shown, waiting)
            .choice("Look at the parking lot", vec![Effect::Open(Overlay::Parking(parking))])
            .choice(carry, settle(Fate::NextSession))
            .choice(drop, settle(Fate::Dropped))
            .choice(leave, vec![then]);
        Some(dialog)
    }
}

/// Which key says what of the marked thought: the same keys as in a follow-up.
const FATES: [(Action, Fate); 3] = [
    (Action::MarkDone, Fate::Discussed),
    (Action::MarkGoingOn, Fate::NextSession),
    (Action::MarkDropped, Fate::Dropped),
];

impl Parking {
    /// What has the focus: single keys act on what is marked.
    #[must_use]
    pub const fn place(&self) -> Place {
        if self.is_in_list() { Place::Board } else { Place::Form }
    }

    /// Whether the keys go to the list.
    #[must_use]
    pub const fn is_in_list(&self) -> bool {
        self.marked.is_some() && self.changing.is_none()
    }

    /// What is typed: words to park, or those that are changed.
    #[must_use]
    pub fn line(&self) -> &Line {
        self.changing.as_ref().map_or(&self.typed.0, |(_, words)| &words.0)
    }

    fn line_mut(&mut self) -> &mut Line {
        match &mut self.changing {
            Some((_, words)) => &mut words.0,
            None => &mut self.typed.0,
        }
    }

    /// What can be done now.
    #[must_use]
    pub fn hints(&self) -> Vec<(Action, &'static str)> {
        if self.changing.is_some() {
            return vec![(Action::Confirm, "changes it"), (Action::Back, "leaves it as it was")];
        }
        if self.is_in_list() {
            return vec![
                (Action::MarkDone, "discussed"),
                (Action::MarkGoingOn, "next session"),
                (Action::MarkDropped, "drop"),
                (Action::Edit, "edit"),
                (Action::Compose, "line"),
            ];
        }
        vec![(Action::Confirm, "parks it"), (Action::Down, "to what is parked"), (Action::Back, "back")]
    }

    /// Types; says whether anything changed. Whoever types has the line.
    pub fn edit(&mut self, edit: Edit) -> bool {
        self.line_mut().edit(edit)
    }

    /// Puts a pasted text into the line: a list has a thought in each of its lines.
    pub fn paste(&mut self, text: &str) {
        if self.changing.is_none() {
            self.marked = None;
        }
        self.line_mut().insert_str(text.trim_end_matches('\n'));
    }

    /// An action that is no moving about; none where it means nothing here.
    pub fn act(&mut self, shown: Shown<'_>, action: Action) -> Option<Vec<Effect>> {
        if let Some((_, fate)) = FATES.iter().find(|(known, _)| *known == action) {
            return Some(self.settle(shown, *fate));
        }
        let asked = [(Action::Undo, Request::Undo), (Action::Redo, Request::Redo)];
        if let Some((_, request)) = asked.into_iter().find(|(known, _)| *known == action) {
            return Some(vec![Effect::ask(request)]);
        }
        let ways = [(Action::NextStep, Way::LaterPage), (Action::PreviousStep, Way::EarlierPage)];
        if let Some((_, way)) = ways.into_iter().find(|(known, _)| *known == action) {
            self.move_mark(shown, way);
        } else if action == Action::NewLine {
            self.line_mut().insert_str("\n");
        } else if action == Action::Compose {
            self.marked = None;
        } else if action == Action::Edit {
            return Some(self.begin_change(shown));
        } else if action == Action::Remove {
            let gone = self.marked.take()?;
            return Some(vec![Effect::ask(Request::Remove(ItemId::Parked(gone)))]);
        } else {
            return None;
        }
        Some(Vec::new())
    }

    /// What follows from moving about, taking what is there, or going back; none where it closes.
    pub fn nav(&mut self, shown: Shown<'_>, nav: Nav) -> Option<Vec<Effect>> {
        match nav {
            Nav::Move(way) => self.move_mark(shown, way),
            Nav::Confirm if self.is_in_list() => return Some(self.begin_change(shown)),
            Nav::Confirm => return Some(self.confirm(shown)),
            Nav::Back if self.changing.take().is_some() => {}
            Nav::Back => return None,
        }
        Some(Vec::new())
    }

    fn move_mark(&mut self, shown: Shown<'_>, way: Way) {
        if self.changing.is_some() {
            return;
        }
        let parked = shown.parked();
        let place = self.marked.and_then(|marked| parked.iter().position(|one| one.id == marked));
        let place = way.moved_below_line(place, parked.len());
        self.marked = place.and_then(|place| parked.iter().nth(place)).map(|one| one.id);
    }

    fn marked<'a>(&self, shown: Shown<'a>) -> Option<&'a Parked> {
        self.marked.and_then(|marked| shown.parked().get(marked))
    }

    /// Says what is to become of what is marked; the same once more takes it back.
    fn settle(&self, shown: Shown<'_>, fate: Fate) -> Vec<Effect> {
        let Some(parked) = self.marked(shown) else { return Vec::new() };
        let fate = if parked.fate == fate { Fate::Waiting } else { fate };
        vec![change(parked.id, ParkedDraft { fate, ..parked.draft() })]
    }

    /// What is longer than anybody could type, and stands in a file of others, is refused.
    fn begin_change(&mut self, shown: Shown<'_>) -> Vec<Effect> {
        let marked = self.marked(shown);
        if let Err(refusal) = Refusal::if_too_long(marked.map(|parked| parked.text.as_str())) {
            return vec![Effect::Say(refusal.to_string())];
        }
        self.changing = marked.map(|parked| (parked.id, Typed(Line::new(&parked.text))));
        Vec::new()
    }

    fn confirm(&self, shown: Shown<'_>) -> Vec<Effect> {
        let Some((id, words)) = &self.changing else { return self.park() };
        let Some(parked) = shown.parked().get(*id) else {
            return vec![Effect::Say("That is gone. Esc goes back.".to_owned())];
        };
        let then = Effect::Open(Overlay::Parking(Self { changing: None, ..self.clone() }));
        let text = words.0.text().trim().to_owned();
        if text == parked.text {
            return vec![then];
        }
        vec![change(*id, ParkedDraft { text, ..parked.draft() }), then]
    }

    /// Each line is parked as one thought; what cannot be stays in the line.
    fn park(&self) -> Vec<Effect> {
        let parked = |line: &str| Draft::Parked(ParkedDraft { text: line.to_owned(), fate: Fate::Waiting });
        let sheet = Sheet::list(self.typed.0.text(), parked);
        let why =
            sheet.unread().next().map(|(_, why)| Effect::Say(format!("What stays in the line: {why}.")));
        let drafts: Vec<Draft> = sheet.drafts().cloned().collect();
        if drafts.is_empty() {
            return why.into_iter().collect();
        }
        let left = Self { typed: Typed(Line::new(&sheet.rest())), ..Self::default() };
        let add = Effect::ask(Request::Add { to: None, drafts });
        [add, Effect::Open(Overlay::Parking(left))].into_iter().chain(why).collect()
    }
}

const fn change(id: ParkedId, draft: ParkedDraft) -> Effect {
    Effect::ask(Request::Change { id: ItemId::Parked(id), draft: Draft::Parked(draft) })
}

/// So many thoughts are told in the question before the end; of the rest only how many there are.
const TOLD: usize = 3;

/// So many letters are told of each.
const LETTERS: usize = 60;

/// What waits, in a question about all of it.
fn told(shown: Shown<'_>, waiting: usize) -> Dialog {
    let asked = match waiting {
        1 => "One thought waits in the parking lot".to_owned(),
        many => format!("{many} thoughts wait in the parking lot"),
    };
    let texts = shown.parked().iter().filter(|parked| parked.fate == Fate::Waiting);
    let told =
        texts.take(TOLD).map(|parked| format!("\u{201c}{}\u{201d}", words::beginning(&parked.text, LETTERS)));
    let more = (waiting > TOLD).then(|| format!("and {} more", waiting - TOLD));
    told.chain(more).fold(Dialog::new(asked), Dialog::line)
}
