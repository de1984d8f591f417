//! Dates, times and durations: every format that servers write is read, and one format is written.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use evo_runtime::wire::json;
use evo_runtime::{Date, DateTime, DateTimeOffset, Time, TimeSpan, Zone};
use jiff::{SignedDuration, Timestamp, Zoned, civil, tz};

fn read<T: evo_runtime::wire::Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

fn written(value: &dyn evo_runtime::wire::Encode) -> String {
    json::to_string(value).expect("dates and times can always be written")
}

#[test]
fn date_time_reads_every_form_and_writes_iso() {
    for (bytes, iso) in [
        // JSON-01
        (r#""\/Date(1335867630123)\/""#, "2012-05-01T10:20:30.123Z"),
        (r#""\/Date(1335830400000-0000)\/""#, "2012-05-01T00:00:00"),
        (r#""\/Date(1335867630000+0000)\/""#, "2012-05-01T10:20:30+00:00"),
        (r#""\/Date(1335867630000+0800)\/""#, "2012-05-01T18:20:30+08:00"),
        (r#""\/Date(-62135596800000-0000)\/""#, "0001-01-01T00:00:00"),
        (r#""/Date(1335867630000)/""#, "2012-05-01T10:20:30Z"),
        (r#""\\/Date(1335867630000)\\/""#, "2012-05-01T10:20:30Z"),
        (r#""\/Date(253402300800000+0000)\/""#, "9999-12-31T23:59:59.9999999+00:00"),
        (r#""\/Date(253402272000000+0800)\/""#, "9999-12-31T23:59:59.9999999+08:00"),
        (r#""\/Date(99999999999999999999)\/""#, "9999-12-31T23:59:59.9999999Z"),
        (r#""\/Date(-62135596800000+0805)\/""#, "0001-01-01T08:05:00+08:05"),
        // JSON-02
        (r#""2012-05-01T10:20:30Z""#, "2012-05-01T10:20:30Z"),
        (r#""2012-05-01T10:20:30.1234567Z""#, "2012-05-01T10:20:30.1234567Z"),
        (r#""2012-05-01T10:20:30.123456789Z""#, "2012-05-01T10:20:30.1234567Z"),
        (r#""2012-05-01 10:20:30.1234567899999999+08:00""#, "2012-05-01T10:20:30.1234567+08:00"),
        (r#""2012-05-01T10:20:30.5Z""#, "2012-05-01T10:20:30.5Z"),
        (r#""2012-05-01T02:20:30+00:00""#, "2012-05-01T02:20:30+00:00"),
        (r#""2012-05-01T10:20:30.0000000+08:00""#, "2012-05-01T10:20:30+08:00"),
        (r#""2012-05-01T10:20:30-0330""#, "2012-05-01T10:20:30-03:30"),
        (r#""2012-05-01T00:00:00""#, "2012-05-01T00:00:00"),
        (r#""2012-05-01T00:00:00.0000000""#, "2012-05-01T00:00:00"),
        (r#""2012-05-01""#, "2012-05-01T00:00:00"),
        (r#""2012-05-01 10:20:30""#, "2012-05-01T10:20:30"),
        (r#""20120501""#, "2012-05-01T00:00:00"),
        ("1335867630123", "2012-05-01T10:20:30.123Z"),
        ("1335867630", "2012-05-01T10:20:30Z"),
        ("-1335867630", "1927-09-02T13:39:30Z"),
        ("1335867630.5", "2012-05-01T10:20:30.5Z"),
        (r#""1335867630""#, "2012-05-01T10:20:30Z"),
        (r#""Tue, 01 May 2012 10:20:30 GMT""#, "2012-05-01T10:20:30Z"),
        (r#""Fri, 31 Dec 9999 23:59:59 GMT""#, "9999-12-31T23:59:59Z"),
        ("null", "0001-01-01T00:00:00"),
    ] {
        let value: DateTime = read(bytes);
        assert_eq!(value.to_string(), iso, "{bytes}");
        assert_eq!(written(&value), format!("\"{iso}\""), "{bytes}");
        let again: DateTime = iso.parse().unwrap_or_else(|error| panic!("{bytes}: {error}"));
        assert!(again.eq_exact(value), "{bytes}");
    }
}

#[test]
fn invalid_dates_are_errors() {
    for text in [
        "",
        "x",
        "2012-13-01",
        "2012-05-32",
        "2012-05-01T24:00:00",
        "2012-05-01T10:60:00",
        "2012-05-01T10:20:30+8",
        "0000-01-01",
        "-0001-01-01",
        "2012-05-01T10:20:30Zx",
        "/Date()/",
        "/Date(x)/",
        "/Date(1",
        "20121301",
        "99999999",
        "Tue, 01 Mai 2012 10:20:30 GMT",
        "Tue, 01 May 2012 10:20:30 CET",
        "2012-05-0é",
        "+",
        "-",
        "T",
    ] {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
    }
    assert_eq!(
        json::from_slice::<DateTime>(br#""soon""#).expect_err("no date").to_string(),
        "expected a date and time, found text, at byte 0"
    );
}

#[test]
fn date_time_offset_always_has_an_offset() {
    // JSON-14
    for (bytes, iso) in [
        (r#""\/Date(1335838830000+0800)\/""#, "2012-05-01T10:20:30+08:00"),
        (r#""2012-05-01T10:20:30+08:00""#, "2012-05-01T10:20:30+08:00"),
        (r#""2012-05-01T10:20:30.0000000+08:00""#, "2012-05-01T10:20:30+08:00"),
        (r#""\/Date(253402300799999)\/""#, "9999-12-31T23:59:59.999+00:00"),
        (r#""9999-12-31T23:59:59.9999999+00:00""#, "9999-12-31T23:59:59.9999999+00:00"),
        (r#""2012-05-01T10:20:30Z""#, "2012-05-01T10:20:30+00:00"),
        (r#""2012-05-01T10:20:30""#, "2012-05-01T10:20:30+00:00"),
        ("null", "0001-01-01T00:00:00+00:00"),
    ] {
        let value: DateTimeOffset = read(bytes);
        assert_eq!(value.to_string(), iso, "{bytes}");
        assert_eq!(written(&value), format!("\"{iso}\""), "{bytes}");
    }
}

#[test]
fn equal_means_the_same_instant_and_no_zone_is_not_utc() {
    let at = |text: &str| text.parse::<DateTime>().expect("a date");
    let (utc, offset, nowhere) =
        (at("2012-05-01T10:20:30Z"), at("2012-05-01T18:20:30+08:00"), at("2012-05-01T10:20:30"));
    assert_eq!(utc, offset);
    assert!(!utc.eq_exact(offset));
    assert_ne!(utc, nowhere);
    assert_eq!([utc.zone(), nowhere.zone()], [Zone::Utc, Zone::Unspecified]);
    assert_eq!(offset.offset(), Some(tz::offset(8)));
    assert!(nowhere < utc && utc < at("2012-05-01T18:20:31+08:00"));
    let both = ["2012-05-01T10:20:30Z", "2012-05-01T18:20:30+08:00"]
        .map(|text| text.parse::<DateTimeOffset>().expect("a date"));
    assert_eq!(both[0], both[1]);
    assert!(!both[0].eq_exact(both[1]));
}

#[test]
fn dates_convert_to_and_from_jiff_and_std() {
    let civil = civil::datetime(2012, 5, 1, 10, 20, 30, 123_456_789);
    let timestamp: Timestamp = "2012-05-01T10:20:30.123456789Z".parse().expect("an instant");
    let utc = DateTime::from(timestamp);
    assert_eq!(utc.to_string(), "2012-05-01T10:20:30.1234567Z");
    assert_eq!(DateTime::from(civil).to_string(), "2012-05-01T10:20:30.1234567");
    assert_eq!(DateTime::from(civil.date()).to_string(), "2012-05-01T00:00:00");
    assert_eq!(utc.civil(), civil::datetime(2012, 5, 1, 10, 20, 30, 123_456_700));
    assert_eq!(Timestamp::try_from(utc).expect("UTC").to_string(), "2012-05-01T10:20:30.1234567Z");
    let zoned = timestamp.to_zoned(tz::TimeZone::fixed(tz::offset(-3)));
    assert_eq!(DateTime::from(&zoned).to_string(), "2012-05-01T07:20:30.1234567-03:00");
    assert_eq!(DateTimeOffset::from(zoned.clone()).to_string(), "2012-05-01T07:20:30.1234567-03:00");
    let shown = |zoned: Zoned| (zoned.timestamp(), zoned.datetime().to_string());
    let expected = (Timestamp::try_from(utc).expect("UTC"), "2012-05-01T07:20:30.1234567".to_owned());
    assert_eq!(Zoned::try_from(DateTime::from(&zoned)).map(shown), Ok(expected.clone()));
    assert_eq!(Zoned::try_from(DateTimeOffset::from(&zoned)).map(shown), Ok(expected));
    assert!(Zoned::try_from(DateTime::from(civil)).is_err(), "no zone is no instant");
    assert_eq!(civil::DateTime::from(utc), utc.civil());
    let system = SystemTime::UNIX_EPOCH + Duration::new(1_335_867_630, 123_456_700);
    assert_eq!(DateTime::from(system), utc);
    assert_eq!(SystemTime::try_from(utc).expect("UTC"), system);
    assert_eq!(
        Timestamp::try_from(DateTime::from(civil)).expect_err("no zone").to_string(),
        "2012-05-01T10:20:30.1234567 has no zone, so it is not an instant"
    );
    assert!(DateTimeOffset::try_from(DateTime::from(civil)).is_err());
    assert_eq!(DateTimeOffset::try_from(utc).map(DateTime::from), Ok(utc));
    assert_eq!(DateTime::from(civil::date(-44, 3, 15)).to_string(), "0001-01-01T00:00:00");
    let before_1970 = civil::datetime(1969, 12, 31, 23, 59, 59, 999_999_999);
    assert_eq!(DateTime::from(before_1970).to_string(), "1969-12-31T23:59:59.9999999");
    assert_eq!([DateTime::MIN.ticks(), DateTime::MAX.ticks()], [0, 3_155_378_975_999_999_999]);
    assert_eq!(DateTime::MAX.to_string(), "9999-12-31T23:59:59.9999999");
    assert!(Timestamp::try_from(DateTime::utc(DateTime::MAX.civil())).is_err());
}

#[test]
fn date_only_and_time_only() {
    // JSON-15
    for (bytes, text) in [
        (r#""2012-05-01""#, r#""2012-05-01""#),
        (r#""9999-12-31""#, r#""9999-12-31""#),
        (r#""2012-05-01T10:20:30Z""#, r#""2012-05-01""#),
        (r#""\/Date(1335830400000-0000)\/""#, r#""2012-05-01""#),
    ] {
        assert_eq!(written(&read::<Date>(bytes)), text, "{bytes}");
    }
    for (bytes, time, text) in [
        (r#""PT14H30M5S""#, "14:30:05", r#""PT14H30M5S""#),
        (r#""PT23H59M59.9999999S""#, "23:59:59.9999999", r#""PT23H59M59.9999999S""#),
        (r#""PT0S""#, "00:00:00", r#""PT0S""#),
        (r#""14:30:05""#, "14:30:05", r#""PT14H30M5S""#),
        (r#""14:30:05.25""#, "14:30:05.25", r#""PT14H30M5.25S""#),
    ] {
        let value: Time = read(bytes);
        assert_eq!(value.to_string(), time, "{bytes}");
        assert_eq!(written(&value), text, "{bytes}");
    }
    for bytes in [r#""PT24H""#, r#""-PT1S""#, r#""P1D""#] {
        assert!(json::from_slice::<Time>(bytes.as_bytes()).is_err(), "{bytes}");
    }
}

#[test]
fn time_span_writes_days_and_reads_every_form() {
    // JSON-03
    for (ticks, text) in [
        (0, "PT0S"),
        (36_000_000_000, "PT1H"),
        (1_296_015_000_000, "P1DT12H1.5S"),
        (-54_000_000_000, "-PT1H30M"),
        (-15_000_000, "-PT1.5S"),
        (1, "PT0.0000001S"),
        (937_845_000_000, "P1DT2H3M4.5S"),
        (864_000_000_000, "P1D"),
        (i64::MIN, "-P10675199DT2H48M5.4775391S"),
        (i64::MAX, "P10675199DT2H48M5.4775807S"),
    ] {
        let span = TimeSpan::from_ticks(ticks);
        assert_eq!(span.to_string(), text);
        assert_eq!(text.parse(), Ok(span), "{text}");
        assert_eq!(written(&span), format!("\"{text}\""));
    }
    for (bytes, ticks) in [
        (r#""01:02:03""#, 37_230_000_000),
        (r#""1.02:03:04.5""#, 937_845_000_000),
        (r#""-01:30:00""#, -54_000_000_000),
        (r#""00:43""#, 25_800_000_000),
        (r#""PT93784.5S""#, 937_845_000_000),
        (r#""PT90M""#, 54_000_000_000),
        (r#""P1W""#, 6_048_000_000_000),
        ("3723", 37_230_000_000),
        ("-1.5", -15_000_000),
        ("null", 0),
    ] {
        assert_eq!(read::<TimeSpan>(bytes), TimeSpan::from_ticks(ticks), "{bytes}");
    }
    for text in ["", "P", "PT", "P1Y", "P1M", "PT1", "1:2:3:4", "PT1.5H", "PT9999999999999S", "x", "P1DT1D", "--PT1S"] {
        assert!(text.parse::<TimeSpan>().is_err(), "{text}");
    }
}

#[test]
fn time_span_converts_to_and_from_durations() {
    let span = TimeSpan::from(Duration::from_millis(1500));
    assert_eq!(span.ticks(), 15_000_000);
    assert_eq!(Duration::try_from(span), Ok(Duration::from_millis(1500)));
    assert_eq!(SignedDuration::from(span), SignedDuration::from_millis(1500));
    assert_eq!(TimeSpan::from(SignedDuration::from_millis(-1500)).to_string(), "-PT1.5S");
    assert!(Duration::try_from(TimeSpan::from_ticks(-1)).is_err());
    assert_eq!(TimeSpan::from(Duration::MAX), TimeSpan::MAX);
    assert_eq!(SignedDuration::from(TimeSpan::MIN).as_nanos(), i128::from(i64::MIN) * 100);
}

#[test]
fn keys_of_maps_have_their_own_text_form() {
    fn keys<K: evo_runtime::wire::Key + 'static>(bytes: &str) -> String {
        written(&read::<BTreeMap<K, i32>>(bytes))
    }
    assert_eq!(keys::<DateTime>(r#"{"\/Date(1335867630123)\/":1}"#), r#"{"2012-05-01T10:20:30.123Z":1}"#);
    assert_eq!(keys::<DateTime>(r#"{"2012-05-01T10:20:30.1234567Z":1}"#), r#"{"2012-05-01T10:20:30.1234567Z":1}"#);
    assert_eq!(keys::<DateTime>(r#"{"2012-05-01T18:20:30+08:00":1}"#), r#"{"2012-05-01T10:20:30Z":1}"#);
    assert_eq!(keys::<DateTime>(r#"{"0001-01-01T00:00:00+08:00":1}"#), r#"{"0001-01-01T00:00:00+08:00":1}"#);
    assert_eq!(keys::<DateTime>(r#"{"2012-05-01":1}"#), r#"{"2012-05-01T00:00:00":1}"#);
    assert_eq!(keys::<DateTimeOffset>(r#"{"\/Date(1335838830000+0800)\/":1}"#), r#"{"2012-05-01T10:20:30+08:00":1}"#);
    assert_eq!(keys::<Date>(r#"{"2012-05-01":1}"#), r#"{"2012-05-01":1}"#);
    assert_eq!(keys::<TimeSpan>(r#"{"PT1H":1,"-1.00:00:00.5":2}"#), r#"{"-1.00:00:00.5000000":2,"01:00:00":1}"#);
    assert_eq!(keys::<Time>(r#"{"PT1H":1,"02:00:00":2}"#), r#"{"01:00:00":1,"02:00:00":2}"#);
}
