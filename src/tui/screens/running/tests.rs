//! The running session as it looks, with its styles.

use super::*;
use crate::session::testing::Room;
use crate::session::{Gap, Saying};
use crate::tui::steps::Focus;
use crate::tui::testing::{at_every_size, dark, drawn, light, picture, plain};

/// A screen on which somebody types.
struct Screen {
    room: Room,
    run: Run,
    keymap: Keymap,
}

impl Screen {
    fn of(room: Room) -> Self {
        let mut run = Run::default();
        run.arrive(room.session(), room.now());
        Self { room, run, keymap: Keymap::default() }
    }

    fn acts(mut self, actions: &[Action]) -> Self {
        for action in actions {
            let effects = self.run.act(self.room.session(), self.room.now(), &self.keymap, *action);
            for effect in effects {
                if let crate::tui::effect::Effect::Open(overlay) = effect {
                    self.run.overlay = Some(overlay);
                }
            }
        }
        self
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
            saved: Saved::All,
            trouble: "",
            keymap: &self.keymap,
            theme,
        }
    }
}

fn brainstorm() -> Room {
    Room::new()
        .go("practices")
        .person("Anna Berg", "purchasing")
        .person("Bo Lind", "sales")
        .next()
        .note("purchasing", "Should-cost model before each negotiation")
        .note("purchasing", "Two people at every supplier visit, never one")
        .note("sales", "Lost deals talked through within a week")
        .wait(150)
}

fn mirror() -> Room {
    brainstorm()
        .reveal()
        .go("mirror")
        .topic("Segmentation")
        .topic("Who decides")
        .at_topic("Segmentation")
        .entry("Segmentation", "purchasing", Saying::Ours, "four segments, rules written down")
        .entry("Segmentation", "sales", Saying::Ours, "everyone knows their A customers")
        .entry("Segmentation", "sales", Saying::Guess, "no system, but close to the customer")
        .wait(400)
}

#[test]
fn look() {
    let theme = dark();
    for (columns, rows) in [(80, 24), (120, 40)] {
        println!("{}", plain(&Screen::of(brainstorm()).drawn(columns, rows, &theme)));
        println!("{}", plain(&Screen::of(mirror()).drawn(columns, rows, &theme)));
        let revealed = mirror()
            .reveal()
            .judge("Segmentation", "purchasing", Gap::HiddenStrength)
            .learn("Segmentation", "purchasing");
        println!("{}", plain(&Screen::of(revealed).acts(&[Action::Board]).drawn(columns, rows, &theme)));
        println!(
            "{}",
            plain(&Screen::of(brainstorm()).acts(&[Action::FacilitatorPart]).drawn(columns, rows, &theme))
        );
        println!("{}", plain(&Screen::of(brainstorm()).acts(&[Action::Agenda]).drawn(columns, rows, &theme)));
        println!(
            "{}",
            plain(&Screen::of(brainstorm()).acts(&[Action::NextStep]).drawn(columns, rows, &theme))
        );
    }
}
