//! `System.DateTime`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::SystemTime;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, Zoned, civil};

use super::{date_time_text, ticks};
use crate::clock;
use crate::wire::{Decode, Encode, Input, Key, ReadError, View, read_scalar};

/// A .NET `DateTime`: a date and time from 0001-01-01 to 9999-12-31 in steps of 100 ns, with what is known about its zone.
///
/// Read from every form that ServiceStack writes: `/Date(1335867630123+0800)/`, ISO 8601 with `T` or a space, `yyyyMMdd`, RFC 1123, and
/// counts of seconds or milliseconds since 1970 (<https://docs.servicestack.net/json-format>). Written as ISO 8601, which every server
/// reads.
///
/// Two values are equal if they are the same instant, whatever their offsets: `10:00Z` equals `12:00+02:00`. A value without a zone is not
/// an instant: it equals only values without a zone that have the same date and time, and is ordered as if it were UTC.
/// [`eq_exact`](Self::eq_exact) also compares the zones. Writing a value and reading it back yields exactly the same value.
#[derive(Clone, Copy)]
pub struct DateTime {
    /// Ticks of the civil date and time, not of the instant.
    ticks: i64,
    zone: Zone,
}

/// What a [`DateTime`] knows about its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Zone {
    /// No zone is known (`DateTimeKind.Unspecified`).
    #[default]
    Unspecified,
    /// UTC.
    Utc,
    /// An offset from UTC, in whole minutes.
    Offset(Offset),
}

impl DateTime {
    /// `DateTime.MinValue`: 0001-01-01, without a zone. This is the default.
    pub const MIN: Self = Self { ticks: 0, zone: Zone::Unspecified };

    /// `DateTime.MaxValue`: the last 100 ns of the year 9999, without a zone.
    pub const MAX: Self = Self { ticks: ticks::MAX, zone: Zone::Unspecified };

    /// Creates a value from a date and time in a zone. Nanoseconds are truncated to 100 ns, offsets to minutes; anything before year 1
    /// becomes the first instant of that year.
    #[must_use]
    pub fn new(civil: civil::DateTime, zone: Zone) -> Self {
        Self::from_ticks(ticks::from_civil(civil), zone)
    }

    /// Creates a value from a date and time in UTC.
    #[must_use]
    pub fn utc(civil: civil::DateTime) -> Self {
        Self::new(civil, Zone::Utc)
    }

    /// Returns the current instant in UTC.
    #[must_use]
    pub fn now() -> Self {
        let since = SignedDuration::try_from(clock::since_unix_epoch()).unwrap_or(SignedDuration::MAX);
        Self::from_ticks(ticks::since_unix_epoch(since), Zone::Utc)
    }

    /// Creates a value from a count of 100 ns since 0001-01-01 (`DateTime.Ticks`). A count outside .NET's range becomes the nearest value
    /// in it.
    #[must_use]
    pub fn from_ticks(ticks: i64, zone: Zone) -> Self {
        let zone = match zone {
            Zone::Offset(offset) => Zone::Offset(whole_minutes(offset)),
            other => other,
        };
        Self { ticks: ticks.clamp(0, ticks::MAX), zone }
    }

    /// Returns the count of 100 ns between 0001-01-01 and the civil date and time (`DateTime.Ticks`).
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.ticks
    }

    /// Returns what is known about the zone.
    #[must_use]
    pub const fn zone(self) -> Zone {
        self.zone
    }

    /// Returns the offset from UTC; `None` without a zone.
    #[must_use]
    pub const fn offset(self) -> Option<Offset> {
        match self.zone {
            Zone::Unspecified => None,
            Zone::Utc => Some(Offset::UTC),
            Zone::Offset(offset) => Some(offset),
        }
    }

    /// Returns the civil date and time, which is the local time at the offset.
    #[must_use]
    pub fn civil(self) -> civil::DateTime {
        ticks::to_civil(self.ticks)
    }

    /// Returns the civil date.
    #[must_use]
    pub fn date(self) -> civil::Date {
        self.civil().date()
    }

    /// Returns the civil time of day.
    #[must_use]
    pub fn time(self) -> civil::Time {
        self.civil().time()
    }

    /// Whether two values have the same civil date and time and the same zone; `==` compares instants.
    #[must_use]
    pub fn eq_exact(self, other: Self) -> bool {
        self.ticks == other.ticks && self.zone == other.zone
    }

    /// The ticks of the instant (without a zone, as if it were UTC). They may lie outside .NET's range near its ends.
    pub(super) fn instant_ticks(self) -> i64 {
        let offset = self.offset().map_or(0, Offset::seconds);
        self.ticks - i64::from(offset) * ticks::PER_SECOND
    }

    /// Creates a value from the UTC ticks of an instant and the zone to show it in.
    pub(super) fn from_instant_ticks(instant: i64, zone: Zone) -> Self {
        let offset = match zone {
            Zone::Offset(offset) => whole_minutes(offset).seconds(),
            _ => 0,
        };
        Self::from_ticks(instant.saturating_add(i64::from(offset) * ticks::PER_SECOND), zone)
    }

    /// The duration since 1970.
    fn since_unix_epoch(self) -> Result<SignedDuration, ReadError> {
        match self.zone {
            Zone::Unspecified => Err(ReadError::new(format!("{self} has no zone, so it is not an instant"))),
            _ => Ok(ticks::to_duration(self.instant_ticks() - ticks::UNIX_EPOCH)),
        }
    }

    /// The key for equality, ordering and hashing.
    fn rank(self) -> (i64, bool) {
        (self.instant_ticks(), self.zone != Zone::Unspecified)
    }
}

fn whole_minutes(offset: Offset) -> Offset {
    Offset::from_seconds(offset.seconds() / 60 * 60).unwrap_or(Offset::UTC)
}

impl Default for DateTime {
    fn default() -> Self {
        Self::MIN
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for DateTime {}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rank().hash(state);
    }
}

/// ISO 8601: `2012-05-01T10:20:30.1234567Z`, `...+08:00`, or no suffix without a zone.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&date_time_text::iso(*self))
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for DateTime {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        date_time_text::parse(text).ok_or_else(|| Input::Str(text).unexpected("a date and time"))
    }
}

impl Encode for DateTime {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }
}

impl Decode for DateTime {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a date and time", |input| match input {
            Input::Str(text) => date_time_text::parse(text),
            number => match number.integer() {
                Some(number) => Some(date_time_text::from_number(number)),
                None => date_time_text::from_float(number.number_text()?.parse().ok()?),
            },
        })
    }
}

/// Keys with a known zone are written in UTC, which all servers read.
impl Key for DateTime {
    fn key_text(&self) -> Cow<'_, str> {
        let universal = match self.zone {
            Zone::Offset(_) => Self::from_instant_ticks(self.instant_ticks(), Zone::Utc),
            _ => *self,
        };
        // Near the ends of .NET's range, the instant may have no date in UTC.
        Cow::Owned(if universal == *self { universal.to_string() } else { self.to_string() })
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        text.parse()
    }
}

crate::__serde_through_wire!(DateTime);

/// The result has no zone.
impl From<civil::DateTime> for DateTime {
    fn from(civil: civil::DateTime) -> Self {
        Self::new(civil, Zone::Unspecified)
    }
}

/// Midnight, without a zone.
impl From<civil::Date> for DateTime {
    fn from(date: civil::Date) -> Self {
        Self::new(date.at(0, 0, 0, 0), Zone::Unspecified)
    }
}

/// In UTC; an instant before year 1 becomes the first one of that year.
impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self::utc(Offset::UTC.to_datetime(timestamp))
    }
}

/// With the zone's offset at that instant.
impl From<Zoned> for DateTime {
    fn from(zoned: Zoned) -> Self {
        Self::from(&zoned)
    }
}

/// With the zone's offset at that instant.
impl From<&Zoned> for DateTime {
    fn from(zoned: &Zoned) -> Self {
        let instant = Self::from(zoned.timestamp()).instant_ticks();
        Self::from_instant_ticks(instant, Zone::Offset(zoned.offset()))
    }
}

/// In UTC; an instant outside .NET's range becomes the nearest one in it.
impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> Self {
        let since = SignedDuration::system_until(SystemTime::UNIX_EPOCH, time).unwrap_or(SignedDuration::MAX);
        Self::from_ticks(ticks::since_unix_epoch(since), Zone::Utc)
    }
}

/// The instant. Fails without a zone, and for the last day of the year 9999, which jiff cannot represent.
impl TryFrom<DateTime> for Timestamp {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        Self::from_duration(value.since_unix_epoch()?).map_err(|error| ReadError::new(error.to_string()))
    }
}

/// The instant. Fails without a zone.
impl TryFrom<DateTime> for SystemTime {
    type Error = ReadError;

    fn try_from(value: DateTime) -> Result<Self, ReadError> {
        let since = value.since_unix_epoch()?;
        let magnitude = since.unsigned_abs();
        let epoch = Self::UNIX_EPOCH;
        let time = if since.is_negative() { epoch.checked_sub(magnitude) } else { epoch.checked_add(magnitude) };
        time.ok_or_else(|| ReadError::new(format!("{value} is outside of the range of the system's clock")))
    }
}
