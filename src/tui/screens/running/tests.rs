//! The running session as it looks, with its styles, in the sizes and looks of a room and of a laptop.

use super::*;
use crate::session::testing::{Room, side};
use crate::session::{
    Draft, Fate, Gap, InsightDraft, Item, ItemId, Part, ParticipantDraft, Request, Role, Said, Saying,
    VoiceDraft,
};
use crate::tui::effect::Effect;
use crate::tui::keymap::Edit;
use crate::tui::run::Around;
use crate::tui::steps::Focus;
use crate::tui::testing::{at_every_size, dark, drawn, light, picture};

/// A screen at which somebody works; it carries out what keys lead to.
struct Screen {
    room: Room,
    run: Run,
    keymap: Keymap,
    saved: Saved,
    trouble: &'static str,
}

impl Screen {
    fn of(room: Room) -> Self {
        let mut run = Run::default();
        run.arrive(room.shown(), room.now());
        Self { room, run, keymap: Keymap::default(), saved: Saved::All, trouble: "" }
    }

    fn acts(mut self, actions: &[Action]) -> Self {
        for action in actions {
            let area = Rect::new(0, 0, 80, 24);
            let around = Around { now: self.room.now(), keymap: &self.keymap, area };
            let effects = self.run.act(self.room.shown(), around, *action);
            self.carry_out(effects);
        }
        self
    }

    fn types(mut self, text: &str) -> Self {
        for letter in text.chars() {
            self.run.edit(self.room.shown(), self.room.now(), Edit::Insert(letter));
        }
        self
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Open(overlay) => self.run.overlay = Some(overlay),
                Effect::Ask(request, _) => drop(self.room.ask(request).unwrap()),
                Effect::ToLine => self.run.focus = Focus::Line,
                Effect::Say(words) => self.run.notice = Some(words),
                Effect::AskElse { .. }
                | Effect::Edit(_)
                | Effect::EditMarked
                | Effect::Insert(_)
                | Effect::SetLine(_)
                | Effect::ToBoard
                | Effect::Summary
                | Effect::Describe(..)
                | Effect::RemoveForGood(_)
                | Effect::Close
                | Effect::Save
                | Effect::NextLook
                | Effect::Redraw
                | Effect::SaveElsewhere(_)
                | Effect::TakeOver => panic!("nothing here leads to {effect:?}"),
            }
        }
    }

    fn drawn(&self, columns: u16, rows: u16, theme: &Theme) -> Buffer {
        drawn(columns, rows, theme, |area, buf| {
            self.running(theme).draw(area, buf);
        })
    }

    fn running<'a>(&'a self, theme: &'a Theme) -> Running<'a> {
        Running {
            run: &self.run,
            shown: self.room.shown(),
            now: self.room.now(),
            clock: "14:23",
            saved: self.saved,
            trouble: self.trouble,
            keymap: &self.keymap,
            theme,
        }
    }

    /// Holds it against its pictures: both sizes in both looks, and every small size without a panic.
    fn looks(&self, name: &str) {
        for (look, theme) in [("dark", dark()), ("light", light())] {
            for (columns, rows) in [(80, 24), (120, 40)] {
                let name = format!("{name}_{columns}x{rows}_{look}");
                insta::assert_snapshot!(name, picture(&self.drawn(columns, rows, &theme)));
            }
        }
        at_every_size(|area, buf| {
            self.running(&dark()).draw(area, buf);
        });
    }
}

fn people() -> Room {
    Room::new()
        .person("Anna Berg", "purchasing")
        .person("Carla Meier", "purchasing")
        .person("Bo Lind", "sales")
}

/// Hidden notes of both sides, two and a half minutes into five.
fn hidden() -> Room {
    people()
        .go("practices")
        .note("purchasing", "Should-cost model before each negotiation")
        .note("purchasing", "Two people at every supplier visit, never one")
        .note("sales", "Lost deals talked through within a week")
        .wait(150)
}

/// The same notes revealed, and more of them, in the second round.
fn open() -> Room {
    hidden()
        .reveal()
        .next()
        .note("sales", "One page of who decides at the customer")
        .note("sales", "Account plans reviewed every month with delivery")
        .note("", "Everybody knows the ten largest risks")
        .wait(500)
}

/// One of two topics, with accounts of both sides, nobody has seen the other's.
fn covered() -> Room {
    open()
        .go("mirror")
        .topic("Who decides")
        .entry("Segmentation", "purchasing", Saying::Ours, "four segments, rules written down")
        .entry("Segmentation", "purchasing", Saying::Guess, "they only look at price")
        .entry("Segmentation", "sales", Saying::Ours, "everyone knows their A customers")
        .entry("Segmentation", "sales", Saying::Guess, "no system, but close to the customer")
        .wait(400)
}

fn revealed() -> Room {
    covered()
        .reveal()
        .judge("Segmentation", "purchasing", Gap::HiddenStrength)
        .judge("Segmentation", "sales", Gap::Missing)
        .learn("Segmentation", "purchasing")
}

fn silent() -> Room {
    revealed().go("quiet")
}

fn insights() -> Room {
    silent()
        .does(Request::BeginSilence)
        .wait(240)
        .does(Request::EndSilence)
        .add(insight("purchasing", "I will show our should-cost numbers before the first meeting"))
        .add(insight("sales", "Ask the customer twice what comes after price"))
        .add(insight("sales", "Bring purchasing to the next account review"))
        .wait(60)
}

fn insight(of: &str, text: &str) -> Draft {
    Draft::Insight(InsightDraft { text: text.to_owned(), author: None, side: Some(side(of)) })
}

fn decided() -> Room {
    insights()
        .go("decide")
        .decision("One page of who decides at the customer, shared with purchasing", "Bo Lind")
        .action("the tender opens", "call Anna before I answer", "Bo Lind", 1)
        .decision("Suppliers see our forecast", "")
        .wait(200)
}

#[test]
fn a_brainstorm_whose_notes_are_hidden() {
    Screen::of(hidden()).types("Suppliers rated").looks("brainstorm_hidden");
}

#[test]
fn a_brainstorm_that_everybody_sees() {
    Screen::of(open()).looks("brainstorm_open");
}

#[test]
fn a_brainstorm_with_a_note_marked() {
    Screen::of(open()).acts(&[Action::Board, Action::Up]).looks("brainstorm_marked");
}

#[test]
fn a_mirror_whose_topics_are_worded() {
    Screen::of(open().go("mirror").does(Request::Go(Part::Topics)).topic("Who decides"))
        .looks("mirror_topics");
}

#[test]
fn a_mirror_whose_accounts_are_covered() {
    Screen::of(covered()).looks("mirror_covered");
}

#[test]
fn a_mirror_that_is_revealed_and_judged() {
    Screen::of(revealed()).acts(&[Action::Board]).looks("mirror_judged");
}

#[test]
fn a_silence_before_it_begins() {
    Screen::of(silent()).looks("silence_waiting");
}

#[test]
fn a_silence_that_is_kept() {
    Screen::of(silent().does(Request::BeginSilence).wait(21)).looks("silence_kept");
}

#[test]
fn what_a_silence_leads_to() {
    Screen::of(insights()).looks("silence_insights");
}

#[test]
fn decisions_and_actions() {
    Screen::of(decided()).looks("decide");
}

#[test]
fn a_check_out() {
    let room = decided().go("leave").rating(5, "useful").rating(4, "").rating(4, "again in spring");
    Screen::of(room.rating(2, "too short").wait(30)).looks("check_out");
}

#[test]
fn a_break() {
    Screen::of(revealed().go("pause").wait(45)).looks("break");
}

#[test]
fn before_the_first_step() {
    Screen::of(people()).looks("before");
}

#[test]
fn time_that_is_over_and_a_line_that_takes_four_rows() {
    let long = "We ask every customer after each project what they would pay for again, and what they would \
                rather have left out, and tell purchasing what they said about the parts we bought. ";
    Screen::of(open().wait(1000)).types(&long.repeat(3)).looks("overtime");
}

#[test]
fn the_facilitators_part() {
    Screen::of(open()).acts(&[Action::FacilitatorPart]).looks("facilitator");
}

#[test]
fn the_keys_of_the_place() {
    Screen::of(open()).acts(&[Action::Help]).looks("over_help");
}

#[test]
fn the_search_over_all_actions() {
    Screen::of(open()).acts(&[Action::Palette]).types("time").looks("over_palette");
}

#[test]
fn the_agenda() {
    Screen::of(revealed()).acts(&[Action::Agenda, Action::Down]).looks("over_agenda");
}

#[test]
fn the_question_before_hidden_notes_are_left() {
    Screen::of(hidden()).acts(&[Action::NextStep]).looks("over_question");
}

#[test]
fn the_question_where_a_copy_goes() {
    Screen::of(open()).acts(&[Action::SaveElsewhere]).types("/media/stick/ours").looks("over_save_elsewhere");
}

fn changed(room: Room, name: &str, change: impl FnOnce(ParticipantDraft) -> ParticipantDraft) -> Room {
    let id = room.person_id(name);
    let draft = change(room.session().person(id).unwrap().draft());
    room.does(Request::Change { id: ItemId::Person(id), draft: Draft::Person(draft) })
}

/// Somebody who may decide, somebody who has left, somebody without a side.
fn different_people() -> Room {
    let room = open().person("Dora Egli", "sales").person("Emil Frei", "");
    let room =
        changed(room, "Bo Lind", |draft| ParticipantDraft { role: Some(Role::DecisionMaker), ..draft });
    let left = room.now().plus_millis(-90_000);
    changed(room, "Carla Meier", |draft| draft.gone(left))
}

/// Thirty people on each side.
fn sixty_people() -> Room {
    (1..=30).fold(Room::new(), |room, n| {
        room.person(&format!("Anna Berg {n}"), "purchasing").person(&format!("Bo Lind {n}"), "sales")
    })
}

#[test]
fn the_people() {
    Screen::of(different_people()).acts(&[Action::People]).types("Gina:Sales, Hans").looks("over_people");
}

#[test]
fn a_person_among_the_people() {
    let screen = Screen::of(different_people()).acts(&[Action::People, Action::Down, Action::Down]);
    screen.looks("over_people_marked");
    screen.acts(&[Action::Confirm]).looks("over_people_question");
}

/// Thoughts of which two wait.
fn with_parked(room: Room) -> Room {
    room.park("Who pays for the joint visits?", Fate::Waiting)
        .park(
            "A shared price list for the ten largest, with the discounts that each side may give",
            Fate::Discussed,
        )
        .park("Invite delivery", Fate::NextSession)
        .park("The portal at which suppliers complain about invoices", Fate::Waiting)
}

#[test]
fn the_parking_lot() {
    let screen = Screen::of(with_parked(open())).acts(&[Action::Park]).types("Parking at the site");
    screen.looks("over_parking");
    screen.acts(&[Action::Down, Action::Down]).looks("over_parking_marked");
}

#[test]
fn an_empty_parking_lot() {
    Screen::of(open()).acts(&[Action::Park]).looks("over_parking_empty");
}

#[test]
fn the_question_what_becomes_of_what_waits() {
    Screen::of(with_parked(open()).go("leave")).acts(&[Action::NextStep]).looks("over_parking_question");
}

#[test]
fn the_facilitator_sees_that_something_waits() {
    Screen::of(with_parked(open())).acts(&[Action::FacilitatorPart]).looks("facilitator_parking");
}

#[test]
fn sixty_people_page_by_page() {
    let room = sixty_people().go("practices");
    let screen = Screen::of(room).acts(&[Action::People, Action::NextStep, Action::NextStep]);
    screen.looks("over_people_sixty");
}

#[test]
fn sixty_people_who_have_not_been_heard() {
    Screen::of(sixty_people().go("practices")).acts(&[Action::FacilitatorPart]).looks("facilitator_sixty");
}

#[test]
fn a_decision_without_a_decision_maker() {
    Screen::of(decided()).acts(&[Action::FacilitatorPart]).looks("decide_facilitator");
}

#[test]
fn what_could_not_be_saved_stays_in_sight() {
    let trouble = "couldn't write \"/library/a.ron\": no space left. Make room, or save a copy elsewhere.";
    let screen = Screen { saved: Saved::Not, trouble, ..Screen::of(open()) };
    screen.looks("not_saved");
}

#[test]
fn a_file_that_is_behind_stays_in_sight() {
    let trouble = "All is safe in the journal; the session's file is behind.\nThe disk can only be read: \
                   couldn't create \"/library/2026-11-22-1400-purchasing-meets-sales.ron\".";
    let screen = Screen { saved: Saved::NotInFile, trouble, ..Screen::of(open()) };
    screen.looks("file_not_saved");
}

/// Five people in a check-in; the first two have had their turn.
fn checking_in() -> Room {
    let mut script = crate::session::testing::script();
    script.steps[0].kind = crate::script::Kind::CheckIn(crate::script::CheckIn);
    script.steps[0].head.title = "Why are you here?".to_owned();
    script.steps[0].head.prompt = String::new();
    script.steps[0].head.rounds.clear();
    let room = Room::of(script).person("Anna Berg", "purchasing").person("Bo Lind", "sales");
    let room = room.person("Carla Meier", "purchasing").person("Dora Egli", "sales").person("Emil Frei", "");
    let said =
        [("Anna Berg", "curious, and a little late"), ("Bo Lind", "I want to know what they hear of us")];
    let room = said.into_iter().fold(room.go("practices"), |room, (name, word)| {
        let who = Some(room.person_id(name));
        room.add(Draft::Voice(VoiceDraft { who, said: Said::Word(word.to_owned()) }))
    });
    room.wait(75)
}

#[test]
fn a_check_in() {
    Screen::of(checking_in()).looks("check_in");
}

#[test]
fn an_interruption_blanks_the_picture() {
    Screen::of(open()).acts(&[Action::Interrupt]).looks("interrupted");
}
