//! A transport for tests: answers from a list, and a record of what was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::BytesMut;

use super::{Body, BoxFuture, Failure, HttpReply, HttpRequest, Transport, TransportError};

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
/// assert_eq!(server.requests()[0].url.as_str(), "https://api.example.org/api/Hello?name=you");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct ScriptedTransport {
    script: Arc<Mutex<Script>>,
}

#[derive(Debug, Default)]
struct Script {
    answers: VecDeque<Result<HttpReply, TransportError>>,
    requests: Vec<HttpRequest>,
    /// None: there is no clock.
    pauses: Option<Vec<Duration>>,
}

impl ScriptedTransport {
    /// A transport with these answers.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = HttpReply>) -> Self {
        let transport = Self::default();
        transport.lock().answers.extend(answers.into_iter().map(Ok));
        transport
    }

    /// The same transport with a clock, on which pauses take no time: without one a client sends nothing a second time.
    #[must_use]
    pub fn with_clock(self) -> Self {
        self.lock().pauses.get_or_insert_default();
        self
    }

    /// The pauses that were asked for so far.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.lock().pauses.clone().unwrap_or_default()
    }

    /// Adds an answer.
    pub fn answer(&self, reply: HttpReply) {
        self.lock().answers.push_back(Ok(reply));
    }

    /// Adds a request that gets no answer.
    pub fn fail(&self, error: TransportError) {
        self.lock().answers.push_back(Err(error));
    }

    /// The requests so far; bodies that were made while they were sent are whole here.
    #[must_use]
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.lock().requests.clone()
    }

    /// Takes a body that is made while it is sent.
    async fn send_whole(&self, mut request: HttpRequest) -> Result<HttpReply, TransportError> {
        let mut whole = BytesMut::new();
        if let Some(stream) = request.stream.take() {
            let mut chunks = stream.open();
            while let Some(chunk) = chunks.next().await? {
                whole.extend_from_slice(&chunk);
            }
        }
        request.body = Some(Body(whole.freeze()));
        self.send(request).await
    }

    fn lock(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for ScriptedTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpReply, TransportError>> {
        if request.stream.is_some() {
            return Box::pin(self.send_whole(request));
        }
        let mut script = self.lock();
        script.requests.push(request);
        let answer = script.answers.pop_front().unwrap_or_else(|| {
            Err(TransportError::new(Failure::Connect, "the script has no answer left for this request"))
        });
        Box::pin(std::future::ready(answer))
    }

    fn wait(&self, pause: Duration) -> Option<BoxFuture<'_, ()>> {
        self.lock().pauses.as_mut()?.push(pause);
        Some(Box::pin(std::future::ready(())))
    }
}
