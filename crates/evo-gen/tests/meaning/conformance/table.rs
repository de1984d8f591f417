//! The table of cases, and a test that each one has a test.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

/// A case: input and expected output.
pub struct Case {
    pub given: Value,
    pub expect: Value,
}

fn table() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/protocol/cases.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Returns the case with this name, whose input and expected output are repeated where they are tested, as they are in the table.
pub fn case(id: &str, given: &str, expect: &str) -> Case {
    let case = table().into_iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {id}"));
    let parse = |text| serde_json::from_str(text).unwrap_or_else(|error| panic!("{id}: {error} in {text}"));
    let (given, expect): (Value, Value) = (parse(given), parse(expect));
    assert_eq!(given, case["given"], "{id}: the input in cases.json");
    assert_eq!(expect, case["expect"], "{id}: the expected output in cases.json");
    Case { given, expect }
}

/// Returns the text of a value; panics if it is not a string.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a string"))
}

/// Returns the texts of a list.
pub fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(|value| text(value).to_owned()).collect()
}

/// Returns the items of a value; panics if it is not a list.
pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is not a list"))
}

/// Cases without a test.
const PENDING: &[&str] = &[];

#[test]
fn every_case_of_these_areas_has_a_test() {
    let sources = [
        include_str!("answers.rs"),
        include_str!("calls.rs"),
        include_str!("descriptions.rs"),
        include_str!("documents.rs"),
        include_str!("findings.rs"),
        include_str!("enums.rs"),
        include_str!("members.rs"),
        include_str!("names.rs"),
        include_str!("spelling.rs"),
        include_str!("types.rs"),
    ]
    .concat();
    let lines = sources.lines().filter_map(|line| line.strip_prefix("fn ")?.split_once("()"));
    let mut tests: BTreeSet<String> = lines.map(|(name, _)| name.to_uppercase().replace('_', "-")).collect();
    for id in PENDING {
        assert!(tests.insert((*id).to_owned()), "{id} has its test");
    }
    let cases = table().into_iter().filter(|case| matches!(text(&case["area"]), "metadata" | "verbs"));
    let cases: BTreeSet<String> = cases.map(|case| text(&case["id"]).to_owned()).collect();
    assert_eq!(cases.difference(&tests).collect::<Vec<_>>(), Vec::<&String>::new(), "cases without a test");
    assert_eq!(tests.difference(&cases).collect::<Vec<_>>(), Vec::<&String>::new(), "tests without a case");
    assert!(cases.len() > 40, "{}", cases.len());
}
