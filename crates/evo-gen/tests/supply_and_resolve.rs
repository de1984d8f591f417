//! The settings `supply` and `resolve`: each mistake is an error that says what to write. What they do when they are right is
//! shown by the cases of these names.

use std::collections::BTreeMap;

use evo_gen::api::Api;
use evo_gen::config::{Entry, Overrides, Settings, Supplied};
use evo_gen::diagnostics::Diagnostics;
use evo_gen::{Error, lower, metadata};
use serde_json::{Value, json};

/// A document with two types of one name, a struct that is not described, and an enum.
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

fn lowered(overrides: Overrides) -> Result<Api, Error> {
    let mut settings = Settings::default();
    overrides.apply(&mut settings);
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read_value(&document(), &mut diagnostics)?;
    lower::lower(&types, None, &settings, &BTreeMap::new(), &mut diagnostics)
}

fn supply(entries: impl IntoIterator<Item = (&'static str, Supplied)>) -> Result<Api, Error> {
    let entries = entries.into_iter().map(|(name, supplied)| Entry { name: name.to_owned(), value: supplied });
    lowered(Overrides { supply: Some(entries.collect()), ..Overrides::default() })
}

fn resolve(member: &str, target: &str) -> Result<Api, Error> {
    lowered(Overrides { resolve: Some(vec![Entry::new(member, target)]), ..Overrides::default() })
}

fn money(member: &'static str, ty: &'static str) -> (&'static str, Supplied) {
    ("Shop.Money", Supplied::members([(member, ty)]))
}

#[test]
fn what_cannot_be_supplied_is_an_error() {
    let empty = || Supplied::members::<String, String>([]);
    for (entries, expected) in [
        (vec![("Shop.Coin", empty())], "`Shop.Coin` of `supply` matches nothing; nothing in the document mentions it"),
        (
            vec![("Shop.Order", empty())],
            "`Shop.Order` of `supply` is described by the document; `replace` puts a type of your own in its place",
        ),
        (vec![("Shop.*", empty())], "`Shop.*` of `supply` is not the name of a type; write the .NET name"),
        (vec![("Shop.Money[]", empty())], "`Shop.Money[]` of `supply` is not the name of a type"),
        (vec![("System.Guid", empty())], "`System.Guid` of `supply` needs no description: the runtime brings it"),
        (
            vec![("ServiceStack.ResponseStatus", empty())],
            "`ServiceStack.ResponseStatus` of `supply` needs no description: the runtime brings it",
        ),
        (vec![money("Amount", "Int32<")], "`Shop.Money.Amount` of `supply`: `Int32<` is no C# type; write it as in C#"),
        (vec![money("Amount", "int??")], "`Shop.Money.Amount` of `supply`: `int??` is no C# type"),
        (
            vec![money("Currency", "Currency")],
            "`Shop.Money.Currency` of `supply`: the type `Currency` is not described; write names with their namespace",
        ),
        (
            vec![money("Line", "Line")],
            "`Shop.Money.Line` of `supply`: `Line` can mean Shop.Billing.Line or Shop.Orders.Line",
        ),
        (vec![money("Kind", "Stock.Kind")], "`Shop.Money.Kind` of `supply`: no type is called `Stock.Kind`"),
    ] {
        let error = supply(entries.clone()).expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{entries:?}: {error}");
    }
}

#[test]
fn a_supplied_type_may_name_every_other() {
    for ty in
        ["int", "string?", "Shop.Kind", "Kind?", "Shop.Orders.Line[]", "Dictionary<Kind, object>", "System.DateTime"]
    {
        supply([money("Any", ty)]).unwrap_or_else(|error| panic!("{ty}: {error}"));
    }
    supply([money("Part", "Coin"), ("Shop.Coin", Supplied::values(["Cent"]))]).unwrap();
}

#[test]
fn what_cannot_be_resolved_is_an_error() {
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
            "`Shop.Order.Kind` of `resolve`: the document says that it is an enum; `Shop.Orders.Line` is none",
        ),
    ] {
        let error = resolve(member, target).expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{member} = {target}: {error}");
    }
}
