//! What went wrong in reqwest.

use std::error::Error as _;

use super::{Failure, TransportError};

impl From<&reqwest::Error> for TransportError {
    fn from(error: &reqwest::Error) -> Self {
        let failure = if error.is_timeout() {
            Failure::Timeout
        } else if was_not_sent(error) {
            Failure::Connect
        } else {
            Failure::Interrupted
        };
        // The text of the error itself holds the address; its causes say what happened.
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        let message = if causes.is_empty() { "the exchange failed".to_owned() } else { causes.join(": ") };
        Self::new(failure, message)
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn was_not_sent(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// A browser does not say.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn was_not_sent(_: &reqwest::Error) -> bool {
    false
}
