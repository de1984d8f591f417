//! Detects the kind of a document, and rejects unsupported ones with help.

use serde_json::Value;
use serde_json::error::Category;

use super::{Refusal, html};
use crate::facts::{Facts, member};

/// The maximum number of JSON values. A value takes up to a hundred bytes of memory, so a document within the size limit could still need
/// gigabytes. Real documents of 64 MiB are far below this.
const MAX_VALUES: usize = 4_000_000;

/// The help for a file that is not a document.
pub(super) const FETCH: &str = "fetch /types/metadata.json of the service with `Accept: application/json`";

/// A supported document.
#[derive(Debug, PartialEq)]
pub(super) struct Recognised {
    /// The metadata of types and operations.
    pub types: Value,
    /// The facts, if the document was `AppMetadata`.
    pub facts: Option<Facts>,
}

/// Extracts the metadata from a string: a types document, an `AppMetadata` document, or an HTML page that contains one.
pub(super) fn recognise(text: &str) -> Result<Recognised, Refusal> {
    if html::is_markup(text) {
        return match html::find_dto(text) {
            Some(document) => from_json(document),
            None => Err(markup_error(text)),
        };
    }
    from_json(parse_json(text)?)
}

/// Parses JSON. Errors include a line, a column and an excerpt.
pub(super) fn parse_json(text: &str) -> Result<Value, Refusal> {
    if html::is_markup(text) {
        return Err(markup_error(text));
    }
    if text.trim().is_empty() {
        return Err(Refusal::new("the document is empty", FETCH));
    }
    if text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MAX_VALUES {
        return Err(Refusal::new(format!("the document contains more than {MAX_VALUES} values"), FETCH));
    }
    serde_json::from_str(text).map_err(|error| json_error(text, &error))
}

fn markup_error(text: &str) -> Refusal {
    let kind = if text.trim_start().starts_with("<?xml") { "XML" } else { "an HTML page" };
    let words = html::first_words(text);
    let title = if words.is_empty() { String::new() } else { format!(" (`{words}`)") };
    Refusal::new(format!("this is {kind}{title}, not the metadata"), format!("{FETCH}; browsers get a page instead"))
}

fn json_error(text: &str, error: &serde_json::Error) -> Refusal {
    let (line, column) = (error.line(), error.column());
    let near = excerpt(text, line, column);
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let help = match error.classify() {
        Category::Eof => "the document is truncated: fetch or save it again".to_owned(),
        _ => FETCH.to_owned(),
    };
    let refusal = Refusal::new(format!("the document is not JSON: {reason}, near `{near}`"), help);
    Refusal { position: Some((line, column)), ..refusal }
}

/// Returns the text around a position. Lines and columns are counted from 1; columns count bytes.
fn excerpt(text: &str, line: usize, column: usize) -> String {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let (before, after) = (column.saturating_sub(40), column.saturating_add(20));
    let part: Vec<char> = line
        .char_indices()
        .skip_while(|(at, _)| *at < before)
        .take_while(|(at, _)| *at < after)
        .map(|(_, char)| char)
        .collect();
    shorten(&part.iter().collect::<String>())
}

/// Shortens a string to one line of at most 80 characters, without control characters.
pub(super) fn shorten(text: &str) -> String {
    let mut short = String::new();
    for (index, char) in text
        .split(|char: char| char.is_whitespace() || char.is_control())
        .filter(|word| !word.is_empty())
        .flat_map(|word| std::iter::once(' ').chain(word.chars()))
        .skip(1)
        .enumerate()
    {
        if index == 80 {
            short.push('…');
            break;
        }
        short.push(char);
    }
    short
}

fn from_json(document: Value) -> Result<Recognised, Refusal> {
    if let Some(api) = member(&document, "api").filter(|api| is_types(api)) {
        return Ok(Recognised { types: api.clone(), facts: Facts::from_app(&document) });
    }
    if is_types(&document) {
        return Ok(Recognised { types: document, facts: None });
    }
    Err(unsupported_document(&document))
}

/// Whether a value is a `MetadataTypes` document.
fn is_types(value: &Value) -> bool {
    ["types", "operations"].iter().any(|name| member(value, name).is_some_and(Value::is_array))
}

fn unsupported_document(document: &Value) -> Refusal {
    let Value::Object(members) = document else {
        let kind = match document {
            Value::Array(_) => "a JSON array",
            Value::String(_) => "a JSON string",
            Value::Number(_) => "a JSON number",
            Value::Bool(_) => "a JSON boolean",
            _ => "the JSON value `null`",
        };
        return Refusal::new(format!("this is {kind}, not the metadata"), FETCH);
    };
    if let Some(status) = error_text(document) {
        return Refusal::new(
            format!("this is an error of the service, not the metadata: {status}"),
            format!("{FETCH}, with credentials if the service requires them"),
        );
    }
    if members.contains_key("openapi") || members.contains_key("swagger") {
        return Refusal::new(
            "this is an OpenAPI document, not the metadata",
            format!("OpenAPI lacks information that a client needs: {FETCH}"),
        );
    }
    if member(document, "app").is_some() {
        return Refusal::new(
            "this is an AppMetadata document without the types of its API",
            format!("it was requested with `view`, or edited by hand: {FETCH}"),
        );
    }
    let mut names: Vec<&str> = members.keys().take(5).map(String::as_str).collect();
    if members.len() > names.len() {
        names.push("…");
    }
    let found =
        if names.is_empty() { "no members".to_owned() } else { format!("the members {}", shorten(&names.join(", "))) };
    Refusal::new(
        format!("this is a JSON object with {found}, not the metadata, which has `types` and `operations`"),
        FETCH,
    )
}

/// Returns the error in the `ResponseStatus` of the document, if any.
pub(super) fn error_text(document: &Value) -> Option<String> {
    let status = member(document, "responseStatus")?;
    let text = |name| member(status, name).and_then(Value::as_str).filter(|text| !text.is_empty());
    match (text("errorCode"), text("message")) {
        (None, None) => None,
        (Some(code), None) => Some(shorten(code)),
        (None, Some(message)) => Some(shorten(message)),
        (Some(code), Some(message)) if code == message => Some(shorten(code)),
        (Some(code), Some(message)) => Some(shorten(&format!("{code}: {message}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Casing, Dialect};
    use serde_json::json;

    #[test]
    fn types_documents_of_every_casing_are_accepted_unchanged() {
        let cases = [
            (
                "camel",
                json!({"config": {"baseUrl": "https://x.org"}, "types": [], "operations": [{"request": {"name": "Hello"}}]}),
            ),
            ("Pascal", json!({"Config": {"BaseUrl": "https://x.org"}, "Types": [], "Operations": []})),
            (
                "snake",
                json!({"config": {"base_url": "https://x.org"}, "operations": [], "types": [{"is_value_type": true}]}),
            ),
            ("nulls", json!({"config": null, "types": null, "operations": []})),
            ("types alone", json!({"types": []})),
        ];
        for (name, document) in cases {
            let text = document.to_string();
            assert_eq!(recognise(&text), Ok(Recognised { types: document.clone(), facts: None }), "{name}");
            let page = format!("<!doctype html>\n<html><script>window.Dto = {text}\n</script></html>");
            assert_eq!(recognise(&page), Ok(Recognised { types: document, facts: None }), "{name}, in a page");
        }
    }

    #[test]
    fn an_app_document_contains_types_and_facts() {
        let types = json!({"types": [], "operations": []});
        let facts =
            Facts { dialect: Dialect::ServiceStackText, casing: Casing::Pascal, api: Some(false), ..Facts::default() };
        for (name, document, facts) in [
            ("camel", json!({"app": {"jsTextCase": "Default"}, "api": types}), Some(facts.clone())),
            ("Pascal", json!({"App": {"JsTextCase": "PascalCase"}, "Api": types}), Some(facts)),
            ("api alone", json!({"api": types}), None),
        ] {
            assert_eq!(recognise(&document.to_string()), Ok(Recognised { types: types.clone(), facts }), "{name}");
        }
    }

    #[test]
    fn other_texts_are_rejected_by_kind() {
        let deep = "[".repeat(100_000);
        let wide = format!("[{}0]", "0,".repeat(MAX_VALUES));
        let cases = [
            (" \n", "the document is empty"),
            ("{\n \"types\": [,]}", "the document is not JSON: expected value, near `\"types\": [,]}`"),
            ("{\"types\": [", "the document is not JSON: EOF while parsing a list, near `{\"types\": [`"),
            ("openapi: 3.0.0", "the document is not JSON: expected value, near `openapi: 3.0.0`"),
            (&deep, &format!("the document is not JSON: recursion limit exceeded, near `{}`", "[".repeat(60))),
            (&wide, "the document contains more than 4000000 values"),
            ("[]", "this is a JSON array, not the metadata"),
            ("null", "this is the JSON value `null`, not the metadata"),
            ("\"x\"", "this is a JSON string, not the metadata"),
            ("{}", "this is a JSON object with no members, not the metadata, which has `types` and `operations`"),
            (
                r#"{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}"#,
                "this is a JSON object with the members a, b, c, d, e, …, not the metadata, which has `types` and `operations`",
            ),
            (r#"{"openapi":"3.0.1","paths":{}}"#, "this is an OpenAPI document, not the metadata"),
            (r#"{"swagger":"2.0"}"#, "this is an OpenAPI document, not the metadata"),
            (r#"{"app":{},"plugins":{}}"#, "this is an AppMetadata document without the types of its API"),
            (
                r#"{"ResponseStatus":{"ErrorCode":"Forbidden","Message":"Not for you"}}"#,
                "this is an error of the service, not the metadata: Forbidden: Not for you",
            ),
            ("<html><title>My API</title></html>", "this is an HTML page (`My API`), not the metadata"),
            ("<?xml version=\"1.0\"?><Types>none</Types>", "this is XML (`none`), not the metadata"),
        ];
        for (text, expected) in cases {
            let refusal = recognise(text).expect_err(expected);
            assert_eq!(refusal.message, expected);
            assert!(!refusal.help.is_empty(), "{expected}");
        }
    }

    #[test]
    fn excerpts_are_short_single_lines() {
        assert_eq!(shorten("a\n\t b\u{7}c"), "a b c");
        assert_eq!(shorten(&"ä".repeat(100)), format!("{}…", "ä".repeat(80)));
        let long = format!("{}é!{}", "a".repeat(1000), "b".repeat(1000));
        assert_eq!(excerpt(&long, 1, 1001), format!("{}é!{}", "a".repeat(39), "b".repeat(18)));
    }
}
