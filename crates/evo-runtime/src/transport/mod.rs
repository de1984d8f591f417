//! How requests reach a server: one trait, so that a client can be tested without a network or run over another library.

mod body_stream;
#[cfg(all(feature = "reqwest", target_arch = "wasm32", target_os = "unknown"))]
#[path = "over_fetch.rs"]
mod over_reqwest;
#[cfg(all(feature = "reqwest", not(all(target_arch = "wasm32", target_os = "unknown"))))]
mod over_reqwest;
#[cfg(feature = "reqwest")]
mod reqwest_error;
mod scripted;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use url::Url;

pub use self::body_stream::BodyStream;
#[cfg(feature = "reqwest")]
pub use self::over_reqwest::ReqwestTransport;
pub use self::scripted::ScriptedTransport;
use crate::operations::Verb;

/// A future of a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and answers what came back, whatever its status.
///
/// It follows no redirect, keeps no cookies, and sends a [`body`](HttpRequest::body) with `Content-Length`, never chunked: servers take a
/// chunked JSON body for none.
pub trait Transport: Send + Sync {
    /// Sends a request.
    ///
    /// # Errors
    ///
    /// When no answer arrived.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpReply, TransportError>>;

    /// Waits. None where the transport has no clock: then nothing is sent a second time.
    fn wait(&self, _pause: Duration) -> Option<BoxFuture<'_, ()>> {
        None
    }
}

/// A request as it goes out, with its credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The verb.
    pub verb: Verb,
    /// The address; the query may hold values of the call.
    pub url: Url,
    /// The headers; values that are secret are marked sensitive, and `Debug` does not show them.
    pub headers: HeaderMap,
    /// The body.
    pub body: Option<Body>,
    /// The body where it is made while it is sent; [`body`](Self::body) is none then. It goes out with `Content-Length` where its length is known.
    pub stream: Option<BodyStream>,
    /// How long the whole exchange may last; none: as long as it takes.
    pub timeout: Option<Duration>,
    /// How long the server may be silent, before its answer and within it, where the whole has no [`timeout`](Self::timeout); none: as long as
    /// it likes.
    pub pause: Option<Duration>,
}

/// The bytes of a request. `Debug` shows only how many there are: they may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(pub Bytes);

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// What a server answered.
#[derive(Debug)]
pub struct HttpReply {
    /// The status.
    pub status: StatusCode,
    /// The reason phrase, where the protocol has one (HTTP/1.1): `ServiceStack` puts error codes there.
    pub reason: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: ReplyBody,
}

impl HttpReply {
    /// An answer without headers and body.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self { status, reason: None, headers: HeaderMap::new(), body: ReplyBody::from(Bytes::new()) }
    }

    /// An answer of a script: a status (one that HTTP does not know becomes 500), a content type (none where it is empty) and a body.
    #[must_use]
    pub fn of(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::new(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        reply.body = ReplyBody::from(body.into());
        if content_type.is_empty() { reply } else { reply.with_header("content-type", content_type) }
    }

    /// The same answer with a reason phrase.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The same answer with one more header; one that HTTP does not allow is left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }
}

/// The body of an answer, as it arrives.
pub struct ReplyBody(Source);

enum Source {
    Whole(Bytes),
    Arriving(Box<dyn Chunks>),
    /// Through reqwest, whose pieces come without a future in a box for each.
    #[cfg(feature = "reqwest")]
    OverReqwest(Box<over_reqwest::Arriving>),
}

/// A body that arrives in pieces.
pub trait Chunks: Send {
    /// The next piece; none at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks or the time is over.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>>;
}

impl ReplyBody {
    /// A body that is still arriving.
    #[must_use]
    pub fn arriving(chunks: impl Chunks + 'static) -> Self {
        Self(Source::Arriving(Box::new(chunks)))
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks or the time is over.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            Source::Whole(bytes) if bytes.is_empty() => Ok(None),
            Source::Whole(bytes) => Ok(Some(std::mem::take(bytes))),
            Source::Arriving(chunks) => chunks.next().await,
            #[cfg(feature = "reqwest")]
            Source::OverReqwest(arriving) => arriving.next().await,
        }
    }
}

#[cfg(feature = "reqwest")]
impl From<over_reqwest::Arriving> for ReplyBody {
    fn from(arriving: over_reqwest::Arriving) -> Self {
        Self(Source::OverReqwest(Box::new(arriving)))
    }
}

impl From<Bytes> for ReplyBody {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Whole(bytes))
    }
}

impl fmt::Debug for ReplyBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Source::Whole(bytes) = &self.0 else { return f.write_str("a stream") };
        write!(f, "{} bytes", bytes.len())
    }
}

/// Why no answer arrived.
#[derive(Debug)]
pub struct TransportError {
    /// What failed.
    pub failure: Failure,
    /// What went wrong, in words; without the address, whose query may be confidential.
    pub message: String,
}

/// What failed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No connection could be made: nothing was sent.
    Connect,
    /// The time was over; the server may have done what it was asked to.
    Timeout,
    /// The exchange broke off; the server may have done what it was asked to.
    Interrupted,
}

impl TransportError {
    /// An error of a transport.
    pub fn new(failure: Failure, message: impl Into<String>) -> Self {
        Self { failure, message: message.into() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {}
