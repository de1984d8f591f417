//! `System.TimeSpan`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;

use super::ticks::{self, PER_DAY, PER_HOUR, PER_MINUTE, PER_SECOND};
use crate::wire::{Decode, Encode, Input, Key, ReadError, View, read_scalar};

/// The text that every server writes for `TimeSpan.MinValue`. It is off by 42 µs because the magnitude of that value does not fit into a
/// .NET `TimeSpan`.
const MIN_TEXT: &str = "-P10675199DT2H48M5.4775391S";

/// A .NET `TimeSpan`: a signed count of 100 ns.
///
/// Written as an XSD duration whose largest unit is the day, `P1DT12H1.5S`, the only form that every server reads; as a map key it is
/// written as `1.12:00:01.5000000`. Read from both forms and from a number of seconds (<https://docs.servicestack.net/json-format>).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TimeSpan(i64);

impl TimeSpan {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// `TimeSpan.MinValue`, about -29,227 years.
    pub const MIN: Self = Self(i64::MIN);

    /// `TimeSpan.MaxValue`, about 29,227 years.
    pub const MAX: Self = Self(i64::MAX);

    /// Creates a duration from a count of 100 ns (`TimeSpan.Ticks`).
    #[must_use]
    pub const fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    /// Returns the count of 100 ns (`TimeSpan.Ticks`).
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// Whether the duration is negative.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Formats the duration as `[-][d.]hh:mm:ss[.fffffff]`, .NET's own form, which map keys use.
    #[must_use]
    pub fn to_clock(self) -> String {
        let [days, hours, minutes, seconds, fraction] = self.parts();
        let sign = if self.0 < 0 { "-" } else { "" };
        let days = if days == 0 { String::new() } else { format!("{days}.") };
        let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:07}") };
        format!("{sign}{days}{hours:02}:{minutes:02}:{seconds:02}{fraction}")
    }

    /// Days, hours, minutes, seconds and ticks of the magnitude.
    fn parts(self) -> [u64; 5] {
        let ticks = self.0.unsigned_abs();
        let unit = |ticks: i64| ticks.unsigned_abs();
        [
            ticks / unit(PER_DAY),
            ticks % unit(PER_DAY) / unit(PER_HOUR),
            ticks % unit(PER_HOUR) / unit(PER_MINUTE),
            ticks % unit(PER_MINUTE) / unit(PER_SECOND),
            ticks % unit(PER_SECOND),
        ]
    }
}

/// The XSD duration: `PT0S`, `P1DT12H1.5S`, `-PT1H30M`.
impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::MIN {
            return f.write_str(MIN_TEXT);
        }
        let [days, hours, minutes, seconds, fraction] = self.parts();
        f.write_str(if self.0 < 0 { "-P" } else { "P" })?;
        if days > 0 {
            write!(f, "{days}D")?;
        }
        if self.0 != 0 && self.0.unsigned_abs().is_multiple_of(PER_DAY.unsigned_abs()) {
            return Ok(());
        }
        f.write_str("T")?;
        if hours > 0 {
            write!(f, "{hours}H")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}M")?;
        }
        if seconds > 0 || fraction > 0 || self.0 == 0 {
            let text = format!("{seconds}.{fraction:07}");
            write!(f, "{}S", text.trim_end_matches('0').trim_end_matches('.'))?;
        }
        Ok(())
    }
}

impl fmt::Debug for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Accepts XSD durations with units of any size, the clock form, and a number of seconds.
impl FromStr for TimeSpan {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        parse(text.trim()).ok_or_else(|| Input::Str(text).unexpected("a duration"))
    }
}

fn parse(text: &str) -> Option<TimeSpan> {
    if text == MIN_TEXT {
        return Some(TimeSpan::MIN);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let magnitude = match unsigned.strip_prefix('P') {
        Some(rest) => xsd(rest)?,
        None if unsigned.contains(':') => clock(unsigned)?,
        None => seconds(unsigned)?,
    };
    let ticks = if negative { -magnitude } else { magnitude };
    ticks.try_into().ok().map(TimeSpan)
}

/// Parses `1DT12H1.5S`, the part after the `P`. Years and months have no fixed length and are rejected.
fn xsd(text: &str) -> Option<i128> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let date = sum(date, &[('W', 7 * PER_DAY), ('D', PER_DAY)])?;
    sum(time, &[('H', PER_HOUR), ('M', PER_MINUTE), ('S', PER_SECOND)])?.checked_add(date)
}

/// The sum of counts with units, such as `12H1.5S`. Only seconds can have a fraction.
fn sum(text: &str, units: &[(char, i64)]) -> Option<i128> {
    let mut total = 0_i128;
    for part in text.split_inclusive(char::is_alphabetic) {
        let (unit, ticks) = units.iter().find(|(unit, _)| part.ends_with(*unit))?;
        let count = part.strip_suffix(*unit)?;
        let ticks = if *unit == 'S' { seconds(count)? } else { whole(count)? * i128::from(*ticks) };
        total = total.checked_add(ticks)?;
    }
    Some(total)
}

/// `[d.]hh:mm[:ss[.fffffff]]`.
fn clock(text: &str) -> Option<i128> {
    let mut parts = text.splitn(3, ':');
    let (hours, minutes) = (parts.next()?, parts.next()?);
    let (days, hours) = hours.split_once('.').unwrap_or(("0", hours));
    let seconds = parts.next().map_or(Some(0), seconds)?;
    let minutes = (whole(days)? * 24 + whole(hours)?) * 60 + whole(minutes)?;
    Some(minutes * i128::from(PER_MINUTE) + seconds)
}

/// The ticks of `93784.5`. Fractional digits after the seventh are dropped.
fn seconds(text: &str) -> Option<i128> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(whole(seconds)? * i128::from(PER_SECOND) + whole(&format!("{fraction:0<7.7}"))?)
}

/// Parses an unsigned count.
fn whole(digits: &str) -> Option<i128> {
    digits.parse::<u64>().ok().filter(|_| !digits.starts_with('+')).map(i128::from)
}

impl Encode for TimeSpan {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }
}

impl Decode for TimeSpan {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a duration", |input| {
            let text = input.number_text()?;
            parse(&text).or_else(|| ticks::from_seconds(text.parse().ok()?).map(Self))
        })
    }
}

/// Keys use the clock form because System.Text.Json rejects XSD durations in keys.
impl Key for TimeSpan {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_clock())
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        text.parse()
    }
}

crate::__serde_through_wire!(TimeSpan);

/// Truncated to 100 ns; durations that are too long become [`TimeSpan::MAX`].
impl From<Duration> for TimeSpan {
    fn from(duration: Duration) -> Self {
        Self(i64::try_from(duration.as_nanos() / 100).unwrap_or(i64::MAX))
    }
}

/// Truncated to 100 ns; durations that are too long become the nearest value.
impl From<SignedDuration> for TimeSpan {
    fn from(duration: SignedDuration) -> Self {
        Self(ticks::from_duration(duration))
    }
}

impl From<TimeSpan> for SignedDuration {
    fn from(span: TimeSpan) -> Self {
        ticks::to_duration(span.0)
    }
}

/// Fails if the duration is negative.
impl TryFrom<TimeSpan> for Duration {
    type Error = ReadError;

    fn try_from(span: TimeSpan) -> Result<Self, ReadError> {
        Self::try_from(SignedDuration::from(span)).map_err(|_| ReadError::new(format!("{span} is negative")))
    }
}
