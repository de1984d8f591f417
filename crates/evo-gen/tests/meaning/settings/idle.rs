//! Entries of settings that match something but change nothing are errors.

use serde_json::{Value, json};

use crate::document::{class, derived, operation};
use crate::made::{lower, settings, try_generate};

fn document() -> Value {
    let pet =
        class("Pet", &["Name: String", "Age: Int32 value", "Born: DateTime?", "AccessToken: String", "_name: String"]);
    let tag = with_parameter(class("Tag`1", &["Value: T"]));
    let find = operation("FindPet", "POST", &["Name: String", "Age: Int32 value"], "Pet");
    json!({ "types": [pet, tag, derived("Dog", "Pet", &[]), class("Size", &["Width: Int32 value"])], "operations": [find] })
}

fn with_parameter(mut class: Value) -> Value {
    class["genericArgs"] = json!(["T"]);
    class
}

#[test]
fn entries_that_change_nothing_are_errors() {
    let optional = "leave it out: the code is the same without it";
    let rename = "leave it out: this is the name without it";
    let secret = "leave it out: its name says that it is a secret";
    let class = "name a class that others derive from, and whose values the service returns";
    for (entry, name, setting, help) in [
        ("optional.'Shop.Pet.Name' = true", "Shop.Pet.Name", "optional", optional),
        ("optional.'Shop.Pet.Born' = true", "Shop.Pet.Born", "optional", optional),
        ("optional.'Shop.Pet.Age' = false", "Shop.Pet.Age", "optional", optional),
        ("optional.'Shop.FindPet.*' = true", "Shop.FindPet.*", "optional", optional),
        ("rename.'Shop.Pet' = 'Pet'", "Shop.Pet", "rename", rename),
        ("rename.'Shop.Tag`1' = 'Tag'", "Shop.Tag`1", "rename", rename),
        ("rename.'Shop.Pet.Age' = 'age'", "Shop.Pet.Age", "rename", rename),
        ("rename.'Shop/*' = ''", "Shop/*", "rename", rename),
        ("secret = ['Shop.Pet.AccessToken']", "Shop.Pet.AccessToken", "secret", secret),
        ("sealed = ['Shop.Dog']", "Shop.Dog", "sealed", class),
        ("sealed = ['Shop.Size']", "Shop.Size", "sealed", class),
        ("type_names = ['Shop.Size']", "Shop.Size", "type_names", class),
        ("derive.'Shop.Pet' = ['Clone', 'std::fmt::Debug']", "Shop.Pet", "derive", optional),
        ("derive.'Shop.Size' = ['Eq', 'Hash']", "Shop.Size", "derive", optional),
    ] {
        let expected = format!("`{name}` of `{setting}` changes nothing; {help}");
        assert_eq!(try_generate(&document(), entry).unwrap_err(), expected, "{entry}");
    }
}

#[test]
fn entries_that_change_something_anywhere_are_none() {
    for entry in [
        "optional.'Shop.*.Name' = false",
        "optional.'Shop.*.Age' = true",
        "rename.'Shop.Pet._name' = 'name'",
        "rename.'Shop/*' = 'shop'",
        "secret = ['Shop.Pet.*']",
        "sealed = ['Shop.*']",
        "derive.'Shop.*' = ['Hash']",
        "derive.'Shop.Pet' = ['Clone', 'Hash']",
        "derive.'Shop.Pet' = ['serde::Serialize']",
    ] {
        assert_eq!(try_generate(&document(), entry).err(), None, "{entry}");
    }
}

/// An entry that changed a name in an earlier run is not an error in the next run.
#[test]
fn a_name_that_an_earlier_run_gave_stays_renamed() {
    let with = settings("rename.'Shop.Pet' = 'Animal'");
    let (first, _) = lower(&document(), &with).unwrap();
    let mut diagnostics = evo_gen::diagnostics::Diagnostics::default();
    let types = evo_gen::metadata::read_value(&document(), &mut diagnostics).unwrap();
    let second = evo_gen::lower::lower(&types, None, &with, &first.names, &mut diagnostics).unwrap();
    assert_eq!(first.names, second.names);
    let back = settings("rename.'Shop.Pet' = 'Pet'");
    let third = evo_gen::lower::lower(&types, None, &back, &second.names, &mut diagnostics).unwrap();
    let fourth = evo_gen::lower::lower(&types, None, &back, &third.names, &mut diagnostics).unwrap();
    assert_eq!(third.names, fourth.names);
}
