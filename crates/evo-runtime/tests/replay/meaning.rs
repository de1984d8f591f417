//! Whether two requests mean the same to a server.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::find::Host;
use crate::recordings::Request;
use crate::values;

/// The parts in which a request that a client made differs from a recorded one. Cookies are left aside.
pub fn differences(host: &Host, made: &Request, recorded: &Request) -> Vec<&'static str> {
    let targets = [made, recorded].map(|request| host.find(request));
    let [made_values, recorded_values] = [(made, &targets[0]), (recorded, &targets[1])].map(|(r, t)| values::of(r, t));
    let same_header = |name: &str| made.header(name) == recorded.header(name);
    let same_query = made_values.in_query == recorded_values.in_query;
    let same_body = match (&made_values.body, &recorded_values.body) {
        (Some(made), Some(recorded)) => {
            // What stands in the path may be repeated in the body.
            let shape = made_values.record.shape();
            let repeated = |name: &str| shape.find(name).is_some_and(|index| made_values.in_path.contains(&index));
            same_names(made, recorded, &repeated)
        }
        _ => made.body.is_some() == recorded.body.is_some(),
    };
    let parts = [
        ("verb", made.verb == recorded.verb),
        ("address", segments(&made.path) == segments(&recorded.path)),
        ("accept", same_header("accept")),
        ("content-type", same_header("content-type")),
        ("authorization", same_header("authorization")),
        ("query", same_query),
        ("body", same_body),
        ("lost", recorded_values.lost.is_empty() && made_values.lost.is_empty()),
        ("values", made_values.text() == recorded_values.text()),
    ];
    parts.into_iter().filter(|(_, same)| !same).map(|(part, _)| part).collect()
}

fn segments(path: &str) -> Vec<Vec<u8>> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').map(|segment| percent_decode_str(segment).collect()).collect()
}

/// Whether the same members are there, whatever their values. Servers ignore the case of names; JSV was recorded in Pascal case.
fn same_names(made: &Value, recorded: &Value, repeated: &dyn Fn(&str) -> bool) -> bool {
    let not_repeated: &dyn Fn(&str) -> bool = &|_| false;
    match (made, recorded) {
        (Value::Object(made), Value::Object(recorded)) => {
            let counterpart = |name: &str| made.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            recorded.iter().all(|(name, recorded)| {
                counterpart(name).is_some_and(|(_, made)| same_names(made, recorded, not_repeated)) || repeated(name)
            }) && made.keys().all(|name| {
                repeated(name) || recorded.keys().any(|recorded| recorded.eq_ignore_ascii_case(name))
            })
        }
        (Value::Array(made), Value::Array(recorded)) => {
            made.len() == recorded.len()
                && made.iter().zip(recorded).all(|(made, recorded)| same_names(made, recorded, not_repeated))
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        _ => true,
    }
}
