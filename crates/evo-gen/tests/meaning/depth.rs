//! Documents with extreme shapes. The bench `generate` measures that the time grows linearly with their size.

use serde_json::{Value, json};

use crate::made::make;
use crate::shapes::{class, cycle, derived, growing_cycle, holder, member, members, same_names, values};

#[test]
fn every_item_of_a_large_document_is_generated() {
    const COUNT: usize = 800;
    let flags = json!({ "isEnumInt": true, "attributes": [{ "name": "Flags" }] });
    let items = |document: &Value| make(document).written().len();
    assert_eq!(make(&members(COUNT)).fields("Big").len(), COUNT);
    let fields: std::collections::BTreeSet<String> = make(&same_names(COUNT)).fields("Big").into_iter().collect();
    assert_eq!(fields.len(), COUNT, "members with the same name are told apart");
    for values in [values(COUNT, &json!({})), values(COUNT, &flags)] {
        let text = make(&values).text;
        assert_eq!((0..COUNT).find(|number| !text.contains(&format!("\"Value{number}\""))), None);
    }
    for document in [cycle(COUNT), growing_cycle(COUNT), derived(COUNT)] {
        assert!(items(&document) > COUNT, "{}", items(&document));
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
        let mut class = class("Box`1", &[member("Own", "T", &[])]);
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
