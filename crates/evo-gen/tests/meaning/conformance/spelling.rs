//! The spelling of types in documents.

use serde_json::{Value, json};

use super::table::{case, list, text, texts};
use crate::made::{get, holder, make};

/// Converts a type in the table, such as `map<string, list<optional<i32>>>`, to Rust.
pub fn rust(described: &str) -> String {
    let mut rust = described.to_owned();
    for (word, meaning) in
        [("map<", "BTreeMap<"), ("string", "String"), ("list<", "Vec<"), ("array<", "Vec<"), ("optional<", "Option<")]
    {
        rust = rust.replace(word, meaning);
    }
    rust.replace("tuple<", "Tuple2<")
}

#[test]
fn meta_02() {
    let case = case(
        "META-02",
        r#"{
          "property": {
            "name": "Map", "type": "Dictionary`2", "namespace": "System.Collections.Generic",
            "genericArgs": ["String", "List<Nullable<Int32>>"]
          },
          "property2": { "name": "Arr", "type": "List`1[]", "genericArgs": ["Int32"] },
          "property3": { "name": "N", "type": "Nullable`1[]", "genericArgs": ["Byte"] }
        }"#,
        r#"{ "Map": "map<string, list<optional<i32>>>", "Arr": "array<list<i32>>", "N": "array<optional<u8>>" }"#,
    );
    let given = case.given.as_object().unwrap();
    let made = holder(&json!(given.values().collect::<Vec<_>>()), &json!([]));
    for (name, described) in case.expect.as_object().unwrap() {
        assert_eq!(made.field("Holder", &name.to_lowercase()), rust(text(described)), "{name}");
    }
    assert_eq!(made.remarks, Vec::<String>::new());
}

/// Builds a member `P{index}` with a type in the spelling of the table, such as ``Tuple`2 [Int32,Tuple<String,Ref1>]``.
fn member(index: usize, spelled: &str, namespace: &str) -> Value {
    let spelled = spelled.split(" (").next().unwrap();
    let (name, args) = spelled.split_once(" [").unwrap_or((spelled, "]"));
    let args = args.trim_end_matches(']');
    let mut parts: Vec<String> = Vec::new();
    let mut depth = 0;
    for part in args.split_inclusive([',', '<', '>']) {
        if depth == 0 || parts.is_empty() {
            parts.push(String::new());
        }
        parts.last_mut().unwrap().push_str(if depth == 0 { part.trim_end_matches(',') } else { part });
        depth += part.matches('<').count();
        depth -= part.matches('>').count();
    }
    let args: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    json!({ "name": format!("P{index}"), "type": name, "namespace": namespace, "genericArgs": args })
}

#[test]
fn meta_03() {
    let case = case(
        "META-03",
        r#"{
          "types": [
            "List<Int32>[]", "Nullable<Int32>[]", "'T", "Outer.Inner", "Outer`1.Inner [Int32]", "Int32[][]",
            "List`1[] [Int32]", "Nullable`1[] [Int32]", "Tuple`2 [Int32,Tuple<String,Ref1>]",
            "Inner [Int32] (nested in a generic)"
          ]
        }"#,
        r#"{
          "parsed": [
            "array<list<i32>>", "array<optional<i32>>", "type parameter T", "Inner (declared in Outer)",
            "Inner<i32> (declared in Outer`1)", "array<array<i32>>", "array<list<i32>>", "array<optional<i32>>",
            "tuple<i32, tuple<string, Ref1>>", "Inner<i32>"
          ],
          "note": "the first five are the spellings before v6.7"
        }"#,
    );
    let (spelled, parsed) = (texts(&case.given["types"]), texts(&case.expect["parsed"]));
    let int = |name: &str| json!([{ "name": name, "type": "Int32", "namespace": "System", "isValueType": true }]);
    let parameter = json!([{ "name": "Value", "type": "'T", "namespace": "Q" }]);
    // Before version 6.7, the name of a nested class contains that of the outer class.
    let before = json!([
        { "name": "Outer", "namespace": "Q" },
        { "name": "Outer.Inner", "namespace": "Q", "isNested": true, "properties": int("X") },
        { "name": "Outer`1", "namespace": "Q", "genericArgs": ["'T"], "properties": [member(2, &spelled[2], "Q")] },
        { "name": "Outer`1.Inner", "namespace": "Q", "genericArgs": ["'T"], "isNested": true, "properties": parameter },
    ]);
    let members: Vec<Value> =
        [0, 1, 3, 4].map(|index| member(index, &spelled[index], if index < 2 { "System" } else { "Q" })).into();
    let made = holder(&json!(members), &before);
    // The two classes `Inner` have different parameters.
    let inner_of = |dotnet: &str| made.api.items.iter().find(|item| item.dotnet == dotnet).unwrap().name.clone();
    let (plain, generic) = (inner_of("Q.Outer.Inner"), inner_of("Q.Outer.Inner`1"));
    for (index, expected) in [
        (0, rust(&parsed[0])),
        (1, rust(&parsed[1])),
        (3, format!("Option<{plain}>")),
        (4, format!("Option<{generic}<i32>>")),
    ] {
        assert_eq!(made.field("Holder", &format!("p{index}")), expected, "{}", spelled[index]);
    }
    let outer = made.api.items.iter().find(|item| item.dotnet == "Q.Outer`1").unwrap().name.clone();
    assert_eq!(made.field(&outer, "p2"), "Option<T>", "{}", spelled[2]);
    assert_eq!(made.remarks, Vec::<String>::new());

    let since = json!([
        { "name": "Inner", "namespace": "Q", "genericArgs": ["T"], "isNested": true, "properties": [
            { "name": "Value", "type": "T", "namespace": "Q" }
        ] },
        { "name": "Ref1", "namespace": "Q", "properties": int("Id") },
    ]);
    let members: Vec<Value> =
        (5..10).map(|index| member(index, &spelled[index], if index < 9 { "System" } else { "Q" })).collect();
    let made = holder(&json!(members), &since);
    for index in 5..10 {
        let plain = rust(&parsed[index]);
        // A class may be missing; a received list is empty then.
        let expected = if plain.starts_with("Vec") { plain } else { format!("Option<{plain}>") };
        assert_eq!(made.field("Holder", &format!("p{index}")), expected, "{}", spelled[index]);
    }
    assert_eq!(made.remarks, Vec::<String>::new());
}

/// Builds a type without members: `Lab.Names.Result` with its arity.
fn plain(full: &str) -> Value {
    let (namespace, name) = full.rsplit_once('.').unwrap();
    let parameters = match name.split_once('`') {
        Some((_, arity)) => ["T", "E"][..arity.parse().unwrap()].to_vec(),
        None => Vec::new(),
    };
    let property = |name: &&str| json!({ "name": format!("Of{name}"), "type": name, "namespace": namespace });
    let properties: Vec<Value> = parameters.iter().map(property).collect();
    json!({ "name": name, "namespace": namespace, "genericArgs": parameters, "properties": properties })
}

#[test]
fn meta_12() {
    let case = case(
        "META-12",
        r#"{
          "types": ["Lab.Names.Result", "Lab.Names.Result`1", "Lab.Names.Result`2"],
          "properties": [
            { "name": "Result", "type": "Result", "namespace": "Lab.Names" },
            { "name": "ResultOne", "type": "Result`1", "namespace": "Lab.Names", "genericArgs": ["Vec"] },
            {
              "name": "ResultTwo", "type": "Result`2", "namespace": "Lab.Names",
              "genericArgs": ["List<Option>", "Error"]
            },
            {
              "name": "Deep", "type": "Result`2", "namespace": "Lab.Names",
              "genericArgs": ["Result<Vec[]>", "Dictionary<String,Result<Nullable<Int32>>>"]
            }
          ]
        }"#,
        r#"{
          "Result": "Result", "ResultOne": "Result`1<Vec>", "ResultTwo": "Result`2<list<Option>, Error>",
          "Deep": "Result`2<Result`1<array<Vec>>, map<string, Result`1<optional<i32>>>>",
          "note": "arity is counted; Vec, Option, Error, Result are user types of Lab.Names"
        }"#,
    );
    let mut types: Vec<Value> = texts(&case.given["types"]).iter().map(|name| plain(name)).collect();
    types.extend(["Option", "Vec", "Error"].map(|name| plain(&format!("Lab.Names.{name}"))));
    let response = json!({ "name": "Holder", "namespace": "Lab.Names", "properties": case.given["properties"] });
    let made = make(&json!({ "types": types, "operations": [get("Hold", &response)] }));
    let item = |dotnet: &str| made.api.items.iter().find(|item| item.dotnet == dotnet).unwrap().name.clone();
    // `Result`1<array<Vec>>` refers to types of the service; here each one has its Rust name.
    let expected = |name: &str| {
        let mut described = text(&case.expect[name]).replace("list<", "VEC<").replace("array<", "VEC<");
        for name in ["Vec", "Option", "Error", "Result`1", "Result`2"] {
            described = described.replace(name, &format!("#{name}#"));
        }
        for name in ["Vec", "Option", "Error", "Result`1", "Result`2"] {
            described = described.replace(&format!("#{name}#"), &item(&format!("Lab.Names.{name}")));
        }
        let described = described.replace("map<", "BTreeMap<").replace("string", "String");
        described.replace("optional<", "Option<").replace("VEC<", "Vec<")
    };
    assert_eq!(made.field("Holder", "result"), format!("Option<{}>", item("Lab.Names.Result")));
    assert_eq!(made.field("Holder", "result_one"), format!("Option<{}>", expected("ResultOne")));
    assert_eq!(made.field("Holder", "result_two"), format!("Option<{}>", expected("ResultTwo")));
    assert_eq!(made.field("Holder", "deep").replace(",>", ">"), format!("Option<{}>", expected("Deep")));
    let names: std::collections::BTreeSet<String> = texts(&case.given["types"]).iter().map(|name| item(name)).collect();
    assert_eq!(names.len(), list(&case.given["types"]).len(), "{names:?}");
}

#[test]
fn meta_33() {
    let case = case(
        "META-33",
        r#"{
          "type": {
            "name": "Dct", "namespace": "Q",
            "inherits": {
              "name": "Dictionary`2", "namespace": "System.Collections.Generic",
              "genericArgs": ["DeepKey", "List<Ref1>"]
            },
            "implements": []
          },
          "property": { "name": "Dct", "type": "Dct", "namespace": "Q", "genericArgs": ["Ref1"] }
        }"#,
        r#"{ "type": "Dct (no arguments)", "is": "map<DeepKey, list<Ref1>>" }"#,
    );
    let types = json!([
        case.given["type"],
        { "name": "DeepKey", "namespace": "Q", "isEnum": true, "enumNames": ["A", "B"] },
        { "name": "Ref1", "namespace": "Q" },
    ]);
    let made = holder(&json!([case.given["property"]]), &types);
    assert_eq!(made.field("Holder", "dct"), text(&case.expect["type"]).split(' ').next().unwrap());
    let is = rust(text(&case.expect["is"]));
    assert!(made.text.contains(&format!("pub struct Dct(pub {is});")), "{}", made.text);
    assert_eq!(made.call("collection", "Dct(BTreeMap<DeepKey, Vec<Ref1>>"), format!("collection!(Dct({is}));"));
}
