//! Conversions between .NET's ticks, which count 100 ns since 0001-01-01, and jiff's civil date and time.

use jiff::SignedDuration;
use jiff::civil;

pub(super) const PER_SECOND: i64 = 10_000_000;
pub(super) const PER_MILLISECOND: i64 = PER_SECOND / 1000;
pub(super) const PER_MINUTE: i64 = 60 * PER_SECOND;
pub(super) const PER_HOUR: i64 = 60 * PER_MINUTE;
pub(super) const PER_DAY: i64 = 24 * PER_HOUR;

/// The last tick of the year 9999.
pub(super) const MAX: i64 = 3_155_378_975_999_999_999;

/// The ticks of 1970-01-01.
pub(super) const UNIX_EPOCH: i64 = 621_355_968_000_000_000;

/// The origin of all additions: jiff cannot add durations longer than those between 1970 and the ends of its range.
const EPOCH: civil::DateTime = civil::datetime(1970, 1, 1, 0, 0, 0, 0);

/// The ticks of a date and time. Dates before year 1 become 0; nanoseconds are truncated to ticks.
pub(super) fn from_civil(civil: civil::DateTime) -> i64 {
    since_unix_epoch(civil.duration_since(EPOCH))
}

/// The ticks of an instant from its distance to 1970, rounded down and clamped to .NET's range.
pub(super) fn since_unix_epoch(duration: SignedDuration) -> i64 {
    let ticks = duration.as_nanos().div_euclid(100) + i128::from(UNIX_EPOCH);
    i64::try_from(ticks.clamp(0, i128::from(MAX))).unwrap_or_default()
}

/// The date and time of a tick count between 0 and [`MAX`].
pub(super) fn to_civil(ticks: i64) -> civil::DateTime {
    EPOCH.checked_add(to_duration(ticks - UNIX_EPOCH)).unwrap_or(EPOCH)
}

/// The ticks of a duration, rounded towards zero and clamped to .NET's range.
pub(super) fn from_duration(duration: SignedDuration) -> i64 {
    let ticks = duration.as_nanos() / 100;
    i64::try_from(ticks).unwrap_or(if ticks < 0 { i64::MIN } else { i64::MAX })
}

pub(super) fn to_duration(ticks: i64) -> SignedDuration {
    let nanoseconds = i32::try_from(ticks % PER_SECOND * 100).unwrap_or_default();
    SignedDuration::new(ticks / PER_SECOND, nanoseconds)
}

/// The ticks of a number of seconds, which may have a fraction.
pub(super) fn from_seconds(seconds: f64) -> Option<i64> {
    let ticks = (seconds * 1e7).round();
    // Within these bounds, every whole `f64` fits into an `i64`.
    #[expect(clippy::cast_possible_truncation, reason = "bounded and without a fraction")]
    (ticks.abs() < 9.2e18).then_some(ticks as i64)
}
