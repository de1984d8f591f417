//! The HTTP server of a host.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request as HttpRequest;
use futures_util::stream;
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use hyper::ext::ReasonPhrase;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

use crate::host::{Host, MAX_BODY};
use crate::log::Line;
use crate::mock::{Error, Log};
use crate::reply::Reply;
use crate::request::Request;
use crate::request::parameters::read_query;

/// The time limit for receiving a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// The size in bytes above which a body counts as large. A body of unknown length also counts as large.
const LARGE_BODY: u64 = 1024 * 1024;

/// The maximum number of large bodies in memory at once.
const MAX_LARGE_BODIES: usize = 8;

/// The maximum length of a request target in bytes, as in Kestrel.
const MAX_TARGET: usize = 8192;

/// A running mock. It stops when it is dropped.
pub struct Running {
    address: SocketAddr,
    server: Arc<Server>,
    task: JoinHandle<()>,
    /// Connections close when this is dropped.
    _stop: oneshot::Sender<()>,
}

/// The state that all connections share.
struct Server {
    host: Host,
    log: Option<Log>,
    large_bodies: Semaphore,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Running {
    /// Returns the base URL without a trailing slash, such as `http://127.0.0.1:49152`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address that the mock listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns a sample request of an operation, or `None` if the service has no such operation.
    #[must_use]
    pub fn sample(&self, operation: &str) -> Option<serde_json::Value> {
        self.server.host.sample_request(operation)
    }

    /// Publishes a Server Events message to the subscribers of a channel, as the service would, and returns their number. The selector
    /// `cmd.ChatMessage` publishes a DTO of that type.
    #[allow(clippy::must_use_candidate, reason = "most callers do not count subscribers")]
    pub fn publish(&self, channel: &str, selector: &str, body: &serde_json::Value) -> usize {
        self.server.host.events.publish(channel, selector, body)
    }

    /// Serves until the process ends.
    pub async fn wait(mut self) {
        // The task ends when all connections are closed. That is not an error.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.host.events.close();
    }
}

pub(crate) async fn listen(host: Host, address: SocketAddr, log: Option<Log>) -> Result<Running, Error> {
    let failed = |source| Error::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let server = Arc::new(Server { host, log, large_bodies: Semaphore::new(MAX_LARGE_BODIES) });
    let handler = server.clone();
    let router = Router::new().fallback(move |request: HttpRequest| {
        let server = handler.clone();
        async move { server.respond(request).await }
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        // A failed connection does not end the server.
        let serving = axum::serve(listener, router).with_graceful_shutdown(async {
            // The sender is dropped without sending.
            let _ = stopped.await;
        });
        let _ = serving.await;
    });
    Ok(Running { address, server, task, _stop: stop })
}

impl Server {
    async fn respond(&self, request: HttpRequest) -> Response<Body> {
        let started = Instant::now();
        let mut line =
            Line { method: request.method().to_string(), target: request.uri().to_string(), ..Line::default() };
        let is_head = *request.method() == Method::HEAD;
        let is_large = request.body().size_hint().upper().is_none_or(|length| length > LARGE_BODY);
        // The semaphore is never closed.
        let _permit = if is_large { self.large_bodies.acquire().await.ok() } else { None };
        let reply = match read(request).await {
            Ok(request) => self.host.respond(request, &mut line).await,
            Err(reply) => reply,
        };
        (line.status, line.took) = (reply.status, started.elapsed());
        if let Some(log) = &self.log {
            log(&line);
        }
        respond(reply, is_head)
    }
}

/// Receives a request with its entire body, within limits on size and time.
async fn read(request: HttpRequest) -> Result<Request, Reply> {
    let (parts, body) = request.into_parts();
    if parts.uri.to_string().len() > MAX_TARGET {
        return Err(Reply::empty(414));
    }
    let body = tokio::time::timeout(BODY_TIMEOUT, axum::body::to_bytes(body, MAX_BODY)).await;
    let body = match body {
        Ok(Ok(body)) => body.to_vec(),
        Ok(Err(_)) => return Err(Reply::empty(400).header("connection", "close")),
        Err(_) => return Err(Reply::empty(408).header("connection", "close")),
    };
    Ok(Request {
        query: read_query(parts.uri.query().unwrap_or_default()),
        path: resolve_dots(parts.uri.path()),
        method: parts.method,
        headers: parts.headers,
        body,
    })
}

/// Resolves the segments `.` and `..`, encoded or not.
fn resolve_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "." => {}
            // The first segment is the empty string before the first slash.
            ".." => segments.truncate(segments.len().saturating_sub(1).max(1)),
            _ => segments.push(segment),
        }
    }
    let resolved = segments.join("/");
    if resolved.starts_with('/') { resolved } else { format!("/{resolved}") }
}

fn respond(reply: Reply, is_head: bool) -> Response<Body> {
    let length = reply.body.len();
    let body = match reply.frames {
        _ if is_head => Body::empty(),
        Some(frames) => Body::from_stream(stream::unfold(frames, |mut frames| async {
            let frame = frames.recv().await?;
            Some((Ok::<_, Infallible>(frame), frames))
        })),
        None => Body::from(reply.body),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        // Kestrel replaces non-ASCII characters with question marks.
        let value: String =
            value.chars().map(|c| if c.is_ascii() && !c.is_ascii_control() { c } else { '?' }).collect();
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    if is_head && length > 0 {
        response.headers_mut().insert(http::header::CONTENT_LENGTH, length.into());
    }
    let reason = reply.reason.map(|reason| {
        reason.chars().map(|c| if c.is_ascii() && !c.is_ascii_control() { c } else { '?' }).collect::<String>()
    });
    if let Some(reason) = reason.and_then(|reason| ReasonPhrase::try_from(reason.into_bytes()).ok()) {
        response.extensions_mut().insert(reason);
    }
    response
}
