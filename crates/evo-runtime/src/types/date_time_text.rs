//! The text forms of dates: ISO 8601 is written; what any ServiceStack server of any configuration writes is read.

use jiff::civil;
use jiff::tz::Offset;

use super::date_time::{DateTime, Zone};
use super::scan::Scan;
use super::ticks;

/// Numbers from here on are milliseconds since 1970, those nearer to 0 are seconds.
const FIRST_MILLISECONDS: u128 = 100_000_000_000;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `2012-05-01T10:20:30.1234567+08:00`, the fraction without zeros at its end.
pub(super) fn iso(value: DateTime) -> String {
    let civil = value.civil();
    let zone = match value.zone() {
        Zone::Unspecified => String::new(),
        Zone::Utc => "Z".to_owned(),
        Zone::Offset(offset) => offset_text(offset),
    };
    format!(
        "{}T{:02}:{:02}:{:02}{}{zone}",
        iso_date(civil.date()),
        civil.hour(),
        civil.minute(),
        civil.second(),
        ticks::fraction_text(value.ticks()),
    )
}

pub(super) fn iso_date(date: civil::Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn offset_text(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let minutes = offset.seconds().abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Reads any form.
pub(super) fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    wcf(text).or_else(|| digits(text)).or_else(|| iso_8601(text)).or_else(|| rfc_1123(text))
}

/// Milliseconds or, when there are too few for any recent date, seconds since 1970.
pub(super) fn from_number(number: i128) -> DateTime {
    let milliseconds = if number.unsigned_abs() >= FIRST_MILLISECONDS { number } else { number * 1000 };
    of_unix_milliseconds(milliseconds, Zone::Utc)
}

pub(super) fn from_float(number: f64) -> Option<DateTime> {
    let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number };
    let ticks = ticks::of_seconds(seconds)?.saturating_add(ticks::UNIX_EPOCH);
    Some(DateTime::from_ticks(ticks, Zone::Utc))
}

/// Servers write one millisecond past the year 9999 for `DateTime.MaxValue`: the nearest date is taken.
fn of_unix_milliseconds(milliseconds: i128, zone: Zone) -> DateTime {
    let ticks = milliseconds.saturating_mul(i128::from(ticks::PER_MILLISECOND));
    let instant = ticks.saturating_add(i128::from(ticks::UNIX_EPOCH));
    // A range that leaves room for the offset that is added.
    let instant = instant.clamp(-i128::from(ticks::PER_DAY), i128::from(ticks::MAX + ticks::PER_DAY));
    DateTime::from_instant_ticks(i64::try_from(instant).unwrap_or_default(), zone)
}

/// `/Date(1335867630123)/`, `/Date(1335867630123+0800)/`: UTC milliseconds; without an offset UTC, with `-0000` no
/// zone.
fn wcf(text: &str) -> Option<DateTime> {
    let text = text.strip_prefix('\\').unwrap_or(text);
    let inner = text.strip_prefix("/Date(")?;
    let inner = inner.strip_suffix(")\\/").or_else(|| inner.strip_suffix(")/"))?;
    let sign = inner.rfind(['+', '-']).filter(|index| *index > 0);
    let (number, zone) = match sign {
        None => (inner, Zone::Utc),
        Some(index) => {
            let (number, offset) = inner.split_at_checked(index)?;
            (number, if offset == "-0000" { Zone::Unspecified } else { Zone::Offset(whole_offset(offset)?) })
        }
    };
    let milliseconds: i128 = number.parse().ok()?;
    Some(of_unix_milliseconds(milliseconds, zone))
}

/// `20120501`, and numbers of seconds or milliseconds in formats that have text only.
fn digits(text: &str) -> Option<DateTime> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if text.len() != 8 || unsigned.len() != 8 {
        return text.parse().ok().map(from_number);
    }
    let mut scan = Scan(text);
    let date = civil_date(scan.fixed(4)?, scan.fixed(2)?, scan.fixed(2)?)?;
    Some(date.into())
}

/// `2012-05-01`, `2012-05-01 10:20`, `2012-05-01T10:20:30.1234567Z`, `...+08:00`.
fn iso_8601(text: &str) -> Option<DateTime> {
    let mut scan = Scan(text);
    let year = scan.fixed(4)?;
    scan.take('-')?;
    let month = scan.fixed(2)?;
    scan.take('-')?;
    let date = civil_date(year, month, scan.fixed(2)?)?;
    if scan.end().is_some() {
        return Some(date.into());
    }
    scan.one_of(&['T', 't', ' '])?;
    let time = clock(&mut scan)?;
    let zone = match scan.0 {
        "" => Zone::Unspecified,
        "Z" | "z" => Zone::Utc,
        offset => Zone::Offset(whole_offset(offset)?),
    };
    Some(DateTime::from_ticks(ticks::of_civil(date.at(0, 0, 0, 0)) + time, zone))
}

/// `Tue, 01 May 2012 10:20:30 GMT`.
fn rfc_1123(text: &str) -> Option<DateTime> {
    let (_weekday, rest) = text.split_once(", ")?;
    let mut words = rest.split_ascii_whitespace();
    let day = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().zip(1..).find(|(name, _)| name.eq_ignore_ascii_case(month))?.1;
    let year = words.next()?.parse().ok()?;
    let mut scan = Scan(words.next()?);
    let time = clock(&mut scan)?;
    scan.end()?;
    if words.next()? != "GMT" || words.next().is_some() {
        return None;
    }
    let date = civil_date(year, month, day)?;
    Some(DateTime::from_ticks(ticks::of_civil(date.at(0, 0, 0, 0)) + time, Zone::Utc))
}

/// `10:20`, `10:20:30`, `10:20:30.1234567`: ticks since midnight.
fn clock(scan: &mut Scan<'_>) -> Option<i64> {
    let hour = scan.fixed(2).filter(|hour| *hour < 24)?;
    scan.take(':')?;
    let minute = scan.fixed(2).filter(|minute| *minute < 60)?;
    let mut seconds = 0;
    if scan.take(':').is_some() {
        let second = scan.fixed(2).filter(|second| *second < 60)?;
        seconds = second * ticks::PER_SECOND + scan.fraction();
    }
    Some(hour * ticks::PER_HOUR + minute * ticks::PER_MINUTE + seconds)
}

/// `+08:00`, `+0800`, `+08`.
fn whole_offset(text: &str) -> Option<Offset> {
    let mut scan = Scan(text);
    let sign = if scan.one_of(&['+', '-'])? == '-' { -1 } else { 1 };
    let hours = scan.fixed(2).filter(|hours| *hours < 24)?;
    let mut minutes = 0;
    if scan.end().is_none() {
        let _ = scan.take(':');
        minutes = scan.fixed(2).filter(|minutes| *minutes < 60)?;
    }
    scan.end()?;
    Offset::from_seconds(i32::try_from(sign * (hours * 60 + minutes) * 60).ok()?).ok()
}

/// A date that .NET has.
fn civil_date(year: i64, month: i64, day: i64) -> Option<civil::Date> {
    let date = civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (date.year() >= 1).then_some(date)
}
