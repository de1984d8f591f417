//! What a failed request means, and what to try.

use std::error::Error as _;
use std::io::ErrorKind;

use reqwest::StatusCode;

use super::recognise::{error_text, shorten};
use super::{Limits, Refusal, html};

const SIGN_IN: &str = "set EVO_GEN_BEARER, EVO_GEN_BASIC, EVO_GEN_COOKIE or EVO_GEN_HEADERS, or save the document from a \
     session that is signed in and read it with `--file`";

/// No answer came.
pub(super) fn no_answer(error: &reqwest::Error, limits: &Limits) -> Refusal {
    if error.is_timeout() {
        return too_slow(limits);
    }
    if error.is_builder() {
        return Refusal::new("the request cannot be made", "check the URL and the headers that are sent along");
    }
    let (causes, root) = causes(error);
    if error.is_dns() || causes.contains("dns error") || causes.contains("failed to lookup address") {
        return Refusal::new(
            format!("the host is not known ({root})"),
            "check the name of the host, and the connection to the network",
        );
    }
    if ["certificate", "handshake", "tls", "corrupt message"].iter().any(|word| causes.contains(word)) {
        return Refusal::new(
            format!("no safe connection (TLS) could be made ({root})"),
            "check that the address begins with the right one of `https://` and `http://`, and that this machine trusts the \
             certificate; else save the document with a program that does and read it with `--file`",
        );
    }
    if io_kind(error) == Some(ErrorKind::ConnectionRefused) {
        return Refusal::new("the host refuses the connection", "check that the service runs, and its port");
    }
    if error.is_connect() {
        return Refusal::new(
            format!("the host cannot be reached ({root})"),
            "check the address, the network and the proxy",
        );
    }
    Refusal::new(
        format!("the connection broke before the whole answer was there ({root})"),
        "try again; else read the document with `--file`",
    )
}

/// The time is over.
pub(super) fn too_slow(limits: &Limits) -> Refusal {
    Refusal::new(
        format!("the service did not answer within {} seconds", limits.time.as_secs_f32()),
        "try again, allow more time, or save the document and read it with `--file`",
    )
}

/// A status that is no success. The text is what came with it.
pub(super) fn status(status: StatusCode, content_type: Option<&str>, text: &str, signed: bool) -> Refusal {
    let help = match status.as_u16() {
        401 if signed => format!("the service does not accept what was sent to sign in: {SIGN_IN}"),
        401 => format!("the service asks who you are: {SIGN_IN}"),
        403 => "you may not read the metadata; some services show it to their own machine or network only: ask for the document \
                and read it with `--file`"
            .to_owned(),
        404 | 410 => "check the base URL, with its path prefix if the service has one; if it is right, the Metadata feature of \
                      the service is off: ask for the document and read it with `--file`"
            .to_owned(),
        405 => "the service does not take GET here: give its base URL, as `https://api.example.org`".to_owned(),
        408 | 425 | 429 => "wait a while and try again".to_owned(),
        500.. => "the service failed: try again, look into its log, or read the document with `--file`".to_owned(),
        _ => "check the base URL, or read the document with `--file`".to_owned(),
    };
    let mut message = format!("the service answered {}", named(status));
    message.push_str(&content(content_type, text));
    Refusal { message, help }
}

/// A redirect that is not followed. The target is the part of it that may be shown.
pub(super) fn redirect(status: StatusCode, target: &str) -> Refusal {
    Refusal::new(
        format!("the service sends on to {target} ({})", named(status)),
        "that is another host, which gets nothing that was meant for this one: if it is the right one, give its URL",
    )
}

/// A redirect that leads nowhere.
pub(super) fn lost(status: StatusCode) -> Refusal {
    Refusal::new(
        format!("the service sends on ({}) without saying where", named(status)),
        "check the base URL, or read the document with `--file`",
    )
}

/// Redirects without an end.
pub(super) fn endless(limits: &Limits) -> Refusal {
    Refusal::new(
        format!("the service sends on more than {} times", limits.redirects),
        format!("it may ask to sign in: {SIGN_IN}"),
    )
}

/// A success that is not the metadata: what was wrong with it, and what came.
pub(super) fn unusable(refusal: Refusal, status: StatusCode, content_type: Option<&str>, text: &str) -> Refusal {
    let kind = content_type.map_or_else(|| "no content type".to_owned(), shorten);
    let help = if html::is_markup(text) {
        format!(
            "give the base URL of the API, not of its web site; a page to sign in means: {SIGN_IN}; else the Metadata feature \
             of the service may be off: ask for the document of /types/metadata.json and read it with `--file`"
        )
    } else {
        refusal.help
    };
    Refusal { message: format!("{}; the service answered {} with {kind}", refusal.message, named(status)), help }
}

fn named(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// What came with a status, in a few words.
fn content(content_type: Option<&str>, text: &str) -> String {
    let error = serde_json::from_str(text).ok().and_then(|body| error_text(&body));
    let words = match error {
        Some(error) => error,
        None if html::is_markup(text) => html::first_words(text),
        None => shorten(text),
    };
    match (content_type.map(shorten), words.is_empty()) {
        (_, true) => " without content".to_owned(),
        (Some(kind), false) => format!(" with {kind}: `{words}`"),
        (None, false) => format!(": `{words}`"),
    }
}

/// Everything that led to an error, in lower case, and what came first. Neither holds the URL.
fn causes(error: &reqwest::Error) -> (String, String) {
    let (mut texts, mut root) = (String::new(), "no cause is known".to_owned());
    let mut next = error.source();
    while let Some(cause) = next {
        root = cause.to_string();
        texts.push_str(&root.to_lowercase());
        texts.push('\n');
        next = cause.source();
    }
    (texts, shorten(&root))
}

fn io_kind(error: &reqwest::Error) -> Option<ErrorKind> {
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(error) = cause.downcast_ref::<std::io::Error>() {
            return Some(error.kind());
        }
        next = cause.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_says_what_to_try() {
        for (code, text, expected, help) in [
            (401, "", "the service answered 401 Unauthorized without content", "EVO_GEN_BEARER"),
            (403, "no", "the service answered 403 Forbidden with text/plain: `no`", "--file"),
            (
                404,
                "<html><title>Not here</title></html>",
                "the service answered 404 Not Found with text/plain: `Not here`",
                "Metadata feature",
            ),
            (405, "", "the service answered 405 Method Not Allowed without content", "base URL"),
            (429, "", "the service answered 429 Too Many Requests without content", "wait"),
            (
                500,
                r#"{"responseStatus":{"errorCode":"Overflow","message":"Too big"}}"#,
                "the service answered 500 Internal Server Error with text/plain: `Overflow: Too big`",
                "its log",
            ),
            (599, "x", "the service answered 599 with text/plain: `x`", "its log"),
            (418, "x", "the service answered 418 I'm a teapot with text/plain: `x`", "--file"),
        ] {
            let code = StatusCode::from_u16(code).expect("a status");
            let refusal = status(code, Some("text/plain"), text, false);
            assert_eq!(refusal.message, expected);
            assert!(refusal.help.contains(help), "{code}: {}", refusal.help);
        }
    }
}
