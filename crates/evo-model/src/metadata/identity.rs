//! The .NET name of the element that a JSON pointer refers to.

use serde_json::Value;

use crate::facts::member;

/// Returns the name of the type, member, operation or enum value that `pointer` refers to or points into: `Shop.Pet`, `Shop.Pet.Name`. It
/// is empty if nothing along the path has a name.
#[must_use]
pub fn identity(document: &Value, pointer: &str) -> String {
    let mut steps = pointer.split('/').skip(1);
    let (Some(list), Some(index)) = (steps.next(), steps.next()) else { return String::new() };
    let Some(entry) = step(document, list).and_then(|list| step(list, index)) else { return String::new() };
    if list.eq_ignore_ascii_case("types") {
        return of_type(entry, steps);
    }
    if !list.eq_ignore_ascii_case("operations") {
        return String::new();
    }
    let mut inside = steps.clone();
    let within = inside.next().filter(|name| ["request", "response"].iter().any(|own| name.eq_ignore_ascii_case(own)));
    match within.and_then(|name| step(entry, name)) {
        Some(definition) => of_type(definition, inside),
        // Routes, responses and everything else belong to the operation, which has the name of its request.
        None => member(entry, "request").map(full_name).unwrap_or_default(),
    }
}

/// Returns the name of a type, or of the member that the steps refer to.
fn of_type<'a>(definition: &Value, mut steps: impl Iterator<Item = &'a str>) -> String {
    let name = full_name(definition);
    let inner = steps.next().zip(steps.next()).and_then(|(list, index)| {
        let entry = step(step(definition, list)?, index)?;
        if list.eq_ignore_ascii_case("properties") {
            return text(entry, "name");
        }
        let is_value = list.to_ascii_lowercase().replace('_', "").starts_with("enum");
        let values = member(definition, "enumNames").filter(|_| is_value)?;
        step(values, index)?.as_str()
    });
    match inner.filter(|inner| !inner.is_empty() && !name.is_empty()) {
        Some(inner) => format!("{name}.{inner}"),
        None => name,
    }
}

/// Returns the full name of a type.
fn full_name(definition: &Value) -> String {
    let name = text(definition, "name").unwrap_or_default();
    match text(definition, "namespace").filter(|namespace| !namespace.is_empty() && !name.is_empty()) {
        Some(namespace) => format!("{namespace}.{name}"),
        None => name.to_owned(),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    member(value, name)?.as_str()
}

/// Follows one step of a JSON pointer.
fn step<'a>(value: &'a Value, step: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(&step.replace("~1", "/").replace("~0", "~")),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pointers_lead_to_names() {
        let document = json!({
            "namespaces": ["Shop"],
            "types": [
                { "name": "Pet", "namespace": "Shop", "properties": [{ "name": "Name", "type": "String" }, {}] },
                { "name": "Kind", "namespace": "", "enumNames": ["Cat", "Dog"], "enumValues": ["1", "x"] },
                { "namespace": "Shop", "properties": [{ "name": "Lost" }] },
            ],
            "operations": [{
                "request": { "name": "Find", "namespace": "Shop.Api", "properties": [{ "name": "Id" }] },
                "response": { "name": "Pet`1", "namespace": "Shop", "properties": [{ "name": "Item" }] },
                "routes": [{ "path": "/pets" }],
            }, { "Request": { "Name": "Seek", "Namespace": "Shop" } }],
        });
        for (pointer, expected) in [
            ("/types/0", "Shop.Pet"),
            ("/types/0/properties", "Shop.Pet"),
            ("/types/0/properties/0", "Shop.Pet.Name"),
            ("/types/0/properties/0/type", "Shop.Pet.Name"),
            ("/types/0/properties/1", "Shop.Pet"),
            ("/types/1/enumValues/1", "Kind.Dog"),
            ("/types/2/properties/0", ""),
            ("/operations/0", "Shop.Api.Find"),
            ("/operations/0/routes/0/path", "Shop.Api.Find"),
            ("/operations/0/request/properties/0", "Shop.Api.Find.Id"),
            ("/operations/0/response", "Shop.Pet`1"),
            ("/operations/0/response/properties/0", "Shop.Pet`1.Item"),
            ("/operations/1/Request", "Shop.Seek"),
            ("/operations/1", "Shop.Seek"),
            ("/operations/7", ""),
            ("/types/x", ""),
            ("/namespaces/0", ""),
            ("/types", ""),
            ("", ""),
            ("https://x.org/types/0", ""),
        ] {
            assert_eq!(identity(&document, pointer), expected, "{pointer}");
        }
    }
}
