//! `System.DateTimeOffset`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use jiff::tz::Offset;
use jiff::{Timestamp, Zoned, civil};

use super::date_time::{DateTime, Zone};
use crate::wire::{Decode, Encode, Input, Key, ReadError, View};

/// A .NET `DateTimeOffset`: a date and time in steps of 100 ns with its offset from UTC.
///
/// Read from the forms of [`DateTime`]; text without a zone is taken as UTC. Written as ISO 8601 with its offset. Two values are equal if
/// they are the same instant, as in .NET; [`eq_exact`](Self::eq_exact) also compares the offsets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTimeOffset(
    /// Always has an offset, so equality and order are those of instants.
    DateTime,
);

impl DateTimeOffset {
    /// Creates a value from a date and time at an offset. Nanoseconds are truncated to 100 ns, offsets to minutes; anything before year 1
    /// becomes the first instant of that year.
    #[must_use]
    pub fn new(civil: civil::DateTime, offset: Offset) -> Self {
        Self(DateTime::new(civil, Zone::Offset(offset)))
    }

    /// Returns the current instant in UTC.
    #[must_use]
    pub fn now() -> Self {
        Self::at_offset(DateTime::now())
    }

    /// Returns the offset from UTC.
    #[must_use]
    pub fn offset(self) -> Offset {
        self.0.offset().unwrap_or(Offset::UTC)
    }

    /// Returns the civil date and time, which is the local time at the offset.
    #[must_use]
    pub fn civil(self) -> civil::DateTime {
        self.0.civil()
    }

    /// Returns the count of 100 ns between 0001-01-01 and the civil date and time (`DateTimeOffset.Ticks`).
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0.ticks()
    }

    /// Whether two values have the same civil date and time and the same offset (`DateTimeOffset.EqualsExact`); `==` compares instants.
    #[must_use]
    pub fn eq_exact(self, other: Self) -> bool {
        self.0.eq_exact(other.0)
    }

    /// The same date and time, at offset zero if no zone is known.
    fn at_offset(value: DateTime) -> Self {
        let offset = value.offset().unwrap_or(Offset::UTC);
        Self(DateTime::from_ticks(value.ticks(), Zone::Offset(offset)))
    }
}

/// `DateTimeOffset.MinValue`: 0001-01-01 in UTC.
impl Default for DateTimeOffset {
    fn default() -> Self {
        Self::at_offset(DateTime::MIN)
    }
}

/// ISO 8601: `2012-05-01T10:20:30.1234567+08:00`.
impl fmt::Display for DateTimeOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for DateTimeOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for DateTimeOffset {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        text.parse().map(Self::at_offset)
    }
}

impl Encode for DateTimeOffset {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }
}

impl Decode for DateTimeOffset {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let mut value = self.0;
        let is_there = value.read(input)?;
        *self = Self::at_offset(value);
        Ok(is_there)
    }
}

impl Key for DateTimeOffset {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        text.parse()
    }
}

crate::__serde_through_wire!(DateTimeOffset);

/// The same date and time with a known offset.
impl From<DateTimeOffset> for DateTime {
    fn from(value: DateTimeOffset) -> Self {
        value.0
    }
}

/// Fails without a zone: only the caller can know which offset is meant.
impl TryFrom<DateTime> for DateTimeOffset {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        match value.zone() {
            Zone::Unspecified => Err(ReadError::new(format!("{value} has no zone, and so no offset"))),
            _ => Ok(Self::at_offset(value)),
        }
    }
}

/// In UTC; an instant before year 1 becomes the first one of that year.
impl From<Timestamp> for DateTimeOffset {
    fn from(timestamp: Timestamp) -> Self {
        Self::at_offset(timestamp.into())
    }
}

/// With the zone's offset at that instant.
impl From<Zoned> for DateTimeOffset {
    fn from(zoned: Zoned) -> Self {
        Self(zoned.into())
    }
}

/// With the zone's offset at that instant.
impl From<&Zoned> for DateTimeOffset {
    fn from(zoned: &Zoned) -> Self {
        Self(zoned.into())
    }
}

/// In UTC; an instant outside .NET's range becomes the nearest one in it.
impl From<SystemTime> for DateTimeOffset {
    fn from(time: SystemTime) -> Self {
        Self::at_offset(time.into())
    }
}

/// The instant. Fails for the last day of the year 9999, which jiff cannot represent.
impl TryFrom<DateTimeOffset> for Timestamp {
    type Error = ReadError;

    fn try_from(value: DateTimeOffset) -> Result<Self, ReadError> {
        value.0.try_into()
    }
}

/// The instant. Fails outside the range of the system clock.
impl TryFrom<DateTimeOffset> for SystemTime {
    type Error = ReadError;

    fn try_from(value: DateTimeOffset) -> Result<Self, ReadError> {
        value.0.try_into()
    }
}
