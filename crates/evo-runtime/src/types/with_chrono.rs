//! The types of `chrono`: conversions, and the types themselves as members and keys of maps.
//!
//! `From` and `TryFrom` for the types of this crate; functions for [`Date`] and [`Time`], which are jiff's. As members,
//! `chrono::DateTime` in `Utc` and at a `FixedOffset` read what has no zone as universal time, and every type takes the nearest value
//! that it or .NET has.

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

/// The same date.
#[must_use]
pub fn to_naive_date(date: Date) -> NaiveDate {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    // Every year of jiff is one of chrono.
    NaiveDate::from_ymd_opt(i32::from(date.year()), u32::from(month), u32::from(day)).unwrap_or_default()
}

/// The same date.
///
/// # Errors
///
/// For years that have more than four digits.
pub fn from_naive_date(date: NaiveDate) -> Result<Date, ReadError> {
    let read = || {
        let year = i16::try_from(date.year()).ok()?;
        Date::new(year, i8::try_from(date.month()).ok()?, i8::try_from(date.day()).ok()?).ok()
    };
    read().ok_or_else(|| ReadError::new(format!("{date} is outside of the years -9999 to 9999")))
}

/// The same time of day.
#[must_use]
pub fn to_naive_time(time: Time) -> NaiveTime {
    let since = time.duration_since(Time::midnight());
    let seconds = u32::try_from(since.as_secs()).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, since.subsec_nanos().unsigned_abs()).unwrap_or_default()
}

/// The same time of day; the last nanosecond of a minute for a leap second.
#[must_use]
pub fn from_naive_time(time: NaiveTime) -> Time {
    let nanoseconds = i32::try_from(time.nanosecond()).unwrap_or(i32::MAX).min(999_999_999);
    let since = SignedDuration::new(i64::from(time.num_seconds_from_midnight()), nanoseconds);
    Time::midnight().saturating_add(since)
}

/// Without a zone. Nanoseconds are cut to 100 ns; what is outside of the range of .NET becomes the nearest value in it.
impl From<NaiveDateTime> for DateTime {
    fn from(naive: NaiveDateTime) -> Self {
        Self::from_ticks(ticks_of(&naive.and_utc(), 0), Zone::Unspecified)
    }
}

/// In universal time. Nanoseconds are cut to 100 ns; what is outside of the range of .NET becomes the nearest value in it.
impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(value: chrono::DateTime<Utc>) -> Self {
        Self::from_ticks(ticks_of(&value, 0), Zone::Utc)
    }
}

/// With its offset. Nanoseconds are cut to 100 ns; what is outside of the range of .NET becomes the nearest value in it.
impl From<chrono::DateTime<FixedOffset>> for DateTime {
    fn from(value: chrono::DateTime<FixedOffset>) -> Self {
        // .NET has whole minutes.
        let offset = value.offset().local_minus_utc() / 60 * 60;
        let zone = Zone::Offset(Offset::from_seconds(offset).unwrap_or(Offset::UTC));
        Self::from_ticks(ticks_of(&value.to_utc(), offset), zone)
    }
}

/// The date and time that is shown, whatever the zone.
impl From<DateTime> for NaiveDateTime {
    fn from(value: DateTime) -> Self {
        universal(value.ticks()).naive_utc()
    }
}

/// The instant; an error without a zone.
impl TryFrom<DateTime> for chrono::DateTime<Utc> {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value).map(Self::from)
    }
}

/// With its offset; an error without a zone.
impl TryFrom<DateTime> for chrono::DateTime<FixedOffset> {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value).map(Self::from)
    }
}

/// At an offset of zero. Nanoseconds are cut to 100 ns; what is outside of the range of .NET becomes the nearest value in it.
impl From<chrono::DateTime<Utc>> for DateTimeOffset {
    fn from(value: chrono::DateTime<Utc>) -> Self {
        Self::from(value.fixed_offset())
    }
}

/// With its offset. Nanoseconds are cut to 100 ns; what is outside of the range of .NET becomes the nearest value in it.
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

/// With its offset; in universal time if that is a day or more, which chrono does not have.
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
        // Every span of .NET is one of chrono.
        Self::new(seconds, nanoseconds).unwrap_or_default()
    }
}

/// Cut to 100 ns; the nearest value for durations that are longer.
impl From<TimeDelta> for TimeSpan {
    fn from(delta: TimeDelta) -> Self {
        SignedDuration::new(delta.num_seconds(), delta.subsec_nanos()).into()
    }
}

/// The ticks of the date and time that is shown at an offset in seconds. (chrono's own local time panics at the ends of its range.)
fn ticks_of(value: &chrono::DateTime<Utc>, offset: i32) -> i64 {
    let nanoseconds = i32::try_from(value.timestamp_subsec_nanos()).unwrap_or(i32::MAX);
    ticks::since_unix_epoch(SignedDuration::new(value.timestamp() + i64::from(offset), nanoseconds))
}

/// The date and time of ticks, which may be some hours outside of .NET's range.
fn universal(ticks: i64) -> chrono::DateTime<Utc> {
    let since = ticks - ticks::UNIX_EPOCH;
    let nanoseconds = u32::try_from(since.rem_euclid(ticks::PER_SECOND) * 100).unwrap_or_default();
    chrono::DateTime::from_timestamp(since.div_euclid(ticks::PER_SECOND), nanoseconds).unwrap_or_default()
}
