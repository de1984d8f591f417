//! Types of `jiff` as members: an instant, one with its offset, a duration. (Its civil `Date` and `Time` are those of this crate.) And what
//! this crate's types become of its own.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned, civil};

use super::travels_as::travels_as;
use super::{DateTime, DateTimeOffset, TimeSpan, ticks};
use crate::wire::ReadError;

travels_as! {
    // An instant: what is shown without a zone is read as universal time, and written as such. Dates that jiff has no instant for,
    // those of the last day of the year 9999, become its last one; the hundreds of nanoseconds of .NET are kept.
    Timestamp as DateTime: |value: &Timestamp| DateTime::from(*value), nearest_timestamp;
    // An instant and its offset, which is written back; the zone of a value is not read from anywhere.
    Zoned as DateTimeOffset: |value: &Zoned| DateTimeOffset::from(value), zoned;
    SignedDuration as TimeSpan: |value: &SignedDuration| TimeSpan::from(*value), SignedDuration::from;
}

fn nearest_timestamp(value: DateTime) -> Timestamp {
    let since = ticks::to_duration(value.instant_ticks() - ticks::UNIX_EPOCH);
    let nearest = if since.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_duration(since).unwrap_or(nearest)
}

fn zoned(value: DateTimeOffset) -> Zoned {
    Zoned::new(nearest_timestamp(value.into()), TimeZone::fixed(value.offset()))
}

/// The date and time that is shown, whatever the zone.
impl From<DateTime> for civil::DateTime {
    fn from(value: DateTime) -> Self {
        value.civil()
    }
}

/// The instant at its offset; an error without a zone, and for the last day of the year 9999, which jiff does not have.
impl TryFrom<DateTime> for Zoned {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value)?.try_into()
    }
}

/// The instant at its offset; an error for the last day of the year 9999, which jiff does not have.
impl TryFrom<DateTimeOffset> for Zoned {
    type Error = ReadError;

    fn try_from(value: DateTimeOffset) -> Result<Self, ReadError> {
        Ok(Self::new(value.try_into()?, TimeZone::fixed(value.offset())))
    }
}
