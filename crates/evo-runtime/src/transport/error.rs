//! Transport errors.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The reason why a [`Transport`](super::Transport) received no response, or why a body broke off.
#[derive(Debug, Clone)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    pub(crate) source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// The kind of a [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made, so nothing was sent.
    Connect,
    /// The request timed out. The server may have processed it.
    Timeout,
    /// The connection broke. The server may have processed the request.
    Interrupted,
    /// The head of the response is too large. Sending the request again would not help.
    TooLarge,
}

impl TransportError {
    /// Creates an error. The message must not contain the URL, whose query may be confidential.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// Creates an error for a connection that could not be made.
    pub fn connect(message: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::Connect, message)
    }

    /// Creates an error for a request that timed out.
    pub fn timeout(message: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::Timeout, message)
    }

    /// Creates an error for a connection that broke.
    pub fn interrupted(message: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::Interrupted, message)
    }

    /// Adds the cause, which [`source`](StdError::source) returns.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// Converts the error of a body that could not be read, unless it already has this type.
    pub(super) fn from_body(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::interrupted(format!("the body cannot be read: {error}")).with_source(error),
        }
    }

    /// Returns the kind of failure.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the description of what went wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}
