//! Every value of every type survives a round trip, and no text makes a reader panic.

use std::collections::BTreeMap;
use std::fmt::Debug;

use evo_runtime::wire::{Key, Wire, bridge, json, jsv};
use evo_runtime::{Bytes, Date, DateTime, DateTimeOffset, Decimal, KeyValuePair, Time, TimeSpan, Uuid, Zone};
use jiff::SignedDuration;
use jiff::tz::Offset;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn ticks() -> impl Strategy<Value = i64> {
    prop_oneof![0..=DateTime::MAX.ticks(), Just(0), Just(DateTime::MAX.ticks())]
}

fn offsets() -> impl Strategy<Value = Offset> {
    (-14 * 60..=14 * 60).prop_map(|minutes: i32| Offset::from_seconds(minutes * 60).expect("14 hours at most"))
}

fn zones() -> impl Strategy<Value = Zone> {
    prop_oneof![Just(Zone::Unspecified), Just(Zone::Utc), offsets().prop_map(Zone::Offset)]
}

fn date_times() -> impl Strategy<Value = DateTime> {
    (ticks(), zones()).prop_map(|(ticks, zone)| DateTime::from_ticks(ticks, zone))
}

fn times() -> impl Strategy<Value = Time> {
    (0..864_000_000_000_i64).prop_map(|ticks| Time::midnight().wrapping_add(SignedDuration::from_nanos(ticks * 100)))
}

fn decimals() -> impl Strategy<Value = Decimal> {
    let limit = (1_i128 << 96) - 1;
    (-limit..=limit, 0..=28_u32).prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits, scale))
}

fn survives<T: Wire + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let bytes = json::to_vec(value).expect("a value that can be written");
    let read: T = json::from_slice(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&read, value);
    prop_assert_eq!(json::to_vec(&read).expect("a value that can be written"), bytes.clone());
    // serde_json writes the same text.
    let mut by_serde = Vec::new();
    bridge::write(value, &mut serde_json::Serializer::new(&mut by_serde)).expect("a value that can be written");
    prop_assert_eq!(by_serde, bytes);
    survives_in_jsv(value)
}

fn survives_in_jsv<T: Wire + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let bytes = jsv::to_vec(value).expect("a value that can be written");
    let mut read = T::default();
    jsv::read_slice(&bytes, &mut read).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&read, value);
    Ok(())
}

fn survives_as_key<K: Key + PartialEq + Debug>(key: &K) -> Result<(), TestCaseError> {
    prop_assert_eq!(&K::parse_key(&key.key_text()), &Ok(K::parse_key(&key.key_text())?));
    prop_assert_eq!(&K::parse_key(&key.key_text())?, key);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn date_time(value in date_times()) {
        survives(&value)?;
        survives_as_key(&value)?;
        let parsed: DateTime = value.to_string().parse()?;
        prop_assert!(parsed.eq_exact(value));
        prop_assert_eq!(DateTime::new(value.civil(), value.zone()).ticks(), value.ticks());
    }

    #[test]
    fn date_time_offset(ticks in ticks(), offset in offsets()) {
        let value = DateTimeOffset::new(DateTime::from_ticks(ticks, Zone::Unspecified).civil(), offset);
        survives(&value)?;
        survives_as_key(&value)?;
        prop_assert!(value.to_string().parse::<DateTimeOffset>()?.eq_exact(value));
    }

    #[test]
    fn order_and_equality_agree(a in date_times(), b in date_times()) {
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
    }

    #[test]
    fn date_and_time(ticks in ticks(), time in times()) {
        let date: Date = DateTime::from_ticks(ticks, Zone::Unspecified).date();
        survives(&date)?;
        survives_as_key(&date)?;
        survives(&time)?;
        survives_as_key(&time)?;
    }

    #[test]
    fn time_span(ticks in any::<i64>()) {
        let value = TimeSpan::from_ticks(ticks);
        survives(&value)?;
        survives_as_key(&value)?;
        prop_assert_eq!(value.to_string().parse::<TimeSpan>()?, value);
        prop_assert_eq!(TimeSpan::from(SignedDuration::from(value)), value);
    }

    #[test]
    fn decimal(value in decimals()) {
        survives(&value)?;
        survives_as_key(&value)?;
        survives(&BTreeMap::from([(value, vec![Some(value), None])]))?;
    }

    #[test]
    fn guid_bytes_and_pairs(guid in any::<u128>(), bytes in proptest::collection::vec(any::<u8>(), 0..40), text in ".*", c in any::<char>().prop_filter("one unit", |c| c.len_utf16() == 1)) {
        let guid = Uuid::from_u128(guid);
        survives(&guid)?;
        survives_as_key(&guid)?;
        survives(&bytes)?;
        survives(&Bytes::from(bytes))?;
        survives_as_key(&text)?;
        survives(&KeyValuePair { key: text, value: guid })?;
        // ServiceStack.Text writes U+200B for an empty text.
        if c != '\u{200b}' {
            survives(&c)?;
        }
    }

    #[test]
    fn numbers(a in any::<i64>(), b in any::<u64>(), c in any::<f64>(), d in any::<f32>()) {
        survives(&a)?;
        survives(&b)?;
        survives_as_key(&a)?;
        survives_as_key(&b)?;
        if c.is_finite() && d.is_finite() {
            survives(&c)?;
            survives(&d)?;
        }
    }

    /// Every format that a server may write is read as the same value.
    #[test]
    fn date_time_forms(seconds in 0..253_402_300_799_i64, ticks in 0..10_000_000_i64, minutes in -14 * 60..=14 * 60_i64) {
        let ticks = 621_355_968_000_000_000 + seconds * 10_000_000 + ticks;
        let utc = DateTime::from_ticks(ticks, Zone::Utc);
        let iso = utc.to_string();
        let offset = Offset::from_seconds(i32::try_from(minutes * 60)?)?;
        let local = DateTimeOffset::new(DateTime::from_ticks((ticks + minutes * 600_000_000).clamp(0, DateTime::MAX.ticks()), Zone::Unspecified).civil(), offset);
        for text in [iso.clone(), iso.replace('T', " "), iso.replace('Z', "+00:00"), local.to_string()] {
            let read: DateTime = json::from_slice(format!("{text:?}").as_bytes())?;
            // Near the limits of .NET's range, the local date was clamped.
            if (864_000_000_000..DateTime::MAX.ticks() - 864_000_000_000).contains(&ticks) {
                prop_assert_eq!(read, utc, "{}", text);
            }
        }
        let milliseconds = (ticks - 621_355_968_000_000_000) / 10_000;
        let cut = DateTime::from_ticks(ticks / 10_000 * 10_000, Zone::Utc);
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let sign = if minutes < 0 { '-' } else { '+' };
        for text in [format!(r"\/Date({milliseconds})\/"), format!("/Date({milliseconds})/"), format!(r"\/Date({milliseconds}{sign}{hours:02}{rest:02})\/")] {
            // A minus sign without an offset means that there is no time zone.
            if !text.contains("-0000") {
                prop_assert_eq!(json::from_slice::<DateTime>(format!("\"{text}\"").as_bytes())?, cut, "{}", text);
            }
        }
    }

    #[test]
    fn time_span_forms(ticks in any::<i64>()) {
        // Durations are at most 29,227 years, and a float of seconds has 15 digits.
        let span = TimeSpan::from_ticks(ticks / 10_000_000 * 10_000_000);
        let seconds = span.ticks() / 10_000_000;
        let sign = if seconds < 0 { "-" } else { "" };
        let seconds_only = format!("{sign}PT{}S", seconds.unsigned_abs());
        for text in [span.to_string(), span.to_clock(), seconds.to_string(), seconds_only] {
            prop_assert_eq!(text.parse::<TimeSpan>()?, span, "{}", text);
        }
        prop_assert_eq!(json::from_slice::<TimeSpan>(seconds.to_string().as_bytes())?, span);
    }

    #[test]
    fn guid_and_decimal_forms(guid in any::<u128>(), value in decimals()) {
        let guid = Uuid::from_u128(guid);
        for text in [guid.simple().to_string(), guid.hyphenated().to_string().to_uppercase(), guid.braced().to_string()] {
            prop_assert_eq!(json::from_slice::<Uuid>(format!("{text:?}").as_bytes())?, guid, "{}", text);
        }
        for text in [value.to_string(), format!("\"{value}\"")] {
            let read: Decimal = json::from_slice(text.as_bytes())?;
            prop_assert_eq!((read, read.scale()), (value, value.scale()), "{}", text);
        }
        let scientific: Decimal = json::from_slice(format!("{value}e0").as_bytes())?;
        prop_assert_eq!(scientific, value);
    }

    #[test]
    fn no_text_panics(text in prop_oneof![
        ".*",
        "[0-9TZPDHMS:./+ -]{0,30}",
        r"\\?/Date\([0-9+-]{0,25}\)\\?/",
        "[+-]?[0-9]{0,40}[.]?[0-9]{0,40}(e[+-]?[0-9]{1,4})?",
    ]) {
        let _ = text.parse::<DateTime>();
        let _ = text.parse::<DateTimeOffset>();
        let _ = text.parse::<TimeSpan>();
        let _ = Date::parse_key(&text);
        let _ = Time::parse_key(&text);
        let _ = Decimal::parse_key(&text);
        let _ = Uuid::parse_key(&text);
    }

    #[test]
    fn no_number_panics(number in any::<f64>(), whole in any::<i64>(), large in any::<u64>()) {
        for text in [number.to_string(), whole.to_string(), large.to_string()] {
            let _ = json::from_slice::<DateTime>(text.as_bytes());
            let _ = json::from_slice::<TimeSpan>(text.as_bytes());
            let _ = json::from_slice::<Decimal>(text.as_bytes());
        }
    }
}
