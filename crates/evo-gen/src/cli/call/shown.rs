//! Prints requests and responses without secrets.

use std::fmt::Write as _;

use evo_runtime::http::header::{AUTHORIZATION, COOKIE};
use evo_runtime::http::{HeaderMap, HeaderValue, StatusCode};
use evo_runtime::{Client, Exchange, PreparedRequest, ShownBody, ShownPart};
use serde_json::{Value, json};

use crate::cli::report::{Report, json_line, to_stderr};
use crate::source::Access;

/// The placeholder for secrets.
const SECRET: &str = "<secret>";

/// Adds placeholders for the credentials that the client adds when it sends the request.
pub fn add_credentials(request: &mut PreparedRequest, access: &Access, client: &Client) {
    let authorization = if access.bearer_token().is_some() || client.session().bearer().is_some() {
        Some("Bearer <secret>")
    } else {
        access.user_and_password().map(|_| "Basic <secret>")
    };
    let headers = request.headers_mut();
    if let Some(value) = authorization {
        headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
    }
    if !client.session().cookies().is_empty() {
        headers.insert(COOKIE, HeaderValue::from_static(SECRET));
    }
}

/// Prints a request: method and URL, headers, and the body after an empty line. The body of a form is printed as its parts.
pub fn show_request(request: &PreparedRequest, report: Report<'_>) {
    let shown = request.shown();
    let mut text = format!("{} {}\n", shown.method, shown.url);
    for (name, value) in &shown.headers {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{name}: {value}");
    }
    let (mut body, mut parts) = (None, None);
    match &shown.body {
        ShownBody::Text(shown) => {
            let _ = writeln!(text, "\n{shown}");
            body = Some(shown);
        }
        ShownBody::Bytes(length) => {
            let _ = writeln!(text, "\n({})", length_text(*length));
        }
        ShownBody::Form(shown) => {
            let lines: Vec<String> = shown.iter().map(part_text).collect();
            let _ = writeln!(text, "\n{}", lines.join("\n"));
            parts = Some(shown.iter().map(part_json).collect::<Vec<_>>());
        }
        // A request without a body.
        _ => {}
    }
    let headers: Vec<Value> =
        shown.headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let value = json!({
        "kind": "request", "method": shown.method.as_str(), "url": shown.url, "headers": headers, "body": body, "parts": parts,
    });
    report.answer(&text, value);
}

fn part_text(part: &ShownPart) -> String {
    match part {
        ShownPart::Field { name, value } => format!("{name}: {value}"),
        ShownPart::File { name, file_name, content_type, length } => {
            format!("{name}: file {file_name}, {content_type}, {}", length_text(*length))
        }
        _ => String::new(),
    }
}

fn part_json(part: &ShownPart) -> Value {
    match part {
        ShownPart::Field { name, value } => json!({ "name": name, "value": value }),
        ShownPart::File { name, file_name, content_type, length } => {
            json!({ "name": name, "fileName": file_name, "contentType": content_type, "length": length })
        }
        _ => Value::Null,
    }
}

fn length_text(length: Option<u64>) -> String {
    match length {
        Some(1) => "1 byte".to_owned(),
        Some(length) => format!("{length} bytes"),
        None => "a stream".to_owned(),
    }
}

/// Prints the status and headers of a response to standard error.
pub fn show_exchange(exchange: &Exchange<'_>, is_json: bool) {
    let Some((status, headers)) = exchange.response else { return };
    let shown: Vec<(String, String)> = shown_headers(headers);
    if is_json {
        let headers: Vec<Value> = shown.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let value = json!({
            "kind": "response", "operation": exchange.operation, "status": status.as_u16(), "headers": headers,
        });
        return to_stderr(&json_line(value));
    }
    let mut text = format!("{}: {}\n", exchange.operation, status_text(status));
    for (name, value) in shown {
        let _ = writeln!(text, "  {name}: {value}");
    }
    to_stderr(&text);
}

fn status_text(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

fn shown_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let shown = headers.iter().map(|(name, value)| {
        let is_secret = value.is_sensitive() || is_secret_header(name.as_str());
        let value = if is_secret { SECRET.to_owned() } else { String::from_utf8_lossy(value.as_bytes()).into_owned() };
        (name.to_string(), value)
    });
    shown.collect()
}

/// Whether the name of a header indicates that its value is a secret.
fn is_secret_header(name: &str) -> bool {
    ["authorization", "cookie", "token", "secret", "api-key", "apikey", "session"]
        .iter()
        .any(|word| name.contains(word))
}
