//! Times on the command line: read from it, written by it.

use std::str::FromStr;
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A length of time as a script writes it: `90s`, `5m`, `1h30m`.
pub(super) fn length(time: Duration) -> String {
    let secs = time.as_secs();
    let parts = [(secs / HOUR, 'h'), (secs / MINUTE % 60, 'm'), (secs % MINUTE, 's')];
    let text: String =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// What times are counted from: the beginning, or a time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Start(Option<u64>);

impl Start {
    /// What the clock says after so long: `14:05`, or `0:05` counted from the beginning.
    pub(super) fn after(self, time: Duration) -> String {
        let (secs, width, days) = match self.0 {
            Some(start) => {
                let secs = start + time.as_secs();
                (secs % DAY, 2, secs / DAY)
            }
            None => (time.as_secs(), 1, 0),
        };
        let (hours, minutes, rest) = (secs / HOUR, secs / MINUTE % 60, secs % MINUTE);
        let rest = if rest == 0 { String::new() } else { format!(":{rest:02}") };
        let day = if days == 0 { String::new() } else { format!(" +{days}d") };
        format!("{hours:0width$}:{minutes:02}{rest}{day}")
    }
}

impl FromStr for Start {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str, most: u64| {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u64>().ok().filter(|number| digits && *number <= most)
        };
        text.split_once(':')
            .filter(|(_, minutes)| minutes.len() == 2)
            .and_then(|(hours, minutes)| Some((number(hours, 23)?, number(minutes, 59)?)))
            .map(|(hours, minutes)| Self(Some(hours * HOUR + minutes * MINUTE)))
            .ok_or_else(|| "a time of the day is written like 14:00".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_in_scripts() {
        for (secs, text) in [(0, "0s"), (90, "1m30s"), (300, "5m"), (5400, "1h30m"), (360_000, "100h")] {
            assert_eq!(length(Duration::from_secs(secs)), text);
        }
    }

    #[test]
    fn clocks_go_on_after_midnight() {
        let minutes = |minutes: u64| Duration::from_secs(minutes * MINUTE);
        let start: Start = "23:30".parse().unwrap();
        assert_eq!(start.after(minutes(15)), "23:45");
        assert_eq!(start.after(minutes(45)), "00:15 +1d");
        assert_eq!("9:05".parse::<Start>().unwrap().after(Duration::from_secs(30)), "09:05:30");
        assert_eq!(Start::default().after(minutes(95)), "1:35");
        for wrong in ["", "14", "24:00", "12:60", "1:2", "-1:00", "+1:00", "12:00:00", "012:00"] {
            assert!(wrong.parse::<Start>().is_err(), "{wrong}");
        }
    }
}
