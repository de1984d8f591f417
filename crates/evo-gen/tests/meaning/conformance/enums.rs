//! Enums. `values/enums.rs` of the runtime tests how they are decoded.

use std::collections::BTreeSet;

use serde_json::json;

use crate::made::{holder, make};
use super::table::{case, list, texts};

#[test]
fn meta_14() {
    let case = case("META-14");
    let made = holder(&json!([case.given["property"]]), &json!([]));
    // The runtime provides it: `enums_of_the_system` reads it.
    assert_eq!(made.field("Holder", "day"), "DayOfWeek");
    assert!(made.text.contains("use ::evo_runtime::{DayOfWeek,"), "{}", made.text);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_16() {
    let case = case("META-16");
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
    let case = case("META-17");
    let made = make(&json!({ "types": case.given["types"], "operations": [] }));
    // Without `number`, names are sent: `enums_read_names_and_numbers_and_keep_the_unknown`.
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
    let case = case("META-26");
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
    let case = case("META-37");
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
    let case = case("META-38");
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
