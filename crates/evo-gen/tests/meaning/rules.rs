//! Validation rules of members, and their documentation.

use serde_json::{Value, json};

use crate::made::{holder, sender};

fn member(name: &str, ty: &str, validator: &str) -> Value {
    let args: Value = if ty.contains('`') { json!(["String"]) } else { json!([]) };
    json!({ "name": name, "type": ty, "namespace": "System", "genericArgs": args,
        "attributes": [{ "name": "Validate", "args": [{ "name": "Validator", "type": "String", "value": validator }] }] })
}

#[test]
fn rules_can_use_all_kinds_of_quotes() {
    let made = sender(
        &json!([
            member("Code", "String", "RegularExpression(′^[a-z]+$′)"),
            member("Its", "String", "NotEqual(′it's′)"),
            member("Both", "String", "[NotEmpty,Equal(`a\"b`)]"),
            member("Doubled", "String", "Equal('it''s')"),
            member("Range", "String", "InclusiveBetween(′a′,′f′)"),
            member("Empty", "String", "NotEqual(′′)"),
            member("Price", "String", "LessThan(1.50)"),
        ]),
        &json!([]),
    );
    for (member, line) in [
        ("code", "/// Matches `^[a-z]+$`."),
        ("its", "/// Not equal to `it's`."),
        ("both", "/// Not empty; equal to `a\"b`."),
        ("doubled", "/// Equal to `it's`."),
        ("range", "/// From `a` to `f`."),
        ("empty", "/// Not equal to `\"\"`."),
        ("price", "/// Less than 1.5."),
    ] {
        let expected = format!("    {line}\n    pub {member}: Option<String>,\n");
        assert!(made.text.contains(&expected), "{expected} is not in\n{}", made.text);
    }
}

#[test]
fn the_length_of_a_list_is_a_number_of_items() {
    let made = sender(
        &json!([
            member("Names", "List`1", "MinimumLength(2)"),
            member("Tags", "String[]", "Length(1,3)"),
            member("One", "List`1", "MaximumLength(1)"),
            member("Name", "String", "MinimumLength(2)"),
        ]),
        &json!([]),
    );
    for line in ["/// At least 2 items.", "/// 1 to 3 items.", "/// At most 1 item.", "/// At least 2 characters."] {
        assert!(made.text.lines().any(|found| found.trim() == line), "{line} is not in\n{}", made.text);
    }
}

#[test]
fn received_members_are_not_described_as_required() {
    let required = json!([{ "name": "Name", "type": "String", "namespace": "System", "isRequired": true }]);
    assert!(!holder(&required, &json!([])).text.contains("Required"));
    assert!(sender(&required, &json!([])).text.contains("    /// Required.\n    pub name: Option<String>,\n"));
}
