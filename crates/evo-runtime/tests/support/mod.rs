//! What the tests of the client share.

use evo_runtime::transport::HttpRequest;

/// A request as it goes over the wire: verb and address, the headers but for the user agent, an empty line, the body.
pub fn shown(request: &HttpRequest) -> String {
    let mut text = format!("{} {}\n", request.verb, request.url);
    let mut headers: Vec<String> = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "user-agent")
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    text.extend(headers);
    if let Some(body) = &request.body {
        text.push('\n');
        text.push_str(std::str::from_utf8(&body.0).unwrap());
    }
    text
}
