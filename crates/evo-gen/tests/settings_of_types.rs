//! Settings that shape types: what they cannot do is refused, with what to do; what they need of the runtime is told.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use evo_gen::config::{Dates, Decimals, Maps, RustType, Settings};
use evo_gen::diagnostics::Diagnostics;
use evo_gen::source::{Limits, read_standard_input};
use evo_gen::{Generator, lower, metadata};
use serde_json::json;

/// A service with what the settings are about.
fn document() -> serde_json::Value {
    let member = |name: &str, ty: &str, namespace: &str, args: &[&str]| {
        let is_value = matches!(ty, "Int32" | "DateTime" | "Money");
        json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": args, "isValueType": is_value })
    };
    let generic = "System.Collections.Generic";
    json!({
        "types": [
            { "name": "Pet", "namespace": "Shop", "properties": [
                member("Name", "String", "System", &[]),
                member("Born", "DateTime", "System", &[]),
                member("Price", "Money", "Shop", &[]),
                member("Mother", "Pet", "Shop", &[]),
                member("Pets", "List`1", generic, &["Pet"]),
                member("ByName", "Dictionary`2", generic, &["String", "Int32"]),
            ] },
            { "name": "Kind", "namespace": "Shop", "isEnum": true, "enumNames": ["A"] },
            { "name": "Animal", "namespace": "Shop", "isAbstract": true },
            { "name": "Dog", "namespace": "Shop", "inherits": { "name": "Animal", "namespace": "Shop" } },
        ],
        "operations": [{
            "request": { "name": "StorePet", "namespace": "Shop", "properties": [
                member("Pet", "Pet", "Shop", &[]), member("Animal", "Animal", "Shop", &[]),
            ] },
            "method": "POST", "returnType": { "name": "Pet", "namespace": "Shop" },
        }],
    })
}

fn generator() -> Generator {
    let text = document().to_string();
    Generator::new().document(read_standard_input(text.as_bytes(), &Limits::default()).unwrap())
}

#[test]
fn what_cannot_be_is_refused() {
    let rust = |text: &str| text.parse::<RustType>().unwrap();
    for (generator, message) in [
        (
            generator().replace("Shop.Moneys", rust("crate::Money")),
            "`Shop.Moneys` of `replace` matches nothing; did you mean `Shop.Money`?",
        ),
        (
            generator().replace("Shop.StorePet", rust("crate::StorePet")),
            "`replace` cannot replace the request `Shop.StorePet`; replace the types of its members, or leave the operation \
             out with `exclude`",
        ),
        (
            generator().optional("Shop.Pet.Nam", true),
            "`Shop.Pet.Nam` of `optional` matches nothing; did you mean `Shop.Pet.Name`?",
        ),
        (
            generator().optional("Shop.Pet.Mother", false),
            "`optional` wants `Shop.Pet.Mother` to be always there, and it holds its own type: it would have no end; leave it an \
             `Option`",
        ),
        (
            generator().dates(Dates::Time).optional("Shop.Pet.Born", false),
            "`optional` wants `Shop.Pet.Born` to be always there, and its type has no default; leave it an `Option`, or choose \
             other `dates`",
        ),
        (
            generator().null_items(["Shop.Pet.Name"]),
            "`null_items` names `Shop.Pet.Name`, which holds no list and no map; name a member, a class or the answer of an \
             operation with items that may be null",
        ),
        (
            generator().null_items(["Shop.Pet.Peds"]),
            "`Shop.Pet.Peds` of `null_items` matches nothing; did you mean `Shop.Pet.Pets`?",
        ),
        (
            generator().type_names(["Shop.Animals"]),
            "`Shop.Animals` of `type_names` matches nothing; did you mean `Shop.Animal`?",
        ),
        (
            generator().type_names(["Shop.Kind"]),
            "`Shop.Kind` of `type_names` matches nothing; did you mean `Shop.Animal`?",
        ),
    ] {
        assert_eq!(generator.generate().unwrap_err().to_string(), message);
    }
}

#[test]
fn a_pattern_of_null_items_is_about_what_holds_items() {
    let generated = generator().null_items(["Shop.Pet.*"]).generate().unwrap();
    let lines =
        generated.files.iter().flat_map(|file| file.text.lines()).skip_while(|line| *line != "pub struct Pet {");
    let members = lines.take_while(|line| *line != "}").filter_map(|line| line.trim().strip_prefix("pub "));
    assert_eq!(
        members.collect::<Vec<_>>(),
        [
            "struct Pet {",
            "name: Option<String>,",
            "born: DateTime,",
            "price: Option<TextOrObject>,",
            "mother: Option<Box<Pet>>,",
            "pets: Option<Vec<Option<Pet>>>,",
            "by_name: Option<BTreeMap<String, Option<i32>>>,",
        ]
    );
}

#[test]
fn the_features_that_the_code_needs_of_the_runtime_are_known() {
    for (dates, decimals, maps, expected) in [
        (Dates::Runtime, Decimals::Decimal, Maps::BTreeMap, vec![]),
        (Dates::Jiff, Decimals::Double, Maps::HashMap, vec![]),
        (Dates::Text, Decimals::Text, Maps::IndexMap, vec!["indexmap"]),
        (Dates::Chrono, Decimals::Decimal, Maps::BTreeMap, vec!["chrono"]),
        (Dates::Time, Decimals::Decimal, Maps::IndexMap, vec!["indexmap", "time"]),
    ] {
        let mut settings = Settings::default();
        (settings.dates, settings.decimals, settings.maps) = (dates, decimals, maps);
        let mut diagnostics = Diagnostics::default();
        let types = metadata::read_value(&document(), &mut diagnostics).unwrap();
        let api = lower::lower(&types, None, &settings, &BTreeMap::new(), &mut diagnostics).unwrap();
        assert_eq!(api.runtime_features, BTreeSet::from_iter(expected), "{dates:?} {maps:?}");
    }
}

#[test]
fn a_replaced_struct_is_unknown_no_more() {
    let remarks = |generator: Generator| {
        let folder = tempfile::tempdir().unwrap();
        let summary = generator.out_dir(folder.path()).run().unwrap();
        summary.warnings.iter().map(|warning| warning.code.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(remarks(generator()), ["EVO0023"]);
    assert_eq!(remarks(generator().replace("Shop.Money", "crate::Money".parse().unwrap())), Vec::<String>::new());
}
