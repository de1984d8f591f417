//! The documentation of generated items.
#![expect(clippy::needless_pass_by_value, reason = "values are moved into documents")]

use crate::made::{Made, holder, make};
use serde_json::{Value, json};

fn member(name: &str, ty: &str, more: Value) -> Value {
    let mut member = json!({ "name": name, "type": ty, "namespace": "System" });
    member.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    member
}

fn class(name: &str, properties: Value) -> Value {
    json!({ "name": name, "namespace": "Shop", "properties": properties })
}

/// An operation with the request `Find` and the response `Found`.
fn service(request: Value, response: Value, more: Value) -> Made {
    let mut operation = json!({
        "request": class("Find", request), "response": class("Found", response), "method": "POST",
        "returnType": { "name": "Found", "namespace": "Shop" },
    });
    operation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    make(&json!({ "types": [], "operations": [operation] }))
}

/// The doc comment above a line, without `///`.
fn docs(made: &Made, line: &str) -> Vec<String> {
    let lines: Vec<&str> = made.text.lines().map(str::trim).collect();
    let at = lines.iter().position(|other| other.starts_with(line));
    let at = at.unwrap_or_else(|| panic!("no {line} in\n{}", made.text));
    let above = lines.iter().take(at).rev();
    let docs = above.skip_while(|line| line.starts_with('#')).take_while(|line| line.starts_with("///"));
    let mut docs: Vec<String> = docs.map(|line| line.trim_start_matches("///").trim().to_owned()).collect();
    docs.reverse();
    docs
}

#[test]
fn the_verbs_of_all_routes_are_listed_with_the_way_to_choose() {
    let routes = |routes: &[(&str, &str)]| {
        let routes: Vec<Value> = routes.iter().map(|(verbs, path)| json!({ "verbs": verbs, "path": path })).collect();
        json!({ "routes": routes })
    };
    let id = || json!([member("Id", "Int32", json!({ "isValueType": true }))]);
    for (stated, expected) in [
        (
            routes(&[("POST", "/orders"), ("PUT", "/orders/{Id}")]),
            "`POST /orders`, `PUT /orders/{Id}`. Sent with `POST`; a call can use another verb: `.method(Method::PUT)`. Returns [`Found`].",
        ),
        (
            routes(&[("POST,PUT, PATCH", "/orders")]),
            "`POST,PUT, PATCH /orders`. Sent with `POST`; a call can use another verb: `.method(Method::PUT)`, `.method(Method::PATCH)`. Returns [`Found`].",
        ),
        (
            routes(&[("POST", "/orders"), ("POST", "/orders/{Id}")]),
            "`POST /orders`, `POST /orders/{Id}`. Returns [`Found`].",
        ),
    ] {
        let docs = docs(&service(id(), json!([]), stated), "pub struct Find");
        let docs: Vec<&str> = docs.iter().map(String::as_str).skip(2).collect();
        assert_eq!(docs.join(" ").replace("POST, PUT, PATCH", "POST,PUT, PATCH"), expected);
    }
}

#[test]
fn statuses_below_400_are_not_listed_as_errors() {
    let response = |status: &str, description: &str| {
        json!({ "name": "ApiResponse", "args": [
            { "name": "StatusCode", "type": "Int32", "value": status },
            { "name": "Description", "type": "String", "value": description },
        ] })
    };
    let mut request = class("Find", json!([]));
    request["attributes"] = json!([
        response("200", "Found"),
        response("304", "Not changed"),
        response("404", "No such thing"),
        response("0", "All else"),
    ]);
    let operation = json!({ "request": request, "returnsVoid": true, "method": "GET" });
    let made = make(&json!({ "types": [], "operations": [operation] }));
    assert_eq!(
        docs(&made, "pub struct Find")[4..],
        [
            "Responses:",
            "",
            "- `200`: Found",
            "- `304`: Not changed",
            "",
            "Errors:",
            "",
            "- `404`: No such thing",
            "- any status: All else",
        ]
    );
}

#[test]
fn received_members_are_not_described_as_required() {
    let required = || json!([member("Name", "String", json!({ "isRequired": true }))]);
    let made = service(required(), required(), json!({}));
    let (sent, received) = made.text.split_once("pub struct Found").unwrap();
    assert!(sent.contains("    /// Required.\n    pub name: Option<String>,"), "{sent}");
    assert!(received.contains("    /// `Name` (`string`).\n    pub name: Option<String>,"), "{received}");
}

#[test]
fn lengths_of_lists_count_items() {
    let rule = |rule: &str| json!({ "attributes": [{ "name": "Validate", "args": [{ "name": "Validator", "type": "String", "value": rule }] }] });
    let derived = |name: &str, parameters: Value, base: &str, args: Value| {
        let inherits = json!({ "name": base, "namespace": "System.Collections.Generic", "genericArgs": args });
        json!({ "name": name, "namespace": "Shop", "genericArgs": parameters, "inherits": inherits })
    };
    let collections = [
        derived("Names", json!([]), "List`1", json!(["String"])),
        derived("Prices", json!([]), "Dictionary`2", json!(["String", "Decimal"])),
        derived("Rows`1", json!(["T"]), "List`1", json!(["T"])),
    ];
    for (ty, args, stated, expected) in [
        ("List`1", json!(["String"]), "MinimumLength(2)", "At least 2 items."),
        ("String[]", json!([]), "MaximumLength(1)", "At most 1 item."),
        ("Dictionary`2", json!(["String", "Int32"]), "Length(1,3)", "1 to 3 items."),
        ("List`1", json!(["String"]), "ExactLength(1)", "Exactly 1 item."),
        ("Names", json!([]), "MinimumLength(2)", "At least 2 items."),
        ("Prices", json!([]), "MinimumLength(2)", "At least 2 items."),
        ("Rows`1", json!(["String"]), "MinimumLength(2)", "At least 2 items."),
        ("Byte[]", json!([]), "MaximumLength(9)", "At most 9 items."),
        ("String", json!([]), "MinimumLength(2)", "At least 2 characters."),
    ] {
        let mut member = member("Values", ty, rule(stated));
        member["genericArgs"] = args;
        if collections.iter().any(|class| class["name"] == ty) {
            member["namespace"] = json!("Shop");
        }
        let operation = json!({ "request": class("Find", json!([member])), "method": "POST", "returnsVoid": true });
        let made = make(&json!({ "types": collections, "operations": [operation] }));
        assert_eq!(docs(&made, "pub values"), [expected], "{ty} {stated}");
    }
}

#[test]
fn items_without_a_description_have_useful_docs() {
    let made = make(&json!({ "types": [
        { "name": "Envelope`2", "namespace": "Shop", "genericArgs": ["TBody", "TMeta"], "properties": [
            { "name": "Body", "type": "TBody" }, { "name": "Meta", "type": "TMeta" },
            { "name": "Counts", "type": "Dictionary`2", "namespace": "System.Collections.Generic", "genericArgs": ["String", "Int32"] },
        ] },
        { "name": "Size", "namespace": "Shop", "isEnum": true, "enumNames": ["Small", "Large"], "enumValues": ["1", "4"] },
        class("Approval", json!([member("By", "String", json!({}))])),
        { "name": "Veto", "namespace": "Shop", "inherits": { "name": "Approval", "namespace": "Shop" } },
        class("Holder", json!([
            { "name": "It", "type": "Approval", "namespace": "Shop" },
            { "name": "Letter", "type": "Envelope`2", "namespace": "Shop", "genericArgs": ["String", "Int32"] },
            { "name": "Size", "type": "Size", "namespace": "Shop", "isEnum": true },
        ])),
    ], "operations": [
        { "request": class("Get", json!([])), "method": "GET", "returnType": { "name": "Holder", "namespace": "Shop" } },
    ] }));
    for (line, expected) in [
        ("pub struct Envelope", "`Shop.Envelope<TBody, TMeta>`."),
        ("pub body", "`Body` (`TBody`)."),
        ("pub counts", "`Counts` (`Dictionary<string, int>`)."),
        ("pub enum Size", "`Shop.Size`."),
        ("Large", "`Large` (4)."),
        ("pub enum AnyApproval", "An [`Approval`] or a class that derives from it."),
        ("Veto(", "`Shop.Veto`."),
    ] {
        assert_eq!(docs(&made, line), [expected], "{line}");
    }
    assert!(made.text.contains("//! Client for Shop: 1 operation, 6 types."), "{}", made.text);
}

/// A class that derives from a generic one shows what stands for the parameters.
#[test]
fn inherited_members_have_the_types_of_the_derived_class() {
    let of = |name: &str, args: &[&str]| json!({ "name": name, "namespace": "Q", "genericArgs": args });
    let member = |name: &str, ty: &str, args: &[&str]| json!({ "name": name, "type": ty, "namespace": "Q", "genericArgs": args });
    let types = json!([
        { "name": "Box`1", "namespace": "Q", "genericArgs": ["T"], "properties": [member("Value", "T", &[]), member("All", "T[]", &[])] },
        { "name": "Map`2", "namespace": "Q", "genericArgs": ["K", "V"], "inherits": of("Box`1", &["Dictionary<K,V>"]) },
        { "name": "Prices", "namespace": "Q", "inherits": of("Map`2", &["String", "Nullable<Decimal>"]) },
    ]);
    let made = holder(&json!([member("Prices", "Prices", &[])]), &types);
    let prices = made.text.split("pub struct Prices").nth(1).unwrap().split("record!").next().unwrap();
    assert!(prices.contains("/// `Value` (`Dictionary<string, decimal?>`)."), "{prices}");
    assert!(prices.contains("/// `All` (`Dictionary<string, decimal?>[]`)."), "{prices}");
}
