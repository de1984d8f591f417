//! Conversions to and from jiff, std, chrono and time.

use std::time::{Duration, SystemTime};

use evo_runtime::{DateTime, DateTimeOffset, TimeSpan, Zone};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, Zoned};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, rng_seed: RngSeed::Fixed(9), failure_persistence: None, ..ProptestConfig::default() }
}

fn offsets() -> impl Strategy<Value = Offset> {
    (-14 * 60..=14 * 60).prop_map(|minutes: i32| Offset::from_seconds(minutes * 60).expect("14 hours at most"))
}

fn ticks() -> impl Strategy<Value = i64> {
    prop_oneof![0..=DateTime::MAX.ticks(), Just(0), Just(DateTime::MAX.ticks())]
}

fn date_times() -> impl Strategy<Value = DateTime> {
    let zones = prop_oneof![Just(Zone::Unspecified), Just(Zone::Utc), offsets().prop_map(Zone::Offset)];
    (ticks(), zones).prop_map(|(ticks, zone)| DateTime::from_ticks(ticks, zone))
}

fn spans() -> impl Strategy<Value = TimeSpan> {
    prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), -10_000_000..10_000_000_i64]
        .prop_map(TimeSpan::from_ticks)
}

/// Returns the value at its offset; the offset of UTC is zero.
fn with_offset(value: DateTime) -> DateTimeOffset {
    DateTimeOffset::new(value.civil(), value.offset().unwrap_or(Offset::UTC))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn jiff_and_std(value in date_times(), span in spans()) {
        prop_assert_eq!(DateTime::from(value.civil()).ticks(), value.ticks());
        let (timestamp, time) = (Timestamp::try_from(value), SystemTime::try_from(value));
        if value.zone() == Zone::Unspecified {
            prop_assert!(timestamp.is_err() && time.is_err());
        } else {
            let instant = DateTimeOffset::from(time?);
            // Dates that cannot be represented in UTC are clamped.
            prop_assert!(instant == with_offset(value) || [DateTime::MIN.ticks(), DateTime::MAX.ticks()].contains(&instant.ticks()));
            if let Ok(timestamp) = timestamp {
                prop_assert!(DateTime::from(timestamp).eq_exact(instant.civil().into_utc()));
                let zoned = Zoned::new(timestamp, jiff::tz::TimeZone::fixed(value.offset().unwrap_or(Offset::UTC)));
                prop_assert!(DateTimeOffset::from(&zoned).eq_exact(with_offset(value)) || instant != with_offset(value));
            }
        }
        prop_assert_eq!(TimeSpan::from(SignedDuration::from(span)), span);
        match Duration::try_from(span) {
            Ok(duration) => prop_assert_eq!(TimeSpan::from(duration), span),
            Err(_) => prop_assert!(span.is_negative()),
        }
    }
}

/// Parses a date and time as UTC.
trait IntoUtc {
    fn into_utc(self) -> DateTime;
}

impl IntoUtc for jiff::civil::DateTime {
    fn into_utc(self) -> DateTime {
        DateTime::utc(self)
    }
}

#[cfg(feature = "chrono")]
mod chrono_types {
    use chrono::{FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
    use evo_runtime::types::with_chrono::{from_naive_date, from_naive_time, to_naive_date, to_naive_time};

    use super::*;

    #[test]
    fn known_values() {
        let naive = NaiveDate::from_ymd_opt(2012, 5, 1).and_then(|date| date.and_hms_nano_opt(10, 20, 30, 123_456_789));
        let naive = naive.expect("a date and time");
        let east = FixedOffset::east_opt(8 * 3600).expect("an offset");
        let local = naive.and_local_timezone(east).single().expect("an offset has no gaps");
        for (value, text) in [
            (DateTime::from(naive), "2012-05-01T10:20:30.1234567"),
            (DateTime::from(naive.and_utc()), "2012-05-01T10:20:30.1234567Z"),
            (DateTime::from(local), "2012-05-01T10:20:30.1234567+08:00"),
            (DateTimeOffset::from(local).into(), "2012-05-01T10:20:30.1234567+08:00"),
            (DateTime::from(NaiveDateTime::MIN), "0001-01-01T00:00:00"),
            (DateTime::from(chrono::DateTime::<Utc>::MAX_UTC), "9999-12-31T23:59:59.9999999Z"),
        ] {
            assert_eq!(value.to_string(), text);
        }
        assert_eq!(TimeSpan::from(TimeDelta::nanoseconds(-1_500_000_199)).to_string(), "-PT1.5000001S");
        assert!(from_naive_date(NaiveDate::MAX).is_err());
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_value_comes_back(value in date_times(), span in spans()) {
            prop_assert_eq!(DateTime::from(NaiveDateTime::from(value)).ticks(), value.ticks());
            let (date, time) = (value.date(), value.time());
            prop_assert_eq!((from_naive_date(to_naive_date(date))?, from_naive_time(to_naive_time(time))), (date, time));
            prop_assert_eq!(to_naive_date(date).to_string(), date.to_string());
            prop_assert_eq!(TimeSpan::from(TimeDelta::from(span)), span);
            if value.zone() == Zone::Unspecified {
                prop_assert!(chrono::DateTime::<Utc>::try_from(value).is_err());
            } else {
                let fixed = chrono::DateTime::<FixedOffset>::try_from(value)?;
                prop_assert!(DateTimeOffset::from(fixed).eq_exact(with_offset(value)));
                prop_assert_eq!(chrono::DateTime::<Utc>::try_from(value)?, fixed);
            }
        }
    }
}

#[cfg(feature = "time")]
mod time_types {
    use evo_runtime::types::with_time::{from_time_date, from_time_time, to_time_date, to_time_time};
    use time::{Month, OffsetDateTime, PrimitiveDateTime, UtcOffset};

    use super::*;

    #[test]
    fn known_values() {
        let date = time::Date::from_calendar_date(2012, Month::May, 1).expect("a date");
        let primitive = date.with_hms_nano(10, 20, 30, 123_456_789).expect("a time");
        let local = primitive.assume_offset(UtcOffset::from_hms(8, 0, 0).expect("an offset"));
        for (value, text) in [
            (DateTime::from(primitive), "2012-05-01T10:20:30.1234567"),
            (DateTime::from(primitive.assume_utc()), "2012-05-01T10:20:30.1234567Z"),
            (DateTime::from(local), "2012-05-01T10:20:30.1234567+08:00"),
            (DateTimeOffset::from(local).into(), "2012-05-01T10:20:30.1234567+08:00"),
            (DateTime::from(PrimitiveDateTime::MIN), "0001-01-01T00:00:00"),
        ] {
            assert_eq!(value.to_string(), text);
        }
        assert_eq!(TimeSpan::from(time::Duration::nanoseconds(-1_500_000_199)).to_string(), "-PT1.5000001S");
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_value_comes_back(value in date_times(), span in spans()) {
            prop_assert_eq!(DateTime::from(PrimitiveDateTime::from(value)).ticks(), value.ticks());
            let (date, time) = (value.date(), value.time());
            prop_assert_eq!((from_time_date(to_time_date(date))?, from_time_time(to_time_time(time))), (date, time));
            prop_assert_eq!(TimeSpan::from(time::Duration::from(span)), span);
            if value.zone() == Zone::Unspecified {
                prop_assert!(OffsetDateTime::try_from(value).is_err());
            } else {
                prop_assert!(DateTimeOffset::from(OffsetDateTime::try_from(value)?).eq_exact(with_offset(value)));
            }
        }
    }
}
