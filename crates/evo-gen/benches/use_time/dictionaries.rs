//! Adds dictionaries to a document.

use serde_json::{Value, json};

/// Adds a member to every class that is not generic: a dictionary whose values are of that class.
pub fn add(document: &mut Value) {
    items(document, "types").for_each(add_to);
    for operation in items(document, "operations") {
        for key in ["request", "response"] {
            operation.get_mut(key).into_iter().for_each(add_to);
        }
    }
}

fn items<'a>(document: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    document.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

fn add_to(class: &mut Value) {
    if class.get("isEnum").is_some() || class.get("isGenericTypeDef").is_some() {
        return;
    }
    let Some(name) = class.get("name").and_then(Value::as_str).map(str::to_owned) else { return };
    let Some(members) = class.get_mut("properties").and_then(Value::as_array_mut) else { return };
    members.push(json!({
        "name": format!("{name}ByKey"), "type": "Dictionary`2", "namespace": "System.Collections.Generic", "genericArgs": ["String", name],
    }));
}
