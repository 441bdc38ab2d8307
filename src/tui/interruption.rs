//! What was an interruption? The question after a long one, and what each answer would mean.
//!
//! Owns the words. Never decides anything.

use super::effect::Effect;
use super::overlay::{Dialog, Overlay};
use crate::session::{Request, Session, Taken};
use crate::timer::Timestamp;

/// The question what the newest interruption was; none where there is nothing to ask. What lay over the screen
/// before lies there again afterwards.
#[must_use]
pub fn question(session: &Session, now: Timestamp, below: Option<&Overlay>) -> Option<Dialog> {
    let gap = session.unexplained()?;
    let to = gap.to?;
    let again = || below.cloned().map(Effect::Open);
    let answer = |taken| {
        let ask = Effect::ask(Request::TakeInterruption(taken));
        again().into_iter().chain([ask]).collect::<Vec<_>>()
    };
    let end = session.schedule(now).planned_end;
    let (left, lost) = (session.left_after(gap), gap.millis() / 1000);
    let mut dialog = Dialog::new(format!("Nothing went on for {}. Does that time count?", minutes(lost)))
        .line(format!("From {} to {}.", clock(gap.from), clock(to)))
        .choice(
            format!(
                "Leave it out: the end moves from {} to {}",
                clock(end),
                clock(end.plus_millis(gap.millis()))
            ),
            answer(Taken::LeftOut),
        );
    if left > lost {
        let label = format!(
            "Fit to {}: the rest is cut from {} to {}",
            clock(end),
            (left + 30) / 60,
            minutes(left - lost)
        );
        dialog = dialog.choice(label, answer(Taken::Fitted));
    }
    let mut dialog = dialog.choice("Count it as time that passed", answer(Taken::Counted));
    dialog.back = again().into_iter().collect();
    Some(dialog)
}

fn minutes(secs: i64) -> String {
    format!("{} min", (secs + 30) / 60)
}

fn clock(moment: Timestamp) -> String {
    moment.local().format("%H:%M").to_string()
}
