//! Types of `jiff` as members: an instant, one with its offset, a duration. (Its civil `Date` and `Time` are those of this crate.)

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::travels_as::travels_as;
use super::{DateTime, DateTimeOffset, TimeSpan, ticks};

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
