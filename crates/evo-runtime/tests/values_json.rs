//! Numbers and texts in JSON, as `serde_json` reads them.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "what tests share fails by panicking")]

use evo_runtime::wire::json;
use serde_json::Value;

/// Expects both readers to take a document for the same value, or for none.
fn check(document: &str) {
    let own = json::from_slice::<Value>(document.as_bytes()).ok();
    assert_eq!(own, serde_json::from_str(document).ok(), "{document}");
}

#[test]
fn numbers_are_what_serde_json_takes_them_for() {
    for number in [
        "0",
        "-0",
        "7",
        "-7",
        "007",
        "-01",
        "-",
        "1.",
        ".5",
        "1.5",
        "-1.50",
        "1e5",
        "1E+2",
        "1e-7",
        "1e",
        "1e+",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "18446744073709551615",
        "0.1",
        "2.2250738585072011e-308",
        "1.7976931348623157e308",
        "5e-324",
        "1x",
        "0x1",
        "0.0",
        "-0.0",
        "0e1",
    ] {
        check(number);
        check(&format!("[{number},{number}]"));
    }
    // Beyond all numbers of `serde_json`, the digits are kept.
    for digits in ["-9223372036854775809", "18446744073709551616", "123456789012345678901234567890", "1e999"] {
        assert_eq!(json::from_slice::<Value>(digits.as_bytes()).expect("a number"), Value::from(digits));
    }
}

#[test]
fn texts_end_at_quotes_and_have_no_controls() {
    for text in [
        "",
        "\"",
        "abc\\",
        "abcdefgh",
        "abcdefgh\"",
        "abcdefg\n",
        "größe ¢\u{1f600}\u{80}\"",
        "!#[]\u{7f}~ \u{1f}",
        "\0",
    ] {
        for before in ["", "x", "ü", "1234567", "12345678", "12345678901234567"] {
            check(&format!("\"{before}{text}\""));
        }
    }
}

#[test]
fn escapes_are_what_serde_json_takes_them_for() {
    for text in [
        r#"\""#,
        r"\\\/\b\f\n\r\t",
        r"a\u00e4b",
        r"\ud83d\ude00!",
        r"\u+123",
        r"\u12",
        r"\x",
        r"größe\u20ac\\",
        "\\\n",
        "a\\n\n",
        r"\u0000",
        r"\uD834\uDD1E\uD834\uDD1E",
    ] {
        check(&format!("\"{text}\""));
    }
    // Halves of surrogate pairs, which .NET allows, are replaced.
    for (text, read) in [
        (r"\ud83d", "\u{fffd}"),
        (r"\ude00", "\u{fffd}"),
        (r"\ud83dx", "\u{fffd}x"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"\ud83d\u0041", "\u{fffd}A"),
    ] {
        assert_eq!(json::from_slice::<String>(format!("\"{text}\"").as_bytes()).expect("a text"), read);
    }
}
