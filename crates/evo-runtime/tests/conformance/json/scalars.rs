//! Texts, numbers, Guids and bytes.

use std::fmt::{Debug, Write as _};

use evo_runtime::wire::{Wire, json};
use evo_runtime::{Bytes, Decimal, Uuid, Value, record};

use super::{beside, read, written};
use crate::case::{Case, items, text};

pub(super) async fn json_04(case: Case) {
    let expected = text(&case.expect["value"]).trim_end_matches(" for all");
    for bytes in items(&case.given["bytes"]).iter().map(text) {
        let value: Uuid = read(bytes);
        assert_eq!(
            (value.to_string().as_str(), written(&value).as_str()),
            (expected, text(&case.expect["send"])),
            "{bytes}"
        );
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Floats {
    float: f32,
    double: f64,
    object: Value,
}
record!(Floats { float: "Float", double: "Double", object: "Object" });

pub(super) async fn json_07(case: Case) {
    let value: Floats = read(text(&case.given["bytes"]));
    assert_eq!((format!("{:?}", value.float).as_str(), value.double), (text(&case.expect["values"][0]), f64::INFINITY));
    assert_eq!(value.object, Value::Null, "the -inf of an object member is null");
    for member in
        [Floats { float: f32::NAN, ..Floats::default() }, Floats { double: f64::NEG_INFINITY, ..Floats::default() }]
    {
        assert!(json::to_string(&member).is_err(), "{member:?}");
        assert!(serde_json::to_string(&member).is_err(), "{member:?}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Blob {
    bytes: Option<Bytes>,
}
record!(Blob { bytes: "Bytes" });

pub(super) async fn json_08(case: Case) {
    let blob = Blob { bytes: Some(Bytes::from_static(&[1, 2, 3])) };
    assert_eq!(written(&blob), text(&case.expect["write"]));
    for (bytes, expected) in beside(&case.given["read_bytes"], &case.expect["read"]) {
        let expected = if text(expected) == "empty" { Bytes::new() } else { Bytes::from_static(&[1, 2, 3]) };
        assert_eq!(read::<Blob>(bytes).bytes, Some(expected), "{bytes}");
    }
}

pub(super) async fn json_16(case: Case) {
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["round_trip"]) {
        let value: Decimal = read(bytes);
        assert_eq!((value.to_string().as_str(), written(&value).as_str()), (text(expected), text(expected)), "{bytes}");
    }
}

pub(super) async fn json_17(case: Case) {
    fn check<T: Wire + PartialEq + Debug + std::str::FromStr>(
        given: &Value,
        expected: &Value,
        constants: &[(&str, T)],
    ) {
        for (bytes, expected) in beside(given, expected) {
            let constant = constants.iter().find(|(name, _)| *name == text(expected)).map(|(_, value)| value);
            let value: T = read(bytes);
            let parsed = text(expected).parse::<T>().ok();
            assert_eq!(Some(&value), constant.or(parsed.as_ref()), "{bytes}");
            assert_eq!(read::<T>(&written(&value)), value, "{bytes}");
        }
    }
    let (given, expected) = (&case.given["bytes"], &case.expect["values"]);
    check::<f32>(&given[0], &expected[0], &[("f32::MAX", f32::MAX)]);
    check::<f64>(&given[1], &expected[1], &[]);
    check::<i64>(&given[2], &expected[2], &[("i64::MIN", i64::MIN)]);
    check::<u64>(&given[3], &expected[3], &[("u64::MAX", u64::MAX)]);
    assert_eq!(
        (written(&i64::MIN), written(&u64::MAX)),
        (text(&given[2][1]).to_owned(), text(&given[3][0]).to_owned())
    );
}

pub(super) async fn json_29(case: Case) {
    let character = |token: &str| match token.strip_prefix("U+").and_then(|digits| u32::from_str_radix(digits, 16).ok())
    {
        Some(scalar) => char::from_u32(scalar).map(String::from).unwrap_or_default(),
        None => token.to_owned(),
    };
    let value: String = text(&case.given["value"]).split(' ').map(character).collect();
    let mut minimal = String::from("\"");
    let mut escaped = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => minimal.extend(['\\', c]),
            '\0'..='\u{1f}' => write!(minimal, "\\u{:04x}", u32::from(c)).unwrap_or_default(),
            _ => minimal.push(c),
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(escaped, "\\u{unit:04X}").unwrap_or_default();
        }
    }
    minimal.push('"');
    escaped.push('"');
    assert_eq!(written(&value), minimal);
    assert_eq!((read::<String>(&minimal), read::<String>(&escaped)), (value.clone(), value));
}

pub(super) async fn json_30(case: Case) {
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["values"]) {
        let expected = if text(expected).starts_with("default") { '\0' } else { 'x' };
        assert_eq!(read::<char>(bytes), expected, "{bytes}");
    }
    assert_eq!(
        (written(&'x'), written(&'\0')),
        (text(&case.given["bytes"][0]).to_owned(), text(&case.given["bytes"][1]).to_owned())
    );
}
