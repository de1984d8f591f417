//! Settings and names of the client apply to both documents.

use std::slice::from_ref;

use serde_json::{Value, json};

use super::{diff, told};
use crate::document::{choice, class, document, operation, with};

#[test]
fn members_that_become_required_are_arguments_of_new_under_required() {
    let add = |members: &[&str]| document(&[operation("Add", "POST", members, "nothing")], &[]);
    let (old, new) = (
        add(&["Id: Int32 value required", "Name: String"]),
        add(&["Id: Int32 value required", "Name: String required"]),
    );
    let expected = "  => major\n     \
        [breaking member-required] ~ member Shop.Add.Name is required: code that calls `new` or the setter does not compile; the service may reject a request that does not set it (sent by Add)\n";
    assert_eq!(told(&diff(&old, &new, "required = true")), expected);
    let expected = "  => minor\n     \
        [attention member-required] ~ member Shop.Add.Name is required: the service may reject a request that does not set it \
        (sent by Add)\n";
    assert_eq!(told(&diff(&old, &new, "")), expected);
    let find = |members: &[&str]| document(&[operation("Find", "GET", &[], "Pet")], &[class("Pet", members)]);
    let (old, new) = (
        find(&["Id: Int32 value required", "Name: String required"]),
        find(&["Id: Int32 value required", "Name: String"]),
    );
    let expected = "  => major\n     \
        [breaking member-type] ~ member Shop.Pet.Name is `Option<String>` instead of `String`: code that uses its type does not \
        compile; it may be absent (received by Find)\n";
    assert_eq!(told(&diff(&old, &new, "required = true")), expected);
}

#[test]
fn settings_that_apply_to_only_one_document_are_ignored_for_the_other() {
    let (cat, dog) = (operation("FindCat", "GET", &[], "String"), operation("FindDog", "GET", &[], "String"));
    let kind = choice("Kind", &["Cat"]);
    let both = document(&[cat.clone(), dog.clone()], from_ref(&kind));
    let one = document(&[cat], &[kind]);
    for (settings, expected) in [
        ("include = ['FindCat']", "  => none\n"),
        (
            "include = ['FindDog']",
            "  => major\n     [breaking operation-removed] - operation Shop.FindDog was removed: code that uses `FindDog` does not \
             compile; the service no longer knows it (sent by FindDog)\n",
        ),
        ("exclude = ['FindDog']", "  => none\n"),
        (
            "rename = { 'Shop.FindDog' = 'Hound', 'Shop.Kind' = 'Species' }\nsecret = ['Shop.FindDog.Name']",
            "  => major\n     [breaking operation-removed] - operation Shop.FindDog was removed: code that uses `Hound` does not \
             compile; the service no longer knows it (sent by FindDog)\n",
        ),
    ] {
        assert_eq!(told(&diff(&both, &one, settings)), expected, "{settings}");
    }
}

#[test]
fn a_new_type_does_not_take_the_name_of_an_old_one() {
    let find = operation("Find", "GET", &["Pet: Pet"], "String");
    let old = document(from_ref(&find), &[class("Pet", &["Name: String"])]);
    let new = document(from_ref(&find), &[class("PET", &["Id: String"]), class("Pet", &["Name: String"])]);
    let expected = "  => minor\n     [additive type-added] + type Shop.PET was added\n";
    assert_eq!(told(&diff(&old, &new, "")), expected);
}

#[test]
fn features_of_modules_come_and_go() {
    let find = |namespace: &str| with(operation("Find", "GET", &[], "String"), "/request/namespace", json!(namespace));
    let (old, new) = (document(&[find("Shop.Pets")], &[]), document(&[find("Shop.Food")], &[]));
    let expected = "  => major\n     \
        [breaking operation-moved] ~ operation Shop.Pets.Find was moved to Shop.Food: code that uses `pets::Find` does not compile: \
        it is `food::Find` now (sent by Find)\n     \
        [breaking feature-removed] - feature pets was removed: crates that enable it do not build\n     \
        [additive feature-added] + feature food was added\n";
    assert_eq!(told(&diff(&old, &new, "features = true\nstrip = 'Shop'")), expected);
}

#[test]
fn another_tag_or_namespace_breaks_code_only_if_it_is_another_module() {
    let find = |tag: &str| with(operation("Find", "GET", &[], "String"), "/tags", json!([tag]));
    let (old, new) = (document(&[find("cats")], &[]), document(&[find("dogs")], &[]));
    let expected = "  => major\n     \
        [breaking operation-renamed] ~ operation Shop.Find is called `dogs::Find` instead of `cats::Find`: code that uses \
        `cats::Find` does not compile (sent by Find)\n     \
        [documentation documentation] ~ operation Shop.Find has different tags (sent by Find)\n";
    assert_eq!(told(&diff(&old, &new, "layout = 'tag'")), expected);
    let expected =
        "  => patch\n     [documentation documentation] ~ operation Shop.Find has different tags (sent by Find)\n";
    assert_eq!(told(&diff(&old, &new, "")), expected);
    let find = |namespace: &str| with(operation("Find", "GET", &[], "String"), "/request/namespace", json!(namespace));
    let (old, new) = (document(&[find("Shop.Pets")], &[]), document(&[find("Shop.Food")], &[]));
    let expected = "  => patch\n     [documentation operation-moved] ~ operation Shop.Pets.Find was moved to Shop.Food: the path in \
        Rust is the same (sent by Find)\n";
    assert_eq!(told(&diff(&old, &new, "layout = 'file'")), expected);
}

#[test]
fn the_casing_of_a_document_makes_no_difference() {
    let read = |casing: &str| -> Value {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/10.1.5");
        let text = std::fs::read_to_string(format!("{folder}/types.{casing}.metadata.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    for casing in ["st-pascal", "snake"] {
        let told: Vec<String> =
            diff(&read("st-camel"), &read(casing), "").changes.iter().map(ToString::to_string).collect();
        assert_eq!(told, Vec::<String>::new(), "{casing}");
    }
}
