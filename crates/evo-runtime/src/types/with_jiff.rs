//! `jiff` types as members: an instant, an instant with its offset, and a duration. (jiff's civil `Date` and `Time` are this crate's own
//! date and time types.) Also the conversions from this crate's types to jiff's.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned, civil};

use super::travels_as::travels_as;
use super::{DateTime, DateTimeOffset, TimeSpan, ticks};
use crate::wire::ReadError;

travels_as! {
    // An instant: values without a zone are read as UTC and written as UTC. Dates that jiff has no instant for, those of the last day of
    // the year 9999, become its last instant; .NET's 100 ns precision is kept.
    Timestamp as DateTime: |value: &Timestamp| DateTime::from(*value), nearest_timestamp;
    // An instant with its offset, which is written back; no other zone information is read.
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

/// The civil date and time, whatever the zone.
impl From<DateTime> for civil::DateTime {
    fn from(value: DateTime) -> Self {
        value.civil()
    }
}

/// The instant at its offset. Fails without a zone, and for the last day of the year 9999, which jiff cannot represent.
impl TryFrom<DateTime> for Zoned {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        DateTimeOffset::try_from(value)?.try_into()
    }
}

/// The instant at its offset. Fails for the last day of the year 9999, which jiff cannot represent.
impl TryFrom<DateTimeOffset> for Zoned {
    type Error = ReadError;

    fn try_from(value: DateTimeOffset) -> Result<Self, ReadError> {
        Ok(Self::new(value.try_into()?, TimeZone::fixed(value.offset())))
    }
}
