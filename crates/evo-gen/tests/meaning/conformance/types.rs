//! Classes: generic classes, hierarchies, and classes that documents do not describe.

use serde_json::{Value, json};

use super::table::{case, list, text, texts};
use crate::made::{get, holder, make};

#[test]
fn meta_09() {
    let case = case(
        "META-09",
        r#"{
          "operations": [
            {
              "response": {
                "name": "QueryResponseOf`1", "namespace": "Lab.Rich", "genericArgs": ["T"],
                "inherits": { "name": "ResponseBase", "namespace": "Lab.Rich" }, "implements": [],
                "properties": [
                  {
                    "name": "Results", "type": "List`1", "namespace": "System.Collections.Generic",
                    "genericArgs": ["Maker"]
                  }
                ]
              },
              "returnType": { "name": "QueryResponseOf`1", "namespace": "Lab.Rich", "genericArgs": ["Maker"] }
            },
            {
              "response": {
                "name": "QueryResponseOf`1", "namespace": "Lab.Rich", "genericArgs": ["T"],
                "inherits": { "name": "ResponseBase", "namespace": "Lab.Rich" }, "implements": [],
                "properties": [
                  {
                    "name": "Results", "type": "List`1", "namespace": "System.Collections.Generic",
                    "genericArgs": ["Result<Thing>"]
                  }
                ]
              },
              "returnType": {
                "name": "QueryResponseOf`1", "namespace": "Lab.Rich", "genericArgs": ["Result<Thing>"]
              }
            }
          ],
          "types": "no QueryResponseOf`1"
        }"#,
        r#"{
          "QueryMakers": "QueryResponseOf<Maker>", "QueryThings": "QueryResponseOf<Result<Thing>>",
          "reopened": { "QueryResponseOf<T>": { "inherits": "ResponseBase", "Results": "list<T>" } },
          "note": "two closed bodies under one name: never take the first for both"
        }"#,
    );
    let requests = ["QueryMakers", "QueryThings"];
    let operations: Vec<Value> = list(&case.given["operations"])
        .iter()
        .zip(requests)
        .map(|(operation, name)| {
            let mut operation = operation.clone();
            operation["request"] = json!({ "name": name, "namespace": "Lab.Rich" });
            operation["method"] = json!("GET");
            operation
        })
        .collect();
    let took = json!([{ "name": "Took", "type": "Int32", "namespace": "System", "isValueType": true }]);
    let value = json!([{ "name": "Value", "type": "T", "namespace": "Lab.Rich" }]);
    let types = json!([
        { "name": "Maker", "namespace": "Lab.Rich" },
        { "name": "Thing", "namespace": "Lab.Rich" },
        { "name": "Result`1", "namespace": "Lab.Rich", "genericArgs": ["T"], "properties": value },
        { "name": "ResponseBase", "namespace": "Lab.Rich", "properties": took },
    ]);
    let made = make(&json!({ "types": types, "operations": operations }));
    // `Result` is in the prelude.
    for name in requests {
        assert_eq!(made.answer(name), text(&case.expect[name]).replace("Result<", "ResultDto<"), "{name}");
    }
    let reopened = &case.expect["reopened"]["QueryResponseOf<T>"];
    assert_eq!((text(&reopened["inherits"]), text(&reopened["Results"])), ("ResponseBase", "list<T>"));
    assert_eq!(made.fields("QueryResponseOf"), ["results: Vec<T>", "took: i32"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_13() {
    let case = case(
        "META-13",
        r#"{
          "properties": [
            { "name": "Pixel", "type": "Pixel", "namespace": "Lab.Rich", "isValueType": true },
            {
              "name": "MaybePixel", "type": "Nullable`1", "namespace": "System", "isValueType": true,
              "genericArgs": ["Pixel"]
            },
            { "name": "Pair", "type": "Pair", "namespace": "Lab.Rich", "isValueType": true }
          ],
          "types": "none of Pixel, Pair",
          "wire_bytes": { "st": "\"price\":\"9.90 EUR\"", "stj": "\"price\":{\"amount\":9.90,\"currency\":\"EUR\"}" }
        }"#,
        r#"{ "note": "a struct is never described: read text or object, warn once" }"#,
    );
    let made = holder(&case.given["properties"], &json!([]));
    // `structs_of_the_api_keep_their_form` of the runtime reads both forms.
    assert_eq!(
        made.fields("Holder"),
        ["pixel: Option<TextOrObject>", "maybe_pixel: Option<TextOrObject>", "pair: Option<TextOrObject>"]
    );
    let warned: Vec<&str> = made.remarks_of("EVO0023").iter().map(|remark| remark.split('`').nth(1).unwrap()).collect();
    assert_eq!(warned, ["Pixel", "Pair"], "each once");
    assert_eq!(made.remarks.len(), 2, "{:?}", made.remarks);
}

#[test]
fn meta_15() {
    let case = case(
        "META-15",
        r#"{
          "types": [{ "name": "Animal", "isAbstract": true }], "not_listed": ["Dog", "Cat"],
          "st_bytes": "{\"__type\":\"Lab.Wire.Cat, Lab\",\"lives\":9,\"name\":\"Tom\",\"legs\":4}",
          "stj_bytes": "{\"name\":\"Tom\",\"legs\":4}"
        }"#,
        r#"{
          "decodes": true, "st": "unknown subtype Lab.Wire.Cat kept with all members, base members readable",
          "stj": "base members"
        }"#,
    );
    let mut animal = case.given["types"][0].clone();
    animal["namespace"] = json!("Lab.Wire");
    animal["properties"] = json!([
        { "name": "Name", "type": "String", "namespace": "System" },
        { "name": "Legs", "type": "Int32", "namespace": "System", "isValueType": true },
    ]);
    let made = holder(
        &json!([
            { "name": "Star", "type": "Animal", "namespace": "Lab.Wire" },
            { "name": "All", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Animal"] },
        ]),
        &json!([animal]),
    );
    // `unknown_and_untyped_objects_keep_their_members` of the runtime reads the bytes.
    assert_eq!(made.fields("Holder"), ["star: Option<Animal>", "all: Vec<Animal>"]);
    assert_eq!(made.call("variants", "Animal"), "variants!(Animal {} else Other);");
    assert!(made.text.contains("    Other(Box<Other<AnimalBase>>),\n"), "{}", made.text);
    assert_eq!(made.fields("AnimalBase"), ["name: Option<String>", "legs: i32"]);
}

#[test]
fn meta_28() {
    let case = case(
        "META-28",
        r#"{
          "type": { "name": "ListRequest`1", "genericArgs": ["T"] },
          "properties": [
            "Page: Int32", "All: Boolean", "CountPerPage: Int32", "SpecificIds: List`1", "SortField: String",
            "SortOrder: SortOrders", "SimplifiedPaging: Boolean"
          ]
        }"#,
        r#"{ "compiles": true, "note": "T is used by no property" }"#,
    );
    let property = |described: &String| {
        let (name, spelled) = described.split_once(": ").unwrap();
        let args = if spelled == "List`1" { json!(["String"]) } else { Value::Null };
        let is_enum = spelled == "SortOrders";
        let namespace = if is_enum { "Q" } else { "System" };
        json!({ "name": name, "type": spelled, "namespace": namespace, "genericArgs": args, "isEnum": is_enum,
            "isValueType": spelled != "String" && args.is_null() })
    };
    let mut open = case.given["type"].clone();
    open["namespace"] = json!("Q");
    open["properties"] = texts(&case.given["properties"]).iter().map(property).collect();
    let orders = json!({ "name": "SortOrders", "namespace": "Q", "isEnum": true, "enumNames": ["Up", "Down"] });
    let base = json!({ "name": "ListRequest`1", "namespace": "Q", "genericArgs": ["Thing"] });
    let request = json!({ "name": "ListThings", "namespace": "Q", "inherits": base });
    let thing = json!({ "name": "Thing", "namespace": "Q" });
    let operation = json!({ "request": request, "method": "GET", "returnsVoid": true });
    let made = make(&json!({ "types": [open, orders, thing], "operations": [operation] }));
    // No member uses the parameter, which rustc rejects, so it is dropped.
    assert!(made.text.contains("pub struct ListRequest {\n"), "{}", made.text);
    assert_eq!(
        made.fields("ListThings"),
        [
            "page: Option<i32>",
            "all: Option<bool>",
            "count_per_page: Option<i32>",
            "specific_ids: Option<Vec<String>>",
            "sort_field: Option<String>",
            "sort_order: Option<SortOrders>",
            "simplified_paging: Option<bool>",
        ]
    );
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_34() {
    let case = case(
        "META-34",
        r#"{
          "types_entry": {
            "name": "Ref1[]", "namespace": "Q", "inherits": { "name": "Array", "namespace": "System" },
            "implements": []
          }
        }"#,
        r#"{ "emitted": false }"#,
    );
    let types = json!([case.given["types_entry"], { "name": "Ref1", "namespace": "Q" }]);
    let made = make(&json!({ "types": types, "operations": [] }));
    assert_eq!(case.expect["emitted"], false);
    assert_eq!(made.written(), ["Q.Ref1"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_41() {
    let case = case(
        "META-41",
        r#"{ "type": { "name": "Enm", "namespace": "Q", "implements": [] }, "bytes": ["[]", "[{\"q\":1}]"] }"#,
        r#"{ "decodes": true, "note": "a class that is IEnumerable<T>: no properties, no inherits, JSON array" }"#,
    );
    let made = make(&json!({ "types": [], "operations": [get("Hold", &case.given["type"])] }));
    assert_eq!(made.answer("Hold"), text(&case.given["type"]["name"]));
    // `a_class_without_members_may_be_an_array` of the runtime reads the bytes.
    assert_eq!(made.call("record", "Enm"), "record!(Enm {});");
}
