//! The arity in the name of a generic type.

use serde_json::json;

use crate::made::{holder, make};

#[test]
fn the_arity_in_a_name_is_assumed_to_be_correct() {
    let generic = |name: &str, ty: &str, args: serde_json::Value| json!({ "name": name, "type": ty, "namespace": "System.Collections.Generic", "genericArgs": args });
    let made = holder(
        &json!([
            generic("Map", "Dictionary`2", json!(["String"])),
            generic("Many", "List`1", json!(["Int32", "String"])),
            generic("Null", "Dictionary`2", json!(["String", null])),
            generic("NullKey", "IDictionary`2", json!([null, "Int32"])),
            generic("Nested", "List`1", json!(["Dictionary`2<String>"])),
            generic("Blank", "Dictionary`2", json!(["String", " "])),
            generic("Inner", "List`1", json!(["IDictionary<String>"])),
            { "name": "Page", "type": "Page`2", "namespace": "Q", "genericArgs": ["String"] },
            // Servers omit the arguments of inner types, which is not a mistake.
            generic("Lost", "List`1", json!(["Nullable`1[]"])),
        ]),
        &json!([{ "name": "Page`2", "namespace": "Q", "genericArgs": ["A", "B"], "properties": [
            { "name": "First", "type": "A" }, { "name": "Second", "type": "B" },
        ] }]),
    );
    assert_eq!(
        made.fields("Holder"),
        [
            "map: BTreeMap<String, Value>",
            "many: Vec<i32>",
            "null: BTreeMap<String, Value>",
            "null_key: BTreeMap<String, i32>",
            "nested: Vec<BTreeMap<String, Value>>",
            "blank: BTreeMap<String, Value>",
            "inner: Vec<BTreeMap<String, Value>>",
            "page: Option<Page<String, Value>>",
            "lost: Vec<Vec<Option<Value>>>",
        ]
    );
    let remarks: Vec<&str> =
        made.remarks_of("EVO0026").into_iter().map(|remark| remark.split(" (at").next().unwrap()).collect();
    assert_eq!(
        remarks,
        [
            "EVO0026: `Dictionary` takes 2 and has 1 argument",
            "EVO0026: `List` takes 1 and has 2 arguments",
            "EVO0026: `IDictionary` takes 2 and has 1 argument",
            "EVO0026: `Page` takes 2 and has 1 argument",
        ]
    );
    assert_eq!(made.remarks_of("EVO0005").len(), 3, "{:?}", made.remarks);
}

#[test]
fn a_type_that_announces_arguments_and_has_none_is_reported() {
    let without = |name: &str, ty: &str, namespace: &str| json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": [] });
    let system = "System.Collections.Generic";
    let made = holder(
        &json!([
            without("Map", "Dictionary`2", system),
            without("List", "List`1", system),
            without("Page", "Page`2", "Q"),
            { "name": "Pair", "type": "Tuple`2", "namespace": "System" },
            // Servers omit the arguments of arrays.
            without("Array", "Nullable`1[]", "System"),
        ]),
        &json!([{ "name": "Page`2", "namespace": "Q", "genericArgs": ["A", "B"], "properties": [
            { "name": "First", "type": "A" }, { "name": "Second", "type": "B" },
        ] }]),
    );
    assert_eq!(
        made.fields("Holder"),
        [
            "map: BTreeMap<String, Value>",
            "list: Vec<Value>",
            "page: Option<Page<Value, Value>>",
            "pair: Option<Tuple2<Value, Value>>",
            "array: Vec<Option<Value>>",
        ]
    );
    let remarks: Vec<&str> =
        made.remarks_of("EVO0026").into_iter().map(|remark| remark.split(" (at").next().unwrap()).collect();
    assert_eq!(
        remarks,
        [
            "EVO0026: `Dictionary` takes 2 and has no arguments",
            "EVO0026: `List` takes 1 and has no arguments",
            "EVO0026: `Page` takes 2 and has no arguments",
            "EVO0026: `Tuple` takes 2 and has no arguments",
        ]
    );
}

#[test]
fn a_definition_has_as_many_parameters_as_its_arity() {
    let page = json!([{ "name": "Page", "type": "Page`2", "namespace": "Q", "genericArgs": ["Int32", "String"] }]);
    for parameters in [json!(["A"]), json!(["A", null]), json!([])] {
        let types = json!([{ "name": "Page`2", "namespace": "Q", "genericArgs": parameters, "properties": [
            { "name": "Second", "type": "T2" },
        ] }]);
        let made = holder(&page, &types);
        assert_eq!(made.fields("Holder"), ["page: Option<Page<String>>"], "{parameters}");
    }
}

#[test]
fn generic_classes_with_the_same_name_are_distinguished_by_arity() {
    let class = |arity: usize| {
        let parameters: Vec<String> = (0..arity).map(|index| format!("T{index}")).collect();
        let members = parameters.iter().map(|name| json!({ "name": format!("Of{name}"), "type": name }));
        let name = if arity == 0 { "Page".to_owned() } else { format!("Page`{arity}") };
        json!({ "name": name, "namespace": "Q", "genericArgs": parameters, "properties": members.collect::<Vec<_>>() })
    };
    let made = make(&json!({ "types": [class(3), class(0), class(2), class(1), class(4)], "operations": [] }));
    let names: Vec<&str> = made.api.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Page", "PageOf", "PageOf2", "PageOf3", "PageOf4"]);
    // A class that has such a name in the document keeps it.
    let own = json!({ "name": "PageOf2", "namespace": "Q", "properties": [] });
    let made = make(&json!({ "types": [class(3), class(2), own], "operations": [] }));
    let names: Vec<(&str, &str)> =
        made.api.items.iter().map(|item| (item.dotnet.as_str(), item.name.as_str())).collect();
    assert_eq!(names, [("Q.Page`2", "PageOf2_2"), ("Q.Page`3", "PageOf3"), ("Q.PageOf2", "PageOf2")]);
    let alone = make(&json!({ "types": [class(2)], "operations": [] }));
    assert_eq!(alone.api.items[0.into()].name, "Page");
}
