//! Errors of reqwest.

use std::error::Error as StdError;

use super::{TransportError, TransportErrorKind};

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        // The text of the error itself holds the URL; its causes say what happened.
        let error = error.without_url();
        // Also if it took too long to connect: nothing was sent.
        let kind = if was_not_sent(&error) {
            TransportErrorKind::Connect
        } else if error.is_timeout() {
            TransportErrorKind::Timeout
        } else if is_head_too_large(&error) {
            TransportErrorKind::TooLarge
        } else {
            TransportErrorKind::Interrupted
        };
        let causes: Vec<String> = causes(&error).map(ToString::to_string).collect();
        let message = match kind {
            TransportErrorKind::TooLarge => {
                "the head of the response is too large, or has more than 100 headers".to_owned()
            }
            _ if causes.is_empty() => error.to_string(),
            _ => causes.join(": "),
        };
        Self::new(kind, message).with_source(error)
    }
}

/// The causes of an error, the outermost first.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// Whether nothing was sent: no connection, or a request that could not be built.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn was_not_sent(error: &reqwest::Error) -> bool {
    error.is_connect() || error.is_builder()
}

/// A browser does not tell.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn was_not_sent(_: &reqwest::Error) -> bool {
    false
}

/// Whether the response has too many headers, or headers that are too long.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn is_head_too_large(error: &reqwest::Error) -> bool {
    // hyper tells it apart for servers alone, but says it in words.
    let says_so = |error: &hyper::Error| error.is_parse() && error.to_string().contains("head is too large");
    causes(error).any(|cause| cause.downcast_ref::<hyper::Error>().is_some_and(says_so))
}

/// A browser does not tell.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn is_head_too_large(_: &reqwest::Error) -> bool {
    false
}
