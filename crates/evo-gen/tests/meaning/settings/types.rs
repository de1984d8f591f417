//! Settings for types: mistakes are errors with help, and required features of the runtime are reported.

use std::collections::BTreeSet;

use evo_gen::Generator;
use evo_gen::config::{Dates, Decimals, Maps, Settings};
use serde_json::json;

use crate::made;

/// A service with types for all these settings.
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

fn generator(settings: &str) -> Generator {
    made::generator(&document(), settings)
}

#[test]
fn mistakes_are_errors_with_help() {
    for (settings, message) in [
        (
            "replace.'Shop.Moneys' = 'crate::Money'",
            "`Shop.Moneys` of `replace` matches nothing; did you mean `Shop.Money`?",
        ),
        (
            "replace.'Shop.StorePet' = 'crate::StorePet'",
            "`replace` cannot replace the request `Shop.StorePet`; replace the types of its members, or leave the operation \
             out with `exclude`",
        ),
        (
            "optional.'Shop.Pet.Nam' = true",
            "`Shop.Pet.Nam` of `optional` matches nothing; did you mean `Shop.Pet.Name`?",
        ),
        (
            "optional.'Shop.Pet.Mother' = false",
            "`optional` makes `Shop.Pet.Mother` mandatory, but it contains its own type, which would never end; leave it an \
             `Option`",
        ),
        (
            "dates = 'time'\noptional.'Shop.Pet.Born' = false",
            "`optional` makes `Shop.Pet.Born` mandatory, but its type has no default; leave it an `Option`, or choose \
             other `dates`",
        ),
        (
            "null_items = ['Shop.Pet.Name']",
            "`null_items` names `Shop.Pet.Name`, which contains neither a list nor a map; name a member, a class, or an operation \
             whose response has items that may be null",
        ),
        (
            "null_items = ['Shop.Pet.Peds']",
            "`Shop.Pet.Peds` of `null_items` matches nothing; did you mean `Shop.Pet.Pets`?",
        ),
        (
            "type_names = ['Shop.Animals']",
            "`Shop.Animals` of `type_names` matches nothing; did you mean `Shop.Animal`?",
        ),
        (
            "type_names = ['Shop.Kind']",
            "`Shop.Kind` of `type_names` changes nothing; name a class that others derive from, and whose values the service \
             returns",
        ),
    ] {
        assert_eq!(generator(settings).generate().unwrap_err().to_string(), message);
    }
}

#[test]
fn a_pattern_of_null_items_applies_only_to_lists_and_maps() {
    let generated = generator("null_items = ['Shop.Pet.*']").generate().unwrap();
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
fn required_features_of_the_runtime_are_listed() {
    for (dates, decimals, maps, expected) in [
        (Dates::Runtime, Decimals::Decimal, Maps::BTreeMap, vec![]),
        (Dates::Jiff, Decimals::Double, Maps::HashMap, vec![]),
        (Dates::Text, Decimals::Text, Maps::IndexMap, vec!["indexmap"]),
        (Dates::Chrono, Decimals::Decimal, Maps::BTreeMap, vec!["chrono"]),
        (Dates::Time, Decimals::Decimal, Maps::IndexMap, vec!["indexmap", "time"]),
    ] {
        let mut settings = Settings::default();
        (settings.dates, settings.decimals, settings.maps) = (dates, decimals, maps);
        let (api, _) = made::lower(&document(), &settings).unwrap();
        assert_eq!(api.runtime_features, BTreeSet::from_iter(expected), "{dates:?} {maps:?}");
    }
}

#[test]
fn a_replaced_struct_causes_no_warning() {
    let remarks = |settings: &str| {
        let folder = tempfile::tempdir().unwrap();
        let summary = generator(settings).out_dir(folder.path()).run().unwrap();
        summary.warnings.iter().map(|warning| warning.code.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(remarks(""), ["EVO0023"]);
    assert_eq!(remarks("replace.'Shop.Money' = 'crate::Money'"), Vec::<String>::new());
}
