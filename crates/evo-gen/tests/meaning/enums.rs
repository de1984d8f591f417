//! Names and numbers of enums, and flags.

use serde_json::{Value, json};

use crate::made::{Made, holder};

/// Generates a member with this enum.
fn enumeration(mut definition: Value) -> Made {
    definition["name"] = json!("Kind");
    definition["namespace"] = json!("Q");
    definition["isEnum"] = json!(true);
    let member = json!([{ "name": "Kind", "type": "Kind", "namespace": "Q", "isValueType": true, "isEnum": true }]);
    holder(&member, &json!([definition]))
}

#[test]
fn names_and_numbers_are_matched_by_position() {
    for (definition, expected) in [
        (
            json!({ "enumNames": ["A", null, "C"], "enumValues": ["0", "1", "2"] }),
            r#"choice!(Kind { A: "A" = 0, C: "C" = 2 } else Unknown);"#,
        ),
        (json!({ "enumNames": ["A", null, "C"] }), r#"choice!(Kind { A: "A" = 0, C: "C" = 2 } else Unknown);"#),
        (
            json!({ "enumNames": ["A", "", "C"], "enumValues": ["0", "1", "2"] }),
            r#"choice!(Kind { A: "A" = 0, C: "C" = 2 } else Unknown);"#,
        ),
        (
            json!({ "enumNames": [null, "B"], "enumValues": ["7", "8"], "enumMemberValues": ["x", "bee"] }),
            r#"choice!(Kind { B: "B" as "bee" = 8 } else Unknown);"#,
        ),
        (
            json!({ "enumNames": ["A", "B", "C"], "enumValues": ["5", null, "7"] }),
            r#"choice!(Kind { A: "A" = 5, B: "B", C: "C" = 7 } else Unknown);"#,
        ),
        (
            json!({ "enumNames": ["A", "B", "C"], "enumValues": ["5"], "enumMemberValues": [null, "bee"] }),
            r#"choice!(Kind { A: "A" = 5, B: "B" as "bee", C: "C" } else Unknown);"#,
        ),
        (
            json!({ "enumNames": ["Low", "High"], "enumValues": ["-1", "18446744073709551615"] }),
            r#"choice!(Kind { Low: "Low" = -1, High: "High" = 18_446_744_073_709_551_615 } else Unknown);"#,
        ),
        (
            json!({ "enumNames": ["A", "B"], "enumValues": ["1e3", "99999999999999999999"] }),
            r#"choice!(Kind { A: "A", B: "B" } else Unknown);"#,
        ),
    ] {
        assert_eq!(enumeration(definition).call("choice", "Kind"), expected);
    }
}

/// In .NET, a value that is not set is the number 0.
#[test]
fn the_default_is_the_member_with_the_number_0() {
    let default = "} else Unknown);\nchoice!(default Kind else Unknown);\n";
    for (numbers, expected) in [
        (json!([]), Some("A")),
        (json!(["0", "1"]), Some("A")),
        (json!(["5", "0"]), Some("B")),
        (json!(["-1", "0"]), Some("B")),
        (json!(["0", "0"]), Some("A")),
        (json!(["1", "2"]), None),
        (json!(["1", null]), None),
    ] {
        let made = enumeration(json!({ "enumNames": ["A", "B"], "enumValues": numbers }));
        let lines: Vec<&str> = made.text.lines().map(str::trim).collect();
        let at = lines.iter().position(|line| *line == "#[default]");
        let found = at.and_then(|at| lines[at + 1].strip_suffix(','));
        assert_eq!(found, expected, "{numbers}: {}", made.text);
        assert_eq!(made.text.contains(default), expected.is_none(), "{numbers}: {}", made.text);
        let derives = if expected.is_none() { "PartialOrd, Ord)]" } else { "PartialOrd, Ord, Default)]" };
        assert!(made.text.contains(&format!("{derives}\n#[non_exhaustive]\npub enum Kind {{")), "{}", made.text);
        assert_eq!(made.field("Holder", "kind"), "Kind");
    }
}

#[test]
fn a_type_with_names_of_values_is_an_enum() {
    let made = enumeration(json!({ "enumNames": ["A", "B"] }));
    let member = json!([{ "name": "Kind", "type": "Kind", "namespace": "Q" }]);
    let unmarked = holder(&member, &json!([{ "name": "Kind", "namespace": "Q", "enumNames": ["A", "B"] }]));
    assert_eq!(unmarked.call("choice", "Kind"), made.call("choice", "Kind"));
}

#[test]
fn a_large_enum_allows_the_large_arrays_of_its_macro() {
    for (count, is_allowed) in [(256, false), (257, true)] {
        let names: Vec<String> = (0..count).map(|number| format!("Value{number}")).collect();
        let made = enumeration(json!({ "enumNames": names }));
        assert_eq!(made.text.contains("clippy::large_stack_arrays"), is_allowed, "{count}");
    }
}

#[test]
fn a_flag_without_bits_is_left_out_and_flags_are_unsigned_64_bit() {
    let flags = |names: Value, values: Value| {
        enumeration(
            json!({ "isEnumInt": true, "attributes": [{ "name": "Flags" }], "enumNames": names, "enumValues": values }),
        )
    };
    let made = flags(json!(["Read", "Lost", "Write"]), json!(["1", null, "4"]));
    assert_eq!(made.remarks_of("EVO0030").len(), 1);
    let made_large = flags(json!(["Low", "High", "All"]), json!(["1", "9223372036854775808", "-1"]));
    let values = |made: &Made| {
        let flags = made.api.items.iter().find_map(|item| match &item.kind {
            evo_gen::api::ItemKind::Flags(flags) => Some(flags),
            _ => None,
        });
        flags.unwrap().flags.iter().map(|flag| (flag.dotnet_name.clone(), flag.value)).collect::<Vec<_>>()
    };
    let flag = |name: &str, value: i128| (name.to_owned(), Some(value));
    assert_eq!(values(&made), [flag("Read", 1), flag("Write", 4)]);
    assert_eq!(values(&made_large), [flag("Low", 1), flag("High", 1 << 63), flag("All", -1)]);
    assert_eq!(made_large.remarks_of("EVO0030"), Vec::<&String>::new());
}
