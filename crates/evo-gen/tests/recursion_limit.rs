//! Types that are nested more deeply than rustc supports by default.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

#[allow(dead_code, reason = "not used in every test")]
#[path = "conformance/made.rs"]
mod made;

use made::{Made, make};
use serde_json::{Value, json};

/// A service whose response is the first of these types. `members` returns the members of each type.
fn service(count: usize, members: impl Fn(usize) -> Vec<Value>) -> Made {
    let types = (0..count)
        .map(|number| json!({ "name": format!("T{number}"), "namespace": "Shop", "properties": members(number) }));
    let returns = json!({ "name": "T0", "namespace": "Shop" });
    let operation =
        json!({ "request": { "name": "Read", "namespace": "Shop" }, "method": "GET", "returnType": returns });
    make(&json!({ "types": types.collect::<Vec<_>>(), "operations": [operation] }))
}

fn member(name: &str, ty: &str, args: &[String]) -> Value {
    let namespace = if args.is_empty() { "Shop" } else { "System.Collections.Generic" };
    json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": args })
}

/// Types that each have a member of the next type.
fn chain(count: usize, ty: &str, args: impl Fn(String) -> Vec<String>) -> Made {
    service(count, |number| match number + 1 {
        next if next < count && args(String::new()).is_empty() => vec![member("Next", &format!("T{next}"), &[])],
        next if next < count => vec![member("Next", ty, &args(format!("T{next}")))],
        _ => Vec::new(),
    })
}

#[test]
fn the_limit_grows_with_the_longest_chain() {
    let dictionaries = |count| chain(count, "Dictionary`2", |next| vec!["String".to_owned(), next]);
    let lists = |count| chain(count, "List`1", |next| vec![next]);
    let plain = |count| chain(count, "", |_| Vec::new());
    for (made, expected) in [
        (dictionaries(20), None),
        (dictionaries(43), Some(256)),
        (dictionaries(120), Some(1024)),
        (lists(20), None),
        (lists(65), Some(512)),
        (plain(40), None),
        (plain(120), Some(512)),
    ] {
        assert_eq!(made.api.recursion_limit, expected);
        let line = expected.map(|limit| format!("#![recursion_limit = \"{limit}\"]"));
        let remarks = made.remarks.iter().filter(|remark| remark.starts_with("EVO0067"));
        let told: Vec<bool> = remarks.map(|remark| line.iter().all(|line| remark.contains(line))).collect();
        assert_eq!(told, vec![true; line.iter().count()], "{:?}", made.remarks);
        // The front page contains it too.
        let page = made.text.replace("\n//! ", " ");
        assert_eq!(line.iter().filter(|line| page.contains(*line)).count(), line.iter().count());
    }
}

#[test]
fn all_types_in_a_cycle_count() {
    let entities = |count: usize| {
        service(count, |number| {
            vec![
                member("Next", &format!("T{}", (number + 1) % count), &[]),
                member("Others", "List`1", &[format!("T{}", (number * 7 + 3) % count)]),
            ]
        })
    };
    assert_eq!(entities(15).api.recursion_limit, None);
    assert_eq!(entities(400).api.recursion_limit, Some(2048));
}

#[test]
fn types_count_only_once() {
    // Each type has members of the next two types: the longest chain contains each type once.
    let made = service(25, |number| {
        let next = [number + 1, number + 2].into_iter().filter(|next| *next < 25);
        next.map(|next| member(&format!("M{next}"), &format!("T{next}"), &[])).collect()
    });
    assert_eq!(made.api.recursion_limit, None);
}
