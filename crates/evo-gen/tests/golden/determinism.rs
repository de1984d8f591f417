//! The same input results in the same bytes, regardless of the order of types, and names are kept when new ones are added.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::corpus::random::Random;
use crate::corpus::{Sample, samples};

/// Returns a list in a document, in any casing.
pub fn member<'a>(document: &'a mut Value, name: &str) -> Option<&'a mut Vec<Value>> {
    let members = document.as_object_mut()?;
    members.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.as_array_mut()
}

/// Returns the same value with the members of every object in reverse order.
pub fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_a_document_makes_no_difference() {
    // This document lists items twice, and the first one is used, so the order matters.
    for mut sample in samples().into_iter().filter(|sample| sample.name != "cases/listed-twice") {
        let expected = sample.generate(&BTreeMap::new()).generated;
        assert_eq!(sample.generate(&BTreeMap::new()).generated, expected, "{}: the same twice", sample.name);
        sample.document.types = reversed(&sample.document.types);
        for seed in 0..2 {
            let mut random = Random::new(seed);
            for name in ["types", "operations", "namespaces"] {
                if let Some(items) = member(&mut sample.document.types, name) {
                    random.shuffle(items);
                }
            }
            let generated = sample.generate(&BTreeMap::new()).generated;
            assert_eq!(generated.names, expected.names, "{}: seed {seed}", sample.name);
            assert_eq!(generated.files.len(), expected.files.len(), "{}: seed {seed}", sample.name);
            for (file, other) in generated.files.iter().zip(&expected.files) {
                assert_eq!(file.path, other.path, "{}: seed {seed}", sample.name);
                let lines = file.text.lines().zip(other.text.lines());
                let differing = lines.enumerate().find(|(_, (line, other))| line != other);
                assert_eq!(differing, None, "{}: seed {seed}, in {}", sample.name, file.path);
                assert_eq!(file.text.len(), other.text.len(), "{}: seed {seed}, in {}", sample.name, file.path);
            }
        }
    }
}

/// Adds items to a document that compete for names: for each type, member and value, one with the same Rust name that is sorted first;
/// and a namespace that shares no prefix with the others.
fn crowded(sample: &mut Sample) {
    let document = &mut sample.document.types;
    let mut added = Vec::new();
    for list in ["types", "operations"] {
        for entry in member(document, list).into_iter().flatten() {
            let class = if list == "types" { Some(entry) } else { entry.get_mut("request") };
            let Some(class) = class.filter(|class| class["name"].is_string()) else { continue };
            for (list, is_value) in [("properties", false), ("enumNames", true)] {
                let Some(names) = class.get_mut(list).and_then(Value::as_array_mut) else { continue };
                let first = if is_value { names.first() } else { names.first().and_then(|name| name.get("name")) };
                let Some(first) = first.and_then(Value::as_str) else { continue };
                let rival = first.to_uppercase();
                let is_there = names.iter().any(|name| name.get("name").unwrap_or(name) == rival.as_str());
                // The numbers of an enum are in a separate list.
                let is_numbered = is_value && class.get("enumValues").is_some();
                if !is_there && !is_numbered {
                    let rival = if is_value {
                        json!(rival)
                    } else {
                        json!({ "name": rival, "type": "String", "namespace": "System" })
                    };
                    class[list].as_array_mut().unwrap().insert(0, rival);
                }
            }
            let rival = class["name"].as_str().unwrap().to_uppercase();
            if class["name"] != rival.as_str() && class.get("genericArgs").is_none() {
                added.push(json!({ "name": rival, "namespace": class["namespace"] }));
            }
            added.push(json!({ "name": class["name"], "namespace": "Aaa.New", "genericArgs": class["genericArgs"] }));
        }
    }
    if let Some(types) = member(document, "types") {
        for rival in added {
            let is_there = |class: &Value| class["name"] == rival["name"] && class["namespace"] == rival["namespace"];
            if !types.iter().any(is_there) {
                types.insert(0, rival);
            }
        }
    }
}

#[test]
fn names_are_kept_when_items_are_added() {
    for mut sample in samples() {
        let before = sample.generate(&BTreeMap::new()).generated;
        let again = sample.generate(&before.names).generated;
        assert!(again == before, "{}: names differ with those of the same document", sample.name);
        crowded(&mut sample);
        let after = sample.generate(&before.names).generated;
        // A type that has become ambiguous may be removed, and its names with it.
        let is_renamed = |(key, name): &(&String, &String)| after.names.get(*key).is_some_and(|now| now != *name);
        let changed: Vec<_> = before.names.iter().filter(is_renamed).collect();
        assert_eq!(changed, Vec::<(&String, &String)>::new(), "{}", sample.name);
        if sample.name == "evo-voice" {
            assert!(
                after.names.len() > before.names.len() + 100,
                "{} names came",
                after.names.len() - before.names.len()
            );
        }
    }
}
