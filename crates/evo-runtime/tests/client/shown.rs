//! Requests as text, for the tests of the client.

use evo_runtime::http::Request;
use evo_runtime::transport::Body;

/// Returns a request as text: method and URL, the headers except the user agent, an empty line, and the body.
pub fn shown(request: &Request<Body>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    let mut headers: Vec<String> = request
        .headers()
        .iter()
        .filter(|(name, _)| *name != "user-agent")
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    text.extend(headers);
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    if !body.is_empty() {
        text.extend(["\n", body]);
    }
    text
}
