//! Enums. `values/enums.rs` of the runtime tests how they are decoded.

use std::collections::BTreeSet;

use serde_json::json;

use super::table::{case, list, texts};
use crate::made::{holder, make};

#[test]
fn meta_14() {
    let case = case(
        "META-14",
        r#"{
          "property": {
            "name": "Day", "type": "DayOfWeek", "namespace": "System", "isValueType": true, "isEnum": true
          },
          "types": "no DayOfWeek", "bytes": ["\"Friday\""]
        }"#,
        r#"{ "decoded": "Friday", "note": "enum of namespace System: shipped or open" }"#,
    );
    let made = holder(&json!([case.given["property"]]), &json!([]));
    // The runtime provides it: `enums_of_the_system` reads it.
    assert_eq!(made.field("Holder", "day"), "DayOfWeek");
    assert!(made.text.contains("use ::evo_runtime::{DayOfWeek,"), "{}", made.text);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_16() {
    let case = case(
        "META-16",
        r#"{
          "type": {
            "name": "Rights", "namespace": "Lab.Names", "implements": [], "isEnum": true, "isEnumInt": true,
            "dataContract": {}, "attributes": [{ "name": "Flags", "args": [] }],
            "enumNames": ["None", "Read", "Write", "All"], "enumValues": ["0", "1", "2", "3"],
            "enumMemberValues": ["none", "can-read", "can-write", "all"]
          },
          "bytes": ["\"all\"", "\"none\"", "3", "5"]
        }"#,
        r#"{
          "decoded": [3, 0, 3, 5], "encoded": "3",
          "note": "[Flags] with dataContract and member values: ST writes text for an exact member"
        }"#,
    );
    let made = make(&json!({ "types": [case.given["type"]], "operations": [] }));
    // `flags_are_written_as_a_number_and_read_in_every_form` reads these bytes.
    assert_eq!(
        made.call("flags", "Rights"),
        "flags!(Rights { /// `None` (0). NONE: \"None\" as \"none\" = 0, \
         /// `Read` (1). READ: \"Read\" as \"can-read\" = 1, \
         /// `Write` (2). WRITE: \"Write\" as \"can-write\" = 2, /// `All` (3). ALL: \"All\" as \"all\" = 3 });"
    );
}

#[test]
fn meta_17() {
    let case = case(
        "META-17",
        r#"{
          "types": [
            {
              "name": "Level", "namespace": "Lab.Wire", "implements": [], "isEnum": true,
              "enumNames": ["Low", "Middle", "High"], "enumValues": ["10", "20", "30"]
            },
            {
              "name": "Sparse", "namespace": "Lab.Wire", "implements": [], "isEnum": true,
              "enumNames": ["First", "Second", "Third"], "enumValues": ["1", "5", "-3"]
            },
            {
              "name": "Byteish", "namespace": "Lab.Wire", "implements": [], "isEnum": true, "enumNames": ["A", "B"],
              "enumValues": ["0", "200"]
            }
          ],
          "bytes": { "Level": ["\"Middle\"", "\"7\"", "7"], "Sparse": ["\"Third\"", "\"0\"", "0"] }
        }"#,
        r#"{
          "decoded": { "Level": ["Middle", "unknown 7", "unknown 7"], "Sparse": ["Third", "unknown 0", "unknown 0"] },
          "note": "enumValues without isEnumInt: names travel"
        }"#,
    );
    let made = make(&json!({ "types": case.given["types"], "operations": [] }));
    // Without `number`, names are sent: `enums_read_names_and_numbers_and_keep_unknown_values`.
    for given in list(&case.given["types"]) {
        let name = given["name"].as_str().unwrap();
        let (names, values) = (texts(&given["enumNames"]), texts(&given["enumValues"]));
        let members: Vec<String> =
            names.iter().zip(values).map(|(name, value)| format!("{name}: \"{name}\" = {value}")).collect();
        let expected = format!("choice!({name} {{ {} }} else Unknown);", members.join(", "));
        assert_eq!(made.call("choice", name), expected);
    }
}

#[test]
fn meta_26() {
    let case = case(
        "META-26",
        r#"{
          "type": {
            "name": "Marks", "namespace": "Lab.Names", "implements": [], "isEnum": true,
            "enumNames": ["A_B", "AB", "aB", "Größe", "_1", "None", "Ok", "Err", "Self_"]
          }
        }"#,
        r#"{
          "compiles": true, "distinct_variants": 9,
          "names": ["A_B", "AB", "aB", "Größe", "_1", "None", "Ok", "Err", "Self_"]
        }"#,
    );
    let made = make(&json!({ "types": [case.given["type"]], "operations": [] }));
    // The fixture `names` contains these too, and is compiled.
    let evo_gen::api::ItemKind::Enum(choice) = &made.api.items.as_slice()[0].kind else { panic!("no enum") };
    let variants: BTreeSet<&str> = choice.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(json!(variants.len()), case.expect["distinct_variants"], "{variants:?}");
    let names: Vec<String> = choice.members.iter().map(|member| member.dotnet_name.clone()).collect();
    assert_eq!(names, texts(&case.expect["names"]));
}

#[test]
fn meta_37() {
    let case = case(
        "META-37",
        r#"{
          "types": [
            { "name": "Ref1", "isEnumInt": true }, { "name": "Shape", "isEnumInt": true },
            {
              "name": "Alias", "isEnumInt": true, "isEnum": true, "enumNames": ["A", "B", "C"],
              "enumValues": ["1", "1", "2"]
            },
            {
              "name": "Noted", "isEnumInt": true, "isEnum": true, "enumNames": ["One", "Two", "Three"],
              "enumValues": ["0", "1", "2"]
            }
          ]
        }"#,
        r#"{ "Ref1": "struct", "Noted": "number on the wire", "Alias": "A and B share 1" }"#,
    );
    let types: Vec<_> = list(&case.given["types"])
        .iter()
        .map(|given| {
            let mut given = given.clone();
            given["namespace"] = json!("Q");
            given
        })
        .collect();
    let made = make(&json!({ "types": types, "operations": [] }));
    // Classes have the flag too, without a meaning.
    assert_eq!(made.fields("Ref1"), Vec::<String>::new());
    assert_eq!(
        made.call("choice", "number Noted"),
        "choice!(number Noted { One: \"One\" = 0, Two: \"Two\" = 1, Three: \"Three\" = 2 } else Unknown);"
    );
    assert_eq!(
        made.call("choice", "number Alias"),
        "choice!(number Alias { A: \"A\" = 1, B: \"B\" = 1, C: \"C\" = 2 } else Unknown);"
    );
}

#[test]
fn meta_38() {
    let case = case(
        "META-38",
        r#"{
          "types": [
            { "name": "Empty", "namespace": "Q", "implements": [], "isEnum": true, "enumNames": [] },
            {
              "name": "Neg", "namespace": "Q", "implements": [], "isEnum": true, "isEnumInt": true,
              "attributes": [{ "name": "Flags", "args": [] }], "enumNames": ["One", "Two", "All"],
              "enumValues": ["1", "2", "-1"]
            },
            {
              "name": "Big", "namespace": "Q", "implements": [], "isEnum": true, "enumNames": ["Zero", "Max"],
              "enumValues": ["0", "9223372036854775807"]
            }
          ]
        }"#,
        r#"{
          "compiles": true, "Empty": "open enum without members, bytes \"7\" and 7 read",
          "Neg": "negative member value -1", "Big": "9223372036854775807"
        }"#,
    );
    let made = make(&json!({ "types": case.given["types"], "operations": [] }));
    assert_eq!(made.call("choice", "Empty"), "choice!(Empty {} else Unknown);");
    assert!(
        made.text.contains(
            "pub enum Empty {\n    /// A value that this client does not know.\n    Unknown(UnknownValue),\n}"
        )
    );
    assert_eq!(
        made.call("flags", "Neg"),
        "flags!(Neg { /// `One` (1). ONE: \"One\" = 1, /// `Two` (2). TWO: \"Two\" = 2, /// `All` (-1). ALL: \"All\" = -1 });"
    );
    assert!(case.expect["Neg"].as_str().unwrap().ends_with("-1"));
    let evo_gen::api::ItemKind::Enum(big) = &made.api.items.as_slice()[0].kind else { panic!("no enum") };
    let max = big.members.iter().map(|member| member.value.unwrap().to_string()).next_back();
    assert_eq!(max.as_deref(), case.expect["Big"].as_str());
}
