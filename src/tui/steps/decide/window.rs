//! Which of many rows are seen in little room, so that the wanted ones are among them.
//!
//! Owns where a sign for what is cut takes a row. Never draws.

use std::ops::Range;

/// What is seen of rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The rows that are seen.
    pub(super) seen: Range<usize>,
    /// Whether a row above them is for the sign that some are cut.
    pub(super) above: bool,
    /// Whether a row below them is.
    pub(super) below: bool,
}

impl Window {
    /// As much of `rows` rows as has place in `room` rows, the wanted ones (at least one) among them; where
    /// even those are too many, their end. In a single row there is no sign, in two rows none above.
    pub(super) fn of(rows: usize, wanted: Range<usize>, room: usize) -> Self {
        let but = room.saturating_sub(1);
        if rows <= room {
            return Self { seen: 0..rows, above: false, below: false };
        }
        if room < 2 {
            return Self { seen: wanted.end - room..wanted.end, above: false, below: false };
        }
        if wanted.end <= but {
            return Self { seen: 0..but, above: false, below: true };
        }
        if wanted.start >= rows - but || wanted.end == rows {
            return Self { seen: rows - but..rows, above: true, below: false };
        }
        let between = room.saturating_sub(2).max(1);
        Self { seen: wanted.end - between..wanted.end, above: room > 2, below: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_rows_are_seen_and_what_is_cut_has_a_sign() {
        for rows in 1..12 {
            for (first, last) in (0..rows).flat_map(|first| (first..rows).map(move |last| (first, last))) {
                for room in 0..14 {
                    let Window { seen, above, below } = Window::of(rows, first..last + 1, room);
                    let told = format!("{first} to {last} of {rows} in {room}: {seen:?} {above} {below}");
                    assert!(seen.len() + usize::from(above) + usize::from(below) <= room, "{told}");
                    assert!(seen.end <= rows, "{told}");
                    assert!(seen.contains(&last) || room == 0, "{told}");
                    assert!(seen.contains(&first) || last - first + 3 > room, "{told}");
                    if room > 2 {
                        assert_eq!((above, below), (seen.start > 0, seen.end < rows), "{told}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_beginning_comes_first() {
        let window = |seen, above, below| Window { seen, above, below };
        assert_eq!(Window::of(9, 0..1, 4), window(0..3, false, true));
        assert_eq!(Window::of(9, 4..5, 4), window(3..5, true, true));
        assert_eq!(Window::of(9, 8..9, 4), window(6..9, true, false));
    }
}
