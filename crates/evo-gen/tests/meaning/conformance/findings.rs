//! Observed behaviour of versions 10.1.5 and 8.5.2: rules, hidden members, files, and requests with the same name.

use serde_json::{Value, json};

use super::table::{case, list, text, texts};
use crate::made::{make, sender};

#[test]
fn meta_47() {
    let case = case(
        "META-47",
        r#"{
          "property": {
            "name": "Code", "type": "String",
            "attributes": [
              {
                "name": "Validate",
                "args": [{ "name": "Validator", "type": "String", "value": "RegularExpression(′^[a-z]+$′)" }]
              }
            ]
          },
          "more": [
            "Equal(′it's′)", "NotEqual(′a\"b′)", "InclusiveBetween(′a′,′f′)", "ExactLength(3)",
            "[NotEmpty,Length(1,20)]", "ScalePrecision(2,5)"
          ]
        }"#,
        r#"{
          "rules": [
            "matches ^[a-z]+$", "equal to it's", "not equal to a\"b", "from a to f",
            "exactly 3 characters; a failure has code Length", "not empty, 1 to 20 characters",
            "at most 2 decimals, 5 digits"
          ]
        }"#,
    );
    let mut properties = vec![case.given["property"].clone()];
    for (index, validator) in list(&case.given["more"]).iter().enumerate() {
        let mut property = case.given["property"].clone();
        property["name"] = json!(format!("More{index}"));
        property["attributes"][0]["args"][0]["value"] = validator.clone();
        properties.push(property);
    }
    let made = sender(&Value::from(properties), &json!([]));
    let docs = made.text.lines().filter_map(|line| line.strip_prefix("    /// "));
    let docs: Vec<&str> = docs.filter(|line| !line.starts_with('`')).collect();
    assert_eq!(
        docs,
        [
            "Matches `^[a-z]+$`.",
            "Equal to `it's`.",
            "Not equal to `a\"b`.",
            "From `a` to `f`.",
            "Exactly 3 characters.",
            "Not empty; 1 to 20 characters.",
            "At most 5 digits, 2 of them decimals.",
        ]
    );
    // The rule of the runtime also has the code `Length`.
    assert_eq!(texts(&case.expect["rules"])[4], "exactly 3 characters; a failure has code Length");
}

#[test]
fn meta_48() {
    let case = case(
        "META-48",
        r#"{
          "operations": [
            {
              "request": { "name": "TopLevel" }, "returnType": { "name": "IntResponse", "namespace": "ServiceStack" },
              "method": "POST", "actions": ["POST"]
            },
            {
              "request": { "name": "Sys", "namespace": "SystemsBiology.Api" },
              "returnType": { "name": "IntResponse", "namespace": "ServiceStack" }, "method": "POST",
              "actions": ["POST"]
            }
          ]
        }"#,
        r#"{
          "warning": "names both requests: servers list requests without a namespace, or in one that begins with System, without their members; the DTO must move",
          "answer": "IntResponse { result: i32, .. }"
        }"#,
    );
    let made = make(&json!({ "types": [], "operations": case.given["operations"] }));
    let warnings = made.remarks_of("EVO0014");
    assert_eq!(warnings.len(), 1, "{:?}", made.remarks);
    assert!(text(&case.expect["warning"]).starts_with("names both requests"));
    for part in ["the requests SystemsBiology.Api.Sys and TopLevel are listed without members", "move the DTO"] {
        assert!(warnings[0].contains(part), "{part}: {warnings:?}");
    }
    assert_eq!(text(&case.expect["answer"]), "IntResponse { result: i32, .. }");
    assert_eq!([made.answer("TopLevel"), made.answer("Sys")].map(|answer| answer.ends_with("IntResponse")), [true; 2]);
    assert_eq!(made.field("IntResponse", "result"), "i32");
}

#[test]
fn meta_49() {
    let case = case(
        "META-49",
        r#"{
          "properties": [
            {
              "name": "Papers", "type": "List`1", "namespace": "System.Collections.Generic",
              "genericArgs": ["UploadedFile"], "uploadTo": "fs"
            },
            { "name": "Path", "type": "String", "namespace": "System", "uploadTo": "fs" },
            { "name": "File", "type": "IHttpFile", "namespace": "ServiceStack.Web" },
            { "name": "Extra", "type": "ObjectDictionary", "namespace": "ServiceStack" },
            { "name": "Ids", "type": "ArrayOfInt", "namespace": "ServiceStack" },
            { "name": "Photo", "type": "String", "namespace": "System", "input": { "id": "Photo", "type": "file" } }
          ]
        }"#,
        r#"{
          "types": "UploadedFile, ObjectDictionary, ArrayOfInt from servicestack-types.json; no member for File, whose part is sent as a file"
        }"#,
    );
    let request = json!({ "name": "Store", "namespace": "Q", "properties": case.given["properties"] });
    let made =
        make(&json!({ "types": [], "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] }));
    assert_eq!(
        made.fields("Store"),
        [
            "papers: Option<Vec<UploadedFile>>",
            "path: Option<String>",
            "extra: Option<ObjectDictionary>",
            "ids: Option<ArrayOfInt>",
            "photo: Option<String>",
        ]
    );
    assert!(text(&case.expect["types"]).ends_with("no member for File, whose part is sent as a file"));
    assert!(made.text.contains("a part named `File`"), "{}", made.text);
    let warnings: Vec<&String> = made.remarks.iter().filter(|remark| !remark.starts_with("EVO0032")).collect();
    assert_eq!(warnings, Vec::<&String>::new());
}

#[test]
fn meta_50() {
    let case = case(
        "META-50",
        r#"{
          "operations": [
            {
              "request": { "name": "Grind", "namespace": "Mill.Old" },
              "routes": [{ "path": "/old/grind", "verbs": "POST" }], "method": "POST"
            },
            {
              "request": { "name": "Grind", "namespace": "Mill.New" },
              "routes": [{ "path": "/new/grind", "verbs": "POST" }], "method": "POST"
            }
          ]
        }"#,
        r#"{
          "warning": "one simple name twice: /api/Grind runs the one registered last (endpoint hosts: 500)",
          "calls": ["POST /old/grind", "POST /new/grind"]
        }"#,
    );
    let made = make(&json!({ "types": [], "operations": case.given["operations"] }));
    let warnings = made.remarks_of("EVO0013");
    assert_eq!(warnings.len(), 1, "{:?}", made.remarks);
    assert!(text(&case.expect["warning"]).starts_with("one simple name twice"));
    assert!(warnings[0].contains("Mill.New.Grind and Mill.Old.Grind"), "{warnings:?}");
    let operations = made.api.operations().map(|(_, _, operation)| operation);
    let mut calls: Vec<String> = operations
        .map(|operation| {
            assert!(operation.only_routes, "{operation:?}");
            format!("{} {}", operation.verb.name(), operation.routes[0].template())
        })
        .collect();
    calls.sort_by(|a, b| b.cmp(a));
    assert_eq!(calls, texts(&case.expect["calls"]));
}
