//! Builds small documents from parts that look like C#.
#![allow(dead_code, reason = "not used in every test")]

use serde_json::{Value, json};

/// A class of members such as `Id: Int32 value` or `Name: String required`.
pub fn class(name: &str, members: &[&str]) -> Value {
    let members: Vec<Value> = members.iter().map(|text| member(text)).collect();
    json!({ "name": name, "namespace": "Shop", "properties": members })
}

/// A class that derives from another one.
pub fn derived(name: &str, base: &str, members: &[&str]) -> Value {
    with(class(name, members), "/inherits", named(base))
}

/// An enum of names, with numbers from 0.
pub fn choice(name: &str, values: &[&str]) -> Value {
    json!({ "name": name, "namespace": "Shop", "isEnum": true, "enumNames": values })
}

/// A `[Flags]` enum of names and numbers.
pub fn flags(name: &str, values: &[(&str, u32)]) -> Value {
    let (names, numbers): (Vec<&str>, Vec<String>) =
        values.iter().map(|(name, number)| (*name, number.to_string())).unzip();
    json!({ "name": name, "namespace": "Shop", "isEnum": true, "isEnumInt": true, "attributes": [{ "name": "Flags" }],
        "enumNames": names, "enumValues": numbers })
}

/// An operation with members as in [`class`], and the name of the type that it returns: a class of the namespace, or a .NET type.
pub fn operation(name: &str, verb: &str, members: &[&str], returns: &str) -> Value {
    let mut operation = json!({ "request": class(name, members), "method": verb, "actions": [verb], "routes": [] });
    if returns == "nothing" {
        operation["returnsVoid"] = json!(true);
    } else if !returns.is_empty() {
        operation["returnType"] = named(returns);
    }
    operation
}

/// A part with an additional member, or another value for an existing one.
pub fn with(mut part: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = part.pointer_mut(parent).unwrap();
    match parent {
        Value::Object(members) => _ = members.insert(key.to_owned(), value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer} leads nowhere"),
    }
    part
}

/// A reference to a type: `List<Pet>` refers to a .NET type, and `Pet` to a type of the service.
fn named(text: &str) -> Value {
    if let Some((namespace, name)) = text.rsplit_once('.') {
        return json!({ "name": name, "namespace": namespace });
    }
    let namespace = match text {
        "IHttpFile" => "ServiceStack.Web",
        "Stream" => "System.IO",
        "Boolean" | "Byte[]" | "DateTime" | "DateTimeOffset" | "Decimal" | "Double" | "Int32" | "Int64" | "Object"
        | "String" | "UInt32" | "Uri" => "System",
        _ => "Shop",
    };
    match text.split_once('<') {
        Some((name, args)) => {
            let args: Vec<&str> = args.trim_end_matches('>').split(',').collect();
            let namespace = if name == "Page" { "Shop" } else { "System.Collections.Generic" };
            json!({ "name": format!("{name}`{}", args.len()), "namespace": namespace, "genericArgs": args })
        }
        None => json!({ "name": text, "namespace": namespace }),
    }
}

fn member(text: &str) -> Value {
    let mut words = text.split(' ');
    let name = words.next().unwrap().trim_end_matches(':');
    let type_name = words.next().unwrap();
    let mut member = match type_name.strip_suffix('?') {
        Some(inner) => json!({ "name": name, "type": "Nullable`1", "namespace": "System", "genericArgs": [inner] }),
        None => {
            let named = named(type_name);
            let mut member = json!({ "name": name, "type": named["name"], "namespace": named["namespace"] });
            if let Some(args) = named.get("genericArgs") {
                member["genericArgs"] = args.clone();
            }
            member
        }
    };
    for word in words {
        match word {
            "value" => member["isValueType"] = json!(true),
            "enum" => (member["isValueType"], member["isEnum"]) = (json!(true), json!(true)),
            "required" => member["isRequired"] = json!(true),
            other => panic!("{other} in {text}"),
        }
    }
    member
}

/// A document with operations and types.
pub fn document(operations: &[Value], types: &[Value]) -> Value {
    json!({ "operations": operations, "types": types })
}
