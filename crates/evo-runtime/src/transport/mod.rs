//! How requests reach a server: a small trait, so that clients can be tested without a network or run on another HTTP library.

mod body;
mod by_operation;
mod error;
mod received;
#[cfg(feature = "reqwest")]
mod reqwest_error;
mod scripted;
#[cfg(all(feature = "reqwest", target_arch = "wasm32", target_os = "unknown"))]
mod through_fetch;
#[cfg(all(feature = "reqwest", not(all(target_arch = "wasm32", target_os = "unknown"))))]
mod through_hyper;
#[cfg(feature = "reqwest")]
mod through_reqwest;
#[cfg(feature = "tower")]
mod through_tower;

use std::time::Duration;

pub use futures_core::future::BoxFuture;

pub use self::body::{Body, ByteStream};
pub(crate) use self::body::{End, read_chunks};
pub use self::by_operation::Refusal;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::scripted::{HttpReply, ScriptedTransport};
#[cfg(feature = "reqwest")]
pub use self::through_reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use self::through_tower::TowerTransport;

/// Sends one request and returns the response, whatever its status.
///
/// A transport must not follow redirects, store cookies or enforce timeouts: the client does so, with the transport's timer. A body of
/// known length must be sent with `Content-Length`, never chunked, because servers ignore a chunked JSON body.
///
/// With the feature `tower`, a `TowerTransport` sends requests through a tower service. A transport can wrap another one, for example to
/// add headers or to record requests:
///
/// ```
/// use evo_runtime::Client;
/// use evo_runtime::http::{HeaderValue, Request, Response};
/// use evo_runtime::transport::{Body, BoxFuture, Transport, TransportError};
///
/// struct Traced<T>(T);
///
/// impl<T: Transport> Transport for Traced<T> {
///     fn send(&self, mut request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
///         request.headers_mut().insert("X-Trace", HeaderValue::from_static("7"));
///         self.0.send(request)
///     }
///
///     fn sleep(&self, duration: std::time::Duration) -> Option<BoxFuture<'static, ()>> {
///         self.0.sleep(duration)
///     }
/// }
///
/// # let inner = evo_runtime::transport::ScriptedTransport::default();
/// let client = Client::builder("https://api.example.org").transport(Traced(inner)).build()?;
/// # Ok::<(), evo_runtime::Error>(())
/// ```
pub trait Transport: Send + Sync {
    /// Sends a request and returns the head of the response; its body may still be arriving.
    ///
    /// # Errors
    ///
    /// If no response arrives.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Returns a future that completes after a duration, or `None` if the transport has no timer. Without one the client neither retries
    /// nor enforces timeouts.
    fn sleep(&self, _duration: Duration) -> Option<BoxFuture<'static, ()>> {
        None
    }

    /// Returns the timer for a timeout. This is [`sleep`](Self::sleep), unless pauses take no time, as in tests.
    fn timer(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        self.sleep(duration)
    }
}

/// The reason phrase of a response, an extension of `http::Response`. It is set if the protocol has reason phrases (HTTP/1.1) and this is
/// not the standard one: ServiceStack uses it for error codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonPhrase(pub String);

/// The C# name of the operation being called, an extension of `http::Request`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationName(pub &'static str);

impl ReasonPhrase {
    /// Returns the reason phrase of a response.
    pub(crate) fn of(extensions: &http::Extensions) -> Option<&str> {
        extensions.get::<Self>().map(|reason| reason.0.as_str())
    }
}
