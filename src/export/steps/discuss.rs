//! A discussion: each topic with its time, the hands that were counted, and what was kept of it.

use super::super::page::Page;
use super::super::words;
use super::{INDENT, Run, notes};
use crate::session::{Hands, Record, Talk};

/// Writes the topics of a discussion with the notes of each; says whether there are any.
pub(super) fn write(run: Run<'_>, page: &mut Page) -> bool {
    let Some(talk) = run.pass.talk().filter(|talk| !talk.subjects.is_empty()) else { return false };
    for (round, place) in talk.order.iter().zip(1..) {
        topic(run, talk, *round, place, page);
    }
    true
}

fn topic(run: Run<'_>, talk: &Talk, round: u32, place: usize, page: &mut Page) {
    let Run { shown, pass, .. } = run;
    let subject = talk.subject(round).and_then(|subject| shown.subject(subject));
    page.blank();
    page.item(INDENT, &format!("Topic {place}: "), &words::quoted(subject.unwrap_or("(no longer there)")));
    let Some(countdown) = pass.round(round).map(|run| run.countdown) else { return };
    let end = shown.visits(pass).next_back().and_then(|visit| visit.to);
    let ran = countdown.ran(end.unwrap_or_else(|| shown.last_worked_on())) / 1000;
    let planned = words::exactly(i64::from(countdown.planned));
    let mut notes = shown.notes(pass.reference()).filter(|note| note.made.round == round).peekable();
    let reached = ran > 0 || notes.peek().is_some() || talk.place(round) <= talk.place(pass.round);
    let line = match (ran, reached) {
        (0, false) => format!("not reached, planned {planned}"),
        // How long is not known while it goes on, or where nobody started the time.
        (0, true) => format!("talked about, planned {planned}"),
        (ran, _) => format!("talked about for {}, planned {planned}", words::exactly(ran)),
    };
    page.line(INDENT, &line);
    for Hands { more, enough, .. } in talk.hands.iter().filter(|hands| hands.round == round) {
        let so = if more > enough { "given" } else { "not given" };
        page.line(INDENT, &format!("a minute more: {more} for it, {enough} against it; {so}"));
    }
    for note in notes {
        let text = notes::worded_with_side(run, note);
        page.item(INDENT, "- ", &words::with_mark(&text, note.is_write_up()));
    }
}

#[cfg(test)]
mod tests {
    use crate::export::text;
    use crate::session::Request;
    use crate::session::testing::{Room, with_talk};

    #[test]
    fn each_topic_stands_with_its_time_its_hands_and_its_notes() {
        let room =
            Room::of(with_talk()).go("practices").note("sales", "Lost deals").note("sales", "Key accounts");
        let room = room.reveal().go("talk").note("", "one list for both").note("purchasing", "rules first");
        let room = room.does(Request::ShowHands { more: 7, enough: 2 }).wait(330).next().wait(60);
        let minutes = text::minutes(room.shown());
        let (_, told) = minutes.split_once("2. What is behind it?").unwrap();
        let (_, told) = told.split_once("\n\n").unwrap();
        insta::assert_snapshot!(told.split("Not reached").next().unwrap(), @r"
       Topic 1: Prices
       talked about for 5 min 30 s, planned 5 min
       a minute more: 7 for it, 2 against it; given
       - one list for both
       - rules first (Purchasing)

       Topic 2: Lost deals
       talked about, planned 5 min

       Topic 3: Key accounts
       not reached, planned 5 min
    ");
    }
}
