//! Whether two requests are equivalent for a server.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::find::Host;
use crate::recordings::Request;
use crate::values;

/// Returns the parts in which a request of a client differs from a recorded one. Cookies are ignored.
pub fn differences(host: &Host, made: &Request, recorded: &Request) -> Vec<&'static str> {
    let targets = [made, recorded].map(|request| host.find(request));
    let [made_values, recorded_values] = [(made, &targets[0]), (recorded, &targets[1])].map(|(r, t)| values::of(r, t));
    let same_header = |name: &str| made.header(name) == recorded.header(name);
    let has_body = |request: &Request| request.body.as_ref().is_some_and(|body| !body.is_empty());
    let (mut same_body, mut no_nulls) = (has_body(made) == has_body(recorded), true);
    if let (Some(made), Some(recorded)) = (&made_values.body, &recorded_values.body) {
        // Values in the path can be repeated in the body.
        let shape = made_values.shape;
        let in_path = |name: &&String| shape.find(name).is_some_and(|index| made_values.in_path.contains(&index));
        same_body = made.keys().filter(|name| !in_path(name)).all(|name| counterpart(recorded, name).is_some())
            && recorded
                .iter()
                .filter(|(name, value)| !in_path(name) && !value.is_null())
                .all(|(name, recorded)| counterpart(made, name).is_some_and(|made| has_names(made, recorded)));
        no_nulls = recorded.values().all(has_no_nulls);
    }
    let parts = [
        ("verb", made.verb == recorded.verb),
        ("address", segments(&made.path) == segments(&recorded.path)),
        ("accept", same_header("accept")),
        ("content-type", same_header("content-type")),
        ("authorization", same_header("authorization")),
        ("override", recorded.header("x-http-method-override").is_none()),
        ("framing", same_header("transfer-encoding") && same_header("content-encoding")),
        ("query", made_values.in_query == recorded_values.in_query && made_values.unknown == recorded_values.unknown),
        ("body", same_body),
        ("nulls", no_nulls),
        ("lost", recorded_values.lost.is_empty() && made_values.lost.is_empty()),
        ("values", made_values.text == recorded_values.text),
    ];
    parts.into_iter().filter(|(_, same)| !same).map(|(part, _)| part).collect()
}

fn segments(path: &str) -> Vec<Vec<u8>> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').map(|segment| percent_decode_str(segment).collect()).collect()
}

/// Returns the value with this name. Servers ignore the case of names, and JSV was recorded in Pascal case.
fn counterpart<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    members.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Whether a value has all members of a recorded one. Their values are compared as values of the operation's type.
/// Additional members are unset values, since sent types contain all members of value types.
fn has_names(made: &Value, recorded: &Value) -> bool {
    match (made, recorded) {
        (Value::Object(made), Value::Object(recorded)) => recorded.iter().all(|(name, recorded)| {
            recorded.is_null() || counterpart(made, name).is_some_and(|made| has_names(made, recorded))
        }),
        (Value::Array(made), Value::Array(recorded)) => {
            made.len() == recorded.len() && made.iter().zip(recorded).all(|(made, recorded)| has_names(made, recorded))
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        _ => true,
    }
}

/// Whether no member is null: clients omit such members.
fn has_no_nulls(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Object(members) => members.values().all(has_no_nulls),
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).all(has_no_nulls),
        _ => true,
    }
}
