//! Applying, deciding, and what a board asks at every frame.

use divan::{Bencher, black_box};
use visavis::session::{Log, Request, Shown};

use crate::sample::{SIZES, command, filled, note, now, opened};

#[divan::bench]
fn append_10_000_frames(bencher: Bencher<'_, '_>) {
    let (_, frames) = filled(10_000);
    bencher.with_inputs(|| Log::new(opened(), 0)).bench_values(|mut log| {
        for frame in &frames {
            let _ = black_box(log.append(frame));
        }
        log
    });
}

#[divan::bench(args = SIZES)]
fn decide_and_apply_one_note(bencher: Bencher<'_, '_>, notes: u64) {
    let (mut log, _) = filled(notes);
    let mut n = notes + 10;
    bencher.bench_local(|| {
        n += 1;
        log.take(black_box(&command(n, note(n))))
    });
}

#[divan::bench(args = SIZES)]
fn a_boards_questions(bencher: Bencher<'_, '_>, notes: u64) {
    let (log, _) = filled(notes);
    let session = log.session();
    bencher.bench(|| {
        let shown = Shown::from(black_box(session));
        let pass = session.passes[0].reference();
        let seen = shown.notes(pass).count();
        let hidden: usize = shown.sides().iter().map(|side| shown.hidden_notes(pass, Some(&side.key))).sum();
        let rounds = shown.hidden_rounds(pass).count();
        let people = shown.unheard().count();
        (seen, hidden, rounds, people, shown.has_hidden(), shown.schedule(now()), shown.next_part())
    });
}

#[divan::bench(args = SIZES)]
fn the_files_session(bencher: Bencher<'_, '_>, notes: u64) {
    let (log, _) = filled(notes);
    bencher.bench(|| Shown::from(black_box(log.session())).to_file());
}

#[divan::bench(args = SIZES)]
fn undo_and_redo(bencher: Bencher<'_, '_>, notes: u64) {
    let (mut log, _) = filled(notes);
    let mut n = notes + 10;
    bencher.bench_local(|| {
        n += 2;
        let undone = log.take(&command(n, Request::Undo));
        (undone, log.take(&command(n + 1, Request::Redo)))
    });
}
