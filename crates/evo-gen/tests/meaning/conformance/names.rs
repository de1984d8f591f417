//! Names of types and their resolution.

use std::collections::BTreeSet;

use evo_gen::api::ModuleId;
use serde_json::{Value, json};

use super::table::{case, list, text, texts};
use crate::made::{get, make};

#[test]
#[expect(clippy::too_many_lines, reason = "the case has many inputs")]
fn meta_11() {
    let case = case(
        "META-11",
        r#"{
          "types": [
            { "name": "Status", "namespace": "Lab.Orders", "isEnum": true },
            { "name": "Status", "namespace": "Lab.Invoices" },
            { "name": "Line", "namespace": "Lab.Orders", "isNested": true },
            { "name": "Line", "namespace": "Lab.Invoices", "isNested": true }
          ],
          "properties": {
            "Lab.Orders.Order": [
              { "name": "Status", "type": "Status", "namespace": "Lab.Orders", "isValueType": true, "isEnum": true },
              {
                "name": "Lines", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Line"]
              }
            ],
            "Lab.Invoices.Invoice": [
              { "name": "Status", "type": "Status", "namespace": "Lab.Invoices" },
              {
                "name": "Lines", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Line"]
              }
            ],
            "innerTypes": {
              "Order": [{ "name": "Line", "namespace": "Lab.Orders" }],
              "Invoice": [{ "name": "Line", "namespace": "Lab.Invoices" }]
            },
            "Everything": [
              { "name": "OrderLine", "type": "Line", "namespace": "Lab.Orders" },
              { "name": "InvoiceLine", "type": "Line", "namespace": "Lab.Invoices" },
              {
                "name": "OrderStatus", "type": "Status", "namespace": "Lab.Orders", "isValueType": true,
                "isEnum": true
              },
              {
                "name": "MaybeStatus", "type": "Nullable`1", "namespace": "System", "isValueType": true,
                "isEnum": true, "genericArgs": ["Status"]
              },
              { "name": "InvoiceStatus", "type": "Status", "namespace": "Lab.Invoices" },
              {
                "name": "Table", "type": "Dictionary`2", "namespace": "System.Collections.Generic",
                "genericArgs": ["Status", "List<Result<Marks>>"]
              }
            ]
          }
        }"#,
        r#"{
          "four_distinct_rust_types": true, "Order.Status": "Lab.Orders.Status",
          "Order.Lines": "list<Lab.Orders.Line>", "Invoice.Lines": "list<Lab.Invoices.Line>",
          "Everything.MaybeStatus": "optional<Lab.Orders.Status> (isEnum decides)",
          "Everything.Table": "key Status is ambiguous: one of the two with a warning, or a JSON value; never a crash"
        }"#,
    );
    let properties = &case.given["properties"];
    let with_members = |given: &Value| {
        let mut given = given.clone();
        let full = format!("{}.{}", text(&given["namespace"]), text(&given["name"]));
        if given["isEnum"] == true {
            given["enumNames"] = json!(["Open", "Closed"]);
        } else {
            // A member that distinguishes the two classes.
            given["properties"] = json!([{ "name": full.replace('.', ""), "type": "String", "namespace": "System" }]);
        }
        given
    };
    let mut types: Vec<Value> = list(&case.given["types"]).iter().map(with_members).collect();
    for full in ["Lab.Orders.Order", "Lab.Invoices.Invoice"] {
        let (namespace, name) = full.rsplit_once('.').unwrap();
        let inner = &properties["innerTypes"][name];
        types
            .push(json!({ "name": name, "namespace": namespace, "properties": properties[full], "innerTypes": inner }));
    }
    let everything = json!({ "name": "Everything", "namespace": "Lab", "properties": properties["Everything"] });
    let made = make(&json!({ "types": types, "operations": [get("Read", &everything)] }));
    let distinct: BTreeSet<(ModuleId, &str)> = made
        .api
        .items
        .iter()
        .filter(|item| matches!(item.dotnet.rsplit('.').next(), Some("Status" | "Line")))
        .map(|item| (item.module, item.name.as_str()))
        .collect();
    assert_eq!((distinct.len(), &case.expect["four_distinct_rust_types"]), (4, &json!(true)));

    // The full .NET name of the type of a member.
    let meaning = |of: &str, member: &str| {
        let item = made.api.items.iter().find(|item| item.dotnet == of).unwrap();
        let evo_gen::api::ItemKind::Record(record) = &item.kind else { panic!("{of} is no class") };
        let member = record.members.iter().find(|other| other.dotnet_name == member).unwrap();
        let items = member.ty.items();
        items.iter().map(|index| made.api.items[*index].dotnet.clone()).collect::<Vec<_>>().join(", ")
    };
    let expected = |key: &str| {
        let described = text(&case.expect[key]).split(' ').next().unwrap();
        described.trim_start_matches("list<").trim_start_matches("optional<").trim_end_matches('>').to_owned()
    };
    assert_eq!(meaning("Lab.Orders.Order", "Status"), expected("Order.Status"));
    assert_eq!(meaning("Lab.Orders.Order", "Lines"), expected("Order.Lines"));
    assert_eq!(meaning("Lab.Invoices.Invoice", "Lines"), expected("Invoice.Lines"));
    assert_eq!(meaning("Lab.Everything", "MaybeStatus"), expected("Everything.MaybeStatus"));
    assert_eq!(meaning("Lab.Everything", "OrderLine"), "Lab.Orders.Line");
    assert_eq!(meaning("Lab.Everything", "InvoiceLine"), "Lab.Invoices.Line");
    assert_eq!(meaning("Lab.Everything", "InvoiceStatus"), "Lab.Invoices.Status");
    // The key is ambiguous: text, with a warning.
    assert!(text(&case.expect["Everything.Table"]).contains("ambiguous"));
    assert!(
        made.field("Everything", "table").starts_with("BTreeMap<String, "),
        "{}",
        made.field("Everything", "table")
    );
    let remarks = made.remarks_of("EVO0020");
    assert!(remarks.len() == 1 && remarks[0].contains("Lab.Invoices.Status or Lab.Orders.Status"), "{remarks:?}");
}

#[test]
fn meta_25() {
    let case = case(
        "META-25",
        r#"{
          "type": {
            "name": "Keywords", "namespace": "Lab.Names", "implements": [],
            "properties": [
              { "name": "Type", "type": "String", "namespace": "System" },
              { "name": "Self", "type": "String", "namespace": "System" },
              { "name": "Super", "type": "String", "namespace": "System" },
              { "name": "Crate", "type": "String", "namespace": "System" },
              { "name": "Async", "type": "String", "namespace": "System" },
              { "name": "Await", "type": "String", "namespace": "System" },
              { "name": "Dyn", "type": "String", "namespace": "System" },
              { "name": "Gen", "type": "String", "namespace": "System" },
              { "name": "Match", "type": "String", "namespace": "System" },
              { "name": "Try", "type": "String", "namespace": "System" },
              { "name": "Union", "type": "String", "namespace": "System" },
              { "name": "New", "type": "String", "namespace": "System" },
              { "name": "Send", "type": "String", "namespace": "System" },
              { "name": "_", "type": "String", "namespace": "System" }
            ]
          }
        }"#,
        r#"{
          "compiles": true,
          "wire": [
            "type", "self", "super", "crate", "async", "await", "dyn", "gen", "match", "try", "union", "new", "send",
            "_"
          ]
        }"#,
    );
    let given = &case.given["type"];
    let made = make(&json!({ "types": [given], "operations": [] }));
    // The fixture `names` contains these too, and is compiled.
    let evo_gen::api::ItemKind::Record(record) = &made.api.items.as_slice()[0].kind else { panic!("no class") };
    let names: BTreeSet<&str> = record.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names.len(), list(&given["properties"]).len(), "{names:?}");
    // The C# name is generated; the serialized name depends on the casing of the host.
    let call = made.call("record", "Keywords");
    for (property, wire) in list(&given["properties"]).iter().zip(texts(&case.expect["wire"])) {
        let name = text(&property["name"]);
        assert_eq!(name.to_lowercase(), wire);
        assert!(call.contains(&format!(": \"{name}\"")), "{name} in {call}");
    }
}

#[test]
fn meta_27() {
    let case = case(
        "META-27",
        r#"{
          "types": [
            "Lab.Names.Option", "Lab.Names.Vec", "Lab.Names.Box", "Lab.Names.Result", "Lab.Names.Default",
            "Lab.Names.Error", "Lab.Names.Client", "Lab.Names.String_"
          ],
          "operation": "Lab.Names.Send"
        }"#,
        r#"{ "compiles": true, "note": "names of the prelude and of our own runtime are usable DTO names" }"#,
    );
    let split =
        |full: &str| full.rsplit_once('.').map(|(namespace, name)| (namespace.to_owned(), name.to_owned())).unwrap();
    let names: Vec<(String, String)> = texts(&case.given["types"]).iter().map(|full| split(full)).collect();
    let types: Vec<Value> =
        names.iter().map(|(namespace, name)| json!({ "name": name, "namespace": namespace })).collect();
    let properties: Vec<Value> = names
        .iter()
        .map(|(namespace, name)| json!({ "name": format!("My{name}"), "type": name, "namespace": namespace }))
        .collect();
    let (namespace, name) = split(text(&case.given["operation"]));
    let response = json!({ "name": "Holder", "namespace": namespace, "properties": properties });
    let mut operation = get(&name, &response);
    operation["request"]["namespace"] = json!(namespace);
    let made = make(&json!({ "types": types, "operations": [operation] }));
    assert_eq!(made.operations(), [name.as_str()]);
    // The fixture `names` compiles them; here each member has the type of its name.
    let item = |name: &str| made.api.items.iter().find(|item| item.dotnet == format!("Lab.Names.{name}")).unwrap();
    let fields = made.fields("Holder");
    for ((_, name), field) in names.iter().zip(&fields) {
        assert!(field.ends_with(&format!(": Option<{}>", item(name).name)), "{name}: {field}");
    }
    let distinct: BTreeSet<&str> = made.api.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!((distinct.len(), fields.len()), (names.len() + 2, names.len()));
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_39() {
    let case = case(
        "META-39",
        r#"{
          "types": [
            {
              "name": "A", "namespace": "Q", "implements": [],
              "properties": [
                { "name": "One", "type": "Item", "namespace": "Q" },
                {
                  "name": "Many", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Item"]
                }
              ],
              "innerTypes": [{ "name": "Item", "namespace": "Q" }]
            },
            {
              "name": "B", "namespace": "Q", "implements": [],
              "properties": [
                { "name": "One", "type": "Item", "namespace": "Q" },
                {
                  "name": "Many", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Item"]
                }
              ],
              "innerTypes": [{ "name": "Item", "namespace": "Q" }]
            },
            {
              "name": "Item", "namespace": "Q", "implements": [], "isNested": true,
              "properties": [{ "name": "X", "type": "Int32", "namespace": "System", "isValueType": true }]
            }
          ]
        }"#,
        r#"{
          "note": "B.One is of a class the document does not hold (A.Item stands in); unknown members are kept or ignored, never an error"
        }"#,
    );
    let made = make(&json!({ "types": case.given["types"], "operations": [] }));
    // The document does not state that `B.Item` is a different class. Every record skips its additional members:
    // `the_name_of_a_contract_and_that_of_csharp_are_read` of the runtime.
    for class in ["A", "B"] {
        assert_eq!(made.fields(class), ["one: Option<Item>", "many: Vec<Item>"], "{class}");
    }
    assert_eq!(made.written(), ["Q.A", "Q.B", "Q.Item"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}
