//! Where time comes from: the only place that asks the system what time it is.
//!
//! Owns the two readings that the program needs. The *steady* time is what sessions, journals and
//! countdowns run on: it starts at the wall time of the program's start and from there follows a
//! clock that cannot be set and that goes on while the machine sleeps. A wall clock that is put
//! forth or back during a session therefore moves no countdown. The *wall* time is what a watch on
//! the wall shows, and is for showing only. Never decides anything.

#![expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Local, TimeDelta, Utc};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The steady time: never goes back, counts time during which the machine sleeps or the program
    /// is stopped, whole milliseconds, in the local offset from UTC.
    fn now(&self) -> DateTime<FixedOffset>;

    /// The time of the day as the system has it now: may jump; for showing only.
    fn wall(&self) -> DateTime<FixedOffset>;
}

/// The system's clocks.
#[derive(Debug)]
pub struct SystemClock {
    wall_at_start: DateTime<Utc>,
    start: Running,
}

impl SystemClock {
    /// A clock whose steady time starts at the wall time of now. One for each run of the program.
    #[must_use]
    pub fn start() -> Self {
        Self { wall_at_start: Utc::now(), start: Running::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> DateTime<FixedOffset> {
        local(after(self.wall_at_start, self.start.elapsed()))
    }

    fn wall(&self) -> DateTime<FixedOffset> {
        local(Utc::now())
    }
}

/// A reading of a clock that cannot be set. On Linux `Instant` stands still while the machine
/// sleeps, so the boot time is read there.
#[derive(Debug, Clone, Copy)]
struct Running {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    since_boot: Duration,
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    instant: std::time::Instant,
}

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Running {
    fn now() -> Self {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let secs = u64::try_from(time.tv_sec).unwrap_or(0);
        let nanos = u32::try_from(time.tv_nsec).unwrap_or(0);
        Self { since_boot: Duration::new(secs, nanos) }
    }

    fn elapsed(self) -> Duration {
        Self::now().since_boot.saturating_sub(self.since_boot)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Running {
    fn now() -> Self {
        Self { instant: std::time::Instant::now() }
    }

    fn elapsed(self) -> Duration {
        self.instant.elapsed()
    }
}

fn after(start: DateTime<Utc>, elapsed: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(elapsed).ok().and_then(|delta| start.checked_add_signed(delta)).unwrap_or(start)
}

/// `time` in the local offset that holds at that moment, in whole milliseconds.
fn local(time: DateTime<Utc>) -> DateTime<FixedOffset> {
    let time = DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time);
    time.with_timezone(&Local).fixed_offset()
}

/// A clock that stands still until it is told to move, for tests.
#[derive(Debug)]
pub struct ManualClock {
    hands: Mutex<Hands>,
}

#[derive(Debug, Clone, Copy)]
struct Hands {
    steady: DateTime<FixedOffset>,
    wall: DateTime<FixedOffset>,
}

impl ManualClock {
    /// A clock at which both times are `start`.
    #[must_use]
    pub fn at(start: DateTime<FixedOffset>) -> Self {
        Self { hands: Mutex::new(Hands { steady: start, wall: start }) }
    }

    /// Lets `time` pass on both clocks. At the end of the calendar it stands still.
    pub fn advance(&self, time: Duration) {
        let delta = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
        self.turn(|hands| Hands { steady: shifted(hands.steady, delta), wall: shifted(hands.wall, delta) });
    }

    /// Puts the wall clock forth or back, as somebody who sets it does. The steady time goes on as
    /// if nothing had happened.
    pub fn set_wall(&self, wall: DateTime<FixedOffset>) {
        self.turn(|hands| Hands { wall, ..hands });
    }

    /// Moves both to another offset from UTC, as a change to summer time does: the moment stays.
    pub fn set_offset(&self, offset: FixedOffset) {
        self.turn(|hands| Hands {
            steady: hands.steady.with_timezone(&offset),
            wall: hands.wall.with_timezone(&offset),
        });
    }

    fn hands(&self) -> Hands {
        *self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self, turned: impl FnOnce(Hands) -> Hands) {
        let mut hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        *hands = turned(*hands);
    }
}

fn shifted(time: DateTime<FixedOffset>, delta: TimeDelta) -> DateTime<FixedOffset> {
    time.checked_add_signed(delta).unwrap_or(time)
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<FixedOffset> {
        self.hands().steady
    }

    fn wall(&self) -> DateTime<FixedOffset> {
        self.hands().wall
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-22T12:00:00.000+01:00").unwrap()
    }

    #[test]
    fn setting_the_wall_clock_leaves_the_steady_time_alone() {
        let clock = ManualClock::at(noon());
        clock.advance(Duration::from_secs(90));
        clock.set_wall(noon() - TimeDelta::hours(1));
        clock.advance(Duration::from_millis(500));
        assert_eq!(clock.now(), noon() + TimeDelta::milliseconds(90_500));
        assert_eq!(clock.wall(), noon() - TimeDelta::hours(1) + TimeDelta::milliseconds(500));
    }

    #[test]
    fn summer_time_changes_the_offset_and_not_the_moment() {
        let clock = ManualClock::at(noon());
        clock.set_offset(FixedOffset::east_opt(2 * 3600).unwrap());
        assert_eq!(clock.now(), noon());
        assert_eq!(clock.now().to_rfc3339(), "2026-11-22T13:00:00+02:00");
    }

    #[test]
    fn a_clock_at_the_end_of_the_calendar_stands_still() {
        let clock = ManualClock::at(noon());
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), noon());
    }

    #[test]
    fn the_system_clock_never_goes_back_and_counts_whole_milliseconds() {
        let clock = SystemClock::start();
        let mut last = clock.now();
        for _ in 0..1000 {
            let now = clock.now();
            assert!(now >= last);
            assert_eq!(now.timestamp_subsec_nanos() % 1_000_000, 0);
            last = now;
        }
        assert!((clock.wall() - last).abs() < TimeDelta::minutes(1));
    }
}
