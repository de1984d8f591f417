//! The text forms of dates. ISO 8601 is written; every form that a ServiceStack server can be configured to write is read.

use std::borrow::Cow;

use jiff::fmt::strtime;
use jiff::fmt::temporal::{Pieces, PiecesOffset};

use super::date_time::{DateTime, Zone};
use super::ticks;

/// Numbers of at least this magnitude are milliseconds since 1970, smaller ones are seconds.
const FIRST_MILLISECONDS: u128 = 100_000_000_000;

/// `2012-05-01T10:20:30.1234567+08:00`, without trailing zeros in the fraction.
pub(super) fn iso(value: DateTime) -> String {
    let pieces = Pieces::from(value.civil());
    match value.zone() {
        Zone::Unspecified => pieces,
        Zone::Utc => pieces.with_offset(PiecesOffset::Zulu),
        Zone::Offset(offset) => pieces.with_offset(offset),
    }
    .to_string()
}

/// Parses any of the forms.
pub(super) fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    wcf(text).or_else(|| number(text)).or_else(|| iso_8601(text)).or_else(|| rfc_1123(text))
}

/// Milliseconds since 1970, or seconds if the number is too small for milliseconds of a recent date.
pub(super) fn from_number(number: i128) -> DateTime {
    let milliseconds = if number.unsigned_abs() >= FIRST_MILLISECONDS { number } else { number * 1000 };
    from_unix_milliseconds(milliseconds, Zone::Utc)
}

pub(super) fn from_float(number: f64) -> Option<DateTime> {
    let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number };
    let ticks = ticks::from_seconds(seconds)?.saturating_add(ticks::UNIX_EPOCH);
    Some(DateTime::from_ticks(ticks, Zone::Utc))
}

/// Servers write one millisecond past the year 9999 for `DateTime.MaxValue`; it becomes the nearest date.
fn from_unix_milliseconds(milliseconds: i128, zone: Zone) -> DateTime {
    let ticks = milliseconds.saturating_mul(i128::from(ticks::PER_MILLISECOND));
    let instant = ticks.saturating_add(i128::from(ticks::UNIX_EPOCH));
    // This range leaves room for adding the offset.
    let instant = instant.clamp(-i128::from(ticks::PER_DAY), i128::from(ticks::MAX + ticks::PER_DAY));
    DateTime::from_instant_ticks(i64::try_from(instant).unwrap_or_default(), zone)
}

/// `/Date(1335867630123)/`, `/Date(1335867630123+0800)/`: milliseconds in UTC. Without an offset the zone is UTC, with `-0000` there is no
/// zone.
fn wcf(text: &str) -> Option<DateTime> {
    let text = text.strip_prefix('\\').unwrap_or(text);
    let inner = text.strip_prefix("/Date(")?;
    let inner = inner.strip_suffix(")\\/").or_else(|| inner.strip_suffix(")/"))?;
    let sign = inner.rfind(['+', '-']).filter(|index| *index > 0).unwrap_or(inner.len());
    let (number, zone) = match inner.split_at_checked(sign)? {
        (number, "") => (number, Zone::Utc),
        (number, "-0000") => (number, Zone::Unspecified),
        (number, offset) => (number, Zone::Offset(strtime::parse("%z", offset).ok()?.offset()?)),
    };
    Some(from_unix_milliseconds(number.parse().ok()?, zone))
}

/// A count of seconds or milliseconds, in formats that have only text; `20120501` is a date.
fn number(text: &str) -> Option<DateTime> {
    let is_date = text.len() == 8 && !text.starts_with('-');
    text.parse().ok().filter(|_| !is_date && !text.starts_with('+')).map(from_number)
}

/// `20120501`, `2012-05-01`, `2012-05-01 10:20`, `2012-05-01T10:20:30.1234567Z`, `...+08:00`.
fn iso_8601(text: &str) -> Option<DateTime> {
    // jiff accepts nine fractional digits; .NET has seven.
    let (start, fraction) = text.split_at_checked(text.find(['.', ',']).map_or(text.len(), |point| point + 1))?;
    let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match fraction.strip_suffix(zone).and_then(|digits| digits.get(..9)) {
        Some(digits) => Cow::Owned(format!("{start}{digits}{zone}")),
        None => Cow::Borrowed(text),
    };
    let pieces = Pieces::parse(&*text).ok()?;
    let zone = match pieces.offset() {
        None => Zone::Unspecified,
        Some(PiecesOffset::Zulu) => Zone::Utc,
        Some(offset) => Zone::Offset(offset.to_numeric_offset()),
    };
    // .NET has no dates before the year 1.
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    (civil.year() >= 1).then(|| DateTime::new(civil, zone))
}

/// `Tue, 01 May 2012 10:20:30 GMT`.
fn rfc_1123(text: &str) -> Option<DateTime> {
    let (_weekday, rest) = text.split_once(", ")?;
    let civil = strtime::parse("%d %b %Y %H:%M:%S GMT", rest).ok()?.to_datetime().ok()?;
    (civil.year() >= 1).then(|| DateTime::utc(civil))
}
