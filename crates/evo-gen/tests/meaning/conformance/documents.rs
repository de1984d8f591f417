//! Whole documents: casings, versions, and unusable documents.

use evo_gen::api::Access;
use evo_gen::facts::{Casing, Dialect, Facts};
use evo_gen::source::{Limits, read_standard_input};
use serde_json::{Map, Value, json};

use super::table::{case, list, text, texts};
use crate::made::make;

/// Returns the document with every key in a different casing.
fn respelled(value: &Value, spell: fn(&str) -> String) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(key, value)| (spell(key), respelled(value, spell))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(|item| respelled(item, spell)).collect(),
        other => other.clone(),
    }
}

fn camel(key: &str) -> String {
    format!("{}{}", key[..1].to_lowercase(), &key[1..])
}

fn snake(key: &str) -> String {
    let upper = |c: char| if c.is_uppercase() { format!("_{}", c.to_lowercase()) } else { c.to_string() };
    key.chars().map(upper).collect::<String>().trim_start_matches('_').to_owned()
}

#[test]
fn meta_01() {
    let case = case(
        "META-01",
        r#"{
          "bytes": "{\"Config\":{\"BaseUrl\":\"https://x.org\"},\"Types\":[],\"Operations\":[{\"Request\":{\"Name\":\"Hello\",\"Namespace\":\"MyApp\",\"Implements\":[],\"Properties\":[{\"Name\":\"Name\",\"Type\":\"String\",\"Namespace\":\"System\"}]},\"Actions\":[\"ANY\"],\"Method\":\"POST\",\"Routes\":[{\"Path\":\"/hello\",\"Verbs\":\"POST\"}]}]}",
          "also": ["camelCase keys", "snake_case keys (base_url, is_value_type)"]
        }"#,
        r#"{
          "operations": 1, "request.name": "Hello", "request.properties[0].name": "Name", "method": "POST",
          "absent_booleans": false,
          "note": "all three casings decode to the same model; property names are never re-cased"
        }"#,
    );
    let document: Value = serde_json::from_str(text(&case.given["bytes"])).unwrap();
    let made = make(&document);
    assert_eq!(json!(made.types.operations.len()), case.expect["operations"]);
    let operation = &made.types.operations[0];
    assert_eq!(json!(operation.request.name), case.expect["request.name"]);
    assert_eq!(json!(operation.request.properties[0].name), case.expect["request.properties[0].name"]);
    assert_eq!(json!(operation.method), case.expect["method"]);
    assert_eq!(json!(operation.request.properties[0].is_value_type), case.expect["absent_booleans"]);
    assert_eq!(made.call("operation", "Hello"), "operation!(Hello: POST \"/hello\" => raw Bytes);");
    for spell in [camel, snake] {
        assert_eq!(make(&respelled(&document, spell)).text, made.text);
    }
    let parts = made.types.base_url.as_deref();
    assert_eq!(parts, Some("https://x.org"));
}

#[test]
fn meta_07() {
    let case = case(
        "META-07",
        r#"{
          "request": "GET /types/metadata without Accept (or */*)",
          "response": {
            "status": 200, "headers": { "Content-Type": "text/html" }, "body_contains": "window.Dto = {\"config\":{"
          }
        }"#,
        r#"{
          "kind": "html page", "message_says": "fetch /types/metadata.json with Accept: application/json",
          "json_may_be_read_from": "window.Dto (8.5+)"
        }"#,
    );
    let start = text(&case.given["response"]["body_contains"]);
    let page = format!("<!doctype html><html><script>{start}}},\"types\":[],\"operations\":[]}};</script></html>");
    let document = read_standard_input(page.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document.types, json!({ "config": {}, "types": [], "operations": [] }));
    // Version 6.1 has a different page.
    let page = "<!doctype html><html><title>Shop</title></html>";
    let error = read_standard_input(page.as_bytes(), &Limits::default()).unwrap_err().to_string();
    assert!(error.contains("HTML page"), "{error}");
    let says = text(&case.expect["message_says"]);
    let (path, header) = says.strip_prefix("fetch ").unwrap().split_once(" with ").unwrap();
    assert!(error.contains(path) && error.contains(header), "{error}");
}

/// Builds a document with these operations and types, by their full names.
fn listed(document: &Value) -> Value {
    let class = |full: &Value| {
        let (namespace, name) = text(full).rsplit_once('.').unwrap();
        let parameters = if name.contains('`') { vec!["'T"] } else { Vec::new() };
        json!({ "name": name, "namespace": namespace, "genericArgs": parameters })
    };
    let operations: Vec<Value> = list(&document["operations"])
        .iter()
        .map(|name| json!({ "request": class(name), "method": "POST", "returnsVoid": true }))
        .collect();
    json!({ "types": list(&document["types"]).iter().map(class).collect::<Vec<_>>(), "operations": operations })
}

#[test]
fn meta_08() {
    let case = case(
        "META-08",
        r#"{
          "doc_6_1": {
            "config.ignoreTypesInNamespaces": [],
            "operations": [
              "Lab.Calls.WhoAmI", "Lab.Calls.AdminOnly", "Lab.Calls.ManagersOnly", "Lab.Calls.Fly",
              "Lab.Calls.ValidatedAuth", "Lab.Calls.Open", "ServiceStack.Authenticate", "ServiceStack.AssignRoles",
              "ServiceStack.UnAssignRoles", "ServiceStack.Register"
            ],
            "types": [
              "ServiceStack.IReturn`1", "ServiceStack.IReturnVoid", "ServiceStack.IHasSessionId",
              "ServiceStack.IHasBearerToken", "ServiceStack.IPost", "ServiceStack.ResponseStatus",
              "ServiceStack.ResponseError"
            ]
          },
          "doc_8_5": {
            "operations": [
              "Lab.Calls.WhoAmI", "Lab.Calls.AdminOnly", "Lab.Calls.ManagersOnly", "Lab.Calls.Fly",
              "Lab.Calls.ValidatedAuth", "Lab.Calls.Open"
            ],
            "types": []
          }
        }"#,
        r#"{
          "generated_operations_without_runtime_ones": [
            "WhoAmI", "AdminOnly", "ManagersOnly", "Fly", "ValidatedAuth", "Open"
          ],
          "note": "types and operations of namespace ServiceStack map to the runtime's own, in both documents the same client comes out"
        }"#,
    );
    let [old, new] = ["doc_6_1", "doc_8_5"].map(|name| make(&listed(&case.given[name])));
    let mut expected = texts(&case.expect["generated_operations_without_runtime_ones"]);
    expected.sort();
    for made in [&old, &new] {
        let mut operations = made.operations();
        operations.sort_unstable();
        assert_eq!(operations, expected);
        assert_eq!(made.written(), Vec::<&str>::new());
    }
    // The older document lists types that the runtime provides: the root module re-exports and counts them.
    let start = old.text.find("#[allow(unused_imports").unwrap();
    let end = start + old.text[start..].find(";\n\n").unwrap() + 3;
    let reexport = &old.text[start..end];
    for name in ["AssignRoles", "Authenticate", "Register", "UnAssignRoles"] {
        assert!(reexport.contains(name), "{name} in {reexport}");
    }
    let rest = format!("{}{}", &old.text[..start], &old.text[end..]);
    assert_eq!(rest.replace("10 operations", "6 operations"), new.text);
}

#[test]
fn meta_31() {
    let case = case(
        "META-31",
        r#"{
          "app": {
            "serviceStackVersion": "10.15", "jsTextCase": "CamelCase", "useSystemJson": "Always",
            "endpointRouting": ["map", "use", "force"]
          },
          "app_6_1": { "ServiceStackVersion": "6.10", "JsTextCase": "Default" }
        }"#,
        r#"{
          "dialect": "STJ", "casing": "camel", "dialect_6_1": "ST", "casing_6_1": "pascal",
          "note": "6.10 is v6.1 or v6.10: no ordering by version"
        }"#,
    );
    let facts = Facts::from_app(&json!({ "app": case.given["app"] })).unwrap();
    assert_eq!((facts.dialect, facts.casing), (Dialect::SystemTextJson, Casing::Camel));
    assert_eq!((text(&case.expect["dialect"]), text(&case.expect["casing"])), ("STJ", "camel"));
    assert_eq!(facts.version.as_deref(), case.given["app"]["serviceStackVersion"].as_str());
    assert!(facts.endpoint_routing);
    let facts = Facts::from_app(&json!({ "App": case.given["app_6_1"] })).unwrap();
    assert_eq!((facts.dialect, facts.casing), (Dialect::ServiceStackText, Casing::Pascal));
    assert_eq!((text(&case.expect["dialect_6_1"]), text(&case.expect["casing_6_1"])), ("ST", "pascal"));
    // The version is text, so that it is not compared.
    assert_eq!(facts.version.as_deref(), case.given["app_6_1"]["ServiceStackVersion"].as_str());
    assert!(!facts.endpoint_routing);
}

/// Returns the document as a host with `IncludeNullValues` writes it: omitted members are null.
fn with_nulls(value: &Value, keys: &[String]) -> Value {
    match value {
        Value::Object(members) => {
            let mut filled: Map<String, Value> = Map::new();
            for key in keys.iter().filter(|key| !members.contains_key(*key)) {
                filled.insert(key.clone(), Value::Null);
            }
            filled.extend(members.iter().map(|(key, value)| (key.clone(), with_nulls(value, keys))));
            filled.into()
        }
        Value::Array(items) => items.iter().map(|item| with_nulls(item, keys)).collect(),
        other => other.clone(),
    }
}

fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if !found.contains(key) {
                    found.push(key.clone());
                }
                keys(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn meta_42() {
    assert_eq!(
        case(
            "META-42",
            r#"{ "document": "any types-metadata.json of a host with IncludeNullValues (jsconfig=inv)" }"#,
            r#"{ "same_model_as": "the document without nulls" }"#,
        )
        .expect["same_model_as"],
        "the document without nulls"
    );
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/evo-voice/metadata.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut every = Vec::new();
    keys(&document, &mut every);
    assert!(every.len() > 30, "{every:?}");
    let (made, filled) = (make(&document), make(&with_nulls(&document, &every)));
    assert_eq!(filled.types, made.types);
    assert_eq!(filled.text, made.text);
    assert_eq!(filled.remarks, made.remarks);
}

#[test]
fn meta_45() {
    let case = case(
        "META-45",
        r#"{
          "operations": [
            {
              "method": "GET", "requiresApiKey": true, "viewModel": { "name": "String", "namespace": "System" },
              "name": "Keyed"
            },
            {
              "method": "GET", "requiresApiKey": true, "viewModel": { "name": "String", "namespace": "System" },
              "name": "Special"
            },
            { "method": "GET", "viewModel": { "name": "String", "namespace": "System" }, "name": "Unkeyed" }
          ],
          "types": [], "namespaces": []
        }"#,
        r#"{
          "requiresApiKey": [true, true, false], "requiresAuth": [false, false, false], "viewModel": "ignored",
          "empty_lists": "types and namespaces may be []"
        }"#,
    );
    let operations: Vec<Value> = list(&case.given["operations"])
        .iter()
        .map(|operation| {
            let mut operation = operation.clone();
            let name = operation.as_object_mut().unwrap().remove("name").unwrap();
            operation["request"] = json!({ "name": name, "namespace": "Lab" });
            operation
        })
        .collect();
    let document =
        json!({ "types": case.given["types"], "namespaces": case.given["namespaces"], "operations": operations });
    let made = make(&document);
    let flags = |flag: fn(&evo_gen::metadata::Operation) -> bool| {
        json!(made.types.operations.iter().map(flag).collect::<Vec<_>>())
    };
    assert_eq!(flags(|operation| operation.requires_api_key), case.expect["requiresApiKey"]);
    assert_eq!(flags(|operation| operation.requires_auth), case.expect["requiresAuth"]);
    let access: Vec<&[Access]> = made.api.operations().map(|(.., operation)| operation.access.as_slice()).collect();
    assert_eq!(access, [&[Access::ApiKey][..], &[Access::ApiKey], &[]]);
    // `viewModel` is `String`, but the response is unknown.
    assert_eq!(made.answer("Keyed"), "raw Bytes");
    assert_eq!(made.written(), Vec::<&str>::new());
}
