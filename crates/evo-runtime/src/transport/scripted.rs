//! A transport for tests: answers from a list, and a record of what was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use super::{Body, BoxFuture, ReasonPhrase, Transport, TransportError};

/// Answers requests from a list, in order, and keeps the requests. A clone shares both.
///
/// ```
/// use evo_runtime::transport::{HttpReply, ScriptedTransport};
/// use evo_runtime::{Client, Operation, operation, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct Hello {
///     name: Option<String>,
/// }
/// record!(Hello { name: "Name" });
/// operation!(Hello: GET => Vec<String>);
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), evo_runtime::Error> {
/// let server = ScriptedTransport::new([HttpReply::of(200, "application/json", r#"["hi"]"#)]);
/// let client = Client::builder("https://api.example.org").transport(server.clone()).build()?;
/// assert_eq!(client.send(Hello { name: Some("you".to_owned()) }).await?, ["hi"]);
/// assert_eq!(server.requests()[0].uri(), "https://api.example.org/api/Hello?name=you");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct ScriptedTransport {
    script: Arc<Mutex<Script>>,
}

#[derive(Debug, Default)]
struct Script {
    answers: VecDeque<Result<http::Response<Body>, TransportError>>,
    requests: Vec<http::Request<Body>>,
    /// `None` without a clock.
    pauses: Option<Vec<Duration>>,
}

impl ScriptedTransport {
    /// A transport with these answers.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = impl Into<http::Response<Body>>>) -> Self {
        let transport = Self::default();
        transport.lock().answers.extend(answers.into_iter().map(|answer| Ok(answer.into())));
        transport
    }

    /// The same transport with a clock, on which pauses take no time: without a clock a client retries nothing.
    #[must_use]
    pub fn with_clock(self) -> Self {
        self.lock().pauses.get_or_insert_default();
        self
    }

    /// The pauses that the client made so far.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.lock().pauses.clone().unwrap_or_default()
    }

    /// Adds an answer.
    pub fn answer(&self, answer: impl Into<http::Response<Body>>) {
        self.lock().answers.push_back(Ok(answer.into()));
    }

    /// Adds a request that gets no response.
    pub fn fail(&self, error: TransportError) {
        self.lock().answers.push_back(Err(error));
    }

    /// The requests so far; bodies that were streams are in memory.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Body>> {
        self.lock().requests.clone()
    }

    fn next_answer(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let mut script = self.lock();
        script.requests.push(request);
        script
            .answers
            .pop_front()
            .unwrap_or_else(|| Err(TransportError::connect("the script has no answer left for this request")))
    }

    fn lock(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for ScriptedTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?;
            self.next_answer(http::Request::from_parts(parts, body.into()))
        })
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        self.lock().pauses.as_mut()?.push(duration);
        Some(Box::pin(std::future::ready(())))
    }

    /// Pauses take no time here, so nothing ever times out.
    fn timer(&self, _duration: Duration) -> Option<BoxFuture<'static, ()>> {
        None
    }
}

/// An answer of a script: a `http::Response` that is quickly written.
#[derive(Debug, Clone)]
#[must_use]
pub struct HttpReply(http::Response<Body>);

impl HttpReply {
    /// A status (500 if it is not one of HTTP), a content type (none if it is empty) and a body.
    pub fn of(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(Body::from(body.into()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let reply = Self(response);
        if content_type.is_empty() { reply } else { reply.with_header("content-type", content_type) }
    }

    /// The same answer with a reason phrase.
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.0.extensions_mut().insert(ReasonPhrase(reason.into()));
        self
    }

    /// The same answer with one more header; a header that HTTP does not allow is left out.
    pub fn with_header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_ref())) {
            self.0.headers_mut().append(name, value);
        }
        self
    }

    /// The same answer with another body, as one that is a stream.
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
