//! A transport for tests, which returns scripted responses and records requests.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use super::by_operation::{Handler, Refusal};
use super::{Body, BoxFuture, OperationName, ReasonPhrase, Transport, TransportError};

/// A transport that responds by operation, as set with [`on`](Self::on), or from a list in order. It records all requests. Clones share
/// their state.
///
/// See [`guide::testing`](crate::guide::testing).
#[derive(Debug, Clone, Default)]
pub struct ScriptedTransport {
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
pub(super) struct Script {
    answers: VecDeque<Result<http::Response<Body>, TransportError>>,
    by_operation: BTreeMap<&'static str, Arc<Handler>>,
    requests: Vec<http::Request<Body>>,
    /// `None` without a timer.
    pauses: Option<Vec<Duration>>,
    pub(super) delays: BTreeMap<&'static str, Duration>,
    /// The delay of the response being waited for.
    delay: Duration,
}

impl ScriptedTransport {
    /// Creates a transport that returns these responses in order.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = impl Into<http::Response<Body>>>) -> Self {
        let transport = Self::default();
        transport.lock().answers.extend(answers.into_iter().map(|answer| Ok(answer.into())));
        transport
    }

    /// Adds a timer, whose pauses take no time. Without a timer a client does not retry.
    #[must_use]
    pub fn with_clock(self) -> Self {
        self.lock().pauses.get_or_insert_default();
        self
    }

    /// Returns the pauses that the client has made so far.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.lock().pauses.clone().unwrap_or_default()
    }

    /// Adds a response.
    pub fn answer(&self, answer: impl Into<http::Response<Body>>) {
        self.lock().answers.push_back(Ok(answer.into()));
    }

    /// Adds a failure in place of a response.
    pub fn fail(&self, error: TransportError) {
        self.lock().answers.push_back(Err(error));
    }

    /// Returns the requests so far. Streamed bodies have been read into memory.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Body>> {
        self.lock().requests.clone()
    }

    pub(super) fn handle(
        self,
        operation: &'static str,
        handler: impl Fn(&http::Request<Body>) -> Result<HttpReply, Refusal> + Send + Sync + 'static,
    ) -> Self {
        self.lock().by_operation.insert(operation, Arc::new(handler));
        self
    }

    /// Expires the time limits of the waiting calls if they are shorter than the delay of an operation.
    async fn wait_for(&self, operation: &str) {
        let mut delay = self.lock().delays.get(operation).copied();
        poll_fn(|context| {
            // Only code polled afterwards in the same task sees the delay.
            self.lock().delay = delay.unwrap_or_default();
            match delay.take() {
                Some(_) => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                None => Poll::Ready(()),
            }
        })
        .await;
    }

    fn respond(&self, operation: &str, request: &http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let mut script = self.lock();
        let handler = script.by_operation.get(operation).cloned();
        let Some(handler) = handler else {
            let missing = || TransportError::connect(format!("the script has no answer left for {operation}"));
            return script.answers.pop_front().unwrap_or_else(|| Err(missing()));
        };
        drop(script);
        match handler(request) {
            Ok(reply) => Ok(reply.into()),
            Err(Refusal::Reply(reply)) => Ok((*reply).into()),
            Err(Refusal::NoResponse(error)) => Err(error),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for ScriptedTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let operation = request.extensions().get().map_or("this request", |OperationName(name)| name);
            let (parts, body) = request.into_parts();
            let body = body.collect().await?;
            let request = http::Request::from_parts(parts, Body::from(body));
            self.lock().requests.push(request.clone());
            self.wait_for(operation).await;
            self.respond(operation, &request)
        })
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        self.lock().pauses.as_mut()?.push(duration);
        Some(Box::pin(std::future::ready(())))
    }

    /// A timeout expires only if a response is [delayed](Self::delay) for longer.
    fn timer(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        let script = self.clone();
        Some(Box::pin(poll_fn(move |_| {
            let is_over = script.lock().delay > duration;
            if is_over { Poll::Ready(()) } else { Poll::Pending }
        })))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("operations", &self.by_operation.keys())
            .field("answers", &self.answers.len())
            .field("requests", &self.requests.len())
            .finish_non_exhaustive()
    }
}

/// A response of a [`ScriptedTransport`]: a `http::Response` with shorthand constructors.
#[derive(Debug, Clone)]
#[must_use]
pub struct HttpReply(http::Response<Body>);

impl HttpReply {
    /// Creates a response from a status (500 if it is invalid), a content type (none if empty) and a body.
    pub fn of(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(Body::from(body.into()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let reply = Self(response);
        if content_type.is_empty() { reply } else { reply.with_header("content-type", content_type) }
    }

    /// Returns the response with a reason phrase.
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.0.extensions_mut().insert(ReasonPhrase(reason.into()));
        self
    }

    /// Returns the response with an additional header. Invalid headers are left out.
    pub fn with_header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_ref())) {
            self.0.headers_mut().append(name, value);
        }
        self
    }

    /// Returns the response with another body, such as a stream.
    pub fn with_body(mut self, body: impl Into<Body>) -> Self {
        *self.0.body_mut() = body.into();
        self
    }
}

impl From<HttpReply> for http::Response<Body> {
    fn from(reply: HttpReply) -> Self {
        reply.0
    }
}
