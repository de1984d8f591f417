//! Support for `time`: conversions, and its types as members and map keys.
//!
//! The types of this crate convert with `From` and `TryFrom`; [`Date`] and [`Time`], which are jiff's, convert with functions. As members,
//! `OffsetDateTime`, `time::Date` and `time::Time` need an `Option` because they have no default; `time::Duration` has one. An
//! `OffsetDateTime` reads values without a zone as UTC.

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use time::{Duration, Month, OffsetDateTime, PrimitiveDateTime, UtcOffset};

use super::travels_as::{optionally_travels_as, travels_as};
use super::{DateTime, DateTimeOffset, TimeSpan, Zone, ticks};
use crate::wire::ReadError;

optionally_travels_as! {
    OffsetDateTime as DateTime: |value: &OffsetDateTime| DateTime::from(*value), with_offset;
    time::Date as Date: |value: &time::Date| nearest_date(*value), to_time_date;
    time::Time as Time: |value: &time::Time| from_time_time(*value), to_time_time;
}

travels_as! {
    Duration as TimeSpan: |value: &Duration| TimeSpan::from(*value), Duration::from;
}

fn with_offset(value: DateTime) -> OffsetDateTime {
    let seconds = value.offset().map_or(0, Offset::seconds);
    PrimitiveDateTime::from(value).assume_offset(UtcOffset::from_whole_seconds(seconds).unwrap_or(UtcOffset::UTC))
}

fn nearest_date(date: time::Date) -> Date {
    from_time_date(date).unwrap_or(if date.year() < 0 { Date::MIN } else { Date::MAX })
}

/// Converts to the same date in `time`.
#[must_use]
pub fn to_time_date(date: Date) -> time::Date {
    let month = Month::try_from(date.month().unsigned_abs()).unwrap_or(Month::January);
    // `time` can represent every date of jiff.
    time::Date::from_calendar_date(i32::from(date.year()), month, date.day().unsigned_abs()).unwrap_or(time::Date::MIN)
}

/// Converts to the same date in jiff.
///
/// # Errors
///
/// For years with more than four digits, which `time` supports with its feature `large-dates`.
pub fn from_time_date(date: time::Date) -> Result<Date, ReadError> {
    let read = || {
        let (year, month, day) = date.to_calendar_date();
        let month = i8::try_from(u8::from(month)).ok()?;
        Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
    };
    read().ok_or_else(|| ReadError::new(format!("{date} is outside of the years -9999 to 9999")))
}

/// Converts to the same time of day in `time`.
#[must_use]
pub fn to_time_time(time: Time) -> time::Time {
    let part = i8::unsigned_abs;
    let nanosecond = time.subsec_nanosecond().unsigned_abs();
    // `time` can represent every time of day of jiff.
    time::Time::from_hms_nano(part(time.hour()), part(time.minute()), part(time.second()), nanosecond)
        .unwrap_or(time::Time::MIDNIGHT)
}

/// Converts to the same time of day in jiff.
#[must_use]
pub fn from_time_time(time: time::Time) -> Time {
    let (hour, minute, second, nanosecond) = time.as_hms_nano();
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    let since = SignedDuration::new(seconds, i32::try_from(nanosecond).unwrap_or_default());
    Time::midnight().saturating_add(since)
}

/// Without a zone. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<PrimitiveDateTime> for DateTime {
    fn from(value: PrimitiveDateTime) -> Self {
        Self::from_ticks(ticks_of(value.assume_utc(), 0), Zone::Unspecified)
    }
}

/// With its offset, or in UTC if the offset is zero. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest
/// value in it.
impl From<OffsetDateTime> for DateTime {
    fn from(value: OffsetDateTime) -> Self {
        // .NET's offsets are in whole minutes.
        let offset = value.offset().whole_seconds() / 60 * 60;
        let zone = match Offset::from_seconds(offset) {
            Ok(offset) if offset != Offset::UTC => Zone::Offset(offset),
            _ => Zone::Utc,
        };
        Self::from_ticks(ticks_of(value, offset), zone)
    }
}

/// The civil date and time, whatever the zone.
impl From<DateTime> for PrimitiveDateTime {
    fn from(value: DateTime) -> Self {
        let civil = value.civil();
        Self::new(to_time_date(civil.date()), to_time_time(civil.time()))
    }
}

/// With its offset. Fails without a zone.
impl TryFrom<DateTime> for OffsetDateTime {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value).map(Self::from)
    }
}

/// With its offset. Nanoseconds are truncated to 100 ns; values outside .NET's range become the nearest value in it.
impl From<OffsetDateTime> for DateTimeOffset {
    fn from(value: OffsetDateTime) -> Self {
        let value = DateTime::from(value);
        Self::new(value.civil(), value.offset().unwrap_or(Offset::UTC))
    }
}

/// With its offset.
impl From<DateTimeOffset> for OffsetDateTime {
    fn from(value: DateTimeOffset) -> Self {
        with_offset(value.into())
    }
}

impl From<TimeSpan> for Duration {
    fn from(span: TimeSpan) -> Self {
        let duration = SignedDuration::from(span);
        Self::new(duration.as_secs(), duration.subsec_nanos())
    }
}

/// Truncated to 100 ns; durations that are too long become the nearest value.
impl From<Duration> for TimeSpan {
    fn from(duration: Duration) -> Self {
        SignedDuration::new(duration.whole_seconds(), duration.subsec_nanoseconds()).into()
    }
}

/// The ticks of the civil date and time at an offset in seconds.
fn ticks_of(value: OffsetDateTime, offset: i32) -> i64 {
    let nanoseconds = i32::try_from(value.nanosecond()).unwrap_or_default();
    ticks::since_unix_epoch(SignedDuration::new(value.unix_timestamp() + i64::from(offset), nanoseconds))
}
