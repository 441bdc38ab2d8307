//! A length of time as a script writes it: `90s`, `5m`, `1h30m`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A planned length of time in whole seconds, at most a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(u32);

impl Span {
    /// The longest span: 24 hours.
    pub const MAX: Self = Self(24 * 60 * 60);

    /// A span of whole seconds, cut to [`Span::MAX`].
    #[must_use]
    pub const fn from_secs(secs: u32) -> Self {
        if secs > Self::MAX.0 { Self::MAX } else { Self(secs) }
    }

    /// A span of whole minutes, cut to [`Span::MAX`].
    #[must_use]
    pub const fn from_mins(mins: u32) -> Self {
        Self::from_secs(mins.saturating_mul(60))
    }

    /// Its length in seconds.
    #[must_use]
    pub const fn as_secs(self) -> u32 {
        self.0
    }

    /// No time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Self::from_secs(u64::from(span.0))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, mins, secs) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if mins > 0 {
            write!(f, "{mins}m")?;
        }
        if secs > 0 || self.0 == 0 {
            write!(f, "{secs}s")?;
        }
        Ok(())
    }
}

/// Why a text is no length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanError {
    /// It is not numbers with `h`, `m` and `s`, each at most once, in that order.
    Form,
    /// It is longer than a day.
    TooLong,
}

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("a time is written like 90s, 5m or 1h30m"),
            Self::TooLong => f.write_str("a time is at most 24h"),
        }
    }
}

impl std::error::Error for SpanError {}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(SpanError::Form);
        }
        let mut total: u32 = 0;
        for (unit, factor) in [('h', 3600), ('m', 60), ('s', 1)] {
            let Some((number, after)) = rest.split_once(unit) else { continue };
            if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(SpanError::Form);
            }
            let number: u32 = number.parse().map_err(|_| SpanError::TooLong)?;
            total = number
                .checked_mul(factor)
                .and_then(|part| total.checked_add(part))
                .ok_or(SpanError::TooLong)?;
            rest = after;
        }
        if !rest.is_empty() {
            return Err(SpanError::Form);
        }
        if total > Self::MAX.0 { Err(SpanError::TooLong) } else { Ok(Self(total)) }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_written() {
        for (text, secs) in
            [("90s", 90), ("5m", 300), ("1h30m", 5400), ("1h5s", 3605), (" 2m ", 120), ("0s", 0)]
        {
            assert_eq!(text.parse(), Ok(Span::from_secs(secs)), "{text}");
        }
        for text in ["", "5", "m", "5m5h", "-1m", "1.5m", "5 m 3", "5m5m", "٣m"] {
            assert_eq!(text.parse::<Span>(), Err(SpanError::Form), "{text}");
        }
        assert_eq!("25h".parse::<Span>(), Err(SpanError::TooLong));
        assert_eq!("99999999999s".parse::<Span>(), Err(SpanError::TooLong));
    }

    #[test]
    fn what_is_shown_reads_back() {
        for secs in [0, 1, 59, 60, 61, 3600, 3661, 86400] {
            let span = Span::from_secs(secs);
            assert_eq!(span.to_string().parse(), Ok(span));
        }
    }
}
