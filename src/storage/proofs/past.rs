//! What was asked of a session and what of it was acknowledged, so that it can be held against a disk.

/// What something was, one after the other, and from which operation of the disk on what of it must not
/// be missing any more.
#[derive(Debug, Clone)]
pub(super) struct Line<T> {
    was: Vec<T>,
    /// From so many operations on: at least that place in `was`.
    acknowledged: Vec<(usize, usize)>,
}

impl<T: PartialEq> Line<T> {
    pub(super) fn new(first: T) -> Self {
        Self { was: vec![first], acknowledged: Vec::new() }
    }

    pub(super) fn push(&mut self, next: T) {
        self.was.push(next);
    }

    /// The place of the newest.
    pub(super) fn end(&self) -> usize {
        self.was.len() - 1
    }

    pub(super) fn newest(&self) -> &T {
        &self.was[self.end()]
    }

    pub(super) fn acknowledge(&mut self, operations: usize, place: usize) {
        assert!(place <= self.end(), "what never was is told as saved");
        self.acknowledged.push((operations, place));
    }

    /// The place that nothing found after so many operations may lie before; none where nothing was
    /// acknowledged by then.
    pub(super) fn least(&self, operations: usize) -> Option<usize> {
        let known = self.acknowledged.iter().filter(|(from, _)| *from <= operations);
        known.map(|(_, place)| *place).max()
    }

    /// Where `found` stands if it is neither invented nor older than what was acknowledged; `likely` where
    /// it was several times.
    pub(super) fn place(&self, found: &T, likely: usize, operations: usize) -> Option<usize> {
        let least = self.least(operations).unwrap_or(0);
        if likely >= least && self.was.get(likely) == Some(found) {
            return Some(likely);
        }
        self.was[least..].iter().rposition(|was| was == found).map(|place| least + place)
    }

    /// Goes on from there: what came after is gone, and was never acknowledged.
    pub(super) fn go_on_from(&mut self, place: usize) {
        self.was.truncate(place + 1);
        assert!(self.least(usize::MAX).is_none_or(|least| least <= place));
    }

    /// Goes on from there on another disk, which holds all of it.
    pub(super) fn go_on_elsewhere(&mut self, place: usize) {
        self.acknowledged = vec![(0, place)];
        self.go_on_from(place);
    }
}
