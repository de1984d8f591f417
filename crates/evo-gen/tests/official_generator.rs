//! Documents that ServiceStack's own generator for Rust makes code of that does not compile, or that loses what hosts send. The
//! other defects of its kind are shown by the cases beside this one, and by the tests of evo-runtime.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use evo_gen::Generator;

/// The code that is made of the case, on one line, without documentation.
fn code() -> String {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases/official-generator/metadata.json");
    let files = Generator::new().file(case).generate().unwrap().files;
    let root = files.into_iter().find(|file| file.path == "mod.rs").unwrap();
    let lines = root.text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_it_gets_wrong_is_right() {
    let code = code();
    for (defect, expected) in [
        (
            "a discriminant is lost beside an [EnumMember]",
            r#"Renamed: "Renamed" as "re-named" = 8, Plain: "Plain" = 9"#,
        ),
        ("variants are called like keywords", r#"Self_: "self" = 0, Self2: "Self" = 1, Type: "type" = 2"#),
        ("a base class has a map with keys that are no text", "pub by_number: BTreeMap<i32, String>"),
        (
            "a member is called like the base class",
            "pub struct Truck { pub vehicle: Option<AnyVehicle>, pub wheels: i32, }",
        ),
        ("a collection in arguments is no list", "pub sets: Vec<Vec<i32>>"),
        ("the keys of a map are floats", "pub by_price: BTreeMap<String, i32>"),
        ("a generic class uses its parameter in its base alone", "pub struct QueryDb<TRow> { pub rows: Vec<TRow>, }"),
        ("a version that nobody set is sent as 0", "pub version: Option<i32>"),
        ("a class is nested in a generic one", "pub struct Inner<T> { pub value: Option<T>, }"),
        ("and is used with arguments", "pub inner: Option<Inner<i32>>"),
    ] {
        assert!(code.contains(expected), "{defect}: {expected} is not in\n{code}");
    }
}
