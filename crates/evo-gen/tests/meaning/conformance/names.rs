//! Names of types and their resolution.

use std::collections::BTreeSet;

use evo_gen::api::ModuleId;
use serde_json::{Value, json};

use crate::made::{get, make};
use super::table::{case, list, text, texts};

#[test]
fn meta_11() {
    let case = case("META-11");
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
    let case = case("META-25");
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
    let case = case("META-27");
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
    let case = case("META-39");
    let made = make(&json!({ "types": case.given["types"], "operations": [] }));
    // The document does not tell that `B.Item` is a different class. Its additional members are skipped by every record:
    // `the_name_of_a_contract_and_that_of_csharp_are_read` of the runtime.
    for class in ["A", "B"] {
        assert_eq!(made.fields(class), ["one: Option<Item>", "many: Vec<Item>"], "{class}");
    }
    assert_eq!(made.written(), ["Q.A", "Q.B", "Q.Item"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}
