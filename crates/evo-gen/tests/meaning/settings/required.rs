//! The setting `required`.

use serde_json::{Value, json};

use crate::document::{class, operation, with};
use crate::made::{call, definition, generate, try_generate};

fn document() -> Value {
    let line = class("Line", &["Product: String required", "Count: Int32 value"]);
    let order = class(
        "Order",
        &[
            "Name: String required",
            "Note: String",
            "Lines: List<Line> required",
            "Parent: Order required",
            "Closed: DateTime? required",
        ],
    );
    let place = &["Note: String", "Name: String required", "Line: Line required"];
    json!({ "types": [line, order], "operations": [operation("PlaceOrder", "POST", place, "Order")] })
}

#[test]
fn required_members_are_arguments_of_requests_and_plain_types_in_responses() {
    let text = generate(&document(), "required = true");
    assert_eq!(call(&text, "setters!(PlaceOrder("), "setters!(PlaceOrder(name: String, line: Line) { note: String });");
    assert_eq!(
        definition(&text, "pub struct Order").lines().skip(2).collect::<Vec<_>>(),
        [
            "pub struct Order {",
            "    pub name: String,",
            "    pub note: Option<String>,",
            "    pub lines: Vec<Line>,",
            // A recursive member must be an `Option`, and a `Nullable` one can be missing.
            "    pub parent: Option<Box<Order>>,",
            "    pub closed: Option<DateTime>,",
            "}",
        ]
    );
}

#[test]
fn without_the_setting_required_members_have_setters() {
    let text = generate(&document(), "");
    assert_eq!(
        call(&text, "setters!(PlaceOrder("),
        "setters!(PlaceOrder() { note: String, name: String, line: Line });"
    );
    assert!(definition(&text, "pub struct Order").contains("    pub name: Option<String>,\n"));
}

#[test]
fn optional_overrides_required_for_single_members() {
    let text = generate(&document(), "required = true\noptional = { 'Shop.*.Name' = true, 'Shop.Order.Note' = false }");
    assert_eq!(call(&text, "setters!(PlaceOrder("), "setters!(PlaceOrder(line: Line) { note: String, name: String });");
    let order = definition(&text, "pub struct Order");
    assert!(order.contains("    pub name: Option<String>,\n    pub note: String,\n"), "{order}");
}

#[test]
fn requests_that_change_a_row_take_its_primary_key() {
    let row = |key: &str| {
        let row = class("Row", &[&format!("{key}: Int32 value"), "Id: String", "Title: String"]);
        with(row, "/properties/0/isPrimaryKey", json!(true))
    };
    let change = |marker: &str, namespace: &str| {
        let change = operation("Change", "POST", &["Title: String", "Number: Int32 value", "Id: String"], "nothing");
        let marker = json!([{ "name": marker, "namespace": namespace, "genericArgs": ["Row"] }]);
        with(change, "/request/implements", marker)
    };
    for (marker, namespace, key, arguments) in [
        ("IPatchDb`1", "ServiceStack", "Number", "number: i32"),
        ("IUpdateDb`1", "ServiceStack", "Number", "number: i32"),
        ("IDeleteDb`1", "ServiceStack", "Number", ""),
        ("IPatchDb`1", "Shop.Mine", "Number", ""),
    ] {
        let other = operation("Other", "POST", &["Name: String required"], "nothing");
        let document = json!({ "types": [row(key)], "operations": [change(marker, namespace), other] });
        let text = generate(&document, "required = true");
        assert!(text.contains(&format!("setters!(Change({arguments})")), "{namespace}.{marker}: {text}");
    }
    // If there are several such rows, the one in the namespace of the request is used.
    let mut elsewhere = row("Id");
    elsewhere["namespace"] = json!("Archive");
    let document = json!({ "types": [elsewhere, row("Number")], "operations": [change("IPatchDb`1", "ServiceStack")] });
    assert!(generate(&document, "required = true").contains("setters!(Change(number: i32)"));

    // If no member is marked, `Id` is the key.
    let document = json!({
        "types": [class("Row", &["Id: String"])],
        "operations": [change("IPatchDb`1", "ServiceStack")],
    });
    assert!(generate(&document, "required = true").contains("setters!(Change(id: String)"));
}

#[test]
fn a_setting_without_effect_is_an_error() {
    let document = json!({ "operations": [operation("Ping", "POST", &["Name: String"], "nothing")] });
    assert_eq!(
        try_generate(&document, "required = true").unwrap_err(),
        "the document marks no member as required, so `required` does nothing; leave `required` out; `optional` sets single \
         members"
    );
}
