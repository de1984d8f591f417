//! A host with Server Events in memory, with the clock of the test.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evo_runtime::events::{Event, Events};
use evo_runtime::http::{Request, Response};
use evo_runtime::transport::{Body, BoxFuture, HttpReply, Transport, TransportError};
use evo_runtime::{Bytes, Client};
use futures_util::stream;
use tokio::sync::mpsc;
use tokio::time::Instant;

type Answer = Result<HttpReply, TransportError>;

/// A host that behaves like the recorded ones, unless a test sets other responses. Clones share the host.
#[derive(Clone)]
pub struct EventHost {
    inner: Arc<Mutex<Inner>>,
    start: Instant,
}

struct Inner {
    /// The members of `cmd.onConnect` after the id.
    facts: String,
    /// Whether the host responds to heartbeats.
    echoes: bool,
    /// The beginning of the next stream, instead of `cmd.onConnect`.
    beginning: Option<String>,
    /// The delay before a stream begins.
    delay: Duration,
    /// Paths with these prefixes get no response.
    hangs: Option<String>,
    /// The next responses for paths with these prefixes.
    answers: Vec<(String, Answer)>,
    requests: Vec<(Duration, Request<Body>)>,
    /// The open stream, and the number of streams so far.
    stream: Option<mpsc::UnboundedSender<Bytes>>,
    streams: usize,
}

pub const BASE: &str = "https://public.example";

pub const FACTS: &str = r#","heartbeatUrl":"http://inside/event-heartbeat?id=ID","unRegisterUrl":"http://inside/event-unregister?id=ID","updateSubscriberUrl":"http://inside/event-subscribers/ID","heartbeatIntervalMs":"10000","idleTimeoutMs":"30000""#;

impl EventHost {
    /// A host that responds to heartbeats.
    pub fn new() -> Self {
        let inner = Inner {
            facts: FACTS.to_owned(),
            echoes: true,
            beginning: None,
            delay: Duration::ZERO,
            hangs: None,
            answers: Vec::new(),
            requests: Vec::new(),
            stream: None,
            streams: 0,
        };
        Self { inner: Arc::new(Mutex::new(inner)), start: Instant::now() }
    }

    /// Creates a client of the host.
    pub fn client(&self) -> Client {
        Client::builder(BASE).transport(self.clone()).build().unwrap()
    }

    /// The content of `cmd.onConnect`; `ID` is replaced by the id.
    pub fn facts(&self, facts: &str) {
        facts.clone_into(&mut self.lock().facts);
    }

    /// Whether the host responds to heartbeats.
    pub fn echoes(&self, echoes: bool) {
        self.lock().echoes = echoes;
    }

    /// The beginning of the next stream, instead of `cmd.onConnect`.
    pub fn begin_with(&self, bytes: &str) {
        self.lock().beginning = Some(bytes.to_owned());
    }

    /// The delay before a stream begins.
    pub fn delay(&self, delay: Duration) {
        self.lock().delay = delay;
    }

    /// Sets the next response for paths with this prefix.
    pub fn answer(&self, path: &str, reply: HttpReply) {
        self.lock().answers.push((path.to_owned(), Ok(reply)));
    }

    /// The next request to a path with this prefix gets no response.
    pub fn fail(&self, path: &str) {
        let error = TransportError::connect("connection refused");
        self.lock().answers.push((path.to_owned(), Err(error)));
    }

    /// Requests to paths with this prefix never get a response.
    #[cfg(feature = "blocking")]
    pub fn hang(&self, path: &str) {
        self.lock().hangs = Some(path.to_owned());
    }

    /// Sends bytes on the open stream.
    pub fn send(&self, bytes: &str) {
        if let Some(stream) = &self.lock().stream {
            let _ = stream.send(Bytes::copy_from_slice(bytes.as_bytes()));
        }
    }

    /// Publishes a message on the open stream.
    pub fn publish(&self, data: &str) {
        self.send(&format!("id: 9\ndata: {data}\n\n"));
    }

    /// Ends the open stream.
    pub fn end(&self) {
        self.lock().stream = None;
    }

    /// Returns the requests so far: milliseconds, verb, address and body.
    pub fn requests(&self) -> Vec<String> {
        let inner = self.lock();
        let shown = inner.requests.iter().map(|(time, request)| {
            let url = request.uri().to_string().replacen(BASE, "", 1);
            let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
            format!("{} {} {url} {body}", time.as_millis(), request.method()).trim_end().to_owned()
        });
        shown.collect()
    }

    /// Returns the requests so far as they were sent.
    pub fn sent(&self) -> Vec<Request<Body>> {
        self.lock().requests.iter().map(|(_, request)| request.clone()).collect()
    }

    /// Returns the number of milliseconds since the start.
    pub fn now(&self) -> u128 {
        self.start.elapsed().as_millis()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer_to(&self, request: &Request<Body>) -> Answer {
        let mut inner = self.lock();
        let path = request.uri().path().to_owned();
        if let Some(index) = inner.answers.iter().position(|(known, _)| path.starts_with(known.as_str())) {
            return inner.answers.remove(index).1;
        }
        if path.ends_with("/event-stream") {
            let (sender, receiver) = mpsc::unbounded_channel();
            inner.streams += 1;
            let id = format!("S{}", inner.streams);
            let facts = inner.facts.replace("ID", &id);
            let frame = format!(
                "id: 1\ndata: cmd.onConnect {{\"channels\":\"home\",\"isAuthenticated\":\"false\",\"userId\":\"-1\",\"id\":\"{id}\"{facts}}}\n\n"
            );
            let beginning = inner.beginning.take().unwrap_or(frame);
            sender.send(Bytes::from(beginning)).unwrap();
            inner.stream = Some(sender);
            let pieces = stream::unfold(receiver, |mut receiver| async {
                Some((Ok::<_, TransportError>(receiver.recv().await?), receiver))
            });
            let reply = HttpReply::of(200, "text/event-stream", "").with_header("set-cookie", "ss-id=a; path=/");
            return Ok(reply.with_body(Body::from_stream(None, pieces)));
        }
        if path.ends_with("/event-heartbeat")
            && inner.echoes
            && let Some(stream) = &inner.stream
        {
            let _ = stream.send(Bytes::from_static(b"id: 2\ndata: cmd.onHeartbeat {\"userId\":\"-1\"}\n\n"));
        }
        Ok(HttpReply::of(200, "", ""))
    }
}

impl Transport for EventHost {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let time = self.start.elapsed();
        self.lock().requests.push((time, request.clone()));
        let answer = self.answer_to(&request);
        let delay = if request.uri().path().ends_with("/event-stream") { self.lock().delay } else { Duration::ZERO };
        let hangs = self.lock().hangs.as_ref().is_some_and(|path| request.uri().path().starts_with(path.as_str()));
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            answer.map(Response::from)
        })
    }

    fn sleep(&self, pause: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(tokio::time::sleep(pause)))
    }
}

/// Returns the next event as a line. Fails the test if the stream is silent for ten minutes.
pub async fn next(events: &mut Events) -> String {
    let next = tokio::time::timeout(Duration::from_secs(600), events.next()).await.unwrap();
    match next {
        None => "end".to_owned(),
        Some(Err(error)) => format!("error: {error}"),
        Some(Ok(event)) => shown(&event),
    }
}

/// Formats an event as a line.
pub fn shown(event: &Event) -> String {
    match event {
        Event::Connected { connection, .. } => format!("connected {}", connection.id),
        Event::Joined { message, subscriber } => format!("joined {:?} {:?}", message.channel(), subscriber.channels),
        Event::Left { message, subscriber } => format!("left {:?} {:?}", message.channel(), subscriber.channels),
        Event::Updated { message, subscriber } => format!("updated {:?} {:?}", message.channel(), subscriber.channels),
        Event::Heartbeat { .. } => "heartbeat".to_owned(),
        Event::Message(message) => {
            format!("message {:?} {} {}", message.channel(), message.selector(), message.body())
        }
        Event::Reconnecting { error, failures, .. } => format!("reconnecting {failures}: {error}"),
        other => format!("{other:?}"),
    }
}
