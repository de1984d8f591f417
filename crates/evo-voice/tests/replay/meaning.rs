//! Compares requests by their meaning for a server.

use std::collections::BTreeMap;

use evo_voice::evo_runtime::transport::Body;
use evo_voice::evo_runtime::url::Url;
use evo_voice::evo_runtime::wire::{json, jsv};
use serde_json::Value;

use crate::recordings::Request;

/// Returns the parts of a request that differ from a recorded one. Cookies are ignored.
///
/// `routes` are the routes that the call may use. Their variables may be repeated in the body.
pub fn differences(
    made: &evo_voice::evo_runtime::http::Request<Body>,
    recorded: &Request,
    routes: &[&str],
) -> Vec<&'static str> {
    let made_url = Url::parse(&made.uri().to_string()).expect("a URL");
    let url = made_url.join(&recorded.path).expect("the recorded path is one");
    let header = |name: &str| made.headers().get(name).map(|value| value.to_str().expect("text"));
    let made_body = made.body().as_bytes().filter(|body| !body.is_empty());
    let in_path = variables(made.uri().path(), routes);
    let parts = [
        ("verb", made.method().as_str() == recorded.verb),
        ("address", made.uri().path() == url.path()),
        ("query", query(made_url.query_pairs()) == query(url.query_pairs())),
        ("accept", header("accept") == recorded.header("accept")),
        ("content-type", header("content-type") == recorded.header("content-type")),
        (
            "body",
            body(made_body, header("content-type"), &in_path)
                == body(recorded.body.as_deref(), recorded.header("content-type"), &in_path),
        ),
    ];
    parts.into_iter().filter(|(_, same)| !same).map(|(part, _)| part).collect()
}

/// Returns the values of a query by name. For servers, `a,b` and `["a","b"]` are the same list.
fn query<'a>(
    pairs: impl Iterator<Item = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>,
) -> BTreeMap<String, Vec<String>> {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in pairs {
        let items = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&text);
        let items = items.split(',').map(|item| item.trim_matches('"').to_owned());
        values.entry(name.into_owned()).or_default().extend(items);
    }
    values
}

/// Returns the values in a path, by the names of their variables.
fn variables<'a>(path: &'a str, routes: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let fits = |route: &&&str| {
        route.split('/').count() == path.split('/').count()
            && route.split('/').zip(path.split('/')).all(|(part, text)| part.starts_with('{') || part == text)
    };
    let Some(route) = routes.iter().find(fits) else { return Vec::new() };
    let parts = route.split('/').zip(path.split('/'));
    parts.filter(|(part, _)| part.starts_with('{')).map(|(part, text)| (part.trim_matches(['{', '}']), text)).collect()
}

/// Returns a body as a value, without the members that are also in the path.
fn body(bytes: Option<&[u8]>, content_type: Option<&str>, in_path: &[(&str, &str)]) -> Option<Value> {
    let mut value = Value::Null;
    if content_type.is_some_and(|content_type| content_type.contains("jsv")) {
        jsv::read_slice(bytes?, &mut value).expect("JSV");
    } else {
        json::read_slice(bytes?, &mut value).expect("JSON");
    }
    if let Value::Object(members) = &mut value {
        members.retain(|name, value| {
            !in_path.iter().any(|(variable, text)| variable.eq_ignore_ascii_case(name) && value == *text)
        });
    }
    Some(value)
}
