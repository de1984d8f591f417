//! The resolution of type names: the rules of the protocol (metadata 1.7), each alone and in combination.

use evo_gen::api::{Api, ItemKind, Ty};
use evo_gen::config::Settings;
use serde_json::{Value, json};

use crate::made::lower;

fn lowered(document: &Value) -> (Api, Vec<&'static str>) {
    let (api, diagnostics) = lower(document, &Settings::default()).unwrap();
    let codes = diagnostics.as_slice().iter().map(|remark| remark.code).collect();
    (api, codes)
}

/// A class with one member, whose name is derived from that of the class, so that classes differ.
fn class(full: &str) -> Value {
    let (namespace, name) = full.rsplit_once('.').unwrap();
    json!({ "name": name, "namespace": namespace, "properties": [{ "name": name, "type": "Int32", "namespace": "System" }] })
}

fn choice(full: &str) -> Value {
    let (namespace, name) = full.rsplit_once('.').unwrap();
    json!({ "name": name, "namespace": namespace, "isEnum": true, "enumNames": ["A"] })
}

/// The type of the member `Of` of `Shop.Holder`, in .NET names, with the codes of the diagnostics.
fn meaning(types: &[Value], operations: &[Value], member: &Value, inner_types: &Value) -> (String, Vec<&'static str>) {
    let mut member = member.clone();
    member["name"] = json!("Of");
    let holder = json!({ "name": "Holder", "namespace": "Shop", "properties": [member], "innerTypes": inner_types });
    let mut types = types.to_vec();
    types.push(holder);
    let (api, codes) = lowered(&json!({ "types": types, "operations": operations }));
    let holder = api.items.iter().find(|item| item.dotnet == "Shop.Holder").unwrap();
    let ItemKind::Record(record) = &holder.kind else { panic!("Shop.Holder is no class") };
    (shown(&record.members[0].ty, &api), codes)
}

fn shown(ty: &Ty, api: &Api) -> String {
    let all = |args: &[Ty]| args.iter().map(|arg| ["<", &shown(arg, api), ">"].concat()).collect::<String>();
    match ty {
        Ty::Std(name) => (*name).to_owned(),
        Ty::Runtime(name, args) => format!("{name}{}", all(args)),
        Ty::Item(index, args) => format!("{}{}", api.items[*index].dotnet, all(args)),
        Ty::Option(inner) => shown(inner, api),
        Ty::List(inner) => format!("[{}]", shown(inner, api)),
        Ty::Map(key, value) => format!("{{{}: {}}}", shown(key, api), shown(value, api)),
        other => format!("{other:?}"),
    }
}

#[test]
fn names_are_resolved_by_the_rules() {
    let list = |of: &str| json!({ "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": [of] });
    let nothing = json!([]);
    let inner = json!([{ "name": "Line", "namespace": "Shop.Orders" }]);
    let lines = [class("Shop.Orders.Line"), class("Shop.Bills.Line")];
    let with_own = [lines[0].clone(), lines[1].clone(), class("Shop.Line")];
    let kinds = [choice("Shop.Orders.Kind"), class("Shop.Kind")];
    let open = json!({ "name": "Page`1", "namespace": "Shop.Orders", "genericArgs": ["T"], "properties": [
        { "name": "Rows", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["T"] },
    ] });
    let pages = [class("Shop.Orders.Page"), open];
    let plain = |ty: &str, namespace: &str| json!({ "type": ty, "namespace": namespace });
    let of_enum = json!({ "type": "Nullable`1", "namespace": "System", "genericArgs": ["Kind"], "isValueType": true, "isEnum": true });
    for (rule, types, member, inner_types, expected, code) in [
        ("an explicit namespace", &with_own[..], plain("Line", "Shop.Bills"), &nothing, "Shop.Bills.Line", None),
        ("a type inside the declaring one", &with_own, list("Line"), &inner, "[Shop.Orders.Line]", None),
        ("the namespace of the declaring type", &with_own, list("Line"), &nothing, "[Shop.Line]", None),
        ("several equal candidates", &lines, list("Line"), &nothing, "[Value]", Some("EVO0020")),
        ("the only candidate", &lines[..1], list("Line"), &nothing, "[Shop.Orders.Line]", None),
        (
            "the class around it",
            &[json!({ "name": "Bill.Line", "namespace": "Shop" }), class("Shop.Orders.Line")],
            list("Bill.Line"),
            &nothing,
            "[Shop.Bill.Line]",
            None,
        ),
        ("a member that is marked as an enum", &kinds, of_enum, &nothing, "Shop.Orders.Kind", None),
        ("a member that is not marked", &kinds, list("Kind"), &nothing, "[Shop.Kind]", None),
        ("no arguments", &pages, list("Page"), &nothing, "[Shop.Orders.Page]", None),
        ("one argument", &pages, list("Page<Page[]>"), &nothing, "[Shop.Orders.Page`1<[Shop.Orders.Page]>]", None),
        ("lost arguments", &pages, list("Page`1[]"), &nothing, "[[Shop.Orders.Page`1<Value>]]", None),
        (
            "stray arguments",
            &lines[..1],
            json!({ "type": "Line", "namespace": "Shop.Orders", "genericArgs": ["Int32"] }),
            &nothing,
            "Shop.Orders.Line",
            None,
        ),
        ("stray arguments inside", &lines[..1], list("Line<List<Int32>>"), &nothing, "[Shop.Orders.Line]", None),
        ("a .NET name with its namespace", &[class("Shop.Guid")], plain("Guid", "System"), &nothing, "Uuid", None),
        ("a .NET name without a namespace", &[class("Shop.Guid")], list("Guid"), &nothing, "[Shop.Guid]", None),
        ("a keyword of C#", &[class("Shop.String")], list("String"), &nothing, "[String]", None),
        ("an unknown name", &[], list("Gone"), &nothing, "[Value]", Some("EVO0024")),
        (
            "a struct",
            &[],
            json!({ "type": "Money", "namespace": "Shop", "isValueType": true }),
            &nothing,
            "TextOrObject",
            Some("EVO0023"),
        ),
        (
            "an enum that is not described",
            &[],
            json!({ "type": "Mood", "namespace": "Shop", "isValueType": true, "isEnum": true }),
            &nothing,
            "UnknownValue",
            Some("EVO0022"),
        ),
        ("a malformed name", &[], plain("<", "Shop"), &nothing, "Value", Some("EVO0025")),
    ] {
        let codes: Vec<&str> = code.into_iter().collect();
        assert_eq!(meaning(types, &[], &member, inner_types), (expected.to_owned(), codes), "{rule}");
    }
}

#[test]
fn requests_can_be_used_as_types() {
    // A request is listed only among the operations, even if other types use it.
    let request = class("Shop.Orders.Pet");
    let operation = json!({ "request": request, "response": request, "method": "POST",
        "returnType": { "name": "Pet", "namespace": "Shop.Orders" } });
    let member = json!({ "type": "Pet", "namespace": "Shop.Orders" });
    let alone = meaning(&[], std::slice::from_ref(&operation), &member, &json!([]));
    assert_eq!(alone, ("Shop.Orders.Pet".to_owned(), vec![]));
    // A type with the same name in another namespace is a different type.
    let list = json!({ "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Pet"] });
    let beside = meaning(&[class("Shop.Pet")], &[operation], &list, &json!([]));
    assert_eq!(beside, ("[Shop.Pet]".to_owned(), vec![]));
}
