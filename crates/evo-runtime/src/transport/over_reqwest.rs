//! The transport over reqwest.

use std::error::Error as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use http::header::CONTENT_LENGTH;
use hyper::ext::ReasonPhrase;
use reqwest::redirect::Policy;

use super::{BodyStream, BoxFuture, Chunks, Failure, HttpReply, HttpRequest, ReplyBody, Transport, TransportError};

/// How long making a connection may last.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends requests through a [`reqwest::Client`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport whose pauses within an answer last no longer than `pause`.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine.
    pub fn new(pause: Option<Duration>) -> Result<Self, TransportError> {
        let mut builder = reqwest::Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_TIMEOUT);
        if let Some(pause) = pause {
            builder = builder.read_timeout(pause);
        }
        builder.build().map(Self::from).map_err(|error| TransportError::from(&error))
    }
}

/// A client of your own; it must follow no redirects (`redirect(Policy::none())`) and keep no cookies.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpReply, TransportError>> {
        Box::pin(async move {
            let asked = request.url.clone();
            let verb = Method::try_from(request.verb)
                .map_err(|error| TransportError::new(Failure::Connect, format!("{}: {error}", request.verb)))?;
            let mut builder = self.client.request(verb, request.url).headers(request.headers);
            if let Some(body) = request.body {
                builder = builder.body(body.0);
            }
            if let Some(stream) = &request.stream {
                if let Some(length) = stream.length() {
                    builder = builder.header(CONTENT_LENGTH, length);
                }
                builder = builder.body(reqwest::Body::wrap_stream(Sending::from(stream)));
            }
            if let Some(timeout) = request.timeout {
                builder = builder.timeout(timeout);
            }
            let mut response = builder.send().await.map_err(|error| TransportError::from(&error))?;
            if *response.url() != asked {
                return Err(TransportError::new(
                    Failure::Interrupted,
                    "the reqwest client followed a redirect; build it with redirect(Policy::none())",
                ));
            }
            let reason = response.extensions().get::<ReasonPhrase>().map(ReasonPhrase::as_bytes);
            let reason = reason.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            Ok(HttpReply {
                status: response.status(),
                reason,
                headers: std::mem::take(response.headers_mut()),
                body: ReplyBody::arriving(response),
            })
        })
    }

    fn wait(&self, pause: Duration) -> Option<BoxFuture<'_, ()>> {
        Some(Box::pin(tokio::time::sleep(pause)))
    }
}

/// A body as a stream, as reqwest takes it.
struct Sending {
    chunks: Option<Box<dyn Chunks>>,
    next: Option<NextChunk>,
}

type NextChunk = BoxFuture<'static, (Box<dyn Chunks>, Result<Option<Bytes>, TransportError>)>;

impl From<&BodyStream> for Sending {
    fn from(body: &BodyStream) -> Self {
        Self { chunks: Some(body.open()), next: None }
    }
}

impl Stream for Sending {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(mut chunks) = self.chunks.take() {
            self.next = Some(Box::pin(async move {
                let next = chunks.next().await;
                (chunks, next)
            }));
        }
        let Some(next) = &mut self.next else { return Poll::Ready(None) };
        let (chunks, chunk) = ready!(next.as_mut().poll(context));
        self.next = None;
        if let Ok(Some(_)) = chunk {
            self.chunks = Some(chunks);
        }
        Poll::Ready(chunk.transpose())
    }
}

impl Chunks for reqwest::Response {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move { self.chunk().await.map_err(|error| TransportError::from(&error)) })
    }
}

impl From<&reqwest::Error> for TransportError {
    fn from(error: &reqwest::Error) -> Self {
        let failure = if error.is_timeout() {
            Failure::Timeout
        } else if error.is_connect() {
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
