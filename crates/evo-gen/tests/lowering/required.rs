//! The setting `required`.

use serde_json::{Value, json};

use crate::made::{call, class, definition, generate, member, operation, required, try_generate};

fn document() -> Value {
    let line = class("Line", &[required("Product", "String"), member("Count", "Int32")]);
    let order = class(
        "Order",
        &[
            required("Name", "String"),
            member("Note", "String"),
            required("Lines", "List<Line>"),
            required("Parent", "Shop.Order"),
            required("Closed", "DateTime?"),
        ],
    );
    let mut place =
        class("PlaceOrder", &[member("Note", "String"), required("Name", "String"), required("Line", "Shop.Line")]);
    place["routes"] = json!([]);
    json!({ "types": [line, order], "operations": [operation(&place, Some("Order"))] })
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
        let mut key = member(key, "Int32");
        key["isPrimaryKey"] = json!(true);
        class("Row", &[key, member("Id", "String"), member("Title", "String")])
    };
    let change = |marker: &str, namespace: &str| {
        let mut request =
            class("Change", &[member("Title", "String"), member("Number", "Int32"), member("Id", "String")]);
        request["implements"] = json!([{ "name": marker, "namespace": namespace, "genericArgs": ["Row"] }]);
        operation(&request, None)
    };
    for (marker, namespace, key, arguments) in [
        ("IPatchDb`1", "ServiceStack", "Number", "number: i32"),
        ("IUpdateDb`1", "ServiceStack", "Number", "number: i32"),
        ("IDeleteDb`1", "ServiceStack", "Number", ""),
        ("IPatchDb`1", "Shop.Mine", "Number", ""),
    ] {
        let other = operation(&class("Other", &[required("Name", "String")]), None);
        let document = json!({ "types": [row(key)], "operations": [change(marker, namespace), other] });
        let text = generate(&document, "required = true");
        assert!(text.contains(&format!("setters!(Change({arguments})")), "{namespace}.{marker}: {text}");
    }
    // Without a mark, the member `Id` is the key.
    let document = json!({
        "types": [class("Row", &[member("Id", "String")])],
        "operations": [change("IPatchDb`1", "ServiceStack")],
    });
    assert!(generate(&document, "required = true").contains("setters!(Change(id: String)"));
}

#[test]
fn a_setting_without_effect_is_an_error() {
    let document = json!({ "operations": [operation(&class("Ping", &[member("Name", "String")]), None)] });
    assert_eq!(
        try_generate(&document, "required = true").unwrap_err(),
        "the document calls no member required, so that `required` does nothing; leave `required` out; `optional` decides \
         about single members"
    );
}
