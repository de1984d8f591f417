//! Documents with extreme shapes, of any size.
#![allow(dead_code, reason = "not used in every test")]

use serde_json::{Value, json};

/// A class in the namespace `Q`.
pub fn class(name: &str, members: &[Value]) -> Value {
    json!({ "name": name, "namespace": "Q", "properties": members })
}

/// A member with a type in the namespace `Q` or a .NET type.
pub fn member(name: &str, ty: &str, args: &[&str]) -> Value {
    let namespace = match ty {
        "String" | "Int32" => "System",
        "List`1" | "Dictionary`2" => "System.Collections.Generic",
        _ => "Q",
    };
    json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": args })
}

/// A service whose operation `Get` returns a type.
fn service(types: &[Value], returned: &str) -> Value {
    let request = json!({ "name": "Get", "namespace": "Q" });
    let returns = json!({ "name": returned, "namespace": "Q" });
    json!({ "types": types, "operations": [{ "request": request, "method": "GET", "returnType": returns }] })
}

/// A service that returns a class with one member.
pub fn holder(mut types: Vec<Value>, member: Value) -> Value {
    types.push(class("Holder", &[member]));
    service(&types, "Holder")
}

/// A service that returns the first of this number of types, `T0` and so on. `members` returns the members of each of them.
pub fn chain(count: usize, members: impl Fn(usize) -> Vec<Value>) -> Value {
    let types: Vec<Value> = (0..count).map(|number| class(&format!("T{number}"), &members(number))).collect();
    service(&types, "T0")
}

/// Types that each have a member of the next one: as it is, or in a collection of .NET.
pub fn linked(count: usize, collection: &str) -> Value {
    chain(count, |number| {
        let next = format!("T{}", number + 1);
        match collection {
            _ if number + 1 == count => Vec::new(),
            "" => vec![member("Next", &next, &[])],
            "Dictionary`2" => vec![member("Next", collection, &["String", &next])],
            _ => vec![member("Next", collection, &[&next])],
        }
    })
}

/// A class with this number of members.
pub fn members(count: usize) -> Value {
    let text = |number| member(&format!("Member{number}"), "String", &[]);
    holder(vec![class("Big", &(0..count).map(text).collect::<Vec<_>>())], member("It", "Big", &[]))
}

/// Names that have the same Rust name.
pub fn same_names(count: usize) -> Value {
    let text = |number| member(&format!("A{}B", "_".repeat(number)), "String", &[]);
    holder(vec![class("Big", &(0..count).map(text).collect::<Vec<_>>())], member("It", "Big", &[]))
}

/// An enum with this number of values, with additional members of its description.
pub fn values(count: usize, more: &Value) -> Value {
    let names: Vec<String> = (0..count).map(|number| format!("Value{number}")).collect();
    let mut big = json!({ "name": "Big", "namespace": "Q", "isEnum": true, "enumNames": names });
    for (key, value) in more.as_object().into_iter().flatten() {
        big[key] = value.clone();
    }
    holder(vec![big], json!({ "name": "It", "type": "Big", "namespace": "Q", "isEnum": true, "isValueType": true }))
}

/// Classes that each have a member of the next class, and the last one of the first.
pub fn cycle(count: usize) -> Value {
    let next = |number: usize| member("Next", &format!("C{}", (number + 1) % count), &[]);
    holder((0..count).map(|number| class(&format!("C{number}"), &[next(number)])).collect(), member("It", "C0", &[]))
}

/// Like [`cycle`], but with generic classes, whose type arguments grow at each step.
pub fn growing_cycle(count: usize) -> Value {
    let generic = |number: usize| {
        let next = member("Next", &format!("C{}`1", (number + 1) % count), &["List<T>"]);
        let mut class = class(&format!("C{number}`1"), &[next, member("Own", "T", &[])]);
        class["genericArgs"] = json!(["T"]);
        class
    };
    holder((0..count).map(generic).collect(), member("It", "C0`1", &["Int32"]))
}

/// Classes that derive from one class and have members of it.
pub fn derived(count: usize) -> Value {
    let mut base = class("Base", &[member("Next", "Base", &[])]);
    base["isAbstract"] = json!(true);
    let below = |number| {
        let mut class = class(&format!("D{number}"), &[member("Other", "Base", &[])]);
        class["inherits"] = json!({ "name": "Base", "namespace": "Q" });
        class
    };
    holder(std::iter::once(base).chain((0..count).map(below)).collect(), member("It", "Base", &[]))
}
