//! Documents with extreme shapes: the time grows linearly with their size, or an error reports the limit.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]
#![expect(clippy::needless_pass_by_value, reason = "values are moved into documents")]

#[allow(dead_code, reason = "not used in every test")]
#[path = "conformance/made.rs"]
mod made;

use std::time::{Duration, Instant};

use made::{get, make};
use serde_json::{Value, json};

fn class(name: &str, members: Vec<Value>) -> Value {
    json!({ "name": name, "namespace": "Q", "properties": members })
}

fn member(name: &str, ty: &str, args: &[&str]) -> Value {
    json!({ "name": name, "type": ty, "namespace": "Q", "genericArgs": args })
}

/// A response with one member.
fn holder(types: Vec<Value>, member: Value) -> Value {
    json!({ "types": types, "operations": [get("Get", &class("Holder", vec![member]))] })
}

fn members(count: usize) -> Value {
    let text = |number| json!({ "name": format!("Member{number}"), "type": "String", "namespace": "System" });
    holder(vec![class("Big", (0..count).map(text).collect())], member("It", "Big", &[]))
}

/// Names that have the same Rust name.
fn same_names(count: usize) -> Value {
    let text = |number| json!({ "name": format!("A{}B", "_".repeat(number)), "type": "String", "namespace": "System" });
    holder(vec![class("Big", (0..count).map(text).collect())], member("It", "Big", &[]))
}

fn values(count: usize, more: &Value) -> Value {
    let names: Vec<String> = (0..count).map(|number| format!("Value{number}")).collect();
    let mut big = json!({ "name": "Big", "namespace": "Q", "isEnum": true, "enumNames": names });
    for (key, value) in more.as_object().unwrap() {
        big[key] = value.clone();
    }
    holder(vec![big], json!({ "name": "It", "type": "Big", "namespace": "Q", "isEnum": true, "isValueType": true }))
}

/// Classes that each have a member of the next class, and the last one of the first.
fn cycle(count: usize) -> Value {
    let next = |number: usize| member("Next", &format!("C{}", (number + 1) % count), &[]);
    holder((0..count).map(|number| class(&format!("C{number}"), vec![next(number)])).collect(), member("It", "C0", &[]))
}

/// The same with generic classes, whose type arguments grow at each step.
fn growing_cycle(count: usize) -> Value {
    let generic = |number: usize| {
        let next = member("Next", &format!("C{}`1", (number + 1) % count), &["List<T>"]);
        let mut class = class(&format!("C{number}`1"), vec![next, member("Own", "T", &[])]);
        class["genericArgs"] = json!(["T"]);
        class
    };
    holder((0..count).map(generic).collect(), member("It", "C0`1", &["Int32"]))
}

/// Classes that derive from one class and have members of it.
fn derived(count: usize) -> Value {
    let mut base = class("Base", vec![member("Next", "Base", &[])]);
    base["isAbstract"] = json!(true);
    let below = |number| {
        let mut class = class(&format!("D{number}"), vec![member("Other", "Base", &[])]);
        class["inherits"] = json!({ "name": "Base", "namespace": "Q" });
        class
    };
    holder(std::iter::once(base).chain((0..count).map(below)).collect(), member("It", "Base", &[]))
}

/// The shortest of three runs.
fn time(document: &Value) -> Duration {
    let run = || {
        let start = Instant::now();
        make(document);
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

#[test]
fn the_time_grows_linearly() {
    let flags = json!({ "isEnumInt": true, "attributes": [{ "name": "Flags" }] });
    let shapes: [(&str, &dyn Fn(usize) -> Value); 7] = [
        ("members", &members),
        ("members with the same name", &same_names),
        ("values", &|count| values(count, &json!({}))),
        ("flags", &|count| values(count, &flags)),
        ("a cycle", &cycle),
        ("a growing cycle", &growing_cycle),
        ("derived classes", &derived),
    ];
    for (shape, document) in shapes {
        let (few, many) = (time(&document(200)), time(&document(800)));
        // Four times as much; quadratic growth would be sixteen times. A small constant is tolerated.
        assert!(many < few * 10 + Duration::from_millis(100), "{shape}: {few:?}, and {many:?} of four times as many");
    }
}

/// Runs with a small stack: nothing may recurse once per step of a chain.
#[test]
fn a_cycle_of_thousands_of_classes_needs_no_deep_stack() {
    for document in [cycle(5_000), growing_cycle(2_000), derived(2_000)] {
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        thread.spawn(move || make(&document)).unwrap().join().unwrap();
    }
}

#[test]
fn types_that_are_nested_too_deeply_are_any_json() {
    let generic = || {
        let mut class = class("Box`1", vec![member("Own", "T", &[])]);
        class["genericArgs"] = json!(["T"]);
        class
    };
    for (depth, expected) in [(20, "BoxDto<BoxDto<"), (60, "Option<Value>")] {
        let inner = format!("{}Int32{}", "Box<".repeat(depth - 1), ">".repeat(depth - 1));
        let made = make(&holder(vec![generic()], member("It", "Box`1", &[&inner])));
        assert!(made.field("Holder", "it").contains(expected), "{depth}: {}", made.field("Holder", "it"));
        let codes: Vec<&str> = made.remarks.iter().filter_map(|remark| remark.split(':').next()).collect();
        assert_eq!(codes, if depth == 20 { vec![] } else { vec!["EVO0025"] }, "{depth}");
    }
}
