//! Days as people type and read them: `2026-12-01`, `1 Dec`, `friday`, `in 4 weeks`, `+14`.
//!
//! Owns what is understood and how a day is shown. Never asks what day it is: it is handed today.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use interim::Dialect;

/// What to say where a text is no day that is understood.
pub const FORMS: &str = "I understand days like 2026-12-01, 1 Dec, friday, in 4 weeks, 4w or +14.";

/// No plan reaches further than this many years.
const FURTHEST: i32 = 100;

/// The day that a text means, seen from `today`; none where it is not understood.
///
/// Without a year the coming day is meant, never one that is past; with a year any day is taken. Numbers
/// with strokes are day and month.
#[must_use]
pub fn parse(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words = plain(text);
    let day = ahead(&words, today)
        .or_else(|| day_of_month(&words, today))
        .or_else(|| dotted(&words, today))
        .or_else(|| spoken(&words, today))?;
    ((day.year() - today.year()).abs() <= FURTHEST).then_some(day)
}

/// A day as people read it: with its weekday, and with its year where that is not this one.
#[must_use]
pub fn shown(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    day.format(form).to_string()
}

/// Lower case, without the small words before a day, and with `1st` or `1.` as `1`.
fn plain(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    while words.len() > 1 && matches!(words[0], "by" | "in" | "on" | "until" | "the") {
        words.remove(0);
    }
    let bare = words.iter().map(|word| match word {
        &"a" | &"an" | &"one" => "1",
        &"two" => "2",
        &"three" => "3",
        &"four" => "4",
        &"six" => "6",
        word => ["st", "nd", "rd", "th", "."]
            .iter()
            .find_map(|end| word.strip_suffix(end))
            .filter(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
            .unwrap_or(word),
    });
    bare.collect::<Vec<_>>().join(" ")
}

/// So many days, weeks, months or years from today: `+14`, `4w`, `+2w`, `4 weeks`.
fn ahead(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (signed, rest) = words.strip_prefix('+').map_or((false, words), |rest| (true, rest.trim_start()));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = rest.split_at(digits);
    let number: u32 = number.parse().ok()?;
    let unit = unit.trim_start();
    let is = |whole: &str| !unit.is_empty() && whole.starts_with(unit);
    if (signed && unit.is_empty()) || is("days") {
        today.checked_add_days(Days::new(number.into()))
    } else if is("weeks") {
        today.checked_add_days(Days::new(u64::from(number) * 7))
    } else if is("months") {
        today.checked_add_months(Months::new(number))
    } else if is("years") {
        today.checked_add_months(Months::new(number.checked_mul(12)?))
    } else {
        None
    }
}

/// A number alone is a day of this month, or of the next that has it.
fn day_of_month(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day: u32 = words.parse().ok()?;
    (0..3)
        .filter_map(|months| today.with_day(1)?.checked_add_months(Months::new(months))?.with_day(day))
        .find(|found| *found >= today)
}

/// `1.12.` and `1.12.2026`.
fn dotted(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = words.trim_end_matches('.').split('.').map(str::trim).collect();
    let (day, month, year) = match parts[..] {
        [day, month] => (day, month, None),
        [day, month, year] => (day, month, Some(year)),
        _ => return None,
    };
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    match year {
        Some(year) => NaiveDate::from_ymd_opt(whole_year(year.parse().ok()?), month, day),
        None => coming(NaiveDate::from_ymd_opt(today.year(), month, day)?, today),
    }
}

/// Names of days and months, and dates in full.
fn spoken(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    // A year or an hour alone would be taken for a day.
    if words.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    let base = today.and_time(NaiveTime::MIN).and_utc();
    let day = interim::parse_date_string(words, base, Dialect::Uk).ok()?.date_naive();
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    match numbers {
        0 if day == today && matches!(words, "today" | "now") => Some(day),
        // On a Friday, "friday" is the one in a week; "week" alone is no day at all.
        0 if day == today => is_weekday(words).then(|| today.checked_add_days(Days::new(7))).flatten(),
        0 if matches!(words, "yesterday") || words.starts_with("last ") => Some(day),
        0 | 1 => coming(day, today),
        2 if words.contains('/') => coming(day, today),
        _ => day.with_year(whole_year(day.year())),
    }
}

fn is_weekday(word: &str) -> bool {
    word.parse::<Weekday>().is_ok()
}

/// The same day a year later where it is past.
fn coming(day: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    if day < today { day.checked_add_months(Months::new(12)) } else { Some(day) }
}

const fn whole_year(year: i32) -> i32 {
    if year >= 0 && year < 100 { 2000 + year } else { year }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_understood() {
        let today = day("2026-11-22");
        for (text, meant) in [
            ("2026-12-01", "2026-12-01"),
            ("2026-11-01", "2026-11-01"),
            ("1 Dec", "2026-12-01"),
            ("1 december 2027", "2027-12-01"),
            ("1 dec 27", "2027-12-01"),
            ("Dec 1", "2026-12-01"),
            ("1st Dec", "2026-12-01"),
            ("1. Dec", "2026-12-01"),
            ("by the 2nd dec", "2026-12-02"),
            ("1 Mar", "2027-03-01"),
            ("22 Nov", "2026-11-22"),
            ("1.12.", "2026-12-01"),
            ("1.12.2026", "2026-12-01"),
            ("1.3.27", "2027-03-01"),
            ("1/12", "2026-12-01"),
            ("1/3", "2027-03-01"),
            ("1/12/26", "2026-12-01"),
            ("15", "2026-12-15"),
            ("30", "2026-11-30"),
            ("friday", "2026-11-27"),
            ("fri", "2026-11-27"),
            ("Sunday", "2026-11-29"),
            ("next week", "2026-11-29"),
            ("next month", "2026-12-22"),
            ("december", "2026-12-01"),
            ("in march", "2027-03-01"),
            ("today", "2026-11-22"),
            ("tomorrow", "2026-11-23"),
            ("in 4 weeks", "2026-12-20"),
            ("in two weeks", "2026-12-06"),
            ("in a month", "2026-12-22"),
            ("4w", "2026-12-20"),
            ("10d", "2026-12-02"),
            ("3m", "2027-02-22"),
            ("1y", "2027-11-22"),
            ("+14", "2026-12-06"),
            ("+ 2 w", "2026-12-06"),
        ] {
            assert_eq!(parse(text, today), Some(day(meant)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "soon",
            "2027",
            "40",
            "0",
            "31 feb",
            "99999w",
            "w",
            "+",
            "1.2.3.4",
            "14:00",
            "Anna",
            "9999-12-31",
        ] {
            assert_eq!(parse(text, day("2026-11-22")), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_shown_with_its_weekday() {
        let today = day("2026-11-22");
        assert_eq!(shown(day("2026-12-01"), today), "Tue 1 Dec");
        assert_eq!(shown(day("2027-03-15"), today), "Mon 15 Mar 2027");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,30}", near in "[-+/.:,0-9a-z ]{0,20}") {
            let _ = parse(&text, day("2026-11-22"));
            let _ = parse(&near, day("2028-02-29"));
        }
    }
}
