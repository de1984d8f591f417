//! Support for `chrono`: conversions, and its types as members and map keys.
//!
//! The types of this crate convert with `From` and `TryFrom`; [`Date`] and [`Time`], which are jiff's, convert with functions. As members,
//! `chrono::DateTime` in `Utc` and at a `FixedOffset` reads values without a zone as UTC, and every type replaces a value that it or .NET
//! cannot represent with the nearest one.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::travels_as::travels_as;
use super::{DateTime, DateTimeOffset, TimeSpan, Zone, ticks};
use crate::wire::ReadError;

travels_as! {
    chrono::DateTime<Utc> as DateTime:
        |value: &chrono::DateTime<Utc>| DateTime::from(*value), |own: DateTime| universal(own.instant_ticks());
    chrono::DateTime<FixedOffset> as DateTimeOffset:
        |value: &chrono::DateTime<FixedOffset>| DateTimeOffset::from(*value), chrono::DateTime::<FixedOffset>::from;
    NaiveDate as Date: |value: &NaiveDate| nearest_date(*value), to_naive_date;
    NaiveTime as Time: |value: &NaiveTime| from_naive_time(*value), to_naive_time;
    TimeDelta as TimeSpan: |value: &TimeDelta| TimeSpan::from(*value), TimeDelta::from;
}

fn nearest_date(date: NaiveDate) -> Date {
    from_naive_date(date).unwrap_or(if date.year() < 0 { Date::MIN } else { Date::MAX })
}

/// Converts to the same date in chrono.
#[must_use]
pub fn to_naive_date(date: Date) -> NaiveDate {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    // chrono can represent every year of jiff.
    NaiveDate::from_ymd_opt(i32::from(date.year()), u32::from(month), u32::from(day)).unwrap_or_default()
}

/// Converts to the same date in jiff.
///
/// # Errors
///
/// For years with more than four digits.
pub fn from_naive_date(date: NaiveDate) -> Result<Date, ReadError> {
    let read = || {
        let year = i16::try_from(date.year()).ok()?;
        Date::new(year, i8::try_from(date.month()).ok()?, i8::try_from(date.day()).ok()?).ok()
    };
    read().ok_or_else(|| ReadError::new(format!("{date} is outside of the years -9999 to 9999")))
}

/// Converts to the same time of day in chrono.
#[must_use]
pub fn to_naive_time(time: Time) -> NaiveTime {
    let since = time.duration_since(Time::midnight());
    let seconds = u32::try_from(since.as_secs()).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, since.subsec_nanos().unsigned_abs()).unwrap_or_default()
}

/// Converts to the same time of day in jiff; a leap second becomes the last nanosecond of its minute.
#[must_use]
pub fn from_naive_time(time: NaiveTime) -> Time {
    let nanoseconds = i32::try_from(time.nanosecond()).unwrap_or(i32::MAX).min(999_999_999);
    let since = SignedDuration::new(i64::from(time.num_seconds_from_midnight()), nanoseconds);
    Time::midnight().saturating_add(since)
}

/// Without a zone. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<NaiveDateTime> for DateTime {
    fn from(naive: NaiveDateTime) -> Self {
        Self::from_ticks(ticks_of(&naive.and_utc(), 0), Zone::Unspecified)
    }
}

/// In UTC. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(value: chrono::DateTime<Utc>) -> Self {
        Self::from_ticks(ticks_of(&value, 0), Zone::Utc)
    }
}

/// With its offset. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<chrono::DateTime<FixedOffset>> for DateTime {
    fn from(value: chrono::DateTime<FixedOffset>) -> Self {
        // .NET's offsets are in whole minutes.
        let offset = value.offset().local_minus_utc() / 60 * 60;
        let zone = Zone::Offset(Offset::from_seconds(offset).unwrap_or(Offset::UTC));
        Self::from_ticks(ticks_of(&value.to_utc(), offset), zone)
    }
}

/// The civil date and time, whatever the zone.
impl From<DateTime> for NaiveDateTime {
    fn from(value: DateTime) -> Self {
        universal(value.ticks()).naive_utc()
    }
}

/// The instant. Fails without a zone.
impl TryFrom<DateTime> for chrono::DateTime<Utc> {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value).map(Self::from)
    }
}

/// With its offset. Fails without a zone.
impl TryFrom<DateTime> for chrono::DateTime<FixedOffset> {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value).map(Self::from)
    }
}

/// At offset zero. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<chrono::DateTime<Utc>> for DateTimeOffset {
    fn from(value: chrono::DateTime<Utc>) -> Self {
        Self::from(value.fixed_offset())
    }
}

/// With its offset. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<chrono::DateTime<FixedOffset>> for DateTimeOffset {
    fn from(value: chrono::DateTime<FixedOffset>) -> Self {
        let value = DateTime::from(value);
        Self::new(value.civil(), value.offset().unwrap_or(Offset::UTC))
    }
}

/// The instant.
impl From<DateTimeOffset> for chrono::DateTime<Utc> {
    fn from(value: DateTimeOffset) -> Self {
        universal(DateTime::from(value).instant_ticks())
    }
}

/// With its offset, or in UTC if the offset is a day or more, which chrono does not support.
impl From<DateTimeOffset> for chrono::DateTime<FixedOffset> {
    fn from(value: DateTimeOffset) -> Self {
        let instant = chrono::DateTime::<Utc>::from(value);
        match FixedOffset::east_opt(value.offset().seconds()) {
            Some(offset) => instant.with_timezone(&offset),
            None => instant.fixed_offset(),
        }
    }
}

impl From<TimeSpan> for TimeDelta {
    fn from(span: TimeSpan) -> Self {
        let duration = SignedDuration::from(span);
        let seconds = duration.as_secs() - i64::from(duration.subsec_nanos() < 0);
        let nanoseconds = duration.subsec_nanos().rem_euclid(1_000_000_000).unsigned_abs();
        // chrono can represent every .NET `TimeSpan`.
        Self::new(seconds, nanoseconds).unwrap_or_default()
    }
}

/// Truncated to 100 ns; durations that are too long become the nearest value.
impl From<TimeDelta> for TimeSpan {
    fn from(delta: TimeDelta) -> Self {
        SignedDuration::new(delta.num_seconds(), delta.subsec_nanos()).into()
    }
}

/// The ticks of the civil date and time at an offset in seconds. (chrono's own local time panics at the ends of its range.)
fn ticks_of(value: &chrono::DateTime<Utc>, offset: i32) -> i64 {
    let nanoseconds = i32::try_from(value.timestamp_subsec_nanos()).unwrap_or(i32::MAX);
    ticks::since_unix_epoch(SignedDuration::new(value.timestamp() + i64::from(offset), nanoseconds))
}

/// The date and time of a tick count, which may be some hours outside .NET's range.
fn universal(ticks: i64) -> chrono::DateTime<Utc> {
    let since = ticks - ticks::UNIX_EPOCH;
    let nanoseconds = u32::try_from(since.rem_euclid(ticks::PER_SECOND) * 100).unwrap_or_default();
    chrono::DateTime::from_timestamp(since.div_euclid(ticks::PER_SECOND), nanoseconds).unwrap_or_default()
}
