//! reqwest errors.

use std::error::Error as StdError;

use super::through_reqwest::platform;
use super::{TransportError, TransportErrorKind};

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        // The message of the error itself contains the URL; its causes say what happened.
        let error = error.without_url();
        let kind = platform::kind_of(&error);
        let causes: Vec<String> = causes(&error).map(ToString::to_string).collect();
        let message = match kind {
            TransportErrorKind::TooLarge => {
                "the head of the response is too large, or has more than 100 headers or trailers".to_owned()
            }
            _ if causes.is_empty() => error.to_string(),
            _ => causes.join(": "),
        };
        Self::new(kind, message).with_source(error)
    }
}

/// Returns the causes of an error, outermost first.
pub(super) fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}
