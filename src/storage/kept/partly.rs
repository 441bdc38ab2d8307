//! Reading what can be understood of a value that a newer program wrote.
//!
//! Owns what is left out for it: the smallest element that holds the place which isn't understood, and at once
//! all others that look the same at the same place of their lists. What is left out is blanked, never replaced,
//! so that nothing is read that doesn't stand there.

use std::ops::Range;

use ron::Error;
use ron::error::SpannedError;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::spots::{self, End, Frame, is_space};
use super::{Unreadable, attempt, text};
use crate::script::byte_at;
use crate::storage::meter::was_stopped;

/// How many different things are left out of a value at most, the same thing at many places counted once.
pub const LEFT_OUT: usize = 200;

/// So much text is read again and again at most, in bytes, though each text once: a large file that is strange in many
/// ways is refused rather than waited for, also where a list of sessions holds several of them.
const READ_AT_MOST: usize = 64 << 20;

/// Reads what can be understood of a value that may be of a newer form, and how many places were left out or
/// passed over for it. A field whose name is among `decisive` is never left out by itself, but with what it belongs
/// to: where it can't be understood, nothing may be taken for granted.
///
/// # Errors
/// Where the text is not UTF-8, not RON, nested too deeply, or where nothing more can be left out.
pub fn load_partly<T: DeserializeOwned>(bytes: &[u8], decisive: &[&str]) -> Result<(T, usize), Unreadable> {
    let whole = text(bytes)?;
    // What is no RON is damaged, not newer.
    attempt::<IgnoredAny>(whole)?;
    let mut bytes = whole.as_bytes().to_vec();
    let mut left_out: Vec<Range<usize>> = Vec::new();
    for _ in 0..tries(bytes.len()) {
        let now = text(&bytes)?;
        let error = match attempt::<T>(now) {
            Ok((value, ignored)) => return Ok((value, left_out.len() + ignored.count())),
            Err(error) => error,
        };
        let Some(more) = not_understood(now, &error, decisive) else { return Err(error.into()) };
        more.iter().for_each(|range| blank(&mut bytes, range));
        // What went before within what goes now counts with it.
        left_out.retain(|inner| {
            let next = more.partition_point(|range| range.start <= inner.start);
            next.checked_sub(1).is_none_or(|before| more[before].end < inner.end)
        });
        left_out.extend(more);
    }
    Err(Unreadable::at_start("too much in it isn't understood"))
}

/// How often a text of so many bytes is read.
fn tries(len: usize) -> usize {
    (READ_AT_MOST / len.max(1)).clamp(1, LEFT_OUT)
}

/// The comma behind an element goes with it.
fn blank(bytes: &mut [u8], range: &Range<usize>) {
    let with_comma = range.start..range.end + usize::from(bytes.get(range.end) == Some(&b','));
    for byte in bytes[with_comma].iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

/// One element, from outside to inside, and which of the elements around it can be left out.
struct Spot<'a> {
    frames: Vec<Frame<'a>>,
    end: usize,
}

/// The elements to leave out for an error in their order, at least one; none where there is nothing to leave out.
fn not_understood(text: &str, error: &SpannedError, decisive: &[&str]) -> Option<Vec<Range<usize>>> {
    if error.code == Error::ExceededRecursionLimit || was_stopped(&error.code) {
        return None;
    }
    let spots = around(text, byte_at(text, error.span.end), &error.code);
    let leaf = spots.first()?;
    let taken = spots.iter().find(|spot| spot.can_go(decisive))?;
    let Some(mark) = Mark::of(text, leaf, &error.code) else { return Some(vec![taken.range()]) };
    let all = alike(text, leaf, taken.frames.len(), &mark);
    // What the mark was read off has it, but for a struct that names a field twice.
    Some(if all.contains(&taken.range()) { all } else { vec![taken.range()] })
}

impl Spot<'_> {
    fn range(&self) -> Range<usize> {
        self.frames.last().and_then(|frame| frame.first).unwrap_or(self.end)..self.end
    }

    /// An item of a list, an entry of a map, or a field of a struct, which may be one that can be missing: where
    /// it is not, the struct goes next. A place in a tuple stays.
    fn can_go(&self, decisive: &[&str]) -> bool {
        self.frames.last().is_some_and(|frame| match frame.bracket {
            '(' => frame.key.is_some_and(|key| !decisive.contains(&key)),
            _ => true,
        })
    }
}

/// The elements that hold a place, the innermost first.
fn around<'a>(text: &'a str, at: usize, code: &Error) -> Vec<Spot<'a>> {
    // A field is missing at the end of its struct, where the last field ends too.
    let mut of_whole =
        matches!(code, Error::MissingStructField { .. } | Error::ExpectedDifferentLength { .. });
    let mut spots = Vec::new();
    spots::each(text, |frames: &[Frame<'a>], end: End| {
        let Some(frame) = frames.last().filter(|frame| frame.from <= at && at <= end.at) else { return };
        let is_last = end.closes && end.at == at;
        if is_last && std::mem::take(&mut of_whole) || frame.first.is_none() {
            return;
        }
        of_whole = false;
        spots.push(Spot { frames: frames.to_vec(), end: end.at });
    });
    spots
}

/// What all elements have that aren't understood for the same reason.
struct Mark<'a> {
    looks: Looks<'a>,
    /// The field that is missing.
    lacks: Option<&'static str>,
}

/// What a value looks like at its beginning.
#[derive(PartialEq, Eq)]
enum Looks<'a> {
    /// A plain variant, or the name of a struct or variant with the bracket behind it.
    Name(&'a str, Option<char>),
    /// A text or what is in brackets.
    Sign(char),
}

impl<'a> Looks<'a> {
    /// None for numbers: which of them are understood may depend on how large they are.
    fn of(value: &'a str) -> Option<Self> {
        let value = value.trim_matches(is_space);
        let first = value.chars().next()?;
        if first.is_alphabetic() || first == '_' {
            let end = value.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let (name, rest) = value.split_at(end.unwrap_or(value.len()));
            return Some(Self::Name(name, rest.trim_start_matches(is_space).chars().next()));
        }
        matches!(first, '"' | '\'' | '(' | '[' | '{').then_some(Self::Sign(first))
    }
}

impl<'a> Mark<'a> {
    /// None where others that look the same may be understood.
    fn of(text: &'a str, leaf: &Spot<'a>, code: &Error) -> Option<Self> {
        let is_of_shape = matches!(
            code,
            Error::MissingStructField { .. }
                | Error::NoSuchEnumVariant { .. }
                | Error::ExpectedString
                | Error::ExpectedBoolean
                | Error::ExpectedInteger
                | Error::ExpectedFloat
                | Error::ExpectedArray
                | Error::ExpectedMap
                | Error::ExpectedStructLike
                | Error::ExpectedDifferentStructName { .. }
                | Error::ExpectedNamedStructLike(_)
                | Error::ExpectedIdentifier
        );
        if !is_of_shape {
            return None;
        }
        let lacks = if let Error::MissingStructField { field, .. } = code { Some(*field) } else { None };
        let frame = leaf.frames.last()?;
        Some(Self { looks: Looks::of(&text[frame.value..leaf.end])?, lacks })
    }
}

/// The elements at the same place as `leaf` that have the mark, or what is around them at this depth.
fn alike(text: &str, leaf: &Spot<'_>, depth: usize, mark: &Mark<'_>) -> Vec<Range<usize>> {
    let place = &leaf.frames;
    let same = |frames: &[Frame<'_>]| {
        frames.len() == place.len()
            && frames.iter().zip(place).all(|(one, other)| {
                let is_named = other.bracket == '(';
                one.bracket == other.bracket
                    && one.owner == other.owner
                    && (!is_named || one.key == other.key)
            })
    };
    let (mut found, mut goes, mut has) = (Vec::new(), None, None);
    spots::each(text, |frames, end| {
        if frames.len() == place.len() + 1 && frames.last().and_then(|frame| frame.key) == mark.lacks {
            has = frames.get(place.len() - 1).map(|frame| frame.from);
        }
        if same(frames)
            && let Some(frame) = frames.last()
            && Looks::of(&text[frame.value..end.at]).as_ref() == Some(&mark.looks)
            && (mark.lacks.is_none() || has != Some(frame.from))
        {
            goes = frames.get(depth - 1).and_then(|frame| frame.first);
        }
        if frames.len() == depth
            && let Some(first) =
                goes.take_if(|first| frames.last().is_some_and(|frame| frame.first == Some(*first)))
        {
            found.push(first..end.at);
        }
    });
    found
}

#[cfg(test)]
mod tests;
