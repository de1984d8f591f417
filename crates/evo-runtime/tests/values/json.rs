//! JSON numbers and strings are read like `serde_json` reads them.

use evo_runtime::wire::json;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

/// Asserts that both readers return the same value, or that both fail.
fn check(document: &str) {
    let own = json::from_slice::<Value>(document.as_bytes()).ok();
    assert_eq!(own, serde_json::from_str(document).ok(), "{document}");
}

#[test]
fn numbers_are_read_like_serde_json() {
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
    // Numbers outside the range of `serde_json` keep their digits.
    for digits in ["-9223372036854775809", "18446744073709551616", "123456789012345678901234567890", "1e999"] {
        assert_eq!(json::from_slice::<Value>(digits.as_bytes()).expect("a number"), Value::from(digits));
    }
}

#[test]
fn strings_end_at_quotes_and_contain_no_control_characters() {
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
fn escapes_are_read_like_serde_json() {
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
    // Unpaired surrogates, which .NET allows, are replaced.
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

#[test]
fn nesting_has_the_limit_of_serde_json() {
    for depth in [1, 100, 127, 128, 10_000] {
        check(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    }
}

/// Whether `serde_json` reads a number differently: integers beyond 64 bits, and numbers beyond `f64`, are kept as text here.
fn is_odd(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c)));
    numbers.any(|number| {
        number.parse().is_ok_and(f64::is_infinite)
            || number.parse::<i128>().is_ok_and(|n| i64::try_from(n).is_err() && u64::try_from(n).is_err())
    })
}

/// Whether a document contains a defect that is repaired: a missing value, doubled quotes, or an unpaired surrogate.
fn may_be_repaired(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !" \n\t\r".contains(*c)).collect();
    [",,", "[,", ",]", ":,", ":}", "\"\"", "\\ud", "\\uD"].iter().any(|part| text.contains(part))
}

fn documents() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| Value::from(number).to_string()),
        "-?[0-9]{1,3}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{0,3})?",
        "\\PC{0,20}".prop_map(|text| Value::from(text).to_string()),
        "\"[a-z\\\\u\"0d89e/ ]{0,12}\"",
    ];
    let blank = "[ \n\t\r]{0,2}";
    let item = leaf.prop_recursive(5, 40, 6, move |inner| {
        let name = "[a-z]{0,3}|n\\\\u0061me";
        let member = (blank, name, blank, blank, inner.clone(), blank);
        let item = (blank, inner).prop_map(|(blank, value)| format!("{blank}{value}"));
        prop_oneof![
            prop::collection::vec(member, 0..7).prop_map(|members| {
                // Without duplicate names: the first one wins here, and the last one with `serde_json`.
                let members = members
                    .into_iter()
                    .enumerate()
                    .map(|(index, (a, name, b, c, value, d))| format!("{a}\"{name}{index}\"{b}:{c}{value}{d}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
            prop::collection::vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
        ]
    });
    // One character is added, removed or replaced.
    (item, any::<prop::sample::Index>(), prop::option::weighted(0.3, "[\\[\\]{},:\"\\\\0x .-]?")).prop_map(
        |(document, at, change)| {
            let Some(change) = change else { return document };
            let at = at.index(document.chars().count());
            document
                .chars()
                .enumerate()
                .flat_map(|(index, c)| if index == at { change.chars().chain(None) } else { "".chars().chain(Some(c)) })
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_read_like_serde_json(text in documents()) {
        let own = json::from_slice::<Value>(text.as_bytes()).ok();
        let by_serde = serde_json::from_str::<Value>(&text).ok();
        if !is_odd(&text) && (by_serde.is_some() || !may_be_repaired(&text)) {
            prop_assert_eq!(own, by_serde);
        }
    }
}
