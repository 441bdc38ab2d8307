//! Moments and countdowns, as pure values.
//!
//! Owns: what a moment is, how a countdown runs, and what it shows. Never: asks what time it is,
//! starts a thread. Whoever needs "now" is handed it.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, SubsecRound, TimeDelta};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment on the steady wall clock of the program that recorded it, to the millisecond, with the
/// place's offset from UTC so that a file reads in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<FixedOffset>);

impl Timestamp {
    /// This moment, cut to whole milliseconds.
    #[must_use]
    pub fn new(moment: DateTime<FixedOffset>) -> Self {
        Self(moment.trunc_subsecs(3))
    }

    /// Milliseconds since 1970 in UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// The moment with its local offset.
    #[must_use]
    pub const fn local(self) -> DateTime<FixedOffset> {
        self.0
    }

    /// The local day.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// This time of day on the same local day.
    #[must_use]
    pub fn at_time_of_day(self, time: NaiveTime) -> Option<Self> {
        self.0.with_time(time).single().map(Self::new)
    }

    /// The moment so many milliseconds later (earlier where negative); stays where it is past the
    /// ends of the calendar.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        TimeDelta::try_milliseconds(millis)
            .and_then(|delta| self.0.checked_add_signed(delta))
            .map_or(self, Self)
    }

    /// Milliseconds from `earlier` to this moment; negative when it is later.
    #[must_use]
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.millis().saturating_sub(earlier.millis())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, false))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text)
            .map(Self::new)
            .map_err(|_| de::Error::custom("a moment is written like 2026-11-22T14:23:05.000+01:00"))
    }
}

/// A time of day as people write it: `14:00`, `9.30`, `1400`, `9`, `2 pm`; none where it is no such time.
#[must_use]
pub fn parse_time_of_day(text: &str) -> Option<NaiveTime> {
    let lower = text.trim().to_lowercase();
    let (digits, noon) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim_end(), Some(0)),
        (None, Some(rest)) => (rest.trim_end(), Some(12)),
        (None, None) => (lower.as_str(), None),
    };
    let (hour, minute) = match digits.split_once([':', '.', 'h']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if matches!(digits.len(), 3 | 4) && digits.is_ascii() => digits.split_at(digits.len() - 2),
        None => (digits, "00"),
    };
    let plain = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(hour) || !plain(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match noon {
        Some(shift) if (1..=12).contains(&hour) => hour % 12 + shift,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// A countdown: what was planned, what was given or taken, what has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countdown {
    /// Planned length in seconds.
    pub planned: u32,
    /// Seconds given (or, negative, taken) while it ran.
    #[serde(default, skip_serializing_if = "is_zero_i64")]
    pub extra: i64,
    /// Milliseconds that ran before the present run.
    #[serde(default, skip_serializing_if = "is_zero_i64")]
    pub spent: i64,
    /// When the present run began; none while it stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero_i64(value: &i64) -> bool {
    *value == 0
}

impl Countdown {
    /// A countdown that stands still at its full length.
    #[must_use]
    pub const fn new(planned: u32) -> Self {
        Self { planned, extra: 0, spent: 0, since: None }
    }

    /// Whether it is running.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.since.is_some()
    }

    /// Whether it has ever run.
    #[must_use]
    pub const fn has_begun(&self) -> bool {
        self.since.is_some() || self.spent > 0
    }

    /// Milliseconds that have run by `now`; never negative, whatever the clock did.
    #[must_use]
    pub fn ran(&self, now: Timestamp) -> i64 {
        let present = self.since.map_or(0, |since| now.millis_since(since).max(0));
        self.spent.saturating_add(present).max(0)
    }

    /// Its whole length with what was given or taken, in milliseconds; never negative.
    #[must_use]
    pub const fn length(&self) -> i64 {
        let secs = (self.planned as i64).saturating_add(self.extra);
        if secs < 0 { 0 } else { secs.saturating_mul(1000) }
    }

    /// What is left at `now`.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Left {
        Left::from_millis(self.length().saturating_sub(self.ran(now)))
    }

    /// The same countdown, running from `now`.
    #[must_use]
    pub fn started(mut self, now: Timestamp) -> Self {
        if self.since.is_none() {
            self.since = Some(now);
        }
        self
    }

    /// The same countdown, standing still from `now`.
    #[must_use]
    pub fn paused(mut self, now: Timestamp) -> Self {
        self.spent = self.ran(now);
        self.since = None;
        self
    }

    /// The same countdown with so many seconds more, or fewer where negative. What is left never
    /// becomes less than nothing by taking time.
    #[must_use]
    pub fn extended(mut self, secs: i64) -> Self {
        self.extra = self.extra.saturating_add(secs).clamp(-i64::from(self.planned), 24 * 60 * 60);
        self
    }

    /// The same countdown, of whose run so many milliseconds do not count.
    #[must_use]
    pub const fn without(mut self, millis: i64) -> Self {
        self.spent = self.spent.saturating_sub(millis);
        self
    }

    /// Milliseconds from `now` to the next change of the shown seconds; none while it stands still.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Duration> {
        self.since?;
        let left = self.length().saturating_sub(self.ran(now));
        // A shown second is rounded up while time is left and down once it is over, so that both
        // edges lie on whole seconds of what is left.
        let wait = match left.rem_euclid(1000) {
            0 => 1000,
            part => part,
        };
        Some(Duration::from_millis(wait.unsigned_abs()))
    }
}

/// What a countdown has left, to the shown second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// So many seconds are left, rounded up.
    Time(u32),
    /// It is over by so many seconds, rounded down.
    Over(u32),
}

impl Left {
    fn from_millis(millis: i64) -> Self {
        let shown = |value: i64| u32::try_from(value).unwrap_or(u32::MAX);
        if millis > 0 {
            Self::Time(shown(millis.saturating_add(999) / 1000))
        } else {
            Self::Over(shown(millis.saturating_neg() / 1000))
        }
    }

    /// The seconds that are left: none once it is over.
    #[must_use]
    pub const fn secs(self) -> u32 {
        match self {
            Self::Time(secs) => secs,
            Self::Over(_) => 0,
        }
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Time(_) => false,
            Self::Over(_) => true,
        }
    }
}

/// `4:05`, `1:02:03`, and over time `+0:12`.
impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secs = match *self {
            Self::Time(secs) | Self::Over(secs) => secs,
        };
        if self.is_over() && secs > 0 {
            f.write_str("+")?;
        }
        if secs >= 3600 {
            write!(f, "{}:{:02}:{:02}", secs / 3600, secs / 60 % 60, secs % 60)
        } else {
            write!(f, "{}:{:02}", secs / 60, secs % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        let start = DateTime::parse_from_rfc3339("2026-11-22T14:00:00+01:00").unwrap();
        Timestamp::new(start).plus_millis(secs * 1000)
    }

    #[test]
    fn a_moment_reads_back_with_its_offset() {
        let text = ron::to_string(&at(5)).unwrap();
        assert_eq!(text, "\"2026-11-22T14:00:05.000+01:00\"");
        assert_eq!(ron::from_str::<Timestamp>(&text).unwrap(), at(5));
        assert!(ron::from_str::<Timestamp>("\"yesterday\"").is_err());
    }

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (text, told) in [
            ("14:00", "14:00"),
            (" 9.30 ", "09:30"),
            ("1400", "14:00"),
            ("930", "09:30"),
            ("9", "09:00"),
            ("14h15", "14:15"),
            ("2 pm", "14:00"),
            ("12:30am", "00:30"),
            ("12pm", "12:00"),
        ] {
            assert_eq!(parse_time_of_day(text).unwrap().format("%H:%M").to_string(), told, "{text}");
        }
        for text in
            ["", "25:00", "14:60", "noon", "14:0", "13pm", "-1", "+9", "14:00:00", "\u{661}4:00", "12345"]
        {
            assert_eq!(parse_time_of_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_countdown_counts_down_then_up() {
        let clock = Countdown::new(60).started(at(0));
        for (now, shown) in
            [(0, "1:00"), (1, "0:59"), (59, "0:01"), (60, "0:00"), (61, "+0:01"), (3720, "+1:01:00")]
        {
            assert_eq!(clock.left(at(now)).to_string(), shown, "at {now}");
        }
    }

    #[test]
    fn a_pause_holds_what_is_left_and_more_time_adds() {
        let clock = Countdown::new(60).started(at(0)).paused(at(20));
        assert_eq!(clock.left(at(500)), Left::Time(40));
        let clock = clock.extended(60).started(at(100));
        assert_eq!(clock.left(at(130)), Left::Time(70));
        assert_eq!(clock.started(at(110)), clock, "starting twice changes nothing");
    }

    #[test]
    fn taking_time_never_goes_below_nothing() {
        let clock = Countdown::new(60).extended(-90);
        assert_eq!(clock.left(at(0)), Left::Over(0));
        assert_eq!(clock.extended(60).left(at(0)), Left::Time(60));
    }

    #[test]
    fn a_clock_that_goes_back_takes_nothing() {
        let clock = Countdown::new(60).started(at(100));
        assert_eq!(clock.left(at(40)), Left::Time(60));
        assert_eq!(clock.paused(at(40)).left(at(40)), Left::Time(60));
    }

    #[test]
    fn the_next_change_is_the_next_shown_second() {
        let clock = Countdown::new(60).started(at(0));
        assert_eq!(clock.next_change(at(0).plus_millis(250)), Some(Duration::from_millis(750)));
        assert_eq!(clock.next_change(at(0)), Some(Duration::from_millis(1000)));
        assert_eq!(clock.next_change(at(60).plus_millis(250)), Some(Duration::from_millis(750)));
        assert_eq!(Countdown::new(60).next_change(at(0)), None);
    }
}
