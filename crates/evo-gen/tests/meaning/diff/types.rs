//! Changes of types in every direction: the type is received as the response of `Find`, sent as a member of `Add`, or both.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{diff, told};
use crate::document::{choice, class, derived, document, flags, operation, with};

/// The name of a change, and the types before and after it. The first type is the one that is sent or received.
type Case = (&'static str, Vec<Value>, Vec<Value>);

fn members() -> Vec<Case> {
    let pet = |members: &[&str]| vec![class("Pet", members)];
    let described = |text: &str| vec![with(class("Pet", &["Name: String"]), "/properties/0/description", json!(text))];
    let travels_as =
        |name: &str| vec![with(class("Pet", &["Name: String"]), "/properties/0/dataMember", json!({ "name": name }))];
    vec![
        ("nothing", pet(&["Name: String"]), pet(&["Name: String"])),
        ("the order of members", pet(&["Id: String", "Name: String"]), pet(&["Name: String", "Id: String"])),
        ("a member comes", pet(&["Name: String"]), pet(&["Name: String", "Age: Int32 value"])),
        ("a required member comes", pet(&["Name: String"]), pet(&["Name: String", "Age: Int32 value required"])),
        ("a member goes", pet(&["Name: String", "Age: Int32 value"]), pet(&["Name: String"])),
        ("a member becomes required", pet(&["Name: String"]), pet(&["Name: String required"])),
        ("a member is no longer required", pet(&["Name: String required"]), pet(&["Name: String"])),
        ("a member is called otherwise", pet(&["Name: String"]), pet(&["Title: String"])),
        ("the case of a name", pet(&["UserID: String"]), pet(&["UserId: String"])),
        ("the case of a name, which Rust shows", pet(&["Userid: String"]), pet(&["UserId: String"])),
        ("the name on the wire", pet(&["Name: String"]), travels_as("title")),
        ("the case of the name on the wire", travels_as("TITLE"), travels_as("title")),
        ("a description", described("What it is called."), described("Its name.")),
        ("an integer is widened", pet(&["Age: Int32 value"]), pet(&["Age: Int64 value"])),
        ("an integer is narrowed", pet(&["Age: Int64 value"]), pet(&["Age: Int32 value"])),
        ("a signed integer becomes unsigned", pet(&["Age: Int32 value"]), pet(&["Age: UInt32 value"])),
        ("a value becomes nullable", pet(&["Age: Int32 value"]), pet(&["Age: Int32? value"])),
        ("a value is no longer nullable", pet(&["Age: Int32? value"]), pet(&["Age: Int32 value"])),
        ("a text becomes a number", pet(&["Age: String"]), pet(&["Age: Int32 value"])),
        ("one becomes many", pet(&["Name: String"]), pet(&["Name: List<String>"])),
        ("many become one", pet(&["Name: List<String>"]), pet(&["Name: String"])),
        ("another list of .NET", pet(&["Names: List<String>"]), pet(&["Names: HashSet<String>"])),
        ("another text of .NET", pet(&["Home: String"]), pet(&["Home: Uri"])),
        ("a date gets a zone", pet(&["Born: DateTime value"]), pet(&["Born: DateTimeOffset value"])),
        ("a secret by its name", pet(&["Note: String"]), pet(&["Password: String"])),
    ]
}

fn enums() -> Vec<Case> {
    let pet = |kind: &str, own: Value| vec![class("Pet", &[&format!("Kind: {kind}")]), own];
    let of = |values: &[&str]| pet("Kind enum", choice("Kind", values));
    let numbered = |numbers: &[&str]| {
        let own = with(choice("Kind", &["Cat", "Dog"]), "/enumValues", json!(numbers));
        pet("Kind enum", own)
    };
    let called = |name: &str| {
        let own = with(choice("Kind", &["Cat", "Dog"]), "/enumMemberValues", json!(["cat", name]));
        pet("Kind enum", own)
    };
    let counted = |numbers: &[&str]| {
        let own = with(choice("Kind", &["Cat", "Dog"]), "/enumValues", json!(numbers));
        pet("Kind enum", with(own, "/isEnumInt", json!(true)))
    };
    let described = |text: &str| {
        let own = with(choice("Kind", &["Cat", "Dog"]), "/enumDescriptions", json!([text, "Barks."]));
        pet("Kind enum", own)
    };
    let rights = |values: &[(&str, u32)]| pet("Rights enum", flags("Rights", values));
    vec![
        ("a value comes", of(&["Cat", "Dog"]), of(&["Cat", "Dog", "Fish"])),
        ("a value goes", of(&["Cat", "Dog", "Fish"]), of(&["Cat", "Fish"])),
        ("a value is called otherwise", of(&["Cat", "Dog"]), of(&["Cat", "Hound"])),
        ("another value is the first", of(&["Cat", "Dog"]), of(&["Dog", "Cat"])),
        ("the number of a value", numbered(&["0", "1"]), numbered(&["0", "2"])),
        ("the number of a value that travels as a number", counted(&["0", "1"]), counted(&["0", "2"])),
        ("names become numbers", numbered(&["0", "1"]), counted(&["0", "1"])),
        ("the name of a value on the wire", called("dog"), called("hound")),
        ("the description of a value", described("Purrs."), described("Meows.")),
        ("text becomes an enum", vec![class("Pet", &["Kind: String"])], of(&["Cat", "Dog"])),
        ("an enum becomes text", of(&["Cat", "Dog"]), vec![class("Pet", &["Kind: String"])]),
        ("a flag comes", rights(&[("Read", 1)]), rights(&[("Read", 1), ("Write", 2)])),
        ("a flag goes", rights(&[("Read", 1), ("Write", 2)]), rights(&[("Read", 1)])),
        ("the number of a flag", rights(&[("Read", 1), ("Write", 2)]), rights(&[("Read", 1), ("Write", 4)])),
        (
            "an enum becomes flags",
            pet("Kind enum", choice("Kind", &["Cat", "Dog"])),
            pet("Kind enum", flags("Kind", &[("Cat", 1), ("Dog", 2)])),
        ),
    ]
}

fn classes() -> Vec<Case> {
    let pet = || class("Pet", &["Name: String", "Owner: Owner"]);
    let in_namespace =
        |name: &str| with(class("Owner", &["Name: String", "Age: Int32 value"]), "/namespace", json!(name));
    let member_of = |namespace: &str| with(pet(), "/properties/1/namespace", json!(namespace));
    let abstracted = |part: Value| with(part, "/isAbstract", json!(true));
    let cat = || derived("Cat", "Pet", &["Lives: Int32 value"]);
    let dog = || derived("Dog", "Pet", &["Tricks: Int32 value"]);
    let animal = |members: &[&str]| class("Animal", members);
    let list_of = |item: &str| {
        let base = json!({ "name": "List`1", "namespace": "System.Collections.Generic", "genericArgs": [item] });
        with(class("Pet", &[]), "/inherits", base)
    };
    let page = |parameters: &[&str], members: &[&str]| {
        let name = format!("Page`{}", parameters.len());
        with(with(class(&name, members), "/genericArgs", json!(parameters)), "/isGenericTypeDef", json!(true))
    };
    vec![
        (
            "a type moves to another namespace",
            vec![member_of("Shop"), in_namespace("Shop")],
            vec![member_of("Shop.People"), in_namespace("Shop.People")],
        ),
        (
            "a type is called otherwise",
            vec![pet(), class("Owner", &["Name: String", "Age: Int32 value"])],
            vec![
                class("Pet", &["Name: String", "Owner: Person"]),
                class("Person", &["Name: String", "Age: Int32 value"]),
            ],
        ),
        ("a type comes", vec![class("Pet", &[])], vec![class("Pet", &[]), class("Owner", &["Name: String"])]),
        ("a type goes", vec![class("Pet", &[]), class("Owner", &["Name: String"])], vec![class("Pet", &[])]),
        ("a class becomes an enum", vec![class("Pet", &["Name: String"])], vec![choice("Pet", &["Cat", "Dog"])]),
        (
            "a class becomes abstract",
            vec![class("Pet", &["Name: String"]), cat()],
            vec![abstracted(class("Pet", &["Name: String"])), cat()],
        ),
        (
            "a class gets a derived class",
            vec![class("Pet", &["Name: String"])],
            vec![class("Pet", &["Name: String"]), cat()],
        ),
        (
            "a class of an abstract one comes",
            vec![abstracted(class("Pet", &["Name: String"])), cat()],
            vec![abstracted(class("Pet", &["Name: String"])), cat(), dog()],
        ),
        (
            "a class of an abstract one goes",
            vec![abstracted(class("Pet", &["Name: String"])), cat(), dog()],
            vec![abstracted(class("Pet", &["Name: String"])), cat()],
        ),
        (
            "a member of the base class goes: told once",
            vec![abstracted(class("Pet", &["Name: String", "Age: Int32 value"])), cat(), dog()],
            vec![abstracted(class("Pet", &["Name: String"])), cat(), dog()],
        ),
        (
            "a member of a base class that does not travel itself changes: told once",
            vec![derived("Pet", "Animal", &["Name: String"]), animal(&["Legs: Int32 value"])],
            vec![derived("Pet", "Animal", &["Name: String"]), animal(&["Legs: Int64 value"])],
        ),
        (
            "a class gets a base class",
            vec![class("Pet", &["Name: String"]), animal(&["Legs: Int32 value"])],
            vec![derived("Pet", "Animal", &["Name: String"]), animal(&["Legs: Int32 value"])],
        ),
        (
            "a class loses its base class, which others keep",
            vec![derived("Pet", "Animal", &["Name: String"]), animal(&["Legs: Int32 value"])],
            vec![class("Pet", &["Name: String"]), animal(&["Legs: Int32 value"])],
        ),
        (
            "a member moves to the base class: nothing",
            vec![derived("Pet", "Animal", &["Name: String", "Legs: Int32 value"]), animal(&[])],
            vec![derived("Pet", "Animal", &["Name: String"]), animal(&["Legs: Int32 value"])],
        ),
        ("a class that is a list holds something else", vec![list_of("String")], vec![list_of("Int32")]),
        (
            "a generic class gets a parameter",
            vec![class("Pet", &["Toys: Page<String>"]), page(&["T"], &["Item: T"])],
            vec![class("Pet", &["Toys: Page<String,Int32>"]), page(&["T", "U"], &["Item: T", "Other: U"])],
        ),
        (
            "a member can hold its own class",
            vec![class("Pet", &["Mother: String"])],
            vec![class("Pet", &["Mother: Pet"])],
        ),
        (
            "a type loses `Copy` and `Eq`",
            vec![class("Pet", &["Legs: Int32 value"])],
            vec![class("Pet", &["Legs: Int32 value", "Weight: Double value"])],
        ),
        (
            "the description of a type",
            vec![class("Pet", &["Name: String"])],
            vec![with(class("Pet", &["Name: String"]), "/description", json!("An animal."))],
        ),
    ]
}

/// The report of a case for each direction.
fn shown((what, old, new): &Case) -> String {
    let find = || operation("Find", "GET", &[], "Pet");
    let add = || operation("Add", "POST", &["Pet: Pet"], "nothing");
    let list = |types: &[Value]| {
        types.iter().flat_map(|part| ["  ".to_owned(), part.to_string(), "\n".to_owned()]).collect::<String>()
    };
    let mut text = format!("## {what}\n\nold:\n{}new:\n{}", list(old), list(new));
    let directions = [("received", vec![find()]), ("sent", vec![add()]), ("both", vec![find(), add()])];
    let told = directions.map(|(direction, operations)| {
        (direction, told(&diff(&document(&operations, old), &document(&operations, new), "")))
    });
    for (direction, told) in &told {
        write!(text, "{direction}:\n{told}").unwrap();
    }
    text + "\n"
}

fn all(cases: &[Case]) -> String {
    cases.iter().map(shown).collect()
}

#[test]
fn members_in_each_direction() {
    insta::assert_snapshot!("members", all(&members()));
}

#[test]
fn enums_in_each_direction() {
    insta::assert_snapshot!("enums", all(&enums()));
}

#[test]
fn classes_in_each_direction() {
    insta::assert_snapshot!("classes", all(&classes()));
}
