//! Formats a call as a curl command line.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::schema::Operation;
use crate::values::json_writer::Writer;
use crate::values::{Value, jsv};

/// Characters that are not percent-encoded in a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Returns the command for a call by name below `folder`. `{base}` is a placeholder for the base URL of the host.
pub(crate) fn line(operation: &Operation, folder: &str, request: &Value, writer: &Writer<'_>) -> String {
    let address = format!("{{base}}{folder}/{}", operation.name);
    if matches!(operation.verb.as_str(), "POST" | "PUT" | "PATCH") {
        let body = quote(&writer.write(&operation.request, request));
        let method = if operation.verb == "POST" { String::new() } else { format!(" -X {}", operation.verb) };
        return format!("curl{method} {} -H 'Content-Type: application/json' -d {body}", quote(&address));
    }
    let method = if operation.verb == "GET" { String::new() } else { format!(" -X {}", operation.verb) };
    format!("curl{method} {}", quote(&format!("{address}{}", query(operation, request, writer))))
}

/// Writes the members as a JSV query, without those that a query cannot contain.
fn query(operation: &Operation, request: &Value, writer: &Writer<'_>) -> String {
    let Value::Object(members) = writer.jsv_value(&operation.request, request) else { return String::new() };
    let mut query = String::new();
    for (name, value) in members {
        let text = match &value {
            Value::Null => continue,
            Value::Text(text) | Value::Number(text) => text.clone(),
            Value::Bool(flag) => flag.to_string(),
            Value::List(_) | Value::Object(_) => jsv::write(&value),
        };
        let separator = if query.is_empty() { '?' } else { '&' };
        // Writing to a `String` cannot fail.
        let _ = write!(query, "{separator}{name}={}", utf8_percent_encode(&text, QUERY));
    }
    query
}

/// Quotes a word for a POSIX shell.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
