//! Verbs and routes.

use evo_gen::api::Access;
use serde_json::{Value, json};

use super::table::{case, list, text, texts};
use crate::made::{Made, make};

/// An operation with a request with this name and the members in the table.
fn operation(name: &str, rest: &Value) -> Value {
    let marker = |name: &str| json!({ "name": name, "namespace": "ServiceStack", "genericArgs": ["Thing"] });
    let base = &rest["inherits"];
    let implements: Vec<Value> =
        rest["implements"].as_array().into_iter().flatten().map(|name| marker(text(name))).collect();
    let mut request = json!({ "name": name, "namespace": "Q", "implements": implements, "properties": [
        { "name": "Id", "type": "Int32", "namespace": "System", "isValueType": true }
    ] });
    if let Some(base) = base.as_str() {
        request["inherits"] = marker(base);
    }
    let mut operation = rest.clone();
    operation["request"] = request;
    operation
}

/// The verb of an operation.
fn verb(made: &Made, name: &str) -> &'static str {
    let found = made.api.operations().find(|(.., operation)| operation.name == name);
    found.unwrap_or_else(|| panic!("no operation {name}")).2.verb.name()
}

#[test]
fn meta_06() {
    let case = case(
        "META-06",
        r#"{
          "ops_without_method": [
            { "request": "A", "implements": ["IPut"], "actions": ["ANY"] },
            {
              "request": "B", "routes": [{ "path": "/b", "verbs": "GET" }, { "path": "/b/{Id}", "verbs": "GET" }],
              "actions": ["ANY"]
            },
            {
              "request": "C", "routes": [{ "path": "/c", "verbs": "GET" }, { "path": "/c", "verbs": "POST" }],
              "actions": ["GET", "POST"]
            },
            { "request": "D", "routes": [{ "path": "/d", "verbs": "GET,POST" }], "actions": ["ANY"] },
            { "request": "E", "inherits": "QueryDb`1", "actions": ["ANY"] },
            { "request": "F", "implements": ["IPatchDb`1"], "actions": ["ANY"] }
          ]
        }"#,
        r#"{ "verbs": { "A": "PUT", "B": "GET", "C": "GET", "D": "POST", "E": "GET", "F": "PATCH" } }"#,
    );
    let operations = list(&case.given["ops_without_method"]);
    let operations: Vec<Value> = operations.iter().map(|rest| operation(text(&rest["request"]), rest)).collect();
    let made = make(&json!({ "types": [{ "name": "Thing", "namespace": "Q" }], "operations": operations }));
    let expected = case.expect["verbs"].as_object().unwrap();
    assert_eq!(expected.len(), operations.len());
    for (name, expected) in expected {
        assert_eq!(verb(&made, name), text(expected), "{name}");
    }
}

#[test]
fn meta_20() {
    let case = case(
        "META-20",
        r#"{
          "routes": [
            { "path": "/things", "verbs": "GET", "notes": "Paged.", "summary": "All things" },
            { "path": "/things/{Kind}", "verbs": "GET", "summary": "Things of a kind" },
            { "path": "/things/{Kind}/{Id}", "verbs": "GET" }
          ],
          "calls": { "GET /things/small/4": "reaches FindThings (400 NotEmpty)", "GET /things/small/x": 404 }
        }"#,
        r#"{ "note": "Matches and Priority are not in the document; a route can refuse values of the right type" }"#,
    );
    let properties = json!([
        { "name": "Kind", "type": "String", "namespace": "System" },
        { "name": "Id", "type": "Nullable`1", "namespace": "System", "genericArgs": ["Int32"] },
    ]);
    let request = json!({ "name": "FindThings", "namespace": "Q", "properties": properties });
    let operation = json!({ "request": request, "method": "GET", "routes": case.given["routes"], "returnsVoid": true });
    let made = make(&json!({ "types": [], "operations": [operation] }));
    let paths: Vec<String> = list(&case.given["routes"]).iter().map(|route| route["path"].to_string()).collect();
    // The document does not state whether a route rejects its arguments, so all routes are generated, and no arguments are required.
    assert_eq!(
        made.call("operation", "FindThings"),
        format!("operation!(FindThings: GET {} => ());", paths.join(", "))
    );
    assert_eq!(made.call("setters", "FindThings"), "setters!(FindThings() { kind: String, id: i32 });");
}

#[test]
fn meta_21() {
    let case = case(
        "META-21",
        r#"{
          "operation": {
            "routes": [{ "path": "/secure/{Id}", "verbs": "PUT POST" }], "method": "PUT", "requiresAuth": true,
            "requiredRoles": ["Manager"], "requiredPermissions": ["CanFly"], "returnsVoid": true
          }
        }"#,
        r#"{ "verb": "PUT", "route_verbs": ["PUT", "POST"], "answer": "nothing" }"#,
    );
    let given = &case.given["operation"];
    let made = make(&json!({ "types": [], "operations": [operation("Secure", given)] }));
    let verb = text(&case.expect["verb"]);
    assert_eq!(text(&case.expect["answer"]), "nothing");
    assert_eq!(made.call("operation", "Secure"), format!("operation!(Secure: {verb} \"/secure/{{Id}}\" => ());"));
    let described = format!("{} /secure/{{Id}}", texts(&case.expect["route_verbs"]).join(", "));
    let operation = made.api.operations().next().unwrap().2;
    let declared: Vec<String> = operation.declared.iter().map(ToString::to_string).collect();
    assert_eq!(declared, [described]);
    let required = [Access::AllRoles(vec!["Manager".to_owned()]), Access::AllPermissions(vec!["CanFly".to_owned()])];
    assert_eq!(operation.access, required);
}

#[test]
fn meta_32() {
    let case = case(
        "META-32",
        r#"{
          "routes_st": [{ "path": "/files/{Path*}", "verbs": "GET" }],
          "routes_stj": [{ "path": "/files/{**Path}", "verbs": "GET" }]
        }"#,
        r#"{ "both": "wildcard variable Path" }"#,
    );
    assert_eq!(text(&case.expect["both"]), "wildcard variable Path");
    for routes in ["routes_st", "routes_stj"] {
        let path = json!([{ "name": "Path", "type": "String", "namespace": "System" }]);
        let request = json!({ "name": "GetFile", "namespace": "Q", "properties": path });
        let operation =
            json!({ "request": request, "method": "GET", "routes": case.given[routes], "returnsVoid": true });
        let made = make(&json!({ "types": [], "operations": [operation] }));
        assert_eq!(made.call("operation", "GetFile"), "operation!(GetFile: GET \"/files/{Path*}\" => ());", "{routes}");
    }
}

#[test]
fn meta_35() {
    let case =
        case("META-35", r#"{ "operation": { "actions": ["GETJSON"], "method": "GETJSON" } }"#, r#"{ "verb": "GET" }"#);
    let made = make(&json!({ "types": [], "operations": [operation("Odd", &case.given["operation"])] }));
    assert_eq!(verb(&made, "Odd"), text(&case.expect["verb"]));
}

#[test]
fn url_27() {
    let case = case(
        "URL-27",
        r#"{
          "case": "verbs of a route are split on commas and blanks",
          "verbs": ["GET,POST", "PUT POST", "PUT,PATCH", null]
        }"#,
        r#"{ "parsed": [["GET", "POST"], ["PUT", "POST"], ["PUT", "PATCH"], "any"] }"#,
    );
    let all = ["DELETE", "GET", "PATCH", "POST", "PUT"];
    for (verbs, parsed) in list(&case.given["verbs"]).iter().zip(list(&case.expect["parsed"])) {
        let mut expected = if parsed == "any" { all.map(str::to_owned).to_vec() } else { texts(parsed) };
        expected.sort();
        let is_served = |verb: &&str| {
            let rest =
                json!({ "method": verb, "routes": [{ "path": "/things", "verbs": verbs }], "returnsVoid": true });
            let made = make(&json!({ "types": [], "operations": [operation("Call", &rest)] }));
            made.call("operation", "Call").contains("\"/things\"")
        };
        let served: Vec<&str> = all.into_iter().filter(is_served).collect();
        assert_eq!(served, expected, "{verbs}");
    }
}
