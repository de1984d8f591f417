//! The settings `supply` and `resolve`: each mistake is an error with help. The fixtures `supply` and `resolve` show their effect.

use evo_gen::Error;
use evo_gen::api::{Api, ItemKind};
use evo_gen::config::{Settings, Supplied};
use evo_gen::emit::{self, Header};
use serde_json::{Value, json};

use crate::made;

/// A document with two types with the same name, a struct that is not described, and an enum.
fn document() -> Value {
    let line = |namespace: &str| json!({ "name": "Line", "namespace": namespace, "properties": [] });
    json!({
        "types": [
            line("Shop.Orders"), line("Shop.Billing"),
            { "name": "Kind", "namespace": "Shop", "isEnum": true, "enumNames": ["A"] },
            { "name": "Order", "namespace": "Shop", "properties": [
                { "name": "Lines", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Line"] },
                { "name": "Price", "type": "Money", "namespace": "Shop", "isValueType": true },
                { "name": "Kind", "type": "Kind", "namespace": "Shop", "isValueType": true, "isEnum": true },
            ] },
        ],
        "operations": [],
    })
}

fn lowered(settings: &Settings) -> Result<Api, Error> {
    made::lower(&document(), settings).map(|(api, _)| api)
}

fn supply(entries: impl IntoIterator<Item = (&'static str, Supplied)>) -> Result<Api, Error> {
    let mut settings = Settings::default();
    settings.supply = entries.into_iter().map(|(name, supplied)| (name.to_owned(), supplied)).collect();
    lowered(&settings)
}

fn resolve(member: &str, target: &str) -> Result<Api, Error> {
    let mut settings = Settings::default();
    settings.resolve.insert(member.to_owned(), target.to_owned());
    lowered(&settings)
}

fn money(member: &'static str, ty: &'static str) -> (&'static str, Supplied) {
    ("Shop.Money", Supplied::members([(member, ty)]))
}

/// A class without declared members.
fn based(base: &'static str) -> (&'static str, Supplied) {
    ("Shop.Money", Supplied::derived::<String, String>(base, []))
}

#[test]
fn mistakes_in_supply_are_errors() {
    let empty = || Supplied::members::<String, String>([]);
    for (entries, expected) in [
        (vec![("Shop.Coin", empty())], "`Shop.Coin` of `supply` matches nothing; nothing in the document mentions it"),
        (
            vec![("Shop.Order", empty())],
            "`Shop.Order` of `supply` is described by the document; `replace` uses a type of your own instead",
        ),
        (vec![("Shop.*", empty())], "`Shop.*` of `supply` is not the name of a type; write the .NET name"),
        (vec![("Shop.Money[]", empty())], "`Shop.Money[]` of `supply` is not the name of a type"),
        (vec![("System.Guid", empty())], "`System.Guid` of `supply` needs no description: the runtime brings it"),
        (
            vec![("ServiceStack.ResponseStatus", empty())],
            "`ServiceStack.ResponseStatus` of `supply` needs no description: the runtime brings it",
        ),
        (
            vec![money("Amount", "Int32<")],
            "`Shop.Money.Amount` of `supply`: `Int32<` is not a C# type; write it as in C#",
        ),
        (vec![money("Amount", "int??")], "`Shop.Money.Amount` of `supply`: `int??` is not a C# type"),
        (
            vec![money("Currency", "Currency")],
            "`Shop.Money.Currency` of `supply`: the type `Currency` is not described; write names with their namespace",
        ),
        (
            vec![money("Line", "Line")],
            "`Shop.Money.Line` of `supply`: `Line` can mean Shop.Billing.Line or Shop.Orders.Line",
        ),
        (vec![money("Kind", "Stock.Kind")], "`Shop.Money.Kind` of `supply`: no type is called `Stock.Kind`"),
        (vec![based("Shop.Coin")], "`Shop.Money` of `supply`: no class is called `Shop.Coin`; write the .NET name"),
        (vec![based("Kind")], "`Shop.Money` of `supply`: no class is called `Kind`"),
        (vec![based("Line")], "`Shop.Money` of `supply`: no class is called `Line`"),
        (vec![based("System.Uri")], "`Shop.Money` of `supply`: no class is called `System.Uri`"),
        (vec![based("Order[]")], "the base class `Order[]` of `Shop.Money` in `supply` is not a C# class"),
        (vec![based("Order?")], "the base class `Order?` of `Shop.Money` in `supply` is not a C# class"),
        (vec![based("")], "the base class `` of `Shop.Money` in `supply` is not a C# class"),
        (
            vec![based("List<Coin>")],
            "the base class of `Shop.Money` in `supply`: the type `Coin` is not described; write names with their namespace",
        ),
    ] {
        let error = supply(entries.clone()).expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{entries:?}: {error}");
    }
}

#[test]
fn a_supplied_type_can_refer_to_every_other_type() {
    for ty in
        ["int", "string?", "Shop.Kind", "Kind?", "Shop.Orders.Line[]", "Dictionary<Kind, object>", "System.DateTime"]
    {
        supply([money("Any", ty)]).unwrap_or_else(|error| panic!("{ty}: {error}"));
    }
    supply([money("Part", "Coin"), ("Shop.Coin", Supplied::values(["Cent"]))]).unwrap();
}

#[test]
fn a_supplied_class_can_have_any_base_class() {
    for base in ["Shop.Order", "Order", "Shop.Orders.Line", "Orders.Line", "List<int>", "Dictionary<Kind, Order>"] {
        supply([based(base)]).unwrap_or_else(|error| panic!("{base}: {error}"));
    }
    for base in ["System.Collections.Generic.List<Shop.Order>", "ServiceStack.AuditBase", "AuditBase"] {
        supply([based(base)]).unwrap_or_else(|error| panic!("{base}: {error}"));
    }
    // The base class can also be supplied, whether or not anything else mentions it.
    supply([based("Shop.Coin<int>"), ("Shop.Coin<T>", Supplied::members([("Of", "T")]))]).unwrap();
}

#[test]
fn a_supplied_class_inherits_members() {
    let api = supply([("Shop.Money", Supplied::derived("Shop.Order", [("Amount", "decimal")]))]).unwrap();
    let item = api.items.iter().find(|item| item.dotnet == "Shop.Money").unwrap();
    let ItemKind::Record(record) = &item.kind else { panic!("{item:?}") };
    let members: Vec<&str> = record.members.iter().map(|member| member.dotnet_name.as_str()).collect();
    assert_eq!(members, ["Amount", "Lines", "Price", "Kind"]);
}

/// A document that mentions only closed forms of a generic class, as a member and in type arguments.
fn pages() -> Value {
    let member = |name: &str, ty: &str, namespace: &str, arg: &str| json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": [arg] });
    json!({
        "types": [{ "name": "Book`1", "namespace": "Shop", "genericArgs": ["T"], "properties": [
            member("Front", "Page`1", "Shop", "T"),
            member("Pages", "List`1", "System.Collections.Generic", "Page<Line>"),
        ] }, { "name": "Line", "namespace": "Shop" }],
        "operations": [],
    })
}

#[test]
fn a_generic_class_without_a_definition_is_any_json_until_it_is_supplied() {
    let fields = |supplied: Option<&str>| {
        let mut settings = Settings::default();
        let entry = |name: &str| (name.to_owned(), Supplied::members([("Items", "List<T>")]));
        settings.supply = supplied.map(entry).into_iter().collect();
        let (api, diagnostics) = made::lower(&pages(), &settings).unwrap();
        let generated = emit::emit(&api, &Header { source: String::new(), command: String::new() }).unwrap();
        let text: String = generated.files.iter().map(|file| file.text.as_str()).collect();
        let fields = text.lines().filter_map(|line| line.strip_prefix("    pub ")).filter(|line| line.contains(": "));
        let fields: Vec<String> = fields.map(str::to_owned).collect();
        (fields, diagnostics.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let (without, remarks) = fields(None);
    assert_eq!(without, ["front: Option<Value>,", "pages: Vec<Value>,"]);
    assert_eq!(
        remarks,
        ["EVO0024: the type `Page` is not described (at /types/0/properties/0, 2 members); it is read as any JSON; \
             add supply.\"Shop.Page`1\" = { Member = \"Type\" } or replace.\"Shop.Page`1\" = \"crate::MyType\" to evo-gen.toml",]
    );
    // The C# spelling, and the spelling in the warning.
    for name in ["Shop.Page<T>", "Shop.Page`1"] {
        let (with, remarks) = fields(Some(name));
        assert_eq!(with, ["front: Option<Page<T>>,", "pages: Vec<Page<Line>>,", "items: Vec<T>,"], "{name}");
        assert_eq!(remarks, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn mistakes_in_resolve_are_errors() {
    for (member, target, expected) in [
        (
            "Shop.Order.Line",
            "Shop.Orders.Line",
            "`Shop.Order.Line` of `resolve` matches nothing; did you mean `Shop.Order.Lines`?",
        ),
        (
            "Shop.Order.Lines",
            "Shop.Order.Line",
            "`Shop.Order.Lines` of `resolve`: no type is called `Shop.Order.Line`; did you mean `Shop.Orders.Line`?",
        ),
        (
            "Shop.Order.Lines",
            "Shop.Kind",
            "`Shop.Order.Lines` of `resolve` mentions no type called `Kind`; name the member whose type is not clear",
        ),
        (
            "Shop.Order.Kind",
            "Shop.Orders.Line",
            "`Shop.Order.Kind` of `resolve`: the document says that it is an enum; `Shop.Orders.Line` is not an enum",
        ),
    ] {
        let error = resolve(member, target).expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{member} = {target}: {error}");
    }
}
