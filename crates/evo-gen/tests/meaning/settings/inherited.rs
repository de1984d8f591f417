//! Settings about members that base classes declare.

use serde_json::{Value, json};

use crate::document::{class, derived, operation};
use crate::made::{call, definition, generate, make_with, try_generate};

/// An abstract class, a class that is returned as itself or as a derived class, and a generic class.
fn document() -> Value {
    let mut animal = class("Animal", &["Name: String", "Tags: List<String>"]);
    animal["isAbstract"] = json!(true);
    let mut tag = class("Tag`1", &["Value: T"]);
    tag["genericArgs"] = json!(["T"]);
    let mut number = derived("NumberTag", "Tag", &[]);
    number["inherits"] = json!({ "name": "Tag`1", "namespace": "Shop", "genericArgs": ["Int32"] });
    let zoo = class("Zoo", &["Animal: Animal", "Vehicle: Vehicle", "Tag: NumberTag"]);
    json!({
        "types": [
            animal, derived("Dog", "Animal", &["Breed: String"]), derived("Puppy", "Dog", &[]),
            class("Vehicle", &["Wheels: Int32 value"]), derived("Car", "Vehicle", &[]), tag, number, zoo,
        ],
        "operations": [operation("Visit", "GET", &[], "Zoo")],
    })
}

#[test]
fn a_member_is_renamed_in_all_classes_that_inherit_it() {
    let renamed = "rename = { 'Shop.Animal.Name' = 'called', 'Shop.Vehicle.Wheels' = 'wheel_count', 'Shop.Tag.Value' = 'content' }";
    let text = generate(&document(), renamed);
    for (class, expected) in [
        ("AnimalBase", "record!(AnimalBase { called: \"Name\", tags: \"Tags\" });"),
        ("Dog", "record!(Dog { breed: \"Breed\", called: \"Name\", tags: \"Tags\" });"),
        ("Puppy", "record!(Puppy { breed: \"Breed\", called: \"Name\", tags: \"Tags\" });"),
        ("Vehicle", "record!(Vehicle { wheel_count: \"Wheels\" });"),
        ("Car", "record!(Car { wheel_count: \"Wheels\" });"),
        ("NumberTag", "record!(NumberTag { content: \"Value\" });"),
    ] {
        assert_eq!(call(&text, &format!("record!({class} ")), expected);
    }
    // The enums over these classes keep their methods.
    assert_eq!(
        call(&text, "variant_members!(pub Animal"),
        "variant_members!(pub Animal(Dog, Puppy) else Other { called?: String, tags: Vec<String> });"
    );

    // The entry about the class itself takes precedence.
    let text = generate(&document(), "rename = { 'Shop.Animal.Name' = 'called', 'Shop.Dog.Name' = 'name' }");
    let record = |class: &str| call(&text, &format!("record!({class} "));
    assert_eq!(record("Dog"), "record!(Dog { breed: \"Breed\", name: \"Name\", tags: \"Tags\" });");
    assert_eq!(record("Puppy"), "record!(Puppy { breed: \"Breed\", called: \"Name\", tags: \"Tags\" });");
}

#[test]
fn other_settings_are_about_all_classes_that_inherit_a_member() {
    let text = "null_items = ['Shop.Animal.Tags']
        secret = ['Shop.Vehicle.Wheels']
        [optional]
        'Shop.Animal.Name' = false
        'Shop.Vehicle.Wheels' = true
        [attributes]
        'Shop.Vehicle.Wheels' = ['#[doc(alias = \"tyres\")]']";
    let made = make_with(&document(), text).unwrap();
    for class in ["AnimalBase", "Dog", "Puppy"] {
        let fields = made.fields(class);
        assert!(fields.ends_with(&["name: String".to_owned(), "tags: Vec<Option<String>>".to_owned()]), "{fields:?}");
    }
    for class in ["Vehicle", "Car"] {
        assert_eq!(made.fields(class), ["wheels: Option<i32>"]);
        assert!(definition(&made.text, &format!("pub struct {class} ")).contains("alias = \"tyres\""), "{class}");
        assert!(call(&made.text, &format!("record!({class} ")).contains("secret \"Wheels\""), "{class}");
    }
}

#[test]
fn an_entry_that_overrides_another_changes_something() {
    for entries in [
        "optional = { 'Shop.*' = false, 'Shop.Dog.Breed' = true }",
        "optional = { 'Shop.*.Wheels' = true, 'Shop.Car.Wheels' = false }",
        "optional = { 'Shop.Vehicle.Wheels' = true, 'Shop.Car.Wheels' = false }",
        "rename = { 'Shop.*.Name' = 'called', 'Shop.Dog.Name' = 'name' }",
        "rename = { 'Shop.Animal.Name' = 'called', 'Shop.Puppy.Name' = 'name' }",
    ] {
        assert_eq!(try_generate(&document(), entries).err(), None, "{entries}");
    }
    assert_eq!(
        try_generate(&document(), "optional = { 'Shop.*.Wheels' = false, 'Shop.Car.Wheels' = false }").unwrap_err(),
        "`Shop.Car.Wheels` of `optional` changes nothing; leave it out: the code is the same without it"
    );
}
