//! Explains failed requests, with help.

use std::error::Error as _;
use std::io::ErrorKind;

use reqwest::StatusCode;

use super::recognise::{FETCH, error_text, shorten};
use super::{Limits, Refusal, html};

const SIGN_IN: &str = "pass `--bearer TOKEN`, `--basic USER:PASSWORD`, `--cookie 'NAME=VALUE'` or `--header 'NAME: VALUE'` (or set \
     EVO_GEN_BEARER, EVO_GEN_BASIC, EVO_GEN_COOKIE or EVO_GEN_HEADERS); or save the document from a browser that is signed in, and \
     read it with `--file`";

/// The beginning of the message for a port that does not use TLS.
pub(super) const NO_TLS: &str = "no TLS connection could be made";

/// Explains an error without a response.
pub(super) fn no_response(error: &reqwest::Error, limits: &Limits) -> Refusal {
    if error.is_timeout() {
        return too_slow(limits);
    }
    if error.is_builder() {
        return Refusal::new("the request cannot be sent", "check the URL and the headers");
    }
    let (causes, root) = causes(error);
    if error.is_dns() || causes.contains("dns error") || causes.contains("failed to lookup address") {
        return Refusal::new(
            format!("the host name cannot be resolved ({root})"),
            "check the host name and the network connection",
        );
    }
    if causes.contains("certificate") {
        return Refusal::new(
            format!("the certificate of the host is not trusted ({root})"),
            "name the certificate of its issuer with `--ca FILE` (PEM), or a file with all trusted ones in SSL_CERT_FILE; for a service \
             on your own machine, `--insecure` disables the check",
        );
    }
    if ["handshake", "tls", "corrupt message"].iter().any(|word| causes.contains(word)) {
        return Refusal::new(format!("{NO_TLS} ({root})"), "if the service does not use TLS, use an `http://` URL");
    }
    if io_kind(error) == Some(ErrorKind::ConnectionRefused) {
        return Refusal::new(
            "the host refuses the connection",
            "check that the service is running, and check the port, or the proxy if one is set",
        );
    }
    if error.is_connect() {
        return Refusal::new(
            format!("the host cannot be reached ({root})"),
            "check the address, the network and the proxy",
        );
    }
    Refusal::new(
        format!("the connection was closed before the response was complete ({root})"),
        "try again, or read the document with `--file`",
    )
}

/// Explains that the time limit was reached.
pub(super) fn too_slow(limits: &Limits) -> Refusal {
    let seconds = limits.time.as_secs_f32();
    let unit = if limits.time.as_millis() == 1000 { "second" } else { "seconds" };
    Refusal::new(
        format!("the service did not respond within {seconds} {unit}"),
        "try again, allow more time with `--timeout`, or save the document and read it with `--file`",
    )
}

/// Explains an error status. `text` is the body of the response.
pub(super) fn status(status: StatusCode, content_type: Option<&str>, text: &str, signed: bool) -> Refusal {
    let help = match status.as_u16() {
        401 if signed => format!("the service does not accept the credentials: {SIGN_IN}"),
        401 => format!("the service requires you to sign in: {SIGN_IN}"),
        403 if signed => format!(
            "this user may not read the metadata; some services show it only to their own machine or network. Sign in as another \
             user: {SIGN_IN}"
        ),
        403 => format!(
            "the service shows its metadata only to some users, or only on its own machine or network; to sign in, {SIGN_IN}"
        ),
        404 | 410 => {
            "check the base URL, with its path prefix if the service has one; if it is right, the Metadata feature of \
                      the service is off: ask its owner for the document, and read it with `--file`"
                .to_owned()
        }
        407 => "the proxy requires a user and password: set HTTPS_PROXY to `http://USER:PASSWORD@HOST:PORT`".to_owned(),
        405 => "the service does not accept GET here: use its base URL, such as `https://api.example.org`".to_owned(),
        408 | 425 | 429 => "wait a while and try again".to_owned(),
        500.. => "the service failed: try again, check its log, or read the document with `--file`".to_owned(),
        _ => "check the base URL, or read the document with `--file`".to_owned(),
    };
    let mut message = format!("the service answered {}", named(status));
    message.push_str(&content(content_type, text));
    let is_wrong_address = matches!(status.as_u16(), 400 | 404 | 405 | 410);
    Refusal { is_wrong_address, ..Refusal::new(message, help) }
}

/// Adds to an error that a redirect led to `target`, the public part of a URL. It is often a page to sign in.
pub(super) fn after_redirect(refusal: Refusal, target: Option<&str>) -> Refusal {
    let Some(target) = target else { return refusal };
    let message = format!("{}, after a redirect to {target}", refusal.message);
    let help = if refusal.is_wrong_address {
        format!("the service may require you to sign in: {SIGN_IN}")
    } else {
        refusal.help
    };
    Refusal { message, help, ..refusal }
}

/// Explains that the document is at `address` instead.
pub(super) fn at_other_address(refusal: Refusal, address: &str) -> Refusal {
    Refusal { help: format!("the metadata of the service is at another address: use `--url {address}`"), ..refusal }
}

/// Explains a redirect that is not followed. `target` is the public part of its URL.
pub(super) fn redirect(status: StatusCode, target: &str) -> Refusal {
    Refusal::new(
        format!("the service redirects to {target} ({})", named(status)),
        "redirects to another host or port are not followed, because credentials would be sent there; if that is the right address, use \
         its URL",
    )
}

/// Explains a redirect without a usable target.
pub(super) fn redirect_without_target(status: StatusCode) -> Refusal {
    Refusal::new(
        format!("the service redirects ({}) without a valid `Location`", named(status)),
        "check the base URL, or read the document with `--file`",
    )
}

/// Explains too many redirects.
pub(super) fn too_many_redirects(limits: &Limits) -> Refusal {
    Refusal::new(
        format!("the service redirects more than {} times", limits.redirects),
        format!("it may require you to sign in: {SIGN_IN}"),
    )
}

/// Explains a successful response that is not the metadata.
pub(super) fn unusable(refusal: &Refusal, status: StatusCode, content_type: Option<&str>, text: &str) -> Refusal {
    let kind = content_type.map_or_else(|| "no content type".to_owned(), shorten);
    let message = format!("{}; the service answered {} with {kind}", refusal.located(), named(status));
    let help = if html::is_markup(text) {
        format!(
            "give the base URL of the API, not of its web site; if this is a page to sign in, {SIGN_IN}; if the Metadata feature of the \
             service is off, ask its owner for the document of /types/metadata.json, and read it with `--file`"
        )
    } else {
        // The user gave a URL, and did not save a file.
        refusal.help.replace(
            FETCH,
            "use the base URL of a ServiceStack service, which publishes its metadata at /types/metadata.json",
        )
    };
    Refusal { is_wrong_address: true, ..Refusal::new(message, help) }
}

fn named(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// Describes a body in a few words.
fn content(content_type: Option<&str>, text: &str) -> String {
    let error = serde_json::from_str(text).ok().and_then(|body| error_text(&body));
    let words = match error {
        Some(error) => error,
        None if html::is_markup(text) => html::first_words(text),
        None => shorten(text),
    };
    match (content_type.map(shorten), words.is_empty()) {
        (_, true) => " without a body".to_owned(),
        (Some(kind), false) => format!(" with {kind}: `{words}`"),
        (None, false) => format!(": `{words}`"),
    }
}

/// Returns the messages of all causes of an error, in lower case, and the message of the root cause. Neither contains the URL.
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
    fn every_status_has_help() {
        for (code, text, expected, help) in [
            (401, "", "the service answered 401 Unauthorized without a body", "--bearer TOKEN"),
            (403, "no", "the service answered 403 Forbidden with text/plain: `no`", "--bearer"),
            (
                404,
                "<html><title>Not here</title></html>",
                "the service answered 404 Not Found with text/plain: `Not here`",
                "Metadata feature",
            ),
            (405, "", "the service answered 405 Method Not Allowed without a body", "base URL"),
            (407, "", "the service answered 407 Proxy Authentication Required without a body", "HTTPS_PROXY"),
            (429, "", "the service answered 429 Too Many Requests without a body", "wait"),
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
