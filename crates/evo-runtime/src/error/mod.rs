//! The error type of all calls.

mod answered;
mod problem;
mod transient;
mod truncated;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use self::answered::{
    begins_with_status, content_type, error_from_answer, failed_while_writing, is_jsv, soft_only,
};
pub(crate) use self::transient::{is_transient, retry_after};
use crate::dto::{ResponseError, ResponseStatus};
use crate::transport::{ReasonPhrase, TransportError, TransportErrorKind};
use crate::wire::ReadError;
use crate::wire::names::eq_ignoring_separators;

/// The maximum number of bytes of a body that an error keeps.
const MAX_BODY: usize = 64 * 1024;

/// The reason why a call failed.
///
/// All failures have this type; [`kind`](Self::kind) and the `is_..` methods distinguish them. If the server responded, the error keeps the
/// status, the headers and the start of the body. Messages never contain credentials of the client.
#[derive(Clone)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    message: String,
    hint: Option<Cow<'static, str>>,
    /// The response, with the start of its body.
    response: Option<http::Response<Bytes>>,
    error_code: Option<String>,
    response_status: Option<ResponseStatus>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// Where decoding the body failed.
    read_error: Option<ReadError>,
}

/// The kind of an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration of the client is invalid, such as its base URL, a header or TLS.
    Configuration,
    /// The request could not be built from its values. Nothing was sent.
    Request,
    /// The values of the request violate the service's rules, according to the `validate` method of [`rules!`](crate::rules). Nothing was
    /// sent.
    Validation,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// The call timed out. The server may have processed it.
    Timeout,
    /// The connection broke. The server may have processed the call.
    Interrupted,
    /// The server redirected the call, and the redirect was not followed.
    Redirect,
    /// Not signed in: status 401, or a redirect to a sign-in page.
    Unauthorized,
    /// Signed in, but not allowed: a redirect to an access-denied page. A 403 has the kind [`Service`](Self::Service);
    /// [`Error::is_forbidden`] covers both.
    Forbidden,
    /// No longer signed in, and the token could not be renewed. The error has the response to the renewal; the call was not sent again.
    RefreshToken,
    /// The server does not know the operation, or does not support this kind of address.
    UnknownOperation,
    /// The operation does not allow this HTTP method. The header `Allow` lists those that it does.
    WrongMethod,
    /// Any other error returned by the service.
    Service,
    /// The response could not be decoded.
    Decode,
    /// The response is larger than the client allows.
    TooLarge,
    /// The response arrived but could not be written to its file or writer.
    Write,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                operation: None,
                message: message.into(),
                hint: None,
                response: None,
                error_code: None,
                response_status: None,
                source: None,
                read_error: None,
            }),
        }
    }

    /// Creates the error that the service would return for values that violate its rules.
    pub(crate) fn from_rules(status: ResponseStatus) -> Self {
        let mut error = Self::new(ErrorKind::Validation, status.message.clone().unwrap_or_default());
        error.inner.error_code.clone_from(&status.error_code);
        error.inner.response_status = Some(status);
        error
    }

    /// Sets the operation that failed, unless one is set already: if signing in for a call fails, that is the operation.
    pub(crate) fn during(mut self, operation: &'static str) -> Self {
        self.inner.operation.get_or_insert(operation);
        self
    }

    /// Changes the kind.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.inner.kind = kind;
        self
    }

    /// Records where decoding the body failed.
    pub(crate) fn with_read_error(mut self, error: ReadError) -> Self {
        self.inner.read_error = Some(error);
        self
    }

    /// Records an earlier error as the cause.
    pub(crate) fn caused_by(mut self, error: Self) -> Self {
        self.inner.source = Some(Arc::new(error));
        self
    }

    /// Adds advice for the user.
    pub(crate) fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.inner.hint = Some(hint.into());
        self
    }

    /// Returns the kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Returns the C# name of the operation that was called.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.inner.operation
    }

    /// Returns the server's message, or a description of what went wrong on the client side.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// Returns advice on how to fix the problem, if there is any.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.inner.hint.as_deref()
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.response.as_ref().map(http::Response::status)
    }

    /// Returns the reason phrase of the response; HTTP/2 has none.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        ReasonPhrase::of(self.inner.response.as_ref()?.extensions())
    }

    /// Returns the error code: that of the response status, or otherwise the reason phrase. For a [`Validation`](ErrorKind::Validation)
    /// error it is that of the first violated rule.
    ///
    /// <https://docs.servicestack.net/error-handling>
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.inner.error_code.as_deref()
    }

    /// Returns the response status in the body of the response. For a [`Validation`](ErrorKind::Validation) error it is the one that the
    /// service would send.
    #[must_use]
    pub fn response_status(&self) -> Option<&ResponseStatus> {
        self.inner.response_status.as_ref()
    }

    /// Returns the errors of individual members, in the order of the server's rules.
    #[must_use]
    pub fn field_errors(&self) -> &[ResponseError] {
        self.response_status().and_then(|status| status.errors.as_deref()).unwrap_or_default()
    }

    /// Returns the first error of a member, by its C# name or its wire name. Case and `_` are ignored.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&ResponseError> {
        self.field_errors()
            .iter()
            .find(|error| error.field_name.as_deref().is_some_and(|field| eq_ignoring_separators(field, name)))
    }

    /// Returns the headers of the response. `Set-Cookie` is marked as sensitive.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.inner.response.as_ref().map(http::Response::headers)
    }

    /// Returns the body of the response, up to 64 KiB.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.inner.response.as_ref().map_or(&[], |response| response.body())
    }

    /// Returns the path to the value that could not be decoded, such as `items[3].made`. `None` for other errors, or if the body as a whole
    /// could not be decoded.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        self.inner.read_error.as_ref().map(ReadError::path).filter(|path| !path.is_empty())
    }

    /// Returns the byte offset in the body at which decoding failed.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.inner.read_error.as_ref()?.offset()
    }

    /// Returns the part of the body around [`offset`](Self::offset). It may be confidential, so messages do not include it.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.inner.read_error.as_ref()?.near()
    }

    /// Returns how long to wait before a retry, according to the header `Retry-After`, in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?)
    }

    /// Whether the client is not signed in: status 401, a redirect to a sign-in page, or a token that could not be renewed.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.kind(), ErrorKind::Unauthorized | ErrorKind::RefreshToken)
    }

    /// Whether the user lacks a required role or permission: status 403, or a redirect to an access-denied page.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN) || self.kind() == ErrorKind::Forbidden
    }

    /// Whether the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the status is 409, for example because a row has a newer version or because an object to be created already exists.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Whether values of the request were rejected: by the service, with status 400 and field errors, or by a local check of its
    /// [rules](crate::rules).
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.status().is_none_or(|status| status == StatusCode::BAD_REQUEST) && !self.field_errors().is_empty()
    }

    /// Whether the call timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether no connection could be made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether the same call may succeed later: there was no connection, no timely response, or the status is 429, 502, 503 or 504. Unless
    /// no connection was made, the server may have processed the call, so do not repeat a call that must not happen twice. Clients retry
    /// automatically if that is safe; see [`Retry`](crate::Retry).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted)
            || self.status().is_some_and(is_transient)
    }

    /// Whether the response could not be decoded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }
}

impl Error {
    /// Writes the operation, the status, the error code and the message.
    fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{} ", status.as_u16())?;
            match self.error_code() {
                Some(code) if code != self.message() => write!(f, "{}: ", OneLine(code))?,
                _ => {}
            }
        }
        write!(f, "{}", OneLine(self.message()))
    }
}

/// Writes a single line: the operation, the status and error code, the message, and the hint if there is one.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        match &self.inner.hint {
            Some(hint) => write!(f, "; {}", OneLine(hint)),
            None => Ok(()),
        }
    }
}

/// A string from the server, displayed on one line.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.split(char::is_control).filter(|word| !word.is_empty()).enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(word)?;
        }
        Ok(())
    }
}

/// Writes the output of `Display`, followed by lines for the field errors, the hint and the causes. This is what
/// `fn main() -> Result<(), Error>` prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        for error in self.field_errors() {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let (field, code, message) = (text(&error.field_name), text(&error.error_code), text(&error.message));
            write!(f, "\n  {}: {} {}", OneLine(&field), OneLine(&code), OneLine(&message))?;
        }
        if let Some(hint) = &self.inner.hint {
            write!(f, "\n  help: {}", OneLine(hint))?;
        }
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(f, "\n  caused by: {}", OneLine(&error.to_string()))?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match (&self.inner.source, &self.inner.read_error) {
            (Some(source), _) => Some(&**source),
            (None, read_error) => read_error.as_ref().map(|error| error as &(dyn std::error::Error + 'static)),
        }
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let kind = match error.kind() {
            TransportErrorKind::Connect => ErrorKind::Connect,
            TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Interrupted => ErrorKind::Interrupted,
            TransportErrorKind::TooLarge => ErrorKind::TooLarge,
        };
        let mut this = Self::new(kind, error.message());
        this.inner.source = error.source;
        this
    }
}
