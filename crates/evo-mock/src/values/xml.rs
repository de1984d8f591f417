//! Writes responses as XML: the elements of a `DataContractSerializer`, but without the namespaces of the service's types.

use super::Value;
use super::json_writer::Writer;
use crate::schema::{Shape, Type};

/// The XML declaration.
const START: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// Writes a document with a root element of this name.
pub(crate) fn write(writer: &Writer<'_>, root: &str, shape: &Shape, value: &Value) -> String {
    let mut out = START.to_owned();
    element(writer, root, shape, value, &mut out);
    out
}

fn element(writer: &Writer<'_>, name: &str, shape: &Shape, value: &Value, out: &mut String) {
    let name = element_name(name);
    if value.is_null() {
        out.extend(["<", name.as_str(), " i:nil=\"true\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" />"]);
        return;
    }
    out.extend(["<", name.as_str(), ">"]);
    content(writer, shape, value, out);
    out.extend(["</", name.as_str(), ">"]);
}

/// Converts any name to a valid element name.
fn element_name(name: &str) -> String {
    let name: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    if name.starts_with(|c: char| c.is_alphabetic() || c == '_') { name } else { format!("_{name}") }
}

fn content(writer: &Writer<'_>, shape: &Shape, value: &Value, out: &mut String) {
    match (shape, value) {
        (Shape::Nullable(inner) | Shape::Struct(inner) | Shape::Tuple(inner), _) => content(writer, inner, value, out),
        (Shape::List(item), Value::List(items)) => {
            let name = writer.schema.type_name(item);
            for value in items {
                element(writer, &name, item, value, out);
            }
        }
        (Shape::Map(_, item), Value::Object(pairs)) => {
            for (key, value) in pairs {
                out.push_str("<KeyValue>");
                element(writer, "Key", &Shape::Text, &Value::text(key.as_str()), out);
                element(writer, "Value", item, value, out);
                out.push_str("</KeyValue>");
            }
        }
        (Shape::Defined(id), _) => match (writer.schema.get(*id), value) {
            (Type::Record(record), Value::Object(_)) => {
                // DataContractSerializer sorts members by name.
                let mut members: Vec<_> = record.members.iter().collect();
                members.sort_by_key(|member| member.wire_name.as_ref().unwrap_or(&member.name));
                for member in members {
                    let value = value.get(&member.name).unwrap_or(&Value::Null);
                    element(writer, member.wire_name.as_ref().unwrap_or(&member.name), &member.shape, value, out);
                }
            }
            (Type::Alias(shape), _) => content(writer, shape, value, out),
            (Type::Variants(variants), Value::Object(members)) => {
                if let Some(id) = variants.class_of(members) {
                    content(writer, &Shape::Defined(id), value, out);
                }
            }
            _ => text(value, out),
        },
        _ => any(value, out),
    }
}

/// Writes a value without a type.
fn any(value: &Value, out: &mut String) {
    match value {
        Value::List(items) => {
            for value in items {
                any(value, out);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let name = element_name(name);
                out.extend(["<", name.as_str(), ">"]);
                any(value, out);
                out.extend(["</", name.as_str(), ">"]);
            }
        }
        _ => text(value, out),
    }
}

fn text(value: &Value, out: &mut String) {
    let text = match value {
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Text(text) | Value::Number(text) => text.as_str(),
        _ => return,
    };
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML allows no other control characters.
            _ if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => out.push('?'),
            _ => out.push(c),
        }
    }
}

/// Writes the status of an error as a document with a root element of this name.
pub(crate) fn write_error(root: &str, code: &str, message: &str) -> String {
    let root = element_name(root);
    let mut out = format!("{START}<{root}><ResponseStatus><ErrorCode>");
    text(&Value::text(code), &mut out);
    out.push_str("</ErrorCode><Message>");
    text(&Value::text(message), &mut out);
    out.extend(["</Message></ResponseStatus></", root.as_str(), ">"]);
    out
}
