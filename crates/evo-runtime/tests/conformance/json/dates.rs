//! Dates, times and durations.

use evo_runtime::{Date, DateTime, DateTimeOffset, Time, TimeSpan, Zone};
use serde_json::Value;

use super::{beside, read, written};
use crate::case::{Case, items, text};

/// Returns the milliseconds since 1970; a value without a time zone counts as UTC.
fn epoch_ms(value: DateTime) -> i64 {
    const UNIX_EPOCH: i64 = 621_355_968_000_000_000;
    let offset = value.offset().map_or(0, |offset| i64::from(offset.seconds()) * 10_000_000);
    (value.ticks() - offset - UNIX_EPOCH).div_euclid(10_000)
}

fn zone(value: DateTime) -> String {
    match value.zone() {
        Zone::Unspecified => "none".to_owned(),
        Zone::Utc => "UTC".to_owned(),
        Zone::Offset(offset) if offset.seconds() == 0 => "+00:00".to_owned(),
        Zone::Offset(offset) => format!("{offset}:00"),
    }
}

/// Returns the text before a remark in brackets.
fn without_remark(text: &str) -> &str {
    text.split(" (").next().unwrap_or(text)
}

pub(super) async fn json_01(case: Case) {
    let times = beside(&case.given["bytes"], &case.expect["epoch_ms"]);
    for ((bytes, expected), expected_zone) in times.into_iter().zip(items(&case.expect["zone"])) {
        let value: DateTime = read(bytes);
        let expected = match expected {
            Value::String(clamped) => without_remark(clamped).parse().ok(),
            number => number.as_i64(),
        };
        assert_eq!(Some(epoch_ms(value)), expected, "{bytes}");
        assert_eq!(zone(value), without_remark(text(expected_zone)), "{bytes}");
    }
}

pub(super) async fn json_02(case: Case) {
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["value"]) {
        let expected = without_remark(text(expected)).parse::<DateTime>();
        assert_eq!(Ok(read::<DateTime>(bytes)), expected, "{bytes}");
    }
    let sent = text(&case.expect["send"]);
    assert_eq!(sent.parse::<DateTime>().map(|value| written(&value)), Ok(format!("{sent:?}")));
}

pub(super) async fn json_03(case: Case) {
    let seconds = |value: &Value| value.as_f64().map(|seconds| read::<TimeSpan>(&seconds.to_string()));
    let writes = items(&case.expect["write"]);
    for (span, expected) in items(&case.given["seconds"]).iter().map(seconds).zip(writes) {
        assert_eq!(span.map(|span| span.to_string()).as_deref(), expected.as_str());
    }
    let min = text(&case.expect["min"]);
    assert_eq!((written(&TimeSpan::MIN), min.parse()), (format!("{min:?}"), Ok(TimeSpan::MIN)));
    for (bytes, expected) in beside(&case.given["alt_bytes"], &case.expect["alt_seconds"]) {
        let span: TimeSpan = read(bytes);
        assert_eq!(Some(span), seconds(expected), "{bytes}");
        // The clock format is never written.
        assert!(span.to_string().trim_start_matches('-').starts_with('P'), "{span}");
    }
}

pub(super) async fn json_14(case: Case) {
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["values"]) {
        let value: DateTimeOffset = read(bytes);
        let expected: DateTimeOffset = text(expected).parse().unwrap_or_else(|error| panic!("{error}"));
        assert!(value.eq_exact(expected), "{bytes}: {value}");
    }
}

pub(super) async fn json_15(case: Case) {
    let (given, expected, sent) = (&case.given["bytes"], &case.expect["values"], &case.expect["write"]);
    for (bytes, expected) in beside(&given[0], &expected[0]) {
        assert_eq!(Some(read::<Date>(bytes)), text(expected).parse().ok(), "{bytes}");
    }
    for (bytes, expected) in beside(&given[1], &expected[1]) {
        assert_eq!(Some(read::<Time>(bytes)), text(expected).parse().ok(), "{bytes}");
    }
    assert_eq!(written(&jiff::civil::date(2012, 5, 1)), text(&sent[0]));
    assert_eq!(written(&jiff::civil::time(14, 30, 5, 0)), text(&sent[1]));
}

pub(super) async fn json_36(case: Case) {
    let expected: Date = text(&case.expect["value"]).parse().unwrap_or_else(|error| panic!("{error}"));
    for bytes in items(&case.given["texts"]).iter().map(text) {
        assert_eq!(read::<Date>(bytes), expected, "{bytes}");
    }
}
