//! The transport over reqwest.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use http::header::CONTENT_LENGTH;
use hyper::ext::ReasonPhrase;
use reqwest::redirect::Policy;
use tokio::time::{Instant, timeout, timeout_at};

use super::{BodyStream, BoxFuture, Chunks, Failure, HttpReply, HttpRequest, ReplyBody, Transport, TransportError};

/// How long making a connection may last.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends requests through a [`reqwest::Client`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// The client was built elsewhere, and may follow redirects.
    may_follow: bool,
}

impl ReqwestTransport {
    /// A transport.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_TIMEOUT);
        match builder.build() {
            Ok(client) => Ok(Self { client, may_follow: false }),
            Err(error) => Err(TransportError::from(&error)),
        }
    }
}

/// A client of your own; it must follow no redirects (`redirect(Policy::none())`) and keep no cookies.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client, may_follow: true }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpReply, TransportError>> {
        let asked = self.may_follow.then(|| request.url.clone());
        let limit = Limit::of(&request);
        // A client that was built elsewhere may have a timeout of its own, in whose place that of the call stands.
        let timeout = request.timeout.filter(|_| self.may_follow);
        // Handed over here, so that requests, which are large, are not moved into the future first.
        let answer = of_reqwest(request).map(|mut request| {
            if timeout.is_some() {
                *request.timeout_mut() = timeout;
            }
            self.client.execute(request)
        });
        Box::pin(async move {
            let mut response = limit.within(answer?).await?;
            if asked.is_some_and(|asked| asked != *response.url()) {
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
                body: ReplyBody::from(Arriving { response, limit }),
            })
        })
    }

    fn wait(&self, pause: Duration) -> Option<BoxFuture<'_, ()>> {
        Some(Box::pin(tokio::time::sleep(pause)))
    }
}

/// A request as reqwest takes it.
fn of_reqwest(request: HttpRequest) -> Result<reqwest::Request, TransportError> {
    let HttpRequest { verb, url, headers, body, stream, .. } = request;
    let method =
        Method::try_from(verb).map_err(|error| TransportError::new(Failure::Connect, format!("{verb}: {error}")))?;
    let mut made = reqwest::Request::new(method, url);
    *made.headers_mut() = headers;
    if let Some(body) = body {
        *made.body_mut() = Some(reqwest::Body::from(body.0));
    }
    if let Some(stream) = &stream {
        if let Some(length) = stream.length() {
            made.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        *made.body_mut() = Some(reqwest::Body::wrap_stream(Sending::from(stream)));
    }
    Ok(made)
}

/// How long an exchange may last. A timeout of reqwest's is kept in a map of the request, which is copied with it.
#[derive(Debug, Clone, Copy)]
enum Limit {
    None,
    /// The whole has to be there by then.
    Until(Instant),
    /// The server may be silent for so long.
    Pause(Duration),
}

impl Limit {
    fn of(request: &HttpRequest) -> Self {
        let until = request.timeout.map(|timeout| Instant::now().checked_add(timeout));
        match (until, request.pause) {
            (Some(Some(end)), _) => Self::Until(end),
            (None, Some(pause)) => Self::Pause(pause),
            (Some(None), _) | (None, None) => Self::None,
        }
    }

    /// What reqwest does, but no longer than this.
    async fn within<T>(self, work: impl Future<Output = reqwest::Result<T>>) -> Result<T, TransportError> {
        // In one place, whichever way it is awaited: it is large.
        let work = pin!(work);
        let done = match self {
            Self::None => Ok(work.await),
            Self::Until(end) => timeout_at(end, work).await.map_err(|_| "the time for the exchange is over"),
            Self::Pause(pause) => timeout(pause, work).await.map_err(|_| "the server was silent for too long"),
        };
        match done {
            Ok(done) => done.map_err(|error| TransportError::from(&error)),
            Err(message) => Err(TransportError::new(Failure::Timeout, message)),
        }
    }
}

/// An answer whose body is still arriving.
pub(super) struct Arriving {
    response: reqwest::Response,
    limit: Limit,
}

impl Arriving {
    /// The next piece; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.limit.within(self.response.chunk()).await
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
