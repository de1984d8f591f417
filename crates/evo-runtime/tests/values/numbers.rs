//! Numbers, Guids, bytes and characters.

use std::collections::BTreeMap;

use evo_runtime::wire::{Encode, Wire, json};
use evo_runtime::{Bytes, Decimal, Uuid, Value};

fn read<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

fn written(value: &dyn Encode) -> String {
    json::to_string(value).expect("a value that can be written")
}

#[test]
fn decimals_keep_their_digits() {
    // JSON-16
    for (bytes, text) in [
        ("1.2300", "1.2300"),
        ("0.00000000000000000000000001", "0.00000000000000000000000001"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("-79228162514264337593543950335", "-79228162514264337593543950335"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("1e3", "1000"),
        ("1E-05", "0.00001"),
        (r#""1.10""#, "1.10"),
        ("0", "0"),
        ("-7", "-7"),
        ("1.50E1", "15.0"),
        ("-1.5e-3", "-0.0015"),
        ("12345678901234567890123456789012345E-10", "1234567890123456789012345.6789"),
        ("7.9228162514264337593543950335E+28", "79228162514264337593543950335"),
        // What is smaller than all decimals is rounded, as in .NET.
        ("1.2E-30", "0.0000000000000000000000000000"),
        ("1e-400", "0.0000000000000000000000000000"),
        (r#""4E-29""#, "0.0000000000000000000000000000"),
        ("0E+40", "0"),
    ] {
        assert_eq!(written(&read::<Decimal>(bytes)), text, "{bytes}");
        assert_eq!(
            written(&read::<Vec<Option<Decimal>>>(&format!("[{bytes},null]"))),
            format!("[{text},null]"),
            "{bytes}"
        );
    }
    for bytes in [
        "1e99",
        "7.9228162514264337593543950336E+28",
        r#""1e""#,
        r#""e5""#,
        r#""1.2.3e1""#,
        r#""x""#,
        "[]",
        r#""1_000""#,
        "true",
    ] {
        assert!(json::from_slice::<Decimal>(bytes.as_bytes()).is_err(), "{bytes}");
    }
    assert_eq!(written(&read::<BTreeMap<Decimal, Decimal>>(r#"{"1.50":2.50}"#)), r#"{"1.50":2.50}"#);
}

#[test]
fn floats_and_integers_keep_their_limits() {
    // JSON-17
    for (bytes, value) in [("3.4028235e+38", f32::MAX), ("3.4028235E+38", f32::MAX), ("0", 0.0), ("0.1", 0.1)] {
        assert_eq!(read::<f32>(bytes).to_bits(), value.to_bits(), "{bytes}");
    }
    for (bytes, value) in [("5E-324", 5e-324), ("10000000000000000", 1e16), ("0.5", 0.5), (r#""0.5""#, 0.5)] {
        assert_eq!(read::<f64>(bytes).to_bits(), f64::to_bits(value), "{bytes}");
    }
    assert_eq!(
        written(&read::<Vec<i64>>("[9007199254740993,-9223372036854775808,7.0,\"8\"]")),
        "[9007199254740993,-9223372036854775808,7,8]"
    );
    assert_eq!(written(&read::<u64>("18446744073709551615")), "18446744073709551615");
}

#[test]
fn names_of_special_floats_are_read_and_never_written() {
    // JSON-07
    for (bytes, value) in [
        ("NaN", f64::NAN),
        ("Infinity", f64::INFINITY),
        ("-Infinity", f64::NEG_INFINITY),
        (r#""NaN""#, f64::NAN),
        (r#""Infinity""#, f64::INFINITY),
        (r#""-Infinity""#, f64::NEG_INFINITY),
    ] {
        assert_eq!(read::<f64>(bytes).to_bits(), value.to_bits(), "{bytes}");
        #[expect(clippy::cast_possible_truncation, reason = "the words mean the same in both widths")]
        let single = value as f32;
        assert_eq!(read::<f32>(bytes).to_bits(), single.to_bits(), "{bytes}");
        assert!(json::to_vec(&value).is_err(), "{bytes}");
        assert!(json::to_vec(&single).is_err(), "{bytes}");
    }
    let all: BTreeMap<String, Value> = read(r#"{"float":NaN,"double":Infinity,"object":-Infinity,"rest":1}"#);
    assert_eq!(written(&all), r#"{"double":null,"float":null,"object":null,"rest":1}"#);
}

#[test]
fn guids_are_written_with_dashes() {
    // JSON-04
    let dashed = "\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"";
    for bytes in [
        r#""3f2504e04f8911d39a0c0305e82c3301""#,
        r#""3F2504E0-4F89-11D3-9A0C-0305E82C3301""#,
        r#""{3f2504e0-4f89-11d3-9a0c-0305e82c3301}""#,
        r#""(3f2504e0-4f89-11d3-9a0c-0305e82c3301)""#,
    ] {
        assert_eq!(written(&read::<Uuid>(bytes)), dashed, "{bytes}");
        assert_eq!(
            written(&read::<BTreeMap<Uuid, bool>>(&format!("{{{bytes}:true}}"))),
            format!("{{{dashed}:true}}"),
            "{bytes}"
        );
    }
    for bytes in [r#""3f25""#, r#""(3f2504e0-4f89-11d3-9a0c-0305e82c3301""#] {
        assert!(json::from_slice::<Uuid>(bytes.as_bytes()).is_err(), "{bytes}");
    }
}

#[test]
fn bytes_are_base64_and_byte_lists_are_numbers() {
    // JSON-08
    for (bytes, value) in [(r#""AQID""#, &[1_u8, 2, 3][..]), (r#""""#, &[]), ("[1,2,3]", &[1, 2, 3]), ("null", &[])] {
        assert_eq!(read::<Bytes>(bytes), value, "{bytes}");
    }
    assert_eq!(written(&Bytes::from_static(&[1, 2, 3])), r#""AQID""#);
    assert_eq!(written(&read::<Vec<u8>>("[1,2,3]")), "[1,2,3]");
    for bytes in [r#""A""#, r#""A-_=""#, "[256]", "7"] {
        assert!(json::from_slice::<Bytes>(bytes.as_bytes()).is_err(), "{bytes}");
    }
}

#[test]
fn characters_and_texts() {
    // JSON-30
    for (bytes, value) in
        [(r#""x""#, 'x'), (r#""\u0000""#, '\0'), (r#""\u200b""#, '\0'), (r#""""#, '\0'), (r#""ab""#, 'a')]
    {
        assert_eq!(read::<char>(bytes), value, "{bytes}");
    }
    // JSON-29
    let text = "\u{0}\u{1}\u{1f}\u{7f}\u{2028}\u{2029}\"\\/<&'+\u{1d11e}".to_owned();
    let minimal = "\"\\u0000\\u0001\\u001f\u{7f}\u{2028}\u{2029}\\\"\\\\/<&'+\u{1d11e}\"";
    assert_eq!(written(&text), minimal);
    assert_eq!(read::<String>(minimal), text);
    assert_eq!(
        read::<String>(r#""\u0000\u0001\u001F\u007F\u2028\u2029\u0022\\\/\u003C\u0026\u0027\u002B\uD834\uDD1E""#),
        text
    );
}
